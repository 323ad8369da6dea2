/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* errno13 undo: takes a repair back, and journals that too. */

#include "commands/commands.h"

#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/quote.h"
#include "commands/elevation.h"
#include "commands/options.h"
#include "commands/watch.h"
#include "repair/apply.h"
#include "repair/journal.h"
#include "repair/undo.h"

static const E13CommandLine command_line = {
  .name = "undo",
  .arguments = "[JOURNAL | SITE]",
  .summary = "Takes a repair back: that of JOURNAL, the newest of SITE, or the newest of all that is not undone yet.",
  .groups = E13_OPTIONS_JOURNAL,
};

typedef struct
{
  const E13ReadOps *ops;
  const E13WriteOps *write;
  E13Options options;
  gboolean list;
  gboolean new_objects;
  char *at;
  char *directory;
  const gint *cancelled;
  int argc;
  char *const *argv;
} Undo;

/* ---- Which journal --------------------------------------------------------------------------- */

static const E13Journal *
find_journal (const GPtrArray *journals, const char *path)
{
  for (guint i = 0; i < journals->len; i++)
    if (strcmp (((E13Journal *)journals->pdata[i])->path, path) == 0)
      return journals->pdata[i];
  return NULL;
}

/* An undo that was undone itself has brought the repair back. */
static gboolean
is_undone (const GPtrArray *journals, const E13Journal *journal)
{
  gboolean undone = FALSE;

  for (guint i = 0; i < journals->len && journal != NULL && journal->undone_by != NULL; i++)
    {
      undone = !undone;
      journal = find_journal (journals, journal->undone_by);
    }
  return undone;
}

static int
print_list (const GPtrArray *journals)
{
  for (guint i = 0; i < journals->len; i++)
    {
      const E13Journal *journal = journals->pdata[i];
      g_autofree char *path = e13_quote_path (journal->path);
      g_autofree char *site = e13_quote_path (journal->site != NULL ? journal->site : "(cannot be read)");
      const char *state = is_undone (journals, journal) ? "undone" : journal->undoes != NULL ? "an undo" : "";

      printf ("%-22s %-8s %s  %s\n", journal->when != NULL ? journal->when : "", state, path, site);
    }
  if (journals->len == 0)
    puts ("No journals.");
  return E13_EXIT_CLEAN;
}

/* The newest repair (of @site, where it is not NULL) that is not undone yet. An undo is taken back only where it is
 * named. */
static char *
newest (const GPtrArray *journals, const char *site, GError **error)
{
  g_autofree char *shown = site != NULL ? e13_quote_path (site) : NULL;

  for (guint i = 0; i < journals->len; i++)
    {
      const E13Journal *journal = journals->pdata[i];

      if (journal->site != NULL && !is_undone (journals, journal) && journal->undoes == NULL
          && (site == NULL || strcmp (journal->site, site) == 0))
        return g_strdup (journal->path);
    }
  if (site != NULL)
    e13_throw (error, E13_ERROR_USAGE, "no repair of '%s' is left to undo (errno13 undo --list)", shown);
  else
    e13_throw (error, E13_ERROR_USAGE, "no repair is left to undo");
  return NULL;
}

/* The journal that is meant: @argument is one, or a site, or NULL. Free with g_free(). */
static char *
choose (const Undo *undo, const GPtrArray *journals, const char *argument, GError **error)
{
  g_autoptr (E13Route) route = NULL;
  const E13Pin *last;

  if (argument == NULL)
    return newest (journals, NULL, error);
  route = undo->ops->route (argument, error);
  if (route == NULL)
    return NULL;
  last = route->pins->pdata[route->pins->len - 1];
  /* A site that was moved away is still known by its name. */
  if (route->missing != NULL || last->facts.type == E13_TYPE_DIRECTORY)
    return newest (journals, route->missing != NULL ? route->given : route->resolved, error);
  return g_strdup (argument);
}

static gboolean
check_machine (const Undo *undo, const E13Journal *journal, GError **error)
{
  g_autofree char *here = e13_journal_machine ();
  g_autofree char *shown = e13_quote_path (journal->path);

  if (undo->at != NULL || strcmp (here, journal->machine) == 0)
    return TRUE;
  return e13_throw (error, E13_ERROR_REFUSED,
                    "the journal '%s' was written on another machine: --at PATH undoes it here, if PATH is that site",
                    shown);
}

