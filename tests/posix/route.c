/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <criterion/criterion.h>
#include <criterion/parameterized.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "platform/platform.h"
#include "tests/posix/scratch.h"

TestSuite (route, .timeout = 120);

static const E13ReadOps *const ops = &e13_posix_read;

/* "@" stands for the scratch directory, in every column. */
typedef struct
{
  const char *given;
  const char *resolved;
  const char *missing;
  int error;
  const char *pins; /* those at and below the scratch directory, by a space */
} Row;

static const Row rows[] = {
  { "@", "@", NULL, 0, "@" },
  { "@/", "@", NULL, 0, "@" },
  { "@/a/b/file", "@/a/b/file", NULL, 0, "@ @/a @/a/b @/a/b/file" },
  { "@//a/./b/", "@/a/b", NULL, 0, "@ @/a @/a/b" },
  { "@/a/b/..", "@/a", NULL, 0, "@ @/a @/a/b @/a" },
  { "@/a/../a/b", "@/a/b", NULL, 0, "@ @/a @/a/b" },
  { "@/to-b", "@/a/b", NULL, 0, "@ @/to-b @/a @/a/b" },
  { "@/to-b/file", "@/a/b/file", NULL, 0, "@ @/to-b @/a @/a/b @/a/b/file" },
  { "@/to-b/..", "@/a", NULL, 0, "@ @/to-b @/a @/a/b @/a" },
  { "@/a/up", "@", NULL, 0, "@ @/a @/a/up @" },
  { "@/a/up/a/b", "@/a/b", NULL, 0, "@ @/a @/a/up @/a/b" },
  { "@/twice/file", "@/a/b/file", NULL, 0, "@ @/twice @/to-b @/a @/a/b @/a/b/file" },
  { "@/absolute", "@/a", NULL, 0, "@ @/absolute @/a" },
  { "@/a/new/x", "@/a", "new/x", ENOENT, "@ @/a" },
  { "@/dangling/x", "@", "nowhere/y/x", ENOENT, "@ @/dangling" },
  { "@/a/b/file/x/y", "@/a/b/file", "x/y", ENOTDIR, "@ @/a @/a/b @/a/b/file" },
  { "@/a/b/file/", "@/a/b/file", NULL, ENOTDIR, "@ @/a @/a/b @/a/b/file" },
  { "@/loop/x", "@", "loop/x", ELOOP, "@ @/loop" },
  { "@/ping", "@", "ping", ELOOP, "@ @/ping @/pong" },
  { "/proc/self/root", NULL, "root", ELOOP, "" },
  { "/proc/self/cwd/x", NULL, "cwd/x", ELOOP, "" },
  { "/..", "/", NULL, 0, "" },
};

Test (route, an_empty_path_is_not_the_current_directory)
{
  g_autoptr (GError) error = NULL;

  cr_expect_null (ops->route ("", &error));
  cr_expect_not_null (error);
}

ParameterizedTestParameters (route, is_the_kernels)
{
  static gsize indices[G_N_ELEMENTS (rows)];

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    indices[i] = i;
  return cr_make_param_array (gsize, indices, G_N_ELEMENTS (rows));
}

static char *
make_tree (void)
{
  char *root = scratch_new ();
  g_autofree char *a = g_strconcat (root, "/a", NULL);

  scratch_mkdir ("%s", a);
  scratch_mkdir ("%s/b", a);
  scratch_file ("%s/b/file", a);
  scratch_link (root, "to-b", "a/b");
  scratch_link (root, "twice", "./to-b/");
  scratch_link (root, "a/up", "..");
  scratch_link (root, "absolute", a);
  scratch_link (root, "dangling", "nowhere/y");
  scratch_link (root, "loop", "loop");
  scratch_link (root, "ping", "pong");
  scratch_link (root, "pong", "ping");
  return root;
}

static char *
expand (const char *text, const char *root)
{
  g_auto (GStrv) parts = g_strsplit (text, "@", -1);

  return g_strjoinv (root, parts);
}

