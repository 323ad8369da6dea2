/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The stream below the patterns: the search, layers, escapes, times, lines that are too long, halves of calls. */

#include <criterion/criterion.h>
#include <criterion/parameterized.h>
#include <string.h>

#include "logs/errno-words.h"
#include "logs/needles.h"
#include "logs/reader.h"
#include "logs/stamp.h"
#include "logs/unescape.h"

TestSuite (log_reader, .timeout = 120);

static void
keep (E13Failure *failure, gpointer data)
{
  g_ptr_array_add (data, failure);
}

static GPtrArray *
read_bytes (const char *text, gsize length)
{
  GPtrArray *failures = g_ptr_array_new_with_free_func ((GDestroyNotify)e13_failure_free);
  g_autoptr (E13LogReader) reader = e13_log_reader_new (keep, failures);

  e13_log_reader_feed (reader, text, length);
  e13_log_reader_end (reader);
  return failures;
}

/* ---- The search ------------------------------------------------------------------------------ */

/* Against the plain search, on random text of few letters, with needles at every place of a block. */
Test (log_reader, finds_what_a_plain_search_finds)
{
  static const char *const words[] = { "aabbaab", "abababababab", "bbbbbbbb", "abbaabbaabba" };
  g_autoptr (E13Needles) needles = e13_needles_new (words, G_N_ELEMENTS (words));
  g_autoptr (GRand) random = g_rand_new_with_seed (13);
  gsize size = 40000;
  g_autofree char *text = g_malloc (size + 1);

  for (guint round = 0; round < 200; round++)
    {
      const char *expected = NULL;
      const char *word = words[round % G_N_ELEMENTS (words)];

      for (gsize i = 0; i < size; i++)
        text[i] = (char)(round % 4 == 0 && i < 200 ? g_rand_int_range (random, 'a', 'c')
                                                   : g_rand_int_range (random, 'c', 'f'));
      text[size] = '\0';
      memcpy (text + g_rand_int_range (random, 0, (gint32)(size - strlen (word))), word, strlen (word));
      for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
        {
          const char *at = strstr (text, words[i]);

          if (at != NULL && (expected == NULL || at < expected))
            expected = at;
        }
      cr_assert_not_null (e13_needles_find (needles, text, size), "round %u", round);
      cr_assert (e13_needles_find (needles, text, size) > expected
                     && e13_needles_find (needles, text, size) <= expected + 12,
                 "round %u", round);
    }
}

Test (log_reader, marks_all_that_is_there)
{
  static const char *const words[] = { "permission", "ermission denied", "no such file" };
  g_autoptr (E13Needles) needles = e13_needles_new (words, G_N_ELEMENTS (words));
  gboolean marks[G_N_ELEMENTS (words)];
  const char *text = "x: permission denied";

  e13_needles_mark (needles, text, strlen (text), marks);
  cr_assert (marks[0] && marks[1] && !marks[2]);
}

/* ---- Layers ---------------------------------------------------------------------------------- */

static const struct
{
  const char *line;
  const char *path;
  const char *process;
  guint pid;
} layers[] = {
  { "Nov 23 10:00:00 web myapp[812]: PermissionError: [Errno 13] Permission denied: '/srv/x'", "/srv/x", "myapp", 812 },
  { "2026-11-23T10:00:00.123456+01:00 web php-fpm[7]: PHP Warning:  fopen(/srv/x): Failed to open stream: Permission "
    "denied",
    "/srv/x", "php-fpm", 7 },
  { "<14>1 2026-11-23T10:00:00Z web app 99 - - open /srv/x: permission denied", "/srv/x", "app", 99 },
  { "web_1  | open /srv/x: permission denied", "/srv/x", "web", 0 },
  { "{\"log\":\"PermissionError: [Errno 13] Permission denied: '/srv/a\\\\\\\\b'\\n\",\"stream\":\"stderr\"}",
    "/srv/a\\b", NULL, 0 },
  { "{\"MESSAGE\":\"web_1 | {\\\"msg\\\":\\\"open /srv/x: permission denied\\\"}\"}", "/srv/x", "web", 0 },
  { "[Mon Nov 23 10:00:00.123456 2026] [proxy_fcgi:error] [pid 5:tid 6] [client 192.0.2.1:7] AH01071: Got error 'PHP "
    "message: "
    "PHP Warning:  fopen(/srv/\\xc3\\xa9): Failed to open stream: Permission denied in /srv/i.php on line 3'",
    "/srv/\303\251", NULL, 5 },
  { "[Mon Nov 23 10:00:00.123456 2026] [wsgi:error] [pid 5:tid 6] [remote 192.0.2.1:7] PermissionError: [Errno 13] "
    "Permission "
    "denied: '/srv/a\\\\nb'",
    "/srv/a\nb", NULL, 5 },
  { "App 6353 stderr: Errno::EACCES: Permission denied @ rb_sysopen - /srv/x", "/srv/x", NULL, 6353 },
  { "2026-11-23 10:00:00: (mod_fastcgi.c.421) FastCGI-stderr: PHP Warning:  fopen(/srv/x): failed to open stream: "
    "Permission "
    "denied in /i.php on line 1",
    "/srv/x", NULL, 0 },
  { "Nov 23 10:00:00 web tomcat[1]: java.io.FileNotFoundException: /srv/x (Permission denied)#012#011at "
    "java.io.FileOutputStream.open0(Native Method)",
    "/srv/x", "tomcat", 1 },
  { "> [Errno 13] Permission denied: '/srv/x'", "/srv/x", NULL, 0 },
  { "2026-11-23T10:00:00.000000000Z stderr F open /srv/x: permission denied", "/srv/x", NULL, 0 },
  { "[23-Nov-2026 10:00:00] WARNING: [pool www] child 77 said into stderr: \"PHP Warning:  fopen(/srv/x): Failed to "
    "open "
    "stream: Permission denied in /i.php on line 1\"",
    "/srv/x", NULL, 77 },
};

