/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "iis/edit.h"

#include <string.h>

#include "base/error.h"
#include "iis/xml-words.h"

/* The name of the file's encoding, for iconv. Free with g_free(). */
static char *
encoding_of (const E13XmlUnits *units)
{
  if (units->width == 2)
    return g_strdup (units->is_big_endian ? "UTF-16BE" : "UTF-16LE");
  return units->is_utf8 || units->mark_size > 0 ? NULL : e13_xml_declared_encoding (units);
}

/* Free with g_free(). */
static char *
encode (const E13XmlUnits *units, const char *text, gsize *ret_size, GError **error)
{
  g_autofree char *encoding = encoding_of (units);
  char *encoded;

  *ret_size = strlen (text);
  /* ASCII is where it is in all that have one byte a character, whatever the file says of itself. */
  if (encoding == NULL || (units->width == 1 && g_str_is_ascii (text)))
    return g_strdup (text);
  encoded = g_convert (text, -1, encoding, "UTF-8", NULL, ret_size, NULL);
  if (encoded == NULL)
    e13_throw (error, E13_ERROR_UNSUPPORTED, "the file is in %s, which has no characters for '%s'", encoding, text);
  return encoded;
}

static gboolean
is_set_in (guint unit)
{
  return unit == ' ' || unit == '\t';
}

static guint
unit_before (const E13XmlUnits *units, gsize offset)
{
  return offset >= units->mark_size + units->width ? e13_xml_unit_at (units, offset - units->width) : '\n';
}

/* Where the blanks before @offset begin. */
static gsize
skip_back (const E13XmlUnits *units, gsize offset)
{
  while (is_set_in (unit_before (units, offset)))
    offset -= units->width;
  return offset;
}

/* Widens what is removed to whole lines, if nothing else stands in them. */
static void
take_lines (const E13XmlUnits *units, gsize *begin, gsize *end)
{
  gsize from = skip_back (units, *begin), to = *end;

  while (to < units->size && is_set_in (e13_xml_unit_at (units, to)))
    to += units->width;
  if (unit_before (units, from) != '\n' && unit_before (units, from) != '\r')
    return;
  if (e13_xml_unit_at (units, to) == '\r')
    to += units->width;
  if (e13_xml_unit_at (units, to) == '\n')
    to += units->width;
  if (to > *end && (unit_before (units, to) == '\n' || unit_before (units, to) == '\r'))
    {
      *begin = from;
      *end = to;
    }
}

/* The line end of the line before @offset, or of the file's first; NULL: it has none. */
static const char *
line_end_at (const E13XmlUnits *units, gsize offset)
{
  gsize end = G_MAXSIZE;

  for (gsize at = offset; at >= units->mark_size + units->width && end == G_MAXSIZE; at -= units->width)
    if (e13_xml_unit_at (units, at - units->width) == '\n')
      end = at - units->width;
  if (end == G_MAXSIZE)
    end = e13_xml_find_text (units, units->mark_size, "\n");
  if (end == G_MAXSIZE)
    return e13_xml_find_text (units, units->mark_size, "\r") != G_MAXSIZE ? "\r" : NULL;
  return unit_before (units, end) == '\r' ? "\r\n" : "\n";
}

/* The text with what makes it a line of its own before @offset. Free with g_free(). */
static char *
as_line (const E13XmlUnits *units, const char *text, gsize offset)
{
  gsize from = skip_back (units, offset);
  const char *end = line_end_at (units, offset);
  GString *line = g_string_new (text);

  /* Where the element shares its line with others, so does what comes before it. */
  if (end == NULL || (unit_before (units, from) != '\n' && unit_before (units, from) != '\r'))
    return g_string_free (line, FALSE);
  g_string_append (line, end);
  for (; from < offset; from += units->width)
    g_string_append_c (line, (char)e13_xml_unit_at (units, from));
  return g_string_free (line, FALSE);
}

GBytes *
e13_iis_edit (GBytes *bytes, const E13IisEdit *edit, GError **error)
{
  gsize size = 0, text_size = 0;
  const char *data = g_bytes_get_data (bytes, &size);
  const E13XmlUnits units = e13_xml_units (data, size);
  gsize begin = MIN (edit->offset, size), end = begin + MIN (edit->n_removed, size - begin);
  g_autofree char *line = NULL;
  g_autofree char *encoded = NULL;
  GByteArray *out;

  if (edit->is_line && edit->n_removed > 0 && *edit->text == '\0')
    take_lines (&units, &begin, &end);
  line = edit->is_line && *edit->text != '\0' ? as_line (&units, edit->text, begin) : g_strdup (edit->text);
  encoded = encode (&units, line, &text_size, error);
  if (encoded == NULL)
    return NULL;
  out = g_byte_array_sized_new ((guint)(size + text_size));
  g_byte_array_append (out, (const guint8 *)data, (guint)begin);
  g_byte_array_append (out, (const guint8 *)encoded, (guint)text_size);
  g_byte_array_append (out, (const guint8 *)data + end, (guint)(size - end));
  return g_byte_array_free_to_bytes (out);
}
