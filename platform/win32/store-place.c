/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Where the program keeps its own files on Windows. Everybody may make folders below %ProgramData%, so one of our name
 * may be a stranger's, who would write what an administrator later undoes: owner and list are looked at each time. */

#include "config.h"

#include "platform/win32/store-place.h"

#include <errno.h>
#include <string.h>
#include <shlobj.h>

#include "access/windows-trust.h"
#include "base/error.h"
#include "base/quote.h"
#include "model/sddl.h"
#include "platform/win32/identity.h"
#include "platform/win32/names.h"
#include "platform/win32/paths.h"

#define FOLDER "errno13"
#define FULL_FOR_US "(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)"
#define MACHINE_GUID_BYTES 128

/* ---- Names ----------------------------------------------------------------------------------- */

/* Asked of the system, not of the environment, which the caller may have set. */
static char *
known_folder (const KNOWNFOLDERID *id, const char *below)
{
  WCHAR *wide = NULL;
  g_autofree char *folder = NULL;

  if (SHGetKnownFolderPath (id, 0, NULL, &wide) == S_OK)
    folder = e13_win32_from_utf16 ((const gunichar2 *)wide, wcslen (wide));
  CoTaskMemFree (wide);
  return g_build_filename (folder != NULL ? folder : g_get_home_dir (), FOLDER, below, NULL);
}

char *
e13_store_directory (void)
{
  return known_folder (e13_win32_is_elevated () ? &FOLDERID_ProgramData : &FOLDERID_LocalAppData, NULL);
}

char *
e13_store_profiles (void)
{
  return known_folder (&FOLDERID_ProgramData, "profiles");
}

char *
e13_store_machine (void)
{
  WCHAR guid[MACHINE_GUID_BYTES] = L"";
  DWORD size = sizeof guid;

  if (RegGetValueW (HKEY_LOCAL_MACHINE, L"SOFTWARE\\Microsoft\\Cryptography", L"MachineGuid",
                    RRF_RT_REG_SZ | RRF_SUBKEY_WOW6464KEY, NULL, guid, &size)
          == ERROR_SUCCESS
      && guid[0] != 0)
    return e13_win32_from_utf16 ((const gunichar2 *)guid, wcslen (guid));
  return g_strdup (g_get_host_name ());
}

/* ---- Trust ----------------------------------------------------------------------------------- */

/* Wine lets every process do the same, and whatever it makes belongs to its one user. No Windows has this function. */
static gboolean
is_wine (void)
{
  return GetProcAddress (GetModuleHandleW (L"ntdll.dll"), "wine_get_version") != NULL;
}

/* Has this user's every process the rights that this one has? Then there is nobody to tell it from. */
static gboolean
is_user_whole (void)
{
  e13_autohandle HANDLE token = NULL;
  TOKEN_ELEVATION_TYPE type = TokenElevationTypeDefault;
  DWORD size;

  return !e13_win32_is_elevated () || is_wine ()
         || (OpenProcessToken (GetCurrentProcess (), TOKEN_QUERY, &token)
             && GetTokenInformation (token, TokenElevationType, &type, sizeof type, &size)
             && type == TokenElevationTypeDefault);
}

static GBytes *
make_descriptor (void)
{
  g_autoptr (E13Identity) self = e13_win32_identity_self ();
  g_autofree char *user = e13_sid_to_text (&self->token->user);
  g_autofree char *sddl = e13_win32_is_elevated ()
                              ? g_strdup ("O:BAG:BAD:P" FULL_FOR_US)
                              : g_strdup_printf ("O:%sD:P" FULL_FOR_US "(A;OICI;FA;;;%s)", user, user);
  g_autoptr (E13SecurityDescriptor) sd = e13_sddl_parse (sddl, NULL, NULL);

  return e13_sd_encode (sd, NULL);
}

gconstpointer
e13_store_descriptor (void)
{
  static GBytes *descriptor;

  if (g_once_init_enter (&descriptor))
    g_once_init_leave (&descriptor, make_descriptor ());
  return g_bytes_get_data (descriptor, NULL);
}

char *
e13_store_why_not_trusted (const E13Facts *facts)
{
  g_autoptr (E13Identity) self = e13_win32_identity_self ();

  if (facts->sd == NULL)
    return g_strdup_printf ("its security descriptor cannot be read: %s", g_strerror (facts->sd_errno));
  return e13_windows_why_not_trusted (facts->sd, is_user_whole () ? &self->token->user : NULL);
}

/* ---- Opening --------------------------------------------------------------------------------- */

NTSTATUS
e13_store_open_path (const char *path, const E13NtHow *how, HANDLE *ret_handle)
{
  g_auto (E13WinPath) parts = { 0 };
  g_autofree char *full = NULL;
  g_autofree gunichar2 *units = NULL;
  gsize length = 0;

  *ret_handle = NULL;
  if (!e13_win_path_parse (path, &parts))
    return STATUS_OBJECT_NAME_INVALID;
  full = e13_win_path_nt_root (parts.root);
  for (guint i = 0; i < parts.names->len; i++)
    {
      char *longer = e13_win_path_join (full, parts.names->pdata[i]);

      g_free (full);
      full = longer;
    }
  units = e13_win32_to_utf16 (full, &length);
  return units != NULL ? e13_nt_open (NULL, units, length, how, ret_handle) : STATUS_OBJECT_NAME_INVALID;
}

