/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "cgi/verdict.h"

#include <string.h>

#include "base/quote.h"

static const struct
{
  const char *name;
  gboolean is_note;
} problems[] = {
#define PROBLEM(name, id, is_note) { id, is_note },
#include "cgi/problems.def"
#undef PROBLEM
};

static const struct
{
  guint status;
  const char *words;
} statuses[] = {
  { 200, "OK" },
  { 201, "Created" },
  { 204, "No Content" },
  { 301, "Moved Permanently" },
  { 302, "Found" },
  { 303, "See Other" },
  { 304, "Not Modified" },
  { 307, "Temporary Redirect" },
  { 308, "Permanent Redirect" },
  { 400, "Bad Request" },
  { 401, "Unauthorized" },
  { 403, "Forbidden" },
  { 404, "Not Found" },
  { 405, "Method Not Allowed" },
  { 500, "Internal Server Error" },
  { 502, "Bad Gateway" },
  { 503, "Service Unavailable" },
  { 504, "Gateway Timeout" },
};

const char *
e13_cgi_problem_name (E13CgiProblemId id)
{
  return problems[id].name;
}

gboolean
e13_cgi_problem_is_note (E13CgiProblemId id)
{
  return problems[id].is_note;
}

const char *
e13_cgi_status_words (guint status)
{
  for (gsize i = 0; i < G_N_ELEMENTS (statuses); i++)
    if (statuses[i].status == status)
      return statuses[i].words;
  return "";
}

static void
free_problem (gpointer data)
{
  E13CgiProblem *problem = data;

  g_free (problem->sentence);
  g_free (problem->because);
  g_free (problem->cure);
  g_free (problem);
}

E13CgiVerdict *
e13_cgi_verdict_new (guint status, guint substatus)
{
  E13CgiVerdict *verdict = g_new0 (E13CgiVerdict, 1);

  verdict->status = status;
  verdict->substatus = substatus;
  verdict->problems = g_ptr_array_new_with_free_func (free_problem);
  return verdict;
}

void
e13_cgi_verdict_free (E13CgiVerdict *verdict)
{
  if (verdict == NULL)
    return;
  g_ptr_array_unref (verdict->problems);
  e13_cgi_head_free (verdict->head);
  g_free (verdict->log);
  g_free (verdict);
}

E13CgiProblem *
e13_cgi_verdict_add (E13CgiVerdict *verdict, E13CgiProblemId id, char *sentence, char *because, char *cure)
{
  E13CgiProblem *problem = g_new0 (E13CgiProblem, 1);

  *problem = (E13CgiProblem){ .id = id, .sentence = sentence, .because = because, .cure = cure };
  g_ptr_array_add (verdict->problems, problem);
  return problem;
}

static int
by_id (gconstpointer a, gconstpointer b)
{
  const E13CgiProblem *one = *(E13CgiProblem *const *)a;
  const E13CgiProblem *two = *(E13CgiProblem *const *)b;

  if (one->id != two->id)
    return one->id < two->id ? -1 : 1;
  if (one->line != two->line)
    return one->line < two->line ? -1 : 1;
  return one->column < two->column ? -1 : one->column > two->column;
}

void
e13_cgi_verdict_finish (E13CgiVerdict *verdict)
{
  guint n = e13_cgi_verdict_count (verdict);

  g_ptr_array_sort (verdict->problems, by_id);
  for (guint i = verdict->problems->len; i > 0 && n > 1; i--)
    if (((const E13CgiProblem *)verdict->problems->pdata[i - 1])->id == E13_CGI_EXIT_STATUS)
      g_ptr_array_remove_index (verdict->problems, i - 1);
}

guint
e13_cgi_verdict_count (const E13CgiVerdict *verdict)
{
  guint n = 0;

  for (guint i = 0; i < verdict->problems->len; i++)
    n += !e13_cgi_problem_is_note (((const E13CgiProblem *)verdict->problems->pdata[i])->id);
  return n;
}

/* ---- What it died of ------------------------------------------------------------------------- */

static void
add_causes (E13CgiVerdict *verdict, const E13CgiRun *run, const char *text, gsize size)
{
  g_autoptr (GPtrArray) causes = e13_cgi_causes_find (text, size, &run->names);

  for (guint i = 0; i < causes->len; i++)
    {
      const E13CgiCause *cause = causes->pdata[i];
      g_autofree char *line = e13_quote_display (cause->line);

      e13_cgi_verdict_add (verdict, E13_CGI_CAUSE, g_strdup (cause->sentence), g_strdup_printf ("it said: %s", line),
                           g_strdup (cause->cure));
    }
}

