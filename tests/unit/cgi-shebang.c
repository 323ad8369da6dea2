/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <criterion/criterion.h>
#include <criterion/parameterized.h>

#include "base/shebang.h"

TestSuite (cgi_shebang, .timeout = 60);

#define TEXT(text) text, sizeof text - 1

static const struct
{
  const char *text;
  gsize size;
  E13ShebangState state;
  const char *interpreter;
  const char *argument;
  const char *runs;
} rows[] = {
  { TEXT ("#!/bin/sh\necho"), E13_SHEBANG_THERE, "/bin/sh", NULL, "/bin/sh" },
  { TEXT ("#!/bin/sh"), E13_SHEBANG_THERE, "/bin/sh", NULL, "/bin/sh" },
  { TEXT ("#! \t/bin/sh -e  \n"), E13_SHEBANG_THERE, "/bin/sh", "-e", "/bin/sh" },
  { TEXT ("#!/usr/bin/env python3\n"), E13_SHEBANG_THERE, "/usr/bin/env", "python3", "python3" },
  { TEXT ("#!/usr/bin/env -S A=b python3 -u\n"), E13_SHEBANG_THERE, "/usr/bin/env", "-S A=b python3 -u", "python3" },
  { TEXT ("#!/usr/bin/python3\r\nx"), E13_SHEBANG_CR, "/usr/bin/python3", NULL, "/usr/bin/python3" },
  { TEXT ("\xef\xbb\xbf#!/bin/sh\n"), E13_SHEBANG_BOM, "/bin/sh", NULL, "/bin/sh" },
  { TEXT ("\xff\xfe#\0!\0"), E13_SHEBANG_UTF16, NULL, NULL, NULL },
  { TEXT ("\n#!/bin/sh\n"), E13_SHEBANG_LATE, "/bin/sh", NULL, "/bin/sh" },
  { TEXT ("  #!/bin/sh\n"), E13_SHEBANG_LATE, "/bin/sh", NULL, "/bin/sh" },
  { TEXT ("#!\nx"), E13_SHEBANG_EMPTY, NULL, NULL, NULL },
  { TEXT ("#!"), E13_SHEBANG_EMPTY, NULL, NULL, NULL },
  { TEXT ("#!   \t\n"), E13_SHEBANG_EMPTY, NULL, NULL, NULL },
  { TEXT ("print 'x'\n"), E13_SHEBANG_NONE, NULL, NULL, NULL },
  { TEXT ("#"), E13_SHEBANG_NONE, NULL, NULL, NULL },
  { TEXT ("   "), E13_SHEBANG_NONE, NULL, NULL, NULL },
  { TEXT ("\0\0"), E13_SHEBANG_NONE, NULL, NULL, NULL },
  { TEXT (""), E13_SHEBANG_NO_FILE, NULL, NULL, NULL },
  { TEXT ("\177ELF\2\1\1"), E13_SHEBANG_BINARY, NULL, NULL, NULL },
};

ParameterizedTestParameters (cgi_shebang, first_line)
{
  static gsize indexes[G_N_ELEMENTS (rows)];

  for (gsize i = 0; i < G_N_ELEMENTS (indexes); i++)
    indexes[i] = i;
  return cr_make_param_array (gsize, indexes, G_N_ELEMENTS (indexes));
}

ParameterizedTest (const gsize *row, cgi_shebang, first_line)
{
  g_autoptr (E13Shebang) shebang = e13_shebang_parse (rows[*row].text, rows[*row].size);
  g_autofree char *runs = e13_shebang_runs (shebang);

  cr_expect_eq (shebang->state, rows[*row].state, "row %zu: state %d", *row, shebang->state);
  cr_expect (g_strcmp0 (shebang->interpreter, rows[*row].interpreter) == 0, "row %zu: %s", *row, shebang->interpreter);
  cr_expect (g_strcmp0 (shebang->argument, rows[*row].argument) == 0, "row %zu: %s", *row, shebang->argument);
  cr_expect (g_strcmp0 (runs, rows[*row].runs) == 0, "row %zu: %s", *row, runs);
}

Test (cgi_shebang, the_kernel_reads_only_so_much)
{
  g_autofree char *name = g_strnfill (300, 'x');
  g_autofree char *text = g_strdup_printf ("#!/%s\n", name);
  g_autoptr (E13Shebang) shebang = e13_shebang_parse (text, 304);

  cr_expect_eq (shebang->state, E13_SHEBANG_LONG);
}
