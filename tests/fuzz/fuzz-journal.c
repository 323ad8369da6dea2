/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The journal's parser: any bytes are a journal or an error, and a journal that was read can be written and read
 * again. The first byte says whether the checksums are made right first, so that a fuzzer gets past them. */

#include <stdio.h>
#include <string.h>

#include "repair/journal-format.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static const char sum_line[] = "# checksum: ";

/* @text with the right sum in each line that holds one. */
static GString *
seal (const char *text, gsize length)
{
  GString *out = g_string_new (NULL);
  gsize start = 0;
  E13JournalSum sum;
  gboolean first = TRUE;

  while (length > 0)
    {
      const char *end = memchr (text, '\n', length);
      gsize line = end != NULL ? (gsize)(end - text) + 1 : length;

      if (line > strlen (sum_line) && memcmp (text, sum_line, strlen (sum_line)) == 0)
        {
          sum = e13_journal_sum (first ? NULL : &sum, out->str + start, out->len - start);
          first = FALSE;
          g_string_append_printf (out, "%s%s\n", sum_line, sum.hex);
          start = out->len;
        }
      else
        g_string_append_len (out, text, (gssize)line);
      text += line;
      length -= line;
    }
  return out;
}

static E13Journal *
parse (const char *text, gsize length, GError **error)
{
  FILE *in = length > 0 ? fmemopen ((char *)text, length, "r") : fopen ("/dev/null", "r");
  E13Journal *journal = e13_journal_parse (in, "fuzz", FALSE, error);

  fclose (in);
  return journal;
}

static void
write_and_read_again (const E13Journal *journal)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (E13Journal) again = NULL;
  E13JournalSum sum;

  e13_journal_append_header (out, journal, journal->changes->len, &sum);
  for (guint i = 0; i < journal->changes->len; i++)
    e13_journal_append_record (out, journal->site, journal->changes->pdata[i], &sum);
  again = parse (out->str, out->len, NULL);
  g_assert_nonnull (again);
  g_assert_cmpuint (again->changes->len, ==, journal->changes->len);
  for (guint i = 0; i < journal->changes->len; i++)
    {
      const E13Change *a = journal->changes->pdata[i];
      const E13Change *b = again->changes->pdata[i];

      g_assert_cmpstr (a->path, ==, b->path);
      g_assert_true (e13_attributes_equal (&a->before, &b->before));
      g_assert_true (e13_attributes_equal (&a->after, &b->after));
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  const char *text = (const char *)data;
  g_autoptr (GString) sealed = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (E13Journal) journal = NULL;

  if (size > 0 && text[0] == '!')
    {
      sealed = seal (text + 1, size - 1);
      journal = parse (sealed->str, sealed->len, &error);
    }
  else
    journal = parse (text, size, &error);
  g_assert_true ((journal == NULL) == (error != NULL));
  if (journal != NULL)
    write_and_read_again (journal);
  return 0;
}
