/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The kernel as the oracle: over random modes, owners and ACLs the model must say for every identity and every right
 * what faccessat2(2) says when a process with just that identity asks, and what open(2), execve(2) and a lookup then
 * do. */

#include "config.h"

#include <acl/libacl.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <sys/acl.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include <criterion/criterion.h>

#include "access/least.h"
#include "base/fd.h"
#include "tests/support/acl-text.h"

TestSuite (access_kernel, .timeout = 120);

#define N_OBJECTS 240
#define N_WANTS 8
#define ANSWERS_SIZE (N_OBJECTS * sizeof (Answers))

/* No number here needs an account. 7, 9, 100 and 4100 own objects as groups, the users do by their numbers. */
static const char *const identities[] = {
  "4000:4100",    "4000:5",    "4033:4033",      "4033:100", "4033:4033,7", "4033:4033,7,9",
  "4033:7,100,9", "4034:4034", "4034:4034,4100", "4099:100", "4099:4099",   "0:0+",
};

static const guint32 owners[] = { 0, 4000, 4033, 4034 };
static const guint32 groups[] = { 0, 7, 100, 4100 };

typedef struct
{
  char name[16];
  E13Facts facts;
} Object;

typedef struct
{
  guint seed;
  GRand *random;
  char *root;
  int root_fd;
  Object objects[N_OBJECTS];
} Tree;

/* What the kernel said of one object: 0 or errno for every combination of rights, and for really doing it. */
typedef struct
{
  guint8 asked[N_WANTS];
  guint8 done[N_WANTS];
} Answers;

/* ---- The tree -------------------------------------------------------------------------------- */

static guint
pick (Tree *tree, guint n)
{
  return (guint)g_rand_int_range (tree->random, 0, (gint32)n);
}

static char *
random_acl_text (Tree *tree)
{
  static const char *const named[] = { "u:4033", "u:4034", "u:4000", "g:7", "g:9", "g:100", "g:4033" };
  GString *text = g_string_new (NULL);

  g_string_printf (text, "u::%s,g::%s,o::%s,m::%s", e13_rights_to_text (pick (tree, 8)),
                   e13_rights_to_text (pick (tree, 8)), e13_rights_to_text (pick (tree, 8)),
                   e13_rights_to_text (pick (tree, 4) == 0 ? 0 : pick (tree, 8)));
  for (gsize i = 0; i < G_N_ELEMENTS (named); i++)
    if (pick (tree, 2) == 0)
      g_string_append_printf (text, ",%s:%s", named[i], e13_rights_to_text (pick (tree, 8)));
  return g_string_free (text, FALSE);
}

/* FALSE where the file system has no ACLs. */
static gboolean
set_random_permissions (Tree *tree, const char *path)
{
  guint32 mode = pick (tree, 01000);

  if (pick (tree, 4) > 0)
    {
      g_autofree char *text = random_acl_text (tree);
      acl_t acl = acl_from_text (text);
      int status;

      cr_assert_not_null (acl, "seed %u: %s: %s", tree->seed, text, g_strerror (errno));
      status = acl_set_file (path, ACL_TYPE_ACCESS, acl);
      acl_free (acl);
      if (status != 0 && errno == EOPNOTSUPP)
        return FALSE;
      cr_assert_eq (status, 0, "seed %u: %s: %s", tree->seed, text, g_strerror (errno));
      if (pick (tree, 3) > 0)
        return TRUE;
    }
  /* On an extended ACL this sets the mask: the commonest way to kill a grant. */
  cr_assert_eq (chmod (path, mode), 0);
  return TRUE;
}

/* The facts as the file system has them, not as they were meant. */
static void
read_facts (Object *object, const char *path)
{
  acl_t acl = acl_get_file (path, ACL_TYPE_ACCESS);
  char *text = acl_to_any_text (acl, NULL, ',', TEXT_ABBREVIATE | TEXT_NUMERIC_IDS);
  struct stat status;

  cr_assert_not_null (text, "cannot read the ACL of %s: %s", path, g_strerror (errno));
  cr_assert_eq (lstat (path, &status), 0);
  object->facts = (E13Facts){ .type = S_ISDIR (status.st_mode) ? E13_TYPE_DIRECTORY : E13_TYPE_FILE,
                              .mode = status.st_mode & 07777,
                              .uid = status.st_uid,
                              .gid = status.st_gid,
                              .acl_state = E13_ACL_READ,
                              .access = test_acl (text) };
  cr_assert_eq (e13_acl_to_mode (object->facts.access), object->facts.mode & 0777, "%s: mode %04o, ACL %s", path,
                object->facts.mode, text);
  acl_free (text);
  acl_free (acl);
}

