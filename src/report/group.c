/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "report/group.h"

#include <string.h>

#include "base/path.h"

/* ---- What the plan says ---------------------------------------------------------------------- */

static char *
refusal_key (const E13Finding *finding)
{
  guint32 uid = finding->identity != NULL ? finding->identity->uid : G_MAXUINT32;

  return g_strdup_printf ("%s %" G_GUINT32_FORMAT " %s", finding->rule->id, uid, finding->path);
}

static gboolean
equal_keys (gconstpointer a, gconstpointer b)
{
  return e13_object_key_same_inode (a, b);
}

static void
index_grants (E13PlanIndex *index, const GPtrArray *grants)
{
  for (guint i = 0; i < grants->len; i++)
    {
      E13WindowsGrant *grant = grants->pdata[i];

      for (guint j = 0; j < grant->findings->len; j++)
        g_hash_table_insert (index->grants, grant->findings->pdata[j], grant);
    }
}

E13PlanIndex *
e13_plan_index_new (const E13Plan *plan)
{
  E13PlanIndex *index = g_new0 (E13PlanIndex, 1);

  index->changes = g_hash_table_new (g_str_hash, g_str_equal);
  index->grants = g_hash_table_new (NULL, NULL);
  if (plan != NULL && plan->grants != NULL)
    index_grants (index, plan->grants);
  index->linked = g_hash_table_new (e13_object_key_hash, equal_keys);
  index->refusals = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; plan != NULL && i < plan->changes->len; i++)
    {
      E13Change *change = plan->changes->pdata[i];

      g_hash_table_insert (index->changes, change->path, change);
      if (change->type == E13_TYPE_FILE && change->n_links > 1)
        g_hash_table_insert (index->linked, &change->key, change);
    }
  for (guint i = 0; plan != NULL && i < plan->refusals->len; i++)
    {
      E13Refusal *refusal = plan->refusals->pdata[i];

      g_hash_table_insert (index->refusals, refusal_key (refusal->finding), refusal);
    }
  return index;
}

void
e13_plan_index_free (E13PlanIndex *index)
{
  if (index == NULL)
    return;
  g_hash_table_unref (index->changes);
  g_hash_table_unref (index->grants);
  g_hash_table_unref (index->linked);
  g_hash_table_unref (index->refusals);
  g_free (index);
}

const E13Change *
e13_plan_index_change (const E13PlanIndex *index, const char *path)
{
  return g_hash_table_lookup (index->changes, path);
}

const E13WindowsGrant *
e13_plan_index_grant (const E13PlanIndex *index, const E13Finding *finding)
{
  return g_hash_table_lookup (index->grants, finding);
}

const E13Change *
e13_plan_index_cure (const E13PlanIndex *index, const E13Finding *finding)
{
  const E13Change *change = NULL;

  if (finding->severity != E13_SEVERITY_PROBLEM || finding->rule->cure == E13_CURE_NONE)
    return NULL;
  change = e13_plan_index_change (index, finding->path);
  if (change == NULL && finding->facts.n_links > 1)
    change = g_hash_table_lookup (index->linked, &finding->facts.key);
  return change;
}

/* Why the plan leaves @finding, or in a later audit its like: same rule, same object. NULL where it cures it. */
static const E13Refusal *
refusal_of (const E13PlanIndex *index, const E13Finding *finding)
{
  g_autofree char *key = refusal_key (finding);

  return g_hash_table_lookup (index->refusals, key);
}

/* ---- Groups ---------------------------------------------------------------------------------- */

static void
group_free (gpointer data)
{
  E13Group *group = data;

  g_ptr_array_unref (group->findings);
  g_free (group->directory);
  g_free (group);
}

const E13Finding *
e13_group_first (const E13Group *group)
{
  return group->findings->pdata[0];
}

static const char *
or_empty (const char *text)
{
  return text != NULL ? text : "";
}

/* Findings with equal keys are one entry: all that is said of them but their path is the same. */
static char *
cause_key (const E13Finding *finding, const E13PlanIndex *index, const E13Refusal *refusal)
{
  guint32 uid = finding->identity != NULL ? finding->identity->uid : G_MAXUINT32;
  gboolean planned = e13_plan_index_cure (index, finding) != NULL;

  return g_strdup_printf ("%s|%d|%d|%" G_GUINT32_FORMAT "|%d|%d|%d|%d|%s|%s|%s|%s", finding->rule->id,
                          finding->severity, finding->facts.type, uid, finding->needs, finding->has, planned,
                          e13_finding_is_outside (finding), or_empty (finding->sentence), or_empty (finding->because),
                          or_empty (finding->why), refusal != NULL ? refusal->reason : "");
}

/* Cuts @directory back to the deepest one that holds @path as well. */
static void
widen (char *directory, const char *path)
{
  gsize common = 0;

  for (gsize i = 0;; i++)
    {
      gboolean ends_here = directory[i] == '\0' || directory[i] == '/';
      gboolean ends_there = path[i] == '\0' || path[i] == '/';

      if (ends_here && ends_there)
        common = i;
      if (directory[i] == '\0' || directory[i] != path[i])
        break;
    }
  if (common == 0 && directory[0] == '/')
    common = 1;
  directory[common] = '\0';
}

/* What a blocked directory keeps from use holds what one below it does: counted once. */
static void
add_finding (E13Group *group, E13Finding *finding)
{
  g_ptr_array_add (group->findings, finding);
  if (group->outermost == NULL || !e13_path_is_in (finding->path, group->outermost))
    {
      group->outermost = finding->path;
      group->n_affected += finding->n_objects;
    }
  widen (group->directory, finding->path);
}

static E13Group *
group_new (const E13Finding *finding, const E13Refusal *refusal)
{
  E13Group *group = g_new0 (E13Group, 1);

  group->findings = g_ptr_array_new ();
  group->directory = g_strdup (finding->path);
  group->refusal = refusal;
  return group;
}

static int
compare_groups (gconstpointer a, gconstpointer b)
{
  const E13Finding *x = e13_group_first (*(E13Group *const *)a);
  const E13Finding *y = e13_group_first (*(E13Group *const *)b);

  if (x->rule != y->rule)
    return x->rule < y->rule ? -1 : 1;
  if (e13_finding_is_outside (x) != e13_finding_is_outside (y))
    return e13_finding_is_outside (x) ? -1 : 1;
  return strcmp (x->path, y->path);
}

GPtrArray *
e13_group_findings (const GPtrArray *findings, const E13PlanIndex *index, gboolean each)
{
  GPtrArray *groups = g_ptr_array_new_with_free_func (group_free);
  g_autoptr (GHashTable) by_cause = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < findings->len; i++)
    {
      E13Finding *finding = findings->pdata[i];
      const E13Refusal *refusal = refusal_of (index, finding);
      g_autofree char *key = cause_key (finding, index, refusal);
      E13Group *group = each ? NULL : g_hash_table_lookup (by_cause, key);

      if (group == NULL)
        {
          group = group_new (finding, refusal);
          g_ptr_array_add (groups, group);
          g_hash_table_insert (by_cause, g_steal_pointer (&key), group);
        }
      add_finding (group, finding);
    }
  g_ptr_array_sort (groups, compare_groups);
  return groups;
}
