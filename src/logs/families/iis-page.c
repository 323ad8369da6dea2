/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The detailed error pages of IIS, saved or pasted. Their labels are in the language of the server, so that what
 * follows them is told by its look: a code is 0x and eight digits, the configuration's file begins with \\?\. */

#include <string.h>

#include "logs/errno-words.h"
#include "logs/families.h"
#include "logs/unescape.h"

#define NUMBER "[ :]*(?<http>[45]\\d\\d\\.\\d{1,3})\\b"

/* "HTTP Error 404: …" is also what programs say of others' pages: only a sub-status makes it one of IIS. */
#define TITLE(identifier, word, line)                                                                                  \
  {                                                                                                                    \
    .id = identifier, .needle = word, .regex = word NUMBER, .kind = E13_FAILURE_HTTP,                                  \
    .examples                                                                                                          \
        = { { line, NULL, E13_OPERATION_UNKNOWN, 0 } }                                                                 \
  }

static const E13LogPattern patterns[] = {
  { .id = "page",
    .needle = "HTTP Error ",
    .regex = "HTTP Error" NUMBER,
    .kind = E13_FAILURE_HTTP,
    .examples
    = { { "HTTP Error 500.19 - Internal Server Error\nThe requested page cannot be accessed because the related "
          "configuration data for the page is invalid.\n\nModule\t   IIS Web Core\nNotification\t   BeginRequest\n"
          "Handler\t   Not yet determined\nError Code\t   0x80070005\nConfig Error\t   Cannot read configuration file "
          "due "
          "to insufficient permissions\nConfig File\t   \\\\?\\C:\\inetpub\\wwwroot\\week7\\web.config\nRequested "
          "URL\t   "
          "http://localhost:80/week7/\nPhysical Path\t   C:\\inetpub\\wwwroot\\week7\nLogon Method\t   Not yet "
          "determined\nLogon User\t   Not yet determined",
          "C:\\inetpub\\wwwroot\\week7\\web.config", E13_OPERATION_READ, 13 },
        { "<h3>HTTP Error 401.3 - Unauthorized</h3>\n<tr class=\"alt\"><th>Module</th><td>&nbsp;&nbsp;&nbsp;IIS Web "
          "Core</td></tr>\n<tr><th>Error Code</th><td>&nbsp;&nbsp;&nbsp;0x80070005</td></tr>\n<tr class=\"alt\">"
          "<th>Requested URL</th><td>&nbsp;&nbsp;&nbsp;http://localhost:80/a%20b.html</td></tr>\n<tr><th>Physical "
          "Path</th><td>&nbsp;&nbsp;&nbsp;C:\\inetpub\\wwwroot\\a b.html</td></tr>\n<tr><th>Logon User</th><td>&nbsp;"
          "&nbsp;&nbsp;Anonymous</td></tr>",
          "C:\\inetpub\\wwwroot\\a b.html", E13_OPERATION_READ, 13 },
        { "HTTP Error 500.19 - Internal Server Error\nError Code\t0x80070021\nConfig "
          "File\t\\?\\C:\\Sites\\x\\web.config\n"
          "Config Source\n    6:\n    7:     <handlers>\n    8:       <add name=\"iisnode\" />",
          "C:\\Sites\\x\\web.config", E13_OPERATION_READ, 0 },
        { "HTTP Error 404.0 - Not Found\nError Code\t   0x80070002\nPhysical Path\t   \\\\?\\UNC\\files\\www\\x.html",
          "\\\\files\\www\\x.html", E13_OPERATION_READ, 2 },
        { "HTTP Error 404.2 - Not Found\nError Code   0x800704ec\nPhysical Path   C:\\inetpub\\wwwroot\\x.py",
          "C:\\inetpub\\wwwroot\\x.py", E13_OPERATION_UNKNOWN, 0 } } },
  { .id = "page-de",
    .needle = "HTTP-Fehler",
    .regex = "HTTP-Fehler" NUMBER,
    .kind = E13_FAILURE_HTTP,
    .examples
    = { { "HTTP-Fehler 500.19 - Internal Server Error\nModul\n   IIS Web Core \n\nFehlercode\n   0x80070021 \n\n"
          "Konfigurationsdatei\n   \\\\?\\C:\\inetpub\\wwwroot\\Git\\web.config \n\nPhysischer Pfad\n   "
          "C:\\inetpub\\wwwroot\\Git ",
          "C:\\inetpub\\wwwroot\\Git\\web.config", E13_OPERATION_READ, 0 } } },
  TITLE ("page-fr", "Erreur HTTP", "Erreur HTTP 404.3 - Not Found"),
  TITLE ("page-it", "Errore HTTP", "Errore HTTP 502.2 - Bad Gateway"),
  TITLE ("page-es", "Error HTTP", "Error HTTP 403.14 - Forbidden"),
  TITLE ("page-pt", "Erro HTTP", "Erro HTTP 403.14 - Forbidden"),
  TITLE ("page-nl", "HTTP-fout", "HTTP-fout 500.21 - Internal Server Error"),
  TITLE ("page-ru", "\320\236\321\210\320\270\320\261\320\272\320\260 HTTP",
         "\320\236\321\210\320\270\320\261\320\272\320\260 HTTP 500.19 - Internal Server Error"),
  TITLE ("page-zh", "HTTP \351\224\231\350\257\257", "HTTP \351\224\231\350\257\257 500.21 - Internal Server Error"),
  TITLE ("page-ja", "HTTP \343\202\250\343\203\251\343\203\274",
         "HTTP \343\202\250\343\203\251\343\203\274 401.3 - Unauthorized"),
  /* The link at its end, of a page in any other language. */
  { .id = "link",
    .needle = "IIS70Error=",
    .regex = "IIS70Error=(?<http>[45]\\d\\d,\\d{1,3}),(?<windows>0x[0-9a-fA-F]{8})",
    .kind = E13_FAILURE_HTTP,
    .examples
    = { { "<p><a href=\"https://go.microsoft.com/fwlink/?LinkID=62293&amp;IIS70Error=500,19,0x8007000d,17763\">", NULL,
          E13_OPERATION_UNKNOWN, 0 } } },
  { .id = "headers",
    .needle = "complete set of HTTP headers",
    .regex = "misbehaved by not returning a complete set of HTTP headers",
    .kind = E13_FAILURE_HTTP,
    .note
    = "The script ended before its headers were complete (502.2); what it printed until then follows in the page.",
    .examples
    = { { "The specified CGI application misbehaved by not returning a complete set of HTTP headers. The headers "
          "it did return are \"\".",
          NULL, E13_OPERATION_UNKNOWN, 0 } } },
  { 0 },
};

