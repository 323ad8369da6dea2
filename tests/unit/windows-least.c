/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <criterion/criterion.h>

#include "access/windows-least.h"
#include "model/sddl.h"
#include "tests/support/sd-text.h"

TestSuite (windows_least, .timeout = 60);

#define IUSR "S-1-5-17"
#define STUDENTS "S-1-5-21-1-2-3-1100"
#define TOKEN IUSR ",WD,AU,BU," STUDENTS

static char *
format (const E13WinGranted *granted)
{
  return granted->sd != NULL ? e13_sddl_format (granted->sd, NULL) : g_strdup ("");
}

/* ---- On the object itself -------------------------------------------------------------------- */

typedef struct
{
  const char *label;
  const char *before;
  gboolean is_directory;
  gboolean override_denies;
  E13WinGrantOutcome outcome;
  const char *after; /* where one is made, else "" */
  guint entry;
} Row;

static const Row rows[] = {
  { "into an empty list", "O:BAD:", TRUE, FALSE, E13_WIN_GRANT_MADE, "O:BAD:(A;OICI;0x1301bf;;;S-1-5-17)", 0 },
  { "a file", "O:BAD:", FALSE, FALSE, E13_WIN_GRANT_MADE, "O:BAD:(A;;0x1301bf;;;S-1-5-17)", 0 },
  { "behind explicit, before inherited", "D:PAI(D;;FW;;;BG)(A;OICI;FA;;;SY)(A;OICIID;FR;;;BU)", TRUE, FALSE,
    E13_WIN_GRANT_MADE, "D:PAI(D;;FW;;;BG)(A;OICI;FA;;;SY)(A;OICI;0x1301bf;;;S-1-5-17)(A;OICIID;FR;;;BU)", 2 },
  { "beside what it has", "D:(A;OICI;FR;;;S-1-5-17)(A;ID;FA;;;SY)", TRUE, FALSE, E13_WIN_GRANT_MADE,
    "D:(A;OICI;FR;;;S-1-5-17)(A;OICI;0x1301bf;;;S-1-5-17)(A;ID;FA;;;SY)", 1 },
  { "explicit out of order, but a place", "D:(A;;FA;;;SY)(D;;FW;;;BG)(A;ID;FR;;;BU)", TRUE, FALSE, E13_WIN_GRANT_MADE,
    "D:(A;;FA;;;SY)(D;;FW;;;BG)(A;OICI;0x1301bf;;;S-1-5-17)(A;ID;FR;;;BU)", 2 },
  { "an explicit allow among the inherited", "D:(A;ID;FR;;;BU)(A;;FA;;;SY)", FALSE, FALSE, E13_WIN_GRANT_MADE,
    "D:(A;;0x1301bf;;;S-1-5-17)(A;ID;FR;;;BU)(A;;FA;;;SY)", 0 },
  { "has it by a group", "D:(A;OICIID;0x1301bf;;;AU)", TRUE, FALSE, E13_WIN_GRANT_NEEDLESS, "", G_MAXUINT },
  { "no list", "D:NO_ACCESS_CONTROL", TRUE, FALSE, E13_WIN_GRANT_NULL_DACL, "", G_MAXUINT },
  { "absent", "O:BA", TRUE, FALSE, E13_WIN_GRANT_NULL_DACL, "", G_MAXUINT },
  { "a deny among the inherited", "D:(A;ID;FR;;;BU)(D;;FW;;;BG)", TRUE, FALSE, E13_WIN_GRANT_NO_PLACE, "", G_MAXUINT },
  { "denied by name", "D:(D;;FW;;;S-1-5-17)(A;;FA;;;SY)", TRUE, FALSE, E13_WIN_GRANT_DENIED, "", 0 },
  { "denied by name, overruling in vain", "D:(D;;FW;;;S-1-5-17)(A;;FA;;;SY)", TRUE, TRUE, E13_WIN_GRANT_DENIED, "", 0 },
  { "denied by a group", "D:(A;;FA;;;SY)(D;;WP;;;" STUDENTS ")", TRUE, FALSE, E13_WIN_GRANT_DENIED, "", 1 },
  { "an inherited deny", "D:(D;OICIID;FW;;;" STUDENTS ")(A;OICIID;FR;;;AU)", TRUE, FALSE, E13_WIN_GRANT_DENIED, "", 0 },
  { "an inherited deny, overruled", "D:(D;OICIID;FW;;;" STUDENTS ")(A;OICIID;FR;;;AU)", TRUE, TRUE, E13_WIN_GRANT_MADE,
    "D:(A;OICI;0x1301bf;;;S-1-5-17)(D;OICIID;FW;;;" STUDENTS ")(A;OICIID;FR;;;AU)", 0 },
  { "an inherited deny of others", "D:(D;ID;FW;;;BG)(A;ID;FR;;;AU)", FALSE, FALSE, E13_WIN_GRANT_MADE,
    "D:(A;;0x1301bf;;;S-1-5-17)(D;ID;FW;;;BG)(A;ID;FR;;;AU)", 0 },
  { "an inherited deny of what it has not asked", "D:(D;ID;WO;;;" STUDENTS ")", FALSE, FALSE, E13_WIN_GRANT_MADE,
    "D:(A;;0x1301bf;;;S-1-5-17)(D;ID;WO;;;" STUDENTS ")", 0 },
  { "a deny for below alone", "D:(D;OICIIOID;FW;;;" STUDENTS ")", TRUE, FALSE, E13_WIN_GRANT_MADE,
    "D:(A;OICI;0x1301bf;;;S-1-5-17)(D;OICIIOID;FW;;;" STUDENTS ")", 0 },
  { "the label", "D:S:(ML;;NW;;;HI)", TRUE, FALSE, E13_WIN_GRANT_DENIED, "", G_MAXUINT },
};