static gboolean
make_object (Tree *tree, Object *object, guint index)
{
  g_autofree char *path = NULL;
  gboolean directory = index % 2 == 0;

  g_snprintf (object->name, sizeof object->name, "%u", index);
  path = g_build_filename (tree->root, object->name, NULL);
  if (directory)
    cr_assert_eq (mkdir (path, 0700), 0);
  else
    cr_assert_eq (mknod (path, S_IFREG | 0600, 0), 0);
  cr_assert_eq (chown (path, owners[pick (tree, G_N_ELEMENTS (owners))], groups[pick (tree, G_N_ELEMENTS (groups))]),
                0);
  if (!set_random_permissions (tree, path))
    return FALSE;
  read_facts (object, path);
  return TRUE;
}

static void
tree_begin (Tree *tree)
{
  const char *given = g_getenv ("E13_SEED");

  tree->seed = given != NULL ? (guint)g_ascii_strtoull (given, NULL, 10) : g_random_int ();
  tree->random = g_rand_new_with_seed (tree->seed);
  tree->root = g_dir_make_tmp ("errno13-XXXXXX", NULL);
  cr_assert_not_null (tree->root);
  cr_log_info ("E13_SEED=%u", tree->seed);
}

/* FALSE where the file system has no ACLs. */
static gboolean
tree_fill (Tree *tree)
{
  cr_assert_eq (chmod (tree->root, 0755), 0);
  tree->root_fd = open (tree->root, O_PATH | O_DIRECTORY | O_CLOEXEC);
  cr_assert_geq (tree->root_fd, 0);
  for (guint i = 0; i < N_OBJECTS; i++)
    if (!make_object (tree, &tree->objects[i], i))
      return FALSE;
  return TRUE;
}

static void
tree_end (Tree *tree)
{
  for (guint i = 0; i < N_OBJECTS; i++)
    {
      if (tree->objects[i].name[0] != '\0')
        unlinkat (tree->root_fd, tree->objects[i].name, i % 2 == 0 ? AT_REMOVEDIR : 0);
      e13_facts_clear (&tree->objects[i].facts);
    }
  e13_close_fd (&tree->root_fd);
  umount2 (tree->root, MNT_DETACH);
  rmdir (tree->root);
  g_free (tree->root);
  g_rand_free (tree->random);
}

/* ---- Asking, in a child that is the identity ------------------------------------------------- */

static void
become (const E13Identity *identity)
{
  gid_t list[16];

  for (gsize i = 0; i < identity->groups.n_gids; i++)
    list[i] = identity->groups.gids[i];
  if (setgroups (identity->groups.n_gids, list) != 0 || setresgid (identity->gid, identity->gid, identity->gid) != 0
      || setresuid (identity->uid, identity->uid, identity->uid) != 0)
    _exit (2);
}

static int
close_or_errno (int fd)
{
  if (fd < 0)
    return errno;
  close (fd);
  return 0;
}

/* Really does what @want permits, or says why not. Only what nothing is changed by. */
static int
do_it (const Tree *tree, const Object *object, E13Rights want)
{
  static const int flags[N_WANTS] = { [R] = O_RDONLY, [W] = O_WRONLY, [R | W] = O_RDWR };
  g_autofree char *inside = g_build_filename (object->name, ".", NULL);
  char *const no_strings[] = { NULL };
  struct stat status;

  if (object->facts.type == E13_TYPE_DIRECTORY && want == R)
    return close_or_errno (openat (tree->root_fd, object->name, O_RDONLY | O_DIRECTORY));
  if (object->facts.type == E13_TYPE_DIRECTORY && want == X)
    return fstatat (tree->root_fd, inside, &status, 0) == 0 ? 0 : errno;
  if (object->facts.type == E13_TYPE_FILE && (want & X) == 0)
    return close_or_errno (openat (tree->root_fd, object->name, flags[want]));
  if (object->facts.type == E13_TYPE_FILE && want == X)
    {
      execveat (tree->root_fd, object->name, no_strings, no_strings, 0);
      return errno == ENOEXEC ? 0 : errno; /* an empty file is no program, but that is asked later */
    }
  return -1;
}

static void
ask_all (const Tree *tree, Answers *answers)
{
  for (guint i = 0; i < N_OBJECTS; i++)
    for (guint want = 1; want < N_WANTS; want++)
      {
        const Object *object = &tree->objects[i];
        int done = do_it (tree, object, want);
        long asked = syscall (SYS_faccessat2, tree->root_fd, object->name, want, AT_EACCESS | AT_SYMLINK_NOFOLLOW);

        answers[i].asked[want] = asked == 0 ? 0 : (guint8)errno;
        answers[i].done[want] = done < 0 ? answers[i].asked[want] : (guint8)done;
      }
}

