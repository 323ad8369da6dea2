/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What a server makes of the head. */

#include <string.h>

#include "base/quote.h"
#include "cgi/verdict.h"

#define PRINT_HEADER "print(\"Content-Type: text/html\\n\") before anything else"

static void
fail (E13CgiVerdict *verdict, const E13CgiRun *run, const char *log)
{
  g_autofree char *base = g_path_get_basename (run->names.script);
  g_autofree char *name = e13_quote_display (base);

  if (verdict->status != 200)
    return; /* its time was over */
  verdict->status = run->server == E13_CGI_IIS ? 502 : 500;
  verdict->substatus = run->server == E13_CGI_IIS ? 2 : 0;
  if (run->server == E13_CGI_APACHE)
    verdict->log = g_strdup_printf ("%s: %s", log, name);
}

/* ---- Something else comes first -------------------------------------------------------------- */

static gboolean
begins (const char *text, const char *with)
{
  return g_ascii_strncasecmp (text, with, strlen (with)) == 0;
}

/* Where a header that a script begins with stands, on a line of its own behind the first; 0: nowhere. */
static gsize
find_late_header (const E13CgiRun *run)
{
  const GByteArray *output = run->result->output;
  const char *data = (const char *)output->data;

  for (gsize at = 0; at + 1 < output->len; at++)
    {
      static const char *const names[] = { "Content-Type:", "Status:", "Location:" };

      if (data[at] != '\n')
        continue;
      for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
        if (output->len - at - 1 > strlen (names[i]) && begins (data + at + 1, names[i]))
          return at + 1;
    }
  return 0;
}

static gboolean
starts_children (const E13CgiRun *run)
{
  static const char *const calls[]
      = { "os.system", "subprocess", "os.popen", "system(", "system (", "passthru", "exec(", "fork(" };
  g_autofree char *source = g_strndup (run->source != NULL ? run->source : "", run->source_size);

  for (gsize i = 0; i < G_N_ELEMENTS (calls); i++)
    if (strstr (source, calls[i]) != NULL)
      return TRUE;
  return FALSE;
}

static gboolean
is_binary (const char *text)
{
  return !g_utf8_validate (text, -1, NULL) || strpbrk (text, "\x01\x02\x03\x04\x05\x06\x0e\x0f\x1a") != NULL;
}

/* Its first line has a colon, so that it is read as a header. */
static gboolean
is_traceback (const E13CgiHead *head)
{
  const char *first = head->headers->len > 0 ? ((const E13CgiHeader *)head->headers->pdata[0])->name : head->bad_text;

  return first != NULL && begins (first, "Traceback (most recent call last)");
}

/* What it is that comes where a header should. */
typedef struct
{
  E13CgiProblemId id;
  const char *sentence;
  const char *cure;
} First;

static First
what_comes_first (const E13CgiHead *head, const E13CgiRun *run)
{
  const char *text = head->bad_text != NULL ? head->bad_text : "";
  gsize late = find_late_header (run);

  if (is_traceback (head))
    return (First){ E13_CGI_NOT_A_HEADER, "the traceback of the script comes where the headers should", NULL };
  if (g_str_has_prefix (text, "\xef\xbb\xbf"))
    return (First){
      E13_CGI_NOT_A_HEADER,
      "a byte order mark comes before the headers: the script, or a file that it includes, was saved with one",
      "save it as UTF-8 without a byte order mark"
    };
  if (*text == ' ' || *text == '\t')
    return (First){ E13_CGI_NOT_A_HEADER, "a header goes on on the next line, which servers no longer read",
                    "one line for each header" };
  if (late > 0 && starts_children (run))
    return (
        First){ E13_CGI_NOT_A_HEADER,
                "what a program that the script starts has printed comes before the script's own headers, which were "
                "still waiting to be written",
                "sys.stdout.flush() before it is started; in Perl: $| = 1;" };
  if (late > 0)
    return (First){ E13_CGI_NOT_A_HEADER, "the script prints something before its headers",
                    "print the headers, and an empty line, before anything else" };
  if (head->headers->len > 0)
    return (First){ E13_CGI_NO_BLANK_LINE, "the empty line between the headers and the page is missing",
                    "print() once more after the last header" };
  if (*text == '<')
    return (First){ E13_CGI_NOT_A_HEADER, "the page begins without headers", PRINT_HEADER };
  if (is_binary (text))
    return (First){ E13_CGI_NOT_A_HEADER, "what the script writes is binary, without headers", PRINT_HEADER };
  return (First){ E13_CGI_NOT_A_HEADER, "what the script writes is no header, and there is none behind it",
                  PRINT_HEADER };
}

static void
add_not_a_header (E13CgiVerdict *verdict, const E13CgiRun *run)
{
  const E13CgiHead *head = verdict->head;
  First first = what_comes_first (head, run);
  g_autofree char *shown = e13_quote_display (head->bad_text != NULL ? head->bad_text : "");
  E13CgiProblem *problem = e13_cgi_verdict_add (
      verdict, first.id, g_strdup (first.sentence),
      g_strdup_printf ("line %u of its output is no header: %s", head->bad_line, shown), g_strdup (first.cure));

  problem->line = head->bad_line;
}

/* ---- The states ------------------------------------------------------------------------------ */

static void
add_unfinished (E13CgiVerdict *verdict, const E13CgiRun *run)
{
  fail (verdict, run,
        verdict->head->headers->len > 0 ? "Premature end of script headers" : "End of script output before headers");
  if (is_traceback (verdict->head))
    {
      add_not_a_header (verdict, run);
      return;
    }
  e13_cgi_verdict_add (
      verdict, E13_CGI_NO_BLANK_LINE,
      g_strdup ("the output ends within the headers: an empty line must follow them, even where there is "
                "no page"),
      NULL, g_strdup ("print() once more after the last header"))
      ->line
      = verdict->head->bad_line;
}

