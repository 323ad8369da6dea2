/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <criterion/criterion.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "policy/profile.h"

TestSuite (loading, .timeout = 60);

#define HEAD "[Profile]\nName=x\n"

TestSuite (profile, .timeout = 60);

typedef struct
{
  const char *label;
  const char *text;
  const char *message;
} Bad;

static const Bad bad[] = {
  { "no name", "[a]\nApp=read\n", "file: no 'Name' in [Profile]" },
  { "nothing", "", "file: no 'Name' in [Profile]" },
  { "empty name", "[Profile]\nName=\n", "file:2: bad value of 'Name' in [Profile]: the value is empty" },
  { "key in another case", HEAD "[a]\napp=read\n", "file:4: unknown key 'app' in [a]: the nearest one is 'App'" },
  { "misspelt key", HEAD "[a]\nWorlds=none\n", "file:4: unknown key 'Worlds' in [a]: the nearest one is 'World'" },
  { "swapped letters", HEAD "[a]\nSrevre=none\n", "file:4: unknown key 'Srevre' in [a]: the nearest one is 'Server'" },
  { "misspelt group", HEAD "\n[Mtach]\nAll=a\n", "file:5: unknown key 'All' in [Mtach]: it belongs into [Match]" },
  { "misspelt group too", "[profile]\nName=x\n", "file:2: unknown key 'Name' in [profile]: it belongs into [Profile]" },
  { "key of a path", "[Profile]\nApp=read\n", "file:2: unknown key 'App' in [Profile]: it belongs into [PATTERN]" },
  { "bad level", HEAD "[a]\nApp=rw\n",
    "file:4: bad value of 'App' in [a]: 'rw' is none of none, traverse, read, run, write, modify" },
  { "comment behind a value", HEAD "[a]\nApp=read # all\n",
    "file:4: bad value of 'App' in [a]: 'read # all' is none of none, traverse, read, run, write, modify" },
  { "bad script", HEAD "[a]\nScript=write\n", "file:4: bad value of 'Script' in [a]: 'write' is none of read, run" },
  { "bad world", HEAD "[a]\nWorld=write\n", "file:4: bad value of 'World' in [a]: 'write' is neither none nor read" },
  { "bad code", HEAD "[a]\nCode=true\n", "file:4: bad value of 'Code' in [a]: 'true' is neither yes nor no" },
  { "bad when", HEAD "[a]\nApp=read\nWhen=now\n",
    "file:5: bad value of 'When' in [a]: 'now' is none of runtime, install, update, and one feature:NAME" },
  { "feature without a name", HEAD "[a]\nApp=read\nWhen=feature:\n",
    "file:5: bad value of 'When' in [a]: 'feature:' is none of runtime, install, update, and one feature:NAME" },
  { "empty when", HEAD "[a]\nApp=read\nWhen=;\n", "file:5: bad value of 'When' in [a]: the list is empty" },
  { "path in holding", HEAD "[a/]\nHolding=b/c\n",
    "file:4: bad value of 'Holding' in [a/]: 'b/c' is no pattern of a name without a directory" },
  { "tree in beside", HEAD "[a]\nBeside=**\n",
    "file:4: bad value of 'Beside' in [a]: '**' is no pattern of a name without a directory" },
  { "empty holding", HEAD "[a/]\nHolding=\n", "file:4: bad value of 'Holding' in [a/]: the list is empty" },
  { "holding and beside", HEAD "[a]\nHolding=b\nBeside=c\nApp=read\n",
    "file:3: section [a] holds both 'Holding', for directories, and 'Beside', for files" },
  { "sets nothing", HEAD "[a]\nWhy=because\n",
    "file:3: section [a] sets none of 'App', 'Server', 'Script', 'World' and 'Code'" },
  { "bad pattern", HEAD "[/a]\nApp=read\n", "file:3: bad pattern '/a': column 1: patterns are relative to the site" },
  { "bad marker", HEAD "[Match]\nAll=a;b/[\n",
    "file:4: bad value of 'All' in [Match]: bad pattern 'b/[': column 3: this bracket is not closed" },
  { "open regex", HEAD "[Match]\nNot=a~/b\n",
    "file:4: bad value of 'Not' in [Match]: the regular expression 'b' has no / at its end" },
  { "regex flag", HEAD "[Match]\nAny=a~/b/iq\n",
    "file:4: bad value of 'Any' in [Match]: 'q' is no flag of a regular expression: i, m, s and x are" },
  { "empty list", HEAD "[Match]\nAny= ; \n", "file:4: bad value of 'Any' in [Match]: the list is empty" },
  { "second section", HEAD "[a]\nApp=read\n[b]\nApp=read\n[a]\nApp=none\n",
    "file:7: section [a] is already on line 3" },
  { "second key", HEAD "[a]\nApp=read\nApp=none\n", "file:5: key 'App' is already on line 4" },
  { "open section", HEAD "[a\nApp=read\n", "file:3: a section's line ends with ]" },
  { "neither nor", HEAD "\nhello\n", "file:4: 'hello' is neither a section, a KEY=VALUE nor a comment" },
  { "no key", HEAD "=x\n", "file:3: '=x' is neither a section, a KEY=VALUE nor a comment" },
  { "too early", "# comment\nName=x\n", "file:2: key 'Name' stands before the first section" },
  { "an escape that a terminal obeys", HEAD "[a]\nWhy=\033[31m\n", "file:4: a character that does not print" },
  { "an escape of one byte more",
    HEAD "[a]\nWhy=\302\233"
         "31m\n",
    "file:4: a character that does not print" },
  { "text that turns round", HEAD "[a]\nWhy=\342\200\256\n", "file:4: a character that does not print" },
  { "not UTF-8", HEAD "[a]\nWhy=\377\n", "file:4: not UTF-8" },
  { "control characters", HEAD "\033[31m\n", "file:3: a character that does not print" },
};

