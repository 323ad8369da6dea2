/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <criterion/criterion.h>
#include <criterion/parameterized.h>

#include "base/quote.h"

TestSuite (quote, .timeout = 60);

typedef struct
{
  const char *name;
  const char *display;
  const char *shell;
  const char *shell_display;
  const char *getfacl;
} Row;

static const Row rows[] = {
  { "plain.txt", "plain.txt", "plain.txt", "plain.txt", "plain.txt" },
  { "a b", "a b", "'a b'", "'a b'", "a b" },
  { "it's", "it's", "'it'\\''s'", "'it'\\''s'", "it's" },
  { "naïve", "naïve", "'naïve'", "'naïve'", "naïve" },
  { "two\nlines", "two\\nlines", "\"$(printf -- 'two\\nlines')\"", "$'two\\nlines'", "two\\012lines" },
  { "\033[31m", "\\033[31m", "\"$(printf -- '\\033[31m')\"", "$'\\033[31m'", "\\033[31m" },
  { "back\\slash", "back\\\\slash", "'back\\slash'", "'back\\slash'", "back\\134slash" },
  { "bad\377utf", "bad\\377utf", "\"$(printf -- 'bad\\377utf')\"", "$'bad\\377utf'", "bad\377utf" },
  { "it's\t", "it's\\t", "\"$(printf -- 'it\\047s\\t')\"", "$'it\\'s\\t'", "it's\\011" },
  { "\342\200\256rtl", "\\342\\200\\256rtl", "\"$(printf -- '\\342\\200\\256rtl')\"", "$'\\342\\200\\256rtl'",
    "\342\200\256rtl" },
  { "", "", "''", "''", "" },
};

ParameterizedTestParameters (quote, every_place)
{
  static gsize indices[G_N_ELEMENTS (rows)];

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    indices[i] = i;
  return cr_make_param_array (gsize, indices, G_N_ELEMENTS (rows));
}

ParameterizedTest (gsize *index, quote, every_place)
{
  const Row *row = &rows[*index];
  g_autofree char *display = e13_quote_display (row->name);
  g_autofree char *shell = e13_quote_shell (row->name);
  g_autofree char *shell_display = e13_quote_shell_display (row->name);
  g_autofree char *getfacl = e13_quote_getfacl (row->name);
  g_autofree char *back = e13_unquote_getfacl (getfacl, NULL);

  cr_expect_str_eq (display, row->display, "row %s: got %s", row->display, display);
  cr_expect_str_eq (shell, row->shell, "row %s: got %s", row->display, shell);
  cr_expect_str_eq (shell_display, row->shell_display, "row %s: got %s", row->display, shell_display);
  cr_expect_str_eq (getfacl, row->getfacl, "row %s: got %s", row->display, getfacl);
  cr_expect_str_eq (back, row->name, "row %s: unquoting %s gave another name", row->display, getfacl);
}

/* The shell itself says what the word is. */
Test (quote, a_shell_reads_back_every_byte)
{
  static const char *const shells[] = { "sh", "bash" };
  char all[256 + 3];

  for (guint i = 1; i < 256; i++)
    all[i - 1] = (char)i;
  strcpy (all + 255, "%s\n");
  for (gsize i = 0; i < G_N_ELEMENTS (shells); i++)
    for (gsize skipped = 0; skipped < 255; skipped += 51)
      {
        g_autofree char *word = e13_quote_shell (all + skipped);
        g_autofree char *command = g_strdup_printf ("printf '%%s.' %s", word);
        const char *const argv[] = { shells[i], "-c", command, NULL };
        g_autofree char *expected = g_strconcat (all + skipped, ".", NULL);
        g_autofree char *out = NULL;

        if (!g_spawn_sync (NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &out, NULL, NULL, NULL))
          cr_skip_test ("needs %s", shells[i]);
        cr_expect_str_eq (out, expected, "%s from byte %" G_GSIZE_FORMAT ": %s", shells[i], skipped + 1, word);
      }
}

Test (quote, a_bad_escape_is_an_error)
{
  static const char *const bad[] = { "\\", "\\1", "\\12", "\\999", "\\000", "x\\40" };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      cr_expect_null (e13_unquote_getfacl (bad[i], &error), "'%s' was accepted", bad[i]);
      cr_expect_not_null (error, "'%s' gave no error", bad[i]);
    }
}

Test (quote, paths_of_windows)
{
  static const struct
  {
    const char *path;
    const char *shown;
    const char *cmd;
    const char *batch;
  } paths[] = {
    { "C:\\a b", "C:\\a b", "\"C:\\a b\"", "\"C:\\a b\"" },
    { "C:\\", "C:\\", "\"C:\\.\"", "\"C:\\.\"" },
    { "100% %PATH%", "100% %PATH%", "\"100% %PATH%\"", "\"100%% %%PATH%%\"" },
    { "a&b^(c)!", "a&b^(c)!", "\"a&b^(c)!\"", "\"a&b^(c)!\"" },
    { "a\n\342\200\256b", "a\\n\\342\\200\\256b", "\"a\n\342\200\256b\"", "\"a\n\342\200\256b\"" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autofree char *shown = e13_quote_windows (paths[i].path);
      g_autofree char *cmd = e13_quote_cmd (paths[i].path);
      g_autofree char *batch = e13_quote_batch (paths[i].path);

      cr_expect_str_eq (shown, paths[i].shown, "%s", shown);
      cr_expect_str_eq (cmd, paths[i].cmd, "%s", cmd);
      cr_expect_str_eq (batch, paths[i].batch, "%s", batch);
    }
}
