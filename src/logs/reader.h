/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Reader: a log as a stream of bytes in, failures out, in the order of their lines. Memory is bounded, whatever the
 * bytes are: a line beyond 64 KiB is read in pieces. */

#pragma once

#include "logs/family.h"

/* @failure belongs to the callee. */
typedef void (*E13FailureFunc) (E13Failure *failure, gpointer data);

E13LogReader *e13_log_reader_new (E13FailureFunc found, gpointer data);
void e13_log_reader_free (E13LogReader *reader);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (E13LogReader, e13_log_reader_free)

/* Only this family is asked; NULL: all. */
void e13_log_reader_limit (E13LogReader *reader, const E13LogFamily *family);

void e13_log_reader_feed (E13LogReader *reader, const char *bytes, gsize length);
/* No more comes for now: what waits for further lines is reported. A last line without its end waits only for end(). */
void e13_log_reader_pause (E13LogReader *reader);
void e13_log_reader_end (E13LogReader *reader);

/* How many lines were read. */
guint64 e13_log_reader_lines (const E13LogReader *reader);
