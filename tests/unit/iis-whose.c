/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Whose rights count, by what a configuration says. */

#include <criterion/criterion.h>
#include <criterion/parameterized.h>
#include <string.h>

#include "iis/whose.h"
#include "tests/support/iis-fixture.h"

TestSuite (iis_whose, .timeout = 60);

#define WEB_SERVER(inside) "<configuration><system.webServer>" inside "</system.webServer></configuration>"
#define WWWROOT "C:\\inetpub\\wwwroot"
#define IS_POOL(name) "IIS AppPool\\" name

/* The stock configuration with one thing replaced. */
static const struct
{
  const char *label;
  const char *from; /* NULL: as it is */
  const char *to;
  E13TestConfig configs[3];
  const char *path;
  const char *scripts[4];
  const char *is; /* "PLACE, POOL; SCRIPTS (EVIDENCE); FILES (EVIDENCE); CONFIG (EVIDENCE)" or the error */
  const char *remarks;
} rows[] = {
  { "CGI runs as the visitors' account",
    NULL,
    NULL,
    { { NULL, NULL, NULL } },
    WWWROOT "\\week7",
    { "cgi-bin/count.py", NULL },
    "Default Web Site/week7, DefaultAppPool; "
    "IUSR (CGI: applicationHost.config line 92; anonymous visitors: applicationHost.config line 70); "
    "IUSR (anonymous visitors: applicationHost.config line 70); " IS_POOL (
        "DefaultAppPool") " (worker process: "
                          "applicationHost.config line 26)",
    "" },
  { "FastCGI runs as the pool",
    NULL,
    NULL,
    { { NULL, NULL, NULL } },
    "D:\\Sites\\Blog",
    { "index.php", NULL },
    "Default Web Site/blog, Blog; " IS_POOL (
        "Blog") " (FastCGI: applicationHost.config line 83); "
                "IUSR (anonymous visitors: applicationHost.config line 70); " IS_POOL (
                    "Blog") " (worker process: "
                            "applicationHost.config line 27)",
    "" },
  { "ISAPI is the visitors' account, ASP.NET the pool's; the first script decides, the other is named",
    NULL,
    NULL,
    { { NULL, NULL, NULL } },
    WWWROOT,
    { "a.asp", "b.aspx", "c.ASPX", NULL },
    "Default Web Site, DefaultAppPool; "
    "IUSR (ISAPI: applicationHost.config line 82; anonymous visitors: applicationHost.config line 70); "
    "IUSR (anonymous visitors: applicationHost.config line 70); " IS_POOL (
        "DefaultAppPool") " (worker process: "
                          "applicationHost.config line 26)",
    "'b.aspx' runs as another account, " IS_POOL ("DefaultAppPool") " (ASP.NET: applicationHost.config line 84), which "
                                                                    "is not judged for scripts. " },
  { "ASP.NET that impersonates",
    NULL,
    NULL,
    { { WWWROOT, NULL, "<configuration><system.web><identity impersonate='true'/></system.web></configuration>" },
      { NULL, NULL, NULL } },
    WWWROOT,
    { "b.aspx", NULL },
    "Default Web Site, DefaultAppPool; "
    "IUSR (ASP.NET: applicationHost.config line 84; anonymous visitors: applicationHost.config line 70); "
    "IUSR (anonymous visitors: applicationHost.config line 70); " IS_POOL (
        "DefaultAppPool") " (worker process: "
                          "applicationHost.config line 26)",
    "" },
  { "a handler of the site's own file",
    NULL,
    NULL,
    { { WWWROOT "\\py", NULL, WEB_SERVER ("<handlers><add name='p' path='*.py' modules='FastCgiModule'/></handlers>") },
      { NULL, NULL, NULL } },
    WWWROOT "\\py",
    { "a.py", NULL },
    "Default Web Site/py, DefaultAppPool; " IS_POOL (
        "DefaultAppPool") " (FastCGI: " WWWROOT "\\py\\web.config line 1); "
                          "IUSR (anonymous visitors: applicationHost.config line 70); " IS_POOL (
                              "DefaultAppPool") " (worker process: "
                                                "applicationHost.config line 26)",
    "" },
  { "CGI that is told to run as the pool",
    "<cgi />",
    "<cgi createProcessAsUser='false'/>",
    { { NULL, NULL, NULL } },
    WWWROOT "\\week7",
    { "a.py", NULL },
    "Default Web Site/week7, DefaultAppPool; " IS_POOL (
        "DefaultAppPool") " (CGI runs as the pool: "
                          "applicationHost.config line 64); "
                          "IUSR (anonymous visitors: applicationHost.config line 70); " IS_POOL (
                              "DefaultAppPool") " (worker process: "
                                                "applicationHost.config line 26)",
    "" },
  { "anonymous visitors are the pool's account",
    "userName=\"IUSR\"",
    "userName=\"\"",
    { { NULL, NULL, NULL } },
    WWWROOT "\\week7",
    { "a.py", NULL },
    "Default Web Site/week7, DefaultAppPool; " IS_POOL (
        "DefaultAppPool") " (CGI: applicationHost.config line 92; "
                          "anonymous visitors are the pool's account: applicationHost.config line 70); " IS_POOL (
                              "DefaultAppPool") " ("
                                                "anonymous visitors are the pool's account: applicationHost.config "
                                                "line 70); " IS_POOL (
                                                    "DefaultAppPool") " ("
                                                                      "worker process: applicationHost.config line 26)",
    "" },
  { "and so by authenticatedUserOverride",
    "<serverRuntime />",
    "<serverRuntime authenticatedUserOverride='UseWorkerProcessUser'/>",
    { { NULL, NULL, NULL } },
    WWWROOT,
    { NULL },
    "Default Web Site, DefaultAppPool; " IS_POOL (
        "DefaultAppPool") " (taken for CGI scripts; the pool reads for all "
                          "visitors: applicationHost.config line 76); " IS_POOL (
                              "DefaultAppPool") " (the pool reads for all visitors: "
                                                "applicationHost.config line 76); " IS_POOL (
                                                    "DefaultAppPool") " (worker process: applicationHost.config line "
                                                                      "26)",
    "" },
  { "an account of the machine's own is named, not guessed",
    "userName=\"IUSR\"",
    "userName=\"LAB\\web\"",
    { { NULL, NULL, NULL } },
    WWWROOT,
    { NULL },
    "Default Web Site, DefaultAppPool; "
    "LAB\\web? (taken for CGI scripts; anonymous visitors: applicationHost.config line 70); "
    "LAB\\web? (anonymous visitors: applicationHost.config line 70); " IS_POOL (
        "DefaultAppPool") " (worker process: "
                          "applicationHost.config line 26)",
    "" },
  { "IUSR with its domain, by the default of IIS",
    "enabled=\"true\" userName=\"IUSR\"",
    "userName=\"NT Authority\\iusr\"",
    { { NULL, NULL, NULL } },
    WWWROOT,
    { NULL },
    "Default Web Site, DefaultAppPool; "
    "NT Authority\\iusr (taken for CGI scripts; anonymous visitors: applicationHost.config line 70); "
    "NT Authority\\iusr (anonymous visitors: applicationHost.config line 70); " IS_POOL (
        "DefaultAppPool") " (worker "
                          "process: applicationHost.config line 26)",
    "" },
  { "nobody is anonymous",
    "enabled=\"true\" userName",
    "enabled=\"false\" userName",
    { { NULL, NULL, NULL } },
    WWWROOT,
    { NULL },
    "Default Web Site, DefaultAppPool; "
    "Authenticated Users (taken for CGI scripts; visitors log on, each as himself: applicationHost.config line 70); "
    "Authenticated Users (visitors log on, each as himself: applicationHost.config line 70); " IS_POOL (
        "DefaultAppPool") " (worker process: applicationHost.config line 26)",
    "" },
  { "a directory with an account of its own, on another machine",
    NULL,
    NULL,
    { { NULL, NULL, NULL } },
    "\\\\files\\shared",
    { NULL },
    "Default Web Site/shared, DefaultAppPool; "
    "LAB\\reader? (taken for CGI scripts; the virtual directory's own account: applicationHost.config line 42); "
    "LAB\\reader? (the virtual directory's own account: applicationHost.config line 42); " IS_POOL (
        "DefaultAppPool") " (worker process: applicationHost.config line 26)",
    "The files lie on another machine, which knows neither IUSR nor the pools of this one: what it decides is not "
    "judged. " },
  { "a pool that runs as another account",
    NULL,
    NULL,
    { { NULL, NULL, NULL } },
    "D:\\Students\\ann",
    { NULL },
    "Students/ann, Lab; "
    "IUSR (taken for CGI scripts; anonymous visitors: applicationHost.config line 70); "
    "IUSR (anonymous visitors: applicationHost.config line 70); " IS_POOL (
        "Lab") " (worker process, running as 'LAB\\runner', which holds this, too: applicationHost.config line 31)",
    "" },
  { "a script that nothing runs",
    NULL,
    NULL,
    { { NULL, NULL, NULL } },
    WWWROOT,
    { "a.py", "b.pl", NULL },
    "Default Web Site, DefaultAppPool; "
    "IUSR (taken for CGI scripts; anonymous visitors: applicationHost.config line 70); "
    "IUSR (anonymous visitors: applicationHost.config line 70); " IS_POOL (
        "DefaultAppPool") " (worker process: "
                          "applicationHost.config line 26)",
    "No handler that could be read runs 'a.py': IIS would hand it out, or answer 404.3. " },
  { "a web.config that cannot be read is said",
    NULL,
    NULL,
    { { WWWROOT, NULL, "<configuration>" }, { NULL, NULL, NULL } },
    WWWROOT,
    { NULL },
    "Default Web Site, DefaultAppPool; "
    "IUSR (taken for CGI scripts; anonymous visitors: applicationHost.config line 70); "
    "IUSR (anonymous visitors: applicationHost.config line 70); " IS_POOL (
        "DefaultAppPool") " (worker process: "
                          "applicationHost.config line 26)",
    WWWROOT "\\web.config:1:16: the file ends before <configuration> of line 1 is closed " },
  { "no site",
    NULL,
    NULL,
    { { NULL, NULL, NULL } },
    "E:\\x",
    { NULL },
    "no site of applicationHost.config holds 'E:\\x'",
    "" },
  { "no pool",
    "<add name=\"Blog\"",
    "<add name=\"Blag\"",
    { { NULL, NULL, NULL } },
    "D:\\Sites\\Blog",
    { NULL },
    "there is no application pool 'Blog', which applicationHost.config line 44 names: IIS serves nothing there",
    "" },
};

