/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* E13Facts from statx(2). */

#pragma once

#include "model/object.h"

/* Of the bits of S_IFMT. */
E13ObjectType e13_posix_type_of_mode (guint32 mode);
/* @flags: AT_EMPTY_PATH, AT_SYMLINK_NOFOLLOW …; never triggers an automount. ACLs are left E13_ACL_NOT_READ. Returns 0
 * or errno. */
int e13_posix_stat (int dirfd, const char *name, int flags, E13Facts *ret_facts);
