/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "access/windows-least.h"

const char *
e13_windows_why_no_grant (E13WinGrantOutcome outcome)
{
  static const char *const reasons[] = {
    [E13_WIN_GRANT_MADE] = NULL,
    [E13_WIN_GRANT_NEEDLESS] = "an entry of its own would change nothing",
    [E13_WIN_GRANT_NULL_DACL] = "it has no list of entries, and a first entry would take from everybody what they have",
    [E13_WIN_GRANT_NO_PLACE] = "the order of its entries leaves no place for one more",
    [E13_WIN_GRANT_DENIED] = "an entry denies it, perhaps on purpose: a grant must not overrule that, or could not",
    [E13_WIN_GRANT_PROTECTED] = "its list is protected",
    [E13_WIN_GRANT_UNSURE] = "it has entries that are not understood here",
    [E13_WIN_GRANT_OTHERS] = "somebody else's rights would change",
  };

  return reasons[outcome];
}

/* ---- Places ---------------------------------------------------------------------------------- */

guint
e13_windows_place_of_allow (const E13WinAcl *dacl)
{
  guint place = 0;

  while (place < dacl->aces->len && (e13_win_acl_at (dacl, place)->flags & E13_ACE_INHERITED) == 0)
    place++;
  for (guint i = place; i < dacl->aces->len; i++)
    if ((e13_win_acl_at (dacl, i)->flags & E13_ACE_INHERITED) == 0 && e13_ace_is_deny (e13_win_acl_at (dacl, i)))
      return G_MAXUINT;
  return place;
}

/* Where the gift at @mine belongs among what @dacl has inherited: after what the parent gives before it, before what it
 * gives after it. What it gives twice stands there twice. G_MAXUINT where the list does not follow the parent's order.
 */
static guint
place_of_gift (const E13WinAcl *dacl, const GArray *gifts, guint mine)
{
  g_autofree gboolean *found = g_new0 (gboolean, gifts->len);
  guint first_inherited = dacl->aces->len;
  guint after = 0; /* just behind the last entry that comes before ours */
  guint before = G_MAXUINT;

  for (guint i = 0; i < dacl->aces->len; i++)
    {
      const E13Ace *ace = e13_win_acl_at (dacl, i);

      if ((ace->flags & E13_ACE_INHERITED) == 0)
        continue;
      first_inherited = MIN (first_inherited, i);
      for (guint g = 0; g < gifts->len; g++)
        if (g != mine && !found[g] && e13_windows_same_gift (&g_array_index (gifts, E13WinGift, g).ace, ace))
          {
            found[g] = TRUE;
            if (g < mine)
              after = i + 1;
            else
              before = MIN (before, i);
            break;
          }
    }
  if (before == G_MAXUINT)
    return dacl->aces->len;
  return before >= MAX (after, first_inherited) ? before : G_MAXUINT;
}

/* ---- Nobody else ----------------------------------------------------------------------------- */

static gboolean
differs_by_one (const E13WinAcl *before, const E13WinAcl *after, guint position)
{
  if (position >= after->aces->len || after->aces->len != before->aces->len + 1 || after->revision != before->revision)
    return FALSE;
  for (guint i = 0; i < before->aces->len; i++)
    if (!e13_ace_equal (e13_win_acl_at (before, i), e13_win_acl_at (after, i < position ? i : i + 1)))
      return FALSE;
  return TRUE;
}

/* All but the DACL. */
static gboolean
same_frame (const E13SecurityDescriptor *before, const E13SecurityDescriptor *after)
{
  E13SecurityDescriptor a = *before, b = *after;

  a.dacl = b.dacl = NULL;
  return e13_sd_equal (&a, &b);
}

static gboolean
keeps_rights (const E13SecurityDescriptor *before, const E13SecurityDescriptor *after, const E13Token *token,
              const E13Sid *trustee, E13Sid *ret_other)
{
  E13WinVerdict was, is;

  if (e13_token_holds (token, trustee, E13_SID_ENABLED))
    return TRUE;
  was = e13_windows_judge (before, token, E13_MASK_MAXIMUM_ALLOWED);
  is = e13_windows_judge (after, token, E13_MASK_MAXIMUM_ALLOWED);
  if (was.mask == is.mask && was.unsure == is.unsure)
    return TRUE;
  if (ret_other != NULL)
    *ret_other = token->user;
  return FALSE;
}

