/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The plan for a site of Windows: one inheritable entry on the topmost directory that needs it cures what lies below,
 * as far as that inherits. It is printed, not applied. */

#pragma once

#include "repair/plan.h"

/* One entry to be granted. */
typedef struct
{
  char *path; /* beneath the site */
  E13ObjectType type;
  E13Sid trustee;
  guint32 mask;
  GPtrArray *findings; /* of const E13Finding *: what it cures, by the model */
} E13WindowsGrant;

/* A plan with @grants, without changes. A finding that none of them cures has its refusal. */
E13Plan *e13_windows_plan_make (const E13AuditRequest *request, const E13Audit *audit);
