/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Names as bytes, made safe for the place where they are shown. Every function takes a NUL-terminated
 * name of any bytes and returns a new string (free with g_free). */

#pragma once

#include <glib.h>

/* For a terminal or a message: valid printable UTF-8 stays; backslashes are doubled; control characters
 * (C0, C1, DEL, bidirectional overrides) and bytes that are not UTF-8 become \n, \t, \r or \ooo. */
char *e13_quote_display (const char *name);

/* One word of a POSIX shell script, exact for every byte: unquoted where it is harmless, else in single quotes; where
 * it is not printable, "$(printf '…')", so that no control character reaches the terminal that the script is read on.
 */
char *e13_quote_shell (const char *word);

/* The same for a command that is shown on a terminal and may be pasted: as e13_quote_shell() where the name is
 * printable, else in the $'…' form, so that no control character reaches the terminal. */
char *e13_quote_shell_display (const char *word);

/* A path of Windows for a terminal: as e13_quote_display(), but that its backslashes stay. */
char *e13_quote_windows (const char *path);

/* A path that Windows allows (without '"' and wildcards) as one argument on a command line of cmd or PowerShell, in
 * double quotes; and the same in a batch file, where a percent sign stands for itself only when it is doubled. */
char *e13_quote_cmd (const char *path);
/* The same, but bare where neither needs the quotes. */
char *e13_quote_cmd_word (const char *word);

/* An absolute path of either kind, which shows by how it begins: in a message; and as a word of a command that may be
 * pasted where such paths are. */
char *e13_quote_path (const char *path);
char *e13_quote_path_word (const char *path);
char *e13_quote_batch (const char *path);

/* getfacl's quoting of a name in its "# file:" line: \ooo for a backslash, newline, carriage return and any other
 * control character. Unquoting accepts any \ooo, and \\ as getfacl itself writes a backslash; returns NULL and sets
 * @error on a bad escape. */
char *e13_quote_getfacl (const char *name);
char *e13_unquote_getfacl (const char *text, GError **error);
