/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The walk: platform.h has its contract, walk-queue.h the way it is done. */

#pragma once

#include "platform/platform.h"
#include "platform/win32/nt.h"

/* What a visitor is handed is the first member of this. */
typedef struct
{
  E13Batch batch;
  HANDLE directory; /* NULL where it could not be opened */
} E13Win32Batch;

static inline HANDLE
e13_win32_batch_handle (const E13Batch *batch)
{
  return ((const E13Win32Batch *)(const void *)batch)->directory;
}

gboolean e13_win32_walk (const E13Tree *tree, const E13WalkOptions *options, const E13Visitor *visitor, gpointer data,
                         GError **error);
