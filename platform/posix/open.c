/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "platform/posix/open.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/openat2.h>
#include <string.h>
#include <sys/syscall.h>

#include "base/fd.h"
#include "platform/platform.h"
#include "platform/posix/facts.h"
#include "platform/posix/proc.h"

#define NO_LINKS (RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS)

static gint forced_no_openat2;

void
e13_posix_force_no_openat2 (gboolean forced)
{
  g_atomic_int_set (&forced_no_openat2, forced);
}

static int
openat2_raw (int dirfd, const char *path, int flags, guint64 resolve)
{
  struct open_how how = { .flags = (guint64)flags, .resolve = resolve };

  return (int)syscall (SYS_openat2, dirfd, path, &how, sizeof how);
}

/* Asked once: an old kernel says ENOSYS, but an old container's filter says EPERM, which an open may say as well. */
static gboolean
has_openat2 (void)
{
  static gsize answer;

  if (g_atomic_int_get (&forced_no_openat2))
    return FALSE;
  if (g_once_init_enter (&answer))
    {
      e13_autofd int fd = openat2_raw (AT_FDCWD, "/proc", O_PATH | O_CLOEXEC, RESOLVE_NO_MAGICLINKS);

      g_once_init_leave (&answer, fd >= 0 ? 1 : 2);
    }
  return answer == 1;
}

static gboolean
goes_up (const char *path)
{
  for (const char *p = path; (p = strstr (p, "..")) != NULL; p += 2)
    if ((p == path || p[-1] == '/') && (p[2] == '\0' || p[2] == '/'))
      return TRUE;
  return FALSE;
}

/* How much of @path one call takes: all of it, or as many whole components as PATH_MAX lets through. */
static gsize
piece_length (const char *path)
{
  gsize length = strnlen (path, PATH_MAX);

  if (length < PATH_MAX)
    return length;
  while (length > 0 && path[length - 1] != '/')
    length--;
  return length;
}

static int
open_in_pieces (int base, const char *path, int flags)
{
  e13_autofd int held = -1;
  int at = base;
  char piece[PATH_MAX];

  for (;;)
    {
      gsize length = piece_length (path);
      int fd;

      if (path[length] == '\0')
        return openat2_raw (at, path, flags | O_PATH | O_NOFOLLOW | O_CLOEXEC, NO_LINKS);
      if (length == 0)
        return errno = ENAMETOOLONG, -1;
      memcpy (piece, path, length - 1);
      piece[length - 1] = '\0';
      fd = openat2_raw (at, piece, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC, NO_LINKS);
      if (fd < 0)
        return -1;
      e13_close_fd (&held);
      at = held = fd;
      path += length + strspn (path + length, "/");
      if (*path == '\0')
        return g_steal_fd (&held);
    }
}

/* A link in the middle is opened like any last component and then has no entries: that ENOTDIR is the ELOOP of
 * openat2(2). */
static int
errno_of_middle (int at, const char *name, int error)
{
  char byte;

  return error == ENOTDIR && readlinkat (at, name, &byte, 1) >= 0 ? ELOOP : error;
}

static int
open_by_component (int base, const char *path, int flags)
{
  g_autofree char *copy = g_strdup (path);
  e13_autofd int held = -1;
  int at = base;
  char *rest = copy;

  for (;;)
    {
      char *name = rest + strspn (rest, "/");
      char *end = name + strcspn (name, "/");
      gboolean last = end[strspn (end, "/")] == '\0';
      int wanted = last && *end == '\0' ? flags : O_DIRECTORY;
      int fd;

      rest = *end == '\0' ? end : end + 1;
      *end = '\0';
      fd = openat (at, name, wanted | O_PATH | O_NOFOLLOW | O_CLOEXEC);
      if (fd < 0)
        {
          errno = last ? errno : errno_of_middle (at, name, errno);
          return -1;
        }
      if (last)
        return fd;
      e13_close_fd (&held);
      at = held = fd;
    }
}

int
e13_posix_open_beneath (int base, const char *path, int flags)
{
  if (*path == '\0')
    return e13_posix_reopen (base, flags | O_PATH);
  if (*path == '/' || goes_up (path))
    return errno = EXDEV, -1;
  return has_openat2 () ? open_in_pieces (base, path, flags) : open_by_component (base, path, flags);
}

/* Asked of what the system knows already: the file system's own server may never answer. */
static gboolean
begins_a_mount (int parent, const char *name)
{
  E13Facts facts;
  E13Facts above;

  if (e13_posix_stat (parent, name, AT_SYMLINK_NOFOLLOW | AT_STATX_DONT_SYNC, &facts) != 0)
    return FALSE;
  if (facts.key.mount_id != 0)
    return (facts.attributes & E13_ATTRIBUTE_MOUNT_ROOT) != 0;
  return e13_posix_stat (parent, "", AT_EMPTY_PATH | AT_STATX_DONT_SYNC, &above) == 0
         && above.key.device != facts.key.device;
}

static int
open_directory_once (int parent, const char *name, int flags, gboolean cross_mounts)
{
  if (has_openat2 ())
    return openat2_raw (parent, name, flags, NO_LINKS | (cross_mounts ? 0 : RESOLVE_NO_XDEV));
  if (!cross_mounts && begins_a_mount (parent, name))
    return errno = EXDEV, -1;
  return openat (parent, name, flags);
}

int
e13_posix_open_directory (int parent, const char *name, gboolean cross_mounts)
{
  int flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC;
  int fd = open_directory_once (parent, name, flags | O_NOATIME, cross_mounts);

  /* Only its owner, or root, may keep the access time from moving. */
  if (fd < 0 && errno == EPERM)
    fd = open_directory_once (parent, name, flags, cross_mounts);
  return fd;
}

int
e13_posix_reopen (int fd, int flags)
{
  int proc = e13_posix_proc_fd (NULL);

  if (proc < 0)
    return errno = ENOSYS, -1;
  return openat (proc, e13_posix_fd_name (fd).text, flags | O_CLOEXEC);
}

int
e13_posix_reopen_to_read (int fd, int flags)
{
  int wanted = flags | O_RDONLY | O_NONBLOCK | O_NOCTTY;
  int again = e13_posix_reopen (fd, wanted | O_NOATIME);

  if (again < 0 && errno == EPERM)
    again = e13_posix_reopen (fd, wanted);
  return again;
}

int
e13_posix_open_in_root (int root, const char *path)
{
  if (has_openat2 ())
    return openat2_raw (root, path, O_PATH | O_NOFOLLOW | O_CLOEXEC, RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS);
  errno = ENOSYS;
  return -1;
}
