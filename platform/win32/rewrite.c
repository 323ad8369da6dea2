/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A file with another content: written beside it, given all that the first one has, and renamed over it, by handle.
 * Windows cannot exchange two names, so the last look at the old file comes just before. Nobody else can open the new
 * one meanwhile, and the directory cannot be moved. */

#include "config.h"

#include "platform/win32/rewrite.h"

#include <string.h>

#include "base/error.h"
#include "base/quote.h"
#include "platform/beside.h"
#include "platform/win32/facts.h"
#include "platform/win32/names.h"
#include "platform/win32/privileges.h"
#include "platform/win32/write.h"
#include "platform/win32/zone.h"

typedef struct
{
  const E13Pin *parent;
  const char *name;
  char *path; /* beneath the site */
  const E13ObjectKey *key;
  GBytes *before, *after;
  E13Pin *old;
  gboolean is_done; /* it holds the new content already */
  E13NtInfo info;   /* of the old one */
  HANDLE made;      /* the new file, until it is in its place; NULL: there is none */
} Rewrite;

static gboolean
refuse (const Rewrite *rewrite, GError **error, E13ErrorCode code, const char *why)
{
  g_autofree char *shown = e13_quote_windows (rewrite->path);

  return e13_throw (error, code, "cannot write '%s' anew: %s", shown, why);
}

/* ---- The file as it is ------------------------------------------------------------------------------------------- */

/* Has it streams beside its content and Zone.Identifier? What is no file system of streams has none. */
static gboolean
has_streams (HANDLE file)
{
  gsize size = 65536;
  g_autofree guint8 *buffer = g_malloc0 (size);
  gsize at = 0;

  if (!NT_SUCCESS (e13_nt_query (file, FileStreamInformation, buffer, size)))
    return FALSE;
  for (;;)
    {
      static const WCHAR content[] = L"::$DATA", zone[] = L":Zone.Identifier:$DATA";
      FILE_STREAM_INFORMATION stream;
      const WCHAR *name = (const WCHAR *)(const void *)(buffer + at + offsetof (FILE_STREAM_INFORMATION, StreamName));
      gsize length;

      memcpy (&stream, buffer + at, offsetof (FILE_STREAM_INFORMATION, StreamName));
      length = stream.StreamNameLength / sizeof (WCHAR);
      if (length > 0 && !(length == G_N_ELEMENTS (content) - 1 && _wcsnicmp (name, content, length) == 0)
          && !(length == G_N_ELEMENTS (zone) - 1 && _wcsnicmp (name, zone, length) == 0))
        return TRUE;
      if (stream.NextEntryOffset == 0 || at + stream.NextEntryOffset + sizeof stream > size)
        return FALSE;
      at += stream.NextEntryOffset;
    }
}

static gboolean
has_extended_attributes (HANDLE file)
{
  ULONG size = 0;

  return NT_SUCCESS (e13_nt_query (file, FileEaInformation, &size, sizeof size)) && size > 0;
}

/* What cannot be carried over, or must not be written. */
static const char *
why_not (const Rewrite *rewrite)
{
  const E13Facts *facts = &rewrite->old->facts;
  HANDLE handle = e13_win32_handle_of_pin (rewrite->old);

  if (facts->type != E13_TYPE_FILE || rewrite->info.tag != 0)
    return "it is no plain file";
  if (facts->n_links != 1)
    return "it has a second name (hard link), which would keep the old content";
  if ((facts->attributes & E13_ATTRIBUTE_READ_ONLY) != 0)
    return "it is read-only: attrib -R takes that away";
  if ((facts->attributes & (E13_ATTRIBUTE_ENCRYPTED | E13_ATTRIBUTE_PLACEHOLDER)) != 0)
    return "it is encrypted, or its content is kept elsewhere";
  if (facts->sd == NULL)
    return "its descriptor could not be read, so that it could not be kept";
  if (has_streams (handle) || has_extended_attributes (handle))
    return "it has streams or attributes of its own, which could not be kept";
  return NULL;
}

