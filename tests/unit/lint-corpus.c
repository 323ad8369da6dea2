/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* tests/data/iis/lint: each broken configuration has just the findings that its `expect` names, its cured twin none;
 * nor have those of tests/data/iis/healthy. Each rule has a case. */

#include <criterion/criterion.h>
#include <criterion/parameterized.h>
#include <string.h>

#include "iis/lint-site.h"

TestSuite (lint_corpus, .timeout = 60);

/* ---- Cases ----------------------------------------------------------------------------------- */

static char *
data_path (const char *rest)
{
  const char *source = g_getenv ("top_srcdir");

  return g_build_filename (source != NULL ? source : ".", "tests", "data", "iis", rest, NULL);
}

static gint
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

/* The directories in tests/data/iis/@folder. */
static GPtrArray *
cases_of (const char *folder)
{
  g_autofree char *path = data_path (folder);
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = g_dir_open (path, 0, &error);
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  g_assert_no_error (error);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *full = g_build_filename (path, name, NULL);

      if (g_file_test (full, G_FILE_TEST_IS_DIR))
        g_ptr_array_add (names, g_strdup (name));
    }
  g_ptr_array_sort (names, compare_names);
  return names;
}

typedef struct
{
  GPtrArray *findings; /* of char *: "RULE STATUS HRESULT FILE:LINE CERTAINTY", sorted */
  char *server;
  char *place;
  gboolean has_source;
  gboolean has_unknown;
} Expected;

static void
expected_clear (Expected *expected)
{
  g_ptr_array_unref (expected->findings);
  g_free (expected->server);
  g_free (expected->place);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Expected, expected_clear)

static void
read_line (Expected *expected, const char *line, const char *label)
{
  g_auto (GStrv) words = g_strsplit (line, " ", 2);

  if (words[0] == NULL || *words[0] == '\0' || *words[0] == '#')
    return;
  if (strcmp (words[0], "unknown") == 0)
    expected->has_unknown = TRUE;
  else if (strcmp (words[0], "source") == 0)
    expected->has_source = TRUE;
  else if (strcmp (words[0], "server") == 0)
    expected->server = g_strdup (words[1]);
  else if (strcmp (words[0], "place") == 0)
    {
      g_free (expected->place);
      expected->place = g_strdup (words[1]);
    }
  else if (strcmp (words[0], "finding") == 0)
    g_ptr_array_add (expected->findings, g_strdup (words[1]));
  else
    cr_assert (FALSE, "%s: expect says '%s'", label, line);
}

