/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* May what an object of Windows holds be believed? It may where only those who could do everything anyway can have
 * written it: the system, the administrators, and whoever asks. Pure; errs on the side of no. */

#pragma once

#include "model/security-descriptor.h"

/* Why somebody else can have written an object with @sd, put anything into it or taken it away: "it belongs to Users
 * (S-1-5-32-545)". NULL where nobody else can; else free with g_free(). @self: an account that is trusted, too; NULL:
 * none. */
char *e13_windows_why_not_trusted (const E13SecurityDescriptor *sd, const E13Sid *self);
