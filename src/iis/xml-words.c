/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "iis/xml-words.h"

#include <expat.h>
#include <string.h>

#include "base/quote.h"

/* ---- Units ----------------------------------------------------------------------------------- */

#define DECLARATION_BYTES 128

/* Does the declaration name an encoding that is not UTF-8? */
static gboolean
declares_another (const char *data, gsize size)
{
  g_autofree char *head = g_ascii_strdown (size > 0 ? data : "", (gssize)MIN (size, DECLARATION_BYTES));
  const char *end = strstr (head, "?>");
  const char *encoding = strstr (head, "encoding");

  if (!g_str_has_prefix (head, "<?xml") || end == NULL || encoding == NULL || encoding > end)
    return FALSE;
  encoding += strcspn (encoding, "\"'");
  return *encoding != '\0' && !g_str_has_prefix (encoding + 1, "utf-8");
}

static gboolean
begins (const E13XmlUnits *units, const char *bytes, guint n)
{
  return units->size >= n && memcmp (units->data, bytes, n) == 0;
}

E13XmlUnits
e13_xml_units (const char *data, gsize size)
{
  E13XmlUnits units = { (const guchar *)data, size, 1, FALSE, 0, FALSE };

  if (begins (&units, "\xff\xfe", 2) || begins (&units, "\xfe\xff", 2))
    units.mark_size = 2;
  else if (begins (&units, "\xef\xbb\xbf", 3))
    units.mark_size = 3;
  units.is_big_endian = begins (&units, "\xfe\xff", 2) || begins (&units, "\0<", 2);
  if (units.is_big_endian || units.mark_size == 2 || begins (&units, "<\0", 2))
    units.width = 2;
  else
    units.is_utf8 = !declares_another (data, size);
  return units;
}

guint
e13_xml_unit_at (const E13XmlUnits *units, gsize offset)
{
  if (units->size < units->width || offset > units->size - units->width)
    return 0;
  if (units->width == 1)
    return units->data[offset];
  return units->is_big_endian ? (guint)(units->data[offset] << 8 | units->data[offset + 1])
                              : (guint)(units->data[offset + 1] << 8 | units->data[offset]);
}

gboolean
e13_xml_unit_continues (const E13XmlUnits *units, guint unit)
{
  if (units->width == 2)
    return unit >= 0xdc00 && unit <= 0xdfff;
  return units->is_utf8 && unit >= 0x80 && unit <= 0xbf;
}

/* ---- Words ----------------------------------------------------------------------------------- */

static gboolean
is_of_a_name (guint unit)
{
  return unit >= 0x80 || (unit > 0 && g_ascii_isalnum ((char)unit))
         || (unit != 0 && unit < 0x80 && strchr ("_-.:#", (int)unit) != NULL);
}

#define MAX_NAME 100

/* The name that stands at @offset, as far as it is ASCII. Free with g_free(). */
static char *
name_at (const E13XmlUnits *units, gsize offset)
{
  GString *name = g_string_new (NULL);

  for (guint unit = e13_xml_unit_at (units, offset); is_of_a_name (unit) && unit < 0x80 && name->len < MAX_NAME;
       unit = e13_xml_unit_at (units, offset))
    {
      g_string_append_c (name, (char)unit);
      offset += units->width;
    }
  return g_string_free (name, FALSE);
}

/* Is the mistake within what began as an entity: an ampersand and what may be a name? */
static gboolean
follows_ampersand (const E13XmlUnits *units, gsize offset)
{
  for (guint i = 0; i <= MAX_NAME; i++)
    {
      guint unit = e13_xml_unit_at (units, offset);

      if (unit == '&')
        return TRUE;
      if ((i > 0 && !is_of_a_name (unit)) || offset < units->width)
        return FALSE;
      offset -= units->width;
    }
  return FALSE;
}

static char *
words_of_token (const E13XmlMistake *mistake, const E13XmlUnits *units)
{
  guint unit = e13_xml_unit_at (units, mistake->offset);

  if (follows_ampersand (units, mistake->offset))
    return g_strdup ("a bare '&' stands here: as a character it is written '&amp;'");
  if (unit == '<')
    return g_strdup ("a '<' stands here where none may: a quotation mark before it is not closed, or it is meant as a "
                     "character and must be written '&lt;'");
  if (unit >= 0x80 && units->width == 1)
    return g_strdup_printf ("the byte 0x%02X is no character in UTF-8, which the file is read as: save it in UTF-8, or "
                            "let its first line name its encoding (windows-1252)",
                            unit);
  if (unit < 0x20 || unit == 0x7f)
    return g_strdup_printf ("a control character (0x%02X) stands here, which no XML may hold", unit);
  if (unit < 0x7f)
    return g_strdup_printf ("'%c' stands where it cannot: a quotation mark, '=' or '>' is missing or one too many",
                            (char)unit);
  return g_strdup ("a character stands here that cannot");
}

