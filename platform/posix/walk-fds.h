/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The descriptors of the directories on the walk; walk-queue.h says how long they are kept. Under the queue's lock. */

#pragma once

#include "platform/posix/walk-queue.h"

/* Does @error, an errno, say that there are no more descriptors? */
gboolean e13_walk_fd_is_shortage (int error);
/* How many descriptors a walk may keep. */
guint e13_walk_fd_budget (void);
/* Closes the descriptor, whatever waits. */
void e13_walk_fd_close (E13WalkQueue *queue, E13WalkDir *dir);
/* Closes it if nothing of the directory waits and nobody uses it; keeps it in reserve if only nobody uses it. */
void e13_walk_fd_rest (E13WalkQueue *queue, E13WalkDir *dir);
