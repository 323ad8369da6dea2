/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the journal's own files share: the directories that journals may lie in. */

#pragma once

#include <glib.h>

/* The journals' own directory, opened to be read: it must be ours, and writable by nobody else. Where it does not
 * exist, it is made (0700) if @make, with the directories above it. -1 and @error. */
int e13_journal_open_own (const char *path, gboolean make, GError **error);
/* A directory that the user chose for one journal. For root, no stranger may own or write it (but for a sticky one).
 * -1 and @error. */
int e13_journal_open_chosen (const char *path, GError **error);
