/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* errno13 lint --fix: the edits, a journal of what the files held, and the files written anew. */

#pragma once

#include "iis/lint-site.h"
#include "report/report.h"

typedef struct
{
  GArray *fixed;       /* of E13LintFixed; NULL: it was not asked for */
  GPtrArray *rewrites; /* what they point into */
  GPtrArray *changes;
  char *journal;       /* NULL: nothing was written */
  gboolean has_failed; /* the system refused, or did not keep it */
} E13LintFixes;

void e13_lint_fixes_clear (E13LintFixes *fixes);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (E13LintFixes, e13_lint_fixes_clear)

/* Edits the web.config files of @request's tree. @journal: where the journal is to be; NULL: where journals are. FALSE
 * and @error where nothing could be begun. */
gboolean e13_lint_fix (const E13LintRequest *request, const E13WriteOps *write, const char *journal,
                       E13LintFixes *ret_fixes, GError **error);

/* --allow-cgi: prints what is to be typed on the server; with @write (may be NULL) edits @apphost, a copy of its
 * settings. E13_ERROR_REFUSED where it must not be allowed. */
gboolean e13_lint_allow (const E13LintRequest *request, const char *text, const E13WriteOps *write, const char *apphost,
                         const char *journal, GError **error);
