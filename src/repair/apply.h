/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Apply: makes changes that are already in a journal, each through a pin, by all threads. */

#pragma once

#include "model/change.h"
#include "platform/platform.h"

typedef struct
{
  const E13ReadOps *read;
  const E13WriteOps *write;
  const E13Tree *tree;
  guint n_threads; /* 0: one a core */
  gboolean undoing;
  const gint *cancelled; /* stops between two objects. NULL: never */
  gint *n_done;          /* counted up, for a progress line. NULL */
} E13ApplyRequest;

/* Sets each change's outcome and reason. Directories are made before what lies below them, removed after it. Returns
 * the number that is not E13_OUTCOME_DONE. */
guint e13_apply (const E13ApplyRequest *request, GPtrArray *changes);
