/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Text: for a person at a terminal. */

#include "report/report.h"

#include <string.h>

#include "access/judge.h"
#include "base/quote.h"
#include "report/cure.h"
#include "report/group.h"
#include "report/subjects.h"
#include "report/terminal.h"
#include "report/text-brief.h"

#define INDENT 4
#define RULE_COLUMNS 18
#define N_EXAMPLES 3
#define N_NOTES 3
#define MOST_ENTRIES 20 /* that a dry run shows; a repair says all that it did or left */
#define MAX_EXAMPLE 80

static char *
shown_path (const E13SiteReport *site, const char *path)
{
  return e13_report_shown_path (site->request->tree, path);
}

/* ---- The first line -------------------------------------------------------------------------- */

/* "Python CGI site"; a profile may call itself a site already. */
static char *
site_phrase (const E13Profile *profile)
{
  g_autofree char *name = e13_quote_display (profile->name);

  return g_strdup_printf ("%s%s", name, g_str_has_suffix (name, "site") ? "" : " site");
}

static void
print_heading (const E13ReportOptions *options, const E13SiteReport *site)
{
  const E13AuditRequest *request = site->request;
  g_autofree char *path = e13_report_shown_path (request->tree, "");
  g_autofree char *what = site_phrase (e13_policy_profile (request->policy));
  g_autofree char *who = e13_report_who (request);
  g_autofree char *line = g_strdup_printf ("%s: %s, %s", path, what, who);

  e13_terminal_line (options, 0, NULL, line, TRUE);
  for (guint i = 0; site->remarks != NULL && i < site->remarks->len; i++)
    e13_terminal_line (options, 0, NULL, site->remarks->pdata[i], TRUE);
  fputc ('\n', options->out);
}

/* ---- One entry ------------------------------------------------------------------------------- */

static E13Ink
ink_of (E13Severity severity)
{
  static const E13Ink inks[] = {
    [E13_SEVERITY_NOTE] = E13_INK_PLAIN,
    [E13_SEVERITY_PROBLEM] = E13_INK_BAD,
    [E13_SEVERITY_UNKNOWN] = E13_INK_UNSURE,
  };

  return inks[severity];
}

static char *
where (const E13SiteReport *site, const E13Group *group)
{
  E13ObjectType type = e13_group_first (group)->facts.type;
  g_autofree char *path = shown_path (site, group->directory);
  const char *what = type == E13_TYPE_FILE ? "files" : type == E13_TYPE_DIRECTORY ? "directories" : "objects";

  if (group->findings->len == 1)
    return g_steal_pointer (&path);
  return g_strdup_printf ("%u %s in %s", group->findings->len, what, path);
}

/* The path of @finding as it reads below the group's directory. */
static const char *
below_directory (const E13Group *group, const E13Finding *finding)
{
  gsize skip = strlen (group->directory);

  while (finding->path[skip] == '/')
    skip++;
  return finding->path[skip] != '\0' ? finding->path + skip : ".";
}

/* An example is only to recognise it by: of a very long one, both ends. */
static char *
shortened (const char *name)
{
  glong length = g_utf8_strlen (name, -1);
  g_autofree char *head = NULL;

  if (length <= MAX_EXAMPLE)
    return g_strdup (name);
  head = g_utf8_substring (name, 0, MAX_EXAMPLE / 2);
  return g_strdup_printf ("%s[...]%s", head, g_utf8_offset_to_pointer (name, length - MAX_EXAMPLE / 2));
}

static void
print_examples (const E13ReportOptions *options, const E13Group *group)
{
  g_autoptr (GString) line = g_string_new (NULL);

  for (guint i = 0; i < group->findings->len && i < N_EXAMPLES; i++)
    {
      g_autofree char *name = e13_quote_display (below_directory (group, group->findings->pdata[i]));
      g_autofree char *shown = shortened (name);

      g_string_append_printf (line, "%s%s", i > 0 ? ", " : "", shown);
    }
  if (group->findings->len > N_EXAMPLES)
    g_string_append (line, " ...");
  e13_terminal_line (options, INDENT, "such as", line->str, TRUE);
}

