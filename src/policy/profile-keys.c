/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "policy/profile-keys.h"

#include <string.h>

#include "base/error.h"
#include "base/quote.h"
#include "policy/glob-parts.h"
#include "policy/marker.h"
#include "policy/nearest.h"

/* A stranger's profile must not make every tree costly to recognise. */
#define MAX_MARKERS 64

/* ---- Values ---------------------------------------------------------------------------------- */

/* Each says what is wrong with the value only. */
typedef gboolean (*ReadValue) (const E13KeyTarget *target, const char *value, GError **error);

static gboolean
level_from_value (const char *value, E13Level least, E13Level most, E13Level *ret_level, GError **error)
{
  g_autoptr (GString) known = NULL;
  g_autofree char *shown = NULL;

  for (E13Level level = least; level <= most; level++)
    if (g_str_equal (value, e13_level_name (level)))
      {
        *ret_level = level;
        return TRUE;
      }
  known = g_string_new (NULL);
  shown = e13_quote_display (value);
  for (E13Level level = least; level <= most; level++)
    g_string_append_printf (known, "%s%s", level == least ? "" : ", ", e13_level_name (level));
  return e13_throw (error, E13_ERROR_INPUT, "'%s' is none of %s", shown, known->str);
}

static gboolean
read_app (const E13KeyTarget *target, const char *value, GError **error)
{
  return level_from_value (value, E13_LEVEL_NONE, E13_LEVEL_MODIFY, &target->section->app, error);
}

static gboolean
read_server (const E13KeyTarget *target, const char *value, GError **error)
{
  return level_from_value (value, E13_LEVEL_NONE, E13_LEVEL_MODIFY, &target->section->server, error);
}

static gboolean
read_script (const E13KeyTarget *target, const char *value, GError **error)
{
  return level_from_value (value, E13_LEVEL_READ, E13_LEVEL_RUN, &target->section->script, error);
}

static gboolean
read_world (const E13KeyTarget *target, const char *value, GError **error)
{
  E13Level level;

  if (!level_from_value (value, E13_LEVEL_NONE, E13_LEVEL_READ, &level, NULL) || level == E13_LEVEL_TRAVERSE)
    {
      g_autofree char *shown = e13_quote_display (value);

      return e13_throw (error, E13_ERROR_INPUT, "'%s' is neither none nor read", shown);
    }
  target->section->world = level;
  return TRUE;
}

static gboolean
read_code (const E13KeyTarget *target, const char *value, GError **error)
{
  target->section->has_code = TRUE;
  target->section->code = g_str_equal (value, "yes");
  if (target->section->code || g_str_equal (value, "no"))
    return TRUE;

  g_autofree char *shown = e13_quote_display (value);
  return e13_throw (error, E13_ERROR_INPUT, "'%s' is neither yes nor no", shown);
}

/* The items of a list: what semicolons divide, but for those that a backslash makes part of a regular expression. */
static GPtrArray *
split_list (const char *value)
{
  GPtrArray *items = g_ptr_array_new_with_free_func (g_free);
  const char *begin = value;

  for (const char *p = value;; p++)
    if (*p == '\\' && p[1] != '\0')
      p++;
    else if (*p == ';' || *p == '\0')
      {
        g_autofree char *item = g_strstrip (g_strndup (begin, (gsize)(p - begin)));

        if (*item != '\0')
          g_ptr_array_add (items, g_steal_pointer (&item));
        if (*p == '\0')
          return items;
        begin = p + 1;
      }
}

void
e13_name_list_free (gpointer data)
{
  E13NameList *list = data;

  g_free (list->text);
  g_ptr_array_unref (list->globs);
  g_free (list);
}

static gboolean
is_name (const E13Glob *glob)
{
  for (guint i = 0; i < e13_glob_n_paths (glob); i++)
    {
      const E13GlobPath *path = e13_glob_path (glob, i);

      if (path->n_parts != 1 || path->directories_only || path->parts[0].kind == E13_PART_ANY)
        return FALSE;
    }
  return TRUE;
}

