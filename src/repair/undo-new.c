/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* undo --new: what was made since the repair below directories that it gave a default ACL (or, on Windows, entries that
 * are inherited) inherited the grants in it, and is in no journal. It is known by three signs: its ctime is not before
 * the journal, the journal does not name it, and it holds each of the entries that the repair put there for new
 * objects, with the same rights. */

#include "repair/undo.h"

#include "base/error.h"
#include "repair/undo-new-windows.h"

typedef struct
{
  const E13ReadOps *ops;
  const E13Journal *journal;
  GHashTable *records; /* path → E13Change of the journal, not owned; read by all threads */
  gint64 since;        /* seconds */
  GMutex lock;         /* of changes */
  GPtrArray *changes;
} Search;

/* The entry that new objects would have inherited in @entry's place without the repair; NULL. A directory that the
 * repair made had none. */
static const E13AclEntry *
old_entry (const E13Change *record, const E13AclEntry *entry)
{
  const E13Acl *before = record->kind == E13_CHANGE_SET ? record->before.default_acl : NULL;

  return before != NULL ? e13_acl_find (before, entry->tag, entry->id) : NULL;
}

/* Did the repair put @entry into the default ACL of @record's directory? */
static gboolean
is_granted (const E13Change *record, const E13AclEntry *entry)
{
  const E13AclEntry *old = old_entry (record, entry);

  return e13_acl_tag_is_named (entry->tag) && (old == NULL || old->rights != entry->rights);
}

static gboolean
grants_to_new_objects (const E13Change *record)
{
  const E13Acl *after = record->after.default_acl;

  if (record->after.sd != NULL)
    return record->kind == E13_CHANGE_SET && e13_undo_windows_grants (record);
  if (record->kind == E13_CHANGE_REMOVE_DIRECTORY || after == NULL)
    return FALSE;
  for (guint i = 0; i < after->n_entries; i++)
    if (is_granted (record, &after->entries[i]))
      return TRUE;
  return FALSE;
}

/* Inheritance copies named entries as they are; the creator's mode only cuts the mask. */
static gboolean
has_inherited (const E13Acl *acl, const E13Change *record)
{
  const E13Acl *granted = record->after.default_acl;
  gboolean any = FALSE;

  for (guint i = 0; i < granted->n_entries; i++)
    {
      const E13AclEntry *entry = &granted->entries[i];
      const E13AclEntry *held;

      if (!is_granted (record, entry))
        continue;
      any = TRUE;
      held = e13_acl_find (acl, entry->tag, entry->id);
      if (held == NULL || held->rights != entry->rights)
        return FALSE;
    }
  return any;
}

/* Without a named entry there is no need for a mask: the owning group keeps what it had left of its rights. */
static E13Acl *
without_needless_mask (E13Acl *acl)
{
  const E13AclEntry *mask = e13_acl_find (acl, E13_ACL_MASK, 0);
  E13Acl *plain;

  for (guint i = 0; i < acl->n_entries; i++)
    if (e13_acl_tag_is_named (acl->entries[i].tag))
      return acl;
  if (mask == NULL)
    return acl;
  plain = e13_acl_from_mode (e13_acl_to_mode (acl) & ~070u);
  plain->entries[1].rights = (guint8)e13_acl_masked (acl, e13_acl_rights_of (acl, E13_ACL_GROUP_OBJ));
  e13_acl_unref (acl);
  return plain;
}

/* @acl without the entries that came from the repair of @record's directory; one that was there before and was widened
 * gets its old rights back. The mask stays as it is, so that nobody gains. */
static E13Acl *
stripped (E13Acl *acl, const E13Change *record)
{
  const E13Acl *granted = record->after.default_acl;
  E13Acl *result = e13_acl_ref (acl);

  for (guint i = 0; i < granted->n_entries; i++)
    {
      const E13AclEntry *entry = &granted->entries[i];
      const E13AclEntry *old = old_entry (record, entry);
      E13Acl *next;

      if (!is_granted (record, entry) || e13_acl_find (result, entry->tag, entry->id) == NULL)
        continue;
      next = old != NULL ? e13_acl_with (result, entry->tag, entry->id, old->rights & entry->rights)
                         : e13_acl_without (result, entry->tag, entry->id);
      e13_acl_unref (result);
      result = next;
    }
  return without_needless_mask (result);
}

/* A new directory inherited the whole default ACL, so it gets back the whole that it would have inherited. */
static E13Acl *
stripped_default (E13Acl *acl, const E13Change *record)
{
  if (acl == NULL)
    return NULL;
  if (e13_acl_equal (acl, record->after.default_acl) && record->kind == E13_CHANGE_SET)
    return e13_acl_ref (record->before.default_acl);
  return stripped (acl, record);
}

