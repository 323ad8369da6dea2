/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* errno13 lint --fix: the edits, a journal of what the files held, and the files written anew. */

#include "commands/lint-run.h"

#include "base/error.h"
#include "base/path.h"
#include "base/quote.h"
#include "iis/lint-fix.h"
#include "repair/apply.h"
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

/* The change that @rewrite is; refused already where the file is not one to write. */
static E13Change *
change_of (const E13LintRun *run, const E13LintRewrite *rewrite, GError **error)
{
  E13Pin *pin = run->ops->pin (run->tree, rewrite->path, error);
  E13Change *change;

  if (pin == NULL)
    return NULL;
  change = e13_change_new (E13_CHANGE_REWRITE, rewrite->path, &pin->facts);
  change->before.content = g_bytes_ref (rewrite->before);
  change->after.content = g_bytes_ref (rewrite->after);
  if (pin->facts.type != E13_TYPE_FILE)
    refuse (change, "it is no plain file");
  else if (pin->facts.n_links > 1)
    refuse (change, "it has a second name (hard link), which may lie outside the site");
  run->ops->unpin (pin);
  return change;
}

static gboolean
make_changes (const E13LintRun *run, E13LintFixes *fixes, GError **error)
{
  fixes->changes = g_ptr_array_new_with_free_func ((GDestroyNotify)e13_change_free);
  for (guint i = 0; i < fixes->rewrites->len; i++)
    {
      E13Change *change = change_of (run, fixes->rewrites->pdata[i], error);

      if (change == NULL)
        return FALSE;
      g_ptr_array_add (fixes->changes, change);
    }
  return TRUE;
}

static gboolean
write_changes (const E13LintRun *run, const E13WriteOps *write, E13LintFixes *fixes, GError **error)
{
  g_autofree char *directory = e13_journal_directory ();
  g_autoptr (E13Lock) lock = e13_journal_lock (directory, error);
  const E13ApplyRequest request = { .read = run->ops, .write = write, .tree = run->tree, .n_threads = 1 };

  if (lock == NULL)
    return FALSE;
  fixes->journal
      = e13_journal_write (directory, run->options.journal, run->ops, run->tree, fixes->changes, NULL, error);
  if (fixes->journal == NULL)
    return FALSE;
  e13_apply (&request, fixes->changes);
  fixes->has_failed = e13_changes_count (fixes->changes, E13_OUTCOME_FAILED) > 0;
  if (fixes->has_failed)
    e13_journal_mark_left (fixes->journal, e13_changes_count (fixes->changes, E13_OUTCOME_FAILED), fixes->changes->len,
                           NULL);
  return TRUE;
}

static void
list_fixed (const E13LintRun *run, E13LintFixes *fixes)
{
  fixes->fixed = g_array_new (FALSE, FALSE, sizeof (E13LintFixed));
  for (guint i = 0; i < fixes->rewrites->len; i++)
    {
      const E13LintRewrite *rewrite = fixes->rewrites->pdata[i];
      const E13Change *change = fixes->changes->pdata[i];
      g_autofree char *full = e13_tree_full_path (run->tree, rewrite->path);
      const E13LintFixed fixed = { e13_quote_path (full), rewrite->done, change->outcome, change->reason };

      g_array_append_val (fixes->fixed, fixed);
    }
}

gboolean
e13_lint_fix (const E13LintRun *run, const E13WriteOps *write, E13LintFixes *ret_fixes, GError **error)
{
  const E13LintRequest request = e13_lint_run_request (run);

  if (run->ops == e13_host_foreign_read)
    write = e13_host_foreign_write;
  ret_fixes->rewrites = e13_lint_rewrites (&request, error);
  if (ret_fixes->rewrites == NULL || !make_changes (run, ret_fixes, error))
    return FALSE;
  if (e13_changes_count (ret_fixes->changes, E13_OUTCOME_PENDING) > 0
      && !write_changes (run, write, ret_fixes, error))
    return FALSE;
  list_fixed (run, ret_fixes);
  return TRUE;
}
