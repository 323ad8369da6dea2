/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "policy/detect.h"

#include <string.h>

#include "policy/marker.h"

/* ---- One place ------------------------------------------------------------------------------- */

/* The names in the directory that @evidence is of: most profiles are ruled out by them alone. NULL where it cannot be
 * listed. */
static GHashTable *
names_of (const E13Evidence *evidence)
{
  g_autoptr (GPtrArray) names = evidence->list ("", evidence->data);
  GHashTable *set;

  if (names == NULL)
    return NULL;
  set = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < names->len; i++)
    g_hash_table_add (set, evidence->ignores_case ? e13_glob_fold_case (names->pdata[i]) : g_strdup (names->pdata[i]));
  return set;
}

/* The first of All= that does not hold; NULL where all do. */
static const E13Marker *
first_missing (const E13Profile *profile, const E13Evidence *evidence, GHashTable *names)
{
  for (guint i = 0; names != NULL && i < profile->all->len; i++)
    if (!e13_marker_may_hold (profile->all->pdata[i], names, evidence->ignores_case))
      return profile->all->pdata[i];
  for (guint i = 0; i < profile->all->len; i++)
    if (!e13_marker_holds (profile->all->pdata[i], evidence))
      return profile->all->pdata[i];
  return NULL;
}

static const E13Marker *
first_held (const GPtrArray *markers, const E13Evidence *evidence, GHashTable *names)
{
  for (guint i = 0; i < markers->len; i++)
    if ((names == NULL || e13_marker_may_hold (markers->pdata[i], names, evidence->ignores_case))
        && e13_marker_holds (markers->pdata[i], evidence))
      return markers->pdata[i];
  return NULL;
}

static gboolean
profile_matches (const E13Profile *profile, const E13Evidence *evidence, GHashTable *names)
{
  if (profile->all->len == 0 && profile->any->len == 0)
    return FALSE;
  return first_missing (profile, evidence, names) == NULL
         && (profile->any->len == 0 || first_held (profile->any, evidence, names) != NULL)
         && first_held (profile->none, evidence, names) == NULL;
}

static gboolean
outdoes (const E13Profile *profile, const E13Profile *other)
{
  for (guint i = 0; i < profile->before->len; i++)
    if (g_str_equal (profile->before->pdata[i], other->id))
      return TRUE;
  return FALSE;
}

/* How much had to hold; all of Any= is one condition. */
static guint
specificity (const E13Profile *profile)
{
  return profile->all->len + (profile->any->len > 0 ? 1 : 0) + profile->none->len;
}

static const E13Profile *
find_outdoing (const GPtrArray *matching, const E13Profile *profile)
{
  for (guint i = 0; i < matching->len; i++)
    if (matching->pdata[i] != profile && outdoes (matching->pdata[i], profile)
        && !outdoes (profile, matching->pdata[i]))
      return matching->pdata[i];
  return NULL;
}

static gboolean
is_better (const E13Profile *profile, const E13Profile *best)
{
  if (best == NULL || specificity (profile) != specificity (best))
    return best == NULL || specificity (profile) > specificity (best);
  return g_strcmp0 (profile->id, best->id) < 0;
}

static E13Profile *
best_of (const GPtrArray *matching)
{
  E13Profile *best = NULL;

  for (guint i = 0; i < matching->len; i++)
    if (find_outdoing (matching, matching->pdata[i]) == NULL && is_better (matching->pdata[i], best))
      best = matching->pdata[i];
  return best;
}

static GPtrArray *
all_matching (const GPtrArray *profiles, const E13Evidence *evidence, gboolean nested)
{
  GPtrArray *matching = g_ptr_array_new ();
  g_autoptr (GHashTable) names = names_of (evidence);

  for (guint i = 0; i < profiles->len; i++)
    {
      E13Profile *profile = profiles->pdata[i];

      if (!(nested && profile->alone) && profile_matches (profile, evidence, names))
        g_ptr_array_add (matching, profile);
    }
  return matching;
}

GPtrArray *
e13_detect_matching (const GPtrArray *profiles, const E13Evidence *evidence)
{
  return all_matching (profiles, evidence, FALSE);
}

E13Profile *
e13_detect (const GPtrArray *profiles, const E13Evidence *evidence)
{
  g_autoptr (GPtrArray) matching = e13_detect_matching (profiles, evidence);
  E13Profile *best = best_of (matching);

  return best != NULL ? best : e13_profiles_find (profiles, "generic");
}

char *
e13_detect_why_not (const E13Profile *profile, const GPtrArray *matching, const E13Evidence *evidence)
{
  const E13Profile *best = best_of (matching);
  const E13Profile *outdoing = find_outdoing (matching, profile);
  g_autoptr (GHashTable) names = NULL;
  const E13Marker *missing;

  if (profile == best)
    return NULL;
  if (g_ptr_array_find ((GPtrArray *)matching, profile, NULL))
    return outdoing != NULL
               ? g_strdup_printf ("its markers hold, but %s is more special", outdoing->id)
               : g_strdup_printf ("its markers hold, but %s has more of them", best != NULL ? best->id : "another");
  if (profile->all->len == 0 && profile->any->len == 0)
    return g_strdup ("it has no markers: it is never recognised by itself");
  names = names_of (evidence);
  missing = first_missing (profile, evidence, names);
  if (missing != NULL)
    return g_strdup_printf ("there is no %s", e13_marker_text (missing));
  if (profile->any->len > 0 && first_held (profile->any, evidence, names) == NULL)
    return profile->any->len == 1 ? g_strdup_printf ("there is no %s", e13_marker_text (profile->any->pdata[0]))
                                  : g_strdup_printf ("there is none of %u markers, %s and so on", profile->any->len,
                                                     e13_marker_text (profile->any->pdata[0]));
  return g_strdup_printf ("there is %s", e13_marker_text (first_held (profile->none, evidence, names)));
}

