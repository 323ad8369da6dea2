/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Configuration as XML: encodings, places, limits, and what is said of mistakes. */

#include <criterion/criterion.h>
#include <criterion/parameterized.h>
#include <string.h>

#include "iis/xml.h"

TestSuite (iis_xml, .timeout = 60);

#define BYTES(text) text, sizeof (text) - 1

/* @is: "name@LINE:COLUMN(attribute@LINE:COLUMN=value)[children]", or the error. */
static const struct
{
  const char *label;
  const char *data;
  gsize size;
  const char *is;
} rows[] = {
  { "elements and attributes", BYTES ("<a b='1'>\n  <c d = \"2\"\n\te='&lt;&#233;'/>\n</a>"),
    "a@1:1(b@1:4=1)[c@2:3(d@2:6=2)(e@3:2=<\xc3\xa9)]" },
  { "line ends of DOS", BYTES ("<?xml version=\"1.0\"?>\r\n<a>\r\n<b\r\nc='1'\r\n d='2'/></a>"),
    "a@2:1[b@3:1(c@4:1=1)(d@5:2=2)]" },
  { "quotation marks in each other, '>' and '=' in values", BYTES ("<a b='\"' c=\"'>=\" d=''/>"),
    "a@1:1(b@1:4=\")(c@1:10='>=)(d@1:18=)" },
  { "columns count characters of UTF-8", BYTES ("<a b='\xc3\xa4\xe2\x82\xac' c='1'/>"),
    "a@1:1(b@1:4=\xc3\xa4\xe2\x82\xac)(c@1:11=1)" },
  { "a mark before UTF-8", BYTES ("\xef\xbb\xbf<a b='1'/>"), "a@1:1(b@1:4=1)" },
  { "Latin-1", BYTES ("<?xml version='1.0' encoding='ISO-8859-1'?>\n<a b='\xe4\x80' c='1'/>"),
    "a@2:1(b@2:4=\xc3\xa4\xc2\x80)(c@2:11=1)" },
  { "windows-1252", BYTES ("<?xml version='1.0' encoding='windows-1252'?>\n<a b='\xe4\x80' c='1'/>"),
    "a@2:1(b@2:4=\xc3\xa4\xe2\x82\xac)(c@2:11=1)" },
  { "UTF-16, little end first, with a mark", BYTES ("\xff\xfe<\0a\0 \0b\0=\0'\0\xac\x20'\0 \0c\0=\0'\0\x31\0'\0/\0>\0"),
    "a@1:1(b@1:4=\xe2\x82\xac)(c@1:10=1)" },
  { "UTF-16, big end first, without", BYTES ("\0<\0a\0 \0b\0=\0'\0\x31\0'\0/\0>"), "a@1:1(b@1:4=1)" },
  { "prefixes need no declaration", BYTES ("<a><x:b x:c='1'/></a>"), "a@1:1[x:b@1:4(x:c@1:9=1)]" },
  { "a DOCTYPE adds no attributes", BYTES ("<!DOCTYPE a [<!ATTLIST a b CDATA '1'>]><a c='2'/>"),
    "a@1:40(c@1:43=2) DOCTYPE@1:1" },

  { "nothing", BYTES (""), "x:1:1: the file is empty" },
  { "no element", BYTES ("<!-- a -->\n"), "x:2:1: the file holds no element" },
  { "no XML", BYTES ("hello"), "x:1:1: this is no XML: text stands where only elements may" },
  { "a bare ampersand", BYTES ("<a>\n<b c='x & y'/></a>"),
    "x:2:10: a bare '&' stands here: as a character it is written '&amp;'" },
  { "an ampersand of a query", BYTES ("<a b='?x=1&y=2'/>"),
    "x:1:13: a bare '&' stands here: as a character it is written '&amp;'" },
  { "an open quotation mark", BYTES ("<a>\n<b c='1/>\n<d/></a>"),
    "x:3:1: a '<' stands here where none may: a quotation mark before it is not closed, or it is meant as a character "
    "and must be written '&lt;'" },
  { "no quotation mark", BYTES ("<a b=1/>"),
    "x:1:6: '1' stands where it cannot: a quotation mark, '=' or '>' is missing or one too many" },
  { "an open element", BYTES ("<a>\n <b>\n</a>"), "x:3:3: </a> stands where <b> of line 2 is still to be closed" },
  { "the end is missing", BYTES ("<a>\n <b>\n"), "x:3:1: the file ends before <b> of line 2 is closed" },
  { "a tag without its end", BYTES ("<a b='1"),
    "x:1:1: the file ends within a tag: a '>' or a quotation mark is missing" },
  { "two roots", BYTES ("<a/>\n<b/>"),
    "x:2:1: <b> follows </a>, the element that holds all others: there may be only one" },
  { "twice the same", BYTES ("<a b='1' b='2'/>"), "x:1:10: this element has the attribute 'b' twice" },
  { "a blank before the declaration", BYTES ("\n<?xml version='1.0'?><a/>"),
    "x:2:1: the line <?xml ...?> does not stand at the very start: a blank, an empty line or other text comes before "
    "it" },
  { "Latin-1 that is not declared", BYTES ("<a b='\xe4'/>"),
    "x:1:7: the byte 0xE4 (in windows-1252 '\xc3\xa4') is no character in UTF-8, which the file is read as: save it in "
    "UTF-8, or let its first line name its encoding (windows-1252)" },
  { "a control character", BYTES ("<a b='\x01'/>"),
    "x:1:7: a control character (0x01) stands here, which no XML may hold" },
  { "UTF-16 that is none", BYTES ("<?xml version='1.0' encoding='utf-16'?><a/>"),
    "x:1:31: the encoding that the first line names is not the one that the file is in (one byte after another, not "
    "UTF-16): some editors and PowerShell's '>' save so" },
  { "an encoding of several bytes", BYTES ("<?xml version='1.0' encoding='ucs-4'?><a/>"),
    "x:1:31: the first line names an encoding that is not known here" },
  { "an entity of its own", BYTES ("<!DOCTYPE a [<!ENTITY b 'bb'>]><a c='&b;'/>"),
    "x:1:25: the entity 'b' is declared, which no configuration needs" },
  { "a second end", BYTES ("<a>\n</a>\n</a>"), "x:3:2: </a> closes nothing that is open: it is one too many" },
  { "dashes in a comment", BYTES ("<a><!-- b -- c --></a>"),
    "x:1:13: '--' stands within a comment, where XML allows it only at its end" },
  { "no blank between attributes", BYTES ("<a b='1'c='2'/>"),
    "x:1:9: 'c' follows a quotation mark: a blank between two attributes, or '>', is missing" },
  { "typographic quotation marks", BYTES ("<a b=\xe2\x80\x9c" "1\xe2\x80\x9d/>"),
    "x:1:6: a typographic quotation mark stands here, as word processors and web pages make them: only \" and ' are "
    "quotation marks" },
  { "a NUL", BYTES ("<a>\0</a>"),
    "x:1:4: the byte 0x00 stands here: the file is damaged, or is in UTF-16 without the mark that says so" },
  { "a web page", BYTES ("<!DOCTYPE html>\n<html><meta></html>"),
    "x:2:15: this is a web page (HTML), not a configuration: what was saved is perhaps the page that offers the file, or "
    "asks to log in" },
  { "an end tag in another case", BYTES ("<A></a>"),
    "x:1:6: </a> stands where <A> of line 1 is still to be closed: names count by case" },
  { "an entity of HTML", BYTES ("<a b='&eacute;'/>"),
    "x:1:1: the entity &eacute; stands here, which XML does not know: only &amp; &lt; &gt; &quot; &apos; and numbers "
    "(&#233;) are" },
};

