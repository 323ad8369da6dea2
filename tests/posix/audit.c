/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Each rule, on real objects, with the kernel and with the model as the judge: it fires where it should, and is silent
 * beside. */

#include "config.h"

#include <criterion/criterion.h>
#include <criterion/parameterized.h>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/support/audit-fixture.h"

TestSuite (audit, .timeout = 120);

#define OWNER 1500
#define APP 1533

/* A profile with one of everything. */
static const char profile_text[] = "[Profile]\nName=Test\nSource=none\n"
                                   "[**]\nApp=read\n"
                                   "[dat?/**]\nApp=modify\n"
                                   "[**/*.cgi]\nApp=read\nScript=run\nCode=yes\n"
                                   "[secret/**]\nApp=none\nWorld=none\n"
                                   "[.env]\nApp=read\nWorld=none\n"
                                   "[cache/**]\nApp=modify\n";

typedef struct
{
  const char *label;
  E13TempObject objects[8];
  const char *expected; /* "rule path" a line, in the report's order; notes in parentheses */
} Case;

static const Case cases[] = {
  { "all is well",
    { { 'd', 0755, OWNER, "data", NULL, "u::rwx,u:1533:rwx,g::r-x,m::rwx,o::r-x" },
      { 'd', 0755, OWNER, "cache", NULL, "u::rwx,u:1533:rwx,g::r-x,m::rwx,o::r-x" },
      { 'f', 0644, OWNER, "index.html", NULL, NULL } },
    "" },
  { "a directory without search hides a readable file",
    { { 'd', 0755, APP, "cache", NULL, NULL },
      { 'd', 0700, OWNER, "sub", NULL, NULL },
      { 'f', 0644, OWNER, "sub/a", NULL, NULL } },
    "blocked-parent sub\n" },
  { "what lies behind a blocked directory is judged by itself",
    { { 'd', 0755, APP, "cache", NULL, NULL },
      { 'd', 0700, OWNER, "sub", NULL, NULL },
      { 'f', 0600, OWNER, "sub/a", NULL, NULL } },
    "blocked-parent sub\nnot-readable sub/a\n" },
  { "a directory with search but without read",
    { { 'd', 0755, APP, "cache", NULL, NULL }, { 'd', 0711, OWNER, "sub", NULL, NULL } },
    "not-readable sub\n" },
  { "a file that only its owner reads",
    { { 'd', 0755, APP, "cache", NULL, NULL }, { 'f', 0600, OWNER, "a", NULL, NULL } },
    "not-readable a\n" },
  { "the owner's own bits decide, not those of others",
    { { 'd', 0755, APP, "cache", NULL, NULL }, { 'f', 0077, APP, "a", NULL, NULL } },
    "not-readable a\nworld-writable a\n" },
  { "a data directory that cannot be written",
    { { 'd', 0755, APP, "cache", NULL, NULL },
      { 'd', 0755, OWNER, "data", NULL, NULL },
      { 'f', 0644, OWNER, "data/x", NULL, NULL } },
    "cannot-create data\nnot-writable data/x\n" },
  { "a grant that the mask cuts",
    { { 'd', 0755, APP, "cache", NULL, NULL },
      { 'f', 0600, OWNER, "a", NULL, "u::rw-,u:1533:rw-,g::r--,m::---,o::---" },
      { 'f', 0640, OWNER, "b", NULL, "u::rw-,u:1533:rw-,g::---,m::-w-,o::---" } },
    "not-readable a\nmask-cut b\n" },
  { "a script needs x, and a file beside it does not",
    { { 'd', 0755, APP, "cache", NULL, NULL },
      { 'f', 0644, OWNER, "a.cgi", "#!/bin/sh\n", NULL },
      { 'f', 0644, OWNER, "b.cgi", "no script\n", NULL } },
    "not-executable a.cgi\n" },
  { "an interpreter line of Windows",
    { { 'd', 0755, APP, "cache", NULL, NULL }, { 'f', 0755, OWNER, "a.cgi", "#!/bin/sh\r\necho\r\n", NULL } },
    "crlf-shebang a.cgi\n" },
  { "an expected directory is missing and cannot be made",
    { { 'f', 0644, OWNER, "a", NULL, NULL } },
    "missing-directory cache\n" },
  { "an expected directory is missing but can be made",
    { { 'd', 0755, OWNER, "", NULL, "u::rwx,u:1533:rwx,g::r-x,m::rwx,o::r-x" } },
    "" },
  { "others write",
    { { 'd', 0755, APP, "cache", NULL, NULL },
      { 'd', 0777, OWNER, "w", NULL, NULL },
      { 'd', 01777, OWNER, "t", NULL, NULL } },
    "world-writable w\n" },
  { "others write behind a closed door",
    { { 'd', 0755, APP, "cache", NULL, NULL },
      { 'd', 0750, APP, "sub", NULL, NULL },
      { 'f', 0666, APP, "sub/a", NULL, NULL } },
    "" },
  { "a secret file and a secret folder",
    { { 'd', 0755, APP, "cache", NULL, NULL },
      { 'f', 0644, OWNER, ".env", NULL, NULL },
      { 'd', 0755, OWNER, "secret", NULL, NULL },
      { 'f', 0644, OWNER, "secret/key", NULL, NULL } },
    "secret-readable .env\nsecret-readable secret\n" },
  { "code that the app may write",
    { { 'd', 0755, APP, "cache", NULL, NULL },
      { 'f', 0755, OWNER, "a.cgi", "#!/bin/sh\n", "u::rwx,u:1533:rwx,g::r-x,m::rwx,o::r-x" } },
    "code-writable a.cgi\n" },
  { "code that the app owns is said once",
    { { 'd', 0755, APP, "cache", NULL, NULL },
      { 'f', 0755, APP, "a.cgi", "#!/bin/sh\n", NULL },
      { 'f', 0755, APP, "b.cgi", "#!/bin/sh\n", NULL } },
    "(code-writable) \n" },
  { "a path of Windows as a name",
    { { 'd', 0755, APP, "cache", NULL, NULL }, { 'f', 0644, OWNER, "inc\\conf.php", NULL, NULL } },
    "backslash-name inc\\conf.php\n" },
  { "a FIFO is said and left",
    { { 'd', 0755, APP, "cache", NULL, NULL }, { 'p', 0644, OWNER, "pipe", NULL, NULL } },
    "(special-file) pipe\n" },
  { "a link within the site",
    { { 'd', 0755, APP, "cache", NULL, NULL },
      { 'f', 0644, OWNER, "a", NULL, NULL },
      { 'l', 0, OWNER, "b", "a", NULL } },
    "" },
  { "a link to a readable file outside",
    { { 'd', 0755, APP, "cache", NULL, NULL }, { 'l', 0, OWNER, "b", "/etc/passwd", NULL } },
    "(link-leaves-site) b\n" },
  { "a link to a secret outside",
    { { 'd', 0755, APP, "cache", NULL, NULL }, { 'l', 0, OWNER, "b", "/etc/shadow", NULL } },
    "link-leaves-site b\n" },
  { "a dangling link", { { 'd', 0755, APP, "cache", NULL, NULL }, { 'l', 0, OWNER, "b", "/nowhere", NULL } }, "" },
  { "two names within the site are nobody else's business",
    { { 'd', 0755, APP, "cache", NULL, NULL }, { 'f', 0600, OWNER, "a", NULL, NULL }, { 'h', 0, 0, "b", "a", NULL } },
    "not-readable a\nnot-readable b\n" },
  { "a name outside the site",
    { { 'd', 0755, APP, "cache", NULL, NULL },
      { 'f', 0600, OWNER, "a", NULL, NULL },
      { 'h', 0, 0, "../outside", "a", NULL } },
    "not-readable a\nforeign-hard-link a\n" },
};

