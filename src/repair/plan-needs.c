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

E13Requirement
e13_planner_requirement (const E13Planner *planner, const char *path, gboolean is_directory)
{
  const char *slash = strrchr (path, '/');
  const char *name = slash != NULL ? slash + 1 : path;
  g_autofree char *parent = slash != NULL ? g_strndup (path, (gsize)(slash - path)) : g_strdup ("");
  const char *directory = is_directory ? path : parent;
  g_autoptr (E13Scope) scope = e13_policy_enter (planner->request->policy, directory, marks_of (planner, directory));
  E13Requirement requirement;

  if (is_directory)
    e13_scope_directory (scope, &requirement);
  else
    e13_scope_entry (scope, name, &requirement);
  return requirement;
}
