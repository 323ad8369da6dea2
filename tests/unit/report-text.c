/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include <criterion/criterion.h>

#include "report/group.h"
#include "report/terminal.h"
#include "tests/support/acl-text.h"
#include "tests/support/report-fixture.h"

TestSuite (report_text, .timeout = 60);

#define PRIVATE_FILE "u::rw-,g::---,o::---"
#define PRIVATE_DIRECTORY "u::rwx,g::---,o::---"
#define SEARCHED "u::rwx,u:33:--x,g::---,m::--x,o::---"

static void
expect (ReportScene *scene, const char *expected)
{
  g_autofree char *text = report_scene_print (scene, &e13_report_text);

  cr_expect_str_eq (text, expected, "expected:\n%s\ngot:\n%s", expected, text);
}

static E13Finding *
add_blocked (ReportScene *scene)
{
  E13Finding *finding = report_scene_find (scene, E13_RULE_BLOCKED_PARENT, "cgi-bin", E13_TYPE_DIRECTORY,
                                           PRIVATE_DIRECTORY, E13_RIGHT_EXECUTE);

  finding->sentence = g_strdup ("www-data cannot enter this directory, so nothing below it can be reached");
  finding->because = g_strdup ("mode 0700, owner maria: others get ---");
  finding->n_objects = 14;
  return finding;
}

Test (report_text, one_finding_with_its_cure)
{
  g_autoptr (ReportScene) scene = report_scene_new ();

  add_blocked (scene);
  report_scene_change (scene, "cgi-bin", E13_TYPE_DIRECTORY, PRIVATE_DIRECTORY, SEARCHED);
  scene->report.fix_command = "sudo errno13 fix /srv/x";
  expect (scene, "/srv/x: Python CGI site, served by www-data (uid 33, running apache2)\n"
                 "\n"
                 "blocked-parent    /srv/x/cgi-bin\n"
                 "    www-data cannot enter this directory, so nothing below it can be reached (14 objects)\n"
                 "    because  mode 0700, owner maria: others get ---\n"
                 "    cure     setfacl -m u:www-data:--x /srv/x/cgi-bin\n"
                 "\n"
                 "1 problem in 212 objects (0.01 s). Nothing was changed. To repair: sudo errno13 fix /srv/x\n");
}

Test (report_text, a_name_cannot_reach_the_terminal_raw)
{
  g_autoptr (ReportScene) scene = report_scene_new ();
  E13Finding *finding
      = report_scene_find (scene, E13_RULE_NOT_READABLE, "a\033[2J\n'b", E13_TYPE_FILE, PRIVATE_FILE, R);
  g_autofree char *text = NULL;

  finding->sentence = g_strdup ("www-data cannot read this file");
  report_scene_change (scene, finding->path, E13_TYPE_FILE, PRIVATE_FILE, "u::rw-,u:33:r--,g::---,m::r--,o::---");
  text = report_scene_print (scene, &e13_report_text);
  cr_expect_null (strchr (text, '\033'), "got:\n%s", text);
  cr_expect_not_null (strstr (text, "not-readable      /srv/x/a\\033[2J\\n'b\n"), "got:\n%s", text);
  cr_expect_not_null (strstr (text, "cure     setfacl -m u:www-data:r-- $'/srv/x/a\\033[2J\\n\\'b'\n"), "got:\n%s",
                      text);
}

Test (report_text, ten_thousand_of_one_cause_are_one_entry)
{
  g_autoptr (ReportScene) scene = report_scene_new ();

  for (guint i = 0; i < 10000; i++)
    {
      g_autofree char *path = g_strdup_printf ("static/%u/%05u.css", i % 10, i);
      E13Finding *finding = report_scene_find (scene, E13_RULE_NOT_READABLE, path, E13_TYPE_FILE, PRIVATE_FILE, R);

      finding->sentence = g_strdup ("www-data cannot read this file");
      report_scene_change (scene, path, E13_TYPE_FILE, PRIVATE_FILE, "u::rw-,u:33:r--,g::---,m::r--,o::---");
    }
  scene->report.script_command = "errno13 fix --as www-data --format=sh /srv/x";
  expect (scene, "/srv/x: Python CGI site, served by www-data (uid 33, running apache2)\n"
                 "\n"
                 "not-readable      10000 files in /srv/x/static\n"
                 "    www-data cannot read this file\n"
                 "    such as  0/00000.css, 1/00001.css, 2/00002.css ...\n"
                 "    cure     10000 commands, which this prints: errno13 fix --as www-data --format=sh /srv/x\n"
                 "\n"
                 "1 problem in 212 objects (0.01 s). Nothing was changed.\n");
}

