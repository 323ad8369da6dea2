/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the write operations share. */

#pragma once

#include "platform/win32/pin.h"

/* Opens the directories on the way to @pin once more, so that none can be renamed or removed while these handles are
 * open. NULL and @error where one is just being moved. */
GArray *e13_win32_hold_way (const E13Win32Pin *pin, GError **error);
/* With the way held: does it still lead, step by step, to what is pinned? */
gboolean e13_win32_check_way (const E13Win32Pin *pin, GError **error);

/* The DACL of the self-relative descriptor @sd, and nothing else of it. */
NTSTATUS e13_win32_write_dacl (HANDLE handle, GBytes *sd);

/* Attributes that can be set; the system keeps the others by itself. */
#define E13_NT_SETTABLE                                                                                                \
  (FILE_ATTRIBUTE_READONLY | FILE_ATTRIBUTE_HIDDEN | FILE_ATTRIBUTE_SYSTEM | FILE_ATTRIBUTE_ARCHIVE                    \
   | FILE_ATTRIBUTE_TEMPORARY | FILE_ATTRIBUTE_OFFLINE | FILE_ATTRIBUTE_NOT_CONTENT_INDEXED)
