/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "commands/lint-fix.h"

#include <stdio.h>

#include "base/error.h"
#include "base/path.h"
#include "base/quote.h"
#include "iis/lint-allow.h"
#include "iis/lint-fix.h"
#include "repair/apply.h"
#include "repair/guard.h"
#include "repair/journal.h"

void
e13_lint_fixes_clear (E13LintFixes *fixes)
{
  for (guint i = 0; fixes->fixed != NULL && i < fixes->fixed->len; i++)
    g_free (g_array_index (fixes->fixed, E13LintFixed, i).path);
  g_clear_pointer (&fixes->fixed, g_array_unref);
  g_clear_pointer (&fixes->rewrites, g_ptr_array_unref);
  g_clear_pointer (&fixes->changes, g_ptr_array_unref);
  g_clear_pointer (&fixes->journal, g_free);
}

static void
refuse (E13Change *change, const char *why)
{
  change->outcome = E13_OUTCOME_REFUSED;
  change->reason = g_strdup (why);
}

/* The change that writes a file anew; refused already where the file is not one to write. */
static E13Change *
change_of (const E13ReadOps *ops, const E13Tree *tree, const char *path, GBytes *before, GBytes *after, GError **error)
{
  E13Pin *pin = ops->pin (tree, path, error);
  E13Change *change;

  if (pin == NULL)
    return NULL;
  change = e13_change_new (E13_CHANGE_REWRITE, path, &pin->facts);
  change->before.content = g_bytes_ref (before);
  change->after.content = g_bytes_ref (after);
  if (pin->facts.type != E13_TYPE_FILE)
    refuse (change, "it is no plain file");
  else if (pin->facts.n_links > 1)
    refuse (change, "it has a second name (hard link), which may lie outside the site");
  ops->unpin (pin);
  return change;
}

static gboolean
make_changes (const E13LintRequest *request, E13LintFixes *fixes, GError **error)
{
  fixes->changes = g_ptr_array_new_with_free_func ((GDestroyNotify)e13_change_free);
  for (guint i = 0; i < fixes->rewrites->len; i++)
    {
      const E13LintRewrite *rewrite = fixes->rewrites->pdata[i];
      E13Change *change
          = change_of (request->ops, request->tree, rewrite->path, rewrite->before, rewrite->after, error);

      if (change == NULL)
        return FALSE;
      g_ptr_array_add (fixes->changes, change);
    }
  return TRUE;
}

/* Journals @changes of @tree, and makes them. */
static gboolean
write_journalled (const E13ReadOps *ops, const E13WriteOps *write, const E13Tree *tree, GPtrArray *changes,
                  const char *journal, char **ret_journal, GError **error)
{
  g_autofree char *directory = e13_journal_directory ();
  g_autoptr (E13Lock) lock = e13_journal_lock (directory, error);
  const E13ApplyRequest apply = { .read = ops, .write = write, .tree = tree, .n_threads = 1 };
  guint n_failed;

  if (lock == NULL)
    return FALSE;
  *ret_journal = e13_journal_write (directory, journal, ops, tree, changes, NULL, error);
  if (*ret_journal == NULL)
    return FALSE;
  e13_apply (&apply, changes);
  n_failed = e13_changes_count (changes, E13_OUTCOME_FAILED);
  if (n_failed > 0)
    e13_journal_mark_left (*ret_journal, n_failed, changes->len, NULL);
  return TRUE;
}

static void
list_fixed (const E13LintRequest *request, E13LintFixes *fixes)
{
  fixes->fixed = g_array_new (FALSE, FALSE, sizeof (E13LintFixed));
  for (guint i = 0; i < fixes->rewrites->len; i++)
    {
      const E13LintRewrite *rewrite = fixes->rewrites->pdata[i];
      const E13Change *change = fixes->changes->pdata[i];
      g_autofree char *full = e13_tree_full_path (request->tree, rewrite->path);
      const E13LintFixed fixed = { e13_quote_path (full), rewrite->done, change->outcome, change->reason };

      g_array_append_val (fixes->fixed, fixed);
    }
}

/* May files below @tree be written at all? */
static gboolean
may_write (const E13ReadOps *ops, const E13WriteOps *write, const E13Tree *tree, gboolean is_site, GError **error)
{
  g_autofree char *why_not = e13_guard_content (ops, tree, is_site);
  g_autofree char *shown = tree->is_windows ? e13_quote_windows (tree->path) : e13_quote_path (tree->path);

  if (why_not != NULL)
    return e13_throw (error, E13_ERROR_REFUSED, "nothing in '%s' is edited: %s", shown, why_not);
  if (write == NULL || write->rewrite == NULL)
    return e13_throw (error, E13_ERROR_UNSUPPORTED, "nothing in '%s' is edited: files cannot be written anew here",
                      shown);
  return TRUE;
}

