/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Descriptions of a machine: what they tell, and where they are wrong; and what is asked of a real one. */

#include <criterion/criterion.h>
#include <criterion/parameterized.h>
#include <errno.h>
#include <string.h>

#include "base/error.h"
#include "iis/lint-machine.h"

TestSuite (lint_machine, .timeout = 60);

static const char good[] = "# of a server\n"
                           "\n"
                           "variable PYROOT | D:\\Python 27\r\n"
                           "variable windir | E:\\Windows\n"
                           "program C:\\Program Files\\Python\\python.exe | 64 | 3.12.1 | O:BAG:SYD:(A;;FA;;;SY)\n"
                           "program C:\\old.exe | 32\n"
                           "program C:\\bare.exe\n"
                           "object C:\\inetpub\\wwwroot | O:BAG:SYD:(A;;0x1200a9;;;BU)\n"
                           "missing J:/Python27/python.exe\n";

static const struct
{
  const char *path;
  E13LintPresence presence;
  guint bits;
  const char *version;
  gboolean has_descriptor;
} asked[] = {
  { "c:\\program files\\PYTHON\\python.exe", E13_LINT_PRESENT, 64, "3.12.1", TRUE },
  { "C:\\old.exe", E13_LINT_PRESENT, 32, NULL, FALSE },
  { "C:\\bare.exe", E13_LINT_PRESENT, 0, NULL, FALSE },
  { "C:/inetpub//wwwroot/", E13_LINT_PRESENT, 0, NULL, TRUE },
  { "J:\\Python27\\python.exe", E13_LINT_ABSENT, 0, NULL, FALSE },
  { "J:\\Python27", E13_LINT_NOT_KNOWN, 0, NULL, FALSE },
};

ParameterizedTestParameters (lint_machine, asked)
{
  static gsize indexes[G_N_ELEMENTS (asked)];

  for (gsize i = 0; i < G_N_ELEMENTS (asked); i++)
    indexes[i] = i;
  return cr_make_param_array (gsize, indexes, G_N_ELEMENTS (asked));
}

ParameterizedTest (gsize *row, lint_machine, asked)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (E13LintMachine) machine = e13_lint_machine_parse ("machine", good, strlen (good), &error);
  g_auto (E13LintProgram) program = { 0 };

  g_assert_no_error (error);
  e13_lint_machine_ask (machine, asked[*row].path, &program);
  cr_expect_eq (program.presence, asked[*row].presence, "%s", asked[*row].path);
  cr_expect_eq (program.bits, asked[*row].bits, "%s", asked[*row].path);
  cr_expect_eq (g_strcmp0 (program.version, asked[*row].version), 0, "%s", asked[*row].path);
  cr_expect_eq (program.sd != NULL, asked[*row].has_descriptor, "%s", asked[*row].path);
}

Test (lint_machine, variables)
{
  g_autoptr (E13LintMachine) machine = e13_lint_machine_parse ("machine", good, strlen (good), NULL);
  g_autofree char *path = e13_iis_expand ("%PyRoot%\\python.exe", e13_lint_machine_variables (machine));
  g_autofree char *windows = e13_iis_expand ("%WINDIR%", e13_lint_machine_variables (machine));
  g_autofree char *usual = e13_iis_expand ("%SystemDrive%", e13_lint_machine_variables (machine));
  g_autofree char *none = e13_iis_expand ("%HOME% 100%", e13_lint_machine_variables (machine));

  cr_assert_str_eq (path, "D:\\Python 27\\python.exe");
  cr_assert_str_eq (windows, "E:\\Windows");
  cr_assert_str_eq (usual, "C:");
  cr_assert_str_eq (none, "%HOME% 100%");
}

Test (lint_machine, an_empty_one)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (E13LintMachine) machine = e13_lint_machine_parse ("machine", NULL, 0, &error);

  g_assert_no_error (error);
  cr_assert_not_null (machine);
}

