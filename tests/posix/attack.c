/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The owner of the tree fights back: processes of uid 1500 swap, link, rename and delete at full speed, and one of
 * root's binds others' files over the tree's, while root repairs the tree and undoes it, again and again. Whatever
 * becomes of the tree, nothing outside it may change. A round is one attack that succeeded from its beginning to its
 * end while one repair and its undo were under way; E13_ROUNDS says how many there are to be, in each of the two modes.
 */

#include "config.h"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <fts.h>
#include <grp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <linux/openat2.h>
#include <unistd.h>

#include "audit/audit.h"
#include "base/error.h"
#include "repair/apply.h"
#include "repair/guard.h"
#include "repair/journal.h"
#include "repair/undo.h"
#include "tests/posix/host.h"

#define ATTACKER 1500
#define APP 1533
#define N_ATTACKERS 3
#define N_FILES 6
#define ROUNDS 20000
#define REPAIRS 20 /* at least */
#define MOST_REPAIRS 600
#define HANGS_AFTER 60 /* seconds, a repair with its undo */

static const char profile_text[] = "[Profile]\nName=Test\nSource=none\n"
                                   "[**]\nApp=read\n"
                                   "[d0/**]\nApp=modify\n"
                                   "[d1/made/**]\nApp=modify\n";

/* What must stay as it is. The attacker may write "shared", so that the kernel lets them link it, and owns the files of
 * "own", but not the directory: they would change it themselves, by the way of their own links. */
static const char outside[]
    = "mkdir -m 755 victims && mkdir -m 700 victims/closed victims/closed/sub && cd victims && "
      "for i in 0 1 2 3; do echo secret > f$i; echo secret > closed/f$i; done && "
      "chmod 600 f? closed/f? && cp /bin/true setuid && chmod 4700 setuid && "
      "echo shared > shared && setfacl --set u::rw-,u:1500:rw-,g::---,m::rw-,o::--- shared && "
      "mkdir -m 700 d0 && echo secret > d0/f0 && chmod 600 d0/f0 && cd .. && "
      "mkdir -m 755 own && for i in 0 1 2 3; do echo own > own/f$i; done && chmod 600 own/f? && "
      "chown 1500:1500 own/f?";

static const char inside[]
    = "mkdir -m 755 srv srv/site && cd srv/site && mkdir -m 700 d0 d1 d2 d0/deep d1/deep d2/deep && "
      "for d in d0 d1 d2 d0/deep d1/deep d2/deep; do for i in 0 1 2 3 4 5; do "
      "echo x > $d/f$i; chmod 600 $d/f$i; done; done && cd ../.. && chown -R 1500:1500 srv";

/* ---- The attackers --------------------------------------------------------------------------- */

typedef struct
{
  gint n_tried;
  gint n_done;
  gint n_rounds;
} Count;

typedef struct
{
  const char *base;
  GRand *random;
  guint number; /* each has names of its own to work with */
} Attacker;

static char *
some_directory (Attacker *attacker)
{
  return g_strdup_printf ("srv/site/d%d%s", g_rand_int_range (attacker->random, 0, 3),
                          g_rand_boolean (attacker->random) ? "/deep" : "");
}

static char *
some_file (Attacker *attacker)
{
  g_autofree char *directory = some_directory (attacker);

  return g_strdup_printf ("%s/f%d", directory, g_rand_int_range (attacker->random, 0, N_FILES));
}

static char *
own_name (Attacker *attacker)
{
  return g_strdup_printf ("srv/own%u", attacker->number);
}

static char *
some_victim (Attacker *attacker)
{
  static const char *const victims[]
      = { "victims/f0",     "victims/closed",    "victims/setuid", "victims", "victims/d0",
          "victims/shared", "victims/closed/f1", "own/f0",         "own" };

  return g_build_filename (attacker->base, victims[g_rand_int_range (attacker->random, 0, G_N_ELEMENTS (victims))],
                           NULL);
}

