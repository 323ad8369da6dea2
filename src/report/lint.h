/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What lint found, in each format that has it. */

#pragma once

#include "report/report.h"

void e13_report_lint_text (const E13ReportOptions *options, const E13LintReport *report);
void e13_report_lint_json (const E13ReportOptions *options, const E13LintReport *report);
