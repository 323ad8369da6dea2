/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* 500.19: what IIS cannot get at. */

#include "iis/lint.h"

void
e13_lint_unreadable (const E13LintSite *site, E13Lint *lint)
{
  (void)site;
  (void)lint;
}
