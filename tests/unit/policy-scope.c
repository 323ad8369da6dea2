/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <criterion/criterion.h>
#include <criterion/parameterized.h>
#include <string.h>

#include "base/error.h"
#include "policy/policy.h"

TestSuite (scope, .timeout = 60);

static E13Profile *
profile_from (const char *sections)
{
  g_autofree char *text = g_strconcat ("[Profile]\nName=x\n", sections, NULL);
  g_autoptr (GError) error = NULL;
  E13Profile *profile = e13_profile_parse ("x", "test", text, strlen (text), &error);

  cr_assert_not_null (profile, "%s: %s", sections, error != NULL ? error->message : "");
  return profile;
}

static guint
marks_of (const E13Policy *policy, const char *names)
{
  g_auto (GStrv) all = g_strsplit (names, " ", -1);
  guint marks = 0;

  for (gsize i = 0; all[i] != NULL; i++)
    marks |= e13_policy_marks_of_name (policy, all[i]);
  return marks;
}

/* What @path needs: a directory's ends with a slash; @names are in its directory, or in itself. */
static E13Requirement
ask (const E13Policy *policy, const char *path, const char *names)
{
  g_autofree char *directory = g_strdup (path);
  char *slash = strrchr (directory, '/');
  gboolean is_directory = slash != NULL && slash[1] == '\0';
  const char *name = slash != NULL ? path + (slash - directory) + 1 : path;
  g_autoptr (E13Scope) scope = NULL;
  E13Requirement requirement;

  *(slash != NULL ? slash : directory) = '\0';
  scope = e13_policy_enter (policy, directory, marks_of (policy, names));
  if (is_directory)
    e13_scope_directory (scope, &requirement);
  else
    e13_scope_entry (scope, name, &requirement);
  return requirement;
}

static char *
text_of (const E13Requirement *r)
{
  return g_strdup_printf ("%s %s %s %s %s", e13_level_name (r->app), e13_level_name (r->server),
                          e13_level_name (r->script), e13_level_name (r->world),
                          r->code ? (r->asks_to_write_code ? "asked" : "code") : "-");
}

/* ---- The rules of the format ----------------------------------------------------------------- */

typedef struct
{
  const char *label;
  const char *sections;
  const char *path;
  const char *names;
  const char *expected; /* app, server, script, world, code */
} Row;

static const Row rows[] = {
  { "no section", "", "a", "", "unset unset unset unset -" },
  { "the server follows the app", "[a]\nApp=read\n", "a", "", "read read unset unset -" },
  { "but not beyond read", "[a]\nApp=modify\n", "a", "", "modify read unset unset -" },
  { "nor beyond traverse", "[a/]\nApp=traverse\n", "a/", "", "traverse traverse unset unset -" },
  { "unless it is told", "[a]\nApp=modify\nServer=none\n", "a", "", "modify none unset unset -" },
  { "the last one wins", "[**]\nApp=read\n[a]\nApp=none\n", "a", "", "none none unset unset -" },
  { "even if less exact", "[a]\nApp=none\n[**]\nApp=read\n", "a", "", "read read unset unset -" },
  { "key by key", "[**]\nApp=read\nWorld=none\n[a]\nApp=write\n[*]\nScript=run\n", "a", "", "write read run none -" },
  { "a secret taken back", "[**]\nWorld=none\n[a]\nWorld=read\n", "a", "", "unset unset unset read -" },
  { "code", "[a]\nApp=read\nCode=yes\n", "a", "", "read read unset unset code" },
  { "code asked for", "[**]\nCode=yes\n[a]\nApp=write\n", "a", "", "write read unset unset asked" },
  { "code taken back", "[**]\nCode=yes\n[a]\nCode=no\n", "a", "", "unset unset unset unset -" },
  { "only what runs now", "[**]\nApp=read\n[a]\nApp=modify\nWhen=update\n", "a", "", "read read unset unset -" },
  { "holding", "[**/]\nHolding=*.py;x\nApp=modify\n", "a/", "b a.py", "modify read unset unset -" },
  { "holding by the second name", "[**/]\nHolding=*.py;x\nApp=modify\n", "a/", "x", "modify read unset unset -" },
  { "holding nothing of it", "[**/]\nHolding=*.py;x\nApp=modify\n", "a/", "a.pyc xx", "unset unset unset unset -" },
  { "holding is not for files", "[**]\nHolding=*.py\nApp=modify\n", "a/b", "a.py", "unset unset unset unset -" },
  { "beside", "[**]\nBeside=*.py\nApp=write\n", "a/b.txt", "a.py", "write read unset unset -" },
  { "beside nothing", "[**]\nBeside=*.py\nApp=write\n", "a/b.txt", "c.txt", "unset unset unset unset -" },
  { "beside is not for directories", "[**]\nBeside=*.py\nApp=write\n", "a/", "a.py", "unset unset unset unset -" },
  { "the site itself", "[**]\nApp=read\n[*]\nApp=none\n", "/", "", "read read unset unset -" },
  { "only directories", "[**/]\nApp=read\n", "a/b", "", "unset unset unset unset -" },
  { "the tree's root", "[a/**]\nApp=modify\n", "a/", "", "modify read unset unset -" },
  { "no file of the tree's name", "[a/**]\nApp=modify\n", "a", "", "unset unset unset unset -" },
};

