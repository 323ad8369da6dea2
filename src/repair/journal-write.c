/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Writing journals. All handles first, by all threads; then one file, written once and synced once, however many
 * objects there are; then its directory. Only when this has succeeded may anything be changed. */

#include "config.h"

#include "repair/journal-format.h"

#include <errno.h>

#include "base/error.h"
#include "base/quote.h"
#include "platform/store.h"
#include "repair/parallel.h"

#define BUFFER_SIZE (256 * 1024)
#define MOST_NAMES_A_SECOND 10000

/* ---- Handles --------------------------------------------------------------------------------- */

typedef struct
{
  const E13ReadOps *ops;
  const E13Tree *tree;
  GPtrArray *changes;
} Binding;

/* The handle, or NULL without @error where the file system has none to give. */
static char *
read_handle (const E13ReadOps *ops, const E13Pin *pin, GError **error)
{
  g_autoptr (GError) cause = NULL;
  char *handle = ops->handle_of (pin, &cause);

  if (handle == NULL && !g_error_matches (cause, E13_ERROR, E13_ERROR_UNSUPPORTED))
    g_propagate_error (error, g_steal_pointer (&cause));
  return handle;
}

static gboolean
bind (const Binding *binding, E13Change *change, GError **error)
{
  E13Pin *pin = binding->ops->hold (binding->tree, change->path, error);
  g_autoptr (GError) cause = NULL;
  gboolean same;

  if (pin == NULL)
    return FALSE;
  same = e13_object_key_same_state (&pin->facts.key, &change->key);
  if (same)
    {
      g_free (change->handle);
      change->handle = read_handle (binding->ops, pin, &cause);
    }
  binding->ops->unpin (pin);
  if (!same)
    return e13_throw (error, E13_ERROR_MOVED, "it has changed since it was judged");
  if (cause == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&cause));
  return FALSE;
}

/* What cannot be bound to its inode is not changed, as it could not be undone. */
static void
bind_or_refuse (guint index, gpointer data)
{
  const Binding *binding = data;
  E13Change *change = binding->changes->pdata[index];
  g_autoptr (GError) error = NULL;

  if (change->outcome != E13_OUTCOME_PENDING || change->kind == E13_CHANGE_MAKE_DIRECTORY || change->handle != NULL
      || bind (binding, change, &error))
    return;
  change->outcome = E13_OUTCOME_REFUSED;
  change->reason = g_strdup (error->message);
}

/* ---- The file -------------------------------------------------------------------------------- */

/* FALSE and errno. */
static gboolean
write_text (E13StoreFile *file, const E13Journal *header, const GPtrArray *changes)
{
  g_autoptr (GString) out = g_string_sized_new (BUFFER_SIZE);
  E13JournalSum sum;

  e13_journal_append_header (out, header, e13_changes_count (changes, E13_OUTCOME_PENDING), &sum);
  for (guint i = 0; i < changes->len; i++)
    {
      const E13Change *change = changes->pdata[i];

      if (change->outcome != E13_OUTCOME_PENDING)
        continue;
      e13_journal_append_record (out, header->site, change, &sum);
      if (out->len < BUFFER_SIZE)
        continue;
      if (!e13_store_write (file, out->str, out->len))
        return FALSE;
      g_string_truncate (out, 0);
    }
  return e13_store_write (file, out->str, out->len) && e13_store_sync (file);
}

static gboolean
write_file (E13StoreFile *file, const char *path, const E13Journal *header, const GPtrArray *changes, GError **error)
{
  g_autofree char *shown = e13_quote_display (path);

  if (write_text (file, header, changes))
    return TRUE;
  e13_throw_errno (error, "cannot write the journal '%s'", shown);
  e13_store_remove (file);
  return FALSE;
}

/* ---- Its place ------------------------------------------------------------------------------- */

/* The owner of the tree could remove or replace a journal in it. */
static gboolean
check_place (const E13Store *store, const char *directory, const E13Tree *tree, GError **error)
{
  g_autofree char *shown = NULL;

  if (!e13_store_lies_inside (store, &tree->root->facts.key))
    return TRUE;
  shown = e13_quote_display (directory);
  return e13_throw (error, E13_ERROR_REFUSED, "cannot keep the journal in '%s': it lies inside the site", shown);
}

