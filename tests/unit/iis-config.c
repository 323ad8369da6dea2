/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* applicationHost.config: sites and pools, and what is in effect in one place. */

#include <criterion/criterion.h>
#include <criterion/parameterized.h>
#include <string.h>

#include "iis/below.h"
#include "tests/support/iis-fixture.h"

TestSuite (iis_config, .timeout = 60);

#define PARAMETERS(name, rows)                                                                                         \
  ParameterizedTestParameters (iis_config, name)                                                                       \
  {                                                                                                                    \
    static guint indexes[G_N_ELEMENTS (rows)];                                                                         \
                                                                                                                       \
    for (guint i = 0; i < G_N_ELEMENTS (rows); i++)                                                                    \
      indexes[i] = i;                                                                                                  \
    return cr_make_param_array (guint, indexes, G_N_ELEMENTS (rows));                                                  \
  }

/* ---- Paths ----------------------------------------------------------------------------------- */

static const struct
{
  const char *text;
  const char *path;
} paths[] = {
  { "%SystemDrive%\\inetpub\\wwwroot", "C:\\inetpub\\wwwroot" },
  { "%SYSTEMDRIVE%/inetpub//wwwroot/", "C:\\inetpub\\wwwroot" },
  { "%windir%\\x", "C:\\Windows\\x" },
  { "%nobody%\\100%", "%nobody%\\100%" },
  { "\\\\files\\\\share\\", "\\\\files\\share" },
  { "\\\\?\\D:\\a", "D:\\a" },
  { "d:", "d:\\" },
  { "D:\\", "D:\\" },
  { "D:\\\\", "D:\\" },
  { "", "" },
};

PARAMETERS (paths, paths)

ParameterizedTest (guint *row, iis_config, paths)
{
  g_autofree char *path = e13_iis_path (paths[*row].text, e13_iis_usual_variables);

  cr_assert_str_eq (path, paths[*row].path, "%s: %s", paths[*row].text, path);
}

static const struct
{
  const char *path;
  const char *directory;
  const char *rest; /* NULL: not beneath */
} beneath[] = {
  { "C:\\a\\b", "C:\\a", "b" },
  { "c:\\A\\b\\c", "C:\\a", "b/c" },
  { "C:\\a", "C:\\a", "" },
  { "C:\\ab", "C:\\a", NULL },
  { "C:\\a", "C:\\a\\b", NULL },
  { "D:\\a", "D:\\", "a" },
  { "C:\\\xc3\x84", "C:\\\xc3\xa4", "" },
  { "C:\\a", "", NULL },
};

PARAMETERS (beneath, beneath)

ParameterizedTest (guint *row, iis_config, beneath)
{
  g_autofree char *rest = e13_iis_path_beneath (beneath[*row].path, beneath[*row].directory);

  cr_assert_eq (g_strcmp0 (rest, beneath[*row].rest), 0, "%s in %s: %s", beneath[*row].path, beneath[*row].directory,
                rest);
}

/* ---- Sites ----------------------------------------------------------------------------------- */

static const struct
{
  const char *path;
  const char *is; /* "PLACE in POOL"; NULL: none holds it */
} sites[] = {
  { "C:\\inetpub\\wwwroot", "Default Web Site in DefaultAppPool" },
  { "c:/InetPub/wwwroot/week7/", "Default Web Site/week7 in DefaultAppPool" },
  { "C:\\inetpub", NULL },
  { "C:\\inetpub\\wwwroot2", NULL },
  { "D:\\Sites\\Blog\\img", "Default Web Site/blog/img in Blog" },
  { "\\\\files\\shared\\x", "Default Web Site/shared/x in DefaultAppPool" },
  { "D:\\Students\\ann\\cgi-bin", "Students/ann/cgi-bin in Lab" },
  { "D:\\Students\xff", NULL },
};

PARAMETERS (sites, sites)

ParameterizedTest (guint *row, iis_config, sites)
{
  g_autoptr (E13IisServer) server = e13_test_stock_server ();
  g_auto (E13IisMatch) match = { NULL, NULL, NULL, NULL };
  g_autofree char *is = NULL;

  if (e13_iis_server_find (server, sites[*row].path, &match, NULL))
    {
      g_autofree char *place = e13_iis_match_place (&match);

      is = g_strdup_printf ("%s in %s", place, match.application->pool.text);
    }
  cr_assert_eq (g_strcmp0 (is, sites[*row].is), 0, "%s: %s", sites[*row].path, is);
}

