/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <criterion/criterion.h>
#include <criterion/parameterized.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "platform/platform.h"
#include "tests/posix/scratch.h"

TestSuite (walk, .timeout = 120);

static const E13ReadOps *const ops = &e13_posix_read;

/* ---- A visitor that writes everything down --------------------------------------------------- */

typedef struct
{
  GMutex lock;
  GHashTable *seen;       /* path → how often */
  GHashTable *skipped;    /* path → E13SkipReason + 1 */
  GHashTable *dir_errors; /* path → errno */
  guint n_out_of_order;
  guint n_wrong_facts;
  guint n_errors;
  const char *unwanted;
} Record;

static void
record_init (Record *record)
{
  *record = (Record){ 0 };
  g_mutex_init (&record->lock);
  record->seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  record->skipped = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  record->dir_errors = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

static void
record_clear (Record *record)
{
  g_hash_table_unref (record->seen);
  g_hash_table_unref (record->skipped);
  g_hash_table_unref (record->dir_errors);
  g_mutex_clear (&record->lock);
}

static guint
count_of (GHashTable *table, const char *path)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (table, path));
}

static void
count_up (GHashTable *table, const char *path)
{
  g_hash_table_replace (table, g_strdup (path), GUINT_TO_POINTER (count_of (table, path) + 1));
}

static void
record_visit (const E13Batch *batch, gpointer data)
{
  Record *record = data;
  const E13Dir *dir = batch->dir;
  g_autofree char *parent = g_path_get_dirname (*dir->path == '\0' ? "." : dir->path);

  g_mutex_lock (&record->lock);
  if (batch->first)
    count_up (record->seen, dir->path);
  if (dir->error != 0)
    g_hash_table_replace (record->dir_errors, g_strdup (dir->path), GINT_TO_POINTER (dir->error));
  record->n_out_of_order += count_of (record->seen, dir->path) == 0;
  record->n_out_of_order += count_of (record->seen, g_str_equal (parent, ".") ? "" : parent) == 0;
  record->n_wrong_facts += dir->facts.type != E13_TYPE_DIRECTORY;
  for (gsize i = 0; i < batch->n_entries; i++)
    {
      const E13Entry *entry = &batch->entries[i];
      g_autofree char *path
          = *dir->path == '\0' ? g_strdup (entry->name) : g_strconcat (dir->path, "/", entry->name, NULL);

      count_up (record->seen, path);
      record->n_errors += entry->error != 0;
      record->n_wrong_facts
          += entry->error == 0 && (entry->facts.type == E13_TYPE_DIRECTORY || entry->facts.n_links == 0);
    }
  g_mutex_unlock (&record->lock);
}

static void
record_skipped (const char *path, const E13Facts *facts, E13SkipReason reason, gpointer data)
{
  Record *record = data;

  g_mutex_lock (&record->lock);
  g_hash_table_replace (record->skipped, g_strdup (path), GUINT_TO_POINTER (reason + 1));
  record->n_wrong_facts += (reason == E13_SKIP_VANISHED) != (facts == NULL);
  g_mutex_unlock (&record->lock);
}

static void
note_name (E13Dir *dir, const char *name, gpointer data)
{
  (void)name;
  (void)data;
  dir->marks++;
}

static gboolean
wants (const E13Dir *dir, const char *name, gpointer data)
{
  Record *record = data;

  (void)dir;
  return record->unwanted == NULL || !g_str_equal (name, record->unwanted);
}

static void
walk_with (const char *root, const E13WalkOptions *options, const E13Visitor *visitor, gpointer data)
{
  g_autoptr (GError) error = NULL;
  E13Tree *tree = ops->open_tree (root, &error);

  cr_assert_not_null (tree, "%s", error != NULL ? error->message : "no tree");
  cr_assert (ops->walk (tree, options, visitor, data, &error), "%s", error != NULL ? error->message : "no walk");
  ops->close_tree (tree);
}

static void
record_walk (Record *record, const char *root, const E13WalkOptions *options)
{
  const E13Visitor visitor = { .wants = wants, .visit = record_visit, .skipped = record_skipped };

  walk_with (root, options, &visitor, record);
}

/* ---- Every object, once ---------------------------------------------------------------------- */