Test (scope, the_formats_rules)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const Row *row = &rows[i];
      g_autoptr (E13Profile) profile = profile_from (row->sections);
      g_autoptr (E13Policy) policy = e13_policy_new (profile, NULL, NULL);
      E13Requirement requirement = ask (policy, row->path, row->names);
      g_autofree char *text = text_of (&requirement);

      cr_expect_str_eq (text, row->expected, "%s: got %s", row->label, text);
    }
}

Test (scope, why_goes_with_what_the_app_needs)
{
  g_autoptr (E13Profile) profile
      = profile_from ("[**]\nApp=read\nWhy=all\n[a]\nApp=write\nWhy=data\n[*]\nCode=yes\nWhy=code\n[b]\nApp=none\n");
  g_autoptr (E13Policy) policy = e13_policy_new (profile, NULL, NULL);

  cr_expect_str_eq (ask (policy, "a", "").why, "data");
  cr_expect_str_eq (ask (policy, "b", "").why, "code", "where that one is silent, the last that speaks");
  cr_expect_str_eq (ask (policy, "x/y", "").why, "all");
}

/* ---- Options --------------------------------------------------------------------------------- */

Test (scope, cases_are_the_same_where_it_is_asked_for)
{
  static const char sections[] = "[Web.config]\nApp=write\n[*.PY]\nApp=run\n[App_Data/**]\nApp=modify\n"
                                 "[**/[A-C]x]\nApp=read\n[**]\nHolding=*.Cgi\nServer=read\n";
  static const char *const paths[] = { "Logs", NULL };
  g_autoptr (E13Profile) profile = profile_from (sections);
  g_autoptr (E13Policy) strict = e13_policy_new (profile, &(E13PolicyOptions){ .write_paths = paths }, NULL);
  g_autoptr (E13Policy) lax
      = e13_policy_new (profile, &(E13PolicyOptions){ .write_paths = paths, .ignores_case = TRUE }, NULL);

  cr_expect_eq (ask (lax, "web.CONFIG", "").app, E13_LEVEL_WRITE);
  cr_expect_eq (ask (lax, "a.py", "").app, E13_LEVEL_RUN);
  cr_expect_eq (ask (lax, "app_data/a/b", "").app, E13_LEVEL_MODIFY);
  cr_expect_eq (ask (lax, "d/Bx", "").app, E13_LEVEL_READ);
  cr_expect_eq (ask (lax, "d/bX", "").app, E13_LEVEL_READ);
  cr_expect_eq (ask (lax, "logs/a", "").app, E13_LEVEL_MODIFY);
  cr_expect_neq (e13_policy_marks_of_name (lax, "run.CGI"), 0);
  cr_expect_eq (ask (strict, "web.CONFIG", "").app, E13_LEVEL_UNSET);
  cr_expect_eq (ask (strict, "a.py", "").app, E13_LEVEL_UNSET);
  cr_expect_eq (ask (strict, "app_data/a/b", "").app, E13_LEVEL_UNSET);
  cr_expect_eq (ask (strict, "logs/a", "").app, E13_LEVEL_UNSET);
  cr_expect_eq (e13_policy_marks_of_name (strict, "run.CGI"), 0);
}

