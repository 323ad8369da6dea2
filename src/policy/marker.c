/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "policy/marker.h"

#include <string.h>

#include "base/error.h"
#include "base/quote.h"
#include "policy/glob-parts.h"

#define MAX_READ (256 * 1024)
/* A look for a pattern ends after so many directories listed or files read: a tree of millions is told by its top. */
#define MAX_LISTED 256
#define MAX_FILES_READ 64
#define MAX_NAMES 16384
#define MAX_DEPTH 6

struct E13Marker
{
  char *text;
  E13Glob *glob;
  GRegex *regex; /* NULL: being there is enough */
};

/* Copies of other people's applications live here. */
static const char *const not_evidence[] = {
  ".git",          ".svn",          ".hg",    "vendor",  "node_modules", "bower_components",
  "site-packages", "dist-packages", "backup", "backups",
};

/* ---- Reading a marker ------------------------------------------------------------------------ */

static gboolean
regex_flags_from_text (const char *text, GRegexCompileFlags *ret_flags, GError **error)
{
  static const struct
  {
    char letter;
    GRegexCompileFlags flag;
  } letters[] = {
    { 'i', G_REGEX_CASELESS },
    { 'm', G_REGEX_MULTILINE },
    { 's', G_REGEX_DOTALL },
    { 'x', G_REGEX_EXTENDED },
  };

  /* A file of unknown encoding is bytes. */
  *ret_flags = G_REGEX_RAW;
  for (; *text != '\0'; text++)
    {
      gsize i = 0;

      while (i < G_N_ELEMENTS (letters) && letters[i].letter != *text)
        i++;
      if (i == G_N_ELEMENTS (letters))
        {
          g_autofree char *shown = e13_quote_display (text);

          return e13_throw (error, E13_ERROR_INPUT, "'%s' is no flag of a regular expression: i, m, s and x are",
                            shown);
        }
      *ret_flags |= letters[i].flag;
    }
  return TRUE;
}

/* @text is what follows "~/". */
static GRegex *
regex_from_text (const char *text, GError **error)
{
  const char *slash = strrchr (text, '/');
  g_autofree char *pattern = NULL;
  g_autofree char *shown = NULL;
  g_autoptr (GError) reason = NULL;
  GRegexCompileFlags flags;
  GRegex *regex;

  if (slash == NULL)
    {
      shown = e13_quote_display (text);
      return e13_throw (error, E13_ERROR_INPUT, "the regular expression '%s' has no / at its end", shown), NULL;
    }
  if (!regex_flags_from_text (slash + 1, &flags, error))
    return NULL;
  pattern = g_strndup (text, (gsize)(slash - text));
  regex = g_regex_new (pattern, flags, 0, &reason);
  if (regex == NULL)
    {
      g_autofree char *why = e13_quote_display (reason->message);

      shown = e13_quote_display (text);
      e13_throw (error, E13_ERROR_INPUT, "bad regular expression '%s': %s", shown, why);
    }
  return regex;
}

E13Marker *
e13_marker_new (const char *text, GError **error)
{
  g_autoptr (E13Marker) marker = g_new0 (E13Marker, 1);
  const char *tilde = strstr (text, "~/");
  g_autofree char *pattern = tilde != NULL ? g_strndup (text, (gsize)(tilde - text)) : g_strdup (text);

  marker->text = g_strdup (text);
  marker->glob = e13_glob_new (pattern, error);
  if (marker->glob == NULL)
    return NULL;
  if (tilde != NULL)
    {
      marker->regex = regex_from_text (tilde + strlen ("~/"), error);
      if (marker->regex == NULL)
        return NULL;
    }
  return g_steal_pointer (&marker);
}

void
e13_marker_free (E13Marker *marker)
{
  if (marker == NULL)
    return;
  g_clear_pointer (&marker->glob, e13_glob_free);
  g_clear_pointer (&marker->regex, g_regex_unref);
  g_free (marker->text);
  g_free (marker);
}

/* ---- Holding it against a tree --------------------------------------------------------------- */

typedef struct
{
  const E13Marker *marker;
  const E13GlobPath *glob;
  const E13Evidence *evidence;
  E13MarkerMatch *match; /* what is found goes there; NULL: only whether */
  guint n_listed;
  guint n_read;
  guint n_names;
} Search;

static gboolean search_below (Search *search, const char *directory, guint part, guint depth);

#define FROM_FILE "here"

static void
keep_match (E13MarkerMatch *match, const char *path, const GMatchInfo *info)
{
  gint start, end;

  match->path = g_strdup (path);
  match->from_file = g_match_info_fetch_named_pos (info, FROM_FILE, &start, &end) && start >= 0;
  for (gint i = 1; i < g_match_info_get_match_count (info) && match->value == NULL; i++)
    if (g_match_info_fetch_pos (info, i, &start, &end) && start >= 0)
      match->value = g_match_info_fetch (info, i);
}

static gboolean
content_matches (Search *search, const char *path)
{
  const E13Evidence *evidence = search->evidence;
  g_autoptr (GBytes) content = NULL;
  g_autoptr (GMatchInfo) info = NULL;
  gconstpointer data;
  gboolean matches;
  gsize size;

  if (search->n_read++ >= MAX_FILES_READ)
    return FALSE;
  content = evidence->read (path, MAX_READ, evidence->data);
  if (content == NULL)
    return FALSE;
  data = g_bytes_get_data (content, &size);
  matches = g_regex_match_full (search->marker->regex, size > 0 ? data : "", (gssize)MIN (size, MAX_READ), 0, 0, &info,
                                NULL);
  if (matches && search->match != NULL)
    keep_match (search->match, path, info);
  return matches;
}