Test (iis_config, the_longest_path_counts_and_the_first_of_equals)
{
  static const char text[] = "<configuration><system.applicationHost><sites>"
                             "<site name='a'><application path='/'><virtualDirectory path='/' physicalPath='C:\\w'/>"
                             "<virtualDirectory path='/x' physicalPath='C:\\w\\x'/></application></site>"
                             "<site name='b'><application path='/'><virtualDirectory path='/' physicalPath='c:/W/x/'/>"
                             "<virtualDirectory path='/none'/></application></site>"
                             "</sites></system.applicationHost></configuration>";
  g_autoptr (E13IisServer) server = e13_iis_server_parse ("x", text, sizeof text - 1, e13_iis_usual_variables, NULL);
  g_auto (E13IisMatch) match = { NULL, NULL, NULL, NULL };
  g_autofree char *place = NULL;
  guint n_others = 0;

  cr_assert (e13_iis_server_find (server, "C:\\w\\x\\y", &match, &n_others));
  place = e13_iis_match_place (&match);
  cr_assert_str_eq (place, "a/x/y");
  cr_assert_eq (n_others, 1);
}

Test (iis_config, pools_inherit_what_they_do_not_say)
{
  static const char text[]
      = "<configuration><system.applicationHost><applicationPools>\n"
        "<add name='A'/><add name='B'><processModel identityType='LocalService'/></add>\n"
        "<applicationPoolDefaults><processModel identityType='NetworkService'\n manualGroupMembership='TRUE'/>"
        "</applicationPoolDefaults></applicationPools></system.applicationHost></configuration>";
  g_autoptr (E13IisServer) server = e13_iis_server_parse ("x", text, sizeof text - 1, e13_iis_usual_variables, NULL);
  const E13IisPool *a = e13_iis_server_pool (server, "a"), *b = e13_iis_server_pool (server, "B");
  g_autofree char *place = e13_iis_value_place (&a->manual_group_membership);

  cr_assert_str_eq (a->identity_type.text, "NetworkService");
  cr_assert_str_eq (b->identity_type.text, "LocalService");
  cr_assert (e13_iis_value_is_true (&b->manual_group_membership));
  cr_assert_str_eq (place, "x line 4");
  cr_assert_null (e13_iis_server_pool (server, "AB"));
  cr_assert_null (e13_iis_server_pool (server, ""));
}

Test (iis_config, what_is_no_configuration_is_said_to_be_none)
{
  g_autoptr (GError) error = NULL;

  cr_assert_null (e13_iis_server_parse ("x", "\n<html/>", 8, e13_iis_usual_variables, &error));
  cr_assert_str_eq (error->message,
                    "x:2:1: this is no configuration of IIS, which begins with <configuration>, not <html>");
}

/* ---- What is in effect ----------------------------------------------------------------------- */

#define DOCUMENT "system.webServer/defaultDocument"
#define HANDLERS "system.webServer/handlers"
#define ANONYMOUS "system.webServer/security/authentication/anonymousAuthentication"
#define WEB(inside) "<configuration>" inside "</configuration>"
#define WEB_SERVER(inside) "<configuration><system.webServer>" inside "</system.webServer></configuration>"

