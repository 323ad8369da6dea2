/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Text, where many sites were checked: a line for each, and their sum. */

#pragma once

#include "report/report.h"

/* "served by www-data (uid 33, --as)", or who runs the scripts and who serves the files. Free with g_free(). */
char *e13_report_who (const E13AuditRequest *request);

/* "2 problems, 1 note", by entries; empty where there is nothing. @groups: of E13Group. Free with g_free(). */
char *e13_report_counts (const GPtrArray *groups);

void e13_report_brief_site (const E13ReportOptions *options, const E13SiteReport *site);
void e13_report_brief_end (const E13ReportOptions *options);
