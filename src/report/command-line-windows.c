/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "report/command-line-windows.h"

#include "model/icacls.h"

GPtrArray *
e13_command_line_icacls (const E13WindowsGrant *grant, const char *target)
{
  GPtrArray *commands = g_ptr_array_new_with_free_func (g_free);

  if (grant->is_new)
    g_ptr_array_add (commands, g_strdup_printf ("mkdir %s", target));
  if (grant->mask != 0)
    g_ptr_array_add (commands,
                     e13_icacls_grant (target, grant->type == E13_TYPE_DIRECTORY, &grant->trustee, grant->mask));
  return commands;
}

char *
e13_command_line_grant (const E13WindowsGrant *grant, const char *path)
{
  g_autofree char *who = e13_sid_describe (&grant->trustee);
  g_autofree char *what = e13_mask_describe (grant->mask);

  if (grant->is_new && grant->mask == 0)
    return g_strdup_printf ("the directory %s, with what it inherits", path);
  if (grant->is_new)
    return g_strdup_printf ("the directory %s, with an entry that allows %s %s, inherited by all below", path, who,
                            what);
  return g_strdup_printf ("an entry that allows %s %s on %s%s", who, what, path,
                          grant->type == E13_TYPE_DIRECTORY ? ", inherited by all below" : "");
}
