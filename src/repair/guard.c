/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "repair/guard.h"

#include <string.h>

#include "base/quote.h"
#include "policy/guarded.h"
#include "repair/guard-windows.h"

struct E13Guard
{
  const E13AuditRequest *request;
  const E13PlanOptions *options;
  GHashTable *foreign_links;  /* paths of files with names outside the site, owned by the audit */
  gboolean links_unprotected; /* fs.protected_hardlinks is not known to be on */
  guint64 last_mount;         /* that was looked up last, and whether it can be written */
  gboolean last_mount_read_only;
  char *last_directory; /* whose owner was looked up last: changes come directory by directory */
  guint32 last_owner;
  char *of_server; /* why nothing is granted on the file server that the site lies on; NULL */
};

/* ---- The site -------------------------------------------------------------------------------- */

static gboolean
holds (const E13ReadOps *ops, const E13Tree *tree, const char *directory, const char *name)
{
  g_autofree char *path = *directory != '\0' ? g_build_filename (directory, name, NULL) : g_strdup (name);
  E13Pin *pin = ops->pin (tree, path, NULL);
  gboolean found = pin != NULL;

  ops->unpin (pin);
  return found;
}

static gboolean
holds_home_mark (const E13ReadOps *ops, const E13Tree *tree, const char *directory)
{
  const char *mark;

  for (guint i = 0; (mark = e13_guarded_home_mark (i)) != NULL; i++)
    if (holds (ops, tree, directory, mark))
      return TRUE;
  return FALSE;
}

/* The first link on the way to the site that can be turned, by an account that is not trusted here, to what is
 * another's at any time; NULL. */
static const E13Pin *
find_strangers_link (const E13ReadOps *ops, const E13Tree *tree)
{
  for (guint i = 0; i < tree->route->pins->len; i++)
    {
      const E13Pin *pin = tree->route->pins->pdata[i];
      g_autoptr (E13Identity) self = NULL;

      if (pin->facts.type != E13_TYPE_SYMLINK || pin->facts.uid == 0 || pin->facts.uid == tree->root->facts.uid)
        continue;
      self = ops->identity_self ();
      if (pin->facts.uid != self->uid)
        return pin;
    }
  return NULL;
}

static char *
why_not_by_link (const E13Pin *link)
{
  g_autofree char *shown = e13_quote_display (link->path);

  return g_strdup_printf ("the link '%s' belongs to uid %" G_GUINT32_FORMAT
                          ", what it leads to does not: name the directory itself, if it is the one that you mean",
                          shown, link->facts.uid);
}

char *
e13_guard_site (const E13ReadOps *ops, const E13Tree *tree, const E13Profile *profile, const char **ret_option)
{
  const E13Pin *link = find_strangers_link (ops, tree);
  gboolean known = profile != NULL && !g_str_equal (profile->id, "generic");
  E13System system = e13_guarded_system (tree->path);

  *ret_option = NULL;
  if (tree->has_descriptors)
    return e13_guard_windows_site (ops, tree);
  if (system == E13_SYSTEM_ITSELF)
    return g_strdup ("it is a directory of the system, not a site");
  if (link != NULL)
    return why_not_by_link (link);
  if (known)
    return NULL;
  *ret_option = "--profile";
  if (system == E13_SYSTEM_BELOW)
    return g_strdup (
        "it lies below a directory that belongs to the system and its packages, and no profile says what it is");
  if (e13_guarded_is_home (tree->path) || holds_home_mark (ops, tree, ""))
    return g_strdup ("it is somebody's home, and no profile says what it is");
  *ret_option = NULL;
  return NULL;
}

char *
e13_guard_content (const E13ReadOps *ops, const E13Tree *tree, gboolean is_site)
{
  const E13Pin *link = ops->is_windows ? NULL : find_strangers_link (ops, tree);

  if (link != NULL)
    return why_not_by_link (link);
  if (tree->has_descriptors)
    return e13_guard_windows_is_system (tree) ? g_strdup ("it is a place of the system's own") : NULL;
  if (e13_guarded_system (tree->path) != E13_SYSTEM_NO)
    return g_strdup ("it is a directory of the system or its packages, not a site");
  if (is_site && (e13_guarded_is_home (tree->path) || holds_home_mark (ops, tree, "")))
    return g_strdup ("it is somebody's home: name the folder of the site in it");
  return NULL;
}

/* ---- What the checks look at ----------------------------------------------------------------- */

static gboolean
is_outside (const E13Change *change)
{
  return change->path[0] == '/';
}

static char *
absolute_path (const E13Guard *guard, const E13Change *change)
{
  if (is_outside (change))
    return g_strdup (change->path);
  if (change->path[0] == '\0')
    return g_strdup (guard->request->tree->path);
  return g_build_filename (guard->request->tree->path, change->path, NULL);
}