gboolean
e13_lint_fix (const E13LintRequest *request, const E13WriteOps *write, const char *journal, E13LintFixes *ret_fixes,
              GError **error)
{
  if (request->ops == e13_host_foreign_read)
    write = e13_host_foreign_write;
  if (!may_write (request->ops, write, request->tree, TRUE, error))
    return FALSE;
  ret_fixes->rewrites = e13_lint_rewrites (request, error);
  if (ret_fixes->rewrites == NULL || !make_changes (request, ret_fixes, error))
    return FALSE;
  if (e13_changes_count (ret_fixes->changes, E13_OUTCOME_PENDING) > 0
      && !write_journalled (request->ops, write, request->tree, ret_fixes->changes, journal, &ret_fixes->journal,
                            error))
    return FALSE;
  if (e13_changes_count (ret_fixes->changes, E13_OUTCOME_DONE) == 0)
    g_clear_pointer (&ret_fixes->journal, g_free); /* nothing to take back */
  ret_fixes->has_failed = e13_changes_count (ret_fixes->changes, E13_OUTCOME_FAILED) > 0;
  list_fixed (request, ret_fixes);
  return TRUE;
}

/* ---- --allow-cgi ----------------------------------------------------------------------------- */

static gboolean
edit_copy (const E13LintAllow *allow, const E13WriteOps *write, const char *apphost, const char *journal,
           char **ret_journal, GError **error)
{
  const E13ReadOps *ops = e13_host_read;
  g_autofree char *directory = g_path_get_dirname (apphost);
  g_autofree char *name = g_path_get_basename (apphost);
  E13Tree *tree = ops->open_tree (directory, error);
  E13Pin *pin = tree != NULL && may_write (ops, write, tree, FALSE, error) ? ops->pin (tree, name, error) : NULL;
  g_autoptr (GBytes) before = pin != NULL ? ops->read_file (pin, E13_XML_MAX_BYTES, error) : NULL;
  g_autoptr (GBytes) after = before != NULL ? e13_iis_edit (before, &allow->edit, error) : NULL;
  g_autoptr (GPtrArray) changes = g_ptr_array_new_with_free_func ((GDestroyNotify)e13_change_free);
  E13Change *change = after != NULL ? change_of (ops, tree, name, before, after, error) : NULL;
  gboolean done = FALSE;

  if (change != NULL)
    {
      g_ptr_array_add (changes, change);
      done = change->outcome == E13_OUTCOME_REFUSED
             || write_journalled (ops, write, tree, changes, journal, ret_journal, error);
      if (done && change->outcome != E13_OUTCOME_DONE)
        done = e13_throw (error, change->outcome == E13_OUTCOME_REFUSED ? E13_ERROR_REFUSED : E13_ERROR_FAILED, "%s",
                          change->reason);
    }
  ops->unpin (pin);
  if (tree != NULL)
    ops->close_tree (tree);
  return done;
}

static gboolean
allow_on (const E13LintAllow *allow, const E13WriteOps *write, const char *apphost, const char *journal, GError **error)
{
  g_autofree char *written = NULL;
  g_autofree char *shown = NULL;

  if (allow->edit.text == NULL)
    return e13_throw (error, E13_ERROR_UNSUPPORTED,
                      "the list of the copy has no entry to write beside, or has this one "
                      "with allowed=\"false\": edit it by hand");
  if (!edit_copy (allow, write, apphost, journal, &written, error))
    return FALSE;
  shown = e13_quote_path_word (written);
  printf ("The copy was changed. Undo with: errno13 undo %s\n", shown);
  return TRUE;
}

gboolean
e13_lint_allow (const E13LintRequest *request, const char *text, const E13WriteOps *write, const char *apphost,
                const char *journal, GError **error)
{
  g_autoptr (E13LintSite) site = e13_lint_site_new (request, error);
  g_auto (E13LintAllow) allow = { 0 };

  if (site == NULL || !e13_lint_allow_plan (site, text, &allow, error))
    return FALSE;
  puts ("To allow it on the server, in a window opened with \"Run as administrator\":");
  for (guint i = 0; i < allow.commands->len; i++)
    printf ("    %s\n", (char *)allow.commands->pdata[i]);
  for (guint i = 0; i < allow.remarks->len; i++)
    puts (allow.remarks->pdata[i]);
  return write == NULL || allow_on (&allow, write, apphost, journal, error);
}