static GPtrArray *
name_globs_from_value (const char *value, GError **error)
{
  g_autoptr (GPtrArray) items = split_list (value);
  g_autoptr (GPtrArray) globs = g_ptr_array_new_with_free_func ((GDestroyNotify)e13_glob_free);

  for (guint i = 0; i < items->len; i++)
    {
      const char *item = g_ptr_array_index (items, i);
      E13Glob *glob = e13_glob_new (item, error);

      if (glob == NULL)
        return NULL;
      g_ptr_array_add (globs, glob);
      if (!is_name (glob))
        {
          g_autofree char *shown = e13_quote_display (item);

          return e13_throw (error, E13_ERROR_INPUT, "'%s' is no pattern of a name without a directory", shown), NULL;
        }
    }
  if (globs->len == 0)
    return e13_throw (error, E13_ERROR_INPUT, "the list is empty"), NULL;
  return g_steal_pointer (&globs);
}

/* Names that are listed by several sections are looked for once: each distinct list has one bit. */
static gboolean
read_names (const E13KeyTarget *target, const char *value, guint *ret_bits, GError **error)
{
  GPtrArray *names = target->profile->names;
  g_autoptr (GPtrArray) globs = NULL;
  E13NameList *list;

  for (guint i = 0; i < names->len; i++)
    if (g_str_equal (((E13NameList *)g_ptr_array_index (names, i))->text, value))
      {
        *ret_bits = 1u << i;
        return TRUE;
      }
  if (names->len == E13_PROFILE_MAX_NAME_LISTS)
    return e13_throw (error, E13_ERROR_INPUT, "more than %d different lists of names", E13_PROFILE_MAX_NAME_LISTS);
  globs = name_globs_from_value (value, error);
  if (globs == NULL)
    return FALSE;
  list = g_new0 (E13NameList, 1);
  list->text = g_strdup (value);
  list->globs = g_steal_pointer (&globs);
  *ret_bits = 1u << names->len;
  g_ptr_array_add (names, list);
  return TRUE;
}

static gboolean
read_holding (const E13KeyTarget *target, const char *value, GError **error)
{
  return read_names (target, value, &target->section->holding, error);
}

static gboolean
read_beside (const E13KeyTarget *target, const char *value, GError **error)
{
  return read_names (target, value, &target->section->beside, error);
}

static gboolean
read_one_when (E13Section *section, const char *value, GError **error)
{
  static const char feature[] = "feature:";
  g_autofree char *shown = NULL;

  if (g_str_equal (value, "runtime"))
    section->when |= E13_WHEN_RUNTIME;
  else if (g_str_equal (value, "install"))
    section->when |= E13_WHEN_INSTALL;
  else if (g_str_equal (value, "update"))
    section->when |= E13_WHEN_UPDATE;
  else if (g_str_has_prefix (value, feature) && value[strlen (feature)] != '\0' && section->feature == NULL)
    {
      section->when |= E13_WHEN_FEATURE;
      section->feature = g_strdup (value + strlen (feature));
    }
  else
    {
      shown = e13_quote_display (value);
      return e13_throw (error, E13_ERROR_INPUT, "'%s' is none of runtime, install, update, and one feature:NAME",
                        shown);
    }
  return TRUE;
}

static gboolean
read_when (const E13KeyTarget *target, const char *value, GError **error)
{
  g_autoptr (GPtrArray) items = split_list (value);

  target->section->when = 0;
  for (guint i = 0; i < items->len; i++)
    if (!read_one_when (target->section, g_ptr_array_index (items, i), error))
      return FALSE;
  return target->section->when != 0 || e13_throw (error, E13_ERROR_INPUT, "the list is empty");
}

static gboolean
read_text (char **ret_text, const char *value, GError **error)
{
  if (*value == '\0')
    return e13_throw (error, E13_ERROR_INPUT, "the value is empty");
  *ret_text = g_strdup (value);
  return TRUE;
}

static gboolean
read_why (const E13KeyTarget *target, const char *value, GError **error)
{
  return read_text (&target->section->why, value, error);
}

static gboolean
read_name (const E13KeyTarget *target, const char *value, GError **error)
{
  return read_text (&target->profile->name, value, error);
}

static gboolean
read_source (const E13KeyTarget *target, const char *value, GError **error)
{
  return read_text (&target->profile->source, value, error);
}

