/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "platform/win32/privileges.h"

#include "platform/win32/nt.h"

/* Where the token does not hold it nothing changes, and what is then denied is said where it is met. */
static void
switch_on (const WCHAR *name)
{
  TOKEN_PRIVILEGES privileges = { .PrivilegeCount = 1 };
  e13_autohandle HANDLE token = NULL;

  if (!OpenProcessToken (GetCurrentProcess (), TOKEN_ADJUST_PRIVILEGES, &token)
      || !LookupPrivilegeValueW (NULL, name, &privileges.Privileges[0].Luid))
    return;
  privileges.Privileges[0].Attributes = SE_PRIVILEGE_ENABLED;
  AdjustTokenPrivileges (token, FALSE, &privileges, 0, NULL, NULL);
}

void
e13_win32_want_to_read (void)
{
  static gsize done;

  if (g_once_init_enter (&done))
    {
      switch_on (L"SeBackupPrivilege");
      g_once_init_leave (&done, 1);
    }
}

void
e13_win32_want_to_write (void)
{
  static gsize done;

  if (g_once_init_enter (&done))
    {
      switch_on (L"SeRestorePrivilege");
      g_once_init_leave (&done, 1);
    }
}
