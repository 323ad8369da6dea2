/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Grants on real objects with random ACLs, and the kernel asked before and after: the identity has what it had and what
 * it needs, and nobody else more or less than the change says. Every combination of r, w and x is a question of its
 * own. */

#include "config.h"

#include <criterion/criterion.h>

#include <fcntl.h>
#include <glib/gstdio.h>
#include <grp.h>
#include <stdio.h>
#include <string.h>
#include <sys/acl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "repair/grant.h"

TestSuite (grant_kernel, .timeout = 300);

#define N_OBJECTS 2400
#define MAX_GROUPS 3

enum
{
  APP = 30033,
  OWNER = 30001,
  NAMED = 30004,
  BOTH = 30005,
  SERVER = 30034
};
enum
{
  TEAM = 30100,
  NAMED_GROUP = 30101,
  APP_GROUP = 30060
};

typedef struct
{
  const char *label;
  guint32 uid;
  guint32 gid;
  guint32 groups[MAX_GROUPS];
  gsize n_groups;
} Principal;

static const Principal principals[] = {
  { "the identity", APP, APP, { APP_GROUP }, 1 },
  { "the second role", SERVER, SERVER, { TEAM }, 1 },
  { "the owner", OWNER, OWNER, { 0 }, 0 },
  { "a member of the owning group", 30002, 30002, { TEAM }, 1 },
  { "a member of a named group", 30003, 30003, { NAMED_GROUP }, 1 },
  { "a named user", NAMED, NAMED, { 0 }, 0 },
  { "a named user in the owning group", BOTH, BOTH, { TEAM }, 1 },
  { "nobody in particular", 30006, 30006, { 0 }, 0 },
  { "a member of the owning and a named group", 30007, 30007, { TEAM, NAMED_GROUP }, 2 },
  { "a member of the identity's group", 30008, 30008, { APP }, 1 },
  { "a member of another group of the identity", 30009, 30009, { APP_GROUP, NAMED_GROUP }, 2 },
};

#define N_PRINCIPALS G_N_ELEMENTS (principals)

/* Bit n: all of the rights n were granted in one question. */
typedef guint8 Combinations;
typedef Combinations Answers[N_OBJECTS][N_PRINCIPALS];

typedef struct
{
  E13Facts facts;
  E13Change *change;
  E13Rights needs;
  E13Rights second_needs; /* of the server; 0: not asked for */
  E13Via via;
  guint harden;
} Object;

typedef struct
{
  char *directory;
  GRand *random;
  guint32 seed;
  Object *objects;
  Answers *before;
  Answers *after;
} World;

static void
path_of (const World *world, gsize index, char path[PATH_MAX])
{
  g_snprintf (path, PATH_MAX, "%s/%" G_GSIZE_FORMAT, world->directory, index);
}

/* ---- Making objects -------------------------------------------------------------------------- */

static guint32
pick (const World *world, const guint32 *from, gsize n)
{
  return from[g_rand_int_range (world->random, 0, (gint32)n)];
}

static guint8
random_rights (const World *world)
{
  return (guint8)g_rand_int_range (world->random, 0, 8);
}

static E13Acl *
random_acl (const World *world)
{
  static const E13AclEntry named[] = {
    { NAMED, E13_ACL_USER, 0 },      { BOTH, E13_ACL_USER, 0 },  { APP, E13_ACL_USER, 0 },
    { SERVER, E13_ACL_USER, 0 },     { OWNER, E13_ACL_USER, 0 }, { NAMED_GROUP, E13_ACL_GROUP, 0 },
    { APP_GROUP, E13_ACL_GROUP, 0 }, { APP, E13_ACL_GROUP, 0 },  { TEAM, E13_ACL_GROUP, 0 },
  };
  gboolean extended = g_rand_int_range (world->random, 0, 4) != 0;
  gboolean dead_mask = g_rand_int_range (world->random, 0, 4) == 0;
  E13Acl *acl = e13_acl_from_mode (g_rand_int (world->random) & (dead_mask ? 0707 : 0777));

  for (gsize i = 0; extended && i < G_N_ELEMENTS (named); i++)
    if (g_rand_int_range (world->random, 0, i < 3 ? 2 : 4) == 0)
      {
        E13Acl *more = e13_acl_with (acl, named[i].tag, named[i].id, random_rights (world));

        e13_acl_unref (acl);
        acl = more;
      }
  if (e13_acl_is_extended (acl))
    {
      E13Acl *masked = e13_acl_with (acl, E13_ACL_MASK, 0, dead_mask ? 0 : random_rights (world));

      e13_acl_unref (acl);
      acl = masked;
    }
  return acl;
}

