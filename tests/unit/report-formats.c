/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The formats that programs read: JSON and the shell script. */

#include <string.h>

#include <criterion/criterion.h>
#include <jansson.h>

#include "tests/support/acl-text.h"
#include "tests/support/report-fixture.h"

TestSuite (report_json, .timeout = 60);
TestSuite (report_sh, .timeout = 60);

#define PRIVATE_FILE "u::rw-,g::---,o::---"
#define READ_FILE "u::rw-,u:33:r--,g::---,m::r--,o::---"

/* ---- JSON ------------------------------------------------------------------------------------ */

/* The @index-th line of @text; fails the test where it is no JSON object. */
static json_t *
line_of (const char *text, guint index)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  json_error_t error;
  json_t *object;

  cr_assert_lt (index, g_strv_length (lines), "no line %u in:\n%s", index, text);
  object = json_loads (lines[index], 0, &error);
  cr_assert_not_null (object, "line %u: %s:\n%s", index, error.text, text);
  return object;
}

static void
expect_string (json_t *object, const char *key, const char *expected)
{
  const char *value = json_string_value (json_object_get (object, key));

  cr_expect_str_eq (value != NULL ? value : "(none)", expected, "%s: got %s", key, value);
}

Test (report_json, a_line_for_each_thing)
{
  g_autoptr (ReportScene) scene = report_scene_new ();
  E13Finding *finding = report_scene_find (scene, E13_RULE_NOT_READABLE, "a", E13_TYPE_FILE, PRIVATE_FILE, R);
  g_autofree char *text = NULL;
  json_t *lines[4];

  finding->because = g_strdup ("mode 0600");
  report_scene_change (scene, "a", E13_TYPE_FILE, PRIVATE_FILE, READ_FILE)->granted = R;
  scene->report.fix_command = "errno13 fix /srv/x";
  text = report_scene_print (scene, &e13_report_json);
  for (guint i = 0; i < 4; i++)
    lines[i] = line_of (text, i);
  expect_string (lines[0], "type", "site");
  cr_expect_eq (json_integer_value (json_object_get (lines[0], "version")), 1);
  expect_string (lines[0], "path", "/srv/x");
  expect_string (lines[0], "profile", "python-cgi");
  expect_string (json_object_get (lines[0], "identity"), "name", "www-data");
  expect_string (lines[1], "type", "finding");
  expect_string (lines[1], "rule", "not-readable");
  expect_string (lines[1], "severity", "problem");
  expect_string (lines[1], "path", "/srv/x/a");
  expect_string (lines[1], "identity", "www-data");
  expect_string (lines[1], "needs", "r--");
  expect_string (lines[1], "has", "---");
  expect_string (lines[1], "because", "mode 0600");
  cr_expect_eq (json_integer_value (json_object_get (lines[1], "count")), 1);
  cr_expect_str_eq (json_string_value (json_array_get (json_object_get (lines[1], "cure"), 0)),
                    "setfacl -m u:www-data:r-- /srv/x/a");
  expect_string (lines[2], "type", "change");
  expect_string (json_object_get (lines[2], "before"), "mode", "0600");
  expect_string (json_object_get (lines[2], "after"), "access", READ_FILE);
  cr_expect (json_is_false (json_object_get (lines[2], "verified")));
  expect_string (lines[3], "type", "summary");
  cr_expect_eq (json_integer_value (json_object_get (lines[3], "objects")), 212);
  cr_expect_eq (json_integer_value (json_object_get (lines[3], "findings")), 1);
  cr_expect_eq (json_integer_value (json_object_get (lines[3], "unknown")), 0);
  expect_string (lines[3], "fix", "errno13 fix /srv/x");
  for (guint i = 0; i < 4; i++)
    json_decref (lines[i]);
}

Test (report_json, a_name_that_is_not_utf8_is_carried_whole)
{
  g_autoptr (ReportScene) scene = report_scene_new ();
  g_autofree char *text = NULL;
  g_autofree guchar *bytes = NULL;
  gsize n_bytes;
  json_t *line;

  report_scene_find (scene, E13_RULE_NOT_READABLE, "bad\377\n", E13_TYPE_FILE, PRIVATE_FILE, R);
  text = report_scene_print (scene, &e13_report_json);
  line = line_of (text, 1);
  expect_string (line, "path", "/srv/x/bad\\377\\n");
  bytes = g_base64_decode (json_string_value (json_object_get (line, "path_base64")), &n_bytes);
  cr_expect_eq (n_bytes, strlen ("/srv/x/bad\377\n"));
  cr_expect_eq (memcmp (bytes, "/srv/x/bad\377\n", n_bytes), 0);
  json_decref (line);
}

