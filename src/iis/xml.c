/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "iis/xml.h"

#include <expat.h>
#include <string.h>

#include "base/error.h"
#include "base/quote.h"
#include "iis/xml-words.h"

typedef struct
{
  XML_Parser parser;
  E13XmlDocument *document;
  E13XmlUnits units;
  GPtrArray *open; /* of E13XmlElement *: from the root to where the parser is */
  guint n_nodes;
  E13XmlFault *fault; /* its words are set where a handler ended it */
} Reader;

/* ---- Places ---------------------------------------------------------------------------------- */

static E13XmlPlace
place_now (const Reader *reader)
{
  XML_Index offset = XML_GetCurrentByteIndex (reader->parser);
  E13XmlPlace place = {
    .line = (guint)XML_GetCurrentLineNumber (reader->parser),
    .column = (guint)XML_GetCurrentColumnNumber (reader->parser) + 1,
    .offset = offset >= 0 ? (gsize)offset : 0,
  };

  /* No editor counts the byte order mark. */
  if (reader->units.mark_size > 0 && place.line == 1 && place.column > 1)
    place.column--;
  return place;
}

/* A tag's text, one unit after another, however wide the file's units are. Names, blanks, '=' and quotation marks are
 * ASCII in all encodings that are read here. */
typedef struct
{
  const E13XmlUnits *units;
  E13XmlPlace place;
} Cursor;

static guint
look (const Cursor *cursor)
{
  return e13_xml_unit_at (cursor->units, cursor->place.offset);
}

static void
step (Cursor *cursor)
{
  guint unit = look (cursor);

  cursor->place.offset += cursor->units->width;
  if (unit == '\n' || (unit == '\r' && look (cursor) != '\n'))
    {
      cursor->place.line++;
      cursor->place.column = 1;
    }
  else if (unit != '\r' && !e13_xml_unit_continues (cursor->units, unit))
    cursor->place.column++;
}

static void
step_over (Cursor *cursor, const char *stops, gboolean until)
{
  for (guint unit = look (cursor); unit != 0; unit = look (cursor))
    {
      if ((unit < 128 && strchr (stops, (int)unit) != NULL) == until)
        return;
      step (cursor);
    }
}

#define BLANKS " \t\r\n"

/* The place of the next attribute's name; the cursor goes behind its value. */
static E13XmlPlace
next_attribute (Cursor *cursor)
{
  E13XmlPlace place;
  char quote[2] = { 0 };

  step_over (cursor, BLANKS, FALSE);
  place = cursor->place;
  step_over (cursor, "\"'", TRUE);
  quote[0] = (char)look (cursor);
  step (cursor);
  if (quote[0] != '\0')
    step_over (cursor, quote, TRUE);
  step (cursor);
  return place;
}

/* ---- Handlers -------------------------------------------------------------------------------- */

static void G_GNUC_PRINTF (2, 3) stop (Reader *reader, const char *format, ...)
{
  va_list words;

  if (reader->fault->words != NULL)
    return;
  va_start (words, format);
  reader->fault->words = g_strdup_vprintf (format, words);
  va_end (words);
  reader->fault->place = place_now (reader);
  XML_StopParser (reader->parser, XML_FALSE);
}

static void
attribute_clear (gpointer data)
{
  E13XmlAttribute *attribute = data;

  g_free (attribute->name);
  g_free (attribute->value);
}

static void
element_free (gpointer data)
{
  E13XmlElement *element = data;

  g_free (element->name);
  g_clear_pointer (&element->attributes, g_array_unref);
  g_clear_pointer (&element->children, g_ptr_array_unref);
  g_free (element);
}

static void
add_attributes (const Reader *reader, E13XmlElement *element, const char *const *attributes, guint n)
{
  Cursor cursor = { &reader->units, element->place };

  element->attributes = g_array_sized_new (FALSE, FALSE, sizeof (E13XmlAttribute), n);
  g_array_set_clear_func (element->attributes, attribute_clear);
  step_over (&cursor, BLANKS, TRUE);
  for (guint i = 0; i < n; i++)
    {
      const E13XmlAttribute attribute
          = { g_strdup (attributes[2 * i]), g_strdup (attributes[2 * i + 1]), next_attribute (&cursor) };

      g_array_append_val (element->attributes, attribute);
    }
}

