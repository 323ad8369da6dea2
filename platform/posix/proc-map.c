/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "platform/posix/proc-map.h"

#include <string.h>

static gboolean
read_row (const char *line, guint64 numbers[3])
{
  g_auto (GStrv) words = g_strsplit_set (line, " \t", -1);
  guint n = 0;

  for (gsize i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0'
        && (n >= 3 || !g_ascii_string_to_unsigned (words[i], 10, 0, G_MAXUINT32, &numbers[n++], NULL)))
      return FALSE;
  return n == 3;
}

gboolean
e13_proc_map_inside (const char *text, guint32 outside, guint32 *ret_inside)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (gsize i = 0; lines[i] != NULL; i++)
    {
      guint64 row[3];

      if (read_row (lines[i], row) && outside >= row[1] && outside - row[1] < row[2]
          && row[0] + (outside - row[1]) < G_MAXUINT32)
        {
          *ret_inside = (guint32)(row[0] + (outside - row[1]));
          return TRUE;
        }
    }
  return FALSE;
}

static char *
unit_in (const char *path)
{
  static const char slice[] = "/system.slice/";
  g_auto (GStrv) parts = NULL;

  if (!g_str_has_prefix (path, slice))
    return NULL;
  parts = g_strsplit (path + strlen (slice), "/", -1);
  for (gsize i = 0; parts[i] != NULL; i++)
    if (g_str_has_suffix (parts[i], ".service") || g_str_has_suffix (parts[i], ".scope"))
      return g_strdup (parts[i]);
    else if (!g_str_has_suffix (parts[i], ".slice"))
      return NULL;
  return NULL;
}

char *
e13_proc_unit (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  char *unit = NULL;

  for (gsize i = 0; unit == NULL && lines[i] != NULL; i++)
    {
      g_auto (GStrv) fields = g_strsplit (lines[i], ":", 3);

      if (g_strv_length (fields) == 3)
        unit = unit_in (fields[2]);
    }
  return unit;
}
