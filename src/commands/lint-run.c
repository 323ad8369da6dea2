/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "commands/lint-run.h"

#include "base/error.h"
#include "base/quote.h"
#include "iis/files.h"

void
e13_lint_run_clear (E13LintRun *run)
{
  if (run->tree != NULL)
    run->ops->close_tree (run->tree);
  e13_options_clear (&run->options);
  g_free (run->site);
  g_free (run->machine_file);
  e13_iis_server_free (run->server);
  e13_lint_machine_free (run->machine);
}

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
read_machine (E13LintRun *run, const E13ReadOps *host, GError **error)
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
read_server (E13LintRun *run, const E13ReadOps *host, GError **error)
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
open_tree (E13LintRun *run, const E13ReadOps *host, GError **error)
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

gboolean
e13_lint_run_begin (E13LintRun *run, const E13ReadOps *host, GError **error)
{
  return read_machine (run, host, error) && read_server (run, host, error) && open_tree (run, host, error);
}

E13LintRequest
e13_lint_run_request (const E13LintRun *run)
{
  const char *root = run->options.root;

  return (E13LintRequest){
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
}