Test (scope, options)
{
  static const char sections[] = "[**]\nApp=read\n[d/**]\nApp=modify\n[r]\nApp=run\n[u/**]\nApp=modify\nWhen=update\n";
  static const char *const paths[] = { "w", "./x/y", "o*", NULL };
  g_autoptr (E13Profile) profile = profile_from (sections);
  g_autoptr (E13Policy) written = e13_policy_new (profile, &(E13PolicyOptions){ .write_paths = paths }, NULL);
  g_autoptr (E13Policy) read_only = e13_policy_new (profile, &(E13PolicyOptions){ .read_only = TRUE }, NULL);
  g_autoptr (E13Policy) update
      = e13_policy_new (profile, &(E13PolicyOptions){ .when = E13_WHEN_RUNTIME | E13_WHEN_UPDATE }, NULL);

  cr_expect_eq (ask (written, "w", "").app, E13_LEVEL_MODIFY);
  cr_expect_eq (ask (written, "w/", "").app, E13_LEVEL_MODIFY);
  cr_expect_eq (ask (written, "w/a/b", "").app, E13_LEVEL_MODIFY);
  cr_expect_eq (ask (written, "x/y/z", "").app, E13_LEVEL_MODIFY);
  cr_expect_eq (ask (written, "x/z", "").app, E13_LEVEL_READ);
  cr_expect_eq (ask (written, "o*", "").app, E13_LEVEL_MODIFY);
  cr_expect_eq (ask (written, "ox", "").app, E13_LEVEL_READ);
  cr_expect_eq (ask (read_only, "d/a", "").app, E13_LEVEL_READ);
  cr_expect_eq (ask (read_only, "r", "").app, E13_LEVEL_RUN);
  cr_expect_eq (ask (update, "u/a", "").app, E13_LEVEL_MODIFY);
  cr_expect_eq (ask (update, "d/a", "").app, E13_LEVEL_MODIFY);
  cr_expect_eq (ask (read_only, "u/a", "").app, E13_LEVEL_READ);
}

Test (scope, bad_options)
{
  static const char *const outside[] = { "../x", NULL };
  static const char *const absolute[] = { "/x", NULL };
  static const struct
  {
    E13PolicyOptions options;
    const char *message;
  } bad[] = {
    { { .write_paths = outside },
      "cannot use --write with '../x': bad pattern '../x': column 1: no component may be . or .." },
    { { .write_paths = absolute },
      "cannot use --write with '/x': bad pattern '/x': column 1: patterns are relative to the site" },
  };
  g_autoptr (E13Profile) profile = profile_from ("");

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      cr_expect_null (e13_policy_new (profile, &bad[i].options, &error), "%s", bad[i].message);
      cr_assert (g_error_matches (error, E13_ERROR, E13_ERROR_USAGE), "%s", bad[i].message);
      cr_expect_str_eq (error->message, bad[i].message, "got: %s", error->message);
    }
}

Test (scope, expected_directories)
{
  static const char sections[]
      = "[a/**]\nApp=modify\nWhy=uploads\n[b/]\nApp=write\n[c/**]\nApp=read\n[d*/**]\nApp=modify\n"
        "[e/**]\nApp=modify\n[e/]\nApp=read\n[f/**]\nApp=write\nWhen=update\n[g]\nApp=write\n"
        "[h/**]\nHolding=x\nApp=write\n[a/]\nApp=write\n";
  static const char *const paths[] = { "w/", "v", NULL };
  g_autoptr (E13Profile) profile = profile_from (sections);
  g_autoptr (E13Policy) policy = e13_policy_new (profile, &(E13PolicyOptions){ .write_paths = paths }, NULL);
  const GArray *expected = e13_policy_expected_directories (policy);
  g_autoptr (GString) all = g_string_new (NULL);

  for (guint i = 0; i < expected->len; i++)
    {
      const E13ExpectedDirectory *directory = &g_array_index (expected, E13ExpectedDirectory, i);

      g_string_append_printf (all, "%s %s,", directory->path, e13_level_name (directory->requirement.app));
    }
  cr_expect_str_eq (all->str, "a write,b write,w modify,", "got: %s", all->str);
}

/* ---- The built-in profiles ------------------------------------------------------------------- */

typedef struct
{
  const char *profile;
  const char *path;
  const char *names;
  const char *expected;
} Builtin;

