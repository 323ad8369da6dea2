/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The logs of IIS and HTTP.sys, and its error pages. */

#include <criterion/criterion.h>
#include <criterion/parameterized.h>
#include <string.h>

#include "logs/reader.h"

TestSuite (log_iis, .timeout = 60);

#define HEAD                                                                                                           \
  "#Software: Microsoft Internet Information Services 10.0\r\n#Version: 1.0\r\n#Date: 2026-11-28 10:00:00\r\n"         \
  "#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs(Referer) "     \
  "sc-status sc-substatus sc-win32-status time-taken\r\n"
#define LINE(stem, user, tail) "2026-11-28 10:00:01 ::1 GET " stem " 80 " user " ::1 Mozilla/5.0+(X) - " tail " 15\r\n"
#define HTTPERR                                                                                                        \
  "#Software: Microsoft HTTP API 2.0\r\n#Fields: date time c-ip c-port s-ip s-port cs-version cs-method cs-uri "       \
  "streamid sc-status s-siteid s-reason s-queuename\r\n"

/* What is read: "LINE: STATUS.SUB CODE, KIND errno ERRNO, URL, PATH, USER, PROCESS", a line each. */
static const struct
{
  const char *label;
  const char *log;
  const char *is;
} rows[] = {
  { "an ACL", HEAD LINE ("/a+b.html x=1", "-", "401 3 5"), "5: 401.3 5, system errno 13, /a b.html?x=1, -, -, -" },
  { "a user", HEAD LINE ("/a.html -", "LAB\\maria", "401 3 5"),
    "5: 401.3 5, system errno 13, /a.html, -, LAB\\maria, -" },
  { "an unreadable web.config", HEAD LINE ("/ -", "-", "500 19 5"), "5: 500.19 5, system errno 13, /, -, -, -" },
  { "a HRESULT in decimal", HEAD LINE ("/ -", "-", "500 19 2147942405"),
    "5: 500.19 2147942405, system errno 13, /, -, -, -" },
  { "broken settings", HEAD LINE ("/ -", "-", "500 19 33"), "5: 500.19 33, setting errno 0, /, -, -, -" },
  { "a restriction", HEAD LINE ("/x.py -", "-", "404 2 1260"), "5: 404.2 1260, setting errno 0, /x.py, -, -, -" },
  { "no default document", HEAD LINE ("/ -", "-", "403 14 0"), "5: 403.14 0, setting errno 0, /, -, -, -" },
  { "a CGI script", HEAD LINE ("/x.py -", "-", "502 2 0"), "5: 502.2 0, http errno 0, /x.py, -, -, -" },
  { "a missing file", HEAD LINE ("/x.txt -", "-", "404 0 2"), "5: 404.0 2, system errno 2, /x.txt, -, -, -" },
  { "what is no failure",
    HEAD LINE ("/ -", "-", "200 0 0") LINE ("/ -", "-", "304 0 0") LINE ("/ -", "-", "404 0 0")
        LINE ("/ -", "-", "401 2 5") LINE ("/ -", "-", "401 1 2148074254") LINE ("/ -", "-", "200 0 64"),
    "" },
  { "columns change",
    HEAD LINE ("/a -", "-", "200 0 0") "#Fields: time cs-uri-stem sc-status\r\n10:00:00 /b 403\r\n10:00:00 /c 200\r\n",
    "7: 403.0 0, http errno 0, /b, -, -, -" },
  { "without a sub-status",
    "#Fields: date time cs-method cs-uri-stem sc-status sc-win32-status\n2026-11-28 10:00:00 GET /x 403 5\n",
    "2: 403.0 5, system errno 13, /x, -, -, -" },
  { "fewer words than columns", HEAD "2026-11-28 10:00:01 ::1 GET /x\r\n", "" },
  { "a mark before the first line",
    "\357\273\277#Fields: cs-uri-stem sc-status sc-substatus sc-win32-status\n/x 401 3 5\nand so on\n",
    "2: 401.3 5, system errno 13, /x, -, -, -" },
  { "pasted, with the time taken", "2026-11-28 10:00:01 10.0.0.1 GET /x.html - 80 - ::1 Mozilla/5.0 - 401 3 5 281\n",
    "1: 401.3 5, system errno 13, /x.html, -, -, -" },
  { "pasted, with bytes, without the time", "10.0.0.1 POST /x.html - 80 - ::1 Mozilla/5.0 500 19 5 1400 300 31\n",
    "1: 500.19 5, system errno 13, /x.html, -, -, -" },
  { "pasted, ending with the code",
    "2006-10-31 16:49:56 W3SVC1 127.0.0.1 GET / - 80 - 127.0.0.1 Mozilla/4.0 500 19 13\n",
    "1: 500.19 13, setting errno 0, /, -, -, -" },
  { "another server's log",
    "10.0.0.1 - - [28/Nov/2026:10:00:00 +0000] \"GET /x HTTP/1.1\" 401 3 \"-\" \"Mozilla/5.0\" 401 3 5\n"
    "the client said GET /x and got 404 2 times\n",
    "" },
  { "the pool is offline",
    HTTPERR "2026-11-28 10:00:02 ::1 5 ::1 80 HTTP/1.1 GET /x - 503 1 AppOffline DefaultAppPool\r\n"
            "2026-11-28 10:00:02 ::1 5 ::1 80 - - - - - - Timer_ConnectionIdle -\r\n",
    "3: 503.0 0, http errno 0, /x, -, -, DefaultAppPool" },
  { "the process died",
    HTTPERR "2026-11-28 10:00:02 ::1 5 ::1 80 HTTP/1.1 GET /x+y - - 1 Connection_Abandoned_By_ReqQueue Blog\r\n",
    "3: 0.0 0, http errno 0, /x y, -, -, Blog" },
  { "of HTTP.sys, pasted", "2026-11-28 10:00:02 ::1 5 ::1 80 HTTP/1.1 GET /x 503 1 QueueFull Blog\n",
    "1: 503.0 0, http errno 0, /x, -, -, Blog" },
  { "a page",
    "HTTP Error 500.19 - Internal Server Error\nModule\t   IIS Web Core\nError Code\t   0x80070005\nConfig File\t   "
    "\\\\?\\C:\\www\\web.config\nRequested URL\t   http://localhost:80/x\nPhysical Path\t   C:\\www\\x\nLogon User\t   "
    "Not yet determined\n",
    "1: 500.19 2147942405, system errno 13, http://localhost:80/x, C:\\www\\web.config, -, -" },
  { "a page with a line for each label and value",
    "HTTP Error 401.3 - Unauthorized\n\nError Code\n   0x80070005\n\nRequested URL\n   "
    "http://localhost:80/x\n\nPhysical "
    "Path\n   C:\\www\\x\n\nLogon User\n   Anonymous\n",
    "1: 401.3 2147942405, system errno 13, http://localhost:80/x, C:\\www\\x, -, -" },
  { "two pages",
    "HTTP Error 404.3 - Not Found\nPhysical Path\t   C:\\www\\a.json\nHTTP Error 404.17 - Not Found\nPhysical Path\t   "
    "C:\\www\\b.aspx\n",
    "1: 404.3 0, setting errno 0, -, C:\\www\\a.json, -, -\n3: 404.17 0, setting errno 0, -, C:\\www\\b.aspx, -, -" },
  { "others' words", "urllib.error.HTTPError: HTTP Error 403: Forbidden\nHTTP Error 404\n", "" },
};

