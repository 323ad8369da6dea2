/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "report/command-line-windows.h"

#include "model/icacls.h"

char *
e13_command_line_icacls (const E13WindowsGrant *grant, const char *target)
{
  return e13_icacls_grant (target, grant->type == E13_TYPE_DIRECTORY, &grant->trustee, grant->mask);
}
