/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <errno.h>
#include <string.h>

#include "base/error.h"
#include "base/path.h"
#include "base/quote.h"
#include "platform/snapshot/tree.h"

typedef struct
{
  E13Pin base;
  const E13DumpNode *node;
} Pin;

/* A directory on the walk. */
typedef struct
{
  E13Dir base;
  const E13DumpNode *node;
  const E13Dump *dump;
} Dir;

static const E13DumpTree *
tree_of (const E13Tree *tree)
{
  return (const E13DumpTree *)tree;
}

/* Names of accounts are asked for without saying of which dump: of the one that was opened last. */
static E13DumpNames *names_in_use;

/* ---- Facts ------------------------------------------------------------------------------------------------------ */

/* The descriptor is the dump's: what keeps facts copies it. */
/* Whom what is not known belongs to: nobody. */
#define NOBODY (E13_ID_NAMED_LAST + 1)

/* The ACLs are the dump's, too. Of what it says nothing, no bit is known to be granted, and none to be denied. */
static E13Facts
posix_facts_of (const E13DumpNode *node)
{
  const E13DumpPosix *posix = node->posix;
  E13Facts facts = {
    .type = e13_dump_type (node),
    .mode = 0070,
    .uid = NOBODY,
    .gid = NOBODY,
    .n_links = 1,
    .key = { .inode = (guint64)(gsize)node },
    .acl_state = E13_ACL_UNREADABLE,
    .acl_errno = ENODATA,
  };

  if (posix == NULL)
    return facts;
  facts.mode = posix->mode;
  facts.uid = posix->uid;
  facts.gid = posix->gid;
  facts.acl_state = E13_ACL_READ;
  facts.access = posix->access;
  facts.default_acl = posix->default_acl;
  return facts;
}

static E13Facts
facts_of (const E13Dump *dump, const E13DumpNode *node)
{
  if (dump->is_posix)
    return posix_facts_of (node);
  return (E13Facts){
    .type = e13_dump_type (node),
    .uid = G_MAXUINT32,
    .gid = G_MAXUINT32,
    .n_links = 1,
    .key = { .inode = (guint64)(gsize)node },
    .acl_state = E13_ACL_NOT_READ,
    .sd = (E13SecurityDescriptor *)node->sd,
  };
}

E13Pin *
e13_dump_pin_new (const E13Dump *dump, const E13DumpNode *node, const char *path)
{
  Pin *pin = g_new0 (Pin, 1);

  pin->base.path = g_strdup (path);
  pin->base.facts = facts_of (dump, node);
  pin->base.fd = -1;
  pin->node = node;
  return &pin->base;
}

static void
snapshot_unpin (E13Pin *pin)
{
  if (pin == NULL)
    return;
  g_free (pin->path);
  g_free (pin);
}

void
e13_dump_unpin (gpointer pin)
{
  snapshot_unpin (pin);
}

static E13Pin *
snapshot_pin (const E13Tree *tree, const char *path, GError **error)
{
  const E13DumpNode *node = e13_dump_find (tree_of (tree)->dump, tree_of (tree)->site, path);
  g_autofree char *shown = e13_quote_display (path);

  if (node != NULL)
    return e13_dump_pin_new (tree_of (tree)->dump, node, path);
  errno = ENOENT;
  return e13_throw_errno (error, "cannot find '%s' in the dump", shown), NULL;
}

static E13Pin *
snapshot_pin_entry (const E13Batch *batch, gsize index, GError **error)
{
  const Dir *dir = (const Dir *)batch->dir;
  const char *name = index != E13_THE_DIRECTORY ? batch->entries[index].name : "";
  g_autofree char *path = e13_path_join (batch->dir->path, name, '/');

  (void)error;
  return e13_dump_pin_new (dir->dump, e13_dump_find (dir->dump, dir->node, name), path);
}

static gboolean
snapshot_refresh (E13Pin *pin, GError **error)
{
  (void)pin;
  (void)error;
  return TRUE;
}

static GPtrArray *
snapshot_list (const E13Pin *directory, GError **error)
{
  const E13DumpNode *node = ((const Pin *)directory)->node;
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);

  (void)error;
  for (guint i = 0; node->children != NULL && i < node->children->len; i++)
    g_ptr_array_add (names, g_strdup (((E13DumpNode *)node->children->pdata[i])->name));
  return names;
}

/* ---- Opening ---------------------------------------------------------------------------------------------------- */

