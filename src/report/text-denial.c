/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "report/subjects.h"

#include "base/quote.h"
#include "iis/status.h"
#include "logs/errno-words.h"
#include "report/terminal.h"

#define INDENT 4

static const char *const deeds[] = {
  [E13_OPERATION_UNKNOWN] = NULL,          [E13_OPERATION_OPEN] = "to open it",
  [E13_OPERATION_READ] = "to read it",     [E13_OPERATION_WRITE] = "to write it",
  [E13_OPERATION_CREATE] = "to create it", [E13_OPERATION_DELETE] = "to delete it",
  [E13_OPERATION_RENAME] = "to rename it", [E13_OPERATION_RUN] = "to run it",
  [E13_OPERATION_STAT] = "to look at it",  [E13_OPERATION_LIST] = "to list it",
  [E13_OPERATION_ENTER] = "to enter it",   [E13_OPERATION_CONNECT] = "to connect to it",
  [E13_OPERATION_CHANGE] = "to change it",
};

static const struct
{
  const char *words;
  E13Ink ink;
} verdicts[] = {
  [E13_DENIAL_REFUSED] = { "refused here, too", E13_INK_BAD },
  [E13_DENIAL_GRANTED] = { "not refused now", E13_INK_GOOD },
  [E13_DENIAL_MISSING] = { "missing here, too", E13_INK_BAD },
  [E13_DENIAL_OTHER] = { "another cause", E13_INK_UNSURE },
  [E13_DENIAL_NAMELESS] = { "not named", E13_INK_UNSURE },
  [E13_DENIAL_ELSEWHERE] = { "not of this machine", E13_INK_UNSURE },
  [E13_DENIAL_UNKNOWN] = { "not to be told", E13_INK_UNSURE },
};

/* "/srv/a -> /srv/b"; what stands in for it where there is no name. */
static char *
subject (const E13Failure *failure)
{
  g_autofree char *path = failure->path != NULL ? e13_quote_path (failure->path) : NULL;
  g_autofree char *second = failure->second_path != NULL ? e13_quote_path (failure->second_path) : NULL;
  g_autofree char *url = failure->url != NULL ? e13_quote_display (failure->url) : NULL;

  if (path != NULL && *path == '\0')
    return g_strdup ("''");
  if (path != NULL)
    return second != NULL ? g_strdup_printf ("%s -> %s", path, second) : g_steal_pointer (&path);
  return url != NULL ? g_steal_pointer (&url) : g_strdup ("(no name)");
}

/* "Permission denied, to write it". */
static char *
reason (const E13Failure *failure)
{
  const char *deed = deeds[failure->operation];
  const char *what = failure->error != 0                      ? e13_errno_text (failure->error)
                     : failure->kind == E13_FAILURE_SETTING   ? "a setting refuses"
                     : failure->kind == E13_FAILURE_OWNERSHIP ? "the owner is another"
                                                              : "it failed";

  if (failure->http_status != 0)
    {
      const E13Status *status
          = e13_status_best (failure->http_status, (gint)failure->http_substatus, failure->windows_code);

      return g_strdup_printf ("HTTP %u.%u%s%s", failure->http_status, failure->http_substatus,
                              status != NULL ? ", " : "", status != NULL ? status->name : "");
    }
  return deed != NULL ? g_strdup_printf ("%s, %s", what, deed) : g_strdup (what);
}

static char *
moment (gint64 time)
{
  g_autoptr (GDateTime) local = g_date_time_new_from_unix_local (time / G_USEC_PER_SEC);

  return local != NULL ? g_date_time_format (local, "%Y-%m-%d %H:%M:%S") : g_strdup ("?");
}

/* "nginx, line 12, 3 times from … to …". */
static char *
where (const E13Denial *denial)
{
  GString *out = g_string_new (denial->failure->family);

  g_string_append_printf (out, ", line %" G_GUINT64_FORMAT, denial->failure->line);
  if (denial->count > 1)
    g_string_append_printf (out, ", %" G_GUINT64_FORMAT " times", denial->count);
  if (denial->first_time != 0)
    {
      g_autofree char *first = moment (denial->first_time);
      g_autofree char *last = moment (denial->last_time);

      if (denial->first_time == denial->last_time)
        g_string_append_printf (out, ", %s", first);
      else
        g_string_append_printf (out, ", from %s to %s", first, last);
    }
  return g_string_free (out, FALSE);
}

