/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* On Windows an administrator's programs run without an administrator's rights until they are started otherwise. */

#pragma once

#include "platform/platform.h"

/* May this process write to what is not its user's? FALSE and E13_ERROR_USAGE with what to do where it may not, and the
 * command line @argv to give again. */
gboolean e13_elevation_check (const E13ReadOps *ops, int argc, char *const *argv, GError **error);
