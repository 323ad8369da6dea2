/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "platform/posix/proc.h"

#include <fcntl.h>
#include <linux/magic.h>
#include <pthread.h>
#include <sys/vfs.h>

#include "base/error.h"
#include "base/fd.h"

#define FD_DIRECTORY "/proc/self/fd"

static gint proc_fd = -1;

/* "self" was resolved when the directory was opened, so a child holding it would act on its parent's descriptors. */
static void
forget_in_child (void)
{
  e13_close_fd (&proc_fd);
}

static int
open_fd_directory (GError **error)
{
  e13_autofd int fd = open (FD_DIRECTORY, O_PATH | O_DIRECTORY | O_CLOEXEC);
  struct statfs fs;

  if (fd < 0)
    {
      e13_throw_errno (error, "cannot open '%s', without which no object can be pinned", FD_DIRECTORY);
      return -1;
    }
  if (fstatfs (fd, &fs) < 0)
    {
      e13_throw_errno (error, "cannot tell the file system of '%s'", FD_DIRECTORY);
      return -1;
    }
  if (fs.f_type != PROC_SUPER_MAGIC)
    {
      e13_throw (error, E13_ERROR_UNSUPPORTED,
                 "'%s' is not on a proc file system, without which no object can be pinned", FD_DIRECTORY);
      return -1;
    }
  return g_steal_fd (&fd);
}

int
e13_posix_proc_fd (GError **error)
{
  static GMutex lock;
  static gboolean watches_forks;
  int fd = g_atomic_int_get (&proc_fd);

  if (fd >= 0)
    return fd;
  g_mutex_lock (&lock);
  fd = proc_fd;
  if (fd < 0)
    {
      if (!watches_forks)
        watches_forks = pthread_atfork (NULL, NULL, forget_in_child) == 0;
      fd = open_fd_directory (error);
      g_atomic_int_set (&proc_fd, fd);
    }
  g_mutex_unlock (&lock);
  return fd;
}

int
e13_posix_open_proc (GError **error)
{
  int fds = e13_posix_proc_fd (error);

  return fds >= 0 ? openat (fds, "../..", O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
}

E13FdName
e13_posix_fd_name (int fd)
{
  E13FdName name;

  g_snprintf (name.text, sizeof name.text, "%d", fd);
  return name;
}

E13FdPath
e13_posix_fd_path (int fd)
{
  E13FdPath path;

  g_snprintf (path.text, sizeof path.text, FD_DIRECTORY "/%d", fd);
  return path;
}

char *
e13_posix_read_proc (int dirfd, const char *name)
{
  e13_autofd int fd = openat (dirfd, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  g_autoptr (GString) text = g_string_new (NULL);
  char buffer[4096];
  gssize got;

  if (fd < 0)
    return NULL;
  while ((got = read (fd, buffer, sizeof buffer)) != 0)
    if (got > 0)
      g_string_append_len (text, buffer, got);
    else if (errno != EINTR)
      return NULL;
  return g_string_free (g_steal_pointer (&text), FALSE);
}