static gboolean
exchange (const char *a, const char *b)
{
  return renameat2 (AT_FDCWD, a, AT_FDCWD, b, RENAME_EXCHANGE) == 0;
}

static gboolean
is_link (const char *path)
{
  struct stat status;

  return lstat (path, &status) == 0 && S_ISLNK (status.st_mode);
}

/* Puts a link to a victim in the place of @path for a moment. Another attacker may have come in between, so that it is
 * their link that comes back at first. */
static gboolean
swap_for_link (Attacker *attacker, const char *path)
{
  g_autofree char *own = own_name (attacker);
  g_autofree char *victim = some_victim (attacker);
  gboolean done = symlink (victim, own) == 0 && exchange (own, path);

  if (done)
    exchange (own, path);
  for (int i = 0; i < 100 && !is_link (own); i++)
    exchange (own, path);
  unlink (own);
  return done;
}

static gboolean
swap_file (Attacker *attacker)
{
  g_autofree char *path = some_file (attacker);

  return swap_for_link (attacker, path);
}

static gboolean
swap_directory (Attacker *attacker)
{
  g_autofree char *path = some_directory (attacker);

  return swap_for_link (attacker, path);
}

static gboolean
swap_site (Attacker *attacker)
{
  return swap_for_link (attacker, "srv/site");
}

/* The directory takes another's place, with what is below it. */
static gboolean
swap_two (Attacker *attacker)
{
  g_autofree char *a = some_directory (attacker);
  g_autofree char *b = some_directory (attacker);

  return exchange (a, b);
}

static gboolean
replace_by_link (Attacker *attacker)
{
  g_autofree char *path = some_file (attacker);
  g_autofree char *own = own_name (attacker);
  g_autofree char *victim = some_victim (attacker);
  gboolean done = symlink (victim, own) == 0 && rename (own, path) == 0;

  unlink (own);
  return done;
}

static gboolean
replace_by_hard_link (Attacker *attacker)
{
  static const char *const targets[] = { "own/f0", "own/f1", "own/f2", "own/f3", "victims/shared" };
  g_autofree char *path = some_file (attacker);
  g_autofree char *own = own_name (attacker);
  const char *target = targets[g_rand_int_range (attacker->random, 0, G_N_ELEMENTS (targets))];
  gboolean done = link (target, own) == 0 && rename (own, path) == 0;

  /* Nothing is done by rename() where both are one inode. */
  unlink (own);
  return done;
}

static gboolean
replace_by_fifo (Attacker *attacker)
{
  g_autofree char *path = some_file (attacker);

  unlink (path);
  return mkfifo (path, 0600) == 0;
}

