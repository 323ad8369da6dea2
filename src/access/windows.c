/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "access/windows.h"

#define LABEL_AUTHORITY 16
#define LABEL_NO_WRITE_UP 1u
#define LABEL_NO_READ_UP 2u
#define LABEL_NO_EXECUTE_UP 4u

static const E13Sid owner_rights = { .authority = 3, .n_sub_authorities = 1, .sub_authorities = { 4 } };

/* One pass over the DACL: for the token's own SIDs or, of a restricted token, for the restricted ones. */
typedef struct
{
  const E13SecurityDescriptor *sd;
  const E13Token *token;
  guint32 want; /* without MAXIMUM_ALLOWED and generic bits */
  gboolean is_maximum;
  gboolean is_restricted_pass;
  gboolean owns;
} Pass;

static const E13WinVerdict denied_at_the_end = { .decider = E13_WIN_BY_END, .entry = G_MAXUINT };

/* ---- Entries --------------------------------------------------------------------------------- */

typedef enum
{
  IRRELEVANT,
  ALLOWS,
  DENIES,
  UNEVALUATED,
} Effect;

static Effect
effect_of (const E13Ace *ace)
{
  if (ace->flags & E13_ACE_INHERIT_ONLY)
    return IRRELEVANT;
  switch (ace->type)
    {
    case E13_ACE_ALLOW:
      return ALLOWS;
    case E13_ACE_DENY:
      return DENIES;
    case E13_ACE_ALLOW_COMPOUND:
    case E13_ACE_ALLOW_OBJECT:
    case E13_ACE_DENY_OBJECT:
    case E13_ACE_ALLOW_CALLBACK:
    case E13_ACE_DENY_CALLBACK:
    case E13_ACE_ALLOW_CALLBACK_OBJECT:
    case E13_ACE_DENY_CALLBACK_OBJECT:
      return UNEVALUATED;
    default:
      return ace->has_sid ? IRRELEVANT : UNEVALUATED;
    }
}

static gboolean
restriction_holds (const E13Token *token, const E13Sid *sid)
{
  for (guint i = 0; i < token->restricted->len; i++)
    if (e13_sid_equal (&g_array_index (token->restricted, E13Sid, i), sid))
      return TRUE;
  return FALSE;
}

static gboolean
speaks_of (const Pass *pass, const E13Ace *ace, Effect effect)
{
  if (!ace->has_sid)
    return TRUE;
  if (e13_sid_equal (&ace->sid, &owner_rights))
    return pass->owns;
  if (pass->is_restricted_pass)
    return restriction_holds (pass->token, &ace->sid);
  return e13_token_holds (pass->token, &ace->sid,
                          effect == ALLOWS ? E13_SID_ENABLED : E13_SID_ENABLED | E13_SID_USE_FOR_DENY_ONLY);
}

/* What an entry says about rights to files. Nobody is given the SACL by an entry. */
static guint32
mask_of (const E13Ace *ace)
{
  return ace->has_sid ? e13_mask_map_generic (ace->mask) & ~E13_MASK_ACCESS_SYSTEM_SECURITY : E13_MASK_FULL;
}

/* ---- The DACL -------------------------------------------------------------------------------- */

/* The state of a walk. What entries that we do not evaluate might have done to bits that were open then. */
typedef struct
{
  guint32 allowed;
  guint32 denied;
  guint32 maybe_allowed;
  guint32 maybe_denied;
} Walk;

static void
take_entry (Walk *walk, const E13Ace *ace, Effect effect)
{
  guint32 undecided = mask_of (ace) & ~(walk->allowed | walk->denied);

  if (effect == ALLOWS)
    walk->allowed |= undecided;
  else if (effect == DENIES)
    walk->denied |= undecided;
  else
    {
      walk->maybe_allowed |= e13_ace_is_deny (ace) ? 0 : undecided;
      walk->maybe_denied |= e13_ace_is_deny (ace) || !ace->has_sid ? undecided : 0;
    }
}

/* One bit that surely lacks makes a denial sure. */
static guint32
unsure_of (const Walk *walk, guint32 want, gboolean is_maximum)
{
  guint32 might_be_had = walk->maybe_allowed & ~walk->allowed;
  guint32 might_be_lost = walk->maybe_denied & walk->allowed;

  if (!is_maximum && (want & ~(walk->allowed | might_be_had)) != 0)
    return 0;
  return might_be_had | might_be_lost;
}