static gboolean
read_markers (GPtrArray *markers, const char *value, GError **error)
{
  g_autoptr (GPtrArray) items = split_list (value);

  if (items->len > MAX_MARKERS)
    return e13_throw (error, E13_ERROR_INPUT, "more than %d markers", MAX_MARKERS);
  for (guint i = 0; i < items->len; i++)
    {
      E13Marker *marker = e13_marker_new (g_ptr_array_index (items, i), error);

      if (marker == NULL)
        return FALSE;
      g_ptr_array_add (markers, marker);
    }
  return items->len > 0 || e13_throw (error, E13_ERROR_INPUT, "the list is empty");
}

static gboolean
read_all (const E13KeyTarget *target, const char *value, GError **error)
{
  return read_markers (target->profile->all, value, error);
}

static gboolean
read_any (const E13KeyTarget *target, const char *value, GError **error)
{
  return read_markers (target->profile->any, value, error);
}

static gboolean
read_not (const E13KeyTarget *target, const char *value, GError **error)
{
  return read_markers (target->profile->none, value, error);
}

static gboolean
read_words (GPtrArray *words, const char *value, GError **error)
{
  g_autoptr (GPtrArray) items = split_list (value);

  g_ptr_array_extend (words, items, (GCopyFunc)(gpointer)g_strdup, NULL);
  return items->len > 0 || e13_throw (error, E13_ERROR_INPUT, "the list is empty");
}

static gboolean
read_before (const E13KeyTarget *target, const char *value, GError **error)
{
  return read_words (target->profile->before, value, error);
}

static gboolean
read_docroot (const E13KeyTarget *target, const char *value, GError **error)
{
  g_autoptr (GPtrArray) items = split_list (value);

  for (guint i = 0; i < items->len; i++)
    {
      g_autoptr (E13Glob) glob = e13_glob_new (items->pdata[i], error);

      if (glob == NULL)
        return FALSE;
    }
  return read_words (target->profile->docroots, value, error);
}

static gboolean
read_nested (const E13KeyTarget *target, const char *value, GError **error)
{
  target->profile->alone = g_str_equal (value, "no");
  if (target->profile->alone || g_str_equal (value, "yes"))
    return TRUE;

  g_autofree char *shown = e13_quote_display (value);
  return e13_throw (error, E13_ERROR_INPUT, "'%s' is neither yes nor no", shown);
}

/* Each is a built-in profile: what a copy of one builds on is there wherever the program is. */
static gboolean
read_builtins (GPtrArray *ids, const char *value, GError **error)
{
  g_autoptr (GPtrArray) known = g_ptr_array_new ();
  const char *id;
  const char *data;
  gsize size;

  for (gsize i = 0; (id = e13_profile_builtin (i, &data, &size)) != NULL; i++)
    g_ptr_array_add (known, (gpointer)id);
  g_ptr_array_add (known, NULL);
  if (!read_words (ids, value, error))
    return FALSE;
  for (guint i = 0; i < ids->len; i++)
    if (!g_strv_contains ((const char *const *)known->pdata, ids->pdata[i]))
      {
        g_autofree char *shown = e13_quote_display (ids->pdata[i]);

        return e13_throw (error, E13_ERROR_INPUT, "'%s' is no built-in profile: the nearest is '%s'", shown,
                          e13_nearest (ids->pdata[i], (const char *const *)known->pdata));
      }
  return TRUE;
}

static gboolean
read_first (const E13KeyTarget *target, const char *value, GError **error)
{
  return read_builtins (target->profile->first, value, error);
}

static gboolean
read_last (const E13KeyTarget *target, const char *value, GError **error)
{
  return read_builtins (target->profile->last, value, error);
}

static gboolean
read_conditions (GPtrArray **ret_markers, const char *value, GError **error)
{
  *ret_markers = g_ptr_array_new_with_free_func ((GDestroyNotify)e13_marker_free);
  return read_markers (*ret_markers, value, error);
}

/* What moves is the pattern up to its first wildcard, so there must be something. */
static gboolean
read_moved_by (const E13KeyTarget *target, const char *value, GError **error)
{
  if (strcspn (target->section->pattern, "*?[{") == 0)
    return e13_throw (error, E13_ERROR_INPUT,
                      "the section's pattern begins with a wildcard, so nothing of it can move");
  return read_conditions (&target->section->moved_by, value, error);
}

