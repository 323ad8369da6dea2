/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* In which order changes are made: what restarts an application of ASP.NET comes last. */

#include <criterion/criterion.h>

#include "repair/apply.h"
#include "tests/support/sd-text.h"

TestSuite (apply_order, .timeout = 60);

static GString *order;

static E13Pin *
pin (const E13Tree *tree G_GNUC_UNUSED, const char *path, GError **error G_GNUC_UNUSED)
{
  E13Pin *pinned = g_new0 (E13Pin, 1);

  pinned->path = g_strdup (path);
  return pinned;
}

static void
unpin (E13Pin *pinned)
{
  g_free (pinned->path);
  g_free (pinned);
}

static gboolean
set (E13Pin *pinned, const E13ObjectKey *key G_GNUC_UNUSED, const E13Attributes *before G_GNUC_UNUSED,
     const E13Attributes *after G_GNUC_UNUSED, gboolean undoing G_GNUC_UNUSED, GError **error G_GNUC_UNUSED)
{
  g_string_append_printf (order, "%s ", pinned->path);
  return TRUE;
}

static void
make (gboolean of_windows, gboolean undoing)
{
  static const char *const paths[] = { "", "Web.Config", "a.py", "bin", "bin/x.dll", "sub/web.config", "z.txt" };
  const E13ReadOps read = { .hold = pin, .unpin = unpin };
  const E13WriteOps write = { .set = set };
  const E13ApplyRequest request = { .read = &read, .write = &write, .n_threads = 1, .undoing = undoing };
  g_autoptr (GPtrArray) changes = g_ptr_array_new_with_free_func ((GDestroyNotify)e13_change_free);

  order = g_string_new (NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      E13Facts facts = { .type = E13_TYPE_FILE, .sd = of_windows ? sd_from_text ("D:P") : NULL };

      g_ptr_array_add (changes, e13_change_new (E13_CHANGE_SET, paths[i], &facts));
      e13_facts_clear (&facts);
    }
  cr_expect_eq (e13_apply (&request, changes), 0);
}

Test (apply_order, what_restarts_the_application_comes_last)
{
  make (TRUE, FALSE);
  cr_expect_str_eq (order->str, " a.py z.txt Web.Config bin bin/x.dll sub/web.config ");
  g_string_free (order, TRUE);
  make (TRUE, TRUE);
  cr_expect_str_eq (order->str, " a.py z.txt Web.Config bin bin/x.dll sub/web.config ");
  g_string_free (order, TRUE);
}

Test (apply_order, elsewhere_they_are_files_like_others)
{
  make (FALSE, FALSE);
  cr_expect_str_eq (order->str, " Web.Config a.py bin bin/x.dll sub/web.config z.txt ");
  g_string_free (order, TRUE);
}
