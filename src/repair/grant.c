/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "repair/grant.h"

#include "base/error.h"
#include "repair/grant-parts.h"

#define LOSER_PREFIX "also-loses: by the ACL: "

E13Facts
e13_grant_planned (const E13Change *change, const E13Facts *facts)
{
  E13Facts planned = *facts;

  planned.uid = change->after.uid;
  planned.gid = change->after.gid;
  planned.mode = change->after.mode;
  planned.access = change->after.access;
  planned.default_acl = change->after.default_acl;
  return planned;
}

void
e13_grant_take_access (E13Change *change, E13Acl *acl)
{
  e13_acl_unref (change->after.access);
  change->after.access = acl;
  change->after.mode = (change->after.mode & ~0777u) | e13_acl_to_mode (acl);
}

E13Acl *
e13_grant_awake (E13Acl *acl)
{
  E13Acl *looked_at;

  if (e13_acl_group_class (acl) != 0)
    return acl;
  looked_at = e13_access_with_entry (acl, E13_ACL_MASK, 0, E13_RIGHT_READ);
  e13_acl_unref (acl);
  return looked_at;
}

gboolean
e13_grant_acl_is_known (const E13Facts *facts, GError **error)
{
  switch (facts->acl_state)
    {
    case E13_ACL_READ:
    case E13_ACL_UNSUPPORTED:
      return facts->access != NULL || e13_throw (error, E13_ERROR_REFUSED, "its ACL is not known");
    case E13_ACL_UNREADABLE:
      return e13_throw (error, E13_ERROR_REFUSED, "its ACL cannot be read: %s", g_strerror (facts->acl_errno));
    default:
      return e13_throw (error, E13_ERROR_REFUSED, "its ACL has not been read");
    }
}

void
e13_grant_note_once (E13Change *change, char *text)
{
  for (guint i = 0; change->notes != NULL && i < change->notes->len; i++)
    if (g_str_equal (g_ptr_array_index (change->notes, i), text))
      {
        g_free (text);
        return;
      }
  e13_change_note (change, "%s", text);
  g_free (text);
}

static void
forget_losers (E13Change *change)
{
  for (guint i = change->notes != NULL ? change->notes->len : 0; i > 0; i--)
    if (g_str_has_prefix (g_ptr_array_index (change->notes, i - 1), LOSER_PREFIX))
      g_ptr_array_remove_index (change->notes, i - 1);
}

void
e13_grant_note_losers (E13Change *change, const E13Facts *facts)
{
  g_autoptr (GArray) losers = e13_access_least_losers (facts, change->after.access);

  forget_losers (change);
  for (guint i = 0; i < losers->len; i++)
    {
      const E13AclEntry *loser = &g_array_index (losers, E13AclEntry, i);
      gboolean user = loser->tag == E13_ACL_USER;

      if (user && loser->id == change->after.uid)
        continue;
      e13_change_note (change,
                       LOSER_PREFIX
                       "%s %" G_GUINT32_FORMAT
                       " loses %s, had only because the kernel ignores an ACL whose group bits are all zero",
                       user ? "user" : "group", loser->id, e13_rights_to_text (loser->rights));
    }
}

static gboolean
throw_no_acls (const E13Facts *facts, const E13Identity *identity, E13Rights needs, GError **error)
{
  const char *what = e13_rights_to_text (needs);

  if (e13_identity_in_group (identity, facts->gid))
    return e13_throw (error, E13_ERROR_UNSUPPORTED,
                      "the file system has no ACLs: --via=group would do it, and give %s to every member of group "
                      "%" G_GUINT32_FORMAT,
                      what, facts->gid);
  return e13_throw (error, E13_ERROR_UNSUPPORTED,
                    "the file system has no ACLs: --via=group would do it by making group %" G_GUINT32_FORMAT
                    " the owning one and giving %s to every member of it",
                    identity->gid, what);
}

/* Through the identity's own entry: the narrowest means, and the only one where such an entry decides already. */
static gboolean
grant_by_entry (E13Change *change, const E13Facts *facts, const E13Identity *identity, E13Rights needs, GError **error)
{
  E13Facts start = *facts;
  g_autoptr (E13Acl) acl = NULL;

  start.uid = change->after.uid;
  start.gid = change->after.gid;
  acl = e13_access_least_grant (&start, change->after.access, identity, needs);
  if (facts->acl_state == E13_ACL_UNSUPPORTED && e13_acl_is_extended (acl))
    return throw_no_acls (facts, identity, needs, error);
  e13_grant_take_access (change, g_steal_pointer (&acl));
  return TRUE;
}

