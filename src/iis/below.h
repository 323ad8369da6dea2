/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Which sites and applications of a server lie below a directory. Pure. */

#pragma once

#include "iis/config.h"

/* Their folders beneath @path (as e13_iis_path() makes it), with slashes, each once and by name: an array of char *.
 * Free with g_ptr_array_unref(). */
GPtrArray *e13_iis_folders_below (const E13IisServer *server, const char *path);
