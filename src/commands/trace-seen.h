/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What a trace shows of its processes beside failures: where each works, and which names it finds after all. A search
 * for a program or a module asks in one directory after another: what it does not find there is no failure yet. */

#pragma once

#include "logs/failure.h"

typedef struct E13TraceSeen E13TraceSeen;

/* @directory: where the first process works; NULL: not known. */
E13TraceSeen *e13_trace_seen_new (const char *directory);
void e13_trace_seen_free (E13TraceSeen *seen);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (E13TraceSeen, e13_trace_seen_free)

typedef struct
{
  guint32 pid; /* 0: the line names none */
  gboolean has_ended;
} E13TraceLine;

/* One line of strace -f -y -o, after the failures of all lines before it were kept. */
E13TraceLine e13_trace_seen_line (E13TraceSeen *seen, const char *line);

/* Where that process works, as far as it was seen; NULL: not known. */
const char *e13_trace_seen_directory (const E13TraceSeen *seen, guint32 pid);

/* Keeps @failure, of a name that is not there or not to be seen, until it is known whether its process finds the name
 * elsewhere; taken over. FALSE: too many are kept, and it is still the caller's. */
gboolean e13_trace_seen_keep (E13TraceSeen *seen, E13Failure *failure);
/* Those that were kept of @pid (0: of all) for @seconds or longer, in the order in which they came: an array of
 * E13Failure *, which are the caller's. Free with g_ptr_array_unref(). */
GPtrArray *e13_trace_seen_release (E13TraceSeen *seen, guint32 pid, guint seconds);

/* How many names were found after all. */
guint64 e13_trace_seen_found (const E13TraceSeen *seen);
