/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "platform/win32/list.h"

#include <stddef.h>
#include <string.h>

#include "platform/win32/names.h"

#define BUFFER_SIZE 65536
#define HEAD_SIZE offsetof (FILE_FULL_DIR_INFORMATION, FileName)

/* The record at @offset of @size bytes; NULL where there is none, or it does not fit. */
static const FILE_FULL_DIR_INFORMATION *
record_at (const guint8 *buffer, gsize size, gsize offset)
{
  const FILE_FULL_DIR_INFORMATION *record = (const void *)(buffer + offset);

  if (offset > size || size - offset < HEAD_SIZE || record->FileNameLength > size - offset - HEAD_SIZE)
    return NULL;
  return record;
}

static char *
name_of (const FILE_FULL_DIR_INFORMATION *record)
{
  return e13_win32_from_utf16 ((const gunichar2 *)record->FileName, record->FileNameLength / sizeof (WCHAR));
}

static void
append_name (GByteArray *block, const FILE_FULL_DIR_INFORMATION *record)
{
  g_autofree char *name = name_of (record);
  ULONG kind = record->FileAttributes & (FILE_ATTRIBUTE_DIRECTORY | FILE_ATTRIBUTE_REPARSE_POINT);
  guint8 is_directory = kind == FILE_ATTRIBUTE_DIRECTORY;

  if (strcmp (name, ".") == 0 || strcmp (name, "..") == 0)
    return;
  g_byte_array_append (block, &is_directory, 1);
  g_byte_array_append (block, (const guint8 *)name, (guint)strlen (name) + 1);
}

GByteArray *
e13_win32_list_block (HANDLE directory, NTSTATUS *ret_status)
{
  g_autofree guint8 *buffer = g_malloc (BUFFER_SIZE);
  g_autoptr (GByteArray) block = g_byte_array_new ();
  const FILE_FULL_DIR_INFORMATION *record;
  gsize size, offset;

  /* A buffer may hold nothing but "." and "..". */
  while (block->len == 0)
    {
      *ret_status = e13_nt_list (directory, buffer, BUFFER_SIZE, NULL, 0, FALSE, &size);
      /* Both say the end; a root has not even ".", and one that is being removed has no entries any more. */
      if (*ret_status == STATUS_NO_MORE_FILES || *ret_status == STATUS_NO_SUCH_FILE
          || *ret_status == STATUS_DELETE_PENDING)
        *ret_status = STATUS_SUCCESS;
      if (!NT_SUCCESS (*ret_status) || size == 0)
        return NULL;
      for (offset = 0; (record = record_at (buffer, size, offset)) != NULL; offset += record->NextEntryOffset)
        {
          append_name (block, record);
          if (record->NextEntryOffset == 0)
            break;
        }
    }
  return g_steal_pointer (&block);
}

const E13ListedName *
e13_win32_next_name (const GByteArray *block, const E13ListedName *previous)
{
  const guint8 *next = block->data;

  if (previous != NULL)
    next = (const guint8 *)previous->text + strlen (previous->text) + 1;
  return next < block->data + block->len ? (const E13ListedName *)next : NULL;
}

char *
e13_win32_true_name (HANDLE directory, const char *name)
{
  const E13NtHow how = {
    .access = FILE_LIST_DIRECTORY,
    .share = E13_NT_SHARE_ALL,
    .disposition = FILE_OPEN,
    .options = FILE_DIRECTORY_FILE,
  };
  gsize length = 0, size = 0;
  g_autofree gunichar2 *mask = e13_win32_to_utf16 (name, &length);
  g_autofree guint8 *buffer = g_malloc (BUFFER_SIZE);
  e13_autohandle HANDLE list = NULL;
  const FILE_FULL_DIR_INFORMATION *record = NULL;

  if (mask != NULL && NT_SUCCESS (e13_nt_open (directory, NULL, 0, &how, &list))
      && NT_SUCCESS (e13_nt_list (list, buffer, BUFFER_SIZE, mask, length, TRUE, &size)))
    record = record_at (buffer, size, 0);
  return record != NULL && record->NextEntryOffset == 0 ? name_of (record) : NULL;
}
