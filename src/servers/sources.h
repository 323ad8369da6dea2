/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Sources: the configuration files of servers, read within bounds, whatever they include. What could not be read is
 * kept as a sentence: it is unknown, not empty. */

#pragma once

#include <glib.h>

#define E13_SOURCE_MAX_BYTES (4u << 20)   /* of one file */
#define E13_SOURCES_MAX_BYTES (32u << 20) /* of all */
#define E13_SOURCES_MAX_FILES 2000
#define E13_SOURCES_MAX_DEPTH 16

typedef struct
{
  /* At most @max bytes of a file. NULL and @error: E13_ERRNO with ENOENT where there is none. */
  GBytes *(*read) (const char *path, gsize max, gpointer data, GError **error);
  /* The names in a directory, as char *; NULL and @error in the same way. */
  GPtrArray *(*list) (const char *directory, gpointer data, GError **error);
  gpointer data;
} E13SourceOps;

typedef struct
{
  const E13SourceOps *ops;
  gsize bytes_left;
  guint files_left;
  GPtrArray *open;   /* of char *: the files that are being read, each included by the one before */
  GPtrArray *unread; /* of char *: sentences */
} E13Sources;

/* @ops must outlive it. */
E13Sources *e13_sources_new (const E13SourceOps *ops);
void e13_sources_free (E13Sources *sources);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (E13Sources, e13_sources_free)

/* The text of @path, which is then open until e13_sources_leave(). NULL: it is not there, which is said where
 * @required, or could not be read, which is said. Free with g_free(). */
char *e13_sources_enter (E13Sources *sources, const char *path, gboolean required);
void e13_sources_leave (E13Sources *sources);

/* The files that a pattern of absolute paths stands for, sorted; a path without wildcards stands for itself. Free with
 * g_ptr_array_unref(). */
GPtrArray *e13_sources_expand (E13Sources *sources, const char *pattern);

/* Keeps a sentence on what could not be followed. */
void e13_sources_say (E13Sources *sources, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* "FILE line N". Free with g_free(). */
char *e13_source_place (const char *file, guint line);