static gboolean
read_if (const E13KeyTarget *target, const char *value, GError **error)
{
  return read_conditions (&target->section->only_if, value, error);
}

static gboolean
read_unless (const E13KeyTarget *target, const char *value, GError **error)
{
  return read_conditions (&target->section->unless, value, error);
}

/* ---- Keys ------------------------------------------------------------------------------------ */

#define GROUP_PROFILE "Profile"
#define GROUP_MATCH "Match"
#define GROUP_PATH "PATTERN"

static const struct
{
  const char *group;
  const char *key;
  ReadValue read;
} keys[] = {
  { GROUP_PROFILE, "Name", read_name },     { GROUP_PROFILE, "Source", read_source },
  { GROUP_PROFILE, "First", read_first },   { GROUP_PROFILE, "Last", read_last },
  { GROUP_MATCH, "All", read_all },         { GROUP_MATCH, "Any", read_any },
  { GROUP_MATCH, "Not", read_not },         { GROUP_MATCH, "Before", read_before },
  { GROUP_MATCH, "Docroot", read_docroot }, { GROUP_MATCH, "Nested", read_nested },
  { GROUP_PATH, "App", read_app },          { GROUP_PATH, "Server", read_server },
  { GROUP_PATH, "Script", read_script },    { GROUP_PATH, "World", read_world },
  { GROUP_PATH, "Code", read_code },        { GROUP_PATH, "Holding", read_holding },
  { GROUP_PATH, "Beside", read_beside },    { GROUP_PATH, "When", read_when },
  { GROUP_PATH, "MovedBy", read_moved_by }, { GROUP_PATH, "If", read_if },
  { GROUP_PATH, "Unless", read_unless },    { GROUP_PATH, "Why", read_why },
};

static const char *
kind_of_group (const char *name)
{
  if (g_str_equal (name, GROUP_PROFILE))
    return GROUP_PROFILE;
  return g_str_equal (name, GROUP_MATCH) ? GROUP_MATCH : GROUP_PATH;
}

/* A key that exists in another kind of section was meant for that one: most often the section's name is misspelt. */
static char *
advice_for_key (const char *kind, const char *key)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  const char *nearest;

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    if (g_str_equal (keys[i].key, key))
      return g_strdup_printf ("it belongs into [%s]", keys[i].group);
    else if (g_str_equal (keys[i].group, kind))
      g_ptr_array_add (names, (gpointer)keys[i].key);
  g_ptr_array_add (names, NULL);
  nearest = e13_nearest (key, (const char *const *)names->pdata);
  return g_strdup_printf ("the nearest one is '%s'", nearest);
}

gboolean
e13_profile_is_pattern (const char *group)
{
  return g_str_equal (kind_of_group (group), GROUP_PATH);
}

static gboolean
throw_unknown_key (const char *group, const char *key, GError **error)
{
  g_autofree char *shown_group = e13_quote_display (group);
  g_autofree char *shown_key = e13_quote_display (key);
  g_autofree char *advice = advice_for_key (kind_of_group (group), key);

  return e13_throw (error, E13_ERROR_INPUT, "unknown key '%s' in [%s]: %s", shown_key, shown_group, advice);
}

static gboolean
throw_bad_value (const char *group, const char *key, const GError *reason, GError **error)
{
  g_autofree char *shown_group = e13_quote_display (group);
  g_autofree char *shown_key = e13_quote_display (key);

  return e13_throw (error, E13_ERROR_INPUT, "bad value of '%s' in [%s]: %s", shown_key, shown_group, reason->message);
}

gboolean
e13_profile_read_key (const E13KeyTarget *target, const char *group, const char *key, const char *value, GError **error)
{
  const char *kind = kind_of_group (group);
  g_autoptr (GError) reason = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    if (g_str_equal (keys[i].group, kind) && g_str_equal (keys[i].key, key))
      return keys[i].read (target, value, &reason) || throw_bad_value (group, key, reason, error);
  return throw_unknown_key (group, key, error);
}
