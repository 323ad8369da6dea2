/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/support/memory-platform.h"

#include <errno.h>
#include <string.h>

#include "base/error.h"
#include "base/quote.h"
#include "tests/support/acl-text.h"

typedef struct
{
  char *path;
  E13ObjectType type;
  E13Attributes attributes;
  E13ObjectKey key;
  guint generation;
} Node;

static struct
{
  GMutex lock;
  GPtrArray *nodes; /* of Node *, all that there is; gone ones are in @gone */
  GPtrArray *gone;
  gint64 seconds;
  guint32 nanoseconds;
  guint64 last_inode;
  gboolean without_handles;
  MemoryFault fault;
  guint fault_at;
  int fault_error;
  guint n_writes;
  gboolean dead;
  guint pin_fault_at;
  int pin_fault_error;
  guint n_pins;
} memory;

/* ---- The tree -------------------------------------------------------------------------------- */

static void
node_free (gpointer data)
{
  Node *node = data;

  g_free (node->path);
  e13_attributes_clear (&node->attributes);
  g_free (node);
}

static Node *
find (const char *path)
{
  for (guint i = 0; i < memory.nodes->len; i++)
    {
      Node *node = memory.nodes->pdata[i];

      if (g_str_equal (node->path, path))
        return node;
    }
  return NULL;
}

static Node *
need (const char *path)
{
  Node *node = find (path);

  if (node == NULL)
    g_error ("there is no '%s' in memory", path);
  return node;
}

static void
touch (Node *node)
{
  node->key.changed_seconds = memory.seconds;
  node->key.changed_nanoseconds = ++memory.nanoseconds;
}

static Node *
parent_of (const char *path)
{
  g_autofree char *parent = g_path_get_dirname (path);

  return find (parent);
}

static gboolean
is_below (const Node *node, const char *path)
{
  gsize length = g_str_equal (path, "/") ? 0 : strlen (path);

  return strncmp (node->path, path, length) == 0 && node->path[length] == '/' && node->path[length + 1] != '\0';
}

static Node *
add (const char *path, E13ObjectType type, guint32 uid, guint32 gid, guint32 mode)
{
  Node *node = g_new0 (Node, 1);
  Node *parent = parent_of (path);

  node->path = g_strdup (path);
  node->type = type;
  node->key.device = 1;
  node->key.inode = ++memory.last_inode;
  node->attributes.uid = uid;
  node->attributes.gid = gid;
  node->attributes.mode = mode;
  node->attributes.access = e13_acl_from_mode (mode);
  touch (node);
  g_ptr_array_add (memory.nodes, node);
  if (parent != NULL)
    touch (parent);
  return node;
}

static void
set_access (Node *node, E13Acl *acl)
{
  e13_acl_ref (acl);
  e13_acl_unref (node->attributes.access);
  node->attributes.access = acl;
  node->attributes.mode = (node->attributes.mode & 07000) | e13_acl_to_mode (acl);
}

static void
set_default (Node *node, E13Acl *acl)
{
  if (acl != NULL)
    e13_acl_ref (acl);
  e13_acl_unref (node->attributes.default_acl);
  node->attributes.default_acl = acl;
}

/* The creator's mode cuts what it names: owner, mask (or owning group), others. */
static void
inherit (Node *node, guint32 mode)
{
  const Node *parent = parent_of (node->path);
  E13Acl *inherited = parent != NULL ? parent->attributes.default_acl : NULL;
  g_autoptr (E13Acl) acl = NULL;

  if (inherited == NULL)
    return;
  acl = e13_acl_ref (inherited);
  for (guint i = 0; i < inherited->n_entries; i++)
    {
      const E13AclEntry *entry = &inherited->entries[i];
      gboolean has_mask = e13_acl_find (inherited, E13_ACL_MASK, 0) != NULL;
      guint shift = entry->tag == E13_ACL_USER_OBJ ? 6 : entry->tag == E13_ACL_OTHER ? 0 : 3;
      E13Acl *cut;

      if (entry->tag == E13_ACL_USER || entry->tag == E13_ACL_GROUP || (entry->tag == E13_ACL_GROUP_OBJ && has_mask))
        continue;
      cut = e13_acl_with (acl, entry->tag, 0, entry->rights & (mode >> shift));
      e13_acl_unref (acl);
      acl = cut;
    }
  set_access (node, acl);
  if (node->type == E13_TYPE_DIRECTORY)
    set_default (node, inherited);
}