Test (report_json, a_name_that_is_utf8_is_carried_as_it_is)
{
  g_autoptr (ReportScene) scene = report_scene_new ();
  g_autofree char *text = NULL;
  json_t *line;

  report_scene_find (scene, E13_RULE_NOT_READABLE, "na\303\257ve\n\"", E13_TYPE_FILE, PRIVATE_FILE, R);
  text = report_scene_print (scene, &e13_report_json);
  line = line_of (text, 1);
  expect_string (line, "path", "/srv/x/na\303\257ve\n\"");
  cr_expect_null (json_object_get (line, "path_base64"));
  json_decref (line);
}

Test (report_json, a_verdict_in_doubt_is_null)
{
  g_autoptr (ReportScene) scene = report_scene_new ();
  g_autoptr (GPtrArray) cures = g_ptr_array_new ();
  g_autoptr (GPtrArray) chain = g_ptr_array_new ();
  E13Link link = { (char *)"/srv", (char *)"search", FALSE, TRUE, NULL };
  g_autoptr (GPtrArray) remarks = g_ptr_array_new ();
  const E13Explanation explanation = {
    .path = (char *)"/srv/x",
    .wanted = { E13_WANT_WRITE, 0 },
    .granted = E13_ANSWER_UNKNOWN,
    .judge = E13_JUDGE_KERNEL_AND_MODEL,
    .chain = chain,
    .cures = cures,
    .remarks = remarks,
  };
  char *text = NULL;
  size_t size;
  json_t *line;

  g_ptr_array_add (chain, &link);
  scene->options.out = open_memstream (&text, &size);
  e13_report_json.explanation (&scene->options, &explanation, scene->identity);
  fclose (scene->options.out);
  line = line_of (text, 0);
  expect_string (line, "type", "verdict");
  expect_string (line, "want", "write");
  expect_string (line, "judge", "kernel+model");
  cr_expect (json_is_null (json_object_get (line, "granted")));
  cr_expect (json_is_null (json_object_get (json_array_get (json_object_get (line, "chain"), 0), "granted")));
  json_decref (line);
  free (text);
}

/* ---- sh -------------------------------------------------------------------------------------- */

Test (report_sh, each_change_is_checked_before_it_is_made)
{
  g_autoptr (ReportScene) scene = report_scene_new ();
  g_autofree char *text = NULL;

  report_scene_change (scene, "it's", E13_TYPE_FILE, PRIVATE_FILE, READ_FILE);
  text = report_scene_print (scene, &e13_report_sh);
  cr_expect (g_str_has_prefix (text, "#!/bin/sh\n"));
  cr_expect_not_null (strstr (text, "WARNING"), "got:\n%s", text);
  cr_expect_not_null (strstr (text, "judged 7:8180:1000:100:1763941207 '/srv/x/it'\\''s' &&\n"
                                    "  run '/srv/x/it'\\''s' setfacl -m u:33:r-- -- '/srv/x/it'\\''s'\n"),
                      "got:\n%s", text);
  cr_expect (g_str_has_suffix (text, "\nexit $status\n"));
}

Test (report_sh, nothing_that_is_said_can_become_a_command)
{
  g_autoptr (ReportScene) scene = report_scene_new ();
  E13Finding *finding = report_scene_find (scene, E13_RULE_NOT_READABLE, "a\nrm -rf x", E13_TYPE_FILE, PRIVATE_FILE, R);
  g_autofree char *text = NULL;

  report_scene_refuse (scene, finding, "because\nrm -rf y", NULL);
  g_ptr_array_add (scene->plan.notes, g_strdup ("note\nrm -rf z"));
  text = report_scene_print (scene, &e13_report_sh);
  cr_expect_null (strstr (text, "\nrm "), "got:\n%s", text);
}

Test (report_sh, a_missing_directory_is_made_as_its_parents_owner)
{
  g_autoptr (ReportScene) scene = report_scene_new ();
  g_autofree char *text = NULL;

  report_scene_change (scene, "up", E13_TYPE_DIRECTORY, "u::rwx,g::r-x,o::r-x", "u::rwx,u:33:rwx,g::r-x,m::rwx,o::r-x")
      ->kind
      = E13_CHANGE_MAKE_DIRECTORY;
  text = report_scene_print (scene, &e13_report_sh);
  cr_expect_not_null (strstr (text,
                              "make 1000 100 /srv/x/up &&\n"
                              "  run /srv/x/up setfacl --set u::rwx,u:33:rwx,g::r-x,m::rwx,o::r-x -- /srv/x/up &&\n"
                              "  run /srv/x/up setfacl -k -- /srv/x/up\n"),
                      "got:\n%s", text);
}
