/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* /proc/PID/mountinfo: one line of it as a value. */

#pragma once

#include <glib.h>

typedef struct
{
  char *mount_point; /* as it is, not escaped */
  char *fs_type;
  char *options; /* of the mount and of the file system, divided by commas */
} E13MountLine;

void e13_mount_line_clear (E13MountLine *line);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (E13MountLine, e13_mount_line_clear)

/* Which traits the file system has, from platform/posix/filesystems.def. Pure. */
typedef enum
{
  E13_FS_MODE_FROM_MOUNT = 1,
  E13_FS_NETWORK = 2,
  E13_FS_WINDOWS_DRIVE = 4,
} E13FsTraits;
guint e13_mount_line_traits (const E13MountLine *line);

/* The line of @mount_id in @text, the whole content of a mountinfo file; FALSE where it has none. Pure. */
gboolean e13_mount_line_find (const char *text, guint64 mount_id, E13MountLine *ret_line);

/* The mount points in @text, as char *, but for those on file systems that a daemon or another machine answers for: to
 * look at these may take for ever. Pure. Free with g_ptr_array_unref(). */
GPtrArray *e13_mount_points (const char *text);

/* The mount that @fd (O_PATH is enough) lies on: its id, from fdinfo, which asks no file system anything. FALSE and
 * errno. */
gboolean e13_posix_mount_id (int fd, guint64 *ret_id);