static void
needs_root (void)
{
  if (geteuid () != 0)
    cr_skip_test ("needs root: the objects belong to several accounts");
}

ParameterizedTestParameters (audit, rules)
{
  static gsize indices[G_N_ELEMENTS (cases)];

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    indices[i] = i;
  return cr_make_param_array (gsize, indices, G_N_ELEMENTS (cases));
}

ParameterizedTest (gsize *index, audit, rules, .init = needs_root)
{
  const Case *row = &cases[*index];

  for (gboolean ask_kernel = FALSE; ask_kernel <= TRUE; ask_kernel++)
    {
      g_auto (E13AuditFixture) fixture = { 0 };
      g_autoptr (GError) error = NULL;
      g_autoptr (E13Audit) audit = NULL;
      g_autofree char *found = NULL;

      e13_audit_fixture_init (&fixture, row->objects, profile_text, APP, ask_kernel);
      audit = e13_audit_run (&fixture.request, &error);
      cr_assert_not_null (audit, "%s: %s", row->label, error ? error->message : "");
      found = e13_audit_describe (audit);
      cr_expect_str_eq (found, row->expected, "%s (%s):\nexpected\n%sfound\n%s", row->label,
                        ask_kernel ? "kernel" : "model", row->expected, found);
    }
}

Test (audit, an_owner_without_an_account_is_noted_once, .init = needs_root)
{
  static const E13TempObject objects[] = { { 'd', 0755, APP, "cache", NULL, NULL },
                                           { 'f', 0644, OWNER, "a", NULL, NULL },
                                           { 'f', 0644, OWNER, "b", NULL, NULL },
                                           { 'f', 0644, 65534, "c", NULL, NULL },
                                           { 0 } };
  g_auto (E13AuditFixture) fixture = { 0 };
  g_autoptr (E13Audit) audit = NULL;
  guint notes = 0, problems = 0;

  e13_audit_fixture_init (&fixture, objects, profile_text, APP, TRUE);
  audit = e13_audit_run (&fixture.request, NULL);
  for (guint i = 0; i < audit->findings->len; i++)
    {
      const E13Finding *finding = g_ptr_array_index (audit->findings, i);

      if (finding->rule == &e13_rules[E13_RULE_UNMAPPED_ID])
        *(finding->severity == E13_SEVERITY_NOTE ? &notes : &problems) += 1;
    }
  cr_expect_eq (notes, 2, "one for OWNER and one for APP, found %u", notes);
  cr_expect_eq (problems, 1, "one for the overflow id, found %u", problems);
}

