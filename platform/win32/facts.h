/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* E13Facts of what a handle holds. */

#pragma once

#include "model/object.h"
#include "platform/win32/nt.h"

/* What the system says of an object, beside its descriptor. */
typedef struct
{
  FILE_BASIC_INFORMATION basic;
  ULONG n_links;
  ULONG tag; /* of a reparse point; 0: none */
  guint64 volume;
  guint64 id[2]; /* of the file in its volume: low, high (0 but on ReFS) */
} E13NtInfo;

NTSTATUS e13_win32_info (HANDLE handle, E13NtInfo *ret_info);

/* The same file of the same volume. */
gboolean e13_win32_same_object (const E13NtInfo *a, const E13NtInfo *b);

/* Reads all that is known of an object; @ret_facts are without owned parts where that fails. A descriptor that cannot
 * be read is no failure: sd_errno. @ret_info may be NULL. */
NTSTATUS e13_win32_facts (HANDLE handle, E13Facts *ret_facts, E13NtInfo *ret_info);

/* Which volume, which file, and when it was made: ids are used again. Free with g_free(). */
char *e13_win32_handle_text (const E13NtInfo *info);
