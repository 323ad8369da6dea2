/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Repair and undo on a real file system: getfacl must say the same before and after, to the byte, and what is no longer
 * what was repaired must be left alone. */

#include "config.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/error.h"
#include "repair/undo.h"
#include "tests/support/acl-text.h"
#include "tests/support/temp-tree.h"

TestSuite (undo, .timeout = 120);

#define OWNER 1000
#define APP 33
#define DIR_OPEN "u::rwx,u:33:rwx,g::r-x,m::rwx,o::---"
#define FILE_READ "u::rw-,u:33:r--,g::---,m::r--,o::---"

typedef struct
{
  const char *path;
  const char *access; /* NULL: stays */
  const char *default_acl;
  guint32 uid; /* 0: stays */
} Repair;

static const E13TempObject site[] = {
  { 'd', 02750, OWNER, "", NULL, NULL },
  { 'd', 0750, OWNER, "data", NULL, NULL },
  { 'f', 0600, OWNER, "data/count", NULL, NULL },
  { 'f', 04750, OWNER, "data/setuid", NULL, NULL },
  { 'f', 0640, OWNER, "data/a\nb\\c", NULL, "u::rw-,u:44:rw-,g::rw-,m::r--,o::---" },
  { 'd', 01770, OWNER, "sticky", NULL, NULL },
  { 'f', 0600, OWNER, "sticky/x", NULL, NULL },
  { 0, 0, 0, NULL, NULL, NULL },
};

static const Repair repairs[] = {
  { "", DIR_OPEN, NULL, 0 },
  { "data", DIR_OPEN, DIR_OPEN, 0 },
  { "data/count", "u::rw-,u:33:rw-,g::---,m::rw-,o::---", NULL, 0 },
  { "data/setuid", NULL, NULL, APP },
  { "data/a\nb\\c", "u::rw-,u:33:rw-,u:44:r--,g::r--,m::rw-,o::---", NULL, 0 },
  { "sticky", "u::rwx,u:33:--x,g::rwx,m::rwx,o::---", NULL, 0 },
  { "sticky/x", FILE_READ, NULL, 0 },
};

typedef struct
{
  E13TempTree *temp;
  E13Tree *tree;
  char *directory; /* of journals */
  char *journal;   /* of the repair */
  char *before;    /* what getfacl says */
} Scene;

