/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "commands/options.h"

#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/quote.h"
#include "platform/console.h"
#include "platform/expand.h"
#include "policy/nearest.h"

/* ---- What there is --------------------------------------------------------------------------- */

/* An option of whichever group, whose value goes to one member of E13Options. Words are taken as file names are: as
 * bytes, in any locale. */
typedef struct
{
  guint groups; /* 0: every command has it */
  const char *long_name;
  char short_name;
  GOptionArg type;
  gsize offset;
  const char *help;
  const char *value;
} Row;

#define ROW(groups, name, letter, type, member, help, value)                                                           \
  {                                                                                                                    \
    groups, name, letter, G_OPTION_ARG_##type, G_STRUCT_OFFSET (E13Options, member), help, value                       \
  }

/* clang-format off */
static const Row rows[] = {
  ROW (E13_OPTIONS_WHO, "as", 0, FILENAME, as,
       "Whose rights: a name, or numbers with all groups", "NAME|UID[:GID[,GID...]]"),
  ROW (E13_OPTIONS_SITE, "as-app", 0, FILENAME, as_app,
       "Who runs the code, where that is another than who serves", "WHO"),
  ROW (E13_OPTIONS_SITE, "as-server", 0, FILENAME, as_server, "Who serves the static files", "WHO"),
  ROW (E13_OPTIONS_WHO, "judge", 0, FILENAME, judge,
       "Who answers (default: the kernel, where it can be asked)", "kernel|model"),
  ROW (E13_OPTIONS_SITE, "profile", 0, FILENAME, profile, "Which application it is (default: recognised)", "NAME|FILE"),
  ROW (E13_OPTIONS_SITE, "write", 0, FILENAME_ARRAY, write_paths,
       "The app writes PATH, beneath the site, and all below", "PATH"),
  ROW (E13_OPTIONS_SITE, "read-only", 0, NONE, read_only, "The app writes nothing but what --write names", NULL),
  ROW (E13_OPTIONS_SITE, "when", 0, FILENAME_ARRAY, whens, "What it needs on this occasion, too",
       "install|update|feature:NAME"),
  ROW (E13_OPTIONS_SITE, "exclude", 0, FILENAME_ARRAY, excludes, "Leave out what matches, beneath the site", "GLOB"),
  ROW (E13_OPTIONS_SITE, "cross-mounts", 0, NONE, cross_mounts, "Enter other file systems below the site", NULL),
  ROW (E13_OPTIONS_SITE, "threads", 'T', INT, n_threads, "Threads (default: one a core)", "N"),
  ROW (E13_OPTIONS_REPAIR, "via", 0, FILENAME, via, "By which means (default: acl)", "acl|group|owner|mode"),
  ROW (E13_OPTIONS_REPAIR, "parents", 0, NONE, parents, "Directories above the site may be given search, too", NULL),
  ROW (E13_OPTIONS_REPAIR, "parents=force", 0, NONE, parents_force,
       "Even where secrets beside the site can then be reached", NULL),
  ROW (E13_OPTIONS_REPAIR, "inherit", 0, NONE, inherit, "Default ACLs in every directory that is repaired", NULL),
  ROW (E13_OPTIONS_REPAIR, "no-keep-owner", 0, NONE, no_keep_owner,
       "Default ACLs leave out the owner of the directory", NULL),
  ROW (E13_OPTIONS_REPAIR, "hard-links", 0, NONE, hard_links, "Files that have names outside the site, too", NULL),
  ROW (E13_OPTIONS_REPAIR, "foreign", 0, NONE, foreign, "Files whose owner is not their directory's, too", NULL),
  ROW (E13_OPTIONS_REPAIR, "harden", 0, NONE, harden, "Take away what is open to all or to the app needlessly", NULL),
  ROW (E13_OPTIONS_REPAIR, "create-missing", 0, NONE, create_missing,
       "Make the directories that the app writes to", NULL),
  ROW (E13_OPTIONS_REPAIR, "remove-deny", 0, FILENAME_ARRAY, remove_denies,
       "On Windows: take the entries that deny SID anything out of the site", "SID"),
  ROW (E13_OPTIONS_REPAIR, "override-deny", 0, NONE, override_deny,
       "On Windows: a grant may overrule a deny that is inherited", NULL),
  ROW (E13_OPTIONS_REPAIR, "null-dacl", 0, NONE, null_dacl,
       "On Windows: what has no list of entries gets what its directory hands down", NULL),
  ROW (E13_OPTIONS_REPAIR, "unblock", 0, FILENAME, unblock,
       "On Windows: which files lose the mark of a download (default: code)", "code|all"),
  ROW (E13_OPTIONS_REPAIR, "export-icacls", 0, FILENAME, export_icacls,
       "On Windows: write what was there to FILE, too, for icacls /restore", "FILE"),
  ROW (E13_OPTIONS_REPAIR, "trust-site-profile", 0, NONE, trust_site_profile,
       "Follow the site's own .errno13, whoever owns it", NULL),
  ROW (E13_OPTIONS_REPORT, "format", 0, FILENAME_ARRAY, formats, "Output format (default: text)", "text|json|sh|cmd"),
  ROW (E13_OPTIONS_SITE, "each", 0, NONE, each, "Every object instead of one entry per cause", NULL),
  ROW (E13_OPTIONS_LIST, "file", 'f', FILENAME, list,
       "Read more arguments from FILE, one a line; - is standard input", "FILE"),
  ROW (E13_OPTIONS_LIST, "null", '0', NONE, nul, "The list's names end with NUL instead of a newline", NULL),
  ROW (E13_OPTIONS_JOURNAL, "journal", 0, FILENAME, journal, "Write the journal there", "FILE"),
  ROW (E13_OPTIONS_DUMP, "dump", 0, FILENAME, dump,
       "Of another machine: what icacls, Get-Acl or getfacl -R wrote", "FILE"),
  ROW (E13_OPTIONS_DUMP | E13_OPTIONS_LINT, "root", 0, FILENAME, root, "The site's path on its own machine", "DIR"),
  ROW (E13_OPTIONS_WHO, "pool", 0, FILENAME, pool, "Whose rights on Windows: an application pool of IIS", "NAME"),
  ROW (E13_OPTIONS_WHO, "force-pool", 0, NONE, force_pool, "Even one that the settings of IIS do not have", NULL),
  ROW (E13_OPTIONS_WHO, "as-sid", 0, FILENAME, as_sid, "Whose rights on Windows: an account and its groups",
       "SID[,GROUP-SID...]"),
  ROW (E13_OPTIONS_WHO | E13_OPTIONS_LINT, "apphost", 0, FILENAME, apphost,
       "The settings of IIS: this applicationHost.config", "FILE"),
  ROW (E13_OPTIONS_SITE, "classic", 0, NONE, classic,
       "On Windows, Authenticated Users with Modify on the scripts' directories", NULL),
  ROW (0, "color", 0, FILENAME, color, "Colours (default: auto, and none where NO_COLOR is set)", "auto|always|never"),
  ROW (0, "quiet", 'q', NONE, quiet, "Only the last line", NULL),
  ROW (0, "verbose", 'v', NONE, verbose, "More of what was seen", NULL),
  ROW (0, G_OPTION_REMAINING, 0, FILENAME_ARRAY, arguments, NULL, NULL),
};
/* clang-format on */

