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
