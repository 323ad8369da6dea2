/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "iis/xml-words.h"

#include <expat.h>
#include <string.h>

#include "base/quote.h"

/* ---- Units ----------------------------------------------------------------------------------- */

#define DECLARATION_UNITS 128

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
    {
      g_autofree char *encoding = e13_xml_declared_encoding (&units);

      units.is_utf8 = encoding == NULL || strcmp (encoding, "utf-8") == 0;
    }
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

gboolean
e13_xml_is_blank (guint unit)
{
  return unit == ' ' || unit == '\t' || unit == '\r' || unit == '\n';
}

gsize
e13_xml_find_text (const E13XmlUnits *units, gsize offset, const char *text)
{
  for (; offset < units->size; offset += units->width)
    {
      gsize i = 0;

      while (text[i] != '\0' && e13_xml_unit_at (units, offset + i * units->width) == (guchar)text[i])
        i++;
      if (text[i] == '\0')
        return offset;
    }
  return G_MAXSIZE;
}

char *
e13_xml_declared_encoding (const E13XmlUnits *units)
{
  g_autoptr (GString) head = g_string_new (NULL);
  g_autofree char *lower = NULL;
  const char *end, *encoding;

  for (guint i = 0; i < DECLARATION_UNITS; i++)
    {
      guint unit = e13_xml_unit_at (units, units->mark_size + i * units->width);

      g_string_append_c (head, unit > 0 && unit < 0x80 ? (char)unit : '?');
    }
  lower = g_ascii_strdown (head->str, -1);
  end = strstr (lower, "?>");
  encoding = strstr (lower, "encoding");
  if (!g_str_has_prefix (lower, "<?xml") || end == NULL || encoding == NULL || encoding > end)
    return NULL;
  encoding += strcspn (encoding, "\"'");
  return *encoding != '\0' ? g_strndup (encoding + 1, strcspn (encoding + 1, "\"'")) : NULL;
}

/* ---- Words ----------------------------------------------------------------------------------- */

static gboolean
is_of_a_name (guint unit)
{
  return unit >= 0x80 || (unit > 0 && g_ascii_isalnum ((char)unit))
         || (unit != 0 && unit < 0x80 && strchr ("_-.:#", (int)unit) != NULL);
}

#define MAX_NAME 100

char *
e13_xml_name_at (const E13XmlUnits *units, gsize offset)
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

/* The quotation marks that word processors and web pages make of plain ones. */
static gboolean
is_fancy_quote (const E13XmlUnits *units, gsize offset)
{
  guint unit = e13_xml_unit_at (units, offset);

  if (units->width == 2)
    return unit >= 0x2018 && unit <= 0x201f;
  if (!units->is_utf8)
    return unit >= 0x91 && unit <= 0x94;
  return unit == 0xe2 && e13_xml_unit_at (units, offset + 1) == 0x80 && e13_xml_unit_at (units, offset + 2) >= 0x98
         && e13_xml_unit_at (units, offset + 2) <= 0x9f;
}

static gboolean
is_valid_utf8 (const E13XmlUnits *units, gsize offset)
{
  const char *text = (const char *)units->data + offset;

  return g_utf8_get_char_validated (text, (gssize)(units->size - offset)) < 0x80000000;
}

static char *
words_of_byte (const E13XmlUnits *units, gsize offset)
{
  guint byte = units->data[offset];
  const char raw = (char)byte;
  g_autofree char *meant = g_convert (&raw, 1, "UTF-8", "windows-1252", NULL, NULL, NULL);

  return g_strdup_printf (
      "the byte 0x%02X%s%s%s is no character in UTF-8, which the file is read as: save it in UTF-8, "
      "or let its first line name its encoding (windows-1252)",
      byte, meant != NULL ? " (in windows-1252 '" : "", meant != NULL ? meant : "", meant != NULL ? "')" : "");
}