/* "errno13 cgi SCRIPT" for the script that was asked for, where it is known. */
static char *
command_for (const char *command, const E13Denial *denial)
{
  g_autofree char *place = denial->place != NULL ? e13_quote_path_word (denial->place) : NULL;
  g_autoptr (GString) out = g_string_new (command);

  if (place != NULL)
    {
      g_string_replace (out, " PATH", " ", 1);
      g_string_replace (out, " SCRIPT", " ", 1);
      if (g_str_has_suffix (out->str, " "))
        g_string_append (out, place);
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* What the catalogue says of the status, and of the code beside it. */
static void
print_status (const E13ReportOptions *options, const E13Denial *denial)
{
  const E13Failure *failure = denial->failure;
  const E13Status *status
      = failure->http_status != 0
            ? e13_status_best (failure->http_status, (gint)failure->http_substatus, failure->windows_code)
            : NULL;
  const E13Status *code = status != NULL && status->kind != E13_STATUS_DETAIL && failure->windows_code != 0
                              ? e13_status_hresult_or_win32 (failure->windows_code)
                              : NULL;
  g_autofree char *word = status != NULL ? e13_status_word (status) : NULL;
  g_autofree char *more = g_strdup_printf ("errno13 status %s", word != NULL ? word : "");

  if (status == NULL)
    return;
  e13_terminal_line (options, INDENT, NULL, status->means, TRUE);
  if (code != NULL)
    {
      g_autofree char *label = e13_status_label (code);
      g_autofree char *line = g_strdup_printf ("%s: %s", label, code->means);

      e13_terminal_line (options, INDENT, NULL, line, TRUE);
    }
  for (gsize i = 0; status->checks[i] != NULL; i++)
    {
      g_autofree char *command = command_for (status->checks[i], denial);

      e13_terminal_line (options, INDENT, i == 0 ? "check" : " ", command, FALSE);
    }
  for (gsize i = 0; status->cures[i] != NULL; i++)
    e13_terminal_line (options, INDENT, i == 0 ? "do" : " ", status->cures[i], TRUE);
  e13_terminal_line (options, INDENT, "more", more, FALSE);
}

void
e13_report_text_denial (const E13ReportOptions *options, const E13Denial *denial)
{
  g_autofree char *path = subject (denial->failure);
  g_autofree char *why = reason (denial->failure);
  g_autofree char *place = where (denial);

  e13_terminal_word (options, E13_INK_BOLD, path, 0);
  fprintf (options->out, ": %s (%s): ", why, place);
  e13_terminal_word (options, verdicts[denial->verdict].ink, verdicts[denial->verdict].words, 0);
  fputc ('\n', options->out);
  for (guint i = 0; options->verbosity > 0 && i < denial->sentences->len; i++)
    e13_terminal_line (options, INDENT, NULL, denial->sentences->pdata[i], TRUE);
  if (options->verbosity > 0)
    print_status (options, denial);
  if (options->verbosity > 0 && denial->explanation != NULL)
    e13_report_text_explanation (options, denial->explanation, denial->identity);
  fputc ('\n', options->out);
}

void
e13_report_text_log_summary (const E13ReportOptions *options, const E13LogSummary *summary)
{
  static const char *const words[] = {
    [E13_DENIAL_REFUSED] = "refused here",    [E13_DENIAL_GRANTED] = "not refused now",
    [E13_DENIAL_MISSING] = "missing",         [E13_DENIAL_OTHER] = "of another cause",
    [E13_DENIAL_NAMELESS] = "without a name", [E13_DENIAL_ELSEWHERE] = "not of this machine",
    [E13_DENIAL_UNKNOWN] = "not to be told",
  };
  g_autofree char *failures = e13_terminal_count (summary->n_failures, "failure", "failures");
  g_autofree char *lines = e13_terminal_count (summary->n_lines, "line", "lines");
  g_autoptr (GString) kinds = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (summary->n_verdicts[i] > 0)
      g_string_append_printf (kinds, "%s%u %s", kinds->len > 0 ? ", " : ": ", summary->n_verdicts[i], words[i]);
  if (summary->remark != NULL)
    e13_terminal_line (options, 0, NULL, summary->remark, TRUE);
  if (summary->n_left_out > 0)
    fprintf (options->out, "%" G_GUINT64_FORMAT " more are not listed: too many different ones.\n",
             summary->n_left_out);
  fprintf (options->out, "%s in %s%s\n", failures, lines, kinds->str);
}
