/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "tests/posix/scratch.h"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <grp.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static char *
new_in (const char *where)
{
  g_autofree char *root = g_strconcat (where, "/errno13-XXXXXX", NULL);

  cr_assert_not_null (g_mkdtemp_full (root, 0755), "no scratch directory");
  return realpath (root, NULL);
}

char *
scratch_new (void)
{
  return new_in ("/tmp");
}

char *
scratch_new_in_memory (void)
{
  return new_in (access ("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
}

static void
run (const char *const *argv)
{
  int status = -1;

  cr_assert (g_spawn_sync (NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, &status, NULL)
                 && status == 0,
             "%s failed", argv[0]);
}

static void
unmount_below (const char *root)
{
  g_autofree char *mounts = NULL;
  g_auto (GStrv) lines = NULL;

  cr_assert (g_file_get_contents ("/proc/self/mounts", &mounts, NULL, NULL));
  lines = g_strsplit (mounts, "\n", -1);
  for (guint i = g_strv_length (lines); i-- > 0;)
    {
      g_auto (GStrv) fields = g_strsplit (lines[i], " ", 3);

      if (g_strv_length (fields) > 1 && g_str_has_prefix (fields[1], root))
        cr_assert_eq (umount2 (fields[1], MNT_DETACH), 0, "cannot unmount %s", fields[1]);
    }
}

void
scratch_free (char *root)
{
  unmount_below (root);
  run ((const char *[]){ "rm", "-rf", "--one-file-system", "--", root, NULL });
  free (root);
}

void
scratch_mkdir (const char *format, ...)
{
  g_autofree char *path = NULL;
  va_list args;

  va_start (args, format);
  path = g_strdup_vprintf (format, args);
  va_end (args);
  cr_assert_eq (mkdir (path, 0755), 0, "cannot make %s", path);
}

void
scratch_file (const char *format, ...)
{
  g_autofree char *path = NULL;
  va_list args;
  int fd;

  va_start (args, format);
  path = g_strdup_vprintf (format, args);
  va_end (args);
  fd = open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
  cr_assert (fd >= 0, "cannot make %s", path);
  cr_assert_eq (write (fd, "content\n", 8), 8);
  close (fd);
}

void
scratch_link (const char *root, const char *name, const char *target)
{
  g_autofree char *path = g_strconcat (root, "/", name, NULL);

  cr_assert_eq (symlink (target, path), 0, "cannot link %s", path);
}

gboolean
scratch_private_mounts (void)
{
  return unshare (CLONE_NEWNS) == 0 && mount (NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

GPtrArray *
scratch_find (const char *root)
{
  g_autofree char *command = g_strdup_printf ("find '%s' -printf '%%P\\0'", root);
  FILE *stream = popen (command, "r");
  GPtrArray *paths = g_ptr_array_new_with_free_func (free);
  char *path = NULL;
  size_t size = 0;

  cr_assert_not_null (stream, "cannot run find");
  while (getdelim (&path, &size, '\0', stream) >= 0)
    {
      g_ptr_array_add (paths, path);
      path = NULL;
    }
  free (path);
  cr_assert_eq (pclose (stream), 0, "find failed");
  g_ptr_array_sort (paths, compare_names);
  return paths;
}

int
scratch_as (uid_t uid, gid_t gid, int (*function) (gpointer data), gpointer data)
{
  pid_t child = fork ();
  int status;

  cr_assert (child >= 0, "cannot fork");
  if (child == 0)
    _exit (setgroups (0, NULL) == 0 && setresgid (gid, gid, gid) == 0 && setresuid (uid, uid, uid) == 0
               ? function (data)
               : 101);
  cr_assert_eq (waitpid (child, &status, 0), child);
  cr_assert (WIFEXITED (status) && WEXITSTATUS (status) <= 100, "the child ended with status %x", (guint)status);
  return WEXITSTATUS (status);
}
