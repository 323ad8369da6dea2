/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Each harm that the guard knows, done on purpose: refused with its option, let through where it is none. */

#include <criterion/criterion.h>
#include <criterion/parameterized.h>

#include <string.h>

#include "policy/guarded.h"
#include "tests/support/acl-text.h"
#include "tests/support/fake-site.h"

TestSuite (guard, .timeout = 60);

#define D E13_TYPE_DIRECTORY
#define F E13_TYPE_FILE
#define CLOSED_DIR "u::rwx,g::---,o::---"
#define CLOSED_FILE "u::rw-,g::---,o::---"

/* ---- Sites ----------------------------------------------------------------------------------- */

typedef struct
{
  const char *path;
  gboolean holds_ssh;
  const char *profile;
  gboolean allowed;
  const char *option;
} SiteRow;

static const SiteRow site_rows[] = {
  { "/", FALSE, "wordpress", FALSE, NULL },
  { "/etc", FALSE, "wordpress", FALSE, NULL },
  { "/usr", FALSE, "generic", FALSE, NULL },
  { "/srv", FALSE, "generic", FALSE, NULL },
  { "/home", FALSE, "generic", FALSE, NULL },
  { "/usr/share/wordpress", FALSE, "generic", FALSE, "--profile" },
  { "/usr/share/wordpress", FALSE, "wordpress", TRUE, NULL },
  { "/var/lib/mysql", FALSE, "generic", FALSE, "--profile" },
  { "/etc/apache2", FALSE, "generic", FALSE, "--profile" },
  { "/usrlocal/site", FALSE, "generic", TRUE, NULL },
  { "/home/maria", FALSE, "generic", FALSE, "--profile" },
  { "/home/maria", FALSE, "wordpress", TRUE, NULL },
  { "/root", FALSE, "generic", FALSE, "--profile" },
  { "/home/maria/public_html", FALSE, "generic", TRUE, NULL },
  { "/srv/people/maria", TRUE, "generic", FALSE, "--profile" },
  { "/srv/people/maria", FALSE, "generic", TRUE, NULL },
  { "/var/www/html", FALSE, "generic", TRUE, NULL },
};

ParameterizedTestParameters (guard, site)
{
  static gsize indices[G_N_ELEMENTS (site_rows)];

  for (gsize i = 0; i < G_N_ELEMENTS (site_rows); i++)
    indices[i] = i;
  return cr_make_param_array (gsize, indices, G_N_ELEMENTS (site_rows));
}

ParameterizedTest (gsize *index, guard, site)
{
  static const FakeSiteObject with_ssh[]
      = { FAKE ("", D, CLOSED_DIR, 0, 0), FAKE (".ssh", D, CLOSED_DIR, 0, 0), FAKE_END };
  static const FakeSiteObject without[] = { FAKE ("", D, CLOSED_DIR, 0, 0), FAKE_END };
  const SiteRow *row = &site_rows[*index];
  g_autoptr (FakeSite) site = fake_site_new (row->holds_ssh ? with_ssh : without, row->path, NULL, FALSE);
  g_autofree char *text = g_strdup ("[Profile]\nName=x\n[**]\nApp=read\n");
  g_autoptr (E13Profile) profile = e13_profile_parse (row->profile, "test", text, strlen (text), NULL);
  const char *option = "unset";
  g_autofree char *reason = e13_guard_site (&fake_site_ops, &site->tree, profile, &option);

  cr_expect_eq (reason == NULL, row->allowed, "%s as %s: %s", row->path, row->profile, reason);
  cr_expect_str_eq (option != NULL ? option : "none", row->option != NULL ? row->option : "none", "%s as %s: option %s",
                    row->path, row->profile, option);
}

/* Who owns a link that leads to the site decides at any time what the site is. */
static const struct
{
  const char *label;
  guint32 link_uid;
  guint32 root_uid;
  gboolean allowed;
} links[] = {
  { "root's own", 0, 1000, TRUE },
  { "that of the site's owner", 1000, 1000, TRUE },
  { "a stranger's", 1000, 1001, FALSE },
  { "a stranger's to what is root's", 1000, 0, FALSE },
};

