/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Needles: many words searched for in one pass, which skips most of the text (Wu and Manber's way). */

#pragma once

#include <glib.h>

#define E13_NEEDLE_SHORTEST 7

typedef struct E13Needles E13Needles;

/* Keeps the first @n of @words, each E13_NEEDLE_SHORTEST bytes or longer; the strings must outlive it. */
E13Needles *e13_needles_new (const char *const *words, gsize n);
void e13_needles_free (E13Needles *needles);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (E13Needles, e13_needles_free)

/* Where the first of them ends in @text; NULL: none is in it. */
const char *e13_needles_find (const E13Needles *needles, const char *text, gsize length);

/* Sets marks[i] for each of them that is in @text, and clears the others. */
void e13_needles_mark (const E13Needles *needles, const char *text, gsize length, gboolean *marks);