Test (report_text, each_lists_every_object)
{
  g_autoptr (ReportScene) scene = report_scene_new ();
  g_autofree char *text = NULL;

  report_scene_find (scene, E13_RULE_NOT_READABLE, "a", E13_TYPE_FILE, PRIVATE_FILE, R);
  report_scene_find (scene, E13_RULE_NOT_READABLE, "b", E13_TYPE_FILE, PRIVATE_FILE, R);
  scene->options.each = TRUE;
  text = report_scene_print (scene, &e13_report_text);
  cr_expect_not_null (strstr (text, "not-readable      /srv/x/a\n"), "got:\n%s", text);
  cr_expect_not_null (strstr (text, "not-readable      /srv/x/b\n"), "got:\n%s", text);
  cr_expect_not_null (strstr (text, "2 problems in"), "got:\n%s", text);
}

Test (report_text, causes_come_before_consequences)
{
  g_autoptr (ReportScene) scene = report_scene_new ();
  g_autofree char *text = NULL;

  report_scene_find (scene, E13_RULE_NOT_WRITABLE, "a", E13_TYPE_FILE, PRIVATE_FILE, W);
  report_scene_find (scene, E13_RULE_BLOCKED_PARENT, "z", E13_TYPE_DIRECTORY, PRIVATE_DIRECTORY, X);
  text = report_scene_print (scene, &e13_report_text);
  cr_expect_lt (strstr (text, "blocked-parent"), strstr (text, "not-writable"), "got:\n%s", text);
}

Test (report_text, what_is_left_says_why)
{
  g_autoptr (ReportScene) scene = report_scene_new ();
  E13Finding *finding
      = report_scene_find (scene, E13_RULE_BLOCKED_PARENT, "/srv", E13_TYPE_DIRECTORY, PRIVATE_DIRECTORY, X);
  g_autofree char *text = NULL;

  report_scene_refuse (scene, finding, "it is a parent of the site", "--parents");
  scene->report.no_fix_reason = "it is a parent of the site";
  text = report_scene_print (scene, &e13_report_text);
  cr_expect_not_null (strstr (text, "blocked-parent    /srv\n"), "got:\n%s", text);
  cr_expect_not_null (strstr (text, "    left     it is a parent of the site (only with --parents)\n"), "got:\n%s",
                      text);
  cr_expect_null (strstr (text, "    cure "), "got:\n%s", text);
  cr_expect_not_null (strstr (text, "Nothing was changed. No command cures all of it: it is a parent of the site.\n"),
                      "got:\n%s", text);
}

Test (report_text, the_rest_is_offered_where_not_all_can_be_cured)
{
  g_autoptr (ReportScene) scene = report_scene_new ();

  scene->options.verbosity = 0;
  scene->report.fix_command = "errno13 fix /srv/x";
  scene->report.no_fix_reason = "no permission cures immutable";
  expect (scene, "No problems in 212 objects (0.01 s). Nothing was changed. No command cures all of it: no permission "
                 "cures immutable. To repair the rest: errno13 fix /srv/x\n");
}

Test (report_text, what_is_left_after_a_repair)
{
  g_autoptr (ReportScene) scene = report_scene_new ();

  add_blocked (scene);
  scene->options.verbosity = 0;
  scene->report.after = &scene->audit;
  scene->report.journal = "/j";
  scene->report.fix_command = "sudo errno13 fix /srv/x";
  expect (scene, "0 grants applied and verified. Undo with: errno13 undo /j\n"
                 "Left: 1 problem in 212 objects (0.01 s).\n"
                 "To repair more: sudo errno13 fix /srv/x\n");
}

Test (report_text, own_cures_where_no_grant_cures)
{
  g_autoptr (ReportScene) scene = report_scene_new ();
  E13Finding *finding
      = report_scene_find (scene, E13_RULE_READ_ONLY_MOUNT, "", E13_TYPE_DIRECTORY, PRIVATE_DIRECTORY, W);
  g_autofree char *text = NULL;

  g_ptr_array_add (finding->cures, g_strdup ("mount -o remount,rw /srv"));
  text = report_scene_print (scene, &e13_report_text);
  cr_expect_not_null (strstr (text, "the file system is mounted read-only\n"), "got:\n%s", text);
  cr_expect_not_null (strstr (text, "    cure     mount -o remount,rw /srv\n"), "got:\n%s", text);
}