/* ---- Places below ---------------------------------------------------------------------------- */

static char *
path_below (const E13EvidenceBelow *below, const char *path)
{
  if (*path == '\0' || *below->directory == '\0')
    return g_strdup (*path == '\0' ? below->directory : path);
  return g_strconcat (below->directory, "/", path, NULL);
}

static gboolean
exists_below (const char *path, gboolean is_directory, gpointer data)
{
  const E13EvidenceBelow *below = data;
  g_autofree char *whole = path_below (below, path);

  return below->whole->exists (whole, is_directory, below->whole->data);
}

static GBytes *
read_below (const char *path, gsize max_bytes, gpointer data)
{
  const E13EvidenceBelow *below = data;
  g_autofree char *whole = path_below (below, path);

  return below->whole->read (whole, max_bytes, below->whole->data);
}

static GPtrArray *
list_below (const char *path, gpointer data)
{
  const E13EvidenceBelow *below = data;
  g_autofree char *whole = path_below (below, path);

  return below->whole->list (whole, below->whole->data);
}

void
e13_evidence_below_init (E13EvidenceBelow *below, const E13Evidence *whole, const char *directory)
{
  below->whole = whole;
  below->directory = g_strdup (directory);
  below->evidence = (E13Evidence){ exists_below, read_below, list_below, below, whole->ignores_case };
}

void
e13_evidence_below_clear (E13EvidenceBelow *below)
{
  g_clear_pointer (&below->directory, g_free);
}

#define MAX_DEPTH 3
/* A tree of millions is told by its top. */
#define MAX_DIRECTORIES 512
#define MAX_NAMES 8192
#define MAX_NESTED 16

typedef struct
{
  const GPtrArray *profiles;
  const E13Evidence *evidence;
  GPtrArray *found;
  guint n_directories;
  guint n_names;
} Search;

static void
nested_free (gpointer data)
{
  E13Nested *nested = data;

  g_free (nested->path);
  g_free (nested);
}

/* Names without a dot first: those are directories, mostly. */
static gint
compare_names (gconstpointer a, gconstpointer b)
{
  const char *left = *(const char *const *)a;
  const char *right = *(const char *const *)b;
  gint by_dot = (strchr (left, '.') != NULL) - (strchr (right, '.') != NULL);

  return by_dot != 0 ? by_dot : strcmp (left, right);
}

static gint
compare_nested (gconstpointer a, gconstpointer b)
{
  return strcmp ((*(const E13Nested *const *)a)->path, (*(const E13Nested *const *)b)->path);
}

static void
look_into (Search *search, const char *directory)
{
  E13EvidenceBelow below;
  g_autoptr (GPtrArray) matching = NULL;
  E13Profile *best;

  e13_evidence_below_init (&below, search->evidence, directory);
  matching = all_matching (search->profiles, &below.evidence, TRUE);
  best = best_of (matching);
  e13_evidence_below_clear (&below);
  if (best != NULL && search->found->len < MAX_NESTED)
    {
      E13Nested *nested = g_new (E13Nested, 1);

      *nested = (E13Nested){ g_strdup (directory), best };
      g_ptr_array_add (search->found, nested);
    }
}

/* What @directory holds is looked into and put behind what waits, so that the top of the tree comes first. */
static void
search_in (Search *search, GQueue *waiting, const char *directory)
{
  const E13Evidence *evidence = search->evidence;
  g_autoptr (GPtrArray) names = evidence->list (directory, evidence->data);

  if (names == NULL)
    return;
  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < names->len && search->n_names < MAX_NAMES && search->n_directories < MAX_DIRECTORIES; i++)
    {
      const char *name = names->pdata[i];
      g_autofree char *path = *directory != '\0' ? g_strconcat (directory, "/", name, NULL) : g_strdup (name);

      if (*name == '.' || !e13_marker_is_evidence (name))
        continue;
      search->n_names++;
      if (!evidence->exists (path, TRUE, evidence->data))
        continue;
      search->n_directories++;
      look_into (search, path);
      g_queue_push_tail (waiting, g_steal_pointer (&path));
    }
}

static guint
depth_of (const char *path)
{
  guint depth = *path != '\0' ? 1 : 0;

  for (; *path != '\0'; path++)
    depth += *path == '/';
  return depth;
}

GPtrArray *
e13_detect_nested (const GPtrArray *profiles, const E13Evidence *evidence)
{
  Search search = { profiles, evidence, g_ptr_array_new_with_free_func (nested_free), 0, 0 };
  GQueue waiting = G_QUEUE_INIT;
  char *directory;

  g_queue_push_tail (&waiting, g_strdup (""));
  while ((directory = g_queue_pop_head (&waiting)) != NULL)
    {
      if (depth_of (directory) < MAX_DEPTH)
        search_in (&search, &waiting, directory);
      g_free (directory);
    }
  g_ptr_array_sort (search.found, compare_nested);
  return search.found;
}
