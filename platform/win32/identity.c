/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "platform/win32/identity.h"

#include <string.h>
#include <windows.h>
#include <tlhelp32.h>

#include "base/error.h"
#include "base/quote.h"
#include "platform/win32/accounts.h"
#include "platform/win32/names.h"
#include "platform/win32/services.h"
#include "platform/win32/tokens.h"

#define EVIDENCE "--as"
#define POOL_PREFIX "IIS AppPool\\"

/* ---- By name or number ------------------------------------------------------------------------------------------- */

/* Service accounts have the groups that Windows gives them, whoever names them and how. */
static E13Token *
service_token (const E13Sid *user)
{
  E13Token *(*const services[]) (void) = { e13_token_iusr, e13_token_network_service };

  for (gsize i = 0; i < G_N_ELEMENTS (services); i++)
    {
      g_autoptr (E13Token) token = services[i]();

      if (e13_sid_equal (&token->user, user))
        return g_steal_pointer (&token);
    }
  return NULL;
}

/* SID[,GROUP-SID...] */
static E13Token *
token_of_numbers (const char *text, GError **error)
{
  g_auto (GStrv) words = g_strsplit (text, ",", -1);
  guint n = g_strv_length (words);
  g_autofree E13Sid *sids = g_new0 (E13Sid, n);
  g_autofree char *shown = e13_quote_windows (text);
  g_autofree char *name = NULL;
  E13Token *service;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GError) cause = NULL;

      if (!e13_sid_parse (words[i], &sids[i], NULL, &cause))
        return e13_throw (error, E13_ERROR_USAGE, "'%s' is no list of SIDs: %s", shown, cause->message), NULL;
    }
  service = n == 1 ? service_token (&sids[0]) : NULL;
  if (service != NULL)
    return service;
  name = e13_win32_account_name (&sids[0]);
  return e13_token_account (name, &sids[0], sids + 1, n - 1);
}

static E13Token *
token_of_name (const char *name, GError **error)
{
  g_autoptr (GArray) groups = NULL;
  g_autofree char *known = NULL;
  E13Token *service;
  E13Sid sid;

  /* IIS need not have made the pool's account yet; its number is known all the same. */
  if (g_ascii_strncasecmp (name, POOL_PREFIX, strlen (POOL_PREFIX)) == 0)
    return e13_token_worker (name + strlen (POOL_PREFIX), NULL, FALSE, error);
  if (g_ascii_strcasecmp (name, "IUSR") == 0)
    return e13_token_iusr ();
  if (!e13_win32_account_sid (name, &sid, error))
    return NULL;
  service = service_token (&sid);
  if (service != NULL)
    return service;
  known = e13_win32_account_name (&sid);
  groups = e13_win32_account_groups (name);
  return e13_token_account (known != NULL ? known : name, &sid, (const E13Sid *)(gpointer)groups->data, groups->len);
}

E13Identity *
e13_win32_identity_parse (const char *text, GError **error)
{
  gboolean is_number = g_ascii_strncasecmp (text, "S-1-", 4) == 0;
  E13Token *token = is_number ? token_of_numbers (text, error) : token_of_name (text, error);

  return token != NULL ? e13_identity_new_of_token (token, EVIDENCE) : NULL;
}

/* ---- This process ------------------------------------------------------------------------------------------------ */

E13Identity *
e13_win32_identity_self (void)
{
  E13Token *token = e13_win32_token_of_process (GetCurrentProcess ());
  E13Sid nobody = e13_sid_well_known ("S-1-0-0");

  /* A process that may not even read its own token counts as nobody. */
  return e13_identity_new_of_token (token != NULL ? token : e13_token_new (NULL, &nobody), "this process");
}

gboolean
e13_win32_is_elevated (void)
{
  e13_autohandle HANDLE token = NULL;
  TOKEN_ELEVATION elevation = { 0 };
  DWORD size;

  return OpenProcessToken (GetCurrentProcess (), TOKEN_QUERY, &token)
         && GetTokenInformation (token, TokenElevation, &elevation, sizeof elevation, &size)
         && elevation.TokenIsElevated != 0;
}

/* ---- Who serves here --------------------------------------------------------------------------------------------- */

/* Best evidence first. */
static const WCHAR *const servers[] = { L"w3wp.exe", L"httpd.exe", L"nginx.exe", L"php-cgi.exe" };

/* Services run in session 0, where nobody logs on: what a user has started there is a name, and no server. */
static gboolean
is_service (DWORD process)
{
  DWORD session;

  return ProcessIdToSessionId (process, &session) && session == 0;
}

static void
add_identity (GPtrArray *found, DWORD process, const WCHAR *program)
{
  e13_autohandle HANDLE handle = OpenProcess (PROCESS_QUERY_LIMITED_INFORMATION, FALSE, process);
  E13Token *token = handle != NULL ? e13_win32_token_of_process (handle) : NULL;
  g_autofree char *name = e13_win32_from_utf16 ((const gunichar2 *)program, wcslen (program));
  g_autofree char *evidence = g_strdup_printf ("running %s", name);
  g_autoptr (E13Identity) identity = NULL;

  if (token == NULL)
    return;
  identity = e13_identity_new_of_token (token, evidence);
  for (guint i = 0; i < found->len; i++)
    if (e13_identity_equal (found->pdata[i], identity))
      return;
  g_ptr_array_add (found, g_steal_pointer (&identity));
}

GPtrArray *
e13_win32_identities_found (void)
{
  GPtrArray *found = g_ptr_array_new_with_free_func ((GDestroyNotify)e13_identity_free);
  HANDLE snapshot = CreateToolhelp32Snapshot (TH32CS_SNAPPROCESS, 0);

  if (snapshot == INVALID_HANDLE_VALUE)
    return found;
  for (gsize i = 0; i < G_N_ELEMENTS (servers); i++)
    {
      PROCESSENTRY32W process = { .dwSize = sizeof process };

      for (BOOL more = Process32FirstW (snapshot, &process); more; more = Process32NextW (snapshot, &process))
        if (_wcsicmp (process.szExeFile, servers[i]) == 0 && is_service (process.th32ProcessID))
          add_identity (found, process.th32ProcessID, servers[i]);
    }
  CloseHandle (snapshot);
  e13_win32_add_services (found);
  return found;
}
