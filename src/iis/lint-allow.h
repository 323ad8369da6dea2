/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Allowing one program on a server, as its administrator typed it: what stands in a site's files, which a stranger may
 * have written, is never taken for that. Nothing is written here. */

#pragma once

#include "iis/lint.h"

typedef struct
{
  GPtrArray *commands; /* of char *: to be typed on the server, in order */
  GPtrArray *remarks;  /* of char *: sentences on what else must be so */
  E13IisEdit edit;     /* of applicationHost.config; its text is NULL where that must be done by hand */
} E13LintAllow;

void e13_lint_allow_clear (E13LintAllow *allow);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (E13LintAllow, e13_lint_allow_clear)

/* @text: the whole of what a handler starts, "C:\\Python\\python.exe %s %s". E13_ERROR_USAGE where it names no program,
 * or is allowed already. E13_ERROR_REFUSED where the program lies inside a site, or others than administrators may
 * write it; or where a handler of the site starts the program otherwise, so that allowing this alone would not help. */
gboolean e13_lint_allow_plan (const E13LintSite *site, const char *text, E13LintAllow *ret_allow, GError **error);
