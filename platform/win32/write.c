/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The write operations. Everything goes through handles: no name is looked up again but those of directories made and
 * removed. SetSecurityInfo() and its kin are not used, because they hand entries down to all that lies below, which no
 * journal has seen. */

#include "config.h"

#include "base/error.h"
#include "base/quote.h"
#include "platform/win32/facts.h"
#include "platform/win32/privileges.h"
#include "platform/win32/rewrite.h"
#include "platform/win32/write.h"
#include "platform/win32/zone.h"

static gboolean
refuse (GError **error, E13ErrorCode code, const char *path, const char *why)
{
  g_autofree char *shown = e13_quote_windows (path);

  return e13_throw (error, code, "cannot change '%s': %s", shown, why);
}

/* The first attribute in which the two differ, in words; NULL where they are equal. */
static const char *
difference (const E13Attributes *a, const E13Attributes *b)
{
  if (!e13_attributes_same_sd (a->sd, b->sd))
    return "DACL";
  if (!e13_attributes_same_zone (a->zone, b->zone))
    return "Zone.Identifier stream";
  return a->read_only == b->read_only ? NULL : "read-only attribute";
}

/* ---- Before anything is written ---------------------------------------------------------------------------------- */

static gboolean
check_unmoved (E13Pin *pin, const E13ObjectKey *key, const E13Attributes *before, GError **error)
{
  g_auto (E13Attributes) now = { 0 };
  g_autofree char *why = NULL;
  const char *changed;

  if (!e13_win32_refresh (pin, error))
    return FALSE;
  if (!e13_object_key_same_inode (&pin->facts.key, key))
    return refuse (error, E13_ERROR_MOVED, pin->path, "it is not the object that was judged");
  if (!e13_object_key_same_state (&pin->facts.key, key))
    return refuse (error, E13_ERROR_MOVED, pin->path, "it has changed since it was judged");
  if (pin->facts.sd == NULL)
    {
      g_autofree char *shown = e13_quote_windows (pin->path);

      g_set_error (error, E13_ERRNO, pin->facts.sd_errno, "cannot read the security descriptor of '%s': %s", shown,
                   g_strerror (pin->facts.sd_errno));
      return FALSE;
    }
  e13_attributes_from_facts (&now, &pin->facts);
  changed = difference (&now, before);
  if (changed == NULL)
    return TRUE;
  why = g_strdup_printf ("its %s is not what was judged", changed);
  return refuse (error, E13_ERROR_MOVED, pin->path, why);
}

static E13SecurityDescriptor *
decode (GBytes *bytes)
{
  return bytes != NULL ? e13_sd_decode (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), NULL) : NULL;
}

/* Do the two differ in nothing but the DACL and its control bits? */
static gboolean
only_dacl_differs (const E13SecurityDescriptor *now, const E13SecurityDescriptor *after)
{
  const guint16 of_dacl = E13_SD_DACL_PRESENT | E13_SD_DACL_DEFAULTED | E13_SD_DACL_AUTO_INHERIT_REQ
                          | E13_SD_DACL_AUTO_INHERITED | E13_SD_DACL_PROTECTED;
  g_autoptr (E13SecurityDescriptor) copy = e13_sd_copy (after);

  e13_win_acl_free (copy->dacl);
  copy->dacl = now->dacl != NULL ? e13_win_acl_copy (now->dacl) : NULL;
  copy->control = (guint16)((after->control & ~of_dacl) | (now->control & of_dacl));
  return e13_sd_equal (copy, now);
}

static gboolean
check_allowed (const E13Pin *pin, const E13Attributes *before, const E13Attributes *after, GError **error)
{
  const E13Facts *facts = &pin->facts;
  g_autoptr (E13SecurityDescriptor) wanted = decode (after->sd);

  if (facts->type != E13_TYPE_FILE && facts->type != E13_TYPE_DIRECTORY)
    return refuse (error, E13_ERROR_REFUSED, pin->path, "it is neither a file nor a directory");
  if (wanted == NULL)
    return refuse (error, E13_ERROR_REFUSED, pin->path, "what it should have is no security descriptor");
  if (!only_dacl_differs (facts->sd, wanted))
    return refuse (error, E13_ERROR_REFUSED, pin->path, "its owner, group and SACL must stay as they are");
  if (facts->type == E13_TYPE_DIRECTORY && !e13_attributes_same_zone (before->zone, after->zone))
    return refuse (error, E13_ERROR_REFUSED, pin->path, "only a file has a Zone.Identifier stream");
  return TRUE;
}