Test (audit, a_blocked_directory_counts_what_lies_below_it, .init = needs_root)
{
  static const E13TempObject objects[]
      = { { 'd', 0755, APP, "cache", NULL, NULL },     { 'd', 0700, OWNER, "a", NULL, NULL },
          { 'f', 0644, OWNER, "a/1", NULL, NULL },     { 'd', 0700, OWNER, "a/b", NULL, NULL },
          { 'f', 0644, OWNER, "a/b/2", NULL, NULL },   { 'd', 0755, OWNER, "a/c", NULL, NULL },
          { 'f', 0644, OWNER, "a-other", NULL, NULL }, { 0 } };
  g_auto (E13AuditFixture) fixture = { 0 };
  g_autoptr (E13Audit) audit = NULL;
  const E13Finding *blocked;

  e13_audit_fixture_init (&fixture, objects, profile_text, APP, TRUE);
  audit = e13_audit_run (&fixture.request, NULL);
  blocked = e13_audit_find (audit, E13_RULE_BLOCKED_PARENT);
  cr_assert_not_null (blocked);
  cr_expect_str_eq (blocked->path, "a");
  cr_expect_eq (blocked->n_objects, 5, "a, a/1, a/b, a/b/2 and a/c are five, counted %" G_GUINT64_FORMAT,
                blocked->n_objects);
  cr_expect_eq (audit->n_objects, 8, "counted %" G_GUINT64_FORMAT " objects", audit->n_objects);
}

Test (audit, a_parent_of_the_site_blocks_it, .init = needs_root)
{
  static const E13TempObject objects[] = { { 'd', 0755, APP, "cache", NULL, NULL }, { 0 } };
  g_auto (E13AuditFixture) fixture = { 0 };
  g_autoptr (E13Audit) audit = NULL;
  const E13Finding *blocked;

  e13_audit_fixture_init (&fixture, objects, profile_text, APP, TRUE);
  cr_assert_eq (chmod (fixture.temp->parent, 0700), 0);
  e13_audit_fixture_reopen (&fixture);
  audit = e13_audit_run (&fixture.request, NULL);
  blocked = e13_audit_find (audit, E13_RULE_BLOCKED_PARENT);
  cr_assert_not_null (blocked);
  cr_expect_str_eq (blocked->path, fixture.temp->parent);
  cr_expect_eq (blocked->n_objects, audit->n_objects);
}

