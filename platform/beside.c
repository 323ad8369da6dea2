/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "platform/beside.h"

#include <string.h>

#define N_DIGITS 16

char *
e13_beside_name (const char *name, GBytes *before, GBytes *after)
{
  g_autofree char *of_before = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, before);
  g_autofree char *of_after = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, after);
  gboolean is_in_order = strcmp (of_before, of_after) < 0;
  g_autofree char *all
      = g_strconcat (is_in_order ? of_before : of_after, is_in_order ? of_after : of_before, name, NULL);
  g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, all, -1);

  return g_strdup_printf (".errno13-%.*s.config", N_DIGITS, sum);
}

char *
e13_beside_other_name (void)
{
  return g_strdup_printf (".errno13-%08x%08x.config", g_random_int (), g_random_int ());
}

static gboolean
is_begin_of (GBytes *content, GBytes *whole)
{
  gsize size = g_bytes_get_size (content);

  return size == 0
         || (size <= g_bytes_get_size (whole)
             && memcmp (g_bytes_get_data (content, NULL), g_bytes_get_data (whole, NULL), size) == 0);
}

gboolean
e13_beside_is_left_over (GBytes *content, GBytes *before, GBytes *after)
{
  return is_begin_of (content, before) || is_begin_of (content, after);
}
