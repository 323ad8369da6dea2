/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <criterion/criterion.h>
#include <criterion/parameterized.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "platform/platform.h"
#include "tests/posix/scratch.h"

TestSuite (pin, .timeout = 120);

static const E13ReadOps *const ops = &e13_posix_read;

/* root/site/{dir/file, dir/fifo, link → dir, away → ../outside, dir/final → file}, root/outside/secret */
static char *
make_tree (E13Tree **ret_tree)
{
  char *root = scratch_new ();
  g_autofree char *site = g_strconcat (root, "/site", NULL);
  g_autofree char *fifo = g_strconcat (root, "/site/dir/fifo", NULL);

  scratch_mkdir ("%s/outside", root);
  scratch_file ("%s/outside/secret", root);
  scratch_mkdir ("%s", site);
  scratch_mkdir ("%s/dir", site);
  scratch_file ("%s/dir/file", site);
  scratch_link (site, "dir/final", "file");
  scratch_link (site, "link", "dir");
  scratch_link (site, "away", "../outside");
  cr_assert_eq (mkfifo (fifo, 0600), 0);
  *ret_tree = ops->open_tree (site, NULL);
  cr_assert_not_null (*ret_tree);
  return root;
}

static void
free_tree (char *root, E13Tree *tree)
{
  ops->close_tree (tree);
  scratch_free (root);
}

typedef struct
{
  const char *path; /* a first "@" stands for the absolute path of the scratch directory */
  E13ObjectType type;
  int error; /* 0: pinned */
} Row;

static const Row rows[] = {
  { "", E13_TYPE_DIRECTORY, 0 },
  { "dir", E13_TYPE_DIRECTORY, 0 },
  { "dir/", E13_TYPE_DIRECTORY, 0 },
  { "dir/file", E13_TYPE_FILE, 0 },
  { "dir/fifo", E13_TYPE_FIFO, 0 },
  { "dir/final", E13_TYPE_SYMLINK, 0 },
  { "link", E13_TYPE_SYMLINK, 0 },
  { "link/file", E13_TYPE_UNKNOWN, ELOOP },
  { "away/secret", E13_TYPE_UNKNOWN, ELOOP },
  { "..", E13_TYPE_UNKNOWN, EXDEV },
  { "../outside/secret", E13_TYPE_UNKNOWN, EXDEV },
  { "dir/../dir/file", E13_TYPE_UNKNOWN, EXDEV },
  { "dir/file/below", E13_TYPE_UNKNOWN, ENOTDIR },
  { "dir/absent", E13_TYPE_UNKNOWN, ENOENT },
  { "absent/file", E13_TYPE_UNKNOWN, ENOENT },
  { "@/outside/secret", E13_TYPE_FILE, 0 },
  { "@/site/link", E13_TYPE_SYMLINK, 0 },
  { "@/site/away/secret", E13_TYPE_UNKNOWN, ELOOP },
  { "@/site/../outside", E13_TYPE_UNKNOWN, EXDEV },
  { "/", E13_TYPE_DIRECTORY, 0 },
  { "/proc/self/root", E13_TYPE_UNKNOWN, ELOOP },
};

ParameterizedTestParameters (pin, passes_no_link)
{
  static gsize indices[G_N_ELEMENTS (rows)];

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    indices[i] = i;
  return cr_make_param_array (gsize, indices, G_N_ELEMENTS (rows));
}

static void
check_row (const Row *row, const char *root, const E13Tree *tree, gboolean no_openat2)
{
  g_autofree char *path = *row->path == '@' ? g_strconcat (root, row->path + 1, NULL) : g_strdup (row->path);
  g_autoptr (GError) error = NULL;
  E13Pin *pin;

  e13_posix_force_no_openat2 (no_openat2);
  pin = ops->pin (tree, path, &error);
  if (row->error != 0)
    {
      cr_expect_null (pin, "'%s' was pinned (no openat2: %d)", row->path, no_openat2);
      cr_expect (g_error_matches (error, E13_ERRNO, row->error), "'%s' (no openat2: %d): %s", row->path, no_openat2,
                 error != NULL ? error->message : "no error");
    }
  else if (pin == NULL)
    cr_expect_fail ("'%s' (no openat2: %d): %s", row->path, no_openat2, error->message);
  else
    {
      cr_expect_eq (pin->facts.type, row->type, "'%s' is a %s", row->path, e13_object_type_name (pin->facts.type));
      cr_expect_eq (pin->facts.acl_state, E13_ACL_READ, "'%s': ACL state %d", row->path, (int)pin->facts.acl_state);
      cr_expect_eq (pin->link_target != NULL, row->type == E13_TYPE_SYMLINK, "'%s'", row->path);
      cr_expect_str_eq (pin->path, path);
    }
  ops->unpin (pin);
}

