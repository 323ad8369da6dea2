/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <criterion/criterion.h>

#include <string.h>

#include "tests/support/acl-text.h"
#include "tests/support/fake-site.h"

TestSuite (plan, .timeout = 60);

#define D E13_TYPE_DIRECTORY
#define F E13_TYPE_FILE
#define CLOSED_DIR "u::rwx,g::---,o::---"
#define OPEN_DIR "u::rwx,g::r-x,o::r-x"
#define CLOSED_FILE "u::rw-,g::---,o::---"
#define OPEN_FILE "u::rw-,g::r--,o::r--"

static void
expect_plan (FakeSite *site, const char *expected)
{
  g_autofree char *plan = fake_site_plan (site);

  cr_expect_str_eq (plan, expected, "planned:\n%sexpected:\n%s", plan, expected);
}

static void
expect_note (FakeSite *site, const char *part)
{
  g_autofree char *notes = fake_site_notes (site);

  cr_expect_not_null (strstr (notes, part), "'%s' is not said in:\n%s", part, notes);
}

static void
expect_no_note (FakeSite *site, const char *part)
{
  g_autofree char *notes = fake_site_notes (site);

  cr_expect_null (strstr (notes, part), "'%s' is said in:\n%s", part, notes);
}

static const FakeSiteObject objects[] = {
  FAKE ("/", D, OPEN_DIR, 0, 0),
  FAKE ("/srv", D, CLOSED_DIR, 0, 0),
  FAKE ("/srv/class", D, CLOSED_DIR, 1000, 100),
  FAKE ("/srv/class/week7", D, OPEN_DIR, 1000, 100),
  FAKE ("/srv/class/week6", D, OPEN_DIR, 1000, 100),
  FAKE ("/srv/class/week5", D, CLOSED_DIR, 1000, 100),
  FAKE ("/srv/class/marks.txt", F, OPEN_FILE, 1000, 100),
  FAKE ("/srv/.env", F, OPEN_FILE, 0, 0),
  FAKE ("/srv/id_rsa", F, CLOSED_FILE, 0, 0),
  FAKE ("/srv/class/unlistable", D, CLOSED_DIR, 1000, 100),
  FAKE ("", D, OPEN_DIR, 1000, 100),
  FAKE ("a", D, CLOSED_DIR, 1000, 100),
  FAKE ("a/one", F, CLOSED_FILE, 1000, 100),
  FAKE ("a/two", F, CLOSED_FILE, 1000, 100),
  FAKE ("a.txt", F, CLOSED_FILE, 1000, 100),
  FAKE ("open.txt", F, OPEN_FILE, 1000, 100),
  FAKE ("world.txt", F, "u::rw-,g::r--,o::rw-", 1000, 100),
  FAKE ("secret", F, OPEN_FILE, 1000, 100),
  FAKE ("dead-mask", F, "u::rw-,u:34:rw-,g::---,m::---,o::r--", 1000, 100),
  FAKE ("log", D, OPEN_DIR, 1000, 100),
  FAKE ("nobodys", D, OPEN_DIR, 4321, 100),
  FAKE ("link-1", F, CLOSED_FILE, 1000, 100, .n_links = 2, .inode = 77),
  FAKE ("link-2", F, CLOSED_FILE, 1000, 100, .n_links = 2, .inode = 77),
  FAKE ("inherits", D, OPEN_DIR, 1000, 100, .upper_mode = 02000, .default_acl = "u::rwx,u:33:r-x,g::r-x,m::r-x,o::---"),
  FAKE ("noacl", D, CLOSED_DIR, 1000, 100, .state = E13_ACL_UNSUPPORTED),
  FAKE_END,
};

Test (plan, one_change_an_object_with_all_that_the_roles_need)
{
  g_autoptr (FakeSite) site = fake_site_new (objects, NULL, NULL, TRUE);

  fake_site_find_for (site, site->server, E13_RULE_BLOCKED_PARENT, "a", X);
  fake_site_find (site, E13_RULE_BLOCKED_PARENT, "a", X);
  fake_site_find (site, E13_RULE_NOT_READABLE, "a", R | X);
  fake_site_find (site, E13_RULE_NOT_WRITABLE, "a.txt", R | W);
  expect_plan (site, "set a u::rwx,u:33:r-x,u:34:--x,g::---,m::r-x,o::---\n"
                     "set a.txt u::rw-,u:33:rw-,g::---,m::rw-,o::---\n");
}

