/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What is the same for the routes and trees of every platform. */

#include "platform/platform.h"

#include "base/path.h"

void
e13_route_free (E13Route *route)
{
  if (route == NULL)
    return;
  g_ptr_array_unref (route->pins);
  g_free (route->given);
  g_free (route->resolved);
  g_free (route->missing);
  g_free (route);
}

static gboolean
is_absolute (const E13Tree *tree, const char *path)
{
  if (!tree->is_windows)
    return path[0] == '/';
  return e13_path_is_windows (path);
}

char *
e13_tree_full_path (const E13Tree *tree, const char *path)
{
  return is_absolute (tree, path) ? g_strdup (path) : e13_path_join (tree->path, path, tree->is_windows ? '\\' : '/');
}

char *
e13_tree_path_there (const E13Tree *tree, const char *path)
{
  if (tree->has_descriptors && !tree->is_windows)
    return tree->there != NULL ? e13_path_join (tree->there, path, '\\') : NULL;
  return e13_tree_full_path (tree, path);
}

void
e13_confinement_free (E13Confinement *confinement)
{
  if (confinement == NULL)
    return;
  g_free (confinement->profile);
  g_free (confinement->label);
  g_free (confinement->expected);
  g_free (confinement);
}
