/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "access/windows.h"

#include <string.h>

#define INTEGRITY_MEDIUM 8192u
#define INTEGRITY_HIGH 12288u
#define LABEL_NO_WRITE_UP 1u
#define LABEL_NO_READ_UP 2u
#define LABEL_NO_EXECUTE_UP 4u

/* ---- Tokens ------------------------------------------------------------------------------------------------------- */

E13Token *
e13_token_new (const char *name, const E13Sid *user, guint32 integrity, guint privileges)
{
  E13Token *token = g_new0 (E13Token, 1);

  token->name = g_strdup (name);
  token->user = *user;
  token->groups = g_array_new (FALSE, FALSE, sizeof (E13TokenGroup));
  token->integrity = integrity;
  token->privileges = privileges;
  return token;
}

void
e13_token_add_group (E13Token *token, const E13Sid *sid, guint attributes)
{
  const E13TokenGroup group = { *sid, attributes };

  g_array_append_val (token->groups, group);
}

void
e13_token_free (E13Token *token)
{
  if (token == NULL)
    return;
  g_free (token->name);
  g_array_unref (token->groups);
  g_clear_pointer (&token->restricted, g_array_unref);
  g_free (token);
}

static E13Sid
sid_of (const char *text)
{
  E13Sid sid = { 0 };
  gboolean valid = e13_sid_parse (text, &sid, NULL, NULL);

  g_assert (valid);
  return sid;
}

static E13Token *
service_token (const char *name, const E13Sid *user, const char *const *groups)
{
  E13Token *token = e13_token_new (name, user, INTEGRITY_HIGH, E13_PRIVILEGE_CHANGE_NOTIFY);

  for (; *groups != NULL; groups++)
    {
      E13Sid sid = sid_of (*groups);

      e13_token_add_group (token, &sid, E13_SID_ENABLED);
    }
  return token;
}

E13Token *
e13_token_app_pool (const char *pool, GError **error)
{
  static const char *const groups[] = { "S-1-1-0",  "S-1-5-32-545", "S-1-5-6", "S-1-2-1",  "S-1-5-11",
                                        "S-1-5-15", "S-1-5-32-568", "S-1-2-0", "S-1-5-82-0", NULL };
  g_autofree char *name = g_strdup_printf ("IIS AppPool\\%s", pool);
  E13Sid user;

  return e13_sid_of_app_pool (pool, &user, error) ? service_token (name, &user, groups) : NULL;
}

E13Token *
e13_token_iusr (void)
{
  static const char *const groups[] = { "S-1-1-0", "S-1-5-32-545", "S-1-5-11", "S-1-5-15", "S-1-2-0", NULL };
  E13Sid user = sid_of ("S-1-5-17");

  return service_token ("IUSR", &user, groups);
}

E13Token *
e13_token_network_service (void)
{
  static const char *const groups[] = { "S-1-1-0",  "S-1-5-32-545", "S-1-5-6", "S-1-2-1", "S-1-5-11",
                                        "S-1-5-15", "S-1-5-32-568", "S-1-2-0", NULL };
  E13Sid user = sid_of ("S-1-5-20");

  return service_token ("NETWORK SERVICE", &user, groups);
}

/* ---- Matching ----------------------------------------------------------------------------------------------------- */

static gboolean
token_holds (const E13Token *token, const E13Sid *sid, guint attributes)
{
  if (e13_sid_equal (&token->user, sid))
    return TRUE;
  for (guint i = 0; i < token->groups->len; i++)
    {
      const E13TokenGroup *group = &g_array_index (token->groups, E13TokenGroup, i);

      if ((group->attributes & attributes) != 0 && e13_sid_equal (&group->sid, sid))
        return TRUE;
    }
  return FALSE;
}

static gboolean
restriction_holds (const E13Token *token, const E13Sid *sid)
{
  for (guint i = 0; i < token->restricted->len; i++)
    if (e13_sid_equal (&g_array_index (token->restricted, E13Sid, i), sid))
      return TRUE;
  return FALSE;
}