static gboolean
takes (const E13CommandLine *command, const Row *row)
{
  return row->groups == 0 || (row->groups & command->groups) != 0;
}

static void
add_entries (GOptionContext *context, const E13CommandLine *command, E13Options *options)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const Row *row = &rows[i];
      GOptionEntry entries[]
          = { { row->long_name, row->short_name, 0, row->type, (char *)options + row->offset, row->help, row->value },
              G_OPTION_ENTRY_NULL };

      if (takes (command, row))
        g_option_context_add_main_entries (context, entries, NULL);
    }
}

/* ---- What was meant -------------------------------------------------------------------------- */

static GPtrArray *
long_names (const E13CommandLine *command, const GOptionEntry *own)
{
  GPtrArray *names = g_ptr_array_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    if (takes (command, &rows[i]) && *rows[i].long_name != '\0')
      g_ptr_array_add (names, (gpointer)rows[i].long_name);
  for (; own != NULL && own->long_name != NULL; own++)
    g_ptr_array_add (names, (gpointer)own->long_name);
  g_ptr_array_add (names, (gpointer) "help");
  g_ptr_array_add (names, NULL);
  return names;
}

/* The first argument that looks like an option and is none of @names; NULL where all are known. Free with g_free(). */
static char *
first_unknown (char *const *argv, const GPtrArray *names)
{
  for (gsize i = 1; argv[i] != NULL && strcmp (argv[i], "--") != 0; i++)
    {
      g_autofree char *word = NULL;

      if (!g_str_has_prefix (argv[i], "--"))
        continue;
      word = g_strndup (argv[i] + 2, strcspn (argv[i] + 2, "="));
      if (!g_strv_contains ((const char *const *)names->pdata, word))
        return g_steal_pointer (&word);
    }
  return NULL;
}