static void
check_errors (const Bad *row)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (E13Profile) profile = e13_profile_parse ("x", "file", row->text, strlen (row->text), &error);

  cr_assert_null (profile, "%s: accepted", row->label);
  cr_assert (g_error_matches (error, E13_ERROR, E13_ERROR_INPUT), "%s: another error", row->label);
  cr_expect_str_eq (error->message, row->message, "%s: got: %s", row->label, error->message);
}

Test (profile, errors)
{
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    check_errors (&bad[i]);
}

static char *
message_of (const char *text, gsize size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (E13Profile) profile = e13_profile_parse ("x", "file", text, size, &error);

  return g_strdup (profile != NULL ? "accepted" : error->message);
}

Test (profile, a_bad_regular_expression_is_named)
{
  static const char text[] = HEAD "[Match]\nAny=a~/(/\n";
  g_autofree char *message = message_of (text, strlen (text));

  cr_expect (g_str_has_prefix (message, "file:4: bad value of 'Any' in [Match]: bad regular expression '(/': "),
             "got: %s", message);
}

Test (profile, a_nul_byte_is_refused)
{
  static const char text[] = HEAD "[a]\nApp=re\0ad\n";
  g_autofree char *message = message_of (text, sizeof text - 1);

  cr_expect_str_eq (message, "file:4: a NUL byte", "got: %s", message);
}

Test (profile, bounds_are_kept)
{
  g_autofree char *large = g_strnfill (1024 * 1024 + 1, '#');
  g_autoptr (GString) many_lists = g_string_new (HEAD);
  g_autoptr (GString) many_sections = g_string_new (HEAD);
  g_autoptr (GString) many_keys = g_string_new (HEAD "[a]\n");
  g_autofree char *too_large = message_of (large, strlen (large));
  g_autofree char *too_many_lists = NULL;
  g_autofree char *too_many_sections = NULL;
  g_autofree char *too_many_keys = NULL;

  for (guint i = 0; i < 33; i++)
    g_string_append_printf (many_lists, "[a%u/]\nApp=read\nHolding=n%u\n", i, i);
  for (guint i = 0; i < 1025; i++)
    g_string_append_printf (many_sections, "[a%u]\nApp=read\n", i);
  for (guint i = 0; i < 65; i++)
    g_string_append_printf (many_keys, "K%u=\n", i);
  too_many_lists = message_of (many_lists->str, many_lists->len);
  too_many_sections = message_of (many_sections->str, many_sections->len);
  too_many_keys = message_of (many_keys->str, many_keys->len);
  cr_expect_str_eq (too_large, "file: larger than 1 MiB", "got: %s", too_large);
  cr_expect_str_eq (too_many_lists, "file:101: bad value of 'Holding' in [a32/]: more than 32 different lists of names",
                    "got: %s", too_many_lists);
  cr_expect_str_eq (too_many_sections, "file:2051: section [a1024] is one too many for one profile", "got: %s",
                    too_many_sections);
  cr_expect_str_eq (too_many_keys, "file:68: more than 64 keys in one section", "got: %s", too_many_keys);
}

