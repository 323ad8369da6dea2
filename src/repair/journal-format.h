/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The journal's text: changes to lines and back. Pure functions, for the journal's own files and the tests;
 * docs/journal.md describes the format. */

#pragma once

#include <stdio.h>

#include "repair/journal.h"

#define E13_JOURNAL_VERSION 3
/* Every journal begins with this, and the version. */
#define E13_JOURNAL_PREFIX "# errno13 journal, format "

/* The start of a SHA-256. Each piece's sum covers the sum of the piece before it, so that none can be left out,
 * doubled or moved. It tells damage and careless edits; it does not keep out a forger, the file's owner and mode do
 * that. */
typedef struct
{
  char hex[17];
} E13JournalSum;

/* Over @previous (NULL: this is the first piece) and @length bytes of @text. */
E13JournalSum e13_journal_sum (const E13JournalSum *previous, const char *text, gsize length);

/* The first piece; @sum is set. Of @journal all but path, undone_by and changes are written. */
void e13_journal_append_header (GString *out, const E13Journal *journal, guint n_records, E13JournalSum *sum);
/* One change of the site at the absolute path @site; @sum is that of the piece before, and then that of this one. */
void e13_journal_append_record (GString *out, const char *site, const E13Change *change, E13JournalSum *sum);
/* The line that says that the journal was undone. */
void e13_journal_append_mark (GString *out, const char *by, const char *when);
/* The line that says that some of its changes were not kept, for who reads the file: undo looks for itself. */
void e13_journal_append_left (GString *out, guint n_left, guint n_all, const char *when);

/* Reads a whole journal, or only its header (then undone_by and changes are NULL). @path is used in messages, and
 * copied. Whatever @in holds: a journal whose sums are right, or NULL and @error, E13_ERROR_INPUT with the line. A
 * mark that was cut off while it was being appended counts as none: all that undo needs is there. */
E13Journal *e13_journal_parse (FILE *in, const char *path, gboolean header_only, GError **error);
/* The path in a mark's @line (without its newline); NULL where it is none. Free with g_free(). */
char *e13_journal_parse_mark (const char *line);

/* The word for @kind in a "# kind:" line. */
const char *e13_journal_kind_name (E13ChangeKind kind);
