/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/support/fake-platform.h"

#include <errno.h>
#include <string.h>

#include "base/error.h"
#include "tests/support/acl-text.h"

#define MAX_LINKS 40

static const FakeObject fake_root = { .path = "/", .type = E13_TYPE_DIRECTORY, .acl = "u::rwx,g::r-x,o::r-x" };

static const FakeObject *objects;
static gsize n_objects;
static gboolean routes_are_broken;

void
fake_platform_set (const FakeObject *new_objects, gsize n_new_objects)
{
  objects = new_objects;
  n_objects = n_new_objects;
}

void
fake_platform_break_routes (gboolean broken)
{
  routes_are_broken = broken;
}

static const FakeObject *
find_object (const char *path)
{
  for (gsize i = 0; i < n_objects; i++)
    if (g_str_equal (objects[i].path, path))
      return &objects[i];
  return g_str_equal (path, "/") ? &fake_root : NULL;
}

static guint64
inode_of (const FakeObject *object)
{
  return object == &fake_root ? 1 : 2 + (guint64)(object - objects);
}

static E13Facts
facts_of (const FakeObject *object)
{
  E13Facts facts = { .type = object->type,
                     .uid = object->uid,
                     .gid = object->gid,
                     .attributes = object->attributes,
                     .key = { .device = 1, .inode = inode_of (object) },
                     .acl_state = object->acl_state == E13_ACL_NOT_READ ? E13_ACL_READ : object->acl_state };

  facts.access = test_acl (object->acl != NULL ? object->acl : "u::rwx,g::rwx,o::rwx");
  facts.mode = e13_acl_to_mode (facts.access) | object->upper_mode;
  facts.acl_errno = facts.acl_state == E13_ACL_UNREADABLE ? EIO : 0;
  if (facts.acl_state == E13_ACL_UNREADABLE)
    g_clear_pointer (&facts.access, e13_acl_unref);
  return facts;
}

/* ---- Looking up ------------------------------------------------------------------------------ */

typedef struct
{
  E13Route *route;
  GQueue rest; /* of char * */
  guint n_links;
} Lookup;

static void
expect (Lookup *lookup, const char *path)
{
  g_auto (GStrv) parts = g_strsplit (path, "/", -1);

  for (guint i = g_strv_length (parts); i-- > 0;)
    if (*parts[i] != '\0' && !g_str_equal (parts[i], "."))
      g_queue_push_head (&lookup->rest, g_strdup (parts[i]));
}

static void
add_pin (E13Route *route, const FakeObject *object)
{
  E13Pin *pin = g_new0 (E13Pin, 1);

  pin->path = g_strdup (object->path);
  pin->facts = facts_of (object);
  pin->link_target = g_strdup (object->link_target);
  pin->fd = -1;
  g_ptr_array_add (route->pins, pin);
}

/* As on the real platform, an object is pinned once, but that the one where the lookup ends comes last. */
static void
pass_object (E13Route *route, const FakeObject *object)
{
  for (guint i = 0; i < route->pins->len; i++)
    if (g_str_equal (((E13Pin *)g_ptr_array_index (route->pins, i))->path, object->path))
      return;
  add_pin (route, object);
}

static void
stand_at (E13Route *route, const char *path)
{
  g_autofree char *old = route->resolved;

  route->resolved = g_strdup (path);
}

/* Returns 0 or errno. */
static int
pass (Lookup *lookup, const char *name)
{
  E13Route *route = lookup->route;
  const FakeObject *at = find_object (route->resolved);
  g_autofree char *up = g_path_get_dirname (route->resolved);
  g_autofree char *path = g_build_filename (route->resolved, name, NULL);
  const FakeObject *next = find_object (path);

  if (at->type != E13_TYPE_DIRECTORY)
    return ENOTDIR;
  if (g_str_equal (name, ".."))
    return stand_at (route, up), 0;
  if (at->lookup_error != 0 || next == NULL)
    return at->lookup_error != 0 ? at->lookup_error : ENOENT;
  pass_object (route, next);
  if (next->type != E13_TYPE_SYMLINK)
    return stand_at (route, path), 0;
  if (++lookup->n_links > MAX_LINKS)
    return ELOOP;
  if (g_path_is_absolute (next->link_target))
    stand_at (route, "/");
  expect (lookup, next->link_target);
  return 0;
}