static char *
getfacl (const char *path)
{
  const char *const argv[] = { "getfacl", "-R", "-n", "-p", path, NULL };
  char *out = NULL;
  gint status = 0;

  if (!g_spawn_sync ("/", (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &out, NULL, &status, NULL))
    cr_skip_test ("needs getfacl");
  cr_expect_eq (status, 0);
  return out;
}

static E13Tree *
open_tree (const char *path)
{
  g_autoptr (GError) error = NULL;
  E13Tree *tree = e13_posix_read.open_tree (path, &error);

  cr_assert_not_null (tree, "%s", error != NULL ? error->message : "no error");
  return tree;
}

static void
scene_init (Scene *scene)
{
  if (geteuid () != 0)
    cr_skip_test ("needs root: gives files away");
  scene->temp = e13_temp_tree_new (site);
  scene->tree = open_tree (scene->temp->path);
  scene->directory = g_build_filename (scene->temp->parent, "state", NULL);
  scene->before = getfacl (scene->temp->path);
}

static void
scene_clear (Scene *scene)
{
  if (scene->tree != NULL)
    e13_posix_read.close_tree (scene->tree);
  e13_temp_tree_free (scene->temp);
  g_free (scene->directory);
  g_free (scene->journal);
  g_free (scene->before);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Scene, scene_clear)

static char *
path_in (const Scene *scene, const char *path)
{
  return g_build_filename (scene->temp->path, path, NULL);
}

static E13Change *
plan_set (const Scene *scene, const Repair *repair)
{
  g_autoptr (GError) error = NULL;
  E13Pin *pin = e13_posix_read.pin (scene->tree, repair->path, &error);
  E13Change *change;

  cr_assert_not_null (pin, "%s", error != NULL ? error->message : "no error");
  change = e13_change_new (E13_CHANGE_SET, repair->path, &pin->facts);
  e13_posix_read.unpin (pin);
  if (repair->access != NULL)
    {
      e13_acl_unref (change->after.access);
      change->after.access = test_acl (repair->access);
    }
  if (repair->default_acl != NULL)
    change->after.default_acl = test_acl (repair->default_acl);
  if (repair->uid != 0)
    change->after.uid = repair->uid;
  change->after.mode = (change->before.mode & 07000) | e13_acl_to_mode (change->after.access);
  return change;
}

static void
expect_all_done (const GPtrArray *changes)
{
  for (guint i = 0; i < changes->len; i++)
    {
      const E13Change *change = changes->pdata[i];

      cr_expect_eq (change->outcome, E13_OUTCOME_DONE, "'%s' has outcome %d: %s", change->path, change->outcome,
                    change->reason != NULL ? change->reason : "no reason");
    }
}

static guint
apply (const Scene *scene, GPtrArray *changes, gboolean undoing)
{
  const E13ApplyRequest request
      = { .read = &e13_posix_read, .write = &e13_posix_write, .tree = scene->tree, .undoing = undoing };

  return e13_apply (&request, changes);
}

/* All of the table, a new directory, and the directory above the site. */
static void
repair_site (Scene *scene)
{
  g_autoptr (GPtrArray) changes = g_ptr_array_new_with_free_func ((GDestroyNotify)e13_change_free);
  const Repair parent = { scene->temp->parent, "u::rwx,u:33:--x,g::r-x,m::r-x,o::r-x", NULL, 0 };
  const E13Facts uploads = { .type = E13_TYPE_DIRECTORY, .mode = 0755, .uid = OWNER, .gid = OWNER };
  g_autoptr (GError) error = NULL;

  cr_assert_eq (g_mkdir (scene->directory, 0700), 0); /* before the directory above the site is judged */
  g_ptr_array_add (changes, plan_set (scene, &parent));
  for (gsize i = 0; i < G_N_ELEMENTS (repairs); i++)
    g_ptr_array_add (changes, plan_set (scene, &repairs[i]));
  g_ptr_array_add (changes, e13_change_new (E13_CHANGE_MAKE_DIRECTORY, "data/uploads", &uploads));
  scene->journal = e13_journal_write (scene->directory, NULL, &e13_posix_read, scene->tree, changes, NULL, &error);
  cr_assert_not_null (scene->journal, "%s", error != NULL ? error->message : "no error");
  apply (scene, changes, FALSE);
  expect_all_done (changes);
}

static GPtrArray *
plan_undo (const Scene *scene, GError **error)
{
  g_autoptr (E13Journal) journal = e13_journal_read (scene->journal, error);

  return journal != NULL ? e13_undo_plan (&e13_posix_read, scene->tree, journal, error) : NULL;
}

static const E13Change *
change_at (const GPtrArray *changes, const char *path)
{
  for (guint i = 0; i < changes->len; i++)
    if (g_str_equal (((const E13Change *)changes->pdata[i])->path, path))
      return changes->pdata[i];
  return NULL;
}

static void
expect_refused (const GPtrArray *changes, const char *path)
{
  const E13Change *change = change_at (changes, path);

  cr_assert_not_null (change, "'%s' is not told of", path);
  cr_expect_eq (change->outcome, E13_OUTCOME_REFUSED, "'%s' was not refused", path);
  cr_expect_not_null (change->reason, "'%s' was refused without a reason", path);
}

Test (undo, getfacl_says_the_same_as_before)
{
  g_auto (Scene) scene = { 0 };
  g_autofree char *repaired = NULL;
  g_autofree char *undone = NULL;
  g_autoptr (GPtrArray) undo = NULL;
  g_autoptr (GPtrArray) again = NULL;
  struct stat status;
  struct stat status_after;

  scene_init (&scene);
  cr_assert_eq (stat (scene.temp->parent, &status), 0);
  repair_site (&scene);
  repaired = getfacl (scene.temp->path);
  cr_expect_str_neq (repaired, scene.before);
  undo = plan_undo (&scene, NULL);
  apply (&scene, undo, TRUE);
  expect_all_done (undo);
  undone = getfacl (scene.temp->path);
  cr_expect_str_eq (undone, scene.before, "undone is\n%s\ninstead of\n%s", undone, scene.before);
  cr_assert_eq (stat (scene.temp->parent, &status_after), 0);
  cr_expect_eq (status_after.st_mode, status.st_mode);
  again = plan_undo (&scene, NULL);
  cr_expect_eq (again->len, 0, "%u changes are left to undo", again->len);
}

Test (undo, another_file_by_the_same_name_is_left_alone)
{
  g_auto (Scene) scene = { 0 };
  g_autofree char *path = NULL;
  g_autofree char *other = NULL;
  g_autoptr (GPtrArray) undo = NULL;
  const char *argv[] = { "setfacl", "--set", "u::rw-,u:33:r--,g::---,o::---", NULL, NULL };
  g_autofree char *left = NULL;

  scene_init (&scene);
  path = path_in (&scene, "sticky/x");
  repair_site (&scene);
  cr_assert_eq (g_unlink (path), 0);
  cr_assert (g_file_set_contents (path, "another", -1, NULL));
  cr_assert_eq (chown (path, OWNER, OWNER), 0);
  argv[3] = path;
  cr_assert (g_spawn_sync (NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL, NULL));
  other = getfacl (path);
  undo = plan_undo (&scene, NULL);
  expect_refused (undo, "sticky/x");
  cr_expect_eq (apply (&scene, undo, TRUE), 1, "the rest did not go on");
  left = getfacl (path);
  cr_expect_str_eq (left, other);
}

Test (undo, a_link_put_in_an_objects_place_is_not_followed)
{
  g_auto (Scene) scene = { 0 };
  g_autofree char *directory = NULL;
  g_autofree char *victim = NULL;
  g_autofree char *victim_file = NULL;
  g_autofree char *file = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GPtrArray) undo = NULL;

  scene_init (&scene);
  repair_site (&scene);
  directory = path_in (&scene, "data");
  file = path_in (&scene, "sticky/x");
  victim = g_build_filename (scene.temp->parent, "victim", NULL);
  victim_file = g_build_filename (victim, "count", NULL);
  cr_assert_eq (g_rename (directory, victim), 0);
  cr_assert_eq (symlink (victim, directory), 0);
  cr_assert (g_unlink (file) == 0 && symlink (victim_file, file) == 0);
  before = getfacl (victim);
  undo = plan_undo (&scene, NULL);
  expect_refused (undo, "data");
  expect_refused (undo, "data/count");
  expect_refused (undo, "sticky/x");
  apply (&scene, undo, TRUE);
  after = getfacl (victim);
  cr_expect_str_eq (after, before, "through a link, undo changed\n%s\nto\n%s", before, after);
}

