/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What is wrong with the page behind the head. */

#include <string.h>

#include "cgi/markup.h"
#include "cgi/verdict.h"

static void
judge_length (E13CgiVerdict *verdict, const E13CgiRun *run, gsize size)
{
  const char *claimed = e13_cgi_head_value (verdict->head, "Content-Length");
  guint64 length;

  if (claimed == NULL || run->is_head || run->result->end == E13_LAUNCH_TOO_MUCH)
    return;
  length = g_ascii_strtoull (claimed, NULL, 10);
  if (length != size)
    e13_cgi_verdict_add (
        verdict, E13_CGI_LENGTH,
        g_strdup_printf ("Content-Length says %" G_GUINT64_FORMAT ", the page has %" G_GSIZE_FORMAT " bytes: %s",
                         length, size, length < size ? "browsers cut it off" : "browsers wait for the rest"),
        NULL, g_strdup ("leave Content-Length out, or count bytes and not letters"));
}

static gboolean
is_utf8 (const char *charset)
{
  return charset != NULL && (g_ascii_strcasecmp (charset, "utf-8") == 0 || g_ascii_strcasecmp (charset, "utf8") == 0);
}

/* FALSE where the page is not what its charset says. */
static gboolean
judge_encoding (E13CgiVerdict *verdict, const char *page, gsize size, const char *charset, gboolean is_cut)
{
  const char *end = page;
  E13CgiProblem *problem;

  if (!is_utf8 (charset) || g_utf8_validate_len (page, size, &end) || (is_cut && size - (gsize)(end - page) < 4))
    return TRUE;
  problem = e13_cgi_verdict_add (
      verdict, E13_CGI_ENCODING,
      g_strdup_printf ("the header says UTF-8, and byte 0x%02x of the page is none", (guint)(guchar)*end), NULL,
      g_strdup ("sys.stdout.reconfigure(encoding='utf-8'), or the charset that it is"));
  e13_markup_place (page, (gsize)(end - page), &problem->line, &problem->column);
  return FALSE;
}

static void
judge_markup (E13CgiVerdict *verdict, const char *page, gsize size, E13Markup markup, const char *charset)
{
  g_autoptr (GPtrArray) faults
      = markup == E13_MARKUP_HTML ? e13_markup_check_html (page, size) : e13_markup_check_xml (page, size, charset);

  for (guint i = 0; i < faults->len; i++)
    {
      const E13MarkupFault *fault = faults->pdata[i];
      E13CgiProblem *problem = e13_cgi_verdict_add (
          verdict, E13_CGI_MARKUP,
          g_strdup_printf ("the %s is not well-formed: %s", markup == E13_MARKUP_HTML ? "HTML" : "XML", fault->what),
          NULL, NULL);

      problem->line = fault->line;
      problem->column = fault->column;
    }
}

void
e13_cgi_judge_page (E13CgiVerdict *verdict, const E13CgiRun *run)
{
  const GByteArray *output = run->result->output;
  const char *page = (const char *)output->data + verdict->head->body;
  gsize size = output->len - verdict->head->body;
  const char *type = e13_cgi_head_value (verdict->head, "Content-Type");
  E13Markup markup = e13_markup_claimed (type);
  g_autofree char *charset = e13_markup_charset (type);
  gboolean is_cut = run->result->end == E13_LAUNCH_TOO_MUCH || run->result->end == E13_LAUNCH_TIMED_OUT;

  judge_length (verdict, run, size);
  if (size == 0 || !judge_encoding (verdict, page, size, charset, is_cut) || is_cut || markup == E13_MARKUP_OTHER)
    return;
  judge_markup (verdict, page, size, markup, charset);
}
