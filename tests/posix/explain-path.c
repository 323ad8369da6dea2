/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* explain against the deed: over random directories, files, links, sticky bits and flags, what it says of every right
 * must be what happens when a process of that identity then reads, writes, runs, creates and takes away. */

#include "config.h"

#include <acl/libacl.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <linux/fs.h>
#include <sched.h>
#include <stdio.h>
#include <sys/acl.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <criterion/criterion.h>

#include "base/fd.h"
#include "explain/path.h"
#include "tests/support/acl-text.h"

TestSuite (explain_path_posix, .timeout = 120);

#define N_DIRECTORIES 60

static const char *const identities[] = { "4000:4100", "4033:4033", "4033:4033,4100", "0:0+" };
static const uid_t owners[] = { 0, 4000, 4033 };
static const gid_t groups[] = { 0, 4100 };
static const char *const named_entries[] = { "u:4033:rwx", "u:4033:---", "u:4000:r-x", "g:4100:-wx", "u:7:rwx" };

typedef struct
{
  guint seed;
  GRand *random;
  char *root;
} Tree;

static guint
pick (Tree *tree, guint n)
{
  return (guint)g_rand_int_range (tree->random, 0, (gint32)n);
}

static void
set_flags (const char *path, int flags)
{
  e13_autofd int fd = open (path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);

  if (fd >= 0) /* a file system without flags has fewer cases */
    ioctl (fd, FS_IOC_SETFLAGS, &flags);
}

static void
set_random_acl (Tree *tree, const char *path, guint mode)
{
  g_autofree char *text
      = g_strdup_printf ("u::%s,g::%s,o::%s,m::%s,%s", e13_rights_to_text (mode >> 6),
                         e13_rights_to_text (pick (tree, 8)), e13_rights_to_text (mode), e13_rights_to_text (mode >> 3),
                         named_entries[pick (tree, G_N_ELEMENTS (named_entries))]);
  acl_t acl = acl_from_text (text);

  cr_assert_not_null (acl, "%s", text);
  if (acl_set_file (path, ACL_TYPE_ACCESS, acl) != 0)
    cr_assert_eq (errno, EOPNOTSUPP);
  acl_free (acl);
}

/* Directories mostly let in, or little else would be seen. */
static void
set_random_permissions (Tree *tree, const char *path, gboolean directory)
{
  guint mode = pick (tree, 01000) | (directory && pick (tree, 4) > 0 ? 0111 : 0);
  guint chance = pick (tree, 12);

  cr_assert_eq (chown (path, owners[pick (tree, G_N_ELEMENTS (owners))], groups[pick (tree, G_N_ELEMENTS (groups))]),
                0);
  cr_assert_eq (chmod (path, mode | (directory && pick (tree, 3) == 0 ? 01000 : 0)), 0);
  if (pick (tree, 2) == 0)
    set_random_acl (tree, path, mode);
  if (chance == 0)
    set_flags (path, FS_IMMUTABLE_FL);
  else if (chance == 1)
    set_flags (path, FS_APPEND_FL);
}

static char *
path_of (const Tree *tree, const char *kind, guint i, const char *name)
{
  return g_strdup_printf ("%s/%s%u/%s", tree->root, kind, i, name);
}

static void
make_directory (Tree *tree, guint i)
{
  g_autofree char *directory = path_of (tree, "d", i, "");
  g_autofree char *file = path_of (tree, "d", i, "file");
  g_autofree char *link = g_strdup_printf ("%s/l%u", tree->root, i);
  g_autofree char *target = g_strdup_printf ("d%u", i);

  cr_assert_eq (mkdir (directory, 0700), 0);
  cr_assert_eq (mknod (file, S_IFREG | 0600, 0), 0);
  cr_assert_eq (symlink (target, link), 0);
  set_random_permissions (tree, file, FALSE);
  set_random_permissions (tree, directory, TRUE);
}

/* ---- The deeds ------------------------------------------------------------------------------- */

static void
become (const E13Identity *identity)
{
  gid_t list[8];

  for (gsize i = 0; i < identity->groups.n_gids; i++)
    list[i] = identity->groups.gids[i];
  if (setgroups (identity->groups.n_gids, list) != 0 || setresgid (identity->gid, identity->gid, identity->gid) != 0
      || setresuid (identity->uid, identity->uid, identity->uid) != 0)
    _exit (255);
}

static int
error_of (int result)
{
  return result >= 0 ? 0 : errno;
}