Test (guard, a_strangers_link_to_what_is_not_theirs)
{
  static const FakeSiteObject objects[] = { FAKE ("", D, CLOSED_DIR, 0, 0), FAKE_END };

  for (gsize i = 0; i < G_N_ELEMENTS (links); i++)
    {
      g_autoptr (FakeSite) site = fake_site_new (objects, NULL, NULL, FALSE);
      E13Pin link = { .path = (char *)"/srv/\033", .facts = { .type = E13_TYPE_SYMLINK, .uid = links[i].link_uid } };
      const char *option = "unset";
      g_autofree char *reason = NULL;

      g_ptr_array_add (site->route.pins, &link);
      site->root.facts.uid = links[i].root_uid;
      reason = e13_guard_site (&fake_site_ops, &site->tree, NULL, &option);
      cr_expect_eq (reason == NULL, links[i].allowed, "%s: %s", links[i].label, reason);
      cr_expect (reason == NULL || strstr (reason, "the link '/srv/\\033' belongs to uid 1000") != NULL, "%s: %s",
                 links[i].label, reason);
      cr_expect_null (option, "%s", links[i].label);
    }
}

/* ---- Changes --------------------------------------------------------------------------------- */

typedef struct
{
  const char *label;
  const FakeSiteObject objects[5]; /* the first is the one that a finding is about */
  E13RuleId rule;
  E13Rights needs;
  E13PlanOptions options;
  const char *option; /* of the refusal; "-": none; NULL: it is changed */
  const char *says;   /* in its reason */
} ChangeRow;

