/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What a log says was refused, for a person at a terminal. Internal to report/. */

#pragma once

#include "report/report.h"

void e13_report_text_denial (const E13ReportOptions *options, const E13Denial *denial);
void e13_report_text_log_summary (const E13ReportOptions *options, const E13LogSummary *summary);
