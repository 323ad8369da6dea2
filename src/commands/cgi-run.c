/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "commands/cgi.h"

#include <string.h>

#include "base/error.h"
#include "base/quote.h"
#include "cgi/request.h"
#include "commands/commands.h"
#include "commands/run.h"
#include "commands/watch.h"

#define MAX_SOURCE (64 * 1024)
#define MAX_OUTPUT (8 * 1024 * 1024)

/* ---- The run --------------------------------------------------------------------------------- */

typedef struct
{
  const E13ReadOps *ops;
  const E13Options *options;
  const E13CgiOptions *own;
  E13CgiServer server;
  E13Who who; /* for the script */
  E13Asker asker;
  E13Route *route;
  char *script; /* absolute */
  char *directory;
  char *root;
  GBytes *source;
  E13Shebang *shebang;
  char *interpreter; /* what runs it, as a person knows it */
  char *label;
  GBytes *body;
  GStrv arguments; /* argv; its program is the first */
  E13LaunchAccount *account;
  E13LaunchResult result;
  gboolean was_run;
  E13CgiVerdict *verdict;
  GPtrArray *explanations; /* of E13Explanation * */
  GPtrArray *remarks;      /* of char * */
} Run;

static void
free_explanation (gpointer explanation)
{
  e13_explanation_free (explanation);
}

static void
run_clear (Run *run)
{
  e13_who_clear (&run->who);
  if (run->route != NULL)
    e13_route_free (run->route);
  g_free (run->script);
  g_free (run->directory);
  g_free (run->root);
  g_clear_pointer (&run->source, g_bytes_unref);
  e13_shebang_free (run->shebang);
  g_free (run->interpreter);
  g_free (run->label);
  g_strfreev (run->arguments);
  e13_launch_account_free (run->account);
  e13_launch_result_clear (&run->result);
  e13_cgi_verdict_free (run->verdict);
  g_clear_pointer (&run->explanations, g_ptr_array_unref);
  g_clear_pointer (&run->remarks, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Run, run_clear)

/* Whose rights, and what is known of the script. */
static gboolean
find_script (Run *run, const char *path, GError **error)
{
  g_auto (E13Who) who = { 0 };
  const E13Pin *pin;
  gsize size;
  const char *source;

  if (!e13_who_find (&who, run->ops, run->options, NULL, error)
      || !e13_who_at_path (&run->who, &who, run->ops, run->options, path, error))
    return FALSE;
  run->route = run->ops->route (path, error);
  if (run->route == NULL)
    return FALSE;
  run->asker = (E13Asker){ .ops = run->ops, .identity = run->who.app, .ask_kernel = who.ask_kernel };
  run->label = e13_identity_label (run->who.app);
  /* As the server names it, links and all, unless there are detours in it. */
  run->script = g_canonicalize_filename (run->route->given, NULL);
  if (run->route->missing == NULL && (run->ops->is_windows || strcmp (run->script, run->route->given) != 0))
    {
      g_free (run->script);
      run->script = g_strdup (run->route->resolved);
    }
  run->directory = g_path_get_dirname (run->script);
  run->root = run->own->document_root != NULL ? g_canonicalize_filename (run->own->document_root, NULL)
                                              : e13_cgi_guess_root (run->script);
  pin = run->route->pins->pdata[run->route->pins->len - 1];
  run->source = run->route->missing == NULL && pin->facts.type == E13_TYPE_FILE
                    ? run->ops->read_file (pin, MAX_SOURCE, NULL)
                    : NULL;
  source = run->source != NULL ? g_bytes_get_data (run->source, &size) : NULL;
  run->shebang = e13_shebang_parse (source != NULL ? source : "", source != NULL ? size : 0);
  run->interpreter = e13_shebang_runs (run->shebang);
  return TRUE;
}

/* ---- What keeps it from being run at all ----------------------------------------------------- */

/* @sentence is taken over. */
static gboolean
stop (Run *run, guint status, guint substatus, E13CgiProblemId id, char *sentence)
{
  run->verdict = e13_cgi_verdict_new (status, substatus);
  e13_cgi_verdict_add (run->verdict, id, sentence, NULL, NULL);
  return FALSE;
}

static gboolean
is_about_script (const Run *run, const E13Explanation *explanation)
{
  for (guint i = 0; i < explanation->chain->len; i++)
    {
      const E13Link *link = explanation->chain->pdata[i];

      if (!link->granted && !link->unknown)
        return strcmp (link->path, run->route->resolved) == 0;
    }
  return TRUE;
}

/* Why it is not started: @explanation says no. */
static gboolean
stop_refused (Run *run, const E13Explanation *explanation)
{
  g_autofree char *shown = e13_quote_path (run->script);
  g_autofree char *who = e13_quote_display (run->label);
  gboolean is_iis = run->server == E13_CGI_IIS;
  guint refused = is_iis ? 401 : 403;
  guint substatus = is_iis ? 3 : 0;

  if (!is_about_script (run, explanation))
    return stop (run, refused, substatus, E13_CGI_NOT_REACHED,
                 g_strdup_printf ("%s cannot get to %s; below is why", who, shown));
  if (is_iis)
    return stop (run, refused, substatus, E13_CGI_NOT_REACHED,
                 g_strdup_printf ("%s may not read %s; below is why", who, shown));
  return stop (run, 500, 0, E13_CGI_NOT_EXECUTABLE, g_strdup_printf ("%s may not run %s; below is why", who, shown));
}

/* The server must get to it; to run it (Apache), or to hand it to an interpreter that reads it (IIS). */
static gboolean
may_start (Run *run)
{
  const E13Pin *pin = run->route->pins->pdata[run->route->pins->len - 1];
  const E13Wanted wanted = { run->server == E13_CGI_IIS ? E13_WANT_READ : E13_WANT_RUN, 0 };
  g_autofree char *shown = e13_quote_path (run->script);
  g_autoptr (E13Explanation) explanation = NULL;

  if (run->route->missing != NULL)
    return stop (run, 404, 0, E13_CGI_SCRIPT_MISSING, g_strdup_printf ("there is no %s", shown));
  if (pin->facts.type != E13_TYPE_FILE)
    return stop (run, 403, 0, E13_CGI_NO_SCRIPT, g_strdup_printf ("%s is no file that could be run", shown));
  explanation = e13_explain_path (&run->asker, run->script, &wanted, NULL);
  if (explanation == NULL || explanation->permitted != E13_ANSWER_NO)
    return TRUE;
  stop_refused (run, explanation);
  g_ptr_array_add (run->explanations, g_steal_pointer (&explanation));
  return FALSE;
}

/* ---- Starting it ----------------------------------------------------------------------------- */

/* What IIS would start it with, where nobody says it. */
static char *
usual_handler (const Run *run)
{
  static const struct
  {
    const char *ending;
    const char *programs[3];
  } handlers[] = {
    { ".py", { "python3", "python", NULL } }, { ".cgi", { "perl", NULL } }, { ".pl", { "perl", NULL } },
    { ".php", { "php-cgi", NULL } },          { ".rb", { "ruby", NULL } },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (handlers); i++)
    for (gsize j = 0; g_str_has_suffix (run->script, handlers[i].ending) && handlers[i].programs[j] != NULL; j++)
      {
        g_autofree char *program = e13_launch_find_program (handlers[i].programs[j]);

        if (program != NULL)
          return g_strdup_printf ("\"%s\" %%s %%s", program);
      }
  return NULL;
}

/* What needs no interpreter. */
static gboolean
is_program (const Run *run)
{
  static const char *const endings[] = { ".exe", ".com", ".cmd", ".bat" };
  g_autofree char *lower = g_ascii_strdown (run->script, -1);

  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++)
    if (g_str_has_suffix (lower, endings[i]))
      return TRUE;
  return run->shebang->state == E13_SHEBANG_BINARY;
}

