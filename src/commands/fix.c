/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* errno13 fix: plan, journal, apply, and ask the judge again. */

#include "commands/commands.h"

#include <string.h>

#include "base/error.h"
#include "base/quote.h"
#include "commands/elevation.h"
#include "commands/fix-command.h"
#include "commands/run.h"
#include "commands/watch.h"
#include "repair/apply.h"
#include "repair/journal.h"
#include "repair/journal-icacls.h"

static const E13CommandLine command_line = {
  .name = "fix",
  .arguments = "SITE...",
  .summary = "Grants the web server's account the least that lets SITE work, and keeps a journal to undo it with.",
  .groups = E13_OPTIONS_WHO | E13_OPTIONS_SITE | E13_OPTIONS_REPAIR | E13_OPTIONS_REPORT | E13_OPTIONS_LIST
            | E13_OPTIONS_JOURNAL | E13_OPTIONS_DUMP,
};

typedef struct
{
  E13Run run;
  E13ReportOptions report;
  const E13WriteOps *write;
  char *directory; /* of the journals */
  E13Lock *lock;   /* taken before the first write, held to the end */
} Repair;

/* ---- The plan -------------------------------------------------------------------------------- */

static void
refuse_findings (E13Plan *plan, const E13Audit *audit, const E13Change *change, const char *owner)
{
  for (guint i = 0; i < audit->findings->len; i++)
    {
      const E13Finding *finding = audit->findings->pdata[i];
      E13Refusal *refusal;

      if (finding->severity != E13_SEVERITY_PROBLEM || finding->rule->cure == E13_CURE_NONE
          || strcmp (finding->path, change->path) != 0)
        continue;
      refusal = g_new0 (E13Refusal, 1);
      refusal->finding = finding;
      refusal->reason = g_strdup_printf ("it belongs to %s: only that account or root can change it", owner);
      g_ptr_array_add (plan->refusals, refusal);
    }
}

/* Who is not root repairs what is his own. */
static void
leave_what_others_own (E13Plan *plan, const E13SiteRun *site)
{
  const E13ReadOps *ops = site->run->ops;
  g_autoptr (E13Identity) self = ops->identity_self ();
  gboolean is_anybodys = ops->is_windows || self->uid == 0; /* there, who repairs is an administrator */

  for (guint i = plan->changes->len; !is_anybodys && i > 0; i--)
    {
      const E13Change *change = plan->changes->pdata[i - 1];
      const char *name = ops->user_name (change->before.uid);
      g_autofree char *number = g_strdup_printf ("uid %" G_GUINT32_FORMAT, change->before.uid);

      if (change->before.uid == self->uid)
        continue;
      refuse_findings (plan, site->audit, change, name != NULL ? name : number);
      g_ptr_array_remove_index (plan->changes, i - 1);
    }
}

/* ---- The report ------------------------------------------------------------------------------ */

/* @plan: NULL where the audit was stopped. @after: NULL where nothing was written, or where it stopped half-way. */
static void
report (const Repair *repair, const E13SiteRun *site, const E13Plan *plan, const E13Audit *after, const char *journal)
{
  g_auto (E13FixCommand) left = { 0 };
  E13SiteReport said = { 0 };

  e13_fix_command_find (&left, site, after != NULL ? after : site->audit);
  said = (E13SiteReport){
    .request = &site->request,
    .audit = site->audit,
    .plan = plan,
    .after = after,
    .journal = journal,
    .fix_command = left.command,
    .script_command = left.script,
    .no_fix_reason = left.reason,
    .remarks = site->remarks,
  };
  repair->run.options->reporter->site (&repair->report, &said);
}

static int
status_of (const E13Plan *plan, const E13Audit *after)
{
  if (e13_changes_count (plan->changes, E13_OUTCOME_FAILED) > 0)
    return E13_EXIT_TROUBLE;
  if (after->cancelled || after->n_problems + after->n_unknown > 0
      || e13_changes_count (plan->changes, E13_OUTCOME_DONE) < plan->changes->len)
    return E13_EXIT_PROBLEMS;
  return E13_EXIT_CLEAN;
}

/* ---- One site -------------------------------------------------------------------------------- */

/* Nothing is written: there is nothing to do, or a script was asked for. */
static int
only_say (const Repair *repair, const E13SiteRun *site, const E13Plan *plan)
{
  g_autofree char *left = plan != NULL ? e13_fix_command_why_left (site->audit, plan) : NULL;

  report (repair, site, plan, NULL, NULL);
  if (site->audit->cancelled)
    return E13_EXIT_TROUBLE;
  if (site->audit->n_problems + site->audit->n_unknown == 0)
    return E13_EXIT_CLEAN;
  return plan == NULL || left != NULL ? E13_EXIT_PROBLEMS : E13_EXIT_CLEAN;
}

static char *
write_journal (Repair *repair, const E13SiteRun *site, E13Plan *plan, GError **error)
{
  if (repair->lock == NULL)
    repair->lock = e13_journal_lock (repair->directory, error);
  if (repair->lock == NULL)
    return NULL;
  return e13_journal_write (repair->directory, repair->run.options->journal, repair->run.ops, site->tree, plan->changes,
                            NULL, error);
}

static void
apply (const Repair *repair, const E13SiteRun *site, E13Plan *plan)
{
  gint n_done = 0;
  g_autoptr (E13Progress) progress = e13_progress_start ("objects changed", &n_done);
  const E13ApplyRequest request = {
    .read = repair->run.ops,
    .write = repair->write,
    .tree = site->tree,
    .n_threads = (guint)repair->run.options->n_threads,
    .cancelled = repair->run.cancelled,
    .n_done = &n_done,
  };

  e13_apply (&request, plan->changes);
}