/* ---- Taking it back -------------------------------------------------------------------------- */

static GPtrArray *
plan (const Undo *undo, const E13Tree *tree, const E13Journal *journal, guint *ret_n_new, GError **error)
{
  g_autoptr (GPtrArray) changes = e13_undo_plan (undo->ops, tree, journal, error);
  g_autoptr (GPtrArray) made_since = NULL;

  if (changes == NULL)
    return NULL;
  made_since = e13_undo_new_objects (undo->ops, tree, journal, error);
  if (made_since == NULL)
    return NULL;
  *ret_n_new = made_since->len;
  while (undo->new_objects && made_since->len > 0)
    g_ptr_array_add (changes, g_ptr_array_steal_index (made_since, 0));
  return g_steal_pointer (&changes);
}

static void
print_left (const E13Tree *tree, const GPtrArray *changes)
{
  for (guint i = 0; i < changes->len; i++)
    {
      const E13Change *change = changes->pdata[i];
      g_autofree char *full = e13_tree_full_path (tree, change->path);
      g_autofree char *shown = e13_quote_path (full);

      if (change->outcome == E13_OUTCOME_REFUSED || change->outcome == E13_OUTCOME_FAILED)
        printf ("%s  %s\n    %s\n", change->outcome == E13_OUTCOME_FAILED ? "failed " : "refused", shown,
                change->reason);
    }
}

static void
print_count (guint n, const char *what)
{
  if (n > 0)
    printf (", %u %s", n, what);
}

static int
report (const Undo *undo, const E13Tree *tree, const GPtrArray *changes, guint n_new, const char *own_journal)
{
  guint done = e13_changes_count (changes, E13_OUTCOME_DONE);
  guint refused = e13_changes_count (changes, E13_OUTCOME_REFUSED);
  guint failed = e13_changes_count (changes, E13_OUTCOME_FAILED);
  guint pending = e13_changes_count (changes, E13_OUTCOME_PENDING);

  if (!undo->options.quiet)
    print_left (tree, changes);
  if (pending > 0)
    printf ("Stopped with %u %s to go: run the same command again.\n", pending, pending == 1 ? "object" : "objects");
  if (n_new > 0 && !undo->new_objects)
    printf (n_new == 1 ? "%u object made since the repair still holds its entries: --new takes them away.\n"
                       : "%u objects made since the repair still hold its entries: --new takes them away.\n",
            n_new);
  if (changes->len == 0)
    puts ("Nothing to restore: every object is as it was before the repair.");
  else
    {
      printf ("%u %s restored and verified", done, done == 1 ? "object" : "objects");
      print_count (refused, "refused");
      print_count (failed, "failed");
      putchar ('.');
    }
  if (own_journal != NULL)
    {
      g_autofree char *shown = e13_quote_path_word (own_journal);

      printf (" To take this back: errno13 undo %s", shown);
    }
  if (changes->len > 0)
    putchar ('\n');
  if (failed > 0)
    return E13_EXIT_TROUBLE;
  return refused + pending > 0 ? E13_EXIT_PROBLEMS : E13_EXIT_CLEAN;
}

static void
apply (const Undo *undo, const E13Tree *tree, GPtrArray *changes)
{
  gint n_done = 0;
  g_autoptr (E13Progress) progress = e13_progress_start ("objects restored", &n_done);
  const E13ApplyRequest request = {
    .read = undo->ops,
    .write = undo->write,
    .tree = tree,
    .undoing = TRUE,
    .cancelled = undo->cancelled,
    .n_done = &n_done,
  };

  e13_apply (&request, changes);
}

