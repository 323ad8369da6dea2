/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "commands/trace-run.h"

#include <errno.h>
#include <string.h>

#include "base/error.h"
#include "base/quote.h"
#include "commands/commands.h"
#include "commands/run.h"
#include "commands/trace-seen.h"
#include "commands/watch.h"
#include "logs/errno-words.h"
#include "logs/families.h"
#include "logs/reader.h"
#include "platform/companion.h"
#include "policy/guarded.h"

#define CHUNK (64 * 1024)
#define MAX_LINE (1024 * 1024)
/* Of more different failures than that only the number is told. */
#define MAX_DENIALS 10000
/* A name that a process has not found elsewhere after that time is told as missing. */
#define SEARCH_SECONDS 1

/* One process that is watched. */
typedef struct
{
  E13Identity *identity;
  E13Service service; /* its view of the file system */
} Watched;

typedef struct
{
  const E13ReadOps *ops;
  const E13TraceRequest *request;
  E13Who who;
  E13Identity *whose;  /* the command's; NULL: each process is asked */
  char *directory;     /* where the command begins */
  GHashTable *watched; /* pid → Watched * */
  E13LaunchAccount *account;
  E13Companion *companion;
  E13LogReader *reader;
  E13TraceSeen *seen;
  guint32 first;      /* the process of the first line */
  GHashTable *by_key; /* of E13Denial *, owned by itself */
  E13ReportOptions report;
  E13LogSummary summary;
  guint64 n_usual; /* missing names that programs look for as a matter of course */
  gboolean refused;
} Run;

static void
free_watched (gpointer data)
{
  Watched *watched = data;

  e13_identity_free (watched->identity);
  e13_service_clear (&watched->service);
  g_free (watched);
}

static void
free_denial (gpointer denial)
{
  e13_denial_free (denial);
}

