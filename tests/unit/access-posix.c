/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <criterion/criterion.h>
#include <criterion/parameterized.h>

#include "tests/support/acl-text.h"

TestSuite (access, .timeout = 60);

typedef struct
{
  const char *label;
  E13ObjectType type;
  guint32 mode; /* where @acl is NULL */
  const char *acl;
  const char *who;
  E13Rights want;
  E13Rights granted;
  E13Decider decider;
  E13Rights mask_cuts;
  gboolean split;
  gboolean acl_ignored;
} Row;

#define FILE_ E13_TYPE_FILE
#define DIR_ E13_TYPE_DIRECTORY
#define BY(class) E13_DECIDED_BY_##class

/* The object belongs to user 1000 and group 100. @who: UID:GID[,GID…], "+" at the end: overrides. */
static const Row rows[] = {
  { "owner bits alone", FILE_, 0077, NULL, "1000:100", R | W, 0, BY (OWNER), 0, FALSE, FALSE },
  { "owner has them", FILE_, 0600, NULL, "1000:5", R | W, R | W, BY (OWNER), 0, FALSE, FALSE },
  { "owner, half", FILE_, 0400, NULL, "1000:5", R | W, R, BY (OWNER), 0, FALSE, FALSE },
  { "owner, named entry not seen", FILE_, 0, "u::---,u:1000:rwx,g::r--,m::rwx,o::r--", "1000:5", R, 0, BY (OWNER), 0,
    FALSE, FALSE },
  { "group bits alone", FILE_, 0607, NULL, "33:100", R, 0, BY (GROUPS), 0, FALSE, FALSE },
  { "supplementary group", FILE_, 0640, NULL, "33:33,100", R | W, R, BY (GROUPS), 0, FALSE, FALSE },
  { "others", DIR_, 0701, NULL, "33:33", X, X, BY (OTHER), 0, FALSE, FALSE },
  { "others, nothing", DIR_, 0700, NULL, "33:33", X, 0, BY (OTHER), 0, FALSE, FALSE },
  { "named user", FILE_, 0, "u::rw-,u:33:r--,g::---,m::rwx,o::rwx", "33:33", R | W, R, BY (NAMED_USER), 0, FALSE,
    FALSE },
  { "named user before groups", FILE_, 0, "u::rw-,u:33:---,g::rwx,m::rwx,o::rwx", "33:100", R, 0, BY (NAMED_USER), 0,
    FALSE, FALSE },
  { "named user, cut", FILE_, 0, "u::rw-,u:33:rwx,g::r--,m::r--,o::---", "33:33", R | W, R, BY (NAMED_USER), W, FALSE,
    FALSE },
  { "one group holds all", FILE_, 0, "u::rw-,g::r--,g:7:rw-,m::rw-,o::---", "33:100,7", R | W, R | W, BY (GROUPS), 0,
    FALSE, FALSE },
  { "two groups, half each", FILE_, 0, "u::rw-,g::r--,g:7:-w-,m::rw-,o::rw-", "33:100,7", R | W, R, BY (GROUPS), 0,
    TRUE, FALSE },
  { "two groups, one bit each, asked apart", FILE_, 0, "u::rw-,g::r--,g:7:-w-,m::rw-,o::---", "33:100,7", W, W,
    BY (GROUPS), 0, FALSE, FALSE },
  { "two groups, a bit in neither", FILE_, 0, "u::rw-,g::r--,g:7:-w-,m::rwx,o::rwx", "33:100,7", R | W | X, R | W,
    BY (GROUPS), 0, FALSE, FALSE },
  { "a group matched, so not others", FILE_, 0, "u::rw-,g::r--,g:7:---,m::rwx,o::rwx", "33:7", R, 0, BY (GROUPS), 0,
    FALSE, FALSE },
  { "group entry, cut", FILE_, 0, "u::rw-,g::r--,g:7:rw-,m::r--,o::---", "33:7", W, 0, BY (GROUPS), W, FALSE, FALSE },
  { "owning group, cut", FILE_, 0, "u::rw-,g::rw-,m::r--,o::---", "33:100", W, 0, BY (GROUPS), W, FALSE, FALSE },
  { "others are not masked", FILE_, 0, "u::rw-,u:8:rw-,g::---,m::r--,o::rw-", "33:33", R | W, R | W, BY (OTHER), 0,
    FALSE, FALSE },
  { "zero group bits: others", FILE_, 0, "u::rw-,u:33:---,g::---,m::---,o::r--", "33:33", R, R, BY (OTHER), 0, FALSE,
    TRUE },
  { "zero group bits: owning group", FILE_, 0, "u::rw-,u:33:rwx,g::rwx,m::---,o::r--", "33:100", R, 0, BY (GROUPS), 0,
    FALSE, TRUE },
  { "override", FILE_, 0000, NULL, "0:0+", R | W, R | W, BY (CAPABILITY), 0, FALSE, FALSE },
  { "override, nobody runs it", FILE_, 0666, NULL, "0:0+", R | X, R, BY (CAPABILITY), 0, FALSE, FALSE },
  { "override, somebody runs it", FILE_, 0010, NULL, "0:0+", R | W | X, R | W | X, BY (CAPABILITY), 0, FALSE, FALSE },
  { "override, directory", DIR_, 0000, NULL, "0:0+", R | W | X, R | W | X, BY (CAPABILITY), 0, FALSE, FALSE },
  { "override not needed", FILE_, 0604, NULL, "5:5+", R, R, BY (OTHER), 0, FALSE, FALSE },
  { "override, split", FILE_, 0, "u::rw-,g::r--,g:7:-w-,m::rw-,o::---", "33:100,7+", R | W, R | W, BY (CAPABILITY), 0,
    FALSE, FALSE },
  { "nothing wanted", FILE_, 0000, NULL, "33:33", 0, 0, BY (OTHER), 0, FALSE, FALSE },
};

