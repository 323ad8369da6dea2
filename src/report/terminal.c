/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "report/terminal.h"

#include <string.h>

/* Labels ("because", "cure") stand in a column of this width. */
#define LABEL_COLUMNS 9

/* Narrower than this, wrapping would only make it worse. */
#define MIN_TEXT_COLUMNS 20

static const char *const escapes[] = {
  [E13_INK_PLAIN] = "",        [E13_INK_BAD] = "\033[1;31m", [E13_INK_UNSURE] = "\033[1;33m",
  [E13_INK_GOOD] = "\033[32m", [E13_INK_DIM] = "\033[2m",    [E13_INK_BOLD] = "\033[1m",
};

void
e13_terminal_word (const E13ReportOptions *options, E13Ink ink, const char *text, guint columns)
{
  gboolean colored = options->color && ink != E13_INK_PLAIN;
  glong length = g_utf8_strlen (text, -1);

  fprintf (options->out, "%s%s%s", colored ? escapes[ink] : "", text, colored ? "\033[0m" : "");
  for (glong i = length; i < (glong)columns; i++)
    fputc (' ', options->out);
  if (columns > 0 && length >= (glong)columns)
    fputc (' ', options->out);
}

/* How many bytes of @text go on a line of @columns: up to the last blank that fits, or a whole word that does not. */
static gsize
bytes_that_fit (const char *text, glong columns)
{
  const char *last_blank = NULL;
  const char *p = text;

  for (glong column = 0; *p != '\0'; p = g_utf8_next_char (p), column++)
    {
      if (*p == ' ')
        last_blank = p;
      if (column >= columns && last_blank != NULL)
        return (gsize)(last_blank - text);
    }
  return strlen (text);
}

void
e13_terminal_line (const E13ReportOptions *options, guint indent, const char *label, const char *text, gboolean wrap)
{
  gboolean labelled = label != NULL && *label != '\0';
  guint start = indent + (labelled ? LABEL_COLUMNS : 0);
  glong columns = options->width > start + MIN_TEXT_COLUMNS ? (glong)(options->width - start) : MIN_TEXT_COLUMNS;

  fprintf (options->out, "%*s", (int)indent, "");
  if (labelled)
    e13_terminal_word (options, E13_INK_DIM, label, LABEL_COLUMNS);
  while (wrap && options->width > 0 && g_utf8_strlen (text, -1) > columns)
    {
      gsize bytes = bytes_that_fit (text, columns);

      if (text[bytes] == '\0')
        break;
      fprintf (options->out, "%.*s\n%*s", (int)bytes, text, (int)start, "");
      text += bytes + 1;
    }
  fprintf (options->out, "%s\n", text);
}

char *
e13_terminal_count (guint64 n, const char *one, const char *many)
{
  return g_strdup_printf ("%" G_GUINT64_FORMAT " %s", n, n == 1 ? one : many);
}
