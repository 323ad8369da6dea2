/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ask-kernel UID GID[,GROUP...] <PATHS: what the kernel lets an account do with each path of a NUL-separated list.
 *
 * Prints "rwx rwx PATH": first the inode by itself, whatever the way to it, then along the path. It shares nothing with
 * the program that it bears witness about: whole credentials are changed, in a process of its own. */

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#define MAX_GROUPS 64

static void
die (const char *what)
{
  fprintf (stderr, "ask-kernel: %s: %s\n", what, strerror (errno));
  exit (2);
}

/* The effective ids alone decide; root stays in the saved uid, to come back to. */
static void
become (uid_t uid, gid_t gid, const gid_t *groups, size_t n_groups)
{
  if (setgroups (n_groups, groups) != 0 || setresgid ((gid_t)-1, gid, (gid_t)-1) != 0
      || setresuid ((uid_t)-1, uid, (uid_t)-1) != 0)
    die ("cannot become the account");
}

static void
become_root (void)
{
  if (setresuid ((uid_t)-1, 0, (uid_t)-1) != 0 || setresgid ((gid_t)-1, 0, (gid_t)-1) != 0)
    die ("cannot become root again");
}

static void
ask (int fd, const char *path, int flags, char *ret_letters)
{
  static const struct
  {
    char letter;
    int mode;
  } rights[] = { { 'r', R_OK }, { 'w', W_OK }, { 'x', X_OK } };

  for (size_t i = 0; i < 3; i++)
    {
      long result = syscall (SYS_faccessat2, fd, path, rights[i].mode, AT_EACCESS | flags);
      if (result != 0 && errno != EACCES && errno != EROFS && errno != EPERM)
        die (path);
      ret_letters[i] = result == 0 ? rights[i].letter : '-';
    }
  ret_letters[3] = '\0';
}

int
main (int argc, char **argv)
{
  gid_t groups[MAX_GROUPS];
  size_t n_groups = 0;
  char *path = NULL;
  size_t size = 0;

  if (argc != 3)
    {
      fputs ("usage: ask-kernel UID GID[,GROUP...] <PATHS\n", stderr);
      return 2;
    }
  uid_t uid = (uid_t)strtoul (argv[1], NULL, 10);
  for (char *word = strtok (argv[2], ","); word && n_groups < MAX_GROUPS; word = strtok (NULL, ","))
    groups[n_groups++] = (gid_t)strtoul (word, NULL, 10);

  while (getdelim (&path, &size, '\0', stdin) > 0)
    {
      char inode[4], way[4];
      int fd = open (path, O_PATH | O_NOFOLLOW | O_CLOEXEC);
      if (fd < 0)
        die (path);
      become (uid, groups[0], groups, n_groups);
      ask (fd, "", AT_EMPTY_PATH, inode);
      ask (AT_FDCWD, path, AT_SYMLINK_NOFOLLOW, way);
      become_root ();
      close (fd);
      printf ("%s %s %s\n", inode, way, path);
    }
  free (path);
  return ferror (stdin) || fflush (stdout) != 0;
}
