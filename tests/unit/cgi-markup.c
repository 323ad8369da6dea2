/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <criterion/criterion.h>
#include <criterion/parameterized.h>

#include <string.h>

#include "cgi/markup.h"

TestSuite (cgi_markup, .timeout = 60);

/* The faults as "LINE:COLUMN WHAT", one a line. */
static char *
told (const GPtrArray *faults)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < faults->len; i++)
    {
      const E13MarkupFault *fault = faults->pdata[i];

      g_string_append_printf (out, "%s%u:%u %s", i > 0 ? "\n" : "", fault->line, fault->column, fault->what);
    }
  return g_string_free (out, FALSE);
}

static const struct
{
  const char *page;
  const char *faults;
} html[] = {
  /* What balances. */
  { "", "" },
  { "just text", "" },
  { "<!DOCTYPE html><html><head><title>a < b</title></head><body><p>x</p></body></html>", "" },
  { "<p>one<p>two<div>three</div><ul><li>a<li>b<ul><li>c</ul></ul>", "" },
  { "<table><tr><td>1<td>2<tr><th>3</table>", "" },
  { "<table><thead><tr><th>1<tbody><tr><td><table><tr><td>x</table><td>y</table>", "" },
  { "<dl><dt>a<dd>b<dt>c</dl><select><option>1<option>2</select>", "" },
  { "<br><br/><hr /><img src=x><input value='>'><meta charset=utf-8>", "" },
  { "<a href=\"x>y\" title='<b>'>z</a>", "" },
  { "<a href=it's>x</a>", "" },
  { "<script>if (a < b && '<b>') { document.write('<p>') }</script>", "" },
  { "<style>a > b {}</style><textarea><b></textarea>", "" },
  { "<!-- <b> --><!--> <p>x</p> <!-- -- > -->", "" },
  { "<svg><path d='x'/><g><circle r=1 /></g></svg>", "" },
  { "<svg><![CDATA[ <b> ]]></svg>", "" },
  { "<B>x</b><DIV></div>", "" },
  { "a < b and 3<4", "" },
  { "<?php echo 1 ?><p>x</p>", "" },
  { "<p>x</p></body></html>", "" },
  { "<my-element>x</my-element>", "" },
  { "<h1>x</h1\n><p>y", "" },
  /* What does not. */
  { "<b>x", "1:1 <b> is not closed" },
  { "<div>\n <b>x</div>", "2:2 <b> is still open where </div> ends it" },
  { "<b><i>x</b></i>", "1:4 <i> is still open where </b> ends it\n1:12 </i> ends what is not open" },
  { "x</b>", "1:2 </b> ends what is not open" },
  { "<p>a<div>b</div></p>", "1:17 </p> ends what is not open" },
  { "<br></br>", "1:5 </br>: this element has no end tag" },
  { "<div/>x", "1:1 <div/> opens an element: in HTML the slash closes nothing\n1:1 <div> is not closed" },
  { "<p title='x>y</p>", "1:1 the tag <p is not ended by '>'" },
  { "a <!-- b", "1:3 the comment is not ended by '-->'" },
  { "<script>x", "1:1 <script> is not closed: all the rest is in it" },
  { "<title>x<body>", "1:1 <title> is not closed: all the rest is in it" },
  { "\xc3\xa9\xc3\xa9<b>", "1:3 <b> is not closed" },
  { "<a", "1:1 the tag <a is not ended by '>'" },
  { "</", "" },
  { "<", "" },
  { "<ul><li><b>x<li>y</ul>", "1:9 <b> is still open where </ul> ends it" },
};

ParameterizedTestParameters (cgi_markup, html)
{
  static gsize indexes[G_N_ELEMENTS (html)];

  for (gsize i = 0; i < G_N_ELEMENTS (indexes); i++)
    indexes[i] = i;
  return cr_make_param_array (gsize, indexes, G_N_ELEMENTS (indexes));
}

ParameterizedTest (const gsize *row, cgi_markup, html)
{
  g_autoptr (GPtrArray) faults = e13_markup_check_html (html[*row].page, strlen (html[*row].page));
  g_autofree char *got = told (faults);

  cr_expect_str_eq (got, html[*row].faults, "%s: %s", html[*row].page, got);
}

