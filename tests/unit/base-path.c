/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <criterion/criterion.h>

#include "base/path.h"

TestSuite (path, .timeout = 60);

Test (path, is_in)
{
  static const struct
  {
    const char *path;
    const char *directory;
    gboolean is_in;
  } rows[] = {
    { "", "", TRUE },         { "a", "", TRUE },        { "/a", "", FALSE },        { "a", "a", TRUE },
    { "a/b", "a", TRUE },     { "ab", "a", FALSE },     { "a", "a/b", FALSE },      { "a-b", "a", FALSE },
    { "/srv/x", "/", TRUE },  { "/", "/", TRUE },       { "/srv/x", "/srv", TRUE }, { "/srvx", "/srv", FALSE },
    { "/srv", "/srv", TRUE }, { "srv", "/srv", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    cr_expect_eq (e13_path_is_in (rows[i].path, rows[i].directory), rows[i].is_in, "'%s' in '%s'", rows[i].path,
                  rows[i].directory);
}

Test (path, the_order_of_a_walk)
{
  static const char *const sorted[] = { "", "a", "a/b", "a/b/c", "a/z", "a b", "a-b", "aa", "b", "\377" };

  for (gsize i = 0; i < G_N_ELEMENTS (sorted); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (sorted); j++)
      {
        int order = e13_path_compare (sorted[i], sorted[j]);

        cr_expect_eq ((order > 0) - (order < 0), (i > j) - (i < j), "'%s' and '%s': %d", sorted[i], sorted[j], order);
      }
}

Test (path, joining)
{
  static const struct
  {
    const char *root;
    const char *path;
    char separator;
    const char *joined;
  } joins[] = {
    { "/srv", "a/b", '/', "/srv/a/b" },
    { "/srv", "", '/', "/srv" },
    { "/", "a", '/', "/a" },
    { "C:\\www", "a/b", '\\', "C:\\www\\a\\b" },
    { "C:\\", "a", '\\', "C:\\a" },
    { "site", "", '\\', "site" },
    { "/srv/a\\b", "c\\d", '/', "/srv/a\\b/c\\d" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (joins); i++)
    {
      g_autofree char *joined = e13_path_join (joins[i].root, joins[i].path, joins[i].separator);

      cr_expect_str_eq (joined, joins[i].joined, "%s", joined);
    }
}
