/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* File descriptors owned by type: `e13_autofd int fd = -1;` closes itself at the end of its scope;
 * hand it out with g_steal_fd (&fd). */

#pragma once

#include <errno.h>
#include <glib.h>
#include <glib/gstdio.h>
#include <unistd.h>

static inline void
e13_close_fd (int *fd)
{
  int saved = errno;

  if (*fd >= 0)
    close (*fd);
  *fd = -1;
  errno = saved;
}

#define e13_autofd __attribute__ ((cleanup (e13_close_fd)))
