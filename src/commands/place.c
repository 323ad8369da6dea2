/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "commands/place.h"

#include <string.h>

#include "base/quote.h"
#include "iis/below.h"
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

/* The directories in the folder, which may be sites. */
static GPtrArray *
folders_in (const E13ReadOps *ops, const E13Tree *tree)
{
  g_autoptr (GPtrArray) names = ops->list (tree->root, NULL);
  GPtrArray *folders = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; names != NULL && i < names->len; i++)
    if (is_directory (ops, tree, names->pdata[i]))
      g_ptr_array_add (folders, g_strdup (names->pdata[i]));
  g_ptr_array_sort (folders, compare_names);
  return folders;
}

char *
e13_place_list (const GPtrArray *folders)
{
  GString *list = g_string_new (NULL);

  for (guint i = 0; i < MIN (folders->len, MOST_SITES); i++)
    {
      g_autofree char *shown = e13_quote_windows (folders->pdata[i]);

      g_string_append_printf (list, "%s%s", i > 0 ? ", " : "", shown);
    }
  if (folders->len > MOST_SITES)
    g_string_append_printf (list, " and %u more", folders->len - MOST_SITES);
  return g_string_free (list, FALSE);
}

/* What the server's settings serve from below the folder; where they are not known, or serve nothing there, what lies
 * in it. */
static void
list_sites (const E13ReadOps *ops, const E13Tree *tree, const char *there, const E13IisServer *iis, GPtrArray *remarks)
{
  g_autofree char *path = e13_iis_path (there, e13_iis_no_variables);
  g_autoptr (GPtrArray) served = iis != NULL ? e13_iis_folders_below (iis, path) : NULL;
  gboolean is_said = served != NULL && served->len > 0;
  g_autoptr (GPtrArray) folders = is_said ? g_ptr_array_ref (served) : folders_in (ops, tree);
  g_autofree char *list = e13_place_list (folders);

  if (folders->len > 0)
    g_ptr_array_add (remarks,
                     g_strdup_printf ("This folder holds the sites of the server side by side: name the folder "
                                      "of one (%s%s).",
                                      is_said ? "by the settings of IIS: " : "", list));
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

/* What the file system makes of permissions, where that is not what one would think. */
static void
remark_mount (const E13ReadOps *ops, const E13Tree *tree, GPtrArray *remarks)
{
  g_auto (E13Mount) mount = { 0 };
  g_autofree char *place = NULL;

  if (tree->is_dump || !ops->mount_of (tree->root, &mount, NULL))
    return;
  place = tree->is_windows ? e13_quote_windows (mount.mount_point) : e13_quote_display (mount.mount_point);
  if (mount.is_windows_drive)
    g_ptr_array_add (remarks,
                     g_strdup_printf ("This is a drive of Windows as WSL shows it (%s): modes here are made up by the "
                                      "mount, and no server of Windows asks them. Use errno13.exe in Windows.",
                                      place));
  else if (tree->has_descriptors && mount.mode_from_mount)
    g_ptr_array_add (remarks, g_strdup_printf ("%s at %s keeps no permissions: every account may do anything here, and "
                                               "nothing can be granted or taken away.",
                                               mount.fs_type, place));
}

void
e13_place_remark (const E13ReadOps *ops, const E13Tree *tree, const E13IisServer *iis, GPtrArray *remarks)
{
  g_autofree char *there = tree->has_descriptors ? e13_tree_path_there (tree, "") : NULL;

  remark_mount (ops, tree, remarks);
  if (there == NULL)
    return;
  if (e13_guarded_windows (there) == E13_SYSTEM_HOLDS_SITES)
    list_sites (ops, tree, there, iis, remarks);
  if (is_guarded_folder (there))
    g_ptr_array_add (remarks,
                     g_strdup ("Windows may keep programs from writing here whatever the entries say (controlled "
                               "folder access): a site does not belong on the Desktop or in Documents."));
}
