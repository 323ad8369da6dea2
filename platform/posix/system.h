/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the POSIX platform knows of the host: file systems, file handles, accounts, running servers. The functions are
 * those of E13ReadOps of the same names, and of E13WriteOps; platform.h has their contracts. */

#pragma once

#include "platform/platform.h"

gboolean e13_posix_mount_of (const E13Pin *pin, E13Mount *ret_mount, GError **error);
/* "FSID/TYPE:HEX", from name_to_handle_at(2): TYPE is handle_type in decimal, HEX are the bytes of f_handle, which hold
 * inode and generation. Where the file system has no handles, or none that outlives a mount (FUSE):
 * "FSID/btime:INODE:SECONDS.NANOSECONDS" with the inode's time of birth, or where it has none "FSID/inode:INODE". FSID
 * is statfs(2)'s f_fsid as sixteen hexadecimal digits; all zero where it is no more than the device number (XFS), which
 * another file system may have after the next boot. So the text is the same after a remount, a reboot or a rename, and
 * another for an inode that reuses the number. */
char *e13_posix_handle_of (const E13Pin *pin, GError **error);
/* TRUE also where it could not be read: what cannot be told must not be lost. */
gboolean e13_posix_has_capability (const E13Pin *pin);

E13Identity *e13_posix_identity_parse (const char *text, GError **error);
gboolean e13_posix_group_find (const char *name, guint32 *ret_gid);
E13Identity *e13_posix_identity_self (void);
const char *e13_posix_user_name (guint32 uid);
const char *e13_posix_group_name (guint32 gid);
