/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Volumes: the function is that of E13ReadOps of the same name; platform.h has its contract. */

#pragma once

#include "platform/platform.h"

gboolean e13_win32_mount_of (const E13Pin *pin, E13Mount *ret_mount, GError **error);
