/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "model/security-descriptor.h"

#include <string.h>

#include "base/error.h"

/* ---- Masks ------------------------------------------------------------------------------------------------------- */

guint32
e13_mask_map_generic (guint32 mask)
{
  static const struct {
    guint32 generic;
    guint32 meaning;
  } map[] = {
    { E13_MASK_GENERIC_ALL, E13_MASK_FULL },
    { E13_MASK_GENERIC_READ, E13_MASK_READ },
    { E13_MASK_GENERIC_WRITE, E13_MASK_FILE_GENERIC_WRITE },
    { E13_MASK_GENERIC_EXECUTE, E13_MASK_FILE_GENERIC_EXECUTE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (map); i++)
    if (mask & map[i].generic)
      mask = (mask & ~map[i].generic) | map[i].meaning;
  return mask;
}

char *
e13_mask_describe (guint32 mask)
{
  static const struct {
    guint32 mask;
    const char *name;
  } names[] = {
    { E13_MASK_FULL, "Full control" },
    { E13_MASK_MODIFY, "Modify" },
    { E13_MASK_READ_AND_EXECUTE, "Read & execute" },
    { E13_MASK_READ, "Read" },
    { E13_MASK_WRITE, "Write" },
    { E13_MASK_READ_DATA, "List folder/read data" },
    { E13_MASK_WRITE_DATA, "Create files/write data" },
    { E13_MASK_APPEND_DATA, "Create folders/append data" },
    { E13_MASK_READ_EA, "Read extended attributes" },
    { E13_MASK_WRITE_EA, "Write extended attributes" },
    { E13_MASK_EXECUTE, "Traverse folder/execute file" },
    { E13_MASK_DELETE_CHILD, "Delete subfolders and files" },
    { E13_MASK_READ_ATTRIBUTES, "Read attributes" },
    { E13_MASK_WRITE_ATTRIBUTES, "Write attributes" },
    { E13_MASK_DELETE, "Delete" },
    { E13_MASK_READ_CONTROL, "Read permissions" },
    { E13_MASK_WRITE_DAC, "Change permissions" },
    { E13_MASK_WRITE_OWNER, "Take ownership" },
    { E13_MASK_SYNCHRONIZE, "Synchronize" },
    { E13_MASK_ACCESS_SYSTEM_SECURITY, "Access system security" },
  };
  guint32 left = e13_mask_map_generic (mask);
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if ((left & names[i].mask) == names[i].mask)
      {
        g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", names[i].name);
        left &= ~names[i].mask;
      }
  if (left != 0 || text->len == 0)
    g_string_append_printf (text, "%s0x%x", text->len > 0 ? ", " : "", left);
  return g_string_free (text, FALSE);
}

/* ---- Lists ------------------------------------------------------------------------------------------------------- */

static void
ace_clear (gpointer ace)
{
  g_clear_pointer (&((E13Ace *)ace)->raw, g_bytes_unref);
}

E13WinAcl *
e13_win_acl_new (guint8 revision)
{
  E13WinAcl *acl = g_new0 (E13WinAcl, 1);

  acl->ref_count = 1;
  acl->revision = revision;
  acl->aces = g_array_new (FALSE, TRUE, sizeof (E13Ace));
  g_array_set_clear_func (acl->aces, ace_clear);
  return acl;
}

E13WinAcl *
e13_win_acl_copy (const E13WinAcl *acl)
{
  E13WinAcl *copy = e13_win_acl_new (acl->revision);

  for (guint i = 0; i < acl->aces->len; i++)
    {
      E13Ace ace = g_array_index (acl->aces, E13Ace, i);

      if (ace.raw != NULL)
        g_bytes_ref (ace.raw);
      g_array_append_val (copy->aces, ace);
    }
  return copy;
}

E13WinAcl *
e13_win_acl_ref (E13WinAcl *acl)
{
  if (acl != NULL)
    g_atomic_int_inc (&acl->ref_count);
  return acl;
}

void
e13_win_acl_unref (E13WinAcl *acl)
{
  if (acl == NULL || !g_atomic_int_dec_and_test (&acl->ref_count))
    return;
  g_array_unref (acl->aces);
  g_free (acl);
}

void
e13_win_acl_insert (E13WinAcl *acl, guint position, guint8 type, guint8 flags, guint32 mask, const E13Sid *sid)
{
  const E13Ace ace = { .type = type, .flags = flags, .is_plain = TRUE, .mask = mask, .sid = *sid, .has_sid = TRUE };

  g_array_insert_val (acl->aces, MIN (position, acl->aces->len), ace);
}

gboolean
e13_ace_equal (const E13Ace *a, const E13Ace *b)
{
  if (a->type != b->type || a->flags != b->flags || a->is_plain != b->is_plain)
    return FALSE;
  if (!a->is_plain)
    return g_bytes_equal (a->raw, b->raw);
  return a->mask == b->mask && e13_sid_equal (&a->sid, &b->sid);
}

static gboolean
is_deny (const E13Ace *ace)
{
  return ace->type == E13_ACE_DENY || ace->type == E13_ACE_DENY_OBJECT || ace->type == E13_ACE_DENY_CALLBACK;
}

guint
e13_win_acl_first_out_of_order (const E13WinAcl *acl)
{
  gint highest = 0;

  for (guint i = 0; i < acl->aces->len; i++)
    {
      const E13Ace *ace = &g_array_index (acl->aces, E13Ace, i);
      gint rank = ace->flags & E13_ACE_INHERITED ? 2 : is_deny (ace) ? 0 : 1;

      if (rank < highest)
        return i;
      highest = rank;
    }
  return G_MAXUINT;
}

/* ---- Descriptors -------------------------------------------------------------------------------------------------- */

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
  e13_win_acl_unref (sd->dacl);
  e13_win_acl_unref (sd->sacl);
  g_free (sd);
}

static gboolean
acls_equal (const E13WinAcl *a, const E13WinAcl *b)
{
  if (a == NULL || b == NULL || a->revision != b->revision || a->aces->len != b->aces->len)
    return a == b;
  for (guint i = 0; i < a->aces->len; i++)
    if (!e13_ace_equal (&g_array_index (a->aces, E13Ace, i), &g_array_index (b->aces, E13Ace, i)))
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
