/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "repair/undo.h"

#include <errno.h>
#include <string.h>

#include "base/error.h"
#include "base/quote.h"
#include "repair/parallel.h"

#define UPPER_BITS 07000
#define LOST_BY_CHOWN 06000

/* ---- Is it still what the repair left? ------------------------------------------------------- */

static gboolean
is_either (guint32 now, guint32 before, guint32 after)
{
  return now == before || now == after;
}

static gboolean
is_either_acl (const E13Acl *now, const E13Acl *before, const E13Acl *after)
{
  return e13_acl_equal (now, before) || e13_acl_equal (now, after);
}

/* Is @now @bits, or what chown(2) may have left of them? */
static gboolean
is_left_of (guint32 now, guint32 bits)
{
  return (now & ~bits) == 0 && (bits & ~now & ~(guint32)LOST_BY_CHOWN) == 0;
}

/* Changing the owner drops setuid and setgid, which the repair then sets again: killed in between, it leaves
 * neither. */
static gboolean
upper_bits_fit (guint32 mode, const E13Attributes *before, const E13Attributes *after)
{
  guint32 now = mode & UPPER_BITS;
  guint32 was = before->mode & UPPER_BITS;
  guint32 became = after->mode & UPPER_BITS;

  if (before->uid != after->uid || before->gid != after->gid)
    return is_left_of (now, was) || is_left_of (now, became);
  return is_either (now, was, became);
}

typedef struct
{
  const char *name;
  gboolean fits;
} Fit;

/* The names of those that do not fit, as "owner, group"; NULL where all do. Free with g_free(). */
static char *
list_misfits (const Fit *fits, gsize n)
{
  g_autoptr (GString) moved = g_string_new (NULL);

  for (gsize i = 0; i < n; i++)
    if (!fits[i].fits)
      g_string_append_printf (moved, "%s%s", moved->len > 0 ? ", " : "", fits[i].name);
  return moved->len > 0 ? g_strdup (moved->str) : NULL;
}

static char *
what_moved_on_windows (const E13Attributes *now, const E13Attributes *before, const E13Attributes *after)
{
  const Fit fits[] = {
    { "security descriptor",
      e13_attributes_same_sd (now->sd, before->sd) || e13_attributes_same_sd (now->sd, after->sd) },
    { "Zone.Identifier stream",
      e13_attributes_same_zone (now->zone, before->zone) || e13_attributes_same_zone (now->zone, after->zone) },
    { "read-only attribute", now->read_only == before->read_only || now->read_only == after->read_only },
  };

  return list_misfits (fits, G_N_ELEMENTS (fits));
}

/* What is neither as before nor as after the repair, as "owner, access ACL"; NULL where all fits. Attribute by
 * attribute, since a repair that was killed leaves some of each. Free with g_free(). */
static char *
what_moved (const E13Attributes *now, const E13Attributes *before, const E13Attributes *after)
{
  const Fit fits[] = {
    { "owner", is_either (now->uid, before->uid, after->uid) },
    { "group", is_either (now->gid, before->gid, after->gid) },
    { "setuid, setgid or sticky bit", upper_bits_fit (now->mode, before, after) },
    { "permissions", is_either_acl (now->access, before->access, after->access) },
    { "default ACL", is_either_acl (now->default_acl, before->default_acl, after->default_acl) },
  };

  return before->sd != NULL ? what_moved_on_windows (now, before, after) : list_misfits (fits, G_N_ELEMENTS (fits));
}

/* Is the pinned object the one that had @handle and @key? A handle holds what changes when an inode number is used
 * again. Device numbers are not compared: the next boot may give others. */
static gboolean
is_bound (const E13ReadOps *ops, const E13Pin *pin, const char *handle, const E13ObjectKey *key)
{
  g_autofree char *now = NULL;

  if (handle == NULL)
    return pin->facts.key.inode == key->inode;
  now = ops->handle_of (pin, NULL);
  return now != NULL && g_str_equal (now, handle);
}

/* ---- One record, turned round ---------------------------------------------------------------- */

typedef struct
{
  const E13ReadOps *ops;
  const E13Tree *tree;
  const E13Journal *journal;
  GPtrArray *changes; /* one for each record; NULL where nothing is to be done */
} Undoing;