/* ---- Holding the way --------------------------------------------------------------------------------------------- */

static void
close_element (gpointer handle)
{
  e13_close_handle (handle);
}

/* Opens the directories on the way to @pin once more, so that none can be renamed or removed while these handles are
 * open: they ask for data, which the pin's own do not, and share all but deleting. NULL and @error where one is just
 * being moved. A directory that we may not list stays as it is. */
GArray *
e13_win32_hold_way (const E13Win32Pin *pin, GError **error)
{
  const E13NtHow how = {
    .access = FILE_LIST_DIRECTORY,
    .share = FILE_SHARE_READ | FILE_SHARE_WRITE,
    .disposition = FILE_OPEN,
    .options = FILE_DIRECTORY_FILE,
  };
  g_autoptr (GArray) held = g_array_new (FALSE, FALSE, sizeof (HANDLE));

  g_array_set_clear_func (held, close_element);
  for (guint i = 0; i < pin->above->len; i++)
    {
      HANDLE directory = NULL;
      NTSTATUS status = e13_nt_open (g_array_index (pin->above, HANDLE, i), NULL, 0, &how, &directory);

      if (status == STATUS_SHARING_VIOLATION)
        return refuse (error, E13_ERROR_BUSY, pin->base.path, "a directory on the way is being moved or removed"), NULL;
      if (NT_SUCCESS (status))
        g_array_append_val (held, directory);
    }
  return g_steal_pointer (&held);
}

static gboolean
leads_to (HANDLE directory, const char *name, HANDLE object)
{
  const E13NtHow how = { .share = E13_NT_SHARE_ALL, .disposition = FILE_OPEN, .any_case = TRUE };
  e13_autohandle HANDLE named = NULL;
  E13NtInfo there, ours;

  return NT_SUCCESS (e13_nt_open_name_with (directory, name, &how, e13_win32_pin_accesses, &named))
         && NT_SUCCESS (e13_win32_info (named, &there)) && NT_SUCCESS (e13_win32_info (object, &ours))
         && e13_win32_same_object (&there, &ours);
}

/* With the way held: does it still lead, step by step, to what is pinned? What was moved out of the site is none of its
 * objects any more. */
gboolean
e13_win32_check_way (const E13Win32Pin *pin, GError **error)
{
  for (guint i = 0; i < pin->above->len; i++)
    {
      HANDLE next = i + 1 < pin->above->len ? g_array_index (pin->above, HANDLE, i + 1) : pin->handle;

      if (!leads_to (g_array_index (pin->above, HANDLE, i), pin->names->pdata[i], next))
        return refuse (error, E13_ERROR_MOVED, pin->base.path, "it is no longer where it was judged");
    }
  return TRUE;
}

/* ---- Writing ----------------------------------------------------------------------------------------------------- */

/* The part of @after that is written. That a list was made by inheritance is kept only where the same is asked for
 * ([MS-DTYP] 2.5.3.4.8 has it so for sets without automatic inheritance). */
NTSTATUS
e13_win32_write_dacl (HANDLE handle, GBytes *after)
{
  g_autoptr (E13SecurityDescriptor) sd = decode (after);
  SECURITY_INFORMATION parts = DACL_SECURITY_INFORMATION;
  g_autoptr (GBytes) bytes = NULL;

  parts |= (sd->control & E13_SD_DACL_PROTECTED) != 0 ? PROTECTED_DACL_SECURITY_INFORMATION
                                                      : UNPROTECTED_DACL_SECURITY_INFORMATION;
  sd->has_owner = sd->has_group = FALSE;
  g_clear_pointer (&sd->sacl, e13_win_acl_free);
  sd->sbz1 = 0;
  sd->control &= E13_SD_DACL_DEFAULTED | E13_SD_DACL_AUTO_INHERITED | E13_SD_DACL_PROTECTED;
  sd->control |= E13_SD_DACL_PRESENT | E13_SD_SELF_RELATIVE;
  if ((sd->control & E13_SD_DACL_AUTO_INHERITED) != 0)
    sd->control |= E13_SD_DACL_AUTO_INHERIT_REQ;
  bytes = e13_sd_encode (sd, NULL);
  return bytes != NULL ? e13_nt_set_security (handle, parts, g_bytes_get_data (bytes, NULL)) : STATUS_INVALID_ACL;
}