static void
read_expected (Expected *expected, const char *directory, const char *label)
{
  g_autofree char *path = g_build_filename (directory, "expect", NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  expected->findings = g_ptr_array_new_with_free_func (g_free);
  expected->place = g_strdup ("Default Web Site");
  if (!g_file_get_contents (path, &text, NULL, NULL))
    return;
  lines = g_strsplit (text, "\n", -1);
  for (gsize i = 0; lines[i] != NULL; i++)
    read_line (expected, g_strchomp (lines[i]), label);
  g_ptr_array_sort (expected->findings, compare_names);
}

/* @name in @directory/@half, or in @directory; NULL: in neither. */
static char *
find_part (const char *directory, const char *half, const char *name)
{
  g_autofree char *own = g_build_filename (directory, half, name, NULL);
  g_autofree char *shared = g_build_filename (directory, name, NULL);

  if (g_file_test (own, G_FILE_TEST_EXISTS))
    return g_steal_pointer (&own);
  return g_file_test (shared, G_FILE_TEST_EXISTS) ? g_steal_pointer (&shared) : NULL;
}

/* ---- Linting --------------------------------------------------------------------------------- */

static char *
read_all (const char *path, gsize *ret_size)
{
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (path, &text, ret_size, &error);
  g_assert_no_error (error);
  return text;
}

static E13LintMachine *
read_machine (const char *directory, const char *half)
{
  g_autofree char *path = find_part (directory, half, "machine");
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  E13LintMachine *machine;
  gsize size = 0;

  if (path == NULL)
    return e13_lint_machine_new ();
  text = read_all (path, &size);
  machine = e13_lint_machine_parse (path, text, size, &error);
  g_assert_no_error (error);
  return machine;
}

static E13IisServer *
read_server (const Expected *expected, const char *directory, const char *half, const E13LintMachine *machine)
{
  g_autofree char *own = find_part (directory, half, "applicationHost.config");
  g_autofree char *parent = g_path_get_dirname (directory);
  g_autofree char *above = g_path_get_dirname (parent);
  g_autofree char *common = g_build_filename (above, expected->server != NULL ? expected->server : "full.config", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  E13IisServer *server;
  gsize size = 0;

  if (g_strcmp0 (expected->server, "none") == 0)
    return NULL;
  text = read_all (own != NULL ? own : common, &size);
  server = e13_iis_server_parse ("applicationHost.config", text, size, e13_lint_machine_variables (machine), &error);
  g_assert_no_error (error);
  return server;
}

/* "RULE STATUS HRESULT FILE:LINE CERTAINTY" */
static char *
describe (const E13LintFinding *finding, const char *site)
{
  const E13LintRule *rule = finding->rule;
  g_autofree char *hresult = rule->hresult != 0 ? g_strdup_printf ("0x%08x", rule->hresult) : g_strdup ("-");
  gsize length = site != NULL ? strlen (site) : 0;
  gboolean is_in_site = length > 0 && strncmp (finding->origin, site, length) == 0;

  return g_strdup_printf ("%s %s %s %s%s:%u %s", rule->id, rule->status, hresult, is_in_site ? "site" : "",
                          finding->origin + (is_in_site ? length : 0), finding->place.line,
                          e13_lint_certainty_name (finding->certainty));
}

/* What every finding must have, whatever it is. */
static void
check_finding (const E13LintFinding *finding, const char *label)
{
  cr_expect (finding->because != NULL && strlen (finding->because) > 20, "%s: %s says no reason", label,
             finding->rule->id);
  cr_expect (finding->cures->len > 0, "%s: %s has no cure", label, finding->rule->id);
  cr_expect (finding->certainty >= finding->rule->certainty, "%s: %s is surer than its rule", label, finding->rule->id);
}

/* The findings as lines; the caller frees. */
static char *
lint_half (const Expected *expected, const char *directory, const char *half, const char *label, guint *ret_unknowns)
{
  g_autofree char *tree_path = find_part (directory, half, "site");
  g_autoptr (E13LintMachine) machine = read_machine (directory, half);
  g_autoptr (E13IisServer) server = read_server (expected, directory, half, machine);
  g_autoptr (GError) error = NULL;
  E13Tree *tree = tree_path != NULL ? e13_posix_read.open_tree (tree_path, &error) : NULL;
  const E13LintRequest request = {
    .server = server,
    .place = expected->place,
    .shown = tree_path,
    .ops = tree != NULL ? &e13_posix_read : NULL,
    .tree = tree,
    .machine = machine,
  };
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  E13LintSite *site;
  E13Lint *lint;
  char *joined;

  g_assert_no_error (error);
  site = e13_lint_site_new (&request, &error);
  g_assert_no_error (error);
  lint = e13_lint_site (site);
  for (guint i = 0; i < lint->findings->len; i++)
    {
      check_finding (lint->findings->pdata[i], label);
      g_ptr_array_add (lines, describe (lint->findings->pdata[i], tree_path));
    }
  *ret_unknowns = lint->unknowns->len;
  g_ptr_array_sort (lines, compare_names);
  g_ptr_array_add (lines, NULL);
  joined = g_strjoinv ("\n", (char **)lines->pdata);
  e13_lint_free (lint);
  e13_lint_site_free (site);
  if (tree != NULL)
    e13_posix_read.close_tree (tree);
  return joined;
}

static char *
join (const GPtrArray *lines)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < lines->len; i++)
    g_string_append_printf (out, "%s%s", i > 0 ? "\n" : "", (char *)lines->pdata[i]);
  return g_string_free (out, FALSE);
}