static gsize
most_bytes (const Rewrite *rewrite)
{
  return MAX (g_bytes_get_size (rewrite->before), g_bytes_get_size (rewrite->after)) + 1;
}

static gboolean
open_old (Rewrite *rewrite, GError **error)
{
  const char *why;
  NTSTATUS status;
  g_autoptr (GBytes) content = NULL;

  rewrite->old
      = e13_win32_pin_name (e13_win32_handle_of_pin (rewrite->parent), rewrite->name, TRUE, rewrite->path, error);
  if (rewrite->old == NULL)
    return FALSE;
  status = e13_win32_info (e13_win32_handle_of_pin (rewrite->old), &rewrite->info);
  if (!NT_SUCCESS (status))
    return e13_nt_throw (error, status, "read the facts of", rewrite->path);
  if (!e13_object_key_same_inode (&rewrite->old->facts.key, rewrite->key))
    return refuse (rewrite, error, E13_ERROR_MOVED, "it is not the file that was judged");
  if (!e13_object_key_same_state (&rewrite->old->facts.key, rewrite->key))
    return refuse (rewrite, error, E13_ERROR_MOVED, "it has changed since it was judged");
  why = why_not (rewrite);
  if (why != NULL)
    return refuse (rewrite, error, E13_ERROR_REFUSED, why);
  content = e13_win32_read_file (rewrite->old, most_bytes (rewrite), error);
  if (content == NULL)
    return FALSE;
  rewrite->is_done = g_bytes_equal (content, rewrite->after);
  return rewrite->is_done || g_bytes_equal (content, rewrite->before)
         || refuse (rewrite, error, E13_ERROR_MOVED, "it does not hold what was judged");
}

/* ---- The new one ------------------------------------------------------------------------------------------------- */

static NTSTATUS
mark_removed (HANDLE handle)
{
  FILE_DISPOSITION_INFORMATION disposition = { TRUE };

  return e13_nt_set (handle, FileDispositionInformation, &disposition, sizeof disposition);
}

/* Removes what a process that was killed has left. */
static gboolean
remove_left_over (const Rewrite *rewrite, const char *name)
{
  const E13NtHow how = { .access = DELETE | FILE_READ_ATTRIBUTES, .share = E13_NT_SHARE_ALL, .disposition = FILE_OPEN };
  HANDLE parent = e13_win32_handle_of_pin (rewrite->parent);
  E13Pin *pin = e13_win32_pin_name (parent, name, FALSE, rewrite->path, NULL);
  g_autoptr (GBytes) content = NULL;
  e13_autohandle HANDLE handle = NULL;
  E13NtInfo seen, opened;
  gboolean is_ours;

  if (pin == NULL)
    return FALSE;
  if (pin->facts.type == E13_TYPE_FILE && pin->facts.n_links == 1)
    content = e13_win32_read_file (pin, most_bytes (rewrite), NULL);
  is_ours = content != NULL && e13_beside_is_left_over (content, rewrite->before, rewrite->after)
            && NT_SUCCESS (e13_win32_info (e13_win32_handle_of_pin (pin), &seen));
  e13_win32_unpin (pin);
  return is_ours && NT_SUCCESS (e13_nt_open_name (parent, name, &how, &handle))
         && NT_SUCCESS (e13_win32_info (handle, &opened)) && e13_win32_same_object (&seen, &opened)
         && NT_SUCCESS (mark_removed (handle));
}

/* The descriptor of the old one, with nothing handed down by the directory: from the first moment nobody may open it
 * who may not open the old one. */
