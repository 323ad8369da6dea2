/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "logs/needles.h"

#include <string.h>

/* A window as long as the shortest needle slides over the text. The last two bytes in it say how far it may slide: as
 * far as they are from the end of a window over the beginning of any needle. Where that is nothing, the needles that
 * have these two bytes there are compared. */
struct E13Needles
{
  const char *const *words;
  gsize n;
  gsize *lengths;
  gsize window;
  guint8 slide[65536];
  GHashTable *ends; /* pair of bytes → GArray of guint: indexes of needles */
};

static inline guint16
pair_at (const char *text)
{
  guint16 pair;

  memcpy (&pair, text, sizeof pair);
  return pair;
}

static void
add_end (E13Needles *needles, guint16 pair, guint index)
{
  GArray *indexes = g_hash_table_lookup (needles->ends, GUINT_TO_POINTER (pair));

  if (indexes == NULL)
    {
      indexes = g_array_new (FALSE, FALSE, sizeof (guint));
      g_hash_table_insert (needles->ends, GUINT_TO_POINTER (pair), indexes);
    }
  g_array_append_val (indexes, index);
}

E13Needles *
e13_needles_new (const char *const *words, gsize n)
{
  E13Needles *needles = g_new0 (E13Needles, 1);

  needles->words = words;
  needles->n = n;
  needles->lengths = g_new (gsize, n);
  needles->window = G_MAXUINT8;
  needles->ends = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify)g_array_unref);
  for (gsize i = 0; i < n; i++)
    {
      needles->lengths[i] = strlen (words[i]);
      g_assert (needles->lengths[i] >= E13_NEEDLE_SHORTEST);
      needles->window = MIN (needles->window, needles->lengths[i]);
    }
  memset (needles->slide, (int)needles->window - 1, sizeof needles->slide);
  for (guint i = 0; i < n; i++)
    {
      for (gsize j = 0; j + 2 <= needles->window; j++)
        {
          guint8 *slide = &needles->slide[pair_at (words[i] + j)];

          *slide = MIN (*slide, (guint8)(needles->window - 2 - j));
        }
      add_end (needles, pair_at (words[i] + needles->window - 2), i);
    }
  return needles;
}

void
e13_needles_free (E13Needles *needles)
{
  if (needles == NULL)
    return;
  g_hash_table_unref (needles->ends);
  g_free (needles->lengths);
  g_free (needles);
}

/* The needles that begin where the window that ends at @end does; marks them, or tells where the first one ends. */
static const char *
compare (const E13Needles *needles, const char *end, const char *limit, gboolean *marks)
{
  const char *begin = end - needles->window;
  const GArray *indexes = g_hash_table_lookup (needles->ends, GUINT_TO_POINTER (pair_at (end - 2)));

  for (guint i = 0; i < indexes->len; i++)
    {
      guint index = g_array_index (indexes, guint, i);
      gsize length = needles->lengths[index];

      if (length > (gsize)(limit - begin) || memcmp (begin, needles->words[index], length) != 0)
        continue;
      if (marks == NULL)
        return begin + length;
      marks[index] = TRUE;
    }
  return NULL;
}

static const char *
search (const E13Needles *needles, const char *text, gsize length, gboolean *marks)
{
  const char *limit = text + length;
  const char *end = text + needles->window;

  while (end <= limit)
    {
      guint8 slide = needles->slide[pair_at (end - 2)];
      const char *found;

      if (slide > 0)
        {
          end += slide;
          continue;
        }
      found = compare (needles, end, limit, marks);
      if (found != NULL)
        return found;
      end++;
    }
  return NULL;
}

const char *
e13_needles_find (const E13Needles *needles, const char *text, gsize length)
{
  return length >= needles->window ? search (needles, text, length, NULL) : NULL;
}

void
e13_needles_mark (const E13Needles *needles, const char *text, gsize length, gboolean *marks)
{
  memset (marks, 0, needles->n * sizeof *marks);
  if (length >= needles->window)
    search (needles, text, length, marks);
}
