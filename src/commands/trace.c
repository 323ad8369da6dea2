/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* errno13 trace: what is refused to a running program, as it happens: strace looks, the readers of logs read. */

#include "commands/trace-run.h"

#include "base/error.h"
#include "base/quote.h"
#include "commands/commands.h"

static const E13CommandLine command_line = {
  .name = "trace",
  .arguments = "-p PID... | -- COMMAND...",
  .summary
  = "Watches processes, or runs COMMAND and watches it and all that it starts: each file that the system refuses "
    "or does not find is\nexplained as explain does. Needs strace.",
  .groups = E13_OPTIONS_WHO | E13_OPTIONS_REPORT,
};

static gboolean
parse_pids (char *const *words, GArray *pids, GError **error)
{
  for (gsize i = 0; words != NULL && words[i] != NULL; i++)
    {
      g_autofree char *shown = e13_quote_display (words[i]);
      guint64 number;
      guint32 pid;

      if (!g_ascii_string_to_unsigned (words[i], 10, 1, G_MAXINT32, &number, NULL))
        return e13_throw (error, E13_ERROR_USAGE, "-p takes the number of a process, which '%s' is not", shown);
      pid = (guint32)number;
      g_array_append_val (pids, pid);
    }
  return TRUE;
}

static gboolean
check_options (const E13Options *options, const GArray *pids, gboolean allow_root, GError **error)
{
  gboolean has_command = options->arguments != NULL && options->arguments[0] != NULL;

  if (options->reporter->denial == NULL)
    return e13_throw (error, E13_ERROR_USAGE, "trace has no --format=%s", options->reporter->name);
  if (has_command == (pids->len > 0))
    return e13_throw (error, E13_ERROR_USAGE, "%s: either -p PID, or -- COMMAND (see errno13 trace --help)",
                      has_command ? "both a process and a command are given" : "nothing is given to watch");
  if (pids->len > 0 && (options->as != NULL || allow_root))
    return e13_throw (error, E13_ERROR_USAGE, "%s is for a command: a process that runs is somebody already",
                      options->as != NULL ? "--as" : "--allow-root");
  if (options->pool != NULL || options->as_sid != NULL || options->apphost != NULL)
    return e13_throw (error, E13_ERROR_USAGE, "there is no strace on Windows: trace takes --as alone");
  return TRUE;
}

int
e13_command_trace (const E13ReadOps *ops, int argc, char **argv)
{
  g_auto (E13Options) options = { 0 };
  g_auto (GStrv) words = NULL;
  g_autoptr (GArray) pids = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (GError) error = NULL;
  gboolean allow_root = FALSE;
  E13TraceRequest request;
  int status;
  const GOptionEntry own[] = {
    { "pid", 'p', 0, G_OPTION_ARG_STRING_ARRAY, &words, "Watch this process and its children; may be repeated", "PID" },
    { "allow-root", 0, 0, G_OPTION_ARG_NONE, &allow_root, "Run the command as root, if that is who we are", NULL },
    G_OPTION_ENTRY_NULL,
  };

  if (!e13_options_parse (&options, &command_line, own, argc, argv, &error) || !parse_pids (words, pids, &error)
      || !check_options (&options, pids, allow_root, &error))
    return e13_command_fail (error);
  request = (E13TraceRequest){ &options, pids, options.arguments, allow_root };
  status = e13_trace_run (ops, &request, &error);
  return error != NULL ? e13_command_fail (error) : status;
}
