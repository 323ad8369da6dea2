/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Edits of XML that cannot be read, where only one thing can have been meant. What is not certain is left to a person:
 * a file that is read again but says something else is worse than one that is refused. */

#include "iis/xml-words.h"

#include <expat.h>
#include <string.h>

#include "iis/schema.h"

static void
set_edit (E13XmlFault *fault, gsize offset, gsize n_removed, char *text, const char *words)
{
  fault->edit = text;
  fault->edit_offset = offset;
  fault->n_removed = n_removed;
  fault->edit_words = words;
}

/* ---- Tags that are not closed ---------------------------------------------------------------- */

/* "system.webServer/handlers/add", without what only says where: <configuration> and <location>. */
static const E13SchemaNode *
node_of (const E13XmlElement *element)
{
  const E13SchemaNode *parent;

  if (element == NULL || element->parent == NULL || strcmp (element->name, "location") == 0)
    return element != NULL ? e13_schema_find ("") : NULL;
  parent = node_of (element->parent);
  return parent != NULL ? e13_schema_child (parent, element->name) : NULL;
}

/* Is it known, and may nothing stand in it? */
static gboolean
is_leaf (const E13XmlElement *element)
{
  const E13SchemaNode *node = node_of (element);

  return node != NULL && node->section != NULL && !node->is_open && node->children->len == 0;
}

/* The outermost open element in which nothing may stand: where its slash is forgotten, what follows seems to lie in it.
 */
static const E13XmlElement *
forgotten_slash (const E13XmlElement *open)
{
  const E13XmlElement *found = NULL;

  for (; open != NULL && open->parent != NULL; open = open->parent)
    if (is_leaf (open))
      found = open;
  return found;
}

/* Where the start tag at @offset ends: at its '>'. */
static gsize
end_of_tag (const E13XmlUnits *units, gsize offset)
{
  guint quote = 0;

  for (; offset < units->size; offset += units->width)
    {
      guint unit = e13_xml_unit_at (units, offset);

      if (quote != 0 ? unit == quote : unit == '"' || unit == '\'')
        quote = quote != 0 ? 0 : unit;
      else if (quote == 0 && unit == '>')
        return offset;
    }
  return G_MAXSIZE;
}

/* Would each child of @element be at home in it, and in its parent none? Then they are not what follows it. */
static gboolean
owns_its_children (const E13XmlElement *element)
{
  const E13SchemaNode *node = node_of (element), *above = node_of (element->parent);

  if (node == NULL || above == NULL || node->is_open)
    return FALSE;
  for (guint i = 0; i < e13_xml_n_children (element); i++)
    {
      const char *name = e13_xml_nth (element, i)->name;
      gboolean is_own = e13_schema_child (node, name) != NULL || (node->has_clear && strcmp (name, "clear") == 0)
                        || (node->has_remove && strcmp (name, "remove") == 0);

      if (!is_own || e13_schema_child (above, name) != NULL)
        return FALSE;
    }
  return TRUE;
}

/* How far the line at @offset is set in. Free with g_free(). */
static char *
blanks_before (const E13XmlUnits *units, gsize offset)
{
  GString *blanks = g_string_new (NULL);

  while (offset >= units->mark_size + units->width)
    {
      guint unit = e13_xml_unit_at (units, offset - units->width);

      if (unit != ' ' && unit != '\t')
        break;
      g_string_prepend_c (blanks, (char)unit);
      offset -= units->width;
    }
  return g_string_free (blanks, FALSE);
}

static const char *
line_end (const E13XmlUnits *units)
{
  return e13_xml_find_text (units, 0, "\r\n") != G_MAXSIZE ? "\r\n" : "\n";
}

static gboolean
close_leaf (const E13XmlMistake *mistake, E13XmlFault *fault)
{
  const E13XmlElement *element = forgotten_slash (mistake->open);
  gsize end = element != NULL ? end_of_tag (mistake->units, element->place.offset) : G_MAXSIZE;

  if (end == G_MAXSIZE)
    return FALSE;
  set_edit (fault, end, 0, g_strdup (" /"), "closes the tag in which nothing may stand");
  return TRUE;
}

/* </b> is missing where </a> stands, and <a> is what holds <b>. */
static void
close_tag (const E13XmlMistake *mistake, E13XmlFault *fault)
{
  const E13XmlUnits *units = mistake->units;
  const E13XmlElement *open = mistake->open;
  gsize offset = mistake->offset;
  g_autofree char *name = NULL;
  g_autofree char *indent = NULL;

  if (open == NULL || close_leaf (mistake, fault))
    return;
  while (offset > 0 && e13_xml_unit_at (units, offset) != '<')
    offset -= units->width;
  name = e13_xml_name_at (units, offset + 2 * units->width);
  if (open->parent == NULL || strcmp (name, open->parent->name) != 0 || !owns_its_children (open))
    return;
  indent = blanks_before (units, offset);
  set_edit (fault, offset, 0, g_strdup_printf ("</%s>%s%s", open->name, line_end (units), indent),
            "closes the tag before what holds it is closed");
}

