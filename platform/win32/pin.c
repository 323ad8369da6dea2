/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "platform/win32/pin.h"

#include <string.h>

#include "base/error.h"
#include "base/quote.h"
#include "platform/win32/facts.h"
#include "platform/win32/list.h"
#include "platform/win32/names.h"
#include "platform/win32/paths.h"
#include "platform/win32/privileges.h"
#include "platform/win32/reparse.h"
#include "platform/win32/walk.h"

#define CHUNK 65536

const ACCESS_MASK e13_win32_pin_accesses[] = { READ_CONTROL | FILE_READ_ATTRIBUTES, FILE_READ_ATTRIBUTES, 0 };

static const E13NtHow how_to_pin = { .share = E13_NT_SHARE_ALL, .disposition = FILE_OPEN };

/* ---- One object -------------------------------------------------------------------------------------------------- */

static char *
read_link (HANDLE handle)
{
  g_autofree guint8 *buffer = g_malloc (MAXIMUM_REPARSE_DATA_BUFFER_SIZE);
  gsize size;
  char *target = NULL;

  if (NT_SUCCESS (e13_nt_control (handle, FSCTL_GET_REPARSE_POINT, buffer, MAXIMUM_REPARSE_DATA_BUFFER_SIZE, &size)))
    target = e13_reparse_target (buffer, size);
  return target != NULL ? target : g_strdup ("");
}

static NTSTATUS
learn (E13Win32Pin *pin)
{
  NTSTATUS status;

  e13_facts_clear (&pin->base.facts);
  g_clear_pointer (&pin->base.link_target, g_free);
  status = e13_win32_facts (pin->handle, &pin->base.facts, NULL);
  if (NT_SUCCESS (status) && pin->base.facts.type == E13_TYPE_SYMLINK)
    pin->base.link_target = read_link (pin->handle);
  return status;
}

static void
close_element (gpointer handle)
{
  e13_close_handle (handle);
}

E13Pin *
e13_win32_pin_of_handle (HANDLE handle, const char *path, GError **error)
{
  E13Win32Pin *pin = g_new0 (E13Win32Pin, 1);
  NTSTATUS status;

  pin->handle = handle;
  pin->above = g_array_new (FALSE, FALSE, sizeof (HANDLE));
  g_array_set_clear_func (pin->above, close_element);
  pin->base.path = g_strdup (path);
  pin->base.fd = -1;
  status = learn (pin);
  if (NT_SUCCESS (status))
    return &pin->base;
  e13_nt_throw (error, status, "read the facts of", path);
  e13_win32_unpin (&pin->base);
  return NULL;
}

E13Pin *
e13_win32_pin_name (HANDLE directory, const char *name, gboolean any_case, const char *path, GError **error)
{
  E13NtHow how = how_to_pin;
  HANDLE handle;
  NTSTATUS status;

  how.any_case = any_case;
  status = e13_nt_open_name_with (directory, name, &how, e13_win32_pin_accesses, &handle);
  if (!NT_SUCCESS (status))
    return e13_nt_throw (error, status, "pin", path), NULL;
  return e13_win32_pin_of_handle (handle, path, error);
}

E13Pin *
e13_win32_pin_again (const E13Pin *pin, const char *path, GError **error)
{
  return e13_win32_pin_name (e13_win32_handle_of_pin (pin), "", FALSE, path, error);
}

E13Pin *
e13_win32_pin_root (const char *root, GError **error)
{
  g_autofree char *name = e13_win_path_nt_root (root);
  gsize length = 0;
  g_autofree gunichar2 *units = e13_win32_to_utf16 (name, &length);
  E13NtHow how = how_to_pin;
  NTSTATUS status = units != NULL ? STATUS_ACCESS_DENIED : STATUS_OBJECT_NAME_INVALID;
  HANDLE handle = NULL;

  e13_win32_want_to_read ();
  how.any_case = TRUE;
  for (const ACCESS_MASK *access = e13_win32_pin_accesses; *access != 0 && status == STATUS_ACCESS_DENIED; access++)
    {
      how.access = *access;
      status = e13_nt_open (NULL, units, length, &how, &handle);
    }
  if (!NT_SUCCESS (status))
    return e13_nt_throw (error, status, "pin", root), NULL;
  return e13_win32_pin_of_handle (handle, root, error);
}

gboolean
e13_win32_refresh (E13Pin *pin, GError **error)
{
  NTSTATUS status = learn (e13_win32_pin_of (pin));

  return NT_SUCCESS (status) || e13_nt_throw (error, status, "read the facts of", pin->path);
}

void
e13_win32_unpin (E13Pin *pin)
{
  E13Win32Pin *held = e13_win32_pin_of (pin);

  if (pin == NULL)
    return;
  e13_close_handle (&held->handle);
  g_array_unref (held->above);
  g_clear_pointer (&held->names, g_ptr_array_unref);
  e13_facts_clear (&pin->facts);
  g_free (pin->link_target);
  g_free (pin->path);
  g_free (held);
}

