/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "report/text-brief.h"

#include "report/group.h"
#include "report/terminal.h"

#define MOST_RULES 3

void
e13_report_totals_clear (E13ReportTotals *totals)
{
  g_clear_pointer (&totals->who, g_free);
  g_clear_pointer (&totals->fix_command, g_free);
}

/* ---- Who --------------------------------------------------------------------------------------------------------- */

static char *
identity_phrase (const E13Identity *identity)
{
  g_autofree char *label = e13_identity_label (identity);
  g_autofree char *number = e13_identity_number (identity);

  if (identity->name == NULL)
    return g_strdup_printf ("%s (%s)", label, identity->evidence);
  return g_strdup_printf ("%s (%s, %s)", label, number, identity->evidence);
}

char *
e13_report_who (const E13AuditRequest *request)
{
  g_autofree char *server = identity_phrase (request->server);
  g_autofree char *app = identity_phrase (request->app);

  return request->app == request->server || e13_identity_equal (request->app, request->server)
             ? g_strdup_printf ("served by %s", server)
             : g_strdup_printf ("run by %s, static files served by %s", app, server);
}

/* ---- How many ---------------------------------------------------------------------------------------------------- */

static guint
count_groups (const GPtrArray *groups, E13Severity severity)
{
  guint n = 0;

  for (guint i = 0; i < groups->len; i++)
    n += e13_group_first (groups->pdata[i])->severity == severity;
  return n;
}

char *
e13_report_counts (const GPtrArray *groups)
{
  static const struct
  {
    E13Severity severity;
    const char *one;
    const char *many;
  } kinds[] = { { E13_SEVERITY_PROBLEM, "problem", "problems" },
                { E13_SEVERITY_UNKNOWN, "unknown", "unknown" },
                { E13_SEVERITY_NOTE, "note", "notes" } };
  GString *out = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      guint n = count_groups (groups, kinds[i].severity);
      g_autofree char *count = e13_terminal_count (n, kinds[i].one, kinds[i].many);

      if (n > 0)
        g_string_append_printf (out, "%s%s", out->len > 0 ? ", " : "", count);
    }
  return g_string_free (out, FALSE);
}

/* ---- One site ---------------------------------------------------------------------------------------------------- */

/* ": cannot-create, blocked-download ...", the rules of what is wrong, each once; empty where nothing is. */
static char *
rules_of (const GPtrArray *groups)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < groups->len; i++)
    {
      const E13Finding *first = e13_group_first (groups->pdata[i]);
      guint n;

      if (first->severity == E13_SEVERITY_NOTE || !g_hash_table_add (seen, (gpointer)first->rule))
        continue;
      n = g_hash_table_size (seen);
      if (n <= MOST_RULES)
        g_string_append_printf (out, "%s%s", n > 1 ? ", " : ": ", first->rule->id);
      else if (n == MOST_RULES + 1)
        g_string_append (out, " ...");
    }
  return g_string_free (out, FALSE);
}

static void
say_who (const E13ReportOptions *options, const E13AuditRequest *request)
{
  E13ReportTotals *totals = options->totals;
  char *who = e13_report_who (request);

  if (g_strcmp0 (who, totals->who) != 0)
    {
      g_autofree char *line = g_strdup_printf ("%c%s:", g_ascii_toupper (who[0]), who + 1);

      e13_terminal_line (options, 0, NULL, line, TRUE);
    }
  g_free (totals->who);
  totals->who = who;
}

static void
print_line (const E13ReportOptions *options, const E13SiteReport *site, gboolean is_bad)
{
  g_autoptr (E13PlanIndex) index = e13_plan_index_new (site->plan);
  g_autoptr (GPtrArray) groups = e13_group_findings (site->audit->findings, index, FALSE);
  g_autofree char *path = e13_report_shown_path (site->request->tree, "");
  g_autofree char *counts = e13_report_counts (groups);
  g_autofree char *rules = rules_of (groups);

  say_who (options, site->request);
  e13_terminal_word (options, E13_INK_BOLD, path, options->totals->columns);
  if (g_utf8_strlen (path, -1) >= (glong)options->totals->columns)
    fputs ("  ", options->out);
  e13_terminal_word (options, is_bad ? E13_INK_BAD : E13_INK_GOOD, is_bad ? counts : "no problems", 0);
  if (!is_bad && *counts != '\0')
    fprintf (options->out, ", %s", counts);
  fprintf (options->out, "%s%s\n", rules, site->audit->cancelled ? " (stopped before the end)" : "");
}

void
e13_report_brief_site (const E13ReportOptions *options, const E13SiteReport *site)
{
  E13ReportTotals *totals = options->totals;
  gboolean is_bad = site->audit->n_problems + site->audit->n_unknown > 0;

  totals->n_sites++;
  totals->n_bad += is_bad;
  totals->n_objects += site->audit->n_objects;
  if (totals->fix_command == NULL)
    totals->fix_command = g_strdup (site->fix_command);
  if (options->verbosity > 0)
    print_line (options, site, is_bad);
}

/* ---- All of them ------------------------------------------------------------------------------------------------- */

void
e13_report_brief_end (const E13ReportOptions *options)
{
  const E13ReportTotals *totals = options->totals;
  g_autofree char *objects = NULL;
  g_autofree char *sites = NULL;
  g_autofree char *failed = NULL;
  g_autofree char *line = NULL;

  if (totals == NULL || totals->n_sites == 0)
    return;
  objects = e13_terminal_count (totals->n_objects, "object", "objects");
  sites = e13_terminal_count (totals->n_sites, "site", "sites");
  failed = totals->n_failed > 0 ? g_strdup_printf ("; %u not looked at", totals->n_failed) : g_strdup ("");
  line
      = totals->n_bad == 0
            ? g_strdup_printf ("No problems in %s (%s)%s. Nothing was changed.", sites, objects, failed)
            : g_strdup_printf ("Problems in %u of %s (%s)%s. Nothing was changed. What they are: the same command with "
                               "-v, or errno13 check and one of them.",
                               totals->n_bad, sites, objects, failed);
  if (options->verbosity > 0)
    fputc ('\n', options->out);
  e13_terminal_line (options, 0, NULL, line, TRUE);
  if (totals->fix_command != NULL)
    {
      g_autofree char *fix = g_strdup_printf ("To repair the first of them: %s", totals->fix_command);

      e13_terminal_line (options, 0, NULL, fix, FALSE);
    }
}