static const Builtin builtin[] = {
  { "generic", "/", "index.html", "read read unset unset -" },
  { "generic", "index.html", "index.html", "read read unset unset -" },
  { "generic", "cgi-bin/", "count.py", "modify read run unset -" },
  { "generic", "cgi-bin/count.py", "count.py", "read read run unset code" },
  { "generic", "cgi-bin/count.txt", "count.py", "write read run unset -" },
  { "generic", "app/requirements.txt", "a.py", "read read unset unset code" },
  { "generic", "docs/a.txt", "b.txt", "read read unset unset -" },
  { "generic", "node_modules/x/", "a.py", "read read read unset -" },
  { "generic", "vendor/a/b.txt", "b.php", "read read read unset -" },
  { "generic", "app/x.sqlite3", "a.py", "write none unset none -" },
  { "generic", ".env", "a.py", "read none unset none -" },
  { "generic", ".env.example", "", "read read unset read -" },
  { "generic", ".git/", "hooks.py", "none none unset unset code" },
  { "generic", ".git/config", "", "none none unset unset code" },
  { "generic", "a/.htaccess", "", "read read unset unset code" },
  { "generic", "web.config", "", "read read unset unset code" },
  { "generic", "tls/site.key", "", "none none unset none -" },
  { "generic", "lib/certifi/cacert.pem", "", "read read unset read -" },
  { "generic", ".ssh/id_ed25519", "", "none none unset none -" },
  { "generic", "dump.sql.gz", "", "none none unset none -" },
  { "generic", "wp-config.php.save", "", "none none unset none -" },
  { "python-cgi", "cgi-bin/", "count.py", "modify read run unset -" },
  { "python-cgi", "cgi-bin/count.py", "count.py", "read read run unset code" },
  { "python-cgi", "cgi-bin/count.txt", "count.py", "write read run unset -" },
  { "python-cgi", "data/", "count.txt", "modify read unset unset -" },
  { "python-cgi", "data/count.txt", "count.txt", "modify read unset unset -" },
  { "python-cgi", "index.html", "index.html", "read read unset unset -" },
  { "python-cgi", ".htaccess", "", "read read unset unset code" },
  { "wordpress", "wp-content/", "", "read read unset unset -" },
  { "wordpress", "wp-content/uploads/", "", "modify read unset unset -" },
  { "wordpress", "wp-content/uploads/2026/06/a.jpg", "", "modify read unset unset -" },
  { "wordpress", "wp-content/uploads/2026/evil.php", "", "read read unset unset code" },
  { "wordpress", "wp-content/plugins/x/x.php", "", "read read unset unset asked" },
  { "wordpress", "wp-config.php", "", "read none unset none code" },
  { "wordpress", "wp-config.php.bak", "", "none none unset none -" },
  { "wordpress", ".htaccess", "", "read read unset unset asked" },
  { "wordpress", "wp-content/cache/", "", "read read unset unset -" },
  { "django", "/", "db.sqlite3 manage.py", "modify read unset unset -" },
  { "django", "/", "manage.py", "read read unset unset -" },
  { "django", "db.sqlite3", "", "modify none unset none -" },
  { "django", "db.sqlite3-wal", "", "modify none unset none -" },
  { "django", "media/a/b.jpg", "", "modify read unset unset -" },
  { "django", "static/a.css", "", "read read unset unset -" },
  { "django", "site/settings.py", "", "read none unset none code" },
  { "django", "site/urls.py", "", "read read unset unset code" },
  { "django", ".env", "", "read none unset none code" },
};

Test (scope, built_in_profiles)
{
  g_autoptr (GPtrArray) profiles = e13_profiles_load (NULL, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (builtin); i++)
    {
      const Builtin *row = &builtin[i];
      g_autoptr (E13Policy) policy = e13_policy_new (e13_profiles_find (profiles, row->profile), NULL, NULL);
      E13Requirement requirement = ask (policy, row->path, row->names);
      g_autofree char *text = text_of (&requirement);

      cr_expect_str_eq (text, row->expected, "%s: %s beside %s: got %s", row->profile, row->path, row->names, text);
    }
}

/* ---- Against the obvious way ----------------------------------------------------------------- */

