/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "iis/lint.h"

void
e13_lint_access (const E13LintSite *site, E13Lint *lint)
{
  (void)site;
  (void)lint;
}