/* A dry run takes no option that only says how to write. */
static gboolean
belongs_to_fix (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    if ((rows[i].groups & E13_OPTIONS_REPAIR) != 0 && strcmp (rows[i].long_name, name) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
explain_error (const E13CommandLine *command, const GOptionEntry *own, char *const *argv, const GError *parse_error,
               GError **error)
{
  g_autoptr (GPtrArray) names = long_names (command, own);
  g_autofree char *unknown = first_unknown (argv, names);
  g_autofree char *shown = NULL;

  if (!g_error_matches (parse_error, G_OPTION_ERROR, G_OPTION_ERROR_UNKNOWN_OPTION) || unknown == NULL)
    {
      g_autofree char *message = e13_quote_display (parse_error->message);

      message[0] = g_ascii_tolower (message[0]);
      return e13_throw (error, E13_ERROR_USAGE, "%s (see errno13 %s --help)", message, command->name);
    }
  if (belongs_to_fix (unknown))
    return e13_throw (error, E13_ERROR_USAGE, "'--%s' is an option of errno13 fix, not of errno13 %s", unknown,
                      command->name);
  shown = e13_quote_display (unknown);
  return e13_throw (error, E13_ERROR_USAGE, "unknown option '--%s': the nearest is '--%s'", shown,
                    e13_nearest (unknown, (const char *const *)names->pdata));
}

/* The index of @word in @words (ended by NULL). @option: for the message. */
static gboolean
choose (const char *option, const char *word, const char *const *words, guint *ret_index, GError **error)
{
  g_autofree char *shown = e13_quote_display (word);
  g_autofree char *all = g_strjoinv (", ", (char **)words);

  for (guint i = 0; words[i] != NULL; i++)
    if (strcmp (words[i], word) == 0)
      {
        *ret_index = i;
        return TRUE;
      }
  return e13_throw (error, E13_ERROR_USAGE, "unknown value '%s' for %s, which takes one of %s", shown, option, all);
}

static gboolean
choose_reporter (E13Options *options, GError **error)
{
  static const char *const names[] = { "text", "json", "sh", "cmd", NULL };
  static const E13Reporter *const reporters[] = { &e13_report_text, &e13_report_json, &e13_report_sh, &e13_report_cmd };
  guint chosen = 0;

  for (gsize i = 0; options->formats != NULL && options->formats[i] != NULL; i++)
    {
      guint index;

      if (!choose ("--format", options->formats[i], names, &index, error))
        return FALSE;
      if (i > 0 && index != chosen)
        return e13_throw (error, E13_ERROR_USAGE, "--format=%s and --format=%s contradict each other", names[chosen],
                          names[index]);
      chosen = index;
    }
  options->reporter = reporters[chosen];
  return TRUE;
}

/* An array of E13Sid; NULL and @error where one is wrong. */
static GArray *
parse_sids (char *const *texts, const char *option, GError **error)
{
  g_autoptr (GArray) sids = g_array_new (FALSE, FALSE, sizeof (E13Sid));

  for (gsize i = 0; texts != NULL && texts[i] != NULL; i++)
    {
      const char *text = texts[i] + (texts[i][0] == '*'); /* as icacls writes them */
      g_autofree char *shown = e13_quote_display (texts[i]);
      g_autoptr (GError) cause = NULL;
      E13Sid sid;

      if (!e13_sid_parse (text, &sid, NULL, &cause))
        return e13_throw (error, E13_ERROR_USAGE, "%s takes a SID, which '%s' is not: %s", option, shown,
                          cause->message),
               NULL;
      g_array_append_val (sids, sid);
    }
  return g_steal_pointer (&sids);
}

static gboolean
derive_plan (E13Options *options, GError **error)
{
  static const char *const vias[] = { "acl", "group", "owner", "mode", NULL };
  static const char *const unblocks[] = { "code", "all", NULL };
  guint via = E13_VIA_ACL;
  guint unblock = 0;
  GArray *remove_denies;

  if ((options->via != NULL && !choose ("--via", options->via, vias, &via, error))
      || (options->unblock != NULL && !choose ("--unblock", options->unblock, unblocks, &unblock, error))
      || (remove_denies = parse_sids (options->remove_denies, "--remove-deny", error)) == NULL)
    return FALSE;
  options->plan = (E13PlanOptions){
    .via = (E13Via)via,
    .parents = options->parents_force ? E13_PARENTS_FORCE
               : options->parents     ? E13_PARENTS_YES
                                      : E13_PARENTS_NO,
    .inherit = options->inherit,
    .keep_owner = !options->no_keep_owner,
    .hard_links = options->hard_links,
    .foreign = options->foreign,
    .harden = options->harden,
    .create_missing = options->create_missing,
    .remove_denies = remove_denies,
    .override_deny = options->override_deny,
    .null_dacl = options->null_dacl,
    .unblock_all = unblock == 1,
    .classic = options->classic,
  };
  return TRUE;
}

/* Whose rights is said once. */
static gboolean
check_named (const E13Options *options, GError **error)
{
  const char *by_number = options->pool != NULL ? "--pool" : options->as_sid != NULL ? "--as-sid" : NULL;
  gboolean by_name = options->as != NULL || options->as_app != NULL || options->as_server != NULL;

  if (options->pool != NULL && options->as_sid != NULL)
    return e13_throw (error, E13_ERROR_USAGE, "--pool and --as-sid contradict each other");
  if (options->force_pool && options->pool == NULL)
    return e13_throw (error, E13_ERROR_USAGE, "--force-pool says that --pool is right: --pool is missing");
  if (by_number != NULL && by_name)
    return e13_throw (error, E13_ERROR_USAGE, "--as and %s contradict each other", by_number);
  return TRUE;
}

/* A dump, and the machine that this runs on, are two worlds: each has its own accounts and scripts. */
static gboolean
check_dump (const E13Options *options, const E13CommandLine *command, GError **error)
{
  gboolean is_cmd = options->reporter == &e13_report_cmd;
  gboolean is_site = (command->groups & E13_OPTIONS_SITE) != 0;

  gboolean is_of_windows = options->pool != NULL || options->as_sid != NULL || options->apphost != NULL;

  if (!check_named (options, error))
    return FALSE;
  if (options->dump == NULL && !is_of_windows && (options->root != NULL || is_cmd))
    return e13_throw (error, E13_ERROR_USAGE,
                      "%s is for what is Windows': --dump is missing, or --pool, --as-sid or --apphost for a tree of "
                      "Windows",
                      options->root != NULL ? "--root" : "--format=cmd");
  if (options->dump == NULL)
    return TRUE;
  if (is_site && options->arguments != NULL)
    return e13_throw (error, E13_ERROR_USAGE,
                      "--dump stands in for SITE: give one of them (--root names a place in the dump)");
  if (is_site && options->list != NULL)
    return e13_throw (error, E13_ERROR_USAGE, "--dump stands in for SITE: -f lists more");
  return TRUE;
}

static gboolean
derive_when (E13Options *options, GError **error)
{
  static const char feature[] = "feature:";

  options->when = E13_WHEN_RUNTIME;
  options->features = g_ptr_array_new ();
  for (gsize i = 0; options->whens != NULL && options->whens[i] != NULL; i++)
    {
      const char *word = options->whens[i];
      g_autofree char *shown = e13_quote_display (word);

      if (strcmp (word, "install") == 0)
        options->when |= E13_WHEN_INSTALL;
      else if (strcmp (word, "update") == 0)
        options->when |= E13_WHEN_UPDATE;
      else if (g_str_has_prefix (word, feature) && word[strlen (feature)] != '\0')
        {
          options->when |= E13_WHEN_FEATURE;
          g_ptr_array_add (options->features, (gpointer)(word + strlen (feature)));
        }
      else if (strcmp (word, "runtime") != 0)
        return e13_throw (error, E13_ERROR_USAGE,
                          "unknown value '%s' for --when, which takes one of install, update, feature:NAME", shown);
    }
  g_ptr_array_add (options->features, NULL);
  return TRUE;
}

static gboolean
check_values (E13Options *options, const E13CommandLine *command, GError **error)
{
  static const char *const colors[] = { "auto", "always", "never", NULL };
  static const char *const judges[] = { "kernel", "model", NULL };
  guint index;

  if (options->color != NULL && !choose ("--color", options->color, colors, &index, error))
    return FALSE;
  if (options->judge != NULL && !choose ("--judge", options->judge, judges, &index, error))
    return FALSE;
  if (options->n_threads < 0 || options->n_threads > 1024)
    return e13_throw (error, E13_ERROR_USAGE, "-T takes a number from 1 to 1024");
  if (options->as != NULL && (options->as_app != NULL || options->as_server != NULL))
    return e13_throw (error, E13_ERROR_USAGE, "--as stands for both --as-app and --as-server: give it or these");
  if (options->quiet && options->verbose)
    return e13_throw (error, E13_ERROR_USAGE, "-q and -v contradict each other");
  if (options->nul && options->list == NULL)
    return e13_throw (error, E13_ERROR_USAGE, "-0 says how the list of -f is read: -f is missing");
  return derive_when (options, error) && choose_reporter (options, error) && check_dump (options, command, error)
         && derive_plan (options, error);
}

static gboolean
takes_value (char letter)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    if (rows[i].short_name == letter && letter != 0)
      return rows[i].type != G_OPTION_ARG_NONE;
  return FALSE;
}

/* GOption does not know "-T2": it is "-T" and "2" here. */
static char **
words_of (int argc, char *const *argv)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  gboolean options_end = FALSE;

  for (int i = 0; i < argc; i++)
    {
      const char *word = argv[i];

      options_end = options_end || strcmp (word, "--") == 0;
      if (!options_end && i > 0 && word[0] == '-' && takes_value (word[1]) && word[2] != '\0')
        {
          g_ptr_array_add (words, g_strndup (word, 2));
          word += 2;
        }
      g_ptr_array_add (words, g_strdup (word));
    }
  g_ptr_array_add (words, NULL);
  return (char **)g_ptr_array_free (g_steal_pointer (&words), FALSE);
}

