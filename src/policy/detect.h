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

/* The most specific profile whose markers all hold: the one with most markers. Two that contradict each other with
 * equally many: the first by id. The generic profile where none matches. Owned by @profiles. */
E13Profile *e13_detect (const GPtrArray *profiles, const E13Evidence *evidence);