static char *
words_of_mismatch (const E13XmlMistake *mistake, const E13XmlUnits *units)
{
  /* Expat stops at the name, or at the "</" before it. */
  gsize offset = mistake->offset;
  g_autofree char *name = NULL;
  g_autofree char *shown = mistake->open_name != NULL ? e13_quote_display (mistake->open_name) : g_strdup ("?");

  while (offset < mistake->units->size
         && (e13_xml_unit_at (units, offset) == '<' || e13_xml_unit_at (units, offset) == '/'))
    offset += units->width;
  name = name_at (units, offset);
  return g_strdup_printf ("</%s> stands where <%s> of line %u is still to be closed", name, shown, mistake->open_line);
}

static char *
words_of_encoding (const E13XmlUnits *units)
{
  return g_strdup_printf (
      "the encoding that the first line names is not the one that the file is in (%s): some editors "
      "and PowerShell's '>' save so",
      units->width == 2 ? "UTF-16" : "one byte after another, not UTF-16");
}

static char *
words_of_end (const E13XmlMistake *mistake, const char *otherwise)
{
  g_autofree char *shown = mistake->open_name != NULL ? e13_quote_display (mistake->open_name) : NULL;

  if (mistake->units->size == 0)
    return g_strdup ("the file is empty");
  if (shown == NULL)
    return g_strdup (otherwise);
  return g_strdup_printf ("the file ends before <%s> of line %u is closed", shown, mistake->open_line);
}

static const struct
{
  enum XML_Error code;
  const char *words;
} plain[] = {
  { XML_ERROR_UNCLOSED_TOKEN, "the file ends within a tag: a '>' or a quotation mark is missing" },
  { XML_ERROR_PARTIAL_CHAR, "the file ends in the middle of a character" },
  { XML_ERROR_DUPLICATE_ATTRIBUTE, "this element has an attribute twice" },
  { XML_ERROR_JUNK_AFTER_DOC_ELEMENT, "something follows the element that holds all others: there may be only one" },
  { XML_ERROR_UNDEFINED_ENTITY, "an entity stands here that XML does not know: only &amp; &lt; &gt; &quot; &apos; and "
                                "numbers (&#233;) are" },
  { XML_ERROR_BAD_CHAR_REF, "a number stands here (&#...;) that is no character of XML" },
  { XML_ERROR_MISPLACED_XML_PI,
    "the line <?xml ...?> does not stand at the very start: a blank, an empty line or other "
    "text comes before it" },
  { XML_ERROR_XML_DECL,
    "the line <?xml ...?> is not as it must be, such as <?xml version=\"1.0\" encoding=\"UTF-8\"?>" },
  { XML_ERROR_UNKNOWN_ENCODING, "the first line names an encoding that is not known here" },
  { XML_ERROR_UNCLOSED_CDATA_SECTION, "a <![CDATA[ is not closed by ]]>" },
  { XML_ERROR_NO_MEMORY, "there is not enough memory" },
};

char *
e13_xml_words (const E13XmlMistake *mistake)
{
  const E13XmlUnits *units = mistake->units;

  switch (mistake->code)
    {
    case XML_ERROR_INVALID_TOKEN:
      return words_of_token (mistake, units);
    case XML_ERROR_TAG_MISMATCH:
      return words_of_mismatch (mistake, units);
    case XML_ERROR_INCORRECT_ENCODING:
      return words_of_encoding (units);
    case XML_ERROR_NO_ELEMENTS:
      return words_of_end (mistake, "the file holds no element");
    case XML_ERROR_SYNTAX:
      return g_strdup ("this is no XML: text stands where only elements may");
    default:
      break;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (plain); i++)
    if ((guint)plain[i].code == mistake->code)
      return g_strdup (plain[i].words);
  return g_strdup (XML_ErrorString ((enum XML_Error)mistake->code));
}
