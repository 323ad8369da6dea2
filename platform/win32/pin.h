/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Pinned objects: the functions are those of E13ReadOps of the same names; platform.h has their contracts. */

#pragma once

#include "platform/platform.h"
#include "platform/win32/nt.h"

typedef struct
{
  E13Pin base;
  HANDLE handle; /* for attributes and, where that was granted, the descriptor; keeps nobody from anything */
  GArray *above; /* of HANDLE: the directories on the way here, from where the way began; empty of what was not reached
                    by a way */
  GPtrArray
      *names; /* of char *: in each of @above, of the next one, and last of the object; NULL where there is none */
} E13Win32Pin;

static inline E13Win32Pin *
e13_win32_pin_of (E13Pin *pin)
{
  return (E13Win32Pin *)(void *)pin;
}

static inline HANDLE
e13_win32_handle_of_pin (const E13Pin *pin)
{
  return ((const E13Win32Pin *)(const void *)pin)->handle;
}

/* What a pin is opened with, best first; ends in 0. */
extern const ACCESS_MASK e13_win32_pin_accesses[];

/* Takes @handle, also where it fails: NULL and @error. */
E13Pin *e13_win32_pin_of_handle (HANDLE handle, const char *path, GError **error);
/* The object @name of @directory. */
E13Pin *e13_win32_pin_name (HANDLE directory, const char *name, gboolean any_case, const char *path, GError **error);
/* What @pin holds, pinned once more. */
E13Pin *e13_win32_pin_again (const E13Pin *pin, const char *path, GError **error);
/* The root of a drive or share, as in E13WinPath. */
E13Pin *e13_win32_pin_root (const char *root, GError **error);

E13Pin *e13_win32_pin (const E13Tree *tree, const char *path, GError **error);
E13Pin *e13_win32_pin_entry (const E13Batch *batch, gsize index, GError **error);
gboolean e13_win32_refresh (E13Pin *pin, GError **error);
void e13_win32_unpin (E13Pin *pin);
GBytes *e13_win32_read_file (const E13Pin *pin, gsize max_bytes, GError **error);
GPtrArray *e13_win32_list (const E13Pin *directory, GError **error);
char *e13_win32_handle_of (const E13Pin *pin, GError **error);