static gboolean
sid_keeps_rights (const E13SecurityDescriptor *before, const E13SecurityDescriptor *after, const E13Sid *sid,
                  const E13Sid *trustee, E13Sid *ret_other)
{
  g_autoptr (E13Token) token = e13_token_new ("", sid);

  return keeps_rights (before, after, token, trustee, ret_other);
}

static gboolean
stock_tokens_keep_rights (const E13SecurityDescriptor *before, const E13SecurityDescriptor *after,
                          const E13Sid *trustee, E13Sid *ret_other)
{
  static const E13Sid nobody = { .authority = 0, .n_sub_authorities = 1, .sub_authorities = { 0 } };
  static const char *const groups[] = { "S-1-1-0",      "S-1-5-7",      "S-1-5-11",     "S-1-5-18",    "S-1-5-19",
                                        "S-1-5-32-544", "S-1-5-32-545", "S-1-5-32-546", "S-1-5-32-568" };
  g_autoptr (E13Token) iusr = e13_token_iusr ();
  g_autoptr (E13Token) service = e13_token_network_service ();
  g_autoptr (E13Token) worker = e13_token_worker ("DefaultAppPool", NULL, FALSE, NULL);
  g_autoptr (E13Token) anybody = e13_token_account ("", &nobody, NULL, 0);

  for (gsize i = 0; i < G_N_ELEMENTS (groups); i++)
    {
      E13Sid sid = e13_sid_well_known (groups[i]);

      if (!sid_keeps_rights (before, after, &sid, trustee, ret_other))
        return FALSE;
    }
  return keeps_rights (before, after, iusr, trustee, ret_other)
         && keeps_rights (before, after, service, trustee, ret_other)
         && keeps_rights (before, after, worker, trustee, ret_other)
         && keeps_rights (before, after, anybody, trustee, ret_other);
}

gboolean
e13_windows_only_adds (const E13SecurityDescriptor *before, const E13SecurityDescriptor *after, guint position,
                       const E13WinGrant *grant, E13Sid *ret_other)
{
  if (before->dacl == NULL || after->dacl == NULL || !same_frame (before, after)
      || !differs_by_one (before->dacl, after->dacl, position))
    return FALSE;
  for (guint i = 0; i < before->dacl->aces->len; i++)
    {
      const E13Ace *ace = e13_win_acl_at (before->dacl, i);

      if (ace->has_sid && !sid_keeps_rights (before, after, &ace->sid, &grant->trustee, ret_other))
        return FALSE;
    }
  return (!before->has_owner || sid_keeps_rights (before, after, &before->owner, &grant->trustee, ret_other))
         && stock_tokens_keep_rights (before, after, &grant->trustee, ret_other);
}

/* ---- Granting -------------------------------------------------------------------------------- */

void
e13_windows_granted_clear (E13WinGranted *granted)
{
  g_clear_pointer (&granted->sd, e13_sd_free);
}

static E13WinGranted
refused (E13WinGrantOutcome outcome, guint entry)
{
  return (E13WinGranted){ .outcome = outcome, .entry = entry };
}

/* The first entry from @from on that denies @token something of @mask, or might; G_MAXUINT: none. */
static guint
first_deny (const E13WinAcl *dacl, guint from, const E13Token *token, guint32 mask)
{
  for (guint i = from; i < dacl->aces->len; i++)
    {
      const E13Ace *ace = e13_win_acl_at (dacl, i);

      if (e13_ace_is_deny (ace) && (ace->flags & E13_ACE_INHERIT_ONLY) == 0
          && (e13_mask_map_generic (ace->mask) & mask) != 0
          && e13_token_holds (token, &ace->sid, E13_SID_ENABLED | E13_SID_USE_FOR_DENY_ONLY))
        return i;
    }
  return G_MAXUINT;
}

/* @sd with @ace at @place, if it does what it is for, and no more. */
static E13WinGranted
insert (const E13SecurityDescriptor *sd, guint place, const E13Ace *ace, const E13WinGrant *grant)
{
  guint32 lacking
      = e13_mask_map_generic (grant->mask) & ~e13_windows_judge (sd, grant->token, E13_MASK_MAXIMUM_ALLOWED).mask;
  guint denies = first_deny (sd->dacl, place, grant->token, lacking);
  E13WinGranted granted = { .outcome = E13_WIN_GRANT_MADE, .entry = place };
  E13WinVerdict verdict;

  if (denies != G_MAXUINT && !grant->override_denies)
    return refused (E13_WIN_GRANT_DENIED, denies);
  granted.sd = e13_sd_copy (sd);
  e13_win_acl_insert (granted.sd->dacl, place, ace);
  verdict = e13_windows_judge (granted.sd, grant->token, grant->mask);
  if (!verdict.granted || verdict.unsure != 0)
    {
      e13_windows_granted_clear (&granted);
      return verdict.granted ? refused (E13_WIN_GRANT_UNSURE, G_MAXUINT)
                             : refused (E13_WIN_GRANT_DENIED, verdict.entry);
    }
  if (!e13_windows_only_adds (sd, granted.sd, place, grant, &granted.other))
    {
      e13_windows_granted_clear (&granted);
      granted.outcome = E13_WIN_GRANT_OTHERS;
      granted.entry = G_MAXUINT;
    }
  return granted;
}