typedef struct {
  const E13SecurityDescriptor *sd;
  const E13Token *token;
  gboolean by_restriction; /* the second pass of a restricted token */
  gboolean owns;
} Check;

static gboolean
matches (const Check *check, const E13Ace *ace, gboolean is_allow)
{
  E13Sid owner_rights = sid_of ("S-1-3-4");

  if (e13_sid_equal (&ace->sid, &owner_rights))
    return check->owns;
  if (check->by_restriction)
    return restriction_holds (check->token, &ace->sid);
  return token_holds (check->token, &ace->sid, is_allow ? E13_SID_ENABLED : E13_SID_ENABLED | E13_SID_USE_FOR_DENY_ONLY);
}

static gboolean
has_owner_rights (const E13WinAcl *dacl)
{
  E13Sid owner_rights = sid_of ("S-1-3-4");

  for (guint i = 0; i < dacl->aces->len; i++)
    {
      const E13Ace *ace = &g_array_index (dacl->aces, E13Ace, i);

      if ((ace->flags & E13_ACE_INHERIT_ONLY) == 0 && ace->has_sid && e13_sid_equal (&ace->sid, &owner_rights))
        return TRUE;
    }
  return FALSE;
}

/* ---- The DACL ------------------------------------------------------------------------------------------------------ */

/* In stored order: the first entry that speaks of a bit decides it. @want: bits still asked, or with @maximum all that can be had. */
static E13WinVerdict
walk_dacl (const Check *check, guint32 want, gboolean maximum)
{
  E13WinVerdict verdict = { .decider = E13_WIN_BY_END, .entry = G_MAXUINT };
  guint32 denied = 0;

  for (guint i = 0; i < check->sd->dacl->aces->len; i++)
    {
      const E13Ace *ace = &g_array_index (check->sd->dacl->aces, E13Ace, i);
      guint32 mask = e13_mask_map_generic (ace->mask);
      gboolean is_allow = ace->type == E13_ACE_ALLOW;

      if ((ace->flags & E13_ACE_INHERIT_ONLY) != 0 || !(is_allow || ace->type == E13_ACE_DENY)
          || !matches (check, ace, is_allow))
        continue;
      if (is_allow)
        verdict.mask |= mask & ~denied;
      else
        denied |= mask & ~verdict.mask;
      if ((mask & want) != 0)
        {
          verdict.entry = i;
          verdict.decider = E13_WIN_BY_ENTRY;
        }
      if (!maximum && (want & denied) != 0)
        return verdict;
      if (!maximum && (want & ~verdict.mask) == 0)
        break;
    }
  verdict.granted = maximum || (want & ~verdict.mask) == 0;
  if (!verdict.granted)
    {
      verdict.decider = E13_WIN_BY_END;
      verdict.entry = G_MAXUINT;
    }
  return verdict;
}

/* ---- What comes before it -------------------------------------------------------------------------------------------- */

/* What an object's mandatory label keeps from a token of lower integrity. Without a label: medium, no write up. */
static guint32
bits_held_by_label (const E13SecurityDescriptor *sd, const E13Token *token)
{
  static const guint32 write_bits = E13_MASK_WRITE_DATA | E13_MASK_APPEND_DATA | E13_MASK_WRITE_EA | E13_MASK_WRITE_ATTRIBUTES
                                    | E13_MASK_DELETE_CHILD | E13_MASK_DELETE | E13_MASK_WRITE_DAC | E13_MASK_WRITE_OWNER;
  guint32 level = INTEGRITY_MEDIUM;
  guint32 policy = LABEL_NO_WRITE_UP;

  for (guint i = 0; sd->sacl != NULL && i < sd->sacl->aces->len; i++)
    {
      const E13Ace *ace = &g_array_index (sd->sacl->aces, E13Ace, i);

      if (ace->type != E13_ACE_MANDATORY_LABEL || (ace->flags & E13_ACE_INHERIT_ONLY) != 0 || ace->sid.n_sub_authorities == 0)
        continue;
      level = ace->sid.sub_authorities[ace->sid.n_sub_authorities - 1];
      policy = ace->mask;
      break;
    }
  if (token->integrity >= level)
    return 0;
  return (policy & LABEL_NO_WRITE_UP ? write_bits : 0) | (policy & LABEL_NO_READ_UP ? E13_MASK_READ_DATA | E13_MASK_READ_EA : 0)
         | (policy & LABEL_NO_EXECUTE_UP ? E13_MASK_EXECUTE : 0);
}