/* The same question answered from the format's text: every section in turn, pattern by pattern. */
static E13Level
naive_app (const E13Profile *profile, const char *path, gboolean is_directory, const char *const *names)
{
  E13Level level = E13_LEVEL_UNSET;

  for (guint i = 0; i < e13_profile_sections (profile)->len; i++)
    {
      const E13Section *section = g_ptr_array_index (e13_profile_sections (profile), i);
      guint wanted = section->holding | section->beside;
      gboolean holds = wanted == 0;

      for (guint bit = 0; bit < e13_profile_names (profile)->len; bit++)
        if ((wanted >> bit & 1) != 0)
          {
            const E13NameList *list = g_ptr_array_index (e13_profile_names (profile), bit);

            for (gsize n = 0; names[n] != NULL; n++)
              for (guint g = 0; g < list->globs->len; g++)
                holds = holds || e13_glob_matches (g_ptr_array_index (list->globs, g), names[n], FALSE);
          }
      if (holds && (section->holding == 0 || is_directory) && (section->beside == 0 || !is_directory)
          && e13_glob_matches (section->glob, path, is_directory))
        level = section->app;
    }
  return level;
}

static const char *
pick (GRand *random, const char *const *words, gsize n)
{
  return words[g_rand_int_range (random, 0, (gint32)n)];
}

#define PICK(random, words) pick (random, words, G_N_ELEMENTS (words))

static const char *const parts[]
    = { "a", "b", "c.x", "*", "**", "**", "?", "*.x", "[ab]", "{a,b}", "a*", "*.y.x", "{c.x,**}" };
static const char *const words[] = { "a", "b", "c.x", "ab", ".x", "d.y.x", "z" };
static const char *const conditions[]
    = { "", "", "", "Holding=*.x\n", "Beside=a;b\n", "Holding=z\n", "Beside=*.y.x\n" };

static E13Profile *
random_profile (GRand *random)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GString) text = g_string_new (NULL);
  gint32 n = g_rand_int_range (random, 1, 40);

  for (gint32 i = 0; i < n; i++)
    {
      g_autoptr (GString) pattern = g_string_new (PICK (random, parts));

      while (g_rand_int_range (random, 0, 3) > 0)
        g_string_append_printf (pattern, "/%s", PICK (random, parts));
      if (g_rand_int_range (random, 0, 5) == 0)
        g_string_append_c (pattern, '/');
      if (g_hash_table_add (seen, g_strdup (pattern->str)))
        g_string_append_printf (text, "[%s]\nApp=%s\n%s", pattern->str,
                                e13_level_name ((E13Level)g_rand_int_range (random, 1, 7)), PICK (random, conditions));
    }
  return profile_from (text->str);
}

static void
compare (GRand *random, const E13Profile *profile, const E13Policy *policy)
{
  const char *names[] = { PICK (random, words), PICK (random, words), NULL };
  g_autoptr (GString) directory = g_string_new (NULL);
  guint marks = e13_policy_marks_of_name (policy, names[0]) | e13_policy_marks_of_name (policy, names[1]);
  g_autoptr (E13Scope) scope = NULL;
  E13Requirement requirement;

  while (g_rand_int_range (random, 0, 4) > 0)
    g_string_append_printf (directory, "%s%s", directory->len > 0 ? "/" : "", PICK (random, words));
  scope = e13_policy_enter (policy, directory->str, marks);
  e13_scope_directory (scope, &requirement);
  cr_assert_eq (requirement.app, naive_app (profile, directory->str, TRUE, names), "'%s' holding %s and %s in\n%s",
                directory->str, names[0], names[1], profile->text);
  for (gsize i = 0; i < 2; i++)
    {
      g_autofree char *path = g_strdup_printf ("%s%s%s", directory->str, directory->len > 0 ? "/" : "", names[i]);

      e13_scope_entry (scope, names[i], &requirement);
      cr_assert_eq (requirement.app, naive_app (profile, path, FALSE, names), "'%s' beside %s and %s in\n%s", path,
                    names[0], names[1], profile->text);
    }
}

Test (scope, agrees_with_the_obvious_way)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (13);

  for (guint i = 0; i < 300; i++)
    {
      g_autoptr (E13Profile) profile = random_profile (random);
      g_autoptr (E13Policy) policy = e13_policy_new (profile, NULL, NULL);

      for (guint j = 0; j < 50; j++)
        compare (random, profile, policy);
    }
}

