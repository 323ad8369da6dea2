/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "policy/profile.h"

#include <string.h>

#include "base/error.h"
#include "base/quote.h"
#include "policy/glob-parts.h"
#include "policy/keyfile.h"
#include "policy/marker.h"
#include "policy/nearest.h"

/* Bounds for a stranger's profile: what is matched against every object stays small. */
#define MAX_SECTIONS 1024
#define MAX_PATHS 4096
#define MAX_MARKERS 64

/* ---- Values ---------------------------------------------------------------------------------- */

typedef struct {
  E13Profile *profile;
  E13Section *section; /* the one being read; NULL in [Profile] and [Match] */
  guint n_paths;       /* of all patterns so far */
} Reader;

/* Each says what is wrong with the value only; read_key() adds the place. */
typedef gboolean (*ReadValue) (Reader *reader, const char *value, GError **error);

static gboolean
level_from_value (const char *value, E13Level least, E13Level most, E13Level *ret_level, GError **error)
{
  g_autoptr (GString) known = g_string_new (NULL);
  g_autofree char *shown = e13_quote_display (value);

  for (E13Level level = least; level <= most; level++)
    {
      if (g_str_equal (value, e13_level_name (level)))
        {
          *ret_level = level;
          return TRUE;
        }
      g_string_append_printf (known, "%s%s", level == least ? "" : ", ", e13_level_name (level));
    }
  return e13_throw (error, E13_ERROR_INPUT, "'%s' is none of %s", shown, known->str);
}

static gboolean
read_app (Reader *reader, const char *value, GError **error)
{
  return level_from_value (value, E13_LEVEL_NONE, E13_LEVEL_MODIFY, &reader->section->app, error);
}

static gboolean
read_server (Reader *reader, const char *value, GError **error)
{
  return level_from_value (value, E13_LEVEL_NONE, E13_LEVEL_MODIFY, &reader->section->server, error);
}

static gboolean
read_script (Reader *reader, const char *value, GError **error)
{
  return level_from_value (value, E13_LEVEL_READ, E13_LEVEL_RUN, &reader->section->script, error);
}

static gboolean
read_world (Reader *reader, const char *value, GError **error)
{
  E13Level level;

  if (!level_from_value (value, E13_LEVEL_NONE, E13_LEVEL_READ, &level, NULL) || level == E13_LEVEL_TRAVERSE)
    {
      g_autofree char *shown = e13_quote_display (value);

      return e13_throw (error, E13_ERROR_INPUT, "'%s' is neither none nor read", shown);
    }
  reader->section->world = level;
  return TRUE;
}

