/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Whom the store believes, and what it gives its own objects. */

#pragma once

#include "platform/store.h"
#include "platform/win32/facts.h"

struct E13Store
{
  HANDLE handle;
};

/* The descriptor of a folder or file of our own: nobody gets in but the system, the administrators and, for who is
 * none, the caller; nothing is inherited. Owned by the module, valid for ever. */
gconstpointer e13_store_descriptor (void);

/* Why the object of @facts may hold what somebody else has put there; NULL where it cannot. Free with g_free(). */
char *e13_store_why_not_trusted (const E13Facts *facts);

/* Opens what is at the absolute @path as @how says. */
NTSTATUS e13_store_open_path (const char *path, const E13NtHow *how, HANDLE *ret_handle);