/* @record the other way, not yet judged. @facts: of the object now; NULL where there is none. */
static E13Change *
reversed (const E13Change *record, const E13Facts *facts)
{
  static const E13ChangeKind opposite[] = {
    [E13_CHANGE_SET] = E13_CHANGE_SET,
    [E13_CHANGE_MAKE_DIRECTORY] = E13_CHANGE_REMOVE_DIRECTORY,
    [E13_CHANGE_REMOVE_DIRECTORY] = E13_CHANGE_MAKE_DIRECTORY,
    [E13_CHANGE_REWRITE] = E13_CHANGE_REWRITE,
  };
  E13Change *change = g_new0 (E13Change, 1);

  change->kind = opposite[record->kind];
  change->path = g_strdup (record->path);
  change->type = record->type;
  change->key = facts != NULL ? facts->key : record->key;
  change->n_links = facts != NULL ? facts->n_links : record->n_links;
  e13_attributes_copy (&change->after, &record->before);
  if (facts != NULL)
    e13_attributes_from_facts (&change->before, facts);
  else
    e13_attributes_copy (&change->before, &record->after);
  return change;
}

static void refuse (E13Change *change, const char *format, ...) G_GNUC_PRINTF (2, 3);

static void
refuse (E13Change *change, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  change->outcome = E13_OUTCOME_REFUSED;
  change->reason = g_strdup_vprintf (format, args);
  va_end (args);
}

static E13Change *
undo_set (const Undoing *undoing, const E13Change *record, const E13Pin *pin)
{
  g_autoptr (E13Change) change = reversed (record, &pin->facts);
  g_autofree char *moved = NULL;

  if (pin->facts.type != record->type || !is_bound (undoing->ops, pin, record->handle, &record->key))
    {
      refuse (change, "it is another object now, by the same name");
      return g_steal_pointer (&change);
    }
  change->handle = g_strdup (record->handle);
  if (record->before.sd != NULL && pin->facts.sd == NULL)
    {
      refuse (change, "its security descriptor cannot be read: %s", g_strerror (pin->facts.sd_errno));
      return g_steal_pointer (&change);
    }
  if (record->before.sd == NULL && pin->facts.acl_state == E13_ACL_UNREADABLE)
    {
      refuse (change, "its ACL cannot be read: %s", g_strerror (pin->facts.acl_errno));
      return g_steal_pointer (&change);
    }
  moved = what_moved (&change->before, &record->before, &record->after);
  if (moved != NULL)
    refuse (change, "it has changed since: %s", moved);
  else if (e13_attributes_equal (&change->before, &change->after))
    return NULL;
  return g_steal_pointer (&change);
}

static gboolean
is_owned_by_parents_owner (const Undoing *undoing, const E13Pin *pin, const char *path)
{
  const char *slash = strrchr (path, '/');
  g_autofree char *above = g_strndup (path, slash != NULL ? (gsize)(slash - path) : 0);
  E13Pin *parent = undoing->ops->pin (undoing->tree, above, NULL);
  gboolean is_same = parent != NULL && parent->facts.uid == pin->facts.uid;

  undoing->ops->unpin (parent);
  return is_same;
}

static gboolean
has_owner_of (const E13Pin *pin, GBytes *recorded)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (recorded, &size);
  g_autoptr (E13SecurityDescriptor) sd = e13_sd_decode (data, size, NULL);

  return sd != NULL && pin->facts.sd != NULL && sd->has_owner == pin->facts.sd->has_owner
         && (!sd->has_owner || e13_sid_equal (&sd->owner, &pin->facts.sd->owner));
}

static gboolean
is_made (const Undoing *undoing, const E13Change *record, const E13Pin *pin)
{
  if (record->after.sd != NULL && has_owner_of (pin, record->after.sd))
    return TRUE;
  if (undoing->tree->is_windows) /* where it is made with its owner */
    return FALSE;
  return pin->facts.uid == record->after.uid || is_owned_by_parents_owner (undoing, pin, record->path);
}

/* The directory had no inode yet when the journal was written, so there is no handle to hold it against: it must
 * belong to the one that it was made for, or, where the repair was killed before it gave it away, to its parent's
 * owner; and be empty when it is removed. */
static E13Change *
undo_make (const Undoing *undoing, const E13Change *record, const E13Pin *pin)
{
  E13Change *change = reversed (record, &pin->facts);

  if (pin->facts.type != E13_TYPE_DIRECTORY || !is_made (undoing, record, pin))
    refuse (change, "it is another object now, by the same name");
  return change;
}