E13WinGranted
e13_windows_least_grant (const E13SecurityDescriptor *sd, gboolean is_directory, const E13WinGrant *grant)
{
  const E13Ace ace = {
    .type = E13_ACE_ALLOW,
    .flags = is_directory ? E13_ACE_OBJECT_INHERIT | E13_ACE_CONTAINER_INHERIT : 0,
    .mask = e13_mask_map_generic (grant->mask),
    .sid = grant->trustee,
    .has_sid = TRUE,
  };
  E13WinVerdict now;
  guint place;

  if (sd->dacl == NULL)
    return refused (E13_WIN_GRANT_NULL_DACL, G_MAXUINT);
  now = e13_windows_judge (sd, grant->token, grant->mask);
  if (now.granted && now.unsure == 0)
    return refused (E13_WIN_GRANT_NEEDLESS, G_MAXUINT);
  place = e13_windows_place_of_allow (sd->dacl);
  return place == G_MAXUINT ? refused (E13_WIN_GRANT_NO_PLACE, G_MAXUINT) : insert (sd, place, &ace, grant);
}

static guint
find_gift (const E13WinAcl *dacl, const E13Ace *gift)
{
  for (guint i = 0; i < dacl->aces->len; i++)
    if (e13_windows_same_gift (e13_win_acl_at (dacl, i), gift))
      return i;
  return G_MAXUINT;
}

E13WinGranted
e13_windows_least_inherit (const E13SecurityDescriptor *parent, guint position, const E13SecurityDescriptor *child,
                           gboolean is_directory, const E13WinGrant *grant)
{
  E13WinChild made = e13_windows_child (child, is_directory);
  g_autoptr (GArray) gifts = e13_windows_gifts (parent->dacl, &made);
  const E13WinGift *gift;
  guint mine = 0, place;

  if (child->dacl == NULL)
    return refused (E13_WIN_GRANT_NULL_DACL, G_MAXUINT);
  if (child->control & E13_SD_DACL_PROTECTED)
    return refused (E13_WIN_GRANT_PROTECTED, G_MAXUINT);
  while (mine < gifts->len && g_array_index (gifts, E13WinGift, mine).origin != position)
    mine++;
  if (mine == gifts->len)
    return refused (E13_WIN_GRANT_NEEDLESS, G_MAXUINT);
  gift = &g_array_index (gifts, E13WinGift, mine);
  place = find_gift (child->dacl, &gift->ace);
  if (place != G_MAXUINT)
    return refused (E13_WIN_GRANT_NEEDLESS, place);
  place = place_of_gift (child->dacl, gifts, mine);
  return place == G_MAXUINT ? refused (E13_WIN_GRANT_NO_PLACE, G_MAXUINT) : insert (child, place, &gift->ace, grant);
}

/* ---- Taking denies away ----------------------------------------------------------------------- */

E13SecurityDescriptor *
e13_windows_without_deny (const E13SecurityDescriptor *sd, const E13Sid *trustee, gboolean inherited)
{
  g_autoptr (E13SecurityDescriptor) left = NULL;

  if (sd->dacl == NULL)
    return NULL;
  left = e13_sd_copy (sd);
  for (guint i = left->dacl->aces->len; i > 0; i--)
    {
      const E13Ace *ace = e13_win_acl_at (left->dacl, i - 1);
      gboolean was_set_here = (ace->flags & E13_ACE_INHERITED) == 0;

      if (ace->type == E13_ACE_DENY && e13_sid_equal (&ace->sid, trustee) && (was_set_here || inherited))
        g_array_remove_index (left->dacl->aces, i - 1);
    }
  return left->dacl->aces->len < sd->dacl->aces->len ? g_steal_pointer (&left) : NULL;
}
