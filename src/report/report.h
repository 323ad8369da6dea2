/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Reports: what a run has to say, to one output format each. A reporter is a table of functions; a missing one means
 * that the format is not interested. Reporters fill the stream that they are handed; they decide nothing. */

#pragma once

#include <stdio.h>

#include "audit/audit.h"
#include "explain/denial.h"
#include "explain/path.h"
#include "iis/status-query.h"
#include "repair/plan.h"

typedef struct
{
  FILE *out;
  gboolean color;
  guint width;           /* columns of the terminal; 0: do not wrap */
  gboolean each;         /* --each: every object instead of one entry a cause */
  guint verbosity;       /* 0: -q, 1: usual, 2: -v */
  const E13ReadOps *ops; /* for account names, and to count a tree before one command for all of it is printed */
} E13ReportOptions;

/* One site's run, as far as it went. */
typedef struct
{
  const E13AuditRequest *request;
  const E13Audit *audit;      /* before the repair */
  const E13Plan *plan;        /* what would be, or was, done; NULL: no plan was made */
  const E13Audit *after;      /* after the repair; NULL in a dry run */
  const char *journal;        /* NULL in a dry run, and where nothing was to be changed */
  const char *fix_command;    /* the command that repairs the most; NULL where there is none */
  const char *script_command; /* the one that prints it as a script; NULL where there is no fix_command */
  const char *no_fix_reason;  /* why no command leaves exit status 0; NULL where that one does, or nothing is wrong */
  const GPtrArray *remarks;   /* of const char *: sentences on how the site was judged; NULL: none */
} E13SiteReport;

/* What was read from logs. */
typedef struct
{
  guint64 n_lines;
  guint64 n_failures;
  guint64 n_left_out; /* of them: beyond what is remembered */
  guint n_verdicts[E13_DENIAL_UNKNOWN + 1];
  const char *remark; /* on whose rights were judged, or why nobody's; NULL */
} E13LogSummary;

typedef struct
{
  const char *name; /* "text" */
  void (*begin) (const E13ReportOptions *options);
  void (*site) (const E13ReportOptions *options, const E13SiteReport *site);
  void (*explanation) (const E13ReportOptions *options, const E13Explanation *explanation, const E13Identity *identity);
  /* @answers: of E13StatusAnswer; NULL: the whole catalogue. */
  void (*status) (const E13ReportOptions *options, const GPtrArray *answers);
  void (*denial) (const E13ReportOptions *options, const E13Denial *denial);
  void (*log_summary) (const E13ReportOptions *options, const E13LogSummary *summary);
  void (*end) (const E13ReportOptions *options);
} E13Reporter;

extern const E13Reporter e13_report_text;
extern const E13Reporter e13_report_json;
extern const E13Reporter e13_report_sh;
extern const E13Reporter e13_report_cmd;

/* e13_tree_full_path(), made safe for a terminal. Free with g_free(). */
char *e13_report_shown_path (const E13Tree *tree, const char *path);
