/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Repair and undo on a tree in memory, with every single write going wrong in every way: whatever happens, the journal
 * takes the tree back to what it was. */

#include <criterion/criterion.h>
#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#include "base/error.h"
#include "repair/undo.h"
#include "tests/support/acl-text.h"
#include "tests/support/memory-platform.h"

TestSuite (apply_undo, .timeout = 120);

#define NOW (g_get_real_time () / G_USEC_PER_SEC)

#define OWNER 1000
#define APP "u:33:"
#define DIR_OPEN "u::rwx," APP "rwx,g::r-x,m::rwx,o::---"
#define DIR_SEARCH "u::rwx," APP "--x,g::---,m::--x,o::---"
#define FILE_READ "u::rw-," APP "r--,g::---,m::r--,o::---"
#define FILE_OTHERS "u::rw-,u:44:rw-,g::rw-,g:55:r--,m::r--,o::---"
#define FILE_TRIMMED "u::rw-," APP "rw-,u:44:r--,g::r--,g:55:r--,m::rw-,o::---"

/* What an object is, and what a repair makes of it. */
typedef struct
{
  const char *path;
  char type; /* 'd', 'f'; '+': a directory that the repair makes */
  guint32 mode;
  const char *access;
  const char *default_acl;
  const char *new_access; /* NULL: stays */
  const char *new_default;
  guint32 new_uid; /* 0: stays */
  guint32 new_upper;
} Object;

static const Object objects[] = {
  { "/srv", 'd', 0700, NULL, NULL, DIR_SEARCH, NULL, 0, 0 },
  { "", 'd', 02750, NULL, NULL, DIR_OPEN, NULL, 0, 02000 },
  { "cgi-bin", 'd', 0700, NULL, NULL, DIR_SEARCH, NULL, 0, 0 },
  { "cgi-bin/a.py", 'f', 0700, NULL, NULL, "u::rwx," APP "r-x,g::---,m::r-x,o::---", NULL, 0, 0 },
  { "cgi-bin/b.py", 'f', 04700, NULL, NULL, "u::rwx," APP "r-x,g::---,m::r-x,o::---", NULL, 0, 04000 },
  { "data", 'd', 0750, NULL, NULL, DIR_OPEN, DIR_OPEN, 0, 0 },
  { "data/count", 'f', 0640, NULL, NULL, "u::rw-," APP "rw-,g::r--,m::rw-,o::---", NULL, 0, 0 },
  { "data/given", 'f', 06750, NULL, NULL, "u::rwx,u:1000:rwx,g::r-x,m::rwx,o::---", NULL, 33, 06000 },
  { "data/given-only", 'f', 06750, NULL, NULL, NULL, NULL, 33, 06000 },
  { "data/kept", 'f', 0644, NULL, NULL, NULL, NULL, 0, 0 },
  { "data/shared", 'f', 0640, FILE_OTHERS, NULL, FILE_TRIMMED, NULL, 0, 0 },
  { "data/sub", 'd', 01770, DIR_SEARCH, DIR_SEARCH, DIR_OPEN, DIR_OPEN, 0, 01000 },
  { "data/sub/deep", 'd', 0700, NULL, DIR_OPEN, NULL, "u::rwx,g::r-x,o::---", 0, 0 },
  { "data/sub/unsticky", 'd', 01700, NULL, NULL, NULL, NULL, 0, 0 },
  { "index.html", 'f', 0600, NULL, NULL, FILE_READ, NULL, 0, 0 },
  { "s", 'd', 0700, NULL, NULL, DIR_OPEN, NULL, 0, 0 },
  { "s/1", 'f', 0600, NULL, NULL, FILE_READ, NULL, 0, 0 },
  { "s/2", 'f', 0600, NULL, NULL, FILE_READ, NULL, 0, 0 },
  { "s/3\n", 'f', 0600, NULL, NULL, FILE_READ, NULL, 0, 0 },
  { "s/4\\", 'f', 0600, NULL, NULL, FILE_READ, NULL, 0, 0 },
  { "s/5\377", 'f', 0600, NULL, NULL, FILE_READ, NULL, 0, 0 },
  { "s/6", 'f', 0600, NULL, NULL, FILE_READ, NULL, 0, 0 },
  { "s/7", 'f', 0000, NULL, NULL, "u::---," APP "r--,g::---,m::r--,o::---", NULL, 0, 0 },
  { "s/8", 'f', 0604, NULL, NULL, "u::rw-," APP "rw-,g::---,m::rw-,o::r--", NULL, 0, 0 },
  { "s/9", 'f', 0666, NULL, NULL, "u::rw-,g::---,o::---", NULL, 0, 0 },
  { "s/10", 'f', 0600, FILE_READ, NULL, "u::rw-,g::---,o::---", NULL, 0, 0 },
  { "s/11", 'f', 0600, FILE_READ, NULL, NULL, NULL, 33, 0 },
  { "s/12", 'f', 0755, NULL, NULL, NULL, NULL, 0, 02000 },
  { "up", '+', 0750, NULL, NULL, DIR_OPEN, DIR_OPEN, 0, 0 },
  { "up/loads", '+', 0750, NULL, NULL, DIR_OPEN, NULL, 33, 02000 },
};