static void
adopt (Reader *reader, E13XmlElement *element)
{
  E13XmlElement *parent = reader->open->len > 0 ? reader->open->pdata[reader->open->len - 1] : NULL;

  element->parent = parent;
  if (parent == NULL)
    reader->document->root = element;
  else
    {
      if (parent->children == NULL)
        parent->children = g_ptr_array_new_with_free_func (element_free);
      element->index = parent->children->len;
      g_ptr_array_add (parent->children, element);
    }
  g_ptr_array_add (reader->open, element);
}

static void
on_start (void *data, const XML_Char *name, const XML_Char **attributes)
{
  Reader *reader = data;
  E13XmlElement *element;
  /* Without those that a DOCTYPE would add. */
  guint n = (guint)XML_GetSpecifiedAttributeCount (reader->parser) / 2;

  if (reader->fault->words != NULL)
    return;
  if (reader->open->len == E13_XML_MAX_DEPTH)
    {
      stop (reader, "more than %d elements lie in one another", E13_XML_MAX_DEPTH);
      return;
    }
  reader->n_nodes += 1 + n;
  if (reader->n_nodes > E13_XML_MAX_NODES)
    {
      stop (reader, "there are more than %d elements and attributes", E13_XML_MAX_NODES);
      return;
    }
  element = g_new0 (E13XmlElement, 1);
  element->document = reader->document;
  element->name = g_strdup (name);
  element->place = place_now (reader);
  if (n > 0)
    add_attributes (reader, element, (const char *const *)attributes, n);
  adopt (reader, element);
}

static void
on_end (void *data, const XML_Char *name)
{
  Reader *reader = data;
  XML_Index offset = XML_GetCurrentByteIndex (reader->parser) + XML_GetCurrentByteCount (reader->parser);
  E13XmlElement *element;

  (void)name;
  if (reader->fault->words != NULL)
    return;
  element = g_ptr_array_steal_index (reader->open, reader->open->len - 1);
  element->end = offset > 0 ? (gsize)offset : 0;
}

/* Of the last '<' before @offset: Expat calls when it has read on to what a DOCTYPE holds. */
static E13XmlPlace
start_of_tag (const Reader *reader, gsize offset)
{
  Cursor cursor = { &reader->units, { 1, 1, reader->units.mark_size } };
  E13XmlPlace place = cursor.place;

  for (; cursor.place.offset <= offset && cursor.place.offset < reader->units.size; step (&cursor))
    if (look (&cursor) == '<')
      place = cursor.place;
  return place;
}

static void
on_doctype (void *data, const XML_Char *name, const XML_Char *system_id, const XML_Char *public_id, int has_subset)
{
  Reader *reader = data;

  (void)name;
  (void)system_id;
  (void)public_id;
  (void)has_subset;
  reader->document->doctype = start_of_tag (reader, place_now (reader).offset);
}

/* An entity may stand for others, and these for others: a few lines can grow to gigabytes. */
static void
on_entity (void *data, const XML_Char *name, int is_parameter, const XML_Char *value, int length, const XML_Char *base,
           const XML_Char *system_id, const XML_Char *public_id, const XML_Char *notation)
{
  g_autofree char *shown = e13_quote_display (name);

  (void)is_parameter;
  (void)value;
  (void)length;
  (void)base;
  (void)system_id;
  (void)public_id;
  (void)notation;
  stop (data, "the entity '%s' is declared, which no configuration needs", shown);
}

/* Expat knows four encodings by itself. Of the others, those that have one byte a character can be told to it. */
static int
on_encoding (void *data, const XML_Char *name, XML_Encoding *info)
{
  (void)data;
  info->data = NULL;
  info->convert = NULL;
  info->release = NULL;
  for (guint i = 0; i < 256; i++)
    {
      const char byte = (char)i;
      gsize n_read = 0, size = 0;
      g_autoptr (GError) error = NULL;
      g_autofree char *text = g_convert (&byte, 1, "UTF-8", name, &n_read, &size, &error);

      if (g_error_matches (error, G_CONVERT_ERROR, G_CONVERT_ERROR_NO_CONVERSION))
        return XML_STATUS_ERROR;
      /* ASCII must be where it is: a file that begins with "<?xml" in it cannot be in EBCDIC. */
      if (i < 128 && i != 0 && (text == NULL || size != 1 || (guchar)text[0] != i))
        return XML_STATUS_ERROR;
      info->map[i] = text != NULL && n_read == 1 && size > 0 && g_utf8_strlen (text, (gssize)size) == 1
                         ? (int)g_utf8_get_char (text)
                         : (i == 0 ? 0 : -1);
    }
  return XML_STATUS_OK;
}

/* ---- Reading --------------------------------------------------------------------------------- */

