/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <string.h>
#include <sys/acl.h>
#include <sys/fsuid.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/error.h"
#include "platform/platform.h"
#include "tests/posix/scratch.h"

TestSuite (ask, .timeout = 120);

static const E13ReadOps *const ops = &e13_posix_read;

static void
skip_unless_we_can_ask (void)
{
  g_autoptr (GError) error = NULL;

  if (!ops->can_ask (&error))
    cr_skip_test ("%s", error->message);
}

/* ---- A tree of every mode, owner and ACL that matters ---------------------------------------- */

static const mode_t modes[] = { 0000, 0400, 0040, 0004, 0604, 0640, 0066, 0111, 0711, 0755, 0770, 0707, 0077 };
static const struct
{
  uid_t uid;
  gid_t gid;
} owners[] = { { 0, 0 }, { 4001, 4101 }, { 4002, 4102 }, { 4001, 4103 } };
static const char *const acls[] = {
  NULL,
  "u::rw-,u:4001:rwx,g::---,m::rwx,o::---",
  "u::rw-,u:4001:---,g::rwx,m::rwx,o::rwx",
  "u::rw-,u:4001:rwx,g::r--,m::--x,o::rw-",
  "u::rw-,g::---,g:4103:r-x,m::rwx,o::rwx",
  "u::rw-,g::r--,g:4103:-w-,m::rwx,o::r--",
  "u::rw-,u:4001:rwx,g::---,m::---,o::r--",
};

static void
set_acl (const char *path, const char *text)
{
  acl_t acl = acl_from_text (text);

  cr_assert_not_null (acl, "%s", text);
  cr_assert_eq (acl_set_file (path, ACL_TYPE_ACCESS, acl), 0, "%s", text);
  acl_free (acl);
}

/* A file or directory for each combination. */
static void
fill (const char *directory)
{
  for (gsize m = 0; m < G_N_ELEMENTS (modes); m++)
    for (gsize o = 0; o < G_N_ELEMENTS (owners); o++)
      for (gsize a = 0; a < G_N_ELEMENTS (acls); a++)
        {
          g_autofree char *path = g_strdup_printf ("%s/%03o-%u.%u-%u", directory, (guint)modes[m], (guint)owners[o].uid,
                                                   (guint)owners[o].gid, (guint)a);

          /* An ACL brings its own mode: once is enough. */
          if (acls[a] != NULL && m > 0)
            continue;
          if ((m + o + a) % 3 == 0)
            scratch_mkdir ("%s", path);
          else
            scratch_file ("%s", path);
          cr_assert (chown (path, owners[o].uid, owners[o].gid) == 0 && chmod (path, modes[m]) == 0);
          if (acls[a] != NULL)
            set_acl (path, acls[a]);
        }
}

static const guint32 some_groups[] = { 4102, 4103 };
static const struct
{
  const char *label;
  guint32 uid, gid;
  gsize n_groups;
} people[] = {
  { "owner, in two groups", 4001, 4101, 2 },
  { "owner, in none", 4001, 4999, 0 },
  { "second owner, in one group", 4002, 4999, 1 },
  { "stranger in groups", 4003, 4103, 1 },
  { "nobody", 65534, 65534, 0 },
};

/* ---- What really happens --------------------------------------------------------------------- */

/* As somebody else for good: does the kernel let us? Directories are asked by access(2), for nobody opens them for
 * writing. */
static guint8
really_granted (int dirfd, const char *name, gboolean directory)
{
  static const struct
  {
    E13Rights right;
    int flags;
  } ways[] = { { E13_RIGHT_READ, O_RDONLY }, { E13_RIGHT_WRITE, O_WRONLY } };
  guint8 granted = faccessat (dirfd, name, X_OK, AT_SYMLINK_NOFOLLOW) == 0 ? E13_RIGHT_EXECUTE : 0;

  for (gsize i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      int fd = directory && ways[i].right == E13_RIGHT_WRITE
                   ? (faccessat (dirfd, name, W_OK, 0) == 0 ? dup (0) : -1)
                   : openat (dirfd, name, ways[i].flags | O_NOFOLLOW | O_CLOEXEC);

      if (fd >= 0)
        {
          granted |= ways[i].right;
          close (fd);
        }
    }
  return granted;
}