/* @want: what is still lacking after privileges and ownership. */
static E13WinVerdict
walk_dacl (const Pass *pass, guint32 want)
{
  const E13WinAcl *dacl = pass->sd->dacl;
  E13WinVerdict verdict = denied_at_the_end;
  gboolean is_decided = FALSE;
  Walk walk = { 0 };

  for (guint i = 0; i < dacl->aces->len && !is_decided; i++)
    {
      const E13Ace *ace = e13_win_acl_at (dacl, i);
      Effect effect = effect_of (ace);

      if (effect == IRRELEVANT || !speaks_of (pass, ace, effect))
        continue;
      take_entry (&walk, ace, effect);
      is_decided = !pass->is_maximum && ((want & walk.denied) != 0 || (want & ~walk.allowed) == 0);
      if (is_decided)
        {
          verdict.decider = E13_WIN_BY_ENTRY;
          verdict.entry = i;
        }
    }
  verdict.granted = pass->is_maximum || (want & ~walk.allowed) == 0;
  verdict.mask = walk.allowed;
  verdict.unsure = unsure_of (&walk, want, pass->is_maximum);
  return verdict;
}

static gboolean
has_owner_rights (const E13WinAcl *dacl)
{
  for (guint i = 0; i < dacl->aces->len; i++)
    {
      const E13Ace *ace = e13_win_acl_at (dacl, i);

      if ((ace->flags & E13_ACE_INHERIT_ONLY) == 0 && ace->has_sid && e13_sid_equal (&ace->sid, &owner_rights))
        return TRUE;
    }
  return FALSE;
}

static guint32
bits_of_privileges (const E13Token *token)
{
  return (token->privileges & E13_PRIVILEGE_SECURITY ? E13_MASK_ACCESS_SYSTEM_SECURITY : 0)
         | (token->privileges & E13_PRIVILEGE_TAKE_OWNERSHIP ? E13_MASK_WRITE_OWNER : 0);
}

static E13WinVerdict
judge_pass (const Pass *pass)
{
  guint32 privileged = bits_of_privileges (pass->token) & pass->want;
  guint32 owned = 0;
  E13WinVerdict verdict;

  if (pass->want & E13_MASK_ACCESS_SYSTEM_SECURITY & ~privileged)
    return (E13WinVerdict){ .decider = E13_WIN_BY_PRIVILEGE, .entry = G_MAXUINT };
  if (pass->sd->dacl == NULL)
    return (E13WinVerdict){ .granted = TRUE,
                            .mask = pass->is_maximum ? E13_MASK_FULL | privileged : pass->want,
                            .decider = E13_WIN_BY_NO_DACL,
                            .entry = G_MAXUINT };
  if (pass->owns && !has_owner_rights (pass->sd->dacl))
    owned = E13_MASK_READ_CONTROL | E13_MASK_WRITE_DAC;
  if (!pass->is_maximum && (pass->want & ~(privileged | owned)) == 0)
    return (E13WinVerdict){ .granted = TRUE,
                            .mask = pass->want,
                            .decider = pass->want & ~privileged ? E13_WIN_BY_OWNER : E13_WIN_BY_PRIVILEGE,
                            .entry = G_MAXUINT };
  verdict = walk_dacl (pass, pass->want & ~(privileged | owned));
  verdict.mask |= privileged | owned;
  verdict.unsure &= ~(privileged | owned);
  return verdict;
}

/* ---- The mandatory label --------------------------------------------------------------------- */

/* What a label of that policy leaves to those below its level. */
static guint32
left_by_label (guint32 policy)
{
  static const guint32 all = E13_MASK_FULL | E13_MASK_ACCESS_SYSTEM_SECURITY;
  static const guint32 reading = E13_MASK_READ;
  static const guint32 executing = E13_MASK_FILE_GENERIC_EXECUTE;
  guint32 writing = (all & ~(reading | executing)) | E13_MASK_FILE_GENERIC_WRITE;

  return (policy & LABEL_NO_WRITE_UP ? 0 : writing) | (policy & LABEL_NO_READ_UP ? 0 : reading)
         | (policy & LABEL_NO_EXECUTE_UP ? 0 : executing);
}

