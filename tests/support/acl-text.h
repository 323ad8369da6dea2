/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Access control lists and identities as short texts, for tables of tests. A text that is wrong aborts the test. */

#pragma once

#include "access/posix.h"

/* Short names for columns of rights. */
#define R E13_RIGHT_READ
#define W E13_RIGHT_WRITE
#define X E13_RIGHT_EXECUTE

/* "u::rwx,u:33:r-x,g::r-x,m::r-x,o::---", as e13_acl_to_text() writes it. */
E13Acl *test_acl (const char *text);

/* "33:33,100,7": uid, primary group, other groups; with "+" at the end it overrides permission bits, with "NAME="
 * before it has that name. */
E13Identity *test_identity (const char *text);