static void
append (E13Failure *failure, gpointer data)
{
  static const char *const kinds[] = { [E13_FAILURE_SYSTEM] = "system",
                                       [E13_FAILURE_SETTING] = "setting",
                                       [E13_FAILURE_LABEL] = "label",
                                       [E13_FAILURE_OWNERSHIP] = "ownership",
                                       [E13_FAILURE_HTTP] = "http" };
  GString *out = data;

#define OR_NONE(text) ((text) != NULL ? (text) : "-")
  g_string_append_printf (out, "%s%" G_GUINT64_FORMAT ": %u.%u %u, %s errno %d, %s, %s, %s, %s",
                          out->len > 0 ? "\n" : "", failure->line, failure->http_status, failure->http_substatus,
                          failure->windows_code, kinds[failure->kind], failure->error, OR_NONE (failure->url),
                          OR_NONE (failure->path), OR_NONE (failure->user), OR_NONE (failure->process));
  e13_failure_free (failure);
}

static GString *
read_log (const char *log)
{
  GString *out = g_string_new (NULL);
  g_autoptr (E13LogReader) reader = e13_log_reader_new (append, out);

  e13_log_reader_feed (reader, log, strlen (log));
  e13_log_reader_end (reader);
  return out;
}

ParameterizedTestParameters (log_iis, failures)
{
  static int indices[G_N_ELEMENTS (rows)];

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    indices[i] = (int)i;
  return cr_make_param_array (int, indices, G_N_ELEMENTS (rows));
}

ParameterizedTest (const int *index, log_iis, failures)
{
  g_autoptr (GString) is = read_log (rows[*index].log);

  cr_expect_str_eq (is->str, rows[*index].is, "%s:\n%s\nnot\n%s", rows[*index].label, is->str, rows[*index].is);
}

static void
take_time (E13Failure *failure, gpointer data)
{
  *(gint64 *)data = failure->time;
  e13_failure_free (failure);
}

/* Whatever this machine's zone is. */
Test (log_iis, times_are_utc)
{
  static const char log[] = HEAD LINE ("/ -", "-", "401 3 5");
  gint64 time = 0;
  g_autoptr (E13LogReader) reader = NULL;
  g_autoptr (GDateTime) expected = g_date_time_new_utc (2026, 11, 28, 10, 0, 1);

  g_setenv ("TZ", "Pacific/Auckland", TRUE);
  reader = e13_log_reader_new (take_time, &time);
  e13_log_reader_feed (reader, log, strlen (log));
  e13_log_reader_end (reader);
  cr_expect (time == g_date_time_to_unix (expected) * G_USEC_PER_SEC);
}

static void
name_family (E13Failure *failure, gpointer data)
{
  g_string_append_printf (data, "%s %u.%u %d %s\n", failure->family, failure->http_status, failure->http_substatus,
                          failure->error, failure->path != NULL ? failure->path : "-");
  e13_failure_free (failure);
}

/* The page of a CGI script that failed has its traceback in it. */
Test (log_iis, the_traceback_in_a_page_is_read)
{
  static const char page[] = "HTTP Error 502.2 - Bad Gateway\nThe specified CGI application misbehaved by not "
                             "returning a complete set of HTTP "
                             "headers. The headers it did return are \"Traceback (most recent call last):\n  File "
                             "\"C:\\inetpub\\wwwroot\\week7\\count.py\", line 4, in <module>\n    f = "
                             "open('count.txt', 'w')\nIOError: [Errno 13] "
                             "Permission denied: 'count.txt'\n\".\n";
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (E13LogReader) reader = e13_log_reader_new (name_family, out);

  e13_log_reader_feed (reader, page, strlen (page));
  e13_log_reader_end (reader);
  cr_expect (g_str_has_prefix (out->str, "iis-page 502.2 0 -\n"), "%s", out->str);
  cr_expect_not_null (strstr (out->str, "python 0.0 13 count.txt\n"), "%s", out->str);
}