static void
run_clear (Run *run)
{
  e13_who_clear (&run->who);
  e13_identity_free (run->whose);
  g_free (run->directory);
  g_clear_pointer (&run->watched, g_hash_table_unref);
  e13_launch_account_free (run->account);
  e13_companion_free (run->companion);
  e13_log_reader_free (run->reader);
  e13_trace_seen_free (run->seen);
  g_clear_pointer (&run->by_key, g_hash_table_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Run, run_clear)

/* ---- Whose, and where ------------------------------------------------------------------------ */

/* Who @pid is, asked while it is there. A process that is gone already is taken for the command's account, or nobody
 * is known. */
static const Watched *
watched_of (Run *run, guint32 pid)
{
  Watched *watched = g_hash_table_lookup (run->watched, GUINT_TO_POINTER (pid));
  g_autoptr (E13Process) process = NULL;

  if (watched != NULL && watched->service.pid != 0)
    return watched;
  watched = g_new0 (Watched, 1);
  process = run->ops->process (pid, NULL);
  if (process != NULL)
    {
      e13_service_set (&watched->service, process);
      watched->identity = run->whose == NULL ? e13_identity_copy (process->identity) : NULL;
    }
  if (watched->identity == NULL && run->whose != NULL)
    watched->identity = e13_identity_copy (run->whose);
  g_hash_table_replace (run->watched, GUINT_TO_POINTER (pid), watched);
  return watched;
}

/* A relative name without a directory beside it: of where its process works. */
static void
complete (Run *run, E13Failure *failure)
{
  const char *directory = e13_trace_seen_directory (run->seen, failure->pid);
  g_autoptr (E13Process) process = NULL;

  if (failure->path == NULL || failure->path[0] == '/' || failure->directory != NULL)
    return;
  process = directory == NULL ? run->ops->process (failure->pid, NULL) : NULL;
  failure->directory = g_strdup (process != NULL ? process->directory : directory != NULL ? directory : run->directory);
}

/* ---- Failures -------------------------------------------------------------------------------- */

/* Programs look whether many things are there, and go on without them. */
static gboolean
is_usual (const E13Failure *failure, const char *place)
{
  return failure->error == E13_ENOENT
         && (failure->operation == E13_OPERATION_STAT || place == NULL || e13_guarded_system (place) != E13_SYSTEM_NO);
}

/* @usual: what is missing is nothing that the program cannot do without. */
static void
tell (Run *run, E13Denial *denial, gboolean usual)
{
  const E13Whereabouts where = { 0 };
  const Watched *watched = watched_of (run, denial->failure->pid);
  const E13Asker asker = {
    .ops = run->ops, .identity = watched->identity, .ask_kernel = run->who.ask_kernel, .service = &watched->service
  };

  denial->identity = watched->identity != NULL ? e13_identity_copy (watched->identity) : NULL;
  e13_denial_judge (denial, &asker, &where);
  run->summary.n_verdicts[denial->verdict]++;
  run->refused = run->refused || denial->verdict == E13_DENIAL_REFUSED
                 || (denial->failure->error != E13_ENOENT && denial->verdict != E13_DENIAL_OTHER)
                 || (!usual && denial->explanation != NULL && denial->explanation->granted == E13_ANSWER_NO);
  run->request->options->reporter->denial (&run->report, denial);
  fflush (run->report.out);
}

/* Takes @failure over. */
static void
count (Run *run, E13Failure *failure)
{
  const E13Whereabouts where = { 0 };
  g_autofree char *how = NULL;
  g_autofree char *place = e13_failure_place (failure, failure->path, &where, &how);
  g_autofree char *key = e13_failure_key (failure);
  gboolean usual = is_usual (failure, place);
  E13Denial *denial = g_hash_table_lookup (run->by_key, key);

  if (usual && !run->request->options->verbose)
    {
      run->n_usual++;
      e13_failure_free (failure);
      return;
    }
  run->summary.n_failures++;
  if (denial != NULL || g_hash_table_size (run->by_key) >= MAX_DENIALS)
    {
      if (denial != NULL)
        e13_denial_add (denial, failure);
      else
        run->summary.n_left_out++;
      e13_failure_free (failure);
      return;
    }
  denial = e13_denial_new (failure, "strace");
  g_hash_table_insert (run->by_key, g_steal_pointer (&key), denial);
  tell (run, denial, usual);
}

static void
release (Run *run, guint32 pid, guint seconds)
{
  g_autoptr (GPtrArray) failures = e13_trace_seen_release (run->seen, pid, seconds);

  for (guint i = 0; i < failures->len; i++)
    count (run, failures->pdata[i]);
}

/* May it be one step of a search, which goes on elsewhere? */
static gboolean
may_be_search (const E13Failure *failure)
{
  gboolean is_question = failure->operation == E13_OPERATION_STAT || failure->operation == E13_OPERATION_RUN;

  return failure->error == E13_ENOENT
         || (is_question && (failure->error == E13_EACCES || failure->error == E13_ENOTDIR));
}

static void
found (E13Failure *failure, gpointer data)
{
  Run *run = data;

  complete (run, failure);
  if (!may_be_search (failure) || !e13_trace_seen_keep (run->seen, failure))
    count (run, failure);
}

/* ---- What strace writes ---------------------------------------------------------------------- */

static void
read_line (Run *run, const GString *line)
{
  E13TraceLine told;

  run->summary.n_lines++;
  e13_log_reader_feed (run->reader, line->str, line->len);
  e13_log_reader_feed (run->reader, "\n", 1);
  e13_log_reader_pause (run->reader);
  told = e13_trace_seen_line (run->seen, line->str);
  if (run->first == 0)
    run->first = told.pid;
  if (told.has_ended)
    release (run, told.pid, 0);
  /* While it is there. */
  if (told.pid != 0 && !told.has_ended && !g_hash_table_contains (run->watched, GUINT_TO_POINTER (told.pid)))
    watched_of (run, told.pid);
}

/* All lines that are whole; an endless one is cut. */
static void
read_lines (Run *run, GString *line, const char *bytes, gsize size)
{
  for (gsize i = 0; i < size; i++)
    if (bytes[i] == '\n' || line->len >= MAX_LINE)
      {
        read_line (run, line);
        g_string_truncate (line, 0);
      }
    else if (bytes[i] != '\0')
      g_string_append_c (line, bytes[i]);
}

static void
stop (Run *run)
{
  if (run->request->words == NULL)
    e13_companion_stop (run->companion);
  else
    e13_companion_pass_on (run->companion, run->first);
}

static void
follow (Run *run)
{
  const gint *cancelled = e13_watch_interrupts ();
  g_autofree char *bytes = g_malloc (CHUNK);
  g_autoptr (GString) line = g_string_new (NULL);
  gboolean stopped = FALSE;
  gssize n;

  while ((n = e13_companion_read (run->companion, bytes, CHUNK)) >= 0)
    {
      if (n == 0)
        release (run, 0, SEARCH_SECONDS);
      read_lines (run, line, bytes, (gsize)n);
      if (g_atomic_int_get (cancelled) != 0 && !stopped)
        {
          stop (run);
          stopped = TRUE;
        }
    }
  release (run, 0, 0);
}

/* ---- The run --------------------------------------------------------------------------------- */

static GPtrArray *
strace_arguments (const E13TraceRequest *request)
{
  static const char *const first[]
      = { "strace", "-f", "-y", "-q", "-e", "trace=%file,connect,bind", "-e", "signal=none", "-o", E13_COMPANION_FILE };
  GPtrArray *arguments = g_ptr_array_new_with_free_func (g_free);

  for (gsize i = 0; i < G_N_ELEMENTS (first); i++)
    g_ptr_array_add (arguments, g_strdup (first[i]));
  for (guint i = 0; i < request->pids->len; i++)
    g_ptr_array_add (arguments, g_strdup_printf ("-p%" G_GUINT32_FORMAT, g_array_index (request->pids, guint32, i)));
  if (request->words != NULL)
    g_ptr_array_add (arguments, g_strdup ("--"));
  for (gsize i = 0; request->words != NULL && request->words[i] != NULL; i++)
    g_ptr_array_add (arguments, g_strdup (request->words[i]));
  g_ptr_array_add (arguments, NULL);
  return arguments;
}

/* As whom the command is run; and whom each of those that run already is. */
static gboolean
find_who (Run *run, GError **error)
{
  const E13TraceRequest *request = run->request;
  g_autoptr (E13Identity) self = run->ops->identity_self ();
  const char *differs;

  if (!e13_who_find (&run->who, run->ops, request->options, NULL, error))
    return FALSE;
  for (guint i = 0; i < request->pids->len; i++)
    {
      g_autoptr (E13Process) process = run->ops->process (g_array_index (request->pids, guint32, i), error);

      if (process == NULL)
        return FALSE;
    }
  if (request->words == NULL)
    return TRUE;
  run->whose = e13_identity_copy (run->who.app != NULL ? run->who.app : self);
  run->account = e13_launch_account_new (run->whose, request->allow_root, error);
  if (run->account == NULL)
    return FALSE;
  differs = e13_launch_account_differs (run->account);
  if (differs != NULL)
    return e13_throw (error, E13_ERROR_REFUSED, "cannot run the command as '%s': %s", request->options->as, differs);
  return TRUE;
}

static gboolean
begin (Run *run, GError **error)
{
  const E13TraceRequest *request = run->request;
  g_autofree char *strace = run->ops->is_windows ? NULL : e13_launch_find_program ("strace");
  g_autoptr (GPtrArray) arguments = strace_arguments (request);
  E13CompanionRequest companion = {
    .program = strace,
    .arguments = (const char *const *)arguments->pdata,
    .out_to_errors = request->words != NULL && request->options->reporter == &e13_report_json,
  };

  if (run->ops->is_windows)
    return e13_throw (error, E13_ERROR_UNSUPPORTED, "there is no strace on Windows, and trace needs it");
  if (strace == NULL)
    return e13_throw (
        error, E13_ERROR_UNSUPPORTED,
        "trace needs strace, which is not installed: the package is called strace (apt install strace, dnf "
        "install strace)");
  if (!find_who (run, error))
    return FALSE;
  companion.account = run->account;
  run->directory = g_get_current_dir ();
  run->seen = e13_trace_seen_new (request->words != NULL ? run->directory : NULL);
  run->watched = g_hash_table_new_full (NULL, NULL, NULL, free_watched);
  run->by_key = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_denial);
  run->reader = e13_log_reader_new (found, run);
  e13_log_reader_limit (run->reader, &e13_log_strace);
  run->companion = e13_companion_start (&companion, error);
  return run->companion != NULL;
}