static GBytes *
descriptor_to_begin_with (const E13Facts *facts)
{
  g_autoptr (E13SecurityDescriptor) sd = e13_sd_copy (facts->sd);

  g_clear_pointer (&sd->sacl, e13_win_acl_free);
  sd->sbz1 = 0;
  sd->control &= E13_SD_DACL_PRESENT;
  sd->control |= E13_SD_SELF_RELATIVE | E13_SD_DACL_PROTECTED;
  return e13_sd_encode (sd, NULL);
}

static NTSTATUS
make_at (Rewrite *rewrite, const char *name, GBytes *descriptor)
{
  const E13NtHow how = {
    .access = FILE_READ_DATA | FILE_WRITE_DATA | FILE_READ_ATTRIBUTES | FILE_WRITE_ATTRIBUTES | READ_CONTROL | WRITE_DAC
              | DELETE,
    .share = 0,
    .disposition = FILE_CREATE,
    .options = FILE_NON_DIRECTORY_FILE,
    .descriptor = g_bytes_get_data (descriptor, NULL),
  };

  return e13_nt_open_name (e13_win32_handle_of_pin (rewrite->parent), name, &how, &rewrite->made);
}

static gboolean
make (Rewrite *rewrite, GError **error)
{
  g_autofree char *name = e13_beside_name (rewrite->name, rewrite->before, rewrite->after);
  g_autoptr (GBytes) descriptor = descriptor_to_begin_with (&rewrite->old->facts);
  NTSTATUS status = STATUS_INVALID_SECURITY_DESCR;

  if (descriptor != NULL)
    status = make_at (rewrite, name, descriptor);
  if (status == STATUS_OBJECT_NAME_COLLISION)
    {
      g_autofree char *other = remove_left_over (rewrite, name) ? NULL : e13_beside_other_name ();

      status = make_at (rewrite, other != NULL ? other : name, descriptor);
    }
  return NT_SUCCESS (status) || e13_nt_throw (error, status, "make a file beside", rewrite->path);
}

static gboolean
write_content (const Rewrite *rewrite, GError **error)
{
  gsize size = 0;
  const guint8 *data = g_bytes_get_data (rewrite->after, &size);
  DWORD done = 0;
  gboolean is_written = size <= G_MAXINT32 && (size == 0 || WriteFile (rewrite->made, data, (DWORD)size, &done, NULL))
                        && done == size && FlushFileBuffers (rewrite->made);

  return is_written || e13_nt_throw (error, STATUS_DISK_FULL, "write the new content of", rewrite->path);
}

static gboolean
carry_over (const Rewrite *rewrite, GError **error)
{
  const E13Facts *facts = &rewrite->old->facts;
  FILE_BASIC_INFORMATION basic = { .CreationTime = rewrite->info.basic.CreationTime };
  g_auto (E13Facts) made = { 0 };
  g_auto (E13Attributes) wanted = { 0 };
  g_auto (E13Attributes) got = { 0 };
  NTSTATUS status = STATUS_SUCCESS;

  basic.FileAttributes = rewrite->info.basic.FileAttributes & E13_NT_SETTABLE;
  if (basic.FileAttributes == 0)
    basic.FileAttributes = FILE_ATTRIBUTE_NORMAL;
  if (facts->zone != NULL)
    status = e13_win32_zone_write (rewrite->made, facts->zone);
  if (NT_SUCCESS (status))
    status = e13_win32_write_dacl (rewrite->made, facts->sd_bytes);
  if (NT_SUCCESS (status))
    status = e13_nt_set (rewrite->made, FileBasicInformation, &basic, sizeof basic);
  if (NT_SUCCESS (status))
    status = e13_win32_facts (rewrite->made, &made, NULL);
  if (!NT_SUCCESS (status))
    return e13_nt_throw (error, status, "keep the descriptor or the attributes of", rewrite->path);
  e13_attributes_from_facts (&wanted, facts);
  e13_attributes_from_facts (&got, &made);
  return e13_attributes_equal (&wanted, &got)
         || refuse (rewrite, error, E13_ERROR_REFUSED, "its owner, descriptor or attributes could not be carried over");
}

