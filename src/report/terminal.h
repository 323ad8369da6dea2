/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Terminal: paragraphs wrapped to its width, words in colour. */

#pragma once

#include "report/report.h"

typedef enum
{
  E13_INK_PLAIN,
  E13_INK_BAD,
  E13_INK_UNSURE,
  E13_INK_GOOD,
  E13_INK_DIM,
  E13_INK_BOLD,
} E13Ink;

/* @text in @ink, padded with blanks to @columns. */
void e13_terminal_word (const E13ReportOptions *options, E13Ink ink, const char *text, guint columns);

/* "    because  TEXT" as a paragraph of its own: @label in its column, @text beside it and wrapped there; @label NULL
 * or "": the text takes the whole line after the indent. @wrap FALSE for what will be pasted. */
void e13_terminal_line (const E13ReportOptions *options, guint indent, const char *label, const char *text,
                        gboolean wrap);

/* "1 problem", "2 problems". Free with g_free(). */
char *e13_terminal_count (guint64 n, const char *one, const char *many);