/* e13_glob_matches() against the definition of each construct, by recursion over the text. */
static gboolean
naive_component (const char *pattern, const char *name)
{
  if (*pattern == '\0' || *name == '\0')
    return *name == '\0' && pattern[strspn (pattern, "*")] == '\0';
  if (*pattern == '*')
    return naive_component (pattern + 1, name) || naive_component (pattern, name + 1);
  if (*pattern == '[')
    return (*name == 'a' || *name == 'b') && naive_component (pattern + strlen ("[ab]"), name + 1);
  return (*pattern == '?' || *pattern == *name) && naive_component (pattern + 1, name + 1);
}

static gboolean
naive_path (char **pattern, char **path, gboolean is_directory)
{
  if (*pattern == NULL)
    return *path == NULL;
  if (strcmp (*pattern, "**") != 0)
    return *path != NULL && naive_component (*pattern, *path) && naive_path (pattern + 1, path + 1, is_directory);
  if (pattern[1] == NULL)
    return *path != NULL || is_directory;
  return naive_path (pattern + 1, path, is_directory)
         || (*path != NULL && naive_path (pattern, path + 1, is_directory));
}

Test (scope, patterns_agree_with_their_definition)
{
  static const char *const simple[] = { "a", "b", "**", "*", "?", "*.x", "[ab]", "a*", "*b*", "?*" };
  g_autoptr (GRand) random = g_rand_new_with_seed (2);

  for (guint i = 0; i < 20000; i++)
    {
      g_autoptr (GString) pattern = g_string_new (PICK (random, simple));
      g_autoptr (GString) path = g_string_new (PICK (random, words));
      gboolean is_directory = g_rand_boolean (random);
      g_auto (GStrv) patterns = NULL;
      g_auto (GStrv) paths = NULL;
      g_autoptr (E13Glob) glob = NULL;

      while (g_rand_boolean (random))
        if (!g_str_has_suffix (pattern->str, "**") || g_rand_boolean (random))
          g_string_append_printf (pattern, "/%s", PICK (random, simple));
      while (g_rand_boolean (random))
        g_string_append_printf (path, "/%s", PICK (random, words));
      while (strstr (pattern->str, "**/**") != NULL)
        g_string_erase (pattern, strstr (pattern->str, "**/**") - pattern->str, 3);
      patterns = g_strsplit (pattern->str, "/", -1);
      paths = g_strsplit (path->str, "/", -1);
      glob = e13_glob_new (pattern->str, NULL);
      cr_assert_eq (e13_glob_matches (glob, path->str, is_directory) ? TRUE : FALSE,
                    naive_path (patterns, paths, is_directory) ? TRUE : FALSE, "'%s' and '%s'", pattern->str,
                    path->str);
    }
}

/* ---- The worker process of IIS --------------------------------------------------------------- */

static const struct
{
  const char *sections;
  const char *path;
  const char *expected; /* worker, alone */
} workers[] = {
  { "", "web.config", "read alone" },
  { "", "a/b/web.config", "read alone" },
  { "", "/", "read" },
  { "", "a/b/", "read" },
  { "", "a.config", "unset" },
  { "[**]\nApp=read\n", "web.config", "read alone" },
  { "[**]\nApp=read\n", "a/", "read" },
  { "[.git/**]\nApp=none\n", ".git/", "none" },
  { "[.git/**]\nApp=none\nServer=read\n", ".git/", "read" },
};

ParameterizedTestParameters (scope, worker)
{
  static guint indexes[G_N_ELEMENTS (workers)];

  for (guint i = 0; i < G_N_ELEMENTS (workers); i++)
    indexes[i] = i;
  return cr_make_param_array (guint, indexes, G_N_ELEMENTS (workers));
}

ParameterizedTest (guint *row, scope, worker)
{
  g_autoptr (E13Profile) profile = profile_from (workers[*row].sections);
  g_autoptr (E13Policy) policy = e13_policy_new (profile, NULL, NULL);
  E13Requirement requirement = ask (policy, workers[*row].path, "");
  g_autofree char *text
      = g_strdup_printf ("%s%s", e13_level_name (requirement.worker), requirement.worker_alone ? " alone" : "");

  cr_assert_str_eq (text, workers[*row].expected, "[%s] %s: %s", workers[*row].sections, workers[*row].path, text);
  cr_assert_eq (requirement.why_worker != NULL, requirement.worker != E13_LEVEL_UNSET);
  cr_assert_eq (requirement.why, NULL);
}