Test (plan, parents_first_then_by_path_whatever_the_order_of_the_findings)
{
  static const char *const paths[] = { "a/two", "a.txt", "", "a/one", "/srv/class", "a" };
  char *plans[2] = { NULL, NULL };

  for (gsize pass = 0; pass < 2; pass++)
    {
      g_autoptr (FakeSite) site = fake_site_new (objects, NULL, NULL, FALSE);

      site->options.parents = E13_PARENTS_YES;
      site->options.keep_owner = FALSE;
      for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
        {
          const char *path = paths[pass == 0 ? i : G_N_ELEMENTS (paths) - 1 - i];

          fake_site_find (site, E13_RULE_NOT_WRITABLE, path, *path == '/' ? X : R | W | X);
        }
      plans[pass] = fake_site_plan (site);
    }
  cr_expect_str_eq (plans[0], plans[1]);
  cr_expect (g_str_has_prefix (plans[0], "set /srv/class "), "%s", plans[0]);
  cr_expect_lt (strstr (plans[0], "set . "), strstr (plans[0], "set a "), "%s", plans[0]);
  cr_expect_lt (strstr (plans[0], "set a "), strstr (plans[0], "set a/one "), "%s", plans[0]);
  cr_expect_lt (strstr (plans[0], "set a/one "), strstr (plans[0], "set a/two "), "%s", plans[0]);
  g_free (plans[0]);
  g_free (plans[1]);
}

Test (plan, only_what_a_grant_cures)
{
  g_autoptr (FakeSite) site = fake_site_new (objects, NULL, NULL, FALSE);

  fake_site_find (site, E13_RULE_READ_ONLY_MOUNT, "a", W);
  fake_site_find (site, E13_RULE_SPECIAL_FILE, "a.txt", R);
  fake_site_find (site, E13_RULE_UNKNOWN, "a/one", R);
  expect_plan (site, "");
}

Test (plan, what_the_bits_grant_already_is_denied_by_something_else)
{
  g_autoptr (FakeSite) site = fake_site_new (objects, NULL, NULL, FALSE);
  g_autofree char *reasons = NULL;

  fake_site_find (site, E13_RULE_NOT_READABLE, "open.txt", R);
  expect_plan (site, "refuse open.txt not-readable -\n");
  reasons = fake_site_reasons (site);
  cr_expect_not_null (strstr (reasons, "something else"), "%s", reasons);
}

/* ---- Parents --------------------------------------------------------------------------------- */

Test (plan, parents_only_when_asked)
{
  g_autoptr (FakeSite) site = fake_site_new (objects, NULL, NULL, FALSE);

  fake_site_find (site, E13_RULE_BLOCKED_PARENT, "/srv/class", X);
  expect_plan (site, "refuse /srv/class blocked-parent --parents\n");
  site->options.parents = E13_PARENTS_YES;
  expect_plan (site, "set /srv/class u::rwx,u:33:--x,g::---,m::--x,o::---\n");
  expect_note (site, "www-data can then reach in '/srv/class': 'marks.txt', 'week6'");
  expect_no_note (site, "week7'");
  expect_no_note (site, "week5");
}

Test (plan, a_parent_is_given_search_and_nothing_else)
{
  g_autoptr (FakeSite) site = fake_site_new (objects, NULL, NULL, FALSE);

  site->options.parents = E13_PARENTS_YES;
  site->options.inherit = TRUE;
  fake_site_find (site, E13_RULE_BLOCKED_PARENT, "/srv/class", R | W | X);
  expect_plan (site, "set /srv/class u::rwx,u:33:--x,g::---,m::--x,o::---\n");
}

Test (plan, a_parent_beside_which_secrets_lie_is_forced_only)
{
  g_autoptr (FakeSite) site = fake_site_new (objects, NULL, NULL, FALSE);
  g_autofree char *reasons = NULL;

  site->options.parents = E13_PARENTS_YES;
  fake_site_find (site, E13_RULE_BLOCKED_PARENT, "/srv", X);
  expect_plan (site, "refuse /srv blocked-parent --parents=force\n");
  reasons = fake_site_reasons (site);
  cr_expect_not_null (strstr (reasons, "'.env'"), "%s", reasons);
  cr_expect_null (strstr (reasons, "id_rsa"), "one that is closed counts: %s", reasons);
  site->options.parents = E13_PARENTS_FORCE;
  expect_plan (site, "set /srv u::rwx,u:33:--x,g::---,m::--x,o::---\n");
  expect_note (site, "'.env'");
}

