/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "platform/platform.h"

const E13ReadOps *const e13_host_read = &e13_win32_read;
const E13WriteOps *const e13_host_write = &e13_win32_write;
const E13ReadOps *const e13_host_foreign_read = NULL;
const E13WriteOps *const e13_host_foreign_write = NULL;
