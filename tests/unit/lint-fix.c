/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Edits of configuration files: in each encoding and with each line end, what is not meant stays byte for byte; and the
 * edits of lint --fix, held against the cured twins of tests/data/iis/lint. */

#include <criterion/criterion.h>
#include <criterion/parameterized.h>
#include <string.h>

#include "iis/lint-fix.h"

TestSuite (lint_fix, .timeout = 60);

/* ---- One edit -------------------------------------------------------------------------------- */

#define BYTES(text) text, sizeof (text) - 1

static const struct
{
  const char *label;
  const char *before;
  gsize before_size;
  gsize offset;
  gsize n_removed;
  const char *text;
  gboolean is_line;
  const char *after; /* NULL: it cannot be */
  gsize after_size;
} rows[] = {
  { "text within a line", BYTES ("<a b/>"), 4, 0, "='1'", FALSE, BYTES ("<a b='1'/>") },
  { "text for other text", BYTES ("<a b='1'/>"), 6, 1, "2", FALSE, BYTES ("<a b='2'/>") },
  { "a line before another", BYTES ("<a>\n  <b/>\n</a>\n"), 6, 0, "<c/>", TRUE, BYTES ("<a>\n  <c/>\n  <b/>\n</a>\n") },
  { "line ends of DOS", BYTES ("<a>\r\n\t<b/>\r\n</a>"), 6, 0, "<c/>", TRUE,
    BYTES ("<a>\r\n\t<c/>\r\n\t<b/>\r\n</a>") },
  { "line ends of the old Macintosh", BYTES ("<a>\r <b/>\r</a>"), 5, 0, "<c/>", TRUE,
    BYTES ("<a>\r <c/>\r <b/>\r</a>") },
  { "the line end of the line before, where they are mixed", BYTES ("<a>\r\n<d/>\n<b/></a>"), 10, 0, "<c/>", TRUE,
    BYTES ("<a>\r\n<d/>\n<c/>\n<b/></a>") },
  { "a line that is shared", BYTES ("<a><b/></a>\n"), 3, 0, "<c/>", TRUE, BYTES ("<a><c/><b/></a>\n") },
  { "no line at all", BYTES ("<a><b/></a>"), 3, 0, "<c/>", TRUE, BYTES ("<a><c/><b/></a>") },
  { "whole lines go", BYTES ("<a>\n  <b/>  \n  <c/>\n</a>"), 6, 4, "", TRUE, BYTES ("<a>\n  <c/>\n</a>") },
  { "lines that hold more stay", BYTES ("<a>\n  <b/><c/>\n</a>"), 6, 4, "", TRUE, BYTES ("<a>\n  <c/>\n</a>") },
  { "an element of several lines", BYTES ("<a>\n <b>\n </b>\n <c/></a>"), 5, 9, "", TRUE, BYTES ("<a>\n <c/></a>") },
  { "at the end", BYTES ("<a/>"), 4, 0, "\n", FALSE, BYTES ("<a/>\n") },
  { "UTF-8 with a mark", BYTES ("\xef\xbb\xbf<a b='\xc3\xa4'/>"), 6, 0, "c='\xc3\xb6' ", FALSE,
    BYTES ("\xef\xbb\xbf<a c='\xc3\xb6' b='\xc3\xa4'/>") },
  { "windows-1252", BYTES ("<?xml version='1.0' encoding='windows-1252'?><a b='\xe4'/>"), 48, 0, "c='\xc3\xb6' ", FALSE,
    BYTES ("<?xml version='1.0' encoding='windows-1252'?><a c='\xf6' b='\xe4'/>") },
  { "characters that windows-1252 has not", BYTES ("<?xml version='1.0' encoding='windows-1252'?><a b='\xe4'/>"), 48, 0,
    "c='\xd0\x96' ", FALSE, NULL, 0 },
  { "UTF-16, little end first", BYTES ("\xff\xfe<\0a\0>\0\n\0 \0<\0b\0/\0>\0<\0/\0a\0>\0"), 12, 0, "<\xc3\xa4/>", TRUE,
    BYTES ("\xff\xfe<\0a\0>\0\n\0 \0<\0\xe4\0/\0>\0\n\0 \0<\0b\0/\0>\0<\0/\0a\0>\0") },
  { "UTF-16, big end first", BYTES ("\xfe\xff\0<\0a\0/\0>"), 6, 0, "b", FALSE, BYTES ("\xfe\xff\0<\0a\0b\0/\0>") },
  { "an encoding that the file is not in", BYTES ("<?xml version='1.0' encoding='utf-16'?><a/>"), 30, 6, "utf-8", FALSE,
    BYTES ("<?xml version='1.0' encoding='utf-8'?><a/>") },
};

