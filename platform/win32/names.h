/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Names: the program's bytes from and to the system's UTF-16.
 *
 * The program's are UTF-8, but for a surrogate that lacks its other half, which NTFS allows in names and UTF-8 has no
 * form for: it becomes the three bytes that its number would have in UTF-8 ("WTF-8",
 * https://simonsapin.github.io/wtf-8/). So every name of the system has one form, comes back as it was, and is shown
 * escaped, since it is no valid UTF-8. */

#pragma once

#include <glib.h>

/* @length units, which need no NUL after them. Free with g_free(). */
char *e13_win32_from_utf16 (const gunichar2 *units, gsize length);

/* With a NUL after its @ret_length units. NULL where @text is no name in that form: no UTF-8, or the two halves of a
 * pair apart from each other. Free with g_free(). */
gunichar2 *e13_win32_to_utf16 (const char *text, gsize *ret_length);

/* Is it one name in a directory? Separators would lead elsewhere, a colon to a stream; "", "." and ".." name nothing
 * new. */
gboolean e13_win32_is_name (const char *name);
