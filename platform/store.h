/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The store: the files that the program keeps for itself (journals, and the lock beside them), in directories where
 * nobody else can have written them. Each host has one implementation, which is linked; what the seam of platform.h
 * has for sites is not used here, so that whoever keeps a journal still cannot write to a site.
 *
 * What fails sets errno and returns FALSE or NULL, unless it takes a GError: the caller knows what the file is called
 * in a message. */

#pragma once

#include <glib.h>
#include <stdio.h>

#include "model/object.h"

/* ---- Places ---------------------------------------------------------------------------------- */

/* An opened directory. */
typedef struct E13Store E13Store;

/* Where journals are kept unless the user says otherwise: /var/lib/errno13 for root, else $XDG_STATE_HOME/errno13; on
 * Windows %ProgramData%\errno13 for an administrator, else %LOCALAPPDATA%\errno13. Free with g_free(). */
char *e13_store_directory (void);
/* The folder of this machine's profiles. Free with g_free(). */
char *e13_store_profiles (void);
/* What tells this machine from others: machine-id, MachineGuid, or the host name. Free with g_free(). */
char *e13_store_machine (void);

/* A directory of our own: it must belong to us, and nobody else may write to it. Where it does not exist, it is made
 * so if @make, with the directories above it. E13_ERROR_REFUSED where it is anybody else's. */
E13Store *e13_store_open_own (const char *path, gboolean make, GError **error);
/* A directory that the user chose for one file. For root or an administrator, no stranger may own it or write to it
 * (but for a sticky one). */
E13Store *e13_store_open_chosen (const char *path, GError **error);
void e13_store_close (E13Store *store); /* NULL is allowed */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (E13Store, e13_store_close)

/* Is it @root, or below it? Asked of the directories themselves, from below up, since names can be bent by links. TRUE,
 * too, where that cannot be told. */
gboolean e13_store_lies_inside (const E13Store *store, const E13ObjectKey *root);

/* The names in it, unsorted; NULL and errno. Free with g_ptr_array_unref(). */
GPtrArray *e13_store_list (const E13Store *store);

/* ---- Writing --------------------------------------------------------------------------------- */

/* A new file, being written. */
typedef struct E13StoreFile E13StoreFile;

/* For its owner alone; EEXIST where there is anything of that name. */
E13StoreFile *e13_store_create (E13Store *store, const char *name);
gboolean e13_store_write (E13StoreFile *file, const char *data, gsize length); /* all of it */
/* On the disk, its name in the directory too. */
gboolean e13_store_sync (E13StoreFile *file);
void e13_store_remove (E13StoreFile *file); /* keeps errno */
void e13_store_file_free (E13StoreFile *file);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (E13StoreFile, e13_store_file_free)

/* Puts @text behind the last whole line of the file at @path, and syncs. ESTALE (on Windows ENOENT) where that is not
 * (or no longer) a regular file of ours or root's which begins with @prefix. */
gboolean e13_store_append (const char *path, const char *prefix, const char *text);

/* ---- Reading --------------------------------------------------------------------------------- */

/* Opens a file that nobody but root (or the administrators) and the caller can have written, else E13_ERROR_REFUSED;
 * E13_ERROR_INPUT where it is no regular file. @store: NULL where @name is an absolute path. Close with fclose(). */
FILE *e13_store_read (const E13Store *store, const char *name, GError **error);

/* ---- The lock -------------------------------------------------------------------------------- */

typedef struct E13StoreLock E13StoreLock;

/* Takes the lock that is the file @name, and is let go when the process ends, however it does. EWOULDBLOCK where
 * another process has it: @ret_holder is then its id, or 0. */
E13StoreLock *e13_store_lock (E13Store *store, const char *name, guint *ret_holder);
void e13_store_unlock (E13StoreLock *lock); /* NULL is allowed */
