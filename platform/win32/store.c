/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "platform/store.h"

#include <errno.h>
#include <fcntl.h>
#include <io.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/quote.h"
#include "platform/win32/list.h"
#include "platform/win32/store-place.h"

/* Where a lock is taken: behind anything that a file holds, since what is locked cannot be read. */
#define LOCK_OFFSET 0x40000000

NTSYSAPI NTSTATUS NTAPI RtlGetLastNtStatus (void);

/* FALSE, with the errno of a status, or of the last call of Win32. */
static gboolean
fail (NTSTATUS status)
{
  errno = e13_nt_errno (status);
  return FALSE;
}

static gboolean
fail_last (void)
{
  return fail (RtlGetLastNtStatus ());
}

/* ---- Listing --------------------------------------------------------------------------------- */

GPtrArray *
e13_store_list (const E13Store *store)
{
  const E13NtHow how = { .access = FILE_LIST_DIRECTORY, .share = E13_NT_SHARE_ALL, .disposition = FILE_OPEN };
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  e13_autohandle HANDLE handle = NULL;
  NTSTATUS status = e13_nt_open (store->handle, NULL, 0, &how, &handle); /* anew: a listing goes on where it was */

  while (NT_SUCCESS (status))
    {
      g_autoptr (GByteArray) block = e13_win32_list_block (handle, &status);
      const E13ListedName *name = NULL;

      if (block == NULL)
        break;
      while ((name = e13_win32_next_name (block, name)) != NULL)
        g_ptr_array_add (names, g_strdup (name->text));
    }
  if (NT_SUCCESS (status))
    return g_steal_pointer (&names);
  fail (status);
  return NULL;
}

/* ---- Writing --------------------------------------------------------------------------------- */

struct E13StoreFile
{
  HANDLE handle;
};

E13StoreFile *
e13_store_create (E13Store *store, const char *name)
{
  const E13NtHow how = {
    .access = FILE_WRITE_DATA | FILE_READ_ATTRIBUTES | DELETE,
    .share = FILE_SHARE_READ,
    .disposition = FILE_CREATE,
    .options = FILE_NON_DIRECTORY_FILE,
    .descriptor = e13_store_descriptor (),
  };
  HANDLE handle = NULL;
  NTSTATUS status = e13_nt_open_name (store->handle, name, &how, &handle);
  E13StoreFile *file;

  if (!NT_SUCCESS (status))
    return fail (status), NULL;
  file = g_new (E13StoreFile, 1);
  file->handle = handle;
  return file;
}

static gboolean
write_all (HANDLE handle, const char *data, gsize length)
{
  while (length > 0)
    {
      DWORD written = 0;

      if (!WriteFile (handle, data, (DWORD)MIN (length, G_MAXINT32), &written, NULL))
        return fail_last ();
      data += written;
      length -= written;
    }
  return TRUE;
}

gboolean
e13_store_write (E13StoreFile *file, const char *data, gsize length)
{
  return write_all (file->handle, data, length);
}

/* The name is in the file system's own journal before the file's content is flushed. */
gboolean
e13_store_sync (E13StoreFile *file)
{
  return FlushFileBuffers (file->handle) || fail_last ();
}

void
e13_store_remove (E13StoreFile *file)
{
  FILE_DISPOSITION_INFORMATION disposition = { .DoDeleteFile = TRUE };

  e13_nt_set (file->handle, FileDispositionInformation, &disposition, sizeof disposition);
}

void
e13_store_file_free (E13StoreFile *file)
{
  e13_close_handle (&file->handle);
  g_free (file);
}

/* ---- Appending ------------------------------------------------------------------------------- */

static gboolean
seek (HANDLE handle, gint64 offset, DWORD from, gint64 *ret_offset)
{
  LARGE_INTEGER distance = { .QuadPart = offset };
  LARGE_INTEGER reached;

  if (!SetFilePointerEx (handle, distance, &reached, from))
    return fail_last ();
  *ret_offset = reached.QuadPart;
  return TRUE;
}

static gboolean
read_at (HANDLE handle, gint64 offset, char *buffer, gsize length)
{
  gint64 reached;
  DWORD n = 0;

  if (!seek (handle, offset, FILE_BEGIN, &reached))
    return FALSE;
  if (!ReadFile (handle, buffer, (DWORD)length, &n, NULL))
    return fail_last ();
  errno = ENOENT;
  return n == length;
}

/* Behind the last whole line. */
static gboolean
end_of_lines (HANDLE handle, gint64 *ret_end)
{
  gint64 end;
  char last;

  if (!seek (handle, 0, FILE_END, &end))
    return FALSE;
  for (; end > 0; end--)
    {
      if (!read_at (handle, end - 1, &last, 1))
        return FALSE;
      if (last == '\n')
        break;
    }
  return seek (handle, end, FILE_BEGIN, ret_end);
}

/* It is opened anew by its path, in which another file may have been put since it was read. */
static gboolean
is_ours (HANDLE handle, const char *prefix)
{
  gsize length = strlen (prefix);
  g_autofree char *start = g_malloc (length);
  g_auto (E13Facts) facts = { 0 };
  g_autofree char *why_not = NULL;

  if (!NT_SUCCESS (e13_win32_facts (handle, &facts, NULL)) || facts.type != E13_TYPE_FILE)
    return FALSE;
  why_not = e13_store_why_not_trusted (&facts);
  return why_not == NULL && read_at (handle, 0, start, length) && memcmp (start, prefix, length) == 0;
}