/* One group may read and another may write: whoever is in both cannot open for both. */
Test (audit, rights_that_are_split_between_groups_are_not_enough, .init = needs_root)
{
  static const E13TempObject objects[]
      = { { 'd', 0755, APP, "cache", NULL, NULL },
          { 'd', 0755, OWNER, "data", NULL, "u::rwx,u:1533:rwx,g::---,m::rwx,o::---" },
          { 'f', 0660, OWNER, "data/f", NULL, "u::rw-,g::---,g:41:r--,g:42:-w-,m::rw-,o::---" },
          { 0 } };
  static const guint32 groups[] = { 41, 42 };

  for (gboolean ask_kernel = FALSE; ask_kernel <= TRUE; ask_kernel++)
    {
      const char *judge = ask_kernel ? "kernel" : "model";
      g_auto (E13AuditFixture) fixture = { 0 };
      g_autoptr (E13Identity) member = e13_identity_new ("app", APP, APP, groups, G_N_ELEMENTS (groups), "test");
      g_autoptr (E13Audit) audit = NULL;
      const E13Finding *finding;

      e13_audit_fixture_init (&fixture, objects, profile_text, APP, ask_kernel);
      fixture.request.app = fixture.request.server = member;
      audit = e13_audit_run (&fixture.request, NULL);
      finding = e13_audit_find (audit, E13_RULE_NOT_WRITABLE);
      cr_assert_not_null (finding, "%s: a file that cannot be opened for reading and writing passed", judge);
      cr_expect_str_eq (finding->path, "data/f", "%s", judge);
      cr_expect_str_eq (finding->sentence, "app cannot read and write this file at once", "%s", judge);
      cr_expect_not_null (strstr (finding->because, "no single one holds rw-"), "%s: %s", judge, finding->because);
    }
}

Test (audit, a_sentence_lists_what_is_missing, .init = needs_root)
{
  static const E13TempObject objects[] = { { 'd', 0755, APP, "cache", NULL, NULL },
                                           { 'd', 0700, OWNER, "data", NULL, NULL },
                                           { 'f', 0600, OWNER, "a.cgi", "#!/bin/sh\n", NULL },
                                           { 0 } };
  g_auto (E13AuditFixture) fixture = { 0 };
  g_autoptr (E13Audit) audit = NULL;

  e13_audit_fixture_init (&fixture, objects, profile_text, APP, TRUE);
  audit = e13_audit_run (&fixture.request, NULL);
  cr_expect_str_eq (e13_audit_find (audit, E13_RULE_BLOCKED_PARENT)->sentence,
                    "app cannot enter, list or create files in this directory, so nothing below it can be reached");
  cr_expect_str_eq (e13_audit_find (audit, E13_RULE_NOT_READABLE)->sentence, "app cannot read or execute this file");
}

Test (audit, what_is_blocked_for_two_roles_is_counted_for_both, .init = needs_root)
{
  static const E13TempObject objects[]
      = { { 'd', 0755, APP, "cache", NULL, NULL },   { 'd', 0700, OWNER, "a", NULL, NULL },
          { 'f', 0644, OWNER, "a/1", NULL, NULL },   { 'd', 0700, OWNER, "a/b", NULL, NULL },
          { 'f', 0644, OWNER, "a/b/2", NULL, NULL }, { 0 } };
  g_auto (E13AuditFixture) fixture = { 0 };
  g_autoptr (E13Identity) server = e13_identity_new ("server", APP + 1, APP + 1, NULL, 0, "test");
  g_autoptr (E13Audit) audit = NULL;
  guint n_found = 0;

  e13_audit_fixture_init (&fixture, objects, profile_text, APP, TRUE);
  fixture.request.server = server;
  audit = e13_audit_run (&fixture.request, NULL);
  for (guint i = 0; i < audit->findings->len; i++)
    {
      const E13Finding *finding = g_ptr_array_index (audit->findings, i);

      if (finding->rule != &e13_rules[E13_RULE_BLOCKED_PARENT])
        continue;
      n_found++;
      cr_expect_eq (finding->n_objects, g_str_equal (finding->path, "a") ? 4 : 2, "%s for %s: %" G_GUINT64_FORMAT,
                    finding->path, finding->identity->name, finding->n_objects);
    }
  cr_expect_eq (n_found, 4, "two directories, two roles: %u", n_found);
}

