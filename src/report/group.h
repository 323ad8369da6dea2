/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Groups: findings that share one cause, so that ten thousand of them are one entry. */

#pragma once

#include "audit/audit.h"
#include "repair/plan.h"
#include "repair/windows-plan.h"

/* What a plan does and leaves, looked up by path. */
typedef struct
{
  GHashTable *changes;  /* path → E13Change * */
  GHashTable *linked;   /* E13ObjectKey → E13Change *, of files with several names */
  GHashTable *grants;   /* E13Finding → E13WindowsGrant * */
  GHashTable *refusals; /* finding's path and rule → E13Refusal * */
} E13PlanIndex;

/* @plan may be NULL. What it points to must outlive the index. */
E13PlanIndex *e13_plan_index_new (const E13Plan *plan);
void e13_plan_index_free (E13PlanIndex *index);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (E13PlanIndex, e13_plan_index_free)

/* NULL where the plan does not touch @path. */
const E13Change *e13_plan_index_change (const E13PlanIndex *index, const char *path);
/* The change that cures @finding, by its path or by another name of the same file; NULL where none does. */
const E13Change *e13_plan_index_cure (const E13PlanIndex *index, const E13Finding *finding);
/* The same of a plan for Windows. */
const E13WindowsGrant *e13_plan_index_grant (const E13PlanIndex *index, const E13Finding *finding);

typedef struct
{
  GPtrArray *findings; /* of const E13Finding *, at least one, by path */
  char *directory; /* of several findings: the deepest directory that holds them all, as the findings' paths are written
                    */
  const E13Refusal *refusal; /* why the plan leaves them all; NULL */
  const char *outermost;     /* path of the last finding that lies below none before it */
  guint64 n_affected;        /* how many objects they keep from being used */
} E13Group;

const E13Finding *e13_group_first (const E13Group *group);

/* Groups @findings by rule, identity, needs, has, sentence, reason and what the plan says of them; sorted as rules.def
 * is, then by path. With @each, a group for every finding. An array of E13Group *. Free with g_ptr_array_unref(). */
GPtrArray *e13_group_findings (const GPtrArray *findings, const E13PlanIndex *index, gboolean each);
