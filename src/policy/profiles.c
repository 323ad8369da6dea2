/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/error.h"
#include "base/quote.h"
#include "policy/builtin.h"
#include "policy/profile.h"

#define SUFFIX ".profile"
#define MAX_SIZE (1024 * 1024)

const char *
e13_profile_builtin (gsize index, const char **ret_data, gsize *ret_size)
{
  if (index >= e13_n_builtins)
    return NULL;
  *ret_data = e13_builtins[index].text;
  *ret_size = e13_builtins[index].size;
  return e13_builtins[index].id;
}

E13Profile *
e13_profiles_find (const GPtrArray *profiles, const char *id)
{
  for (guint i = 0; i < profiles->len; i++)
    {
      E13Profile *profile = g_ptr_array_index (profiles, i);

      if (g_str_equal (profile->id, id))
        return profile;
    }
  return NULL;
}

/* Takes @profile. */
static void
add_or_replace (GPtrArray *profiles, E13Profile *profile)
{
  guint index;
  E13Profile *same = e13_profiles_find (profiles, profile->id);

  if (same == NULL || !g_ptr_array_find (profiles, same, &index))
    {
      g_ptr_array_add (profiles, profile);
      return;
    }
  g_ptr_array_index (profiles, index) = profile;
  e13_profile_unref (same);
}

static char *
id_of_file (const char *path)
{
  g_autofree char *name = g_path_get_basename (path);

  return g_strndup (name, strlen (name) - (g_str_has_suffix (name, SUFFIX) ? strlen (SUFFIX) : 0));
}

E13Profile *
e13_profile_load (const char *path, GError **error)
{
  g_autofree char *shown = e13_quote_display (path);
  g_autofree char *id = id_of_file (path);
  g_autofree char *text = NULL;
  g_autoptr (GError) reason = NULL;
  GStatBuf facts;
  gsize size;

  if (g_stat (path, &facts) != 0)
    return e13_throw_errno (error, "cannot read the profile '%s'", shown), NULL;
  if (!S_ISREG (facts.st_mode))
    return e13_throw (error, E13_ERROR_INPUT, "cannot read the profile '%s': no regular file", shown), NULL;
  if (facts.st_size > MAX_SIZE)
    return e13_throw (error, E13_ERROR_INPUT, "%s: larger than 1 MiB", shown), NULL;
  if (!g_file_get_contents (path, &text, &size, &reason))
    return e13_throw (error, E13_ERROR_FAILED, "cannot read the profile '%s': %s", shown, reason->message), NULL;
  return e13_profile_parse (id, path, text, size, error);
}

/* Two profiles that are called the same could not be told apart in any report. */
static gboolean
check_name (const GPtrArray *profiles, const E13Profile *profile, GError **error)
{
  for (guint i = 0; i < profiles->len; i++)
    {
      const E13Profile *other = profiles->pdata[i];

      if (!g_str_equal (other->id, profile->id) && g_str_equal (other->name, profile->name))
        {
          g_autofree char *shown = e13_quote_display (profile->origin);
          g_autofree char *name = e13_quote_display (profile->name);
          g_autofree char *id = e13_quote_display (other->id);
          g_autofree char *origin = e13_quote_display (other->origin);

          return e13_throw (error, E13_ERROR_INPUT,
                            "%s:%u: '%s' is the Name of the profile '%s' already (%s): choose another, or call this "
                            "file %s" SUFFIX " to replace that one",
                            shown, profile->name_line, name, id, origin, id);
        }
    }
  return TRUE;
}

static gboolean
add_file (GPtrArray *profiles, const char *directory, const char *name, GError **error)
{
  g_autofree char *path = g_build_filename (directory, name, NULL);
  g_autoptr (E13Profile) profile = e13_profile_load (path, error);

  if (profile == NULL || !check_name (profiles, profile, error))
    return FALSE;
  add_or_replace (profiles, g_steal_pointer (&profile));
  return TRUE;
}

static gint
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

static gboolean
is_profile_name (const char *name)
{
  return g_str_has_suffix (name, SUFFIX) && strlen (name) > strlen (SUFFIX) && *name != '.';
}

static gboolean
add_directory (GPtrArray *profiles, const char *directory, GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) reason = NULL;
  g_autoptr (GDir) dir = g_dir_open (directory, 0, &reason);
  const char *name;

  /* su and setpriv keep HOME: what lies behind another account's door was not put there for us. */
  if (g_error_matches (reason, G_FILE_ERROR, G_FILE_ERROR_NOENT)
      || g_error_matches (reason, G_FILE_ERROR, G_FILE_ERROR_ACCES))
    return TRUE;
  if (dir == NULL)
    return e13_throw (error, E13_ERROR_FAILED, "cannot list the profiles: %s", reason->message);
  while ((name = g_dir_read_name (dir)) != NULL)
    if (is_profile_name (name))
      g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < names->len; i++)
    if (!add_file (profiles, directory, g_ptr_array_index (names, i), error))
      return FALSE;
  return TRUE;
}

GPtrArray *
e13_profiles_load (const char *const *directories, GError **error)
{
  g_autoptr (GPtrArray) profiles = g_ptr_array_new_with_free_func ((GDestroyNotify)e13_profile_unref);

  for (gsize i = 0; i < e13_n_builtins; i++)
    g_ptr_array_add (profiles, e13_profile_new_builtin (i));
  for (gsize i = 0; directories != NULL && directories[i] != NULL; i++)
    if (!add_directory (profiles, directories[i], error))
      return NULL;
  return g_steal_pointer (&profiles);
}