static gboolean
choose_arguments (Run *run, const char *query, GError **error)
{
  gboolean needs_handler = run->own->handler != NULL || run->server == E13_CGI_IIS;
  g_autofree char *handler = run->own->handler != NULL ? g_strdup (run->own->handler)
                             : needs_handler           ? usual_handler (run)
                                                       : NULL;

  if (handler == NULL && needs_handler && !is_program (run))
    {
      g_autofree char *shown = e13_quote_path (run->script);

      return e13_throw (error, E13_ERROR_USAGE,
                        "it is not known what starts '%s' under IIS: say it with --handler, as scriptProcessor has it "
                        "(\"C:\\Python\\python.exe %%s %%s\")",
                        shown);
    }
  if (handler == NULL)
    {
      run->arguments = e13_cgi_arguments (run->script, query);
      return TRUE;
    }
  run->arguments = e13_cgi_handler_arguments (handler, run->script, query, error);
  if (run->arguments == NULL)
    return FALSE;
  g_free (run->interpreter);
  run->interpreter = g_strdup (run->arguments[0]);
  if (run->own->handler == NULL)
    g_ptr_array_add (run->remarks, g_strdup_printf ("Started with %s by its ending: --handler gives the one that is "
                                                    "configured.",
                                                    run->arguments[0]));
  return TRUE;
}

static char **
environment_of (const Run *run, const char *query, GError **error)
{
  g_autofree char *name = e13_cgi_script_name (run->script, run->root);
  g_auto (GStrv) base = e13_launch_base_environment ();
  const E13CgiRequest request = {
    .server = run->server,
    .is_windows = run->ops->is_windows,
    .script = run->script,
    .document_root = run->root,
    .script_name = name,
    .path_info = run->own->path_info,
    .query = query,
    .method = run->own->method != NULL ? run->own->method
              : run->body != NULL      ? "POST"
                                       : "GET",
    .content_type = run->own->content_type,
    .body_size = run->body != NULL ? g_bytes_get_size (run->body) : 0,
    .has_body = run->body != NULL,
    .headers = run->own->headers,
  };

  return e13_cgi_environment (&request, base, error);
}

