/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The Restart Manager is asked, which installers ask what keeps them from replacing a file. It is loaded where it is
 * needed: not every edition of Windows has it. */

#include "config.h"

#include "platform/win32/users.h"

#include <windows.h>
#include <restartmanager.h>

#include "platform/win32/names.h"
#include "platform/win32/pin.h"

#define MAX_PROCESSES 16

typedef DWORD (WINAPI *RmStart) (DWORD *session, DWORD flags, WCHAR *key);
typedef DWORD (WINAPI *RmAdd) (DWORD session, UINT n_files, LPCWSTR *files, UINT n_programs,
                               RM_UNIQUE_PROCESS *programs, UINT n_services, LPCWSTR *services);
typedef DWORD (WINAPI *RmGet) (DWORD session, UINT *n_needed, UINT *n, RM_PROCESS_INFO *processes, LPDWORD reasons);
typedef DWORD (WINAPI *RmEnd) (DWORD session);

typedef struct
{
  HMODULE library;
  RmStart start;
  RmAdd add;
  RmGet get;
  RmEnd end;
} Manager;

static gboolean
load (Manager *manager)
{
  HMODULE library = LoadLibraryExW (L"rstrtmgr.dll", NULL, LOAD_LIBRARY_SEARCH_SYSTEM32);

  *manager = (Manager){ .library = library };
  if (library == NULL)
    return FALSE;
  manager->start = (RmStart)(void *)GetProcAddress (library, "RmStartSession");
  manager->add = (RmAdd)(void *)GetProcAddress (library, "RmRegisterResources");
  manager->get = (RmGet)(void *)GetProcAddress (library, "RmGetList");
  manager->end = (RmEnd)(void *)GetProcAddress (library, "RmEndSession");
  return manager->start != NULL && manager->add != NULL && manager->get != NULL && manager->end != NULL;
}

/* The file's path now; the manager knows files by path alone. NULL where it has none. */
static WCHAR *
path_of (const E13Pin *pin)
{
  HANDLE handle = e13_win32_handle_of_pin (pin);
  DWORD size = GetFinalPathNameByHandleW (handle, NULL, 0, FILE_NAME_NORMALIZED | VOLUME_NAME_DOS);
  WCHAR *path = g_new0 (WCHAR, (gsize)size + 1);
  DWORD length = size > 0 ? GetFinalPathNameByHandleW (handle, path, size, FILE_NAME_NORMALIZED | VOLUME_NAME_DOS) : 0;

  if (length > 0 && length < size)
    return path;
  g_free (path);
  return NULL;
}

static char *
describe (const RM_PROCESS_INFO *processes, UINT n)
{
  GString *out = g_string_new (NULL);

  for (UINT i = 0; i < n; i++)
    {
      const WCHAR *wide = processes[i].strAppName;
      g_autofree char *name = e13_win32_from_utf16 ((const gunichar2 *)wide, wcsnlen (wide, CCH_RM_MAX_APP_NAME));

      g_string_append_printf (out, "%s%s (process %lu)", i > 0 ? ", " : "", name, processes[i].Process.dwProcessId);
    }
  return g_string_free (out, n == 0);
}

static char *
ask (const Manager *manager, DWORD session, LPCWSTR path)
{
  RM_PROCESS_INFO processes[MAX_PROCESSES];
  UINT n = MAX_PROCESSES, n_needed = 0;
  DWORD reasons, result;

  if (manager->add (session, 1, &path, 0, NULL, 0, NULL) != ERROR_SUCCESS)
    return NULL;
  result = manager->get (session, &n_needed, &n, processes, &reasons);
  return result == ERROR_SUCCESS ? describe (processes, n) : NULL;
}

char *
e13_win32_who_uses (const E13Pin *pin)
{
  g_autofree WCHAR *path = path_of (pin);
  WCHAR key[CCH_RM_SESSION_KEY + 1] = { 0 };
  char *users = NULL;
  Manager manager;
  DWORD session;

  if (path != NULL && load (&manager) && manager.start (&session, 0, key) == ERROR_SUCCESS)
    {
      users = ask (&manager, session, path);
      manager.end (session);
    }
  if (path != NULL && manager.library != NULL)
    FreeLibrary (manager.library);
  return users;
}