static void
raise_owning_group (E13Change *change, E13Rights needs)
{
  const E13Acl *acl = change->after.access;
  E13Rights had = e13_acl_masked (acl, e13_acl_rights_of (acl, E13_ACL_GROUP_OBJ));

  e13_grant_take_access (change, e13_access_with_entry (acl, E13_ACL_GROUP_OBJ, 0, had | needs));
  e13_grant_note_once (change, g_strdup_printf ("also-gains: every member of group %" G_GUINT32_FORMAT " has %s",
                                                change->after.gid, e13_rights_to_text (had | needs)));
}

/* Without ACLs the old group's members become others. */
static gboolean
let_old_group_fall (E13Change *change, const E13Facts *facts, E13Rights had, GError **error)
{
  E13Rights others = e13_acl_rights_of (change->after.access, E13_ACL_OTHER);

  if (change->after.gid != facts->gid)
    return e13_throw (
        error, E13_ERROR_REFUSED,
        "the file system has no ACLs, and another identity needs it to belong to group %" G_GUINT32_FORMAT,
        change->after.gid);
  if ((others & ~had) != 0)
    return e13_throw (error, E13_ERROR_REFUSED,
                      "the file system has no ACLs, and giving it to another group would give %s to group "
                      "%" G_GUINT32_FORMAT ", which is denied what others may do",
                      e13_rights_to_text (others & ~had), facts->gid);
  if ((had & ~others) != 0)
    e13_change_note (change, "also-loses: members of group %" G_GUINT32_FORMAT " lose %s", facts->gid,
                     e13_rights_to_text (had & ~others));
  return TRUE;
}

/* What an entry for @gid among the named ones gives; @otherwise where there is none that counts. */
static E13Rights
named_group_rights (const E13Acl *acl, guint32 gid, E13Rights otherwise)
{
  const E13AclEntry *named = e13_acl_find (acl, E13_ACL_GROUP, gid);

  if (named == NULL || e13_acl_group_class (acl) == 0)
    return otherwise;
  return e13_acl_masked (acl, named->rights);
}

static gboolean
move_to_group (E13Change *change, const E13Facts *facts, guint32 gid, E13Rights needs, GError **error)
{
  const E13Acl *acl = change->after.access;
  E13Rights others = e13_acl_rights_of (acl, E13_ACL_OTHER);
  E13Rights old_had = e13_acl_masked (acl, e13_acl_rights_of (acl, E13_ACL_GROUP_OBJ));
  E13Rights new_has = named_group_rights (acl, gid, others) | needs;
  g_autoptr (E13Acl) kept = e13_acl_ref (change->after.access);
  g_autoptr (E13Acl) freed = NULL;

  if (facts->acl_state == E13_ACL_UNSUPPORTED)
    {
      if (!let_old_group_fall (change, facts, old_had, error))
        return FALSE;
    }
  else if (e13_acl_is_extended (acl) || old_had != others)
    {
      g_clear_pointer (&kept, e13_acl_unref);
      old_had |= named_group_rights (acl, change->after.gid, E13_RIGHT_NONE);
      kept = e13_access_with_entry (acl, E13_ACL_GROUP, change->after.gid, old_had);
    }
  freed = e13_acl_without (kept, E13_ACL_GROUP, gid);
  change->after.gid = gid;
  e13_grant_take_access (change, e13_access_with_entry (freed, E13_ACL_GROUP_OBJ, 0, new_has));
  e13_grant_note_once (change, g_strdup_printf ("also-gains: every member of group %" G_GUINT32_FORMAT " has %s", gid,
                                                e13_rights_to_text (new_has)));
  return TRUE;
}

static gboolean
grant_by_group (E13Change *change, const E13Facts *facts, const E13Identity *identity, E13Rights needs, GError **error)
{
  if (!e13_identity_in_group (identity, change->after.gid))
    return move_to_group (change, facts, identity->gid, needs, error);
  raise_owning_group (change, needs);
  return TRUE;
}

