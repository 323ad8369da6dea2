/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* errno13 explain: may this account do that to this path, and which entry says so? */

#include "commands/commands.h"

#include "base/error.h"
#include "base/quote.h"
#include "commands/run.h"
#include "commands/watch.h"
#include "explain/path.h"

static const E13CommandLine command_line = {
  .name = "explain",
  .arguments = "PATH...",
  .summary = "Shows what decides, from / down, whether the account may do that to PATH. Changes nothing.",
  .groups = E13_OPTIONS_WHO | E13_OPTIONS_REPORT | E13_OPTIONS_LIST,
};

/* The wants of --want, each once and in the order given; read where there is none. */
static GArray *
parse_wants (char *const *words, GError **error)
{
  g_autoptr (GArray) wants = g_array_new (FALSE, FALSE, sizeof (E13Want));
  E13Want want = E13_WANT_READ;

  for (gsize i = 0; words != NULL && words[i] != NULL; i++)
    {
      g_autofree char *shown = e13_quote_display (words[i]);

      if (!e13_want_parse (words[i], &want))
        return e13_throw (error, E13_ERROR_USAGE, "unknown value '%s' for --want: read, write, run, create or delete",
                          shown),
               NULL;
      g_array_append_val (wants, want);
    }
  if (wants->len == 0)
    g_array_append_val (wants, want);
  return g_steal_pointer (&wants);
}

static int
explain (const E13ReadOps *ops, const E13Options *options, const E13Who *who, const char *path, E13Want want)
{
  E13ReportOptions report = e13_options_report (options, ops);
  g_autoptr (GError) error = NULL;
  g_auto (E13Who) here = { 0 };
  g_autoptr (E13Explanation) explanation = NULL;

  if (!e13_who_at_path (&here, who, path, &error)
      || (explanation = e13_explain_path (ops, path, here.app, want, who->ask_kernel, &error)) == NULL)
    return e13_command_fail (error);
  options->reporter->explanation (&report, explanation, here.app);
  return explanation->granted == E13_ANSWER_YES ? E13_EXIT_CLEAN : E13_EXIT_PROBLEMS;
}

static int
explain_all (const E13ReadOps *ops, const E13Options *options, const GArray *wants)
{
  g_auto (E13Who) who = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) paths = e13_options_paths (options, &error);
  const gint *cancelled = e13_watch_interrupts ();
  int worst = E13_EXIT_CLEAN;

  if (paths == NULL || !e13_who_find (&who, ops, options, &error))
    return e13_command_fail (error);
  for (guint i = 0; i < paths->len; i++)
    for (guint j = 0; j < wants->len; j++)
      {
        int status;

        if (g_atomic_int_get (cancelled) != 0)
          return E13_EXIT_TROUBLE;
        status = explain (ops, options, &who, paths->pdata[i], g_array_index (wants, E13Want, j));
        worst = MAX (worst, status);
      }
  return worst;
}

int
e13_command_explain (const E13ReadOps *ops, int argc, char **argv)
{
  g_auto (E13Options) options = { 0 };
  g_auto (GStrv) words = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) wants = NULL;
  const GOptionEntry own[] = {
    { "want", 0, 0, G_OPTION_ARG_STRING_ARRAY, &words, "What is to be done (default: read); may be repeated",
      "read|write|run|create|delete" },
    G_OPTION_ENTRY_NULL,
  };

  if (!e13_options_parse (&options, &command_line, own, argc, argv, &error)
      || (wants = parse_wants (words, &error)) == NULL)
    return e13_command_fail (error);
  if (options.reporter->explanation == NULL)
    {
      e13_throw (&error, E13_ERROR_USAGE, "explain has no --format=%s", options.reporter->name);
      return e13_command_fail (error);
    }
  return explain_all (ops, &options, wants);
}