Test (report_text, after_a_repair)
{
  g_autoptr (ReportScene) scene = report_scene_new ();
  g_autoptr (GPtrArray) nothing = g_ptr_array_new ();
  const E13Audit after = { .findings = nothing, .n_objects = 212, .seconds = 0.01 };

  add_blocked (scene);
  report_scene_change (scene, "cgi-bin", E13_TYPE_DIRECTORY, PRIVATE_DIRECTORY, SEARCHED)->outcome = E13_OUTCOME_DONE;
  scene->report.after = &after;
  scene->report.journal = "/var/lib/errno13/a b.acl";
  expect (scene, "/srv/x: Python CGI site, served by www-data (uid 33, running apache2)\n"
                 "\n"
                 "1 grant applied and verified. Undo with: errno13 undo '/var/lib/errno13/a b.acl'\n");
}

Test (report_text, a_write_that_failed_is_said)
{
  g_autoptr (ReportScene) scene = report_scene_new ();
  E13Finding *finding = add_blocked (scene);
  E13Change *change = report_scene_change (scene, "cgi-bin", E13_TYPE_DIRECTORY, PRIVATE_DIRECTORY, SEARCHED);
  g_autofree char *text = NULL;

  (void)finding;
  change->outcome = E13_OUTCOME_FAILED;
  change->reason = g_strdup ("no space left on device");
  scene->report.after = &scene->audit;
  scene->report.journal = "/j";
  text = report_scene_print (scene, &e13_report_text);
  cr_expect_not_null (strstr (text, "failed            /srv/x/cgi-bin\n    no space left on device\n"), "got:\n%s",
                      text);
  cr_expect_not_null (strstr (text, "0 grants applied and verified."), "got:\n%s", text);
  cr_expect_not_null (strstr (text, "1 of 1 changes were not kept, or not made.\n"), "got:\n%s", text);
}

Test (report_text, a_repair_that_was_stopped_says_how_to_go_on)
{
  g_autoptr (ReportScene) scene = report_scene_new ();
  g_autofree char *text = NULL;

  report_scene_change (scene, "a", E13_TYPE_DIRECTORY, PRIVATE_DIRECTORY, SEARCHED)->outcome = E13_OUTCOME_DONE;
  report_scene_change (scene, "b", E13_TYPE_DIRECTORY, PRIVATE_DIRECTORY, SEARCHED);
  scene->report.journal = "/j";
  text = report_scene_print (scene, &e13_report_text);
  cr_expect_not_null (strstr (text, "Stopped: 1 of 2 changes were made"), "got:\n%s", text);
  cr_expect_not_null (strstr (text, "    errno13 undo /j\n"), "got:\n%s", text);
}

Test (report_text, notes_are_printed_once)
{
  g_autoptr (ReportScene) scene = report_scene_new ();
  g_autofree char *text = NULL;
  const char *first;

  report_scene_find (scene, E13_RULE_NOT_READABLE, "a", E13_TYPE_FILE, PRIVATE_FILE, R);
  report_scene_find (scene, E13_RULE_NOT_READABLE, "b", E13_TYPE_FILE, PRIVATE_FILE, R);
  for (gsize i = 0; i < 2; i++)
    e13_change_note (report_scene_change (scene, i == 0 ? "a" : "b", E13_TYPE_FILE, PRIVATE_FILE,
                                          "u::rw-,u:33:r--,g::---,m::r--,o::---"),
                     "nobody also loses r--");
  g_ptr_array_add (scene->plan.notes, g_strdup ("www-data can newly reach /srv/y"));
  text = report_scene_print (scene, &e13_report_text);
  first = strstr (text, "nobody also loses r--");
  cr_assert_not_null (first, "got:\n%s", text);
  cr_expect_null (strstr (first + 1, "nobody also loses r--"), "got:\n%s", text);
  cr_expect_not_null (strstr (text, "note     www-data can newly reach /srv/y\n"), "got:\n%s", text);
}

