/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include <criterion/criterion.h>

#include "access/least.h"
#include "tests/support/acl-text.h"

TestSuite (least, .timeout = 60);

/* ---- Known cases: the object belongs to user 1000 and group 100, and 33 asks ----------------- */

typedef struct
{
  const char *label;
  const char *who;
  const char *before;
  E13Rights needs;
  const char *after;
  const char *losers; /* "user 8 r--" … */
} Row;

static const Row rows[] = {
  { "search on a private directory", "33:33", "u::rwx,g::---,o::---", X, "u::rwx,u:33:--x,g::---,m::--x,o::---", "" },
  { "the owner", "1000:5", "u::r--,g::r--,o::rw-", W, "u::rw-,g::r--,o::rw-", "" },
  { "the owner of an extended one: the mask stays", "1000:5", "u::r--,u:8:rw-,g::r--,m::r--,o::---", W,
    "u::rw-,u:8:rw-,g::r--,m::r--,o::---", "" },
  { "what others gave is kept", "33:33", "u::rw-,g::---,o::r--", W, "u::rw-,u:33:rw-,g::---,m::rw-,o::r--", "" },
  { "what the group gave is kept", "33:100", "u::rwx,g::r-x,o::---", W, "u::rwx,u:33:rwx,g::r-x,m::rwx,o::---", "" },
  { "what others have is not the owning group's", "33:100", "u::rwx,g::---,o::rwx", X,
    "u::rwx,u:33:--x,g::---,m::--x,o::rwx", "" },
  { "the mask uncovers nobody", "33:33", "u::rw-,u:8:rw-,g::rw-,m::r--,o::---", W,
    "u::rw-,u:8:r--,u:33:-w-,g::r--,m::rw-,o::---", "" },
  { "a mask that is wide enough leaves all as it is", "33:33", "u::rw-,u:8:rwx,g::rw-,m::rw-,o::---", W,
    "u::rw-,u:8:rwx,u:33:-w-,g::rw-,m::rw-,o::---", "" },
  { "an entry that the mask cut comes back", "33:33", "u::rwx,u:33:rwx,g::rwx,m::--x,o::---", R | X,
    "u::rwx,u:33:r-x,g::--x,m::r-x,o::---", "" },
  { "zero group bits: no longer ignored, cut to nothing", "33:33", "u::rw-,u:8:rw-,g::rw-,g:7:r--,m::---,o::r--", W,
    "u::rw-,u:8:---,u:33:rw-,g::---,g:7:---,m::rw-,o::r--", "user 8 r--, group 7 r--" },
  { "zero group bits: others had nothing to lose", "33:33", "u::rw-,u:8:rw-,g::rw-,m::---,o::---", R,
    "u::rw-,u:8:---,u:33:r--,g::---,m::r--,o::---", "" },
  { "zero group bits: the owner's own entry is nobody's", "33:33", "u::rw-,u:1000:rw-,g::---,m::---,o::r--", W,
    "u::rw-,u:33:rw-,u:1000:---,g::---,m::rw-,o::r--", "" },
  { "zero group bits: nor has a second entry for the owning group", "33:33", "u::rw-,g::rw-,g:100:rw-,m::---,o::r--", W,
    "u::rw-,u:33:rw-,g::---,g:100:---,m::rw-,o::r--", "" },
  { "zero group bits: its own dead entry", "33:33", "u::rw-,u:33:rwx,g::---,m::---,o::r--", W,
    "u::rw-,u:33:rw-,g::---,m::rw-,o::r--", "" },
  { "two groups give one bit each: together", "33:100,7", "u::rw-,g::r--,g:7:-w-,m::rw-,o::---", R | W,
    "u::rw-,u:33:rw-,g::r--,g:7:-w-,m::rw-,o::---", "" },
  { "nothing lacking", "33:33", "u::rw-,u:8:rw-,g::rw-,m::r--,o::rw-", R | W, "u::rw-,u:8:rw-,g::rw-,m::r--,o::rw-",
    "" },
  { "nothing needed", "33:33", "u::---,g::---,o::---", 0, "u::---,g::---,o::---", "" },
};

static E13Facts
facts_of (E13Acl *access)
{
  return (E13Facts){ .type = E13_TYPE_FILE,
                     .mode = e13_acl_to_mode (access),
                     .uid = 1000,
                     .gid = 100,
                     .acl_state = E13_ACL_READ,
                     .access = access };
}

