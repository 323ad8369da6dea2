/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "base/error.h"
#include "platform/snapshot/dump.h"

#define BYTE_ORDER_MARK 0xfeff

static guint
count_lines (const char *text, gsize size)
{
  guint n = 1;

  for (gsize i = 0; i < size; i++)
    n += text[i] == '\n';
  return n;
}

static gunichar2
unit_at (const char *bytes, gsize index, gboolean is_big)
{
  guint8 first = (guint8)bytes[2 * index], second = (guint8)bytes[2 * index + 1];

  return is_big ? (gunichar2)(first << 8 | second) : (gunichar2)(second << 8 | first);
}

static char *
decode_utf16 (const char *bytes, gsize size, gboolean is_big, GError **error)
{
  gsize n = size / 2, skip = 0;
  g_autofree gunichar2 *units = g_new (gunichar2, n + 1);
  char *text;
  glong n_read = 0;
  guint line = 1;

  for (gsize i = 0; i < n; i++)
    units[i] = unit_at (bytes, i, is_big);
  if (n > 0 && units[0] == BYTE_ORDER_MARK)
    skip = 1;
  text = g_utf16_to_utf8 (units + skip, (glong)(n - skip), &n_read, NULL, NULL);
  if (text != NULL && (gsize)n_read == n - skip && size % 2 == 0)
    return text;
  for (gsize i = skip; i < skip + (gsize)n_read; i++)
    line += units[i] == '\n';
  if (text != NULL && (gsize)n_read == n - skip)
    e13_throw (error, E13_ERROR_INPUT, "line %u: the dump ends in the middle of a character", line);
  else
    e13_throw (error, E13_ERROR_INPUT, "line %u: this is not UTF-16", line);
  g_free (text);
  return NULL;
}

/* UTF-16 without a mark: ASCII, of which each SDDL is made, has a zero in every other byte. */
static gboolean
zeros_are_first (const char *bytes, gsize size)
{
  gsize n_first = 0, n_second = 0;

  for (gsize i = 0; i + 1 < size; i += 2)
    {
      n_first += bytes[i] == '\0';
      n_second += bytes[i + 1] == '\0';
    }
  return n_first > n_second;
}

char *
e13_dump_decode (const char *bytes, gsize size, GError **error)
{
  const char *end = NULL;

  if (size >= 2 && (guint8)bytes[0] == 0xff && (guint8)bytes[1] == 0xfe)
    return decode_utf16 (bytes, size, FALSE, error);
  if (size >= 2 && (guint8)bytes[0] == 0xfe && (guint8)bytes[1] == 0xff)
    return decode_utf16 (bytes, size, TRUE, error);
  if (size > 0 && memchr (bytes, '\0', size) != NULL)
    return decode_utf16 (bytes, size, zeros_are_first (bytes, size), error);
  if (size >= 3 && memcmp (bytes, "\xef\xbb\xbf", 3) == 0)
    {
      bytes += 3;
      size -= 3;
    }
  if (!g_utf8_validate (bytes, (gssize)size, &end))
    return e13_throw (error, E13_ERROR_INPUT,
                      "line %u: this is neither UTF-8 nor UTF-16 (what a console redirects is in its own "
                      "code page: chcp 65001 before that, or save it as UTF-8)",
                      count_lines (bytes, (gsize)(end - bytes))),
           NULL;
  return g_strndup (bytes, size);
}