/* Attributes, and the times of @basic again. */
static NTSTATUS
write_basic (HANDLE handle, const FILE_BASIC_INFORMATION *basic, gboolean read_only)
{
  FILE_BASIC_INFORMATION set = { .LastAccessTime = basic->LastAccessTime, .LastWriteTime = basic->LastWriteTime };

  set.FileAttributes = basic->FileAttributes & E13_NT_SETTABLE & ~(ULONG)FILE_ATTRIBUTE_READONLY;
  if (read_only)
    set.FileAttributes |= FILE_ATTRIBUTE_READONLY;
  if (set.FileAttributes == 0)
    set.FileAttributes = FILE_ATTRIBUTE_NORMAL;
  return e13_nt_set (handle, FileBasicInformation, &set, sizeof set);
}

static NTSTATUS
open_to_write (const E13Pin *pin, ACCESS_MASK access, HANDLE *ret_handle)
{
  const E13NtHow how = {
    .access = access | FILE_READ_ATTRIBUTES,
    .share = E13_NT_SHARE_ALL,
    .disposition = FILE_OPEN,
  };

  return e13_nt_open (e13_win32_handle_of_pin (pin), NULL, 0, &how, ret_handle);
}

/* A stream of a read-only file can be neither removed nor written: it is made writable for that moment. */
static NTSTATUS
write_zone (const E13Pin *pin, HANDLE handle, const FILE_BASIC_INFORMATION *basic, const E13Attributes *after)
{
  NTSTATUS status = STATUS_SUCCESS;

  if ((basic->FileAttributes & FILE_ATTRIBUTE_READONLY) != 0)
    status = write_basic (handle, basic, FALSE);
  return NT_SUCCESS (status) ? e13_win32_zone_write (e13_win32_handle_of_pin (pin), after->zone) : status;
}

static gboolean
write_all (const E13Pin *pin, const E13Attributes *before, const E13Attributes *after, GError **error)
{
  gboolean sd = !e13_attributes_same_sd (before->sd, after->sd);
  gboolean zone = !e13_attributes_same_zone (before->zone, after->zone);
  gboolean basic = zone || before->read_only != after->read_only;
  e13_autohandle HANDLE handle = NULL;
  E13NtInfo info;
  NTSTATUS status = open_to_write (pin, (sd ? WRITE_DAC : 0) | (basic ? FILE_WRITE_ATTRIBUTES : 0), &handle);

  if (NT_SUCCESS (status))
    status = e13_win32_info (handle, &info);
  if (!NT_SUCCESS (status))
    return e13_nt_throw (error, status, "open to change", pin->path);
  if (zone)
    {
      status = write_zone (pin, handle, &info.basic, after);
      if (!NT_SUCCESS (status))
        e13_nt_throw (error, status, "write the Zone.Identifier stream of", pin->path);
    }
  if (sd && NT_SUCCESS (status))
    {
      status = e13_win32_write_dacl (handle, after->sd);
      if (!NT_SUCCESS (status))
        e13_nt_throw (error, status, "write the DACL of", pin->path);
    }
  /* Where something failed, the file is at least as it was in this. */
  if (basic)
    {
      gboolean failed = !NT_SUCCESS (status);
      NTSTATUS last = write_basic (handle, &info.basic, failed ? before->read_only : after->read_only);

      if (!NT_SUCCESS (last) && !failed)
        {
          status = last;
          e13_nt_throw (error, status, "write the attributes of", pin->path);
        }
    }
  return NT_SUCCESS (status);
}

static gboolean
check_kept (E13Pin *pin, const E13Attributes *after, GError **error)
{
  g_auto (E13Attributes) now = { 0 };
  g_autofree char *shown = e13_quote_windows (pin->path);
  const char *lost;

  if (!e13_win32_refresh (pin, error))
    return FALSE;
  e13_attributes_from_facts (&now, &pin->facts);
  lost = difference (&now, after);
  return lost == NULL || e13_throw (error, E13_ERROR_FAILED, "the system did not keep the %s of '%s'", lost, shown);
}