Test (windows_least, the_entry_and_its_place)
{
  g_autoptr (E13Token) token = token_from_text (TOKEN);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const Row *row = &rows[i];
      g_autoptr (E13SecurityDescriptor) sd = sd_from_text (row->before);
      E13WinGrant grant = { sid_from_text (IUSR), E13_MASK_MODIFY, token, row->override_denies };
      g_auto (E13WinGranted) granted = e13_windows_least_grant (sd, row->is_directory, &grant);
      g_autofree char *after = format (&granted);

      cr_expect_eq (granted.outcome, row->outcome, "%s: outcome %d", row->label, granted.outcome);
      cr_expect_str_eq (after, row->after, "%s: %s", row->label, after);
      cr_expect_eq (granted.entry, row->entry, "%s: entry %u", row->label, granted.entry);
    }
}

/* Rights 2 denied to Everyone on a condition: before the new entry it makes the outcome unsure; behind it, it might be
 * overruled. */
Test (windows_least, conditions_are_not_gambled_with)
{
  static const char *const explicit_deny = "0100048000000000000000000000000014000000"
                                           "0400200001000000"
                                           "0a00180002000000"
                                           "010100000000000100000000"
                                           "61727478";
  static const char *const inherited_deny = "0100048000000000000000000000000014000000"
                                            "0400200001000000"
                                            "0a10180002000000"
                                            "010100000000000100000000"
                                            "61727478";
  g_autoptr (E13Token) token = token_from_text (TOKEN);
  E13WinGrant grant = { sid_from_text (IUSR), E13_MASK_MODIFY, token, FALSE };
  g_autoptr (E13SecurityDescriptor) before = sd_from_text (explicit_deny);
  g_autoptr (E13SecurityDescriptor) behind = sd_from_text (inherited_deny);
  g_auto (E13WinGranted) unsure = e13_windows_least_grant (before, TRUE, &grant);
  g_auto (E13WinGranted) denied = e13_windows_least_grant (behind, TRUE, &grant);

  cr_expect_eq (unsure.outcome, E13_WIN_GRANT_UNSURE);
  cr_expect_eq (denied.outcome, E13_WIN_GRANT_DENIED);
  cr_expect_eq (denied.entry, 0);
}

