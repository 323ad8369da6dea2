/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The guard's part for trees of Windows. Private to src/repair. */

#pragma once

#include "repair/guard.h"

/* As e13_guard_site() and e13_guard_change(), with which they are asked. NULL to allow; free with g_free(). */
char *e13_guard_windows_site (const E13ReadOps *ops, const E13Tree *tree);
char *e13_guard_windows_change (const E13AuditRequest *request, const E13Change *change, const E13Facts *facts);

/* Is the site a place of the system's own? */
gboolean e13_guard_windows_is_system (const E13Tree *tree);

/* Is an account that only its own machine knows to be given something on another machine's file server? */
char *e13_guard_windows_server (const E13AuditRequest *request);
