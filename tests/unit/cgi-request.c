/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <criterion/criterion.h>
#include <criterion/parameterized.h>

#include <string.h>

#include "cgi/request.h"
#include "platform/win32/command-words.h"

TestSuite (cgi_request, .timeout = 60);

static const char *const base[] = { "PATH=/bin", NULL };

static const E13CgiRequest get = { .server = E13_CGI_APACHE,
                                   .script = "/srv/x/cgi-bin/a.py",
                                   .document_root = "/srv/x",
                                   .script_name = "/cgi-bin/a.py",
                                   .query = "a=1&b=2",
                                   .method = "GET" };

static char *
joined (const E13CgiRequest *request)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) environment = e13_cgi_environment (request, (char *const *)base, &error);
  g_autofree char *text = environment != NULL ? g_strjoinv ("\n", environment) : NULL;

  return g_strdup_printf ("\n%s\n", environment != NULL ? text : error->message);
}

static void
expect (const E13CgiRequest *request, const char *part, gboolean there)
{
  g_autofree char *text = joined (request);
  g_autofree char *line = g_strdup_printf ("\n%s", part);

  cr_expect_eq (strstr (text, line) != NULL, there, "%s: %s", part, text);
}

Test (cgi_request, what_apache_tells_a_script)
{
  static const char *const lines[] = { "PATH=/bin\n",
                                       "GATEWAY_INTERFACE=CGI/1.1\n",
                                       "REQUEST_METHOD=GET\n",
                                       "QUERY_STRING=a=1&b=2\n",
                                       "SCRIPT_NAME=/cgi-bin/a.py\n",
                                       "SCRIPT_FILENAME=/srv/x/cgi-bin/a.py\n",
                                       "DOCUMENT_ROOT=/srv/x\n",
                                       "REQUEST_URI=/cgi-bin/a.py?a=1&b=2\n",
                                       "HTTP_HOST=localhost\n" };

  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    expect (&get, lines[i], TRUE);
  expect (&get, "CONTENT_LENGTH", FALSE);
  expect (&get, "PATH_INFO", FALSE);
}

Test (cgi_request, path_info_and_body)
{
  E13CgiRequest post = get;

  post.path_info = "/b/c";
  post.has_body = TRUE;
  post.body_size = 7;
  post.method = "POST";
  expect (&post, "PATH_INFO=/b/c\n", TRUE);
  expect (&post, "PATH_TRANSLATED=/srv/x/b/c\n", TRUE);
  expect (&post, "CONTENT_LENGTH=7\n", TRUE);
  expect (&post, "CONTENT_TYPE=application/x-www-form-urlencoded\n", TRUE);
  expect (&post, "REQUEST_URI=/cgi-bin/a.py/b/c?a=1&b=2\n", TRUE);
}

Test (cgi_request, what_iis_tells_a_script)
{
  E13CgiRequest iis = get;

  iis.server = E13_CGI_IIS;
  iis.is_windows = TRUE;
  iis.script = "C:/inetpub/x/a.py";
  iis.script_name = "/a.py";
  expect (&iis, "SERVER_SOFTWARE=Microsoft-IIS/10.0\n", TRUE);
  expect (&iis, "PATH_INFO=/a.py\n", TRUE);
  expect (&iis, "PATH_TRANSLATED=C:\\inetpub\\x\\a.py\n", TRUE);
  expect (&iis, "DOCUMENT_ROOT", FALSE);
}

Test (cgi_request, headers_become_variables)
{
  static const char *const headers[]
      = { "X-A_b: c ", "host: example.org", "Proxy: http://evil/", "Authorization: x", NULL };
  static const char *const bad[] = { "no colon", NULL };
  static const char *const worse[] = { "A=B: c", NULL };
  E13CgiRequest request = get;

  request.headers = (char *const *)headers;
  expect (&request, "HTTP_X_A_B=c\n", TRUE);
  expect (&request, "HTTP_HOST=example.org\n", TRUE);
  expect (&request, "HTTP_HOST=localhost\n", FALSE);
  expect (&request, "HTTP_PROXY", FALSE);
  expect (&request, "HTTP_AUTHORIZATION", FALSE);
  request.headers = (char *const *)bad;
  expect (&request, "--header takes", TRUE);
  request.headers = (char *const *)worse;
  expect (&request, "--header takes", TRUE);
}

/* ---- Command lines --------------------------------------------------------------------------- */

