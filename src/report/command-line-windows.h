/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What icacls is told to do. */

#pragma once

#include "repair/windows-plan.h"

/* `icacls TARGET /grant "*S-1-5-11:(OI)(CI)M"`, for cmd and PowerShell alike, after `mkdir TARGET` where it is to be
 * made. @target: quoted already. An array of char *; free with g_ptr_array_unref(). */
GPtrArray *e13_command_line_icacls (const E13WindowsGrant *grant, const char *target);

/* The same in words, for an object whose path on its own machine is not known. Free with g_free(). */
char *e13_command_line_grant (const E13WindowsGrant *grant, const char *path);
