/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the POSIX platform knows of the host: file systems, file handles, accounts, running servers. The functions are those of
 * E13ReadOps of the same names, and of E13WriteOps; platform.h has their contracts. */

#pragma once

#include "platform/platform.h"

gboolean e13_posix_mount_of (const E13Pin *pin, E13Mount *ret_mount, GError **error);
char *e13_posix_handle_of (const E13Pin *pin, GError **error);
gboolean e13_posix_has_capability (const E13Pin *pin);

E13Identity *e13_posix_identity_parse (const char *text, GError **error);
GPtrArray *e13_posix_identities_found (void);
E13Identity *e13_posix_identity_self (void);
const char *e13_posix_user_name (guint32 uid);
const char *e13_posix_group_name (guint32 gid);
