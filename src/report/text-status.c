/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "report/subjects.h"

#include "base/quote.h"
#include "report/terminal.h"

#define INDENT 4
#define HEAD_COLUMNS 8
#define CODE_COLUMNS 18

/* ---- One entry --------------------------------------------------------------------------------------------------- */

static void
print_texts (const E13ReportOptions *options, const char *label, const char *const *texts, gboolean wrap)
{
  for (gsize i = 0; texts[i] != NULL; i++)
    e13_terminal_line (options, INDENT, i == 0 ? label : " ", texts[i], wrap);
}

/* What says it more closely, a line each: the sub-statuses of a status, the codes that may stand beside one. */
static void
print_kinds (const E13ReportOptions *options, const E13Status *general)
{
  const char *label = "kinds";

  for (gsize i = 0; i < e13_n_statuses; i++)
    {
      const E13Status *status = &e13_statuses[i];
      g_autofree char *word = e13_status_word (status);
      g_autofree char *line = g_strdup_printf ("%-*s %s", CODE_COLUMNS, word, status->name);

      if (!e13_status_is_kind_of (status, general))
        continue;
      e13_terminal_line (options, INDENT, label, line, FALSE);
      label = " ";
    }
}

static void
print_entry (const E13ReportOptions *options, const E13Status *status)
{
  g_autofree char *label = e13_status_label (status);

  e13_terminal_word (options, E13_INK_BOLD, label, HEAD_COLUMNS);
  fprintf (options->out, "%s%s\n", status->kind == E13_STATUS_HTTP && status->sub < 0 ? "" : " ", status->name);
  if (options->verbosity == 0)
    return;
  e13_terminal_line (options, INDENT, NULL, status->means, TRUE);
  print_texts (options, "cause", status->causes, TRUE);
  print_texts (options, "check", status->checks, FALSE);
  print_texts (options, "do", status->cures, TRUE);
  if (options->verbosity > 1)
    e13_terminal_line (options, INDENT, "source", status->source, TRUE);
  print_kinds (options, status);
}

/* ---- Answers ----------------------------------------------------------------------------------------------------- */

static void
print_unknown (const E13ReportOptions *options, const E13StatusAnswer *answer)
{
  g_autofree char *shown = e13_quote_display (answer->text);

  fprintf (options->out, "'%s' is not known. %s\n", shown, answer->nearest->len == 0 ? "" : "The nearest:");
  for (guint i = 0; i < answer->nearest->len; i++)
    {
      const E13Status *status = answer->nearest->pdata[i];
      g_autofree char *label = e13_status_label (status);
      g_autofree char *line = g_strdup_printf ("%-*s %s", CODE_COLUMNS, label, status->name);

      e13_terminal_line (options, INDENT, NULL, line, FALSE);
    }
}

static void
print_answer (const E13ReportOptions *options, const E13StatusAnswer *answer)
{
  g_autofree char *shown = e13_quote_display (answer->text);

  if (answer->found->len == 0)
    print_unknown (options, answer);
  if (answer->found->len > 1 && options->verbosity > 0)
    fprintf (options->out, "%s has %u meanings:\n\n", shown, answer->found->len);
  for (guint i = 0; i < answer->found->len; i++)
    {
      if (i > 0 && options->verbosity > 0)
        fputc ('\n', options->out);
      print_entry (options, answer->found->pdata[i]);
    }
}

static void
print_list (const E13ReportOptions *options)
{
  static const char *const heads[] = {
    [E13_STATUS_HTTP] = "Statuses",
    [E13_STATUS_DETAIL] = "Statuses",
    [E13_STATUS_WIN32] = "Errors of Windows",
    [E13_STATUS_HRESULT] = "Others of Windows",
    [E13_STATUS_ERRNO] = "errno",
  };
  const char *head = NULL;

  for (gsize i = 0; i < e13_n_statuses; i++)
    {
      const E13Status *status = &e13_statuses[i];
      g_autofree char *word = e13_status_word (status);
      g_autofree char *number = status->symbol != NULL && status->kind != E13_STATUS_HRESULT
                                    ? g_strdup_printf ("%-6u%s", status->code, word)
                                    : g_strdup (word);

      if (head != heads[status->kind])
        fprintf (options->out, "%s%s\n", head != NULL ? "\n" : "", heads[status->kind]);
      head = heads[status->kind];
      fprintf (options->out, "  %-*s %s\n", status->symbol != NULL ? 2 * CODE_COLUMNS : CODE_COLUMNS, number,
               status->name);
    }
}

void
e13_report_text_status (const E13ReportOptions *options, const GPtrArray *answers)
{
  if (answers == NULL)
    print_list (options);
  for (guint i = 0; answers != NULL && i < answers->len; i++)
    {
      if (i > 0 && options->verbosity > 0)
        fputc ('\n', options->out);
      print_answer (options, answers->pdata[i]);
    }
}