static const ChangeRow change_rows[] = {
  { "a file", { FAKE ("a", F, CLOSED_FILE, 1000, 100) }, E13_RULE_NOT_READABLE, R, { 0 }, NULL, NULL },
  { "a key", { FAKE ("id_rsa", F, CLOSED_FILE, 1000, 100) }, E13_RULE_NOT_READABLE, R, { 0 }, "-", "key material" },
  { "a pem",
    { FAKE ("tls/site.pem", F, CLOSED_FILE, 1000, 100) },
    E13_RULE_NOT_READABLE,
    R,
    { 0 },
    "-",
    "key material" },
  { "a bundle of public certificates",
    { FAKE ("certifi/cacert.pem", F, CLOSED_FILE, 1000, 100) },
    E13_RULE_NOT_READABLE,
    R,
    { 0 },
    NULL,
    NULL },
  { "below .ssh",
    { FAKE ("x/.ssh/config", F, CLOSED_FILE, 1000, 100) },
    E13_RULE_NOT_READABLE,
    R,
    { 0 },
    "-",
    "key material" },
  { "a directory of keys",
    { FAKE (".gnupg", D, CLOSED_DIR, 1000, 100) },
    E13_RULE_BLOCKED_PARENT,
    X,
    { 0 },
    "-",
    "key material" },
  { "w on what holds .ssh",
    { FAKE ("maria", D, CLOSED_DIR, 1000, 100), FAKE ("maria/.ssh", D, CLOSED_DIR, 1000, 100) },
    E13_RULE_CANNOT_CREATE,
    W | X,
    { 0 },
    "-",
    "sshd" },
  { "x on what holds .ssh",
    { FAKE ("maria", D, CLOSED_DIR, 1000, 100), FAKE ("maria/.ssh", D, CLOSED_DIR, 1000, 100) },
    E13_RULE_BLOCKED_PARENT,
    X,
    { 0 },
    NULL,
    NULL },
  { "w on a directory",
    { FAKE ("maria", D, CLOSED_DIR, 1000, 100) },
    E13_RULE_CANNOT_CREATE,
    R | W | X,
    { .keep_owner = TRUE },
    NULL,
    NULL },
  { "x on a setuid file",
    { FAKE ("a.cgi", F, "u::rwx,g::---,o::---", 1000, 100, .upper_mode = 04000) },
    E13_RULE_NOT_EXECUTABLE,
    R | X,
    { 0 },
    "-",
    "becomes them" },
  { "w on a setuid file",
    { FAKE ("tool", F, "u::rwx,g::r-x,o::r-x", 1000, 100, .upper_mode = 04000) },
    E13_RULE_NOT_WRITABLE,
    R | W,
    { 0 },
    "-",
    "runs as" },
  { "r on a setgid file",
    { FAKE ("tool", F, "u::rwx,g::--x,o::--x", 1000, 100, .upper_mode = 02000) },
    E13_RULE_NOT_READABLE,
    R,
    { 0 },
    NULL,
    NULL },
  { "owner of a setuid file",
    { FAKE ("tool", F, "u::rwx,g::--x,o::--x", 1000, 100, .upper_mode = 04000) },
    E13_RULE_NOT_READABLE,
    R,
    { .via = E13_VIA_OWNER },
    "-",
    "runs as" },
  { "an immutable file",
    { FAKE ("a", F, CLOSED_FILE, 1000, 100, .attributes = E13_ATTRIBUTE_IMMUTABLE) },
    E13_RULE_NOT_READABLE,
    R,
    { 0 },
    "-",
    "chattr -i" },
  { "an append-only file",
    { FAKE ("a", F, CLOSED_FILE, 1000, 100, .attributes = E13_ATTRIBUTE_APPEND_ONLY) },
    E13_RULE_NOT_READABLE,
    R,
    { 0 },
    "-",
    "chattr -a" },
  { "a FIFO", { FAKE ("a", E13_TYPE_FIFO, CLOSED_FILE, 1000, 100) }, E13_RULE_NOT_READABLE, R, { 0 }, "-", "FIFO" },
  { "a stranger's file where links are not protected",
    { FAKE ("a", F, CLOSED_FILE, 0, 0), FAKE ("", D, CLOSED_DIR, 1000, 100),
      FAKE ("/proc/sys/fs/protected_hardlinks", F, CLOSED_FILE, 0, 0, .content = "0\n") },
    E13_RULE_NOT_READABLE,
    R,
    { 0 },
    "--foreign",
    "protected_hardlinks" },
  { "a stranger's file, and nobody knows whether links are protected",
    { FAKE ("a", F, CLOSED_FILE, 0, 0), FAKE ("", D, CLOSED_DIR, 1000, 100),
      FAKE ("/proc/sys/fs/protected_hardlinks", F, CLOSED_FILE, 0, 0) },
    E13_RULE_NOT_READABLE,
    R,
    { 0 },
    "--foreign",
    "protected_hardlinks" },
  { "a stranger's file, asked for",
    { FAKE ("a", F, CLOSED_FILE, 0, 0), FAKE ("", D, CLOSED_DIR, 1000, 100),
      FAKE ("/proc/sys/fs/protected_hardlinks", F, CLOSED_FILE, 0, 0, .content = "0\n") },
    E13_RULE_NOT_READABLE,
    R,
    { .foreign = TRUE },
    NULL,
    NULL },
  { "the directory's owner's file where links are not protected",
    { FAKE ("d/a", F, CLOSED_FILE, 1000, 100), FAKE ("d", D, CLOSED_DIR, 1000, 7),
      FAKE ("/proc/sys/fs/protected_hardlinks", F, CLOSED_FILE, 0, 0, .content = "0\n") },
    E13_RULE_NOT_READABLE,
    R,
    { 0 },
    NULL,
    NULL },
  { "a stranger's file where links are protected",
    { FAKE ("a", F, CLOSED_FILE, 0, 0), FAKE ("", D, CLOSED_DIR, 1000, 100) },
    E13_RULE_NOT_READABLE,
    R,
    { 0 },
    NULL,
    NULL },
  { "a parent of the site",
    { FAKE ("/srv", D, CLOSED_DIR, 0, 0) },
    E13_RULE_BLOCKED_PARENT,
    X,
    { 0 },
    "--parents",
    "parent" },
  { "a parent of the site, asked for",
    { FAKE ("/srv", D, CLOSED_DIR, 0, 0) },
    E13_RULE_BLOCKED_PARENT,
    X,
    { .parents = E13_PARENTS_YES },
    NULL,
    NULL },
  { "a parent of the site, given away",
    { FAKE ("/srv", D, CLOSED_DIR, 0, 0) },
    E13_RULE_BLOCKED_PARENT,
    X,
    { .parents = E13_PARENTS_FORCE, .via = E13_VIA_OWNER },
    "-",
    "outside the site" },
  { "an ACL that cannot be read",
    { FAKE ("a", F, CLOSED_FILE, 1000, 100, .state = E13_ACL_UNREADABLE) },
    E13_RULE_NOT_READABLE,
    R,
    { 0 },
    "-",
    "Input/output" },
  { "a file system without ACLs",
    { FAKE ("a", F, CLOSED_FILE, 1000, 100, .state = E13_ACL_UNSUPPORTED) },
    E13_RULE_NOT_READABLE,
    R,
    { 0 },
    "--via=group",
    "every member of it" },
};

