/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* errno13 lint: which HTTP errors the configuration of IIS will answer with, and why; with --fix, the edits of web.config
 * files that leave no doubt. */

#include "commands/commands.h"

#include "base/error.h"
#include "commands/elevation.h"
#include "commands/lint-run.h"

static const E13CommandLine command_line = {
  .name = "lint",
  .arguments = "[PATH]",
  .summary
  = "Finds what in the settings of IIS makes the site in PATH answer with an error: on Windows in those of the "
    "machine, elsewhere in copies. Changes nothing without --fix.",
  .groups = E13_OPTIONS_REPORT | E13_OPTIONS_LINT | E13_OPTIONS_JOURNAL,
};

/* ---- What is said ---------------------------------------------------------------------------- */

static int
lint (E13LintRun *run, const E13LintFixes *fixes, GError **error)
{
  const E13LintRequest request = e13_lint_run_request (run);
  g_autoptr (E13LintSite) site = e13_lint_site_new (&request, error);
  g_autoptr (E13Lint) found = NULL;
  g_autofree char *about = NULL;
  E13ReportOptions report;
  E13LintReport said;

  if (site == NULL)
    return E13_EXIT_TROUBLE;
  found = e13_lint_site (site);
  about = e13_lint_site_describe (site);
  report = e13_options_report (&run->options, run->ops);
  said = (E13LintReport){ .shown = request.shown, .about = about, .lint = found, .n_files = site->files->len,
                          .fixed = fixes->fixed,
                          .journal = fixes->journal };
  run->options.reporter->lint (&report, &said);
  if (fixes->has_failed)
    return E13_EXIT_TROUBLE;
  return found->findings->len + found->unknowns->len > 0 ? E13_EXIT_PROBLEMS : E13_EXIT_CLEAN;
}

static gboolean
check_arguments (const E13LintRun *run, GError **error)
{
  char **arguments = run->options.arguments;

  if (run->options.reporter->lint == NULL)
    return e13_throw (error, E13_ERROR_USAGE, "lint has no --format=%s", run->options.reporter->name);
  if (arguments != NULL && arguments[1] != NULL)
    return e13_throw (error, E13_ERROR_USAGE, "lint takes one PATH: run it once for each");
  if (run->fix && (arguments == NULL || arguments[0] == NULL))
    return e13_throw (error, E13_ERROR_USAGE, "lint --fix needs the PATH of the site");
  return TRUE;
}

/* @write: NULL where nothing may be written. */
static int
run_lint (const E13ReadOps *ops, const E13WriteOps *write, int argc, char **argv)
{
  g_auto (E13LintRun) run = { 0 };
  g_auto (E13LintFixes) fixes = { 0 };
  g_autoptr (GError) error = NULL;
  const GOptionEntry own[] = {
    E13_LINT_RUN_OPTIONS (&run),
    { "fix", 0, 0, G_OPTION_ARG_NONE, &run.fix, "Edit the site's web.config files where there is no doubt; can be undone",
      NULL },
    G_OPTION_ENTRY_NULL,
  };
  int status;

  if (!e13_options_parse (&run.options, &command_line, own, argc, argv, &error) || !check_arguments (&run, &error)
      || (run.fix && !e13_elevation_check (ops, argc, argv, &error)) || !e13_lint_run_begin (&run, ops, &error)
      || (run.fix && !e13_lint_fix (&run, write, &fixes, &error)))
    return e13_command_fail (error);
  status = lint (&run, &fixes, &error);
  return error != NULL ? e13_command_fail (error) : status;
}

int
e13_command_lint (const E13ReadOps *ops, int argc, char **argv)
{
  return run_lint (ops, NULL, argc, argv);
}

int
e13_command_lint_fix (const E13ReadOps *ops, const E13WriteOps *write, int argc, char **argv)
{
  return run_lint (ops, write, argc, argv);
}
