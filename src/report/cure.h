/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Cures: what the report tells a person to type for one group of findings. */

#pragma once

#include "report/group.h"
#include "report/report.h"

/* The commands that cure @group: from the plan where it changes the objects, else the findings' own. One short command
 * where that is exact, few commands where they are few, else where to find them. An array of char *, safe for a
 * terminal; empty where nothing cures it or the plan leaves it. Free with g_ptr_array_unref(). */
GPtrArray *e13_report_cures (const E13ReportOptions *options, const E13SiteReport *site, const E13PlanIndex *index,
                             const E13Group *group);