static E13Facts
facts_of (const Row *row)
{
  E13Facts facts = { .type = row->type, .mode = row->mode, .uid = 1000, .gid = 100, .acl_state = E13_ACL_READ };

  facts.access = row->acl != NULL ? test_acl (row->acl) : e13_acl_from_mode (row->mode);
  facts.mode = e13_acl_to_mode (facts.access);
  return facts;
}

ParameterizedTestParameters (access, judge)
{
  static gsize indices[G_N_ELEMENTS (rows)];

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    indices[i] = i;
  return cr_make_param_array (gsize, indices, G_N_ELEMENTS (rows));
}

ParameterizedTest (gsize *index, access, judge)
{
  const Row *row = &rows[*index];
  g_auto (E13Facts) facts = facts_of (row);
  g_autoptr (E13Identity) identity = test_identity (row->who);
  E13Verdict verdict = e13_posix_judge (&facts, identity, row->want);
  E13Rights surely, surely_not;

  cr_expect_eq (verdict.granted, row->granted, "%s: granted %s", row->label, e13_rights_to_text (verdict.granted));
  cr_expect_eq (verdict.decider, row->decider, "%s: decided by %d", row->label, verdict.decider);
  cr_expect_eq (verdict.mask_cuts, row->mask_cuts, "%s: mask cuts %s", row->label,
                e13_rights_to_text (verdict.mask_cuts));
  cr_expect_eq (verdict.split, row->split, "%s: split", row->label);
  cr_expect_eq (verdict.acl_ignored, row->acl_ignored, "%s: ACL ignored", row->label);

  e13_posix_bounds (&facts, identity, row->want, &surely, &surely_not);
  cr_expect_eq (surely & ~e13_posix_rights_now (&facts, identity), 0, "%s: surely %s", row->label,
                e13_rights_to_text (surely));
  cr_expect_eq (surely_not & verdict.granted, 0, "%s: surely not %s", row->label, e13_rights_to_text (surely_not));
}

Test (access, rights_now_counts_every_known_set_of_groups)
{
  g_auto (E13Facts) facts = { .type = FILE_, .uid = 1000, .gid = 100, .acl_state = E13_ACL_READ };
  g_autoptr (E13Identity) identity = test_identity ("33:33,100");
  const guint32 other_groups[] = { 7 };

  facts.access = test_acl ("u::rw-,g::r--,g:7:-w-,m::rw-,o::--x");
  facts.mode = e13_acl_to_mode (facts.access);
  cr_expect_eq (e13_posix_rights_now (&facts, identity), R);
  e13_identity_add_groups (identity, other_groups, 1);
  cr_expect_eq (e13_posix_rights_now (&facts, identity), R | W);
  e13_identity_add_groups (identity, NULL, 0);
  cr_expect_eq (e13_posix_rights_now (&facts, identity), R | W | X);
}

Test (access, an_acl_that_was_not_read_leaves_the_mode)
{
  const E13Facts facts = { .type = FILE_, .mode = 0640, .uid = 1000, .gid = 100, .acl_state = E13_ACL_NOT_READ };
  g_autoptr (E13Identity) identity = test_identity ("33:100");

  cr_expect_eq (e13_posix_judge (&facts, identity, R | W).granted, R);
}

typedef struct
{
  const char *label;
  guint32 mode;
  const char *who;
  E13Rights surely;
  E13Rights surely_not;
} Bounds;

static const Bounds bounds[] = {
  { "the owner's bits are the answer", 0640, "1000:5", R | W, X },
  { "an ACL may deny what others have", 0644, "33:33", 0, W | X },
  { "neither group nor other", 0700, "33:33", 0, R | W | X },
  { "zero group bits: others exactly", 0704, "33:33", R, W | X },
  { "zero group bits: owning group exactly", 0707, "33:100", 0, R | W | X },
  { "the owning group never becomes others", 0657, "33:100", 0, W },
  { "override", 0600, "0:0+", R | W, X },
};

Test (access, bounds_from_the_mode_alone)
{
  for (gsize i = 0; i < G_N_ELEMENTS (bounds); i++)
    {
      const Bounds *row = &bounds[i];
      const E13Facts facts = { .type = FILE_, .mode = row->mode, .uid = 1000, .gid = 100 };
      g_autoptr (E13Identity) identity = test_identity (row->who);
      E13Rights surely, surely_not;

      e13_posix_bounds (&facts, identity, E13_RIGHTS_ALL, &surely, &surely_not);
      cr_expect_eq (surely, row->surely, "%s: surely %s", row->label, e13_rights_to_text (surely));
      cr_expect_eq (surely_not, row->surely_not, "%s: surely not %s", row->label, e13_rights_to_text (surely_not));
    }
}
