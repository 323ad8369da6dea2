/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "policy/sections.h"

#include <string.h>

#include "base/error.h"
#include "base/quote.h"
#include "policy/detect.h"
#include "policy/moved.h"

#define WHY_WRITE "asked for with --write"

/* A profile, and the directory of the site that it speaks of. */
typedef struct
{
  const E13Profile *profile;
  const char *directory;
  const E13PolicyOptions *options;
  const E13Evidence *evidence; /* as seen from there; NULL: none */
  guint first_name;            /* the bit of its first list of names */
} Place;

/* ---- What no profile says -------------------------------------------------------------------- */

static void
section_free (gpointer data)
{
  E13Section *section = data;

  g_free (section->pattern);
  e13_glob_free (section->glob);
  g_free (section);
}

static void
add_owned (E13Sections *sections, E13Section *section, gboolean begins, gboolean asked)
{
  const E13Effective effective = { .section = section, .glob = section->glob, .begins = begins, .asked = asked };

  g_ptr_array_add (sections->owned, section);
  g_array_append_val (sections->sections, effective);
}

#define E13_WORKER(pattern, level, alone, why) { pattern, level, alone, why },
static const struct
{
  const char *pattern;
  E13Level level;
  gboolean alone;
  const char *why;
} worker_rules[] = {
#include "policy/worker.def"
};
#undef E13_WORKER

static void
add_by_worker (E13Sections *sections)
{
  for (gsize i = 0; i < G_N_ELEMENTS (worker_rules); i++)
    {
      E13Section *section = g_new0 (E13Section, 1);

      section->pattern = g_strdup (worker_rules[i].pattern);
      section->glob = e13_glob_new (worker_rules[i].pattern, NULL);
      section->worker = worker_rules[i].level;
      section->worker_alone = worker_rules[i].alone;
      section->when = E13_WHEN_RUNTIME;
      section->why = (char *)worker_rules[i].why;
      add_owned (sections, section, FALSE, FALSE);
    }
}

static gboolean
add_written (E13Sections *sections, const char *path, GError **error)
{
  g_autoptr (GError) reason = NULL;
  const char *beneath = path;
  E13Section *section;
  E13Glob *glob;

  while (g_str_has_prefix (beneath, "./"))
    beneath += strspn (beneath + 1, "/") + 1;
  glob = e13_glob_new_tree (g_str_equal (beneath, ".") ? "" : beneath, &reason);
  if (glob == NULL)
    {
      g_autofree char *shown = e13_quote_display (path);

      return e13_throw (error, E13_ERROR_USAGE, "cannot use --write with '%s': %s", shown, reason->message);
    }
  section = g_new0 (E13Section, 1);
  section->pattern = g_strdup (beneath);
  section->glob = glob;
  section->app = E13_LEVEL_MODIFY;
  section->when = E13_WHEN_RUNTIME;
  section->why = (char *)WHY_WRITE;
  add_owned (sections, section, FALSE, TRUE);
  return TRUE;
}

/* ---- What profiles say ----------------------------------------------------------------------- */

static gboolean
is_feature_asked (const E13PolicyOptions *options, const char *feature)
{
  return options->features == NULL || g_strv_contains (options->features, feature);
}

static gboolean
is_now (const E13PolicyOptions *options, const E13Section *section)
{
  guint when = options->when != 0 ? options->when : E13_WHEN_RUNTIME;

  if ((section->when & when & ~(guint)E13_WHEN_FEATURE) != 0)
    return TRUE;
  return (section->when & when & E13_WHEN_FEATURE) != 0 && is_feature_asked (options, section->feature);
}

/* Where @section, which was written for a site of its own, lies in this one. */
static const E13Glob *
place_section (E13Sections *sections, const Place *place, const E13Section *section, const char *moved)
{
  g_autofree char *whole = NULL;
  E13Glob *glob;

  if (moved == NULL && *place->directory == '\0')
    return section->glob;
  whole = moved != NULL ? g_strdup (moved) : e13_moved_pattern (place->directory, section->pattern);
  glob = e13_glob_new (whole, NULL);
  if (glob != NULL)
    g_ptr_array_add (sections->globs, glob);
  return glob;
}

