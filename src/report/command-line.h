/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Command lines: a change as the commands that a person could type, or a script run, to the same effect. */

#pragma once

#include "report/group.h"
#include "report/report.h"

/* The name of user or group @id where setfacl reads it as that account and the shell as one plain word; else, and where
 * @names is NULL, the number. Free with g_free(). */
char *e13_command_line_account (E13AclTag tag, guint32 id, const E13ReadOps *names);

/* setfacl's short form of @acl, in numbers, but for accounts that only a dump knows: these by name, escaped for setfacl
 * and the shell. Free with g_free(). */
char *e13_command_line_acl (const E13Acl *acl, const E13ReadOps *names);

/* The commands that make @change (an E13_CHANGE_SET, or what is set on a directory once it is made), in the order in
 * which they must run. @target: the path as the shell shall see it, quoted. @names: for account names where a command
 * can say them; NULL for numbers only. An array of char *. Free with g_ptr_array_unref(). */
GPtrArray *e13_command_line_set (const E13Change *change, const char *target, const E13ReadOps *names);

/* The command that makes the missing directory of @change as its parent's owner. Free with g_free(). */
char *e13_command_line_make (const E13Change *change, const char *target, const E13ReadOps *names);

/* One `setfacl -R -m` for @directory (beneath the site) and all below it, or NULL unless it is exact: everything that
 * it would touch is in the plan, and each object becomes what the plan says. Counts the tree below @directory by a
 * walk, so call it once a group. Free with g_free(). */
char *e13_command_line_tree (const E13AuditRequest *request, const E13Plan *plan, const E13PlanIndex *index,
                             const char *directory, const char *target, const E13ReadOps *names);