static void
find_fault (const Reader *reader)
{
  E13XmlFault *fault = reader->fault;
  const E13XmlElement *open = reader->open->len > 0 ? reader->open->pdata[reader->open->len - 1] : NULL;
  const E13XmlMistake mistake = {
    .code = (guint)XML_GetErrorCode (reader->parser),
    .units = &reader->units,
    .offset = MIN (place_now (reader).offset, reader->units.size),
    .open = open,
    .root = reader->document->root,
  };

  fault->place = place_now (reader);
  fault->words = e13_xml_words (&mistake);
  e13_xml_remedy (&mistake, fault);
}

static void
set_handlers (Reader *reader)
{
  XML_SetUserData (reader->parser, reader);
  XML_SetElementHandler (reader->parser, on_start, on_end);
  XML_SetStartDoctypeDeclHandler (reader->parser, on_doctype);
  XML_SetEntityDeclHandler (reader->parser, on_entity);
  XML_SetUnknownEncodingHandler (reader->parser, on_encoding, NULL);
}

E13XmlDocument *
e13_xml_read (const char *origin, const char *data, gsize size, E13XmlFault *ret_fault)
{
  g_autoptr (E13XmlDocument) document = g_new0 (E13XmlDocument, 1);
  g_autoptr (GPtrArray) open = g_ptr_array_new ();
  Reader reader = { .document = document, .units = e13_xml_units (data, size), .open = open, .fault = ret_fault };

  *ret_fault = (E13XmlFault){ .words = NULL };
  document->n_references = 1;
  document->origin = g_strdup (origin);
  if (size > E13_XML_MAX_BYTES)
    {
      ret_fault->words = g_strdup_printf ("more than %u MiB are no configuration", E13_XML_MAX_BYTES >> 20);
      return NULL;
    }
  reader.parser = XML_ParserCreate (NULL);
  set_handlers (&reader);
  if (XML_Parse (reader.parser, data, (int)size, XML_TRUE) != XML_STATUS_OK && ret_fault->words == NULL)
    find_fault (&reader);
  XML_ParserFree (reader.parser);
  return ret_fault->words == NULL ? g_steal_pointer (&document) : NULL;
}

E13XmlDocument *
e13_xml_parse (const char *origin, const char *data, gsize size, GError **error)
{
  g_auto (E13XmlFault) fault = { .words = NULL };
  E13XmlDocument *document = e13_xml_read (origin, data, size, &fault);

  if (document != NULL)
    return document;
  if (fault.place.line > 0)
    e13_throw (error, E13_ERROR_INPUT, "%s:%u:%u: %s", origin, fault.place.line, fault.place.column, fault.words);
  else
    e13_throw (error, E13_ERROR_INPUT, "%s: %s", origin, fault.words);
  return NULL;
}

void
e13_xml_fault_clear (E13XmlFault *fault)
{
  g_clear_pointer (&fault->words, g_free);
  g_clear_pointer (&fault->edit, g_free);
}

void
e13_xml_free (E13XmlDocument *document)
{
  if (document == NULL || --document->n_references > 0)
    return;
  g_clear_pointer (&document->root, element_free);
  g_free (document->origin);
  g_free (document);
}

E13XmlDocument *
e13_xml_ref (E13XmlDocument *document)
{
  document->n_references++;
  return document;
}

/* ---- Looking up ------------------------------------------------------------------------------ */

const E13XmlAttribute *
e13_xml_attribute (const E13XmlElement *element, const char *name)
{
  for (guint i = 0; element->attributes != NULL && i < element->attributes->len; i++)
    {
      const E13XmlAttribute *attribute = &g_array_index (element->attributes, E13XmlAttribute, i);

      if (strcmp (attribute->name, name) == 0)
        return attribute;
    }
  return NULL;
}

const char *
e13_xml_value (const E13XmlElement *element, const char *name)
{
  const E13XmlAttribute *attribute = e13_xml_attribute (element, name);

  return attribute != NULL ? attribute->value : NULL;
}

guint
e13_xml_n_children (const E13XmlElement *element)
{
  return element->children != NULL ? element->children->len : 0;
}

const E13XmlElement *
e13_xml_nth (const E13XmlElement *element, guint index)
{
  return element->children->pdata[index];
}

const E13XmlElement *
e13_xml_child (const E13XmlElement *element, const char *name, const E13XmlElement *after)
{
  for (guint i = after != NULL ? after->index + 1 : 0; i < e13_xml_n_children (element); i++)
    {
      const E13XmlElement *child = e13_xml_nth (element, i);

      if (strcmp (child->name, name) == 0)
        return child;
    }
  return NULL;
}