void
memory_reset (gint64 now)
{
  g_clear_pointer (&memory.nodes, g_ptr_array_unref);
  g_clear_pointer (&memory.gone, g_ptr_array_unref);
  memset (&memory, 0, sizeof memory);
  memory.nodes = g_ptr_array_new_with_free_func (node_free);
  memory.gone = g_ptr_array_new_with_free_func (node_free);
  memory.seconds = now;
  add ("/", E13_TYPE_DIRECTORY, 0, 0, 0755);
}

void
memory_pass (gint64 seconds)
{
  memory.seconds += seconds;
}

void
memory_add (const char *path, E13ObjectType type, guint32 uid, guint32 gid, guint32 mode, const char *access,
            const char *default_acl)
{
  Node *node = add (path, type, uid, gid, mode);
  g_autoptr (E13Acl) access_acl = access != NULL ? test_acl (access) : NULL;
  g_autoptr (E13Acl) default_list = default_acl != NULL ? test_acl (default_acl) : NULL;

  need (path);
  if (parent_of (path) == NULL)
    g_error ("'%s' has no parent in memory", path);
  if (access_acl != NULL)
    set_access (node, access_acl);
  set_default (node, default_list);
}

void
memory_create (const char *path, E13ObjectType type, guint32 uid, guint32 gid)
{
  gboolean is_directory = type == E13_TYPE_DIRECTORY;

  inherit (add (path, type, uid, gid, is_directory ? 0755 : 0644), is_directory ? 0777 : 0666);
}

void
memory_remove (const char *path)
{
  Node *node = need (path);
  Node *parent = parent_of (path);

  for (guint i = memory.nodes->len; i > 0; i--)
    {
      Node *other = memory.nodes->pdata[i - 1];

      if (other == node || is_below (other, path))
        g_ptr_array_add (memory.gone, g_ptr_array_steal_index (memory.nodes, i - 1));
    }
  if (parent != NULL)
    touch (parent);
}

void
memory_replace (const char *path)
{
  Node *node = need (path);

  node->generation++;
  touch (node);
}

void
memory_chmod (const char *path, guint32 mode)
{
  Node *node = need (path);
  g_autoptr (E13Acl) acl = e13_acl_from_mode (mode);

  node->attributes.mode = mode;
  set_access (node, acl);
  touch (node);
}

void
memory_chown (const char *path, guint32 uid, guint32 gid)
{
  Node *node = need (path);

  node->attributes.uid = uid;
  node->attributes.gid = gid;
  touch (node);
}

void
memory_rename (const char *path, const char *new_path)
{
  for (guint i = 0; i < memory.nodes->len; i++)
    {
      Node *node = memory.nodes->pdata[i];

      if (g_str_equal (node->path, path) || is_below (node, path))
        {
          char *moved = g_strconcat (new_path, node->path + strlen (path), NULL);

          g_free (node->path);
          node->path = moved;
        }
    }
}

void
memory_without_handles (gboolean without)
{
  memory.without_handles = without;
}

static gint
compare_nodes (gconstpointer a, gconstpointer b)
{
  return strcmp ((*(Node *const *)a)->path, (*(Node *const *)b)->path);
}

char *
memory_describe (void)
{
  GString *out = g_string_new (NULL);

  g_ptr_array_sort (memory.nodes, compare_nodes);
  for (guint i = 0; i < memory.nodes->len; i++)
    {
      const Node *node = memory.nodes->pdata[i];
      const E13Attributes *attributes = &node->attributes;
      g_autofree char *path = e13_quote_display (node->path);
      g_autofree char *access = e13_acl_to_text (attributes->access);
      g_autofree char *inherited = attributes->default_acl != NULL ? e13_acl_to_text (attributes->default_acl) : NULL;

      g_string_append_printf (out, "%s %s %u:%u %04o %s%s%s\n", path, e13_object_type_name (node->type),
                              attributes->uid, attributes->gid, attributes->mode, access,
                              inherited != NULL ? " default " : "", inherited != NULL ? inherited : "");
    }
  return g_string_free (out, FALSE);
}

/* ---- Faults ---------------------------------------------------------------------------------- */