ParameterizedTestParameters (lint_fix, edits)
{
  static guint indexes[G_N_ELEMENTS (rows)];

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    indexes[i] = i;
  return cr_make_param_array (guint, indexes, G_N_ELEMENTS (rows));
}

ParameterizedTest (guint *row, lint_fix, edits)
{
  g_autoptr (GBytes) before = g_bytes_new (rows[*row].before, rows[*row].before_size);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = g_strdup (rows[*row].text);
  const E13IisEdit edit = { rows[*row].offset, rows[*row].n_removed, text, rows[*row].is_line };
  g_autoptr (GBytes) after = e13_iis_edit (before, &edit, &error);
  g_autoptr (GBytes) wanted = rows[*row].after != NULL ? g_bytes_new (rows[*row].after, rows[*row].after_size) : NULL;

  cr_assert_eq (after == NULL, error != NULL);
  cr_assert_eq (after == NULL, wanted == NULL, "%s", rows[*row].label);
  if (wanted != NULL)
    cr_assert (g_bytes_equal (after, wanted), "%s: %.*s", rows[*row].label, (int)g_bytes_get_size (after),
               (const char *)g_bytes_get_data (after, NULL));
}

/* ---- The corpus ------------------------------------------------------------------------------ */

static const struct
{
  const char *name;
  const char *path; /* of the one file that is written anew; NULL: none may be */
} cases[] = {
  { "500.19-attribute-in-other-case", "web.config" },
  { "500.19-duplicate-below-well-known", ".well-known/acme-challenge/web.config" },
  { "500.19-duplicate-default-document", "web.config" },
  { "500.19-duplicate-error-page", "web.config" },
  { "500.19-duplicate-handler-below", "sub/web.config" },
  { "500.19-duplicate-header", "web.config" },
  { "500.19-duplicate-hidden-segment", "web.config" },
  { "500.19-duplicate-in-file", "web.config" },
  { "500.19-duplicate-mime-type", "web.config" },
  { "500.19-module-twice", "web.config" },
  { "500.19-xml-ampersand", "web.config" },
  { "500.19-xml-attribute-twice", "web.config" },
  { "500.19-xml-blank-line-first", "web.config" },
  { "500.19-xml-cut-off", "web.config" },
  { "500.19-xml-slash-forgotten", "web.config" },

  { "500.19-duplicate-in-file-other-value", NULL }, /* which of the two is meant? */
  { "500.19-xml-cut-off-in-tag", NULL },
  { "500.19-xml-latin-1-byte", NULL },
  { "500.19-xml-quote-missing", NULL },
  { "500.19-xml-two-roots", NULL },
  { "500.19-misspelt-section", NULL },
  { "500.19-locked-by-default", NULL },
  { "500.19-locked-attribute", NULL },
  { "500.19-missing-url-rewrite", NULL },
  { "500.19-section-twice", NULL },
};

static char *
data_path (const char *name, const char *rest)
{
  const char *source = g_getenv ("top_srcdir");

  return g_build_filename (source != NULL ? source : ".", "tests", "data", "iis", name, rest, NULL);
}