static gboolean
replace_by_new (Attacker *attacker)
{
  g_autofree char *path = some_file (attacker);
  int fd;

  unlink (path);
  fd = open (path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (fd < 0)
    return FALSE;
  return close (fd) == 0;
}

static gboolean
delete_file (Attacker *attacker)
{
  g_autofree char *path = some_file (attacker);

  return unlink (path) == 0;
}

/* A directory is gone for a moment, with all that is below it. */
static gboolean
rename_away (Attacker *attacker)
{
  g_autofree char *path = some_directory (attacker);
  g_autofree char *own = own_name (attacker);
  gboolean done = rename (path, own) == 0;

  for (int i = 0; done && i < 100 && rename (own, path) != 0; i++)
    exchange (own, path);
  return done;
}

static gboolean
change_mode (Attacker *attacker)
{
  g_autofree char *path = some_directory (attacker);

  return fchmodat (AT_FDCWD, path, 0700, AT_SYMLINK_NOFOLLOW) == 0;
}

static gboolean
make_and_remove (Attacker *attacker)
{
  gboolean done = rmdir ("srv/site/d1/made") == 0;
  g_autofree char *victim = some_victim (attacker);

  return (symlink (victim, "srv/site/d1/made") == 0 && unlink ("srv/site/d1/made") == 0) || done;
}

static const struct
{
  const char *label;
  gboolean (*attack) (Attacker *attacker);
} attacks[] = {
  { "swap a file for a link", swap_file },
  { "swap a directory for a link", swap_directory },
  { "swap the site for a link", swap_site },
  { "exchange two directories", swap_two },
  { "replace a file by a link", replace_by_link },
  { "replace a file by a hard link", replace_by_hard_link },
  { "replace a file by a FIFO", replace_by_fifo },
  { "replace a file by a new one", replace_by_new },
  { "delete a file", delete_file },
  { "rename a directory", rename_away },
  { "change a mode", change_mode },
  { "make and remove a directory that is missing", make_and_remove },
};

#define N_ATTACKS G_N_ELEMENTS (attacks)
#define BINDING N_ATTACKS /* root's, on behalf of the owner */
#define N_COUNTS (N_ATTACKS + 1)

/* What the processes share. */
typedef struct
{
  gint repair; /* the number of the repair that is under way; 0: none is */
  Count counts[N_COUNTS];
} Front;

/* Counts what @done says of an attack of this kind that began during the repair @began. */
static void
count_attack (Front *front, gsize which, gint began, gboolean done)
{
  g_atomic_int_inc (&front->counts[which].n_tried);
  if (!done)
    return;
  g_atomic_int_inc (&front->counts[which].n_done);
  if (began != 0 && began == g_atomic_int_get (&front->repair))
    g_atomic_int_inc (&front->counts[which].n_rounds);
}

static void
become_attacker (void)
{
  const gid_t none = ATTACKER;

  if (prctl (PR_SET_PDEATHSIG, SIGKILL) < 0 || setgroups (1, &none) < 0 || setresgid (ATTACKER, ATTACKER, ATTACKER) < 0
      || setresuid (ATTACKER, ATTACKER, ATTACKER) < 0)
    _exit (1);
  prctl (PR_SET_PDEATHSIG, SIGKILL);
}

static void
attack_until_killed (const char *base, guint number, Front *front)
{
  Attacker attacker = { base, g_rand_new_with_seed (13 + number), number };

  become_attacker ();
  for (;;)
    {
      guint which = (guint)g_rand_int_range (attacker.random, 0, N_ATTACKS);
      gint began = g_atomic_int_get (&front->repair);

      count_attack (front, which, began, attacks[which].attack (&attacker));
    }
}

/* A copy of the mount that shows @victim lies over @path for a moment, which no link leads to. */
static gboolean
bind_over (const char *victim, const char *path)
{
  struct open_how how = { .flags = O_PATH | O_NOFOLLOW | O_CLOEXEC, .resolve = RESOLVE_NO_SYMLINKS };
  int under = (int)syscall (SYS_openat2, AT_FDCWD, path, &how, sizeof how);
  int over = open_tree (AT_FDCWD, victim, OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC);
  g_autofree char *mounted = g_strdup_printf ("/proc/self/fd/%d", over);
  gboolean done = under >= 0 && over >= 0
                  && move_mount (over, "", under, "", MOVE_MOUNT_F_EMPTY_PATH | MOVE_MOUNT_T_EMPTY_PATH) == 0;

  if (done)
    {
      g_usleep (200);
      umount2 (mounted, MNT_DETACH);
    }
  close (under);
  close (over);
  return done;
}

static void
bind_until_killed (const char *base, Front *front)
{
  Attacker attacker = { base, g_rand_new_with_seed (13), N_ATTACKERS };

  prctl (PR_SET_PDEATHSIG, SIGKILL);
  for (;;)
    {
      gboolean is_file = g_rand_boolean (attacker.random);
      g_autofree char *path = is_file ? some_file (&attacker) : some_directory (&attacker);
      gint began = g_atomic_int_get (&front->repair);

      count_attack (front, BINDING, began, bind_over (is_file ? "victims/f0" : "victims/d0", path));
    }
}

/* ---- The repair ------------------------------------------------------------------------------ */

typedef struct
{
  char *base;
  char *site;
  char *state; /* of the journals */
  E13Policy *policy;
  E13Identity *app;
  char *outside; /* what it is to stay */
  gboolean whole;
  guint n_opened; /* how often the site could be opened */
  guint n_changed;
  guint n_refused;
  guint n_restored;
} War;

static int
compare_names (const FTSENT **a, const FTSENT **b)
{
  return strcmp ((*a)->fts_name, (*b)->fts_name);
}

static void
describe_one (GString *out, const char *path, const struct stat *status)
{
  char names[1024], value[1024];
  g_autofree char *content = NULL;
  gssize size = llistxattr (path, names, sizeof names);

  g_string_append_printf (out, "%s %06o %u:%u", path, status->st_mode, status->st_uid, status->st_gid);
  for (const char *name = names; size > 0 && name < names + size; name += strlen (name) + 1)
    {
      gssize n = lgetxattr (path, name, value, sizeof value);

      g_string_append_printf (out, " %s=", name);
      for (gssize i = 0; i < n; i++)
        g_string_append_printf (out, "%02x", (guchar)value[i]);
    }
  if (S_ISREG (status->st_mode) && status->st_size < 100 && g_file_get_contents (path, &content, NULL, NULL))
    g_string_append_printf (out, " '%s'", g_strchomp (content));
  g_string_append_c (out, '\n');
}

/* Type, mode, owner, links, ACLs and content of everything that is not the attacker's site. */
static char *
describe_outside (void)
{
  char *roots[] = { "victims", "own", NULL };
  g_autoptr (GString) out = g_string_new (NULL);
  FTS *tree = fts_open (roots, FTS_PHYSICAL | FTS_NOCHDIR, compare_names);
  FTSENT *entry;

  while ((entry = fts_read (tree)) != NULL)
    if (entry->fts_info != FTS_DP)
      describe_one (out, entry->fts_path, entry->fts_statp);
  fts_close (tree);
  return g_strdup (out->str);
}

/* The lines of @now that @before has not. */
static char *
what_is_new (const char *now, const char *before)
{
  g_auto (GStrv) lines = g_strsplit (now, "\n", -1);
  g_auto (GStrv) known = g_strsplit (before, "\n", -1);
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint i = 0; lines[i] != NULL; i++)
    if (!g_strv_contains ((const char *const *)known, lines[i]))
      g_string_append_printf (out, "%s; ", lines[i]);
  return g_strdup (out->str);
}

