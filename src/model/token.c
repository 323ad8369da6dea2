/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "model/token.h"

/* ---- Groups that a logon brings -------------------------------------------------------------- */

#define EVERYONE "S-1-1-0"
#define LOCAL "S-1-2-0"
#define CONSOLE_LOGON "S-1-2-1"
#define SERVICE "S-1-5-6"
#define AUTHENTICATED_USERS "S-1-5-11"
#define THIS_ORGANIZATION "S-1-5-15"
#define USERS "S-1-5-32-545"
#define IIS_IUSRS "S-1-5-32-568"
#define ALL_APP_POOLS "S-1-5-82-0"

static const char *const account_groups[] = { EVERYONE, AUTHENTICATED_USERS, NULL };
static const char *const iusr_groups[] = { EVERYONE, USERS, AUTHENTICATED_USERS, THIS_ORGANIZATION, LOCAL, NULL };
static const char *const service_groups[]
    = { EVERYONE, USERS, SERVICE, CONSOLE_LOGON, AUTHENTICATED_USERS, THIS_ORGANIZATION, LOCAL, NULL };
static const char *const pool_groups[] = { ALL_APP_POOLS, NULL };
static const char *const member_groups[] = { IIS_IUSRS, NULL };

/* ---- Tokens ---------------------------------------------------------------------------------- */

E13Token *
e13_token_new (const char *name, const E13Sid *user)
{
  E13Token *token = g_new0 (E13Token, 1);

  token->name = g_strdup (name);
  token->user = *user;
  token->groups = g_array_new (FALSE, FALSE, sizeof (E13TokenGroup));
  token->integrity = E13_INTEGRITY_MEDIUM;
  token->privileges = E13_PRIVILEGE_CHANGE_NOTIFY;
  return token;
}

void
e13_token_add_group (E13Token *token, const E13Sid *sid, E13SidAttributes attributes)
{
  const E13TokenGroup group = { *sid, attributes };

  g_array_append_val (token->groups, group);
}

E13Token *
e13_token_copy (const E13Token *token)
{
  E13Token *copy = g_memdup2 (token, sizeof *token);

  copy->name = g_strdup (token->name);
  copy->groups = g_array_copy (token->groups);
  if (token->restricted != NULL)
    copy->restricted = g_array_copy (token->restricted);
  return copy;
}

static gboolean
same_groups (const GArray *a, const GArray *b)
{
  if (a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    {
      const E13TokenGroup *x = &g_array_index (a, E13TokenGroup, i), *y = &g_array_index (b, E13TokenGroup, i);

      if (x->attributes != y->attributes || !e13_sid_equal (&x->sid, &y->sid))
        return FALSE;
    }
  return TRUE;
}

static gboolean
same_restrictions (const GArray *a, const GArray *b)
{
  if (a == NULL || b == NULL)
    return a == b;
  if (a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    if (!e13_sid_equal (&g_array_index (a, E13Sid, i), &g_array_index (b, E13Sid, i)))
      return FALSE;
  return TRUE;
}

gboolean
e13_token_equal (const E13Token *a, const E13Token *b)
{
  return e13_sid_equal (&a->user, &b->user) && a->privileges == b->privileges && a->integrity == b->integrity
         && same_groups (a->groups, b->groups) && same_restrictions (a->restricted, b->restricted);
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

gboolean
e13_token_holds (const E13Token *token, const E13Sid *sid, guint attributes)
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
is_app_pool (const E13Sid *sid)
{
  return sid->authority == 5 && sid->n_sub_authorities == 6 && sid->sub_authorities[0] == 82;
}

E13Sid
e13_token_trustee (const E13Token *token)
{
  for (guint i = 0; i < token->groups->len; i++)
    {
      const E13TokenGroup *group = &g_array_index (token->groups, E13TokenGroup, i);

      if ((group->attributes & E13_SID_ENABLED) != 0 && is_app_pool (&group->sid))
        return group->sid;
    }
  return token->user;
}

static void
add_groups (E13Token *token, const char *const *groups)
{
  for (; *groups != NULL; groups++)
    {
      E13Sid sid = e13_sid_well_known (*groups);

      e13_token_add_group (token, &sid, E13_SID_ENABLED);
    }
}

static E13Token *
iis_token (const char *name, const E13Sid *user, const char *const *groups)
{
  E13Token *token = e13_token_new (name, user);

  token->integrity = E13_INTEGRITY_HIGH;
  add_groups (token, groups);
  return token;
}

E13Token *
e13_token_worker (const char *pool, const E13Sid *account, gboolean is_manual_member, GError **error)
{
  g_autofree char *name = g_strdup_printf ("IIS AppPool\\%s", pool);
  E13Token *token;
  E13Sid own;

  if (!e13_sid_of_app_pool (pool, &own, error))
    return NULL;
  token = iis_token (name, account != NULL ? account : &own, service_groups);
  /* Whoever the worker runs as, it may do what its pool may. */
  if (account != NULL)
    e13_token_add_group (token, &own, E13_SID_ENABLED);
  add_groups (token, pool_groups);
  if (!is_manual_member)
    add_groups (token, member_groups);
  return token;
}

E13Token *
e13_token_iusr (void)
{
  E13Sid user = e13_sid_well_known ("S-1-5-17");

  return iis_token ("IUSR", &user, iusr_groups);
}

E13Token *
e13_token_network_service (void)
{
  E13Sid user = e13_sid_well_known ("S-1-5-20");

  return iis_token ("NETWORK SERVICE", &user, service_groups);
}

E13Token *
e13_token_account (const char *name, const E13Sid *user, const E13Sid *groups, gsize n_groups)
{
  E13Token *token = e13_token_new (name, user);

  for (gsize i = 0; i < n_groups; i++)
    e13_token_add_group (token, &groups[i], E13_SID_ENABLED);
  add_groups (token, account_groups);
  return token;
}
