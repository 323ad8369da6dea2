/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Words for a program of Windows: its command line and its environment. Pure, built and tested everywhere. */

#pragma once

#include <glib.h>

/* One line that CommandLineToArgvW(), and what programs do at their start, takes apart into the same words. A batch
 * file gets its name alone: cmd reads its line by other rules, by which a word can become a command. Free with
 * g_free(). */
char *e13_win32_command_line (const char *const *words);

/* The order of environment blocks: by name, in any case. Takes pointers to "NAME=VALUE" strings. */
int e13_win32_compare_variables (gconstpointer a, gconstpointer b);
