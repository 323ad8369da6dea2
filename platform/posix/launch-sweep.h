/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Sweeping: ends what has left its process group, in a process to which all that is orphaned comes. */

#pragma once

#include <glib.h>

/* Ends all children of this process, and what they leave behind, until there is none. Returns how many were not over
 * by themselves. */
guint e13_posix_sweep_children (void);
