/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The readers of logs: any bytes are a log. The first byte picks a family, or all of them; the second how the rest is
 * cut into pieces, which must not change what is found but for where a line is too long. */

#include <string.h>

#include "explain/denial.h"
#include "logs/errno-words.h"
#include "logs/reader.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
take (E13Failure *failure, gpointer data)
{
  g_autofree char *key = e13_failure_key (failure);
  g_autofree char *how = NULL;
  E13Whereabouts where = { .site = "/srv" };
  g_autofree char *place = e13_failure_place (failure, failure->path, &where, &how);

  g_assert_nonnull (failure->family);
  g_assert_nonnull (failure->pattern);
  g_assert_cmpint (failure->error, >=, 0);
  g_assert_cmpuint (failure->line, >, 0);
  g_assert_nonnull (e13_operation_name (failure->operation));
  g_assert_nonnull (e13_errno_text (failure->error));
  g_string_append_printf (data, "%s\n%s\n", key, place != NULL ? place : "");
  e13_failure_free (failure);
}

static GString *
read_in_pieces (const E13LogFamily *family, const char *text, gsize size, gsize piece)
{
  GString *found = g_string_new (NULL);
  g_autoptr (E13LogReader) reader = e13_log_reader_new (take, found);

  if (family != NULL)
    e13_log_reader_limit (reader, family);
  for (gsize i = 0; i < size; i += piece)
    e13_log_reader_feed (reader, text + i, MIN (piece, size - i));
  e13_log_reader_end (reader);
  return found;
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  const char *text = (const char *)data + 2;
  const E13LogFamily *family = NULL;
  g_autoptr (GString) at_once = NULL;
  g_autoptr (GString) in_pieces = NULL;

  if (size < 2)
    return 0;
  size -= 2;
  for (guint i = 0; e13_log_families[i] != NULL && i <= (guint)data[0] - 'a'; i++)
    family = e13_log_families[i];
  at_once = read_in_pieces (family, text, size, MAX (size, 1));
  in_pieces = read_in_pieces (family, text, size, (gsize)data[1] + 1);
  if (size < 16 * 1024)
    g_assert_cmpstr (at_once->str, ==, in_pieces->str);
  return 0;
}
