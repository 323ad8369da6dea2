/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "access/least.h"

/* @facts with another access ACL; borrows both. */
static E13Facts
facts_with (const E13Facts *facts, const E13Acl *access)
{
  E13Facts other = *facts;

  other.access = (E13Acl *)access;
  other.acl_state = E13_ACL_READ;
  other.mode = (facts->mode & ~0777u) | e13_acl_to_mode (access);
  return other;
}

static E13Acl *
with_owner (const E13Acl *acl, E13Rights rights)
{
  return e13_acl_with (acl, E13_ACL_USER_OBJ, 0, e13_acl_rights_of (acl, E13_ACL_USER_OBJ) | rights);
}

E13Acl *
e13_access_with_entry (const E13Acl *acl, E13AclTag tag, guint32 id, E13Rights rights)
{
  E13Rights old_mask = e13_acl_group_class (acl);
  E13Rights new_mask = old_mask | rights;
  g_autoptr (E13Acl) trimmed = NULL;
  g_autoptr (E13Acl) granted = NULL;

  if (tag == E13_ACL_GROUP_OBJ && e13_acl_find (acl, E13_ACL_MASK, 0) == NULL)
    return e13_acl_with (acl, tag, id, rights);
  trimmed = new_mask != old_mask ? e13_acl_trimmed (acl, old_mask) : e13_acl_ref ((E13Acl *)acl);
  granted = e13_acl_with (trimmed, tag, id, rights);
  return e13_acl_with (granted, E13_ACL_MASK, 0, new_mask);
}

E13Acl *
e13_access_least_grant (const E13Facts *facts, const E13Acl *so_far, const E13Identity *identity, E13Rights needs)
{
  const E13Acl *acl = so_far != NULL ? so_far : facts->access;
  E13Facts now = facts_with (facts, acl);
  E13Rights keeps;

  if (e13_posix_judge (&now, identity, needs).granted == needs)
    return e13_acl_ref ((E13Acl *)acl);
  if (identity->uid == facts->uid)
    return with_owner (acl, needs);
  /* An earlier call may have granted the same account something, or taken from it what others get. */
  keeps = e13_posix_rights_now (facts, identity) | e13_posix_rights_now (&now, identity);
  return e13_access_with_entry (acl, E13_ACL_USER, identity->uid, keeps | needs);
}

/* Do the users whom @entry names get others' bits while the ACL is ignored? Not the owner, nor the owning group. */
static gboolean
lived_on_others (const E13Facts *facts, const E13AclEntry *entry)
{
  return (entry->tag == E13_ACL_USER && entry->id != facts->uid)
         || (entry->tag == E13_ACL_GROUP && entry->id != facts->gid);
}

GArray *
e13_access_least_losers (const E13Facts *before, const E13Acl *after)
{
  GArray *losers = g_array_new (FALSE, FALSE, sizeof (E13AclEntry));
  E13Rights others = before->mode & E13_RIGHTS_ALL;

  if (e13_acl_group_class (before->access) != 0 || e13_acl_group_class (after) == 0 || others == 0)
    return losers;
  for (guint i = 0; i < before->access->n_entries; i++)
    {
      E13AclEntry entry = before->access->entries[i];
      const E13AclEntry *new_entry = e13_acl_find (after, entry.tag, entry.id);

      /* An entry that is not empty now was granted, with all that its user had. */
      if (!lived_on_others (before, &entry) || new_entry == NULL || e13_acl_masked (after, new_entry->rights) != 0)
        continue;
      entry.rights = (guint8)others;
      g_array_append_val (losers, entry);
    }
  return losers;
}
