/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* One command for a whole directory, where that is exact. */

#include "report/command-line.h"

#include "base/path.h"

/* ---- What `setfacl -R -m u:ID:PERM` would do ------------------------------------------------- */

typedef struct
{
  guint32 uid;
  E13Rights rights;     /* r and w for all, and x where it is given to all */
  gboolean conditional; /* X: x for directories, and for files of which anybody has x already */
} Grant;

/* setfacl's X: a directory, or an x in any entry that the mask lets through (or the owner's, or other's). */
static gboolean
takes_conditional_x (const E13Change *change)
{
  return change->type == E13_TYPE_DIRECTORY || (change->before.mode & 0111) != 0;
}

static gboolean
gives_what_is_planned (const Grant *grant, const E13Change *change)
{
  E13Rights rights = grant->rights;
  E13Rights mask;
  g_autoptr (E13Acl) with = NULL;
  g_autoptr (E13Acl) result = NULL;

  if (grant->conditional && takes_conditional_x (change))
    rights |= E13_RIGHT_EXECUTE;
  mask = rights | e13_acl_rights_of (change->before.access, E13_ACL_GROUP_OBJ);
  with = e13_acl_with (change->before.access, E13_ACL_USER, grant->uid, rights);
  result = e13_acl_with (with, E13_ACL_MASK, 0, mask);
  return e13_acl_equal (result, change->after.access);
}

/* Is it an access ACL on a plain object, and nothing else that is changed? */
static gboolean
is_simple (const E13Change *change)
{
  const E13Attributes *before = &change->before;
  const E13Attributes *after = &change->after;

  return change->kind == E13_CHANGE_SET && before->uid == after->uid && before->gid == after->gid
         && (before->mode & 07000) == (after->mode & 07000) && before->default_acl == NULL && after->default_acl == NULL
         && !e13_acl_is_extended (before->access)
         && (change->type == E13_TYPE_DIRECTORY || (change->type == E13_TYPE_FILE && change->n_links == 1));
}

/* The one named user whose entry @change adds; NULL where it is not just one. */
static const E13AclEntry *
only_named_user (const E13Change *change)
{
  const E13AclEntry *found = NULL;

  for (guint i = 0; i < change->after.access->n_entries; i++)
    {
      const E13AclEntry *entry = &change->after.access->entries[i];

      if (entry->tag == E13_ACL_GROUP || (entry->tag == E13_ACL_USER && found != NULL))
        return NULL;
      if (entry->tag == E13_ACL_USER)
        found = entry;
    }
  return found;
}

/* The grant that every change of the plan at or below @directory follows from; @ret_n: how many there are. */
static gboolean
find_grant (const E13Plan *plan, const char *directory, Grant *ret_grant, guint64 *ret_n)
{
  E13Rights all = E13_RIGHTS_ALL;
  E13Rights any = 0;

  *ret_n = 0;
  for (guint i = 0; i < plan->changes->len; i++)
    {
      const E13Change *change = plan->changes->pdata[i];
      const E13AclEntry *entry;

      if (!e13_path_is_in (change->path, directory))
        continue;
      entry = is_simple (change) ? only_named_user (change) : NULL;
      if (entry == NULL || (*ret_n > 0 && entry->id != ret_grant->uid))
        return FALSE;
      ret_grant->uid = entry->id;
      all &= entry->rights;
      any |= entry->rights;
      ++*ret_n;
    }
  ret_grant->rights = all;
  ret_grant->conditional = (any & ~all) == E13_RIGHT_EXECUTE;
  return *ret_n > 0;
}

static gboolean
grant_is_exact (const Grant *grant, const E13Plan *plan, const char *directory)
{
  for (guint i = 0; i < plan->changes->len; i++)
    {
      const E13Change *change = plan->changes->pdata[i];

      if (e13_path_is_in (change->path, directory) && !gives_what_is_planned (grant, change))
        return FALSE;
    }
  return TRUE;
}

/* ---- What it would touch --------------------------------------------------------------------- */

typedef struct
{
  const char *directory;
  gint n_objects;
  gint not_exact; /* a mount, something that could not be seen */
} Census;

static gboolean
wants (const E13Dir *dir, const char *name, gpointer data)
{
  const Census *census = data;
  g_autofree char *path = NULL;

  if (e13_path_is_in (dir->path, census->directory))
    return TRUE;
  path = dir->path[0] != '\0' ? g_strdup_printf ("%s/%s", dir->path, name) : g_strdup (name);
  return e13_path_is_in (census->directory, path);
}

static void
count (const E13Batch *batch, gpointer data)
{
  Census *census = data;

  if (!e13_path_is_in (batch->dir->path, census->directory))
    return;
  if (batch->dir->error != 0)
    g_atomic_int_set (&census->not_exact, 1);
  if (batch->first)
    g_atomic_int_inc (&census->n_objects);
  for (gsize i = 0; i < batch->n_entries; i++)
    if (batch->entries[i].error != 0)
      g_atomic_int_set (&census->not_exact, 1);
    else if (batch->entries[i].facts.type != E13_TYPE_SYMLINK) /* which setfacl -R passes over */
      g_atomic_int_inc (&census->n_objects);
}

static void
note_skipped (const char *path, const E13Facts *facts, E13SkipReason reason, gpointer data)
{
  Census *census = data;

  (void)facts;
  (void)reason;
  if (e13_path_is_in (path, census->directory))
    g_atomic_int_set (&census->not_exact, 1);
}

static gboolean
tree_holds (const E13AuditRequest *request, const char *directory, guint64 n_objects)
{
  static const E13Visitor visitor = { .wants = wants, .visit = count, .skipped = note_skipped };
  E13WalkOptions options = { .n_threads = request->n_threads, .cancelled = request->cancelled };
  Census census = { .directory = directory };

  return request->ops->walk (request->tree, &options, &visitor, &census, NULL) && census.not_exact == 0
         && (guint64)census.n_objects == n_objects;
}

char *
e13_command_line_tree (const E13AuditRequest *request, const E13Plan *plan, const E13PlanIndex *index,
                       const char *directory, const char *target, const E13ReadOps *names)
{
  const E13Change *top = e13_plan_index_change (index, directory);
  Grant grant = { 0 };
  guint64 n_objects;
  g_autofree char *who = NULL;

  if (top == NULL || top->type != E13_TYPE_DIRECTORY || directory[0] == '/'
      || !find_grant (plan, directory, &grant, &n_objects) || !grant_is_exact (&grant, plan, directory)
      || !tree_holds (request, directory, n_objects))
    return NULL;
  who = e13_command_line_account (E13_ACL_USER, grant.uid, names);
  return g_strdup_printf ("setfacl -R -m u:%s:%s%s%s%s %s", who, grant.rights & E13_RIGHT_READ ? "r" : "",
                          grant.rights & E13_RIGHT_WRITE ? "w" : "", grant.rights & E13_RIGHT_EXECUTE ? "x" : "",
                          grant.conditional ? "X" : "", target);
}