/* Between planning the undo and doing it. */
Test (undo, an_object_swapped_at_the_last_moment)
{
  g_auto (Scene) scene = { 0 };
  g_autofree char *path = NULL;
  g_autofree char *victim = NULL;
  g_autoptr (GPtrArray) undo = NULL;
  struct stat status;

  scene_init (&scene);
  repair_site (&scene);
  path = path_in (&scene, "data/count");
  victim = g_build_filename (scene.temp->parent, "victim", NULL);
  cr_assert (g_file_set_contents (victim, "x", -1, NULL) && chmod (victim, 0604) == 0);
  undo = plan_undo (&scene, NULL);
  cr_assert (g_unlink (path) == 0 && link (victim, path) == 0);
  apply (&scene, undo, TRUE);
  expect_refused (undo, "data/count");
  cr_assert_eq (stat (victim, &status), 0);
  cr_expect_eq (status.st_mode, S_IFREG | 0604);
}

Test (undo, a_site_that_was_renamed)
{
  g_auto (Scene) scene = { 0 };
  g_autofree char *moved = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) undo = NULL;
  g_autofree char *undone = NULL;

  scene_init (&scene);
  repair_site (&scene);
  moved = g_build_filename (scene.temp->parent, "moved", NULL);
  cr_assert (g_rename (scene.temp->path, moved) == 0 && g_mkdir (scene.temp->path, 0755) == 0);
  e13_posix_read.close_tree (scene.tree);
  scene.tree = open_tree (scene.temp->path);
  cr_expect_null (plan_undo (&scene, &error), "an empty directory was taken for the site");
  cr_expect (g_error_matches (error, E13_ERROR, E13_ERROR_MOVED));
  e13_posix_read.close_tree (scene.tree);
  scene.tree = open_tree (moved);
  undo = plan_undo (&scene, NULL);
  apply (&scene, undo, TRUE);
  expect_all_done (undo);
  cr_assert (g_rmdir (scene.temp->path) == 0 && g_rename (moved, scene.temp->path) == 0);
  undone = getfacl (scene.temp->path);
  cr_expect_str_eq (undone, scene.before);
}