/* The old owner keeps an entry with what the owner bits gave. Root needs none: no permission bit holds it back. */
static gboolean
keep_old_owner (E13Change *change, const E13Facts *facts, GError **error)
{
  const E13Acl *acl = change->after.access;
  E13Rights had = e13_acl_rights_of (acl, E13_ACL_USER_OBJ);
  E13Rights group = e13_acl_rights_of (acl, E13_ACL_GROUP_OBJ);
  E13Rights others = e13_acl_rights_of (acl, E13_ACL_OTHER);

  if (facts->uid == 0)
    return TRUE;
  if (facts->acl_state != E13_ACL_UNSUPPORTED)
    {
      E13Acl *kept = e13_access_with_entry (acl, E13_ACL_USER, facts->uid, had);

      e13_grant_take_access (change, (others & ~had) != 0 ? e13_grant_awake (kept) : kept);
      return TRUE;
    }
  if (((group | others) & ~had) != 0)
    return e13_throw (error, E13_ERROR_REFUSED,
                      "the file system has no ACLs, and as one of the others its owner would gain %s",
                      e13_rights_to_text ((group | others) & ~had));
  if ((had & ~(group & others)) != 0)
    e13_change_note (change, "also-loses: user %" G_GUINT32_FORMAT " may lose %s", facts->uid,
                     e13_rights_to_text (had & ~(group & others)));
  return TRUE;
}

static gboolean
grant_by_owner (E13Change *change, const E13Facts *facts, const E13Identity *identity, E13Rights needs, GError **error)
{
  E13Rights keeps = e13_posix_rights_now (facts, identity);

  /* There is one owner only: another role gets an entry. */
  if (change->after.uid != facts->uid)
    return grant_by_entry (change, facts, identity, needs, error);
  if (!keep_old_owner (change, facts, error))
    return FALSE;
  change->after.uid = identity->uid;
  e13_grant_take_access (change, e13_acl_with (change->after.access, E13_ACL_USER_OBJ, 0, keeps | needs));
  e13_change_note (change,
                   "also-loses: user %" G_GUINT32_FORMAT " may no longer change its permissions, and user "
                   "%" G_GUINT32_FORMAT " may",
                   facts->uid, identity->uid);
  return TRUE;
}

static gboolean
grant_by_mode (E13Change *change, const E13Facts *facts, const E13Identity *identity, E13Decider decider,
               E13Rights needs, GError **error)
{
  E13Rights others = e13_acl_rights_of (change->after.access, E13_ACL_OTHER);

  if (decider == E13_DECIDED_BY_GROUPS)
    {
      if (!e13_identity_in_group (identity, change->after.gid))
        return grant_by_entry (change, facts, identity, needs, error);
      raise_owning_group (change, needs);
      return TRUE;
    }
  e13_grant_take_access (change, e13_acl_with (change->after.access, E13_ACL_OTHER, 0, others | needs));
  if ((needs & ~others) != 0)
    e13_grant_note_once (change,
                         g_strdup_printf ("also-gains: everybody gains %s", e13_rights_to_text (needs & ~others)));
  return TRUE;
}

static gboolean
grant_via (E13Change *change, const E13Facts *facts, const E13Identity *identity, const E13Verdict *verdict,
           E13Rights needs, E13Via via, GError **error)
{
  gboolean owns = verdict->decider == E13_DECIDED_BY_OWNER;
  /* Ignored now, perhaps; but the group bits of a grant would wake it, and then it decides. */
  gboolean has_entry = e13_acl_find (change->after.access, E13_ACL_USER, identity->uid) != NULL;
  gboolean others_decide = verdict->decider == E13_DECIDED_BY_OTHER;

  if (owns || (has_entry && via != E13_VIA_OWNER && !(via == E13_VIA_MODE && others_decide)))
    return grant_by_entry (change, facts, identity, needs, error);
  switch (via)
    {
    case E13_VIA_GROUP:
      return grant_by_group (change, facts, identity, needs, error);
    case E13_VIA_OWNER:
      return grant_by_owner (change, facts, identity, needs, error);
    case E13_VIA_MODE:
      return grant_by_mode (change, facts, identity, verdict->decider, needs, error);
    case E13_VIA_ACL:
    default:
      return grant_by_entry (change, facts, identity, needs, error);
    }
}

gboolean
e13_grant_add (E13Change *change, const E13Facts *facts, const E13Identity *identity, E13Rights needs, E13Via via,
               GError **error)
{
  E13Facts planned = e13_grant_planned (change, facts);
  E13Verdict verdict;

  if (!e13_grant_acl_is_known (facts, error))
    return FALSE;
  verdict = e13_posix_judge (&planned, identity, needs);
  if (verdict.granted == needs)
    return TRUE;
  if (!grant_via (change, facts, identity, &verdict, needs, via, error))
    return FALSE;
  change->granted |= needs & ~e13_posix_rights_now (facts, identity);
  e13_grant_note_losers (change, facts);
  return TRUE;
}