static E13Dump *
read_dump (const char *path, GError **error)
{
  g_autofree char *shown = e13_quote_display (path);
  g_autofree char *bytes = NULL;
  g_autoptr (GError) cause = NULL;
  E13Dump *dump = NULL;
  gsize size;

  if (g_file_get_contents (path, &bytes, &size, &cause))
    dump = e13_dump_parse (bytes, size, &cause);
  if (dump == NULL)
    {
      const char *reason = cause->domain == G_FILE_ERROR ? g_strrstr (cause->message, ": ") : NULL;

      e13_throw (error, E13_ERROR_INPUT, "cannot read the dump '%s': %s", shown,
                 reason != NULL ? reason + 2 : cause->message);
    }
  return dump;
}

/* The directory @root in the dump. getfacl leaves out the slash at the beginning. */
static const E13DumpNode *
find_root (const E13Dump *dump, const char *root)
{
  const E13DumpNode *node = e13_dump_find_written (dump, root);

  return dump->is_absolute || (dump->is_posix && node != NULL && node->line != 0) ? node : e13_dump_site (dump);
}

static const E13DumpNode *
choose_site (const E13Dump *dump, const char *root, GError **error)
{
  g_autofree char *shown = root != NULL ? e13_dump_shown (dump, root) : NULL;
  const E13DumpNode *site = root != NULL ? find_root (dump, root) : e13_dump_site (dump);

  if (site == NULL || e13_dump_type (site) != E13_TYPE_DIRECTORY)
    return e13_throw (error, E13_ERROR_INPUT, "the dump holds no directory '%s'", shown), NULL;
  return site;
}

static char *
written_posix_path (const E13Dump *dump, const E13DumpNode *site, const char *root)
{
  g_autofree char *below = e13_dump_path (site, dump->top);
  gsize length = root != NULL ? strlen (root) : 0;

  if (root == NULL)
    return dump->is_absolute ? g_strconcat ("/", below, NULL) : g_strdup (*below != '\0' ? below : ".");
  while (length > 1 && root[length - 1] == '/')
    length--;
  return g_strndup (root, length);
}

/* How a person on the machine of the dump writes the site's path: of Windows, a drive's root with its backslash, all
 * else without. */
static char *
written_path (const E13Dump *dump, const E13DumpNode *site, const char *root)
{
  g_autofree char *path = NULL;
  gsize length;

  if (dump->is_posix)
    return written_posix_path (dump, site, root);
  path = root != NULL && !dump->is_absolute ? g_strdup (root) : e13_dump_path (site, dump->top);
  g_strdelimit (path, "/", '\\');
  for (length = strlen (path); length > 0 && path[length - 1] == '\\'; length--)
    path[length - 1] = '\0';
  if (length == 0)
    return g_strdup (".");
  return path[length - 1] == ':' ? g_strconcat (path, "\\", NULL) : g_steal_pointer (&path);
}

static void
remark (GPtrArray *remarks, const char *text)
{
  g_ptr_array_add (remarks, g_strdup (text));
}

/* What the verdicts do not rest on. */
static GPtrArray *
remarks_of (const E13Dump *dump, const char *root)
{
  GPtrArray *remarks = g_ptr_array_new_with_free_func (g_free);

  if (dump->is_posix)
    {
      remark (remarks,
              "A dump does not tell who is in which group, what is a link, immutable or append-only, how file systems "
              "are mounted, or what can be entered above; what holds something, has a default ACL, is sticky, or is "
              "searchable and has no extension is taken for a directory.");
      remark (remarks, "Its accounts are those of its machine, whatever is called so here.");
      if (dump->has_failures)
        remark (remarks, "Whoever took it could not read everything: what getfacl failed on is missing.");
    }
  else
    remark (remarks,
            "A dump does not tell who is in which group, what is read-only, blocked, encrypted, in use or a link; "
            "files and directories are told apart by what they hold and hand down.");
  if (dump->has_no_owner)
    remark (remarks, "It does not name owners, who may always change permissions, nor integrity labels.");
  if (dump->is_printed)
    remark (remarks, "What icacls prints does not tell which lists are protected: those that inherit nothing are taken "
                     "for it.");
  if (!dump->is_posix && dump->has_failures)
    remark (remarks, "Whoever took it could not read everything: what icacls failed on is missing.");
  if (dump->has_local_aliases)
    remark (remarks,
            "Accounts that it names by their role in a machine or domain it does not identify (LA, DA) are taken "
            "for nobody that is judged.");
  if (dump->n_beyond > 0)
    remark (remarks, "What has conditional entries, or others without a plain form, could not be judged.");
  if (!dump->is_absolute && root == NULL)
    remark (remarks, "Its names are relative: commands are for the directory in which it was taken; --root gives them "
                     "whole paths.");
  return remarks;
}