ParameterizedTest (gsize *index, pin, passes_no_link)
{
  E13Tree *tree;
  char *root = make_tree (&tree);

  check_row (&rows[*index], root, tree, FALSE);
  check_row (&rows[*index], root, tree, TRUE);
  free_tree (root, tree);
}

Test (pin, reads_where_a_link_leads)
{
  E13Tree *tree;
  char *root = make_tree (&tree);
  E13Pin *pin = ops->pin (tree, "away", NULL);

  cr_assert_not_null (pin);
  cr_expect_str_eq (pin->link_target, "../outside");
  ops->unpin (pin);
  free_tree (root, tree);
}

Test (pin, goes_beyond_path_max)
{
  E13Tree *tree;
  char *root = make_tree (&tree);
  g_autofree char *component = g_strnfill (200, 'd');
  g_autoptr (GString) path = g_string_new ("dir");
  int at = openat (tree->root->fd, "dir", O_PATH | O_DIRECTORY | O_CLOEXEC);

  for (guint i = 0; i < 100; i++)
    {
      int next;

      cr_assert_eq (mkdirat (at, component, 0755), 0);
      next = openat (at, component, O_PATH | O_DIRECTORY | O_CLOEXEC);
      close (at);
      at = next;
      g_string_append_printf (path, "/%s", component);
    }
  for (guint no_openat2 = 0; no_openat2 < 2; no_openat2++)
    {
      E13Facts expected;
      E13Pin *pin;
      struct stat st;

      e13_posix_force_no_openat2 (no_openat2 != 0);
      pin = ops->pin (tree, path->str, NULL);
      cr_assert (fstat (at, &st) == 0 && pin != NULL, "no openat2: %u", no_openat2);
      expected = pin->facts;
      cr_expect_eq (expected.key.inode, st.st_ino);
      ops->unpin (pin);
    }
  close (at);
  free_tree (root, tree);
}

Test (pin, keeps_to_the_inode_whatever_its_name_becomes)
{
  E13Tree *tree;
  char *root = make_tree (&tree);
  E13Pin *pin = ops->pin (tree, "dir/file", NULL);
  guint64 inode = pin->facts.key.inode;

  cr_assert_eq (unlinkat (tree->root->fd, "dir/file", 0), 0);
  scratch_file ("%s/site/dir/file", root);
  cr_assert (ops->refresh (pin, NULL));
  cr_expect_eq (pin->facts.key.inode, inode);
  cr_expect_eq (pin->facts.n_links, 0);
  ops->unpin (pin);
  free_tree (root, tree);
}

/* ---- Entries of a batch ---------------------------------------------------------------------- */

typedef struct
{
  const char *root;
  guint n_pinned;
  guint n_moved;
  guint n_swapped;
} Seen;

static void
pin_all (const E13Batch *batch, gpointer data)
{
  Seen *seen = data;

  for (gsize i = 0; i < batch->n_entries; i++)
    {
      g_autoptr (GError) error = NULL;
      E13Pin *pin;

      if (g_str_equal (batch->entries[i].name, "file"))
        {
          g_autofree char *path = g_strconcat (seen->root, "/site/dir/file", NULL);

          cr_assert (unlink (path) == 0 && symlink ("/etc/passwd", path) == 0);
          seen->n_swapped++;
        }
      pin = ops->pin_entry (batch, i, &error);
      seen->n_pinned += pin != NULL && e13_object_key_same_state (&pin->facts.key, &batch->entries[i].facts.key);
      seen->n_moved += g_error_matches (error, E13_ERROR, E13_ERROR_MOVED);
      ops->unpin (pin);
    }
  if (!g_str_equal (batch->dir->path, "dir"))
    {
      E13Pin *pin = ops->pin_entry (batch, E13_THE_DIRECTORY, NULL);

      cr_expect_not_null (pin);
      cr_expect_str_eq (pin->path, batch->dir->path);
      cr_expect_not_null (pin->facts.access);
      ops->unpin (pin);
    }
}

