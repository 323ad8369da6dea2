/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Which web.config files of a site can be cured by edits that leave no doubt, and what they are then. Nothing is
 * written.
 *
 * Each edit is made in memory first, and the whole site linted again with it: one that does not cure what it is for, or
 * with which anything is found that was not found before, is not made. */

#pragma once

#include "iis/lint-site.h"

typedef struct
{
  char *path; /* beneath the site */
  GBytes *before;
  GBytes *after;
  GPtrArray *done; /* of char *: "line 10: removes the second of two equal entries" */
} E13LintRewrite;

/* An array of E13LintRewrite *, empty where there is nothing to do. @request has a tree. Free with g_ptr_array_unref().
 */
GPtrArray *e13_lint_rewrites (const E13LintRequest *request, GError **error);
