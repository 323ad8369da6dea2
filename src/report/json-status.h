/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The JSON reporter's answer to `errno13 status`: a line for each meaning of each code. */

#pragma once

#include "report/report.h"

/* @answers: of E13StatusAnswer; NULL: all there are. */
void e13_report_json_status (const E13ReportOptions *options, const GPtrArray *answers);
