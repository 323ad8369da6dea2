/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "base/error.h"
#include "platform/snapshot/dump.h"

gboolean
e13_dump_is_sddl (const char *line)
{
  return line[0] != '\0' && strchr ("OGDS", line[0]) != NULL && line[1] == ':' && line[2] != '\\' && line[2] != '/';
}

static gboolean
is_end (char *const *lines)
{
  while (*lines != NULL && **lines == '\0')
    lines++;
  return *lines == NULL;
}

gboolean
e13_dump_read_icacls (E13Dump *dump, char *const *lines, GError **error)
{
  guint n = g_strv_length ((char **)lines);

  if (e13_dump_looks_printed (lines))
    return e13_dump_read_printed (dump, lines, error);
  /* Half a list of entries would read as a whole one. */
  if (n > 0 && *lines[n - 1] != '\0')
    return e13_throw (error, E13_ERROR_INPUT, "line %u: this line has no end: the dump ends in the middle", n);
  for (guint i = 0; !is_end (lines + i); i += 2)
    {
      if (e13_dump_is_sddl (lines[i]))
        return e13_throw (error, E13_ERROR_INPUT,
                          "line %u: a descriptor stands where a name should: a line is missing above", i + 1);
      if (is_end (lines + i + 1))
        return e13_throw (error, E13_ERROR_INPUT,
                          "line %u: no descriptor follows the name: the dump ends in the middle", i + 1);
      if (!e13_dump_is_sddl (lines[i + 1]))
        return e13_throw (error, E13_ERROR_INPUT,
                          "line %u: no descriptor (D:...): icacls /save writes one after each name", i + 2);
      if (!e13_dump_add (dump, lines[i], lines[i + 1], i + 1, error))
        return FALSE;
    }
  return TRUE;
}