static gboolean
set (E13Pin *pin, const E13ObjectKey *key, const E13Attributes *before, const E13Attributes *after, gboolean undoing,
     GError **error)
{
  g_autoptr (GArray) held = NULL;

  (void)undoing;
  e13_win32_want_to_write ();
  held = e13_win32_hold_way (e13_win32_pin_of (pin), error);
  if (held == NULL || !e13_win32_check_way (e13_win32_pin_of (pin), error) || !check_unmoved (pin, key, before, error))
    return FALSE;
  if (e13_attributes_equal (before, after))
    return TRUE;
  if (!check_allowed (pin, before, after, error))
    return FALSE;
  if (!write_all (pin, before, after, error))
    {
      /* Some of it may have been written: the caller sees what. */
      e13_win32_refresh (pin, NULL);
      return FALSE;
    }
  return check_kept (pin, after, error);
}

/* ---- Directories ------------------------------------------------------------------------------------------------- */

static char *
path_beneath (const E13Pin *parent, const char *name)
{
  return *parent->path != '\0' ? g_strconcat (parent->path, "/", name, NULL) : g_strdup (name);
}

/* @owners: whose it is where it is made; NULL where it is there. */
static NTSTATUS
open_directory (const E13Pin *parent, const char *name, ACCESS_MASK access, GBytes *owners, HANDLE *ret_handle)
{
  const E13NtHow how = {
    .access = access,
    .share = E13_NT_SHARE_ALL,
    .disposition = owners != NULL ? FILE_CREATE : FILE_OPEN,
    .options = FILE_DIRECTORY_FILE,
    .any_case = TRUE,
    .descriptor = owners != NULL ? g_bytes_get_data (owners, NULL) : NULL,
  };

  return e13_nt_open_name (e13_win32_handle_of_pin (parent), name, &how, ret_handle);
}

static NTSTATUS
remove_by_handle (HANDLE handle)
{
  FILE_DISPOSITION_INFORMATION disposition = { TRUE };

  return e13_nt_set (handle, FileDispositionInformation, &disposition, sizeof disposition);
}

/* Owner and group of @sd alone, or nothing at all: without a list in it, the system gives the entries that the
 * directory above hands down. */
static GBytes *
owners_of (GBytes *sd)
{
  g_autoptr (E13SecurityDescriptor) owners = decode (sd);

  if (owners == NULL)
    owners = e13_sd_new ();
  g_clear_pointer (&owners->dacl, e13_win_acl_free);
  g_clear_pointer (&owners->sacl, e13_win_acl_free);
  owners->sbz1 = 0;
  owners->control = E13_SD_SELF_RELATIVE;
  return e13_sd_encode (owners, NULL);
}

/* Whose @sd says; else it belongs to whom this process makes things for. */
static E13Pin *
make_directory (const E13Pin *parent, const char *name, GBytes *sd, GError **error)
{
  g_autofree char *path = path_beneath (parent, name);
  g_autoptr (GBytes) owners = owners_of (sd);
  HANDLE handle = NULL;
  NTSTATUS status;

  e13_win32_want_to_write ();
  status = open_directory (parent, name, READ_CONTROL | FILE_READ_ATTRIBUTES, owners, &handle);
  if (!NT_SUCCESS (status))
    return e13_nt_throw (error, status, "make the directory", path), NULL;
  return e13_win32_pin_of_handle (handle, path, error);
}

static gboolean
remove_directory (const E13Pin *parent, const char *name, const E13ObjectKey *key, GError **error)
{
  g_autofree char *path = path_beneath (parent, name);
  g_autofree char *shown = e13_quote_windows (path);
  e13_autohandle HANDLE handle = NULL;
  g_auto (E13Facts) facts = { 0 };
  NTSTATUS status;

  e13_win32_want_to_write ();
  status = open_directory (parent, name, DELETE | FILE_READ_ATTRIBUTES, NULL, &handle);
  if (!NT_SUCCESS (status))
    return e13_nt_throw (error, status, "open the directory", path);
  status = e13_win32_facts (handle, &facts, NULL);
  if (!NT_SUCCESS (status))
    return e13_nt_throw (error, status, "read the facts of", path);
  if (facts.type != E13_TYPE_DIRECTORY || !e13_object_key_same_inode (&facts.key, key))
    return e13_throw (error, E13_ERROR_MOVED, "cannot remove '%s': it is not the directory that was made", shown);
  status = remove_by_handle (handle);
  return NT_SUCCESS (status) || e13_nt_throw (error, status, "remove the directory", path);
}

const E13WriteOps e13_win32_write = {
  .set = set,
  .make_directory = make_directory,
  .remove_directory = remove_directory,
  .rewrite = e13_win32_rewrite,
};