E13Tree *
e13_snapshot_open (const char *dump_path, const char *root, GError **error)
{
  g_autoptr (E13Dump) dump = read_dump (dump_path, error);
  g_autofree char *shown = dump != NULL && root != NULL ? e13_dump_shown (dump, root) : NULL;
  const E13DumpNode *site;
  E13Route *route;
  E13DumpTree *tree;

  /* It is written into commands. */
  if (dump != NULL && root != NULL && !e13_dump_is_path (dump, root))
    return e13_throw (error, E13_ERROR_USAGE, "'%s' is no path that %s", shown,
                      dump->is_posix ? "can be looked up" : "Windows allows"),
           NULL;
  if (dump != NULL && dump->is_posix && root != NULL && *root != '/')
    return e13_throw (error, E13_ERROR_USAGE, "--root is the site's whole path, which '%s' is not", shown), NULL;
  site = dump != NULL ? choose_site (dump, root, error) : NULL;
  if (site == NULL)
    return NULL;
  route = g_new0 (E13Route, 1);
  route->pins = g_ptr_array_new_with_free_func (e13_dump_unpin);
  route->given = g_strdup (dump_path);
  route->resolved = written_path (dump, site, root);
  g_ptr_array_add (route->pins, e13_dump_pin_new (dump, site, ""));
  tree = g_new0 (E13DumpTree, 1);
  tree->base = (E13Tree){
    .route = route,
    .path = route->resolved,
    .root = e13_dump_pin_new (dump, site, ""),
    .has_descriptors = !dump->is_posix,
    .is_dump = TRUE,
    .is_windows = !dump->is_posix,
    .remarks = remarks_of (dump, root),
  };
  tree->site = site;
  tree->dump = g_steal_pointer (&dump);
  names_in_use = tree->dump->names;
  return &tree->base;
}

static E13Tree *
snapshot_open_tree (const char *path, GError **error)
{
  return e13_snapshot_open (path, NULL, error);
}

static void
snapshot_close_tree (E13Tree *tree)
{
  if (tree == NULL)
    return;
  snapshot_unpin (tree->root);
  e13_route_free (tree->route);
  g_ptr_array_unref (tree->remarks);
  if (names_in_use == tree_of (tree)->dump->names)
    names_in_use = NULL;
  e13_dump_free (((E13DumpTree *)tree)->dump);
  g_free (tree);
}

/* ---- Walking ---------------------------------------------------------------------------------------------------- */

typedef struct
{
  const E13DumpTree *tree;
  const E13WalkOptions *options;
  const E13Visitor *visitor;
  gpointer data;
  GPtrArray *waiting; /* of Dir *, last first */
  GPtrArray *dirs;    /* of Dir *: all that were met, which their children look up to */
} Walk;

static Dir *
dir_new (Walk *walk, Dir *parent, const E13DumpNode *node)
{
  Dir *dir = g_new0 (Dir, 1);

  dir->base.parent = parent != NULL ? &parent->base : NULL;
  dir->base.facts = facts_of (walk->tree->dump, node);
  dir->node = node;
  dir->dump = walk->tree->dump;
  g_ptr_array_add (walk->dirs, dir);
  g_ptr_array_add (walk->waiting, dir);
  return dir;
}

static gboolean
is_wanted (const Walk *walk, const Dir *dir, const char *name)
{
  return walk->visitor->wants == NULL || walk->visitor->wants (&dir->base, name, walk->data);
}

/* All entries that are no directories in one batch. */
static void
visit (Walk *walk, Dir *dir)
{
  const GPtrArray *children = dir->node->children;
  g_autofree char *path = e13_dump_path (dir->node, walk->tree->site);
  g_autofree E13Entry *entries = g_new0 (E13Entry, children != NULL ? children->len : 1);
  E13Batch batch = { &dir->base, TRUE, entries, 0 };

  dir->base.path = path;
  if (dir->base.parent != NULL)
    dir->base.user = dir->base.parent->user;
  for (guint i = 0; children != NULL && i < children->len; i++)
    {
      const E13DumpNode *child = children->pdata[i];

      if (walk->visitor->note_name != NULL)
        walk->visitor->note_name (&dir->base, child->name, walk->data);
      if (e13_dump_type (child) != E13_TYPE_DIRECTORY && is_wanted (walk, dir, child->name))
        entries[batch.n_entries++] = (E13Entry){ .name = child->name, .facts = facts_of (dir->dump, child) };
    }
  walk->visitor->visit (&batch, walk->data);
  if (walk->options->n_seen != NULL)
    g_atomic_int_add (walk->options->n_seen, (gint)batch.n_entries + 1);
  for (guint i = children != NULL ? children->len : 0; i > 0; i--)
    {
      const E13DumpNode *child = children->pdata[i - 1];

      if (e13_dump_type (child) == E13_TYPE_DIRECTORY && is_wanted (walk, dir, child->name))
        dir_new (walk, dir, child);
    }
  dir->base.path = NULL;
}

