/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The walk: platform.h has its contract, walk.c the way it is done. */

#pragma once

#include "platform/platform.h"

/* What a visitor is handed is the first member of this. */
typedef struct
{
  E13Batch batch;
  int fd; /* of the directory: O_PATH where it could not be listed; -1 where not even that could be had */
} E13PosixBatch;

static inline int
e13_posix_batch_fd (const E13Batch *batch)
{
  return ((const E13PosixBatch *)(const void *)batch)->fd;
}

gboolean e13_posix_walk (const E13Tree *tree, const E13WalkOptions *options, const E13Visitor *visitor, gpointer data,
                         GError **error);
