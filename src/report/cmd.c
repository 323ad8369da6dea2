/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A batch file for Windows: what cures a site, for the machine that it is of. */

#include "report/report.h"

#include "base/quote.h"
#include "report/command-line-windows.h"

/* cmd wants a carriage return before each newline. */
#define NEWLINE "\r\n"

/* clang-format off */
static const char head[] =
  "@echo off" NEWLINE
  "rem Written by errno13. Run it as administrator, on the machine that has the site." NEWLINE
  "rem To be able to go back, save what is there first: icacls SITE /save before.txt /T" NEWLINE
  "setlocal EnableExtensions DisableDelayedExpansion" NEWLINE
  "chcp 65001 >nul" NEWLINE
  "set status=0" NEWLINE;
/* clang-format on */

static void
cmd_begin (const E13ReportOptions *options)
{
  fputs (head, options->out);
}

/* Percent signs are expanded even in a remark, a newline would end it, and a caret at its end would join it to the next
 * line. */
static void
print_remark (const E13ReportOptions *options, const char *text)
{
  g_autofree char *shown = e13_quote_windows (text);

  fputs ("rem ", options->out);
  for (const char *c = shown; *c != '\0'; c++)
    fprintf (options->out, *c == '%' ? "%%%%" : "%c", *c);
  fputs (g_str_has_suffix (shown, "^") ? "." NEWLINE : NEWLINE, options->out);
}

static void
print_refusal (const E13ReportOptions *options, const E13SiteReport *site, const E13Refusal *refusal)
{
  g_autofree char *path = e13_report_shown_path (site->request->tree, refusal->finding->path);
  g_autofree char *line = g_strdup_printf ("Left: %s %s: %s", refusal->finding->rule->id, path, refusal->reason);

  print_remark (options, line);
}

static void
print_grant (const E13ReportOptions *options, const E13SiteReport *site, const E13WindowsGrant *grant)
{
  g_autofree char *path = e13_tree_path_there (site->request->tree, grant->path);
  g_autofree char *target = path != NULL ? e13_quote_batch (path) : NULL;
  g_autoptr (GPtrArray) commands = NULL;

  if (target == NULL)
    {
      g_autofree char *shown = e13_report_shown_path (site->request->tree, grant->path);
      g_autofree char *remark = e13_command_line_grant (grant, shown);

      print_remark (options, remark);
      return;
    }
  commands = e13_command_line_icacls (grant, target);
  for (guint i = 0; i < commands->len; i++)
    fprintf (options->out, "%s || set status=1" NEWLINE, (char *)commands->pdata[i]);
}

static void
cmd_site (const E13ReportOptions *options, const E13SiteReport *site)
{
  const E13Plan *plan = site->plan;
  g_autofree char *path = e13_report_shown_path (site->request->tree, "");
  g_autofree char *who = e13_identity_label (site->request->app);
  g_autofree char *number = e13_identity_number (site->request->app);
  g_autofree char *title = g_strdup_printf ("%s, for %s (%s)", path, who, number);

  fputs (NEWLINE, options->out);
  print_remark (options, title);
  for (guint i = 0; plan != NULL && i < plan->refusals->len; i++)
    print_refusal (options, site, plan->refusals->pdata[i]);
  for (guint i = 0; plan != NULL && plan->grants != NULL && i < plan->grants->len; i++)
    print_grant (options, site, plan->grants->pdata[i]);
}

static void
cmd_end (const E13ReportOptions *options)
{
  fputs (NEWLINE "exit /b %status%" NEWLINE, options->out);
}

const E13Reporter e13_report_cmd = {
  .name = "cmd",
  .begin = cmd_begin,
  .site = cmd_site,
  .end = cmd_end,
};
