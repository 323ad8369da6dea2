/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Opening without ever following a link: openat2(2), or component by component where the kernel has none. Every
 * descriptor is close-on-exec; every function returns -1 and sets errno where it fails. */

#pragma once

#include <glib.h>

/* @path beneath @base, of any length, without "..": O_PATH and @flags. No component is followed where it is a link;
 * the last may be one, and is then what is opened. A link in the middle is ELOOP. "" is @base itself. */
int e13_posix_open_beneath (int base, const char *path, int flags);

/* The directory @name of @parent, to be listed, its access time untouched where the system lets us. EXDEV where
 * another file system begins there and @cross_mounts is off (without openat2(2) the caller has to compare). */
int e13_posix_open_directory (int parent, const char *name, gboolean cross_mounts);

/* @path with @root for /, links followed within it, but for the last component: O_PATH. ENOSYS without openat2(2). */
int e13_posix_open_in_root (int root, const char *path);

/* What @fd pins, opened again with @flags. */
int e13_posix_reopen (int fd, int flags);
/* The same for reading, its access time untouched where the system lets us; never waits for anybody. */
int e13_posix_reopen_to_read (int fd, int flags);
