/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "policy/moved.h"

#include <string.h>

#include "base/path.h"
#include "base/quote.h"
#include "policy/detect.h"
#include "policy/marker.h"

#define WILDCARDS "*?[{"
#define MAX_LENGTH 1024

char *
e13_moved_pattern (const char *directory, const char *pattern)
{
  g_autoptr (GString) whole = g_string_new (NULL);

  for (const char *p = directory; *p != '\0'; p++)
    if (strchr ("*?[{}", *p) != NULL)
      g_string_append_printf (whole, "[%c]", *p);
    else
      g_string_append_c (whole, *p);
  if (whole->len > 0 && *pattern != '\0' && *pattern != '/')
    g_string_append_c (whole, '/');
  g_string_append (whole, pattern);
  return g_strdup (whole->str);
}

static gboolean
any_holds (const GPtrArray *markers, const E13Evidence *evidence)
{
  for (guint i = 0; i < markers->len; i++)
    if (e13_marker_holds (markers->pdata[i], evidence))
      return TRUE;
  return FALSE;
}

/* The first match that captures something. */
static gboolean
find_value (const GPtrArray *markers, const E13Evidence *evidence, E13MarkerMatch *ret_match)
{
  for (guint i = 0; i < markers->len; i++)
    {
      if (e13_marker_find (markers->pdata[i], evidence, ret_match) && ret_match->value != NULL)
        return TRUE;
      e13_marker_match_clear (ret_match);
    }
  return FALSE;
}

/* The path without ".", ".." and empty components, beneath what it begins in; NULL where it leads above that. */
static char *
normalize (const char *path)
{
  g_auto (GStrv) parts = g_strsplit_set (path, "/\\", -1);
  g_autoptr (GPtrArray) kept = g_ptr_array_new ();

  for (gsize i = 0; parts[i] != NULL; i++)
    if (strcmp (parts[i], "..") == 0)
      {
        if (kept->len == 0)
          return NULL;
        g_ptr_array_set_size (kept, (gint)kept->len - 1);
      }
    else if (*parts[i] != '\0' && strcmp (parts[i], ".") != 0)
      g_ptr_array_add (kept, parts[i]);
  g_ptr_array_add (kept, NULL);
  return g_strjoinv ("/", (char **)kept->pdata);
}

/* @path, absolute, beneath @root; NULL where it is elsewhere. */
static const char *
beneath (const char *path, const char *root)
{
  gsize length = root != NULL ? strlen (root) : 0;

  if (length == 0 || !e13_path_is_in (path, root))
    return NULL;
  return path[length] == '/' ? path + length + 1 : path + length;
}

static char *
beneath_site (const E13MarkerMatch *match, const E13PolicyOptions *options, const char *directory)
{
  g_autofree char *from = match->from_file ? g_path_get_dirname (match->path) : NULL;
  g_autofree char *absolute = NULL;
  g_autofree char *whole = NULL;
  const char *found;

  if (match->value[0] == '/' && !match->from_file)
    {
      absolute = normalize (match->value);
      whole = absolute != NULL ? g_strconcat ("/", absolute, NULL) : NULL;
      if (whole == NULL)
        return NULL;
      found = beneath (whole, options->root);
      if (found == NULL)
        found = beneath (whole, options->root_as_given);
      return g_strdup (found);
    }
  whole = g_strjoin ("/", directory, from != NULL ? from : "", match->value, NULL);
  return normalize (whole);
}

/* What of @pattern does not move: from the slash before its first wildcard on, or the one at its end. */
static const char *
rest_of (const char *pattern)
{
  const char *rest = pattern + strcspn (pattern, WILDCARDS);

  if (*rest == '\0')
    return g_str_has_suffix (pattern, "/") ? rest - 1 : rest;
  while (rest > pattern && *rest != '/')
    rest--;
  return rest;
}

static gboolean
is_usable (const char *path)
{
  return *path != '\0' && strlen (path) <= MAX_LENGTH && g_utf8_validate (path, -1, NULL);
}

/* Takes @remark. Several sections move with one directory. */
static void
add_remark (GPtrArray *remarks, char *remark)
{
  gboolean is_new = remarks != NULL;

  for (guint i = 0; is_new && i < remarks->len; i++)
    is_new = strcmp (remarks->pdata[i], remark) != 0;
  if (is_new)
    g_ptr_array_add (remarks, remark);
  else
    g_free (remark);
}

/* FALSE where the path leads out of the site. */
static gboolean
follow (const E13Section *section, const E13MarkerMatch *match, const E13PolicyOptions *options, const char *directory,
        GPtrArray *remarks, char **ret_moved)
{
  const char *rest = rest_of (section->pattern);
  g_autofree char *stays = g_strndup (section->pattern, (gsize)(rest - section->pattern));
  g_autofree char *path = beneath_site (match, options, directory);
  g_autofree char *file = e13_quote_display (match->path);
  g_autofree char *from = e13_quote_display (stays);
  g_autofree char *value = e13_quote_display (match->value);
  g_autofree char *whole = NULL;
  g_autofree char *moved = NULL;

  if (path == NULL)
    {
      add_remark (remarks, g_strdup_printf ("'%s' says that '%s' is at '%s' instead, outside the site: check that as a "
                                            "site of its own.",
                                            file, from, value));
      return FALSE;
    }
  if (!is_usable (path))
    {
      add_remark (remarks, g_strdup_printf ("'%s' says that '%s' is at '%s' instead, which is not followed.", file,
                                            from, value));
      return TRUE;
    }
  whole = e13_moved_pattern (directory, stays);
  moved = e13_moved_pattern (path, "");
  if (strcmp (whole, moved) == 0)
    return TRUE;
  add_remark (remarks, g_strdup_printf ("'%s' says that '%s' is at '%s' instead.", file, from, value));
  *ret_moved = e13_moved_pattern (path, rest);
  return TRUE;
}

gboolean
e13_moved_find (const E13Section *section, const E13Evidence *evidence, const E13PolicyOptions *options,
                const char *directory, GPtrArray *remarks, char **ret_moved)
{
  g_auto (E13MarkerMatch) match = { NULL, NULL, FALSE };

  *ret_moved = NULL;
  if (section->only_if != NULL && !any_holds (section->only_if, evidence))
    return FALSE;
  if (section->unless != NULL && any_holds (section->unless, evidence))
    return FALSE;
  if (section->moved_by == NULL || !find_value (section->moved_by, evidence, &match))
    return TRUE;
  return follow (section, &match, options, directory, remarks, ret_moved);
}
