/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/support/report-fixture.h"

#include <string.h>

#include <criterion/criterion.h>

#include "tests/support/acl-text.h"
#include "tests/support/fake-platform.h"

static const char profile_text[] = "[Profile]\nName=Python CGI\nSource=a test\n[Match]\nAll=cgi-bin/\n[**]\nApp=read\n";

/* One directory with entries is enough to count by. */
static E13Dir walked_dir;
static E13Entry *walked_entries;
static gsize n_walked;

static gboolean
walk (const E13Tree *tree, const E13WalkOptions *options, const E13Visitor *visitor, gpointer data, GError **error)
{
  E13Batch batch = { &walked_dir, TRUE, walked_entries, n_walked };

  (void)tree;
  (void)options;
  (void)error;
  visitor->visit (&batch, data);
  return TRUE;
}

void
report_scene_walk (ReportScene *scene, const char *directory, guint n_files, guint n_links)
{
  g_free (walked_entries);
  walked_entries = g_new0 (E13Entry, n_files + n_links);
  n_walked = n_files + n_links;
  walked_dir = (E13Dir){ .path = directory };
  for (guint i = 0; i < n_walked; i++)
    {
      walked_entries[i].name = "entry";
      walked_entries[i].facts.type = i < n_files ? E13_TYPE_FILE : E13_TYPE_SYMLINK;
    }
  scene->ops.walk = walk;
}

static void
free_refusal (gpointer data)
{
  E13Refusal *refusal = data;

  g_free (refusal->reason);
  g_free (refusal);
}

ReportScene *
report_scene_new (void)
{
  ReportScene *scene = g_new0 (ReportScene, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (E13Profile) profile
      = e13_profile_parse ("python-cgi", "built-in", profile_text, strlen (profile_text), &error);

  cr_assert_not_null (profile, "%s", error != NULL ? error->message : "");
  scene->ops = fake_platform;
  scene->route = (E13Route){ .given = (char *)"/srv/x", .resolved = (char *)"/srv/x" };
  scene->tree = (E13Tree){ .route = &scene->route, .path = "/srv/x" };
  scene->identity = test_identity ("www-data=33:33");
  g_free (scene->identity->evidence);
  scene->identity->evidence = g_strdup ("running apache2");
  scene->policy = e13_policy_new (profile, &(E13PolicyOptions){ 0 }, NULL);
  scene->audit = (E13Audit){ .findings = g_ptr_array_new_with_free_func ((GDestroyNotify)e13_finding_free),
                             .n_objects = 212,
                             .seconds = 0.01 };
  scene->plan = (E13Plan){ .changes = g_ptr_array_new_with_free_func ((GDestroyNotify)e13_change_free),
                           .refusals = g_ptr_array_new_with_free_func (free_refusal),
                           .notes = g_ptr_array_new_with_free_func (g_free) };
  scene->request = (E13AuditRequest){ .ops = &scene->ops,
                                      .tree = &scene->tree,
                                      .policy = scene->policy,
                                      .app = scene->identity,
                                      .server = scene->identity,
                                      .ask_kernel = TRUE };
  scene->report = (E13SiteReport){ .request = &scene->request, .audit = &scene->audit, .plan = &scene->plan };
  scene->options = (E13ReportOptions){ .verbosity = 1, .ops = &scene->ops };
  return scene;
}

void
report_scene_free (ReportScene *scene)
{
  g_ptr_array_unref (scene->plan.changes);
  g_ptr_array_unref (scene->plan.refusals);
  g_ptr_array_unref (scene->plan.notes);
  g_ptr_array_unref (scene->audit.findings);
  e13_policy_free (scene->policy);
  e13_identity_free (scene->identity);
  g_free (scene);
}

static void
set_facts (E13Facts *facts, E13ObjectType type, const char *acl)
{
  *facts = (E13Facts){ .type = type, .uid = 1000, .gid = 100, .n_links = 1, .acl_state = E13_ACL_READ };
  facts->access = test_acl (acl);
  facts->mode = e13_acl_to_mode (facts->access);
  facts->key.inode = 7;
  facts->key.changed_seconds = 1763941207;
}

E13Finding *
report_scene_find (ReportScene *scene, E13RuleId rule, const char *path, E13ObjectType type, const char *acl,
                   E13Rights needs)
{
  g_auto (E13Facts) facts = { 0 };
  E13Finding *finding;

  set_facts (&facts, type, acl);
  finding = e13_finding_new (&e13_rules[rule], path, &facts);
  finding->identity = scene->identity;
  finding->needs = needs;
  g_ptr_array_add (scene->audit.findings, finding);
  scene->audit.n_problems += finding->severity == E13_SEVERITY_PROBLEM;
  scene->audit.n_notes += finding->severity == E13_SEVERITY_NOTE;
  scene->audit.n_unknown += finding->severity == E13_SEVERITY_UNKNOWN;
  return finding;
}

E13Change *
report_scene_change (ReportScene *scene, const char *path, E13ObjectType type, const char *before, const char *after)
{
  g_auto (E13Facts) facts = { 0 };
  E13Change *change;

  set_facts (&facts, type, before);
  change = e13_change_new (E13_CHANGE_SET, path, &facts);
  e13_acl_unref (change->after.access);
  change->after.access = test_acl (after);
  change->after.mode = (facts.mode & 07000) | e13_acl_to_mode (change->after.access);
  g_ptr_array_add (scene->plan.changes, change);
  return change;
}

void
report_scene_refuse (ReportScene *scene, const E13Finding *finding, const char *reason, const char *option)
{
  E13Refusal *refusal = g_new0 (E13Refusal, 1);

  refusal->finding = finding;
  refusal->reason = g_strdup (reason);
  refusal->option = option;
  g_ptr_array_add (scene->plan.refusals, refusal);
}

char *
report_scene_print (ReportScene *scene, const E13Reporter *reporter)
{
  char *text = NULL;
  size_t size = 0;
  g_autofree char *copy = NULL;

  scene->options.out = open_memstream (&text, &size);
  if (reporter->begin != NULL)
    reporter->begin (&scene->options);
  reporter->site (&scene->options, &scene->report);
  if (reporter->end != NULL)
    reporter->end (&scene->options);
  fclose (scene->options.out);
  copy = g_strdup (text);
  free (text);
  return g_steal_pointer (&copy);
}