/* Writes what is to be written; @ret_own: the journal of that, NULL where there was nothing to write. */
static gboolean
take_back (const Undo *undo, const E13Tree *tree, const E13Journal *journal, GPtrArray *changes, char **ret_own,
           GError **error)
{
  *ret_own = NULL;
  if (e13_changes_count (changes, E13_OUTCOME_PENDING) > 0)
    {
      *ret_own
          = e13_journal_write (undo->directory, undo->options.journal, undo->ops, tree, changes, journal->path, error);
      if (*ret_own == NULL)
        return FALSE;
      apply (undo, tree, changes);
    }
  if (e13_changes_count (changes, E13_OUTCOME_PENDING) + e13_changes_count (changes, E13_OUTCOME_FAILED) > 0
      || (*ret_own == NULL && changes->len > 0))
    return TRUE;
  return e13_journal_mark_undone (journal->path, *ret_own != NULL ? *ret_own : "-", error);
}

static int
undo_on_tree (const Undo *undo, const E13Tree *tree, const E13Journal *journal)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *own = NULL;
  guint n_new = 0;
  g_autoptr (GPtrArray) changes = plan (undo, tree, journal, &n_new, &error);
  gboolean taken;
  int status;

  if (changes == NULL)
    return e13_command_fail (error);
  taken = take_back (undo, tree, journal, changes, &own, &error);
  if (!taken && own == NULL)
    return e13_command_fail (error);
  status = report (undo, tree, changes, n_new, own);
  return taken ? status : e13_command_fail (error);
}

static gboolean
is_of_windows (const E13Journal *journal)
{
  const E13Change *first = journal->changes->len > 0 ? journal->changes->pdata[0] : NULL;

  return first != NULL && first->before.sd != NULL;
}

static int
undo_journal (Undo *undo, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (E13Journal) journal = e13_journal_read (path, &error);
  g_autoptr (E13Lock) lock = NULL;
  E13Tree *tree;
  int status;

  if (journal != NULL && is_of_windows (journal) && !undo->ops->is_windows)
    {
      undo->ops = e13_host_foreign_read;
      undo->write = e13_host_foreign_write;
    }
  if (journal == NULL || !check_machine (undo, journal, &error)
      || (lock = e13_journal_lock (undo->directory, &error)) == NULL)
    return e13_command_fail (error);
  tree = undo->ops->open_tree (undo->at != NULL ? undo->at : journal->site, &error);
  if (tree == NULL && undo->at == NULL)
    g_prefix_error (&error, "if the site was moved, name its new place with --at PATH: ");
  if (tree == NULL)
    return e13_command_fail (error);
  status = undo_on_tree (undo, tree, journal);
  undo->ops->close_tree (tree);
  return status;
}

/* ---- The command ----------------------------------------------------------------------------- */

static int
run (Undo *undo)
{
  char **arguments = undo->options.arguments;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) journals = NULL;
  g_autofree char *path = NULL;

  if (arguments != NULL && arguments[0] != NULL && arguments[1] != NULL)
    {
      e13_throw (&error, E13_ERROR_USAGE, "one JOURNAL or SITE at a time");
      return e13_command_fail (error);
    }
  journals = e13_journal_list (undo->directory, &error);
  if (journals == NULL)
    return e13_command_fail (error);
  if (undo->list)
    return print_list (journals);
  path = choose (undo, journals, arguments != NULL ? arguments[0] : NULL, &error);
  if (path == NULL || !e13_elevation_check (undo->ops, undo->argc, undo->argv, &error))
    return e13_command_fail (error);
  return undo_journal (undo, path);
}

int
e13_command_undo (const E13ReadOps *ops, const E13WriteOps *write, int argc, char **argv)
{
  Undo undo = { .ops = ops, .write = write, .argc = argc, .argv = argv };
  const GOptionEntry own[] = {
    { "list", 0, 0, G_OPTION_ARG_NONE, &undo.list, "Only list the journals, newest first", NULL },
    { "at", 0, 0, G_OPTION_ARG_FILENAME, &undo.at, "The site is at PATH now", "PATH" },
    { "new", 0, 0, G_OPTION_ARG_NONE, &undo.new_objects, "Objects made since the repair lose its entries, too", NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GError) error = NULL;
  int status;

  undo.cancelled = e13_watch_interrupts ();
  undo.directory = e13_journal_directory ();
  status = e13_options_parse (&undo.options, &command_line, own, argc, argv, &error) ? run (&undo)
                                                                                     : e13_command_fail (error);
  e13_options_clear (&undo.options);
  g_free (undo.directory);
  g_free (undo.at);
  return status;
}
