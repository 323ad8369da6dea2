/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "cgi/head.h"

#include <string.h>

/* Apache reads a line into MAX_STRING_LEN - 1 bytes, and keeps one of them for the NUL. */
#define MAX_LINE 8190
#define MAX_SHOWN 120

static void
free_header (gpointer data)
{
  E13CgiHeader *header = data;

  g_free (header->name);
  g_free (header->value);
  g_free (header);
}

void
e13_cgi_head_free (E13CgiHead *head)
{
  if (head == NULL)
    return;
  g_ptr_array_unref (head->headers);
  g_free (head->bad_text);
  g_free (head);
}

typedef struct
{
  const char *data;
  gsize size;
  gsize at;
  guint line;
} Reader;

typedef enum
{
  LINE_READ,
  LINE_ENDLESS, /* the output ends within it */
  LINE_LONG,
} LineEnd;

/* The next line without its end. Apache leaves out every carriage return, wherever it stands, and takes a NUL for the
 * end of a line's text. */
static LineEnd
read_line (Reader *reader, GString *line)
{
  g_string_truncate (line, 0);
  reader->line++;
  while (reader->at < reader->size)
    {
      char c = reader->data[reader->at];

      if (line->len >= MAX_LINE)
        return LINE_LONG;
      reader->at++;
      if (c == '\n')
        return LINE_READ;
      if (c != '\r')
        g_string_append_c (line, c);
    }
  return LINE_ENDLESS;
}

static gboolean
is_token (const char *name)
{
  for (const char *p = name; *p != '\0'; p++)
    if (!g_ascii_isalnum (*p) && strchr ("!#$%&'*+-.^_`|~", *p) == NULL)
      return FALSE;
  return *name != '\0';
}

/* Text, with bytes above ASCII, blanks and tabs. */
static gboolean
is_field_content (const char *value)
{
  for (const guchar *p = (const guchar *)value; *p != '\0'; p++)
    if ((*p < 0x20 && *p != '\t') || *p == 0x7f)
      return FALSE;
  return TRUE;
}

static char *
shown_start (const char *text)
{
  return g_strndup (text, MIN (strlen (text), MAX_SHOWN));
}

static void
end_badly (E13CgiHead *head, E13CgiHeadState state, const Reader *reader, const char *text)
{
  head->state = state;
  head->bad_line = reader->line;
  head->bad_text = text != NULL ? shown_start (text) : NULL;
  head->body = reader->size;
}

static void
add_header (E13CgiHead *head, const char *text, const char *colon, guint line)
{
  E13CgiHeader *header = g_new0 (E13CgiHeader, 1);

  header->name = g_strndup (text, (gsize)(colon - text));
  header->value = g_strstrip (g_strdup (colon + 1));
  header->line = line;
  g_ptr_array_add (head->headers, header);
  if (g_ascii_strcasecmp (header->name, "Status") != 0)
    return;
  head->has_status = TRUE;
  head->status = (guint)CLAMP (g_ascii_strtoll (header->value, NULL, 10), 0, 99999);
}

/* What Apache 2.4 looks at only when it sends the answer: a Status line is not sent as a header. */
static const E13CgiHeader *
first_illegal (const E13CgiHead *head)
{
  for (guint i = 0; i < head->headers->len; i++)
    {
      const E13CgiHeader *header = head->headers->pdata[i];

      if (g_ascii_strcasecmp (header->name, "Status") != 0
          && (!is_token (header->name) || !is_field_content (header->value)))
        return header;
    }
  return NULL;
}

static void
check_legal (E13CgiHead *head)
{
  const E13CgiHeader *header = first_illegal (head);

  if (header == NULL)
    return;
  head->state = E13_CGI_HEAD_ILLEGAL;
  head->bad_line = header->line;
  head->bad_text = g_strdup_printf ("%.60s: %.60s", header->name, header->value);
}

/* Reads one header line; FALSE at the end of the head. */
static gboolean
take_line (E13CgiHead *head, Reader *reader, GString *line)
{
  LineEnd end = read_line (reader, line);
  const char *colon;

  if (end == LINE_LONG)
    return end_badly (head, E13_CGI_HEAD_TOO_LONG, reader, line->str), FALSE;
  if (end == LINE_ENDLESS)
    {
      /* A line that never was a header is the better thing to say. */
      gboolean is_none = *line->str != '\0' && strchr (line->str, ':') == NULL;

      return end_badly (head, is_none ? E13_CGI_HEAD_NO_COLON : E13_CGI_HEAD_UNFINISHED, reader,
                        line->len > 0 ? line->str : NULL),
             FALSE;
    }
  if (*line->str == '\0')
    {
      head->body = reader->at;
      return FALSE;
    }
  colon = strchr (line->str, ':');
  if (colon == NULL)
    return end_badly (head, E13_CGI_HEAD_NO_COLON, reader, line->str), FALSE;
  add_header (head, line->str, colon, reader->line);
  return TRUE;
}

E13CgiHead *
e13_cgi_head_parse (const char *data, gsize size, E13CgiServer server)
{
  E13CgiHead *head = g_new0 (E13CgiHead, 1);
  g_autoptr (GString) line = g_string_new (NULL);
  Reader reader = { data, size, 0, 0 };

  head->headers = g_ptr_array_new_with_free_func (free_header);
  head->status = 200;
  if (size == 0)
    {
      head->state = E13_CGI_HEAD_EMPTY;
      return head;
    }
  while (take_line (head, &reader, line))
    continue;
  if (head->state == E13_CGI_HEAD_COMPLETE && server == E13_CGI_APACHE)
    check_legal (head);
  return head;
}

const char *
e13_cgi_head_value (const E13CgiHead *head, const char *name)
{
  for (guint i = head->headers->len; i > 0; i--)
    {
      const E13CgiHeader *header = head->headers->pdata[i - 1];

      if (g_ascii_strcasecmp (header->name, name) == 0)
        return header->value;
    }
  return NULL;
}

guint
e13_cgi_head_count (const E13CgiHead *head, const char *name)
{
  guint n = 0;

  for (guint i = 0; i < head->headers->len; i++)
    n += g_ascii_strcasecmp (((const E13CgiHeader *)head->headers->pdata[i])->name, name) == 0;
  return n;
}
