/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Journals as files: where they may lie, what a full disk does, the lock, and whether setfacl can read them. */

#include "config.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/error.h"
#include "repair/journal.h"
#include "tests/support/acl-text.h"
#include "tests/support/temp-tree.h"

TestSuite (journal, .timeout = 120);

#define GRANTED "u::rw-,u:33:r--,g::---,m::r--,o::---"

typedef struct
{
  E13TempTree *temp;
  E13Tree *tree;
  char *directory; /* for journals, beside the site */
} Scene;

static const E13TempObject small_site[] = {
  { 'd', 02750, 0, "data", NULL, NULL },
  { 'f', 0600, 0, "data/a\nb\\c", "x", NULL },
  { 'f', 04640, 0, "tool", "x", "u::rw-,u:44:rw-,g::r--,m::r--,o::---" },
  { 'f', 0644, 0, "bad\377utf", "x", NULL },
  { 0, 0, 0, NULL, NULL, NULL },
};

static void
scene_init (Scene *scene)
{
  g_autoptr (GError) error = NULL;

  if (geteuid () != 0)
    cr_skip_test ("needs root: pins by handle, mounts, gives files away");
  scene->temp = e13_temp_tree_new (small_site);
  scene->tree = e13_posix_read.open_tree (scene->temp->path, &error);
  cr_assert_not_null (scene->tree, "%s", error != NULL ? error->message : "no error");
  scene->directory = g_build_filename (scene->temp->parent, "state", "errno13", NULL);
}

static void
scene_clear (Scene *scene)
{
  if (scene->tree != NULL)
    e13_posix_read.close_tree (scene->tree);
  e13_temp_tree_free (scene->temp);
  g_free (scene->directory);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Scene, scene_clear)

/* Changes of everything in the small site, as a journal wants them. */
static GPtrArray *
plan (const Scene *scene)
{
  GPtrArray *changes = g_ptr_array_new_with_free_func ((GDestroyNotify)e13_change_free);

  for (const E13TempObject *object = small_site; object->type != 0; object++)
    {
      g_autoptr (GError) error = NULL;
      E13Pin *pin = e13_posix_read.pin (scene->tree, object->path, &error);
      E13Change *change;

      cr_assert_not_null (pin, "%s", error != NULL ? error->message : "no error");
      change = e13_change_new (E13_CHANGE_SET, object->path, &pin->facts);
      e13_posix_read.unpin (pin);
      e13_acl_unref (change->after.access);
      change->after.access = test_acl (GRANTED);
      change->after.mode = (change->before.mode & 07000) | e13_acl_to_mode (change->after.access);
      g_ptr_array_add (changes, change);
    }
  return changes;
}

static char *
write_journal (const Scene *scene, const char *directory, const char *path, GError **error)
{
  g_autoptr (GPtrArray) changes = plan (scene);

  return e13_journal_write (directory, path, &e13_posix_read, scene->tree, changes, NULL, error);
}

