/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the parts of plan.h share: the jobs, one for each object, that findings are sorted into. */

#pragma once

#include "repair/guard.h"
#include "repair/plan.h"

/* What one identity is to have of one object. */
typedef struct
{
  const E13Identity *identity; /* owned by the audit's request */
  E13Rights needs;
} E13Wish;

/* Everything that findings ask for of one object. */
typedef struct
{
  E13ChangeKind kind;
  char *path;
  E13Facts facts;      /* as they were judged; of a directory to be made: as it will be made */
  GPtrArray *findings; /* of const E13Finding * */
  GArray *wishes;      /* of E13Wish, one an identity */
  GPtrArray *names;    /* of char *: other names in the site of a hard-linked file. NULL: none */
  guint harden;        /* of E13Harden */
} E13Job;

typedef struct
{
  const E13AuditRequest *request;
  const E13PlanOptions *options;
  E13Guard *guard;
  GHashTable *jobs;    /* by path; hard-linked files by inode */
  GPtrArray *in_order; /* the jobs, as they came */
  GHashTable *refused; /* findings */
  E13Plan *plan;
  char *directory; /* whose policy was looked up last: jobs come directory by directory */
  E13Scope *scope;
  gboolean later_files_denied; /* files that a later deploy makes may be denied again */
} E13Planner;

/* An empty plan, without grants. */
E13Plan *e13_plan_new (void);

/* The job of an object, new where it is the first time. Owned by the planner. */
E13Job *e13_planner_job (E13Planner *planner, E13ChangeKind kind, const char *path, const E13Facts *facts);
void e13_job_free (gpointer job);
void e13_job_add_finding (E13Job *job, const E13Finding *finding);
void e13_job_wish (E13Job *job, const E13Identity *identity, E13Rights needs);
gboolean e13_job_is_outside (const E13Job *job);

/* Once a finding; takes @reason over. @option: a constant. */
void e13_planner_refuse (E13Planner *planner, const E13Finding *finding, char *reason, const char *option);
void e13_planner_refuse_job (E13Planner *planner, const E13Job *job, const char *reason, const char *option);

/* ---- plan-needs.c ---------------------------------------------------------------------------- */

/* What the policy asks of @path. */
E13Requirement e13_planner_requirement (E13Planner *planner, const char *path, gboolean is_directory);

void e13_planner_forget_scope (E13Planner *planner);

/* ---- plan-missing.c -------------------------------------------------------------------------- */

/* Jobs for the missing directory of @finding and for each that is missing on the way to it; or the refusal. */
void e13_planner_add_missing (E13Planner *planner, const E13Finding *finding);

/* What E13WriteOps.make_directory makes in the directory @parent: its owner's and group's, 0777 without a umask of 022.
 * Clear with e13_facts_clear(). */
void e13_planner_facts_of_new (const E13Facts *parent, E13Facts *ret_facts);

/* ---- plan-parents.c -------------------------------------------------------------------------- */

/* Notes what else becomes reachable when @change lets identities through a parent of the site. FALSE and @ret_reason
 * where that must not be. */
gboolean e13_planner_judge_reach (E13Planner *planner, const E13Job *job, E13Change *change, char **ret_reason);