/* ---- Comparing ------------------------------------------------------------------------------- */

static E13Rights
each_alone (const Answers *answers)
{
  return (answers->asked[R] == 0 ? R : 0) | (answers->asked[W] == 0 ? W : 0) | (answers->asked[X] == 0 ? X : 0);
}

static void
compare (const Object *object, const E13Identity *identity, const Answers *answers, const char *label)
{
  E13Rights alone = each_alone (answers);
  E13Rights surely, surely_not;

  for (E13Rights want = 1; want <= E13_RIGHTS_ALL; want++)
    {
      E13Verdict verdict = e13_posix_judge (&object->facts, identity, want);
      const char *wanted = e13_rights_to_text (want);
      gboolean allowed = answers->asked[want] == 0;

      cr_expect (answers->asked[want] == 0 || answers->asked[want] == EACCES, "%s: %s: %s", label, wanted,
                 g_strerror (answers->asked[want]));
      cr_expect_eq (answers->done[want], answers->asked[want], "%s: %s: doing it and asking differ: %s", label, wanted,
                    g_strerror (answers->done[want]));
      cr_expect_eq (verdict.granted == want, allowed, "%s: %s: the model grants %s, the kernel %s", label, wanted,
                    e13_rights_to_text (verdict.granted), allowed ? "does" : "does not");
      if (!allowed && !verdict.split)
        cr_expect_eq (verdict.granted, want & alone, "%s: %s: of it the model grants %s, the kernel %s", label, wanted,
                      e13_rights_to_text (verdict.granted), e13_rights_to_text (want & alone));
    }
  cr_expect_eq (e13_posix_rights_now (&object->facts, identity), alone, "%s: rights now", label);
  e13_posix_bounds (&object->facts, identity, E13_RIGHTS_ALL, &surely, &surely_not);
  cr_expect_eq (surely & ~alone, 0, "%s: said to be surely granted: %s", label, e13_rights_to_text (surely));
  cr_expect_eq (surely_not & alone, 0, "%s: said to be surely denied: %s", label, e13_rights_to_text (surely_not));
}

