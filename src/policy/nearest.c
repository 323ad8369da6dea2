/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "policy/nearest.h"

#include <string.h>

/* Longer words are compared by their beginnings. */
#define MAX_LENGTH 32

static gboolean
same_letter (char a, char b)
{
  return g_ascii_tolower (a) == g_ascii_tolower (b);
}

/* The optimal string alignment distance. */
static guint
distance (const char *a, const char *b)
{
  gsize rows = MIN (strlen (a), MAX_LENGTH);
  gsize columns = MIN (strlen (b), MAX_LENGTH);
  guint cost[MAX_LENGTH + 1][MAX_LENGTH + 1];

  for (guint i = 0; i <= rows; i++)
    for (guint j = 0; j <= columns; j++)
      {
        if (i == 0 || j == 0)
          {
            cost[i][j] = i + j;
            continue;
          }
        cost[i][j] = cost[i - 1][j - 1] + (same_letter (a[i - 1], b[j - 1]) ? 0 : 1);
        cost[i][j] = MIN (cost[i][j], MIN (cost[i - 1][j], cost[i][j - 1]) + 1);
        if (i > 1 && j > 1 && same_letter (a[i - 1], b[j - 2]) && same_letter (a[i - 2], b[j - 1]))
          cost[i][j] = MIN (cost[i][j], cost[i - 2][j - 2] + 1);
      }
  return cost[rows][columns];
}

const char *
e13_nearest (const char *word, const char *const *words)
{
  const char *nearest = words[0];

  for (gsize i = 1; words[i] != NULL; i++)
    if (distance (word, words[i]) < distance (word, nearest))
      nearest = words[i];
  return nearest;
}

const char *
e13_nearest_if_near (const char *word, const char *const *words)
{
  const char *nearest = words[0] != NULL ? e13_nearest (word, words) : NULL;
  guint most = (guint)MAX (1, MIN (strlen (word), MAX_LENGTH) / 3);

  return nearest != NULL && distance (word, nearest) <= most ? nearest : NULL;
}
