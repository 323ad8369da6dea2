/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Input: a file that the caller named, or standard input, as a stream of bytes that may go on growing. No part of a
 * site. */

#pragma once

#include <glib.h>

typedef struct E13Input E13Input;

/* "-": standard input. NULL and @error (E13_ERROR_INPUT) where it cannot be opened. */
E13Input *e13_input_open (const char *path, GError **error);
void e13_input_close (E13Input *input);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (E13Input, e13_input_close)

/* At most @size bytes: how many; 0 at its end; -1 and @error. */
gssize e13_input_read (E13Input *input, char *bytes, gsize size, GError **error);

/* At its end, waits until there is more, follows the name to a new file where a log was rotated, and begins again where
 * it was cut off. FALSE: @cancelled was set, or no more can come. */
gboolean e13_input_wait (E13Input *input, const gint *cancelled);

gboolean e13_input_is_terminal (void); /* standard input */
