/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* IIS Express, which a developer starts: it serves as whoever started it. Private to who-windows.c. */

#pragma once

#include "commands/run.h"

/* Reads the settings of this user's, where the program runs on Windows. */
void e13_who_read_express (E13Who *who, const E13ReadOps *ops);

/* Where it serves @path (as e13_iis_path() makes it), the server's own IIS does not, and nobody was named: sets who
 * asks in @here, a copy of @who. */
gboolean e13_who_take_express (E13Who *here, const E13Who *who, const E13Options *options, const char *path);