ParameterizedTestParameters (guard, change)
{
  static gsize indices[G_N_ELEMENTS (change_rows)];

  for (gsize i = 0; i < G_N_ELEMENTS (change_rows); i++)
    indices[i] = i;
  return cr_make_param_array (gsize, indices, G_N_ELEMENTS (change_rows));
}

ParameterizedTest (gsize *index, guard, change)
{
  const ChangeRow *row = &change_rows[*index];
  g_autoptr (FakeSite) site = fake_site_new (row->objects, NULL, NULL, FALSE);
  g_autoptr (E13Plan) plan = NULL;
  const E13Refusal *refusal;

  site->options = row->options;
  fake_site_find (site, row->rule, row->objects[0].path, row->needs);
  plan = e13_plan_make (&site->request, &site->audit, &site->options);
  if (row->option == NULL)
    {
      cr_expect_eq (plan->changes->len, 1, "%s: not changed", row->label);
      cr_expect_eq (plan->refusals->len, 0, "%s: refused", row->label);
      return;
    }
  cr_expect_eq (plan->changes->len, 0, "%s: changed", row->label);
  cr_assert_eq (plan->refusals->len, 1, "%s: %u refusals", row->label, plan->refusals->len);
  refusal = g_ptr_array_index (plan->refusals, 0);
  cr_expect_str_eq (refusal->option != NULL ? refusal->option : "-", row->option, "%s: %s", row->label,
                    refusal->reason);
}

static char *
ask (const FakeSiteObject *objects, const E13PlanOptions *options, const E13Identity *identity, E13Rights needs,
     gboolean foreign_link, const char **ret_option)
{
  g_autoptr (FakeSite) site = fake_site_new (objects, NULL, NULL, FALSE);
  g_auto (E13Facts) facts = fake_site_facts (objects[0].path);
  g_autoptr (E13Change) change = e13_change_new (E13_CHANGE_SET, objects[0].path, &facts);
  g_autoptr (E13Guard) guard = NULL;

  if (foreign_link)
    fake_site_find (site, E13_RULE_FOREIGN_HARD_LINK, objects[0].path, 0);
  guard = e13_guard_new (&site->request, options, &site->audit);
  cr_assert (e13_grant_add (change, &facts, identity, needs, options->via, NULL));
  return e13_guard_change (guard, change, &facts, ret_option);
}

static const FakeSiteObject two_names[] = { FAKE ("a", F, CLOSED_FILE, 1000, 100, .n_links = 2), FAKE_END };

Test (guard, hard_links_out_of_the_site)
{
  g_autoptr (E13Identity) app = test_identity ("33:33");
  const E13PlanOptions no = { 0 };
  const E13PlanOptions yes = { .hard_links = TRUE };
  const char *option;
  g_autofree char *inside = ask (two_names, &no, app, R, FALSE, &option);
  g_autofree char *outside = ask (two_names, &no, app, R, TRUE, &option);
  g_autofree char *asked = NULL;

  cr_expect_null (inside, "all names lie in the site: %s", inside);
  cr_assert_not_null (outside);
  cr_expect_str_eq (option, "--hard-links");
  asked = ask (two_names, &yes, app, R, TRUE, &option);
  cr_expect_null (asked, "%s", asked);
}