static const struct
{
  const char *text;
  const char *error;
} wrong[] = {
  { "programs C:\\x", "machine:1: 'programs' is none of program, object, missing and variable" },
  { "\n\nprogram", "machine:3: a word and then a path or name is what a line holds" },
  { "program | 64", "machine:1: a word and then a path or name is what a line holds" },
  { "program C:\\x.exe | 16", "machine:1: a program is made for 32 or 64 bits: one of these two numbers is missing" },
  { "object C:\\x | D:(A;;FA;;;XX)", "machine:1: the security descriptor is wrong: " },
  { "object C:\\\xff", "machine:1: this is not UTF-8" },
};

ParameterizedTestParameters (lint_machine, wrong)
{
  static gsize indexes[G_N_ELEMENTS (wrong)];

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    indexes[i] = i;
  return cr_make_param_array (gsize, indexes, G_N_ELEMENTS (wrong));
}

ParameterizedTest (gsize *row, lint_machine, wrong)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (E13LintMachine) machine
      = e13_lint_machine_parse ("machine", wrong[*row].text, strlen (wrong[*row].text), &error);

  cr_assert_null (machine);
  cr_assert (g_error_matches (error, E13_ERROR, E13_ERROR_INPUT));
  cr_assert (g_str_has_prefix (error->message, wrong[*row].error), "%s", error->message);
}

/* ---- This machine ---------------------------------------------------------------------------- */

static int lookup_error;
static E13Pin the_file = { .path = (char *)"x", .facts = { .type = E13_TYPE_FILE } };

static E13Route *
scripted_route (const char *path, GError **error)
{
  E13Route *route = g_new0 (E13Route, 1);

  (void)error;
  cr_assert (g_str_has_prefix (path, "C:\\"), "%s was looked at", path);
  route->pins = g_ptr_array_new ();
  route->error = lookup_error;
  route->missing = lookup_error != 0 ? g_strdup ("x") : NULL;
  g_ptr_array_add (route->pins, &the_file);
  return route;
}

static GBytes *
scripted_read_file (const E13Pin *pin, gsize max_bytes, GError **error)
{
  guint8 *data = g_malloc0 (256);

  (void)pin;
  (void)max_bytes;
  (void)error;
  memcpy (data, "MZ", 2);
  data[0x3c] = 0x40;
  memcpy (data + 0x40, "PE\0\0\x4c\x01", 6);
  return g_bytes_new_take (data, 256);
}

Test (lint_machine, here)
{
  const E13ReadOps ops = { .name = "scripted", .route = scripted_route, .read_file = scripted_read_file };
  static const struct
  {
    int error;
    E13LintPresence presence;
  } rows[] = {
    { 0, E13_LINT_PRESENT }, { ENOENT, E13_LINT_ABSENT }, { ENOTDIR, E13_LINT_ABSENT }, { EACCES, E13_LINT_NOT_KNOWN }
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (E13LintMachine) machine = e13_lint_machine_here (&ops);
      g_auto (E13LintProgram) program = { 0 };

      lookup_error = rows[i].error;
      e13_lint_machine_ask (machine, "C:\\x.exe", &program);
      cr_assert_eq (program.presence, rows[i].presence, "%d", rows[i].error);
      cr_assert_eq (program.bits, rows[i].error == 0 ? 32 : 0);
    }
}

/* Not even asked for. */
Test (lint_machine, other_machines)
{
  static const char *const paths[]
      = { "\\\\evil\\share\\x.exe", "\\\\?\\UNC\\evil\\x.exe", "\\\\.\\pipe\\x", "x.exe", "" };
  const E13ReadOps ops = { .name = "scripted", .route = scripted_route, .read_file = scripted_read_file };
  g_autoptr (E13LintMachine) machine = e13_lint_machine_here (&ops);

  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_auto (E13LintProgram) program = { 0 };

      e13_lint_machine_ask (machine, paths[i], &program);
      cr_assert_eq (program.presence, E13_LINT_NOT_KNOWN, "%s", paths[i]);
    }
}
