/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Key files as rows, with their line numbers.
 *
 * The syntax is that of GKeyFile, which is not used because it gives no line numbers, merges duplicates without a word,
 * takes the backslashes out of regular expressions and knows no brackets in a section's name. */

#pragma once

#include <glib.h>

typedef struct
{
  char *key;
  char *value; /* without the space around it; else as written */
  guint line;
} E13KeyLine;

typedef struct
{
  char *name;
  guint line;
  GArray *keys; /* of E13KeyLine, in file order, each key once */
} E13KeyGroup;

/* An array of E13KeyGroup *, in file order, each name once. A byte order mark and CRLF line ends are accepted.
 * NULL and @error (E13_ERROR_INPUT, "@origin:LINE: …") on what is no UTF-8, holds a NUL byte, is longer than 1 MiB, or
 * is neither group, key, comment nor empty line, and on a second group or key of the same name. */
GPtrArray *e13_keyfile_parse (const char *origin, const char *data, gsize size, GError **error);
