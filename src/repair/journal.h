/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The journal: before-images on disk before the first write. getfacl's own text with comment lines that only errno13
 * reads; the format is described in docs/journal.md. Its files lie in the store of platform/store.h. */

#pragma once

#include "model/change.h"
#include "platform/platform.h"

/* e13_store_directory(). Free with g_free(). */
char *e13_journal_directory (void);

/* ---- One lock for the host: two repairs at once do not happen -------------------------------- */

typedef struct E13Lock E13Lock;
/* E13_ERROR_BUSY where another errno13 holds it. Makes the directory (0700) if need be. */
E13Lock *e13_journal_lock (const char *directory, GError **error);
void e13_journal_unlock (E13Lock *lock);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (E13Lock, e13_journal_unlock)

/* ---- Writing --------------------------------------------------------------------------------- */

/* Writes all pending ones of @changes to a new file (@path, or NULL for a new name in @directory; mode 0600; never
 * over an existing one), and syncs file and directory. Handles are filled in; a change whose object cannot be bound to
 * its inode, since it is gone or has changed, becomes E13_OUTCOME_REFUSED and is left out. E13_ERROR_REFUSED where the
 * place is a stranger's, or inside the site. Returns the path (free with g_free()), or NULL and @error with no file
 * left behind. @undoes: the journal that this repair takes back, or NULL. */
char *e13_journal_write (const char *directory, const char *path, const E13ReadOps *ops, const E13Tree *tree,
                         GPtrArray *changes, const char *undoes, GError **error);
/* What the journals of this machine have as E13Journal.machine. Free with g_free(). */
char *e13_journal_machine (void);

/* Marks the journal as undone (appends one comment line and syncs). */
gboolean e13_journal_mark_undone (const char *path, const char *by, GError **error);
/* The same for what the system did not keep, or refused: @n_left of its @n_all changes. */
gboolean e13_journal_mark_left (const char *path, guint n_left, guint n_all, GError **error);

/* ---- Reading --------------------------------------------------------------------------------- */

typedef struct
{
  char *path; /* of the file */
  char *site; /* the root that it was made for */
  E13ObjectKey root_key;
  char *root_handle;  /* see E13Change.handle; NULL: the file system has none */
  char *machine;      /* machine-id or host name */
  char *when;         /* UTC, ISO 8601 */
  char *undoes;       /* NULL */
  char *undone_by;    /* NULL: not yet undone */
  GPtrArray *changes; /* of E13Change * */
} E13Journal;

/* E13_ERROR_REFUSED where anybody but root and the caller owns it or may write it. E13_ERROR_INPUT with the line where
 * it is truncated, edited (checksum) or from a newer version. */
E13Journal *e13_journal_read (const char *path, GError **error);
void e13_journal_free (E13Journal *journal);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (E13Journal, e13_journal_free)

/* The journals of @directory, newest first: an array of E13Journal * without changes (headers only). A broken one is
 * listed with site NULL. */
GPtrArray *e13_journal_list (const char *directory, GError **error);
