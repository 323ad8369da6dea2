/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "servers/sources.h"

#include <errno.h>
#include <string.h>

#include "base/error.h"
#include "base/quote.h"
#include "policy/glob.h"

#define MOST_SENTENCES 20
#define MOST_NAMES 10000

E13Sources *
e13_sources_new (const E13SourceOps *ops)
{
  E13Sources *sources = g_new0 (E13Sources, 1);

  sources->ops = ops;
  sources->bytes_left = E13_SOURCES_MAX_BYTES;
  sources->files_left = E13_SOURCES_MAX_FILES;
  sources->open = g_ptr_array_new_with_free_func (g_free);
  sources->unread = g_ptr_array_new_with_free_func (g_free);
  return sources;
}

void
e13_sources_free (E13Sources *sources)
{
  if (sources == NULL)
    return;
  g_ptr_array_unref (sources->open);
  g_ptr_array_unref (sources->unread);
  g_free (sources);
}

void
e13_sources_say (E13Sources *sources, const char *format, ...)
{
  va_list args;

  if (sources->unread->len >= MOST_SENTENCES)
    return;
  va_start (args, format);
  g_ptr_array_add (sources->unread, g_strdup_vprintf (format, args));
  va_end (args);
}

char *
e13_source_place (const char *file, guint line)
{
  g_autofree char *shown = e13_quote_display (file);

  return g_strdup_printf ("%s line %u", shown, line);
}

/* ---- Reading --------------------------------------------------------------------------------- */

static gboolean
may_enter (E13Sources *sources, const char *path)
{
  g_autofree char *shown = e13_quote_display (path);

  for (guint i = 0; i < sources->open->len; i++)
    if (strcmp (sources->open->pdata[i], path) == 0)
      return e13_sources_say (sources, "'%s' includes itself, and was not read again", shown), FALSE;
  if (sources->open->len >= E13_SOURCES_MAX_DEPTH)
    return e13_sources_say (sources, "'%s' was not read: it is included %u levels down", shown, sources->open->len),
           FALSE;
  if (sources->files_left == 0 || sources->bytes_left == 0)
    return e13_sources_say (sources, "'%s' was not read: the configuration is larger than is looked through", shown),
           FALSE;
  return TRUE;
}

char *
e13_sources_enter (E13Sources *sources, const char *path, gboolean required)
{
  g_autofree char *shown = e13_quote_display (path);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  const char *text;
  gsize size;

  if (!may_enter (sources, path))
    return NULL;
  bytes = sources->ops->read (path, E13_SOURCE_MAX_BYTES + 1, sources->ops->data, &error);
  if (bytes == NULL)
    {
      if (required || !g_error_matches (error, E13_ERRNO, ENOENT))
        e13_sources_say (sources, "%s", error->message);
      return NULL;
    }
  text = g_bytes_get_data (bytes, &size);
  if (size > E13_SOURCE_MAX_BYTES)
    {
      e13_sources_say (sources, "'%s' was not read: it is larger than %u MiB", shown, E13_SOURCE_MAX_BYTES >> 20);
      return NULL;
    }
  if (size > 0 && memchr (text, '\0', size) != NULL)
    {
      e13_sources_say (sources, "'%s' was not read: it is no text", shown);
      return NULL;
    }
  sources->files_left--;
  sources->bytes_left -= MIN (sources->bytes_left, size);
  g_ptr_array_add (sources->open, g_strdup (path));
  return g_strndup (text != NULL ? text : "", size);
}

void
e13_sources_leave (E13Sources *sources)
{
  g_ptr_array_remove_index (sources->open, sources->open->len - 1);
}

/* ---- Patterns -------------------------------------------------------------------------------- */

static gint
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

/* Adds what of @directory matches one component. */
static void
match_names (E13Sources *sources, const char *directory, const E13Glob *glob, gboolean hidden, GPtrArray *found)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) names = sources->ops->list (*directory != '\0' ? directory : "/", sources->ops->data, &error);

  if (names == NULL && !g_error_matches (error, E13_ERRNO, ENOENT) && !g_error_matches (error, E13_ERRNO, ENOTDIR))
    e13_sources_say (sources, "%s", error->message);
  for (guint i = 0; names != NULL && i < names->len && found->len < MOST_NAMES; i++)
    {
      const char *name = names->pdata[i];

      if ((*name != '.' || hidden) && e13_glob_matches (glob, name, FALSE))
        g_ptr_array_add (found, g_strconcat (directory, "/", name, NULL));
    }
}

static GPtrArray *
expand_component (E13Sources *sources, const GPtrArray *directories, const char *part)
{
  GPtrArray *found = g_ptr_array_new_with_free_func (g_free);
  gboolean is_pattern = strpbrk (part, "*?[") != NULL;
  g_autoptr (E13Glob) glob = is_pattern ? e13_glob_new (part, NULL) : NULL;

  if (is_pattern && glob == NULL)
    e13_sources_say (sources, "the pattern '%s' is not understood", part);
  for (guint i = 0; i < directories->len; i++)
    if (glob != NULL)
      match_names (sources, directories->pdata[i], glob, *part == '.', found);
    else if (!is_pattern)
      g_ptr_array_add (found, g_strconcat (directories->pdata[i], "/", part, NULL));
  g_ptr_array_sort (found, compare_texts);
  return found;
}

GPtrArray *
e13_sources_expand (E13Sources *sources, const char *pattern)
{
  g_auto (GStrv) parts = g_strsplit (pattern, "/", -1);
  GPtrArray *found = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (found, g_strdup (""));
  for (gsize i = 0; parts[i] != NULL; i++)
    if (*parts[i] != '\0')
      {
        GPtrArray *next = expand_component (sources, found, parts[i]);

        g_ptr_array_unref (found);
        found = next;
      }
  return found;
}
