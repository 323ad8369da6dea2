/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <criterion/criterion.h>
#include <criterion/parameterized.h>
#include <grp.h>
#include <pwd.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "platform/posix/system.h"

TestSuite (accounts, .timeout = 120);

static char *
identity_text (const E13Identity *identity)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_append_printf (text, "%s=%u:%u", identity->name != NULL ? identity->name : "", identity->uid, identity->gid);
  for (gsize i = 0; i < identity->groups.n_gids; i++)
    g_string_append_printf (text, ",%u", identity->groups.gids[i]);
  if (identity->overrides_dac)
    g_string_append_c (text, '+');
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static const struct
{
  const char *spec;
  const char *result; /* NAME=UID:GID[,GID…], + where it overrides permission bits; NULL: an error */
  const char *message;
} rows[] = {
  { "0:0", "root=0:0+", NULL },
  { "4123456:7", "=4123456:7", NULL },
  { "4123456:7,9,8,7,9", "=4123456:7,8,9", NULL },
  { "4294967294:4294967294", "=4294967294:4294967294", NULL },
  { "4123456", NULL,
    "there is no account with the number 4123456, so its groups are unknown: name them too, as in "
    "4123456:GID[,GID...]" },
  { "no-such-account", NULL, "there is no account named 'no-such-account'" },
  { "a\033b", NULL, "there is no account named 'a\\033b'" },
  { "", NULL, "'' names nobody: give an account's name, UID, or UID:GID[,GID...]" },
  { ":33", NULL, "':33' names nobody: give an account's name, UID, or UID:GID[,GID...]" },
  { "33:", NULL, "no group follows '33:': give an account's name, UID, or UID:GID[,GID...]" },
  { "33:33,", NULL, "'' is not the number of a group, which is between 0 and 4294967294" },
  { "33:33:33", NULL, "'33:33' is not the number of a group, which is between 0 and 4294967294" },
  { "33:www-data", NULL, "'www-data' is not the number of a group, which is between 0 and 4294967294" },
  { "33: 33", NULL, "' 33' is not the number of a group, which is between 0 and 4294967294" },
  { "33:-1", NULL, "'-1' is not the number of a group, which is between 0 and 4294967294" },
  { "root:0", NULL,
    "groups can only be given after a number, not after a name as in 'root:0': give an account's name, UID, or "
    "UID:GID[,GID...]" },
  { "4294967295", NULL, "'4294967295' is not the number of a user, which is between 0 and 4294967294" },
  { "4294967295:0", NULL, "'4294967295' is not the number of a user, which is between 0 and 4294967294" },
  { "0:4294967295", NULL, "'4294967295' is not the number of a group, which is between 0 and 4294967294" },
  { "99999999999999999999", NULL,
    "'99999999999999999999' is not the number of a user, which is between 0 and 4294967294" },
};

ParameterizedTestParameters (accounts, parse)
{
  static gsize indices[G_N_ELEMENTS (rows)];

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    indices[i] = i;
  return cr_make_param_array (gsize, indices, G_N_ELEMENTS (rows));
}

ParameterizedTest (gsize *index, accounts, parse)
{
  const char *spec = rows[*index].spec;
  g_autoptr (GError) error = NULL;
  g_autoptr (E13Identity) identity = e13_posix_identity_parse (spec, &error);
  g_autofree char *text = identity != NULL ? identity_text (identity) : NULL;

  cr_expect_eq (identity == NULL, error != NULL, "'%s'", spec);
  cr_expect (g_strcmp0 (text, rows[*index].result) == 0, "'%s' gave %s", spec, text != NULL ? text : error->message);
  if (error == NULL)
    {
      cr_expect_str_eq (identity->evidence, "--as");
      return;
    }
  cr_expect (g_error_matches (error, E13_ERROR, E13_ERROR_USAGE), "'%s'", spec);
  cr_expect (g_strcmp0 (error->message, rows[*index].message) == 0, "'%s': %s", spec, error->message);
}

/* Every account of this machine, by name and by number: the groups are those that a login would have. */
Test (accounts, the_database_is_believed)
{
  const struct passwd *entry;
  guint n = 0;

  setpwent ();
  while ((entry = getpwent ()) != NULL && n++ < 50)
    {
      gid_t gids[256];
      int n_gids = G_N_ELEMENTS (gids);
      g_autofree char *number = g_strdup_printf ("%u", entry->pw_uid);
      g_autoptr (E13Identity) by_name = e13_posix_identity_parse (entry->pw_name, NULL);
      g_autoptr (E13Identity) by_number = e13_posix_identity_parse (number, NULL);
      g_autoptr (E13Identity) expected = NULL;

      cr_assert (getgrouplist (entry->pw_name, entry->pw_gid, gids, &n_gids) >= 0);
      expected = e13_identity_new (entry->pw_name, entry->pw_uid, entry->pw_gid, gids, (gsize)n_gids, "");
      expected->overrides_dac = entry->pw_uid == 0;
      cr_assert_not_null (by_name, "%s", entry->pw_name);
      cr_assert_not_null (by_number, "%s", number);
      cr_expect (e13_identity_equal (by_name, expected), "%s", entry->pw_name);
      cr_expect_str_eq (by_name->name, entry->pw_name);
      cr_expect_eq (by_number->uid, entry->pw_uid);
      cr_expect_str_eq (e13_posix_user_name (entry->pw_uid), by_number->name);
    }
  endpwent ();
  cr_assert_gt (n, 0);
}

Test (accounts, names_are_looked_up_once_and_kept)
{
  const char *root = e13_posix_user_name (0);

  cr_assert_str_eq (root, "root");
  cr_expect_eq (e13_posix_user_name (0), root);
  cr_expect_str_eq (e13_posix_group_name (0), "root");
  cr_expect_null (e13_posix_user_name (4123456));
  cr_expect_null (e13_posix_user_name (4123456));
  cr_expect_null (e13_posix_group_name (4123456));
}

Test (accounts, oneself)
{
  g_autoptr (E13Identity) self = e13_posix_identity_self ();

  cr_expect_eq (self->uid, geteuid ());
  cr_expect_eq (self->gid, getegid ());
  cr_expect_str_eq (self->evidence, "this process");
}

Test (accounts, oneself_without_privileges)
{
  static const gid_t gids[] = { 9, 7, 8 };
  g_autoptr (E13Identity) self = NULL;
  g_autofree char *text = NULL;

  if (geteuid () != 0)
    cr_skip_test ("only root can become somebody else");
  cr_assert (setgroups (G_N_ELEMENTS (gids), gids) == 0 && setgid (4123457) == 0 && setuid (4123456) == 0);
  self = e13_posix_identity_self ();
  text = identity_text (self);
  cr_expect_str_eq (text, "=4123456:4123457,7,8,9", "%s", text);
}