static char *
losers_text (const GArray *losers)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < losers->len; i++)
    {
      const E13AclEntry *entry = &g_array_index (losers, E13AclEntry, i);

      g_string_append_printf (out, "%s%s %u %s", i > 0 ? ", " : "", entry->tag == E13_ACL_USER ? "user" : "group",
                              entry->id, e13_rights_to_text (entry->rights));
    }
  return g_string_free (out, FALSE);
}

Test (least, known_cases)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const Row *row = &rows[i];
      g_auto (E13Facts) facts = facts_of (test_acl (row->before));
      g_autoptr (E13Identity) identity = test_identity (row->who);
      g_autoptr (E13Acl) after = e13_access_least_grant (&facts, NULL, identity, row->needs);
      g_autoptr (GArray) losers = e13_access_least_losers (&facts, after);
      g_autofree char *after_text = e13_acl_to_text (after);
      g_autofree char *lost = losers_text (losers);

      cr_expect_str_eq (after_text, row->after, "%s: %s", row->label, after_text);
      cr_expect_str_eq (lost, row->losers, "%s: lose %s", row->label, lost);
    }
}

Test (least, every_known_set_of_groups_is_kept)
{
  g_auto (E13Facts) facts = facts_of (test_acl ("u::rwx,g::r--,g:7:--x,m::r-x,o::---"));
  g_autoptr (E13Identity) identity = test_identity ("33:100");
  const guint32 other[] = { 7 };
  g_autoptr (E13Acl) after = NULL;
  g_autofree char *text = NULL;

  e13_identity_add_groups (identity, other, 1);
  after = e13_access_least_grant (&facts, NULL, identity, W);
  text = e13_acl_to_text (after);
  cr_expect_str_eq (text, "u::rwx,u:33:rwx,g::r--,g:7:--x,m::rwx,o::---");
}

Test (least, two_roles_add_up_in_any_order)
{
  g_auto (E13Facts) facts = facts_of (test_acl ("u::rwx,u:34:rw-,g::---,m::---,o::r-x"));
  g_autoptr (E13Identity) app = test_identity ("33:33");
  g_autoptr (E13Identity) server = test_identity ("34:34");
  g_autoptr (E13Acl) first = e13_access_least_grant (&facts, NULL, app, W);
  g_autoptr (E13Acl) both = e13_access_least_grant (&facts, first, server, R | X);
  g_autoptr (E13Acl) again = e13_access_least_grant (&facts, both, app, W);
  g_autoptr (GArray) lost_first = e13_access_least_losers (&facts, first);
  g_autoptr (GArray) lost = e13_access_least_losers (&facts, both);
  g_autofree char *text = e13_acl_to_text (both);

  cr_expect_eq (lost_first->len, 1, "the first grant makes the second role's dead entry count");
  cr_expect_str_eq (text, "u::rwx,u:33:rwx,u:34:r-x,g::---,m::rwx,o::r-x");
  cr_expect_eq (lost->len, 0, "the second role got back what it had");
  cr_expect (e13_acl_equal (again, both));
}

/* ---- Property: nobody else has more or less -------------------------------------------------- */

/* Everybody who stands differently to an object of 1000:100 with entries for users 8, 33, 1000 and groups 7, 9, 100. */
static const char *const population[] = {
  "1000:5", "1000:100", "8:8", "8:100", "8:7",   "8:7,9,100", "33:33",   "33:100",    "33:7",
  "33:7,9", "5:100",    "5:7", "5:9",   "5:7,9", "5:100,7",   "5:100,9", "5:100,7,9", "5:5",
};