/* The answers for each object, by a child that is @who. Free with munmap(), or never. */
static Answers *
ask_as (const Tree *tree, const char *who)
{
  g_autoptr (E13Identity) identity = test_identity (who);
  Answers *answers = mmap (NULL, ANSWERS_SIZE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  int status;
  pid_t child;

  cr_assert_neq (answers, MAP_FAILED);
  child = fork ();
  cr_assert_geq (child, 0);
  if (child == 0)
    {
      become (identity);
      ask_all (tree, answers);
      _exit (0);
    }
  cr_assert_eq (waitpid (child, &status, 0), child);
  cr_assert_eq (status, 0, "the child that was to be %s failed", who);
  return answers;
}

static char *
object_label (const Tree *tree, const Object *object, const char *who)
{
  g_autofree char *acl = e13_acl_to_text (object->facts.access);

  return g_strdup_printf ("seed %u: %s asks %s %u:%u %s", tree->seed, who, e13_object_type_name (object->facts.type),
                          object->facts.uid, object->facts.gid, acl);
}

static void
check_identity (const Tree *tree, const char *who)
{
  g_autoptr (E13Identity) identity = test_identity (who);
  Answers *answers = ask_as (tree, who);

  for (guint i = 0; i < N_OBJECTS; i++)
    {
      g_autofree char *label = object_label (tree, &tree->objects[i], who);

      compare (&tree->objects[i], identity, &answers[i], label);
    }
  munmap (answers, ANSWERS_SIZE);
}

static void
check_model (Tree *tree)
{
  for (gsize i = 0; i < G_N_ELEMENTS (identities); i++)
    check_identity (tree, identities[i]);
}

/* ---- Grants: who has more or less afterwards, the kernel is asked ---------------------------- */

/* What one object's grant was to do. */
typedef struct
{
  const char *who;
  E13Rights needs;
  GArray *losers;
} Grant;

static void
grant_something (Tree *tree, Object *object, Grant *grant)
{
  g_autoptr (E13Identity) identity = NULL;
  g_autoptr (E13Acl) acl = NULL;
  g_autofree char *path = g_build_filename (tree->root, object->name, NULL);
  g_autofree char *text = NULL;
  acl_t written;

  grant->who = identities[pick (tree, G_N_ELEMENTS (identities) - 1)]; /* root needs none */
  grant->needs = 1 + pick (tree, E13_RIGHTS_ALL);
  identity = test_identity (grant->who);
  acl = e13_access_least_grant (&object->facts, NULL, identity, grant->needs);
  grant->losers = e13_access_least_losers (&object->facts, acl);
  text = e13_acl_to_text (acl);
  written = acl_from_text (text);
  cr_assert_not_null (written, "%s", text);
  cr_assert_eq (acl_set_file (path, ACL_TYPE_ACCESS, written), 0, "%s: %s", text, g_strerror (errno));
  acl_free (written);
}

static gboolean
is_announced (const GArray *losers, const E13Identity *somebody)
{
  for (guint i = 0; i < losers->len; i++)
    {
      const E13AclEntry *entry = &g_array_index (losers, E13AclEntry, i);

      if (entry->tag == E13_ACL_USER ? entry->id == somebody->uid : e13_identity_in_group (somebody, entry->id))
        return TRUE;
    }
  return FALSE;
}

static void
check_grant (const Grant *grant, const char *who, const Answers *before, const Answers *after, const char *label)
{
  g_autoptr (E13Identity) granted = test_identity (grant->who);
  g_autoptr (E13Identity) somebody = test_identity (who);
  const char *needs = e13_rights_to_text (grant->needs);

  if (g_str_equal (who, grant->who))
    {
      gboolean lacked = before->asked[grant->needs] != 0;

      cr_expect_eq (after->asked[grant->needs], 0, "%s: was to get %s", label, needs);
      cr_expect_eq (each_alone (after), each_alone (before) | (lacked ? grant->needs : 0),
                    "%s: was to get %s and has %s", label, needs, e13_rights_to_text (each_alone (after)));
    }
  else if (somebody->uid != granted->uid) /* the same account in other groups is granted too */
    for (guint want = 1; want < N_WANTS; want++)
      {
        gboolean gains = before->asked[want] != 0 && after->asked[want] == 0;
        gboolean loses = before->asked[want] == 0 && after->asked[want] != 0;

        cr_expect_not (gains, "%s: gains %s when %s gets %s", label, e13_rights_to_text (want), grant->who, needs);
        cr_expect (!loses || is_announced (grant->losers, somebody), "%s: loses %s when %s gets %s", label,
                   e13_rights_to_text (want), grant->who, needs);
      }
}

static void
check_grants (Tree *tree)
{
  Answers *before[G_N_ELEMENTS (identities)];
  Grant grants[N_OBJECTS];

  for (gsize k = 0; k < G_N_ELEMENTS (identities); k++)
    before[k] = ask_as (tree, identities[k]);
  for (guint i = 0; i < N_OBJECTS; i++)
    grant_something (tree, &tree->objects[i], &grants[i]);
  for (gsize k = 0; k < G_N_ELEMENTS (identities) - 1; k++)
    {
      Answers *after = ask_as (tree, identities[k]);

      for (guint i = 0; i < N_OBJECTS; i++)
        {
          g_autofree char *label = object_label (tree, &tree->objects[i], identities[k]);

          check_grant (&grants[i], identities[k], &before[k][i], &after[i], label);
        }
      munmap (after, ANSWERS_SIZE);
    }
  for (guint i = 0; i < N_OBJECTS; i++)
    g_array_unref (grants[i].losers);
}

static void
check_tree (Tree *tree, void (*check) (Tree *tree))
{
  gboolean has_acls = tree_fill (tree);

  if (has_acls)
    check (tree);
  tree_end (tree);
  if (!has_acls)
    cr_skip_test ("the file system has no ACLs");
}

Test (access_kernel, the_model_agrees_with_the_kernel)
{
  Tree tree = { .root_fd = -1 };

  if (geteuid () != 0)
    cr_skip_test ("only root can ask for other identities");
  tree_begin (&tree);
  check_tree (&tree, check_model);
}

Test (access_kernel, on_tmpfs_too)
{
  Tree tree = { .root_fd = -1 };

  if (geteuid () != 0)
    cr_skip_test ("only root can ask for other identities");
  if (unshare (CLONE_NEWNS) != 0 || mount (NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0)
    cr_skip_test ("no private mounts here");
  tree_begin (&tree);
  cr_assert_eq (mount ("tmpfs", tree.root, "tmpfs", 0, "size=4m"), 0);
  check_tree (&tree, check_model);
}

Test (access_kernel, a_grant_gives_nobody_else_more_or_less)
{
  Tree tree = { .root_fd = -1 };

  if (geteuid () != 0)
    cr_skip_test ("only root can ask for other identities");
  tree_begin (&tree);
  check_tree (&tree, check_grants);
}
