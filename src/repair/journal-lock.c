/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Where journals lie, and the lock beside them. The lock is not in the tree that is repaired: its owner could hold it
 * for ever. */

#include "config.h"

#include "repair/journal-files.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>

#include "base/error.h"
#include "base/fd.h"
#include "base/quote.h"
#include "repair/journal.h"

#define LOCK_NAME "lock"

char *
e13_journal_directory (void)
{
  const char *state = g_getenv ("XDG_STATE_HOME");

  if (geteuid () == 0)
    return g_strdup ("/var/lib/errno13");
  if (state != NULL && g_path_is_absolute (state))
    return g_build_filename (state, "errno13", NULL);
  return g_build_filename (g_get_home_dir (), ".local", "state", "errno13", NULL);
}

static int
open_directory (const char *path, int flags, struct stat *ret_status, GError **error)
{
  g_autofree char *shown = e13_quote_display (path);
  e13_autofd int fd = open (path, O_RDONLY | O_DIRECTORY | O_CLOEXEC | flags);

  if (fd < 0 || fstat (fd, ret_status) != 0)
    return e13_throw_errno (error, "cannot open the directory '%s' for journals", shown), -1;
  return g_steal_fd (&fd);
}

static int
refuse (const char *path, const char *why, GError **error)
{
  g_autofree char *shown = e13_quote_display (path);

  e13_throw (error, E13_ERROR_REFUSED, "cannot keep journals in '%s': %s", shown, why);
  return -1;
}

int
e13_journal_open_own (const char *path, gboolean make, GError **error)
{
  e13_autofd int fd = -1;
  struct stat status;

  if (make && g_mkdir_with_parents (path, 0700) != 0)
    {
      g_autofree char *shown = e13_quote_display (path);

      return e13_throw_errno (error, "cannot make the directory '%s' for journals", shown), -1;
    }
  fd = open_directory (path, O_NOFOLLOW, &status, error);
  if (fd < 0)
    return -1;
  if (status.st_uid != geteuid ())
    return refuse (path, "it belongs to another user", error);
  if (status.st_mode & 022)
    return refuse (path, "others can write to it", error);
  return g_steal_fd (&fd);
}

int
e13_journal_open_chosen (const char *path, GError **error)
{
  struct stat status;
  e13_autofd int fd = open_directory (path, 0, &status, error);

  if (fd < 0 || geteuid () != 0)
    return g_steal_fd (&fd);
  if (status.st_uid != 0)
    return refuse (path, "it belongs to another user", error);
  if ((status.st_mode & 022) && !(status.st_mode & S_ISVTX))
    return refuse (path, "others can write to it", error);
  return g_steal_fd (&fd);
}

/* ---- The lock -------------------------------------------------------------------------------- */

struct E13Lock
{
  int fd;
};

/* Who holds the lock, as the holder wrote it; 0 where it has not yet. */
static int
holder (int fd)
{
  char text[16] = "";

  if (pread (fd, text, sizeof text - 1, 0) <= 0)
    return 0;
  return atoi (text);
}

static gboolean
throw_busy (int fd, GError **error)
{
  int pid = holder (fd);

  if (pid > 0)
    return e13_throw (error, E13_ERROR_BUSY, "another errno13 is repairing (process %d)", pid);
  return e13_throw (error, E13_ERROR_BUSY, "another errno13 is repairing");
}

/* Only for the other's message, so a failure does not matter. */
static void
sign (int fd)
{
  g_autofree char *text = g_strdup_printf ("%d\n", (int)getpid ());

  if (ftruncate (fd, 0) == 0 && pwrite (fd, text, strlen (text), 0) < 0)
    return;
}

E13Lock *
e13_journal_lock (const char *directory, GError **error)
{
  e13_autofd int dirfd = e13_journal_open_own (directory, TRUE, error);
  g_autofree char *shown = e13_quote_display (directory);
  e13_autofd int fd = -1;
  E13Lock *lock;

  if (dirfd < 0)
    return NULL;
  fd = openat (dirfd, LOCK_NAME, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (fd < 0)
    return e13_throw_errno (error, "cannot open the lock '%s/" LOCK_NAME "'", shown), NULL;
  if (flock (fd, LOCK_EX | LOCK_NB) != 0)
    {
      if (errno == EWOULDBLOCK)
        throw_busy (fd, error);
      else
        e13_throw_errno (error, "cannot lock '%s/" LOCK_NAME "'", shown);
      return NULL;
    }
  sign (fd);
  lock = g_new (E13Lock, 1);
  lock->fd = g_steal_fd (&fd);
  return lock;
}

void
e13_journal_unlock (E13Lock *lock)
{
  if (lock == NULL)
    return;
  e13_close_fd (&lock->fd);
  g_free (lock);
}
