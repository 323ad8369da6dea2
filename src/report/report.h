/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Reports: what a run has to say, to one output format each. A reporter is a table of functions; a missing one means
 * that the format is not interested. Reporters fill the stream that they are handed; they decide nothing. */

#pragma once

#include <stdio.h>

#include "audit/audit.h"
#include "cgi/verdict.h"
#include "explain/denial.h"
#include "explain/path.h"
#include "iis/lint.h"
#include "iis/status-query.h"
#include "repair/plan.h"
#include "servers/whose.h"

/* What a report of many sites, with a line for each, comes to. */
typedef struct
{
  guint columns; /* of the paths */
  guint n_sites;
  guint n_bad;    /* with problems, or with what could not be told */
  guint n_failed; /* not looked at, for reasons that were said */
  guint64 n_objects;
  char *who;         /* as it was said of the last one */
  char *fix_command; /* of the first that has one */
} E13ReportTotals;

void e13_report_totals_clear (E13ReportTotals *totals);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (E13ReportTotals, e13_report_totals_clear)

typedef struct
{
  FILE *out;
  gboolean color;
  guint width;             /* columns of the terminal; 0: do not wrap */
  gboolean each;           /* --each: every object instead of one entry a cause */
  guint verbosity;         /* 0: -q, 1: usual, 2: -v */
  E13ReportTotals *totals; /* of text, where many sites are checked: a line for each; NULL: all there is to say */
  const E13ReadOps *ops;   /* for account names, and to count a tree before one command for all of it is printed */
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

/* One script's run. */
typedef struct
{
  const char *script;
  const E13Identity *identity; /* whom the server runs it as */
  const char *differs;         /* why it was run as somebody else; NULL: it was not */
  E13CgiServer server;
  const E13CgiVerdict *verdict;
  const E13LaunchResult *result; /* NULL: it was not run */
  const GPtrArray *remarks;      /* of const char * */
} E13CgiReport;
/* What was read from logs. */
typedef struct
{
  guint64 n_lines;
  guint64 n_failures;
  guint64 n_left_out; /* of them: beyond what is remembered */
  guint n_verdicts[E13_DENIAL_UNKNOWN + 1];
  const char *remark; /* on whose rights were judged, or why nobody's; NULL */
} E13LogSummary;

/* Who serves a site, or this machine. */
typedef struct
{
  const char *site; /* NULL: any */
  const E13Serving *serving;
} E13ServingReport;
/* A file that lint --fix wrote anew, or would not. */
typedef struct
{
  char *path;            /* ready for a terminal */
  const GPtrArray *done; /* of char *: what the edits do */
  E13Outcome outcome;
  const char *reason; /* why it was not written */
} E13LintFixed;

/* What lint found in one site. */
typedef struct
{
  const char *shown;   /* the site as it was given; NULL: its files are not at hand */
  const char *about;   /* which it is of the server; NULL: not known */
  guint n_files;       /* web.config files that were read */
  const E13Lint *lint; /* after the repair, if there was one */
  const GArray *fixed; /* of E13LintFixed; NULL: none was asked for */
  const char *journal; /* NULL: nothing was written */
} E13LintReport;

typedef struct
{
  const char *name; /* "text" */
  void (*begin) (const E13ReportOptions *options);
  void (*site) (const E13ReportOptions *options, const E13SiteReport *site);
  void (*explanation) (const E13ReportOptions *options, const E13Explanation *explanation, const E13Identity *identity);
  void (*cgi) (const E13ReportOptions *options, const E13CgiReport *report);
  /* @answers: of E13StatusAnswer; NULL: the whole catalogue. */
  void (*status) (const E13ReportOptions *options, const GPtrArray *answers);
  void (*denial) (const E13ReportOptions *options, const E13Denial *denial);
  void (*log_summary) (const E13ReportOptions *options, const E13LogSummary *summary);
  void (*serving) (const E13ReportOptions *options, const E13ServingReport *report);
  void (*lint) (const E13ReportOptions *options, const E13LintReport *report);
  void (*end) (const E13ReportOptions *options);
} E13Reporter;

extern const E13Reporter e13_report_text;
extern const E13Reporter e13_report_json;
extern const E13Reporter e13_report_sh;
extern const E13Reporter e13_report_cmd;

/* e13_tree_full_path(), made safe for a terminal. Free with g_free(). */
char *e13_report_shown_path (const E13Tree *tree, const char *path);
