/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Planning on Windows: what its files share while one plan is made. Private to src/repair. */

#pragma once

#include "access/windows-least.h"
#include "repair/guard.h"
#include "repair/windows-plan.h"

typedef struct
{
  const E13AuditRequest *request;
  const E13PlanOptions *options;
  E13Guard *guard;
  GHashTable *changes; /* path → E13Change *, which the plan owns: what each object is to become, so far */
  E13Plan *plan;
} E13WindowsPlanner;

/* Takes @reason over. @option: a constant; NULL. */
void e13_windows_refuse (E13WindowsPlanner *planner, const E13Finding *finding, char *reason, const char *option);

/* What the descriptor of the object at @path, which has @facts, is to be by the plan so far; NULL where it is not
 * known. Owned by the caller. */
E13SecurityDescriptor *e13_windows_planned_sd (const E13WindowsPlanner *planner, const char *path,
                                               const E13Facts *facts);
/* Plans @sd for that object; FALSE where the guard refuses: @ret_reason (free with g_free()) and @ret_option. */
gboolean e13_windows_plan_sd (E13WindowsPlanner *planner, const char *path, const E13Facts *facts,
                              const E13SecurityDescriptor *sd, char **ret_reason, const char **ret_option);
/* Notes that @entry cures @finding. Owned by the plan. */
E13WindowsGrant *e13_windows_add_grant (E13WindowsPlanner *planner, const E13Finding *finding,
                                        const E13WinGrant *entry);
/* Whom @finding is cured for, and by which rights. */
E13WinGrant e13_windows_entry_for (const E13WindowsPlanner *planner, const E13Finding *finding);
/* Refuses what @granted could not give, on the object that has @sd. */
void e13_windows_refuse_by_outcome (E13WindowsPlanner *planner, const E13Finding *finding,
                                    const E13SecurityDescriptor *sd, const E13WinGranted *granted);

/* windows-missing.c */

/* Plans to make the directory that @finding misses, and those on the way to it, or says why not. */
void e13_windows_cure_missing (E13WindowsPlanner *planner, const E13Finding *finding);

/* windows-hand-down.c */

/* Plans for all that lies below the directory at @path, which is to have @sd, the copy of the entry at @position that
 * each object inherits. */
void e13_windows_hand_down (E13WindowsPlanner *planner, const char *path, const E13SecurityDescriptor *sd,
                            guint position, const E13WinGrant *grant);

/* Plans to take the entries that deny @trustee anything out of the whole site, as far as they were set in it. */
void e13_windows_remove_denies (E13WindowsPlanner *planner, const E13Sid *trustee);