static gboolean
run_it (Run *run, const char *query, GError **error)
{
  g_auto (GStrv) environment = NULL;
  E13LaunchRequest request = {
    .directory = run->directory,
    .input = run->body,
    .one_stream = run->server == E13_CGI_IIS,
    .seconds = (guint)run->own->seconds,
    .max_output = MAX_OUTPUT,
    .cancelled = e13_watch_interrupts (),
  };

  if (!choose_arguments (run, query, error) || (environment = environment_of (run, query, error)) == NULL)
    return FALSE;
  request.program = run->arguments[0];
  request.arguments = (const char *const *)run->arguments;
  request.environment = (const char *const *)environment;
  run->was_run = e13_launch (run->account, &request, &run->result, error);
  if (!run->was_run)
    return FALSE;
  if (run->result.end == E13_LAUNCH_CANCELLED)
    return e13_throw (error, E13_ERROR_FAILED, "interrupted: the script and all that it started was ended");
  if (run->result.end == E13_LAUNCH_NOT_STARTED && run->result.step < E13_LAUNCH_STEP_DIRECTORY)
    return e13_throw (error, E13_ERROR_FAILED, "cannot become %s to run the script: %s", run->label,
                      g_strerror (run->result.code));
  return TRUE;
}

/* ---- Judging --------------------------------------------------------------------------------- */

static void
judge (Run *run)
{
  const E13LaunchResult *result = &run->result;
  g_autofree char *base = g_path_get_basename (run->script);
  gsize size = 0;
  const E13CgiRun facts = {
    .server = run->server,
    .names = { run->interpreter, run->label, run->directory, run->script },
    .is_nph = g_str_has_prefix (base, "nph-"),
    .is_head = g_strcmp0 (run->own->method, "HEAD") == 0,
    .shebang = run->shebang,
    .source = run->source != NULL ? g_bytes_get_data (run->source, &size) : NULL,
    .source_size = run->source != NULL ? g_bytes_get_size (run->source) : 0,
    .result = result,
  };

  run->verdict = e13_cgi_judge (&facts);
  e13_cgi_explain_denied (&run->asker, (const char *)result->errors->data, result->errors->len, run->directory,
                          run->verdict, run->explanations);
  if (run->verdict->head != NULL && run->verdict->head->state != E13_CGI_HEAD_COMPLETE)
    e13_cgi_explain_denied (&run->asker, (const char *)result->output->data, result->output->len, run->directory,
                            run->verdict, run->explanations);
}

static int
report (const Run *run)
{
  E13ReportOptions options = e13_options_report (run->options, run->ops);
  const E13CgiReport cgi = {
    .script = run->script,
    .identity = run->who.app,
    .differs = e13_launch_account_differs (run->account),
    .server = run->server,
    .verdict = run->verdict,
    .result = run->was_run ? &run->result : NULL,
    .remarks = run->remarks,
  };
  gboolean is_well = e13_cgi_verdict_count (run->verdict) == 0;

  run->options->reporter->cgi (&options, &cgi);
  for (guint i = 0; i < run->explanations->len && options.verbosity > 0; i++)
    run->options->reporter->explanation (&options, run->explanations->pdata[i], run->who.app);
  return is_well ? E13_EXIT_CLEAN : E13_EXIT_PROBLEMS;
}

int
e13_cgi_run_script (const E13ReadOps *ops, const E13Options *options, const E13CgiOptions *own, GBytes *body,
                    GError **error)
{
  g_auto (Run) run = { .options = options, .own = own, .body = body };
  char *const *words = options->arguments;
  const char *query = words[1] != NULL ? words[1] : "";
  gboolean wants_iis = own->server != NULL ? strcmp (own->server, "iis") == 0 : ops->is_windows;

  run.ops = e13_options_platform (options, ops);
  run.server = wants_iis ? E13_CGI_IIS : E13_CGI_APACHE;
  run.explanations = g_ptr_array_new_with_free_func (free_explanation);
  run.remarks = g_ptr_array_new_with_free_func (g_free);
  if (!find_script (&run, words[0], error)
      || (run.account = e13_launch_account_new (run.who.app, own->allow_root, error)) == NULL)
    return E13_EXIT_TROUBLE;
  if (may_start (&run))
    {
      if (!run_it (&run, query, error))
        return E13_EXIT_TROUBLE;
      judge (&run);
    }
  e13_cgi_verdict_finish (run.verdict);
  return report (&run);
}