void
memory_fail_write (MemoryFault fault, guint call, int error)
{
  memory.fault = fault;
  memory.fault_at = call;
  memory.fault_error = error;
  memory.n_writes = 0;
  memory.dead = FALSE;
}

void
memory_fail_pin (guint call, int error)
{
  memory.pin_fault_at = call;
  memory.pin_fault_error = error;
  memory.n_pins = 0;
}

guint
memory_n_writes (void)
{
  return memory.n_writes;
}

/* To be asked before each primitive write: may it do something? Else FALSE and errno. */
static gboolean
may_write (void)
{
  gboolean now = ++memory.n_writes == memory.fault_at;

  if (memory.dead || (now && memory.fault == MEMORY_DIE_BEFORE))
    {
      memory.dead = TRUE;
      errno = EINTR;
      return FALSE;
    }
  if (now && memory.fault == MEMORY_FAIL)
    {
      errno = memory.fault_error;
      return FALSE;
    }
  memory.dead = now && memory.fault == MEMORY_DIE_AFTER;
  return TRUE;
}

/* ---- Pins ------------------------------------------------------------------------------------ */

static void
read_facts (const Node *node, E13Facts *facts)
{
  e13_facts_clear (facts);
  *facts = (E13Facts){
    .type = node->type,
    .mode = node->attributes.mode,
    .uid = node->attributes.uid,
    .gid = node->attributes.gid,
    .n_links = 1,
    .key = node->key,
    .acl_state = E13_ACL_READ,
    .access = e13_acl_ref (node->attributes.access),
    .default_acl = node->attributes.default_acl != NULL ? e13_acl_ref (node->attributes.default_acl) : NULL,
  };
}

/* The node that @pin holds: its inode's, whatever the name; NULL when it is gone. */
static Node *
node_of (const E13Pin *pin)
{
  for (guint i = 0; i < memory.nodes->len; i++)
    {
      Node *node = memory.nodes->pdata[i];

      if (e13_object_key_same_inode (&node->key, &pin->facts.key) && (int)node->generation == pin->fd)
        return node;
    }
  return NULL;
}

static E13Pin *
pin_node (const Node *node, const char *path)
{
  E13Pin *pin = g_new0 (E13Pin, 1);

  pin->path = g_strdup (path);
  pin->fd = (int)node->generation;
  read_facts (node, &pin->facts);
  return pin;
}

static void
memory_unpin (E13Pin *pin)
{
  if (pin == NULL)
    return;
  g_free (pin->path);
  e13_facts_clear (&pin->facts);
  g_free (pin);
}

static char *
absolute (const E13Tree *tree, const char *path)
{
  if (path[0] == '/')
    return g_strdup (path);
  if (path[0] == '\0')
    return g_strdup (tree->path);
  return g_build_filename (tree->path, path, NULL);
}

static E13Pin *
memory_pin (const E13Tree *tree, const char *path, GError **error)
{
  g_autofree char *full = absolute (tree, path);
  E13Pin *pin = NULL;

  g_mutex_lock (&memory.lock);
  errno = ENOENT;
  if (++memory.n_pins == memory.pin_fault_at)
    errno = memory.pin_fault_error;
  else if (find (full) != NULL)
    pin = pin_node (find (full), path);
  g_mutex_unlock (&memory.lock);
  if (pin == NULL)
    e13_throw_errno (error, "cannot open '%s'", full);
  return pin;
}

static gboolean
memory_refresh (E13Pin *pin, GError **error)
{
  const Node *node = node_of (pin);

  if (node == NULL)
    return e13_throw (error, E13_ERROR_MOVED, "it has been removed");
  read_facts (node, &pin->facts);
  return TRUE;
}

static char *
memory_handle_of (const E13Pin *pin, GError **error)
{
  if (memory.without_handles)
    return e13_throw (error, E13_ERROR_UNSUPPORTED, "there are no handles here"), NULL;
  return g_strdup_printf ("1:%" G_GINT64_MODIFIER "x%08x", pin->facts.key.inode, (guint)pin->fd);
}

static gboolean
memory_has_capability (const E13Pin *pin G_GNUC_UNUSED)
{
  return FALSE;
}

