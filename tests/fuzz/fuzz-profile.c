/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A profile's text; where it is one, a policy is made of it and asked. */

#include "policy/policy.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* Every file is there, and says where things lie. */
static gboolean
exists (G_GNUC_UNUSED const char *path, G_GNUC_UNUSED gboolean is_directory, G_GNUC_UNUSED gpointer data)
{
  return TRUE;
}

static GBytes *
read_file (G_GNUC_UNUSED const char *path, gsize max_bytes, G_GNUC_UNUSED gpointer data)
{
  static const char content[] = "x=media\ny\n../../z\n/srv/site/a\n*?[{\377\033";

  return g_bytes_new_static (content, MIN (max_bytes, sizeof content - 1));
}

static GPtrArray *
list (G_GNUC_UNUSED const char *path, G_GNUC_UNUSED gpointer data)
{
  return NULL;
}

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
  static const E13Evidence evidence = { exists, read_file, list, NULL, FALSE };
  static const E13PolicyOptions every_time = { .when = 0xf };
  static const E13PolicyOptions followed = { .evidence = &evidence, .root = "/srv/site" };
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
  g_clear_pointer (&policy, e13_policy_free);
  policy = e13_policy_new (profile, &followed, &error);
  g_assert_nonnull (policy);
  ask (policy, "media/b");
  return 0;
}