/* To name OWNER RIGHTS takes from the owner what owners may else always do. */
Test (windows_least, an_owner_does_not_lose)
{
  g_autoptr (E13Token) token = token_from_text ("S-1-3-4,WD");
  E13WinGrant grant = { sid_from_text ("OW"), E13_MASK_MODIFY, token, FALSE };
  g_autoptr (E13SecurityDescriptor) owned = sd_from_text ("O:S-1-5-21-1-2-3-1000D:(A;;FR;;;WD)");
  g_autoptr (E13SecurityDescriptor) after = e13_sd_copy (owned);
  const E13Ace ace = { .mask = E13_MASK_MODIFY, .sid = sid_from_text ("OW"), .has_sid = TRUE };
  g_autofree char *text = NULL;
  E13Sid other;

  e13_win_acl_insert (after->dacl, 1, &ace);
  cr_assert_not (e13_windows_only_adds (owned, after, 1, &grant, &other));
  cr_expect_str_eq (text = e13_sid_to_text (&other), "S-1-5-21-1-2-3-1000", "%s", text);
}

/* ---- In a child ------------------------------------------------------------------------------ */

#define SITE "O:BAD:(D;OICI;FW;;;BG)(A;OICI;0x1301bf;;;" IUSR ")(A;OICIID;FA;;;SY)(D;OICIID;WO;;;WD)"

typedef struct
{
  const char *label;
  const char *before;
  gboolean is_directory;
  E13WinGrantOutcome outcome;
  const char *after;
  guint entry;
} ChildRow;

/* The grant is entry 1 of SITE. */
static const ChildRow child_rows[] = {
  { "a file as made before", "D:AI(D;ID;FW;;;BG)(A;ID;FA;;;SY)(D;ID;WO;;;WD)", FALSE, E13_WIN_GRANT_MADE,
    "D:AI(D;ID;FW;;;BG)(A;ID;0x1301bf;;;S-1-5-17)(A;ID;FA;;;SY)(D;ID;WO;;;WD)", 1 },
  { "a directory", "D:AI(D;OICIID;FW;;;BG)(A;OICIID;FA;;;SY)(D;OICIID;WO;;;WD)", TRUE, E13_WIN_GRANT_MADE,
    "D:AI(D;OICIID;FW;;;BG)(A;OICIID;0x1301bf;;;S-1-5-17)(A;OICIID;FA;;;SY)(D;OICIID;WO;;;WD)", 1 },
  { "own entries stay in front", "D:(A;;FR;;;WD)(D;ID;FW;;;BG)(A;ID;FA;;;SY)", FALSE, E13_WIN_GRANT_MADE,
    "D:(A;;FR;;;WD)(D;ID;FW;;;BG)(A;ID;0x1301bf;;;S-1-5-17)(A;ID;FA;;;SY)", 2 },
  { "moved from elsewhere", "D:(A;ID;FA;;;BA)(A;ID;FR;;;BU)", FALSE, E13_WIN_GRANT_MADE,
    "D:(A;ID;FA;;;BA)(A;ID;FR;;;BU)(A;ID;0x1301bf;;;S-1-5-17)", 2 },
  { "only explicit", "D:(A;;FA;;;BA)", FALSE, E13_WIN_GRANT_MADE, "D:(A;;FA;;;BA)(A;ID;0x1301bf;;;S-1-5-17)", 1 },
  { "has it", "D:AI(A;ID;0x1301bf;;;S-1-5-17)(A;ID;FA;;;SY)", FALSE, E13_WIN_GRANT_NEEDLESS, "", 0 },
  { "has it of its own, copied all the same", "D:AI(A;;0x1301bf;;;S-1-5-17)(A;ID;FA;;;SY)", FALSE, E13_WIN_GRANT_MADE,
    "D:AI(A;;0x1301bf;;;S-1-5-17)(A;ID;0x1301bf;;;S-1-5-17)(A;ID;FA;;;SY)", 1 },
  { "protected", "D:PAI(A;;FA;;;BA)", FALSE, E13_WIN_GRANT_PROTECTED, "", G_MAXUINT },
  { "null", "D:NO_ACCESS_CONTROL", FALSE, E13_WIN_GRANT_NULL_DACL, "", G_MAXUINT },
  { "its own deny", "D:(D;;FW;;;" STUDENTS ")(A;ID;FA;;;SY)", FALSE, E13_WIN_GRANT_DENIED, "", 0 },
  { "a stale deny behind", "D:(A;ID;FA;;;SY)(D;ID;FW;;;" STUDENTS ")", FALSE, E13_WIN_GRANT_DENIED, "", 1 },
  { "against the parent's order", "D:(A;ID;FA;;;SY)(D;ID;FW;;;BG)", FALSE, E13_WIN_GRANT_NO_PLACE, "", G_MAXUINT },
};

