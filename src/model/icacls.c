/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "model/icacls.h"

#include <string.h>

#include "model/access-mask.h"

/* Those that say more come first. icacls prints "D" for what its help calls "DE", and takes both. */
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
  { E13_MASK_ACCESS_SYSTEM_SECURITY, "AS" },
  { E13_MASK_MAXIMUM_ALLOWED, "MA" },
  { E13_MASK_GENERIC_READ, "GR" },
  { E13_MASK_GENERIC_WRITE, "GW" },
  { E13_MASK_GENERIC_EXECUTE, "GE" },
  { E13_MASK_GENERIC_ALL, "GA" },
  { E13_MASK_DELETE, "D" },
};

char *
e13_icacls_rights (guint32 mask)
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

gboolean
e13_icacls_right (const char *word, gsize length, guint32 *ret_mask)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rights); i++)
    if (strlen (rights[i].letters) == length && strncmp (rights[i].letters, word, length) == 0)
      {
        *ret_mask = rights[i].mask;
        return TRUE;
      }
  return FALSE;
}

char *
e13_icacls_grant (const char *target, gboolean is_directory, const E13Sid *trustee, guint32 mask)
{
  g_autofree char *sid = e13_sid_to_text (trustee);
  g_autofree char *letters = e13_icacls_rights (mask);

  return g_strdup_printf ("icacls %s /grant \"*%s:%s%s\"", target, sid, is_directory ? "(OI)(CI)" : "", letters);
}