char *
e13_win32_handle_of (const E13Pin *pin, GError **error)
{
  E13NtInfo info;
  NTSTATUS status = e13_win32_info (e13_win32_handle_of_pin (pin), &info);

  if (!NT_SUCCESS (status))
    return e13_nt_throw (error, status, "identify", pin->path), NULL;
  return e13_win32_handle_text (&info);
}

/* ---- By a path --------------------------------------------------------------------------------------------------- */

/* A directory on the way, which must not stand for another object. */
static NTSTATUS
open_step (HANDLE directory, const char *name, HANDLE *ret_step)
{
  E13NtHow how = how_to_pin;
  FILE_ATTRIBUTE_TAG_INFORMATION tag;
  e13_autohandle HANDLE step = NULL;
  NTSTATUS status;

  how.any_case = TRUE;
  how.options = *name != '\0' ? FILE_DIRECTORY_FILE : 0;
  status = e13_nt_open_name_with (directory, name, &how, e13_win32_pin_accesses, &step);
  if (NT_SUCCESS (status))
    status = e13_nt_query (step, FileAttributeTagInformation, &tag, sizeof tag);
  if (!NT_SUCCESS (status))
    return status;
  if ((tag.FileAttributes & FILE_ATTRIBUTE_REPARSE_POINT) != 0 && e13_reparse_type (tag.ReparseTag) != E13_TYPE_UNKNOWN)
    return STATUS_STOPPED_ON_SYMLINK;
  *ret_step = g_steal_pointer (&step);
  return STATUS_SUCCESS;
}

/* From @base through @names to the last of them, keeping hold of the way. */
static E13Pin *
pin_by_way (HANDLE base, GPtrArray *names, const char *path, GError **error)
{
  g_autoptr (GArray) above = g_array_new (FALSE, FALSE, sizeof (HANDLE));
  const char *last = names->pdata[names->len - 1];
  HANDLE at = base;
  E13Pin *pin;

  g_array_set_clear_func (above, close_element);
  for (guint i = 0; i < names->len; i++)
    {
      HANDLE step = NULL;
      /* What the way begins with is held by us, too. */
      NTSTATUS status = open_step (at, i == 0 ? "" : names->pdata[i - 1], &step);

      if (!NT_SUCCESS (status))
        return e13_nt_throw (error, status, "pin", path), NULL;
      g_array_append_val (above, step);
      at = step;
    }
  pin = e13_win32_pin_name (at, last, TRUE, path, error);
  if (pin != NULL)
    {
      g_array_unref (e13_win32_pin_of (pin)->above);
      e13_win32_pin_of (pin)->above = g_steal_pointer (&above);
      e13_win32_pin_of (pin)->names = g_ptr_array_ref (names);
    }
  return pin;
}

static E13Pin *
pin_absolute (const char *path, GError **error)
{
  g_auto (E13WinPath) parts = { 0 };
  E13Pin *root, *pin;

  if (!e13_win_path_parse (path, &parts))
    return e13_nt_throw (error, STATUS_OBJECT_NAME_INVALID, "pin", path), NULL;
  root = e13_win32_pin_root (parts.root, error);
  if (root == NULL || parts.names->len == 0)
    return root;
  pin = pin_by_way (e13_win32_handle_of_pin (root), parts.names, path, error);
  e13_win32_unpin (root);
  return pin;
}

E13Pin *
e13_win32_pin (const E13Tree *tree, const char *path, GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_auto (GStrv) parts = NULL;

  if (g_str_has_prefix (path, "\\\\") || (g_ascii_isalpha (path[0]) && path[1] == ':'))
    return pin_absolute (path, error);
  /* A name that is none is refused where it is opened: nothing is taken away from the path here. */
  parts = g_strsplit (path, "/", -1);
  for (char **part = parts; *part != NULL; part++)
    g_ptr_array_add (names, g_strdup (*part));
  if (names->len == 0)
    return e13_win32_pin_again (tree->root, path, error);
  return pin_by_way (e13_win32_handle_of_pin (tree->root), names, path, error);
}

/* ---- From the walk ----------------------------------------------------------------------------------------------- */

