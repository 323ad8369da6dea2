/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "platform/win32/accounts.h"

#include <lm.h>

#include "base/error.h"
#include "base/quote.h"
#include "platform/win32/names.h"

#define MAX_NAME 512

gboolean
e13_win32_sid_of (PSID sid, E13Sid *ret_sid)
{
  return IsValidSid (sid) && e13_sid_decode (sid, GetLengthSid (sid), ret_sid, NULL);
}

char *
e13_win32_account_name (const E13Sid *sid)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  WCHAR name[MAX_NAME], domain[MAX_NAME];
  DWORD n_name = MAX_NAME, n_domain = MAX_NAME;
  g_autofree char *account = NULL;
  g_autofree char *place = NULL;
  SID_NAME_USE use;

  e13_sid_encode (sid, bytes);
  if (!LookupAccountSidW (NULL, bytes->data, name, &n_name, domain, &n_domain, &use))
    return NULL;
  account = e13_win32_from_utf16 ((const gunichar2 *)name, wcslen (name));
  place = e13_win32_from_utf16 ((const gunichar2 *)domain, wcslen (domain));
  return *place != '\0' ? g_strconcat (place, "\\", account, NULL) : g_steal_pointer (&account);
}

gboolean
e13_win32_account_sid (const char *name, E13Sid *ret_sid, GError **error)
{
  g_autofree char *shown = e13_quote_windows (name);
  guint8 sid[SECURITY_MAX_SID_SIZE];
  WCHAR domain[MAX_NAME];
  DWORD n_sid = sizeof sid, n_domain = MAX_NAME;
  gsize length = 0;
  g_autofree gunichar2 *units = e13_win32_to_utf16 (name, &length);
  SID_NAME_USE use;

  if (units != NULL && length > 0
      && LookupAccountNameW (NULL, (const WCHAR *)units, sid, &n_sid, domain, &n_domain, &use)
      && e13_win32_sid_of (sid, ret_sid))
    return TRUE;
  return e13_throw (error, E13_ERROR_USAGE, "no account '%s' on this machine", shown);
}

/* ---- Groups ------------------------------------------------------------------------------------------------------ */

typedef NET_API_STATUS (WINAPI *GetLocalGroups) (LPCWSTR server, LPCWSTR user, DWORD level, DWORD flags, LPBYTE *buffer,
                                                 DWORD max_length, LPDWORD n_read, LPDWORD n_total);
typedef NET_API_STATUS (WINAPI *BufferFree) (LPVOID buffer);

static void
add_group (GArray *groups, const WCHAR *name)
{
  g_autofree char *text = e13_win32_from_utf16 ((const gunichar2 *)name, wcslen (name));
  E13Sid sid;

  if (e13_win32_account_sid (text, &sid, NULL))
    g_array_append_val (groups, sid);
}

/* Loaded where it is needed: the program must start on systems without it. */
GArray *
e13_win32_account_groups (const char *name)
{
  GArray *groups = g_array_new (FALSE, FALSE, sizeof (E13Sid));
  HMODULE library = LoadLibraryExW (L"netapi32.dll", NULL, LOAD_LIBRARY_SEARCH_SYSTEM32);
  GetLocalGroups get_groups = NULL;
  BufferFree free_buffer = NULL;
  gsize length = 0;
  g_autofree gunichar2 *units = e13_win32_to_utf16 (name, &length);
  LOCALGROUP_USERS_INFO_0 *rows = NULL;
  DWORD n_read = 0, n_total = 0;

  if (library != NULL)
    {
      get_groups = (GetLocalGroups)(void *)GetProcAddress (library, "NetUserGetLocalGroups");
      free_buffer = (BufferFree)(void *)GetProcAddress (library, "NetApiBufferFree");
    }
  if (get_groups != NULL && free_buffer != NULL && units != NULL
      && get_groups (NULL, (const WCHAR *)units, 0, LG_INCLUDE_INDIRECT, (LPBYTE *)&rows, MAX_PREFERRED_LENGTH, &n_read,
                     &n_total)
             == NERR_Success)
    for (DWORD i = 0; i < n_read; i++)
      add_group (groups, rows[i].lgrui0_name);
  if (rows != NULL && free_buffer != NULL)
    free_buffer (rows);
  if (library != NULL)
    FreeLibrary (library);
  return groups;
}