static void
print_sentence (const E13ReportOptions *options, const E13Group *group)
{
  const E13Finding *first = e13_group_first (group);
  const char *sentence = first->sentence != NULL ? first->sentence : first->rule->title;
  g_autofree char *count = e13_terminal_count (group->n_affected, "object", "objects");
  g_autofree char *line
      = group->n_affected > group->findings->len ? g_strdup_printf ("%s (%s)", sentence, count) : g_strdup (sentence);

  e13_terminal_line (options, INDENT, NULL, line, TRUE);
  if (first->because != NULL)
    e13_terminal_line (options, INDENT, "because", first->because, TRUE);
  if (first->why != NULL)
    e13_terminal_line (options, INDENT, "needed", first->why, TRUE);
  if (options->verbosity > 1 && first->identity != NULL)
    {
      g_autofree char *needs = e13_access_describe (first->identity, first->facts.type, first->needs);
      g_autofree char *has = e13_access_describe (first->identity, first->facts.type, first->has);
      g_autofree char *rights = g_strdup_printf ("needs %s, has %s", needs, has);

      e13_terminal_line (options, INDENT, "rights", rights, TRUE);
    }
}

/* Who gains or loses what is never left out. */
static gboolean
may_be_left_out (const char *note)
{
  return strstr (note, "also-") == NULL;
}

/* What the plan's changes of this group cannot keep exactly, and what later files get: each sentence once, and not so
 * many that the findings drown in them. */
static void
print_change_notes (const E13ReportOptions *options, const E13PlanIndex *index, const E13Group *group)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  guint n_left_out = 0;

  for (guint i = 0; i < group->findings->len; i++)
    {
      const E13Change *change = e13_plan_index_cure (index, group->findings->pdata[i]);

      for (guint j = 0; change != NULL && change->notes != NULL && j < change->notes->len; j++)
        if (!g_hash_table_add (seen, change->notes->pdata[j]))
          continue;
        else if (g_hash_table_size (seen) > N_NOTES && may_be_left_out (change->notes->pdata[j]) && !options->each)
          n_left_out++;
        else
          e13_terminal_line (options, INDENT, "note", change->notes->pdata[j], TRUE);
    }
  if (n_left_out > 0)
    {
      g_autofree char *line = g_strdup_printf ("and %u more such: --each lists them", n_left_out);

      e13_terminal_line (options, INDENT, " ", line, TRUE);
    }
}

static void
print_outcome (const E13ReportOptions *options, const E13PlanIndex *index, const E13Group *group)
{
  const E13Change *change = e13_plan_index_change (index, e13_group_first (group)->path);
  const char *reason = group->refusal != NULL ? group->refusal->reason : NULL;
  const char *option = group->refusal != NULL ? group->refusal->option : NULL;
  g_autofree char *line = NULL;

  if (change != NULL && (change->outcome == E13_OUTCOME_REFUSED || change->outcome == E13_OUTCOME_FAILED))
    reason = change->reason, option = NULL;
  if (reason == NULL)
    return;
  line = option != NULL && strstr (reason, option) == NULL ? g_strdup_printf ("%s (only with %s)", reason, option)
                                                           : g_strdup (reason);
  e13_terminal_line (options, INDENT, "left", line, TRUE);
}

static void
print_group (const E13ReportOptions *options, const E13SiteReport *site, const E13PlanIndex *index,
             const E13Group *group)
{
  const E13Finding *first = e13_group_first (group);
  g_autofree char *place = where (site, group);
  g_autoptr (GPtrArray) cures = e13_report_cures (options, site, index, group);

  e13_terminal_word (options, ink_of (first->severity), first->rule->id, RULE_COLUMNS);
  e13_terminal_word (options, E13_INK_BOLD, place, 0);
  fputc ('\n', options->out);
  print_sentence (options, group);
  if (group->findings->len > 1)
    print_examples (options, group);
  for (guint i = 0; i < cures->len; i++)
    e13_terminal_line (options, INDENT, i == 0 ? "cure" : " ", cures->pdata[i], FALSE);
  print_change_notes (options, index, group);
  print_outcome (options, index, group);
}

/* ---- The last lines -------------------------------------------------------------------------- */

