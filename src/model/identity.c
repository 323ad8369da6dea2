/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "model/identity.h"

#include <stdlib.h>
#include <string.h>

/* (uid_t)-1, which no account has. */
#define NO_ID G_MAXUINT32

static int
compare_gids (const void *a, const void *b)
{
  guint32 x = *(const guint32 *)a;
  guint32 y = *(const guint32 *)b;

  return (x > y) - (x < y);
}

static E13GroupSet
group_set_new (guint32 primary, const guint32 *gids, gsize n_gids)
{
  E13GroupSet set = { g_new (guint32, n_gids + 1), 0 };
  gsize kept = 0;

  for (gsize i = 0; i < n_gids; i++)
    if (gids[i] != primary)
      set.gids[set.n_gids++] = gids[i];
  if (set.n_gids > 1)
    qsort (set.gids, set.n_gids, sizeof *set.gids, compare_gids);
  for (gsize i = 0; i < set.n_gids; i++)
    if (kept == 0 || set.gids[i] != set.gids[kept - 1])
      set.gids[kept++] = set.gids[i];
  set.n_gids = kept;
  return set;
}

static void
group_set_clear (gpointer set)
{
  g_clear_pointer (&((E13GroupSet *)set)->gids, g_free);
}

E13Identity *
e13_identity_new (const char *name, guint32 uid, guint32 gid, const guint32 *groups, gsize n_groups,
                  const char *evidence)
{
  E13Identity *identity = g_new0 (E13Identity, 1);

  identity->name = g_strdup (name);
  identity->uid = uid;
  identity->gid = gid;
  identity->groups = group_set_new (gid, groups, n_groups);
  identity->evidence = g_strdup (evidence);
  return identity;
}

E13Identity *
e13_identity_new_of_token (E13Token *token, const char *evidence)
{
  E13Identity *identity = e13_identity_new (token->name, NO_ID, NO_ID, NULL, 0, evidence);

  identity->token = token;
  return identity;
}

void
e13_identity_add_groups (E13Identity *identity, const guint32 *groups, gsize n_groups)
{
  E13GroupSet set = group_set_new (identity->gid, groups, n_groups);

  if (identity->also_groups == NULL)
    {
      identity->also_groups = g_array_new (FALSE, FALSE, sizeof (E13GroupSet));
      g_array_set_clear_func (identity->also_groups, group_set_clear);
    }
  g_array_append_val (identity->also_groups, set);
}

E13Identity *
e13_identity_copy (const E13Identity *identity)
{
  E13Identity *copy = e13_identity_new (identity->name, identity->uid, identity->gid, identity->groups.gids,
                                        identity->groups.n_gids, identity->evidence);

  copy->overrides_dac = identity->overrides_dac;
  copy->no_grant = g_strdup (identity->no_grant);
  copy->token = identity->token != NULL ? e13_token_copy (identity->token) : NULL;
  for (guint i = 0; identity->also_groups != NULL && i < identity->also_groups->len; i++)
    {
      const E13GroupSet *set = &g_array_index (identity->also_groups, E13GroupSet, i);

      e13_identity_add_groups (copy, set->gids, set->n_gids);
    }
  return copy;
}

void
e13_identity_free (E13Identity *identity)
{
  if (identity == NULL)
    return;
  g_free (identity->name);
  g_free (identity->evidence);
  g_free (identity->no_grant);
  group_set_clear (&identity->groups);
  e13_token_free (identity->token);
  g_clear_pointer (&identity->also_groups, g_array_unref);
  g_free (identity);
}

gboolean
e13_identity_in_group (const E13Identity *identity, guint32 gid)
{
  return gid == identity->gid
         || (identity->groups.n_gids > 0
             && bsearch (&gid, identity->groups.gids, identity->groups.n_gids, sizeof gid, compare_gids) != NULL);
}

E13Identity *
e13_identity_with_other_groups (const E13Identity *identity, gsize index)
{
  const E13GroupSet *set;
  E13Identity *other;

  if (identity->also_groups == NULL || index >= identity->also_groups->len)
    return NULL;
  set = &g_array_index (identity->also_groups, E13GroupSet, index);
  other = e13_identity_new (identity->name, identity->uid, identity->gid, set->gids, set->n_gids, identity->evidence);
  other->overrides_dac = identity->overrides_dac;
  other->no_grant = g_strdup (identity->no_grant);
  return other;
}

gboolean
e13_identity_equal (const E13Identity *a, const E13Identity *b)
{
  if (a->token != NULL || b->token != NULL)
    return a->token != NULL && b->token != NULL && e13_token_equal (a->token, b->token);
  return a->uid == b->uid && a->gid == b->gid && a->overrides_dac == b->overrides_dac
         && a->groups.n_gids == b->groups.n_gids
         && (a->groups.n_gids == 0
             || memcmp (a->groups.gids, b->groups.gids, a->groups.n_gids * sizeof *a->groups.gids) == 0);
}

gboolean
e13_id_is_named (guint32 id)
{
  return id >= E13_ID_NAMED && id <= E13_ID_NAMED_LAST + 1;
}

char *
e13_identity_label (const E13Identity *identity)
{
  return identity->name != NULL ? g_strdup (identity->name) : e13_identity_number (identity);
}

char *
e13_identity_number (const E13Identity *identity)
{
  if (identity->token != NULL)
    return e13_sid_to_text (&identity->token->user);
  return e13_id_is_named (identity->uid) ? g_strdup ("by name")
                                         : g_strdup_printf ("uid %" G_GUINT32_FORMAT, identity->uid);
}