/* The second way back, beside the journal, if one was asked for. */
static gboolean
export_icacls (const Repair *repair, E13SiteRun *site, const E13Plan *plan, GError **error)
{
  const char *path = repair->run.options->export_icacls;
  g_autofree char *shown = path != NULL ? e13_quote_shell_display (path) : NULL;
  guint n_left_out;

  if (path == NULL)
    return TRUE;
  if (!e13_journal_export_icacls (path, site->tree, plan->changes, &n_left_out, error))
    return FALSE;
  g_ptr_array_add (plan->notes,
                   g_strdup_printf ("the lists as they were are in %s as well: icacls \"the directory above the site\" "
                                    "/restore FILE. It holds no owners, streams and attributes%s",
                                    shown,
                                    n_left_out > 0 ? ", and leaves out objects that SDDL has no words for" : ""));
  return TRUE;
}

/* Where that fails the report says it all the same, and undo looks for itself. */
static void
mark_left (const E13Plan *plan, const char *journal)
{
  guint n_left = e13_changes_count (plan->changes, E13_OUTCOME_FAILED);

  if (n_left > 0)
    e13_journal_mark_left (journal, n_left, plan->changes->len, NULL);
}

static int
repair_site (Repair *repair, E13SiteRun *site, E13Plan *plan)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *journal = NULL;
  g_autoptr (E13Audit) after = NULL;
  gboolean stopped;

  if (!export_icacls (repair, site, plan, &error) || (journal = write_journal (repair, site, plan, &error)) == NULL)
    return e13_command_fail (error);
  apply (repair, site, plan);
  mark_left (plan, journal);
  stopped = e13_changes_count (plan->changes, E13_OUTCOME_PENDING) > 0;
  if (!stopped)
    after = e13_site_run_again (site, &error);
  /* Whatever went wrong, the journal is said: it is the way back. */
  report (repair, site, plan, after, journal);
  if (error != NULL)
    return e13_command_fail (error);
  return stopped ? E13_EXIT_PROBLEMS : status_of (plan, after);
}

static int
fix_site (Repair *repair, const char *path)
{
  g_auto (E13SiteRun) site = { 0 };
  g_autoptr (E13Plan) plan = NULL;
  g_autoptr (GError) error = NULL;

  if (!e13_site_run_begin (&site, &repair->run, path, &error))
    {
      e13_command_fail (error);
      return g_error_matches (error, E13_ERROR, E13_ERROR_REFUSED) ? E13_EXIT_PROBLEMS : E13_EXIT_TROUBLE;
    }
  if (site.audit->cancelled)
    return only_say (repair, &site, NULL);
  plan = e13_plan_make (&site.request, site.audit, &repair->run.options->plan);
  leave_what_others_own (plan, &site);
  if (plan->changes->len == 0 || repair->run.options->reporter == &e13_report_sh)
    return only_say (repair, &site, plan);
  return repair_site (repair, &site, plan);
}

static gboolean
check_journal_option (const E13Options *options, const GPtrArray *paths, GError **error)
{
  if (options->journal != NULL && paths->len > 1)
    return e13_throw (error, E13_ERROR_USAGE, "--journal names one file, and each site has its own: give one SITE");
  return TRUE;
}

/* Each site has its own. */
static gboolean
check_export_option (const E13Options *options, const GPtrArray *paths, const E13ReadOps *ops, GError **error)
{
  if (options->export_icacls == NULL)
    return TRUE;
  if (paths->len > 1)
    return e13_throw (error, E13_ERROR_USAGE, "--export-icacls names one file: give one SITE");
  if (!ops->is_windows && ops != e13_host_foreign_read)
    return e13_throw (error, E13_ERROR_USAGE, "--export-icacls is for a site of Windows: give --pool or --as-sid");
  return TRUE;
}

static gboolean
check_no_dump (const E13Options *options, GError **error)
{
  if (options->dump != NULL)
    return e13_throw (
        error, E13_ERROR_USAGE,
        "a dump cannot be repaired: errno13 check --dump FILE --format=cmd prints the script to run on its machine");
  return TRUE;
}

int
e13_command_fix (const E13ReadOps *ops, const E13WriteOps *write, int argc, char **argv)
{
  g_auto (E13Options) options = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) paths = NULL;
  g_autofree char *directory = e13_journal_directory ();
  Repair repair = { .write = write, .directory = directory };
  int worst = E13_EXIT_CLEAN;

  if (!e13_options_parse (&options, &command_line, NULL, argc, argv, &error) || !check_no_dump (&options, &error)
      || (paths = e13_options_sites (&options, ops, &error)) == NULL || !check_journal_option (&options, paths, &error)
      || !check_export_option (&options, paths, e13_options_platform (&options, ops), &error)
      || !e13_elevation_check (ops, argc, argv, &error)
      || !e13_run_begin (&repair.run, e13_options_platform (&options, ops), &options, TRUE, &error))
    worst = e13_command_fail (error);
  else
    {
      repair.report = e13_options_report (&options, repair.run.ops);
      if (repair.run.ops == e13_host_foreign_read)
        repair.write = e13_host_foreign_write;
      if (options.reporter->begin != NULL)
        options.reporter->begin (&repair.report);
      for (guint i = 0; i < paths->len && g_atomic_int_get (repair.run.cancelled) == 0; i++)
        {
          int status = fix_site (&repair, paths->pdata[i]);

          worst = MAX (worst, status);
        }
      if (options.reporter->end != NULL)
        options.reporter->end (&repair.report);
    }
  g_clear_pointer (&repair.lock, e13_journal_unlock);
  e13_run_clear (&repair.run);
  return worst;
}
