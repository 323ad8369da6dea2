/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* From a real audit to a plan, written to real objects, and audited again: what the plan changes is cured, and there is
 * nothing left to plan. */

#include <criterion/criterion.h>

#include <unistd.h>

#include "repair/guard.h"
#include "repair/plan-parts.h"
#include "tests/support/acl-text.h"
#include "tests/support/audit-fixture.h"

TestSuite (plan_cures, .timeout = 120);

enum
{
  APP = 30033,
  OWNER = 30001
};

static const char profile_text[] = "[Profile]\nName=Test\n"
                                   "[**]\nApp=read\n"
                                   "[data/**]\nApp=modify\n"
                                   "[lib/cache/deep/**]\nApp=modify\n";

static const E13TempObject objects[] = {
  { 'd', 0755, OWNER, "", NULL, NULL },
  { 'f', 0600, OWNER, "index.html", NULL, NULL },
  { 'f', 0644, OWNER, "open.html", NULL, NULL },
  { 'd', 0700, OWNER, "data", NULL, NULL },
  { 'f', 0600, OWNER, "data/count.txt", NULL, NULL },
  { 'f', 0600, OWNER, "data/twice", NULL, NULL },
  { 'h', 0, 0, "data/again", "data/twice", NULL },
  { 'd', 0700, OWNER, "lib", NULL, NULL },
  { 'f', 0600, OWNER, "lib/masked", NULL, "u::rw-,u:30033:rw-,u:30002:rw-,g::r--,m::---,o::---" },
  { 'f', 0600, OWNER, "lib/tricky\n'name \377", NULL, NULL },
  { 0 },
};

static void
make (const E13AuditRequest *request, E13Change *change)
{
  g_autofree char *parent_path = g_path_get_dirname (change->path);
  g_autofree char *name = g_path_get_basename (change->path);
  g_autoptr (GError) error = NULL;
  E13Pin *parent = request->ops->pin (request->tree, g_str_equal (parent_path, ".") ? "" : parent_path, &error);
  E13Pin *pin;
  g_auto (E13Attributes) made = { 0 };

  g_assert_no_error (error);
  pin = e13_posix_write.make_directory (parent, name, NULL, &error);
  g_assert_no_error (error);
  e13_attributes_from_facts (&made, &pin->facts);
  cr_expect (e13_attributes_equal (&made, &change->before), "%s was foretold as something else", change->path);
  e13_posix_write.set (pin, &pin->facts.key, &made, &change->after, FALSE, &error);
  g_assert_no_error (error);
  request->ops->unpin (pin);
  request->ops->unpin (parent);
}

static void
carry_out (const E13AuditRequest *request, E13Change *change)
{
  g_autoptr (GError) error = NULL;
  E13Pin *pin;

  if (change->kind == E13_CHANGE_MAKE_DIRECTORY)
    {
      make (request, change);
      return;
    }
  pin = request->ops->pin (request->tree, change->path, &error);
  g_assert_no_error (error);
  e13_posix_write.set (pin, &change->key, &change->before, &change->after, FALSE, &error);
  g_assert_no_error (error);
  request->ops->unpin (pin);
}

static E13Plan *
plan_of (const E13AuditRequest *request, const E13Audit *audit)
{
  const E13PlanOptions options = { .keep_owner = TRUE, .create_missing = TRUE };

  return e13_plan_make (request, audit, &options);
}

static void
cure (const E13AuditFixture *fixture)
{
  g_autoptr (E13Audit) audit = e13_audit_run (&fixture->request, NULL);
  g_autoptr (E13Plan) plan = plan_of (&fixture->request, audit);

  cr_assert_gt (plan->changes->len, 5, "%u changes", plan->changes->len);
  for (guint i = 0; i < plan->refusals->len; i++)
    {
      const E13Refusal *refusal = g_ptr_array_index (plan->refusals, i);

      cr_expect (FALSE, "%s is refused: %s", refusal->finding->path, refusal->reason);
    }
  for (guint i = 0; i < plan->changes->len; i++)
    carry_out (&fixture->request, g_ptr_array_index (plan->changes, i));
}

