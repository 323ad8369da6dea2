/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Many patterns matched at once, a component at a time, in time that hardly grows with their number.
 *
 * All patterns lie behind one another in one row of bits, a bit for each place between two components; a state is the
 * set of places that a path may have come to. One lookup of a name gives the components that match it, a few operations
 * on words move all patterns on. A directory's state is computed once; its entries then cost one lookup each. */

#pragma once

#include <glib.h>

#include "policy/glob.h"

typedef struct E13Matcher E13Matcher;

/* @glob: its index. */
typedef void (*E13MatcherVisit) (guint glob, gpointer data);

/* @ignores_case: upper and lower case are the same letter. */
E13Matcher *e13_matcher_new (gboolean ignores_case);
void e13_matcher_free (E13Matcher *matcher);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (E13Matcher, e13_matcher_free)

/* Before the first match; not while others match. @glob is what visits say; several may be added under one index. */
void e13_matcher_add (E13Matcher *matcher, const E13Glob *pattern, guint glob);

/* How many guint64 a state has. */
gsize e13_matcher_n_words (const E13Matcher *matcher);
/* Where @directory (beneath the site) leads. */
void e13_matcher_enter (const E13Matcher *matcher, const char *directory, guint64 *ret_state);

/* The patterns that match the directory of @state itself; every entry of it that is no directory, whatever its name;
 * its entry @name, no directory, for its name's sake. A pattern may be visited more than once. */
void e13_matcher_visit_directory (const E13Matcher *matcher, const guint64 *state, E13MatcherVisit visit,
                                  gpointer data);
void e13_matcher_visit_all_entries (const E13Matcher *matcher, const guint64 *state, E13MatcherVisit visit,
                                    gpointer data);
void e13_matcher_visit_entry (const E13Matcher *matcher, const guint64 *state, const char *name, E13MatcherVisit visit,
                              gpointer data);
