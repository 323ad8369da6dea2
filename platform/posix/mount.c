/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <sys/statvfs.h>

#include "base/error.h"
#include "base/quote.h"
#include "platform/posix/mountinfo.h"
#include "platform/posix/proc.h"
#include "platform/posix/system.h"

/* A mount whose root lies outside a chroot is not in mountinfo at all; what "/" is on is then all that can be named. */
static void
unlisted_mount (E13MountLine *ret_line)
{
  *ret_line = (E13MountLine){ g_strdup ("/"), g_strdup ("unknown"), g_strdup ("") };
}

static gboolean
find_mount (const E13Pin *pin, E13MountLine *ret_line, GError **error)
{
  g_autofree char *shown = e13_quote_display (pin->path);
  int proc = e13_posix_proc_fd (error);
  guint64 id = pin->facts.key.mount_id;
  g_autofree char *text = NULL;

  if (proc < 0)
    return FALSE;
  if (id == 0 && !e13_posix_mount_id (pin->fd, &id))
    return e13_throw_errno (error, "cannot tell the mount of '%s'", shown);
  text = e13_posix_read_proc (proc, "../mountinfo");
  if (text == NULL)
    return e13_throw_errno (error, "cannot read '/proc/self/mountinfo'");
  if (!e13_mount_line_find (text, id, ret_line))
    unlisted_mount (ret_line);
  return TRUE;
}

/* Where an ACL has one block at most: its own header, a block's header, one entry's and the end of those; four bytes
 * for each of the owner, the group, the mask and others, and eight for each that is named. What else is kept there
 * makes it fewer. */
static guint
max_acl_entries (const char *fs_type, gsize block_size)
{
  static const char *const families[] = { "ext2", "ext3", "ext4", NULL };
  const gsize headers = 32 + 16 + 4 + 4 + 4 * 4;

  if (!g_strv_contains (families, fs_type) || block_size < 1024)
    return 0;
  return (guint)((block_size - headers) / 8 + 4);
}

gboolean
e13_posix_mount_of (const E13Pin *pin, E13Mount *ret_mount, GError **error)
{
  g_auto (E13MountLine) line = { NULL, NULL, NULL };
  struct statvfs fs;
  guint traits;
  guint max_entries;
  gboolean writable;

  if (fstatvfs (pin->fd, &fs) < 0)
    {
      g_autofree char *shown = e13_quote_display (pin->path);

      return e13_throw_errno (error, "cannot tell the file system of '%s'", shown);
    }
  if (!find_mount (pin, &line, error))
    return FALSE;
  traits = e13_mount_line_traits (&line);
  max_entries = max_acl_entries (line.fs_type, fs.f_bsize);
  writable = (fs.f_flag & ST_RDONLY) == 0;
  *ret_mount = (E13Mount){
    .mount_point = g_steal_pointer (&line.mount_point),
    .fs_type = g_steal_pointer (&line.fs_type),
    /* The kernel's own sum of the mount's flags and the file system's. */
    .read_only = !writable,
    .noexec = (fs.f_flag & ST_NOEXEC) != 0,
    .is_network = (traits & E13_FS_NETWORK) != 0,
    .mode_from_mount = (traits & E13_FS_MODE_FROM_MOUNT) != 0,
    .is_windows_drive = (traits & E13_FS_WINDOWS_DRIVE) != 0,
    /* An image such as squashfs is always full, but that is not what keeps anybody from writing. No blocks or files at
     * all means that the file system does not count them (proc, btrfs). */
    .no_bytes_left = writable && fs.f_blocks != 0 && fs.f_bavail == 0,
    .no_inodes_left = writable && fs.f_files != 0 && fs.f_favail == 0,
    .max_acl_entries = max_entries,
  };
  return TRUE;
}