/* ---- Tests ----------------------------------------------------------------------------------- */

static void
free_rows (struct criterion_test_params *params)
{
  cr_free (params->params);
}

/* Rows hold no pointers: they are indexes into the sorted list. */
static struct criterion_test_params
all_of (const char *folder)
{
  g_autoptr (GPtrArray) names = cases_of (folder);
  gsize *rows = cr_malloc (sizeof (gsize) * MAX (names->len, 1));

  for (guint i = 0; i < names->len; i++)
    rows[i] = i;
  return cr_make_param_array (gsize, rows, names->len, free_rows);
}

ParameterizedTestParameters (lint_corpus, pairs) { return all_of ("lint"); }

ParameterizedTest (gsize *row, lint_corpus, pairs)
{
  g_autoptr (GPtrArray) names = cases_of ("lint");
  const char *label = names->pdata[*row];
  g_autofree char *folder = data_path ("lint");
  g_autofree char *directory = g_build_filename (folder, label, NULL);
  g_auto (Expected) expected = { 0 };
  g_autofree char *wanted = NULL, *broken = NULL, *cured = NULL;
  guint n_unknown, n_cured_unknown;

  read_expected (&expected, directory, label);
  wanted = join (expected.findings);
  cr_expect (expected.has_source, "%s: expect names no source", label);
  cr_expect (expected.findings->len > 0 || expected.has_unknown, "%s: expect expects nothing", label);
  broken = lint_half (&expected, directory, "broken", label, &n_unknown);
  cured = lint_half (&expected, directory, "cured", label, &n_cured_unknown);
  cr_expect_str_eq (broken, wanted, "%s, broken: found\n%s\nnot\n%s", label, broken, wanted);
  cr_expect_str_eq (cured, "", "%s, cured: found\n%s", label, cured);
  cr_expect (!expected.has_unknown || n_unknown > 0, "%s: all could be told", label);
}

ParameterizedTestParameters (lint_corpus, healthy) { return all_of ("healthy"); }

ParameterizedTest (gsize *row, lint_corpus, healthy)
{
  g_autoptr (GPtrArray) names = cases_of ("healthy");
  const char *label = names->pdata[*row];
  g_autofree char *folder = data_path ("healthy");
  g_autofree char *directory = g_build_filename (folder, label, NULL);
  g_auto (Expected) expected = { 0 };
  g_autofree char *found = NULL;
  guint n_unknown;

  read_expected (&expected, directory, label);
  found = lint_half (&expected, directory, ".", label, &n_unknown);
  cr_expect_str_eq (found, "", "%s: found\n%s", label, found);
}

static void
take_expected (GHashTable *seen, const char *name)
{
  g_autofree char *folder = data_path ("lint");
  g_autofree char *directory = g_build_filename (folder, name, NULL);
  g_auto (Expected) expected = { 0 };

  read_expected (&expected, directory, name);
  for (guint i = 0; i < expected.findings->len; i++)
    {
      const char *line = expected.findings->pdata[i];

      g_hash_table_add (seen, g_strndup (line, strcspn (line, " ")));
    }
}

Test (lint_corpus, every_rule_has_a_case)
{
  g_autoptr (GPtrArray) names = cases_of ("lint");
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < names->len; i++)
    take_expected (seen, names->pdata[i]);
  /* It needs a stream of Windows, which no file here has. */
  g_hash_table_add (seen, g_strdup ("blocked-config"));
  for (gsize i = 0; i < E13_N_LINT_RULES; i++)
    cr_expect (g_hash_table_contains (seen, e13_lint_rules[i].id), "no case of tests/data/iis/lint expects %s",
               e13_lint_rules[i].id);
}