static void
describe (GString *out, const E13XmlElement *element)
{
  g_string_append_printf (out, "%s@%u:%u", element->name, element->place.line, element->place.column);
  for (guint i = 0; element->attributes != NULL && i < element->attributes->len; i++)
    {
      const E13XmlAttribute *attribute = &g_array_index (element->attributes, E13XmlAttribute, i);

      g_string_append_printf (out, "(%s@%u:%u=%s)", attribute->name, attribute->place.line, attribute->place.column,
                              attribute->value);
    }
  if (e13_xml_n_children (element) == 0)
    return;
  g_string_append_c (out, '[');
  for (guint i = 0; i < e13_xml_n_children (element); i++)
    describe (out, e13_xml_nth (element, i));
  g_string_append_c (out, ']');
}

ParameterizedTestParameters (iis_xml, reads)
{
  static guint indexes[G_N_ELEMENTS (rows)];

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    indexes[i] = i;
  return cr_make_param_array (guint, indexes, G_N_ELEMENTS (rows));
}

ParameterizedTest (guint *row, iis_xml, reads)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *exact = g_memdup2 (rows[*row].data, rows[*row].size);
  g_autoptr (E13XmlDocument) document = e13_xml_parse ("x", exact, rows[*row].size, &error);
  g_autoptr (GString) is = g_string_new (error != NULL ? error->message : NULL);

  cr_assert_eq (document == NULL, error != NULL);
  if (document != NULL)
    describe (is, document->root);
  if (document != NULL && document->doctype.line > 0)
    g_string_append_printf (is, " DOCTYPE@%u:%u", document->doctype.line, document->doctype.column);
  cr_assert_str_eq (is->str, rows[*row].is, "%s: %s", rows[*row].label, is->str);
}