static void
become_for_good (const E13Identity *identity)
{
  if (setgroups (identity->groups.n_gids, identity->groups.gids) != 0
      || setresgid (identity->gid, identity->gid, identity->gid) != 0
      || setresuid (identity->uid, identity->uid, identity->uid) != 0)
    _exit (1);
}

/* The answers of a forked process for @names, in their order. Free with g_free(). */
static guint8 *
ask_a_child (const char *directory, const GPtrArray *names, const E13Identity *identity)
{
  guint8 *granted = g_malloc0 (names->len);
  int dirfd = open (directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  int ends[2], status;
  pid_t child;

  cr_assert (dirfd >= 0 && pipe (ends) == 0);
  child = fork ();
  if (child == 0)
    {
      become_for_good (identity);
      for (guint i = 0; i < names->len; i++)
        {
          const char *name = g_ptr_array_index (names, i);
          struct stat st;

          if (fstatat (dirfd, name, &st, AT_SYMLINK_NOFOLLOW) != 0)
            _exit (2);
          granted[i] = really_granted (dirfd, name, S_ISDIR (st.st_mode));
        }
      _exit (write (ends[1], granted, names->len) == (gssize)names->len ? 0 : 3);
    }
  close (ends[1]);
  for (gsize got = 0; got < names->len;)
    {
      gssize n = read (ends[0], granted + got, names->len - got);

      cr_assert_gt (n, 0, "the child did not answer");
      got += (gsize)n;
    }
  cr_assert (waitpid (child, &status, 0) == child && status == 0, "the child ended with status %x", (guint)status);
  close (ends[0]);
  close (dirfd);
  return granted;
}

/* ---- Comparing ------------------------------------------------------------------------------- */

typedef struct
{
  const E13Identity *identity;
  GMutex lock;
  GHashTable *granted; /* name → rights + 1 */
  guint n_unknown;
  guint n_not_restored;
} Asked;

/* Within a visit the groups of the guise may be kept; the user id never. */
static gboolean
has_own_fsuid (void)
{
  return (uid_t)setfsuid ((uid_t)-1) == geteuid ();
}

static void
note_answer (Asked *asked, const char *name, const E13Answer *answer)
{
  asked->n_unknown += answer->unknown;
  g_hash_table_replace (asked->granted, g_strdup (name), GUINT_TO_POINTER (answer->granted + 1));
}

static void
ask_all (const E13Batch *batch, gpointer data)
{
  Asked *asked = data;
  g_autofree E13Rights *want = g_new (E13Rights, batch->n_entries + 1);
  g_autofree E13Answer *answers = g_new (E13Answer, batch->n_entries + 1);
  E13Answer directory;

  for (gsize i = 0; i < batch->n_entries; i++)
    want[i] = E13_RIGHTS_ALL;
  ops->ask_batch (batch, asked->identity, batch->first ? E13_RIGHTS_ALL : 0, &directory, want, answers);

  g_mutex_lock (&asked->lock);
  asked->n_not_restored += !has_own_fsuid ();
  if (batch->first)
    note_answer (asked, batch->dir->path, &directory);
  for (gsize i = 0; i < batch->n_entries; i++)
    note_answer (asked, batch->entries[i].name, &answers[i]);
  g_mutex_unlock (&asked->lock);
}

static void
walk_and_ask (const char *root, Asked *asked)
{
  E13Tree *tree = ops->open_tree (root, NULL);
  gid_t before[64], after[64];
  int n_before = getgroups (64, before), n_after;

  asked->granted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_mutex_init (&asked->lock);
  cr_assert (ops->walk (tree, &(E13WalkOptions){ .n_threads = 2 }, &(E13Visitor){ .visit = ask_all }, asked, NULL));
  ops->close_tree (tree);

  n_after = getgroups (64, after);
  cr_expect (n_before == n_after && (n_before <= 0 || memcmp (before, after, (gsize)n_before * sizeof *before) == 0),
             "the walk left its thread in other groups");
  cr_expect_eq ((gid_t)setfsgid ((gid_t)-1), getegid (), "the walk left its thread in another group");
}

static void
asked_clear (Asked *asked)
{
  g_hash_table_unref (asked->granted);
  g_mutex_clear (&asked->lock);
}

static void
compare (const char *label, const char *root, const E13Identity *identity)
{
  g_autoptr (GPtrArray) names = scratch_find (root);
  g_autofree guint8 *real = NULL;
  Asked asked = { .identity = identity };

  g_ptr_array_remove_index (names, 0);
  cr_assert_gt (names->len, 70);
  real = ask_a_child (root, names, identity);
  walk_and_ask (root, &asked);
  for (guint i = 0; i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);
      guint got = GPOINTER_TO_UINT (g_hash_table_lookup (asked.granted, name));

      cr_expect_eq (got, real[i] + 1u, "%s, %s: really %s, answered %s", label, name, e13_rights_to_text (real[i]),
                    e13_rights_to_text (got - 1));
    }
  cr_expect_eq (asked.n_unknown, 0, "%s", label);
  cr_expect_eq (asked.n_not_restored, 0, "%s: the thread remained somebody else", label);
  asked_clear (&asked);
}