/* Under Apache what is written to standard error is only logged; of the output, only what is no page can tell. */
static void
judge_words (E13CgiVerdict *verdict, const E13CgiRun *run)
{
  const E13LaunchResult *result = run->result;
  gboolean is_page = verdict->head != NULL && verdict->head->state == E13_CGI_HEAD_COMPLETE;

  add_causes (verdict, run, (const char *)result->errors->data, result->errors->len);
  if (!is_page)
    add_causes (verdict, run, (const char *)result->output->data, result->output->len);
}

/* Windows has numbers beyond 255, whose digits only mean something in hexadecimal. Free with g_free(). */
static char *
exit_status_text (int code)
{
  return code >= 0 && code < 65536 ? g_strdup_printf ("%d", code) : g_strdup_printf ("0x%08x", (guint)code);
}

static void
judge_end (E13CgiVerdict *verdict, const E13CgiRun *run)
{
  const E13LaunchResult *result = run->result;
  g_autofree char *code = exit_status_text (result->code);

  if (result->end == E13_LAUNCH_SIGNALLED)
    e13_cgi_verdict_add (
        verdict, E13_CGI_SIGNALLED,
        g_strdup_printf ("the script was ended by signal %d (%s)", result->code, g_strsignal (result->code)), NULL,
        NULL);
  else if (result->end == E13_LAUNCH_EXITED && result->code != 0)
    e13_cgi_verdict_add (verdict, E13_CGI_EXIT_STATUS,
                         g_strdup_printf ("the script ended with status %s; no server looks at that, but it says "
                                          "that something went wrong",
                                          code),
                         NULL, NULL);
  if (result->n_left > 0)
    e13_cgi_verdict_add (
        verdict, E13_CGI_LEFT_RUNNING,
        g_strdup_printf ("%u processes that the script had started went on without it, and were stopped",
                         result->n_left),
        NULL, NULL);
  else if (result->is_closed)
    e13_cgi_verdict_add (verdict, E13_CGI_LEFT_RUNNING,
                         g_strdup ("the script closed its output and went on, and was stopped; a server does the same"),
                         NULL, NULL);
}

/* ---- The whole ------------------------------------------------------------------------------- */

static gboolean
is_told (const E13CgiVerdict *verdict)
{
  return e13_cgi_verdict_count (verdict) > 0;
}

static void
judge_limits (E13CgiVerdict *verdict, const E13CgiRun *run)
{
  const E13LaunchResult *result = run->result;
  gboolean is_page = verdict->head->state == E13_CGI_HEAD_COMPLETE;
  gboolean is_open = verdict->head->state == E13_CGI_HEAD_EMPTY || verdict->head->state == E13_CGI_HEAD_UNFINISHED;

  /* What is no header is answered at once. */
  if (result->end == E13_LAUNCH_TIMED_OUT && is_open)
    {
      verdict->status = run->server == E13_CGI_IIS ? 502 : 504;
      verdict->substatus = run->server == E13_CGI_IIS ? 1 : 0;
    }
  if (result->end == E13_LAUNCH_TIMED_OUT && result->is_held)
    e13_cgi_verdict_add (verdict, E13_CGI_HELD,
                         g_strdup ("the script has ended, but a process that it started still has its output, and the "
                                   "server waits for that"),
                         NULL, g_strdup ("start it with its output elsewhere: command >/dev/null 2>&1 &"));
  else if (result->end == E13_LAUNCH_TIMED_OUT)
    e13_cgi_verdict_add (
        verdict, E13_CGI_TIMED_OUT,
        g_strdup (is_page ? "the script was still running when its time was over, so the page never ends"
                          : "the script was still running when its time was over, without headers"),
        g_strdup ("it loops, waits for input that does not come, for a lock, or for another server"), NULL);
  else if (result->end == E13_LAUNCH_TOO_MUCH)
    e13_cgi_verdict_add (verdict, E13_CGI_TOO_MUCH,
                         g_strdup_printf ("the script was stopped after %u bytes of output", result->output->len), NULL,
                         NULL);
}

E13CgiVerdict *
e13_cgi_judge (const E13CgiRun *run)
{
  const E13LaunchResult *result = run->result;
  E13CgiVerdict *verdict = e13_cgi_verdict_new (200, 0);

  if (result->end == E13_LAUNCH_NOT_STARTED)
    {
      e13_cgi_judge_start (verdict, run);
      return verdict;
    }
  verdict->head = e13_cgi_head_parse ((const char *)result->output->data, result->output->len, run->server);
  judge_words (verdict, run);
  judge_limits (verdict, run);
  e13_cgi_judge_head (verdict, run);
  if (verdict->head->state == E13_CGI_HEAD_COMPLETE && !run->is_nph)
    e13_cgi_judge_page (verdict, run);
  judge_end (verdict, run);
  if (result->errors->len > 0 && !is_told (verdict))
    e13_cgi_verdict_add (verdict, E13_CGI_ERRORS,
                         g_strdup ("the script wrote to standard error, which goes into the server's log"), NULL, NULL);
  return verdict;
}