static gboolean
is_the_marked (Search *search, const char *path)
{
  const E13Evidence *evidence = search->evidence;

  if (!evidence->exists (path, search->glob->directories_only, evidence->data))
    return FALSE;
  if (search->marker->regex != NULL)
    return content_matches (search, path);
  if (search->match != NULL)
    search->match->path = g_strdup (path);
  return TRUE;
}

gboolean
e13_marker_is_evidence (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (not_evidence); i++)
    if (g_ascii_tolower (*name) == *not_evidence[i] && g_ascii_strcasecmp (name, not_evidence[i]) == 0)
      return FALSE;
  return TRUE;
}

/* @path matches the parts before @part. */
static gboolean
search_at (Search *search, const char *path, guint part, guint depth)
{
  if (part == search->glob->n_parts)
    return is_the_marked (search, path);
  return search_below (search, path, part, depth);
}

static char *
join (const char *directory, const char *name)
{
  return *directory == '\0' ? g_strdup (name) : g_strconcat (directory, "/", name, NULL);
}

static gboolean
part_matches (const Search *search, const E13GlobPart *part, const char *name)
{
  g_autofree char *folded_name = NULL;
  g_autofree char *folded_text = NULL;
  E13GlobPart folded = *part;

  if (part->kind == E13_PART_ANY)
    return FALSE;
  if (!search->evidence->ignores_case)
    return e13_glob_part_matches (part, name, strlen (name));
  folded_name = e13_glob_fold_case (name);
  folded_text = e13_glob_fold_case (part->text);
  folded.text = folded_text;
  e13_glob_part_complete (&folded);
  return e13_glob_part_matches (&folded, folded_name, strlen (folded_name));
}

static gboolean
search_names (Search *search, const char *directory, guint part, guint depth)
{
  const E13Evidence *evidence = search->evidence;
  const E13GlobPart *wanted = &search->glob->parts[part];
  g_autoptr (GPtrArray) names = NULL;

  if (search->n_listed++ >= MAX_LISTED || depth >= MAX_DEPTH)
    return FALSE;
  names = evidence->list (directory, evidence->data);
  for (guint i = 0; names != NULL && i < names->len && search->n_names++ < MAX_NAMES; i++)
    {
      const char *name = g_ptr_array_index (names, i);
      gboolean matches = part_matches (search, wanted, name);
      g_autofree char *path = NULL;

      if ((!matches && wanted->kind != E13_PART_ANY) || !e13_marker_is_evidence (name))
        continue;
      path = join (directory, name);
      if (matches && search_at (search, path, part + 1, depth + 1))
        return TRUE;
      if (wanted->kind == E13_PART_ANY && part + 1 == search->glob->n_parts && is_the_marked (search, path))
        return TRUE;
      if (wanted->kind == E13_PART_ANY && evidence->exists (path, TRUE, evidence->data)
          && search_below (search, path, part, depth + 1))
        return TRUE;
    }
  return FALSE;
}

static gboolean
search_below (Search *search, const char *directory, guint part, guint depth)
{
  const E13GlobPart *wanted = &search->glob->parts[part];

  if (wanted->kind == E13_PART_LITERAL && !search->evidence->ignores_case)
    {
      g_autofree char *path = join (directory, wanted->text);

      return search_at (search, path, part + 1, depth + 1);
    }
  if (wanted->kind == E13_PART_ANY && part + 1 < search->glob->n_parts
      && search_below (search, directory, part + 1, depth))
    return TRUE;
  return search_names (search, directory, part, depth);
}

static gboolean
find (const E13Marker *marker, const E13Evidence *evidence, E13MarkerMatch *match)
{
  Search search = { .marker = marker, .evidence = evidence, .match = match };

  for (guint i = 0; i < e13_glob_n_paths (marker->glob); i++)
    {
      search.glob = e13_glob_path (marker->glob, i);
      if (search_below (&search, "", 0, 0))
        return TRUE;
    }
  return FALSE;
}

gboolean
e13_marker_holds (const E13Marker *marker, const E13Evidence *evidence)
{
  return find (marker, evidence, NULL);
}

gboolean
e13_marker_find (const E13Marker *marker, const E13Evidence *evidence, E13MarkerMatch *ret_match)
{
  *ret_match = (E13MarkerMatch){ NULL, NULL, FALSE };
  return find (marker, evidence, ret_match);
}

void
e13_marker_match_clear (E13MarkerMatch *match)
{
  g_clear_pointer (&match->path, g_free);
  g_clear_pointer (&match->value, g_free);
}

const char *
e13_marker_text (const E13Marker *marker)
{
  return marker->text;
}

gboolean
e13_marker_may_hold (const E13Marker *marker, GHashTable *names, gboolean ignores_case)
{
  for (guint i = 0; i < e13_glob_n_paths (marker->glob); i++)
    {
      const E13GlobPart *first = &e13_glob_path (marker->glob, i)->parts[0];
      g_autofree char *folded = ignores_case ? e13_glob_fold_case (first->text) : NULL;

      if (first->kind != E13_PART_LITERAL || g_hash_table_contains (names, folded != NULL ? folded : first->text))
        return TRUE;
    }
  return FALSE;
}
