/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "repair/plan-parts.h"

#include <string.h>

/* ---- Jobs ------------------------------------------------------------------------------------ */

void
e13_job_free (gpointer data)
{
  E13Job *job = data;

  g_free (job->path);
  e13_facts_clear (&job->facts);
  g_ptr_array_unref (job->findings);
  g_array_unref (job->wishes);
  g_clear_pointer (&job->names, g_ptr_array_unref);
  g_free (job);
}

/* Two names of one inode are one object: changing it under the one makes it another under the other. */
static char *
job_key (const char *path, const E13Facts *facts)
{
  if (facts->type != E13_TYPE_FILE || facts->n_links < 2)
    return g_strdup_printf ("path %s", path);
  return g_strdup_printf ("inode %" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT, facts->key.device, facts->key.inode);
}

/* The first name by its bytes is the one that is used, whatever the order of the findings. */
static void
job_add_name (E13Job *job, const char *path)
{
  g_autofree char *other = g_strdup (path);

  if (g_str_equal (path, job->path))
    return;
  if (strcmp (path, job->path) < 0)
    {
      char *first = g_steal_pointer (&other);

      other = job->path;
      job->path = first;
    }
  if (job->names == NULL)
    job->names = g_ptr_array_new_with_free_func (g_free);
  if (!g_ptr_array_find_with_equal_func (job->names, other, g_str_equal, NULL))
    g_ptr_array_add (job->names, g_steal_pointer (&other));
}

E13Job *
e13_planner_job (E13Planner *planner, E13ChangeKind kind, const char *path, const E13Facts *facts)
{
  char *key = job_key (path, facts);
  E13Job *job = g_hash_table_lookup (planner->jobs, key);

  if (job != NULL)
    {
      g_free (key);
      job_add_name (job, path);
      return job;
    }
  job = g_new0 (E13Job, 1);
  job->kind = kind;
  job->path = g_strdup (path);
  e13_facts_copy (&job->facts, facts);
  job->findings = g_ptr_array_new ();
  job->wishes = g_array_new (FALSE, FALSE, sizeof (E13Wish));
  g_hash_table_insert (planner->jobs, key, job);
  g_ptr_array_add (planner->in_order, job);
  return job;
}

void
e13_job_add_finding (E13Job *job, const E13Finding *finding)
{
  if (!g_ptr_array_find (job->findings, finding, NULL))
    g_ptr_array_add (job->findings, (gpointer)finding);
}

void
e13_job_wish (E13Job *job, const E13Identity *identity, E13Rights needs)
{
  E13Wish wish = { identity, needs };

  for (guint i = 0; i < job->wishes->len; i++)
    {
      E13Wish *old = &g_array_index (job->wishes, E13Wish, i);

      if (e13_identity_equal (old->identity, identity))
        {
          old->needs |= needs;
          return;
        }
    }
  g_array_append_val (job->wishes, wish);
}

gboolean
e13_job_is_outside (const E13Job *job)
{
  return job->path[0] == '/';
}

/* ---- Refusals -------------------------------------------------------------------------------- */

void
e13_planner_refuse (E13Planner *planner, const E13Finding *finding, char *reason, const char *option)
{
  E13Refusal *refusal;

  /* One missing directory is several jobs. */
  if (!g_hash_table_add (planner->refused, (gpointer)finding))
    {
      g_free (reason);
      return;
    }
  refusal = g_new (E13Refusal, 1);
  *refusal = (E13Refusal){ finding, reason, option };
  g_ptr_array_add (planner->plan->refusals, refusal);
}

void
e13_planner_refuse_job (E13Planner *planner, const E13Job *job, const char *reason, const char *option)
{
  for (guint i = 0; i < job->findings->len; i++)
    e13_planner_refuse (planner, g_ptr_array_index (job->findings, i), g_strdup (reason), option);
}
