/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <criterion/criterion.h>
#include <criterion/parameterized.h>
#include <string.h>

#include "access/judge.h"
#include "model/sddl.h"

TestSuite (access_judge, .timeout = 60);

#define FILE_ E13_TYPE_FILE
#define DIR_ E13_TYPE_DIRECTORY
#define R E13_RIGHT_READ
#define W E13_RIGHT_WRITE
#define X E13_RIGHT_EXECUTE

static E13Identity *
anybody (void)
{
  E13Sid user = e13_sid_well_known ("S-1-5-11");
  E13Sid users = e13_sid_well_known ("S-1-5-32-545");

  return e13_identity_new_of_token (e13_token_account ("Authenticated Users", &user, &users, 1), "test");
}

static E13SecurityDescriptor *
parse (const char *sddl)
{
  g_autoptr (GError) error = NULL;
  E13SecurityDescriptor *sd = e13_sddl_parse (sddl, NULL, &error);

  cr_assert_not_null (sd, "%s: %s", sddl, error != NULL ? error->message : "");
  return sd;
}

static const struct
{
  const char *label;
  E13ObjectType type;
  const char *sddl; /* NULL: not known */
  E13Rights granted;
  E13Rights unsure;
  const char *because; /* of all that is not granted */
} rows[] = {
  { "Modify of a directory", DIR_, "D:(A;OICI;0x1301bf;;;AU)", R | W | X, 0, NULL },
  { "Read & execute of a directory", DIR_, "D:(A;OICI;0x1200a9;;;BU)", R | X, 0,
    "needs Modify, and has only Read & execute, by the entry for Users (S-1-5-32-545), set here" },
  { "Write without Delete is not Modify", DIR_, "D:(A;OICI;0x12019f;;;AU)", R | X, 0,
    "needs Modify, and has only Read, Write" },
  { "but all that a file needs", FILE_, "D:(A;;0x12019f;;;AU)", R | W, 0, "needs " },
  { "search needs no entry", DIR_, "D:(A;;FA;;;BA)", X, 0, "needs Modify, and no entry gives it any of that" },
  { "no entry at all", FILE_, "D:", 0, 0, "its list of entries is empty" },
  { "no list", FILE_, "D:NO_ACCESS_CONTROL", R | W | X, 0, NULL },
  { "a deny before an allow", FILE_, "D:(D;;0x116;;;BU)(A;;FA;;;WD)", R | X, 0,
    "an entry denies Create files/write data" },
  { "an inherit-only entry says nothing here", DIR_, "D:(A;OICIIO;FA;;;AU)", X, 0, "no entry gives it any of that" },
  { "inherited from nobody knows where", FILE_, "D:(A;ID;FR;;;WD)", R, 0,
    "by the entry for Everyone (S-1-1-0), inherited from further above" },
  { "not known", FILE_, NULL, 0, R | W | X, "its security descriptor is not known" },
};

ParameterizedTestParameters (access_judge, by_descriptor)
{
  static guint indexes[G_N_ELEMENTS (rows)];

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    indexes[i] = i;
  return cr_make_param_array (guint, indexes, G_N_ELEMENTS (rows));
}

ParameterizedTest (guint *row, access_judge, by_descriptor)
{
  g_autoptr (E13Identity) identity = anybody ();
  g_auto (E13Facts) facts = { .type = rows[*row].type, .sd = rows[*row].sddl != NULL ? parse (rows[*row].sddl) : NULL };
  E13Verdict verdict = e13_access_judge (&facts, identity, E13_RIGHTS_ALL);
  g_autofree char *because = NULL;

  cr_assert_eq (verdict.granted, rows[*row].granted, "%s: granted %s", rows[*row].label,
                e13_rights_to_text (verdict.granted));
  cr_assert_eq (verdict.unsure, rows[*row].unsure, "%s: unsure %s", rows[*row].label,
                e13_rights_to_text (verdict.unsure));
  if (rows[*row].because == NULL)
    return;
  because = e13_access_explain (&facts, NULL, 0, identity, &verdict, E13_RIGHTS_ALL & ~verdict.granted, NULL);
  cr_assert_not_null (strstr (because, rows[*row].because), "%s: %s", rows[*row].label, because);
}

Test (access_judge, names_the_directory_that_an_entry_was_inherited_from)
{
  g_autoptr (E13Identity) identity = anybody ();
  g_autoptr (E13SecurityDescriptor) near = parse ("D:(A;OICIID;0x1200a9;;;BU)");
  g_autoptr (E13SecurityDescriptor) far = parse ("D:P(A;OICI;0x1200a9;;;BU)");
  const E13Above above[] = { { near, "C:\\www\\site" }, { far, "C:\\www" } };
  g_auto (E13Facts) facts = { .type = FILE_, .sd = parse ("D:(A;ID;0x1200a9;;;BU)") };
  E13Verdict verdict = e13_access_judge (&facts, identity, W);
  g_autofree char *because = e13_access_explain (&facts, above, 2, identity, &verdict, W, NULL);

  cr_assert_str_eq (because,
                    "needs Write, and has only Read & execute, by the entry for Users (S-1-5-32-545), inherited from "
                    "'C:\\www'");
}

/* A token alone decides who judges: the same object has a mode and a descriptor here. */
Test (access_judge, an_account_of_this_machine_is_judged_by_the_mode)
{
  g_autoptr (E13Identity) windows = anybody ();
  g_autoptr (E13Identity) posix = e13_identity_new ("maria", 1000, 100, NULL, 0, "test");
  g_auto (E13Facts) facts
      = { .type = FILE_, .mode = 0640, .uid = 1000, .gid = 100, .sd = parse ("D:(A;;0x1200a9;;;AU)") };
  E13Rights surely = 0, surely_not = 0;
  g_autofree char *mode_words = e13_access_describe (posix, FILE_, R | W);
  g_autofree char *mask_words = e13_access_describe (windows, DIR_, W);
  g_autofree char *nothing = e13_access_describe (windows, DIR_, X);

  cr_assert_eq (e13_access_judge (&facts, posix, E13_RIGHTS_ALL).granted, R | W);
  cr_assert_eq (e13_access_judge (&facts, windows, E13_RIGHTS_ALL).granted, R | X);
  e13_access_bounds (&facts, posix, E13_RIGHTS_ALL, &surely, &surely_not);
  cr_assert_eq (surely, R | W);
  cr_assert_eq (surely_not, X);
  e13_access_bounds (&facts, windows, E13_RIGHTS_ALL, &surely, &surely_not);
  cr_assert_eq (surely | surely_not, 0, "a mode says nothing of an account of Windows");
  cr_assert_str_eq (mode_words, "rw-");
  cr_assert_str_eq (mask_words, "Modify");
  cr_assert_str_eq (nothing, "nothing");
}

Test (access_judge, identities_of_tokens_are_compared_and_copied_by_them)
{
  g_autoptr (E13Identity) one = anybody ();
  g_autoptr (E13Identity) copy = e13_identity_copy (one);
  g_autoptr (E13Identity) iusr = e13_identity_new_of_token (e13_token_iusr (), "test");
  g_autoptr (E13Identity) nobody = e13_identity_new (NULL, one->uid, one->gid, NULL, 0, "test");
  g_autofree char *number = e13_identity_number (copy);

  cr_assert (e13_identity_equal (one, copy));
  cr_assert_neq (one->token, copy->token);
  cr_assert_not (e13_identity_equal (one, iusr));
  cr_assert_not (e13_identity_equal (one, nobody));
  cr_assert_str_eq (number, "S-1-5-11");
}