/* An object without a label counts as medium, no write up. */
static guint32
held_back_by_label (const E13SecurityDescriptor *sd, const E13Token *token)
{
  guint32 level = E13_INTEGRITY_MEDIUM;
  guint32 policy = LABEL_NO_WRITE_UP;

  for (guint i = 0; sd->sacl != NULL && i < sd->sacl->aces->len; i++)
    {
      const E13Ace *ace = e13_win_acl_at (sd->sacl, i);

      if (ace->type != E13_ACE_MANDATORY_LABEL || (ace->flags & E13_ACE_INHERIT_ONLY) != 0
          || ace->sid.authority != LABEL_AUTHORITY || ace->sid.n_sub_authorities != 1)
        continue;
      level = ace->sid.sub_authorities[0];
      policy = ace->mask;
      break;
    }
  return token->integrity >= level ? 0 : ~left_by_label (policy);
}

/* ---- Verdicts -------------------------------------------------------------------------------- */

/* A restricted token is granted what both its own SIDs and the restricted ones are. */
static E13WinVerdict
judge_restricted (Pass *pass, E13WinVerdict first)
{
  E13WinVerdict second;

  pass->is_restricted_pass = TRUE;
  pass->owns = pass->sd->has_owner && restriction_holds (pass->token, &pass->sd->owner);
  second = judge_pass (pass);
  first.mask &= second.mask;
  first.unsure |= second.unsure;
  if (!second.granted)
    {
      first.granted = FALSE;
      first.decider = E13_WIN_BY_RESTRICTION;
      first.entry = G_MAXUINT;
    }
  return first;
}

E13WinVerdict
e13_windows_judge (const E13SecurityDescriptor *sd, const E13Token *token, guint32 want)
{
  Pass pass = {
    .sd = sd,
    .token = token,
    .want = e13_mask_map_generic (want & ~E13_MASK_MAXIMUM_ALLOWED),
    .is_maximum = (want & E13_MASK_MAXIMUM_ALLOWED) != 0,
    .owns = sd->has_owner && e13_token_holds (token, &sd->owner, E13_SID_ENABLED),
  };
  guint32 held = held_back_by_label (sd, token);
  E13WinVerdict verdict;

  if ((pass.want & held) != 0)
    return (E13WinVerdict){ .decider = E13_WIN_BY_LABEL, .entry = G_MAXUINT };
  verdict = judge_pass (&pass);
  if (verdict.granted && token->restricted != NULL)
    verdict = judge_restricted (&pass, verdict);
  verdict.mask &= ~held;
  verdict.unsure &= ~held;
  if (pass.is_maximum)
    verdict.granted = verdict.mask != 0 && (pass.want & ~verdict.mask) == 0;
  else
    {
      verdict.mask &= pass.want;
      verdict.unsure &= pass.want;
    }
  if (!verdict.granted)
    verdict.mask = 0;
  return verdict;
}

E13WinVerdict
e13_windows_judge_inside (const E13SecurityDescriptor *sd, const E13SecurityDescriptor *parent, const E13Token *token,
                          guint32 want)
{
  static const struct
  {
    guint32 right;
    guint32 of_parent;
  } gifts[] = {
    { E13_MASK_DELETE, E13_MASK_DELETE_CHILD },
    { E13_MASK_READ_ATTRIBUTES, E13_MASK_READ_DATA },
  };
  E13WinVerdict verdict = e13_windows_judge (sd, token, want);
  E13WinVerdict rest, gift = denied_at_the_end;
  guint32 bits = e13_mask_map_generic (want);
  guint32 given = 0;

  if (verdict.granted || parent == NULL || (want & E13_MASK_MAXIMUM_ALLOWED) != 0)
    return verdict;
  for (gsize i = 0; i < G_N_ELEMENTS (gifts); i++)
    if ((bits & gifts[i].right) != 0 && !e13_windows_judge (sd, token, gifts[i].right).granted)
      {
        gift = e13_windows_judge (parent, token, gifts[i].of_parent);
        if (!gift.granted)
          return verdict;
        given |= gifts[i].right;
        verdict.unsure |= gift.unsure != 0 ? gifts[i].right : 0;
      }
  rest = e13_windows_judge (sd, token, bits & ~given);
  if (!rest.granted)
    return verdict;
  rest.mask = bits;
  rest.unsure |= verdict.unsure & given;
  rest.decider = E13_WIN_BY_PARENT;
  rest.entry = gift.entry;
  return rest;
}

gboolean
e13_windows_may_pass (const E13SecurityDescriptor *sd, const E13Token *token)
{
  return (token->privileges & E13_PRIVILEGE_CHANGE_NOTIFY) != 0
         || e13_windows_judge (sd, token, E13_MASK_EXECUTE).granted;
}
