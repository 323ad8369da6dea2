/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A file that an argument names, read as a whole. */

#pragma once

#include <glib.h>

/* No further than @most bytes; ended by NUL. NULL and @error (E13_ERROR_INPUT), which is the reason alone. Free with
 * g_free(). */
char *e13_argument_file_read (const char *path, gsize most, gsize *ret_size, GError **error);