Test (report_text, quiet_is_the_last_line)
{
  g_autoptr (ReportScene) scene = report_scene_new ();

  add_blocked (scene);
  scene->options.verbosity = 0;
  expect (scene, "1 problem in 212 objects (0.01 s). Nothing was changed.\n");
}

Test (report_text, sentences_are_wrapped_and_commands_are_not)
{
  g_autoptr (ReportScene) scene = report_scene_new ();
  g_autofree char *text = NULL;

  add_blocked (scene);
  report_scene_change (scene, "cgi-bin", E13_TYPE_DIRECTORY, PRIVATE_DIRECTORY, SEARCHED);
  scene->options.width = 40;
  text = report_scene_print (scene, &e13_report_text);
  cr_expect_not_null (strstr (text, "    www-data cannot enter this\n    directory, so nothing below it can\n    be"),
                      "got:\n%s", text);
  cr_expect_not_null (strstr (text, "    because  mode 0700, owner maria:\n             others get ---\n"), "got:\n%s",
                      text);
  cr_expect_not_null (strstr (text, "setfacl -m u:www-data:--x /srv/x/cgi-bin\n"), "got:\n%s", text);
}

Test (report_text, colours_only_where_asked)
{
  g_autoptr (ReportScene) scene = report_scene_new ();
  g_autofree char *plain = NULL;
  g_autofree char *colored = NULL;

  add_blocked (scene);
  plain = report_scene_print (scene, &e13_report_text);
  scene->options.color = TRUE;
  colored = report_scene_print (scene, &e13_report_text);
  cr_expect_null (strchr (plain, '\033'));
  cr_expect_not_null (strstr (colored, "\033[1;31mblocked-parent\033[0m"), "got:\n%s", colored);
}

Test (report_text, a_blocked_directory_below_another_counts_once)
{
  g_autoptr (ReportScene) scene = report_scene_new ();
  g_autoptr (E13PlanIndex) index = e13_plan_index_new (&scene->plan);
  g_autoptr (GPtrArray) groups = NULL;
  const E13Group *group;
  static const struct
  {
    const char *path;
    guint64 n_objects;
  } blocked[] = { { "a", 5 }, { "a/b", 3 }, { "ab", 2 } };

  for (gsize i = 0; i < G_N_ELEMENTS (blocked); i++)
    report_scene_find (scene, E13_RULE_BLOCKED_PARENT, blocked[i].path, E13_TYPE_DIRECTORY, PRIVATE_DIRECTORY, X)
        ->n_objects
        = blocked[i].n_objects;
  groups = e13_group_findings (scene->audit.findings, index, FALSE);
  cr_assert_eq (groups->len, 1);
  group = groups->pdata[0];
  cr_expect_eq (group->n_affected, 7, "got %" G_GUINT64_FORMAT, group->n_affected);
  cr_expect_str_eq (group->directory, "");
}

Test (report_text, one_file_under_two_names_is_one_entry)
{
  g_autoptr (ReportScene) scene = report_scene_new ();
  E13Change *change;
  g_autofree char *text = NULL;

  for (guint i = 0; i < 2; i++)
    report_scene_find (scene, E13_RULE_NOT_READABLE, i == 0 ? "a" : "b", E13_TYPE_FILE, PRIVATE_FILE, R)->facts.n_links
        = 2;
  change = report_scene_change (scene, "a", E13_TYPE_FILE, PRIVATE_FILE, "u::rw-,u:33:r--,g::---,m::r--,o::---");
  change->n_links = 2;
  text = report_scene_print (scene, &e13_report_text);
  cr_expect_not_null (strstr (text, "not-readable      2 files in /srv/x\n"), "got:\n%s", text);
  cr_expect_not_null (strstr (text, "    cure     setfacl -m u:www-data:r-- /srv/x/a\n\n"), "got:\n%s", text);
}

