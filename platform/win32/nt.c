/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "platform/win32/nt.h"

#include <errno.h>
#include <string.h>

#include "base/error.h"
#include "base/quote.h"
#include "platform/win32/names.h"

/* winternl.h lacks them; as in the documentation of the Windows driver kit. */
NTSYSAPI NTSTATUS NTAPI NtQueryDirectoryFile (HANDLE file, HANDLE event, PIO_APC_ROUTINE apc, PVOID apc_context,
                                              PIO_STATUS_BLOCK io, PVOID buffer, ULONG length, int information_class,
                                              BOOLEAN single_entry, PUNICODE_STRING mask, BOOLEAN restart);
NTSYSAPI NTSTATUS NTAPI NtQuerySecurityObject (HANDLE handle, SECURITY_INFORMATION parts, PSECURITY_DESCRIPTOR buffer,
                                               ULONG length, PULONG length_needed);
NTSYSAPI NTSTATUS NTAPI NtSetSecurityObject (HANDLE handle, SECURITY_INFORMATION parts, PSECURITY_DESCRIPTOR buffer);

#define FIRST_DESCRIPTOR_SIZE 1024

static UNICODE_STRING
unicode_string (const gunichar2 *units, gsize length)
{
  return (UNICODE_STRING){ (USHORT)(length * sizeof *units), (USHORT)(length * sizeof *units), (PWSTR)units };
}

static gboolean
is_too_long (gsize length)
{
  return length > G_MAXUINT16 / sizeof (gunichar2);
}

NTSTATUS
e13_nt_open (HANDLE parent, const gunichar2 *name, gsize length, const E13NtHow *how, HANDLE *ret_handle)
{
  UNICODE_STRING string = unicode_string (name, length);
  OBJECT_ATTRIBUTES attributes;
  IO_STATUS_BLOCK io;
  ULONG options = how->options | E13_NT_OPTIONS;
  HANDLE handle = NULL;
  NTSTATUS status;

  *ret_handle = NULL;
  if (how->filtered)
    options &= ~(ULONG)FILE_OPEN_REPARSE_POINT;
  if (is_too_long (length))
    return STATUS_NAME_TOO_LONG;
  InitializeObjectAttributes (&attributes, &string, how->any_case ? OBJ_CASE_INSENSITIVE : 0, parent,
                              (PVOID)how->descriptor);
  status = NtCreateFile (&handle, how->access | SYNCHRONIZE, &attributes, &io, NULL, FILE_ATTRIBUTE_NORMAL, how->share,
                         how->disposition, options, NULL, 0);
  if (NT_SUCCESS (status))
    *ret_handle = handle;
  return status;
}

NTSTATUS
e13_nt_open_name (HANDLE parent, const char *name, const E13NtHow *how, HANDLE *ret_handle)
{
  gsize length = 0;
  g_autofree gunichar2 *units = e13_win32_is_name (name) ? e13_win32_to_utf16 (name, &length) : NULL;

  *ret_handle = NULL;
  return units != NULL ? e13_nt_open (parent, units, length, how, ret_handle) : STATUS_OBJECT_NAME_INVALID;
}

NTSTATUS
e13_nt_open_name_with (HANDLE parent, const char *name, const E13NtHow *how, const ACCESS_MASK *accesses,
                       HANDLE *ret_handle)
{
  NTSTATUS status = STATUS_ACCESS_DENIED;

  for (; *accesses != 0 && status == STATUS_ACCESS_DENIED; accesses++)
    {
      E13NtHow with = *how;

      with.access = *accesses;
      status = *name != '\0' ? e13_nt_open_name (parent, name, &with, ret_handle)
                             : e13_nt_open (parent, NULL, 0, &with, ret_handle);
    }
  return status;
}

NTSTATUS
e13_nt_query (HANDLE handle, int class, void *buffer, gsize size)
{
  IO_STATUS_BLOCK io;

  return NtQueryInformationFile (handle, &io, buffer, (ULONG)size, (FILE_INFORMATION_CLASS) class);
}

NTSTATUS
e13_nt_set (HANDLE handle, int class, void *buffer, gsize size)
{
  IO_STATUS_BLOCK io;

  return NtSetInformationFile (handle, &io, buffer, (ULONG)size, (FILE_INFORMATION_CLASS) class);
}

NTSTATUS
e13_nt_control (HANDLE handle, ULONG code, void *buffer, gsize size, gsize *ret_size)
{
  IO_STATUS_BLOCK io = { 0 };
  NTSTATUS status = NtFsControlFile (handle, NULL, NULL, NULL, &io, code, NULL, 0, buffer, (ULONG)size);

  *ret_size = NT_SUCCESS (status) ? MIN (io.Information, size) : 0;
  return status;
}

NTSTATUS
e13_nt_list (HANDLE directory, void *buffer, gsize size, const gunichar2 *mask, gsize mask_length, gboolean restart,
             gsize *ret_size)
{
  UNICODE_STRING string = unicode_string (mask, mask_length);
  IO_STATUS_BLOCK io = { 0 };
  NTSTATUS status
      = NtQueryDirectoryFile (directory, NULL, NULL, NULL, &io, buffer, (ULONG)size, FileFullDirectoryInformation,
                              FALSE, mask != NULL ? &string : NULL, (BOOLEAN)restart);

  *ret_size = NT_SUCCESS (status) ? MIN (io.Information, size) : 0;
  return status;
}

