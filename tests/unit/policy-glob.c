/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <criterion/criterion.h>
#include <string.h>

#include "base/error.h"
#include "policy/glob.h"

/* Paths are divided by blanks; one that ends with a slash is a directory, "/" alone is the site. */
TestSuite (glob, .timeout = 60);

typedef struct
{
  const char *pattern;
  const char *match;
  const char *differ;
} Row;

static const Row rows[] = {
  { "a", "a a/", "b ab ba / b/a a/b" },
  { "a/", "a/", "a a/b a/b/ /" },
  { "a/b", "a/b a/b/", "a b a/b/c" },
  { "**", "/ a a/ a/b a/b/c/", "" },
  { "**/", "/ a/ a/b/", "a a/b" },
  { "a/**", "a/ a/b a/b/c a/b/", "a b ab/ x/a/b" },
  { "a/**/", "a/ a/b/ a/b/c/", "a a/b b/" },
  { "**/a", "a b/a b/c/a a/", "b a/b ba" },
  { "**/a/**", "a/ a/b b/a/ b/a/c a/a/a", "a b b/a" },
  { "a/**/b", "a/b a/x/b a/x/y/b", "b a/b/c ab" },
  { "a/**/**/b", "a/b a/x/b", "a" },
  { "*", "a abc .hidden a/", "/ a/b" },
  { "*/*", "a/b", "a a/b/c" },
  { "*.py", "a.py .py", "a.pyc a/b.py a.py/b" },
  { "**/*.py", "a.py b/a.py b/.py", "a.pyc" },
  { "*.tar.gz", "a.tar.gz a.b.tar.gz .tar.gz", "a.gz a.tar.gz.x" },
  { "a*b*c", "abc aXbYc abbc abcbc", "ab acb abcX" },
  { "a**b", "ab aXb", "a/b" },
  { "?", "a -", "ab / a/b" },
  { "a?c", "abc", "ac a/c abbc" },
  { "[abc]", "a b c", "d ab [" },
  { "[a-cx]", "a b c x", "d - ab" },
  { "[!a-c]", "d - x", "a b ab /" },
  { "[]]", "]", "[ a" },
  { "[!]]", "a [", "]" },
  { "[a-]", "a -", "b" },
  { "[*]", "*", "a" },
  { "[[]", "[", "a ]" },
  { "[{]", "{", "a" },
  { "{a,b}", "a b", "c ab {a,b}" },
  { "{a,b}/{c,d}", "a/c a/d b/c b/d", "a b c a/b" },
  { "a{,.bak}", "a a.bak", "ab" },
  { "{a,b{c,d}}", "a bc bd", "b c" },
  { "{a/b,c}/**", "a/b/ a/b/x c/ c/y", "a/ a/c a/b c" },
  { "{[,],x}", ", x", "[ ]" },
  { "a]", "a]", "a" },
  { "a,b", "a,b", "a b" },
  { "a\\*", "a\\ a\\b", "a*" },
  { "~", "~", "a" },
};

static gboolean
matches (const E13Glob *glob, const char *path)
{
  g_autofree char *bare = g_strdup (path);
  gboolean is_directory = g_str_has_suffix (path, "/");

  if (is_directory)
    bare[strlen (bare) - 1] = '\0';
  return e13_glob_matches (glob, bare, is_directory);
}

static void
check_matching (const Row *row)
{
  g_auto (GStrv) match = g_strsplit (row->match, " ", -1);
  g_auto (GStrv) differ = g_strsplit (row->differ, " ", -1);
  g_autoptr (GError) error = NULL;
  g_autoptr (E13Glob) glob = e13_glob_new (row->pattern, &error);

  cr_assert_not_null (glob, "'%s': %s", row->pattern, error != NULL ? error->message : "no error");
  for (gsize i = 0; match[i] != NULL; i++)
    if (!matches (glob, match[i]))
      cr_expect (FALSE, "'%s' does not match '%s'", row->pattern, match[i]);
  for (gsize i = 0; differ[i] != NULL; i++)
    if (matches (glob, differ[i]))
      cr_expect (FALSE, "'%s' matches '%s'", row->pattern, differ[i]);
}

Test (glob, matching)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    check_matching (&rows[i]);
}

typedef struct
{
  const char *pattern;
  const char *message;
} Bad;

static const Bad bad[] = {
  { "", "bad pattern '': column 1: it is empty" },
  { "/a", "bad pattern '/a': column 1: patterns are relative to the site" },
  { "/", "bad pattern '/': column 1: patterns are relative to the site" },
  { "a//b", "bad pattern 'a//b': column 3: an empty component" },
  { "a/./b", "bad pattern 'a/./b': column 3: no component may be . or .." },
  { "..", "bad pattern '..': column 1: no component may be . or .." },
  { "a/[.][.]", "bad pattern 'a/[.][.]': column 3: no component may be . or .." },
  { "a/{b,..}", "bad pattern 'a/..': column 3: no component may be . or .." },
  { "a[b", "bad pattern 'a[b': column 2: this bracket is not closed" },
  { "[a/b]", "bad pattern '[a/b]': column 1: this bracket is not closed" },
  { "[]", "bad pattern '[]': column 1: this bracket is not closed" },
  { "a{b", "bad pattern 'a{b': column 2: this brace is not closed" },
  { "a{b{c}", "bad pattern 'a{b{c}': column 2: this brace is not closed" },
  { "a}b", "bad pattern 'a}b': column 2: this brace was not opened" },
  { "a{b[}]", "bad pattern 'a{b[}]': column 2: this brace is not closed" },
  { "{,a}", "bad pattern '': column 1: it is empty" },
  { "\033[", "bad pattern '\\033[': column 2: this bracket is not closed" },
  { "{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}",
    "bad pattern '{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}': column 1: too many alternatives" },
};