static GPtrArray *
memory_list (const E13Pin *directory, GError **error)
{
  const Node *parent = node_of (directory);
  GPtrArray *names;

  if (parent == NULL)
    return e13_throw (error, E13_ERROR_MOVED, "it has been removed"), NULL;
  names = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < memory.nodes->len; i++)
    {
      const Node *node = memory.nodes->pdata[i];

      if (parent_of (node->path) == parent && node != parent)
        g_ptr_array_add (names, g_path_get_basename (node->path));
    }
  return names;
}

/* ---- Trees and the walk ---------------------------------------------------------------------- */

static E13Route *
memory_route (const char *path, GError **error G_GNUC_UNUSED)
{
  E13Route *route = g_new0 (E13Route, 1);
  const char *end = path;

  route->given = g_strdup (path);
  route->pins = g_ptr_array_new_with_free_func ((GDestroyNotify)memory_unpin);
  g_ptr_array_add (route->pins, pin_node (need ("/"), "/"));
  route->resolved = g_strdup ("/");
  while (end[0] == '/' && end[1] != '\0')
    {
      g_autofree char *part = NULL;
      const Node *node;

      end += 1 + strcspn (end + 1, "/");
      part = g_strndup (path, (gsize)(end - path));
      node = find (part);
      if (node == NULL)
        {
          route->missing = g_strdup (part + strlen (route->resolved));
          route->error = ENOENT;
          return route;
        }
      g_ptr_array_add (route->pins, pin_node (node, part));
      g_free (route->resolved);
      route->resolved = g_steal_pointer (&part);
    }
  return route;
}

static void
free_route (E13Route *route)
{
  g_ptr_array_unref (route->pins);
  g_free (route->given);
  g_free (route->resolved);
  g_free (route->missing);
  g_free (route);
}

static E13Tree *
memory_open_tree (const char *path, GError **error)
{
  const Node *node = find (path);
  E13Tree *tree;

  if (node == NULL || node->type != E13_TYPE_DIRECTORY)
    {
      errno = node == NULL ? ENOENT : ENOTDIR;
      return e13_throw_errno (error, "cannot open '%s'", path), NULL;
    }
  tree = g_new0 (E13Tree, 1);
  tree->route = memory_route (path, NULL);
  tree->path = tree->route->resolved;
  tree->root = pin_node (node, "");
  return tree;
}

static void
memory_close_tree (E13Tree *tree)
{
  memory_unpin (tree->root);
  free_route (tree->route);
  g_free (tree);
}

typedef struct
{
  E13Dir dir;
  char *path; /* in memory */
} WalkedDir;

static void walk_directory (const char *path, const char *beneath, const E13Dir *parent, const E13Visitor *visitor,
                            gpointer data);

static char *
join (const char *beneath, const char *name)
{
  return beneath[0] != '\0' ? g_strconcat (beneath, "/", name, NULL) : g_strdup (name);
}

static void
walk_below (const WalkedDir *walked, const GPtrArray *names, const E13Visitor *visitor, gpointer data)
{
  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *path = g_build_filename (walked->path, names->pdata[i], NULL);
      g_autofree char *beneath = join (walked->dir.path, names->pdata[i]);

      if (need (path)->type == E13_TYPE_DIRECTORY)
        walk_directory (path, beneath, &walked->dir, visitor, data);
    }
}

static void
walk_directory (const char *path, const char *beneath, const E13Dir *parent, const E13Visitor *visitor, gpointer data)
{
  WalkedDir walked = { .dir = { .parent = parent, .path = beneath }, .path = g_strdup (path) };
  E13Pin *pin = pin_node (need (path), path);
  g_autoptr (GPtrArray) names = memory_list (pin, NULL);
  g_autoptr (GArray) entries = g_array_new (FALSE, TRUE, sizeof (E13Entry));
  E13Batch batch = { .dir = &walked.dir, .first = TRUE };

  walked.dir.facts = pin->facts;
  walked.dir.user = parent != NULL ? parent->user : NULL;
  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *child = g_build_filename (path, names->pdata[i], NULL);
      E13Entry entry = { .name = names->pdata[i] };

      if (visitor->note_name != NULL)
        visitor->note_name (&walked.dir, entry.name, data);
      read_facts (need (child), &entry.facts);
      if (entry.facts.type != E13_TYPE_DIRECTORY)
        g_array_append_val (entries, entry);
      else
        e13_facts_clear (&entry.facts);
    }
  batch.entries = (E13Entry *)(gpointer)entries->data;
  batch.n_entries = entries->len;
  visitor->visit (&batch, data);
  for (guint i = 0; i < entries->len; i++)
    e13_facts_clear (&batch.entries[i].facts);
  walk_below (&walked, names, visitor, data);
  memory_unpin (pin);
  g_free (walked.path);
}

