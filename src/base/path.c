/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "base/path.h"

#include <string.h>

gboolean
e13_path_is_in (const char *path, const char *directory)
{
  gsize length = strlen (directory);

  if (length == 0)
    return path[0] != '/';
  if (strncmp (path, directory, length) != 0)
    return FALSE;
  return directory[length - 1] == '/' || path[length] == '/' || path[length] == '\0';
}

/* What ends a component comes before every byte that one can hold. */
static int
rank (char c)
{
  return c == '\0' ? 0 : c == '/' ? 1 : (guchar)c + 1;
}

int
e13_path_compare (const char *a, const char *b)
{
  while (*a != '\0' && *a == *b)
    {
      a++;
      b++;
    }
  return rank (*a) - rank (*b);
}

gboolean
e13_path_is_windows (const char *path)
{
  return (g_ascii_isalpha (path[0]) && path[1] == ':' && path[2] == '\\') || (path[0] == '\\' && path[1] == '\\');
}

char *
e13_path_join (const char *root, const char *path, char separator)
{
  gsize length = strlen (root);
  gboolean is_apart = length == 0 || path[0] == '\0' || root[length - 1] == separator;
  char *joined = g_strdup_printf ("%s%s%s", root, is_apart ? "" : "/", path);

  for (char *c = joined + length; *c != '\0'; c++)
    if (*c == '/')
      *c = separator;
  return joined;
}