/* Within a comment that is not over yet? */
static gboolean
is_in_comment (const E13XmlUnits *units, gsize offset)
{
  gsize begin = G_MAXSIZE;

  for (gsize at = e13_xml_find_text (units, units->mark_size, "<!--"); at < offset;
       at = e13_xml_find_text (units, at + units->width, "<!--"))
    begin = at;
  return begin != G_MAXSIZE && e13_xml_find_text (units, begin, "-->") >= offset;
}

/* The name in the end tag where Expat stopped: at the name, or at the "</" before it. Free with g_free(). */
static char *
end_tag_at (const E13XmlUnits *units, gsize offset)
{
  while (e13_xml_unit_at (units, offset) == '<' || e13_xml_unit_at (units, offset) == '/')
    offset += units->width;
  return e13_xml_name_at (units, offset);
}

static char *
words_of_second_root (const E13XmlMistake *mistake, const E13XmlUnits *units)
{
  /* Expat stops at the tag, or within it. */
  gsize offset = mistake->offset - (e13_xml_unit_at (units, mistake->offset) == '/' ? units->width : 0);
  gboolean is_end = e13_xml_unit_at (units, offset + units->width) == '/';
  g_autofree char *name = end_tag_at (units, offset);
  g_autofree char *root = mistake->root != NULL ? e13_quote_display (mistake->root->name) : g_strdup ("?");

  if (e13_xml_unit_at (units, offset) == '<' && is_end)
    return g_strdup_printf ("</%s> closes nothing that is open: it is one too many", name);
  if (e13_xml_unit_at (units, offset) == '<' && *name != '\0')
    return g_strdup_printf ("<%s> follows </%s>, the element that holds all others: there may be only one", name, root);
  return g_strdup_printf ("something follows </%s>, the element that holds all others: there may be only one", root);
}

static char *
words_of_token (const E13XmlMistake *mistake, const E13XmlUnits *units)
{
  gsize offset = mistake->offset;
  guint unit = e13_xml_unit_at (units, offset);
  guint before = offset >= units->width ? e13_xml_unit_at (units, offset - units->width) : 0;

  if (follows_ampersand (units, offset))
    return g_strdup ("a bare '&' stands here: as a character it is written '&amp;'");
  if (unit == '<')
    return g_strdup ("a '<' stands here where none may: a quotation mark before it is not closed, or it is meant as a "
                     "character and must be written '&lt;'");
  if (is_fancy_quote (units, offset))
    return g_strdup (
        "a typographic quotation mark stands here, as word processors and web pages make them: only \" and "
        "' are quotation marks");
  if (unit >= 0x80 && units->width == 1 && !(units->is_utf8 && is_valid_utf8 (units, offset)))
    return words_of_byte (units, offset);
  if (unit == 0)
    return g_strdup ("the byte 0x00 stands here: the file is damaged, or is in UTF-16 without the mark that says so");
  if (unit < 0x20 || unit == 0x7f)
    return g_strdup_printf ("a control character (0x%02X) stands here, which no XML may hold", unit);
  if (unit == '/' && before == '<' && mistake->open == NULL)
    return words_of_second_root (mistake, units);
  if ((unit == '-' || before == '-') && is_in_comment (units, offset))
    return g_strdup ("'--' stands within a comment, where XML allows it only at its end");
  if (before == '"' || before == '\'')
    return g_strdup_printf ("'%c' follows a quotation mark: a blank between two attributes, or '>', is missing",
                            unit < 0x7f ? (char)unit : '?');
  if (unit < 0x7f)
    return g_strdup_printf ("'%c' stands where it cannot: a quotation mark, '=' or '>' is missing or one too many",
                            (char)unit);
  return g_strdup ("a character stands here that cannot");
}

