/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <fcntl.h>
#include <linux/magic.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/vfs.h>
#include <sys/xattr.h>

#include "base/error.h"
#include "base/quote.h"
#include "platform/posix/proc.h"
#include "platform/posix/system.h"

#ifndef AT_HANDLE_FID
#define AT_HANDLE_FID 0x200
#endif

/* As the kernel's huge_encode_dev() packs a device number into an f_fsid. */
static guint64
fsid_of_device (guint64 device)
{
  guint64 major = gnu_dev_major (device);
  guint64 minor = gnu_dev_minor (device);

  return (minor & 0xff) | (major << 8) | ((minor & ~(guint64)0xff) << 12);
}

/* 0 where the file system has no id but its device number (XFS), which the next boot may give to another. */
static guint64
stable_fsid (const struct statfs *fs, guint64 device)
{
  guint32 words[2];
  guint64 fsid;

  G_STATIC_ASSERT (sizeof words == sizeof fs->f_fsid);
  memcpy (words, &fs->f_fsid, sizeof words);
  fsid = (guint64)words[1] << 32 | words[0];
  return fsid == fsid_of_device (device) ? 0 : fsid;
}

static void
append_byte (GString *out, guchar byte)
{
  static const char digits[] = "0123456789abcdef";

  g_string_append_c (out, digits[byte >> 4]);
  g_string_append_c (out, digits[byte & 15]);
}

static gboolean
append_file_handle (GString *out, int fd)
{
  union
  {
    struct file_handle handle;
    char room[sizeof (struct file_handle) + MAX_HANDLE_SZ];
  } buffer;
  /* The second is for file systems (overlay) that can name an inode but not open it by that name, which nobody wants
   * here. */
  static const int flags[] = { AT_EMPTY_PATH, AT_EMPTY_PATH | AT_HANDLE_FID };

  for (gsize i = 0; i < G_N_ELEMENTS (flags); i++)
    {
      int mount_id;

      buffer.handle.handle_bytes = MAX_HANDLE_SZ;
      if (name_to_handle_at (fd, "", &buffer.handle, &mount_id, flags[i]) < 0)
        continue;
      g_string_append_printf (out, "%d:", buffer.handle.handle_type);
      for (guint k = 0; k < buffer.handle.handle_bytes; k++)
        append_byte (out, buffer.handle.f_handle[k]);
      return TRUE;
    }
  return FALSE;
}

/* FALSE and errno. */
static gboolean
append_inode (GString *out, int fd)
{
  struct statx stat;

  if (statx (fd, "", AT_EMPTY_PATH, STATX_BASIC_STATS | STATX_BTIME, &stat) < 0)
    return FALSE;
  if ((stat.stx_mask & STATX_BTIME) != 0)
    g_string_append_printf (out, "btime:%" G_GUINT64_FORMAT ":%" G_GINT64_FORMAT ".%09u", (guint64)stat.stx_ino,
                            (gint64)stat.stx_btime.tv_sec, stat.stx_btime.tv_nsec);
  else
    g_string_append_printf (out, "inode:%" G_GUINT64_FORMAT, (guint64)stat.stx_ino);
  return TRUE;
}

char *
e13_posix_handle_of (const E13Pin *pin, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  struct statfs fs;
  gboolean is_known = fstatfs (pin->fd, &fs) == 0;

  if (is_known)
    {
      g_string_append_printf (text, "%016" G_GINT64_MODIFIER "x/", stable_fsid (&fs, pin->facts.key.device));
      /* The handles of FUSE count the daemon's lookups: after the next mount they are another's. */
      is_known = (fs.f_type != FUSE_SUPER_MAGIC && append_file_handle (text, pin->fd)) || append_inode (text, pin->fd);
    }
  if (!is_known)
    {
      g_autofree char *shown = e13_quote_display (pin->path);

      e13_throw_errno (error, "cannot tell what identifies '%s'", shown);
      return NULL;
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

gboolean
e13_posix_has_capability (const E13Pin *pin)
{
  gssize size = getxattr (e13_posix_fd_path (pin->fd).text, "security.capability", NULL, 0);

  /* EOVERFLOW is a capability of another user namespace; what cannot be read may be one. */
  return size > 0 || (size < 0 && errno != ENODATA && errno != EOPNOTSUPP);
}
