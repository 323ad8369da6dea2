/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/support/acl-text.h"

#include <string.h>

static const struct
{
  const char *prefix;
  const char *word;
} words[] = { { "u:", "user:" }, { "g:", "group:" }, { "m:", "mask:" }, { "o:", "other:" } };

static E13AclEntry
parse_entry (const char *text)
{
  g_autoptr (GError) error = NULL;
  E13AclEntry entry;

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_has_prefix (text, words[i].prefix))
      {
        g_autofree char *line = g_strconcat (words[i].word, text + strlen (words[i].prefix), NULL);
        gboolean parsed = e13_acl_entry_parse (line, &entry, &error);

        g_assert_no_error (error);
        g_assert_true (parsed);
        return entry;
      }
  g_error ("'%s' is no ACL entry", text);
}

E13Acl *
test_acl (const char *text)
{
  g_auto (GStrv) fields = g_strsplit (text, ",", -1);
  g_autoptr (GArray) entries = g_array_new (FALSE, FALSE, sizeof (E13AclEntry));
  g_autoptr (GError) error = NULL;
  E13Acl *acl;

  for (guint i = 0; fields[i] != NULL; i++)
    {
      E13AclEntry entry = parse_entry (fields[i]);

      g_array_append_val (entries, entry);
    }
  acl = e13_acl_new ((const E13AclEntry *)(gpointer)entries->data, entries->len, &error);
  g_assert_no_error (error);
  return acl;
}

E13Identity *
test_identity (const char *text)
{
  const char *equals = strchr (text, '=');
  g_autofree char *name = equals != NULL ? g_strndup (text, (gsize)(equals - text)) : NULL;
  const char *numbers = equals != NULL ? equals + 1 : text;
  g_auto (GStrv) fields = g_strsplit_set (numbers, ":,", -1);
  guint n_fields = g_strv_length (fields);
  g_autofree guint32 *gids = g_new (guint32, n_fields);
  E13Identity *identity;

  g_assert_cmpuint (n_fields, >=, 2);
  for (guint i = 0; i < n_fields; i++)
    gids[i] = (guint32)g_ascii_strtoull (fields[i], NULL, 10);
  identity = e13_identity_new (name, gids[0], gids[1], gids + 2, n_fields - 2, "test");
  identity->overrides_dac = g_str_has_suffix (text, "+");
  return identity;
}
