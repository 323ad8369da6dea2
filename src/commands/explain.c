/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* errno13 explain: may this account do that to this path, and which entry says so? And of a log: why did it fail? */

#include "commands/commands.h"

#include "base/error.h"
#include "commands/explain-log.h"
#include "commands/run.h"
#include "commands/watch.h"
#include "explain/path.h"

static const E13CommandLine command_line = {
  .name = "explain",
  .arguments = "PATH...|LOG|-|--dump FILE PATH...",
  .summary
  = "Shows what decides, from / down, whether the account may do that to PATH. Of a log, or what is pasted: finds "
    "every failure in it\nand says why each happened. Changes nothing.",
  .groups = E13_OPTIONS_WHO | E13_OPTIONS_REPORT | E13_OPTIONS_LIST | E13_OPTIONS_DUMP,
};

/* The wants of --want, each once and in the order given; read where there is none. */
static GArray *
parse_wants (char *const *words, GError **error)
{
  g_autoptr (GArray) wants = g_array_new (FALSE, FALSE, sizeof (E13Wanted));
  E13Wanted want = { E13_WANT_READ, 0 };

  for (gsize i = 0; words != NULL && words[i] != NULL; i++)
    {
      if (!e13_wanted_parse (words[i], &want, error))
        return NULL;
      g_array_append_val (wants, want);
    }
  if (wants->len == 0)
    g_array_append_val (wants, want);
  return g_steal_pointer (&wants);
}

/* What holds for all that is asked, with the first answer. */
static void
add_remarks (E13Explanation *explanation, const E13Who *who, const E13Tree *tree)
{
  if (who->remark != NULL)
    g_ptr_array_add (explanation->remarks, g_strdup (who->remark));
  for (guint i = 0; tree->remarks != NULL && i < tree->remarks->len; i++)
    g_ptr_array_add (explanation->remarks, g_strdup (tree->remarks->pdata[i]));
}

/* What the settings of IIS say for this path. */
static void
add_settings (E13Explanation *explanation, const E13Who *here)
{
  g_autofree char *who = e13_identity_label (here->app);

  g_ptr_array_add (explanation->remarks, g_strdup_printf ("Asked as %s (%s).", who, here->app->evidence));
  for (guint i = 0; here->remarks != NULL && i < here->remarks->len; i++)
    g_ptr_array_add (explanation->remarks, g_strdup (here->remarks->pdata[i]));
}

typedef struct
{
  const E13Options *options;
  E13Asker asker;
  E13Who who;
  guint n_said;
} Run;

static int
explain (Run *run, const char *path, const E13Wanted *wanted)
{
  E13ReportOptions report = e13_options_report (run->options, run->asker.ops);
  g_autoptr (GError) error = NULL;
  g_auto (E13Who) here = { 0 };
  g_autoptr (E13Explanation) explanation = NULL;

  if (!e13_who_at_path (&here, &run->who, run->asker.ops, run->options, path, &error))
    return e13_command_fail (error);
  run->asker.identity = here.app;
  run->asker.service = &here.app_service;
  explanation = e13_explain_path (&run->asker, path, wanted, &error);
  run->asker.service = NULL;
  if (explanation == NULL)
    return e13_command_fail (error);
  if (run->n_said++ == 0 && run->asker.tree != NULL)
    add_remarks (explanation, &run->who, run->asker.tree);
  if (run->who.iis != NULL || run->who.express != NULL)
    add_settings (explanation, &here);
  run->options->reporter->explanation (&report, explanation, run->asker.identity);
  return explanation->granted == E13_ANSWER_YES ? E13_EXIT_CLEAN : E13_EXIT_PROBLEMS;
}

static int
explain_all (Run *run, const GArray *wants)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) paths = e13_options_paths (run->options, &error);
  const gint *cancelled = e13_watch_interrupts ();
  int worst = E13_EXIT_CLEAN;

  if (paths == NULL || !e13_who_find (&run->who, run->asker.ops, run->options, run->asker.tree, &error))
    return e13_command_fail (error);
  run->asker.ask_kernel = run->who.ask_kernel;
  for (guint i = 0; i < paths->len; i++)
    for (guint j = 0; j < wants->len; j++)
      {
        int status;

        if (g_atomic_int_get (cancelled) != 0)
          return E13_EXIT_TROUBLE;
        status = explain (run, paths->pdata[i], &g_array_index (wants, E13Wanted, j));
        worst = MAX (worst, status);
      }
  return worst;
}

/* Here, or in a dump. */
static int
explain_somewhere (const E13ReadOps *ops, const E13Options *options, const GArray *wants)
{
  g_autoptr (GError) error = NULL;
  E13Tree *dump = NULL;
  Run run = { .options = options, .asker = { .ops = e13_options_platform (options, ops) } };
  int status;

  if (options->dump != NULL)
    {
      dump = e13_options_open_dump (options, &error);
      if (dump == NULL)
        return e13_command_fail (error);
      run.asker.ops = &e13_snapshot_read;
      run.asker.tree = dump;
    }
  status = explain_all (&run, wants);
  e13_who_clear (&run.who);
  e13_snapshot_read.close_tree (dump);
  return status;
}

