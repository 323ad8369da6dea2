/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "report/subjects.h"

#include <string.h>

#include "base/quote.h"
#include "report/terminal.h"

#define INDENT 4
/* How much of what it wrote to standard error is shown, from the end. */
#define MAX_LINES 12

static E13Ink
ink_of (const E13CgiVerdict *verdict)
{
  if (verdict->status == 0)
    return E13_INK_UNSURE;
  if (verdict->status >= 400)
    return E13_INK_BAD;
  return e13_cgi_verdict_count (verdict) > 0 ? E13_INK_UNSURE : E13_INK_GOOD;
}

static char *
status_text (const E13CgiVerdict *verdict)
{
  const char *words = e13_cgi_status_words (verdict->status);
  const char *blank = *words != '\0' ? " " : "";

  if (verdict->status == 0)
    return g_strdup ("not to be told");
  if (verdict->substatus > 0)
    return g_strdup_printf ("%u.%u%s%s", verdict->status, verdict->substatus, blank, words);
  return g_strdup_printf ("%u%s%s", verdict->status, blank, words);
}

static void
print_problem (const E13ReportOptions *options, const E13CgiProblem *problem)
{
  gboolean is_page = problem->column > 0;

  e13_terminal_word (options, e13_cgi_problem_is_note (problem->id) ? E13_INK_DIM : E13_INK_BAD,
                     e13_cgi_problem_name (problem->id), is_page ? 24 : 0);
  if (is_page)
    fprintf (options->out, "line %u, column %u of the page", problem->line, problem->column);
  fputc ('\n', options->out);
  e13_terminal_line (options, INDENT, NULL, problem->sentence, TRUE);
  if (problem->because != NULL)
    e13_terminal_line (options, INDENT, "because", problem->because, TRUE);
  if (problem->cure != NULL)
    e13_terminal_line (options, INDENT, "cure", problem->cure, FALSE);
}

/* The last lines, each made safe. */
static void
print_errors (const E13ReportOptions *options, const E13LaunchResult *result)
{
  g_autofree char *text
      = result->errors->len > 0 ? g_strndup ((const char *)result->errors->data, result->errors->len) : g_strdup ("");
  g_auto (GStrv) lines = g_strsplit (g_strchomp (text), "\n", -1);
  guint n = g_strv_length (lines);
  guint first = options->verbosity > 1 || n <= MAX_LINES ? 0 : n - MAX_LINES;

  if (*text == '\0')
    return;
  fputs (first > 0 ? "It wrote to standard error, at the end:\n" : "It wrote to standard error:\n", options->out);
  for (guint i = first; i < n; i++)
    {
      g_autofree char *shown = e13_quote_windows (g_strchomp (lines[i]));

      e13_terminal_line (options, INDENT, NULL, shown, FALSE);
    }
  fputc ('\n', options->out);
}

static void
print_last_line (const E13ReportOptions *options, const E13CgiReport *report)
{
  g_autofree char *script = e13_quote_path (report->script);
  g_autofree char *label = e13_identity_label (report->identity);
  g_autofree char *status = status_text (report->verdict);
  guint n = e13_cgi_verdict_count (report->verdict);
  g_autofree char *count = n > 0 ? e13_terminal_count (n, "problem", "problems") : g_strdup ("no problems");

  fprintf (options->out, "%s, run as %s: %s would answer ", script, report->differs != NULL ? "you" : label,
           report->server == E13_CGI_IIS ? "IIS" : "Apache");
  e13_terminal_word (options, ink_of (report->verdict), status, 0);
  fprintf (options->out, "; %s.\n", count);
}

void
e13_report_text_cgi (const E13ReportOptions *options, const E13CgiReport *report)
{
  const E13CgiVerdict *verdict = report->verdict;
  g_autofree char *label = e13_identity_label (report->identity);

  for (guint i = 0; options->verbosity > 0 && i < verdict->problems->len; i++)
    {
      print_problem (options, verdict->problems->pdata[i]);
      fputc ('\n', options->out);
    }
  if (options->verbosity > 0 && verdict->log != NULL)
    fprintf (options->out, "The server's log would say: %s\n\n", verdict->log);
  if (options->verbosity > 0 && report->result != NULL)
    print_errors (options, report->result);
  for (guint i = 0; options->verbosity > 0 && i < report->remarks->len; i++)
    e13_terminal_line (options, 0, NULL, report->remarks->pdata[i], TRUE);
  if (report->differs != NULL)
    {
      g_autofree char *remark
          = g_strdup_printf ("Run as you, not as %s (%s): the server's answer may differ.", label, report->differs);

      e13_terminal_line (options, 0, NULL, remark, TRUE);
    }
  print_last_line (options, report);
}
