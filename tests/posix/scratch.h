/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A directory of its own for a test, and shorthands to fill it. Everything ends the test where it fails. */

#pragma once

#include <glib.h>
#include <sys/types.h>

/* "/tmp/errno13-XXXXXX", empty, mode 0755, without links in it. */
char *scratch_new (void);
/* The same where thousands of objects are made and removed in no time, if there is such a place. */
char *scratch_new_in_memory (void);
/* Unmounts what is mounted below, removes everything, frees. */
void scratch_free (char *root);
G_GNUC_PRINTF (1, 2) void scratch_mkdir (const char *format, ...);
G_GNUC_PRINTF (1, 2) void scratch_file (const char *format, ...);
void scratch_link (const char *root, const char *name, const char *target);

/* Makes @root's mounts this process' own; FALSE where that is not allowed. */
gboolean scratch_private_mounts (void);
/* The relative path of each object beneath @root, "" for itself, as find(1) sees them, sorted. */
GPtrArray *scratch_find (const char *root);
/* Runs @function in a child that has become @uid and @gid without other groups; returns what it returned (0 to 100). */
int scratch_as (uid_t uid, gid_t gid, int (*function) (gpointer data), gpointer data);