typedef struct
{
  char *directory; /* of the journals: a real one */
  E13Tree *tree;
  char *before;
} Scene;

static char *
scene_path (const char *path)
{
  return path[0] == '/' ? g_strdup (path) : g_build_filename ("/srv/site", path, NULL);
}

static void
build_tree (void)
{
  memory_reset (NOW - 1000);
  for (gsize i = 0; i < G_N_ELEMENTS (objects); i++)
    {
      const Object *object = &objects[i];
      g_autofree char *path = scene_path (object->path);

      if (object->type != '+')
        memory_add (path, object->type == 'd' ? E13_TYPE_DIRECTORY : E13_TYPE_FILE, OWNER, OWNER, object->mode,
                    object->access, object->default_acl);
    }
}

static void
scene_init (Scene *scene)
{
  g_autofree char *template = g_build_filename (g_get_tmp_dir (), "errno13-journals-XXXXXX", NULL);

  build_tree ();
  scene->directory = g_strdup (g_mkdtemp (template));
  cr_assert_not_null (scene->directory);
  scene->tree = memory_read.open_tree ("/srv/site", NULL);
  scene->before = memory_describe ();
}

static void
scene_clear (Scene *scene)
{
  g_autoptr (GDir) dir = g_dir_open (scene->directory, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (scene->directory, name, NULL);

      g_remove (path);
    }
  g_rmdir (scene->directory);
  g_free (scene->directory);
  g_free (scene->before);
  memory_read.close_tree (scene->tree);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Scene, scene_clear)

/* The same tree as at first, for the next round. */
static void
scene_again (Scene *scene)
{
  memory_read.close_tree (scene->tree);
  build_tree ();
  scene->tree = memory_read.open_tree ("/srv/site", NULL);
}

static void
replace_acl (E13Acl **acl, const char *text)
{
  if (text == NULL)
    return;
  e13_acl_unref (*acl);
  *acl = test_acl (text);
}

static E13Change *
plan_one (const Object *object, const E13Facts *facts, E13ChangeKind kind)
{
  E13Change *change = e13_change_new (kind, object->path, facts);

  replace_acl (&change->after.access, object->new_access);
  replace_acl (&change->after.default_acl, object->new_default);
  if (object->new_uid != 0)
    change->after.uid = object->new_uid;
  change->after.mode = object->new_upper | e13_acl_to_mode (change->after.access);
  return change;
}

/* What the table says; objects that stay as they are come too, as a plan may be wasteful. */
static GPtrArray *
plan (const Scene *scene)
{
  GPtrArray *changes = g_ptr_array_new_with_free_func ((GDestroyNotify)e13_change_free);

  for (gsize i = 0; i < G_N_ELEMENTS (objects); i++)
    if (objects[i].type == '+')
      {
        E13Facts facts = { .type = E13_TYPE_DIRECTORY, .mode = objects[i].mode, .uid = OWNER, .gid = OWNER };

        g_ptr_array_add (changes, plan_one (&objects[i], &facts, E13_CHANGE_MAKE_DIRECTORY));
      }
    else
      {
        E13Pin *pin = memory_read.pin (scene->tree, objects[i].path, NULL);

        g_ptr_array_add (changes, plan_one (&objects[i], &pin->facts, E13_CHANGE_SET));
        memory_read.unpin (pin);
      }
  return changes;
}

