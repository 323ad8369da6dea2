/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* One directory of the walk: opening it, listing it, handing its entries to the visitor. */

#pragma once

#include "platform/posix/walk-queue.h"

typedef struct
{
  E13WalkQueue queue;
  const E13Visitor *visitor;
  gpointer data;
  const E13WalkOptions *options;
} E13Walk;

/* One thread's own; its arrays grow to the largest batch and are used again. */
typedef struct
{
  E13Walk *walk;
  GArray *entries;         /* of E13Entry */
  GByteArray *directories; /* names of subdirectories, each with its NUL */
} E13WalkWorker;

gboolean e13_walk_is_cancelled (const E13Walk *walk);
/* Opens @dir, visits it, and queues what is below it. */
void e13_walk_list (E13WalkWorker *worker, E13WalkDir *dir);
/* Visits the entries in a block that was shared. */
void e13_walk_visit_block (E13WalkWorker *worker, E13WalkBlock *block);
