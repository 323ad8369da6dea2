/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The run of errno13 trace: starts strace, and explains what it sees. */

#pragma once

#include "commands/options.h"

typedef struct
{
  const E13Options *options;
  const GArray *pids;  /* of guint32: to be watched; empty where a command is run */
  char *const *words;  /* the command, ended by NULL; NULL: none */
  gboolean allow_root; /* the command may be run as root */
} E13TraceRequest;

/* Returns the exit status; with @error set where nothing could be watched. */
int e13_trace_run (const E13ReadOps *ops, const E13TraceRequest *request, GError **error);