static char *
write_journal (const Scene *scene, GPtrArray *changes, const char *undoes)
{
  g_autoptr (GError) error = NULL;
  char *path = e13_journal_write (scene->directory, NULL, &memory_read, scene->tree, changes, undoes, &error);

  cr_assert_not_null (path, "%s", error != NULL ? error->message : "no error");
  return path;
}

static guint
apply (const Scene *scene, GPtrArray *changes, gboolean undoing)
{
  E13ApplyRequest request = { .read = &memory_read, .write = &memory_write, .tree = scene->tree, .n_threads = 1 };

  request.undoing = undoing;
  return e13_apply (&request, changes);
}

static GPtrArray *
plan_undo (const Scene *scene, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (E13Journal) journal = e13_journal_read (path, &error);
  GPtrArray *changes = journal != NULL ? e13_undo_plan (&memory_read, scene->tree, journal, &error) : NULL;

  cr_assert_not_null (changes, "%s", error != NULL ? error->message : "no error");
  return changes;
}

static void
expect_all_done (const GPtrArray *changes, const char *what, guint call)
{
  for (guint i = 0; i < changes->len; i++)
    {
      const E13Change *change = changes->pdata[i];

      cr_expect_eq (change->outcome, E13_OUTCOME_DONE, "%s %u: '%s' has outcome %d: %s", what, call, change->path,
                    change->outcome, change->reason != NULL ? change->reason : "no reason");
    }
}

static void
expect_tree (const char *expected, const char *what, guint call)
{
  g_autofree char *now = memory_describe ();

  cr_expect_str_eq (now, expected, "%s %u left\n%s\ninstead of\n%s", what, call, now, expected);
}

/* Undoes @journal on a tree that may be half repaired, and sees that it is as it was. */
static void
expect_undoable (const Scene *scene, const char *journal, const char *what, guint call)
{
  g_autoptr (GPtrArray) changes = plan_undo (scene, journal);
  g_autoptr (GPtrArray) again = NULL;

  apply (scene, changes, TRUE);
  expect_all_done (changes, what, call);
  expect_tree (scene->before, what, call);
  again = plan_undo (scene, journal);
  cr_expect_eq (again->len, 0, "%s %u: %u changes are left to undo", what, call, again->len);
}

/* ---- The whole way --------------------------------------------------------------------------- */

Test (apply_undo, undo_after_repair_is_identity)
{
  g_auto (Scene) scene = { 0 };
  g_autoptr (GPtrArray) changes = NULL;
  g_autofree char *journal = NULL;
  g_autofree char *repaired = NULL;

  scene_init (&scene);
  changes = plan (&scene);
  journal = write_journal (&scene, changes, NULL);
  cr_expect_eq (apply (&scene, changes, FALSE), 0);
  expect_all_done (changes, "repair", 0);
  repaired = memory_describe ();
  for (gsize i = 0; i < G_N_ELEMENTS (objects); i++)
    {
      g_autofree char *path = scene_path (objects[i].path);
      E13Pin *pin = memory_read.pin (scene.tree, path, NULL);

      cr_assert_not_null (pin, "'%s' was not made", path);
      memory_read.unpin (pin);
    }
  cr_expect_str_neq (repaired, scene.before);
  expect_undoable (&scene, journal, "undo", 0);
}

Test (apply_undo, the_undo_of_an_undo_repairs_again)
{
  g_auto (Scene) scene = { 0 };
  g_autoptr (GPtrArray) changes = NULL;
  g_autoptr (GPtrArray) back = NULL;
  g_autoptr (GPtrArray) forth = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *repaired = NULL;

  scene_init (&scene);
  changes = plan (&scene);
  first = write_journal (&scene, changes, NULL);
  apply (&scene, changes, FALSE);
  repaired = memory_describe ();
  back = plan_undo (&scene, first);
  second = write_journal (&scene, back, first);
  cr_expect_str_neq (second, first);
  apply (&scene, back, TRUE);
  expect_tree (scene.before, "undo", 0);
  forth = plan_undo (&scene, second);
  cr_expect_eq (apply (&scene, forth, TRUE), 0);
  expect_tree (repaired, "undo of undo", 0);
}

