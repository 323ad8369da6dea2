/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "commands/explain-log.h"

#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/quote.h"
#include "commands/commands.h"
#include "commands/run.h"
#include "commands/suggest-profile.h"
#include "commands/watch.h"
#include "logs/reader.h"
#include "platform/input.h"

#define CHUNK (64 * 1024)
/* Of more different failures than that only the number is told. */
#define MAX_DENIALS 10000

/* Who asks for what is in a directory. */
typedef struct
{
  E13Identity *identity; /* NULL: not known */
  E13Service service;
} Server;

typedef struct
{
  const E13ReadOps *ops;
  const E13Options *options;
  const E13LogOptions *log;
  const char *path;
  E13Who who;
  GHashTable *servers; /* directory → Server * */
  char *remark;        /* on who judged, or why somebody is not known; NULL */
  E13Whereabouts where;
  E13ReportOptions report;
  GHashTable *by_key; /* of E13Denial *, owned by @denials */
  GPtrArray *denials; /* in the order of their first lines */
  E13LogSummary summary;
} Run;

void
e13_log_options_clear (E13LogOptions *options)
{
  g_clear_pointer (&options->log, g_free);
  g_clear_pointer (&options->maps, g_strfreev);
  g_clear_pointer (&options->site, g_free);
}

/* ---- Is it a log? ---------------------------------------------------------------------------- */

typedef struct
{
  gboolean found;
} Glance;

static void
note_found (E13Failure *failure, gpointer data)
{
  ((Glance *)data)->found = TRUE;
  e13_failure_free (failure);
}

static gboolean
is_regular_file (const E13ReadOps *ops, const char *path)
{
  g_autoptr (E13Route) route = ops->route (path, NULL);

  if (route == NULL || route->missing != NULL || route->pins->len == 0)
    return FALSE;
  return ((E13Pin *)route->pins->pdata[route->pins->len - 1])->facts.type == E13_TYPE_FILE;
}

gboolean
e13_is_log (const E13ReadOps *ops, const char *path)
{
  Glance glance = { FALSE };
  g_autoptr (E13Input) input = is_regular_file (ops, path) ? e13_input_open (path, NULL) : NULL;
  g_autoptr (E13LogReader) reader = NULL;
  g_autofree char *bytes = g_malloc (CHUNK);
  gssize n;

  if (input == NULL)
    return FALSE;
  reader = e13_log_reader_new (note_found, &glance);
  while (!glance.found && (n = e13_input_read (input, bytes, CHUNK, NULL)) > 0)
    e13_log_reader_feed (reader, bytes, (gsize)n);
  e13_log_reader_end (reader);
  return glance.found;
}

/* ---- Failures -------------------------------------------------------------------------------- */

/* Who asks for what is in one directory; found once. Where nobody is known, @run says why. */
static const Server *
server_at (Run *run, const char *place)
{
  g_autofree char *directory = g_path_get_dirname (place);
  g_autoptr (GError) error = NULL;
  g_auto (E13Who) here = { 0 };
  Server *server = g_hash_table_lookup (run->servers, directory);

  if (server != NULL)
    return server;
  server = g_new0 (Server, 1);
  if (e13_who_at_path (&here, &run->who, run->ops, run->options, place, &error) && here.app != NULL)
    {
      server->identity = e13_identity_copy (here.app);
      e13_service_copy (&server->service, &here.app_service);
    }
  if (server->identity == NULL && run->remark == NULL && error != NULL)
    run->remark = g_strdup_printf ("Not all could be judged: %s.", error->message);
  g_hash_table_insert (run->servers, g_steal_pointer (&directory), server);
  return server;
}

/* Whose rights: the account of --as, or that of the message, or who serves the place; NULL: nobody's are known.
 * @ret_service: what runs as that, owned by @run; NULL: not known. */
static E13Identity *
who_asked (Run *run, const E13Failure *failure, const E13Service **ret_service)
{
  g_autoptr (E13Identity) named = NULL;
  g_autofree char *how = NULL;
  g_autofree char *place = e13_denial_place (failure, &run->where, &how);
  const Server *server;

  *ret_service = NULL;
  if (run->options->as == NULL && failure->user != NULL && !run->ops->is_windows)
    named = run->ops->identity_parse (failure->user, NULL);
  if (named != NULL || place == NULL)
    return g_steal_pointer (&named);
  server = server_at (run, place);
  *ret_service = &server->service;
  return server->identity != NULL ? e13_identity_copy (server->identity) : NULL;
}

static void
judge (Run *run, E13Denial *denial)
{
  E13Asker asker = { .ops = run->ops };

  denial->identity = who_asked (run, denial->failure, &asker.service);
  asker.identity = denial->identity;
  asker.ask_kernel = run->who.ask_kernel;
  e13_denial_judge (denial, &asker, &run->where);
  run->summary.n_verdicts[denial->verdict]++;
}

static void
tell (Run *run, E13Denial *denial)
{
  judge (run, denial);
  if (!run->log->suggest_profile)
    run->options->reporter->denial (&run->report, denial);
}