ParameterizedTestParameters (iis_whose, accounts)
{
  static guint indexes[G_N_ELEMENTS (rows)];

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    indexes[i] = i;
  return cr_make_param_array (guint, indexes, G_N_ELEMENTS (rows));
}

static E13IisServer *
changed_server (const char *from, const char *to)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *stock = e13_test_stock_text ();
  g_auto (GStrv) parts = g_strsplit (stock, from != NULL ? from : "<configuration>", 2);
  g_autofree char *text = g_strjoinv (from != NULL ? to : "<configuration>", parts);
  E13IisServer *server
      = e13_iis_server_parse ("applicationHost.config", text, strlen (text), e13_iis_usual_variables, &error);

  cr_assert_eq (g_strv_length (parts), 2, "the stock configuration has no %s", from);
  cr_assert_not_null (server, "%s", error != NULL ? error->message : "");
  return server;
}

static void
describe_account (GString *out, const E13IisAccount *account)
{
  g_string_append_printf (out, "; %s%s (%s)", account->name, account->token != NULL ? "" : "?", account->evidence);
}

static char *
describe (const E13IisWhose *whose)
{
  GString *out = g_string_new (NULL);

  g_string_append_printf (out, "%s, %s", whose->place, whose->pool);
  describe_account (out, whose->scripts);
  describe_account (out, whose->files);
  describe_account (out, whose->config);
  return g_string_free (out, FALSE);
}

