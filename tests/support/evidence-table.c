/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "evidence-table.h"

#include <string.h>

/* What is below @directory, or @directory itself; the rest of the path, or NULL. */
static const char *
below (const char *path, const char *directory)
{
  gsize length = strlen (directory);

  if (length == 0)
    return path;
  if (strncmp (path, directory, length) != 0)
    return NULL;
  return path[length] == '/' ? path + length + 1 : NULL;
}

static gboolean
exists (const char *path, gboolean is_directory, gpointer data)
{
  const EvidenceTable *table = data;
  gpointer key, content;
  GHashTableIter iter;

  if (*path == '\0')
    return TRUE;
  if (g_hash_table_lookup_extended (table->files, path, &key, &content))
    return !is_directory || content == NULL;
  g_hash_table_iter_init (&iter, table->files);
  while (g_hash_table_iter_next (&iter, &key, &content))
    if (below (key, path) != NULL)
      return TRUE;
  return FALSE;
}

static GBytes *
read_file (const char *path, gsize max_bytes, gpointer data)
{
  const EvidenceTable *table = data;
  const char *content = g_hash_table_lookup (table->files, path);

  return content != NULL ? g_bytes_new (content, MIN (strlen (content), max_bytes)) : NULL;
}

static GPtrArray *
list (const char *path, gpointer data)
{
  const EvidenceTable *table = data;
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  gpointer key, content;
  GHashTableIter iter;

  g_hash_table_iter_init (&iter, table->files);
  while (g_hash_table_iter_next (&iter, &key, &content))
    {
      const char *rest = below (key, path);
      g_autofree char *name = rest != NULL && *rest != '\0' ? g_strndup (rest, strcspn (rest, "/")) : NULL;

      if (name != NULL && !g_ptr_array_find_with_equal_func (names, name, g_str_equal, NULL))
        g_ptr_array_add (names, g_steal_pointer (&name));
    }
  return names;
}

EvidenceTable *
evidence_table_new (void)
{
  EvidenceTable *table = g_new0 (EvidenceTable, 1);

  table->files = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  table->evidence = (E13Evidence){ exists, read_file, list, table, FALSE };
  return table;
}

void
evidence_table_add (EvidenceTable *table, const char *path, const char *content)
{
  const char *before = g_hash_table_lookup (table->files, path);
  gboolean is_directory = g_str_has_suffix (path, "/");
  char *key = is_directory ? g_strndup (path, strlen (path) - 1) : g_strdup (path);
  char *all
      = is_directory ? NULL : g_strconcat (before != NULL ? before : "", before != NULL ? "\n" : "", content, NULL);

  g_hash_table_insert (table->files, key, all);
}

void
evidence_table_free (EvidenceTable *table)
{
  if (table == NULL)
    return;
  g_hash_table_unref (table->files);
  g_free (table);
}