/* The command writes to standard output, so the report does not, unless a program is to read it. */
static void
choose_stream (Run *run)
{
  const E13TraceRequest *request = run->request;

  run->report = e13_options_report (request->options, run->ops);
  if (request->words != NULL && request->options->reporter != &e13_report_json)
    run->report.out = stderr;
}

static char *
remark_of (const Run *run, const E13CompanionEnd *end)
{
  guint64 n_found = e13_trace_seen_found (run->seen);
  GString *out = g_string_new (NULL);

  if (n_found > 0)
    g_string_append_printf (out, "%" G_GUINT64_FORMAT " names were looked for in one place and found in another. ",
                            n_found);
  if (run->n_usual > 0)
    g_string_append_printf (out,
                            "%" G_GUINT64_FORMAT " more were not found, of the kind that programs do without (-v tells "
                            "them). ",
                            run->n_usual);
  if (run->who.remark != NULL)
    g_string_append_printf (out, "%s ", run->who.remark);
  if (run->request->words != NULL && end->was_ended)
    g_string_append_printf (out, "The command was ended by a signal (%s).", g_strsignal (end->code));
  else if (run->request->words != NULL)
    g_string_append_printf (out, "The command's exit status: %d.", end->code);
  g_strchomp (out->str);
  return g_string_free (out, FALSE);
}

int
e13_trace_run (const E13ReadOps *ops, const E13TraceRequest *request, GError **error)
{
  g_auto (Run) run = { .ops = ops, .request = request };
  g_autofree char *remark = NULL;
  E13CompanionEnd end;

  choose_stream (&run);
  if (!begin (&run, error))
    return E13_EXIT_TROUBLE;
  follow (&run);
  end = e13_companion_end (run.companion);
  if (!end.was_started)
    return e13_throw (error, E13_ERROR_FAILED, "cannot start strace: %s", g_strerror (end.code)), E13_EXIT_TROUBLE;
  if (run.summary.n_lines == 0 && !end.was_ended && end.code != 0)
    return e13_throw (error, E13_ERROR_FAILED, "strace could watch nothing: its own message says why"),
           E13_EXIT_TROUBLE;
  remark = remark_of (&run, &end);
  run.summary.remark = *remark != '\0' ? remark : NULL;
  request->options->reporter->log_summary (&run.report, &run.summary);
  fflush (run.report.out);
  return run.refused ? E13_EXIT_PROBLEMS : E13_EXIT_CLEAN;
}
