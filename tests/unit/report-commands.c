/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The commands that are printed for a change, and when one stands for a whole directory. */

#include <criterion/criterion.h>
#include <criterion/parameterized.h>

#include "report/command-line.h"
#include "tests/support/acl-text.h"
#include "tests/support/report-fixture.h"

TestSuite (report_commands, .timeout = 60);

#define PRIVATE_FILE "u::rw-,g::---,o::---"
#define PRIVATE_DIRECTORY "u::rwx,g::---,o::---"

typedef struct
{
  const char *label;
  E13ObjectType type;
  const char *before;
  const char *after;
  guint32 upper_before;
  guint32 upper_after;
  const char *default_before;
  const char *default_after;
  guint32 new_uid;
  guint32 new_gid;
  const char *commands; /* joined by "; " */
} Row;

static const Row rows[] = {
  { "a first entry", E13_TYPE_DIRECTORY, PRIVATE_DIRECTORY, "u::rwx,u:33:--x,g::---,m::--x,o::---",
    .commands = "setfacl -m u:www-data:--x P" },
  { "an account without a name", E13_TYPE_FILE, PRIVATE_FILE, "u::rw-,u:4444:r--,g::---,m::r--,o::---",
    .commands = "setfacl -m u:4444:r-- P" },
  { "two entries", E13_TYPE_FILE, PRIVATE_FILE, "u::rw-,u:33:r--,u:1000:rw-,g::---,m::rw-,o::---",
    .commands = "setfacl -m u:www-data:r--,u:maria:rw- P" },
  { "a mask that -m would not make", E13_TYPE_FILE, "u::rw-,g::r--,o::---", "u::rw-,u:33:-w-,g::---,m::-w-,o::---",
    .commands = "setfacl --set u::rw-,u:33:-w-,g::---,m::-w-,o::--- P" },
  { "extended before", E13_TYPE_FILE, "u::rw-,u:8:rwx,g::rw-,m::r--,o::---",
    "u::rw-,u:8:r--,u:33:r--,g::r--,m::r--,o::---",
    .commands = "setfacl --set u::rw-,u:8:r--,u:33:r--,g::r--,m::r--,o::--- P" },
  { "extended no more", E13_TYPE_FILE, "u::rw-,u:8:rwx,g::rw-,m::r--,o::---", "u::rw-,g::r--,o::---",
    .commands = "setfacl --set u::rw-,g::r--,o::--- P" },
  { "bits of the owner", E13_TYPE_FILE, "u::r--,g::---,o::---", "u::rw-,g::---,o::---", .commands = "chmod u+w P" },
  { "bits taken from all", E13_TYPE_FILE, "u::rw-,g::rw-,o::rw-", "u::rw-,g::rw-,o::---", .commands = "chmod o-rw P" },
  { "added here and taken there", E13_TYPE_FILE, "u::r--,g::-w-,o::---", "u::rwx,g::r--,o::---",
    .commands = "chmod u+wx,g+r,g-w P" },
  { "a setgid bit beside an ACL", E13_TYPE_DIRECTORY, PRIVATE_DIRECTORY, "u::rwx,u:33:r-x,g::---,m::r-x,o::---", 0,
    02000, .commands = "setfacl -m u:www-data:r-x P; chmod g+s P" },
  { "a sticky bit taken", E13_TYPE_DIRECTORY, PRIVATE_DIRECTORY, PRIVATE_DIRECTORY, 01000, 0,
    .commands = "chmod a-t P" },
  { "another owner of a setuid file", E13_TYPE_FILE, "u::rwx,g::r-x,o::---", "u::rwx,g::r-x,o::---", 04000, 04000,
    .new_uid = 33, .commands = "chown -h www-data P; chmod u+s P" },
  { "another group", E13_TYPE_FILE, "u::rw-,g::r--,o::---", "u::rw-,g::r--,o::---", .new_gid = 7,
    .commands = "chown -h :web P" },
  { "a default ACL", E13_TYPE_DIRECTORY, PRIVATE_DIRECTORY, "u::rwx,u:33:rwx,g::---,m::rwx,o::---",
    .default_after = "u::rwx,u:33:rwx,g::---,m::rwx,o::---",
    .commands = "setfacl -m u:www-data:rwx P; setfacl -d --set u::rwx,u:33:rwx,g::---,m::rwx,o::--- P" },
  { "a default ACL taken", E13_TYPE_DIRECTORY, PRIVATE_DIRECTORY, PRIVATE_DIRECTORY,
    .default_before = "u::rwx,g::---,o::---", .commands = "setfacl -k P" },
  { "nothing", E13_TYPE_FILE, PRIVATE_FILE, PRIVATE_FILE, .commands = "" },
};

ParameterizedTestParameters (report_commands, one_object)
{
  static gsize indices[G_N_ELEMENTS (rows)];

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    indices[i] = i;
  return cr_make_param_array (gsize, indices, G_N_ELEMENTS (rows));
}

