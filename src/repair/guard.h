/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The guard: the one place that refuses a repair because it would harm. Its lists are data, in guarded.def. */

#pragma once

#include "audit/audit.h"
#include "model/change.h"
#include "repair/plan.h"

/* Both questions return NULL to allow; else why not, as a clause (free with g_free()). @ret_option: the option that
 * lets it through, or NULL. */

/* May `fix` work on this site at all? Refuses / and system directories; and homes, and what lies below directories that
 * packages own, unless a profile other than the generic one says what it is. */
char *e13_guard_site (const E13ReadOps *ops, const E13Tree *tree, const E13Profile *profile, const char **ret_option);

/* May the content of files below @tree be changed? The same places are refused; where no permissions are kept is no
 * reason. @is_site: FALSE where it is the directory of one file that the caller has named, which may well be a home. */
char *e13_guard_content (const E13ReadOps *ops, const E13Tree *tree, gboolean is_site);

/* One plan's guard: what it asks of the system, it asks once. All three must outlive it. */
typedef struct E13Guard E13Guard;
E13Guard *e13_guard_new (const E13AuditRequest *request, const E13PlanOptions *options, const E13Audit *audit);
void e13_guard_free (E13Guard *guard);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (E13Guard, e13_guard_free)

/* May this change be made to the object of @facts? Key material, homes and what holds .ssh, hard links, foreign files,
 * numbers that will be reused, setuid files, world bits, rights that a mask would uncover, anything but search outside
 * the site. */
char *e13_guard_change (E13Guard *guard, const E13Change *change, const E13Facts *facts, const char **ret_option);
