/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Security descriptors as text: SDDL ([MS-DTYP] 2.5.1), both ways. */

#pragma once

#include "model/security-descriptor.h"

/* E13_ERROR_INPUT with the column. Aliases that stand for accounts of a domain (DA, LA …) need @domain: the SID before the last number; NULL
 * makes them an error. Conditional and resource entries are refused by name. */
E13SecurityDescriptor *e13_sddl_parse (const char *text, const E13Sid *domain, GError **error);

/* Canonical SDDL: aliases for trustees that need no domain, rights by name where one name says all, else in hexadecimal. Entries that are not
 * plain make it fail: E13_ERROR_UNSUPPORTED. Free with g_free(). */
char *e13_sddl_format (const E13SecurityDescriptor *sd, GError **error);
