/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Paths of Windows as text: where they begin, and through which names they go. Both kinds of slash separate. Pure. */

#pragma once

#include <glib.h>

typedef struct
{
  char *root;       /* "C:\", "\\server\share\" or "\\?\Volume{...}\" */
  GPtrArray *names; /* of char *, without "." and with ".." taken away together with what stands before it */
} E13WinPath;

/* FALSE where @text is not absolute ("x", "\x", "C:x"), a share has no name, or a device is named (\\.\). A path with
 * \\?\ before its drive or server is the same path. */
gboolean e13_win_path_parse (const char *text, E13WinPath *ret_path);
void e13_win_path_clear (E13WinPath *path);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (E13WinPath, e13_win_path_clear)

/* Adds the names of @relative, as in E13WinPath. */
void e13_win_path_add (GPtrArray *names, const char *relative);

/* "C:\" and "a" are "C:\a". Free with g_free(). */
char *e13_win_path_join (const char *directory, const char *name);

/* What the object manager calls @root: \??\C:\. Free with g_free(). */
char *e13_win_path_nt_root (const char *root);

/* The name of the program that a command line starts: between quotation marks, or up to its ending, ".exe". NULL where
 * it has none. Free with g_free(). */
char *e13_win_path_program (const char *command);
