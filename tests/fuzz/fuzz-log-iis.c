/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Logs and error pages of IIS, among all other families. */

#include "logs/reader.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
check (E13Failure *failure, gpointer data)
{
  guint64 *line = data;

  g_assert_nonnull (failure->family);
  g_assert_nonnull (failure->pattern);
  g_assert_true (failure->line >= 1);
  *line = failure->line;
  e13_failure_free (failure);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  guint64 line = 0;
  g_autoptr (E13LogReader) reader = e13_log_reader_new (check, &line);

  e13_log_reader_feed (reader, (const char *)data, size / 2);
  e13_log_reader_feed (reader, (const char *)data + size / 2, size - size / 2);
  e13_log_reader_end (reader);
  g_assert_true (line <= e13_log_reader_lines (reader) + 1);
  return 0;
}
