/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "platform/expand.h"

#include <string.h>

#include "base/error.h"
#include "base/quote.h"

/* Where the next character of a name begins; bytes that are none are taken one by one. */
static const char *
next_character (const char *at)
{
  for (at++; ((guchar)*at & 0xc0) == 0x80; at++)
    ;
  return at;
}

static gboolean
matches (const char *pattern, const char *name)
{
  const char *star = NULL;
  const char *retry = NULL;

  while (*name != '\0')
    if (*pattern == '*')
      {
        star = ++pattern;
        retry = name;
      }
    else if (*pattern == '?')
      {
        pattern++;
        name = next_character (name);
      }
    else if (g_ascii_tolower (*pattern) == g_ascii_tolower (*name))
      {
        pattern++;
        name++;
      }
    else if (star != NULL)
      {
        pattern = star;
        retry = next_character (retry);
        name = retry;
      }
    else
      return FALSE;
  return pattern[strspn (pattern, "*")] == '\0';
}

static gint
compare_names (gconstpointer a, gconstpointer b)
{
  const char *x = *(const char *const *)a;
  const char *y = *(const char *const *)b;
  int order = g_ascii_strcasecmp (x, y);

  return order != 0 ? order : strcmp (x, y);
}

static gboolean
is_directory (const E13ReadOps *ops, const char *path)
{
  g_autoptr (E13Route) route = ops->route (path, NULL);
  const E13Pin *last = route != NULL && route->missing == NULL ? route->pins->pdata[route->pins->len - 1] : NULL;

  return last != NULL && last->facts.type == E13_TYPE_DIRECTORY;
}

/* The names in the directory that the first @length bytes of @path lead to, with their separator; none where that is no
 * directory. */
static GPtrArray *
names_in (const E13ReadOps *ops, const char *path, gsize length)
{
  g_autofree char *directory = length > 0 ? g_strndup (path, length) : g_strdup (".");
  g_autoptr (E13Route) route = ops->route (directory, NULL);
  GPtrArray *names = NULL;

  if (route != NULL && route->missing == NULL)
    names = ops->list (route->pins->pdata[route->pins->len - 1], NULL);
  if (names != NULL)
    g_ptr_array_sort (names, compare_names);
  return names != NULL ? names : g_ptr_array_new ();
}

static gboolean
expand (const E13ReadOps *ops, const char *path, const char *pattern, GPtrArray *expanded, GError **error)
{
  gsize length = (gsize)(pattern - path);
  g_autoptr (GPtrArray) names = names_in (ops, path, length);
  guint n_before = expanded->len;
  g_autofree char *shown = e13_quote_windows (path);

  if (strcmp (pattern, "*.*") == 0) /* as everywhere on Windows: with or without a dot */
    pattern = "*";
  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *full = g_strdup_printf ("%.*s%s", (int)length, path, (char *)names->pdata[i]);

      if (matches (pattern, names->pdata[i]) && is_directory (ops, full))
        g_ptr_array_add (expanded, g_steal_pointer (&full));
    }
  return expanded->len > n_before || e13_throw (error, E13_ERROR_USAGE, "no directory matches '%s'", shown);
}

GPtrArray *
e13_expand_directories (const E13ReadOps *ops, const GPtrArray *paths, GError **error)
{
  g_autoptr (GPtrArray) expanded = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < paths->len; i++)
    {
      const char *path = paths->pdata[i];
      const char *name = path;

      for (const char *c = path; ops->is_windows && *c != '\0'; c++)
        if (strchr ("/\\:", *c) != NULL)
          name = c + 1;
      if (!ops->is_windows || strpbrk (name, "*?") == NULL)
        g_ptr_array_add (expanded, g_strdup (path));
      else if (!expand (ops, path, name, expanded, error))
        return NULL;
    }
  return g_steal_pointer (&expanded);
}