GBytes *
e13_nt_query_security (HANDLE handle, SECURITY_INFORMATION parts, NTSTATUS *ret_status)
{
  ULONG size = FIRST_DESCRIPTOR_SIZE, needed = 0;

  for (;;)
    {
      g_autofree guint8 *buffer = g_malloc0 (size);

      *ret_status = NtQuerySecurityObject (handle, parts, buffer, size, &needed);
      if (NT_SUCCESS (*ret_status))
        return g_bytes_new (buffer, GetSecurityDescriptorLength (buffer));
      /* It may have grown meanwhile, but it does not shrink to what was too small. */
      if (*ret_status != STATUS_BUFFER_TOO_SMALL || needed <= size)
        return NULL;
      size = needed;
    }
}

NTSTATUS
e13_nt_set_security (HANDLE handle, SECURITY_INFORMATION parts, const void *descriptor)
{
  return NtSetSecurityObject (handle, parts, (PSECURITY_DESCRIPTOR)descriptor);
}

/* ---- Errors ------------------------------------------------------------------------------------------------------ */

static const struct
{
  NTSTATUS status;
  int error;
} errors[] = {
  { STATUS_OBJECT_NAME_NOT_FOUND, ENOENT },
  { STATUS_NO_SUCH_FILE, ENOENT },
  { STATUS_OBJECT_PATH_NOT_FOUND, ENOENT },
  { STATUS_DELETE_PENDING, ENOENT },
  { STATUS_FILE_DELETED, ENOENT },
  { STATUS_NO_SUCH_DEVICE, ENOENT },
  { STATUS_BAD_NETWORK_PATH, ENOENT },
  { STATUS_BAD_NETWORK_NAME, ENOENT },
  { STATUS_OBJECT_NAME_INVALID, EINVAL },
  { STATUS_OBJECT_PATH_SYNTAX_BAD, EINVAL },
  { STATUS_INVALID_PARAMETER, EINVAL },
  { STATUS_NOT_A_DIRECTORY, ENOTDIR },
  { STATUS_FILE_IS_A_DIRECTORY, EISDIR },
  { STATUS_ACCESS_DENIED, EACCES },
  { STATUS_NETWORK_ACCESS_DENIED, EACCES },
  { STATUS_LOGON_FAILURE, EACCES },
  { STATUS_CANNOT_DELETE, EACCES },
  { STATUS_PRIVILEGE_NOT_HELD, EPERM },
  { STATUS_INVALID_OWNER, EPERM },
  { STATUS_SHARING_VIOLATION, EBUSY },
  { STATUS_FILE_LOCK_CONFLICT, EBUSY },
  { STATUS_OBJECT_NAME_COLLISION, EEXIST },
  { STATUS_DIRECTORY_NOT_EMPTY, ENOTEMPTY },
  { STATUS_MEDIA_WRITE_PROTECTED, EROFS },
  { STATUS_DISK_FULL, ENOSPC },
  { STATUS_NAME_TOO_LONG, ENAMETOOLONG },
  { STATUS_INVALID_DEVICE_REQUEST, ENOTSUP },
  { STATUS_NOT_SUPPORTED, ENOTSUP },
  { STATUS_NOT_IMPLEMENTED, ENOTSUP },
  { STATUS_INVALID_INFO_CLASS, ENOTSUP },
  { STATUS_NO_MEMORY, ENOMEM },
  { STATUS_INSUFFICIENT_RESOURCES, ENOMEM },
  { STATUS_DEVICE_NOT_READY, ENODEV },
  { STATUS_NO_MEDIA_IN_DEVICE, ENODEV },
  { STATUS_VOLUME_DISMOUNTED, ENODEV },
  { STATUS_STOPPED_ON_SYMLINK, ELOOP },
};

int
e13_nt_errno (NTSTATUS status)
{
  if (NT_SUCCESS (status))
    return 0;
  for (gsize i = 0; i < G_N_ELEMENTS (errors); i++)
    if (errors[i].status == status)
      return errors[i].error;
  return EIO;
}

/* The system's words have a full stop and the end of a line after them. */
static char *
words_of (NTSTATUS status)
{
  char *words = g_win32_error_message ((int)RtlNtStatusToDosError (status));
  gsize length;

  g_strchomp (words);
  length = strlen (words);
  if (length > 0 && words[length - 1] == '.')
    words[length - 1] = '\0';
  return words;
}

gboolean
e13_nt_throw (GError **error, NTSTATUS status, const char *what, const char *path)
{
  g_autofree char *shown = e13_quote_windows (path);
  g_autofree char *words = words_of (status);

  g_set_error (error, E13_ERRNO, e13_nt_errno (status), "cannot %s '%s': %s", what, shown, words);
  return FALSE;
}