gboolean
e13_options_parse (E13Options *options, const E13CommandLine *command, const GOptionEntry *own, int argc, char **argv,
                   GError **error)
{
  g_autofree char *usage_name = g_strdup_printf ("errno13 %s", command->name);
  g_autoptr (GOptionContext) context = g_option_context_new (command->arguments);
  g_autoptr (GError) parse_error = NULL;
  g_auto (GStrv) words = words_of (argc, argv);
  char **left;

  g_set_prgname (usage_name);
  g_option_context_set_summary (context, command->summary);
  add_entries (context, command, options);
  if (own != NULL)
    g_option_context_add_main_entries (context, own, NULL);
  left = g_strdupv (words);
  if (!g_option_context_parse_strv (context, &left, &parse_error))
    {
      g_strfreev (left);
      return explain_error (command, own, words, parse_error, error);
    }
  g_strfreev (left);
  return check_values (options, command, error);
}

void
e13_options_clear (E13Options *options)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      gpointer *member = G_STRUCT_MEMBER_P (options, rows[i].offset);

      if (rows[i].type == G_OPTION_ARG_FILENAME)
        g_clear_pointer (member, g_free);
      else if (rows[i].type == G_OPTION_ARG_FILENAME_ARRAY)
        g_clear_pointer ((char ***)member, g_strfreev);
    }
  g_clear_pointer (&options->features, g_ptr_array_unref);
  g_clear_pointer (&options->plan.remove_denies, g_array_unref);
}

