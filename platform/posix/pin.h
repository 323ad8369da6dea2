/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Pinned objects: the functions are those of E13ReadOps of the same names; platform.h has their contracts. */

#pragma once

#include "platform/platform.h"

/* "cannot WHAT 'PATH'", and the current errno's text. FALSE. */
gboolean e13_posix_throw_about (GError **error, const char *what, const char *path);

/* Takes @fd, also where it fails: NULL and @error. */
E13Pin *e13_posix_pin_of_fd (int fd, const char *path, GError **error);

E13Pin *e13_posix_pin (const E13Tree *tree, const char *path, GError **error);
E13Pin *e13_posix_hold (const E13Tree *tree, const char *path, GError **error);
E13Pin *e13_posix_pin_entry (const E13Batch *batch, gsize index, GError **error);
gboolean e13_posix_refresh (E13Pin *pin, GError **error);
void e13_posix_unpin (E13Pin *pin);
GBytes *e13_posix_read_file (const E13Pin *pin, gsize max_bytes, GError **error);
GPtrArray *e13_posix_list (const E13Pin *directory, GError **error);
GPtrArray *e13_posix_list_types (const E13Pin *directory, GByteArray **ret_types, GError **error);
