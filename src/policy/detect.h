/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Which application is this? Profiles' markers held against a tree, through whatever can answer for it. */

#pragma once

#include <glib.h>

#include "policy/profile.h"

/* How detection looks at a tree: an adapter of a platform, a dump or a test's table. Paths are beneath the site. */
typedef struct
{
  gboolean (*exists) (const char *path, gboolean is_directory, gpointer data);
  GBytes *(*read) (const char *path, gsize max_bytes, gpointer data); /* NULL where it cannot be read */
  GPtrArray *(*list) (const char *path, gpointer data); /* names, of char *; NULL where it cannot be listed */
  gpointer data;
  gboolean ignores_case; /* of letters in names: whatever case a marker has, names are listed to find it */
} E13Evidence;

/* Of the profiles whose markers all hold, one that no other of them outdoes (Before=), then the one with most markers;
 * of equals the first by id. The generic profile where none matches. Owned by @profiles. */
E13Profile *e13_detect (const GPtrArray *profiles, const E13Evidence *evidence);

/* Another application in a directory of the site. */
typedef struct
{
  char *path; /* beneath the site */
  E13Profile *profile;
} E13Nested;

/* Those below the site's root, at most three directories deep and looked for in a bounded number of them, by path. An
 * array of E13Nested *, its profiles owned by @profiles. Free with g_ptr_array_unref(). */
GPtrArray *e13_detect_nested (const GPtrArray *profiles, const E13Evidence *evidence);

/* All whose markers hold, of E13Profile *. Free with g_ptr_array_unref(). */
GPtrArray *e13_detect_matching (const GPtrArray *profiles, const E13Evidence *evidence);
/* Why @profile is not what e13_detect() names, as a clause: which marker does not hold, or which of those @matching
 * outdoes it. Free with g_free(); NULL where it is. */
char *e13_detect_why_not (const E13Profile *profile, const GPtrArray *matching, const E13Evidence *evidence);

/* @evidence as it is seen from @directory. Clear with e13_evidence_below_clear(). */
typedef struct
{
  E13Evidence evidence;
  const E13Evidence *whole;
  char *directory;
} E13EvidenceBelow;
void e13_evidence_below_init (E13EvidenceBelow *below, const E13Evidence *whole, const char *directory);
void e13_evidence_below_clear (E13EvidenceBelow *below);
