/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Security descriptors as text: SDDL ([MS-DTYP] 2.5.1), both ways. */

#pragma once

#include "model/security-descriptor.h"

/* Where the text is wrong: NULL, and E13_ERROR_INPUT with the column. Aliases of accounts that each domain or machine
 * has of its own (DA, LA and such) need @domain, the SID before the last number; where it is NULL they are errors.
 * Object, conditional, resource and policy entries are refused by name: E13_ERROR_UNSUPPORTED. */
E13SecurityDescriptor *e13_sddl_parse (const char *text, const E13Sid *domain, GError **error);

/* Aliases for trustees that need no domain; a right by its name where that says all, else the mask in hexadecimal. What
 * SDDL has no letters for (defaulted parts, the resource manager's byte, the revision of a list) is left out. Entries
 * that are more than a trustee and a mask make it fail: NULL and E13_ERROR_UNSUPPORTED. Free with g_free(). */
char *e13_sddl_format (const E13SecurityDescriptor *sd, GError **error);