const E13ReadOps *
e13_options_platform (const E13Options *options, const E13ReadOps *ops)
{
  if (options->dump != NULL)
    return &e13_snapshot_read;
  if (!ops->is_windows && (options->pool != NULL || options->as_sid != NULL || options->apphost != NULL))
    return e13_host_foreign_read;
  return ops;
}

/* ---- What follows from them ------------------------------------------------------------------ */

static gboolean
fits_windows (const E13Options *options, GError **error)
{
  if (options->as != NULL || options->as_app != NULL || options->as_server != NULL)
    return e13_throw (error, E13_ERROR_USAGE,
                      "--as names an account of Unix: for a dump of Windows give --pool or --as-sid");
  if (options->reporter == &e13_report_sh)
    return e13_throw (error, E13_ERROR_USAGE, "--format=sh is for Unix: for a dump of Windows give --format=cmd");
  return TRUE;
}

static gboolean
fits_posix (const E13Options *options, GError **error)
{
  if (options->pool != NULL || options->as_sid != NULL)
    return e13_throw (error, E13_ERROR_USAGE, "%s is for a dump of Windows: for one of getfacl give --as",
                      options->pool != NULL ? "--pool" : "--as-sid");
  if (options->reporter == &e13_report_cmd)
    return e13_throw (error, E13_ERROR_USAGE,
                      "--format=cmd is for a dump of Windows: for one of getfacl give "
                      "--format=sh");
  if (options->as == NULL && options->as_app == NULL)
    return e13_throw (error, E13_ERROR_USAGE,
                      "a dump does not tell who serves the site: say whose rights to judge with --as, as the dump "
                      "writes it (www-data:www-data,adm or 33:33,4)");
  return TRUE;
}

