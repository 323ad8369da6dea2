/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What lint found, for people: each finding with its place, what offends, why, and what to do. */

#include "report/lint.h"

#include "base/quote.h"
#include "report/terminal.h"

static void
print_place (const E13ReportOptions *options, const E13LintFinding *finding)
{
  g_autofree char *place = finding->place.line > 0 ? g_strdup_printf ("%s:%u:%u", finding->origin, finding->place.line,
                                                                      finding->place.column)
                                                   : g_strdup (finding->origin);

  e13_terminal_word (options, E13_INK_BAD, finding->rule->status, 7);
  e13_terminal_word (options, E13_INK_BOLD, place, 0);
  fprintf (options->out, "\n");
}

/* What is to be done, and below it the command as it may be pasted. */
static void
print_cure (const E13ReportOptions *options, const char *label, const char *cure)
{
  g_auto (GStrv) lines = g_strsplit (cure, "\n", -1);

  for (gsize i = 0; lines[i] != NULL; i++)
    e13_terminal_line (options, i == 0 ? 7 : 16, i == 0 ? label : NULL, lines[i], i == 0);
}

static void
print_finding (const E13ReportOptions *options, const E13LintFinding *finding)
{
  const E13LintRule *rule = finding->rule;
  g_autofree char *shown = rule->hresult != 0 ? g_strdup_printf ("HTTP Error %s, 0x%08x", rule->status, rule->hresult)
                                              : g_strdup_printf ("HTTP Error %s", rule->status);
  g_autofree char *text = finding->text != NULL ? e13_quote_windows (finding->text) : NULL;
  g_autofree char *how = g_strdup_printf ("%s: %s (%s, %s)", e13_lint_certainty_name (finding->certainty), shown,
                                          rule->id, rule->source);

  print_place (options, finding);
  e13_terminal_line (options, 7, NULL, rule->title, TRUE);
  if (text != NULL)
    e13_terminal_line (options, 7, "text", text, FALSE);
  e13_terminal_line (options, 7, "because", finding->because, TRUE);
  for (guint i = 0; i < finding->cures->len; i++)
    {
      g_autofree char *label
          = finding->cures->len > 1 ? g_strdup_printf ("cure (%c)", (char)('a' + i % 26)) : g_strdup ("cure");

      print_cure (options, label, finding->cures->pdata[i]);
    }
  e13_terminal_line (options, 7, "restart", e13_lint_restart_advice (rule->restart), TRUE);
  e13_terminal_line (options, 7, "shown as", how, TRUE);
  fputc ('\n', options->out);
}

static void
print_unknowns (const E13ReportOptions *options, const E13Lint *lint)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < lint->unknowns->len; i++)
    {
      const E13LintUnknown *unknown = lint->unknowns->pdata[i];

      g_string_append_printf (text, "%s%s", i > 0 ? "; " : "Could not be told: ", unknown->about);
      if (unknown->command != NULL)
        g_string_append_printf (text, " (%s)", unknown->command);
    }
  if (text->len > 0)
    e13_terminal_line (options, 0, NULL, text->str, TRUE);
}

static void
print_fixed (const E13ReportOptions *options, const E13LintReport *report)
{
  for (guint i = 0; i < report->fixed->len; i++)
    {
      const E13LintFixed *fixed = &g_array_index (report->fixed, E13LintFixed, i);
      gboolean is_done = fixed->outcome == E13_OUTCOME_DONE;

      e13_terminal_word (options, is_done ? E13_INK_GOOD : E13_INK_BAD, is_done ? "fixed" : "left", 7);
      e13_terminal_word (options, E13_INK_BOLD, fixed->path, 0);
      fputc ('\n', options->out);
      for (guint d = 0; d < fixed->done->len; d++)
        e13_terminal_line (options, 7, NULL, fixed->done->pdata[d], TRUE);
      if (!is_done)
        e13_terminal_line (options, 7, "because", fixed->reason, TRUE);
      fputc ('\n', options->out);
    }
}

/* The last line. */
static void
print_sum (const E13ReportOptions *options, const E13LintReport *report)
{
  g_autofree char *problems = e13_terminal_count (report->lint->findings->len, "problem", "problems");
  g_autofree char *files = e13_terminal_count (report->n_files, "web.config", "web.config files");

  fprintf (options->out, "%s %sin %s. ", problems, report->journal != NULL ? "left " : "", files);
  if (report->journal == NULL)
    fprintf (options->out, "Nothing was changed.\n");
  else
    {
      g_autofree char *shown = e13_quote_path_word (report->journal);

      fprintf (options->out, "IIS notices by itself. Undo with: errno13 undo %s\n", shown);
    }
}

void
e13_report_lint_text (const E13ReportOptions *options, const E13LintReport *report)
{
  const E13Lint *lint = report->lint;

  if (options->verbosity > 0)
    {
      g_autofree char *head
          = g_strdup_printf ("%s%s%s", report->shown != NULL ? report->shown : "", report->shown != NULL ? ": " : "",
                             report->about != NULL ? report->about : "no settings of a server");

      e13_terminal_line (options, 0, NULL, head, TRUE);
      fputc ('\n', options->out);
      if (report->fixed != NULL)
        print_fixed (options, report);
      for (guint i = 0; i < lint->findings->len; i++)
        print_finding (options, lint->findings->pdata[i]);
      print_unknowns (options, lint);
    }
  print_sum (options, report);
}
