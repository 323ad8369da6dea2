/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "platform/win32/names.h"

#include <string.h>

#define MAX_BYTES_A_UNIT 3 /* a pair of two units takes four */

static gboolean
is_high (guint32 unit)
{
  return unit >= 0xd800 && unit <= 0xdbff;
}

static gboolean
is_low (guint32 unit)
{
  return unit >= 0xdc00 && unit <= 0xdfff;
}

/* g_unichar_to_utf8() writes surrogates like any other number of three bytes. */
char *
e13_win32_from_utf16 (const gunichar2 *units, gsize length)
{
  char *text = g_malloc (length * MAX_BYTES_A_UNIT + 1);
  gsize n = 0;

  for (gsize i = 0; i < length; i++)
    {
      guint32 c = units[i];

      if (is_high (c) && i + 1 < length && is_low (units[i + 1]))
        c = 0x10000 + ((c - 0xd800) << 10) + (units[++i] - 0xdc00u);
      n += (gsize)g_unichar_to_utf8 (c, text + n);
    }
  text[n] = '\0';
  return g_realloc (text, n + 1);
}

/* The surrogate that stands at @text, or 0. */
static guint32
surrogate_at (const guint8 *text)
{
  if (text[0] != 0xed || (text[1] & 0xe0) != 0xa0 || (text[2] & 0xc0) != 0x80)
    return 0;
  return 0xd000u | (text[1] & 0x3fu) << 6 | (text[2] & 0x3fu);
}

gunichar2 *
e13_win32_to_utf16 (const char *text, gsize *ret_length)
{
  g_autofree gunichar2 *units = g_new (gunichar2, strlen (text) + 1);
  gboolean after_lone_high = FALSE;
  gsize n = 0;

  while (*text != '\0')
    {
      gunichar c = g_utf8_get_char_validated (text, -1);
      guint32 lone = (gint32)c < 0 ? surrogate_at ((const guint8 *)text) : 0;

      if (((gint32)c < 0 && lone == 0) || (after_lone_high && is_low (lone)))
        return NULL;
      after_lone_high = is_high (lone);
      if (lone != 0)
        units[n++] = (gunichar2)lone;
      else if (c < 0x10000)
        units[n++] = (gunichar2)c;
      else
        {
          units[n++] = (gunichar2)(0xd800 + ((c - 0x10000) >> 10));
          units[n++] = (gunichar2)(0xdc00 + ((c - 0x10000) & 0x3ff));
        }
      text += lone != 0 ? 3 : g_utf8_skip[(guint8)*text];
    }
  units[n] = 0;
  *ret_length = n;
  return g_steal_pointer (&units);
}

gboolean
e13_win32_is_name (const char *name)
{
  return *name != '\0' && strpbrk (name, "/\\:") == NULL && strcmp (name, ".") != 0 && strcmp (name, "..") != 0;
}
