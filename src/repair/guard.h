/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The guard: the one place that refuses a repair because it would harm. Its lists are data, in guard.def. */

#pragma once

#include "audit/audit.h"
#include "model/change.h"
#include "repair/plan.h"

/* Both return NULL to allow; else why not, as a clause (free with g_free()). @ret_option: the option that lets it through, or NULL. */

/* May `fix` work on this site at all? Refuses /, system directories, homes, and what a package owns, unless a profile other than
 * the generic one says what it is. */
char *e13_guard_site (const E13ReadOps *ops, const E13Tree *tree, const E13Profile *profile, const char **ret_option);

/* May this change be made? Key material, homes and the ancestors of .ssh, hard links, foreign files, unmapped ids, uid 0 … */
char *e13_guard_change (const E13AuditRequest *request, const E13PlanOptions *options, const E13Change *change,
                        const char **ret_option);