/* In the child. Taking a name away is tried by renaming, which asks for the same and can be undone. */
static int
do_it (const char *path, const char *other_path, E13Want want)
{
  char *const no_strings[] = { NULL };

  switch (want)
    {
    case E13_WANT_READ:
      return error_of (open (path, O_RDONLY | O_CLOEXEC));
    case E13_WANT_WRITE:
      return error_of (open (path, O_WRONLY | O_CLOEXEC));
    case E13_WANT_RUN:
      execve (path, no_strings, no_strings);
      return errno == ENOEXEC ? 0 : errno;
    case E13_WANT_CREATE:
      return error_of (open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
    case E13_WANT_DELETE:
      return error_of (rename (path, other_path));
    default: /* a mask is for accounts of Windows */
      return 255;
    }
}

/* As root, on directories whose flags may keep even root from it. */
static void
take_back (const Tree *tree, guint i, const char *path, const char *other_path, E13Want want)
{
  g_autofree char *directory = path_of (tree, "d", i, "");
  e13_autofd int fd = open (directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  int none = 0;
  int flags = 0;

  ioctl (fd, FS_IOC_GETFLAGS, &flags);
  if (flags != 0)
    ioctl (fd, FS_IOC_SETFLAGS, &none);
  if (want == E13_WANT_CREATE)
    cr_assert_eq (unlink (path), 0);
  else if (want == E13_WANT_DELETE)
    cr_assert_eq (rename (other_path, path), 0);
  if (flags != 0)
    ioctl (fd, FS_IOC_SETFLAGS, &flags);
}

static int
try_it (const Tree *tree, guint i, const char *path, const E13Identity *identity, E13Want want)
{
  g_autofree char *other_path = path_of (tree, "d", i, "renamed");
  pid_t child = fork ();
  int status;

  cr_assert_geq (child, 0);
  if (child == 0)
    {
      become (identity);
      _exit (do_it (path, other_path, want));
    }
  cr_assert_eq (waitpid (child, &status, 0), child);
  cr_assert (WIFEXITED (status) && WEXITSTATUS (status) != 255, "the child of %u failed", identity->uid);
  if (status == 0)
    take_back (tree, i, path, other_path, want);
  return WEXITSTATUS (status);
}

/* ---- Comparing ------------------------------------------------------------------------------- */

static const char *
last_reason (const E13Explanation *explanation)
{
  return ((const E13Link *)g_ptr_array_index (explanation->chain, explanation->chain->len - 1))->because;
}

static void
compare (const Tree *tree, guint i, const char *kind, const char *who, E13Want want)
{
  g_autoptr (E13Identity) identity = test_identity (who);
  g_autofree char *path = path_of (tree, kind, i, want == E13_WANT_CREATE ? "new" : "file");
  const E13Wanted wanted = { want, 0 };
  g_autofree char *word = e13_wanted_name (&wanted);
  int done = try_it (tree, i, path, identity, want);

  for (gboolean ask_kernel = FALSE; ask_kernel <= TRUE; ask_kernel++)
    {
      g_autoptr (GError) error = NULL;
      const E13Asker asker = { .ops = &e13_posix_read, .identity = identity, .ask_kernel = ask_kernel };
      g_autoptr (E13Explanation) explanation = e13_explain_path (&asker, path, &wanted, &error);

      cr_assert_not_null (explanation, "%s: %s", path, error != NULL ? error->message : "no error");
      cr_expect_eq (explanation->judge == E13_JUDGE_MODEL, !ask_kernel, "%s: judge is %d", path, explanation->judge);
      cr_expect_eq (explanation->granted, done == 0 ? E13_ANSWER_YES : E13_ANSWER_NO,
                    "seed %u: %s of %s by %s: said %d by the %s (%s), but it happens: %s", tree->seed, word, path, who,
                    explanation->granted, ask_kernel ? "kernel" : "model", last_reason (explanation),
                    g_strerror (done));
    }
}

Test (explain_path_posix, it_happens_as_explained)
{
  const char *given = g_getenv ("E13_SEED");
  Tree tree = { .seed = given != NULL ? (guint)g_ascii_strtoull (given, NULL, 10) : g_random_int () };

  if (geteuid () != 0)
    cr_skip_test ("only root can act for other identities");
  if (unshare (CLONE_NEWNS) != 0 || mount (NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0)
    cr_skip_test ("no private mounts here");
  cr_log_info ("E13_SEED=%u", tree.seed);
  tree.random = g_rand_new_with_seed (tree.seed);
  tree.root = g_dir_make_tmp ("errno13-XXXXXX", NULL);
  cr_assert_not_null (tree.root);
  cr_assert_eq (mount ("tmpfs", tree.root, "tmpfs", 0, "size=4m,mode=755"), 0);

  for (guint i = 0; i < N_DIRECTORIES; i++)
    make_directory (&tree, i);
  for (guint i = 0; i < N_DIRECTORIES; i++)
    for (gsize k = 0; k < G_N_ELEMENTS (identities); k++)
      for (E13Want want = E13_WANT_READ; want <= E13_WANT_DELETE; want++)
        compare (&tree, i, i % 3 == 0 ? "l" : "d", identities[k], want);

  umount2 (tree.root, MNT_DETACH);
  rmdir (tree.root);
  g_free (tree.root);
  g_rand_free (tree.random);
}
