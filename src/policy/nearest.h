/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The known word that a misspelt one was most likely meant to be. */

#pragma once

#include <glib.h>

/* That of @words (ended by NULL, at least one) with the fewest letters to insert, delete, replace or swap, not counting
 * case; the first of equals. */
const char *e13_nearest (const char *word, const char *const *words);
/* The same, but NULL where that takes more than a third of the letters of @word (and more than one): then it was meant
 * to be none of them. @words may be empty. */
const char *e13_nearest_if_near (const char *word, const char *const *words);