/* ---- A log instead of a path ----------------------------------------------------------------- */

/* What is to be read as a log: what --log names, "-", standard input where nothing is named, or a single file that
 * holds failures, unless an option asks for something of the file itself. NULL: nothing is. */
static const char *
log_path (const E13ReadOps *ops, const E13Options *options, const E13LogOptions *log, gboolean has_wants)
{
  char *const *arguments = options->arguments;
  gboolean is_path = has_wants || options->dump != NULL || options->list != NULL;

  if (log->log != NULL)
    return log->log;
  if (arguments != NULL && arguments[0] != NULL && g_str_equal (arguments[0], "-"))
    return "-";
  if (is_path || (arguments != NULL && arguments[0] != NULL && arguments[1] != NULL))
    return NULL;
  if (arguments == NULL || arguments[0] == NULL)
    return "-";
  return e13_is_log (ops, arguments[0]) ? arguments[0] : NULL;
}

static gboolean
check_log_options (const E13Options *options, const E13LogOptions *log, gboolean has_wants, const char *path,
                   GError **error)
{
  const char *given = log->maps != NULL      ? "--map"
                      : log->site != NULL    ? "--site"
                      : log->follow          ? "--follow"
                      : log->each            ? "--each"
                      : log->suggest_profile ? "--suggest-profile"
                                             : NULL;

  if (path == NULL && given != NULL)
    return e13_throw (error, E13_ERROR_USAGE, "%s is for a log: say which with --log FILE, or - for standard input",
                      given);
  if (path == NULL)
    return TRUE;
  if (options->arguments != NULL && options->arguments[0] != NULL
      && (log->log != NULL || options->arguments[1] != NULL))
    return e13_throw (error, E13_ERROR_USAGE, "one log at a time: an argument is one too many");
  if (has_wants || options->dump != NULL || options->list != NULL)
    return e13_throw (error, E13_ERROR_USAGE, "--want, --dump and -f are for paths: a log says itself what was wanted");
  if (log->suggest_profile && (log->site == NULL || !g_path_is_absolute (log->site)))
    return e13_throw (error, E13_ERROR_USAGE,
                      "--suggest-profile takes --site DIR, an absolute path that the sections are beneath");
  if (log->suggest_profile && (log->follow || log->each))
    return e13_throw (error, E13_ERROR_USAGE, "--suggest-profile sums up: neither --follow nor --each go with it");
  return TRUE;
}

static gboolean
check_reporter (const E13Options *options, GError **error)
{
  if (options->reporter->explanation != NULL)
    return TRUE;
  return e13_throw (error, E13_ERROR_USAGE, "explain has no --format=%s", options->reporter->name);
}

int
e13_command_explain (const E13ReadOps *ops, int argc, char **argv)
{
  g_auto (E13Options) options = { 0 };
  g_auto (E13LogOptions) log = { 0 };
  g_auto (GStrv) words = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) wants = NULL;
  const char *path;
  const GOptionEntry own[] = {
    { "want", 0, 0, G_OPTION_ARG_STRING_ARRAY, &words, "What is to be done (default: read); may be repeated",
      "read|write|run|create|delete|0xMASK" },
    { "log", 0, 0, G_OPTION_ARG_FILENAME, &log.log, "Read FILE as a log (-: standard input)", "FILE" },
    { "follow", 0, 0, G_OPTION_ARG_NONE, &log.follow, "Of a log: wait for more, until Ctrl-C", NULL },
    { "site", 0, 0, G_OPTION_ARG_FILENAME, &log.site, "Of a log: what its relative paths are beneath", "DIR" },
    { "map", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &log.maps,
      "Of a log: what lies at OLD there lies at NEW here; may be repeated", "OLD=NEW" },
    { "each", 0, 0, G_OPTION_ARG_NONE, &log.each, "Of a log: every failure by itself, in order", NULL },
    { "suggest-profile", 0, 0, G_OPTION_ARG_NONE, &log.suggest_profile,
      "Of a log: the sections of a profile that its failures imply", NULL },
    G_OPTION_ENTRY_NULL,
  };

  if (!e13_options_parse (&options, &command_line, own, argc, argv, &error)
      || (wants = parse_wants (words, &error)) == NULL || !check_reporter (&options, &error))
    return e13_command_fail (error);
  path = log_path (ops, &options, &log, words != NULL);
  if (!check_log_options (&options, &log, words != NULL, path, &error))
    return e13_command_fail (error);
  return path != NULL ? e13_explain_log (ops, &options, &log, path) : explain_somewhere (ops, &options, wants);
}