Test (ask, answers_as_it_really_happens)
{
  char *root;

  skip_unless_we_can_ask ();
  root = scratch_new ();
  fill (root);
  for (gsize i = 0; i < G_N_ELEMENTS (people); i++)
    {
      g_autoptr (E13Identity) identity
          = e13_identity_new (NULL, people[i].uid, people[i].gid, some_groups, people[i].n_groups, "test");

      compare (people[i].label, root, identity);
    }
  scratch_free (root);
}

/* A closed directory hides nothing: the answers are those that the same objects give in an open one. */
Test (ask, judges_each_inode_behind_a_closed_directory)
{
  g_autoptr (E13Identity) identity = e13_identity_new (NULL, 4001, 4101, some_groups, 2, "test");
  Asked open_asked = { .identity = identity };
  Asked closed_asked = { .identity = identity };
  GHashTableIter iter;
  gpointer name, granted;
  char *root;

  skip_unless_we_can_ask ();
  root = scratch_new ();
  fill (root);
  walk_and_ask (root, &open_asked);
  cr_assert_eq (chmod (root, 0700), 0);
  walk_and_ask (root, &closed_asked);

  cr_expect_eq (GPOINTER_TO_UINT (g_hash_table_lookup (open_asked.granted, "")), 1 + 5);
  cr_expect_eq (GPOINTER_TO_UINT (g_hash_table_lookup (closed_asked.granted, "")), 1 + 0);
  g_hash_table_remove (open_asked.granted, "");
  cr_expect_eq (closed_asked.n_unknown, 0);
  g_hash_table_iter_init (&iter, open_asked.granted);
  while (g_hash_table_iter_next (&iter, &name, &granted))
    cr_expect_eq (g_hash_table_lookup (closed_asked.granted, name), granted, "%s", (const char *)name);
  asked_clear (&open_asked);
  asked_clear (&closed_asked);
  scratch_free (root);
}

/* ---- One object ------------------------------------------------------------------------------ */

static E13Answer
ask_for (const char *path, const E13Identity *identity, E13Rights want)
{
  E13Tree *tree = ops->open_tree ("/", NULL);
  g_autoptr (GError) error = NULL;
  E13Pin *pin = ops->pin (tree, path, &error);
  E13Answer answer;

  cr_assert_not_null (pin, "%s", error != NULL ? error->message : "");
  answer = ops->ask (pin, identity, want);
  ops->unpin (pin);
  ops->close_tree (tree);
  return answer;
}