ParameterizedTest (guint *row, iis_whose, accounts)
{
  g_autoptr (E13IisServer) server = changed_server (rows[*row].from, rows[*row].to);
  const E13IisQuestion question
      = { server, rows[*row].path, rows[*row].scripts, e13_test_read_config, (gpointer)rows[*row].configs };
  g_autoptr (GError) error = NULL;
  g_autoptr (E13IisWhose) whose = e13_iis_whose (&question, &error);
  g_autofree char *is = whose != NULL ? describe (whose) : g_strdup (error->message);
  g_autoptr (GString) remarks = g_string_new (NULL);

  for (guint i = 0; whose != NULL && i < whose->remarks->len; i++)
    g_string_append_printf (remarks, "%s ", (char *)whose->remarks->pdata[i]);
  cr_assert_str_eq (is, rows[*row].is, "%s: %s", rows[*row].label, is);
  cr_assert_str_eq (remarks->str, rows[*row].remarks, "%s: %s", rows[*row].label, remarks->str);
}

/* ---- What the workers hold ------------------------------------------------------------------- */

static const struct
{
  const char *pool;
  const char *sid;
  gboolean is_held;
} holdings[] = {
  { "DefaultAppPool", "S-1-5-82-3006700770-424185619-1745488364-794895919-4004696415", TRUE },
  { "DefaultAppPool", "S-1-5-32-568", TRUE },
  { "DefaultAppPool", "S-1-5-20", FALSE },
  { "Old", "S-1-5-20", TRUE },
  { "Old", "S-1-5-32-568", TRUE },
  { "Lab", "S-1-5-32-568", FALSE },
  { "Lab", "S-1-5-11", TRUE },
};

ParameterizedTestParameters (iis_whose, holdings)
{
  static guint indexes[G_N_ELEMENTS (holdings)];

  for (guint i = 0; i < G_N_ELEMENTS (holdings); i++)
    indexes[i] = i;
  return cr_make_param_array (guint, indexes, G_N_ELEMENTS (holdings));
}

ParameterizedTest (guint *row, iis_whose, holdings)
{
  g_autoptr (E13IisServer) server = e13_test_stock_server ();
  const E13IisPool *pool = e13_iis_server_pool (server, holdings[*row].pool);
  g_autoptr (E13IisAccount) worker = e13_iis_worker (pool, NULL);
  g_autofree char *user = e13_sid_to_text (&worker->token->user);
  E13Sid sid = e13_sid_well_known (holdings[*row].sid);

  cr_assert_eq (e13_token_holds (worker->token, &sid, E13_SID_ENABLED), holdings[*row].is_held, "%s %s",
                holdings[*row].pool, holdings[*row].sid);
  /* A grant goes to no more than the pool. */
  cr_assert (g_str_has_prefix (user, "S-1-5-82-"), "%s", user);
}