Test (apply_undo, by_several_threads)
{
  const guint n_files = 1000;
  gint n_done = 0;
  g_auto (Scene) scene = { 0 };
  g_autoptr (GPtrArray) changes = g_ptr_array_new_with_free_func ((GDestroyNotify)e13_change_free);
  g_autofree char *journal = NULL;
  E13ApplyRequest request = { .read = &memory_read, .write = &memory_write, .n_threads = 4, .n_done = &n_done };

  scene_init (&scene);
  request.tree = scene.tree;
  for (guint i = 0; i < n_files; i++)
    {
      g_autofree char *path = g_strdup_printf ("s/many-%04u", i);
      g_autofree char *full = scene_path (path);
      const Object object = { .path = path, .new_access = FILE_READ };
      E13Pin *pin;

      memory_add (full, E13_TYPE_FILE, OWNER, OWNER, 0600, NULL, NULL);
      pin = memory_read.pin (scene.tree, path, NULL);
      g_ptr_array_add (changes, plan_one (&object, &pin->facts, E13_CHANGE_SET));
      memory_read.unpin (pin);
    }
  g_free (scene.before);
  scene.before = memory_describe ();
  journal = write_journal (&scene, changes, NULL);
  cr_expect_eq (e13_apply (&request, changes), 0);
  expect_all_done (changes, "threads", 4);
  cr_expect_eq (n_done, (gint)n_files);
  expect_undoable (&scene, journal, "threads", 4);
}

/* ---- Killed at every write ------------------------------------------------------------------- */

static guint
count_writes (Scene *scene)
{
  g_autoptr (GPtrArray) changes = plan (scene);
  guint n_writes;

  memory_fail_write (MEMORY_NO_FAULT, 0, 0);
  apply (scene, changes, FALSE);
  n_writes = memory_n_writes ();
  cr_assert_gt (n_writes, G_N_ELEMENTS (objects), "a repair takes only %u writes", n_writes);
  scene_again (scene);
  return n_writes;
}

/* Repairs, with the fault; the journal's path. */
static char *
repair_with_fault (const Scene *scene, MemoryFault fault, guint call, int error)
{
  g_autoptr (GPtrArray) changes = plan (scene);
  char *journal = write_journal (scene, changes, NULL);

  memory_fail_write (fault, call, error);
  apply (scene, changes, FALSE);
  memory_fail_write (MEMORY_NO_FAULT, 0, 0);
  return journal;
}

static void
kill_everywhere (MemoryFault fault, const char *what)
{
  g_auto (Scene) scene = { 0 };
  guint n_writes;

  scene_init (&scene);
  n_writes = count_writes (&scene);
  for (guint call = 1; call <= n_writes; call++)
    {
      g_autofree char *journal = NULL;

      scene_again (&scene);
      journal = repair_with_fault (&scene, fault, call, 0);
      expect_undoable (&scene, journal, what, call);
    }
}

Test (apply_undo, killed_before_each_write_of_a_repair) { kill_everywhere (MEMORY_DIE_BEFORE, "killed before write"); }

Test (apply_undo, killed_after_each_write_of_a_repair) { kill_everywhere (MEMORY_DIE_AFTER, "killed after write"); }

static void
kill_undo_everywhere (MemoryFault fault, const char *what)
{
  g_auto (Scene) scene = { 0 };
  guint n_writes;

  scene_init (&scene);
  n_writes = count_writes (&scene);
  for (guint call = 1; call <= n_writes; call++)
    {
      g_autofree char *journal = NULL;
      g_autofree char *second = NULL;
      g_autoptr (GPtrArray) undo = NULL;

      scene_again (&scene);
      journal = repair_with_fault (&scene, MEMORY_NO_FAULT, 0, 0);
      undo = plan_undo (&scene, journal);
      second = write_journal (&scene, undo, journal);
      memory_fail_write (fault, call, 0);
      apply (&scene, undo, TRUE);
      memory_fail_write (MEMORY_NO_FAULT, 0, 0);
      expect_undoable (&scene, journal, what, call);
    }
}

Test (apply_undo, killed_before_each_write_of_an_undo)
{
  kill_undo_everywhere (MEMORY_DIE_BEFORE, "undo killed before write");
}

Test (apply_undo, killed_after_each_write_of_an_undo)
{
  kill_undo_everywhere (MEMORY_DIE_AFTER, "undo killed after write");
}

/* ---- Every write fails ----------------------------------------------------------------------- */

static guint
count_outcome (const GPtrArray *changes, E13Outcome outcome, const char *reason)
{
  guint n = 0;

  for (guint i = 0; i < changes->len; i++)
    {
      const E13Change *change = changes->pdata[i];

      n += change->outcome == outcome
           && (reason == NULL || (change->reason != NULL && strstr (change->reason, reason) != NULL));
    }
  return n;
}

