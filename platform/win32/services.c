/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "platform/win32/services.h"

#include <windows.h>

#include "platform/win32/accounts.h"
#include "platform/win32/names.h"
#include "platform/win32/paths.h"

#define MOST_BYTES (1u << 20)

static void
close_service (SC_HANDLE *handle)
{
  if (*handle != NULL)
    CloseServiceHandle (*handle);
}

#define autoservice __attribute__ ((cleanup (close_service)))

static const char *const programs[] = { "httpd.exe", "apache.exe", "nginx.exe", "php-cgi.exe", "lighttpd.exe" };

static char *
text_of (const WCHAR *wide)
{
  return e13_win32_from_utf16 ((const gunichar2 *)wide, wcslen (wide));
}

/* ---- Accounts ---------------------------------------------------------------------------------------------------- */

static E13Token *
token_of_sid (const char *text, const char *group)
{
  E13Sid user = e13_sid_well_known (text);
  E13Sid member = e13_sid_well_known (group);
  const E13KnownSid *known = e13_sid_known (&user);

  return e13_token_account (known != NULL ? known->name : NULL, &user, &member, 1);
}

/* As the list of services has it: ".\name" is an account of this machine. NULL where nobody is called so. */
static E13Token *
token_of_account (const char *account)
{
  const char *name = g_str_has_prefix (account, ".\\") ? account + 2 : account;
  g_autoptr (GArray) groups = NULL;
  g_autofree char *known = NULL;
  E13Sid sid;

  if (g_ascii_strcasecmp (name, "LocalSystem") == 0)
    return token_of_sid ("S-1-5-18", "S-1-5-32-544");
  if (g_ascii_strcasecmp (name, "NT AUTHORITY\\NetworkService") == 0)
    return e13_token_network_service ();
  if (g_ascii_strcasecmp (name, "NT AUTHORITY\\LocalService") == 0)
    return token_of_sid ("S-1-5-19", "S-1-5-32-545");
  if (!e13_win32_account_sid (name, &sid, NULL))
    return NULL;
  known = e13_win32_account_name (&sid);
  groups = e13_win32_account_groups (name);
  return e13_token_account (known != NULL ? known : name, &sid, (const E13Sid *)(gpointer)groups->data, groups->len);
}

/* A running process has told its token more exactly. */
static gboolean
is_found (const GPtrArray *found, const E13Sid *user)
{
  for (guint i = 0; i < found->len; i++)
    {
      const E13Identity *identity = found->pdata[i];

      if (identity->token != NULL && e13_sid_equal (&identity->token->user, user))
        return TRUE;
    }
  return FALSE;
}

/* ---- Services ---------------------------------------------------------------------------------------------------- */

/* NULL where it may not be read. Free with g_free(). */
static QUERY_SERVICE_CONFIGW *
config_of (SC_HANDLE manager, const WCHAR *name)
{
  autoservice SC_HANDLE service = OpenServiceW (manager, name, SERVICE_QUERY_CONFIG);
  g_autofree QUERY_SERVICE_CONFIGW *config = NULL;
  DWORD size = 0;

  if (service == NULL || QueryServiceConfigW (service, NULL, 0, &size) || GetLastError () != ERROR_INSUFFICIENT_BUFFER
      || size > MOST_BYTES)
    return NULL;
  config = g_malloc0 (size);
  return QueryServiceConfigW (service, config, size, &size) ? g_steal_pointer (&config) : NULL;
}

static gboolean
is_server (const char *program)
{
  for (gsize i = 0; program != NULL && i < G_N_ELEMENTS (programs); i++)
    if (g_ascii_strcasecmp (program, programs[i]) == 0)
      return TRUE;
  return FALSE;
}

static void
add_service (GPtrArray *found, SC_HANDLE manager, const WCHAR *name)
{
  g_autofree QUERY_SERVICE_CONFIGW *config = config_of (manager, name);
  gboolean is_told = config != NULL && config->lpBinaryPathName != NULL && config->lpServiceStartName != NULL;
  g_autofree char *command = is_told ? text_of (config->lpBinaryPathName) : NULL;
  g_autofree char *account = is_told ? text_of (config->lpServiceStartName) : NULL;
  g_autofree char *program = command != NULL ? e13_win_path_program (command) : NULL;
  E13Token *token = is_server (program) ? token_of_account (account) : NULL;
  g_autofree char *service = NULL;
  g_autofree char *evidence = NULL;

  if (token == NULL || is_found (found, &token->user))
    {
      e13_token_free (token);
      return;
    }
  service = text_of (name);
  evidence = g_strdup_printf ("service %s, %s", service, program);
  g_ptr_array_add (found, e13_identity_new_of_token (token, evidence));
}

static void
add_services (GPtrArray *found, SC_HANDLE manager, DWORD size)
{
  g_autofree ENUM_SERVICE_STATUS_PROCESSW *services = g_malloc0 (size);
  DWORD needed = 0, n = 0, next = 0;

  if (!EnumServicesStatusExW (manager, SC_ENUM_PROCESS_INFO, SERVICE_WIN32, SERVICE_STATE_ALL, (LPBYTE)services, size,
                              &needed, &n, &next, NULL))
    return;
  for (DWORD i = 0; i < n; i++)
    add_service (found, manager, services[i].lpServiceName);
}

void
e13_win32_add_services (GPtrArray *found)
{
  autoservice SC_HANDLE manager = OpenSCManagerW (NULL, NULL, SC_MANAGER_CONNECT | SC_MANAGER_ENUMERATE_SERVICE);
  DWORD needed = 0, n = 0, next = 0;

  /* There is none where no service manager runs. */
  if (manager == NULL
      || EnumServicesStatusExW (manager, SC_ENUM_PROCESS_INFO, SERVICE_WIN32, SERVICE_STATE_ALL, NULL, 0, &needed, &n,
                                &next, NULL)
      || GetLastError () != ERROR_MORE_DATA || needed > MOST_BYTES)
    return;
  add_services (found, manager, needed + 4096); /* some may come meanwhile */
}
