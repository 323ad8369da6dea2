/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "model/finding.h"

E13Finding *
e13_finding_new (const E13Rule *rule, const char *path, const E13Facts *facts)
{
  E13Finding *finding = g_new0 (E13Finding, 1);

  finding->rule = rule;
  finding->severity = rule->severity;
  finding->path = g_strdup (path);
  e13_facts_copy (&finding->facts, facts);
  finding->cures = g_ptr_array_new_with_free_func (g_free);
  finding->n_objects = 1;
  return finding;
}

void
e13_finding_free (E13Finding *finding)
{
  if (finding == NULL)
    return;
  g_free (finding->path);
  e13_facts_clear (&finding->facts);
  g_free (finding->sentence);
  g_free (finding->because);
  g_free (finding->handle);
  g_ptr_array_unref (finding->cures);
  g_free (finding);
}

gboolean
e13_finding_is_outside (const E13Finding *finding)
{
  return finding->path[0] == '/';
}
