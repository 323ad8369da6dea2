/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* errno13 check: the dry run. Holds no operation that writes. */

#include "commands/commands.h"

#include "commands/fix-command.h"
#include "commands/run.h"

#define MOST_COLUMNS 60 /* of a path, beside which something is said */

static const E13CommandLine command_line = {
  .name = "check",
  .arguments = "SITE...|--dump FILE",
  .summary = "Lists what the web server's account is denied in SITE, and why. Changes nothing.",
  .groups = E13_OPTIONS_WHO | E13_OPTIONS_SITE | E13_OPTIONS_REPORT | E13_OPTIONS_LIST | E13_OPTIONS_DUMP,
};

static int
check_site (const E13Run *run, const E13ReportOptions *report, const char *path)
{
  g_auto (E13SiteRun) site = { 0 };
  g_auto (E13FixCommand) fix = { 0 };
  g_autoptr (GError) error = NULL;
  E13SiteReport said = { 0 };

  if (!e13_site_run_begin (&site, run, path, &error))
    {
      if (report->totals != NULL)
        report->totals->n_failed++;
      return e13_command_fail (error);
    }
  e13_fix_command_find (&fix, &site, site.audit);
  said = (E13SiteReport){
    .request = &site.request,
    .audit = site.audit,
    .plan = fix.plan,
    .fix_command = fix.command,
    .script_command = fix.script,
    .no_fix_reason = fix.reason,
    .remarks = site.remarks,
  };
  run->options->reporter->site (report, &said);
  if (site.audit->cancelled)
    return E13_EXIT_TROUBLE;
  return site.audit->n_problems + site.audit->n_unknown > 0 ? E13_EXIT_PROBLEMS : E13_EXIT_CLEAN;
}

/* What is to be checked: the dump, or the arguments. */
static GPtrArray *
sites_of (const E13Options *options, const E13ReadOps *ops, GError **error)
{
  GPtrArray *sites;

  if (options->dump == NULL)
    return e13_options_sites (options, ops, error);
  sites = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (sites, g_strdup (options->dump));
  return sites;
}

/* A line a site is enough for many, unless more was asked for. */
static gboolean
is_brief (const E13ReportOptions *report, const GPtrArray *paths, E13ReportTotals *totals)
{
  for (guint i = 0; i < paths->len; i++)
    {
      g_autofree char *absolute = g_canonicalize_filename (paths->pdata[i], NULL);

      totals->columns = MAX (totals->columns, (guint)g_utf8_strlen (absolute, -1));
    }
  totals->columns = MIN (totals->columns, MOST_COLUMNS) + 2;
  return paths->len > 1 && report->verbosity < 2 && !report->each;
}

int
e13_command_check (const E13ReadOps *ops, int argc, char **argv)
{
  g_auto (E13Options) options = { 0 };
  g_auto (E13Run) run = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) paths = NULL;
  g_auto (E13ReportTotals) totals = { 0 };
  E13ReportOptions report;
  int worst = E13_EXIT_CLEAN;

  if (!e13_options_parse (&options, &command_line, NULL, argc, argv, &error))
    return e13_command_fail (error);
  ops = e13_options_platform (&options, ops);
  if ((paths = sites_of (&options, ops, &error)) == NULL || !e13_run_begin (&run, ops, &options, FALSE, &error))
    return e13_command_fail (error);
  report = e13_options_report (&options, ops);
  if (is_brief (&report, paths, &totals))
    report.totals = &totals;
  if (options.reporter->begin != NULL)
    options.reporter->begin (&report);
  for (guint i = 0; i < paths->len && g_atomic_int_get (run.cancelled) == 0; i++)
    {
      int status = check_site (&run, &report, paths->pdata[i]);

      worst = MAX (worst, status);
    }
  if (options.reporter->end != NULL)
    options.reporter->end (&report);
  return worst;
}