static const struct
{
  const char *label;
  E13TestConfig configs[4];
  const char *path;
  const char *section;
  const char *attribute; /* NULL: the names of the collection's entries */
  const char *is;
} effects[] = {
  { "the default", { { NULL, NULL, NULL } }, "C:\\inetpub\\wwwroot", DOCUMENT, "enabled", "?: the default of IIS" },
  { "the server's",
    { { NULL, NULL, NULL } },
    "C:\\inetpub\\wwwroot",
    ANONYMOUS,
    "userName",
    "IUSR: applicationHost.config line 70" },
  { "the site's own",
    { { "C:\\inetpub\\wwwroot", NULL, WEB_SERVER ("<defaultDocument enabled='a'/>") } },
    "C:\\inetpub\\wwwroot\\x",
    DOCUMENT,
    "enabled",
    "a: C:\\inetpub\\wwwroot\\web.config line 1" },
  { "the nearest one's",
    { { "C:\\inetpub\\wwwroot", NULL, WEB_SERVER ("<defaultDocument enabled='a'/>") },
      { "C:\\inetpub\\wwwroot\\x", NULL, WEB_SERVER ("<defaultDocument enabled='b'/>") } },
    "C:\\inetpub\\wwwroot\\x\\y",
    DOCUMENT,
    "enabled",
    "b: C:\\inetpub\\wwwroot\\x\\web.config line 1" },
  { "a location below, over the file above",
    { { "C:\\inetpub\\wwwroot", NULL,
        WEB ("<location path='x'><system.webServer><defaultDocument enabled='l'/></system.webServer></location>"
             "<system.webServer><defaultDocument enabled='a'/></system.webServer>") } },
    "C:\\inetpub\\wwwroot\\x",
    DOCUMENT,
    "enabled",
    "l: C:\\inetpub\\wwwroot\\web.config line 1" },
  { "no location beside",
    { { "C:\\inetpub\\wwwroot", NULL,
        WEB ("<location path='x'><system.webServer><defaultDocument enabled='l'/></system.webServer></location>") } },
    "C:\\inetpub\\wwwroot\\xy",
    DOCUMENT,
    "enabled",
    "?: the default of IIS" },
  { "of a directory elsewhere",
    { { "C:\\inetpub\\wwwroot", NULL, WEB_SERVER ("<defaultDocument enabled='a'/>") },
      { "D:\\Sites\\Blog", NULL, WEB_SERVER ("<defaultDocument enabled='b'/>") },
      { "D:\\Sites\\Blog\\c", NULL, WEB_SERVER ("<defaultDocument enabled='c'/>") } },
    "D:\\Sites\\Blog\\c",
    DOCUMENT,
    "enabled",
    "c: D:\\Sites\\Blog\\c\\web.config line 1" },
  { "and the site's above it",
    { { "C:\\inetpub\\wwwroot", NULL, WEB_SERVER ("<defaultDocument enabled='a'/>") } },
    "D:\\Sites\\Blog\\c",
    DOCUMENT,
    "enabled",
    "a: C:\\inetpub\\wwwroot\\web.config line 1" },
  { "a locked section is not taken from a stranger",
    { { "C:\\inetpub\\wwwroot", NULL,
        WEB_SERVER (
            "<security><authentication><anonymousAuthentication userName='me'/></authentication></security>") } },
    "C:\\inetpub\\wwwroot",
    ANONYMOUS,
    "userName",
    "IUSR: applicationHost.config line 70" },
  { "a section in a file of its own",
    { { "C:\\inetpub\\wwwroot", NULL, WEB_SERVER ("<defaultDocument configSource='c\\d.config'/>") },
      { "C:\\inetpub\\wwwroot", "c\\d.config", "<defaultDocument enabled='own'/>" } },
    "C:\\inetpub\\wwwroot",
    DOCUMENT,
    "enabled",
    "own: C:\\inetpub\\wwwroot\\c\\d.config line 1" },
  { "but not from elsewhere",
    { { "C:\\inetpub\\wwwroot", NULL, WEB_SERVER ("<defaultDocument configSource='..\\d.config'/>") },
      { "C:\\inetpub\\wwwroot", "..\\d.config", "<defaultDocument enabled='own'/>" } },
    "C:\\inetpub\\wwwroot",
    DOCUMENT,
    "enabled",
    "?: the default of IIS" },
  { "handlers of the server, opened by a location",
    { { NULL, NULL, NULL } },
    "C:\\inetpub\\wwwroot",
    HANDLERS,
    NULL,
    "CGI-exe ASPClassic PHP PageHandler StaticFile" },
  { "a lower file's come first",
    { { "C:\\inetpub\\wwwroot", NULL, WEB_SERVER ("<handlers><add name='a'/><add name='b'/></handlers>") } },
    "C:\\inetpub\\wwwroot\\week7",
    HANDLERS,
    NULL,
    "Python a b CGI-exe ASPClassic PHP PageHandler StaticFile" },
  { "removed and added anew",
    { { "C:\\inetpub\\wwwroot", NULL,
        WEB_SERVER ("<handlers><add name='a'/><remove name='PHP'/><remove name='a'/><add name='PHP'/></handlers>") } },
    "C:\\inetpub\\wwwroot",
    HANDLERS,
    NULL,
    "PHP CGI-exe ASPClassic PageHandler StaticFile" },
  { "handlers are told apart by the case of their names",
    { { "C:\\inetpub\\wwwroot", NULL, WEB_SERVER ("<handlers><remove name='php'/></handlers>") } },
    "C:\\inetpub\\wwwroot",
    HANDLERS,
    NULL,
    "CGI-exe ASPClassic PHP PageHandler StaticFile" },
  { "cleared",
    { { "C:\\inetpub\\wwwroot", NULL, WEB_SERVER ("<handlers><add name='a'/><clear/><add name='b'/></handlers>") } },
    "C:\\inetpub\\wwwroot",
    HANDLERS,
    NULL,
    "b" },
  { "a list that grows at its end, and takes nothing from below where it is locked",
    { { "C:\\inetpub\\wwwroot", NULL, WEB_SERVER ("<fastCgi><clear/><application fullPath='x'/></fastCgi>") } },
    "C:\\inetpub\\wwwroot",
    "system.webServer/fastCgi",
    NULL,
    "C:\\PHP\\php-cgi.exe" },
};

