/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Two more texts of /proc/PID: uid_map and cgroup. Pure. */

#pragma once

#include <glib.h>

/* What the user namespace of the map @text ("INSIDE OUTSIDE COUNT" a line) calls @outside. FALSE: it has no number
 * there, or the text is malformed. */
gboolean e13_proc_map_inside (const char *text, guint32 outside, guint32 *ret_inside);

/* The system's service of a process by its cgroups ("HIERARCHY:CONTROLLERS:PATH" a line): the component below
 * /system.slice/, and its slices, that ends in ".service". Users can name cgroups of their own, but only below
 * user.slice. NULL: none. Free with g_free(). */
char *e13_proc_unit (const char *text);
