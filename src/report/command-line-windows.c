/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "report/command-line-windows.h"

/* The letters of icacls. Those that say more come first. */
static const struct
{
  guint32 mask;
  const char *letters;
} rights[] = {
  { E13_MASK_FULL, "F" },
  { E13_MASK_MODIFY, "M" },
  { E13_MASK_READ_AND_EXECUTE, "RX" },
  { E13_MASK_READ, "R" },
  { E13_MASK_WRITE, "W" },
  { E13_MASK_READ_DATA, "RD" },
  { E13_MASK_WRITE_DATA, "WD" },
  { E13_MASK_APPEND_DATA, "AD" },
  { E13_MASK_READ_EA, "REA" },
  { E13_MASK_WRITE_EA, "WEA" },
  { E13_MASK_EXECUTE, "X" },
  { E13_MASK_DELETE_CHILD, "DC" },
  { E13_MASK_READ_ATTRIBUTES, "RA" },
  { E13_MASK_WRITE_ATTRIBUTES, "WA" },
  { E13_MASK_DELETE, "DE" },
  { E13_MASK_READ_CONTROL, "RC" },
  { E13_MASK_WRITE_DAC, "WDAC" },
  { E13_MASK_WRITE_OWNER, "WO" },
  { E13_MASK_SYNCHRONIZE, "S" },
};

static char *
letters_of (guint32 mask)
{
  g_autoptr (GString) all = g_string_new (NULL);
  guint32 unsaid = mask;
  guint n = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (rights); i++)
    if ((mask & rights[i].mask) == rights[i].mask && (unsaid & rights[i].mask) != 0)
      {
        g_string_append_printf (all, "%s%s", n++ > 0 ? "," : "", rights[i].letters);
        unsaid &= ~rights[i].mask;
      }
  return n > 1 ? g_strdup_printf ("(%s)", all->str) : g_strdup (all->str);
}

char *
e13_command_line_icacls (const E13WindowsGrant *grant, const char *target)
{
  g_autofree char *sid = e13_sid_to_text (&grant->trustee);
  g_autofree char *letters = letters_of (grant->mask);

  return g_strdup_printf ("icacls %s /grant \"*%s:%s%s\"", target, sid,
                          grant->type == E13_TYPE_DIRECTORY ? "(OI)(CI)" : "", letters);
}

char *
e13_command_line_grant (const E13WindowsGrant *grant, const char *path)
{
  g_autofree char *who = e13_sid_describe (&grant->trustee);
  g_autofree char *what = e13_mask_describe (grant->mask);

  return g_strdup_printf ("an entry that allows %s %s on %s%s", who, what, path,
                          grant->type == E13_TYPE_DIRECTORY ? ", inherited by all below" : "");
}