static void
expect_cured (gboolean ask_kernel)
{
  g_auto (E13AuditFixture) fixture = { 0 };
  g_autoptr (E13Audit) again = NULL;
  g_autoptr (E13Plan) nothing = NULL;
  g_autofree char *left = NULL;

  if (geteuid () != 0)
    cr_skip_test ("only root can make trees of other owners");
  e13_audit_fixture_init (&fixture, objects, profile_text, APP, ask_kernel);
  cure (&fixture);
  e13_audit_fixture_reopen (&fixture);
  again = e13_audit_run (&fixture.request, NULL);
  left = e13_audit_describe (again);
  cr_expect_str_eq (left, "", "left:\n%s", left);
  nothing = plan_of (&fixture.request, again);
  cr_expect_eq (nothing->changes->len, 0, "a second plan has %u changes", nothing->changes->len);
}

Test (plan_cures, as_the_kernel_judges) { expect_cured (TRUE); }

Test (plan_cures, as_the_model_judges) { expect_cured (FALSE); }

/* ---- The guard asks the real kernel ---------------------------------------------------------- */

Test (plan_cures, strangers_files_where_links_are_protected)
{
  static const E13TempObject strangers[]
      = { { 'd', 0755, OWNER, "", NULL, NULL }, { 'f', 0600, OWNER + 1, "theirs", NULL, NULL }, { 0 } };
  g_auto (E13AuditFixture) fixture = { 0 };
  g_autoptr (E13Audit) audit = NULL;
  g_autoptr (E13Plan) plan = NULL;
  g_autofree char *setting = NULL;

  if (geteuid () != 0 || !g_file_get_contents ("/proc/sys/fs/protected_hardlinks", &setting, NULL, NULL))
    cr_skip_test ("needs root and /proc/sys");
  e13_audit_fixture_init (&fixture, strangers, profile_text, APP, TRUE);
  audit = e13_audit_run (&fixture.request, NULL);
  plan = plan_of (&fixture.request, audit);
  cr_expect_eq (plan->refusals->len, setting[0] == '1' ? 0 : 1, "fs.protected_hardlinks is %s", setting);
}

/* ---- New directories are foretold ------------------------------------------------------------ */

Test (plan_cures, a_new_directory_is_what_was_foretold)
{
  static const char *const default_acls[] = {
    NULL,
    "u::rwx,g::rwx,o::---",
    "u::rwx,u:30033:rwx,g::r-x,m::rwx,o::---",
    "u::r-x,u:30033:rwx,g::rwx,m::--x,o::rwx",
  };
  static const E13TempObject parent_objects[] = { { 'd', 0755, OWNER, "", NULL, NULL }, { 0 } };

  if (geteuid () != 0)
    cr_skip_test ("only root can make trees of other owners");
  for (gsize i = 0; i < 2 * G_N_ELEMENTS (default_acls); i++)
    {
      const char *default_acl = default_acls[i / 2];
      g_auto (E13AuditFixture) fixture = { 0 };
      g_auto (E13Facts) foretold = { 0 };
      g_auto (E13Attributes) before = { 0 };
      g_auto (E13Attributes) parent_after = { 0 };
      g_autoptr (GError) error = NULL;
      g_autofree char *shown = NULL;
      E13Pin *parent;
      E13Pin *made;

      e13_audit_fixture_init (&fixture, parent_objects, profile_text, APP, TRUE);
      parent = e13_posix_read.pin (fixture.tree, "", &error);
      g_assert_no_error (error);
      e13_attributes_from_facts (&before, &parent->facts);
      e13_attributes_copy (&parent_after, &before);
      parent_after.mode |= i % 2 == 0 ? 0 : 02000;
      parent_after.default_acl = default_acl != NULL ? test_acl (default_acl) : NULL;
      e13_posix_write.set (parent, &parent->facts.key, &before, &parent_after, FALSE, &error);
      g_assert_no_error (error);

      e13_planner_facts_of_new (&parent->facts, &foretold);
      made = e13_posix_write.make_directory (parent, "new", NULL, &error);
      g_assert_no_error (error);
      shown = e13_acl_to_text (made->facts.access);
      cr_expect (e13_acl_equal (made->facts.access, foretold.access), "%s: access ACL %s", default_acl, shown);
      cr_expect (e13_acl_equal (made->facts.default_acl, foretold.default_acl), "%s: default ACL", default_acl);
      cr_expect_eq (made->facts.mode, foretold.mode, "%s: mode %o, foretold %o", default_acl, made->facts.mode,
                    foretold.mode);
      cr_expect_eq (made->facts.uid, foretold.uid);
      cr_expect_eq (made->facts.gid, foretold.gid);
      e13_posix_read.unpin (made);
      e13_posix_read.unpin (parent);
    }
}