static void
found (E13Failure *failure, gpointer data)
{
  Run *run = data;
  g_autofree char *key = e13_failure_key (failure);
  E13Denial *denial = run->log->each ? NULL : g_hash_table_lookup (run->by_key, key);

  run->summary.n_failures++;
  if (denial != NULL)
    {
      e13_denial_add (denial, failure);
      e13_failure_free (failure);
      return;
    }
  if (!run->log->each && g_hash_table_size (run->by_key) >= MAX_DENIALS)
    {
      run->summary.n_left_out++;
      e13_failure_free (failure);
      return;
    }
  denial = e13_denial_new (failure, run->path);
  if (run->log->each)
    {
      tell (run, denial);
      e13_denial_free (denial);
      return;
    }
  g_hash_table_insert (run->by_key, g_steal_pointer (&key), denial);
  g_ptr_array_add (run->denials, denial);
  if (run->log->follow)
    {
      tell (run, denial);
      fflush (run->report.out);
    }
}

/* ---- The run --------------------------------------------------------------------------------- */

static gboolean
parse_maps (Run *run, GError **error)
{
  run->where.site = run->log->site;
  run->where.mapped = g_ptr_array_new_with_free_func (g_free);
  for (gsize i = 0; run->log->maps != NULL && run->log->maps[i] != NULL; i++)
    {
      const char *map = run->log->maps[i];
      const char *equals = strchr (map, '=');
      g_autofree char *shown = e13_quote_display (map);

      if (equals == NULL || equals == map)
        return e13_throw (error, E13_ERROR_USAGE, "--map takes OLD=NEW, which '%s' is not", shown);
      g_ptr_array_add (run->where.mapped, g_strndup (map, (gsize)(equals - map)));
      g_ptr_array_add (run->where.mapped, g_strdup (equals + 1));
    }
  return TRUE;
}

static void
free_server (gpointer data)
{
  Server *server = data;

  e13_identity_free (server->identity);
  e13_service_clear (&server->service);
  g_free (server);
}

static gboolean
find_who (Run *run, GError **error)
{
  run->servers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_server);
  if (!e13_who_find (&run->who, run->ops, run->options, NULL, error))
    return FALSE;
  run->remark = g_strdup (run->who.remark);
  return TRUE;
}

static gboolean
read_input (Run *run, GError **error)
{
  g_autoptr (E13Input) input = e13_input_open (run->path, error);
  g_autoptr (E13LogReader) reader = e13_log_reader_new (found, run);
  g_autofree char *bytes = g_malloc (CHUNK);
  const gint *cancelled = e13_watch_interrupts ();
  gssize n;

  if (input == NULL)
    return FALSE;
  do
    {
      while (g_atomic_int_get (cancelled) == 0 && (n = e13_input_read (input, bytes, CHUNK, error)) != 0)
        {
          if (n < 0)
            return FALSE;
          e13_log_reader_feed (reader, bytes, (gsize)n);
        }
      if (run->log->follow)
        e13_log_reader_pause (reader);
    }
  while (run->log->follow && e13_input_wait (input, cancelled));
  e13_log_reader_end (reader);
  run->summary.n_lines = e13_log_reader_lines (reader);
  return TRUE;
}

static int
report (Run *run)
{
  gboolean clean = run->summary.n_left_out == 0;

  for (guint i = 0; !run->log->each && !run->log->follow && i < run->denials->len; i++)
    tell (run, run->denials->pdata[i]);
  if (run->log->suggest_profile)
    e13_suggest_profile (run->report.out, run->denials, run->log->site);
  else
    {
      run->summary.remark = run->remark;
      run->options->reporter->log_summary (&run->report, &run->summary);
    }
  for (guint i = 0; i < G_N_ELEMENTS (run->summary.n_verdicts); i++)
    clean = clean && (i == E13_DENIAL_GRANTED || run->summary.n_verdicts[i] == 0);
  return clean ? E13_EXIT_CLEAN : E13_EXIT_PROBLEMS;
}

static void
clear (Run *run)
{
  e13_who_clear (&run->who);
  g_free (run->remark);
  g_clear_pointer (&run->servers, g_hash_table_unref);
  g_clear_pointer (&run->where.mapped, g_ptr_array_unref);
  g_clear_pointer (&run->by_key, g_hash_table_unref);
  g_clear_pointer (&run->denials, g_ptr_array_unref);
}

static void
say_what_to_paste (const E13ReadOps *ops)
{
  fprintf (stderr, "Paste an error message, a traceback or a part of a log, then press %s.\n",
           ops->is_windows ? "Ctrl-Z and Enter" : "Ctrl-D (on a line of its own)");
}

int
e13_explain_log (const E13ReadOps *ops, const E13Options *options, const E13LogOptions *log, const char *path)
{
  Run run = { .ops = ops, .options = options, .log = log, .path = path };
  g_autoptr (GError) error = NULL;
  int status = E13_EXIT_TROUBLE;

  run.report = e13_options_report (options, ops);
  run.by_key = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  run.denials = g_ptr_array_new_with_free_func ((GDestroyNotify)e13_denial_free);
  if (g_str_equal (path, "-") && e13_input_is_terminal ())
    say_what_to_paste (ops);
  if (parse_maps (&run, &error) && find_who (&run, &error) && read_input (&run, &error))
    status = report (&run);
  else
    e13_command_fail (error);
  clear (&run);
  return status;
}