ParameterizedTest (gsize *index, report_commands, one_object)
{
  const Row *row = &rows[*index];
  g_autoptr (ReportScene) scene = report_scene_new ();
  E13Change *change = report_scene_change (scene, "a", row->type, row->before, row->after);
  g_autoptr (GPtrArray) commands = NULL;
  g_autofree char *joined = NULL;

  change->before.mode |= row->upper_before;
  change->after.mode = (change->after.mode & 0777) | row->upper_after;
  change->before.default_acl = row->default_before != NULL ? test_acl (row->default_before) : NULL;
  change->after.default_acl = row->default_after != NULL ? test_acl (row->default_after) : NULL;
  if (row->new_uid != 0)
    change->after.uid = row->new_uid;
  if (row->new_gid != 0)
    change->after.gid = row->new_gid;
  commands = e13_command_line_set (change, "P", &scene->ops);
  g_ptr_array_add (commands, NULL);
  joined = g_strjoinv ("; ", (char **)commands->pdata);
  cr_expect_str_eq (joined, row->commands, "%s: got %s", row->label, joined);
}

Test (report_commands, a_new_directory_is_set_whole)
{
  g_autoptr (ReportScene) scene = report_scene_new ();
  E13Change *change = report_scene_change (scene, "up", E13_TYPE_DIRECTORY, PRIVATE_DIRECTORY, PRIVATE_DIRECTORY);
  g_autoptr (GPtrArray) commands = NULL;
  g_autofree char *make = NULL;

  change->kind = E13_CHANGE_MAKE_DIRECTORY;
  commands = e13_command_line_set (change, "P", NULL);
  make = e13_command_line_make (change, "P", NULL);
  cr_expect_str_eq (make, "setpriv --reuid=1000 --regid=100 --clear-groups mkdir P");
  cr_assert_eq (commands->len, 2);
  cr_expect_str_eq (commands->pdata[0], "setfacl --set u::rwx,g::---,o::--- P");
  cr_expect_str_eq (commands->pdata[1], "setfacl -k P");
}

/* ---- One command for a directory ------------------------------------------------------------- */

/* A directory "d" that holds "d/f", both to be opened for www-data. */
static ReportScene *
two_objects (const char *file_after)
{
  ReportScene *scene = report_scene_new ();

  report_scene_change (scene, "d", E13_TYPE_DIRECTORY, PRIVATE_DIRECTORY, "u::rwx,u:33:r-x,g::---,m::r-x,o::---");
  report_scene_change (scene, "d/f", E13_TYPE_FILE, PRIVATE_FILE, file_after);
  report_scene_walk (scene, "d", 1, 3);
  return scene;
}

static char *
tree_command (ReportScene *scene, const char *directory)
{
  g_autoptr (E13PlanIndex) index = e13_plan_index_new (&scene->plan);

  return e13_command_line_tree (&scene->request, &scene->plan, index, directory, "D", &scene->ops);
}

#define FILE_READ "u::rw-,u:33:r--,g::---,m::r--,o::---"

Test (report_commands, one_command_where_it_is_exact)
{
  g_autoptr (ReportScene) scene = two_objects (FILE_READ);
  g_autofree char *command = tree_command (scene, "d");

  cr_assert_not_null (command);
  cr_expect_str_eq (command, "setfacl -R -m u:www-data:rX D");
}

Test (report_commands, none_where_x_would_spread_to_a_plain_file)
{
  g_autoptr (ReportScene) scene = two_objects (FILE_READ);
  E13Change *change = scene->plan.changes->pdata[1];

  /* The file's owner has x, so that X would give it to www-data. */
  e13_acl_unref (change->before.access);
  change->before.access = test_acl ("u::rwx,g::---,o::---");
  change->before.mode = 0700;
  cr_expect_null (tree_command (scene, "d"));
}

Test (report_commands, none_where_the_tree_holds_more_than_the_plan)
{
  g_autoptr (ReportScene) scene = two_objects (FILE_READ);

  report_scene_walk (scene, "d", 2, 0);
  cr_expect_null (tree_command (scene, "d"));
}

Test (report_commands, none_where_an_object_has_an_acl_already)
{
  g_autoptr (ReportScene) scene = two_objects (FILE_READ);
  E13Change *change = scene->plan.changes->pdata[1];

  e13_acl_unref (change->before.access);
  change->before.access = test_acl ("u::rw-,u:8:r--,g::---,m::r--,o::---");
  cr_expect_null (tree_command (scene, "d"));
}

Test (report_commands, none_where_a_file_has_a_second_name)
{
  g_autoptr (ReportScene) scene = two_objects (FILE_READ);

  ((E13Change *)scene->plan.changes->pdata[1])->n_links = 2;
  cr_expect_null (tree_command (scene, "d"));
}

Test (report_commands, none_where_rights_differ_by_more_than_x)
{
  g_autoptr (ReportScene) scene = two_objects ("u::rw-,u:33:rw-,g::---,m::rw-,o::---");

  cr_expect_null (tree_command (scene, "d"));
}

Test (report_commands, none_where_the_directory_itself_stays)
{
  g_autoptr (ReportScene) scene = two_objects (FILE_READ);

  cr_expect_null (tree_command (scene, ""));
}

Test (report_commands, none_where_a_default_acl_goes_with_it)
{
  g_autoptr (ReportScene) scene = two_objects (FILE_READ);

  ((E13Change *)scene->plan.changes->pdata[0])->after.default_acl = test_acl (PRIVATE_DIRECTORY);
  cr_expect_null (tree_command (scene, "d"));
}