static guint
count_files (const char *directory)
{
  g_autoptr (GDir) dir = g_dir_open (directory, 0, NULL);
  guint n = 0;

  while (dir != NULL && g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

/* ---- Writing and reading --------------------------------------------------------------------- */

Test (journal, is_written_for_its_owner_alone_and_read_again)
{
  g_auto (Scene) scene = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  g_autofree char *machine = e13_journal_machine ();
  g_autoptr (E13Journal) journal = NULL;
  g_autoptr (GPtrArray) changes = NULL;
  struct stat status;

  scene_init (&scene);
  changes = plan (&scene);
  path = e13_journal_write (scene.directory, NULL, &e13_posix_read, scene.tree, changes, "/x.acl", &error);
  cr_assert_not_null (path, "%s", error != NULL ? error->message : "no error");
  cr_assert_eq (stat (path, &status), 0);
  cr_expect_eq (status.st_mode, S_IFREG | 0600);
  cr_assert_eq (stat (scene.directory, &status), 0);
  cr_expect_eq (status.st_mode, S_IFDIR | 0700);
  journal = e13_journal_read (path, &error);
  cr_assert_not_null (journal, "%s", error != NULL ? error->message : "no error");
  cr_expect_str_eq (journal->site, scene.temp->path);
  cr_expect_str_eq (journal->machine, machine);
  cr_expect_str_eq (journal->undoes, "/x.acl");
  cr_expect_null (journal->undone_by);
  cr_assert_eq (journal->changes->len, changes->len);
  for (guint i = 0; i < changes->len; i++)
    {
      const E13Change *written = changes->pdata[i];
      const E13Change *read = journal->changes->pdata[i];

      cr_expect_str_eq (written->path, read->path);
      cr_expect_not_null (written->handle);
      cr_expect_str_eq (written->handle, read->handle);
      cr_expect (e13_attributes_equal (&written->before, &read->before), "'%s' was changed", written->path);
      cr_expect (e13_attributes_equal (&written->after, &read->after), "'%s' was changed", written->path);
    }
}

Test (journal, names_are_unique_and_the_list_is_newest_first)
{
  g_auto (Scene) scene = { 0 };
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *broken = NULL;
  g_autoptr (GError) error = NULL;

  scene_init (&scene);
  list = e13_journal_list (scene.directory, &error);
  cr_assert (list != NULL && list->len == 0, "a directory that is not there is no empty list");
  for (guint i = 0; i < 12; i++)
    g_ptr_array_add (paths, write_journal (&scene, scene.directory, NULL, NULL));
  broken = g_build_filename (scene.directory, "2001-01-01T00-00-00.acl", NULL);
  cr_assert (g_file_set_contents (broken, "# errno13 journal, for", -1, NULL));
  cr_assert (e13_journal_mark_undone (paths->pdata[3], paths->pdata[11], NULL));
  g_ptr_array_unref (list);
  list = e13_journal_list (scene.directory, &error);
  cr_assert_eq (list->len, 13);
  for (guint i = 0; i < 12; i++)
    {
      const E13Journal *journal = list->pdata[i];

      cr_expect_str_eq (journal->path, paths->pdata[11 - i]);
      cr_expect_str_eq (journal->site, scene.temp->path);
      if (i == 8)
        cr_expect_str_eq (journal->undone_by, paths->pdata[11]);
      else
        cr_expect_null (journal->undone_by);
    }
  cr_expect_str_eq (((const E13Journal *)list->pdata[12])->path, broken);
  cr_expect_null (((const E13Journal *)list->pdata[12])->site);
}

Test (journal, a_mark_that_was_cut_off_is_replaced)
{
  g_auto (Scene) scene = { 0 };
  g_autofree char *path = NULL;
  g_autoptr (E13Journal) torn = NULL;
  g_autoptr (E13Journal) marked = NULL;
  g_autoptr (GError) error = NULL;
  FILE *out;

  scene_init (&scene);
  path = write_journal (&scene, scene.directory, NULL, NULL);
  out = fopen (path, "a");
  fputs ("# undone: 0123", out);
  fclose (out);
  torn = e13_journal_read (path, &error);
  cr_assert_not_null (torn, "%s", error != NULL ? error->message : "no error");
  cr_expect_null (torn->undone_by);
  cr_assert (e13_journal_mark_undone (path, "/y.acl", NULL));
  marked = e13_journal_read (path, &error);
  cr_assert_not_null (marked, "%s", error != NULL ? error->message : "no error");
  cr_expect_str_eq (marked->undone_by, "/y.acl");
}

/* Between reading and marking, a stranger may put another of root's files in the journal's place. */
Test (journal, a_mark_goes_into_a_journal_only)
{
  static const char *const others[]
      = { "echo secret > x.acl", "mkfifo x.acl", "ln -s /etc/passwd x.acl", "mkdir x.acl" };
  g_auto (Scene) scene = { 0 };
  g_autofree char *path = NULL;

  scene_init (&scene);
  path = g_build_filename (scene.temp->parent, "x.acl", NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autoptr (GError) error = NULL;
      const char *const argv[] = { "/bin/sh", "-c", others[i], NULL };
      g_autofree char *content = NULL;

      cr_assert (g_spawn_sync (scene.temp->parent, (char **)argv, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL));
      cr_expect_not (e13_journal_mark_undone (path, "/y.acl", &error), "%s", others[i]);
      cr_expect_not_null (error, "%s", others[i]);
      if (i == 0 && g_file_get_contents (path, &content, NULL, NULL))
        cr_expect_str_eq (content, "secret\n");
      cr_assert_eq (g_remove (path), 0);
    }
}

/* ---- setfacl, in an emergency ---------------------------------------------------------------- */

static char *
run (const char *const *argv)
{
  g_autoptr (GError) error = NULL;
  char *out = NULL;
  g_autofree char *err = NULL;
  gint status = 0;

  if (!g_spawn_sync ("/", (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &out, &err, &status, &error))
    cr_skip_test ("needs getfacl and setfacl");
  cr_expect_eq (status, 0, "%s says: %s", argv[0], err);
  return out;
}

static char *
getfacl (const char *path)
{
  const char *const argv[] = { "getfacl", "-R", "-n", "-p", path, NULL };

  return run (argv);
}

static void
disturb (const Scene *scene)
{
  for (const E13TempObject *object = small_site; object->type != 0; object++)
    {
      g_autofree char *path = g_build_filename (scene->temp->path, object->path, NULL);
      const char *const access[] = { "setfacl", "--set", "u::rwx,u:33:rwx,g::rwx,o::rwx", path, NULL };
      const char *const inherited[] = { "setfacl", "-d", "-m", "u:33:rwx", path, NULL };

      g_free (run (access));
      if (object->type == 'd')
        g_free (run (inherited));
      cr_assert_eq (chown (path, 33, 33), 0);
    }
}

Test (journal, setfacl_restores_from_it)
{
  g_auto (Scene) scene = { 0 };

  scene_init (&scene);
  for (guint marked = 0; marked <= 1; marked++)
    {
      g_autofree char *before = getfacl (scene.temp->path);
      g_autofree char *journal = write_journal (&scene, scene.directory, NULL, NULL);
      g_autofree char *option = g_strconcat ("--restore=", journal, NULL);
      const char *const restore[] = { "setfacl", option, NULL };
      g_autofree char *disturbed = NULL;
      g_autofree char *restored = NULL;

      if (marked)
        cr_assert (e13_journal_mark_undone (journal, "/y.acl", NULL));
      disturb (&scene);
      disturbed = getfacl (scene.temp->path);
      cr_expect_str_neq (disturbed, before);
      g_free (run (restore));
      restored = getfacl (scene.temp->path);
      cr_expect_str_eq (restored, before, "restored\n%s\ninstead of\n%s", restored, before);
    }
}

/* ---- Places that will not do ----------------------------------------------------------------- */

static void
expect_no_journal (const Scene *scene, const char *directory, const char *path, GQuark domain, int code,
                   const char *says)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *written = write_journal (scene, directory, path, &error);

  cr_expect_null (written, "'%s' was written", written);
  cr_assert_not_null (error);
  cr_expect (error->domain == domain && error->code == code, "another error: %s", error->message);
  cr_expect_not_null (strstr (error->message, says), "'%s' does not say '%s'", error->message, says);
}

Test (journal, a_directory_that_others_own_or_write_is_refused)
{
  g_auto (Scene) scene = { 0 };
  g_autofree char *link = NULL;

  scene_init (&scene);
  cr_assert_eq (g_mkdir_with_parents (scene.directory, 0700), 0);
  cr_assert_eq (chown (scene.directory, 1000, 1000), 0);
  expect_no_journal (&scene, scene.directory, NULL, E13_ERROR, E13_ERROR_REFUSED, "it belongs to another user");
  cr_assert_eq (chown (scene.directory, 0, 0), 0);
  cr_assert_eq (chmod (scene.directory, 0720), 0);
  expect_no_journal (&scene, scene.directory, NULL, E13_ERROR, E13_ERROR_REFUSED, "others can write to it");
  cr_assert_eq (chmod (scene.directory, 0700), 0);
  link = g_build_filename (scene.temp->parent, "link", NULL);
  cr_assert_eq (symlink (scene.directory, link), 0);
  expect_no_journal (&scene, link, NULL, E13_ERRNO, ENOTDIR, "cannot open the directory");
  cr_expect_eq (count_files (scene.directory), 0);
}

Test (journal, a_chosen_file)
{
  g_auto (Scene) scene = { 0 };
  g_autofree char *open_directory = NULL;
  g_autofree char *chosen = NULL;
  g_autofree char *in_open = NULL;
  g_autofree char *written = NULL;
  g_autofree char *written_too = NULL;

  scene_init (&scene);
  chosen = g_build_filename (scene.temp->parent, "mine.acl", NULL);
  written = write_journal (&scene, NULL, chosen, NULL);
  cr_assert_not_null (written);
  cr_expect_str_eq (written, chosen);
  expect_no_journal (&scene, NULL, chosen, E13_ERRNO, EEXIST, "cannot create the journal");
  open_directory = g_build_filename (scene.temp->parent, "open", NULL);
  in_open = g_build_filename (open_directory, "j.acl", NULL);
  cr_assert (g_mkdir (open_directory, 0700) == 0 && chmod (open_directory, 0777) == 0);
  expect_no_journal (&scene, NULL, in_open, E13_ERROR, E13_ERROR_REFUSED, "others can write to it");
  cr_assert_eq (chmod (open_directory, 01777), 0);
  written_too = write_journal (&scene, NULL, in_open, NULL);
  cr_expect_not_null (written_too, "a sticky directory was refused");
}

Test (journal, inside_the_site_is_refused)
{
  g_auto (Scene) scene = { 0 };
  g_autofree char *inside = NULL;
  g_autofree char *link = NULL;
  g_autofree char *by_link = NULL;

  scene_init (&scene);
  inside = g_build_filename (scene.temp->path, "data", "j.acl", NULL);
  link = g_build_filename (scene.temp->parent, "link", NULL);
  by_link = g_build_filename (link, "data", "j.acl", NULL);
  cr_assert_eq (symlink (scene.temp->path, link), 0);
  expect_no_journal (&scene, NULL, inside, E13_ERROR, E13_ERROR_REFUSED, "it lies inside the site");
  expect_no_journal (&scene, NULL, by_link, E13_ERROR, E13_ERROR_REFUSED, "it lies inside the site");
  cr_expect_neq (access (inside, F_OK), 0);
}

/* ---- Disks that will not do ------------------------------------------------------------------ */

/* To be called before the scene is set: a test that is skipped cleans nothing up. */
static void
keep_mounts_private (void)
{
  if (geteuid () == 0 && (unshare (CLONE_NEWNS) != 0 || mount (NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0))
    cr_skip_test ("needs mount namespaces, which this system refuses");
}

static void
mount_on (const char *path, unsigned long flags, const char *options)
{
  cr_assert_eq (g_mkdir_with_parents (path, 0700), 0);
  cr_assert_eq (mount ("errno13", path, "tmpfs", flags, options), 0);
}

Test (journal, a_full_disk_leaves_no_file)
{
  g_auto (Scene) scene = { 0 };
  g_autofree char *filler = NULL;
  g_autofree char *room = g_malloc0 (4096);
  int fd;

  keep_mounts_private ();
  scene_init (&scene);
  mount_on (scene.directory, 0, "size=16k,mode=0700");
  filler = g_build_filename (scene.directory, "filler", NULL);
  fd = open (filler, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  while (write (fd, room, 4096) > 0)
    continue;
  cr_assert_eq (errno, ENOSPC);
  close (fd);
  expect_no_journal (&scene, scene.directory, NULL, E13_ERRNO, ENOSPC, "No space left on device");
  cr_expect_eq (count_files (scene.directory), 1, "a piece of a journal is left");
  umount (scene.directory);
}

Test (journal, a_read_only_disk)
{
  g_auto (Scene) scene = { 0 };

  keep_mounts_private ();
  scene_init (&scene);
  mount_on (scene.directory, MS_RDONLY, "mode=0700");
  expect_no_journal (&scene, scene.directory, NULL, E13_ERRNO, EROFS, "cannot create the journal");
  umount (scene.directory);
}

/* ---- Journals that are not trusted ----------------------------------------------------------- */

static void
expect_unread (const char *path, GQuark domain, int code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (E13Journal) journal = e13_journal_read (path, &error);

  cr_expect_null (journal);
  cr_assert_not_null (error);
  cr_expect (error->domain == domain && error->code == code, "another error: %s", error->message);
}

Test (journal, what_a_stranger_could_have_written_is_not_read)
{
  g_auto (Scene) scene = { 0 };
  g_autofree char *path = NULL;
  g_autofree char *fifo = NULL;

  scene_init (&scene);
  path = write_journal (&scene, scene.directory, NULL, NULL);
  cr_assert_eq (chmod (path, 0660), 0);
  expect_unread (path, E13_ERROR, E13_ERROR_REFUSED);
  cr_assert (chmod (path, 0600) == 0 && chown (path, 1000, 1000) == 0);
  expect_unread (path, E13_ERROR, E13_ERROR_REFUSED);
  fifo = g_build_filename (scene.directory, "fifo", NULL);
  cr_assert_eq (mkfifo (fifo, 0600), 0);
  expect_unread (fifo, E13_ERROR, E13_ERROR_INPUT);
  expect_unread (scene.directory, E13_ERROR, E13_ERROR_INPUT);
  expect_unread ("/nonexistent/journal", E13_ERRNO, ENOENT);
}

/* ---- The lock -------------------------------------------------------------------------------- */

/* Another process that holds the lock until it is killed; its id. */
static pid_t
hold_lock (const char *directory)
{
  int ready[2];
  char byte = 0;
  pid_t child;

  cr_assert_eq (pipe (ready), 0);
  child = fork ();
  cr_assert_geq (child, 0);
  if (child == 0)
    {
      E13Lock *lock;

      alarm (15); /* never outlive a test that failed */
      lock = e13_journal_lock (directory, NULL);
      if (lock == NULL || write (ready[1], "x", 1) != 1)
        _exit (1);
      for (;;)
        pause ();
    }
  close (ready[1]);
  cr_expect_eq (read (ready[0], &byte, 1), 1, "the other process got no lock");
  close (ready[0]);
  return child;
}

Test (journal, one_repair_at_a_time)
{
  g_autofree char *directory = g_build_filename (g_get_tmp_dir (), "errno13-lock-XXXXXX", NULL);
  g_autofree char *expected = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (E13Lock) lock = NULL;
  pid_t other;

  cr_assert_not_null (g_mkdtemp (directory));
  other = hold_lock (directory);
  expected = g_strdup_printf ("another errno13 is repairing (process %d)", (int)other);
  lock = e13_journal_lock (directory, &error);
  kill (other, SIGKILL);
  waitpid (other, NULL, 0);
  cr_assert_null (lock, "two processes have the lock");
  cr_expect (g_error_matches (error, E13_ERROR, E13_ERROR_BUSY));
  cr_expect_str_eq (error->message, expected);
  g_clear_error (&error);
  lock = e13_journal_lock (directory, &error);
  cr_expect_not_null (lock, "a killed process still holds the lock: %s", error != NULL ? error->message : "no error");
  e13_remove_tree (directory);
}

Test (journal, lies_where_the_user_keeps_state)
{
  g_autofree char *directory = e13_journal_directory ();

  if (geteuid () == 0)
    {
      cr_expect_str_eq (directory, "/var/lib/errno13");
      cr_assert_eq (seteuid (1000), 0);
    }
  g_setenv ("XDG_STATE_HOME", "/home/x/state", TRUE);
  g_free (directory);
  directory = e13_journal_directory ();
  cr_expect_str_eq (directory, "/home/x/state/errno13");
  g_setenv ("XDG_STATE_HOME", "not/absolute", TRUE);
  g_free (directory);
  directory = e13_journal_directory ();
  cr_expect (g_str_has_suffix (directory, "/.local/state/errno13"), "%s", directory);
  if (getuid () == 0) /* or the leak sanitizer may not look at this process */
    cr_assert_eq (seteuid (0), 0);
}
