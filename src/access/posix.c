/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "access/posix.h"

static const E13Rights single_rights[] = { E13_RIGHT_READ, E13_RIGHT_WRITE, E13_RIGHT_EXECUTE };

static guint
count_bits (E13Rights rights)
{
  return (guint)__builtin_popcount (rights);
}

static E13AclEntry
entry_from_mode (const E13Facts *facts, E13AclTag tag, guint shift)
{
  return (E13AclEntry){ 0, (guint8)tag, (guint8)((facts->mode >> shift) & E13_RIGHTS_ALL) };
}

/* The answer of one entry under @mask. */
static E13Verdict
decide (E13Decider decider, E13AclEntry entry, E13Rights mask, E13Rights want)
{
  return (E13Verdict){
    .granted = entry.rights & mask & want,
    .decider = decider,
    .entry = entry,
    .mask_cuts = entry.rights & want & ~mask,
  };
}

static gboolean
entry_is_group_of (const E13AclEntry *entry, const E13Facts *facts, const E13Identity *identity)
{
  switch (entry->tag)
    {
    case E13_ACL_GROUP_OBJ:
      return e13_identity_in_group (identity, facts->gid);
    case E13_ACL_GROUP:
      return e13_identity_in_group (identity, entry->id);
    default:
      return FALSE;
    }
}

/* All entries of groups that @identity is in. One that by itself holds all of @want decides: bits of several are not
 * added up in one question, though each may be granted when it is asked alone. */
static E13Verdict
judge_groups (const E13Facts *facts, const E13Identity *identity, E13Rights want)
{
  E13Verdict verdict = { .decider = E13_DECIDED_BY_GROUPS };
  E13Rights mask = e13_acl_masked (facts->access, E13_RIGHTS_ALL);
  E13Rights any = E13_RIGHT_NONE;

  for (guint i = 0; i < facts->access->n_entries; i++)
    {
      const E13AclEntry *entry = &facts->access->entries[i];

      if (!entry_is_group_of (entry, facts, identity))
        continue;
      if (verdict.n_groups++ == 0 || count_bits (entry->rights & want) > count_bits (verdict.entry.rights & want))
        verdict.entry = *entry;
      any |= entry->rights;
    }
  verdict.mask_cuts = verdict.entry.rights & want & ~mask;
  verdict.granted = any & mask & want;
  verdict.split = verdict.granted == want && (verdict.entry.rights & want) != want;
  if (verdict.split)
    verdict.granted = verdict.entry.rights & mask & want;
  return verdict;
}

/* posix_acl_permission(), for anybody but the owner. */
static E13Verdict
judge_acl (const E13Facts *facts, const E13Identity *identity, E13Rights want)
{
  E13Rights mask = e13_acl_masked (facts->access, E13_RIGHTS_ALL);
  const E13AclEntry *named = e13_acl_find (facts->access, E13_ACL_USER, identity->uid);
  E13Verdict groups;

  if (named != NULL)
    return decide (E13_DECIDED_BY_NAMED_USER, *named, mask, want);
  groups = judge_groups (facts, identity, want);
  if (groups.n_groups > 0)
    return groups;
  return decide (E13_DECIDED_BY_OTHER, *e13_acl_find (facts->access, E13_ACL_OTHER, 0), E13_RIGHTS_ALL, want);
}

/* acl_permission_check(): permission bits and ACL, before any capability. */
static E13Verdict
judge_entries (const E13Facts *facts, const E13Identity *identity, E13Rights want)
{
  gboolean extended = facts->access != NULL && e13_acl_is_extended (facts->access);
  E13Verdict verdict;

  if (identity->uid == facts->uid)
    return decide (E13_DECIDED_BY_OWNER, entry_from_mode (facts, E13_ACL_USER_OBJ, 6), E13_RIGHTS_ALL, want);
  if (extended && (facts->mode & 0070) != 0)
    return judge_acl (facts, identity, want);
  if (e13_identity_in_group (identity, facts->gid))
    {
      verdict = decide (E13_DECIDED_BY_GROUPS, entry_from_mode (facts, E13_ACL_GROUP_OBJ, 3), E13_RIGHTS_ALL, want);
      verdict.n_groups = 1;
    }
  else
    verdict = decide (E13_DECIDED_BY_OTHER, entry_from_mode (facts, E13_ACL_OTHER, 0), E13_RIGHTS_ALL, want);
  verdict.acl_ignored = extended;
  return verdict;
}

/* What CAP_DAC_OVERRIDE adds: all but running a file that nobody may run. */
static E13Rights
overridden (const E13Facts *facts, E13Rights want)
{
  if (facts->type == E13_TYPE_DIRECTORY || (facts->mode & 0111) != 0)
    return want;
  return want & (E13_RIGHT_READ | E13_RIGHT_WRITE);
}

E13Verdict
e13_posix_judge (const E13Facts *facts, const E13Identity *identity, E13Rights want)
{
  E13Verdict verdict = judge_entries (facts, identity, want);

  if (verdict.granted != want && identity->overrides_dac)
    {
      verdict.decider = E13_DECIDED_BY_CAPABILITY;
      verdict.split = FALSE;
      verdict.granted |= overridden (facts, want);
    }
  return verdict;
}

static E13Rights
bit_by_bit (const E13Facts *facts, const E13Identity *identity)
{
  E13Rights rights = E13_RIGHT_NONE;

  for (gsize i = 0; i < G_N_ELEMENTS (single_rights); i++)
    rights |= e13_posix_judge (facts, identity, single_rights[i]).granted;
  return rights;
}

E13Rights
e13_posix_rights_now (const E13Facts *facts, const E13Identity *identity)
{
  E13Rights rights = bit_by_bit (facts, identity);

  for (gsize i = 0; identity->also_groups != NULL && i < identity->also_groups->len; i++)
    {
      g_autoptr (E13Identity) other = e13_identity_with_other_groups (identity, i);

      rights |= bit_by_bit (facts, other);
    }
  return rights;
}

void
e13_posix_bounds (const E13Facts *facts, const E13Identity *identity, E13Rights want, E13Rights *ret_surely,
                  E13Rights *ret_surely_not)
{
  E13Rights group = (facts->mode >> 3) & E13_RIGHTS_ALL;
  E13Rights other = facts->mode & E13_RIGHTS_ALL;
  gboolean in_group = e13_identity_in_group (identity, facts->gid);
  E13Rights least = E13_RIGHT_NONE;
  E13Rights most;

  if (identity->uid == facts->uid)
    least = most = (facts->mode >> 6) & E13_RIGHTS_ALL;
  else if (group == E13_RIGHT_NONE) /* no ACL is looked at */
    least = most = in_group ? group : other;
  else /* group is the mask if there is an ACL; whoever is in the owning group never falls through to others */
    most = in_group ? group : group | other;
  if (identity->overrides_dac)
    least = most = overridden (facts, E13_RIGHTS_ALL) | least;
  *ret_surely = least & want;
  *ret_surely_not = want & ~most;
}
