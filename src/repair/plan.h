/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Plan: findings → the changes that cure them, least first, one for each object. */

#pragma once

#include "audit/audit.h"
#include "model/change.h"
#include "repair/grant.h"

typedef enum
{
  E13_PARENTS_NO,
  E13_PARENTS_YES,   /* --parents: directories above the site may be given search */
  E13_PARENTS_FORCE, /* --parents=force: even where the identity can then reach secrets beside the site */
} E13Parents;

typedef struct
{
  E13Via via;
  E13Parents parents;
  gboolean inherit;        /* --inherit: default ACLs everywhere, not only where the app writes */
  gboolean keep_owner;     /* the owner keeps editing what the app makes; off with --no-keep-owner */
  gboolean hard_links;     /* --hard-links: files with names outside the site are changed too */
  gboolean foreign;        /* --foreign: files whose owner differs from their directory's too */
  gboolean harden;         /* --harden */
  gboolean create_missing; /* --create-missing */

  /* On Windows. */
  GArray *remove_denies;  /* --remove-deny: of E13Sid; NULL: none */
  gboolean override_deny; /* --override-deny: a grant may overrule a deny that is inherited */
  gboolean null_dacl;     /* --null-dacl: what has no list gets the one that its directory hands down */
  gboolean unblock_all;   /* --unblock=all: the mark of a download goes from every file, not just from code */
  gboolean classic;       /* --classic: for a site of Windows, Authenticated Users with Modify on the directories that
                           * scripts write, whoever is judged */
} E13PlanOptions;

/* A finding that the plan leaves, and why. */
typedef struct
{
  const E13Finding *finding; /* owned by the audit */
  char *reason;              /* "it is a parent of the site: --parents lets it be changed" */
  const char *option;        /* the option that would let it be done: "--parents"; NULL where none does */
} E13Refusal;

typedef struct
{
  GPtrArray *changes;  /* of E13Change *: parents of the site first, then by path */
  GPtrArray *refusals; /* of E13Refusal * */
  GPtrArray *grants;   /* of E13WindowsGrant *: for a site of Windows, what the changes come to; NULL for others */
  GPtrArray *notes;    /* of char *: what the identity can newly reach, what a later deploy will be denied … */
} E13Plan;

/* @request: that of @audit, which must outlive the plan. Never NULL: what cannot be planned is a refusal in it. */
E13Plan *e13_plan_make (const E13AuditRequest *request, const E13Audit *audit, const E13PlanOptions *options);
void e13_plan_free (E13Plan *plan);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (E13Plan, e13_plan_free)