/* ---- Limits ---------------------------------------------------------------------------------- */

static void
assert_refused (const GString *text, const char *why)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (E13XmlDocument) document = e13_xml_parse ("x", text->str, text->len, &error);

  cr_assert_null (document);
  cr_assert_not_null (strstr (error->message, why), "%s", error->message);
}

Test (iis_xml, depth_is_bounded)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i <= E13_XML_MAX_DEPTH; i++)
    g_string_append (text, "<a>");
  assert_refused (text, "x:1:385: more than 128 elements lie in one another");
}

Test (iis_xml, size_is_bounded)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_set_size (text, E13_XML_MAX_BYTES + 1);
  assert_refused (text, "x: more than 16 MiB");
}

Test (iis_xml, elements_are_bounded)
{
  g_autoptr (GString) text = g_string_new ("<a>");

  for (guint i = 0; i < E13_XML_MAX_NODES; i++)
    g_string_append (text, "<a/>");
  assert_refused (text, "more than 400000 elements and attributes");
}

Test (iis_xml, a_billion_laughs_are_not_laughed)
{
  g_autoptr (GString) text = g_string_new ("<!DOCTYPE a [<!ENTITY l 'lol'>");

  for (guint i = 0; i < 10; i++)
    g_string_append_printf (text, "<!ENTITY l%u '&l;&l;&l;&l;&l;&l;&l;&l;&l;&l;'>", i);
  g_string_append (text, "]><a b='&l9;'/>");
  assert_refused (text, "the entity 'l' is declared");
}

Test (iis_xml, children_and_values_are_found_by_name)
{
  static const char text[] = "<a><b i='1'/><c/><b i='2'/></a>";
  g_autoptr (E13XmlDocument) document = e13_xml_parse ("x", BYTES (text), NULL);
  const E13XmlElement *first = e13_xml_child (document->root, "b", NULL);
  const E13XmlElement *second = e13_xml_child (document->root, "b", first);

  cr_assert_str_eq (e13_xml_value (first, "i"), "1");
  cr_assert_str_eq (e13_xml_value (second, "i"), "2");
  cr_assert_null (e13_xml_value (second, "I"));
  cr_assert_null (e13_xml_child (document->root, "b", second));
  cr_assert_eq (second->parent, document->root);
  cr_assert_eq (second->document, document);
  cr_assert_eq (second->place.offset, 17);
}
