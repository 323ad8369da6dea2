/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* How a server reads the head of a script's output. tests/e2e/cgi-apache.test holds the same against Apache. */

#include <criterion/criterion.h>
#include <criterion/parameterized.h>

#include <string.h>

#include "cgi/head.h"

TestSuite (cgi_head, .timeout = 60);

#define TEXT(text) text, sizeof text - 1

static const struct
{
  const char *label;
  const char *text;
  gsize size;
  E13CgiHeadState state;
  guint line; /* of the fault */
  guint n_headers;
  const char *body; /* of a complete one */
} rows[] = {
  { "empty", TEXT (""), E13_CGI_HEAD_EMPTY, 0, 0, NULL },
  { "plain", TEXT ("Content-Type: text/plain\n\nx"), E13_CGI_HEAD_COMPLETE, 0, 1, "x" },
  { "crlf", TEXT ("Content-Type: text/plain\r\nA: b\r\n\r\nx"), E13_CGI_HEAD_COMPLETE, 0, 2, "x" },
  { "stray carriage returns", TEXT ("A\r: b\r\r\n\r\r\nx"), E13_CGI_HEAD_COMPLETE, 0, 1, "x" },
  { "no body", TEXT ("A: b\n\n"), E13_CGI_HEAD_COMPLETE, 0, 1, "" },
  { "no headers", TEXT ("\n<p>"), E13_CGI_HEAD_COMPLETE, 0, 0, "<p>" },
  { "no end of line", TEXT ("A: b"), E13_CGI_HEAD_UNFINISHED, 1, 0, NULL },
  { "no empty line", TEXT ("A: b\nC: d\n"), E13_CGI_HEAD_UNFINISHED, 3, 2, NULL },
  { "only carriage returns", TEXT ("A: b\r\rx"), E13_CGI_HEAD_UNFINISHED, 1, 0, NULL },
  { "page at once", TEXT ("<html>\n"), E13_CGI_HEAD_NO_COLON, 1, 0, NULL },
  { "page at once, without an end", TEXT ("<html>"), E13_CGI_HEAD_NO_COLON, 1, 0, NULL },
  { "page behind a header", TEXT ("A: b\n<html>\n"), E13_CGI_HEAD_NO_COLON, 2, 1, NULL },
  { "NUL ends a line's text", TEXT ("A: b\0c\n\nx"), E13_CGI_HEAD_COMPLETE, 0, 1, "x" },
  { "NUL at the start ends the head", TEXT ("\0no header\nx"), E13_CGI_HEAD_COMPLETE, 0, 0, "x" },
  { "blank in a name", TEXT ("A B: c\n\n"), E13_CGI_HEAD_ILLEGAL, 1, 1, NULL },
  { "blank before the colon", TEXT ("X: y\nA : c\n\n"), E13_CGI_HEAD_ILLEGAL, 2, 2, NULL },
  { "no name", TEXT (": c\n\n"), E13_CGI_HEAD_ILLEGAL, 1, 1, NULL },
  { "control character in a value", TEXT ("A: \x01\n\n"), E13_CGI_HEAD_ILLEGAL, 1, 1, NULL },
  { "latin-1 in a value", TEXT ("A: \xe9\n\n"), E13_CGI_HEAD_COMPLETE, 0, 1, "" },
  { "latin-1 in a name", TEXT ("\xe9: a\n\n"), E13_CGI_HEAD_ILLEGAL, 1, 1, NULL },
};

ParameterizedTestParameters (cgi_head, apache)
{
  static gsize indexes[G_N_ELEMENTS (rows)];

  for (gsize i = 0; i < G_N_ELEMENTS (indexes); i++)
    indexes[i] = i;
  return cr_make_param_array (gsize, indexes, G_N_ELEMENTS (indexes));
}

ParameterizedTest (const gsize *row, cgi_head, apache)
{
  const char *label = rows[*row].label;
  g_autoptr (E13CgiHead) head = e13_cgi_head_parse (rows[*row].text, rows[*row].size, E13_CGI_APACHE);

  cr_expect_eq (head->state, rows[*row].state, "%s: state %d", label, head->state);
  cr_expect_eq (head->bad_line, rows[*row].line, "%s: line %u", label, head->bad_line);
  cr_expect_eq (head->headers->len, rows[*row].n_headers, "%s: %u headers", label, head->headers->len);
  if (rows[*row].body != NULL)
    cr_expect (rows[*row].size - head->body == strlen (rows[*row].body)
                   && memcmp (rows[*row].text + head->body, rows[*row].body, strlen (rows[*row].body)) == 0,
               "%s: body at %zu", label, head->body);
}

static const struct
{
  const char *text;
  guint status;
} statuses[] = {
  { "A: b\n\n", 200 },
  { "Status: 404\n\n", 404 },
  { "status:404 Not Found\n\n", 404 },
  { "Status: 404Not\n\n", 404 },
  { "Status: 201\nStatus: 302\n\n", 302 },
  { "Status: good\n\n", 0 },
  { "Status:\n\n", 0 },
  { "Status: -5\n\n", 0 },
  { "Status: 99999999999999999999\n\n", 99999 },
};

ParameterizedTestParameters (cgi_head, status)
{
  static gsize indexes[G_N_ELEMENTS (statuses)];

  for (gsize i = 0; i < G_N_ELEMENTS (indexes); i++)
    indexes[i] = i;
  return cr_make_param_array (gsize, indexes, G_N_ELEMENTS (indexes));
}

ParameterizedTest (const gsize *row, cgi_head, status)
{
  const char *text = statuses[*row].text;
  g_autoptr (E13CgiHead) head = e13_cgi_head_parse (text, strlen (text), E13_CGI_APACHE);

  cr_expect_eq (head->status, statuses[*row].status, "%s: %u", text, head->status);
}

/* Apache reads 8190 bytes of a line, its end not counted. */
Test (cgi_head, a_line_is_only_so_long)
{
  for (gsize length = 8189; length <= 8191; length++)
    {
      g_autofree char *value = g_strnfill (length - strlen ("A: "), 'x');
      g_autofree char *text = g_strdup_printf ("A: %s\n\n", value);
      g_autoptr (E13CgiHead) head = e13_cgi_head_parse (text, strlen (text), E13_CGI_APACHE);

      cr_expect_eq (head->state, length < 8190 ? E13_CGI_HEAD_COMPLETE : E13_CGI_HEAD_TOO_LONG, "%zu: %d", length,
                    head->state);
    }
}

Test (cgi_head, names_have_no_case_and_the_last_counts)
{
  const char *text = "content-TYPE:  text/html  \nContent-Type: text/plain\n\n";
  g_autoptr (E13CgiHead) head = e13_cgi_head_parse (text, strlen (text), E13_CGI_IIS);

  cr_expect_str_eq (e13_cgi_head_value (head, "Content-Type"), "text/plain");
  cr_expect_eq (e13_cgi_head_count (head, "Content-Type"), 2);
  cr_expect_null (e13_cgi_head_value (head, "Location"));
}
