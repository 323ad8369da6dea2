/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/support/site-platform.h"

#include <errno.h>
#include <string.h>

#include "base/error.h"

static const struct
{
  const char *path;
  E13ObjectType type;
} objects[] = {
  { "", E13_TYPE_DIRECTORY },        { "web.config", E13_TYPE_FILE },   { "index.html", E13_TYPE_FILE },
  { "cgi-bin", E13_TYPE_DIRECTORY }, { "cgi-bin/a.py", E13_TYPE_FILE }, { "cgi-bin/web.config", E13_TYPE_FILE },
};

static GBytes *web_config; /* of the tree that is open; there is one at a time */

static E13Pin *
pin (const E13Tree *tree, const char *path, GError **error)
{
  (void)tree;
  for (gsize i = 0; i < G_N_ELEMENTS (objects); i++)
    if (strcmp (objects[i].path, path) == 0)
      {
        E13Pin *found = g_new0 (E13Pin, 1);

        found->path = g_strdup (path);
        found->facts.type = objects[i].type;
        found->fd = -1;
        return found;
      }
  errno = ENOENT;
  return e13_throw_errno (error, "cannot open '%s'", path), NULL;
}

static void
unpin (E13Pin *old)
{
  if (old == NULL)
    return;
  g_free (old->path);
  g_free (old);
}

static GBytes *
read_file (const E13Pin *file, gsize max_bytes, GError **error)
{
  (void)error;
  if (!g_str_has_suffix (file->path, "web.config"))
    return g_bytes_new_static ("x", 1);
  return g_bytes_new_from_bytes (web_config, 0, MIN (g_bytes_get_size (web_config), max_bytes));
}

static GPtrArray *
list (const E13Pin *directory, GError **error)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  gsize length = strlen (directory->path);

  (void)error;
  for (gsize i = 1; i < G_N_ELEMENTS (objects); i++)
    {
      const char *rest = objects[i].path + (length > 0 ? length + 1 : 0);

      if (strncmp (objects[i].path, directory->path, length) == 0 && (length == 0 || objects[i].path[length] == '/')
          && strchr (rest, '/') == NULL)
        g_ptr_array_add (names, g_strdup (rest));
    }
  return names;
}

static void
visit_directory (const E13Visitor *visitor, const char *path, gpointer data)
{
  E13Dir dir = { .path = path, .facts = { .type = E13_TYPE_DIRECTORY } };
  const E13Pin directory = { .path = (char *)path };
  g_autoptr (GPtrArray) names = list (&directory, NULL);
  g_autofree E13Entry *entries = g_new0 (E13Entry, names->len);
  E13Batch batch = { .dir = &dir, .first = TRUE, .entries = entries };

  for (guint i = 0; i < names->len; i++)
    if (strcmp (names->pdata[i], "cgi-bin") != 0)
      entries[batch.n_entries++] = (E13Entry){ .name = names->pdata[i], .facts = { .type = E13_TYPE_FILE } };
  visitor->visit (&batch, data);
}

static gboolean
walk (const E13Tree *tree, const E13WalkOptions *options, const E13Visitor *visitor, gpointer data, GError **error)
{
  (void)tree;
  (void)options;
  (void)error;
  visit_directory (visitor, "", data);
  visit_directory (visitor, "cgi-bin", data);
  return TRUE;
}

E13Tree *
e13_test_site_open (GBytes *web)
{
  E13Tree *tree = g_new0 (E13Tree, 1);

  tree->path = "/site";
  web_config = g_bytes_ref (web);
  return tree;
}

static void
close_tree (E13Tree *tree)
{
  g_clear_pointer (&web_config, g_bytes_unref);
  g_free (tree);
}

const E13ReadOps e13_test_site_read = {
  .name = "site",
  .pin = pin,
  .unpin = unpin,
  .read_file = read_file,
  .list = list,
  .walk = walk,
  .close_tree = close_tree,
};
