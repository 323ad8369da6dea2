/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The text reporter's answer to `errno13 status`: what each code means, what causes it, and what cures it. */

#pragma once

#include "report/report.h"

/* @answers: of E13StatusAnswer; NULL: the whole list, a line each. */
void e13_report_text_status (const E13ReportOptions *options, const GPtrArray *answers);
