/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Accounts: names from and to SIDs, as this machine and its domain know them. A look-up may go over the network. */

#pragma once

#include "model/sid.h"
#include "platform/win32/nt.h"

/* "WEB01\maria", "VORDEFINIERT\Benutzer": in the machine's language. NULL where the SID has no name here. Free with
 * g_free(). */
char *e13_win32_account_name (const E13Sid *sid);

/* FALSE where there is no such account: E13_ERROR_USAGE. */
gboolean e13_win32_account_sid (const char *name, E13Sid *ret_sid, GError **error);

/* The groups of this machine that the account @name is in, by whatever way: an array of E13Sid, empty where they cannot
 * be told. Free with g_array_unref(). */
GArray *e13_win32_account_groups (const char *name);

/* The system's SID as ours; FALSE where it is none. */
gboolean e13_win32_sid_of (PSID sid, E13Sid *ret_sid);