static void
check_errors (const Bad *row)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (E13Glob) glob = e13_glob_new (row->pattern, &error);

  cr_assert_null (glob, "'%s' was accepted", row->pattern);
  cr_assert (g_error_matches (error, E13_ERROR, E13_ERROR_INPUT), "'%s': another error", row->pattern);
  cr_expect_str_eq (error->message, row->message, "'%s': got: %s", row->pattern, error->message);
}

Test (glob, errors)
{
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    check_errors (&bad[i]);
}

Test (glob, bounds_are_kept)
{
  g_autofree char *longest = g_strnfill (4096, 'a');
  g_autofree char *too_long = g_strnfill (4097, 'a');
  g_autoptr (GString) deep = g_string_new ("a");
  g_autoptr (E13Glob) fits = e13_glob_new (longest, NULL);
  g_autoptr (E13Glob) fits_too = NULL;

  cr_expect_not_null (fits);
  cr_expect (e13_glob_matches (fits, longest, FALSE));
  cr_expect_null (e13_glob_new (too_long, NULL));
  for (gsize i = 1; i < 63; i++)
    g_string_append (deep, "/a");
  fits_too = e13_glob_new (deep->str, NULL);
  cr_expect_not_null (fits_too);
  cr_expect (e13_glob_matches (fits_too, deep->str, FALSE));
  g_string_append (deep, "/a");
  cr_expect_null (e13_glob_new (deep->str, NULL));
}

Test (glob, bytes_of_no_encoding_match)
{
  g_autoptr (E13Glob) glob = e13_glob_new ("\377?[\200-\220]*", NULL);

  cr_assert_not_null (glob);
  cr_expect (e13_glob_matches (glob, "\377x\210", FALSE));
  cr_expect (e13_glob_matches (glob, "\377\300\200\n", FALSE));
  cr_expect_not (e13_glob_matches (glob, "\377x\221", FALSE));
}

typedef struct
{
  const char *pattern;
  const char *directory;
} Literal;

static const Literal literals[] = {
  { "a/b/**", "a/b" }, { "a/b/", "a/b" },  { "a/b", NULL },     { "**", NULL },   { "a/*/", NULL },
  { "**/a/", NULL },   { "{a,b}/", NULL }, { "a[*]/**", "a*" }, { "a/**/", "a" }, { "a[bc]/", NULL },
};

static void
check_literal_directory (const Literal *row)
{
  g_autoptr (E13Glob) glob = e13_glob_new (row->pattern, NULL);

  cr_assert_not_null (glob, "'%s'", row->pattern);
  cr_expect (g_strcmp0 (e13_glob_literal_directory (glob), row->directory) == 0, "'%s': got %s", row->pattern,
             e13_glob_literal_directory (glob));
}

Test (glob, literal_directory)
{
  for (gsize i = 0; i < G_N_ELEMENTS (literals); i++)
    check_literal_directory (&literals[i]);
}

static const char *const odd_names[]
    = { "a", "a/b", "*", "[", "]", "a{b,c}", "[!a]", "?", "**", "\\", "~/x/", "a/**/b" };

static void
check_a_tree_of_any_name (const char *name)
{
  g_autofree char *below = g_strconcat (name, g_str_has_suffix (name, "/") ? "" : "/", "x/y", NULL);
  g_autofree char *beside = g_strconcat ("x", name, NULL);
  g_autoptr (E13Glob) glob = e13_glob_new_tree (name, NULL);

  cr_assert_not_null (glob, "'%s'", name);
  cr_expect (e13_glob_matches (glob, name, TRUE), "'%s' itself", name);
  cr_expect (e13_glob_matches (glob, below, FALSE), "'%s'", below);
  cr_expect_not (e13_glob_matches (glob, beside, FALSE), "'%s' matched '%s'", name, beside);
  cr_expect_not (e13_glob_matches (glob, "other", FALSE), "'%s' matched 'other'", name);
}

Test (glob, a_tree_of_any_name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (odd_names); i++)
    check_a_tree_of_any_name (odd_names[i]);
}

static const struct
{
  const char *text;
  const char *folded;
} folds[] = {
  { "Web.CONFIG", "web.config" },
  { "[A-Z]*", "[a-z]*" },
  { "\303\204rger", "\303\244rger" },         /* A with a diaeresis */
  { "\320\226", "\320\266" },                 /* a letter of Cyrillic */
  { "\304\260", "i" },                        /* the dotted capital of Turkish */
  { "X\304Y\377Z", "x\304y\377z" },           /* Latin-1 */
  { "\360\220\220\200", "\360\220\220\250" }, /* beyond 16 bits */
  { "", "" },
};

Test (glob, cases_fold)
{
  for (gsize i = 0; i < G_N_ELEMENTS (folds); i++)
    {
      g_autofree char *folded = e13_glob_fold_case (folds[i].text);

      cr_expect_str_eq (folded, folds[i].folded, "'%s' became '%s'", folds[i].text, folded);
    }
}
