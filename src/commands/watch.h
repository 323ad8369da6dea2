/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Watching a run: Ctrl-C asks it to stop, and a line on the terminal tells how far it is. */

#pragma once

#include <glib.h>

/* From now on the first SIGINT or SIGTERM only makes the result non-zero; the second ends the process as ever. */
const gint *e13_watch_interrupts (void);

/* Shows "N WHAT" on stderr, again and again after half a second, where that is a terminal. @n is read atomically. */
typedef struct E13Progress E13Progress;
E13Progress *e13_progress_start (const char *what, const gint *n);
/* Wipes the line. */
void e13_progress_stop (E13Progress *progress);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (E13Progress, e13_progress_stop)