static void
add_illegal (E13CgiVerdict *verdict, const E13CgiRun *run)
{
  g_autofree char *shown = e13_quote_display (verdict->head->bad_text);

  fail (verdict, run, "Response header name or value contains invalid characters, aborting request");
  e13_cgi_verdict_add (
      verdict, E13_CGI_HEADER_ILLEGAL,
      g_strdup ("a header's name holds blanks or other characters that are not allowed in it, or its value "
                "holds control characters"),
      g_strdup_printf ("line %u of its output: %s", verdict->head->bad_line, shown), NULL)
      ->line
      = verdict->head->bad_line;
}

static void
judge_state (E13CgiVerdict *verdict, const E13CgiRun *run)
{
  const E13CgiHead *head = verdict->head;

  switch (head->state)
    {
    case E13_CGI_HEAD_COMPLETE:
      break;
    case E13_CGI_HEAD_EMPTY:
      fail (verdict, run, "End of script output before headers");
      e13_cgi_verdict_add (verdict, E13_CGI_NO_OUTPUT, g_strdup ("the script wrote nothing, not even headers"), NULL,
                           NULL);
      break;
    case E13_CGI_HEAD_UNFINISHED:
      add_unfinished (verdict, run);
      break;
    case E13_CGI_HEAD_NO_COLON:
      fail (verdict, run, "malformed header from script");
      add_not_a_header (verdict, run);
      break;
    case E13_CGI_HEAD_TOO_LONG:
      fail (verdict, run, "Premature end of script headers");
      e13_cgi_verdict_add (
          verdict, E13_CGI_HEADER_LONG,
          g_strdup_printf ("line %u of the headers is longer than the 8 KB that a server reads", head->bad_line), NULL,
          NULL);
      break;
    case E13_CGI_HEAD_ILLEGAL:
      add_illegal (verdict, run);
      break;
    }
}

/* ---- What complete headers say --------------------------------------------------------------- */

static gboolean
is_url (const char *text)
{
  gsize scheme = strspn (text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+.-");

  return scheme > 0 && text[scheme] == ':';
}

static void
judge_location (E13CgiVerdict *verdict, const E13CgiRun *run, const char *location)
{
  g_autofree char *shown = e13_quote_display (location);

  if (verdict->status != 200)
    return;
  verdict->status = 302;
  if (*location == '/' && location[1] != '/' && run->server == E13_CGI_APACHE)
    {
      verdict->status = 0;
      e13_cgi_verdict_add (
          verdict, E13_CGI_REDIRECT,
          g_strdup_printf ("the server answers with what it has at %s, and the browser does not notice", shown), NULL,
          NULL);
    }
  else if (*location == '\0' || (*location != '/' && !is_url (location)) || strchr (location, ' ') != NULL)
    e13_cgi_verdict_add (
        verdict, E13_CGI_LOCATION,
        g_strdup_printf ("the Location '%s' is neither a URL nor a path from the server's root", shown), NULL,
        g_strdup ("Location: /… or Location: https://…"));
}

/* Apache answers with three digits, whatever they are, and takes less than 100 for a fault of the script. */
static void
judge_status (E13CgiVerdict *verdict, const E13CgiRun *run)
{
  g_autofree char *shown = e13_quote_display (e13_cgi_head_value (verdict->head, "Status"));
  guint status = verdict->head->status;

  if (status >= 100 && status < (run->server == E13_CGI_APACHE ? 1000 : 600))
    verdict->status = status;
  else
    fail (verdict, run, "Invalid status line from script");
  if (status < 100 || status >= 600)
    e13_cgi_verdict_add (verdict, E13_CGI_STATUS_LINE,
                         g_strdup_printf ("the Status '%s' is no number from 100 to 599", shown), NULL,
                         g_strdup ("Status: 404 Not Found"));
}

static void
judge_repeated (E13CgiVerdict *verdict)
{
  static const char *const once[] = { "Content-Type", "Content-Length", "Status", "Location" };

  for (gsize i = 0; i < G_N_ELEMENTS (once); i++)
    if (e13_cgi_head_count (verdict->head, once[i]) > 1)
      e13_cgi_verdict_add (verdict, E13_CGI_REPEATED,
                           g_strdup_printf ("%s comes %u times; the last one counts", once[i],
                                            e13_cgi_head_count (verdict->head, once[i])),
                           NULL, NULL);
}

void
e13_cgi_judge_head (E13CgiVerdict *verdict, const E13CgiRun *run)
{
  const char *location;

  if (run->is_nph)
    {
      verdict->status = 0;
      e13_cgi_verdict_add (
          verdict, E13_CGI_NPH,
          g_strdup ("its name begins with nph-, so that the server hands its output on as it is, and the "
                    "script writes the whole answer, from HTTP/1.1 on"),
          NULL, NULL);
      return;
    }
  judge_state (verdict, run);
  if (verdict->head->state != E13_CGI_HEAD_COMPLETE)
    return;
  location = e13_cgi_head_value (verdict->head, "Location");
  if (verdict->head->has_status)
    judge_status (verdict, run);
  if (location != NULL)
    judge_location (verdict, run, location);
  else if (e13_cgi_head_value (verdict->head, "Content-Type") == NULL && verdict->status == 200)
    e13_cgi_verdict_add (
        verdict, E13_CGI_NO_CONTENT_TYPE,
        g_strdup ("the script does not say what its page is: browsers then guess, or offer to save it"), NULL,
        g_strdup ("Content-Type: text/html; charset=utf-8"));
  judge_repeated (verdict);
}