static void
fill_with_odd_names (const char *root)
{
  g_autofree char *longest = g_strnfill (255, 'n');

  scratch_mkdir ("%s/odd", root);
  scratch_mkdir ("%s/odd/new\nline", root);
  scratch_file ("%s/odd/new\nline/bad\377utf", root);
  scratch_file ("%s/odd/%s", root, longest);
  scratch_file ("%s/odd/...", root);
  scratch_mkdir ("%s/odd/..hidden", root);
  scratch_link (root, "odd/to-directory", "..");
  scratch_link (root, "odd/dangling", "nowhere");
  cr_assert_eq (mkfifoat (AT_FDCWD, g_strconcat (root, "/odd/fifo", NULL), 0600), 0);
  scratch_mkdir ("%s/empty", root);
}

/* @depth directories one in another, each with a file and a second directory beside the next. */
static void
fill_with_chain (const char *root, guint depth)
{
  int at = open (root, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  for (guint i = 0; i < depth; i++)
    {
      int next;

      cr_assert (mkdirat (at, "down", 0755) == 0 && mkdirat (at, "beside", 0755) == 0);
      close (openat (at, "beside/file", O_WRONLY | O_CREAT | O_CLOEXEC, 0644));
      next = openat (at, "down", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
      cr_assert (next >= 0);
      close (at);
      at = next;
    }
  close (at);
}

static void
fill_with_many (const char *root, const char *name, guint n)
{
  scratch_mkdir ("%s/%s", root, name);
  for (guint i = 0; i < n; i++)
    if (i % 100 == 7)
      scratch_mkdir ("%s/%s/directory %u", root, name, i);
    else
      scratch_file ("%s/%s/file %u", root, name, i);
}

typedef struct
{
  const char *label;
  guint n_threads;
  gboolean no_openat2;
  gboolean notes;
  guint n_descriptors; /* 0: as many as there are */
} Way;

static const Way ways[] = {
  { "one thread", 1, FALSE, FALSE, 0 },
  { "two threads", 2, FALSE, FALSE, 0 },
  { "eight threads", 8, FALSE, FALSE, 0 },
  { "one thread, no openat2", 1, TRUE, FALSE, 0 },
  { "two threads, no openat2", 2, TRUE, FALSE, 0 },
  { "eight threads, no openat2", 8, TRUE, FALSE, 0 },
  { "two threads, names noted", 2, FALSE, TRUE, 0 },
  { "one thread, 40 descriptors", 1, FALSE, FALSE, 40 },
  { "eight threads, 40 descriptors", 8, FALSE, FALSE, 40 },
  { "two threads, 40 descriptors, no openat2", 2, TRUE, FALSE, 40 },
};

ParameterizedTestParameters (walk, sees_every_object_once)
{
  static gsize indices[G_N_ELEMENTS (ways)];

  for (gsize i = 0; i < G_N_ELEMENTS (ways); i++)
    indices[i] = i;
  return cr_make_param_array (gsize, indices, G_N_ELEMENTS (ways));
}

static void
limit_descriptors (guint n)
{
  struct rlimit limit;

  cr_assert_eq (getrlimit (RLIMIT_NOFILE, &limit), 0);
  limit.rlim_cur = n != 0 ? n : limit.rlim_max;
  cr_assert_eq (setrlimit (RLIMIT_NOFILE, &limit), 0);
}

ParameterizedTest (gsize *index, walk, sees_every_object_once)
{
  const Way *way = &ways[*index];
  const E13Visitor visitor
      = { .note_name = way->notes ? note_name : NULL, .visit = record_visit, .skipped = record_skipped };
  char *root = scratch_new_in_memory ();
  gint n_seen = 0;
  const E13WalkOptions options = { .n_threads = way->n_threads, .n_seen = &n_seen };
  g_autoptr (GPtrArray) expected = NULL;
  Record record;

  fill_with_odd_names (root);
  fill_with_chain (root, 2500);
  fill_with_many (root, "many", 5000);
  expected = scratch_find (root);
  cr_assert_gt (expected->len, 12500);

  record_init (&record);
  e13_posix_force_no_openat2 (way->no_openat2);
  limit_descriptors (way->n_descriptors);
  walk_with (root, &options, &visitor, &record);
  limit_descriptors (0);

  for (guint i = 0; i < expected->len; i++)
    {
      const char *path = g_ptr_array_index (expected, i);

      cr_expect_eq (count_of (record.seen, path), 1, "%s: '%.80s' seen %u times", way->label, path,
                    count_of (record.seen, path));
    }
  cr_expect_eq (g_hash_table_size (record.seen), expected->len, "%s: invented objects", way->label);
  cr_expect_eq ((guint)n_seen, expected->len, "%s: counted %d", way->label, n_seen);
  cr_expect_eq (g_hash_table_size (record.skipped), 0, "%s: left objects out", way->label);
  cr_expect_eq (g_hash_table_size (record.dir_errors), 0, "%s: directories with errors", way->label);
  cr_expect_eq (record.n_errors + record.n_wrong_facts, 0, "%s: wrong facts", way->label);
  cr_expect_eq (record.n_out_of_order, 0, "%s: something came before its directory", way->label);
  record_clear (&record);
  scratch_free (root);
}

/* ---- What a visitor is promised -------------------------------------------------------------- */

static void
check_marks (const E13Batch *batch, gpointer data)
{
  guint *n_right = data;

  if (batch->first && g_str_equal (batch->dir->path, "many"))
    *n_right += batch->dir->marks == 5000;
}

Test (walk, notes_all_names_before_the_first_batch)
{
  char *root = scratch_new_in_memory ();
  const E13Visitor visitor = { .note_name = note_name, .visit = check_marks };
  guint n_right = 0;

  fill_with_many (root, "many", 5000);
  walk_with (root, &(E13WalkOptions){ .n_threads = 2 }, &visitor, &n_right);
  cr_expect_eq (n_right, 1);
  scratch_free (root);
}

static void
add_depth (const E13Batch *batch, gpointer data)
{
  guint *deepest = data;

  if (batch->first)
    batch->dir->user = GUINT_TO_POINTER (GPOINTER_TO_UINT (batch->dir->user) + 1);
  *deepest = MAX (*deepest, GPOINTER_TO_UINT (batch->dir->user));
}

Test (walk, a_directory_inherits_what_the_visitor_left_in_its_parent)
{
  char *root = scratch_new ();
  const E13Visitor visitor = { .visit = add_depth };
  guint deepest = 0;

  fill_with_chain (root, 20);
  walk_with (root, &(E13WalkOptions){ .n_threads = 1 }, &visitor, &deepest);
  cr_expect_eq (deepest, 21, "got %u", deepest);
  scratch_free (root);
}

Test (walk, passes_over_what_is_not_wanted)
{
  char *root = scratch_new ();
  Record record;

  record_init (&record);
  fill_with_chain (root, 3);
  record.unwanted = "beside";
  record_walk (&record, root, &(E13WalkOptions){ .n_threads = 2 });
  cr_expect_eq (g_hash_table_size (record.seen), 4);
  record_clear (&record);
  scratch_free (root);
}

typedef struct
{
  gint n_visits;
  gint cancelled;
} Stop;

static void
stop_at_once (const E13Batch *batch, gpointer data)
{
  Stop *stop = data;

  (void)batch;
  g_atomic_int_inc (&stop->n_visits);
  g_atomic_int_set (&stop->cancelled, 1);
}

Test (walk, stops_when_it_is_cancelled)
{
  char *root = scratch_new ();
  Stop stop = { 0, 0 };
  const E13WalkOptions options = { .n_threads = 2, .cancelled = &stop.cancelled };

  fill_with_chain (root, 100);
  walk_with (root, &options, &(E13Visitor){ .visit = stop_at_once }, &stop);
  cr_expect_leq (stop.n_visits, 2, "%d visits", stop.n_visits);
  scratch_free (root);
}

/* ---- Strangers, mounts, access times --------------------------------------------------------- */

typedef struct
{
  Record record;
  const char *root;
} Swap;

static void
swap_for_link (const E13Batch *batch, gpointer data)
{
  Swap *swap = data;

  record_visit (batch, &swap->record);
  if (batch->first && *batch->dir->path == '\0')
    {
      g_autofree char *victim = g_strconcat (swap->root, "/site/victim", NULL);

      cr_assert_eq (rmdir (victim), 0);
      cr_assert_eq (symlink ("../outside", victim), 0);
    }
}

static void
check_swap (gboolean no_openat2)
{
  char *root = scratch_new ();
  g_autofree char *site = g_strconcat (root, "/site", NULL);
  const E13Visitor visitor = { .visit = swap_for_link, .skipped = record_skipped };
  Swap swap = { .root = root };

  record_init (&swap.record);
  scratch_mkdir ("%s/outside", root);
  scratch_file ("%s/outside/secret", root);
  scratch_mkdir ("%s", site);
  scratch_mkdir ("%s/victim", site);
  e13_posix_force_no_openat2 (no_openat2);
  walk_with (site, &(E13WalkOptions){ .n_threads = 1 }, &visitor, &swap);
  cr_expect_eq (g_hash_table_size (swap.record.seen), 1, "the link was followed (no openat2: %d)", no_openat2);
  cr_expect_eq (count_of (swap.record.skipped, "victim"), E13_SKIP_VANISHED + 1);
  record_clear (&swap.record);
  scratch_free (root);
}

Test (walk, never_follows_a_directory_that_became_a_link)
{
  check_swap (FALSE);
  check_swap (TRUE);
}

enum
{
  LEVELS = 60,
  MOVED_LEVEL = 4,
  N_BESIDE = 10
};

/* "down/down/…", @n of them below @root. */
static char *
level_path (const char *root, guint n)
{
  GString *path = g_string_new (root);

  for (guint i = 0; i < n; i++)
    g_string_append (path, "/down");
  return g_string_free (path, FALSE);
}

static void
make_decoy (const char *path)
{
  scratch_mkdir ("%s", path);
  for (guint i = 0; i < N_BESIDE; i++)
    {
      scratch_mkdir ("%s/beside%u", path, i);
      scratch_file ("%s/beside%u/decoy", path, i);
    }
}

/* At the bottom of the chain: puts decoys where a directory on the way down was, and where the way up from the one
 * below it now leads. */
static void
put_decoy (const E13Batch *batch, gpointer data)
{
  Swap *swap = data;
  g_autofree char *bottom = level_path ("", LEVELS);
  g_autofree char *moved = level_path (swap->root, MOVED_LEVEL);
  g_autofree char *below = level_path (swap->root, MOVED_LEVEL + 1);
  g_autofree char *away = g_strconcat (swap->root, "/away", NULL);
  g_autofree char *trap = g_strconcat (swap->root, "/trap", NULL);
  g_autofree char *trapped = g_strconcat (trap, "/below", NULL);

  record_visit (batch, &swap->record);
  if (!batch->first || !g_str_equal (batch->dir->path, bottom + 1))
    return;
  make_decoy (trap);
  cr_assert (rename (below, trapped) == 0 && rename (moved, away) == 0);
  make_decoy (moved);
}

static gboolean
is_decoy (gpointer path, gpointer count, gpointer data)
{
  (void)count;
  (void)data;
  return g_str_has_suffix (path, "/decoy");
}

/* Descriptors on the way down are closed when they are short, and what is opened again must be the same directory. */
Test (walk, comes_back_to_the_same_directories)
{
  char *root = scratch_new_in_memory ();
  const E13Visitor visitor = { .visit = put_decoy, .skipped = record_skipped };
  Swap swap = { .root = root };

  for (guint level = 0; level <= LEVELS; level++)
    {
      g_autofree char *path = level_path (root, level);

      if (level > 0)
        scratch_mkdir ("%s", path);
      for (guint i = 0; i < N_BESIDE; i++)
        scratch_mkdir ("%s/beside%u", path, i);
    }
  record_init (&swap.record);
  limit_descriptors (40);
  walk_with (root, &(E13WalkOptions){ .n_threads = 1 }, &visitor, &swap);
  limit_descriptors (0);
  cr_expect_eq (g_hash_table_size (swap.record.seen) + g_hash_table_size (swap.record.skipped),
                LEVELS + 1 + (LEVELS + 1) * N_BESIDE);
  cr_expect_null (g_hash_table_find (swap.record.seen, is_decoy, NULL), "the decoy was walked");
  cr_expect_eq (swap.record.n_errors + g_hash_table_size (swap.record.dir_errors), 0);
  record_clear (&swap.record);
  scratch_free (root);
}

static void
check_mounts (const char *root, gboolean cross, gboolean no_openat2)
{
  const E13WalkOptions options = { .n_threads = 2, .cross_mounts = cross };
  Record record;

  record_init (&record);
  e13_posix_force_no_openat2 (no_openat2);
  record_walk (&record, root, &options);
  cr_expect_eq (count_of (record.seen, "mnt/inside"), cross ? 1 : 0, "cross %d, no openat2 %d", cross, no_openat2);
  cr_expect_eq (count_of (record.skipped, "mnt"), cross ? 0 : E13_SKIP_MOUNT + 1, "cross %d, no openat2 %d", cross,
                no_openat2);
  cr_expect_eq (count_of (record.skipped, "over"), cross ? 0 : E13_SKIP_MOUNT + 1);
  cr_expect_eq (count_of (record.skipped, "a/loop"), cross ? E13_SKIP_LOOP + 1 : E13_SKIP_MOUNT + 1,
                "cross %d, no openat2 %d", cross, no_openat2);
  cr_expect_eq (count_of (record.seen, "a/file"), 1);
  cr_expect_eq (record.n_wrong_facts + record.n_errors + g_hash_table_size (record.dir_errors), 0);
  record_clear (&record);
}

Test (walk, enters_mounts_only_when_asked_and_no_loop)
{
  char *root = scratch_new ();
  g_autofree char *mnt = g_strconcat (root, "/mnt", NULL);
  g_autofree char *loop = g_strconcat (root, "/a/loop", NULL);
  g_autofree char *over = g_strconcat (root, "/over", NULL);
  g_autofree char *file = g_strconcat (root, "/a/file", NULL);

  if (!scratch_private_mounts ())
    {
      scratch_free (root);
      cr_skip_test ("mounting is not allowed here");
    }
  scratch_mkdir ("%s", mnt);
  scratch_mkdir ("%s/a", root);
  scratch_mkdir ("%s", loop);
  scratch_file ("%s", over);
  scratch_file ("%s", file);
  cr_assert_eq (mount ("none", mnt, "tmpfs", 0, NULL), 0);
  cr_assert_eq (mount (root, loop, NULL, MS_BIND, NULL), 0);
  cr_assert_eq (mount (file, over, NULL, MS_BIND, NULL), 0);
  scratch_file ("%s/inside", mnt);
  for (guint i = 0; i < 4; i++)
    check_mounts (root, (i & 1) != 0, (i & 2) != 0);
  scratch_free (root);
}

static int
walk_as_nobody (gpointer data)
{
  const char *root = data;
  Record record;
  int wrong = 0;

  record_init (&record);
  record_walk (&record, root, &(E13WalkOptions){ .n_threads = 2 });
  wrong |= count_of (record.seen, "closed") != 1 || count_of (record.dir_errors, "closed") != EACCES ? 1 : 0;
  wrong |= count_of (record.seen, "closed/file") != 0 ? 2 : 0;
  wrong |= count_of (record.seen, "listed/file") != 1 || record.n_errors != 1 ? 4 : 0;
  wrong |= count_of (record.dir_errors, "listed/below") != EACCES ? 8 : 0;
  wrong |= count_of (record.seen, "open/file") != 1 ? 16 : 0;
  return wrong;
}

Test (walk, says_what_it_may_not_read)
{
  char *root = scratch_new ();
  static const char *const names[] = { "closed", "listed", "open" };
  static const mode_t modes[] = { 0700, 0744, 0755 };

  if (geteuid () != 0)
    {
      scratch_free (root);
      cr_skip_test ("needs root, to become somebody else");
    }
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_strconcat (root, "/", names[i], NULL);

      scratch_mkdir ("%s", path);
      scratch_mkdir ("%s/below", path);
      scratch_file ("%s/file", path);
      cr_assert_eq (chmod (path, modes[i]), 0);
    }
  for (guint no_openat2 = 0; no_openat2 < 2; no_openat2++)
    {
      e13_posix_force_no_openat2 (no_openat2 != 0);
      cr_expect_eq (scratch_as (65534, 65534, walk_as_nobody, root), 0, "no openat2: %u", no_openat2);
    }
  scratch_free (root);
}

static gint64
atime_of (const char *path)
{
  struct stat st;

  cr_assert_eq (lstat (path, &st), 0);
  return st.st_atim.tv_sec;
}

Test (walk, leaves_access_times_alone)
{
  static const struct timespec long_ago[2] = { { 1000, 0 }, { 2000, 0 } };
  char *root = scratch_new ();
  g_autofree char *walked = g_strconcat (root, "/walked", NULL);
  g_autofree char *below = g_strconcat (root, "/walked/below", NULL);
  g_autofree char *control = g_strconcat (root, "/control", NULL);
  g_autoptr (GDir) read_control = NULL;
  gint64 after;
  Record record;

  record_init (&record);
  scratch_mkdir ("%s", walked);
  scratch_mkdir ("%s", below);
  scratch_file ("%s/file", below);
  scratch_mkdir ("%s", control);
  cr_assert (utimensat (AT_FDCWD, walked, long_ago, 0) == 0 && utimensat (AT_FDCWD, below, long_ago, 0) == 0
             && utimensat (AT_FDCWD, control, long_ago, 0) == 0);
  record_walk (&record, walked, &(E13WalkOptions){ .n_threads = 1 });
  after = MAX (atime_of (walked), atime_of (below));

  read_control = g_dir_open (control, 0, NULL);
  while (g_dir_read_name (read_control) != NULL)
    ;
  if (atime_of (control) == 1000)
    {
      scratch_free (root);
      cr_skip_test ("this file system never moves access times");
    }
  cr_expect_eq (after, 1000, "the access time moved to %" G_GINT64_FORMAT, after);
  record_clear (&record);
  scratch_free (root);
}