static E13Change *
strip_of_windows (const E13Facts *facts, const char *path, const E13Change *record)
{
  GBytes *stripped = e13_undo_windows_strip (facts, record);
  E13Change *change = stripped != NULL ? e13_change_new (E13_CHANGE_SET, path, facts) : NULL;

  if (change == NULL)
    return NULL;
  g_bytes_unref (change->after.sd);
  change->after.sd = stripped;
  return change;
}

/* The change that takes from the pinned object what it inherited; NULL where it has inherited nothing. */
static E13Change *
strip (const E13Pin *pin, const char *path, const E13Change *record)
{
  const E13Facts *facts = &pin->facts;
  E13Change *change;

  if (record->after.sd != NULL)
    return strip_of_windows (facts, path, record);
  if (facts->acl_state != E13_ACL_READ || !has_inherited (facts->access, record))
    return NULL;
  change = e13_change_new (E13_CHANGE_SET, path, facts);
  e13_attributes_clear (&change->after);
  change->after.access = stripped (facts->access, record);
  change->after.default_acl = stripped_default (facts->default_acl, record);
  change->after.mode = (facts->mode & 07000) | e13_acl_to_mode (change->after.access);
  return change;
}

/* ---- The walk -------------------------------------------------------------------------------- */

/* @record: that of the nearest directory above which grants to new objects. */
static void
examine (Search *search, const E13Batch *batch, gsize index, const char *path, const E13Facts *facts,
         const E13Change *record)
{
  E13Pin *pin;
  E13Change *change;

  /* A file with a second name may have been linked in, not made here: then its entries are somebody else's. */
  if (facts->type == E13_TYPE_FILE && facts->n_links > 1)
    return;
  if ((facts->type != E13_TYPE_FILE && facts->type != E13_TYPE_DIRECTORY) || facts->key.changed_seconds < search->since
      || g_hash_table_contains (search->records, path))
    return;
  pin = search->ops->pin_entry (batch, index, NULL);
  if (pin == NULL) /* gone, or just being changed */
    return;
  change = strip (pin, path, record);
  search->ops->unpin (pin);
  if (change == NULL)
    return;
  g_mutex_lock (&search->lock);
  g_ptr_array_add (search->changes, change);
  g_mutex_unlock (&search->lock);
}

static void
visit (const E13Batch *batch, gpointer data)
{
  Search *search = data;
  E13Dir *dir = batch->dir;

  if (batch->first)
    {
      const E13Change *record = g_hash_table_lookup (search->records, dir->path);

      if (dir->parent != NULL && dir->user != NULL)
        examine (search, batch, E13_THE_DIRECTORY, dir->path, &dir->facts, dir->user);
      if (record != NULL && grants_to_new_objects (record))
        dir->user = (gpointer)record;
    }
  if (dir->user == NULL)
    return;
  for (gsize i = 0; i < batch->n_entries; i++)
    if (batch->entries[i].error == 0)
      {
        const E13Entry *entry = &batch->entries[i];
        g_autofree char *path
            = dir->path[0] != '\0' ? g_strconcat (dir->path, "/", entry->name, NULL) : g_strdup (entry->name);

        examine (search, batch, i, path, &entry->facts, dir->user);
      }
}

GPtrArray *
e13_undo_new_objects (const E13ReadOps *ops, const E13Tree *tree, const E13Journal *journal, GError **error)
{
  static const E13Visitor visitor = { .visit = visit };
  const E13WalkOptions options = { .n_threads = 0 };
  g_autoptr (GDateTime) when = g_date_time_new_from_iso8601 (journal->when, NULL);
  g_autoptr (GHashTable) records = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) changes = g_ptr_array_new_with_free_func ((GDestroyNotify)e13_change_free);
  Search search = { .ops = ops, .journal = journal, .records = records, .changes = changes };
  gboolean walked;

  if (when == NULL)
    return e13_throw (error, E13_ERROR_INPUT, "cannot tell what is new: the journal does not say when it was made"),
           NULL;
  search.since = g_date_time_to_unix (when);
  for (guint i = 0; i < journal->changes->len; i++)
    {
      E13Change *record = journal->changes->pdata[i];

      g_hash_table_insert (records, record->path, record);
    }
  g_mutex_init (&search.lock);
  walked = ops->walk (tree, &options, &visitor, &search, error);
  g_mutex_clear (&search.lock);
  if (!walked)
    return NULL;
  g_ptr_array_sort (changes, e13_change_compare_paths);
  return g_steal_pointer (&changes);
}
