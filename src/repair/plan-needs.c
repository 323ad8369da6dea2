/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "repair/plan-parts.h"

#include <string.h>

/* Marks come from a directory's names: one that is not there yet has none. */
static guint
marks_of (const E13Planner *planner, const char *directory)
{
  const E13ReadOps *ops = planner->request->ops;
  const E13Policy *policy = planner->request->policy;
  g_autoptr (GPtrArray) names = NULL;
  guint marks = 0;
  E13Pin *pin;

  if (!e13_policy_notes_names (policy))
    return 0;
  pin = ops->pin (planner->request->tree, directory, NULL);
  if (pin != NULL)
    names = ops->list (pin, NULL);
  ops->unpin (pin);
  for (guint i = 0; names != NULL && i < names->len; i++)
    marks |= e13_policy_marks_of_name (policy, g_ptr_array_index (names, i));
  return marks;
}

void
e13_planner_forget_scope (E13Planner *planner)
{
  g_clear_pointer (&planner->directory, g_free);
  g_clear_pointer (&planner->scope, e13_scope_free);
}

static const E13Scope *
scope_of (E13Planner *planner, const char *directory)
{
  if (planner->scope == NULL || !g_str_equal (planner->directory, directory))
    {
      e13_planner_forget_scope (planner);
      planner->directory = g_strdup (directory);
      planner->scope = e13_policy_enter (planner->request->policy, directory, marks_of (planner, directory));
    }
  return planner->scope;
}

E13Requirement
e13_planner_requirement (E13Planner *planner, const char *path, gboolean is_directory)
{
  const char *slash = strrchr (path, '/');
  const char *name = slash != NULL ? slash + 1 : path;
  g_autofree char *parent = slash != NULL ? g_strndup (path, (gsize)(slash - path)) : g_strdup ("");
  E13Requirement requirement;

  if (is_directory)
    e13_scope_directory (scope_of (planner, path), &requirement);
  else
    e13_scope_entry (scope_of (planner, parent), name, &requirement);
  return requirement;
}
