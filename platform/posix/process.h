/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Running programs and the file system as they see it: the functions are those of E13ReadOps of the same names. */

#pragma once

#include "platform/platform.h"

GPtrArray *e13_posix_processes (E13WantsProgram wants, gpointer data);
E13Process *e13_posix_process (guint32 pid, GError **error);

E13View *e13_posix_open_view (guint32 pid, GError **error);
E13Pin *e13_posix_pin_in_view (const E13View *view, const char *path, GError **error);
GPtrArray *e13_posix_mounts_in_view (const E13View *view);
void e13_posix_close_view (E13View *view);