static gboolean
snapshot_walk (const E13Tree *tree, const E13WalkOptions *options, const E13Visitor *visitor, gpointer data,
               GError **error)
{
  g_autoptr (GPtrArray) dirs = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) waiting = g_ptr_array_new ();
  Walk walk = { tree_of (tree), options, visitor, data, waiting, dirs };

  (void)error;
  dir_new (&walk, NULL, walk.tree->site);
  while (waiting->len > 0 && (options->cancelled == NULL || g_atomic_int_get (options->cancelled) == 0))
    visit (&walk, g_ptr_array_steal_index (waiting, waiting->len - 1));
  return TRUE;
}

/* ---- What a dump does not hold ---------------------------------------------------------------------------------- */

static gboolean
throw_not_held (GError **error, const char *what)
{
  return e13_throw (error, E13_ERROR_UNSUPPORTED, "a dump holds %s", what);
}

static gboolean
snapshot_can_ask (GError **error)
{
  return e13_throw (error, E13_ERROR_UNSUPPORTED, "this is a dump");
}

static E13Answer
snapshot_ask (const E13Pin *pin, const E13Identity *identity, E13Rights want)
{
  (void)pin;
  (void)identity;
  (void)want;
  return (E13Answer){ .error = ENOSYS, .unknown = TRUE };
}

static void
snapshot_ask_batch (const E13Batch *batch, const E13Identity *identity, E13Rights want_directory,
                    E13Answer *ret_directory, const E13Rights *want, E13Answer *ret_answers)
{
  (void)identity;
  (void)want_directory;
  (void)want;
  if (ret_directory != NULL)
    *ret_directory = (E13Answer){ .error = ENOSYS, .unknown = TRUE };
  for (gsize i = 0; i < batch->n_entries; i++)
    ret_answers[i] = (E13Answer){ .error = ENOSYS, .unknown = TRUE };
}

static E13Route *
snapshot_route (const char *path, GError **error)
{
  (void)path;
  return throw_not_held (error, "no way from / to a path"), NULL;
}

static GBytes *
snapshot_read_file (const E13Pin *pin, gsize max_bytes, GError **error)
{
  (void)pin;
  (void)max_bytes;
  return throw_not_held (error, "no content of files"), NULL;
}

static gboolean
snapshot_mount_of (const E13Pin *pin, E13Mount *ret_mount, GError **error)
{
  (void)pin;
  (void)ret_mount;
  return throw_not_held (error, "no file systems");
}

static char *
snapshot_handle_of (const E13Pin *pin, GError **error)
{
  (void)pin;
  return throw_not_held (error, "nothing that tells objects apart but their names"), NULL;
}

static gboolean
snapshot_has_capability (const E13Pin *pin)
{
  (void)pin;
  return FALSE;
}

static E13Identity *
snapshot_identity_parse (const char *text, GError **error)
{
  if (names_in_use == NULL)
    return e13_throw (error, E13_ERROR_USAGE, "no dump is open, so that '%s' names nobody", text), NULL;
  return e13_dump_names_identity (names_in_use, text, error);
}

static GPtrArray *
snapshot_identities_found (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)e13_identity_free);
}

static E13Identity *
snapshot_identity_self (void)
{
  return e13_identity_new (NULL, G_MAXUINT32, G_MAXUINT32, NULL, 0, "nobody on the machine of a dump");
}

static const char *
snapshot_name (guint32 id)
{
  return names_in_use != NULL ? e13_dump_names_find (names_in_use, id) : NULL;
}

const E13ReadOps e13_snapshot_read = {
  .name = "snapshot",
  .can_ask = snapshot_can_ask,
  .route = snapshot_route,
  .route_in = e13_dump_route_in,
  .open_tree = snapshot_open_tree,
  .close_tree = snapshot_close_tree,
  .walk = snapshot_walk,
  .ask_batch = snapshot_ask_batch,
  .ask = snapshot_ask,
  .pin_entry = snapshot_pin_entry,
  .pin = snapshot_pin,
  .hold = snapshot_pin,
  .refresh = snapshot_refresh,
  .unpin = snapshot_unpin,
  .read_file = snapshot_read_file,
  .list = snapshot_list,
  .mount_of = snapshot_mount_of,
  .handle_of = snapshot_handle_of,
  .has_capability = snapshot_has_capability,
  .identity_parse = snapshot_identity_parse,
  .identities_found = snapshot_identities_found,
  .identity_self = snapshot_identity_self,
  .user_name = snapshot_name,
  .group_name = snapshot_name,
};