/* What a stranger's archive links to must not be offered for repair, and a command must name its object wholly. */
Test (audit, cures_name_the_object_and_spare_the_system, .init = needs_root)
{
  static const E13TempObject objects[] = { { 'd', 0755, APP, "cache", NULL, NULL },
                                           { 'l', 0, OWNER, "b", "/etc/shadow", NULL },
                                           { 'f', 0600, OWNER, "two", NULL, NULL },
                                           { 'h', 0, 0, "../outside", "two", NULL },
                                           { 'f', 0755, OWNER, "a.cgi", "#!/bin/sh\r\n", NULL },
                                           { 0 } };
  static const E13RuleId rules[] = { E13_RULE_FOREIGN_HARD_LINK, E13_RULE_CRLF_SHEBANG };
  static const char *const names[] = { "two", "a.cgi" };
  g_auto (E13AuditFixture) fixture = { 0 };
  g_autoptr (E13Audit) audit = NULL;
  const char *cure;

  e13_audit_fixture_init (&fixture, objects, profile_text, APP, TRUE);
  audit = e13_audit_run (&fixture.request, NULL);
  cure = g_ptr_array_index (e13_audit_find (audit, E13_RULE_LINK_LEAVES_SITE)->cures, 0);
  cr_expect_null (strstr (cure, "errno13 fix"), "%s", cure);
  cr_expect_not_null (strstr (cure, "'/etc/shadow' is the system's"), "%s", cure);
  for (gsize i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      g_autofree char *path = g_build_filename (fixture.temp->path, names[i], NULL);

      cure = g_ptr_array_index (e13_audit_find (audit, rules[i])->cures, 0);
      cr_expect_not_null (strstr (cure, path), "%s: %s", names[i], cure);
    }
}

/* Leaves room for @n more descriptors in this process. */
static void
limit_descriptors_to (guint n)
{
  int lowest = fcntl (STDERR_FILENO, F_DUPFD, 0);
  struct rlimit limit;

  cr_assert_eq (getrlimit (RLIMIT_NOFILE, &limit), 0);
  limit.rlim_cur = (rlim_t)lowest + n;
  close (lowest);
  cr_assert_eq (setrlimit (RLIMIT_NOFILE, &limit), 0);
}

/* Out of descriptors: an object that could not be looked at is unknown, not clean. */
Test (audit, what_cannot_be_pinned_is_not_taken_for_clean, .init = needs_root)
{
#define N 40
  static E13TempObject objects[2 * N + 2];
  static char names[2 * N][8];

  objects[0] = (E13TempObject){ 'd', 0755, APP, "cache", NULL, NULL };
  for (guint i = 0; i < N; i++)
    {
      g_snprintf (names[2 * i], sizeof names[0], "d%02u", i);
      g_snprintf (names[2 * i + 1], sizeof names[0], "d%02u/f", i);
      objects[2 * i + 1] = (E13TempObject){ 'd', 0755, OWNER, names[2 * i], NULL, NULL };
      objects[2 * i + 2] = (E13TempObject){ 'f', 0600, OWNER, names[2 * i + 1], NULL, NULL };
    }
  for (guint room = 1; room < 16; room++)
    for (gboolean ask_kernel = FALSE; ask_kernel <= TRUE; ask_kernel++)
      {
        g_auto (E13AuditFixture) fixture = { 0 };
        g_autoptr (E13Audit) audit = NULL;
        struct rlimit before;

        e13_audit_fixture_init (&fixture, objects, profile_text, APP, ask_kernel);
        cr_assert_eq (getrlimit (RLIMIT_NOFILE, &before), 0);
        fixture.request.n_threads = 2;
        limit_descriptors_to (room);
        audit = e13_audit_run (&fixture.request, NULL);
        cr_assert_eq (setrlimit (RLIMIT_NOFILE, &before), 0);
        if (audit == NULL)
          continue;
        cr_expect (audit->n_unknown > 0 || audit->n_problems >= N,
                   "room for %u, by the %s: only %" G_GUINT64_FORMAT " problems and nothing unknown", room,
                   ask_kernel ? "kernel" : "model", (guint64)audit->n_problems);
      }
}
