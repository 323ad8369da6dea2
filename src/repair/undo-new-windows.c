/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "repair/undo-new-windows.h"

#include "access/windows-inherit.h"

static E13SecurityDescriptor *
decode (const GBytes *bytes)
{
  gsize size;
  const guint8 *data = g_bytes_get_data ((GBytes *)bytes, &size);

  return e13_sd_decode (data, size, NULL);
}

static gboolean
holds (const E13WinAcl *dacl, const E13Ace *ace)
{
  for (guint i = 0; dacl != NULL && i < dacl->aces->len; i++)
    if (e13_ace_equal (e13_win_acl_at (dacl, i), ace))
      return TRUE;
  return FALSE;
}

/* Does the entry go to new objects, and is it the repair's? */
static gboolean
is_granted (const E13SecurityDescriptor *before, const E13Ace *ace)
{
  return (ace->flags & (E13_ACE_OBJECT_INHERIT | E13_ACE_CONTAINER_INHERIT)) != 0 && !holds (before->dacl, ace);
}

gboolean
e13_undo_windows_grants (const E13Change *record)
{
  g_autoptr (E13SecurityDescriptor) before = decode (record->before.sd);
  g_autoptr (E13SecurityDescriptor) after = decode (record->after.sd);

  for (guint i = 0; before != NULL && after != NULL && after->dacl != NULL && i < after->dacl->aces->len; i++)
    if (is_granted (before, e13_win_acl_at (after->dacl, i)))
      return TRUE;
  return FALSE;
}

/* Takes the entry that @gift became out of @dacl; FALSE where it is not there. */
static gboolean
take_out (E13WinAcl *dacl, const E13WinGift *gift)
{
  for (guint i = 0; i < dacl->aces->len; i++)
    if (e13_windows_same_gift (e13_win_acl_at (dacl, i), &gift->ace))
      {
        g_array_remove_index (dacl->aces, i);
        return TRUE;
      }
  return FALSE;
}

GBytes *
e13_undo_windows_strip (const E13Facts *facts, const E13Change *record)
{
  g_autoptr (E13SecurityDescriptor) before = decode (record->before.sd);
  g_autoptr (E13SecurityDescriptor) after = decode (record->after.sd);
  g_autoptr (E13SecurityDescriptor) stripped = NULL;
  g_autoptr (GArray) gifts = NULL;
  gboolean any = FALSE;
  E13WinChild child;

  if (facts->sd == NULL || facts->sd->dacl == NULL || before == NULL || after == NULL)
    return NULL;
  stripped = e13_sd_copy (facts->sd);
  child = e13_windows_child (facts->sd, facts->type == E13_TYPE_DIRECTORY);
  gifts = e13_windows_gifts (after->dacl, &child);
  for (guint i = 0; i < gifts->len; i++)
    {
      const E13WinGift *gift = &g_array_index (gifts, E13WinGift, i);

      if (!is_granted (before, e13_win_acl_at (after->dacl, gift->origin)))
        continue;
      if (!take_out (stripped->dacl, gift))
        return NULL;
      any = TRUE;
    }
  return any ? e13_sd_encode (stripped, NULL) : NULL;
}
