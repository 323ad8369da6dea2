/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Markers: one thing that a tree holds where it holds a certain application.
 *
 * "path" exists, "dir/" is a directory, a pattern matches something, and with ~/REGEX/FLAGS (of i, m, s, x) a file's
 * first 256 KiB match. Patterns are looked for in a bounded number of directories; what a package manager or a version
 * control system keeps, and copies of them, are no evidence. */

#pragma once

#include <glib.h>

#include "policy/detect.h"

typedef struct E13Marker E13Marker;

/* NULL and @error (E13_ERROR_INPUT) on a bad pattern, regular expression or flag. */
E13Marker *e13_marker_new (const char *text, GError **error);
void e13_marker_free (E13Marker *marker);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (E13Marker, e13_marker_free)

gboolean e13_marker_holds (const E13Marker *marker, const E13Evidence *evidence);

/* Where a marker holds, and what its regular expression captured there. */
typedef struct
{
  char *path;         /* beneath the site */
  char *value;        /* the first group that took part; NULL: none */
  gboolean from_file; /* that group is called "here": the value is meant from the file's own directory */
} E13MarkerMatch;

gboolean e13_marker_find (const E13Marker *marker, const E13Evidence *evidence, E13MarkerMatch *ret_match);
void e13_marker_match_clear (E13MarkerMatch *match);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (E13MarkerMatch, e13_marker_match_clear)

/* As it was written. */
const char *e13_marker_text (const E13Marker *marker);
/* Could it hold in a directory that holds just these names (a set, in lower case where that counts as the same)? */
gboolean e13_marker_may_hold (const E13Marker *marker, GHashTable *names, gboolean ignores_case);
/* Is a directory of this name looked into at all? */
gboolean e13_marker_is_evidence (const char *name);
