/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What names and paths of programs tell. Private to lint-*.c. Pure. */

#pragma once

#include <glib.h>

/* To read and execute: what starting a program takes. */
#define E13_LINT_RUN_MASK 0x1200a9u

/* Does the program have to be told which script to run? @program: a path; NULL: not known, no. */
gboolean e13_lint_needs_script (const char *program);
/* "2.7" of "C:\Python27\python.exe"; NULL. Free with g_free(). */
char *e13_lint_version_in_path (const char *path);
/* Does it lie in somebody's own profile ("C:\Users\maria\AppData\…")? */
gboolean e13_lint_is_in_profile (const char *path);
/* Is it an alias of the Microsoft Store? */
gboolean e13_lint_is_store_alias (const char *path);
