/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "model/security-descriptor.h"

/* ---- Entries --------------------------------------------------------------------------------- */

void
e13_ace_clear (E13Ace *ace)
{
  g_clear_pointer (&ace->raw, g_bytes_unref);
}

gboolean
e13_ace_equal (const E13Ace *a, const E13Ace *b)
{
  if (a->type != b->type || a->flags != b->flags || (a->raw == NULL) != (b->raw == NULL))
    return FALSE;
  if (a->raw != NULL)
    return g_bytes_equal (a->raw, b->raw);
  return a->mask == b->mask && e13_sid_equal (&a->sid, &b->sid);
}

gboolean
e13_ace_is_deny (const E13Ace *ace)
{
  return ace->type == E13_ACE_DENY || ace->type == E13_ACE_DENY_OBJECT || ace->type == E13_ACE_DENY_CALLBACK
         || ace->type == E13_ACE_DENY_CALLBACK_OBJECT;
}

/* ---- Lists ----------------------------------------------------------------------------------- */

static void
clear_ace (gpointer ace)
{
  e13_ace_clear (ace);
}

E13WinAcl *
e13_win_acl_new (guint8 revision)
{
  E13WinAcl *acl = g_new0 (E13WinAcl, 1);

  acl->revision = revision;
  acl->aces = g_array_new (FALSE, TRUE, sizeof (E13Ace));
  g_array_set_clear_func (acl->aces, clear_ace);
  return acl;
}

E13WinAcl *
e13_win_acl_copy (const E13WinAcl *acl)
{
  E13WinAcl *copy = e13_win_acl_new (acl->revision);

  for (guint i = 0; i < acl->aces->len; i++)
    e13_win_acl_insert (copy, G_MAXUINT, e13_win_acl_at (acl, i));
  return copy;
}

void
e13_win_acl_free (E13WinAcl *acl)
{
  if (acl == NULL)
    return;
  g_array_unref (acl->aces);
  g_free (acl);
}

const E13Ace *
e13_win_acl_at (const E13WinAcl *acl, guint position)
{
  return &g_array_index (acl->aces, E13Ace, position);
}

void
e13_win_acl_insert (E13WinAcl *acl, guint position, const E13Ace *ace)
{
  E13Ace copy = *ace;

  if (copy.raw != NULL)
    g_bytes_ref (copy.raw);
  g_array_insert_val (acl->aces, MIN (position, acl->aces->len), copy);
}

guint
e13_win_acl_first_out_of_order (const E13WinAcl *acl)
{
  guint highest = 0;

  for (guint i = 0; i < acl->aces->len; i++)
    {
      const E13Ace *ace = e13_win_acl_at (acl, i);
      guint rank = ace->flags & E13_ACE_INHERITED ? 2 : e13_ace_is_deny (ace) ? 0 : 1;

      if (rank < highest)
        return i;
      highest = rank;
    }
  return G_MAXUINT;
}

/* ---- Descriptors ----------------------------------------------------------------------------- */

E13SecurityDescriptor *
e13_sd_new (void)
{
  E13SecurityDescriptor *sd = g_new0 (E13SecurityDescriptor, 1);

  sd->control = E13_SD_SELF_RELATIVE;
  return sd;
}

E13SecurityDescriptor *
e13_sd_copy (const E13SecurityDescriptor *sd)
{
  E13SecurityDescriptor *copy = g_memdup2 (sd, sizeof *sd);

  copy->dacl = sd->dacl != NULL ? e13_win_acl_copy (sd->dacl) : NULL;
  copy->sacl = sd->sacl != NULL ? e13_win_acl_copy (sd->sacl) : NULL;
  return copy;
}

void
e13_sd_free (E13SecurityDescriptor *sd)
{
  if (sd == NULL)
    return;
  e13_win_acl_free (sd->dacl);
  e13_win_acl_free (sd->sacl);
  g_free (sd);
}

static gboolean
acls_equal (const E13WinAcl *a, const E13WinAcl *b)
{
  if (a == NULL || b == NULL || a->revision != b->revision || a->aces->len != b->aces->len)
    return a == b;
  for (guint i = 0; i < a->aces->len; i++)
    if (!e13_ace_equal (e13_win_acl_at (a, i), e13_win_acl_at (b, i)))
      return FALSE;
  return TRUE;
}

static gboolean
sids_equal (gboolean has_a, const E13Sid *a, gboolean has_b, const E13Sid *b)
{
  return has_a == has_b && (!has_a || e13_sid_equal (a, b));
}

gboolean
e13_sd_equal (const E13SecurityDescriptor *a, const E13SecurityDescriptor *b)
{
  return a->control == b->control && a->sbz1 == b->sbz1 && sids_equal (a->has_owner, &a->owner, b->has_owner, &b->owner)
         && sids_equal (a->has_group, &a->group, b->has_group, &b->group) && acls_equal (a->dacl, b->dacl)
         && acls_equal (a->sacl, b->sacl);
}
