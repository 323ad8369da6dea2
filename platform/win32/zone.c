/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "platform/win32/zone.h"

#include <string.h>

#define MAX_BYTES 65536

static const WCHAR zone_name[] = L":Zone.Identifier";
#define ZONE_NAME (const gunichar2 *)zone_name, G_N_ELEMENTS (zone_name) - 1

static NTSTATUS
open_stream (HANDLE base, const gunichar2 *name, gsize length, ACCESS_MASK access, ULONG disposition, HANDLE *ret)
{
  const E13NtHow how = {
    .access = access,
    .share = E13_NT_SHARE_ALL,
    .disposition = disposition,
    .options = FILE_NON_DIRECTORY_FILE,
    .any_case = TRUE,
  };

  return e13_nt_open (base, name, length, &how, ret);
}

GBytes *
e13_win32_stream_read (HANDLE base, const gunichar2 *name, gsize length)
{
  g_autofree guint8 *buffer = NULL;
  e13_autohandle HANDLE stream = NULL;
  gsize size = 0;
  DWORD got = 0;

  if (!NT_SUCCESS (open_stream (base, name, length, FILE_READ_DATA, FILE_OPEN, &stream)))
    return NULL;
  buffer = g_malloc (MAX_BYTES + 1);
  do
    {
      if (!ReadFile (stream, buffer + size, (DWORD)(MAX_BYTES + 1 - size), &got, NULL)
          && GetLastError () != ERROR_HANDLE_EOF)
        return NULL;
      size += got;
    }
  while (got > 0 && size <= MAX_BYTES);
  return size <= MAX_BYTES ? g_bytes_new (buffer, size) : NULL;
}

/* Does @handle hold a stream of that name? A file system that took the name for the file's own would have us remove the
 * file. */
static gboolean
is_that_stream (HANDLE handle, const gunichar2 *name, gsize length)
{
  static const WCHAR type[] = L":$DATA";
  const gsize type_length = G_N_ELEMENTS (type) - 1;
  gsize size = sizeof (FILE_NAME_INFORMATION) + G_MAXUINT16;
  g_autofree FILE_NAME_INFORMATION *full = g_malloc0 (size);
  gsize n;

  if (!NT_SUCCESS (e13_nt_query (handle, FileNameInformation, full, size)))
    return FALSE;
  n = full->FileNameLength / sizeof (WCHAR);
  if (n >= type_length && _wcsnicmp (full->FileName + n - type_length, type, type_length) == 0)
    n -= type_length;
  return n >= length && _wcsnicmp (full->FileName + n - length, (const WCHAR *)name, length) == 0;
}

static NTSTATUS
remove_stream (HANDLE base, const gunichar2 *name, gsize length)
{
  FILE_DISPOSITION_INFORMATION disposition = { TRUE };
  e13_autohandle HANDLE stream = NULL;
  NTSTATUS status = open_stream (base, name, length, DELETE | FILE_READ_ATTRIBUTES, FILE_OPEN, &stream);

  if (!NT_SUCCESS (status))
    return status == STATUS_OBJECT_NAME_NOT_FOUND ? STATUS_SUCCESS : status;
  if (!is_that_stream (stream, name, length))
    return STATUS_NOT_SUPPORTED;
  return e13_nt_set (stream, FileDispositionInformation, &disposition, sizeof disposition);
}

NTSTATUS
e13_win32_stream_write (HANDLE base, const gunichar2 *name, gsize length, GBytes *content)
{
  e13_autohandle HANDLE stream = NULL;
  FILE_END_OF_FILE_INFORMATION end;
  gsize size;
  const guint8 *bytes;
  DWORD done = 0;
  NTSTATUS status;

  if (content == NULL)
    return remove_stream (base, name, length);
  bytes = g_bytes_get_data (content, &size);
  status = open_stream (base, name, length, FILE_WRITE_DATA | FILE_READ_ATTRIBUTES, FILE_OPEN_IF, &stream);
  if (!NT_SUCCESS (status))
    return status;
  if (!is_that_stream (stream, name, length))
    return STATUS_NOT_SUPPORTED;
  if (size > 0 && (!WriteFile (stream, bytes, (DWORD)size, &done, NULL) || done != size))
    return STATUS_DISK_FULL;
  end.EndOfFile.QuadPart = (LONGLONG)size;
  return e13_nt_set (stream, FileEndOfFileInformation, &end, sizeof end);
}

GBytes *
e13_win32_zone_read (HANDLE file)
{
  return e13_win32_stream_read (file, ZONE_NAME);
}

NTSTATUS
e13_win32_zone_write (HANDLE file, GBytes *zone) { return e13_win32_stream_write (file, ZONE_NAME, zone); }