/* A file that is written anew is another inode, so what tells it is what it holds: just what the repair wrote, or what
 * was there before. */
static E13Change *
undo_rewrite (const Undoing *undoing, const E13Change *record, const E13Pin *pin)
{
  g_autoptr (E13Change) change = reversed (record, &pin->facts);
  gsize most = g_bytes_get_size (record->after.content);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) now = NULL;

  if (pin->facts.type != E13_TYPE_FILE)
    {
      refuse (change, "it is another object now, by the same name");
      return g_steal_pointer (&change);
    }
  now = undoing->ops->read_file (pin, MAX (most, g_bytes_get_size (record->before.content)) + 1, &error);
  if (now == NULL)
    refuse (change, "%s", error->message);
  else if (g_bytes_equal (now, record->before.content))
    return NULL;
  else if (!g_bytes_equal (now, record->after.content))
    refuse (change, "it has changed since: its content");
  change->before.content = g_bytes_ref (record->after.content);
  g_clear_pointer (&change->after.content, g_bytes_unref);
  change->after.content = g_bytes_ref (record->before.content);
  return g_steal_pointer (&change);
}

/* Numbers of mounts last until the next boot: what was on the site's mount belongs on the one that the site is on now.
 */
static E13ObjectKey
key_of_missing (const Undoing *undoing, const E13Change *record)
{
  const E13ObjectKey *root_then = &undoing->journal->root_key;
  E13ObjectKey key = { 0 };

  if (record->key.mount_id == root_then->mount_id)
    key.mount_id = undoing->tree->root->facts.key.mount_id;
  return key;
}

static E13Change *
undo_missing (const Undoing *undoing, const E13Change *record, const GError *why)
{
  g_autoptr (E13Change) change = reversed (record, NULL);

  change->key = key_of_missing (undoing, record);
  if (!g_error_matches (why, E13_ERRNO, ENOENT))
    refuse (change, "%s", why->message);
  else if (record->kind == E13_CHANGE_MAKE_DIRECTORY)
    return NULL;
  else if (record->kind == E13_CHANGE_SET || record->kind == E13_CHANGE_REWRITE)
    refuse (change, "it is not there any more");
  return g_steal_pointer (&change);
}

static void
undo_one (guint index, gpointer data)
{
  const Undoing *undoing = data;
  const E13Change *record = undoing->journal->changes->pdata[index];
  E13Change **change = (E13Change **)&undoing->changes->pdata[index];
  g_autoptr (GError) error = NULL;
  E13Pin *pin = undoing->ops->pin (undoing->tree, record->path, &error);

  if (pin == NULL)
    *change = undo_missing (undoing, record, error);
  else if (record->kind == E13_CHANGE_SET)
    *change = undo_set (undoing, record, pin);
  else if (record->kind == E13_CHANGE_MAKE_DIRECTORY)
    *change = undo_make (undoing, record, pin);
  else if (record->kind == E13_CHANGE_REWRITE)
    *change = undo_rewrite (undoing, record, pin);
  undoing->ops->unpin (pin);
}

/* ---- The whole journal ----------------------------------------------------------------------- */

static gboolean
check_root (const E13ReadOps *ops, const E13Tree *tree, const E13Journal *journal, GError **error)
{
  g_autofree char *shown = NULL;

  if (is_bound (ops, tree->root, journal->root_handle, &journal->root_key))
    return TRUE;
  shown = e13_quote_path (tree->path);
  return e13_throw (error, E13_ERROR_MOVED, "cannot undo: '%s' is not the directory that the journal was made for",
                    shown);
}

GPtrArray *
e13_undo_plan (const E13ReadOps *ops, const E13Tree *tree, const E13Journal *journal, GError **error)
{
  Undoing undoing = { ops, tree, journal, NULL };
  g_autoptr (GPtrArray) each = g_ptr_array_new ();
  GPtrArray *changes;

  if (!check_root (ops, tree, journal, error))
    return NULL;
  g_ptr_array_set_size (each, (gint)journal->changes->len);
  undoing.changes = each;
  e13_parallel_each (each->len, 0, undo_one, &undoing);
  changes = g_ptr_array_new_with_free_func ((GDestroyNotify)e13_change_free);
  for (guint i = 0; i < each->len; i++)
    if (each->pdata[i] != NULL)
      g_ptr_array_add (changes, each->pdata[i]);
  return changes;
}
