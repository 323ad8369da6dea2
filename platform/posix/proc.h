/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* /proc/self/fd: the one way to reach a pinned object's ACLs and mode. */

#pragma once

#include <glib.h>

/* The kept-open O_PATH descriptor of /proc/self/fd, after statfs(2) has said that /proc is proc; -1 and @error where it
 * is not. Opened once for the process. */
int e13_posix_proc_fd (GError **error);

/* The name of @fd in that directory. */
typedef struct {
  char text[12];
} E13FdName;
E13FdName e13_posix_fd_name (int fd);

/* "/proc/self/fd/N", for calls that take only a path (libacl). */
typedef struct {
  char text[32];
} E13FdPath;
E13FdPath e13_posix_fd_path (int fd);
