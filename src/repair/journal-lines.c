/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "repair/journal-lines.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/quote.h"

#define LONGEST_SHOWN 60
#define FIRST_LINE_SIZE 256

void
e13_lines_clear (E13Lines *lines)
{
  g_free (lines->line);
  g_free (lines->name);
  g_string_free (lines->piece, TRUE);
}

gboolean
e13_lines_fail (const E13Lines *lines, GError **error, const char *format, ...)
{
  g_autofree char *what = NULL;
  va_list args;

  va_start (args, format);
  what = g_strdup_vprintf (format, args);
  va_end (args);
  return e13_throw (error, E13_ERROR_INPUT, "cannot read the journal '%s', line %" G_GUINT64_FORMAT ": %s", lines->name,
                    lines->number, what);
}

gboolean
e13_lines_fail_expecting (const E13Lines *lines, const char *expected, GError **error)
{
  g_autofree char *start = NULL;
  g_autofree char *shown = NULL;

  if (lines->ended || lines->torn)
    return e13_lines_fail (lines, error, "it ends here, so it is cut off (expected %s)", expected);
  start = g_strndup (lines->line, LONGEST_SHOWN);
  shown = e13_quote_display (start);
  return e13_lines_fail (lines, error, "expected %s, found '%s'", expected, shown);
}

/* Nobody else reads the stream. */
static int
next_byte (FILE *in)
{
#ifdef G_OS_WIN32
  return getc (in);
#else
  return getc_unlocked (in);
#endif
}

/* getline(3), which Windows has not: the next line with its newline, of any length; 0 at the end, and where it
 * @ret_failed: errno. */
static gsize
read_line (E13Lines *lines, gboolean *ret_failed)
{
  gsize length = 0;
  int c;

  errno = 0;
  while ((c = next_byte (lines->in)) != EOF)
    {
      if (length + 1 >= lines->line_size)
        {
          lines->line_size = MAX (lines->line_size * 2, FIRST_LINE_SIZE);
          lines->line = g_realloc (lines->line, lines->line_size);
        }
      lines->line[length++] = (char)c;
      if (c == '\n')
        break;
    }
  *ret_failed = c == EOF && ferror (lines->in) != 0;
  if (length > 0)
    lines->line[length] = '\0';
  return *ret_failed ? 0 : length;
}

gboolean
e13_lines_fetch (E13Lines *lines, GError **error)
{
  gboolean failed = FALSE;
  gsize length = read_line (lines, &failed);

  if (length == 0)
    {
      if (failed)
        return e13_throw_errno (error, "cannot read the journal '%s'", lines->name);
      lines->ended = TRUE;
      lines->number++;
      return TRUE;
    }
  lines->number++;
  lines->torn = lines->line[length - 1] != '\n';
  if (!lines->torn)
    lines->line[--length] = '\0';
  if (strlen (lines->line) != length)
    return e13_lines_fail (lines, error, "there is a NUL byte");
  return TRUE;
}

gboolean
e13_lines_take (E13Lines *lines, GError **error)
{
  g_string_append (lines->piece, lines->line);
  g_string_append_c (lines->piece, '\n');
  return e13_lines_fetch (lines, error);
}

gboolean
e13_lines_see (const E13Lines *lines, const char *prefix)
{
  return !lines->ended && !lines->torn && g_str_has_prefix (lines->line, prefix);
}

const char *
e13_lines_see_value (const E13Lines *lines, const char *prefix, GError **error)
{
  g_autofree char *expected = NULL;

  if (e13_lines_see (lines, prefix))
    return lines->line + strlen (prefix);
  expected = g_strdup_printf ("'%s'", prefix);
  return e13_lines_fail_expecting (lines, expected, error), NULL;
}

char *
e13_lines_take_quoted (E13Lines *lines, const char *prefix, GError **error)
{
  const char *text = e13_lines_see_value (lines, prefix, error);
  g_autofree char *value = NULL;

  if (text == NULL)
    return NULL;
  value = e13_unquote_getfacl (text, NULL);
  if (value == NULL)
    return e13_lines_fail_expecting (lines, "a name with valid escapes", error), NULL;
  return e13_lines_take (lines, error) ? g_steal_pointer (&value) : NULL;
}

gboolean
e13_lines_take_number (E13Lines *lines, const char *prefix, guint32 *ret_number, GError **error)
{
  const char *text = e13_lines_see_value (lines, prefix, error);
  guint64 number;

  if (text == NULL)
    return FALSE;
  if (!g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT32, &number, NULL))
    return e13_lines_fail_expecting (lines, "a number", error);
  *ret_number = (guint32)number;
  return e13_lines_take (lines, error);
}

/* The checksum is not a part of the piece that it covers. */
gboolean
e13_lines_take_sum (E13Lines *lines, GError **error)
{
  E13JournalSum sum = e13_journal_sum (lines->has_sum ? &lines->sum : NULL, lines->piece->str, lines->piece->len);
  const char *written = e13_lines_see_value (lines, "# checksum: ", error);

  if (written == NULL)
    return FALSE;
  if (!g_str_equal (written, sum.hex))
    return e13_lines_fail (lines, error, "the checksum is wrong: something above was edited or damaged");
  if (!e13_lines_take (lines, error))
    return FALSE;
  lines->sum = sum;
  lines->has_sum = TRUE;
  g_string_truncate (lines->piece, 0);
  return TRUE;
}