Test (pin, an_entry_that_was_swapped_has_moved)
{
  E13Tree *tree;
  char *root = make_tree (&tree);
  Seen seen = { .root = root };

  cr_assert (ops->walk (tree, &(E13WalkOptions){ .n_threads = 1 }, &(E13Visitor){ .visit = pin_all }, &seen, NULL));
  cr_expect_eq (seen.n_swapped, 1);
  cr_expect_eq (seen.n_moved, 1, "%u moved", seen.n_moved);
  cr_expect_eq (seen.n_pinned, 4, "%u pinned", seen.n_pinned);
  free_tree (root, tree);
}

/* ---- Content --------------------------------------------------------------------------------- */

static void
expect_content (const E13Tree *tree, const char *path, gsize max_bytes, const char *expected)
{
  E13Pin *pin = ops->pin (tree, path, NULL);
  g_autoptr (GBytes) bytes = ops->read_file (pin, max_bytes, NULL);

  if (expected == NULL)
    cr_expect_null (bytes, "%s was read", path);
  else
    {
      cr_assert_not_null (bytes, "%s was not read", path);
      cr_expect_eq (g_bytes_get_size (bytes), strlen (expected));
      cr_expect_eq (memcmp (g_bytes_get_data (bytes, NULL), expected, strlen (expected)), 0);
    }
  ops->unpin (pin);
}

Test (pin, reads_regular_files_only)
{
  E13Tree *tree;
  char *root = make_tree (&tree);

  expect_content (tree, "dir/file", 100, "content\n");
  expect_content (tree, "dir/file", 4, "cont");
  expect_content (tree, "dir/fifo", 100, NULL);
  expect_content (tree, "dir/final", 100, NULL);
  expect_content (tree, "dir", 100, NULL);
  free_tree (root, tree);
}

Test (pin, a_leased_file_is_an_error_at_once)
{
  E13Tree *tree;
  char *root = make_tree (&tree);
  E13Pin *pin = ops->pin (tree, "dir/file", NULL);
  int holder = openat (tree->root->fd, "dir/file", O_RDWR | O_CLOEXEC);
  g_autoptr (GError) error = NULL;

  signal (SIGIO, SIG_IGN);
  if (fcntl (holder, F_SETLEASE, F_WRLCK) < 0)
    {
      ops->unpin (pin);
      free_tree (root, tree);
      cr_skip_test ("this file system grants no leases");
    }
  cr_expect_null (ops->read_file (pin, 100, &error));
  cr_expect (g_error_matches (error, E13_ERRNO, EAGAIN), "%s", error != NULL ? error->message : "no error");
  close (holder);
  ops->unpin (pin);
  free_tree (root, tree);
}

Test (pin, lists_names)
{
  E13Tree *tree;
  char *root = make_tree (&tree);
  E13Pin *dir = ops->pin (tree, "dir", NULL);
  E13Pin *file = ops->pin (tree, "dir/file", NULL);
  g_autoptr (GPtrArray) names = ops->list (dir, NULL);
  g_autoptr (GPtrArray) none = ops->list (file, NULL);

  cr_assert_not_null (names);
  cr_expect_eq (names->len, 3);
  for (guint i = 0; i < names->len; i++)
    cr_expect_neq (*(const char *)g_ptr_array_index (names, i), '.');
  cr_expect_null (none);
  ops->unpin (dir);
  ops->unpin (file);
  free_tree (root, tree);
}

Test (pin, reading_leaves_access_times_alone)
{
  static const struct timespec long_ago[2] = { { 1000, 0 }, { 2000, 0 } };
  E13Tree *tree;
  char *root = make_tree (&tree);
  struct stat st;

  cr_assert_eq (utimensat (tree->root->fd, "dir/file", long_ago, 0), 0);
  expect_content (tree, "dir/file", 100, "content\n");
  cr_assert_eq (fstatat (tree->root->fd, "dir/file", &st, 0), 0);
  cr_expect_eq (st.st_atim.tv_sec, 1000);
  free_tree (root, tree);
}