gboolean
e13_store_append (const char *path, const char *prefix, const char *text)
{
  const E13NtHow how = {
    .access = FILE_READ_DATA | FILE_WRITE_DATA | FILE_READ_ATTRIBUTES | READ_CONTROL,
    .share = FILE_SHARE_READ,
    .disposition = FILE_OPEN,
    .any_case = TRUE,
  };
  e13_autohandle HANDLE handle = NULL;
  NTSTATUS status = e13_store_open_path (path, &how, &handle);
  gint64 end;

  if (!NT_SUCCESS (status))
    return fail (status);
  if (!is_ours (handle, prefix))
    {
      errno = ENOENT;
      return FALSE;
    }
  return end_of_lines (handle, &end) && (SetEndOfFile (handle) || fail_last ())
         && write_all (handle, text, strlen (text)) && (FlushFileBuffers (handle) || fail_last ());
}

/* ---- Reading --------------------------------------------------------------------------------- */

static gboolean
check_file (HANDLE handle, const char *shown, GError **error)
{
  g_auto (E13Facts) facts = { 0 };
  NTSTATUS status = e13_win32_facts (handle, &facts, NULL);
  g_autofree char *why_not = NULL;

  if (!NT_SUCCESS (status))
    return fail (status), e13_throw_errno (error, "cannot read the journal '%s'", shown);
  if (facts.type != E13_TYPE_FILE)
    return e13_throw (error, E13_ERROR_INPUT, "cannot read the journal '%s': it is no regular file", shown);
  why_not = e13_store_why_not_trusted (&facts);
  if (why_not != NULL)
    return e13_throw (error, E13_ERROR_REFUSED, "cannot trust the journal '%s': %s", shown, why_not);
  return TRUE;
}

/* Whoever may write to the folder could have put another administrator's file there. */
static gboolean
check_folder_of (const char *path, const char *shown, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GError) cause = NULL;
  g_autoptr (E13Store) store = e13_store_open_chosen (folder, &cause);

  if (store != NULL || !g_error_matches (cause, E13_ERROR, E13_ERROR_REFUSED))
    return TRUE; /* or opening the file fails in its own words */
  return e13_throw (error, E13_ERROR_REFUSED, "cannot trust the journal '%s': %s", shown, cause->message);
}

/* Takes @handle. */
static FILE *
stream_of (HANDLE handle)
{
  int fd = _open_osfhandle ((intptr_t)handle, _O_RDONLY | _O_BINARY);
  FILE *in = fd >= 0 ? _fdopen (fd, "rb") : NULL;

  if (in == NULL && fd >= 0)
    _close (fd);
  else if (in == NULL)
    CloseHandle (handle);
  return in;
}

FILE *
e13_store_read (const E13Store *store, const char *name, GError **error)
{
  const E13NtHow how = {
    .access = FILE_READ_DATA | FILE_READ_ATTRIBUTES | READ_CONTROL,
    .share = FILE_SHARE_READ | FILE_SHARE_WRITE,
    .disposition = FILE_OPEN,
    .any_case = TRUE,
  };
  g_autofree char *shown = e13_quote_windows (name);
  HANDLE handle = NULL;
  NTSTATUS status;
  FILE *in;

  if (store == NULL && !check_folder_of (name, shown, error))
    return NULL;
  status = store != NULL ? e13_nt_open_name (store->handle, name, &how, &handle)
                         : e13_store_open_path (name, &how, &handle);
  if (!NT_SUCCESS (status))
    return fail (status), e13_throw_errno (error, "cannot open the journal '%s'", shown), NULL;
  if (!check_file (handle, shown, error))
    return CloseHandle (handle), NULL;
  in = stream_of (handle);
  if (in == NULL)
    e13_throw_errno (error, "cannot read the journal '%s'", shown);
  return in;
}

/* ---- The lock -------------------------------------------------------------------------------- */

struct E13StoreLock
{
  HANDLE handle;
};

/* Who holds the lock, as the holder wrote it; 0 where it has not yet. */
static guint
holder (HANDLE handle)
{
  char text[16] = "";
  DWORD n = 0;

  return ReadFile (handle, text, sizeof text - 1, &n, NULL) ? (guint)strtoul (text, NULL, 10) : 0;
}

/* Only for the other's message, so a failure does not matter. */
static void
sign (HANDLE handle)
{
  g_autofree char *text = g_strdup_printf ("%lu\n", GetCurrentProcessId ());

  if (SetEndOfFile (handle))
    write_all (handle, text, strlen (text));
}

E13StoreLock *
e13_store_lock (E13Store *store, const char *name, guint *ret_holder)
{
  const E13NtHow how = {
    .access = FILE_READ_DATA | FILE_WRITE_DATA,
    .share = FILE_SHARE_READ | FILE_SHARE_WRITE,
    .disposition = FILE_OPEN_IF,
    .options = FILE_NON_DIRECTORY_FILE,
    .descriptor = e13_store_descriptor (),
  };
  OVERLAPPED place = { .Offset = LOCK_OFFSET };
  e13_autohandle HANDLE handle = NULL;
  NTSTATUS status = e13_nt_open_name (store->handle, name, &how, &handle);
  E13StoreLock *lock;

  *ret_holder = 0;
  if (!NT_SUCCESS (status))
    return fail (status), NULL;
  if (!LockFileEx (handle, LOCKFILE_EXCLUSIVE_LOCK | LOCKFILE_FAIL_IMMEDIATELY, 0, 1, 0, &place))
    {
      *ret_holder = holder (handle);
      errno = EWOULDBLOCK;
      return NULL;
    }
  sign (handle);
  lock = g_new (E13StoreLock, 1);
  lock->handle = handle;
  handle = NULL;
  return lock;
}

void
e13_store_unlock (E13StoreLock *lock)
{
  if (lock == NULL)
    return;
  e13_close_handle (&lock->handle);
  g_free (lock);
}
