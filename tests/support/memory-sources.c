/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/support/memory-sources.h"

#include <errno.h>
#include <string.h>

#include "base/error.h"

static GBytes *
read_row (const char *path, gsize max, gpointer data, GError **error)
{
  const TestFile *file = data;

  while (file->path != NULL && strcmp (file->path, path) != 0)
    file++;
  errno = file->path == NULL ? ENOENT : EACCES;
  if (file->path == NULL || file->text == NULL)
    return e13_throw_errno (error, "cannot read '%s'", path), NULL;
  return g_bytes_new (file->text, MIN (strlen (file->text), max));
}

static GPtrArray *
list_rows (const char *directory, gpointer data, GError **error)
{
  g_autofree char *prefix
      = g_str_has_suffix (directory, "/") ? g_strdup (directory) : g_strconcat (directory, "/", NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  for (const TestFile *file = data; file->path != NULL; file++)
    if (g_str_has_prefix (file->path, prefix))
      {
        const char *rest = file->path + strlen (prefix);
        char *name = g_strndup (rest, strcspn (rest, "/"));

        if (g_ptr_array_find_with_equal_func (names, name, g_str_equal, NULL))
          g_free (name);
        else
          g_ptr_array_add (names, name);
      }
  errno = ENOENT;
  return names->len > 0 ? g_steal_pointer (&names)
                        : (e13_throw_errno (error, "cannot list '%s'", directory), (GPtrArray *)NULL);
}

E13SourceOps
test_sources (const TestFile *files)
{
  return (E13SourceOps){ read_row, list_rows, (gpointer)files };
}
