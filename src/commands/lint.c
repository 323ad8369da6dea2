/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* errno13 lint: which HTTP errors the configuration of IIS will answer with, and why. Changes nothing. */

#include "commands/commands.h"

#include "base/error.h"
#include "base/quote.h"
#include "commands/options.h"
#include "iis/files.h"
#include "iis/lint-site.h"

static const E13CommandLine command_line = {
  .name = "lint",
  .arguments = "[PATH]",
  .summary
  = "Finds what in the settings of IIS makes the site in PATH answer with an error: on Windows in those of the "
    "machine, elsewhere in copies. Changes nothing.",
  .groups = E13_OPTIONS_REPORT | E13_OPTIONS_LINT,
};

typedef struct
{
  E13Options options;
  char *site;
  char *machine_file;
  const E13ReadOps *ops;
  E13IisServer *server;
  gboolean is_unreadable; /* the machine's own settings are there, and not for this account */
  E13LintMachine *machine;
  E13Tree *tree;
} Run;

static void
run_clear (Run *run)
{
  if (run->tree != NULL)
    run->ops->close_tree (run->tree);
  e13_options_clear (&run->options);
  g_free (run->site);
  g_free (run->machine_file);
  e13_iis_server_free (run->server);
  e13_lint_machine_free (run->machine);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Run, run_clear)

/* ---- What is read ---------------------------------------------------------------------------- */

static char *
read_argument (const char *path, gsize *ret_size, GError **error)
{
  g_autofree char *shown = e13_quote_path (path);
  g_autoptr (GError) cause = NULL;
  char *text = NULL;

  if (g_file_get_contents (path, &text, ret_size, &cause))
    return text;
  e13_throw (error, E13_ERROR_INPUT, "cannot read '%s': %s", shown,
             g_strrstr (cause->message, ": ") != NULL ? g_strrstr (cause->message, ": ") + 2 : cause->message);
  return NULL;
}

static gboolean
read_machine (Run *run, const E13ReadOps *host, GError **error)
{
  g_autofree char *text = NULL;
  g_autofree char *origin = NULL;
  gsize size = 0;

  if (run->machine_file == NULL)
    {
      /* Copies are of another machine, even on Windows. */
      run->machine
          = host->is_windows && run->options.apphost == NULL ? e13_lint_machine_here (host) : e13_lint_machine_new ();
      return TRUE;
    }
  text = read_argument (run->machine_file, &size, error);
  origin = e13_quote_path (run->machine_file);
  run->machine = text != NULL ? e13_lint_machine_parse (origin, text, size, error) : NULL;
  return run->machine != NULL;
}

static gboolean
read_server (Run *run, const E13ReadOps *host, GError **error)
{
  const char *windir = g_getenv ("windir");
  g_autofree char *text = NULL;
  g_autofree char *origin = NULL;
  E13IisState state = E13_IIS_ABSENT;
  gsize size = 0;

  if (run->options.apphost == NULL)
    {
      if (host->is_windows
          && !e13_iis_find_server (host, windir != NULL ? windir : "C:\\Windows", &state, &run->server, error))
        return FALSE;
      run->is_unreadable = state == E13_IIS_UNREADABLE;
      return TRUE;
    }
  text = read_argument (run->options.apphost, &size, error);
  origin = e13_quote_path (run->options.apphost);
  run->server = text != NULL
                    ? e13_iis_server_parse (origin, text, size, e13_lint_machine_variables (run->machine), error)
                    : NULL;
  return run->server != NULL;
}

/* On Linux a tree may have descriptors of Windows, or be a plain copy. */
static gboolean
open_tree (Run *run, const E13ReadOps *host, GError **error)
{
  const char *path = run->options.arguments != NULL ? run->options.arguments[0] : NULL;

  run->ops = host;
  if (path == NULL)
    return TRUE;
  if (!host->is_windows && (run->tree = e13_host_foreign_read->open_tree (path, NULL)) != NULL)
    run->ops = e13_host_foreign_read;
  else
    run->tree = host->open_tree (path, error);
  return run->tree != NULL;
}

/* ---- What is said ---------------------------------------------------------------------------- */

static int
lint (Run *run, GError **error)
{
  const char *root = run->options.root;
  const E13LintRequest request = {
    .server = run->server,
    .place = run->site,
    .path = root != NULL                                                                 ? root
            : run->tree != NULL && run->tree->is_windows && run->options.apphost == NULL ? run->tree->path
                                                                                         : NULL,
    .shown = run->tree != NULL ? run->options.arguments[0] : NULL,
    .ops = run->tree != NULL ? run->ops : NULL,
    .tree = run->tree,
    .machine = run->machine,
  };
  g_autoptr (E13LintSite) site = e13_lint_site_new (&request, error);
  g_autoptr (E13Lint) found = NULL;
  g_autofree char *about = NULL;
  E13ReportOptions report;
  E13LintReport said;

  if (site == NULL)
    return E13_EXIT_TROUBLE;
  found = e13_lint_site (site);
  about = e13_lint_site_describe (site);
  report = e13_options_report (&run->options, run->ops);
  said = (E13LintReport){ .shown = request.shown, .about = about, .lint = found, .n_files = site->files->len };
  run->options.reporter->lint (&report, &said);
  return found->findings->len + found->unknowns->len > 0 ? E13_EXIT_PROBLEMS : E13_EXIT_CLEAN;
}

static gboolean
check_arguments (const Run *run, GError **error)
{
  char **arguments = run->options.arguments;

  if (run->options.reporter->lint == NULL)
    return e13_throw (error, E13_ERROR_USAGE, "lint has no --format=%s", run->options.reporter->name);
  if (arguments != NULL && arguments[1] != NULL)
    return e13_throw (error, E13_ERROR_USAGE, "lint takes one PATH: run it once for each");
  return TRUE;
}

int
e13_command_lint (const E13ReadOps *ops, int argc, char **argv)
{
  g_auto (Run) run = { 0 };
  g_autoptr (GError) error = NULL;
  const GOptionEntry own[] = {
    { "site", 0, 0, G_OPTION_ARG_FILENAME, &run.site, "Which site or application of the server, as IIS names it",
      "NAME" },
    { "machine", 0, 0, G_OPTION_ARG_FILENAME, &run.machine_file, "What else is known of the machine of the copies",
      "FILE" },
    G_OPTION_ENTRY_NULL,
  };
  int status;

  if (!e13_options_parse (&run.options, &command_line, own, argc, argv, &error) || !check_arguments (&run, &error)
      || !read_machine (&run, ops, &error) || !read_server (&run, ops, &error) || !open_tree (&run, ops, &error))
    return e13_command_fail (error);
  status = lint (&run, &error);
  return error != NULL ? e13_command_fail (error) : status;
}