/* Only the root is open at the end. */
static void
close_root (const E13XmlMistake *mistake, E13XmlFault *fault)
{
  const E13XmlUnits *units = mistake->units;
  gsize end = units->size;

  if (mistake->open == NULL || close_leaf (mistake, fault) || mistake->open->parent != NULL
      || e13_xml_n_children (mistake->open) == 0)
    return;
  while (end >= units->width && e13_xml_is_blank (e13_xml_unit_at (units, end - units->width)))
    end -= units->width;
  if (e13_xml_unit_at (units, end - units->width) == '>')
    set_edit (fault, end, 0, g_strdup_printf ("%s</%s>", line_end (units), mistake->open->name),
              "closes the element that holds all others");
}

/* ---- Characters ------------------------------------------------------------------------------ */

static void
escape_ampersand (const E13XmlMistake *mistake, E13XmlFault *fault)
{
  const E13XmlUnits *units = mistake->units;
  gsize offset = mistake->offset;

  while (offset >= units->width && e13_xml_unit_at (units, offset) != '&'
         && mistake->offset - offset < (gsize)units->width * 200)
    offset -= units->width;
  if (e13_xml_unit_at (units, offset) == '&')
    set_edit (fault, offset + units->width, 0, g_strdup ("amp;"), "writes '&amp;' for '&'");
}

/* Nothing but blanks comes before the declaration. */
static void
remove_blanks (const E13XmlMistake *mistake, E13XmlFault *fault)
{
  const E13XmlUnits *units = mistake->units;
  gsize offset = units->mark_size;

  while (e13_xml_is_blank (e13_xml_unit_at (units, offset)))
    offset += units->width;
  if (offset > units->mark_size && e13_xml_find_text (units, offset, "<?xml") == offset)
    set_edit (fault, units->mark_size, offset - units->mark_size, g_strdup (""),
              "removes the blanks before the first line");
}

/* The end of the attribute whose name stands at @offset; G_MAXSIZE. @ret_value: where its value begins. */
static gsize
end_of_attribute (const E13XmlUnits *units, gsize offset, gsize *ret_value)
{
  guint quote;

  while (offset < units->size && e13_xml_unit_at (units, offset) != '"' && e13_xml_unit_at (units, offset) != '\'')
    offset += units->width;
  quote = e13_xml_unit_at (units, offset);
  *ret_value = offset;
  do
    offset += units->width;
  while (offset < units->size && e13_xml_unit_at (units, offset) != quote);
  return offset < units->size ? offset + units->width : G_MAXSIZE;
}

/* An attribute that stands there twice with the same value: Expat stops at the second one. */
static void
remove_attribute (const E13XmlMistake *mistake, E13XmlFault *fault)
{
  const E13XmlUnits *units = mistake->units;
  gsize second = mistake->offset, tag = second, first, first_value = 0, second_value = 0, first_end, second_end;
  g_autofree char *name = e13_xml_name_at (units, second);
  g_autofree char *blank_name = g_strconcat (" ", name, "=", NULL);

  while (tag > 0 && e13_xml_unit_at (units, tag) != '<')
    tag -= units->width;
  first = e13_xml_find_text (units, tag, blank_name);
  if (*name == '\0' || first == G_MAXSIZE || first + units->width >= second)
    return;
  first_end = end_of_attribute (units, first + units->width, &first_value);
  second_end = end_of_attribute (units, second, &second_value);
  if (first_end == G_MAXSIZE || second_end == G_MAXSIZE || first_end > second
      || first_end - first_value != second_end - second_value
      || memcmp (units->data + first_value, units->data + second_value, first_end - first_value) != 0)
    return;
  while (e13_xml_is_blank (e13_xml_unit_at (units, second - units->width)))
    second -= units->width;
  set_edit (fault, second, second_end - second, g_strdup (""), "removes the second of two equal attributes");
}

/* ---- The encoding ---------------------------------------------------------------------------- */

/* The declaration says UTF-16, and the whole file is UTF-8. */
static void
correct_encoding (const E13XmlMistake *mistake, E13XmlFault *fault)
{
  const E13XmlUnits *units = mistake->units;
  g_autofree char *encoding = e13_xml_declared_encoding (units);
  gsize place = e13_xml_find_text (units, units->mark_size, "encoding");

  if (units->width != 1 || encoding == NULL || place == G_MAXSIZE || !g_str_has_prefix (encoding, "utf-16")
      || !g_utf8_validate ((const char *)units->data, (gssize)units->size, NULL))
    return;
  while (e13_xml_unit_at (units, place) != '"' && e13_xml_unit_at (units, place) != '\'')
    place++;
  set_edit (fault, place + 1, strlen (encoding), g_strdup ("utf-8"), "names the encoding that the file is in");
}

void
e13_xml_remedy (const E13XmlMistake *mistake, E13XmlFault *fault)
{
  switch (mistake->code)
    {
    case XML_ERROR_TAG_MISMATCH:
      close_tag (mistake, fault);
      break;
    case XML_ERROR_NO_ELEMENTS:
      close_root (mistake, fault);
      break;
    case XML_ERROR_INVALID_TOKEN:
      if (strstr (fault->words, "'&amp;'") != NULL)
        escape_ampersand (mistake, fault);
      break;
    case XML_ERROR_MISPLACED_XML_PI:
      remove_blanks (mistake, fault);
      break;
    case XML_ERROR_DUPLICATE_ATTRIBUTE:
      remove_attribute (mistake, fault);
      break;
    case XML_ERROR_INCORRECT_ENCODING:
      correct_encoding (mistake, fault);
      break;
    default:
      break;
    }
}