static char *
pins_below (const E13Route *route, const char *root)
{
  GString *paths = g_string_new (NULL);

  for (guint i = 0; i < route->pins->len; i++)
    {
      const E13Pin *pin = g_ptr_array_index (route->pins, i);

      if (g_str_has_prefix (pin->path, root))
        g_string_append_printf (paths, "%s%s", paths->len > 0 ? " " : "", pin->path);
    }
  return g_string_free (paths, FALSE);
}

ParameterizedTest (gsize *index, route, is_the_kernels)
{
  const Row *row = &rows[*index];
  char *root = make_tree ();
  g_autofree char *given = expand (row->given, root);
  g_autofree char *pins = expand (row->pins, root);
  g_autoptr (GError) error = NULL;
  g_autoptr (E13Route) route = ops->route (given, &error);
  g_autofree char *passed = NULL;

  cr_assert_not_null (route, "%s: %s", row->given, error != NULL ? error->message : "no error");
  passed = pins_below (route, root);
  cr_expect_str_eq (route->given, given);
  cr_expect_str_eq (passed, pins, "%s: passed %s", row->given, passed);
  cr_expect_eq (route->error, row->error, "%s: %s", row->given, strerror (route->error));
  cr_expect_eq (g_strcmp0 (route->missing, row->missing), 0, "%s: missing %s", row->given, route->missing);
  if (row->resolved != NULL)
    {
      g_autofree char *resolved = expand (row->resolved, root);

      cr_expect_str_eq (route->resolved, resolved, "%s: resolved %s", row->given, route->resolved);
    }
  cr_expect_str_eq (((E13Pin *)g_ptr_array_index (route->pins, 0))->path, "/");
  scratch_free (root);
}

Test (route, starts_in_the_current_directory)
{
  char *root = make_tree ();
  g_autofree char *expected = g_strconcat (root, "/a/b/file", NULL);
  g_autofree char *given = g_strconcat (root, "/to-b/file", NULL);
  g_autoptr (E13Route) route = NULL;

  cr_assert_eq (chdir (root), 0);
  route = ops->route ("to-b/file", NULL);
  cr_assert_not_null (route);
  cr_expect_str_eq (route->given, given);
  cr_expect_str_eq (route->resolved, expected);
  cr_assert_eq (chdir ("/"), 0);
  scratch_free (root);
}

/* a chain of n links needs n expansions: 40 are let through, as by the kernel */
Test (route, follows_as_many_links_as_the_kernel)
{
  char *root = make_tree ();

  for (guint i = 1; i <= 41; i++)
    {
      g_autofree char *name = g_strdup_printf ("link%u", i);
      g_autofree char *target = i == 1 ? g_strdup ("a") : g_strdup_printf ("link%u", i - 1);

      scratch_link (root, name, target);
    }
  for (guint n = 40; n <= 41; n++)
    {
      g_autofree char *path = g_strdup_printf ("%s/link%u", root, n);
      g_autoptr (E13Route) route = ops->route (path, NULL);
      int kernels = access (path, F_OK) == 0 ? 0 : errno;

      cr_expect_eq (route->error, kernels, "%u links: %s, the kernel: %s", n, strerror (route->error),
                    strerror (kernels));
    }
  scratch_free (root);
}

Test (route, a_site_is_a_directory_that_exists)
{
  char *root = make_tree ();
  static const struct
  {
    const char *path;
    const char *resolved;
  } sites[]
      = { { "@/to-b", "@/a/b" }, { "@/a", "@/a" }, { "@/a/b/file", NULL }, { "@/absent", NULL }, { "@/loop", NULL } };

  for (gsize i = 0; i < G_N_ELEMENTS (sites); i++)
    {
      g_autofree char *path = expand (sites[i].path, root);
      g_autofree char *resolved = sites[i].resolved != NULL ? expand (sites[i].resolved, root) : NULL;
      g_autoptr (GError) error = NULL;
      E13Tree *tree = ops->open_tree (path, &error);

      cr_expect_eq (tree != NULL, resolved != NULL, "%s", sites[i].path);
      cr_expect_eq (error == NULL, resolved != NULL, "%s", sites[i].path);
      if (tree != NULL)
        cr_expect (g_str_equal (tree->path, resolved) && g_str_equal (tree->root->path, ""), "%s", tree->path);
      ops->close_tree (tree);
    }
  scratch_free (root);
}