static const struct
{
  const char *query;
  const char *arguments; /* joined by | */
} queries[] = {
  { "", "x" },        { "a=b", "x" }, { "a", "x|a" }, { "a+b%20c", "x|a|b c" }, { "a;b+$(c)", "x|a\\;b|\\$\\(c\\)" },
  { "%zz", "x|%zz" },
};

Test (cgi_request, words_of_a_query_without_equals)
{
  for (gsize i = 0; i < G_N_ELEMENTS (queries); i++)
    {
      g_auto (GStrv) words = e13_cgi_arguments ("x", queries[i].query);
      g_autofree char *text = g_strjoinv ("|", words);

      cr_expect_str_eq (text, queries[i].arguments, "%s: %s", queries[i].query, text);
    }
}

static const struct
{
  const char *handler;
  const char *query;
  const char *arguments;
} handlers[] = {
  { "C:\\Python\\python.exe %s %s", "a=1", "C:\\Python\\python.exe|S|a=1" },
  { "C:\\Python\\python.exe %s %s", "", "C:\\Python\\python.exe|S" },
  { "\"C:\\Program Files\\Python\\python.exe\" -u \"%s\" \"%s\"", "q", "C:\\Program Files\\Python\\python.exe|-u|S|q" },
  { "C:\\Program Files\\Python\\python.exe %s", "q", "C:\\Program Files\\Python\\python.exe|S" },
  { "C:\\x\\prog.exe", "q", "C:\\x\\prog.exe" },
  { "/usr/bin/perl %s %s", "q", "/usr/bin/perl|S|q" },
};

Test (cgi_request, handlers_of_iis)
{
  for (gsize i = 0; i < G_N_ELEMENTS (handlers); i++)
    {
      g_auto (GStrv) words = e13_cgi_handler_arguments (handlers[i].handler, "S", handlers[i].query, NULL);
      g_autofree char *text = g_strjoinv ("|", words);

      cr_expect_str_eq (text, handlers[i].arguments, "%s: %s", handlers[i].handler, text);
    }
  cr_expect_null (e13_cgi_handler_arguments ("", "S", "", NULL));
  cr_expect_null (e13_cgi_handler_arguments ("\"\" %s", "S", "", NULL));
}

Test (cgi_request, where_a_site_begins)
{
  g_autofree char *above = e13_cgi_guess_root ("/srv/x/cgi-bin/a.py");
  g_autofree char *beside = e13_cgi_guess_root ("/srv/x/a.py");
  g_autofree char *inside = e13_cgi_script_name ("/srv/x/b/a.py", "/srv/x");
  g_autofree char *outside = e13_cgi_script_name ("/srv/x/b/a.py", "/srv/y");
  g_autofree char *root = e13_cgi_script_name ("/a.py", "/");

  cr_expect_str_eq (above, "/srv/x");
  cr_expect_str_eq (beside, "/srv/x");
  cr_expect_str_eq (inside, "/b/a.py");
  cr_expect_str_eq (outside, "/cgi-bin/a.py");
  cr_expect_str_eq (root, "/cgi-bin/a.py");
}

/* ---- Windows --------------------------------------------------------------------------------- */

static const struct
{
  const char *words[4];
  const char *line;
} lines[] = {
  { { "a", "b c", NULL }, "\"a\" \"b c\"" },
  { { "a", "b\"c", NULL }, "\"a\" \"b\\\"c\"" },
  { { "a", "b\\", "c", NULL }, "\"a\" \"b\\\\\" \"c\"" },
  { { "a", "b\\\\\"c", NULL }, "\"a\" \"b\\\\\\\\\\\"c\"" },
  { { "C:\\a b\\c", "", NULL }, "\"C:\\a b\\c\" \"\"" },
  { { "x.BAT", "a&calc", NULL }, "\"x.BAT\"" },
  { { "x.cmd . ", "a&calc", NULL }, "\"x.cmd . \"" },
};

Test (cgi_request, lines_of_windows)
{
  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autofree char *line = e13_win32_command_line (lines[i].words);

      cr_expect_str_eq (line, lines[i].line, "%s: %s", lines[i].line, line);
    }
}

Test (cgi_request, variables_of_windows_are_sorted_by_name)
{
  const char *a = "Path=z";
  const char *b = "PATHEXT=a";
  const char *c = "path=b";

  cr_expect_lt (e13_win32_compare_variables (&a, &b), 0);
  cr_expect_eq (e13_win32_compare_variables (&a, &c), 0);
}
