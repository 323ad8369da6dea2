/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The way to a path in a dump, as a person of its machine writes it. */

#include "config.h"

#include <errno.h>
#include <string.h>

#include "base/error.h"
#include "base/path.h"
#include "platform/snapshot/tree.h"

/* Where @path, as a person writes it, leads: the last node of it that there is, and what follows it. */
static const E13DumpNode *
look_up (const E13DumpTree *tree, const char *path, char **ret_missing)
{
  const E13DumpNode *node = e13_dump_follow (tree->dump, tree->site, path, ret_missing);
  g_autofree char *missing = NULL;
  const E13DumpNode *other;

  if (*ret_missing == NULL || e13_dump_is_absolute (tree->dump, path) || tree->dump->is_absolute)
    return node;
  /* As the dump has it, from where it was taken, if that leads further. */
  other = e13_dump_follow (tree->dump, tree->dump->top, path, &missing);
  if (missing != NULL && strlen (missing) >= strlen (*ret_missing))
    return node;
  g_free (*ret_missing);
  *ret_missing = g_steal_pointer (&missing);
  return other;
}

/* @path as it lies in a dump of relative names, whose site the person has named. NULL: it lies elsewhere. */
static const char *
below_root (const E13DumpTree *tree, const char *path)
{
  const char *root = tree->base.path;
  gsize length = strlen (root);
  gboolean is_posix = tree->dump->is_posix;

  if ((is_posix ? strncmp (path, root, length) : g_ascii_strncasecmp (path, root, length)) != 0
      || (path[length] != '\0' && strchr (is_posix ? "/" : "\\/", path[length]) == NULL))
    return NULL;
  path += length;
  return path + strspn (path, is_posix ? "/" : "\\/");
}

static char *
posix_pin_path (const E13DumpTree *tree, const E13DumpNode *node)
{
  g_autofree char *below = e13_dump_path (node, tree->dump->is_absolute ? tree->dump->top : tree->site);

  return tree->dump->is_absolute ? g_strconcat ("/", below, NULL) : e13_path_join (tree->base.path, below, '/');
}

static char *
pin_path (const E13DumpTree *tree, const E13DumpNode *node)
{
  g_autofree char *below = NULL;
  g_autofree char *path = NULL;

  if (tree->dump->is_posix)
    return posix_pin_path (tree, node);
  below = e13_dump_path (node, tree->dump->is_absolute ? tree->dump->top : tree->site);
  path = tree->dump->is_absolute ? g_strdup (below) : e13_path_join (tree->base.path, below, '/');
  if (g_str_has_suffix (path, ":"))
    return g_strconcat (path, "/", NULL);
  return g_strdelimit (g_steal_pointer (&path), "\\", '/');
}

/* Where the way to @end begins, as far as the dump goes up. What it only has names of says nothing about the way, but
 * it may hold a drive's root, or the directory from which something is deleted. */
static const E13DumpNode *
outermost_of (const E13DumpTree *tree, const E13DumpNode *end)
{
  const E13DumpNode *outermost = end;

  for (const E13DumpNode *node = end; node->parent != NULL && (node != tree->site || tree->dump->is_absolute);)
    {
      node = node->parent;
      if (node->parent == NULL && !tree->dump->is_posix && node != tree->site)
        break;
      if (node->line != 0 || !tree->dump->is_posix)
        outermost = node;
    }
  return outermost;
}

E13Route *
e13_dump_route_in (const E13Tree *base, const char *path, GError **error)
{
  const E13DumpTree *tree = (const E13DumpTree *)base;
  g_autofree char *shown = e13_dump_shown (tree->dump, path);
  g_autofree char *missing = NULL;
  g_autoptr (E13Route) route = g_new0 (E13Route, 1);
  const char *below = path;
  const E13DumpNode *end, *outermost;

  route->pins = g_ptr_array_new_with_free_func (e13_dump_unpin);
  if (e13_dump_is_absolute (tree->dump, path) && !tree->dump->is_absolute && (below = below_root (tree, path)) == NULL)
    return e13_throw (error, E13_ERROR_INPUT,
                      "cannot tell where '%s' is in the dump, whose names are relative: --root says where it was taken",
                      shown),
           NULL;
  end = look_up (tree, below, &missing);
  if (missing != NULL && end->line == 0)
    return e13_throw (error, E13_ERROR_INPUT, "the dump holds nothing of '%s'", shown), NULL;
  outermost = outermost_of (tree, end);
  for (const E13DumpNode *node = end; node != NULL; node = node == outermost ? NULL : node->parent)
    {
      g_autofree char *full = pin_path (tree, node);

      g_ptr_array_insert (route->pins, 0, e13_dump_pin_new (tree->dump, node, full));
    }
  route->given = g_strdup (path);
  route->resolved = pin_path (tree, end);
  route->missing = g_steal_pointer (&missing);
  route->error = route->missing != NULL ? ENODATA : 0;
  return g_steal_pointer (&route);
}
