/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <criterion/criterion.h>

#include "model/identity.h"

TestSuite (identity, .timeout = 60);

Test (identity, groups_are_sorted_once_and_without_the_primary)
{
  static const guint32 groups[] = { 50, 7, 33, 7, 4, 50 };
  g_autoptr (E13Identity) identity = e13_identity_new ("www-data", 33, 33, groups, G_N_ELEMENTS (groups), "test");

  cr_assert_eq (identity->groups.n_gids, 3);
  cr_expect_eq (identity->groups.gids[0], 4);
  cr_expect_eq (identity->groups.gids[1], 7);
  cr_expect_eq (identity->groups.gids[2], 50);
  cr_expect (e13_identity_in_group (identity, 33));
  cr_expect (e13_identity_in_group (identity, 50));
  cr_expect_not (e13_identity_in_group (identity, 8));
}

Test (identity, without_groups)
{
  g_autoptr (E13Identity) identity = e13_identity_new (NULL, 1234, 5, NULL, 0, "test");
  g_autofree char *label = e13_identity_label (identity);

  cr_expect (e13_identity_in_group (identity, 5));
  cr_expect_not (e13_identity_in_group (identity, 0));
  cr_expect_str_eq (label, "uid 1234");
}

Test (identity, other_sets_of_groups_are_identities_of_their_own)
{
  static const guint32 live[] = { 4 };
  static const guint32 database[] = { 4, 27 };
  g_autoptr (E13Identity) identity = e13_identity_new ("app", 33, 33, live, 1, "test");
  g_autoptr (E13Identity) copy = NULL;
  g_autoptr (E13Identity) other = NULL;

  e13_identity_add_groups (identity, database, 2);
  copy = e13_identity_copy (identity);
  other = e13_identity_with_other_groups (copy, 0);
  cr_expect (e13_identity_equal (identity, copy));
  cr_expect_not (e13_identity_equal (identity, other));
  cr_expect_not (e13_identity_in_group (identity, 27));
  cr_expect (e13_identity_in_group (other, 27));
  cr_expect_null (e13_identity_with_other_groups (copy, 1));
}

Test (identity, capabilities_make_another)
{
  g_autoptr (E13Identity) plain = e13_identity_new ("root", 0, 0, NULL, 0, "test");
  g_autoptr (E13Identity) capable = e13_identity_copy (plain);

  capable->overrides_dac = TRUE;
  cr_expect_not (e13_identity_equal (plain, capable));
}