static gboolean
memory_walk (const E13Tree *tree, const E13WalkOptions *options G_GNUC_UNUSED, const E13Visitor *visitor, gpointer data,
             GError **error G_GNUC_UNUSED)
{
  walk_directory (tree->path, "", NULL, visitor, data);
  return TRUE;
}

static E13Pin *
memory_pin_entry (const E13Batch *batch, gsize index, GError **error)
{
  /* The walk's dirs are the first member of what it keeps of them. */
  const WalkedDir *walked = (const WalkedDir *)(gconstpointer)batch->dir;
  g_autofree char *path = index == E13_THE_DIRECTORY
                              ? g_strdup (walked->path)
                              : g_build_filename (walked->path, batch->entries[index].name, NULL);
  const Node *node = find (path);

  if (node == NULL)
    return e13_throw (error, E13_ERROR_MOVED, "it has been removed"), NULL;
  return pin_node (node, path);
}

/* ---- Questions that memory cannot answer ----------------------------------------------------- */

static gboolean
memory_can_ask (GError **error)
{
  return e13_throw (error, E13_ERROR_UNSUPPORTED, "a tree in memory has no kernel to ask");
}

static E13Answer
memory_ask (const E13Pin *pin G_GNUC_UNUSED, const E13Identity *identity G_GNUC_UNUSED, E13Rights want G_GNUC_UNUSED)
{
  return (E13Answer){ E13_RIGHT_NONE, ENOSYS, TRUE };
}

static void
memory_ask_batch (const E13Batch *batch, const E13Identity *identity, E13Rights want_directory,
                  E13Answer *ret_directory, const E13Rights *want, E13Answer *ret_answers)
{
  if (ret_directory != NULL)
    *ret_directory = memory_ask (NULL, identity, want_directory);
  for (gsize i = 0; i < batch->n_entries; i++)
    ret_answers[i] = memory_ask (NULL, identity, want[i]);
}

static GBytes *
memory_read_file (const E13Pin *pin G_GNUC_UNUSED, gsize max_bytes G_GNUC_UNUSED, GError **error G_GNUC_UNUSED)
{
  return g_bytes_new (NULL, 0);
}

static gboolean
memory_mount_of (const E13Pin *pin G_GNUC_UNUSED, E13Mount *ret_mount, GError **error G_GNUC_UNUSED)
{
  *ret_mount = (E13Mount){ .mount_point = g_strdup ("/"), .fs_type = g_strdup ("memory") };
  return TRUE;
}

static E13Identity *
memory_identity_parse (const char *text, GError **error G_GNUC_UNUSED)
{
  return test_identity (text);
}

static GPtrArray *
memory_identities_found (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)e13_identity_free);
}

static E13Identity *
memory_identity_self (void)
{
  return test_identity ("0:0+");
}

static const char *
memory_no_name (guint32 id G_GNUC_UNUSED)
{
  return NULL;
}

/* ---- Writing --------------------------------------------------------------------------------- */

static gboolean
write_owner (Node *node, const E13Attributes *after)
{
  if (!may_write ())
    return FALSE;
  node->attributes.uid = after->uid;
  node->attributes.gid = after->gid;
  if (node->type == E13_TYPE_FILE)
    node->attributes.mode &= ~(guint32)06000;
  touch (node);
  return TRUE;
}

static gboolean
write_access (Node *node, const E13Attributes *after)
{
  if (!may_write ())
    return FALSE;
  set_access (node, after->access);
  touch (node);
  return TRUE;
}

static gboolean
write_upper_bits (Node *node, const E13Attributes *after)
{
  if (!may_write ())
    return FALSE;
  node->attributes.mode = (node->attributes.mode & 0777) | (after->mode & 07000);
  touch (node);
  return TRUE;
}

static gboolean
write_default (Node *node, const E13Attributes *after)
{
  if (!may_write ())
    return FALSE;
  set_default (node, after->default_acl);
  touch (node);
  return TRUE;
}