/* Somebody gets w who had not, or the object looks to sshd, ssh and logrotate as if somebody might. */
static gboolean
gains_write (const E13Change *change)
{
  return (change->granted & E13_RIGHT_WRITE) != 0 || (change->after.mode & ~change->before.mode & 0222) != 0;
}

/* What an entry lets through after the mask; nothing where it is not there or @acl is NULL. */
static E13Rights
effective (const E13Acl *acl, const E13AclEntry *like)
{
  const E13AclEntry *entry = acl != NULL ? e13_acl_find (acl, like->tag, like->id) : NULL;
  gboolean beyond_mask = like->tag == E13_ACL_USER_OBJ || like->tag == E13_ACL_OTHER;

  if (entry == NULL)
    return E13_RIGHT_NONE;
  return beyond_mask ? entry->rights : e13_acl_masked (acl, entry->rights);
}

/* ---- The checks: NULL to allow --------------------------------------------------------------- */

typedef char *Check (E13Guard *guard, const E13Change *change, const E13Facts *facts, const char **ret_option);

static char *
check_type (E13Guard *guard G_GNUC_UNUSED, const E13Change *change, const E13Facts *facts G_GNUC_UNUSED,
            const char **ret_option G_GNUC_UNUSED)
{
  if (change->type == E13_TYPE_FILE || change->type == E13_TYPE_DIRECTORY)
    return NULL;
  return g_strdup_printf ("it is a %s: only files and directories are changed", e13_object_type_name (change->type));
}

static char *
check_flags (E13Guard *guard G_GNUC_UNUSED, const E13Change *change G_GNUC_UNUSED, const E13Facts *facts,
             const char **ret_option G_GNUC_UNUSED)
{
  if ((facts->attributes & E13_ATTRIBUTE_IMMUTABLE) != 0)
    return g_strdup ("somebody made it immutable, often on purpose: chattr -i, if it was not");
  if ((facts->attributes & E13_ATTRIBUTE_APPEND_ONLY) != 0)
    return g_strdup ("somebody made it append-only, often on purpose: chattr -a, if it was not");
  return NULL;
}

static gboolean
is_read_only (E13Guard *guard, const E13Change *change, const E13Facts *facts)
{
  const E13ReadOps *ops = guard->request->ops;
  g_auto (E13Mount) mount = { 0 };
  E13Pin *pin;

  if (facts->key.mount_id == guard->last_mount)
    return guard->last_mount_read_only;
  pin = ops->pin (guard->request->tree, change->path, NULL);
  if (pin == NULL)
    return FALSE;
  guard->last_mount = facts->key.mount_id;
  guard->last_mount_read_only = ops->mount_of (pin, &mount, NULL) && mount.read_only;
  ops->unpin (pin);
  return guard->last_mount_read_only;
}

/* What came over an object while it was looked at may be anything, from anywhere. */
static gboolean
is_mounted_over (const E13Guard *guard, const E13Change *change, const E13Facts *facts)
{
  const E13AuditRequest *request = guard->request;

  return !is_outside (change) && !request->cross_mounts
         && facts->key.mount_id != request->tree->root->facts.key.mount_id;
}

static char *
check_mount (E13Guard *guard, const E13Change *change, const E13Facts *facts, const char **ret_option)
{
  if (is_mounted_over (guard, change, facts))
    {
      *ret_option = "--cross-mounts";
      return g_strdup ("another file system, or another part of one, is mounted there");
    }
  return is_read_only (guard, change, facts)
             ? g_strdup ("its file system is mounted read-only: permissions cannot be changed there either")
             : NULL;
}

static char *
check_outside (E13Guard *guard, const E13Change *change, const E13Facts *facts G_GNUC_UNUSED, const char **ret_option)
{
  if (!is_outside (change))
    return NULL;
  if (guard->options->parents == E13_PARENTS_NO)
    {
      *ret_option = "--parents";
      return g_strdup ("it is a parent of the site");
    }
  if (change->kind != E13_CHANGE_SET || change->type != E13_TYPE_DIRECTORY
      || (change->granted & ~(guint)E13_RIGHT_EXECUTE) != 0 || (change->before.mode & ~change->after.mode & 07777) != 0
      || change->after.uid != change->before.uid || change->after.gid != change->before.gid
      || !e13_acl_equal (change->after.default_acl, change->before.default_acl))
    return g_strdup ("it lies outside the site, where nothing but search of a directory is granted");
  return NULL;
}

