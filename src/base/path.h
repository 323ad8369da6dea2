/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Paths as text: how two of them lie to each other. Both beneath the site ("" the site itself), or both absolute;
 * without
 * "." and "..", repeated or trailing slashes. Nothing is looked up. */

#pragma once

#include <glib.h>

/* Is @path @directory itself, or below it? No absolute path is below one that is not. */
gboolean e13_path_is_in (const char *path, const char *directory);

/* Is @path absolute as Windows has it: "C:\\x", "\\\\server\\share"? */
gboolean e13_path_is_windows (const char *path);

/* @path beneath @root, which may end in the separator already; '/' becomes @separator. Free with g_free(). */
char *e13_path_join (const char *root, const char *path, char separator);

/* The order of a walk, for sorting: a directory before what it holds, and that before its neighbours ("a", "a/b",
 * "a-b"); else by bytes. */
int e13_path_compare (const char *a, const char *b);
