/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What /proc says of mounts and of processes: the first byte is the mount id to look for, the rest the file. */

#include "platform/posix/mountinfo.h"
#include "platform/posix/proc-map.h"
#include "platform/posix/proc-status.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = size > 0 ? g_strndup ((const char *)data + 1, size - 1) : g_strdup ("");
  g_auto (E13MountLine) line = { 0 };
  g_auto (E13ProcStatus) status = { 0 };
  g_autoptr (GPtrArray) points = NULL;
  g_autofree char *unit = NULL;
  guint32 inside;

  if (e13_mount_line_find (text, size > 0 ? data[0] : 0, &line))
    {
      g_assert_nonnull (line.mount_point);
      g_assert_nonnull (line.fs_type);
      g_assert_cmpuint (e13_mount_line_traits (&line), <=,
                        E13_FS_MODE_FROM_MOUNT | E13_FS_NETWORK | E13_FS_WINDOWS_DRIVE);
    }
  e13_proc_status_parse (text, &status);
  points = e13_mount_points (text);
  unit = e13_proc_unit (text);
  if (e13_proc_map_inside (text, size > 0 ? data[0] : 0, &inside))
    g_assert_cmpuint (inside, <, G_MAXUINT32);
  return 0;
}