Test (apply_undo, each_write_fails_in_turn)
{
  static const int errors[] = { EIO, ENOSPC, EPERM, EROFS, ESTALE };
  g_auto (Scene) scene = { 0 };
  guint n_writes;

  scene_init (&scene);
  n_writes = count_writes (&scene);
  for (guint call = 1; call <= n_writes; call++)
    {
      int error = errors[call % G_N_ELEMENTS (errors)];
      g_autoptr (GPtrArray) changes = NULL;
      g_autofree char *journal = NULL;
      guint failed;

      scene_again (&scene);
      changes = plan (&scene);
      journal = write_journal (&scene, changes, NULL);
      memory_fail_write (MEMORY_FAIL, call, error);
      apply (&scene, changes, FALSE);
      memory_fail_write (MEMORY_NO_FAULT, 0, 0);
      failed = count_outcome (changes, E13_OUTCOME_FAILED, g_strerror (error));
      cr_expect_eq (failed, 1, "write %u: %u changes failed with '%s'", call, failed, g_strerror (error));
      cr_expect_eq (count_outcome (changes, E13_OUTCOME_PENDING, NULL), 0, "write %u: the rest did not go on", call);
      expect_undoable (&scene, journal, "failed write", call);
    }
}

Test (apply_undo, each_pin_fails_in_turn)
{
  static const struct
  {
    int error;
    E13Outcome outcome;
  } faults[] = { { EIO, E13_OUTCOME_FAILED },    { EMFILE, E13_OUTCOME_FAILED },  { ENOENT, E13_OUTCOME_REFUSED },
                 { ELOOP, E13_OUTCOME_REFUSED }, { ESTALE, E13_OUTCOME_REFUSED }, { ENOTDIR, E13_OUTCOME_REFUSED } };
  g_auto (Scene) scene = { 0 };

  scene_init (&scene);
  for (guint call = 1; call <= G_N_ELEMENTS (objects); call++)
    {
      const int error = faults[call % G_N_ELEMENTS (faults)].error;
      const E13Outcome outcome = faults[call % G_N_ELEMENTS (faults)].outcome;
      g_autoptr (GPtrArray) changes = NULL;
      g_autofree char *journal = NULL;

      scene_again (&scene);
      changes = plan (&scene);
      journal = write_journal (&scene, changes, NULL);
      memory_fail_pin (call, error);
      cr_expect_geq (apply (&scene, changes, FALSE), 1, "pin %u: all was done", call);
      memory_fail_pin (0, 0);
      cr_expect_eq (count_outcome (changes, outcome, g_strerror (error)), 1, "pin %u: '%s' was not told", call,
                    g_strerror (error));
      expect_undoable (&scene, journal, "failed pin", call);
    }
}

Test (apply_undo, what_cannot_be_bound_is_not_repaired)
{
  g_auto (Scene) scene = { 0 };
  g_autoptr (GPtrArray) changes = NULL;
  g_autofree char *path = NULL;
  g_autoptr (E13Journal) journal = NULL;

  scene_init (&scene);
  changes = plan (&scene);
  memory_remove ("/srv/site/s/1"); /* which changes s as well */
  memory_chmod ("/srv/site/s/2", 0640);
  path = write_journal (&scene, changes, NULL);
  journal = e13_journal_read (path, NULL);
  cr_expect_eq (count_outcome (changes, E13_OUTCOME_REFUSED, NULL), 3);
  cr_expect_eq (count_outcome (changes, E13_OUTCOME_REFUSED, "it has changed since it was judged"), 2);
  cr_expect_eq (journal->changes->len, changes->len - 3);
  cr_expect_eq (apply (&scene, changes, FALSE), 3);
}

Test (apply_undo, cancelled_between_two_objects)
{
  const gint cancelled = 1;
  g_auto (Scene) scene = { 0 };
  g_autoptr (GPtrArray) changes = NULL;
  E13ApplyRequest request = { .read = &memory_read, .write = &memory_write, .n_threads = 1, .cancelled = &cancelled };

  scene_init (&scene);
  request.tree = scene.tree;
  changes = plan (&scene);
  cr_expect_eq (e13_apply (&request, changes), changes->len);
  cr_expect_eq (count_outcome (changes, E13_OUTCOME_PENDING, NULL), changes->len);
  expect_tree (scene.before, "cancelled", 0);
}

