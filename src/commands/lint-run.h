/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What lint reads before it looks: the settings of the server, what is known of its machine, and the site's files. */

#pragma once

#include "commands/options.h"
#include "iis/lint-site.h"

typedef struct
{
  E13Options options;
  char *site;
  char *machine_file;
  gboolean fix;
  const E13ReadOps *ops;
  E13IisServer *server;
  gboolean is_unreadable; /* the machine's own settings are there, and not for this account */
  E13LintMachine *machine;
  E13Tree *tree;
} E13LintRun;

/* Reads what @run->options, @run->site and @run->machine_file name. */
gboolean e13_lint_run_begin (E13LintRun *run, const E13ReadOps *host, GError **error);
void e13_lint_run_clear (E13LintRun *run);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (E13LintRun, e13_lint_run_clear)

/* What lint is to look at; points into @run. */
E13LintRequest e13_lint_run_request (const E13LintRun *run);

/* --site and --machine, for a command's own options. */
#define E13_LINT_RUN_OPTIONS(run)                                                                                      \
  { "site", 0, 0, G_OPTION_ARG_FILENAME, &(run)->site, "Which site or application of the server, as IIS names it",     \
    "NAME" },                                                                                                          \
  {                                                                                                                    \
    "machine", 0, 0, G_OPTION_ARG_FILENAME, &(run)->machine_file, "What else is known of the machine of the copies",   \
        "FILE"                                                                                                         \
  }

/* ---- --fix ----------------------------------------------------------------------------------- */

typedef struct
{
  GArray *fixed;       /* of E13LintFixed; NULL: it was not asked for */
  GPtrArray *rewrites; /* what they point into */
  GPtrArray *changes;
  char *journal;
  gboolean has_failed; /* the system refused, or did not keep it */
} E13LintFixes;

void e13_lint_fixes_clear (E13LintFixes *fixes);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (E13LintFixes, e13_lint_fixes_clear)

/* Edits the web.config files of @run's site, with a journal. FALSE and @error where nothing could be begun. */
gboolean e13_lint_fix (const E13LintRun *run, const E13WriteOps *write, E13LintFixes *ret_fixes, GError **error);