PARAMETERS (effects, effects)

static char *
describe_collection (const E13IisScope *scope, const char *section)
{
  g_autoptr (GPtrArray) entries = e13_iis_scope_collection (scope, section);
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < entries->len; i++)
    {
      const char *name = e13_xml_value (entries->pdata[i], "name");

      g_string_append_printf (out, "%s%s", i > 0 ? " " : "",
                              name != NULL ? name : e13_xml_value (entries->pdata[i], "fullPath"));
    }
  return g_string_free (out, FALSE);
}

static char *
describe_value (const E13IisScope *scope, const char *section, const char *attribute)
{
  E13IisValue value = e13_iis_scope_value (scope, section, attribute, "?");
  g_autofree char *place = e13_iis_value_place (&value);

  return g_strdup_printf ("%s: %s", value.text, place);
}

ParameterizedTest (guint *row, iis_config, effects)
{
  g_autoptr (E13IisServer) server = e13_test_stock_server ();
  g_auto (E13IisMatch) match = { NULL, NULL, NULL, NULL };
  gboolean found = e13_iis_server_find (server, effects[*row].path, &match, NULL);
  g_autoptr (E13IisScope) scope
      = e13_iis_scope_new (server, &match, e13_test_read_config, (gpointer)effects[*row].configs);
  g_autofree char *is = effects[*row].attribute == NULL
                            ? describe_collection (scope, effects[*row].section)
                            : describe_value (scope, effects[*row].section, effects[*row].attribute);

  cr_assert (found);
  cr_assert_str_eq (is, effects[*row].is, "%s: %s", effects[*row].label, is);
}

Test (iis_config, a_locked_layer_is_kept_and_marked)
{
  static const E13TestConfig configs[]
      = { { "C:\\inetpub\\wwwroot", NULL, WEB_SERVER ("<cgi createProcessAsUser='false'/>") }, { NULL, NULL, NULL } };
  g_autoptr (E13IisServer) server = e13_test_stock_server ();
  g_auto (E13IisMatch) match = { NULL, NULL, NULL, NULL };
  g_autoptr (E13IisScope) scope = NULL;
  g_autoptr (GArray) layers = NULL;

  cr_assert (e13_iis_server_find (server, "C:\\inetpub\\wwwroot", &match, NULL));
  scope = e13_iis_scope_new (server, &match, e13_test_read_config, (gpointer)configs);
  layers = e13_iis_scope_layers (scope, "system.webServer/cgi");
  cr_assert_eq (layers->len, 2);
  cr_assert_not (g_array_index (layers, E13IisLayer, 0).is_locked);
  cr_assert (g_array_index (layers, E13IisLayer, 1).is_locked);
  cr_assert_eq (g_array_index (layers, E13IisLayer, 1).step, 1);
}

Test (iis_config, a_broken_web_config_is_said_and_passed_over)
{
  static const E13TestConfig configs[]
      = { { "C:\\inetpub\\wwwroot", NULL, "<configuration>\n <a>" }, { NULL, NULL, NULL } };
  g_autoptr (E13IisServer) server = e13_test_stock_server ();
  g_auto (E13IisMatch) match = { NULL, NULL, NULL, NULL };
  g_autoptr (E13IisScope) scope = NULL;

  cr_assert (e13_iis_server_find (server, "C:\\inetpub\\wwwroot", &match, NULL));
  scope = e13_iis_scope_new (server, &match, e13_test_read_config, (gpointer)configs);
  cr_assert_eq (e13_iis_scope_remarks (scope)->len, 1);
  cr_assert_str_eq (e13_iis_scope_remarks (scope)->pdata[0],
                    "C:\\inetpub\\wwwroot\\web.config:2:5: the file ends before <a> of line 2 is closed");
}

Test (iis_config, folders_below)
{
  static const struct
  {
    const char *path;
    const char *folders;
  } rows[] = {
    { "C:\\INETPUB", "wwwroot" }, { "C:\\inetpub\\wwwroot", "" },     { "D:\\Sites", "Blog" },
    { "D:\\Site", "" },           { "D:\\", "Sites/Blog, Students" },
  };
  g_autoptr (E13IisServer) server = e13_test_stock_server ();

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GPtrArray) folders = e13_iis_folders_below (server, rows[i].path);
      g_autofree char *all = NULL;

      g_ptr_array_add (folders, NULL);
      all = g_strjoinv (", ", (char **)folders->pdata);
      cr_expect_str_eq (all, rows[i].folders, "%s: %s", rows[i].path, all);
    }
}
