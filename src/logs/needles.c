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
  guint8 heads[8192];   /* a bit for each hash that the first four bytes of a needle have */
  guint16 chain[65536]; /* pair of bytes → the first of its Ends; 0: none */
  GArray *ends;         /* of End */
};

/* A needle, by the beginning of it. */
typedef struct
{
  guint32 head;
  guint needle;
  guint16 next; /* with the same pair; 0: none */
} End;

static inline guint16
pair_at (const char *text)
{
  guint16 pair;

  memcpy (&pair, text, sizeof pair);
  return pair;
}

static inline guint32
head_at (const char *text)
{
  guint32 head;

  memcpy (&head, text, sizeof head);
  return head;
}

static inline guint
hash_of (guint32 head)
{
  return (head * 2654435761u) >> 16;
}

/* May a needle begin there? */
static inline gboolean
may_begin (const E13Needles *needles, const char *begin)
{
  guint hash = hash_of (head_at (begin));

  return (needles->heads[hash >> 3] >> (hash & 7) & 1) != 0;
}

static void
add_end (E13Needles *needles, guint16 pair, guint index)
{
  End end = { head_at (needles->words[index]), index, needles->chain[pair] };

  needles->heads[hash_of (end.head) >> 3] |= (guint8)(1 << (hash_of (end.head) & 7));
  needles->chain[pair] = (guint16)needles->ends->len;
  g_array_append_val (needles->ends, end);
}

E13Needles *
e13_needles_new (const char *const *words, gsize n)
{
  E13Needles *needles = g_new0 (E13Needles, 1);

  needles->words = words;
  needles->n = n;
  needles->lengths = g_new (gsize, n);
  needles->window = G_MAXUINT8;
  needles->ends = g_array_new (FALSE, TRUE, sizeof (End));
  g_array_set_size (needles->ends, 1);
  g_assert (n < G_MAXUINT16);
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
  g_array_unref (needles->ends);
  g_free (needles->lengths);
  g_free (needles);
}

/* The needles that begin where the window that ends at @end does; marks them, or tells where the first one ends. */
static const char *
compare (const E13Needles *needles, const char *end, const char *limit, gboolean *marks)
{
  const char *begin = end - needles->window;
  guint32 head = head_at (begin);

  for (guint16 at = needles->chain[pair_at (end - 2)]; at != 0;)
    {
      const End *row = &g_array_index (needles->ends, End, at);
      gsize length = needles->lengths[row->needle];

      at = row->next;
      if (row->head != head || length > (gsize)(limit - begin) || memcmp (begin, needles->words[row->needle], length) != 0)
        continue;
      if (marks == NULL)
        return begin + length;
      marks[row->needle] = TRUE;
    }
  return NULL;
}

/* Those whose first window ends at @stop or before. */
static const char *
search (const E13Needles *needles, const char *text, const char *stop, const char *limit, gboolean *marks)
{
  const char *end = text + needles->window;

  while (end <= stop)
    {
      guint8 slide = needles->slide[pair_at (end - 2)];
      const char *found;

      end += slide;
      if (slide > 0 || end > stop)
        continue;
      found = may_begin (needles, end - needles->window) ? compare (needles, end, limit, marks) : NULL;
      if (found != NULL)
        return found;
      end++;
    }
  return NULL;
}

/* ---- Faster, where there is nothing ---------------------------------------------------------- */

/* Each step of a search waits for the one before it, twice for memory. So a block is searched from four places at once,
 * only to tell that there is nothing in it. */
#define STREAMS 4
#define BLOCK (16 * 1024)
/* Searched first: where needles are many, blocks are not worth it. */
#define NEAR 512

static inline gboolean
is_here (const E13Needles *needles, const char **end, const char *limit)
{
  if (needles->slide[pair_at (*end - 2)] == 0 && may_begin (needles, *end - needles->window)
      && compare (needles, *end, limit, NULL) != NULL)
    return TRUE;
  ++*end;
  return FALSE;
}

/* Does any needle's first window end in the BLOCK bytes from @begin on? */
static gboolean
block_has_any (const E13Needles *needles, const char *begin, const char *limit)
{
  const char *at[STREAMS];
  const char *stop[STREAMS];
  const guint8 *slide = needles->slide;

  for (guint i = 0; i < STREAMS; i++)
    {
      at[i] = begin + i * (BLOCK / STREAMS);
      stop[i] = at[i] + BLOCK / STREAMS;
    }
  while (at[0] < stop[0] && at[1] < stop[1] && at[2] < stop[2] && at[3] < stop[3])
    {
      guint8 a = slide[pair_at (at[0] - 2)];
      guint8 b = slide[pair_at (at[1] - 2)];
      guint8 c = slide[pair_at (at[2] - 2)];
      guint8 d = slide[pair_at (at[3] - 2)];

      at[0] += a;
      at[1] += b;
      at[2] += c;
      at[3] += d;
      if (a != 0 && b != 0 && c != 0 && d != 0)
        continue;
      if ((a == 0 && is_here (needles, &at[0], limit)) || (b == 0 && is_here (needles, &at[1], limit))
          || (c == 0 && is_here (needles, &at[2], limit)) || (d == 0 && is_here (needles, &at[3], limit)))
        return TRUE;
    }
  for (guint i = 0; i < STREAMS; i++)
    while (at[i] < stop[i])
      {
        guint8 step = slide[pair_at (at[i] - 2)];

        at[i] += step;
        if (step == 0 && is_here (needles, &at[i], limit))
          return TRUE;
      }
  return FALSE;
}

const char *
e13_needles_find (const E13Needles *needles, const char *text, gsize length)
{
  const char *limit = text + length;
  const char *found = NULL;

  if (length < needles->window)
    return NULL;
  if (length < NEAR + needles->window + BLOCK)
    return search (needles, text, limit, limit, NULL);
  found = search (needles, text, text + NEAR + needles->window, limit, NULL);
  if (found != NULL)
    return found;
  for (text += NEAR; (gsize)(limit - text) >= needles->window + BLOCK; text += BLOCK)
    if (block_has_any (needles, text + needles->window, limit))
      break;
  return search (needles, text, limit, limit, NULL);
}

void
e13_needles_mark (const E13Needles *needles, const char *text, gsize length, gboolean *marks)
{
  memset (marks, 0, needles->n * sizeof *marks);
  if (length >= needles->window)
    search (needles, text, text + length, text + length, marks);
}