/* ---- Into its place ---------------------------------------------------------------------------------------------- */

/* The name in the directory is that of the old file still. */
static gboolean
check_place (const Rewrite *rewrite, GError **error)
{
  const E13NtHow how = { .share = E13_NT_SHARE_ALL, .disposition = FILE_OPEN, .any_case = TRUE };
  e13_autohandle HANDLE handle = NULL;
  g_auto (E13Facts) facts = { 0 };
  NTSTATUS status = e13_nt_open_name_with (e13_win32_handle_of_pin (rewrite->parent), rewrite->name, &how,
                                           e13_win32_pin_accesses, &handle);

  if (NT_SUCCESS (status))
    status = e13_win32_facts (handle, &facts, NULL);
  if (!NT_SUCCESS (status))
    return e13_nt_throw (error, status, "look again at", rewrite->path);
  return e13_object_key_same_state (&facts.key, rewrite->key)
         || refuse (rewrite, error, E13_ERROR_MOVED, "another file has been put in its place");
}

static gboolean
put_in_place (Rewrite *rewrite, GError **error)
{
  gsize length = 0, size;
  g_autofree gunichar2 *units = e13_win32_to_utf16 (rewrite->name, &length);
  g_autofree FILE_RENAME_INFORMATION *rename = NULL;
  NTSTATUS status = STATUS_OBJECT_NAME_INVALID;

  /* While it is open, nothing takes its name. */
  g_clear_pointer (&rewrite->old, e13_win32_unpin);
  if (units != NULL)
    {
      size = sizeof *rename + length * sizeof *units;
      rename = g_malloc0 (size);
      rename->ReplaceIfExists = TRUE;
      rename->RootDirectory = e13_win32_handle_of_pin (rewrite->parent);
      rename->FileNameLength = (ULONG)(length * sizeof *units);
      memcpy (rename->FileName, units, length * sizeof *units);
      status = e13_nt_set (rewrite->made, FileRenameInformation, rename, size);
    }
  if (status == STATUS_ACCESS_DENIED || status == STATUS_SHARING_VIOLATION)
    return refuse (rewrite, error, E13_ERROR_BUSY, "another program has it open, or it may not be replaced");
  if (!NT_SUCCESS (status))
    return e13_nt_throw (error, status, "put the new content in the place of", rewrite->path);
  e13_close_handle (&rewrite->made);
  return TRUE;
}

static gboolean
run (Rewrite *rewrite, GError **error)
{
  if (!open_old (rewrite, error))
    return FALSE;
  if (rewrite->is_done)
    {
      g_autofree char *name = e13_beside_name (rewrite->name, rewrite->before, rewrite->after);

      remove_left_over (rewrite, name);
      return TRUE;
    }
  return make (rewrite, error) && write_content (rewrite, error) && carry_over (rewrite, error)
         && check_place (rewrite, error) && put_in_place (rewrite, error);
}

gboolean
e13_win32_rewrite (const E13Pin *parent, const char *name, const E13ObjectKey *key, GBytes *before, GBytes *after,
                   GError **error)
{
  const E13Win32Pin *way = (const E13Win32Pin *)(const void *)parent;
  Rewrite rewrite = { .parent = parent, .name = name, .key = key, .before = before, .after = after };
  g_autoptr (GArray) held = NULL;
  gboolean done;

  e13_win32_want_to_write ();
  rewrite.path = *parent->path != '\0' ? g_strconcat (parent->path, "/", name, NULL) : g_strdup (name);
  held = e13_win32_hold_way (way, error);
  done = held != NULL && e13_win32_check_way (way, error) && run (&rewrite, error);
  if (rewrite.made != NULL)
    mark_removed (rewrite.made);
  e13_close_handle (&rewrite.made);
  e13_win32_unpin (rewrite.old);
  g_free (rewrite.path);
  return done;
}
