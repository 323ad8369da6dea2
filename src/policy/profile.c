/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "policy/profile.h"

#include <string.h>

#include "base/error.h"
#include "base/quote.h"
#include "policy/glob-parts.h"
#include "policy/keyfile.h"
#include "policy/marker.h"
#include "policy/profile-keys.h"

/* Bounds for a stranger's profile: what is matched against every object stays small. */
#define MAX_SECTIONS 1024
#define MAX_PATHS 4096

#define BUILTIN "built-in" /* as an origin */

/* ---- Sections -------------------------------------------------------------------------------- */

typedef struct
{
  E13KeyTarget target;
  guint n_paths; /* of all patterns so far */
  gboolean borrows;
} Reader;

static gboolean
throw_at (const Reader *reader, GError **error, guint line, const char *what)
{
  g_autofree char *shown = e13_quote_display (reader->target.profile->origin);

  return e13_throw (error, E13_ERROR_INPUT, "%s:%u: %s", shown, line, what);
}

static gboolean
read_keys (const Reader *reader, const E13KeyGroup *group, GError **error)
{
  for (guint i = 0; i < group->keys->len; i++)
    {
      const E13KeyLine *line = &g_array_index (group->keys, E13KeyLine, i);
      g_autoptr (GError) reason = NULL;

      if (!e13_profile_read_key (&reader->target, group->name, line->key, line->value, &reason))
        return throw_at (reader, error, line->line, reason->message);
    }
  return TRUE;
}

static void
free_section (gpointer data)
{
  E13Section *section = data;

  g_free (section->pattern);
  e13_glob_free (section->glob);
  g_free (section->feature);
  g_free (section->why);
  g_clear_pointer (&section->moved_by, g_ptr_array_unref);
  g_clear_pointer (&section->only_if, g_ptr_array_unref);
  g_clear_pointer (&section->unless, g_ptr_array_unref);
  g_free (section);
}

static const char *
what_is_wrong (const Reader *reader)
{
  const E13Section *section = reader->target.section;

  if (section->holding != 0 && section->beside != 0)
    return "holds both 'Holding', for directories, and 'Beside', for files";
  if (section->app == E13_LEVEL_UNSET && section->server == E13_LEVEL_UNSET && section->script == E13_LEVEL_UNSET
      && section->world == E13_LEVEL_UNSET && !section->has_code)
    return "sets none of 'App', 'Server', 'Script', 'World' and 'Code'";
  if (reader->target.profile->sections->len > MAX_SECTIONS || reader->n_paths > MAX_PATHS)
    return "is one too many for one profile";
  return NULL;
}