static void
add_section (E13Sections *sections, const Place *place, const E13Section *section)
{
  gboolean now = is_now (place->options, section);
  g_autofree char *moved = NULL;
  E13Effective effective = {
    .section = section,
    .holding = section->holding << place->first_name,
    .beside = section->beside << place->first_name,
    .later = !now,
  };

  if (!now && section->app < E13_LEVEL_WRITE)
    return;
  if (place->evidence != NULL
      && !e13_moved_find (section, place->evidence, place->options, place->directory, now ? sections->remarks : NULL,
                          &moved))
    return;
  effective.glob = place_section (sections, place, section, moved);
  if (effective.glob != NULL)
    g_array_append_val (sections->sections, effective);
}

/* FALSE where the lists of names of all profiles together are too many. */
static gboolean
add_names (E13Sections *sections, Place *place)
{
  const GPtrArray *names = e13_profile_names (place->profile);

  place->first_name = sections->names->len;
  if (sections->names->len + names->len > E13_PROFILE_MAX_NAME_LISTS)
    return FALSE;
  for (guint i = 0; i < names->len; i++)
    g_ptr_array_add (sections->names, names->pdata[i]);
  /* A shift by all bits is none; there is nothing to shift then. */
  if (names->len == 0)
    place->first_name = 0;
  return TRUE;
}

static gboolean
add_profile (E13Sections *sections, Place *place)
{
  const GPtrArray *own = e13_profile_sections (place->profile);

  if (!add_names (sections, place))
    return FALSE;
  for (guint i = 0; i < own->len; i++)
    add_section (sections, place, own->pdata[i]);
  return TRUE;
}

static void
begin_site (E13Sections *sections, const char *directory)
{
  E13Section *section = g_new0 (E13Section, 1);

  section->pattern = g_strdup (directory);
  section->glob = e13_glob_new_tree (directory, NULL);
  section->when = E13_WHEN_RUNTIME;
  if (section->glob != NULL)
    add_owned (sections, section, TRUE, FALSE);
  else
    section_free (section);
}

static void
add_nested (E13Sections *sections, const E13Nested *nested, const E13PolicyOptions *options)
{
  E13EvidenceBelow below = { .directory = NULL };
  Place place = { nested->profile, nested->path, options, NULL, 0 };
  g_autofree char *shown = e13_quote_display (nested->path);

  if (options->evidence != NULL)
    {
      e13_evidence_below_init (&below, options->evidence, nested->path);
      place.evidence = &below.evidence;
    }
  begin_site (sections, nested->path);
  if (add_profile (sections, &place))
    g_ptr_array_add (sections->remarks,
                     g_strdup_printf ("'%s' holds another application, judged by its own profile: %s.", shown,
                                      nested->profile->name));
  else
    g_ptr_array_add (sections->remarks,
                     g_strdup_printf ("'%s' holds another application (%s), too many to be judged together: check it "
                                      "by itself.",
                                      shown, nested->profile->name));
  e13_evidence_below_clear (&below);
}

gboolean
e13_sections_gather (E13Sections *sections, const E13Profile *profile, const E13PolicyOptions *options, GError **error)
{
  Place place = { profile, "", options, options->evidence, 0 };

  sections->sections = g_array_new (FALSE, FALSE, sizeof (E13Effective));
  sections->names = g_ptr_array_new ();
  sections->owned = g_ptr_array_new_with_free_func (section_free);
  sections->globs = g_ptr_array_new_with_free_func ((GDestroyNotify)e13_glob_free);
  sections->remarks = g_ptr_array_new_with_free_func (g_free);
  add_by_worker (sections);
  add_profile (sections, &place);
  for (guint i = 0; options->nested != NULL && i < options->nested->len; i++)
    add_nested (sections, options->nested->pdata[i], options);
  for (gsize i = 0; options->write_paths != NULL && options->write_paths[i] != NULL; i++)
    if (!add_written (sections, options->write_paths[i], error))
      return FALSE;
  return TRUE;
}

void
e13_sections_clear (E13Sections *sections)
{
  g_clear_pointer (&sections->sections, g_array_unref);
  g_clear_pointer (&sections->names, g_ptr_array_unref);
  g_clear_pointer (&sections->owned, g_ptr_array_unref);
  g_clear_pointer (&sections->globs, g_ptr_array_unref);
  g_clear_pointer (&sections->remarks, g_ptr_array_unref);
}