E13Tree *
e13_options_open_dump (const E13Options *options, GError **error)
{
  E13Tree *tree = e13_snapshot_open (options->dump, options->root, error);

  if (tree == NULL || (tree->is_windows ? fits_windows (options, error) : fits_posix (options, error)))
    return tree;
  e13_snapshot_read.close_tree (tree);
  return NULL;
}

static gboolean
wants_color (const E13Options *options)
{
  const char *no_color = g_getenv ("NO_COLOR");

  if (options->color != NULL && strcmp (options->color, "auto") != 0)
    return strcmp (options->color, "always") == 0;
  return e13_console_takes_escapes (E13_CONSOLE_OUT) && (no_color == NULL || *no_color == '\0');
}

E13ReportOptions
e13_options_report (const E13Options *options, const E13ReadOps *ops)
{
  return (E13ReportOptions){
    .out = stdout,
    .color = wants_color (options),
    .width = e13_console_columns (),
    .each = options->each,
    .verbosity = options->quiet     ? 0
                 : options->verbose ? 2
                                    : 1,
    .ops = ops,
  };
}

/* All of the file, or of standard input. */
static char *
read_all (const char *path, gsize *ret_size, GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autofree char *shown = e13_quote_display (path);
  g_autoptr (GIOChannel) channel
      = strcmp (path, "-") == 0 ? g_io_channel_unix_new (fileno (stdin)) : g_io_channel_new_file (path, "r", &cause);
  char *text = NULL;

  if (channel == NULL)
    return e13_throw (error, E13_ERROR_INPUT, "cannot open the list '%s': %s", shown, cause->message), NULL;
  g_io_channel_set_encoding (channel, NULL, NULL);
  if (g_io_channel_read_to_end (channel, &text, ret_size, &cause) != G_IO_STATUS_NORMAL)
    return e13_throw (error, E13_ERROR_INPUT, "cannot read the list '%s': %s", shown, cause->message), NULL;
  return text;
}

static gboolean
read_list (const E13Options *options, GPtrArray *paths, GError **error)
{
  g_autofree char *shown = e13_quote_display (options->list);
  gsize size = 0;
  g_autofree char *text = read_all (options->list, &size, error);

  if (text == NULL)
    return FALSE;
  for (gsize start = 0; start < size;)
    {
      const char *end = memchr (text + start, options->nul ? '\0' : '\n', size - start);
      gsize length = end != NULL ? (gsize)(end - text) - start : size - start;

      if (memchr (text + start, '\0', length) != NULL)
        return e13_throw (error, E13_ERROR_INPUT, "the list '%s' holds a NUL byte: -0 reads such lists", shown);
      if (length > 0)
        g_ptr_array_add (paths, g_strndup (text + start, length));
      start += length + 1;
    }
  return TRUE;
}

GPtrArray *
e13_options_paths (const E13Options *options, GError **error)
{
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);

  for (gsize i = 0; options->arguments != NULL && options->arguments[i] != NULL; i++)
    g_ptr_array_add (paths, g_strdup (options->arguments[i]));
  if (options->list != NULL && !read_list (options, paths, error))
    return NULL;
  if (paths->len == 0 && options->list == NULL)
    return e13_throw (error, E13_ERROR_USAGE, "an argument is missing (see errno13 --help)"), NULL;
  return g_steal_pointer (&paths);
}

GPtrArray *
e13_options_sites (const E13Options *options, const E13ReadOps *ops, GError **error)
{
  g_autoptr (GPtrArray) paths = e13_options_paths (options, error);

  return paths != NULL ? e13_expand_directories (ops, paths, error) : NULL;
}
