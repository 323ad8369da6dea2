/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Handlers: what they start, and in which pools they are taken. */

#include <criterion/criterion.h>
#include <criterion/parameterized.h>
#include <string.h>

#include "iis/handler.h"
#include "iis/lint-words.h"

TestSuite (iis_handler, .timeout = 60);

/* ---- Programs -------------------------------------------------------------------------------- */

static const struct
{
  const char *processor;
  const char *program; /* NULL: cannot be told */
  const char *arguments;
} lines[] = {
  { "C:\\Python27\\python.exe %s %s", "C:\\Python27\\python.exe", "%s %s" },
  { "C:\\Python27\\python.exe", "C:\\Python27\\python.exe", "" },
  { "\"C:\\Program Files\\Python\\python.exe\" -u %s", "C:\\Program Files\\Python\\python.exe", "-u %s" },
  { "C:\\Program Files\\Python\\python.exe %s", "C:\\Program Files\\Python\\python.exe", "%s" },
  { "C:\\PHP\\php-cgi.exe|-d a=b", "C:\\PHP\\php-cgi.exe", "|-d a=b" },
  { "C:\\x.exe.d\\y.EXE %s", "C:\\x.exe.d\\y.EXE", "%s" },
  { "D:\\app\\my.dll", "D:\\app\\my.dll", "" },
  { "C:\\run.bat %s", "C:\\run.bat", "%s" },
  { "\"C:\\never closed", "C:\\never closed", "" },
  { "\"", NULL, "" },
  { "\"\"", NULL, "" },
  { "", NULL, "" },
  { "python.exe %s %s", NULL, "%s %s" },
  { "C:\\Python27\\python", NULL, "C:\\Python27\\python" },
};

ParameterizedTestParameters (iis_handler, programs)
{
  static gsize indexes[G_N_ELEMENTS (lines)];

  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    indexes[i] = i;
  return cr_make_param_array (gsize, indexes, G_N_ELEMENTS (lines));
}

ParameterizedTest (gsize *row, iis_handler, programs)
{
  g_autofree char *program = e13_iis_program_of (lines[*row].processor);
  g_autofree char *arguments = e13_iis_arguments_of (lines[*row].processor);

  cr_expect_eq (g_strcmp0 (program, lines[*row].program), 0, "%s: %s", lines[*row].processor, program);
  cr_expect_eq (g_strcmp0 (arguments, lines[*row].arguments), 0, "%s: [%s]", lines[*row].processor, arguments);
}

/* ---- Conditions ------------------------------------------------------------------------------ */

#define POOL(attributes)                                                                                               \
  "<configuration><system.applicationHost><applicationPools><add name='P' " attributes                                 \
  " /></applicationPools></system.applicationHost></configuration>"

static const struct
{
  const char *pool;
  const char *condition;
  gboolean holds;
} conditions[] = {
  { POOL (""), "", TRUE },
  { POOL (""), "bitness64", TRUE },
  { POOL (""), "bitness32", FALSE },
  { POOL ("enable32BitAppOnWin64='true'"), "bitness32", TRUE },
  { POOL ("enable32BitAppOnWin64='True'"), "BITNESS64", FALSE },
  { POOL (""), "integratedMode", TRUE },
  { POOL (""), "classicMode", FALSE },
  { POOL ("managedPipelineMode='Classic'"), "classicMode, bitness64", TRUE },
  { POOL ("managedPipelineMode='Classic'"), "integratedMode", FALSE },
  { POOL ("managedRuntimeVersion='v4.0'"), "integratedMode,runtimeVersionv4.0", TRUE },
  { POOL ("managedRuntimeVersion='v4.0'"), "runtimeVersionv2.0", FALSE },
  { POOL ("managedRuntimeVersion=''"), "runtimeVersionv4.0", FALSE },
  { POOL (""), "runtimeVersionv4.0", TRUE }, /* nobody has set it */
  { POOL (""), "managedHandler,appPoolName=x", TRUE },
};

ParameterizedTestParameters (iis_handler, conditions)
{
  static gsize indexes[G_N_ELEMENTS (conditions)];

  for (gsize i = 0; i < G_N_ELEMENTS (conditions); i++)
    indexes[i] = i;
  return cr_make_param_array (gsize, indexes, G_N_ELEMENTS (conditions));
}

ParameterizedTest (gsize *row, iis_handler, conditions)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (E13IisServer) server
      = e13_iis_server_parse ("x", conditions[*row].pool, strlen (conditions[*row].pool), e13_iis_no_variables, &error);
  g_autofree char *fails = NULL;

  g_assert_no_error (error);
  fails = e13_iis_condition_fails (conditions[*row].condition, server->pools->pdata[0]);
  cr_expect_eq (fails == NULL, conditions[*row].holds, "%s in %s: %s", conditions[*row].condition,
                conditions[*row].pool, fails);
}

/* ---- Words ----------------------------------------------------------------------------------- */

Test (iis_handler, what_paths_tell)
{
  g_autofree char *two = e13_lint_version_in_path ("J:\\Python27\\python.exe");
  g_autofree char *three = e13_lint_version_in_path ("C:\\Program Files\\Python312-32\\python.exe");
  g_autofree char *none = e13_lint_version_in_path ("C:\\Python\\python.exe");

  cr_assert_str_eq (two, "2.7");
  cr_assert_str_eq (three, "3.12");
  cr_assert_null (none);
  cr_assert (e13_lint_needs_script ("C:\\x\\PYTHON.exe"));
  cr_assert (e13_lint_needs_script ("perl.exe"));
  cr_assert_not (e13_lint_needs_script ("C:\\PHP\\php-cgi.exe"));
  cr_assert_not (e13_lint_needs_script (NULL));
  cr_assert (e13_lint_is_in_profile ("C:\\Users\\maria\\AppData\\Local\\Programs\\Python\\python.exe"));
  cr_assert_not (e13_lint_is_in_profile ("C:\\Users\\Public\\Python\\python.exe"));
  cr_assert_not (e13_lint_is_in_profile ("C:\\Python27\\python.exe"));
  cr_assert (e13_lint_is_store_alias ("C:\\Users\\x\\AppData\\Local\\Microsoft\\WindowsApps\\python.exe"));
}
