/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What a server would answer. tests/e2e/cgi-apache.test asks Apache; for IIS there are only its documents: a script
 * that does not return a complete set of headers is 502.2, one that does not end in time 502.1, and what it writes to
 * standard error comes with its output. */

#include <criterion/criterion.h>
#include <criterion/parameterized.h>

#include <errno.h>
#include <string.h>

#include "cgi/verdict.h"

TestSuite (cgi_verdict, .timeout = 60);

typedef struct
{
  const char *label;
  E13CgiServer server;
  E13LaunchEnd end;
  int code;
  const char *output;
  guint status;
  guint substatus;
  const char *problems; /* joined by blanks */
} Row;

#define HEAD "Content-Type: text/html; charset=utf-8\n\n"

static const Row rows[] = {
  { "good", E13_CGI_APACHE, E13_LAUNCH_EXITED, 0, HEAD "<p>x", 200, 0, "" },
  { "good under IIS", E13_CGI_IIS, E13_LAUNCH_EXITED, 0, HEAD "<p>x", 200, 0, "" },
  { "nothing", E13_CGI_APACHE, E13_LAUNCH_EXITED, 0, "", 500, 0, "no-output" },
  { "nothing under IIS", E13_CGI_IIS, E13_LAUNCH_EXITED, 0, "", 502, 2, "no-output" },
  { "traceback under IIS", E13_CGI_IIS, E13_LAUNCH_EXITED, 1,
    "Traceback (most recent call last):\n  File \"x\", line 1, in <module>\nKeyError: 'x'\n", 502, 2,
    "cause not-a-header" },
  { "warning before the headers under IIS", E13_CGI_IIS, E13_LAUNCH_EXITED, 0, "a warning\n" HEAD "<p>x", 502, 2,
    "not-a-header" },
  { "header alone under IIS", E13_CGI_IIS, E13_LAUNCH_EXITED, 0, "Content-Type: text/html\n", 502, 2, "no-blank-line" },
  { "too late", E13_CGI_APACHE, E13_LAUNCH_TIMED_OUT, 0, "", 504, 0, "timed-out no-output" },
  { "too late under IIS", E13_CGI_IIS, E13_LAUNCH_TIMED_OUT, 0, "", 502, 1, "timed-out no-output" },
  { "too late to matter", E13_CGI_APACHE, E13_LAUNCH_TIMED_OUT, 0, "no header\n", 500, 0, "timed-out not-a-header" },
  { "page without an end", E13_CGI_APACHE, E13_LAUNCH_TIMED_OUT, 0, HEAD "<p", 200, 0, "timed-out" },
  { "too much", E13_CGI_APACHE, E13_LAUNCH_TOO_MUCH, 0, HEAD "<b>", 200, 0, "too-much-output" },
  { "killed", E13_CGI_APACHE, E13_LAUNCH_SIGNALLED, 11, "", 500, 0, "signal no-output" },
  { "failed behind its page", E13_CGI_APACHE, E13_LAUNCH_EXITED, 3, HEAD "<p>x", 200, 0, "exit-status" },
  { "failed, and no page", E13_CGI_APACHE, E13_LAUNCH_EXITED, 3, "", 500, 0, "no-output" },
  { "elsewhere", E13_CGI_APACHE, E13_LAUNCH_EXITED, 0, "Location: https://x/\n\n", 302, 0, "" },
  { "within", E13_CGI_APACHE, E13_LAUNCH_EXITED, 0, "Location: /x\n\n", 0, 0, "redirected-within" },
  { "within under IIS", E13_CGI_IIS, E13_LAUNCH_EXITED, 0, "Location: /x\n\n", 302, 0, "" },
  { "relative", E13_CGI_APACHE, E13_LAUNCH_EXITED, 0, "Location: x.html\n\n", 302, 0, "location" },
  { "not UTF-8", E13_CGI_APACHE, E13_LAUNCH_EXITED, 0, HEAD "caf\xe9", 200, 0, "encoding" },
  { "not balanced", E13_CGI_APACHE, E13_LAUNCH_EXITED, 0, HEAD "<b>x", 200, 0, "markup" },
  { "too short", E13_CGI_APACHE, E13_LAUNCH_EXITED, 0, "Content-Type: a/b\nContent-Length: 5\n\nx", 200, 0,
    "content-length" },
  { "not started", E13_CGI_APACHE, E13_LAUNCH_NOT_STARTED, ENOENT, "", 500, 0, "interpreter-missing" },
  { "not started under IIS", E13_CGI_IIS, E13_LAUNCH_NOT_STARTED, ENOENT, "", 502, 2, "interpreter-missing" },
  { "refused", E13_CGI_APACHE, E13_LAUNCH_NOT_STARTED, EACCES, "", 500, 0, "script-not-executable" },
  { "no memory", E13_CGI_APACHE, E13_LAUNCH_NOT_STARTED, ENOMEM, "", 500, 0, "not-started" },
};