Test (plan, a_parent_that_cannot_be_listed_is_forced_only)
{
  g_autoptr (FakeSite) site = fake_site_new (objects, NULL, NULL, FALSE);

  site->options.parents = E13_PARENTS_YES;
  fake_site_find (site, E13_RULE_BLOCKED_PARENT, "/srv/class/unlistable", X);
  expect_plan (site, "refuse /srv/class/unlistable blocked-parent --parents=force\n");
  site->options.parents = E13_PARENTS_FORCE;
  expect_plan (site, "set /srv/class/unlistable u::rwx,u:33:--x,g::---,m::--x,o::---\n");
}

/* ---- Missing directories --------------------------------------------------------------------- */

Test (plan, a_missing_directory_is_made_rather_than_its_parent_opened)
{
  g_autoptr (FakeSite) site = fake_site_new (objects, NULL, NULL, FALSE);

  site->options.keep_owner = FALSE;
  fake_site_find (site, E13_RULE_MISSING_DIRECTORY, "data/x/cache", R | W | X);
  expect_plan (site, "refuse data/x/cache missing-directory --create-missing\n");
  site->options.create_missing = TRUE;
  expect_plan (site, "make data u::rwx,g::r-x,o::r-x\n"
                     "make data/x u::rwx,g::r-x,o::r-x\n"
                     "make data/x/cache u::rwx,u:33:rwx,g::r-x,m::rwx,o::r-x default "
                     "u::rwx,u:33:rwx,g::r-x,m::rwx,o::r-x\n");
}

Test (plan, two_missing_directories_share_the_one_above_them)
{
  g_autoptr (FakeSite) site = fake_site_new (objects, NULL, NULL, FALSE);

  site->options.keep_owner = FALSE;
  site->options.create_missing = TRUE;
  fake_site_find (site, E13_RULE_MISSING_DIRECTORY, "d/b", R | X);
  fake_site_find (site, E13_RULE_MISSING_DIRECTORY, "d/a", R | X);
  expect_plan (site, "make d u::rwx,g::r-x,o::r-x\nmake d/a u::rwx,g::r-x,o::r-x\nmake d/b u::rwx,g::r-x,o::r-x\n");
}

Test (plan, a_new_directory_has_what_it_inherits)
{
  g_autoptr (FakeSite) site = fake_site_new (objects, NULL, NULL, FALSE);
  g_autoptr (E13Plan) plan = NULL;
  const E13Change *change;

  site->options.create_missing = TRUE;
  site->options.keep_owner = FALSE;
  fake_site_find (site, E13_RULE_MISSING_DIRECTORY, "inherits/new", R | W | X);
  expect_plan (site, "make inherits/new u::rwx,u:33:rwx,g::r-x,m::rwx,o::--- default "
                     "u::rwx,u:33:rwx,g::r-x,m::rwx,o::---\n");
  plan = e13_plan_make (&site->request, &site->audit, &site->options);
  change = g_ptr_array_index (plan->changes, 0);
  cr_expect_eq (change->before.uid, 1000);
  cr_expect_eq (change->before.gid, 100);
  cr_expect_eq (change->before.mode, 02750, "%o", change->before.mode);
  cr_expect_not_null (change->before.default_acl);
}

Test (plan, nothing_is_made_below_a_file_or_where_something_is)
{
  g_autoptr (FakeSite) site = fake_site_new (objects, NULL, NULL, FALSE);
  g_autofree char *reasons = NULL;

  site->options.create_missing = TRUE;
  fake_site_find (site, E13_RULE_MISSING_DIRECTORY, "a.txt/cache", R | W | X);
  fake_site_find (site, E13_RULE_MISSING_DIRECTORY, "log", R | W | X);
  expect_plan (site, "refuse a.txt/cache missing-directory -\nrefuse log missing-directory -\n");
  reasons = fake_site_reasons (site);
  cr_expect_not_null (strstr (reasons, "'a.txt', on the way to it, is a file"), "%s", reasons);
  cr_expect_not_null (strstr (reasons, "exists by now"), "%s", reasons);
}

