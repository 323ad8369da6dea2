/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What shells do on Unix, and cmd leaves to programs: `*` and `?` in the last component of a path. */

#pragma once

#include "platform/platform.h"

/* @paths (of char *) with each pattern among them replaced by the directories that it matches, whatever the case of
 * letters, by name. Where shells expand (not @ops->is_windows) they come as they are. E13_ERROR_USAGE where a pattern
 * matches none. Free with g_ptr_array_unref(). */
GPtrArray *e13_expand_directories (const E13ReadOps *ops, const GPtrArray *paths, GError **error);
