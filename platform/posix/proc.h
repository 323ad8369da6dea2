/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* /proc: /proc/self/fd, the one way to reach a pinned object's ACLs and mode, and its text files. */

#pragma once

#include <glib.h>

/* The kept-open O_PATH descriptor of /proc/self/fd, after statfs(2) has said that /proc is proc; -1 and @error where it
 * is not. Opened once for the process; a forked child opens its own. "../NAME" beneath it is /proc/self/NAME. */
int e13_posix_proc_fd (GError **error);

/* /proc itself, opened anew to be listed; -1 and @error. */
int e13_posix_open_proc (GError **error);

/* The name of @fd in that directory. */
typedef struct
{
  char text[12];
} E13FdName;
E13FdName e13_posix_fd_name (int fd);

/* "/proc/self/fd/N", for calls that take only a path (libacl). */
typedef struct
{
  char text[32];
} E13FdPath;
E13FdPath e13_posix_fd_path (int fd);

/* The whole file @name beneath @dirfd, of whatever size, as files of /proc have to be read. NULL and errno. Free with
 * g_free(). */
char *e13_posix_read_proc (int dirfd, const char *name);