/* ---- Later files ----------------------------------------------------------------------------- */

Test (plan, where_the_app_writes_later_files_are_for_app_server_and_owner)
{
  g_autoptr (FakeSite) site = fake_site_new (objects, NULL, NULL, TRUE);

  fake_site_find (site, E13_RULE_CANNOT_CREATE, "a", R | W | X);
  expect_plan (site, "set a u::rwx,u:33:rwx,g::---,m::rwx,o::--- default "
                     "u::rwx,u:33:rwx,u:34:r-x,u:1000:rwx,g::---,m::rwx,o::---\n");
  site->options.keep_owner = FALSE;
  expect_plan (site, "set a u::rwx,u:33:rwx,g::---,m::rwx,o::--- default "
                     "u::rwx,u:33:rwx,u:34:r-x,g::---,m::rwx,o::---\n");
}

Test (plan, what_the_profile_denies_the_world_later_files_deny_too)
{
  g_autoptr (FakeSite) site = fake_site_new (objects, NULL, "[log/**]\nApp=modify\nWorld=none\nServer=none\n", TRUE);

  site->options.keep_owner = FALSE;
  fake_site_find (site, E13_RULE_CANNOT_CREATE, "log", R | W | X);
  expect_plan (site, "set log u::rwx,u:33:rwx,g::r-x,m::rwx,o::r-x default u::rwx,u:33:rwx,g::r-x,m::rwx,o::---\n");
}

Test (plan, an_owner_without_an_account_leaves_no_entry)
{
  g_autoptr (FakeSite) site = fake_site_new (objects, NULL, NULL, FALSE);

  fake_site_find (site, E13_RULE_CANNOT_CREATE, "nobodys", R | W | X);
  expect_plan (site, "set nobodys u::rwx,u:33:rwx,g::r-x,m::rwx,o::r-x default u::rwx,u:33:rwx,g::r-x,m::rwx,o::r-x\n");
  expect_note (site, "uid 4321, has no account here");
}

Test (plan, elsewhere_default_acls_only_when_asked)
{
  g_autoptr (FakeSite) site = fake_site_new (objects, NULL, NULL, TRUE);

  fake_site_find (site, E13_RULE_NOT_READABLE, "a", R | X);
  expect_plan (site, "set a u::rwx,u:33:r-x,g::---,m::r-x,o::---\n");
  expect_note (site, "deployed later");
  site->options.inherit = TRUE;
  expect_plan (site,
               "set a u::rwx,u:33:r-x,g::---,m::r-x,o::--- default u::rwx,u:33:r-x,u:34:r-x,g::---,m::r-x,o::---\n");
  expect_no_note (site, "deployed later");
}

Test (plan, search_alone_is_never_inherited)
{
  g_autoptr (FakeSite) site = fake_site_new (objects, NULL, NULL, FALSE);

  site->options.inherit = TRUE;
  fake_site_find (site, E13_RULE_BLOCKED_PARENT, "a", X);
  expect_plan (site, "set a u::rwx,u:33:--x,g::---,m::--x,o::---\n");
}

Test (plan, logrotate_is_told_whom_to_be)
{
  g_autoptr (FakeSite) site = fake_site_new (objects, NULL, NULL, FALSE);

  fake_site_find (site, E13_RULE_CANNOT_CREATE, "log", R | W | X);
  expect_note (site, "su maria staff");
}

/* ---- Hardening ------------------------------------------------------------------------------- */

Test (plan, rights_are_taken_only_when_asked)
{
  g_autoptr (FakeSite) site = fake_site_new (objects, NULL, "[world.txt]\nApp=write\n", FALSE);

  fake_site_find_for (site, NULL, E13_RULE_WORLD_WRITABLE, "world.txt", 0);
  expect_plan (site, "refuse world.txt world-writable --harden\n");
  site->options.harden = TRUE;
  expect_plan (site, "set world.txt u::rw-,u:33:rw-,g::r--,m::rw-,o::r--\n");
}

