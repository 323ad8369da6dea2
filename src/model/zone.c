/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "model/zone.h"

#include <string.h>

#define MOST_BYTES 4096

int
e13_zone_of_stream (GBytes *stream)
{
  static const char key[] = "ZoneId=";
  gsize size;
  const char *data = g_bytes_get_data (stream, &size); /* NULL where the stream is empty */
  g_autofree char *text = g_strndup (data != NULL ? data : "", MIN (size, MOST_BYTES));
  const char *found = strstr (text, key);

  if (found == NULL || !g_ascii_isdigit (found[strlen (key)]))
    return E13_ZONE_UNSAID;
  return g_ascii_digit_value (found[strlen (key)]);
}