static E13Acl *
random_acl (GRand *random)
{
  static const E13AclEntry named[] = { { 8, E13_ACL_USER, 0 },  { 33, E13_ACL_USER, 0 }, { 1000, E13_ACL_USER, 0 },
                                       { 7, E13_ACL_GROUP, 0 }, { 9, E13_ACL_GROUP, 0 }, { 100, E13_ACL_GROUP, 0 } };
  E13Acl *acl = e13_acl_from_mode ((guint32)g_rand_int_range (random, 0, 01000));
  gboolean extended = g_rand_int_range (random, 0, 4) > 0;

  for (gsize i = 0; extended && i < G_N_ELEMENTS (named); i++)
    if (g_rand_boolean (random))
      {
        g_autoptr (E13Acl) old = acl;

        acl = e13_acl_with (old, named[i].tag, named[i].id, (E13Rights)g_rand_int_range (random, 0, 8));
      }
  if (extended && e13_acl_is_extended (acl))
    {
      g_autoptr (E13Acl) old = acl;
      gboolean zero = g_rand_int_range (random, 0, 3) == 0;

      acl = e13_acl_with (old, E13_ACL_MASK, 0, zero ? 0 : (E13Rights)g_rand_int_range (random, 0, 8));
    }
  return acl;
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
compare_somebody (const E13Facts *before, const E13Facts *after, const E13Identity *somebody, const GArray *losers,
                  const char *label)
{
  for (E13Rights want = 1; want <= E13_RIGHTS_ALL; want++)
    {
      E13Rights had = e13_posix_judge (before, somebody, want).granted;
      E13Rights has = e13_posix_judge (after, somebody, want).granted;

      cr_expect_eq (has & ~had, 0, "%s: gains %s", label, e13_rights_to_text (has & ~had));
      cr_expect (has == had || is_announced (losers, somebody), "%s: loses %s, unannounced", label,
                 e13_rights_to_text (had & ~has));
    }
}

/* Whoever is announced without losing anything is a lie too: at least one of the population must lose by each entry. */
static void
check_losers_lose (const E13Facts *before, const E13Facts *after, const E13AclEntry *loser, const char *label)
{
  g_autoptr (E13Identity) somebody = loser->tag == E13_ACL_USER
                                         ? e13_identity_new (NULL, loser->id, 5, NULL, 0, "test")
                                         : e13_identity_new (NULL, 77, loser->id, NULL, 0, "test");
  E13Rights lost = e13_posix_rights_now (before, somebody) & ~e13_posix_rights_now (after, somebody);

  cr_expect_eq (lost, loser->rights, "%s: %u is said to lose %s", label, loser->id, e13_rights_to_text (loser->rights));
}

static void
check_grant (GRand *random, guint seed)
{
  g_auto (E13Facts) before = facts_of (random_acl (random));
  gsize chosen = (gsize)g_rand_int_range (random, 0, G_N_ELEMENTS (population));
  g_autoptr (E13Identity) identity = test_identity (population[chosen]);
  E13Rights needs = (E13Rights)g_rand_int_range (random, 1, 8);
  E13Rights had = e13_posix_rights_now (&before, identity);
  gboolean lacked = e13_posix_judge (&before, identity, needs).granted != needs;
  g_autoptr (E13Acl) acl = e13_access_least_grant (&before, NULL, identity, needs);
  E13Facts after = facts_of (acl);
  g_autoptr (GArray) losers = e13_access_least_losers (&before, acl);
  g_autofree char *from = e13_acl_to_text (before.access);
  g_autofree char *to = e13_acl_to_text (acl);

  cr_expect_eq (e13_posix_judge (&after, identity, needs).granted, needs, "seed %u: %s not granted: %s -> %s", seed,
                population[chosen], from, to);
  cr_expect_eq (e13_posix_rights_now (&after, identity), lacked ? had | needs : had,
                "seed %u: %s has more or less than it had and needs: %s -> %s", seed, population[chosen], from, to);
  for (gsize i = 0; i < G_N_ELEMENTS (population); i++)
    {
      g_autoptr (E13Identity) somebody = test_identity (population[i]);
      g_autofree char *label = g_strdup_printf ("seed %u: %s when %s gets %s: %s -> %s", seed, population[i],
                                                population[chosen], e13_rights_to_text (needs), from, to);

      if (somebody->uid != identity->uid)
        compare_somebody (&before, &after, somebody, losers, label);
    }
  for (guint i = 0; i < losers->len; i++)
    check_losers_lose (&before, &after, &g_array_index (losers, E13AclEntry, i), to);
}

Test (least, nobody_else_gains_or_loses)
{
  const char *given = g_getenv ("E13_SEED");
  guint seed = given != NULL ? (guint)g_ascii_strtoull (given, NULL, 10) : g_random_int ();
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);

  cr_log_info ("E13_SEED=%u", seed);
  for (guint i = 0; i < 20000; i++)
    check_grant (random, seed);
}