static char *
join_rest (Lookup *lookup, char *first)
{
  GString *rest = g_string_new (first);

  for (const GList *l = lookup->rest.head; l != NULL; l = l->next)
    g_string_append_printf (rest, "/%s", (const char *)l->data);
  return g_string_free (rest, FALSE);
}

static E13Route *
route (const char *path, GError **error)
{
  E13Route *way;
  Lookup lookup = { .rest = G_QUEUE_INIT };

  if (routes_are_broken)
    return e13_throw (error, E13_ERROR_UNSUPPORTED, "/proc is not proc"), NULL;

  g_assert_true (g_path_is_absolute (path));
  lookup.route = way = g_new0 (E13Route, 1);
  way->pins = g_ptr_array_new_with_free_func ((GDestroyNotify)fake_platform.unpin);
  way->given = g_strdup (path);
  way->resolved = g_strdup ("/");
  pass_object (way, find_object ("/"));
  expect (&lookup, path);
  while (way->error == 0 && !g_queue_is_empty (&lookup.rest))
    {
      g_autofree char *name = g_queue_pop_head (&lookup.rest);

      way->error = pass (&lookup, name);
      if (way->error != 0)
        way->missing = join_rest (&lookup, name);
    }
  g_queue_clear_full (&lookup.rest, g_free);
  if (way->error == 0
      && !g_str_equal (((E13Pin *)g_ptr_array_index (way->pins, way->pins->len - 1))->path, way->resolved))
    add_pin (way, find_object (way->resolved));
  return way;
}

static void
unpin (E13Pin *pin)
{
  if (pin == NULL)
    return;
  g_free (pin->path);
  g_free (pin->link_target);
  e13_facts_clear (&pin->facts);
  g_free (pin);
}

/* ---- Answering ------------------------------------------------------------------------------- */

static E13Answer
ask (const E13Pin *pin, const E13Identity *identity, E13Rights want)
{
  const FakeObject *object = find_object (pin->path);
  E13Verdict verdict = e13_posix_judge (&pin->facts, identity, want);
  E13Answer answer = { .granted = ((verdict.granted & ~object->kernel_takes) | object->kernel_gives) & want };

  if (object->kernel_is_mute)
    return (E13Answer){ .error = ENOSYS, .unknown = TRUE };
  if (answer.granted != want)
    answer.error = object->kernel_error != 0 ? object->kernel_error : EACCES;
  return answer;
}

static gboolean
mount_of (const E13Pin *pin, E13Mount *ret_mount, GError **error G_GNUC_UNUSED)
{
  const FakeObject *object = find_object (pin->path);

  *ret_mount = object->mount != NULL ? *object->mount : (E13Mount){ .mount_point = (char *)"/" };
  ret_mount->mount_point = g_strdup (ret_mount->mount_point);
  ret_mount->fs_type = g_strdup (ret_mount->fs_type);
  return TRUE;
}

static const char *
user_name (guint32 uid)
{
  return uid == 0 ? "root" : uid == 1000 ? "maria" : uid == 33 ? "www-data" : NULL;
}

static const char *
group_name (guint32 gid)
{
  return gid == 100 ? "staff" : gid == 7 ? "web" : NULL;
}

const E13ReadOps fake_platform = {
  .name = "fake",
  .route = route,
  .ask = ask,
  .unpin = unpin,
  .mount_of = mount_of,
  .user_name = user_name,
  .group_name = group_name,
};