static char *
check_keys (E13Guard *guard, const E13Change *change, const E13Facts *facts G_GNUC_UNUSED,
            const char **ret_option G_GNUC_UNUSED)
{
  g_autofree char *path = absolute_path (guard, change);

  if (change->kind == E13_CHANGE_SET && change->granted == E13_RIGHT_NONE)
    return NULL;
  if (!e13_guarded_is_key (path, change->type == E13_TYPE_DIRECTORY))
    return NULL;
  return g_strdup ("it is key material by its name, which its own programs refuse once others can read it");
}

static char *
check_home (E13Guard *guard, const E13Change *change, const E13Facts *facts G_GNUC_UNUSED,
            const char **ret_option G_GNUC_UNUSED)
{
  g_autofree char *path = absolute_path (guard, change);

  if (change->type != E13_TYPE_DIRECTORY || !gains_write (change))
    return NULL;
  if (!e13_guarded_is_home (path) && !holds_home_mark (guard->request->ops, guard->request->tree, change->path))
    return NULL;
  return g_strdup ("it is a home or holds keys, and sshd refuses the keys below a directory that others may write");
}

static char *
why_not_id (const char *what, guint32 id)
{
  const char *reason = e13_guarded_why_not_id (id);

  return reason != NULL ? g_strdup_printf ("nothing is granted to %s %" G_GUINT32_FORMAT ": %s", what, id, reason)
                        : NULL;
}

/* The one to whom @entry of the object of @attributes belongs, if it is more than @before gave; what the old owner and
 * group keep is no grant. */
static char *
why_not_entry (const E13AclEntry *entry, const E13Acl *acl, const E13Acl *before, const E13Change *change)
{
  if ((effective (acl, entry) & ~effective (before, entry)) == 0)
    return NULL;
  if (entry->tag == E13_ACL_USER && entry->id != change->before.uid)
    return why_not_id ("user", entry->id);
  if (entry->tag == E13_ACL_GROUP && entry->id != change->before.gid)
    return why_not_id ("group", entry->id);
  return NULL;
}

static char *
why_not_acl (const E13Acl *acl, const E13Acl *before, const E13Change *change)
{
  char *reason = NULL;

  for (guint i = 0; acl != NULL && reason == NULL && i < acl->n_entries; i++)
    reason = why_not_entry (&acl->entries[i], acl, before, change);
  return reason;
}

static char *
check_ids (E13Guard *guard G_GNUC_UNUSED, const E13Change *change, const E13Facts *facts G_GNUC_UNUSED,
           const char **ret_option G_GNUC_UNUSED)
{
  const E13Attributes *before = &change->before;
  const E13Attributes *after = &change->after;
  gboolean owner_gains = after->uid != before->uid || (after->mode & ~before->mode & 0700) != 0;
  gboolean group_gains = after->gid != before->gid;
  char *reason = owner_gains ? why_not_id ("user", after->uid) : NULL;

  if (reason == NULL && group_gains)
    reason = why_not_id ("group", after->gid);
  if (reason == NULL)
    reason = why_not_acl (after->access, before->access, change);
  if (reason == NULL)
    reason = why_not_acl (after->default_acl, before->default_acl, change);
  return reason;
}

static char *
check_setid (E13Guard *guard G_GNUC_UNUSED, const E13Change *change, const E13Facts *facts G_GNUC_UNUSED,
             const char **ret_option G_GNUC_UNUSED)
{
  gboolean moves = change->after.uid != change->before.uid || change->after.gid != change->before.gid;
  gboolean gains_run = (change->granted & E13_RIGHT_EXECUTE) != 0;

  if (change->type == E13_TYPE_FILE && (change->before.mode & 06000) != 0
      && (moves || gains_run || gains_write (change)))
    return g_strdup ("it runs as its owner or group: who may write or run it, or comes to own it, becomes them");
  return NULL;
}

static char *
check_hard_links (E13Guard *guard, const E13Change *change, const E13Facts *facts G_GNUC_UNUSED,
                  const char **ret_option)
{
  if (change->type != E13_TYPE_FILE || change->n_links < 2 || guard->options->hard_links
      || !g_hash_table_contains (guard->foreign_links, change->path))
    return NULL;
  *ret_option = "--hard-links";
  return g_strdup_printf ("it has %" G_GUINT32_FORMAT " names, and not all of them lie in the site", change->n_links);
}

/* The owner of the directory that @path lies in; FALSE where it cannot be told. */
static gboolean
directory_owner (E13Guard *guard, const char *path, guint32 *ret_owner)
{
  const char *slash = strrchr (path, '/');
  g_autofree char *directory = slash != NULL ? g_strndup (path, (gsize)(slash - path)) : g_strdup ("");

  if (guard->last_directory == NULL || !g_str_equal (directory, guard->last_directory))
    {
      E13Pin *pin = guard->request->ops->pin (guard->request->tree, directory, NULL);

      if (pin == NULL)
        return FALSE;
      guard->last_owner = pin->facts.uid;
      guard->request->ops->unpin (pin);
      g_free (guard->last_directory);
      guard->last_directory = g_steal_pointer (&directory);
    }
  *ret_owner = guard->last_owner;
  return TRUE;
}