static char *
problems_of (const E13CgiVerdict *verdict)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < verdict->problems->len; i++)
    g_string_append_printf (out, "%s%s", i > 0 ? " " : "",
                            e13_cgi_problem_name (((const E13CgiProblem *)verdict->problems->pdata[i])->id));
  return g_string_free (out, FALSE);
}

static E13CgiVerdict *
judge (E13CgiServer server, E13LaunchResult *result, const char *source)
{
  g_autoptr (E13Shebang) shebang = e13_shebang_parse (source, strlen (source));
  const E13CgiRun run = { .server = server,
                          .names = { "/usr/bin/python3", "www-data", "/srv/x", "/srv/x/a.py" },
                          .shebang = shebang,
                          .source = source,
                          .source_size = strlen (source),
                          .result = result };
  E13CgiVerdict *verdict = e13_cgi_judge (&run);

  e13_cgi_verdict_finish (verdict);
  return verdict;
}

ParameterizedTestParameters (cgi_verdict, of_a_run)
{
  static gsize indexes[G_N_ELEMENTS (rows)];

  for (gsize i = 0; i < G_N_ELEMENTS (indexes); i++)
    indexes[i] = i;
  return cr_make_param_array (gsize, indexes, G_N_ELEMENTS (indexes));
}

ParameterizedTest (const gsize *index, cgi_verdict, of_a_run)
{
  const Row *row = &rows[*index];
  g_auto (E13LaunchResult) result = { .end = row->end,
                                      .code = row->code,
                                      .step = E13_LAUNCH_STEP_START,
                                      .output = g_byte_array_new (),
                                      .errors = g_byte_array_new () };
  g_autoptr (E13CgiVerdict) verdict = NULL;
  g_autofree char *problems = NULL;

  g_byte_array_append (result.output, (const guint8 *)row->output, (guint)strlen (row->output));
  verdict = judge (row->server, &result, "#!/usr/bin/python3\n");
  problems = problems_of (verdict);
  cr_expect_eq (verdict->status, row->status, "%s: %u", row->label, verdict->status);
  cr_expect_eq (verdict->substatus, row->substatus, "%s: .%u", row->label, verdict->substatus);
  cr_expect_str_eq (problems, row->problems, "%s: %s", row->label, problems);
}

/* ---- What comes before the headers ----------------------------------------------------------- */

static const struct
{
  const char *output;
  const char *source;
  const char *said; /* in the sentence */
} firsts[] = {
  { "\xef\xbb\xbf"
    "Content-Type text/html\n\n",
    "", "byte order mark" },
  { "<html>\n", "", "begins without headers" },
  { "out of a child\nContent-Type: text/html\n\n", "os.system('x')", "a program that the script starts" },
  { "debug\nContent-Type: text/html\n\n", "print('debug')", "prints something before" },
  { "Content-Type: text/html\n<html>\n", "", "the empty line" },
  { "\x89PNG\n", "", "binary" },
  { "Traceback (most recent call last):\n", "", "traceback" },
  { "X: y\n  z\n\n", "", "goes on on the next line" },
  { "hello\n", "", "is no header" },
};

