/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* /proc/PID/status: as whom a process touches files. */

#pragma once

#include <glib.h>

typedef struct
{
  guint32 parent; /* its pid */
  guint32 fsuid;
  guint32 fsgid;
  GArray *groups;       /* of guint32 */
  guint64 capabilities; /* effective */
  int umask;            /* -1: a kernel that does not tell */
} E13ProcStatus;

void e13_proc_status_clear (E13ProcStatus *status);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (E13ProcStatus, e13_proc_status_clear)

/* FALSE where a line is missing or malformed; @ret_status is then untouched. Pure. */
gboolean e13_proc_status_parse (const char *text, E13ProcStatus *ret_status);

gboolean e13_proc_status_overrides_dac (const E13ProcStatus *status);

/* This process's. FALSE where /proc does not tell. */
gboolean e13_posix_own_status (E13ProcStatus *ret_status);
