/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The known word that a misspelt one was most likely meant to be. */

#pragma once

#include <glib.h>

/* That of @words (ended by NULL, at least one) with the fewest letters to insert, delete, replace or swap, not counting
 * case; the first of equals. */
const char *e13_nearest (const char *word, const char *const *words);
