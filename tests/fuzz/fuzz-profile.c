/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A profile's text; where it is one, a policy is made of it and asked. */

#include "policy/policy.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
ask (const E13Policy *policy, const char *directory)
{
  static const char *const names[] = { "a", "a.py", ".env", "x~", "" };
  guint marks = 0;
  g_autoptr (E13Scope) scope = NULL;
  E13Requirement requirement;

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    marks |= e13_policy_marks_of_name (policy, names[i]);
  scope = e13_policy_enter (policy, directory, marks);
  e13_scope_directory (scope, &requirement);
  g_assert_cmpuint (requirement.app, <=, E13_LEVEL_MODIFY);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    e13_scope_entry (scope, names[i], &requirement);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  static const E13PolicyOptions every_time = { .when = 0xf };
  g_autoptr (GError) error = NULL;
  g_autoptr (E13Profile) profile = e13_profile_parse ("fuzz", "input", (const char *)data, size, &error);
  g_autoptr (E13Policy) policy = NULL;

  g_assert_true ((profile == NULL) == (error != NULL));
  if (profile == NULL)
    return 0;
  policy = e13_policy_new (profile, &every_time, &error);
  g_assert_nonnull (policy);
  ask (policy, "");
  ask (policy, "a/b/c");
  return 0;
}
