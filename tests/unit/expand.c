/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Patterns that cmd hands over as they are. */

#include <criterion/criterion.h>
#include <criterion/parameterized.h>

#include "platform/expand.h"
#include "tests/support/memory-platform.h"

TestSuite (expand, .timeout = 60);

static const struct
{
  const char *pattern;
  const char *expanded; /* with blanks between; NULL: the error is @error */
  const char *error;
} rows[] = {
  { "/srv/*", "/srv/Anna /srv/ben /srv/ben.old /srv/\303\244", NULL },
  { "/srv/*.*", "/srv/Anna /srv/ben /srv/ben.old /srv/\303\244", NULL },
  { "/srv/B*", "/srv/ben /srv/ben.old", NULL },
  { "/srv/b?n", "/srv/ben", NULL },
  { "/srv/?", "/srv/\303\244", NULL },
  { "/srv/*n*d", "/srv/ben.old", NULL },
  { "/srv/ben*?", "/srv/ben.old", NULL },
  { "/srv/ben", "/srv/ben", NULL },
  { "/srv/none", "/srv/none", NULL },
  { "/*/ben", "/*/ben", NULL }, /* only in the last component */
  { "/srv/x*", NULL, "no directory matches '/srv/x*'" },
  { "/none/*", NULL, "no directory matches '/none/*'" },
  { "/srv/week7.zip*", NULL, "no directory matches '/srv/week7.zip*'" },
};

ParameterizedTestParameters (expand, patterns)
{
  static guint indexes[G_N_ELEMENTS (rows)];

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    indexes[i] = i;
  return cr_make_param_array (guint, indexes, G_N_ELEMENTS (rows));
}

static char *
expand (const char *pattern, gboolean is_windows, GError **error)
{
  static const char *const directories[] = { "/srv", "/srv/ben.old", "/srv/ben", "/srv/\303\244", "/srv/Anna" };
  g_autoptr (GPtrArray) paths = g_ptr_array_new ();
  g_autoptr (GPtrArray) expanded = NULL;
  E13ReadOps ops = memory_read;

  memory_reset (1000);
  for (gsize i = 0; i < G_N_ELEMENTS (directories); i++)
    memory_add (directories[i], E13_TYPE_DIRECTORY, 0, 0, 0755, NULL, NULL);
  memory_add ("/srv/week7.zip", E13_TYPE_FILE, 0, 0, 0644, NULL, NULL);
  ops.is_windows = is_windows;
  g_ptr_array_add (paths, (gpointer)pattern);
  expanded = e13_expand_directories (&ops, paths, error);
  if (expanded == NULL)
    return NULL;
  g_ptr_array_add (expanded, NULL);
  return g_strjoinv (" ", (char **)expanded->pdata);
}

ParameterizedTest (guint *row, expand, patterns)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *expanded = expand (rows[*row].pattern, TRUE, &error);

  cr_expect_eq (g_strcmp0 (expanded, rows[*row].expanded), 0, "%s: %s", rows[*row].pattern, expanded);
  cr_expect_eq (g_strcmp0 (error != NULL ? error->message : NULL, rows[*row].error), 0, "%s: %s", rows[*row].pattern,
                error != NULL ? error->message : NULL);
}

Test (expand, shells_have_done_it_elsewhere)
{
  g_autofree char *expanded = expand ("/srv/b*", FALSE, NULL);

  cr_expect_str_eq (expanded, "/srv/b*");
}
