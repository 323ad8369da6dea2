/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "access/windows-inherit.h"

#define GENERIC_BITS (E13_MASK_GENERIC_ALL | E13_MASK_GENERIC_READ | E13_MASK_GENERIC_WRITE | E13_MASK_GENERIC_EXECUTE)

static const E13Sid creator_owner = { .authority = 3, .n_sub_authorities = 1, .sub_authorities = { 0 } };
static const E13Sid creator_group = { .authority = 3, .n_sub_authorities = 1, .sub_authorities = { 1 } };

/* ---- What a child gets ----------------------------------------------------------------------- */

E13WinChild
e13_windows_child (const E13SecurityDescriptor *sd, gboolean is_directory)
{
  return (E13WinChild){
    .owner = sd->has_owner ? &sd->owner : NULL,
    .group = sd->has_group ? &sd->group : NULL,
    .is_directory = is_directory,
  };
}

static void
clear_gift (gpointer gift)
{
  e13_ace_clear (&((E13WinGift *)gift)->ace);
}

static void
add_gift (GArray *gifts, guint origin, const E13Ace *ace, guint8 flags, guint32 mask, const E13Sid *sid,
          gboolean for_creator)
{
  E13WinGift gift = { e13_ace_with (ace, flags, mask, sid), origin, for_creator };

  g_array_append_val (gifts, gift);
}

/* Whose rights an entry is about in @child; NULL: nobody that we know. */
static const E13Sid *
resolve_sid (const E13Ace *ace, const E13WinChild *child)
{
  if (ace->has_sid && e13_sid_equal (&ace->sid, &creator_owner))
    return child->owner;
  if (ace->has_sid && e13_sid_equal (&ace->sid, &creator_group))
    return child->group;
  return &ace->sid;
}

/* For a child to which the entry applies itself. */
static void
give_effective (GArray *gifts, guint origin, const E13Ace *ace, const E13WinChild *child)
{
  const E13Sid *sid = resolve_sid (ace, child);
  guint32 mask = e13_mask_map_generic (ace->mask);
  gboolean for_creator = sid != &ace->sid;
  gboolean goes_on = child->is_directory && (ace->flags & E13_ACE_NO_PROPAGATE) == 0;
  guint8 kept = (ace->flags & ~E13_ACE_INHERITANCE) | E13_ACE_INHERITED;
  guint8 onwards = kept | (ace->flags & (E13_ACE_OBJECT_INHERIT | E13_ACE_CONTAINER_INHERIT));

  if (goes_on && !for_creator && mask == ace->mask)
    {
      add_gift (gifts, origin, ace, onwards, mask, sid, FALSE);
      return;
    }
  if (sid != NULL)
    add_gift (gifts, origin, ace, kept, mask, sid, for_creator);
  if (goes_on)
    add_gift (gifts, origin, ace, onwards | E13_ACE_INHERIT_ONLY, ace->mask, &ace->sid, FALSE);
}

GArray *
e13_windows_gifts (const E13WinAcl *dacl, const E13WinChild *child)
{
  GArray *gifts = g_array_new (FALSE, FALSE, sizeof (E13WinGift));

  g_array_set_clear_func (gifts, clear_gift);
  for (guint i = 0; dacl != NULL && i < dacl->aces->len; i++)
    {
      const E13Ace *ace = e13_win_acl_at (dacl, i);
      guint8 applies = child->is_directory ? E13_ACE_CONTAINER_INHERIT : E13_ACE_OBJECT_INHERIT;

      if (ace->flags & applies)
        give_effective (gifts, i, ace, child);
      else if (child->is_directory && (ace->flags & E13_ACE_OBJECT_INHERIT) != 0
               && (ace->flags & E13_ACE_NO_PROPAGATE) == 0)
        add_gift (gifts, i, ace, ace->flags | E13_ACE_INHERIT_ONLY | E13_ACE_INHERITED, ace->mask, &ace->sid, FALSE);
    }
  return gifts;
}

E13SecurityDescriptor *
e13_windows_with_inherited (const E13SecurityDescriptor *sd, const E13SecurityDescriptor *parent, gboolean is_directory)
{
  E13WinChild child = e13_windows_child (sd, is_directory);
  g_autoptr (GArray) gifts = e13_windows_gifts (parent->dacl, &child);
  E13SecurityDescriptor *made = e13_sd_copy (sd);

  g_clear_pointer (&made->dacl, e13_win_acl_free);
  made->dacl = e13_win_acl_new (parent->dacl->revision);
  made->control = (made->control & ~(guint)(E13_SD_DACL_PROTECTED | E13_SD_DACL_DEFAULTED)) | E13_SD_DACL_PRESENT
                  | E13_SD_DACL_AUTO_INHERITED;
  for (guint i = 0; i < gifts->len; i++)
    e13_win_acl_insert (made->dacl, G_MAXUINT, &g_array_index (gifts, E13WinGift, i).ace);
  return made;
}

static E13WinAcl *
handed_down (const E13WinAcl *acl, const E13WinChild *child)
{
  g_autoptr (GArray) gifts = e13_windows_gifts (acl, child);
  E13WinAcl *made = gifts->len > 0 ? e13_win_acl_new (acl->revision) : NULL;

  for (guint i = 0; i < gifts->len; i++)
    e13_win_acl_insert (made, G_MAXUINT, &g_array_index (gifts, E13WinGift, i).ace);
  return made;
}

