/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the guard knows of Windows by name. */

#include <criterion/criterion.h>

#include "policy/guarded.h"

TestSuite (guarded_windows, .timeout = 60);

Test (guarded_windows, places)
{
  static const struct
  {
    const char *path;
    E13System system;
  } rows[] = {
    { "C:\\", E13_SYSTEM_ITSELF },
    { "\\", E13_SYSTEM_ITSELF },
    { "c:\\WINDOWS", E13_SYSTEM_ITSELF },
    { "C:\\Windows\\System32\\inetsrv", E13_SYSTEM_BELOW },
    { "\\Windows\\Temp", E13_SYSTEM_BELOW },
    { "C:/Program Files (x86)/PHP", E13_SYSTEM_BELOW },
    { "C:\\Windows2\\site", E13_SYSTEM_NO },
    { "C:\\Users", E13_SYSTEM_ITSELF },
    { "C:\\Users\\maria", E13_SYSTEM_ITSELF },
    { "C:\\Users\\maria\\site", E13_SYSTEM_NO },
    { "C:\\inetpub", E13_SYSTEM_ITSELF },
    { "C:\\inetpub\\wwwroot", E13_SYSTEM_HOLDS_SITES },
    { "\\inetpub\\WWWRoot", E13_SYSTEM_HOLDS_SITES },
    { "C:\\inetpub\\wwwroot\\week7", E13_SYSTEM_NO },
    { "D:\\sites\\week7", E13_SYSTEM_NO },
    { "\\\\server\\Windows", E13_SYSTEM_NO },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    cr_expect_eq (e13_guarded_windows (rows[i].path), rows[i].system, "%s: %d", rows[i].path,
                  e13_guarded_windows (rows[i].path));
}

Test (guarded_windows, what_a_server_loads)
{
  cr_expect (e13_guarded_is_loaded ("lib.dll"));
  cr_expect (e13_guarded_is_loaded ("Index.ASPX"));
  cr_expect (e13_guarded_is_loaded ("web.config"));
  cr_expect_not (e13_guarded_is_loaded ("setup.exe"));
  cr_expect_not (e13_guarded_is_loaded ("thesis.docm"));
  cr_expect_not (e13_guarded_is_loaded ("run.ps1"));
  cr_expect_not (e13_guarded_is_loaded ("dll"));
}