static void
check_outside (War *war, const char *when)
{
  g_autofree char *now = describe_outside ();
  g_autofree char *new = what_is_new (now, war->outside);

  if (war->whole && !g_str_equal (now, war->outside))
    {
      war->whole = FALSE;
      cr_expect (war->whole, "something outside the site has changed in %s: %s", when, new);
    }
}

static guint
count_outcome (const GPtrArray *changes, E13Outcome outcome)
{
  guint n = 0;

  for (guint i = 0; i < changes->len; i++)
    n += ((const E13Change *)changes->pdata[i])->outcome == outcome;
  return n;
}

static void
apply (War *war, const E13Tree *tree, GPtrArray *changes, gboolean undoing)
{
  const E13ApplyRequest request
      = { .read = &e13_posix_read, .write = &e13_posix_write, .tree = tree, .n_threads = 2, .undoing = undoing };

  e13_apply (&request, changes);
  war->n_refused += count_outcome (changes, E13_OUTCOME_REFUSED);
}

static void
undo (War *war, const E13Tree *tree, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (E13Journal) journal = e13_journal_read (path, &error);
  g_autoptr (GPtrArray) changes = NULL;
  g_autoptr (GPtrArray) made_since = NULL;
  g_autofree char *own = NULL;

  cr_assert_not_null (journal, "%s", error != NULL ? error->message : "no error");
  changes = e13_undo_plan (&e13_posix_read, tree, journal, NULL);
  if (changes == NULL)
    return;
  own = e13_journal_write (war->state, NULL, &e13_posix_read, tree, changes, path, NULL);
  cr_assert_not_null (own);
  apply (war, tree, changes, TRUE);
  war->n_restored += count_outcome (changes, E13_OUTCOME_DONE);
  made_since = e13_undo_new_objects (&e13_posix_read, tree, journal, NULL);
  if (made_since != NULL)
    apply (war, tree, made_since, TRUE);
  cr_expect_eq (unlink (path) + unlink (own), 0);
}