Test (plan, the_app_keeps_of_the_worlds_rights_what_it_needs)
{
  g_autoptr (FakeSite) site = fake_site_new (objects, NULL, "[world.txt]\nApp=read\n", FALSE);

  site->options.harden = TRUE;
  fake_site_find_for (site, NULL, E13_RULE_WORLD_WRITABLE, "world.txt", 0);
  expect_plan (site, "set world.txt u::rw-,g::r--,o::r--\n");
}

Test (plan, nothing_is_taken_away_outside_the_site)
{
  g_autoptr (FakeSite) site = fake_site_new (objects, NULL, NULL, FALSE);

  site->options.harden = TRUE;
  site->options.parents = E13_PARENTS_FORCE;
  fake_site_find_for (site, NULL, E13_RULE_SECRET_READABLE, "/srv/.env", 0);
  expect_plan (site, "refuse /srv/.env secret-readable -\n");
}

Test (plan, a_missing_directory_that_is_refused_is_refused_once)
{
  g_autoptr (FakeSite) site = fake_site_new (objects, NULL, NULL, FALSE);

  site->options.create_missing = TRUE;
  fake_site_find (site, E13_RULE_MISSING_DIRECTORY, ".ssh/a/b", R | W | X);
  expect_plan (site, "refuse .ssh/a/b missing-directory -\n");
}

Test (plan, a_secret_stays_readable_for_who_needs_it)
{
  g_autoptr (FakeSite) needs = fake_site_new (objects, NULL, "[secret]\nServer=read\nWorld=none\n", TRUE);
  g_autoptr (FakeSite) needs_not = fake_site_new (objects, NULL, "[secret]\nServer=none\nWorld=none\n", TRUE);

  needs->options.harden = needs_not->options.harden = TRUE;
  fake_site_find_for (needs, NULL, E13_RULE_SECRET_READABLE, "secret", 0);
  fake_site_find_for (needs_not, NULL, E13_RULE_SECRET_READABLE, "secret", 0);
  expect_plan (needs, "set secret u::rw-,u:33:r--,u:34:r--,g::r--,m::r--,o::---\n");
  expect_plan (needs_not, "set secret u::rw-,u:33:r--,g::r--,m::r--,o::---\n");
}

Test (plan, a_note_is_not_hardened)
{
  g_autoptr (FakeSite) site = fake_site_new (objects, NULL, NULL, FALSE);

  site->options.harden = TRUE;
  fake_site_find (site, E13_RULE_CODE_WRITABLE, "world.txt", 0);
  ((E13Finding *)g_ptr_array_index (site->audit.findings, 0))->severity = E13_SEVERITY_NOTE;
  expect_plan (site, "");
}

/* ---- Several objects, several roles ---------------------------------------------------------- */

Test (plan, a_role_keeps_what_a_grant_to_another_would_take)
{
  g_autoptr (FakeSite) site = fake_site_new (objects, NULL, NULL, TRUE);

  fake_site_find (site, E13_RULE_NOT_WRITABLE, "dead-mask", R | W);
  expect_plan (site, "set dead-mask u::rw-,u:33:rw-,u:34:r--,g::---,m::rw-,o::r--\n");
  expect_no_note (site, "user 34 loses");
}

Test (plan, two_names_of_one_file_are_one_change)
{
  g_autoptr (FakeSite) site = fake_site_new (objects, NULL, NULL, FALSE);

  fake_site_find (site, E13_RULE_NOT_READABLE, "link-2", R);
  fake_site_find (site, E13_RULE_NOT_WRITABLE, "link-1", R | W);
  expect_plan (site, "set link-1 u::rw-,u:33:rw-,g::---,m::rw-,o::---\n");
  expect_note (site, "the same file is also 'link-2'");
}

Test (plan, without_acls_the_means_that_would_do_is_named)
{
  g_autoptr (FakeSite) site = fake_site_new (objects, NULL, NULL, FALSE);

  fake_site_find (site, E13_RULE_NOT_READABLE, "noacl", R | X);
  expect_plan (site, "refuse noacl not-readable --via=group\n");
  site->options.via = E13_VIA_GROUP;
  expect_plan (site, "set noacl u::rwx,g::r-x,o::--- owner 1000:33\n");
  site->options.via = E13_VIA_MODE;
  expect_plan (site, "set noacl u::rwx,g::---,o::r-x\n");
  expect_note (site, "everybody gains r-x");
}