/* A file named after @when, made unique; NULL and errno. */
static E13StoreFile *
create_named (E13Store *store, GDateTime *when, char **ret_name)
{
  g_autofree char *stem = g_date_time_format (when, "%Y-%m-%dT%H-%M-%S");

  for (guint i = 1; i < MOST_NAMES_A_SECOND; i++)
    {
      g_autofree char *name = i == 1 ? g_strconcat (stem, ".acl", NULL) : g_strdup_printf ("%s-%u.acl", stem, i);
      E13StoreFile *file = e13_store_create (store, name);

      if (file == NULL && errno == EEXIST)
        continue;
      *ret_name = g_steal_pointer (&name);
      return file;
    }
  errno = EEXIST;
  return NULL;
}

/* ---- All together ---------------------------------------------------------------------------- */

static E13Journal *
make_header (const E13ReadOps *ops, const E13Tree *tree, GDateTime *when, const char *undoes, GError **error)
{
  g_autoptr (E13Journal) header = g_new0 (E13Journal, 1);
  g_autoptr (GError) cause = NULL;

  header->site = g_strdup (tree->path);
  header->root_key = tree->root->facts.key;
  header->machine = e13_journal_machine ();
  header->when = g_date_time_format (when, "%Y-%m-%dT%H:%M:%SZ");
  header->undoes = g_strdup (undoes);
  header->root_handle = read_handle (ops, tree->root, &cause);
  if (cause == NULL)
    return g_steal_pointer (&header);
  g_propagate_error (error, g_steal_pointer (&cause));
  return NULL;
}

static char *
write_in (E13Store *store, const char *directory, const char *chosen_name, const E13Tree *tree,
          const E13Journal *header, GDateTime *when, const GPtrArray *changes, GError **error)
{
  g_autofree char *name = g_strdup (chosen_name);
  g_autofree char *path = NULL;
  g_autoptr (E13StoreFile) file = NULL;

  if (!check_place (store, directory, tree, error))
    return NULL;
  file = chosen_name != NULL ? e13_store_create (store, name) : create_named (store, when, &name);
  path = name != NULL ? g_build_filename (directory, name, NULL) : g_strdup (directory);
  if (file == NULL)
    {
      g_autofree char *shown = e13_quote_display (path);

      return e13_throw_errno (error, "cannot create the journal '%s'", shown), NULL;
    }
  return write_file (file, path, header, changes, error) ? g_steal_pointer (&path) : NULL;
}

char *
e13_journal_write (const char *directory, const char *path, const E13ReadOps *ops, const E13Tree *tree,
                   GPtrArray *changes, const char *undoes, GError **error)
{
  Binding binding = { ops, tree, changes };
  g_autoptr (GDateTime) when = g_date_time_new_now_utc ();
  g_autofree char *absolute = path != NULL ? g_canonicalize_filename (path, NULL) : NULL;
  g_autofree char *folder = path != NULL ? g_path_get_dirname (absolute) : g_strdup (directory);
  g_autofree char *name = path != NULL ? g_path_get_basename (absolute) : NULL;
  g_autoptr (E13Store) store = NULL;
  g_autoptr (E13Journal) header = NULL;

  store = path != NULL ? e13_store_open_chosen (folder, error) : e13_store_open_own (folder, TRUE, error);
  if (store == NULL)
    return NULL;
  header = make_header (ops, tree, when, undoes, error);
  if (header == NULL)
    return NULL;
  e13_parallel_each (changes->len, 0, bind_or_refuse, &binding);
  return write_in (store, folder, name, tree, header, when, changes, error);
}

/* ---- Marks ----------------------------------------------------------------------------------- */

static char *
time_now (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();

  return g_date_time_format (now, "%Y-%m-%dT%H:%M:%SZ");
}

gboolean
e13_journal_mark_undone (const char *path, const char *by, GError **error)
{
  g_autofree char *shown = e13_quote_display (path);
  g_autofree char *when = time_now ();
  g_autoptr (GString) mark = g_string_new (NULL);

  e13_journal_append_mark (mark, by, when);
  return e13_store_append (path, E13_JOURNAL_PREFIX, mark->str)
         || e13_throw_errno (error, "cannot mark the journal '%s' as undone", shown);
}

gboolean
e13_journal_mark_left (const char *path, guint n_left, guint n_all, GError **error)
{
  g_autofree char *shown = e13_quote_display (path);
  g_autofree char *when = time_now ();
  g_autoptr (GString) mark = g_string_new (NULL);

  e13_journal_append_left (mark, n_left, n_all, when);
  return e13_store_append (path, E13_JOURNAL_PREFIX, mark->str)
         || e13_throw_errno (error, "cannot mark in the journal '%s' what was not kept", shown);
}