/* As the application would, in a process of its own. */
static void
create_as_app (const char *path)
{
  pid_t child = fork ();
  int status = 0;

  cr_assert_geq (child, 0);
  if (child == 0)
    {
      FILE *out = setgid (APP) == 0 && setuid (APP) == 0 ? fopen (path, "w") : NULL;

      _exit (out != NULL ? 0 : 1);
    }
  cr_assert_eq (waitpid (child, &status, 0), child);
  cr_assert_eq (status, 0, "the app cannot create '%s'", path);
}

Test (undo, what_was_made_since_can_be_stripped)
{
  g_auto (Scene) scene = { 0 };
  g_autofree char *path = NULL;
  g_autoptr (E13Journal) journal = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) strip = NULL;
  g_autofree char *access = NULL;

  scene_init (&scene);
  repair_site (&scene);
  path = path_in (&scene, "data/fresh");
  create_as_app (path);
  journal = e13_journal_read (scene.journal, NULL);
  strip = e13_undo_new_objects (&e13_posix_read, scene.tree, journal, &error);
  cr_assert_not_null (strip, "%s", error != NULL ? error->message : "no error");
  cr_assert_eq (strip->len, 1);
  cr_expect_str_eq (((const E13Change *)strip->pdata[0])->path, "data/fresh");
  access = e13_acl_to_text (((const E13Change *)strip->pdata[0])->after.access);
  cr_expect_str_eq (access, "u::rw-,g::r--,o::---");
  cr_expect_eq (apply (&scene, strip, TRUE), 0);
  expect_all_done (strip);
}

/* A file of somebody else's that is linked into the site looks as if it had inherited what it has. */
Test (undo, what_has_a_name_elsewhere_is_not_stripped)
{
  g_auto (Scene) scene = { 0 };
  g_autofree char *path = NULL;
  g_autofree char *outside = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (E13Journal) journal = NULL;
  g_autoptr (GPtrArray) strip = NULL;

  scene_init (&scene);
  repair_site (&scene);
  path = path_in (&scene, "data/fresh");
  outside = g_build_filename (scene.temp->parent, "outside", NULL);
  create_as_app (path);
  cr_assert_eq (link (path, outside), 0);
  before = getfacl (outside);
  journal = e13_journal_read (scene.journal, NULL);
  strip = e13_undo_new_objects (&e13_posix_read, scene.tree, journal, NULL);
  cr_assert_not_null (strip);
  cr_expect_eq (strip->len, 0);
  apply (&scene, strip, TRUE);
  after = getfacl (outside);
  cr_expect_str_eq (after, before);
}
