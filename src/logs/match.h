/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Match: a line without its layers, held against the patterns of the families. Internal to logs/. */

#pragma once

#include "logs/family.h"

typedef struct E13LogMatcher E13LogMatcher;

/* @only: NULL for all families. */
E13LogMatcher *e13_log_matcher_new (const E13LogFamily *only);
void e13_log_matcher_free (E13LogMatcher *matcher);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (E13LogMatcher, e13_log_matcher_free)

typedef struct
{
  const E13LogFamily *family; /* whose failures they are; NULL: none */
  GPtrArray *failures;        /* of E13Failure *, owned by the array; never NULL */
} E13Matches;

/* Where in @text the first word ends that some pattern, or some family's read(), is waiting for; NULL: nowhere. */
const char *e13_log_matcher_find (const E13LogMatcher *matcher, const char *text, gsize length);

/* Is @text one that the family's read() waits for? */
gboolean e13_log_matcher_wants (const E13LogFamily *family, const char *text);

/* The failures in @text; the first family that finds any has it. */
void e13_log_matcher_match (E13LogMatcher *matcher, const char *text, E13Matches *ret_matches);
void e13_matches_clear (E13Matches *matches);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (E13Matches, e13_matches_clear)

/* What @word of @family stands for. */
E13Operation e13_operation_from_word (const E13LogFamily *family, const char *word, gsize length);
