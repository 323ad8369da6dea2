/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* errno13 status: what a number means that a server, Windows or Unix answered with. */

#include "commands/commands.h"

#include "base/error.h"
#include "commands/options.h"
#include "iis/status-query.h"

static const E13CommandLine command_line = {
  .name = "status",
  .arguments = "[CODE...]",
  .summary
  = "Says what each CODE means, what mostly causes it, how errno13 can find out, and what to do. CODE is a "
    "status (404, 404.2), an HRESULT (0x8007000d, -2147024883), both (500.19 0x80070021), an error of Windows or "
    "an errno, by number or name, or the three numbers of a log of IIS (401 3 5). Without CODE: the list.",
  .groups = E13_OPTIONS_REPORT,
};

/* A negative number is no option. Free with g_strfreev(). */
static char **
without_dashes (int argc, char **argv)
{
  char **words = g_new0 (char *, (gsize)argc + 1);

  for (int i = 0; i < argc; i++)
    words[i] = g_strconcat (argv[i][0] == '-' && g_ascii_isdigit (argv[i][1]) ? " " : "", argv[i], NULL);
  return words;
}

int
e13_command_status (const E13ReadOps *ops, int argc, char **argv)
{
  g_auto (E13Options) options = { 0 };
  g_auto (GStrv) words = without_dashes (argc, argv);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) answers = NULL;
  E13ReportOptions report;

  if (!e13_options_parse (&options, &command_line, NULL, argc, words, &error))
    return e13_command_fail (error);
  if (options.reporter->status == NULL)
    {
      e13_throw (&error, E13_ERROR_USAGE, "status has no --format=%s", options.reporter->name);
      return e13_command_fail (error);
    }
  if (options.arguments != NULL && (answers = e13_status_ask ((const char *const *)options.arguments, &error)) == NULL)
    return e13_command_fail (error);
  report = e13_options_report (&options, ops);
  options.reporter->status (&report, answers);
  for (guint i = 0; answers != NULL && i < answers->len; i++)
    if (((E13StatusAnswer *)answers->pdata[i])->found->len == 0)
      return E13_EXIT_PROBLEMS;
  return E13_EXIT_CLEAN;
}