static const struct
{
  const char *page;
  const char *charset;
  const char *faults;
} xml[] = {
  { "<a><b/></a>", NULL, "" },
  { "<?xml version='1.0' encoding='windows-1252'?><a>\xe9</a>", NULL, "" },
  { "<a>\xe9</a>", "iso-8859-1", "" },
  { "<a>\n<b></a>", NULL, "2:6 mismatched tag" },
  { "<a>&nbsp;</a>", NULL, "1:4 undefined entity" },
  { "\n<?xml version='1.0'?><a/>", NULL, "2:1 XML or text declaration not at start of entity" },
  { "", NULL, "1:1 no element found" },
  { "<a>\xe9</a>", NULL, "1:4 not well-formed (invalid token)" },
};

ParameterizedTestParameters (cgi_markup, xml)
{
  static gsize indexes[G_N_ELEMENTS (xml)];

  for (gsize i = 0; i < G_N_ELEMENTS (indexes); i++)
    indexes[i] = i;
  return cr_make_param_array (gsize, indexes, G_N_ELEMENTS (indexes));
}

ParameterizedTest (const gsize *row, cgi_markup, xml)
{
  g_autoptr (GPtrArray) faults = e13_markup_check_xml (xml[*row].page, strlen (xml[*row].page), xml[*row].charset);
  g_autofree char *got = told (faults);

  cr_expect_str_eq (got, xml[*row].faults, "%s: %s", xml[*row].page, got);
}

Test (cgi_markup, deep_nesting_is_bounded)
{
  g_autoptr (GString) page = g_string_new (NULL);
  g_autoptr (GPtrArray) faults = NULL;

  for (guint i = 0; i < 100000; i++)
    g_string_append (page, "<div>");
  faults = e13_markup_check_html (page->str, page->len);
  cr_assert_eq (faults->len, 1);
  cr_expect_str_eq (((E13MarkupFault *)faults->pdata[0])->what, "elements are nested more than 512 deep");
}

Test (cgi_markup, entities_that_multiply_are_refused)
{
  GString *page = g_string_new ("<!DOCTYPE a [<!ENTITY a0 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'>");
  g_autoptr (GPtrArray) faults = NULL;

  for (guint i = 1; i < 30; i++)
    g_string_append_printf (page, "<!ENTITY a%u '&a%u;&a%u;&a%u;&a%u;'>", i, i - 1, i - 1, i - 1, i - 1);
  g_string_append (page, "]><a>&a29;</a>");
  faults = e13_markup_check_xml (page->str, page->len, NULL);
  g_string_free (page, TRUE);
  cr_expect_eq (faults->len, 1);
}

static const struct
{
  const char *type;
  E13Markup markup;
  const char *charset;
} types[] = {
  { NULL, E13_MARKUP_OTHER, NULL },
  { "", E13_MARKUP_OTHER, NULL },
  { "text/html", E13_MARKUP_HTML, NULL },
  { "Text/HTML; charset=UTF-8", E13_MARKUP_HTML, "UTF-8" },
  { "text/html;charset=\"utf-8\"", E13_MARKUP_HTML, "utf-8" },
  { "application/xhtml+xml", E13_MARKUP_XML, NULL },
  { "image/svg+xml ; x=y; charset=latin1", E13_MARKUP_XML, "latin1" },
  { "text/xml", E13_MARKUP_XML, NULL },
  { "text/plain; charset=", E13_MARKUP_OTHER, NULL },
  { ";", E13_MARKUP_OTHER, NULL },
};

ParameterizedTestParameters (cgi_markup, type)
{
  static gsize indexes[G_N_ELEMENTS (types)];

  for (gsize i = 0; i < G_N_ELEMENTS (indexes); i++)
    indexes[i] = i;
  return cr_make_param_array (gsize, indexes, G_N_ELEMENTS (indexes));
}

ParameterizedTest (const gsize *row, cgi_markup, type)
{
  g_autofree char *charset = e13_markup_charset (types[*row].type);

  cr_expect_eq (e13_markup_claimed (types[*row].type), types[*row].markup, "%s", types[*row].type);
  cr_expect (g_strcmp0 (charset, types[*row].charset) == 0, "%s: %s", types[*row].type, charset);
}
