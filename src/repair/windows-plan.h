/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The plan for a site of Windows: one inheritable entry on the topmost directory that needs it cures what lies below,
 * as far as that inherits. The plan's changes are all of it, object by object, as Windows would have propagated it; its
 * grants are the same as a person would say it. */

#pragma once

#include "repair/plan.h"

/* One entry to be granted. */
typedef struct
{
  char *path; /* beneath the site */
  E13ObjectType type;
  E13Sid trustee;
  guint32 mask;
  gboolean is_new;     /* the directory is made first; @mask is then 0 where what it inherits suffices */
  GPtrArray *findings; /* of const E13Finding *: what it cures, by the model */
} E13WindowsGrant;

/* As e13_plan_make(), for a tree with descriptors; the plan has grants. */
E13Plan *e13_windows_plan_make (const E13AuditRequest *request, const E13Audit *audit, const E13PlanOptions *options);