ParameterizedTestParameters (log_reader, peels_layers)
{
  static size_t rows[G_N_ELEMENTS (layers)];

  for (size_t i = 0; i < G_N_ELEMENTS (layers); i++)
    rows[i] = i;
  return cr_make_param_array (size_t, rows, G_N_ELEMENTS (layers));
}

ParameterizedTest (size_t *row, log_reader, peels_layers)
{
  const char *line = layers[*row].line;
  g_autoptr (GPtrArray) failures = read_bytes (line, strlen (line));
  const E13Failure *failure = failures->len > 0 ? failures->pdata[0] : NULL;

  cr_assert_eq (failures->len, 1, "%u in: %s", failures->len, line);
  cr_expect_str_eq (failure->path, layers[*row].path, "'%s' in: %s", failure->path, line);
  cr_expect (g_strcmp0 (failure->process, layers[*row].process) == 0, "'%s' in: %s", failure->process, line);
  cr_expect_eq (failure->pid, layers[*row].pid, "%u in: %s", failure->pid, line);
}

/* ---- Times ----------------------------------------------------------------------------------- */

static const struct
{
  const char *line;
  gint64 seconds;
} stamps[] = {
  { "2026-11-23T10:00:00Z x", 1795428000 },
  { "2026-11-23T10:00:00.5+01:00 x", 1795424400 },
  { "[2026-11-23 10:00:00 +0000] [7] [ERROR] x", 1795428000 },
  { "192.0.2.1 - - [23/Nov/2026:10:00:00 +0000] x", 1795428000 },
  { "type=AVC msg=audit(1795428000.123:45): x", 1795428000 },
  { "{\"level\":\"error\",\"ts\":1795428000.25,\"msg\":\"x\"}", 1795428000 },
  { "2026/11/23 10:00:00 [error] x", 1795428000 },
  { "[Mon Nov 23 10:00:00.123456 2026] x", 1795428000 },
  { "[23-Nov-2026 10:00:00] x", 1795428000 },
  { "Nov 23 10:00:00 web x", 1795428000 },
  { "Dec  3 10:00:00 web x", 1764756000 },
  { "no time in 2026-13-45 at all", 0 },
};

Test (log_reader, reads_times)
{
  g_setenv ("TZ", "UTC", TRUE);
  for (gsize i = 0; i < G_N_ELEMENTS (stamps); i++)
    {
      gint64 time
          = e13_stamp_find (stamps[i].line, strlen (stamps[i].line), G_GINT64_CONSTANT (1795430000) * G_USEC_PER_SEC);

      cr_expect_eq (time / G_USEC_PER_SEC, stamps[i].seconds, "%" G_GINT64_FORMAT " in: %s", time / G_USEC_PER_SEC,
                    stamps[i].line);
    }
}

/* ---- Escapes --------------------------------------------------------------------------------- */

