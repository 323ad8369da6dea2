/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <criterion/criterion.h>
#include <string.h>

#include "policy/detect.h"

TestSuite (detect, .timeout = 60);

/* A tree as a table: paths, a directory's ending with a slash; the content follows a =. Parents are implied. */
#define MAX_FILES 12

typedef struct
{
  const char *label;
  const char *expected;
  const char *files[MAX_FILES];
} Row;

#define MANAGE "manage.py=os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'site.settings')"
#define WORDPRESS "wp-login.php=", "wp-admin/", "wp-content/", "wp-includes/version.php=<?php\n$wp_version = '6.5';"
#define SHEBANG "#!/usr/bin/python3\n"

static const Row rows[] = {
  { "nothing", "generic", { NULL } },
  { "static pages", "generic", { "index.html=", "css/site.css=" } },
  { "WordPress", "wordpress", { WORDPRESS } },
  { "WordPress with CGI", "wordpress", { WORDPRESS, "cgi-bin/x.py=" SHEBANG } },
  { "another version.php",
    "generic",
    { "wp-login.php=", "wp-admin/", "wp-content/", "wp-includes/version.php=<?php" } },
  { "wp-content is a file",
    "generic",
    { "wp-login.php=", "wp-admin/", "wp-content=", "wp-includes/version.php=$wp_version = '6.5';" } },
  { "WordPress in a vendored copy", "generic", { "vendor/wp/wp-login.php=", "vendor/wp/wp-content/" } },
  { "Django", "django", { MANAGE, "site/settings.py=INSTALLED_APPS = []" } },
  { "Django with split settings", "django", { MANAGE, "site/settings/base.py=" } },
  { "Django with config", "django", { MANAGE, "config/settings_prod.py=" } },
  { "manage.py alone", "generic", { MANAGE } },
  { "settings in site-packages only", "generic", { MANAGE, "site-packages/settings.py=INSTALLED_APPS = []" } },
  { "CGI by folder", "python-cgi", { "cgi-bin/count.py=", "index.html=" } },
  { "CGI by shebang", "python-cgi", { "cgi-bin/count=" SHEBANG } },
  { "CGI deep below", "python-cgi", { "a/b/c/count.cgi=" SHEBANG } },
  { "CGI too deep below", "generic", { "1/2/3/4/5/6/7/8/count.cgi=" SHEBANG } },
  { "CGI in node_modules", "generic", { "node_modules/x/count.cgi=" SHEBANG } },
  { "CGI in a backup", "generic", { "Backup/count.cgi=" SHEBANG } },
  { "Perl", "apache-cgi", { "cgi-bin/count.cgi=#!/usr/bin/perl\n" } },
  { "an empty cgi-bin", "generic", { "cgi-bin/", "index.html=" } },
  { "CGI by .htaccess", "python-cgi", { "count.py=", ".htaccess=Options +execcgi\n" } },
  { "an .htaccess without", "generic", { "count.py=", ".htaccess=Deny from all\n" } },
  { "CGI on IIS", "python-cgi", { "web.config=<add scriptProcessor=\"C:\\Python312\\python.exe %s %s\" />" } },
};

static const char *
find (const Row *row, const char *path, gboolean is_directory)
{
  gsize length = strlen (path);

  for (gsize i = 0; i < MAX_FILES && row->files[i] != NULL; i++)
    {
      const char *file = row->files[i];
      gboolean begins = strncmp (file, path, length) == 0;

      if (length == 0 || (begins && file[length] == '/') || (begins && file[length] == '=' && !is_directory))
        return file;
    }
  return NULL;
}

static gboolean
exists (const char *path, gboolean is_directory, gpointer data)
{
  return find (data, path, is_directory) != NULL;
}

static GBytes *
read_file (const char *path, gsize max_bytes, gpointer data)
{
  const char *file = find (data, path, FALSE);
  const char *content = file != NULL && file[strlen (path)] == '=' ? file + strlen (path) + 1 : NULL;

  return content != NULL ? g_bytes_new (content, MIN (strlen (content), max_bytes)) : NULL;
}

static GPtrArray *
list (const char *path, gpointer data)
{
  const Row *row = data;
  g_autofree char *prefix = *path == '\0' ? g_strdup ("") : g_strconcat (path, "/", NULL);
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);

  for (gsize i = 0; i < MAX_FILES && row->files[i] != NULL; i++)
    if (g_str_has_prefix (row->files[i], prefix))
      {
        const char *rest = row->files[i] + strlen (prefix);

        g_ptr_array_add (names, g_strndup (rest, strcspn (rest, "/=")));
      }
  return names;
}

static E13Evidence
evidence_of (const Row *row)
{
  return (E13Evidence){ exists, read_file, list, (gpointer)row, FALSE };
}