static gboolean
read_section (Reader *reader, const E13KeyGroup *group, GError **error)
{
  g_autoptr (GError) reason = NULL;
  E13Section *section = g_new0 (E13Section, 1);
  const char *wrong;

  g_ptr_array_add (reader->target.profile->sections, section);
  section->pattern = g_strdup (group->name);
  section->line = group->line;
  section->is_borrowed = reader->borrows;
  section->when = E13_WHEN_RUNTIME;
  section->glob = e13_glob_new (group->name, &reason);
  if (section->glob == NULL)
    return throw_at (reader, error, group->line, reason->message);
  reader->n_paths += e13_glob_n_paths (section->glob);
  reader->target.section = section;
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
read_patterns (Reader *reader, const GPtrArray *groups, GError **error)
{
  for (guint i = 0; i < groups->len; i++)
    {
      const E13KeyGroup *group = g_ptr_array_index (groups, i);

      if (e13_profile_is_pattern (group->name) && !read_section (reader, group, error))
        return FALSE;
    }
  return TRUE;
}

/* The sections of built-in profiles, as if they stood here. */
static gboolean
read_builtins (Reader *reader, const GPtrArray *ids, GError **error)
{
  const char *id;
  const char *data;
  gsize size;

  for (guint i = 0; i < ids->len; i++)
    for (gsize n = 0; (id = e13_profile_builtin (n, &data, &size)) != NULL; n++)
      {
        g_autoptr (GPtrArray) groups = NULL;

        if (!g_str_equal (id, ids->pdata[i]))
          continue;
        groups = e13_keyfile_parse (id, data, size, error);
        reader->borrows = TRUE;
        if (groups == NULL || !read_patterns (reader, groups, error))
          return FALSE;
        reader->borrows = FALSE;
      }
  return TRUE;
}

static void
note_name_line (const Reader *reader, const E13KeyGroup *group)
{
  for (guint i = 0; i < group->keys->len; i++)
    if (g_str_equal (g_array_index (group->keys, E13KeyLine, i).key, "Name"))
      reader->target.profile->name_line = g_array_index (group->keys, E13KeyLine, i).line;
}

static gboolean
read_head (Reader *reader, const GPtrArray *groups, GError **error)
{
  for (guint i = 0; i < groups->len; i++)
    {
      const E13KeyGroup *group = g_ptr_array_index (groups, i);

      if (e13_profile_is_pattern (group->name))
        continue;
      if (!read_keys (reader, group, error))
        return FALSE;
      note_name_line (reader, group);
    }
  return TRUE;
}

static gboolean
read_sections (Reader *reader, const GPtrArray *groups, GError **error)
{
  return read_builtins (reader, reader->target.profile->first, error) && read_patterns (reader, groups, error)
         && read_builtins (reader, reader->target.profile->last, error);
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
  profile->before = g_ptr_array_new_with_free_func (g_free);
  profile->docroots = g_ptr_array_new_with_free_func (g_free);
  profile->first = g_ptr_array_new_with_free_func (g_free);
  profile->last = g_ptr_array_new_with_free_func (g_free);
  profile->sections = g_ptr_array_new_with_free_func (free_section);
  profile->names = g_ptr_array_new_with_free_func (e13_name_list_free);
  return profile;
}

E13Profile *
e13_profile_parse (const char *id, const char *origin, const char *data, gsize size, GError **error)
{
  g_autoptr (GPtrArray) groups = e13_keyfile_parse (origin, data, size, error);
  g_autoptr (E13Profile) profile = NULL;
  Reader reader = { 0 };

  if (groups == NULL)
    return NULL;
  profile = profile_new (id, origin);
  profile->text = g_strndup (data, size);
  profile->has_sections = TRUE;
  reader.target.profile = profile;
  if (!read_head (&reader, groups, error) || !read_sections (&reader, groups, error))
    return NULL;
  if (profile->name == NULL)
    {
      g_autofree char *shown = e13_quote_display (origin);

      return e13_throw (error, E13_ERROR_INPUT, "%s: no 'Name' in [Profile]", shown), NULL;
    }
  return g_steal_pointer (&profile);
}

/* ---- Built-in profiles ----------------------------------------------------------------------- */

/* That they can be read is what tests/unit/policy-profile.c shows. */
static GPtrArray *
parse_builtin (const char *text, gsize size)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *groups = e13_keyfile_parse (BUILTIN, text, size, &error);

  g_assert_no_error (error);
  return groups;
}

/* Up to the first section about paths. */
static gsize
head_size (const char *text, gsize size)
{
  const char *line = text;

  while ((line = strstr (line, "\n[")) != NULL)
    {
      g_autofree char *group = g_strndup (line + 2, strcspn (line + 2, "]\n"));

      if (e13_profile_is_pattern (group))
        return (gsize)(line + 1 - text);
      line++;
    }
  return size;
}

E13Profile *
e13_profile_new_builtin (gsize index)
{
  const char *text;
  gsize size;
  const char *id = e13_profile_builtin (index, &text, &size);
  E13Profile *profile = id != NULL ? profile_new (id, BUILTIN) : NULL;
  g_autoptr (GPtrArray) groups = id != NULL ? parse_builtin (text, head_size (text, size)) : NULL;
  g_autoptr (GError) error = NULL;
  Reader reader = { .target.profile = profile };

  if (profile == NULL)
    return NULL;
  profile->text = g_strndup (text, size);
  read_head (&reader, groups, &error);
  g_assert_no_error (error);
  return profile;
}

static void
read_the_rest (E13Profile *profile)
{
  g_autoptr (GPtrArray) groups = parse_builtin (profile->text, strlen (profile->text));
  g_autoptr (GError) error = NULL;
  Reader reader = { .target.profile = profile };

  read_sections (&reader, groups, &error);
  g_assert_no_error (error);
}

/* What is read late was always there, as far as anybody can tell: so it may be read through a const pointer. */
static const E13Profile *
whole (const E13Profile *part)
{
  E13Profile *profile = (E13Profile *)part;

  if (g_once_init_enter (&profile->has_sections))
    {
      read_the_rest (profile);
      g_once_init_leave (&profile->has_sections, TRUE);
    }
  return profile;
}

const GPtrArray *
e13_profile_sections (const E13Profile *profile)
{
  return whole (profile)->sections;
}

const GPtrArray *
e13_profile_names (const E13Profile *profile)
{
  return whole (profile)->names;
}

/* ---- Ownership ------------------------------------------------------------------------------- */

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
  g_ptr_array_unref (profile->before);
  g_ptr_array_unref (profile->docroots);
  g_ptr_array_unref (profile->first);
  g_ptr_array_unref (profile->last);
  g_ptr_array_unref (profile->sections);
  g_ptr_array_unref (profile->names);
  g_free (profile);
}
