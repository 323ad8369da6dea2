/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Listing directories: blocks of names. */

#pragma once

#include "platform/win32/nt.h"

typedef struct
{
  guint8 is_directory; /* and no reparse point: the system's word at that moment */
  char text[];
} E13ListedName;

/* The next names in @directory, opened with FILE_LIST_DIRECTORY, without "." and "..". NULL at the end, and where it
 * fails: @ret_status. Free with g_byte_array_unref(). */
GByteArray *e13_win32_list_block (HANDLE directory, NTSTATUS *ret_status);

/* The name after @previous (NULL: the first one); NULL at the end. Owned by @block. */
const E13ListedName *e13_win32_next_name (const GByteArray *block, const E13ListedName *previous);

/* How the directory itself writes @name, whose letters may differ in case, or which is its short form. NULL where that
 * cannot be told. Free with g_free(). */
char *e13_win32_true_name (HANDLE directory, const char *name);