Test (detect, built_in_profiles)
{
  g_autoptr (GPtrArray) profiles = e13_profiles_load (NULL, NULL);

  cr_assert_not_null (profiles);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      E13Evidence evidence = evidence_of (&rows[i]);
      const E13Profile *profile = e13_detect (profiles, &evidence);

      cr_assert_not_null (profile, "%s: none", rows[i].label);
      cr_expect_str_eq (profile->id, rows[i].expected, "%s: got %s", rows[i].label, profile->id);
    }
}

static GPtrArray *
profiles_from (const char *const *texts)
{
  GPtrArray *profiles = g_ptr_array_new_with_free_func ((GDestroyNotify)e13_profile_unref);

  for (gsize i = 0; texts[i] != NULL; i += 2)
    {
      g_autofree char *text = g_strdup_printf ("[Profile]\nName=x\n[Match]\n%s\n", texts[i + 1]);
      g_autoptr (GError) error = NULL;
      E13Profile *profile = e13_profile_parse (texts[i], "test", text, strlen (text), &error);

      cr_assert_not_null (profile, "%s: %s", texts[i], error != NULL ? error->message : "");
      g_ptr_array_add (profiles, profile);
    }
  return profiles;
}

typedef struct
{
  const char *label;
  const char *profiles[7]; /* id and markers in turn */
  const char *expected;    /* NULL: none */
} Choice;

static const Choice choices[] = {
  { "the one with most markers", { "a", "All=x;y", "b", "All=x;y;z", "c", "All=x" }, "b" },
  { "equally many: by id", { "b", "All=x;y", "a", "All=y;z" }, "a" },
  { "any counts once", { "a", "All=x;y", "b", "Any=x;y;z" }, "a" },
  { "not forbids", { "a", "All=x;y\nNot=z", "b", "All=x" }, "b" },
  { "not that is not there", { "a", "All=x\nNot=none", "b", "All=x" }, "a" },
  { "any needs one", { "a", "All=x\nAny=none;gone", "b", "All=y" }, "b" },
  { "case matters but for i", { "a", "All=x~/HELLO/", "b", "All=x~/HELLO/i" }, "b" },
  { "lines with m", { "a", "All=x~/^second/", "b", "All=x~/^second/m" }, "b" },
  { "bytes beyond UTF-8", { "a", "All=y~/end$/" }, "a" },
  { "no content of a directory", { "a", "All=d~/x/" }, NULL },
  { "no markers never match", { "a", "Not=none" }, NULL },
  { "without a generic one", { "a", "All=none" }, NULL },
};

Test (detect, the_most_specific_wins)
{
  static const Row tree = { "", "", { "x=hello\nsecond", "y=\377\376end", "z=", "d/x=" } };

  for (gsize i = 0; i < G_N_ELEMENTS (choices); i++)
    {
      const Choice *row = &choices[i];
      g_autoptr (GPtrArray) profiles = profiles_from (row->profiles);
      E13Evidence evidence = evidence_of (&tree);
      const E13Profile *profile = e13_detect (profiles, &evidence);

      cr_expect (g_strcmp0 (profile != NULL ? profile->id : NULL, row->expected) == 0, "%s: got %s", row->label,
                 profile != NULL ? profile->id : "none");
    }
}

/* ---- Bounds ---------------------------------------------------------------------------------- */

static gboolean
everything_exists (G_GNUC_UNUSED const char *path, G_GNUC_UNUSED gboolean is_directory, G_GNUC_UNUSED gpointer data)
{
  return TRUE;
}

static GBytes *
zeros (G_GNUC_UNUSED const char *path, gsize max_bytes, gpointer data)
{
  guint *n = data;

  n[1]++;
  return g_bytes_new_take (g_malloc0 (max_bytes), max_bytes);
}

static GPtrArray *
many (G_GNUC_UNUSED const char *path, gpointer data)
{
  guint *n = data;
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);

  n[0]++;
  for (guint i = 0; i < 100; i++)
    g_ptr_array_add (names, g_strdup_printf ("%u.cgi", i));
  return names;
}

Test (detect, an_endless_tree_is_given_up)
{
  static const char *const texts[] = { "a", "All=**/*.cgi~/python/", NULL };
  guint n[2] = { 0, 0 };
  E13Evidence evidence = { everything_exists, zeros, many, n, FALSE };
  g_autoptr (GPtrArray) profiles = profiles_from (texts);

  cr_expect_null (e13_detect (profiles, &evidence));
  cr_expect_leq (n[0], 256, "%u directories listed", n[0]);
  cr_expect_leq (n[1], 64, "%u files read", n[1]);
}

Test (detect, cases_are_the_same_where_it_is_asked_for)
{
  static const Row tree = { "", "", { "Web.Config=x", "App_Data/Sub/a.DLL=y" } };
  static const char *const texts[] = { "a", "All=web.config~/x/;app_data/;app_data/sub/*.dll;**/A.dll", NULL };
  g_autoptr (GPtrArray) profiles = profiles_from (texts);
  E13Evidence evidence = evidence_of (&tree);

  cr_expect_null (e13_detect (profiles, &evidence));
  evidence.ignores_case = TRUE;
  cr_assert_not_null (e13_detect (profiles, &evidence));
}