static const char whole[] = "\357\273\277# comment\r\n"
                            "[Profile]\r\n"
                            " Name = A site \r\n"
                            "Source=https://example.org/\r\n"
                            "\r\n"
                            "[Match]\r\n"
                            "All=a;b/;\r\n"
                            "Any=c~/a\\;b/i;d\r\n"
                            "Not=e\r\n"
                            "[x/**]\r\n"
                            "App=modify\r\n"
                            "Server=traverse\r\n"
                            "Script=run\r\n"
                            "World=none\r\n"
                            "Code=yes\r\n"
                            "When=update;feature:cache\r\n"
                            "Why=a = b\r\n"
                            "[**/]\r\n"
                            "Holding=*.py;*.cgi\r\n"
                            "App=modify\r\n"
                            "[*.txt]\r\n"
                            "Beside=*.py;*.cgi\r\n"
                            "Code=no\r\n"
                            "World=read";

Test (profile, everything_is_read)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (E13Profile) profile = e13_profile_parse ("id", "/etc/x.profile", whole, strlen (whole), &error);
  const E13Section *x, *directories, *texts;

  cr_assert_not_null (profile, "%s", error != NULL ? error->message : "");
  cr_expect_str_eq (profile->id, "id");
  cr_expect_str_eq (profile->origin, "/etc/x.profile");
  cr_expect_str_eq (profile->text, whole);
  cr_expect_str_eq (profile->name, "A site");
  cr_expect_str_eq (profile->source, "https://example.org/");
  cr_expect_eq (profile->all->len, 2);
  cr_expect_eq (profile->any->len, 2, "the semicolon of the regular expression divides nothing");
  cr_expect_eq (profile->none->len, 1);
  cr_assert_eq (e13_profile_sections (profile)->len, 3);
  x = g_ptr_array_index (e13_profile_sections (profile), 0);
  directories = g_ptr_array_index (e13_profile_sections (profile), 1);
  texts = g_ptr_array_index (e13_profile_sections (profile), 2);
  cr_expect_str_eq (x->pattern, "x/**");
  cr_expect_eq (x->line, 10);
  cr_expect (x->app == E13_LEVEL_MODIFY && x->server == E13_LEVEL_TRAVERSE && x->script == E13_LEVEL_RUN);
  cr_expect (x->world == E13_LEVEL_NONE && x->code && x->has_code);
  cr_expect_eq (x->when, E13_WHEN_UPDATE | E13_WHEN_FEATURE);
  cr_expect_str_eq (x->feature, "cache");
  cr_expect_str_eq (x->why, "a = b");
  cr_expect (directories->when == E13_WHEN_RUNTIME && directories->beside == 0 && !directories->has_code);
  cr_expect (texts->world == E13_LEVEL_READ && texts->has_code && !texts->code && texts->app == E13_LEVEL_UNSET);
  cr_expect_eq (directories->holding, texts->beside, "the same list twice has one bit");
  cr_expect_eq (e13_profile_names (profile)->len, 1);
}

/* The syntax promises to be GKeyFile's, so that other tools can read profiles. */
Test (profile, built_in_profiles_are_whole_and_key_files)
{
  const char *id, *text;
  gsize size;
  gsize n = 0;

  for (; (id = e13_profile_builtin (n, &text, &size)) != NULL; n++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GKeyFile) file = g_key_file_new ();
      g_autoptr (E13Profile) profile = e13_profile_parse (id, "built-in", text, size, &error);
      g_autofree char *relative = g_strdup_printf ("src/policy/profiles/%s.profile", id);
      g_autofree char *path
          = g_build_filename (g_getenv ("top_srcdir") ? g_getenv ("top_srcdir") : ".", relative, NULL);
      g_autofree char *source = NULL;

      cr_assert_not_null (profile, "%s: %s", id, error != NULL ? error->message : "");
      cr_expect_not_null (profile->source, "%s names no source", id);
      cr_expect (g_key_file_load_from_data (file, text, size, G_KEY_FILE_NONE, &error), "%s: %s", id,
                 error != NULL ? error->message : "");
      for (guint i = 0; i < e13_profile_sections (profile)->len; i++)
        {
          const E13Section *section = g_ptr_array_index (e13_profile_sections (profile), i);

          cr_expect (section->why != NULL || section->app == E13_LEVEL_UNSET, "%s: [%s] does not say why", id,
                     section->pattern);
        }
      if (g_file_get_contents (path, &source, NULL, NULL))
        cr_expect_str_eq (text, source, "%s is not what its file says", id);
      else
        cr_skip_test ("the profiles' files are not here: %s", path);
    }
  cr_expect_gt (n, 0);
}

