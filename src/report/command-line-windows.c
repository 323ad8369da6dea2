/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "report/command-line-windows.h"

#include "model/icacls.h"

char *
e13_command_line_icacls (const E13WindowsGrant *grant, const char *target)
{
  return e13_icacls_grant (target, grant->type == E13_TYPE_DIRECTORY, &grant->trustee, grant->mask);
}

char *
e13_command_line_grant (const E13WindowsGrant *grant, const char *path)
{
  g_autofree char *who = e13_sid_describe (&grant->trustee);
  g_autofree char *what = e13_mask_describe (grant->mask);

  return g_strdup_printf ("an entry that allows %s %s on %s%s", who, what, path,
                          grant->type == E13_TYPE_DIRECTORY ? ", inherited by all below" : "");
}