/* "3 problems, 1 unknown in 212 objects (0.01 s)." */
static char *
tally (const E13Audit *audit, const GPtrArray *groups)
{
  g_autofree char *counts = e13_report_counts (groups);
  g_autofree char *objects = e13_terminal_count (audit->n_objects, "object", "objects");
  gboolean clean = audit->n_problems == 0 && audit->n_unknown == 0;

  return g_strdup_printf ("%s%s%s in %s (%.2f s).", clean ? "No problems" : "", clean && *counts != '\0' ? ", " : "",
                          counts, objects, audit->seconds);
}

/* What a repair has not cured: "Left: 2 problems, 1 note in 212 objects (0.01 s)."; NULL: nothing. */
static char *
what_is_left (const E13SiteReport *site, const GPtrArray *groups)
{
  g_autofree char *counts = e13_report_counts (groups);
  g_autofree char *objects = e13_terminal_count (site->after->n_objects, "object", "objects");
  GString *out;

  if (groups->len == 0)
    return NULL;
  if (site->after->n_problems + site->after->n_unknown == 0)
    return g_strdup_printf ("Nothing is left but %s.", counts);
  out = g_string_new (NULL);
  g_string_append_printf (out, "Left: %s in %s (%.2f s).", counts, objects, site->after->seconds);
  if (site->no_fix_reason != NULL)
    g_string_append_printf (out, " No command cures all of it: %s.", site->no_fix_reason);
  return g_string_free (out, FALSE);
}

static void
print_dry_end (const E13ReportOptions *options, const E13SiteReport *site, const GPtrArray *groups)
{
  g_autofree char *counted = tally (site->audit, groups);
  g_autoptr (GString) line = g_string_new (NULL);

  g_string_append_printf (line, "%s Nothing was changed.", counted);
  if (site->no_fix_reason != NULL)
    g_string_append_printf (line, " No command cures all of it: %s.", site->no_fix_reason);
  if (site->fix_command != NULL)
    g_string_append_printf (line, " To repair%s: %s", site->no_fix_reason != NULL ? " the rest" : "",
                            site->fix_command);
  e13_terminal_line (options, 0, NULL, line->str, site->fix_command == NULL);
}

static void
print_repair_end (const E13ReportOptions *options, const E13SiteReport *site, const GPtrArray *groups)
{
  guint done = e13_changes_count (site->plan->changes, E13_OUTCOME_DONE);
  guint undone = site->plan->changes->len - done;
  gboolean is_windows = site->plan->grants != NULL; /* a grant reaches many objects there */
  g_autofree char *grants = is_windows ? e13_terminal_count (done, "object changed", "objects changed")
                                       : e13_terminal_count (done, "grant applied", "grants applied");
  g_autofree char *left = what_is_left (site, groups);

  if (site->journal == NULL)
    e13_terminal_line (options, 0, NULL, "Nothing was changed.", TRUE);
  else
    {
      g_autofree char *journal = e13_quote_path_word (site->journal);
      g_autofree char *line = g_strdup_printf ("%s and verified%s. Undo with: errno13 undo %s", grants,
                                               is_windows ? ", by calculation; no restart is needed" : "", journal);

      e13_terminal_line (options, 0, NULL, line, FALSE);
    }
  if (undone > 0)
    {
      guint failed = e13_changes_count (site->plan->changes, E13_OUTCOME_FAILED);
      g_autofree char *changes = e13_terminal_count (undone, "change was", "changes were");
      g_autofree char *line = failed > 0 ? g_strdup_printf ("%u of %u changes were not kept, or not made.", undone,
                                                            site->plan->changes->len)
                                         : g_strdup_printf ("%s not made.", changes);

      e13_terminal_line (options, 0, NULL, line, TRUE);
    }
  if (left != NULL)
    e13_terminal_line (options, 0, NULL, left, TRUE);
  if (site->fix_command != NULL)
    {
      g_autofree char *line = g_strdup_printf ("To repair more: %s", site->fix_command);

      e13_terminal_line (options, 0, NULL, line, FALSE);
    }
}

