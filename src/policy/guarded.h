/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* guarded.def, asked: what is known by name, path or number alone. Pure functions. */

#pragma once

#include <glib.h>

typedef enum
{
  E13_SYSTEM_NO,
  E13_SYSTEM_ITSELF,      /* one of the system's own directories */
  E13_SYSTEM_BELOW,       /* below one that holds nothing but the system's */
  E13_SYSTEM_HOLDS_SITES, /* of Windows: holds sites side by side, and may be one */
} E13System;

/* @path: absolute, without links. */
E13System e13_guarded_system (const char *path);
/* The same of Windows. @path: with or without its drive, separators of either kind, whatever the case. */
E13System e13_guarded_windows (const char *path);
gboolean e13_guarded_is_home (const char *path);

/* What only a home holds: the @index-th name; NULL past the last. */
const char *e13_guarded_home_mark (guint index);

/* Is it a key, or anywhere in a directory of keys? Any path. */
gboolean e13_guarded_is_key (const char *path, gboolean is_directory);

/* Is @name (one component) a key, a directory of keys, or another secret? */
gboolean e13_guarded_is_secret (const char *name);

/* Does a web server of Windows, or a language behind it, load a file called @name (one component)? */
gboolean e13_guarded_is_loaded (const char *name);

/* Does ASP.NET restart an application when this changes, @path beneath it? */
gboolean e13_guarded_restarts (const char *path);

/* Does @path look like a directory of logs? */
gboolean e13_guarded_is_log_directory (const char *path);

/* Why nothing may be granted to this user or group number; NULL if it may. */
const char *e13_guarded_why_not_id (guint32 id);
