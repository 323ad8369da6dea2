/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <errno.h>

#include "base/error.h"
#include "base/quote.h"
#include "platform/win32/pin.h"
#include "platform/win32/route.h"

E13Tree *
e13_win32_open_tree (const char *path, GError **error)
{
  g_autoptr (E13Route) route = e13_win32_route (path, error);
  g_autofree char *shown = e13_quote_windows (path);
  const E13Pin *end;
  E13Tree *tree;
  E13Pin *root;
  int code;

  if (route == NULL)
    return NULL;
  end = route->pins->pdata[route->pins->len - 1];
  code = route->error;
  if (code == 0 && end->facts.type != E13_TYPE_DIRECTORY)
    code = ENOTDIR;
  if (code != 0)
    {
      g_set_error (error, E13_ERRNO, code, "cannot open the site '%s': %s", shown, g_strerror (code));
      return NULL;
    }
  root = e13_win32_pin_again (end, "", error);
  if (root == NULL)
    return g_prefix_error (error, "cannot open the site '%s': ", shown), NULL;
  tree = g_new0 (E13Tree, 1);
  tree->root = root;
  tree->route = g_steal_pointer (&route);
  tree->path = tree->route->resolved;
  tree->is_windows = tree->has_descriptors = TRUE;
  return tree;
}

void
e13_win32_close_tree (E13Tree *tree)
{
  if (tree == NULL)
    return;
  e13_win32_unpin (tree->root);
  e13_route_free (tree->route);
  g_free (tree);
}