static gboolean
write_acl (const char *path, const E13Acl *acl)
{
  g_autofree char *text = e13_acl_to_text (acl);
  acl_t list = acl_from_text (text);
  int result = list != NULL ? acl_set_file (path, ACL_TYPE_ACCESS, list) : -1;

  acl_free (list);
  return result == 0;
}

static void
make_object (World *world, gsize index)
{
  static const guint32 owners[] = { OWNER, OWNER, OWNER, NAMED, APP };
  static const guint32 groups[] = { TEAM, TEAM, TEAM, NAMED_GROUP, APP_GROUP, APP };
  Object *object = &world->objects[index];
  E13Facts *facts = &object->facts;
  char path[PATH_MAX];
  struct stat st;

  path_of (world, index, path);
  facts->uid = pick (world, owners, G_N_ELEMENTS (owners));
  facts->gid = pick (world, groups, G_N_ELEMENTS (groups));
  facts->type = index % 2 == 0 ? E13_TYPE_FILE : E13_TYPE_DIRECTORY;
  facts->access = random_acl (world);
  facts->acl_state = E13_ACL_READ;
  if (facts->type == E13_TYPE_DIRECTORY)
    cr_assert_eq (g_mkdir (path, 0700), 0, "mkdir");
  else
    cr_assert (g_file_set_contents (path, "", 0, NULL), "cannot make a file");
  cr_assert_eq (chown (path, facts->uid, facts->gid), 0, "chown");
  if (!write_acl (path, facts->access))
    cr_skip_test ("the file system of %s has no ACLs", world->directory);
  cr_assert_eq (stat (path, &st), 0, "stat");
  facts->mode = st.st_mode & 07777;
}

/* ---- Asking the kernel ----------------------------------------------------------------------- */

static Combinations
ask_all (const char *path)
{
  Combinations granted = 0;

  for (int rights = 1; rights <= 7; rights++)
    if (faccessat (AT_FDCWD, path, rights, AT_EACCESS) == 0)
      granted |= (Combinations)(1u << rights);
  return granted;
}

static void
ask_as (const World *world, gsize principal, Answers *answers)
{
  const Principal *who = &principals[principal];
  pid_t child = fork ();
  int status;

  cr_assert_geq (child, 0, "fork");
  if (child == 0)
    {
      if (setgroups (who->n_groups, who->groups) != 0 || setresgid (who->gid, who->gid, who->gid) != 0
          || setresuid (who->uid, who->uid, who->uid) != 0)
        _exit (1);
      for (gsize i = 0; i < N_OBJECTS; i++)
        {
          char path[PATH_MAX];

          path_of (world, i, path);
          (*answers)[i][principal] = ask_all (path);
        }
      _exit (0);
    }
  cr_assert_eq (waitpid (child, &status, 0), child, "waitpid");
  cr_assert_eq (status, 0, "could not become %s", who->label);
}

