/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Whose rights: the functions are those of E13ReadOps of the same names; platform.h has their contracts. */

#pragma once

#include "platform/platform.h"

E13Identity *e13_win32_identity_parse (const char *text, GError **error);
GPtrArray *e13_win32_identities_found (void);
E13Identity *e13_win32_identity_self (void);
gboolean e13_win32_is_elevated (void);
