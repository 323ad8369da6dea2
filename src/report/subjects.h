/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What there is to be told but a site's run, one function a format and subject. Each is a member of its E13Reporter. */

#pragma once

#include "report/report.h"

/* The chain of decisions, with the component that decides marked. */
void e13_report_text_explanation (const E13ReportOptions *options, const E13Explanation *explanation,
                                  const E13Identity *identity);
void e13_report_json_explanation (const E13ReportOptions *options, const E13Explanation *explanation,
                                  const E13Identity *identity);

/* What a log says was refused. */
void e13_report_text_denial (const E13ReportOptions *options, const E13Denial *denial);
void e13_report_json_denial (const E13ReportOptions *options, const E13Denial *denial);
void e13_report_text_log_summary (const E13ReportOptions *options, const E13LogSummary *summary);
void e13_report_json_log_summary (const E13ReportOptions *options, const E13LogSummary *summary);

/* What the server would answer, then what is wrong. */
void e13_report_text_cgi (const E13ReportOptions *options, const E13CgiReport *report);
void e13_report_json_cgi (const E13ReportOptions *options, const E13CgiReport *report);

/* What lint found. */
void e13_report_text_lint (const E13ReportOptions *options, const E13LintReport *report);
void e13_report_json_lint (const E13ReportOptions *options, const E13LintReport *report);

/* Who serves, and how that is known. */
void e13_report_text_serving (const E13ReportOptions *options, const E13ServingReport *report);
void e13_report_json_serving (const E13ReportOptions *options, const E13ServingReport *report);

/* What numbers mean. @answers: of E13StatusAnswer; NULL: the whole catalogue, a line each. */
void e13_report_text_status (const E13ReportOptions *options, const GPtrArray *answers);
void e13_report_json_status (const E13ReportOptions *options, const GPtrArray *answers);