static gboolean
audit_and_plan (War *war, const E13Tree *tree, E13Audit **ret_audit, E13Plan **ret_plan)
{
  const E13AuditRequest request = { .ops = &e13_posix_read,
                                    .tree = tree,
                                    .policy = war->policy,
                                    .app = war->app,
                                    .server = war->app,
                                    .ask_kernel = TRUE,
                                    .n_threads = 2 };
  const E13PlanOptions options = { .keep_owner = TRUE, .create_missing = TRUE, .harden = TRUE, .inherit = TRUE };

  *ret_audit = e13_audit_run (&request, NULL);
  *ret_plan = *ret_audit != NULL ? e13_plan_make (&request, *ret_audit, &options) : NULL;
  return *ret_plan != NULL;
}

static void
repair_and_undo (War *war)
{
  const char *option;
  E13Tree *tree = e13_posix_read.open_tree (war->site, NULL);
  g_autofree char *why_not = tree != NULL ? e13_guard_site (&e13_posix_read, tree, NULL, &option) : NULL;
  g_autoptr (E13Audit) audit = NULL;
  g_autoptr (E13Plan) plan = NULL;

  if (tree != NULL && why_not == NULL && audit_and_plan (war, tree, &audit, &plan))
    {
      g_autofree char *journal = e13_journal_write (war->state, NULL, &e13_posix_read, tree, plan->changes, NULL, NULL);

      cr_assert_not_null (journal);
      war->n_opened++;
      apply (war, tree, plan->changes, FALSE);
      check_outside (war, "a repair"); /* before undo could hide it */
      war->n_changed += count_outcome (plan->changes, E13_OUTCOME_DONE);
      undo (war, tree, journal);
    }
  e13_posix_read.close_tree (tree);
}

/* ---- The war --------------------------------------------------------------------------------- */

static void
war_init (War *war)
{
  g_autoptr (GError) error = NULL;
  E13Profile *profile = e13_profile_parse ("test", "test", profile_text, strlen (profile_text), &error);
  const E13PolicyOptions options = { 0 };

  g_assert_no_error (error);
  host_run ("%s", outside);
  host_run ("%s", inside);
  war->base = g_get_current_dir ();
  war->site = g_build_filename (war->base, "srv", "site", NULL);
  war->state = g_build_filename (war->base, "state", NULL);
  /* Journals are synced: on a disk that would be most of the time. */
  host_run ("mkdir -m 700 state && mount -t tmpfs -o mode=0700 errno13 state");
  war->outside = describe_outside ();
  war->whole = TRUE;
  war->policy = e13_policy_new (profile, &options, &error);
  e13_profile_unref (profile);
  g_assert_no_error (error);
  war->app = e13_identity_new (NULL, APP, APP, NULL, 0, "");
}