/* A plan has something to say of its changes; a finding that it does not cure has not. */
Test (report_text, notes_do_not_drown_the_findings)
{
  g_autoptr (ReportScene) scene = report_scene_new ();
  g_autofree char *text = NULL;

  report_scene_find (scene, E13_RULE_UNMAPPED_ID, "f0", E13_TYPE_FILE, PRIVATE_FILE, 0)->severity = E13_SEVERITY_NOTE;
  for (guint i = 0; i < 6; i++)
    {
      g_autofree char *path = g_strdup_printf ("f%u", i);
      E13Change *change;

      report_scene_find (scene, E13_RULE_NOT_READABLE, path, E13_TYPE_FILE, PRIVATE_FILE, R);
      change = report_scene_change (scene, path, E13_TYPE_FILE, PRIVATE_FILE, "u::rw-,u:33:r--,g::---,m::r--,o::---");
      e13_change_note (change, "%s: user 1%u loses r--", i == 5 ? "also-loses" : "said", i);
    }
  text = report_scene_print (scene, &e13_report_text);
  cr_expect_null (strstr (strstr (text, "unmapped-id"), "user 10"), "a note at a finding that is not cured:\n%s", text);
  cr_expect_not_null (strstr (text, "note     said: user 12 loses r--\n"), "got:\n%s", text);
  cr_expect_null (strstr (text, "said: user 13"), "got:\n%s", text);
  cr_expect_not_null (strstr (text, "note     also-loses: user 15 loses r--\n"), "a loss was left out:\n%s", text);
  cr_expect_not_null (strstr (text, "and 2 more such: --each lists them\n"), "got:\n%s", text);
}

Test (report_text, after_a_repair_notes_are_no_problems)
{
  g_autoptr (ReportScene) scene = report_scene_new ();
  g_autofree char *text = NULL;

  report_scene_find (scene, E13_RULE_SPECIAL_FILE, "pipe", E13_TYPE_FIFO, PRIVATE_FILE, 0);
  scene->report.after = &scene->audit;
  scene->report.journal = "/j.acl";
  text = report_scene_print (scene, &e13_report_text);
  cr_expect_not_null (strstr (text, "\nNothing is left but 1 note.\n"), "got:\n%s", text);
}

/* ---- Many sites ------------------------------------------------------------------------------ */

Test (report_text, many_sites_are_a_line_each)
{
  g_autoptr (ReportScene) scene = report_scene_new ();
  g_auto (E13ReportTotals) totals = { .columns = 10, .n_failed = 1 };

  scene->options.totals = &totals;
  expect (scene, "Served by www-data (uid 33, running apache2):\n"
                 "/srv/x    no problems\n"
                 "\n"
                 "No problems in 1 site (212 objects); 1 not looked at. Nothing was changed.\n");
  add_blocked (scene);
  report_scene_find (scene, E13_RULE_NOT_WRITABLE, "a", E13_TYPE_FILE, PRIVATE_FILE, W);
  scene->report.fix_command = "errno13 fix /srv/x";
  expect (scene,
          "/srv/x    2 problems: blocked-parent, not-writable\n"
          "\n"
          "Problems in 1 of 2 sites (424 objects); 1 not looked at. Nothing was changed. What they are: the same "
          "command with -v, or errno13 check and one of them.\n"
          "To repair the first of them: errno13 fix /srv/x\n");
  scene->options.verbosity = 0;
  expect (scene,
          "Problems in 2 of 3 sites (636 objects); 1 not looked at. Nothing was changed. What they are: the same "
          "command with -v, or errno13 check and one of them.\n"
          "To repair the first of them: errno13 fix /srv/x\n");
}

Test (report_text, a_dry_run_does_not_drown)
{
  g_autoptr (ReportScene) scene = report_scene_new ();
  g_autofree char *usual = NULL;
  g_autofree char *verbose = NULL;

  for (guint i = 0; i < 23; i++)
    {
      g_autofree char *path = g_strdup_printf ("%02u/a", i);
      E13Finding *finding = report_scene_find (scene, E13_RULE_NOT_READABLE, path, E13_TYPE_FILE, PRIVATE_FILE, R);

      finding->because = g_strdup_printf ("cause %02u", i);
    }
  usual = report_scene_print (scene, &e13_report_text);
  cr_expect_not_null (strstr (usual, "cause 19\n"), "got:\n%s", usual);
  cr_expect_null (strstr (usual, "cause 20\n"), "got:\n%s", usual);
  cr_expect_not_null (strstr (usual, "\n... and 3 more: -v lists them\n"), "got:\n%s", usual);
  cr_expect_not_null (strstr (usual, "\n23 problems in "), "got:\n%s", usual);
  scene->options.verbosity = 2;
  verbose = report_scene_print (scene, &e13_report_text);
  cr_expect_not_null (strstr (verbose, "cause 22\n"), "got:\n%s", verbose);
}
