/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The lines of a journal, taken one after another, each piece of them with its checksum. Private to src/repair. */

#pragma once

#include <stdio.h>

#include "repair/journal-format.h"

typedef struct
{
  FILE *in;   /* the caller's */
  char *name; /* for messages; the lines' own */
  char *line; /* the one to be taken next, without its newline */
  size_t line_size;
  guint64 number; /* of the line */
  gboolean ended; /* there is no line */
  gboolean torn;  /* the line has no newline: the file was cut off in it */
  GString *piece; /* what was taken since the last checksum; the lines' own */
  E13JournalSum sum;
  gboolean has_sum;
} E13Lines;

void e13_lines_clear (E13Lines *lines);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (E13Lines, e13_lines_clear)

/* Both set @error (E13_ERROR_INPUT, with the line) and return FALSE. */
gboolean e13_lines_fail (const E13Lines *lines, GError **error, const char *format, ...) G_GNUC_PRINTF (3, 4);
gboolean e13_lines_fail_expecting (const E13Lines *lines, const char *expected, GError **error);

/* Fetches the first line. The end of the file is no error. */
gboolean e13_lines_fetch (E13Lines *lines, GError **error);
/* Takes the line, and fetches the next. */
gboolean e13_lines_take (E13Lines *lines, GError **error);

/* Is the line whole, and does it begin with @prefix? */
gboolean e13_lines_see (const E13Lines *lines, const char *prefix);
/* The value of the line, which must be "# KEY: VALUE": owned by the lines until it is taken; NULL and @error where it
 * is another. */
const char *e13_lines_see_value (const E13Lines *lines, const char *prefix, GError **error);

/* Take the line that begins with @prefix, for its value. NULL or FALSE, and @error, where it is another. */
char *e13_lines_take_quoted (E13Lines *lines, const char *prefix, GError **error);
gboolean e13_lines_take_number (E13Lines *lines, const char *prefix, guint32 *ret_number, GError **error);
/* Takes the line with the checksum of what was taken since the last one. */
gboolean e13_lines_take_sum (E13Lines *lines, GError **error);