Test (windows_least, the_copy_of_a_child)
{
  g_autoptr (E13Token) token = token_from_text (TOKEN);
  g_autoptr (E13SecurityDescriptor) site = sd_from_text (SITE);
  E13WinGrant grant = { sid_from_text (IUSR), E13_MASK_MODIFY, token, FALSE };

  for (gsize i = 0; i < G_N_ELEMENTS (child_rows); i++)
    {
      const ChildRow *row = &child_rows[i];
      g_autoptr (E13SecurityDescriptor) child = sd_from_text (row->before);
      g_auto (E13WinGranted) granted = e13_windows_least_inherit (site, 1, child, row->is_directory, &grant);
      g_autofree char *after = format (&granted);

      cr_expect_eq (granted.outcome, row->outcome, "%s: outcome %d", row->label, granted.outcome);
      cr_expect_str_eq (after, row->after, "%s: %s", row->label, after);
      cr_expect_eq (granted.entry, row->entry, "%s: entry %u", row->label, granted.entry);
    }
}

/* Explicit and inherited entries of a parent may be the same to its children. */
Test (windows_least, what_is_given_twice_stands_there_twice)
{
  g_autoptr (E13Token) token = token_from_text (TOKEN);
  E13WinGrant grant = { sid_from_text (IUSR), E13_MASK_MODIFY, token, FALSE };
  g_autoptr (E13SecurityDescriptor) parent
      = sd_from_text ("O:BAD:AI(A;OI;FR;;;WD)(A;OICI;0x1301bf;;;" IUSR ")(A;OICIID;FR;;;WD)");
  g_autoptr (E13SecurityDescriptor) child = sd_from_text ("O:BAD:AI(A;ID;FR;;;WD)(A;ID;FR;;;WD)");
  g_auto (E13WinGranted) granted = e13_windows_least_inherit (parent, 1, child, FALSE, &grant);

  cr_assert_eq (granted.outcome, E13_WIN_GRANT_MADE);
  cr_expect_eq (granted.entry, 1, "it became entry %u", granted.entry);
}

/* ---- Whatever the descriptor ----------------------------------------------------------------- */

static gboolean
may (const E13SecurityDescriptor *sd, const char *sids, guint32 right)
{
  g_autoptr (E13Token) token = token_from_text (sids);

  return e13_windows_judge (sd, token, right).granted;
}

Test (windows_least, it_does_what_it_says)
{
  static const char *const others[]
      = { "WD", "AU,WD", "BU,WD", "BA,WD", "SY,WD", "IS", "NS,AU,BU,WD", "S-1-5-21-9-9-9-1" };
  guint32 seed = g_random_int ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  g_autoptr (E13Token) token = token_from_text (TOKEN);
  guint n_made = 0;

  for (guint i = 0; i < 3000; i++)
    {
      g_autoptr (E13SecurityDescriptor) sd = sd_random (rand, 6, TRUE);
      E13WinGrant grant = { sid_from_text (IUSR), g_rand_boolean (rand) ? E13_MASK_MODIFY : E13_MASK_READ, token,
                            g_rand_int_range (rand, 0, 4) == 0 };
      g_auto (E13WinGranted) granted = e13_windows_least_grant (sd, g_rand_boolean (rand), &grant);
      g_autoptr (E13SecurityDescriptor) back = NULL;

      cr_assert_eq (granted.sd != NULL, granted.outcome == E13_WIN_GRANT_MADE, "seed %u, descriptor %u", seed, i);
      if (granted.sd == NULL)
        continue;
      n_made++;
      cr_assert (e13_windows_judge (granted.sd, token, grant.mask).granted, "seed %u, descriptor %u", seed, i);
      back = e13_sd_copy (granted.sd);
      g_array_remove_index (back->dacl->aces, granted.entry);
      cr_assert (e13_sd_equal (sd, back), "seed %u, descriptor %u: without the entry it is as before", seed, i);
      for (gsize o = 0; o < G_N_ELEMENTS (others); o++)
        for (guint32 bit = 1; bit <= E13_MASK_SYNCHRONIZE; bit <<= 1)
          cr_assert_eq (may (sd, others[o], bit), may (granted.sd, others[o], bit), "seed %u, descriptor %u: %s, 0x%x",
                        seed, i, others[o], bit);
    }
  cr_expect_gt (n_made, 300, "%u of them", n_made);
}

