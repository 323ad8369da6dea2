/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <criterion/criterion.h>
#include <criterion/parameterized.h>
#include <string.h>

#include "model/posix-acl.h"

TestSuite (posix_acl, .timeout = 60);

/* Reads setfacl's short form, for the tables below. */
static E13Acl *
acl_from_text (const char *text, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (text, ",", -1);
  E13AclEntry entries[16];
  gsize n = 0;

  for (; parts[n] != NULL; n++)
    {
      const char *rest = strchr (parts[n], ':');
      const char *word = parts[n][0] == 'u'   ? "user"
                         : parts[n][0] == 'g' ? "group"
                         : parts[n][0] == 'm' ? "mask"
                                              : "other";
      g_autofree char *line = g_strconcat (word, rest, NULL);

      if (!e13_acl_entry_parse (line, &entries[n], error))
        return NULL;
    }
  return e13_acl_new (entries, n, error);
}

typedef struct
{
  const char *text;
  const char *canonical; /* NULL: not valid */
  guint mode;
  gboolean extended;
} Row;

static const Row rows[] = {
  { "u::rwx,g::r-x,o::---", "u::rwx,g::r-x,o::---", 0750, FALSE },
  { "o::---,g::r-x,u::rwx", "u::rwx,g::r-x,o::---", 0750, FALSE },
  { "u::rw-,u:33:r--,g::---,m::r--,o::---", "u::rw-,u:33:r--,g::---,m::r--,o::---", 0640, TRUE },
  { "u::rw-,m::rwx,g:7:--x,u:9:r--,u:3:rwx,g::---,o::r--", "u::rw-,u:3:rwx,u:9:r--,g::---,g:7:--x,m::rwx,o::r--", 0674,
    TRUE },
  { "u::rw-,g::rwx,m::---,o::---", "u::rw-,g::rwx,m::---,o::---", 0600, TRUE },
  { "u::rw-,u:33:r--,g::---,o::---", NULL, 0, FALSE },               /* named entry, no mask */
  { "u::rw-,g::---", NULL, 0, FALSE },                               /* no other */
  { "u::rw-,u::rw-,g::---,o::---", NULL, 0, FALSE },                 /* owner twice */
  { "u::rw-,u:3:r--,u:3:rw-,g::---,m::rwx,o::---", NULL, 0, FALSE }, /* a user twice */
};

ParameterizedTestParameters (posix_acl, reading)
{
  static gsize indices[G_N_ELEMENTS (rows)];

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    indices[i] = i;
  return cr_make_param_array (gsize, indices, G_N_ELEMENTS (rows));
}

ParameterizedTest (gsize *index, posix_acl, reading)
{
  const Row *row = &rows[*index];
  g_autoptr (GError) error = NULL;
  g_autoptr (E13Acl) acl = acl_from_text (row->text, &error);
  g_autofree char *text = acl != NULL ? e13_acl_to_text (acl) : NULL;

  cr_assert_eq (acl != NULL, row->canonical != NULL, "%s: %s", row->text, error != NULL ? error->message : "accepted");
  cr_assert_eq (error == NULL, acl != NULL, "%s: an error is set exactly where there is no list", row->text);
  if (acl == NULL)
    return;
  cr_expect_str_eq (text, row->canonical, "%s became %s", row->text, text);
  cr_expect_eq (e13_acl_to_mode (acl), row->mode, "%s: mode %04o", row->text, e13_acl_to_mode (acl));
  cr_expect_eq (e13_acl_is_extended (acl), row->extended, "%s", row->text);
}

Test (posix_acl, a_mode_is_a_list_of_three)
{
  for (guint mode = 0; mode <= 0777; mode++)
    {
      g_autoptr (E13Acl) acl = e13_acl_from_mode (mode);

      cr_assert_eq (e13_acl_to_mode (acl), mode, "%04o came back as %04o", mode, e13_acl_to_mode (acl));
      cr_assert_eq (e13_acl_is_extended (acl), FALSE);
    }
}

