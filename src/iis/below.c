/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "iis/below.h"

#include <string.h>

static gint
compare_names (gconstpointer a, gconstpointer b)
{
  return g_ascii_strcasecmp (*(const char *const *)a, *(const char *const *)b);
}

static gboolean
is_listed (const GPtrArray *folders, const char *folder)
{
  for (guint i = 0; i < folders->len; i++)
    if (g_ascii_strcasecmp (folders->pdata[i], folder) == 0)
      return TRUE;
  return FALSE;
}

static void
add_application (GPtrArray *folders, const E13IisApplication *application, const char *path)
{
  for (guint i = 0; i < application->directories->len; i++)
    {
      const E13IisDirectory *directory = application->directories->pdata[i];
      g_autofree char *below = NULL;

      if (strcmp (directory->path, "/") != 0 || directory->physical_path == NULL)
        continue; /* a directory of images is none to be checked by itself */
      below = e13_iis_path_beneath (directory->physical_path, path);
      if (below != NULL && below[0] != '\0' && !is_listed (folders, below))
        g_ptr_array_add (folders, g_steal_pointer (&below));
    }
}

GPtrArray *
e13_iis_folders_below (const E13IisServer *server, const char *path)
{
  GPtrArray *folders = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < server->sites->len; i++)
    {
      const E13IisSite *site = server->sites->pdata[i];

      for (guint j = 0; j < site->applications->len; j++)
        add_application (folders, site->applications->pdata[j], path);
    }
  g_ptr_array_sort (folders, compare_names);
  return folders;
}
