/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "commands/elevation.h"

#include "base/error.h"
#include "base/quote.h"

static char *
command_line (int argc, char *const *argv)
{
  GString *line = g_string_new ("errno13");

  for (int i = 0; i < argc; i++)
    {
      g_autofree char *word = e13_quote_cmd_word (argv[i]);
      g_autofree char *shown = e13_quote_windows (word);

      g_string_append_printf (line, " %s", shown);
    }
  return g_string_free (line, FALSE);
}

gboolean
e13_elevation_check (const E13ReadOps *ops, int argc, char *const *argv, GError **error)
{
  g_autofree char *again = NULL;

  if (ops->is_elevated == NULL || ops->is_elevated ())
    return TRUE;
  again = command_line (argc, argv);
  return e13_throw (error, E13_ERROR_USAGE,
                    "this needs an administrator's window: press Start, type cmd, choose \"Run as administrator\", and "
                    "give there: %s",
                    again);
}