/* ---- A tree that has moved on ---------------------------------------------------------------- */

/* A repaired scene; the journal's path. */
static char *
repaired_scene (Scene *scene)
{
  scene_init (scene);
  return repair_with_fault (scene, MEMORY_NO_FAULT, 0, 0);
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
expect_refused (const GPtrArray *changes, const char *path, const char *reason)
{
  const E13Change *change = change_at (changes, path);

  cr_assert_not_null (change, "'%s' is not told of", path);
  cr_expect_eq (change->outcome, E13_OUTCOME_REFUSED, "'%s' was not refused", path);
  cr_expect_str_eq (change->reason, reason, "'%s': %s", path, change->reason);
}

Test (apply_undo, what_moved_on_is_refused_and_the_rest_goes_on)
{
  static const char *const moved[] = { "s/1", "s/2", "s/6", "data", "up" };
  g_auto (Scene) scene = { 0 };
  g_autofree char *journal = repaired_scene (&scene);
  g_autoptr (GPtrArray) undo = NULL;
  g_autofree char *restored = NULL;

  memory_replace ("/srv/site/s/1");
  memory_chmod ("/srv/site/s/2", 0777);
  memory_remove ("/srv/site/s/6");
  memory_chown ("/srv/site/data", 44, 44);
  memory_chown ("/srv/site/up", 44, 44);
  undo = plan_undo (&scene, journal);
  expect_refused (undo, "s/1", "it is another object now, by the same name");
  expect_refused (undo, "s/2", "it has changed since: permissions");
  expect_refused (undo, "s/6", "it is not there any more");
  expect_refused (undo, "data", "it has changed since: owner, group");
  expect_refused (undo, "up", "it is another object now, by the same name");
  cr_expect_eq (apply (&scene, undo, TRUE), G_N_ELEMENTS (moved));
  restored = memory_describe ();
  cr_expect_not_null (strstr (restored, "/srv/site/s/8 file 1000:1000 0604 u::rw-,g::---,o::r--\n"));
}

Test (apply_undo, a_directory_that_was_used_is_kept)
{
  g_auto (Scene) scene = { 0 };
  g_autofree char *journal = repaired_scene (&scene);
  g_autoptr (GPtrArray) undo = NULL;

  memory_create ("/srv/site/up/photo", E13_TYPE_FILE, 33, 33);
  undo = plan_undo (&scene, journal);
  cr_expect_eq (apply (&scene, undo, TRUE), 1);
  expect_refused (undo, "up", "it is kept, since something was put into it");
}

Test (apply_undo, another_tree_by_the_same_name)
{
  g_auto (Scene) scene = { 0 };
  g_autofree char *path = repaired_scene (&scene);
  g_autoptr (E13Journal) journal = e13_journal_read (path, NULL);
  g_autoptr (GError) error = NULL;

  memory_replace ("/srv/site");
  memory_read.close_tree (scene.tree);
  scene.tree = memory_read.open_tree ("/srv/site", NULL);
  cr_expect_null (e13_undo_plan (&memory_read, scene.tree, journal, &error));
  cr_assert (g_error_matches (error, E13_ERROR, E13_ERROR_MOVED));
  cr_expect_str_eq (error->message, "cannot undo: '/srv/site' is not the directory that the journal was made for");
}

Test (apply_undo, the_site_was_renamed)
{
  g_auto (Scene) scene = { 0 };
  g_autofree char *journal = repaired_scene (&scene);
  g_autoptr (GPtrArray) undo = NULL;
  g_autofree char *now = NULL;

  memory_rename ("/srv/site", "/srv/moved");
  memory_read.close_tree (scene.tree);
  scene.tree = memory_read.open_tree ("/srv/moved", NULL);
  undo = plan_undo (&scene, journal);
  cr_expect_eq (apply (&scene, undo, TRUE), 0);
  memory_rename ("/srv/moved", "/srv/site");
  expect_tree (scene.before, "renamed", 0);
}

Test (apply_undo, without_handles_the_inode_number_binds)
{
  g_auto (Scene) scene = { 0 };
  g_autofree char *journal = NULL;

  scene_init (&scene);
  memory_without_handles (TRUE);
  journal = repair_with_fault (&scene, MEMORY_NO_FAULT, 0, 0);
  expect_undoable (&scene, journal, "without handles", 0);
}

/* ---- What was made since --------------------------------------------------------------------- */

Test (apply_undo, what_was_made_since_can_be_stripped)
{
  g_auto (Scene) scene = { 0 };
  g_autofree char *path = repaired_scene (&scene);
  g_autoptr (E13Journal) journal = e13_journal_read (path, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) strip = NULL;
  g_autofree char *stripped = NULL;

  memory_pass (2000);
  memory_create ("/srv/site/data/fresh", E13_TYPE_FILE, 33, 33);
  memory_create ("/srv/site/data/dir", E13_TYPE_DIRECTORY, 33, 33);
  memory_create ("/srv/site/data/dir/deeper", E13_TYPE_FILE, 33, 33);
  memory_create ("/srv/site/s/elsewhere", E13_TYPE_FILE, 33, 33);
  memory_create ("/srv/site/up/photo", E13_TYPE_FILE, 33, 33);
  memory_add ("/srv/site/data/own", E13_TYPE_FILE, 33, 33, 0600, FILE_READ, NULL);
  memory_chmod ("/srv/site/data/kept", 0600);
  strip = e13_undo_new_objects (&memory_read, scene.tree, journal, &error);
  cr_assert_not_null (strip, "%s", error != NULL ? error->message : "no error");
  cr_expect_eq (strip->len, 4, "%u objects are to be stripped", strip->len);
  cr_expect_not_null (change_at (strip, "data/fresh"));
  cr_expect_not_null (change_at (strip, "data/dir"));
  cr_expect_not_null (change_at (strip, "data/dir/deeper"));
  cr_expect_not_null (change_at (strip, "up/photo"));
  cr_expect_eq (apply (&scene, strip, TRUE), 0);
  stripped = memory_describe ();
  cr_expect_not_null (strstr (stripped, "/srv/site/data/fresh file 33:33 0640 u::rw-,g::r--,o::---\n"), "%s", stripped);
  cr_expect_not_null (strstr (stripped, "/srv/site/data/dir directory 33:33 0750 u::rwx,g::r-x,o::---\n"), "%s",
                      stripped);
  cr_expect_not_null (strstr (stripped, "/srv/site/data/own file 33:33 0640 " FILE_READ "\n"), "%s", stripped);
}

Test (apply_undo, stripping_gives_nobody_more)
{
  g_auto (Scene) scene = { 0 };
  g_autofree char *path = NULL;
  g_autoptr (E13Journal) journal = NULL;
  g_autoptr (GPtrArray) strip = NULL;
  const E13Change *change;
  g_autofree char *access = NULL;

  path = repaired_scene (&scene);
  journal = e13_journal_read (path, NULL);
  memory_pass (2000);
  /* Made with mode 0600: the mask is empty, so the owning group has nothing of its r--. */
  memory_add ("/srv/site/data/private", E13_TYPE_FILE, 33, 33, 0600, "u::rw-," APP "rwx,g::r-x,m::---,o::---", NULL);
  strip = e13_undo_new_objects (&memory_read, scene.tree, journal, NULL);
  change = change_at (strip, "data/private");
  cr_assert_not_null (change);
  access = e13_acl_to_text (change->after.access);
  cr_expect_str_eq (access, "u::rw-,g::---,o::---");
}

/* ---- Directories that do not become what they should ------------------------------------------ */

Test (apply_undo, a_directory_that_does_not_get_its_rights_goes_again)
{
  g_auto (Scene) scene = { 0 };
  g_autoptr (GPtrArray) changes = g_ptr_array_new_with_free_func ((GDestroyNotify)e13_change_free);
  const Object object = { "up", '+', 0700, NULL, NULL, DIR_OPEN, NULL, 0, 0 };
  E13Facts facts = { .type = E13_TYPE_DIRECTORY, .mode = 0700, .uid = OWNER, .gid = OWNER };

  scene_init (&scene);
  g_ptr_array_add (changes, plan_one (&object, &facts, E13_CHANGE_MAKE_DIRECTORY));
  memory_fail_write (MEMORY_FAIL, 2, EIO);
  cr_assert_eq (apply (&scene, changes, FALSE), 1);
  cr_expect_eq (((E13Change *)changes->pdata[0])->outcome, E13_OUTCOME_FAILED);
  memory_fail_write (MEMORY_NO_FAULT, 0, 0);
  expect_tree (scene.before, "a failed write", 2);
}