/* ---- Lines after the title --------------------------------------------------------------------------------------- */

/* A line without tags and entities, and without blanks around it. */
static char *
plain (const char *text)
{
  g_autofree char *unescaped = e13_unescape (E13_ESCAPE_HTML, text, strlen (text));
  g_autoptr (GString) out = g_string_new (NULL);
  gboolean in_tag = FALSE;

  for (const char *c = unescaped; *c != '\0'; c++)
    {
      if (*c == '<' && (g_ascii_isalpha (c[1]) || c[1] == '/'))
        in_tag = TRUE;
      if (!in_tag)
        g_string_append_c (out, *c);
      if (*c == '>')
        in_tag = FALSE;
    }
  g_string_replace (out, "\302\240", " ", 0);
  g_string_replace (out, "&nbsp;", " ", 0);
  return g_strstrip (g_string_free (g_steal_pointer (&out), FALSE));
}

static char *
fetch (const char *text, const char *pattern)
{
  g_autoptr (GRegex) regex = g_regex_new (pattern, G_REGEX_RAW, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;

  return g_regex_match (regex, text, 0, &match) ? g_match_info_fetch (match, 1) : NULL;
}

/* "\\?\C:\x" as "C:\x", and "\\?\UNC\files\x" as "\\files\x"; one backslash less where the page went through Markdown.
 */
static char *
without_prefix (const char *path)
{
  const char *rest = strstr (path, "?\\");

  if (*path != '\\' || rest == NULL || rest - path > 2)
    return g_strdup (path);
  rest += 2;
  return g_str_has_prefix (rest, "UNC\\") ? g_strconcat ("\\\\", rest + 4, NULL) : g_strdup (rest);
}

static gboolean
is_configuration (const E13Failure *failure)
{
  return failure->http_status == 500 && failure->http_substatus == 19;
}

/* What the system refused, by the status and the code together. */
static void
judge (E13Failure *failure)
{
  guint32 code = failure->windows_code;

  if (is_configuration (failure))
    {
      failure->kind = code == 0x80070005 || code == 0x80070003 ? E13_FAILURE_SYSTEM : E13_FAILURE_SETTING;
      failure->operation = E13_OPERATION_READ;
    }
  else if ((failure->http_status == 401 && failure->http_substatus == 3)
           || (failure->http_status == 404 && failure->http_substatus == 0))
    {
      failure->kind = E13_FAILURE_SYSTEM;
      failure->operation = E13_OPERATION_READ;
    }
  else if (failure->http_status == 403 || failure->http_status == 404)
    failure->kind = E13_FAILURE_SETTING;
  failure->error = failure->kind == E13_FAILURE_SYSTEM ? e13_errno_from_windows (code) : 0;
}

static void
take_path (E13Failure *failure, const char *text)
{
  g_autofree char *file = fetch (text, "(\\\\{1,2}\\?\\\\(?:[A-Za-z]:\\\\|UNC\\\\).*)$");
  g_autofree char *path = file == NULL ? fetch (text, "(?:^|[\\t ])([A-Za-z]:\\\\.*)$") : NULL;
  const char *found = file != NULL ? file : path;

  /* The configuration's file is named before the physical path, and is what counts where it cannot be used. */
  if (found == NULL || (failure->path != NULL && (is_configuration (failure) || path == NULL)))
    return;
  g_free (failure->path);
  failure->path = without_prefix (found);
}

static void
take (E13Failure *failure, const char *text)
{
  g_autofree char *code = fetch (text, "(?:^|[\\t ])(0x[0-9a-fA-F]{8})$");
  g_autofree char *url = fetch (text, "(?:^|[\\t ])(https?://\\S+)$");

  take_path (failure, text);
  if (code != NULL && failure->windows_code == 0)
    failure->windows_code = (guint32)g_ascii_strtoull (code, NULL, 16);
  if (url != NULL && failure->url == NULL && strstr (url, "go.microsoft.com") == NULL)
    failure->url = g_steal_pointer (&url);
  if (failure->user == NULL)
    failure->user = fetch (text, "^Logon User[\\t ]++((?!Not yet determined).+)$");
  judge (failure);
}

/* A script's own words in the page belong to their own family. */
static gboolean
is_of_script (const char *text)
{
  for (const char *const *needle = e13_errno_needles (); *needle != NULL; needle++)
    if (strstr (text, *needle) != NULL)
      return TRUE;
  return strstr (text, "Traceback (most") != NULL || strstr (text, "  File \"") != NULL;
}

static gboolean
more (E13Failure *failure, const E13LogLine *line)
{
  g_autofree char *text = plain (line->text);
  g_autofree char *title = fetch (text, "([45]\\d\\d\\.\\d{1,3}) - ");

  /* "Cannot read configuration file due to insufficient permissions" is IIS's own. */
  if (g_str_equal (failure->pattern, "headers") || g_str_equal (failure->pattern, "link") || is_of_script (line->text))
    return FALSE;
  if (title != NULL || g_regex_match_simple ("^(#|\\d{4}-\\d\\d-\\d\\d |\\[|<\\d+>)", text, 0, 0))
    return FALSE;
  take (failure, text);
  return TRUE;
}

const E13LogFamily e13_log_iis_page = { .name = "iis-page", .patterns = patterns, .more = more };
