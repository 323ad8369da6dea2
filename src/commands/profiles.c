/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* errno13 profiles: which applications are known, and what a profile says. */

#include "commands/commands.h"

#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/quote.h"
#include "commands/run.h"

static const E13CommandLine command_line = {
  .name = "profiles",
  .arguments = "[NAME]",
  .summary = "Lists the profiles, or prints that of NAME.",
};

static void
print_table (const GPtrArray *profiles)
{
  for (guint i = 0; i < profiles->len; i++)
    {
      const E13Profile *profile = profiles->pdata[i];
      g_autofree char *name = e13_quote_display (profile->name);
      g_autofree char *origin = e13_quote_display (profile->origin);

      printf ("%-16s %-24s %s\n", profile->id, name, origin);
    }
}

/* The built-in text of @id; FALSE where there is none. */
static gboolean
print_builtin (const char *id)
{
  const char *name;
  const char *data;
  gsize size;

  for (gsize i = 0; (name = e13_profile_builtin (i, &data, &size)) != NULL; i++)
    if (strcmp (name, id) == 0)
      {
        fwrite (data, 1, size, stdout);
        return TRUE;
      }
  return FALSE;
}

static gboolean
print_profile (const GPtrArray *profiles, const char *id, GError **error)
{
  const E13Profile *profile = e13_profiles_find (profiles, id);
  g_autofree char *shown = e13_quote_display (id);
  g_autofree char *text = NULL;
  gsize size;

  if (profile == NULL)
    return e13_throw (error, E13_ERROR_USAGE, "unknown profile '%s' (errno13 profiles lists them)", shown);
  if (strcmp (profile->origin, "built-in") == 0)
    return print_builtin (id) || e13_throw (error, E13_ERROR_FAILED, "cannot find the built-in profile '%s'", shown);
  if (!g_file_get_contents (profile->origin, &text, &size, error))
    return FALSE;
  fwrite (text, 1, size, stdout);
  return TRUE;
}

int
e13_command_profiles (const E13ReadOps *ops, int argc, char **argv)
{
  g_auto (E13Options) options = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) profiles = NULL;

  if (!e13_options_parse (&options, &command_line, NULL, argc, argv, &error)
      || (profiles = e13_run_profiles (ops, &error)) == NULL)
    return e13_command_fail (error);
  if (options.arguments == NULL)
    print_table (profiles);
  for (gsize i = 0; options.arguments != NULL && options.arguments[i] != NULL; i++)
    if (!print_profile (profiles, options.arguments[i], &error))
      return e13_command_fail (error);
  return E13_EXIT_CLEAN;
}
