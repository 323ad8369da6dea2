/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the tests of the host's side of the platform share: a directory of their own, shell commands, pins, mounts.
 * Whatever goes wrong aborts the test. */

#pragma once

#include <criterion/criterion.h>

#include "platform/platform.h"

/* Criterion does not run .fini for a test that is skipped. */
#define HOST_SKIP(...)                                                                                                 \
  do                                                                                                                   \
    {                                                                                                                  \
      host_leave ();                                                                                                   \
      cr_skip_test (__VA_ARGS__);                                                                                      \
    }                                                                                                                  \
  while (0)

#define SKIP_UNLESS_ROOT()                                                                                             \
  do                                                                                                                   \
    if (geteuid () != 0)                                                                                               \
      HOST_SKIP ("only root can give files away, mount and take on identities");                                       \
  while (0)

/* A new directory below the system's temporary one, mode 0755, and the working directory from now on. Removed at the
 * test's end by host_leave(). */
void host_enter (void);
void host_leave (void);

/* A shell command in it; printf's format. host_run() fails the test where it does not exit with 0. */
void host_run (const char *format, ...) G_GNUC_PRINTF (1, 2);
/* What it prints on standard output, without the last newline. Free with g_free(). */
char *host_ask (const char *format, ...) G_GNUC_PRINTF (1, 2);

/* A mount namespace of the test's own: what is mounted in it goes with the test. Skips the test where there can be
 * none. */
void host_unshare_mounts (void);

/* Free with e13_posix_read.unpin(). */
E13Pin *host_pin (const char *path);