static void
print_interrupted_end (const E13ReportOptions *options, const E13SiteReport *site)
{
  g_autofree char *journal = e13_quote_path_word (site->journal);
  g_autofree char *line
      = g_strdup_printf ("Stopped: %u of %u changes were made, and not judged again.",
                         e13_changes_count (site->plan->changes, E13_OUTCOME_DONE), site->plan->changes->len);
  g_autofree char *undo = g_strdup_printf ("errno13 undo %s", journal);

  e13_terminal_line (options, 0, NULL, line, TRUE);
  e13_terminal_line (options, 0, NULL, "To go on, run the same command again. To take back what was made:", TRUE);
  e13_terminal_line (options, INDENT, NULL, undo, FALSE);
}

/* Changes that went wrong though no finding speaks of them any more, or of their object. */
static void
print_failed_changes (const E13ReportOptions *options, const E13SiteReport *site)
{
  for (guint i = 0; i < site->plan->changes->len; i++)
    {
      const E13Change *change = site->plan->changes->pdata[i];
      g_autofree char *path = shown_path (site, change->path);
      gboolean failed = change->outcome == E13_OUTCOME_FAILED;

      if (!failed && change->outcome != E13_OUTCOME_REFUSED)
        continue;
      e13_terminal_word (options, E13_INK_BAD, failed ? "failed" : "refused", RULE_COLUMNS);
      e13_terminal_word (options, E13_INK_BOLD, path, 0);
      fputc ('\n', options->out);
      e13_terminal_line (options, INDENT, NULL, change->reason, TRUE);
    }
}

/* What the plan says of itself, but for what an entry has said already. */
static void
print_plan_notes (const E13ReportOptions *options, const E13SiteReport *site)
{
  g_autoptr (GHashTable) said = g_hash_table_new (g_str_hash, g_str_equal);

  if (site->plan == NULL)
    return;
  for (guint i = 0; site->after == NULL && i < site->plan->changes->len; i++)
    {
      const E13Change *change = site->plan->changes->pdata[i];

      for (guint j = 0; change->notes != NULL && j < change->notes->len; j++)
        g_hash_table_add (said, change->notes->pdata[j]);
    }
  for (guint i = 0; i < site->plan->notes->len; i++)
    if (g_hash_table_add (said, site->plan->notes->pdata[i]))
      e13_terminal_line (options, 0, "note", site->plan->notes->pdata[i], TRUE);
}

static void
print_site (const E13ReportOptions *options, const E13SiteReport *site)
{
  const E13Audit *shown = site->after != NULL ? site->after : site->audit;
  g_autoptr (E13PlanIndex) index = e13_plan_index_new (site->plan);
  g_autoptr (GPtrArray) groups = e13_group_findings (shown->findings, index, options->each);
  gboolean is_dry = site->after == NULL && site->journal == NULL;
  guint most = is_dry && !options->each && options->verbosity < 2 ? MOST_ENTRIES : G_MAXUINT;

  if (options->verbosity > 0)
    {
      print_heading (options, site);
      for (guint i = 0; i < MIN (groups->len, most); i++)
        print_group (options, site, index, groups->pdata[i]);
      if (groups->len > most)
        {
          g_autofree char *more = g_strdup_printf ("... and %u more: -v lists them", groups->len - most);

          e13_terminal_line (options, 0, NULL, more, TRUE);
        }
      print_plan_notes (options, site);
      if (site->journal != NULL)
        print_failed_changes (options, site);
      if (groups->len > 0 || (site->plan != NULL && site->plan->notes->len > 0))
        fputc ('\n', options->out);
    }
  if (shown->cancelled)
    e13_terminal_line (options, 0, NULL, "Stopped before the end: what follows counts a part of the tree.", TRUE);
  if (site->after != NULL)
    print_repair_end (options, site, groups);
  else if (site->journal != NULL)
    print_interrupted_end (options, site);
  else
    print_dry_end (options, site, groups);
}

static void
text_site (const E13ReportOptions *options, const E13SiteReport *site)
{
  if (options->totals != NULL)
    e13_report_brief_site (options, site);
  else
    print_site (options, site);
}

const E13Reporter e13_report_text = {
  .name = "text",
  .site = text_site,
  .end = e13_report_brief_end,
  .explanation = e13_report_text_explanation,
  .cgi = e13_report_text_cgi,
  .serving = e13_report_text_serving,
  .lint = e13_report_text_lint,
  .status = e13_report_text_status,
  .denial = e13_report_text_denial,
  .log_summary = e13_report_text_log_summary,
};