typedef struct
{
  E13Level level;
  const char *name;
  const char *directory;
  const char *file;
} Level;

static const Level levels[] = {
  { E13_LEVEL_UNSET, "unset", "---", "---" },       { E13_LEVEL_NONE, "none", "---", "---" },
  { E13_LEVEL_TRAVERSE, "traverse", "--x", "---" }, { E13_LEVEL_READ, "read", "r-x", "r--" },
  { E13_LEVEL_RUN, "run", "r-x", "r-x" },           { E13_LEVEL_WRITE, "write", "rwx", "rw-" },
  { E13_LEVEL_MODIFY, "modify", "rwx", "rw-" },
};

Test (profile, levels_mean_rights)
{
  for (gsize i = 0; i < G_N_ELEMENTS (levels); i++)
    {
      const Level *row = &levels[i];

      cr_expect_str_eq (e13_level_name (row->level), row->name);
      cr_expect_str_eq (e13_rights_to_text (e13_level_rights (row->level, E13_TYPE_DIRECTORY)), row->directory, "%s",
                        row->name);
      cr_expect_str_eq (e13_rights_to_text (e13_level_rights (row->level, E13_TYPE_FILE)), row->file, "%s", row->name);
    }
}

/* ---- Loading --------------------------------------------------------------------------------- */

static char *folder;

static void
make_folder (void)
{
  folder = g_dir_make_tmp ("errno13-profiles-XXXXXX", NULL);
  cr_assert_not_null (folder);
}

static void
remove_folder (void)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_remove (path);
    }
  g_rmdir (folder);
  g_free (folder);
}

static void
put (const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  cr_assert (g_file_set_contents (path, text, -1, NULL));
}

static GPtrArray *
load (GError **error)
{
  const char *const folders[] = { "/nonexistent/errno13", folder, NULL };

  return e13_profiles_load (folders, error);
}

Test (loading, adds_and_replaces_by_name, .init = make_folder, .fini = remove_folder)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) profiles = NULL;
  g_autoptr (GPtrArray) builtin = e13_profiles_load (NULL, NULL);

  put ("django.profile", "[Profile]\nName=Mine\n");
  put ("new.profile", "[Profile]\nName=New\n");
  put ("notes.txt", "no profile");
  put (".hidden.profile", "no profile");
  profiles = load (&error);
  cr_assert_not_null (profiles, "%s", error != NULL ? error->message : "");
  cr_expect_eq (profiles->len, builtin->len + 1);
  cr_expect_str_eq (e13_profiles_find (profiles, "django")->name, "Mine");
  cr_expect_str_eq (e13_profiles_find (profiles, "new")->name, "New");
  cr_expect_str_eq (e13_profiles_find (profiles, "wordpress")->origin, "built-in");
  cr_expect_null (e13_profiles_find (profiles, "notes"));
}

Test (loading, names_the_broken_file, .init = make_folder, .fini = remove_folder)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *expected = g_strdup_printf ("%s/bad.profile:1: key 'Name' stands before the first section", folder);

  put ("bad.profile", "Name=Mine\n");
  cr_expect_null (load (&error));
  cr_assert_not_null (error);
  cr_expect_str_eq (error->message, expected, "got: %s", error->message);
}

Test (loading, opens_no_special_file, .init = make_folder, .fini = remove_folder)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (folder, "null.profile", NULL);
  g_autofree char *expected = g_strdup_printf ("cannot read the profile '%s': no regular file", path);

  cr_assert_eq (symlink ("/dev/null", path), 0);
  cr_expect_null (load (&error));
  cr_assert_not_null (error);
  cr_expect_str_eq (error->message, expected, "got: %s", error->message);
}
