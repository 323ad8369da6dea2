/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Path patterns of profiles, --exclude and --write: compiled once, matched against paths beneath the site.
 *
 * ? and [a-z] and [!a-z] match one character other than /, * any number of them, ** as a whole component any number of
 * components, {a,b} either. A pattern is anchored at the site. A slash and two stars at the end match the directory
 * itself and all below it, "**" alone everything, a single slash at the end only directories. Bytes, not characters,
 * are matched, so that names of any encoding work. No character is an escape; one in brackets stands for itself. */

#pragma once

#include <glib.h>

typedef struct E13Glob E13Glob;

/* NULL and @error (E13_ERROR_INPUT, with the column) on an unbalanced bracket or brace, an empty pattern or
 * component, one that begins with / or holds "." or ".." as a component, and on one that is too long or has too
 * many alternatives. */
E13Glob *e13_glob_new (const char *pattern, GError **error);
/* The pattern that matches @path itself and all below it, whatever characters it holds. "" is the site. */
E13Glob *e13_glob_new_tree (const char *path, GError **error);
void e13_glob_free (E13Glob *glob);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (E13Glob, e13_glob_free)

/* @text, a name, a path or a pattern, in lower case: ASCII, and what is UTF-8 by Unicode's simple mapping; other bytes
 * stay. Two names that Windows takes for one are alike then. Free with g_free(). */
char *e13_glob_fold_case (const char *text);

gboolean e13_glob_matches (const E13Glob *glob, const char *path, gboolean is_directory);
/* The path that the pattern stands for, where it has no wildcard but a trailing slash or slash and two stars; else
 * NULL. */
const char *e13_glob_literal_directory (const E13Glob *glob);
/* The same of each path that its braces stand for, files too: an array of char *, without those that have wildcards.
 * Free with g_ptr_array_unref(). */
GPtrArray *e13_glob_literal_paths (const E13Glob *glob);