static gboolean
read_code (Reader *reader, const char *value, GError **error)
{
  reader->section->has_code = TRUE;
  reader->section->code = g_str_equal (value, "yes");
  if (reader->section->code || g_str_equal (value, "no"))
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

static void
free_name_list (gpointer data)
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
read_names (Reader *reader, const char *value, guint *ret_bits, GError **error)
{
  GPtrArray *names = reader->profile->names;
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
read_holding (Reader *reader, const char *value, GError **error)
{
  return read_names (reader, value, &reader->section->holding, error);
}

static gboolean
read_beside (Reader *reader, const char *value, GError **error)
{
  return read_names (reader, value, &reader->section->beside, error);
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
read_when (Reader *reader, const char *value, GError **error)
{
  g_autoptr (GPtrArray) items = split_list (value);

  reader->section->when = 0;
  for (guint i = 0; i < items->len; i++)
    if (!read_one_when (reader->section, g_ptr_array_index (items, i), error))
      return FALSE;
  return reader->section->when != 0 || e13_throw (error, E13_ERROR_INPUT, "the list is empty");
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
read_why (Reader *reader, const char *value, GError **error)
{
  return read_text (&reader->section->why, value, error);
}

static gboolean
read_name (Reader *reader, const char *value, GError **error)
{
  return read_text (&reader->profile->name, value, error);
}

static gboolean
read_source (Reader *reader, const char *value, GError **error)
{
  return read_text (&reader->profile->source, value, error);
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
read_all (Reader *reader, const char *value, GError **error)
{
  return read_markers (reader->profile->all, value, error);
}

static gboolean
read_any (Reader *reader, const char *value, GError **error)
{
  return read_markers (reader->profile->any, value, error);
}

static gboolean
read_not (Reader *reader, const char *value, GError **error)
{
  return read_markers (reader->profile->none, value, error);
}

/* ---- Keys ------------------------------------------------------------------------------------ */

#define GROUP_PROFILE "Profile"
#define GROUP_MATCH "Match"
#define GROUP_PATH "PATTERN"

static const struct {
  const char *group;
  const char *key;
  ReadValue read;
} keys[] = {
  { GROUP_PROFILE, "Name", read_name },    { GROUP_PROFILE, "Source", read_source },
  { GROUP_MATCH, "All", read_all },        { GROUP_MATCH, "Any", read_any },
  { GROUP_MATCH, "Not", read_not },        { GROUP_PATH, "App", read_app },
  { GROUP_PATH, "Server", read_server },   { GROUP_PATH, "Script", read_script },
  { GROUP_PATH, "World", read_world },     { GROUP_PATH, "Code", read_code },
  { GROUP_PATH, "Holding", read_holding }, { GROUP_PATH, "Beside", read_beside },
  { GROUP_PATH, "When", read_when },       { GROUP_PATH, "Why", read_why },
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

static gboolean
throw_at (const Reader *reader, GError **error, guint line, const char *what)
{
  g_autofree char *shown = e13_quote_display (reader->profile->origin);

  return e13_throw (error, E13_ERROR_INPUT, "%s:%u: %s", shown, line, what);
}

static gboolean
read_key (Reader *reader, const E13KeyGroup *group, const E13KeyLine *line, GError **error)
{
  const char *kind = kind_of_group (group->name);
  g_autofree char *shown_group = e13_quote_display (group->name);
  g_autofree char *shown_key = e13_quote_display (line->key);
  g_autofree char *advice = NULL;
  g_autofree char *what = NULL;
  g_autoptr (GError) reason = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    if (g_str_equal (keys[i].group, kind) && g_str_equal (keys[i].key, line->key))
      {
        if (keys[i].read (reader, line->value, &reason))
          return TRUE;
        what = g_strdup_printf ("bad value of '%s' in [%s]: %s", shown_key, shown_group, reason->message);
        return throw_at (reader, error, line->line, what);
      }
  advice = advice_for_key (kind, line->key);
  what = g_strdup_printf ("unknown key '%s' in [%s]: %s", shown_key, shown_group, advice);
  return throw_at (reader, error, line->line, what);
}

static gboolean
read_keys (Reader *reader, const E13KeyGroup *group, GError **error)
{
  for (guint i = 0; i < group->keys->len; i++)
    if (!read_key (reader, group, &g_array_index (group->keys, E13KeyLine, i), error))
      return FALSE;
  return TRUE;
}

/* ---- Sections -------------------------------------------------------------------------------- */

static void
free_section (gpointer data)
{
  E13Section *section = data;

  g_free (section->pattern);
  e13_glob_free (section->glob);
  g_free (section->feature);
  g_free (section->why);
  g_free (section);
}

static const char *
what_is_wrong (const Reader *reader)
{
  const E13Section *section = reader->section;

  if (section->holding != 0 && section->beside != 0)
    return "holds both 'Holding', for directories, and 'Beside', for files";
  if (section->app == E13_LEVEL_UNSET && section->server == E13_LEVEL_UNSET && section->script == E13_LEVEL_UNSET
      && section->world == E13_LEVEL_UNSET && !section->has_code)
    return "sets none of 'App', 'Server', 'Script', 'World' and 'Code'";
  if (reader->profile->sections->len > MAX_SECTIONS || reader->n_paths > MAX_PATHS)
    return "is one too many for one profile";
  return NULL;
}

static gboolean
read_section (Reader *reader, const E13KeyGroup *group, GError **error)
{
  g_autoptr (GError) reason = NULL;
  E13Section *section = g_new0 (E13Section, 1);
  const char *wrong;

  g_ptr_array_add (reader->profile->sections, section);
  section->pattern = g_strdup (group->name);
  section->line = group->line;
  section->when = E13_WHEN_RUNTIME;
  section->glob = e13_glob_new (group->name, &reason);
  if (section->glob == NULL)
    return throw_at (reader, error, group->line, reason->message);
  reader->n_paths += e13_glob_n_paths (section->glob);
  reader->section = section;
  if (!read_keys (reader, group, error))
    return FALSE;
  wrong = what_is_wrong (reader);
  if (wrong != NULL)
    {
      g_autofree char *shown = e13_quote_display (group->name);
      g_autofree char *what = g_strdup_printf ("section [%s] %s", shown, wrong);

      return throw_at (reader, error, group->line, what);
    }
  return TRUE;
}

static gboolean
read_groups (Reader *reader, const GPtrArray *groups, GError **error)
{
  g_autofree char *shown = e13_quote_display (reader->profile->origin);

  for (guint i = 0; i < groups->len; i++)
    {
      const E13KeyGroup *group = g_ptr_array_index (groups, i);
      gboolean is_path = g_str_equal (kind_of_group (group->name), GROUP_PATH);

      if (is_path ? !read_section (reader, group, error) : !read_keys (reader, group, error))
        return FALSE;
    }
  if (reader->profile->name == NULL)
    return e13_throw (error, E13_ERROR_INPUT, "%s: no 'Name' in [Profile]", shown);
  return TRUE;
}

/* ---- Profiles -------------------------------------------------------------------------------- */

static E13Profile *
profile_new (const char *id, const char *origin)
{
  E13Profile *profile = g_new0 (E13Profile, 1);

  profile->ref_count = 1;
  profile->id = g_strdup (id);
  profile->origin = g_strdup (origin);
  profile->all = g_ptr_array_new_with_free_func ((GDestroyNotify)e13_marker_free);
  profile->any = g_ptr_array_new_with_free_func ((GDestroyNotify)e13_marker_free);
  profile->none = g_ptr_array_new_with_free_func ((GDestroyNotify)e13_marker_free);
  profile->sections = g_ptr_array_new_with_free_func (free_section);
  profile->names = g_ptr_array_new_with_free_func (free_name_list);
  return profile;
}

E13Profile *
e13_profile_parse (const char *id, const char *origin, const char *data, gsize size, GError **error)
{
  g_autoptr (GPtrArray) groups = e13_keyfile_parse (origin, data, size, error);
  g_autoptr (E13Profile) profile = NULL;
  Reader reader = { NULL, NULL, 0 };

  if (groups == NULL)
    return NULL;
  profile = profile_new (id, origin);
  profile->text = g_strndup (data, size);
  reader.profile = profile;
  if (!read_groups (&reader, groups, error))
    return NULL;
  return g_steal_pointer (&profile);
}

E13Profile *
e13_profile_ref (E13Profile *profile)
{
  g_atomic_int_inc (&profile->ref_count);
  return profile;
}

void
e13_profile_unref (E13Profile *profile)
{
  if (profile == NULL || !g_atomic_int_dec_and_test (&profile->ref_count))
    return;
  g_free (profile->id);
  g_free (profile->origin);
  g_free (profile->text);
  g_free (profile->name);
  g_free (profile->source);
  g_ptr_array_unref (profile->all);
  g_ptr_array_unref (profile->any);
  g_ptr_array_unref (profile->none);
  g_ptr_array_unref (profile->sections);
  g_ptr_array_unref (profile->names);
  g_free (profile);
}
