/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The file system as a process sees it, through /proc/PID/root. */

#include "config.h"

#include <fcntl.h>

#include "base/error.h"
#include "base/fd.h"
#include "platform/posix/mountinfo.h"
#include "platform/posix/open.h"
#include "platform/posix/pin.h"
#include "platform/posix/proc.h"
#include "platform/posix/process.h"

struct E13View
{
  int process; /* its directory in /proc */
  int root;
};

E13View *
e13_posix_open_view (guint32 pid, GError **error)
{
  g_autofree char *name = g_strdup_printf ("%" G_GUINT32_FORMAT, pid);
  e13_autofd int proc = e13_posix_open_proc (error);
  e13_autofd int process = proc >= 0 ? openat (proc, name, O_PATH | O_DIRECTORY | O_CLOEXEC) : -1;
  e13_autofd int root = process >= 0 ? openat (process, "root", O_PATH | O_DIRECTORY | O_CLOEXEC) : -1;
  E13View *view;

  if (proc < 0)
    return NULL;
  if (root < 0)
    return e13_throw_errno (error, "cannot look at the files that process %" G_GUINT32_FORMAT " sees", pid), NULL;
  view = g_new0 (E13View, 1);
  view->process = g_steal_fd (&process);
  view->root = g_steal_fd (&root);
  return view;
}

E13Pin *
e13_posix_pin_in_view (const E13View *view, const char *path, GError **error)
{
  return e13_posix_pin_of_fd (e13_posix_open_in_root (view->root, path), path, error);
}

GPtrArray *
e13_posix_mounts_in_view (const E13View *view)
{
  g_autofree char *text = e13_posix_read_proc (view->process, "mountinfo");

  return e13_mount_points (text != NULL ? text : "");
}

void
e13_posix_close_view (E13View *view)
{
  if (view == NULL)
    return;
  e13_close_fd (&view->process);
  e13_close_fd (&view->root);
  g_free (view);
}