static GBytes *
read_all (const char *path)
{
  g_autoptr (GError) error = NULL;
  char *text = NULL;
  gsize size = 0;

  g_file_get_contents (path, &text, &size, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (text, size);
}

ParameterizedTestParameters (lint_fix, corpus)
{
  static guint indexes[G_N_ELEMENTS (cases)];

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    indexes[i] = i;
  return cr_make_param_array (guint, indexes, G_N_ELEMENTS (cases));
}

/* What is written anew is just what the cured twin has. */
ParameterizedTest (guint *row, lint_fix, corpus)
{
  g_autofree char *folder = g_build_filename ("lint", cases[*row].name, NULL);
  g_autofree char *site = data_path (folder, "broken/site");
  g_autofree char *full = data_path ("full.config", NULL);
  g_autofree char *cured = data_path (folder, "cured/site");
  g_autoptr (GBytes) settings = read_all (full);
  g_autoptr (GError) error = NULL;
  g_autoptr (E13LintMachine) machine = e13_lint_machine_new ();
  g_autoptr (E13IisServer) server
      = e13_iis_server_parse ("applicationHost.config", g_bytes_get_data (settings, NULL), g_bytes_get_size (settings),
                              e13_lint_machine_variables (machine), &error);
  E13Tree *tree = e13_posix_read.open_tree (site, &error);
  const E13LintRequest request = {
    .server = server,
    .place = "Default Web Site",
    .shown = "site",
    .ops = &e13_posix_read,
    .tree = tree,
    .machine = machine,
  };
  g_autoptr (GPtrArray) rewrites = NULL;

  g_assert_no_error (error);
  rewrites = e13_lint_rewrites (&request, &error);
  g_assert_no_error (error);
  cr_assert_eq (rewrites->len, cases[*row].path != NULL ? 1 : 0, "%s: %u files", cases[*row].name, rewrites->len);
  if (rewrites->len > 0)
    {
      const E13LintRewrite *rewrite = rewrites->pdata[0];
      g_autofree char *path = g_build_filename (cured, rewrite->path, NULL);
      g_autoptr (GBytes) wanted = read_all (path);

      cr_assert_str_eq (rewrite->path, cases[*row].path);
      cr_assert (g_bytes_equal (rewrite->after, wanted), "%s: %.*s", cases[*row].name,
                 (int)g_bytes_get_size (rewrite->after), (const char *)g_bytes_get_data (rewrite->after, NULL));
    }
  e13_posix_read.close_tree (tree);
}

/* ---- What no file of the corpus can have ------------------------------------------------------ */

static E13Pin pinned;

static E13Pin *
pin (const E13Tree *tree, const char *path, GError **error)
{
  (void)tree;
  (void)path;
  (void)error;
  return &pinned;
}

static void
unpin (E13Pin *released)
{
  (void)released;
}

/* The findings of blocked-config where web.config has that stream. */
static guint
count_blocked (const char *zone)
{
  static const E13ReadOps ops = { .pin = pin, .unpin = unpin };
  const E13Tree tree = { .path = "C:\\site", .is_windows = TRUE };
  E13LintFile file = { .path = (char *)"web.config", .origin = (char *)"C:\\site\\web.config" };
  g_autoptr (GPtrArray) files = g_ptr_array_new ();
  g_autoptr (GPtrArray) places = g_ptr_array_new ();
  const E13LintSite site = { .ops = &ops, .tree = &tree, .files = files, .places = places };
  g_autoptr (E13Lint) lint = e13_lint_new ();
  g_autoptr (GBytes) bytes = zone != NULL ? g_bytes_new_static (zone, strlen (zone)) : NULL;

  pinned.facts.zone = bytes;
  g_ptr_array_add (files, &file);
  e13_lint_unreadable (&site, lint);
  for (guint i = 0; i < lint->findings->len; i++)
    {
      const E13LintFinding *finding = lint->findings->pdata[i];

      cr_assert_str_eq (finding->rule->id, "blocked-config");
      cr_assert_not_null (strstr (finding->cures->pdata[0], "Unblock-File"));
    }
  return lint->findings->len;
}

Test (lint_fix, a_mark_of_the_internet_is_possible_trouble)
{
  cr_assert_eq (count_blocked ("[ZoneTransfer]\r\nZoneId=3\r\n"), 1);
  cr_assert_eq (count_blocked ("[ZoneTransfer]\r\nZoneId=1\r\n"), 0);
  cr_assert_eq (count_blocked (NULL), 0);
}