E13SecurityDescriptor *
e13_windows_new_directory (const E13SecurityDescriptor *parent)
{
  const E13WinChild child = e13_windows_child (parent, TRUE);
  E13SecurityDescriptor *made = e13_sd_new ();

  made->has_owner = parent->has_owner;
  made->has_group = parent->has_group;
  made->owner = parent->owner;
  made->group = parent->group;
  made->control = E13_SD_SELF_RELATIVE | E13_SD_DACL_PRESENT | E13_SD_DACL_AUTO_INHERITED;
  made->dacl = handed_down (parent->dacl, &child);
  made->sacl = handed_down (parent->sacl, &child);
  if (made->dacl == NULL)
    made->dacl = e13_win_acl_new (2);
  if (made->sacl != NULL)
    made->control |= E13_SD_SACL_PRESENT | E13_SD_SACL_AUTO_INHERITED;
  return made;
}

/* ---- What it has ----------------------------------------------------------------------------- */

static gboolean
same_but_sid (const E13Ace *a, const E13Ace *b)
{
  guint32 resolve = a->flags & E13_ACE_INHERIT_ONLY ? 0 : GENERIC_BITS;

  if (a->type != b->type || a->flags != b->flags || (a->raw == NULL) != (b->raw == NULL) || a->has_sid != b->has_sid)
    return FALSE;
  return resolve == 0 ? a->mask == b->mask : e13_mask_map_generic (a->mask) == e13_mask_map_generic (b->mask);
}

gboolean
e13_windows_same_gift (const E13Ace *a, const E13Ace *b)
{
  return a->raw != NULL || b->raw != NULL ? e13_ace_equal (a, b)
                                          : same_but_sid (a, b) && e13_sid_equal (&a->sid, &b->sid);
}

/* Takes each gift out of @gifts that an entry of @dacl matches; such an entry's position leaves @strange. */
static void
match (const E13WinAcl *dacl, GArray *strange, GArray *gifts, gboolean by_creator)
{
  for (guint i = 0; i < gifts->len;)
    {
      const E13WinGift *gift = &g_array_index (gifts, E13WinGift, i);
      guint at = 0;

      for (; at < strange->len; at++)
        {
          const E13Ace *ace = e13_win_acl_at (dacl, g_array_index (strange, guint, at));

          if (by_creator ? gift->for_creator && same_but_sid (ace, &gift->ace)
                         : e13_windows_same_gift (ace, &gift->ace))
            break;
        }
      if (at == strange->len)
        {
          i++;
          continue;
        }
      g_array_remove_index (strange, at);
      g_array_remove_index (gifts, i);
    }
}

E13WinStaleness *
e13_windows_staleness (const E13SecurityDescriptor *parent, const E13SecurityDescriptor *child, gboolean is_directory)
{
  E13WinChild made = e13_windows_child (child, is_directory);
  g_autoptr (E13WinStaleness) staleness = NULL;

  if (child->dacl == NULL || parent->dacl == NULL || (child->control & E13_SD_DACL_PROTECTED) != 0)
    return NULL;
  staleness = g_new0 (E13WinStaleness, 1);
  staleness->strange = g_array_new (FALSE, FALSE, sizeof (guint));
  staleness->missing = e13_windows_gifts (parent->dacl, &made);
  for (guint i = 0; i < child->dacl->aces->len; i++)
    if (e13_win_acl_at (child->dacl, i)->flags & E13_ACE_INHERITED)
      g_array_append_val (staleness->strange, i);
  match (child->dacl, staleness->strange, staleness->missing, FALSE);
  match (child->dacl, staleness->strange, staleness->missing, TRUE);
  return staleness->strange->len + staleness->missing->len > 0 ? g_steal_pointer (&staleness) : NULL;
}

void
e13_windows_staleness_free (E13WinStaleness *staleness)
{
  if (staleness == NULL)
    return;
  g_array_unref (staleness->strange);
  g_array_unref (staleness->missing);
  g_free (staleness);
}

/* ---- Where it is from ------------------------------------------------------------------------ */

/* The position in @parent of what gave @ace to @child; G_MAXUINT: nothing did. */
static guint
giver_of (const E13SecurityDescriptor *parent, const E13SecurityDescriptor *child, gboolean is_directory,
          const E13Ace *ace)
{
  E13WinChild made = e13_windows_child (child, is_directory);
  g_autoptr (GArray) gifts = e13_windows_gifts (parent->dacl, &made);

  for (guint i = 0; i < gifts->len; i++)
    {
      const E13WinGift *gift = &g_array_index (gifts, E13WinGift, i);

      if (e13_windows_same_gift (&gift->ace, ace))
        return gift->origin;
    }
  return G_MAXUINT;
}

guint
e13_windows_inherited_from (const E13SecurityDescriptor *const *chain, gsize n, gboolean is_directory, guint position,
                            guint *ret_position)
{
  for (gsize i = 0; i < n; i++)
    {
      const E13Ace *ace;

      if (chain[i]->dacl == NULL || position >= chain[i]->dacl->aces->len)
        return G_MAXUINT;
      ace = e13_win_acl_at (chain[i]->dacl, position);
      if ((ace->flags & E13_ACE_INHERITED) == 0)
        {
          if (ret_position != NULL)
            *ret_position = position;
          return (guint)i;
        }
      if (i + 1 == n || (chain[i]->control & E13_SD_DACL_PROTECTED) != 0)
        return G_MAXUINT;
      position = giver_of (chain[i + 1], chain[i], i > 0 || is_directory, ace);
    }
  return G_MAXUINT;
}
