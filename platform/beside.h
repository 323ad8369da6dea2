/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The file that is written beside one that gets another content, before it takes its place. A process that is killed in
 * between may leave it behind. Its name follows from what is written, there and back: so whoever begins the same again,
 * or takes it back, finds it, and knows by what it holds that it is his to remove. */

#pragma once

#include <glib.h>

/* Ends in .config, which IIS gives to nobody: what is left over may hold passwords. Free with g_free(). */
char *e13_beside_name (const char *name, GBytes *before, GBytes *after);
/* One for when that name is taken by something else. */
char *e13_beside_other_name (void);

/* Is what a file of e13_beside_name() holds what such a process may have left: one of the two, or the begin of one? */
gboolean e13_beside_is_left_over (GBytes *content, GBytes *before, GBytes *after);
