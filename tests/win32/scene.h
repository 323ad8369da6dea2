/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* For the tests that run on Windows, or under Wine: TAP, and objects made by documented functions of Win32, which share
 * nothing with the platform that is tested. Criterion does not run there. */

#pragma once

#include "platform/platform.h"
#include "platform/win32/nt.h"

/* ---- TAP --------------------------------------------------------------------------------------------------------- */

void check (gboolean passed, const char *format, ...) G_GNUC_PRINTF (2, 3);
void skip (const char *reason, const char *format, ...) G_GNUC_PRINTF (2, 3);
void note (const char *format, ...) G_GNUC_PRINTF (1, 2);
/* @error is of @domain and @code; says what it is where not. */
void check_error (const GError *error, GQuark domain, int code, const char *what);
/* The plan, and the exit status. */
int finish (void);

/* Does Wine stand in for Windows? What it cannot do is then skipped, by name. */
gboolean is_wine (void);

/* ---- Objects ----------------------------------------------------------------------------------------------------- */

/* A new directory among the temporary files, as "\\?\C:\...", which nothing shortens or corrects. Removed by finish().
 */
const char *scene (void);

/* @path beneath the scene, with slashes; as the platform writes names. Free with g_free(). */
WCHAR *scene_path (const char *path);

/* FALSE where the system refuses. */
gboolean make_directory (const char *path);
gboolean make_file (const char *path, const char *content);
gboolean remove_file (const char *path);
gboolean move_object (const char *from, const char *to);
gboolean set_read_only (const char *path, gboolean read_only);

/* The scene as a site. Aborts where it cannot be opened. */
E13Tree *open_scene (void);
/* What of it is at @path; aborts where it cannot be pinned. */
E13Pin *pin_of (const E13Tree *tree, const char *path);