static char *
words_of_mismatch (const E13XmlMistake *mistake, const E13XmlUnits *units)
{
  g_autofree char *name = end_tag_at (units, mistake->offset);
  g_autofree char *shown = mistake->open != NULL ? e13_quote_display (mistake->open->name) : g_strdup ("?");

  return g_strdup_printf ("</%s> stands where <%s> of line %u is still to be closed%s", name, shown,
                          mistake->open != NULL ? mistake->open->place.line : 0,
                          g_ascii_strcasecmp (name, shown) == 0 ? ": names count by case" : "");
}

static char *
words_of_duplicate (const E13XmlMistake *mistake, const E13XmlUnits *units)
{
  g_autofree char *name = e13_xml_name_at (units, mistake->offset);

  if (*name == '\0')
    return g_strdup ("this element has an attribute twice");
  return g_strdup_printf ("this element has the attribute '%s' twice", name);
}

/* The entity in the tag at @offset that XML does not know. Free with g_free(). */
static char *
unknown_entity (const E13XmlUnits *units, gsize offset)
{
  static const char *const known[] = { "amp", "lt", "gt", "quot", "apos" };

  while ((offset = e13_xml_find_text (units, offset, "&")) != G_MAXSIZE)
    {
      g_autofree char *name = e13_xml_name_at (units, offset + units->width);
      gboolean is_known = *name == '\0' || *name == '#';

      for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
        is_known |= strcmp (name, known[i]) == 0;
      if (!is_known)
        return g_steal_pointer (&name);
      offset += units->width;
    }
  return NULL;
}

static char *
words_of_entity (const E13XmlMistake *mistake, const E13XmlUnits *units)
{
  g_autofree char *name = unknown_entity (units, mistake->offset);

  return g_strdup_printf (
      "the entity &%s; stands here, which XML does not know: only &amp; &lt; &gt; &quot; &apos; and "
      "numbers (&#233;) are",
      name != NULL ? name : "...");
}

/* A page of the web that was saved under the name of a configuration. */
static gboolean
is_page (const E13XmlUnits *units)
{
  g_autoptr (GString) head = g_string_new (NULL);
  gsize offset = units->mark_size;

  while (e13_xml_is_blank (e13_xml_unit_at (units, offset)))
    offset += units->width;
  for (guint i = 0; i < strlen ("<!doctype html"); i++)
    {
      guint unit = e13_xml_unit_at (units, offset + i * units->width);

      g_string_append_c (head, unit > 0 && unit < 0x80 ? g_ascii_tolower ((char)unit) : '?');
    }
  return strcmp (head->str, "<!doctype html") == 0
         || (g_str_has_prefix (head->str, "<html") && strchr (" >", head->str[5]) != NULL);
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
  g_autofree char *shown = mistake->open != NULL ? e13_quote_display (mistake->open->name) : NULL;

  if (mistake->units->size == 0)
    return g_strdup ("the file is empty");
  if (shown == NULL)
    return g_strdup (otherwise);
  return g_strdup_printf ("the file ends before <%s> of line %u is closed", shown, mistake->open->place.line);
}

static const struct
{
  enum XML_Error code;
  const char *words;
} plain[] = {
  { XML_ERROR_UNCLOSED_TOKEN, "the file ends within a tag: a '>' or a quotation mark is missing" },
  { XML_ERROR_PARTIAL_CHAR, "the file ends in the middle of a character" },
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

  if (is_page (units))
    return g_strdup (
        "this is a web page (HTML), not a configuration: what was saved is perhaps the page that offers the "
        "file, or asks to log in");
  switch (mistake->code)
    {
    case XML_ERROR_INVALID_TOKEN:
      return words_of_token (mistake, units);
    case XML_ERROR_TAG_MISMATCH:
      return words_of_mismatch (mistake, units);
    case XML_ERROR_DUPLICATE_ATTRIBUTE:
      return words_of_duplicate (mistake, units);
    case XML_ERROR_JUNK_AFTER_DOC_ELEMENT:
      return words_of_second_root (mistake, units);
    case XML_ERROR_UNDEFINED_ENTITY:
      return words_of_entity (mistake, units);
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