/* After a grant and its copies nothing is stale that was not before. */
Test (windows_least, children_keep_up_with_their_parent)
{
  guint32 seed = g_random_int ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  g_autoptr (E13Token) token = token_from_text (TOKEN);
  guint n_made = 0;

  for (guint i = 0; i < 2000; i++)
    {
      g_autoptr (E13SecurityDescriptor) parent = sd_random (rand, 6, FALSE);
      g_autoptr (E13SecurityDescriptor) child = sd_from_text ("O:BAG:SYD:AI(A;;FR;;;SY)");
      E13WinGrant grant = { sid_from_text (IUSR), E13_MASK_MODIFY, token, TRUE };
      g_auto (E13WinGranted) granted = e13_windows_least_grant (parent, TRUE, &grant);
      gboolean is_directory = g_rand_boolean (rand);
      E13WinChild made = e13_windows_child (child, is_directory);
      g_autoptr (GArray) gifts = e13_windows_gifts (parent->dacl, &made);
      g_autoptr (E13WinStaleness) staleness = NULL;
      g_autoptr (GArray) now = NULL;
      g_auto (E13WinGranted) copied = { 0 };

      if (granted.sd == NULL)
        continue;
      for (guint g = 0; g < gifts->len; g++)
        e13_win_acl_insert (child->dacl, G_MAXUINT, &g_array_index (gifts, E13WinGift, g).ace);
      copied = e13_windows_least_inherit (granted.sd, granted.entry, child, is_directory, &grant);
      if (copied.sd == NULL)
        continue;
      n_made++;
      staleness = e13_windows_staleness (granted.sd, copied.sd, is_directory);
      cr_assert_null (staleness, "seed %u, descriptor %u", seed, i);
      now = e13_windows_gifts (granted.sd->dacl, &made);
      cr_assert_eq (now->len + 1, copied.sd->dacl->aces->len, "seed %u, descriptor %u", seed, i);
      for (guint g = 0; g < now->len; g++)
        cr_assert (
            e13_windows_same_gift (&g_array_index (now, E13WinGift, g).ace, e13_win_acl_at (copied.sd->dacl, g + 1)),
            "seed %u, descriptor %u: the copy is in the order that a new child would have", seed, i);
    }
  cr_expect_gt (n_made, 200, "%u of them", n_made);
}

/* ---- Taking denies away ---------------------------------------------------------------------- */

Test (windows_least, without_a_deny)
{
  static const struct
  {
    const char *label;
    const char *before;
    gboolean inherited;
    const char *after; /* NULL: nothing to take away */
  } cases[] = {
    { "one that was set here", "D:(D;;FW;;;S-1-5-17)(A;;FA;;;SY)", FALSE, "D:(A;;FA;;;SY)" },
    { "each of them", "D:(D;;FW;;;S-1-5-17)(D;OICI;FR;;;S-1-5-17)(A;;FA;;;SY)", FALSE, "D:(A;;FA;;;SY)" },
    { "not that of another", "D:(D;;FW;;;BG)(D;;FW;;;S-1-5-17)", FALSE, "D:(D;;FW;;;BG)" },
    { "not what is allowed", "D:(A;;FA;;;S-1-5-17)", TRUE, NULL },
    { "not what is inherited", "D:(D;ID;FW;;;S-1-5-17)(A;ID;FA;;;SY)", FALSE, NULL },
    { "unless it was taken out above", "D:(D;ID;FW;;;S-1-5-17)(A;ID;FA;;;SY)", TRUE, "D:(A;ID;FA;;;SY)" },
    { "no list", "D:NO_ACCESS_CONTROL", TRUE, NULL },
  };
  E13Sid iusr = sid_from_text (IUSR);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (E13SecurityDescriptor) sd = sd_from_text (cases[i].before);
      g_autoptr (E13SecurityDescriptor) left = e13_windows_without_deny (sd, &iusr, cases[i].inherited);
      g_autofree char *text = left != NULL ? e13_sddl_format (left, NULL) : NULL;

      cr_expect (g_strcmp0 (text, cases[i].after) == 0, "%s: %s", cases[i].label, text);
    }
}
