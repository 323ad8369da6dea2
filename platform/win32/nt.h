/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The system's own calls: those that open an object relative to another's handle and ask and set by handle, which no
 * documented function of Win32 does. They are documented for drivers, and stable since Windows NT. Handles are owned by
 * type: `e13_autohandle HANDLE handle = NULL;` closes itself. */

#pragma once

#ifndef _WIN32_WINNT
#define _WIN32_WINNT 0x0a00
#endif
#define WIN32_NO_STATUS
#include <windows.h>
#undef WIN32_NO_STATUS
#include <ntstatus.h>
#include <winternl.h>

#include <glib.h>

static inline void
e13_close_handle (HANDLE *handle)
{
  if (*handle != NULL)
    CloseHandle (*handle);
  *handle = NULL;
}

#define e13_autohandle __attribute__ ((cleanup (e13_close_handle)))

/* Nobody is kept from anything by what we have open. */
#define E13_NT_SHARE_ALL (FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE)

/* What every opening has: a link is opened itself, tape is not rewound, and the backup privilege counts where it is
 * held and on. */
#define E13_NT_OPTIONS                                                                                                 \
  (FILE_SYNCHRONOUS_IO_NONALERT | FILE_OPEN_REPARSE_POINT | FILE_OPEN_FOR_BACKUP_INTENT | FILE_OPEN_NO_RECALL)

/* How an object is opened. */
typedef struct
{
  ACCESS_MASK access; /* SYNCHRONIZE is added */
  ULONG share;        /* E13_NT_SHARE_ALL, or less */
  ULONG disposition;  /* FILE_OPEN, FILE_CREATE, ... */
  ULONG options;      /* beside E13_NT_OPTIONS: FILE_DIRECTORY_FILE ... */
  gboolean any_case;  /* as people write names; else exactly the name where the directory tells them apart */
  gboolean filtered;  /* the content that a filter keeps elsewhere (deduplicated) instead of what stands on the disk: a
                         link is then followed, and the caller has to see what it got */
  gconstpointer descriptor; /* self-relative, of what is created; NULL: what the directory hands down */
} E13NtHow;

/* @name (@length units) relative to what @parent holds, or absolute where that is NULL; without a name what @parent
 * holds is opened once more. */
NTSTATUS e13_nt_open (HANDLE parent, const gunichar2 *name, gsize length, const E13NtHow *how, HANDLE *ret_handle);
/* The same for one name in a directory, in the program's form; STATUS_OBJECT_NAME_INVALID where it is none. */
NTSTATUS e13_nt_open_name (HANDLE parent, const char *name, const E13NtHow *how, HANDLE *ret_handle);
/* With each of @accesses in turn, which end in 0, until one is granted. */
NTSTATUS e13_nt_open_name_with (HANDLE parent, const char *name, const E13NtHow *how, const ACCESS_MASK *accesses,
                                HANDLE *ret_handle);

NTSTATUS e13_nt_query (HANDLE handle, int class, void *buffer, gsize size);
NTSTATUS e13_nt_set (HANDLE handle, int class, void *buffer, gsize size);
/* An FS_CONTROL that takes nothing; @ret_size is what it wrote. */
NTSTATUS e13_nt_control (HANDLE handle, ULONG code, void *buffer, gsize size, gsize *ret_size);

/* The next records of a listing, from the start where @restart is set; @mask may be NULL: all. STATUS_NO_MORE_FILES at
 * the end, or STATUS_NO_SUCH_FILE where there was not even one. */
NTSTATUS e13_nt_list (HANDLE directory, void *buffer, gsize size, const gunichar2 *mask, gsize mask_length,
                      gboolean restart, gsize *ret_size);

/* The parts of the self-relative descriptor that @parts names; NULL where @ret_status is none of success. */
GBytes *e13_nt_query_security (HANDLE handle, SECURITY_INFORMATION parts, NTSTATUS *ret_status);
/* Writes to this one object: nothing is handed down. */
NTSTATUS e13_nt_set_security (HANDLE handle, SECURITY_INFORMATION parts, const void *descriptor);

/* 0 for success; EIO for what has no better word. */
int e13_nt_errno (NTSTATUS status);
/* "cannot WHAT 'PATH': " and the system's words, in E13_ERRNO. FALSE. */
gboolean e13_nt_throw (GError **error, NTSTATUS status, const char *what, const char *path);