/* What differs, in the seam's order. */
static gboolean
write_attributes (Node *node, const E13Attributes *after, gboolean undoing)
{
  const E13Attributes *now = &node->attributes;

  if (undoing && !e13_acl_equal (now->default_acl, after->default_acl) && !write_default (node, after))
    return FALSE;
  if ((now->uid != after->uid || now->gid != after->gid) && !write_owner (node, after))
    return FALSE;
  if (!e13_acl_equal (now->access, after->access) && !write_access (node, after))
    return FALSE;
  if (((now->mode ^ after->mode) & 07000) && !write_upper_bits (node, after))
    return FALSE;
  return e13_acl_equal (now->default_acl, after->default_acl) || write_default (node, after);
}

static gboolean
set_locked (E13Pin *pin, const E13ObjectKey *key, const E13Attributes *before, const E13Attributes *after,
            gboolean undoing, GError **error)
{
  Node *node = node_of (pin);

  if (node == NULL || !e13_object_key_same_state (&node->key, key) || !e13_attributes_equal (&node->attributes, before))
    return e13_throw (error, E13_ERROR_MOVED, "it has changed since it was judged");
  if (!write_attributes (node, after, undoing))
    return e13_throw_errno (error, "cannot change '%s'", pin->path);
  read_facts (node, &pin->facts);
  return TRUE;
}

static gboolean
memory_set (E13Pin *pin, const E13ObjectKey *key, const E13Attributes *before, const E13Attributes *after,
            gboolean undoing, GError **error)
{
  gboolean done;

  g_mutex_lock (&memory.lock);
  done = set_locked (pin, key, before, after, undoing, error);
  g_mutex_unlock (&memory.lock);
  return done;
}

static E13Pin *
memory_make_directory (const E13Pin *parent, const char *name, GError **error)
{
  const Node *node = node_of (parent);
  g_autofree char *path = node != NULL ? g_build_filename (node->path, name, NULL) : NULL;

  if (node == NULL)
    return e13_throw (error, E13_ERROR_MOVED, "its parent has been removed"), NULL;
  errno = EEXIST;
  if (find (path) != NULL || !may_write ())
    return e13_throw_errno (error, "cannot make '%s'", path), NULL;
  memory_create (path, E13_TYPE_DIRECTORY, node->attributes.uid, node->attributes.gid);
  return pin_node (find (path), path);
}

static gboolean
memory_remove_directory (const E13Pin *parent, const char *name, const E13ObjectKey *key, GError **error)
{
  const Node *above = node_of (parent);
  g_autofree char *path = above != NULL ? g_build_filename (above->path, name, NULL) : NULL;
  const Node *node = path != NULL ? find (path) : NULL;

  if (node == NULL || !e13_object_key_same_inode (&node->key, key))
    return e13_throw (error, E13_ERROR_MOVED, "it is another object now");
  errno = ENOTEMPTY;
  for (guint i = 0; i < memory.nodes->len; i++)
    if (is_below (memory.nodes->pdata[i], path))
      return e13_throw_errno (error, "cannot remove '%s'", path);
  if (!may_write ())
    return e13_throw_errno (error, "cannot remove '%s'", path);
  memory_remove (path);
  return TRUE;
}

const E13ReadOps memory_read = {
  .name = "memory",
  .can_ask = memory_can_ask,
  .route = memory_route,
  .open_tree = memory_open_tree,
  .close_tree = memory_close_tree,
  .walk = memory_walk,
  .ask_batch = memory_ask_batch,
  .ask = memory_ask,
  .pin_entry = memory_pin_entry,
  .pin = memory_pin,
  .hold = memory_pin,
  .refresh = memory_refresh,
  .unpin = memory_unpin,
  .read_file = memory_read_file,
  .list = memory_list,
  .mount_of = memory_mount_of,
  .handle_of = memory_handle_of,
  .has_capability = memory_has_capability,
  .identity_parse = memory_identity_parse,
  .identities_found = memory_identities_found,
  .identity_self = memory_identity_self,
  .user_name = memory_no_name,
  .group_name = memory_no_name,
};

const E13WriteOps memory_write = {
  .set = memory_set,
  .make_directory = memory_make_directory,
  .remove_directory = memory_remove_directory,
};