Test (guard, numbers_that_stand_for_nobody)
{
  static const guint32 refused[] = { 0, 61184, 65519, 65534, 65535, G_MAXUINT32 };
  static const guint32 allowed[] = { 1, 33, 1000, 61183, 65520, 65536, 2000000 };

  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    cr_expect_not_null (e13_guarded_why_not_id (refused[i]), "%u", refused[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (allowed); i++)
    cr_expect_null (e13_guarded_why_not_id (allowed[i]), "%u", allowed[i]);
}

Test (guard, nothing_for_numbers_that_will_be_reused)
{
  static const FakeSiteObject file[] = { FAKE ("a", F, CLOSED_FILE, 1000, 100), FAKE_END };
  static const FakeSiteObject own[] = { FAKE ("a", F, "u::---,g::---,o::---", 61500, 61500), FAKE_END };
  const E13PlanOptions acl = { 0 };
  const E13PlanOptions group = { .via = E13_VIA_GROUP };
  const E13PlanOptions owner = { .via = E13_VIA_OWNER };
  g_autoptr (E13Identity) dynamic = test_identity ("61500:61500");
  g_autoptr (E13Identity) root_group = test_identity ("33:0");
  const char *option;
  g_autofree char *entry = ask (file, &acl, dynamic, R, FALSE, &option);
  g_autofree char *by_group = ask (file, &group, dynamic, R, FALSE, &option);
  g_autofree char *by_owner = ask (file, &owner, dynamic, R, FALSE, &option);
  g_autofree char *own_bits = ask (own, &acl, dynamic, R, FALSE, &option);
  g_autofree char *to_root_group = ask (file, &group, root_group, R, FALSE, &option);

  cr_expect_not_null (entry);
  cr_expect_not_null (by_group);
  cr_expect_not_null (by_owner);
  cr_expect_not_null (own_bits);
  cr_expect_not_null (to_root_group);
  cr_assert_not_null (entry);
  cr_expect_not_null (strstr (entry, "DynamicUser"), "the real cure is not said: %s", entry);
}

/* What grant.c would never do, done by hand. */
static char *
ask_after (const char *before, const char *after, E13Via via, const char **ret_option)
{
  const FakeSiteObject objects[] = { FAKE ("a", F, before, 1000, 100), FAKE_END };
  const E13PlanOptions options = { .via = via };
  g_autoptr (FakeSite) site = fake_site_new (objects, NULL, NULL, FALSE);
  g_auto (E13Facts) facts = fake_site_facts ("a");
  g_autoptr (E13Change) change = e13_change_new (E13_CHANGE_SET, "a", &facts);
  g_autoptr (E13Guard) guard = e13_guard_new (&site->request, &options, &site->audit);

  e13_acl_unref (change->after.access);
  change->after.access = test_acl (after);
  change->after.mode = e13_acl_to_mode (change->after.access);
  return e13_guard_change (guard, change, &facts, ret_option);
}

Test (guard, world_bits_only_when_asked_for_by_name)
{
  const char *option;
  g_autofree char *unasked = ask_after ("u::rw-,g::---,o::---", "u::rw-,g::---,o::r--", E13_VIA_ACL, &option);
  g_autofree char *asked = NULL;

  cr_assert_not_null (unasked);
  cr_expect_str_eq (option, "--via=mode");
  asked = ask_after ("u::rw-,g::---,o::---", "u::rw-,g::---,o::r--", E13_VIA_MODE, &option);
  cr_expect_null (asked, "%s", asked);
}

Test (guard, a_mask_uncovers_nothing)
{
  const char *option;
  g_autofree char *uncovered = ask_after ("u::rw-,u:2000:rw-,g::r--,m::r--,o::---",
                                          "u::rw-,u:33:rw-,u:2000:rw-,g::r--,m::rw-,o::---", E13_VIA_ACL, &option);
  g_autofree char *trimmed = ask_after ("u::rw-,u:2000:rw-,g::r--,m::r--,o::---",
                                        "u::rw-,u:33:rw-,u:2000:r--,g::r--,m::rw-,o::---", E13_VIA_ACL, &option);

  cr_expect_not_null (uncovered);
  cr_expect_null (trimmed, "%s", trimmed);
}

Test (guard, names_of_secrets)
{
  static const char *const secrets[]
      = { ".ssh", ".gnupg", ".aws", ".env", ".env.local", "id_rsa", "x.pem", "x.key", "shadow", ".bash_history" };
  static const char *const others[] = { "id_rsa.pub", "index.php", "pem", "cacert.pem", ".envrc", "shadows", "" };

  for (gsize i = 0; i < G_N_ELEMENTS (secrets); i++)
    cr_expect (e13_guarded_is_secret (secrets[i]), "%s", secrets[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    cr_expect_not (e13_guarded_is_secret (others[i]), "%s", others[i]);
}

static gboolean
mounted_read_only (const E13Pin *pin G_GNUC_UNUSED, E13Mount *ret_mount, GError **error G_GNUC_UNUSED)
{
  *ret_mount = (E13Mount){ .read_only = TRUE };
  return TRUE;
}

static gboolean
mounted_writable (const E13Pin *pin G_GNUC_UNUSED, E13Mount *ret_mount, GError **error G_GNUC_UNUSED)
{
  *ret_mount = (E13Mount){ 0 };
  return TRUE;
}

/* A write that must fail is not planned: the command printed for it would not work. */
Test (guard, nothing_on_a_file_system_that_is_mounted_read_only)
{
  static const FakeSiteObject file[] = { FAKE ("a", F, CLOSED_FILE, 1000, 100), FAKE_END };

  for (gboolean read_only = FALSE; read_only <= TRUE; read_only++)
    {
      g_autoptr (FakeSite) site = fake_site_new (file, NULL, NULL, FALSE);
      E13ReadOps ops = fake_site_ops;
      g_autofree char *plan = NULL;
      g_autofree char *reasons = NULL;

      ops.mount_of = read_only ? mounted_read_only : mounted_writable;
      site->request.ops = &ops;
      site->request.cross_mounts = TRUE;
      fake_site_find (site, E13_RULE_NOT_READABLE, "a", R);
      ((E13Finding *)site->audit.findings->pdata[0])->facts.key.mount_id = 9;
      plan = fake_site_plan (site);
      reasons = fake_site_reasons (site);
      cr_expect_eq (strstr (plan, "refuse a not-readable -") != NULL, read_only, "%s", plan);
      cr_expect_eq (strstr (reasons, "mounted read-only") != NULL, read_only, "%s", reasons);
    }
}

Test (guard, nothing_that_was_mounted_over_an_object_meanwhile)
{
  static const FakeSiteObject file[] = { FAKE ("a", F, CLOSED_FILE, 1000, 100), FAKE_END };

  for (gboolean crosses = FALSE; crosses <= TRUE; crosses++)
    {
      g_autoptr (FakeSite) site = fake_site_new (file, NULL, NULL, FALSE);
      E13ReadOps ops = fake_site_ops;
      g_autofree char *plan = NULL;
      g_autofree char *reasons = NULL;

      ops.mount_of = mounted_writable;
      site->request.ops = &ops;
      site->request.cross_mounts = crosses;
      fake_site_find (site, E13_RULE_NOT_READABLE, "a", R);
      ((E13Finding *)site->audit.findings->pdata[0])->facts.key.mount_id = 9;
      plan = fake_site_plan (site);
      reasons = fake_site_reasons (site);
      cr_expect_eq (strstr (plan, "refuse a not-readable --cross-mounts") != NULL, !crosses, "%s", plan);
      cr_expect_eq (strstr (reasons, "is mounted there") != NULL, !crosses, "%s", reasons);
    }
}
