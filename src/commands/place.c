/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "commands/place.h"

#include <string.h>

#include "base/quote.h"
#include "policy/guarded.h"

#define MOST_SITES 10

static gboolean
is_directory (const E13ReadOps *ops, const E13Tree *tree, const char *name)
{
  E13Pin *pin = ops->pin (tree, name, NULL);
  gboolean found = pin != NULL && pin->facts.type == E13_TYPE_DIRECTORY;

  ops->unpin (pin);
  return found;
}

static gint
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

static void
list_sites (const E13ReadOps *ops, const E13Tree *tree, GPtrArray *remarks)
{
  g_autoptr (GPtrArray) names = ops->list (tree->root, NULL);
  g_autoptr (GString) sites = g_string_new (NULL);
  guint n = 0;

  if (names == NULL)
    return;
  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < names->len; i++)
    if (is_directory (ops, tree, names->pdata[i]) && n++ < MOST_SITES)
      {
        g_autofree char *shown = e13_quote_display (names->pdata[i]);

        g_string_append_printf (sites, "%s%s", n > 1 ? ", " : "", shown);
      }
  if (n > 0)
    g_ptr_array_add (remarks,
                     g_strdup_printf ("This folder holds the sites of the server side by side: name the folder "
                                      "of one (%s%s).",
                                      sites->str, n > MOST_SITES ? ", ..." : ""));
}

/* Below a home, the folders that Windows guards ("controlled folder access"). */
static gboolean
is_guarded_folder (const char *there)
{
  static const char *const folders[] = { "\\desktop\\", "\\documents\\", "\\pictures\\" };
  g_autofree char *ended = g_strconcat (there, "\\", NULL);
  g_autofree char *lower = g_ascii_strdown (ended, -1);

  for (gsize i = 0; i < G_N_ELEMENTS (folders); i++)
    if (strstr (lower, "\\users\\") != NULL && strstr (lower, folders[i]) != NULL)
      return TRUE;
  return FALSE;
}

void
e13_place_remark (const E13ReadOps *ops, const E13Tree *tree, GPtrArray *remarks)
{
  g_autofree char *there = tree->has_descriptors ? e13_tree_path_there (tree, "") : NULL;

  if (there == NULL)
    return;
  if (e13_guarded_windows (there) == E13_SYSTEM_HOLDS_SITES)
    list_sites (ops, tree, remarks);
  if (is_guarded_folder (there))
    g_ptr_array_add (remarks,
                     g_strdup ("Windows may keep programs from writing here whatever the entries say (controlled "
                               "folder access): a site does not belong on the Desktop or in Documents."));
}