static void
war_clear (War *war)
{
  e13_policy_free (war->policy);
  e13_identity_free (war->app);
  g_free (war->base);
  g_free (war->site);
  g_free (war->state);
  g_free (war->outside);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (War, war_clear)

/* Which objects are still held open. */
static char *
describe_descriptors (const War *war)
{
  return host_ask ("readlink /proc/%d/fd/* | grep '^%s/' || :", (int)getpid (), war->base);
}

static guint
rounds_wanted (void)
{
  const char *text = g_getenv ("E13_ROUNDS");

  return text != NULL ? (guint)g_ascii_strtoull (text, NULL, 10) : ROUNDS;
}

static guint
count_rounds (const Front *front)
{
  guint n = 0;

  for (gsize i = 0; i < N_COUNTS; i++)
    n += (guint)g_atomic_int_get (&front->counts[i].n_rounds);
  return n;
}

/* On a busy machine each undo may lose its race for long: the war goes on until one was won. */
static gboolean
goes_on (const War *war, const Front *front, guint n_repairs)
{
  gboolean was_one = war->n_opened > 0 && war->n_changed > 0 && war->n_restored > 0;

  return count_rounds (front) < rounds_wanted () || n_repairs < REPAIRS || (!was_one && n_repairs < MOST_REPAIRS);
}

static void
kill_all (const pid_t *pids)
{
  for (guint i = 0; i <= N_ATTACKERS; i++)
    kill (pids[i], SIGKILL);
  for (guint i = 0; i <= N_ATTACKERS; i++)
    waitpid (pids[i], NULL, 0);
}

static void
check_the_war_was_one (const War *war, const Front *front)
{
  for (gsize i = 0; i < N_COUNTS; i++)
    cr_expect (front->counts[i].n_rounds > 0, "'%s' never succeeded during a repair, in %d attempts",
               i == BINDING ? "bind over" : attacks[i].label, front->counts[i].n_tried);
  cr_expect (war->n_opened > 0, "the site could never be opened");
  cr_expect (war->n_changed > 0, "nothing was ever repaired");
  cr_expect (war->n_restored > 0, "nothing was ever undone");
}

/* The owner's, and root's one; their ids are for kill_all(). */
static void
let_loose (const War *war, Front *front, pid_t *ret_pids)
{
  for (guint i = 0; i <= N_ATTACKERS; i++)
    {
      ret_pids[i] = fork ();
      if (ret_pids[i] == 0 && i < N_ATTACKERS)
        attack_until_killed (war->base, i, front);
      if (ret_pids[i] == 0)
        bind_until_killed (war->base, front);
    }
}

static void
fight (void)
{
  g_auto (War) war = { 0 };
  Front *front = mmap (NULL, sizeof *front, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  pid_t pids[N_ATTACKERS + 1];
  g_autofree char *descriptors = NULL;

  cr_assert_neq (front, MAP_FAILED);
  host_unshare_mounts ();
  war_init (&war);
  let_loose (&war, front, pids);
  for (guint i = 0; war.whole && goes_on (&war, front, i); i++)
    {
      alarm (HANGS_AFTER);
      g_atomic_int_set (&front->repair, (gint)i + 1);
      repair_and_undo (&war);
      g_atomic_int_set (&front->repair, 0);
      check_outside (&war, "an undo");
    }
  kill_all (pids);
  alarm (0);
  descriptors = describe_descriptors (&war);
  cr_expect_str_empty (descriptors, "descriptors leak: %s", descriptors);
  check_the_war_was_one (&war, front);
  cr_log_info ("%u rounds: opened %u, changed %u, refused %u, restored %u", count_rounds (front), war.n_opened,
               war.n_changed, war.n_refused, war.n_restored);
  munmap (front, sizeof *front);
}

/* Each repair has a limit of its own. */
TestSuite (attack, .init = host_enter, .fini = host_leave, .timeout = 24 * 3600);

Test (attack, nothing_outside_changes)
{
  SKIP_UNLESS_ROOT ();
  fight ();
}

Test (attack, nothing_outside_changes_without_openat2)
{
  SKIP_UNLESS_ROOT ();
  e13_posix_force_no_openat2 (TRUE);
  fight ();
}