Test (posix_acl, adding_replacing_and_removing)
{
  g_autoptr (E13Acl) base = acl_from_text ("u::rw-,g::r--,o::---", NULL);
  g_autoptr (E13Acl) added = e13_acl_with (base, E13_ACL_USER, 33, E13_RIGHTS_ALL);
  g_autoptr (E13Acl) replaced = e13_acl_with (added, E13_ACL_USER, 33, E13_RIGHT_READ);
  g_autoptr (E13Acl) removed = e13_acl_without (replaced, E13_ACL_USER, 33);
  g_autoptr (E13Acl) untouched = e13_acl_without (base, E13_ACL_USER, 33);
  g_autofree char *added_text = e13_acl_to_text (added);
  g_autofree char *replaced_text = e13_acl_to_text (replaced);
  g_autofree char *removed_text = e13_acl_to_text (removed);

  cr_expect_str_eq (added_text, "u::rw-,u:33:rwx,g::r--,m::r--,o::---", "the new mask is what the group had: %s",
                    added_text);
  cr_expect_str_eq (replaced_text, "u::rw-,u:33:r--,g::r--,m::r--,o::---", "%s", replaced_text);
  cr_expect_str_eq (removed_text, "u::rw-,g::r--,m::r--,o::---", "%s", removed_text);
  cr_expect (e13_acl_equal (untouched, base));
  cr_expect_not (e13_acl_equal (added, replaced));
  cr_expect_not (e13_acl_equal (added, NULL));
  cr_expect (e13_acl_equal (NULL, NULL));
}

Test (posix_acl, trimming_cuts_the_group_class_only)
{
  g_autoptr (E13Acl) acl = acl_from_text ("u::rwx,u:3:rwx,g::r-x,g:5:-w-,m::rwx,o::rw-", NULL);
  g_autoptr (E13Acl) trimmed = e13_acl_trimmed (acl, E13_RIGHT_READ | E13_RIGHT_EXECUTE);
  g_autofree char *text = e13_acl_to_text (trimmed);

  cr_expect_str_eq (text, "u::rwx,u:3:r-x,g::r-x,g:5:---,m::r-x,o::rw-", "%s", text);
  cr_expect_eq (e13_acl_masked (trimmed, E13_RIGHTS_ALL), E13_RIGHT_READ | E13_RIGHT_EXECUTE);
}

Test (posix_acl, a_line_of_getfacl_comes_back)
{
  g_autoptr (E13Acl) acl = acl_from_text ("u::rwx,u:3:rwx,g::r-x,g:5:-w-,m::rwx,o::rw-", NULL);
  g_autoptr (GString) out = g_string_new (NULL);
  g_auto (GStrv) lines = NULL;

  e13_acl_append_getfacl (out, acl, "");
  lines = g_strsplit (out->str, "\n", -1);
  for (guint i = 0; i < acl->n_entries; i++)
    {
      E13AclEntry entry;

      cr_assert (e13_acl_entry_parse (lines[i], &entry, NULL), "%s", lines[i]);
      cr_expect_eq (entry.tag, acl->entries[i].tag, "%s", lines[i]);
      cr_expect_eq (entry.id, acl->entries[i].id, "%s", lines[i]);
      cr_expect_eq (entry.rights, acl->entries[i].rights, "%s", lines[i]);
    }
}

Test (posix_acl, malformed_lines_are_errors)
{
  static const char *const bad[] = { "",
                                     "user",
                                     "user:",
                                     "user::",
                                     "user::rwxx",
                                     "user::xwr",
                                     "user:name:rwx",
                                     "user:-1:rwx",
                                     "user:4294967295:rwx",
                                     "user:99999999999:r--",
                                     "mask:3:rwx",
                                     "other:0:r--",
                                     "who::rwx",
                                     "user:3:rwx:x",
                                     "default:user::rwx" };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      E13AclEntry entry;
      g_autoptr (GError) error = NULL;

      cr_expect_not (e13_acl_entry_parse (bad[i], &entry, &error), "'%s' was accepted", bad[i]);
      cr_expect_not_null (error, "'%s' gave no error", bad[i]);
    }
}