static char *
check_foreign (E13Guard *guard, const E13Change *change, const E13Facts *facts G_GNUC_UNUSED, const char **ret_option)
{
  guint32 owner;

  if (change->type != E13_TYPE_FILE || !guard->links_unprotected || guard->options->foreign || is_outside (change))
    return NULL;
  if (directory_owner (guard, change->path, &owner) && owner == change->before.uid)
    return NULL;
  *ret_option = "--foreign";
  return g_strdup ("its owner is not its directory's, and fs.protected_hardlinks is off or not known: it may be a "
                   "stranger's link to a "
                   "file of the system");
}

static char *
check_world (E13Guard *guard, const E13Change *change, const E13Facts *facts G_GNUC_UNUSED, const char **ret_option)
{
  if (guard->options->via == E13_VIA_MODE || (change->after.mode & ~change->before.mode & 0007) == 0)
    return NULL;
  *ret_option = "--via=mode";
  return g_strdup ("everybody would gain");
}

/* Holds whatever grant.c does: a wider mask must not uncover what an old one had cut. */
static char *
check_uncovered (E13Guard *guard, const E13Change *change, const E13Facts *facts G_GNUC_UNUSED,
                 const char **ret_option G_GNUC_UNUSED)
{
  const E13Acl *after = change->after.access;

  if (guard->options->via != E13_VIA_ACL)
    return NULL;
  for (guint i = 0; i < after->n_entries; i++)
    {
      const E13AclEntry *entry = &after->entries[i];
      gboolean ours = entry->tag == E13_ACL_USER
                      && (entry->id == guard->request->app->uid || entry->id == guard->request->server->uid);
      gboolean group_class
          = entry->tag == E13_ACL_USER || entry->tag == E13_ACL_GROUP || entry->tag == E13_ACL_GROUP_OBJ;

      if (group_class && !ours && (effective (after, entry) & ~effective (change->before.access, entry)) != 0)
        return g_strdup ("a wider mask would uncover rights of others");
    }
  return NULL;
}

static char *
check_windows (E13Guard *guard, const E13Change *change, const E13Facts *facts, const char **ret_option G_GNUC_UNUSED)
{
  if (change->before.sd == NULL)
    return NULL;
  return guard->of_server != NULL ? g_strdup (guard->of_server)
                                  : e13_guard_windows_change (guard->request, change, facts);
}

static Check *const checks[] = {
  check_type,  check_flags,      check_mount,   check_outside, check_keys,      check_home,    check_ids,
  check_setid, check_hard_links, check_foreign, check_world,   check_uncovered, check_windows,
};

char *
e13_guard_change (E13Guard *guard, const E13Change *change, const E13Facts *facts, const char **ret_option)
{
  *ret_option = NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (checks); i++)
    {
      char *reason = checks[i](guard, change, facts, ret_option);

      if (reason != NULL)
        return reason;
    }
  return NULL;
}

/* ---- The guard itself ------------------------------------------------------------------------ */

/* Unless the kernel says that it protects hard links, it does not. */
static gboolean
links_are_protected (const E13ReadOps *ops, const E13Tree *tree)
{
  E13Pin *pin = ops->pin (tree, "/proc/sys/fs/protected_hardlinks", NULL);
  g_autoptr (GBytes) content = pin != NULL ? ops->read_file (pin, 16, NULL) : NULL;
  gsize size = 0;
  const char *text = content != NULL ? g_bytes_get_data (content, &size) : NULL;

  ops->unpin (pin);
  return size > 0 && text[0] == '1';
}

E13Guard *
e13_guard_new (const E13AuditRequest *request, const E13PlanOptions *options, const E13Audit *audit)
{
  E13Guard *guard = g_new0 (E13Guard, 1);

  guard->request = request;
  guard->options = options;
  guard->links_unprotected = !request->tree->has_descriptors && !links_are_protected (request->ops, request->tree);
  guard->of_server = request->tree->has_descriptors ? e13_guard_windows_server (request) : NULL;
  guard->foreign_links = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < audit->findings->len; i++)
    {
      const E13Finding *finding = g_ptr_array_index (audit->findings, i);

      if (finding->rule == &e13_rules[E13_RULE_FOREIGN_HARD_LINK])
        g_hash_table_add (guard->foreign_links, finding->path);
    }
  return guard;
}

void
e13_guard_free (E13Guard *guard)
{
  if (guard == NULL)
    return;
  g_hash_table_unref (guard->foreign_links);
  g_free (guard->last_directory);
  g_free (guard->of_server);
  g_free (guard);
}
