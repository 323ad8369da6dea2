/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Accounts: as the configuration names them, and as a process has them. */

#include "base/error.h"
#include "base/quote.h"
#include "servers/whose.h"

/* Whose numbers systemd gives out and takes back, DynamicUser=. */
#define FIRST_DYNAMIC_UID 61184
#define LAST_DYNAMIC_UID 65519

static gboolean
find_group (const E13ReadOps *ops, const char *name, guint32 *ret_gid)
{
  guint64 gid;
  const char *digits = name + (*name == '#');

  if (g_ascii_string_to_unsigned (digits, 10, 0, G_MAXUINT32 - 1, &gid, NULL))
    return *ret_gid = (guint32)gid, TRUE;
  return ops->group_find != NULL && ops->group_find (name, ret_gid);
}

static gboolean
throw_no_group (const char *name, GError **error)
{
  g_autofree char *shown = e13_quote_display (name);

  return e13_throw (error, E13_ERROR_USAGE, "there is no group named '%s'", shown);
}

E13Identity *
e13_serving_account (const E13ReadOps *ops, const char *user, const char *group, const GPtrArray *groups,
                     const char *evidence, GError **error)
{
  g_autoptr (E13Identity) account = ops->identity_parse (user + (*user == '#'), error);
  g_autoptr (GArray) gids = g_array_new (FALSE, FALSE, sizeof (guint32));
  E13Identity *identity;
  guint32 gid;

  if (account == NULL)
    return NULL;
  gid = account->gid;
  if (group != NULL && *group != '\0' && !find_group (ops, group, &gid))
    return throw_no_group (group, error), NULL;
  for (guint i = 0; groups != NULL && i < groups->len; i++)
    {
      guint32 further;

      if (!find_group (ops, groups->pdata[i], &further))
        return throw_no_group (groups->pdata[i], error), NULL;
      g_array_append_val (gids, further);
    }
  g_array_append_vals (gids, account->groups.gids, (guint)account->groups.n_gids);
  identity
      = e13_identity_new (account->name, account->uid, gid, (const guint32 *)(gpointer)gids->data, gids->len, evidence);
  identity->overrides_dac = account->overrides_dac;
  return identity;
}

char *
e13_serving_why_no_grant (const E13Process *process)
{
  guint32 uid = process->identity->uid;

  if (process->is_unmapped)
    return g_strdup_printf ("the account of process %" G_GUINT32_FORMAT
                            " has no number here, since it runs in a user namespace that maps none to it",
                            process->pid);
  if (uid == 0 && !process->identity->overrides_dac)
    return g_strdup ("it runs as root without the capability to overrule permissions, and nothing is granted to root: "
                     "run it as an account of its own");
  if (uid >= FIRST_DYNAMIC_UID && uid <= LAST_DYNAMIC_UID && process->unit != NULL)
    return g_strdup_printf ("uid %" G_GUINT32_FORMAT " is of those that systemd gives out anew at each start "
                            "(DynamicUser=): grant to a group, and name it as SupplementaryGroups= of %s",
                            uid, process->unit);
  return NULL;
}

static void
add_group (GString *list, const E13ReadOps *ops, guint32 gid)
{
  const char *name = ops->group_name (gid);

  if (name != NULL)
    g_string_append_printf (list, "%s%s", list->len > 0 ? ", " : "", name);
  else
    g_string_append_printf (list, "%sgid %" G_GUINT32_FORMAT, list->len > 0 ? ", " : "", gid);
}

static gboolean
is_in (const E13GroupSet *set, guint32 gid)
{
  for (gsize i = 0; i < set->n_gids; i++)
    if (set->gids[i] == gid)
      return TRUE;
  return FALSE;
}

static void
remark_groups (const E13ReadOps *ops, const E13Process *process, GPtrArray *remarks)
{
  const E13Identity *identity = process->identity;
  g_autoptr (GString) later = g_string_new (NULL);
  g_autoptr (GString) only_now = g_string_new (NULL);
  g_autofree char *who = e13_identity_label (identity);
  g_autofree char *restart = process->unit != NULL ? g_strdup_printf ("systemctl restart %s", process->unit)
                                                   : g_strdup ("restart the service");

  for (guint i = 0; identity->also_groups != NULL && i < identity->also_groups->len; i++)
    {
      const E13GroupSet *set = &g_array_index (identity->also_groups, E13GroupSet, i);

      for (gsize k = 0; k < set->n_gids; k++)
        if (!e13_identity_in_group (identity, set->gids[k]))
          add_group (later, ops, set->gids[k]);
      for (gsize k = 0; k < identity->groups.n_gids; k++)
        if (!is_in (set, identity->groups.gids[k]))
          add_group (only_now, ops, identity->groups.gids[k]);
    }
  if (later->len > 0)
    g_ptr_array_add (remarks,
                     g_strdup_printf ("The running %s (pid %" G_GUINT32_FORMAT ") is not in %s, where the account "
                                      "database has %s: the group is not in force until a restart (%s).",
                                      process->program, process->pid, later->str, who, restart));
  if (only_now->len > 0)
    g_ptr_array_add (remarks,
                     g_strdup_printf ("The running %s (pid %" G_GUINT32_FORMAT
                                      ") is still in %s, where the account database no longer has %s: that ends "
                                      "with a restart (%s).",
                                      process->program, process->pid, only_now->str, who, restart));
}

void
e13_serving_remark (const E13ReadOps *ops, const E13Process *process, GPtrArray *remarks)
{
  g_autofree char *why_not = e13_serving_why_no_grant (process);
  g_autofree char *who = e13_identity_label (process->identity);

  if (!process->has_users && !process->is_unmapped)
    remark_groups (ops, process, remarks);
  if (process->has_users && !process->is_unmapped)
    g_ptr_array_add (
        remarks, g_strdup_printf ("%s (pid %" G_GUINT32_FORMAT ") runs in a user namespace, as uid %" G_GUINT32_FORMAT
                                  " there; on disk, and in every grant, that is uid %" G_GUINT32_FORMAT ".",
                                  process->program, process->pid, process->inside_uid, process->identity->uid));
  if (why_not != NULL)
    g_ptr_array_add (remarks, g_strdup_printf ("No grant is made for %s: %s.", who, why_not));
}