E13Pin *
e13_win32_pin_entry (const E13Batch *batch, gsize index, GError **error)
{
  HANDLE directory = e13_win32_batch_handle (batch);
  const E13Entry *entry = index == E13_THE_DIRECTORY ? NULL : &batch->entries[index];
  const E13Facts *seen = entry == NULL ? &batch->dir->facts : &entry->facts;
  const char *name = entry == NULL ? "" : entry->name;
  const char *between = *name == '\0' || *batch->dir->path == '\0' ? "" : "/";
  g_autofree char *path = g_strconcat (batch->dir->path, between, name, NULL);
  g_autofree char *shown = e13_quote_windows (path);
  E13Pin *pin;

  if (directory == NULL || (entry != NULL && entry->error != 0))
    {
      int code = entry != NULL && entry->error != 0 ? entry->error : batch->dir->error;

      g_set_error (error, E13_ERRNO, code, "cannot pin '%s': %s", shown, g_strerror (code));
      return NULL;
    }
  pin = e13_win32_pin_name (directory, name, FALSE, path, error);
  if (pin != NULL && !e13_object_key_same_state (&pin->facts.key, &seen->key))
    {
      g_clear_pointer (&pin, e13_win32_unpin);
      e13_throw (error, E13_ERROR_MOVED, "cannot pin '%s': it has changed since it was looked at", shown);
    }
  return pin;
}

/* ---- What it holds ----------------------------------------------------------------------------------------------- */

static NTSTATUS
open_to_list (const E13Pin *pin, HANDLE *ret_handle)
{
  const E13NtHow how = {
    .access = FILE_LIST_DIRECTORY,
    .share = E13_NT_SHARE_ALL,
    .disposition = FILE_OPEN,
    .options = FILE_DIRECTORY_FILE,
  };

  return e13_nt_open (e13_win32_handle_of_pin (pin), NULL, 0, &how, ret_handle);
}

/* A file that has become a link since would be followed where filters are passed: then it is another that was opened.
 */
static NTSTATUS
open_to_read (const E13Pin *pin, HANDLE *ret_handle)
{
  E13NtHow how = {
    .access = FILE_READ_DATA | FILE_READ_ATTRIBUTES,
    .share = E13_NT_SHARE_ALL,
    .disposition = FILE_OPEN,
    .options = FILE_NON_DIRECTORY_FILE,
  };
  e13_autohandle HANDLE handle = NULL;
  E13NtInfo ours, got;
  NTSTATUS status = e13_win32_info (e13_win32_handle_of_pin (pin), &ours);

  how.filtered = NT_SUCCESS (status) && ours.tag != 0;
  if (NT_SUCCESS (status))
    status = e13_nt_open (e13_win32_handle_of_pin (pin), NULL, 0, &how, &handle);
  if (NT_SUCCESS (status))
    status = e13_win32_info (handle, &got);
  if (!NT_SUCCESS (status))
    return status;
  if (!e13_win32_same_object (&ours, &got))
    return STATUS_STOPPED_ON_SYMLINK;
  *ret_handle = g_steal_pointer (&handle);
  return STATUS_SUCCESS;
}

/* Keeping the time of access from moving would need the right to write attributes. Most systems do not note it. */
GBytes *
e13_win32_read_file (const E13Pin *pin, gsize max_bytes, GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  e13_autohandle HANDLE file = NULL;
  NTSTATUS status = pin->facts.type == E13_TYPE_DIRECTORY ? STATUS_FILE_IS_A_DIRECTORY : STATUS_NOT_SUPPORTED;
  DWORD got = 1;

  if (pin->facts.type == E13_TYPE_FILE && (pin->facts.attributes & E13_ATTRIBUTE_PLACEHOLDER) == 0)
    status = open_to_read (pin, &file);
  if (!NT_SUCCESS (status))
    return e13_nt_throw (error, status, "open", pin->path), NULL;

  max_bytes = MIN (max_bytes, G_MAXINT32); /* a GByteArray counts in guint */
  while (got > 0 && bytes->len < max_bytes)
    {
      guint had = bytes->len;
      gsize room = MIN (max_bytes - had, CHUNK);

      g_byte_array_set_size (bytes, had + (guint)room);
      if (!ReadFile (file, bytes->data + had, (DWORD)room, &got, NULL))
        {
          status = GetLastError () == ERROR_LOCK_VIOLATION ? STATUS_FILE_LOCK_CONFLICT : STATUS_IO_DEVICE_ERROR;
          return e13_nt_throw (error, status, "read", pin->path), NULL;
        }
      g_byte_array_set_size (bytes, had + (guint)got);
    }
  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

GPtrArray *
e13_win32_list (const E13Pin *directory, GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  e13_autohandle HANDLE handle = NULL;
  NTSTATUS status = STATUS_NOT_A_DIRECTORY;

  if (directory->facts.type == E13_TYPE_DIRECTORY)
    status = open_to_list (directory, &handle);
  if (!NT_SUCCESS (status))
    return e13_nt_throw (error, status, "open", directory->path), NULL;
  for (;;)
    {
      g_autoptr (GByteArray) block = e13_win32_list_block (handle, &status);

      if (block == NULL)
        break;
      for (const E13ListedName *name = NULL; (name = e13_win32_next_name (block, name)) != NULL;)
        g_ptr_array_add (names, g_strdup (name->text));
    }
  if (!NT_SUCCESS (status))
    return e13_nt_throw (error, status, "list", directory->path), NULL;
  return g_steal_pointer (&names);
}