static guint32
bits_of_privileges (const E13Token *token)
{
  return (token->privileges & E13_PRIVILEGE_SECURITY ? E13_MASK_ACCESS_SYSTEM_SECURITY : 0)
         | (token->privileges & E13_PRIVILEGE_TAKE_OWNERSHIP ? E13_MASK_WRITE_OWNER : 0);
}

static E13WinVerdict
judge_pass (const Check *check, guint32 want, gboolean maximum)
{
  guint32 free_bits = bits_of_privileges (check->token);
  E13WinVerdict verdict;

  if (check->sd->dacl == NULL)
    return (E13WinVerdict){ TRUE, maximum ? E13_MASK_FULL | free_bits : want, E13_WIN_BY_NO_DACL, G_MAXUINT };
  if (check->owns && !has_owner_rights (check->sd->dacl))
    free_bits |= E13_MASK_READ_CONTROL | E13_MASK_WRITE_DAC;
  if (!maximum && (want & ~free_bits) == 0)
    return (E13WinVerdict){ TRUE, want, want & bits_of_privileges (check->token) ? E13_WIN_BY_PRIVILEGE : E13_WIN_BY_OWNER,
                            G_MAXUINT };
  verdict = walk_dacl (check, want & ~free_bits, maximum);
  verdict.mask |= free_bits;
  if (!maximum)
    verdict.mask &= want;
  return verdict;
}

E13WinVerdict
e13_windows_judge (const E13SecurityDescriptor *sd, const E13Token *token, guint32 want)
{
  gboolean maximum = (want & E13_MASK_MAXIMUM_ALLOWED) != 0;
  guint32 bits = e13_mask_map_generic (want & ~E13_MASK_MAXIMUM_ALLOWED);
  guint32 held = bits_held_by_label (sd, token);
  Check check = { sd, token, FALSE, sd->has_owner && token_holds (token, &sd->owner, E13_SID_ENABLED) };
  E13WinVerdict verdict;

  if ((bits & held) != 0)
    return (E13WinVerdict){ FALSE, 0, E13_WIN_BY_LABEL, G_MAXUINT };
  verdict = judge_pass (&check, bits, maximum);
  if (verdict.granted && token->restricted != NULL)
    {
      E13WinVerdict second;

      check.by_restriction = TRUE;
      check.owns = sd->has_owner && restriction_holds (token, &sd->owner);
      second = judge_pass (&check, bits, maximum);
      verdict.mask &= second.mask;
      if (!second.granted)
        verdict = (E13WinVerdict){ FALSE, verdict.mask, E13_WIN_BY_RESTRICTION, second.entry };
    }
  verdict.mask &= ~held;
  if (maximum && (bits & ~verdict.mask) != 0)
    verdict.granted = FALSE;
  if (!verdict.granted)
    verdict.mask = 0;
  return verdict;
}

gboolean
e13_windows_may_delete (const E13SecurityDescriptor *sd, const E13SecurityDescriptor *parent, const E13Token *token)
{
  return e13_windows_judge (sd, token, E13_MASK_DELETE).granted
         || (parent != NULL && e13_windows_judge (parent, token, E13_MASK_DELETE_CHILD).granted);
}
