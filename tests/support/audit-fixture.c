/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/support/audit-fixture.h"

#include <string.h>

void
e13_audit_fixture_init (E13AuditFixture *fixture, const E13TempObject *objects, const char *profile_text, guint app_uid,
                        gboolean ask_kernel)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (E13Profile) profile
      = e13_profile_parse ("test", "test.profile", profile_text, strlen (profile_text), &error);

  g_assert_no_error (error);
  fixture->temp = e13_temp_tree_new (objects);
  fixture->policy = e13_policy_new (profile, &(E13PolicyOptions){ 0 }, &error);
  g_assert_no_error (error);
  fixture->app = e13_identity_new ("app", app_uid, app_uid, NULL, 0, "test");
  fixture->request = (E13AuditRequest){ .ops = &e13_posix_read,
                                        .policy = fixture->policy,
                                        .app = fixture->app,
                                        .server = fixture->app,
                                        .ask_kernel = ask_kernel };
  e13_audit_fixture_reopen (fixture);
}

void
e13_audit_fixture_reopen (E13AuditFixture *fixture)
{
  g_autoptr (GError) error = NULL;

  if (fixture->tree != NULL)
    e13_posix_read.close_tree (fixture->tree);
  fixture->request.tree = fixture->tree = e13_posix_read.open_tree (fixture->temp->path, &error);
  g_assert_no_error (error);
}

void
e13_audit_fixture_clear (E13AuditFixture *fixture)
{
  e13_posix_read.close_tree (fixture->tree);
  e13_policy_free (fixture->policy);
  e13_identity_free (fixture->app);
  e13_temp_tree_free (fixture->temp);
}

char *
e13_audit_describe (const E13Audit *audit)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < audit->findings->len; i++)
    {
      const E13Finding *finding = g_ptr_array_index (audit->findings, i);

      if (finding->rule == &e13_rules[E13_RULE_UNMAPPED_ID])
        continue;
      g_string_append_printf (text, finding->severity == E13_SEVERITY_NOTE ? "(%s) %s\n" : "%s %s\n", finding->rule->id,
                              finding->path);
    }
  return g_string_free (text, FALSE);
}

const E13Finding *
e13_audit_find (const E13Audit *audit, E13RuleId rule)
{
  for (guint i = 0; i < audit->findings->len; i++)
    {
      const E13Finding *finding = g_ptr_array_index (audit->findings, i);

      if (finding->rule == &e13_rules[rule])
        return finding;
    }
  return NULL;
}
