/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The text reporter's answer to `errno13 cgi`: what the server would answer, then what is wrong. */

#pragma once

#include "report/report.h"

void e13_report_text_cgi (const E13ReportOptions *options, const E13CgiReport *report);
