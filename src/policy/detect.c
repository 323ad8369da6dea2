/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "policy/detect.h"

#include "policy/marker.h"

static gboolean
all_hold (const GPtrArray *markers, const E13Evidence *evidence)
{
  for (guint i = 0; i < markers->len; i++)
    if (!e13_marker_holds (g_ptr_array_index (markers, i), evidence))
      return FALSE;
  return TRUE;
}

static gboolean
any_holds (const GPtrArray *markers, const E13Evidence *evidence)
{
  for (guint i = 0; i < markers->len; i++)
    if (e13_marker_holds (g_ptr_array_index (markers, i), evidence))
      return TRUE;
  return FALSE;
}

static gboolean
profile_matches (const E13Profile *profile, const E13Evidence *evidence)
{
  if (profile->all->len == 0 && profile->any->len == 0)
    return FALSE;
  return all_hold (profile->all, evidence) && (profile->any->len == 0 || any_holds (profile->any, evidence))
         && !any_holds (profile->none, evidence);
}

/* How much had to hold; all of Any= is one condition. */
static guint
specificity (const E13Profile *profile)
{
  return profile->all->len + (profile->any->len > 0 ? 1 : 0) + profile->none->len;
}

static gboolean
is_better (const E13Profile *profile, const E13Profile *best)
{
  if (best == NULL || specificity (profile) != specificity (best))
    return best == NULL || specificity (profile) > specificity (best);
  return g_strcmp0 (profile->id, best->id) < 0;
}

E13Profile *
e13_detect (const GPtrArray *profiles, const E13Evidence *evidence)
{
  E13Profile *best = NULL;

  for (guint i = 0; i < profiles->len; i++)
    {
      E13Profile *profile = g_ptr_array_index (profiles, i);

      if (is_better (profile, best) && profile_matches (profile, evidence))
        best = profile;
    }
  return best != NULL ? best : e13_profiles_find (profiles, "generic");
}