static NTSTATUS
open_folder (const char *path, gboolean make, HANDLE *ret_handle)
{
  const E13NtHow how = {
    .access = FILE_LIST_DIRECTORY | FILE_TRAVERSE | FILE_READ_ATTRIBUTES | READ_CONTROL,
    .share = FILE_SHARE_READ | FILE_SHARE_WRITE, /* its name stays what it is while we are in it */
    .disposition = make ? FILE_OPEN_IF : FILE_OPEN,
    .options = FILE_DIRECTORY_FILE,
    .any_case = TRUE,
    .descriptor = e13_store_descriptor (),
  };

  return e13_store_open_path (path, &how, ret_handle);
}

/* The folder above, then the folder: what exists is opened as it is. */
static NTSTATUS
make_folders (const char *path, HANDLE *ret_handle)
{
  g_autofree char *above = g_path_get_dirname (path);
  NTSTATUS status = open_folder (path, TRUE, ret_handle);
  HANDLE handle = NULL;

  if (status != STATUS_OBJECT_PATH_NOT_FOUND || strlen (above) >= strlen (path))
    return status;
  status = make_folders (above, &handle);
  if (!NT_SUCCESS (status))
    return status;
  e13_close_handle (&handle);
  return open_folder (path, TRUE, ret_handle);
}

static gboolean
check_folder (HANDLE handle, const char *path, GError **error)
{
  g_auto (E13Facts) facts = { 0 };
  NTSTATUS status = e13_win32_facts (handle, &facts, NULL);
  g_autofree char *shown = e13_quote_windows (path);
  g_autofree char *why_not = NULL;

  if (!NT_SUCCESS (status))
    return e13_nt_throw (error, status, "open the directory for journals", path);
  why_not = facts.type != E13_TYPE_DIRECTORY ? g_strdup ("it is a link") : e13_store_why_not_trusted (&facts);
  if (why_not != NULL)
    return e13_throw (error, E13_ERROR_REFUSED, "cannot keep journals in '%s': %s", shown, why_not);
  return TRUE;
}

static E13Store *
open_checked (const char *path, gboolean make, gboolean check, GError **error)
{
  e13_autohandle HANDLE handle = NULL;
  NTSTATUS status = make ? make_folders (path, &handle) : open_folder (path, FALSE, &handle);
  E13Store *store;

  if (!NT_SUCCESS (status))
    return e13_nt_throw (error, status, make ? "make the directory for journals" : "open the directory for journals",
                         path),
           NULL;
  if (check && !check_folder (handle, path, error))
    return NULL;
  store = g_new (E13Store, 1);
  store->handle = handle;
  handle = NULL;
  return store;
}

E13Store *
e13_store_open_own (const char *path, gboolean make, GError **error)
{
  return open_checked (path, make, TRUE, error);
}

E13Store *
e13_store_open_chosen (const char *path, GError **error)
{
  return open_checked (path, FALSE, e13_win32_is_elevated (), error);
}

void
e13_store_close (E13Store *store)
{
  if (store == NULL)
    return;
  e13_close_handle (&store->handle);
  g_free (store);
}

/* ---- Where it lies --------------------------------------------------------------------------- */

static gboolean
is_object (HANDLE handle, const E13ObjectKey *key)
{
  g_auto (E13Facts) facts = { 0 };

  return !NT_SUCCESS (e13_win32_facts (handle, &facts, NULL)) || e13_object_key_same_inode (&facts.key, key);
}

/* The path of what @handle holds, without links; NULL where it has none. Free with g_free(). */
static char *
final_path (HANDLE handle)
{
  DWORD size = GetFinalPathNameByHandleW (handle, NULL, 0, FILE_NAME_NORMALIZED | VOLUME_NAME_DOS);
  g_autofree WCHAR *path = g_new0 (WCHAR, (gsize)size + 1);
  DWORD length = size > 0 ? GetFinalPathNameByHandleW (handle, path, size, FILE_NAME_NORMALIZED | VOLUME_NAME_DOS) : 0;

  return length > 0 && length < size ? e13_win32_from_utf16 ((const gunichar2 *)path, length) : NULL;
}

gboolean
e13_store_lies_inside (const E13Store *store, const E13ObjectKey *root)
{
  const E13NtHow how = { .access = FILE_READ_ATTRIBUTES, .share = E13_NT_SHARE_ALL, .disposition = FILE_OPEN };
  g_autofree char *path = final_path (store->handle);
  g_auto (E13WinPath) parts = { 0 };
  g_autofree char *above = NULL;

  if (path == NULL || is_object (store->handle, root) || !e13_win_path_parse (path, &parts))
    return TRUE;
  above = g_strdup (parts.root);
  for (guint i = 0; i < parts.names->len; i++)
    {
      e13_autohandle HANDLE handle = NULL;
      char *below;

      if (!NT_SUCCESS (e13_store_open_path (above, &how, &handle)) || is_object (handle, root))
        return TRUE;
      below = e13_win_path_join (above, parts.names->pdata[i]);
      g_free (above);
      above = below;
    }
  return FALSE;
}