Test (cgi_verdict, what_comes_first_is_named)
{
  for (gsize i = 0; i < G_N_ELEMENTS (firsts); i++)
    {
      g_auto (E13LaunchResult) result = { .output = g_byte_array_new (), .errors = g_byte_array_new () };
      g_autoptr (E13CgiVerdict) verdict = NULL;

      g_byte_array_append (result.output, (const guint8 *)firsts[i].output, (guint)strlen (firsts[i].output));
      verdict = judge (E13_CGI_APACHE, &result, firsts[i].source);
      cr_assert_eq (verdict->problems->len, 1, "%s", firsts[i].output);
      cr_expect_not_null (strstr (((E13CgiProblem *)verdict->problems->pdata[0])->sentence, firsts[i].said), "%s: %s",
                          firsts[i].output, ((E13CgiProblem *)verdict->problems->pdata[0])->sentence);
    }
}

/* ---- How it begins --------------------------------------------------------------------------- */

static const struct
{
  const char *source;
  int error;
  const char *problem;
} starts[] = {
  { "#!/usr/bin/python3\r\n", ENOENT, "shebang-carriage-return" },
  { "\xef\xbb\xbf#!/usr/bin/python3\n", ENOEXEC, "shebang-byte-order-mark" },
  { "\n#!/usr/bin/python3\n", ENOEXEC, "shebang-missing" },
  { "print('x')\n", ENOEXEC, "shebang-missing" },
  { "", ENOEXEC, "shebang-missing" },
  { "#!/usr/bin/pyhton\n", ENOENT, "interpreter-missing" },
  { "\177ELF\2", ENOENT, "interpreter-missing" },
  { "\177ELF\2", ENOEXEC, "not-started" },
};

Test (cgi_verdict, what_could_not_be_started)
{
  for (gsize i = 0; i < G_N_ELEMENTS (starts); i++)
    {
      g_auto (E13LaunchResult) result = { .end = E13_LAUNCH_NOT_STARTED,
                                          .step = E13_LAUNCH_STEP_START,
                                          .code = starts[i].error,
                                          .output = g_byte_array_new (),
                                          .errors = g_byte_array_new () };
      g_autoptr (E13CgiVerdict) verdict = judge (E13_CGI_APACHE, &result, starts[i].source);
      g_autofree char *problems = problems_of (verdict);

      cr_expect_str_eq (problems, starts[i].problem, "row %zu: %s", i, problems);
    }
}

Test (cgi_verdict, a_directory_that_could_not_be_entered)
{
  g_auto (E13LaunchResult) result = { .end = E13_LAUNCH_NOT_STARTED,
                                      .step = E13_LAUNCH_STEP_DIRECTORY,
                                      .code = EACCES,
                                      .output = g_byte_array_new (),
                                      .errors = g_byte_array_new () };
  g_autoptr (E13CgiVerdict) verdict = judge (E13_CGI_APACHE, &result, "#!/bin/sh\n");
  g_autofree char *problems = problems_of (verdict);

  cr_expect_eq (verdict->status, 500);
  cr_expect_str_eq (problems, "directory-not-entered");
}

/* Errors that the script only wrote to its log do not make the answer worse. */
Test (cgi_verdict, words_on_standard_error_are_a_note)
{
  g_auto (E13LaunchResult) result = { .output = g_byte_array_new (), .errors = g_byte_array_new () };
  g_autoptr (E13CgiVerdict) verdict = NULL;

  g_byte_array_append (result.output, (const guint8 *)HEAD, strlen (HEAD));
  g_byte_array_append (result.errors, (const guint8 *)"hm\n", 3);
  verdict = judge (E13_CGI_APACHE, &result, "#!/bin/sh\n");
  cr_expect_eq (verdict->status, 200);
  cr_expect_eq (verdict->problems->len, 1);
  cr_expect_eq (e13_cgi_verdict_count (verdict), 0);
}
