/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "platform/posix/tree.h"

#include <errno.h>
#include <fcntl.h>

#include "base/error.h"
#include "base/quote.h"
#include "platform/posix/open.h"
#include "platform/posix/pin.h"

static const E13Pin *
end_of (const E13Route *route)
{
  return g_ptr_array_index (route->pins, route->pins->len - 1);
}

E13Tree *
e13_posix_open_tree (const char *path, GError **error)
{
  g_autoptr (E13Route) route = e13_posix_route (path, error);
  g_autofree char *shown = e13_quote_display (path);
  E13Tree *tree;
  E13Pin *root;

  if (route == NULL)
    return NULL;
  errno = route->error;
  if (errno == 0 && end_of (route)->facts.type != E13_TYPE_DIRECTORY)
    errno = ENOTDIR;
  if (errno != 0)
    return e13_throw_errno (error, "cannot open the site '%s'", shown), NULL;

  root = e13_posix_pin_of_fd (e13_posix_reopen (end_of (route)->fd, O_PATH | O_DIRECTORY), "", error);
  if (root == NULL)
    return g_prefix_error (error, "cannot open the site '%s': ", shown), NULL;
  tree = g_new0 (E13Tree, 1);
  tree->root = root;
  tree->route = g_steal_pointer (&route);
  tree->path = tree->route->resolved;
  return tree;
}

void
e13_posix_close_tree (E13Tree *tree)
{
  if (tree == NULL)
    return;
  e13_posix_unpin (tree->root);
  e13_route_free (tree->route);
  g_free (tree->there);
  g_free (tree);
}