static Answers *
ask_everybody (const World *world)
{
  Answers *answers = mmap (NULL, sizeof *answers, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

  cr_assert_neq ((void *)answers, MAP_FAILED, "mmap");
  for (gsize i = 0; i < N_PRINCIPALS; i++)
    ask_as (world, i, answers);
  return answers;
}

/* r, w and x, each asked by itself. */
static E13Rights
singles (Combinations granted)
{
  return (granted & (1u << 1) ? 1u : 0) | (granted & (1u << 2) ? 2u : 0) | (granted & (1u << 4) ? 4u : 0);
}

/* ---- Scene ----------------------------------------------------------------------------------- */

static World
world_new (void)
{
  const char *seed = g_getenv ("E13_SEED");
  World world = { NULL, NULL, 0, NULL, NULL, NULL };

  if (geteuid () != 0)
    cr_skip_test ("only root can ask the kernel for others");
  world.seed = seed != NULL ? (guint32)g_ascii_strtoull (seed, NULL, 10) : g_random_int ();
  printf ("# E13_SEED=%" G_GUINT32_FORMAT "\n", world.seed);
  world.random = g_rand_new_with_seed (world.seed);
  world.directory = g_build_filename (g_get_tmp_dir (), "errno13-grant-XXXXXX", NULL);
  cr_assert_not_null (g_mkdtemp (world.directory), "mkdtemp");
  cr_assert_eq (g_chmod (world.directory, 0711), 0, "chmod");
  world.objects = g_new0 (Object, N_OBJECTS);
  for (gsize i = 0; i < N_OBJECTS; i++)
    make_object (&world, i);
  world.before = ask_everybody (&world);
  return world;
}

static void
world_clear (World *world)
{
  for (gsize i = 0; i < N_OBJECTS; i++)
    {
      char path[PATH_MAX];

      path_of (world, i, path);
      g_remove (path);
      e13_facts_clear (&world->objects[i].facts);
      e13_change_free (world->objects[i].change);
    }
  g_rmdir (world->directory);
  g_free (world->directory);
  g_free (world->objects);
  g_rand_free (world->random);
  munmap (world->before, sizeof *world->before);
  munmap (world->after, sizeof *world->after);
}

static E13Identity *
identity_of (const Principal *who)
{
  return e13_identity_new (NULL, who->uid, who->gid, who->groups, who->n_groups, "test");
}

static void
write_change (const World *world, gsize index)
{
  const E13Change *change = world->objects[index].change;
  char path[PATH_MAX];
  struct stat st;

  path_of (world, index, path);
  cr_assert_eq (chown (path, change->after.uid, change->after.gid), 0, "chown");
  cr_assert (write_acl (path, change->after.access), "object %" G_GSIZE_FORMAT ": the ACL was not taken", index);
  cr_assert_eq (stat (path, &st), 0, "stat");
  cr_assert_eq (st.st_mode & 07777, change->after.mode, "object %" G_GSIZE_FORMAT ": mode %o, planned %o", index,
                st.st_mode & 07777, change->after.mode);
}

/* ---- What a change announces ----------------------------------------------------------------- */

static gboolean
is_in (const Principal *who, guint32 gid)
{
  for (gsize i = 0; i < who->n_groups; i++)
    if (who->groups[i] == gid)
      return TRUE;
  return who->gid == gid;
}

static E13Rights
rights_from (const char *text)
{
  return (text[0] == 'r' ? 4u : 0) | (text[1] == 'w' ? 2u : 0) | (text[2] == 'x' ? 1u : 0);
}

static E13Rights
announced_losses (const E13Change *change, const Principal *who)
{
  E13Rights rights = 0;

  for (guint i = 0; change->notes != NULL && i < change->notes->len; i++)
    {
      char kind[6], text[4];
      guint32 id;

      if (sscanf (g_ptr_array_index (change->notes, i), "also-loses: by the ACL: %5s %u loses %3s", kind, &id, text)
              == 3
          && (g_str_equal (kind, "user") ? who->uid == id : is_in (who, id)))
        rights |= rights_from (text);
    }
  return rights;
}

static E13Rights
announced_gains (const E13Change *change, const Principal *who)
{
  E13Rights rights = 0;

  for (guint i = 0; change->notes != NULL && i < change->notes->len; i++)
    {
      const char *note = g_ptr_array_index (change->notes, i);
      char text[4];
      guint32 id;

      if (sscanf (note, "also-gains: every member of group %u has %3s", &id, text) == 2 && is_in (who, id))
        rights |= rights_from (text);
      if (sscanf (note, "also-gains: everybody gains %3s", text) == 1)
        rights |= rights_from (text);
    }
  return rights;
}

static char *
describe (const World *world, gsize index, gsize principal)
{
  const Object *object = &world->objects[index];
  g_autofree char *before = e13_acl_to_text (object->change->before.access);
  g_autofree char *after = e13_acl_to_text (object->change->after.access);

  return g_strdup_printf (
      "E13_SEED=%u object %" G_GSIZE_FORMAT " via %d, %u:%u %s -> %u:%u %s, needs %s and %s, harden %u: %s "
      "had %s, has %s",
      world->seed, index, object->via, object->facts.uid, object->facts.gid, before, object->change->after.uid,
      object->change->after.gid, after, e13_rights_to_text (object->needs), e13_rights_to_text (object->second_needs),
      object->harden, principals[principal].label, e13_rights_to_text (singles ((*world->before)[index][principal])),
      e13_rights_to_text (singles ((*world->after)[index][principal])));
}

/* ---- Grants ---------------------------------------------------------------------------------- */

static E13Rights
needs_of (const Object *object, gsize principal)
{
  return principal == 0 ? object->needs : principal == 1 ? object->second_needs : E13_RIGHT_NONE;
}

static void
check_grant (const World *world, gsize index, gsize principal)
{
  const Object *object = &world->objects[index];
  const Principal *who = &principals[principal];
  Combinations was = (*world->before)[index][principal];
  Combinations is = (*world->after)[index][principal];
  E13Rights needs = needs_of (object, principal);
  E13Rights lost = singles (was) & ~singles (is);
  E13Rights gained = singles (is) & ~singles (was);
  g_autofree char *what = describe (world, index, principal);

  if (needs != 0)
    cr_expect (is & (1u << needs), "%s: cannot do what it needs in one question", what);
  cr_expect_eq (lost & ~announced_losses (object->change, who), 0, "%s: lost", what);
  cr_expect_eq (gained & ~needs & ~announced_gains (object->change, who), 0, "%s: gained", what);
  if (needs == 0 && object->via == E13_VIA_ACL && lost == 0)
    cr_expect_eq (was, is, "%s: combinations %02x, now %02x", what, was, is);
}

Test (grant_kernel, nobody_gains_and_nobody_loses)
{
  World world = world_new ();
  g_autoptr (E13Identity) app = identity_of (&principals[0]);
  g_autoptr (E13Identity) server = identity_of (&principals[1]);

  for (gsize i = 0; i < N_OBJECTS; i++)
    {
      Object *object = &world.objects[i];

      object->via = i % 2 == 0 ? E13_VIA_ACL : (E13Via)g_rand_int_range (world.random, 0, 4);
      object->needs = random_rights (&world);
      object->second_needs
          = object->via == E13_VIA_ACL && g_rand_boolean (world.random) ? random_rights (&world) : E13_RIGHT_NONE;
      object->change = e13_change_new (E13_CHANGE_SET, "x", &object->facts);
      for (guint round = 0; round < 2; round++)
        {
          cr_assert (e13_grant_add (object->change, &object->facts, app, object->needs, object->via, NULL));
          cr_assert (e13_grant_add (object->change, &object->facts, server, object->second_needs, object->via, NULL));
        }
      write_change (&world, i);
    }
  world.after = ask_everybody (&world);
  for (gsize i = 0; i < N_OBJECTS; i++)
    for (gsize p = 0; p < N_PRINCIPALS; p++)
      check_grant (&world, i, p);
  world_clear (&world);
}

/* ---- Hardening ------------------------------------------------------------------------------- */

static void
check_harden (const World *world, gsize index, gsize principal)
{
  const Object *object = &world->objects[index];
  E13Rights was = singles ((*world->before)[index][principal]);
  E13Rights is = singles ((*world->after)[index][principal]);
  E13Rights taken = (object->harden & E13_HARDEN_WORLD_WRITE ? E13_RIGHT_WRITE : 0)
                    | (object->harden & E13_HARDEN_WORLD_READ ? E13_RIGHT_READ : 0);
  E13Rights from_app = object->harden & E13_HARDEN_APP_WRITE ? E13_RIGHT_WRITE : 0;
  gboolean is_app = principals[principal].uid == APP;
  gboolean is_owner = principals[principal].uid == object->facts.uid;
  g_autofree char *what = describe (world, index, principal);

  cr_expect_eq (is & ~was, 0, "%s: gained", what);
  if (is_app)
    cr_expect_eq (is, was & ~from_app, "%s: not just what was to be taken", what);
  else if (is_owner)
    cr_expect_eq (is, was, "%s: the owner lost", what);
  else
    cr_expect_eq (was & ~is & ~taken & ~announced_losses (object->change, &principals[principal]), 0, "%s: lost", what);
  if (taken != 0)
    cr_expect_eq (is & taken & (principal == 7 ? E13_RIGHTS_ALL : 0), 0, "%s: the world still has it", what);
}

Test (grant_kernel, hardening_takes_only_what_it_says)
{
  World world = world_new ();
  g_autoptr (E13Identity) app = identity_of (&principals[0]);

  for (gsize i = 0; i < N_OBJECTS; i++)
    {
      Object *object = &world.objects[i];

      object->harden = (guint)g_rand_int_range (world.random, 1, 8);
      object->change = e13_change_new (E13_CHANGE_SET, "x", &object->facts);
      cr_assert (e13_grant_harden (object->change, &object->facts, app, object->harden, NULL));
      write_change (&world, i);
    }
  world.after = ask_everybody (&world);
  for (gsize i = 0; i < N_OBJECTS; i++)
    for (gsize p = 0; p < N_PRINCIPALS; p++)
      check_harden (&world, i, p);
  world_clear (&world);
}