Test (ask, gives_each_bit_its_own_answer_and_the_thread_itself_back)
{
  g_autoptr (E13Identity) identity = e13_identity_new (NULL, 4001, 4101, some_groups, 2, "test");
  g_autofree char *path = NULL;
  gid_t before[64], after[64];
  int n_before, n_after;
  E13Answer answer;
  char *root;

  skip_unless_we_can_ask ();
  root = scratch_new ();
  path = g_strconcat (root, "/file", NULL);
  scratch_file ("%s", path);
  n_before = getgroups (64, before);
  answer = ask_for (path, identity, E13_RIGHTS_ALL);
  n_after = getgroups (64, after);

  cr_expect (answer.granted == E13_RIGHT_READ && answer.error == EACCES && !answer.unknown);
  cr_expect_eq ((uid_t)setfsuid ((uid_t)-1), 0);
  cr_expect_eq ((gid_t)setfsgid ((gid_t)-1), getegid ());
  cr_expect (n_before == n_after && (n_before <= 0 || memcmp (before, after, (gsize)n_before * sizeof *before) == 0));
  cr_expect_eq (getuid (), 0);
  answer = ask_for (path, identity, E13_RIGHT_READ);
  cr_expect (answer.granted == E13_RIGHT_READ && answer.error == 0);
  scratch_free (root);
}

Test (ask, tells_a_read_only_mount_from_a_mode)
{
  g_autoptr (E13Identity) identity = e13_identity_new (NULL, 4001, 4101, NULL, 0, "test");
  g_autofree char *path = NULL;
  E13Answer answer;
  char *root;

  skip_unless_we_can_ask ();
  if (!scratch_private_mounts ())
    cr_skip_test ("mounting is not allowed here");
  root = scratch_new ();
  path = g_strconcat (root, "/file", NULL);
  cr_assert_eq (mount ("none", root, "tmpfs", 0, NULL), 0);
  scratch_file ("%s", path);
  cr_assert_eq (chmod (path, 0666), 0);
  cr_assert_eq (mount ("none", root, "tmpfs", MS_REMOUNT | MS_RDONLY, NULL), 0);
  answer = ask_for (path, identity, E13_RIGHT_READ | E13_RIGHT_WRITE);
  cr_expect (answer.granted == E13_RIGHT_READ && answer.error == EROFS && !answer.unknown, "granted %s: %s",
             e13_rights_to_text (answer.granted), strerror (answer.error));
  scratch_free (root);
}

Test (ask, knows_whom_it_cannot_play)
{
  g_autoptr (E13Identity) powerless_root = e13_identity_new ("root", 0, 0, NULL, 0, "test");
  g_autoptr (E13Identity) root_identity = e13_identity_new ("root", 0, 0, NULL, 0, "test");
  g_autofree char *path = NULL;
  E13Answer answer;
  char *root;

  skip_unless_we_can_ask ();
  root = scratch_new ();
  path = g_strconcat (root, "/file", NULL);
  scratch_file ("%s", path);
  cr_assert_eq (chmod (path, 0000), 0);

  answer = ask_for (path, powerless_root, E13_RIGHT_READ);
  cr_expect (answer.unknown && answer.error == ENOSYS && answer.granted == 0);
  root_identity->overrides_dac = TRUE;
  answer = ask_for (path, root_identity, E13_RIGHT_READ | E13_RIGHT_WRITE);
  cr_expect (!answer.unknown && answer.granted == (E13_RIGHT_READ | E13_RIGHT_WRITE));
  scratch_free (root);
}

static int
ask_as_nobody (gpointer data)
{
  const char *path = data;
  g_autoptr (E13Identity) self = e13_identity_new (NULL, 65534, 65534, NULL, 0, "test");
  g_autoptr (E13Identity) other = e13_identity_new (NULL, 4001, 4101, NULL, 0, "test");
  g_autoptr (GError) error = NULL;
  E13Answer answer = ask_for (path, self, E13_RIGHT_READ | E13_RIGHT_WRITE);
  int wrong = 0;

  wrong |= answer.unknown || answer.granted != E13_RIGHT_READ || answer.error != EACCES ? 1 : 0;
  answer = ask_for (path, other, E13_RIGHT_READ);
  wrong |= !answer.unknown || answer.error != EPERM ? 2 : 0;
  wrong |= ops->can_ask (&error) || error == NULL ? 4 : 0;
  return wrong;
}

Test (ask, a_user_can_be_asked_for_himself)
{
  g_autofree char *path = NULL;
  char *root;

  skip_unless_we_can_ask ();
  root = scratch_new ();
  path = g_strconcat (root, "/file", NULL);
  scratch_file ("%s", path);
  cr_expect_eq (scratch_as (65534, 65534, ask_as_nobody, path), 0);
  scratch_free (root);
}
