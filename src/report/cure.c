/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "report/cure.h"

#include "base/quote.h"
#include "report/command-line-windows.h"
#include "report/command-line.h"

/* How many commands are shown where there is no short one. */
#define FEW 3

static char *
target_of (const E13SiteReport *site, const char *path)
{
  g_autofree char *full = e13_tree_full_path (site->request->tree, path);

  return e13_quote_shell_display (full);
}

static void
add_change (GPtrArray *cures, const E13ReportOptions *options, const E13SiteReport *site, const E13Change *change)
{
  g_autofree char *target = target_of (site, change->path);
  g_autoptr (GPtrArray) commands = e13_command_line_set (change, target, options->ops);

  if (change->kind == E13_CHANGE_MAKE_DIRECTORY)
    g_ptr_array_add (cures, e13_command_line_make (change, target, options->ops));
  for (guint i = 0; i < commands->len; i++)
    g_ptr_array_add (cures, g_strdup (commands->pdata[i]));
}

static void
add_planned (GPtrArray *cures, const E13ReportOptions *options, const E13SiteReport *site, const E13PlanIndex *index,
             const E13Group *group)
{
  g_autofree char *directory = target_of (site, group->directory);
  const E13Change *last = NULL;
  char *whole = group->findings->len > 1 ? e13_command_line_tree (site->request, site->plan, index, group->directory,
                                                                  directory, options->ops)
                                         : NULL;

  if (whole != NULL)
    g_ptr_array_add (cures, whole);
  else if (group->findings->len <= FEW)
    for (guint i = 0; i < group->findings->len; i++)
      {
        const E13Change *change = e13_plan_index_cure (index, group->findings->pdata[i]);

        if (change != last)
          add_change (cures, options, site, change);
        last = change;
      }
  else
    {
      g_ptr_array_add (cures, site->script_command != NULL
                                  ? g_strdup_printf ("%u commands, which this prints: %s", group->findings->len,
                                                     site->script_command)
                                  : g_strdup_printf ("%u commands: --each lists them", group->findings->len));
    }
}

/* Commands for its own machine; where the path there is not known, the entry in words. */
static void
add_grant (GPtrArray *cures, const E13SiteReport *site, const E13WindowsGrant *grant)
{
  g_autofree char *there = e13_tree_path_there (site->request->tree, grant->path);
  g_autofree char *path = there != NULL ? e13_quote_windows (there) : NULL;
  g_autofree char *target = path != NULL ? e13_quote_cmd (path) : NULL;
  g_autofree char *here = NULL;

  if (target != NULL)
    {
      GPtrArray *commands = e13_command_line_icacls (grant, target);

      g_ptr_array_extend_and_steal (cures, commands);
      return;
    }
  here = e13_report_shown_path (site->request->tree, grant->path);
  g_ptr_array_add (cures, e13_command_line_grant (grant, here));
}

/* What is granted to cure the group, each entry once. */
static void
add_grants (GPtrArray *cures, const E13SiteReport *site, const E13PlanIndex *index, const E13Group *group)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < group->findings->len; i++)
    {
      const E13WindowsGrant *grant = e13_plan_index_grant (index, group->findings->pdata[i]);

      if (grant != NULL && g_hash_table_add (seen, (gpointer)grant) && cures->len < FEW)
        add_grant (cures, site, grant);
    }
  if (g_hash_table_size (seen) > FEW)
    g_ptr_array_add (cures,
                     g_strdup_printf ("and %u more: --format=cmd prints them all", g_hash_table_size (seen) - FEW));
}

/* The findings' own cures, each once. */
static void
add_own (GPtrArray *cures, const E13Group *group)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < group->findings->len; i++)
    {
      const E13Finding *finding = group->findings->pdata[i];

      for (guint j = 0; j < finding->cures->len; j++)
        if (g_hash_table_add (seen, finding->cures->pdata[j]) && cures->len < FEW)
          g_ptr_array_add (cures, g_strdup (finding->cures->pdata[j]));
    }
  if (g_hash_table_size (seen) > FEW)
    g_ptr_array_add (cures, g_strdup_printf ("and %u more: --each lists them", g_hash_table_size (seen) - FEW));
}

GPtrArray *
e13_report_cures (const E13ReportOptions *options, const E13SiteReport *site, const E13PlanIndex *index,
                  const E13Group *group)
{
  GPtrArray *cures = g_ptr_array_new_with_free_func (g_free);
  gboolean is_windows = site->plan != NULL && site->plan->grants != NULL;
  gboolean planned = !is_windows && e13_plan_index_cure (index, e13_group_first (group)) != NULL;

  if (group->refusal != NULL)
    return cures;
  add_grants (cures, site, index, group);
  if (planned)
    add_planned (cures, options, site, index, group);
  else
    add_own (cures, group);
  return cures;
}

char *
e13_report_shown_path (const E13Tree *tree, const char *path)
{
  g_autofree char *full = e13_tree_full_path (tree, path);

  return tree->is_windows ? e13_quote_windows (full) : e13_quote_display (full);
}