static const struct
{
  E13LogEscape escape;
  const char *text;
  const char *name;
} escapes[] = {
  { E13_ESCAPE_PYTHON, "'it\\'s\\x41'", "it'sA" },
  { E13_ESCAPE_PYTHON, "u'\\xe9'", "\303\251" },
  { E13_ESCAPE_PYTHON, "b'\\xe9'", "\351" },
  { E13_ESCAPE_PYTHON, "'\\udce9'", "\351" },
  { E13_ESCAPE_PYTHON, "'\\u20ac \\U0001f600'", "\342\202\254 \360\237\230\200" },
  { E13_ESCAPE_PYTHON, "'cut off", "cut off" },
  { E13_ESCAPE_JSON, "a\\/b\\ud83d\\ude00\\n", "a/b\360\237\230\200\n" },
  { E13_ESCAPE_JSON, "\\ud83d", "\357\277\275" },
  { E13_ESCAPE_C, "\\303\\251\\\"\\x41", "\303\251\"A" },
  { E13_ESCAPE_APACHE, "\\xc3\\xa9\\\\\\q", "\303\251\\\\q" },
  { E13_ESCAPE_AUDIT, "2F61", "/a" },
  { E13_ESCAPE_AUDIT, "\"/a\"", "/a" },
  { E13_ESCAPE_AUDIT, "2F6", "2F6" },
  { E13_ESCAPE_HTML, "<b>a</b>&amp;&lt;&unknown; < b", "a&<&unknown; < b" },
  { E13_ESCAPE_C, "\\0", " " },
};

Test (log_reader, undoes_escapes)
{
  for (gsize i = 0; i < G_N_ELEMENTS (escapes); i++)
    {
      g_autofree char *name = e13_unescape (escapes[i].escape, escapes[i].text, strlen (escapes[i].text));

      cr_expect_str_eq (name, escapes[i].name, "%s became %s", escapes[i].text, name);
    }
}

/* ---- The stream ------------------------------------------------------------------------------ */

Test (log_reader, joins_calls_that_were_interrupted)
{
  const char *text = "[pid 7] openat(AT_FDCWD, \"/srv/x\", O_RDONLY <unfinished ...>\n[pid 8] close(3) = 0\n"
                     "[pid 7] <... openat resumed>) = -1 EACCES (Permission denied)\n";
  g_autoptr (GPtrArray) failures = read_bytes (text, strlen (text));

  cr_assert_eq (failures->len, 1);
  cr_assert_str_eq (((E13Failure *)failures->pdata[0])->path, "/srv/x");
  cr_assert_eq (((E13Failure *)failures->pdata[0])->line, 3);
}

Test (log_reader, bears_a_line_of_ten_megabytes)
{
  gsize size = 10 * 1024 * 1024;
  g_autofree char *text = g_malloc (size);
  const char *end = "\n[Errno 13] Permission denied: '/srv/x'\n";
  g_autoptr (GPtrArray) failures = NULL;

  memset (text, 'x', size);
  memcpy (text + size / 2, " [Errno 13] Permission denied: '/srv/middle' ", 45);
  memcpy (text + size - strlen (end), end, strlen (end));
  failures = read_bytes (text, size);
  cr_assert_eq (failures->len, 2, "%u", failures->len);
  cr_assert_str_eq (((E13Failure *)failures->pdata[0])->path, "/srv/middle");
  cr_assert_eq (((E13Failure *)failures->pdata[0])->line, 1);
  cr_assert_eq (((E13Failure *)failures->pdata[1])->line, 2);
}

Test (log_reader, bears_any_bytes)
{
  static const char text[]
      = "\0\0[Errno 13] Permission\0 denied: '/a'\n\377\376[Errno 13] Permission denied: '/srv/\351\033[31m'\n";
  g_autoptr (GPtrArray) failures = read_bytes (text, sizeof text - 1);

  cr_assert_eq (failures->len, 2);
  cr_assert_str_eq (((E13Failure *)failures->pdata[1])->path, "/srv/\351\033[31m");
}

Test (log_reader, reports_each_link_of_a_chain)
{
  const char *text
      = "Traceback (most recent call last):\n  File \"/srv/a.py\", line 1, in <module>\n    open('/srv/x')\n"
        "FileNotFoundError: [Errno 2] No such file or directory: '/srv/x'\n\nDuring handling of the above "
        "exception, another exception occurred:\n\nTraceback (most recent call last):\n  File \"/srv/a.py\", line 3, "
        "in <module>\n    os.mkdir('/srv/d')\nPermissionError: [Errno 13] Permission denied: '/srv/d'\n";
  g_autoptr (GPtrArray) failures = read_bytes (text, strlen (text));
  const E13Failure *second;

  cr_assert_eq (failures->len, 2);
  second = failures->pdata[1];
  cr_assert_str_eq (second->path, "/srv/d");
  cr_assert_str_eq (second->script, "/srv/a.py");
  cr_assert_eq (second->operation, E13_OPERATION_CREATE);
}
