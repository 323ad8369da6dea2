/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Configuration files of IIS and .NET as trees of elements in which everything knows its place. Read by Expat, from
 * bytes in UTF-8, UTF-16, Latin-1, windows-1252, or whatever else of one byte a character the file says it is in.
 * Text between elements is passed over: no setting is made by it. Pure.
 *
 * What is read may be hostile: its size, depth and number of elements are bounded, entities of its own are refused. */

#pragma once

#include <glib.h>

#define E13_XML_MAX_BYTES (16u << 20)
#define E13_XML_MAX_DEPTH 128
#define E13_XML_MAX_NODES 400000 /* elements and attributes */

/* Lines and columns count from 1, columns in characters; @offset is in bytes from the start of the file. */
typedef struct
{
  guint line;
  guint column;
  gsize offset;
} E13XmlPlace;

typedef struct
{
  char *name;
  char *value; /* entities replaced, white space as XML has it */
  E13XmlPlace place;
} E13XmlAttribute;

typedef struct E13XmlDocument E13XmlDocument;

typedef struct E13XmlElement
{
  const E13XmlDocument *document;
  const struct E13XmlElement *parent; /* NULL: the root */
  char *name;
  GArray *attributes;  /* of E13XmlAttribute, as written; NULL: none */
  GPtrArray *children; /* of E13XmlElement *; NULL: none */
  guint index;         /* among its parent's children */
  E13XmlPlace place;
  gsize end; /* the offset behind it and all that it holds */
} E13XmlElement;

struct E13XmlDocument
{
  char *origin; /* what messages call it, ready for a terminal: "applicationHost.config" */
  E13XmlElement *root;
  guint n_references;
  E13XmlPlace doctype; /* of a DOCTYPE, which IIS is said to refuse; line 0: there is none */
};

/* Why a file could not be read. */
typedef struct
{
  E13XmlPlace place; /* line 0: the file as such */
  char *words;       /* what is wrong; NULL: nothing */
  /* The one edit that makes it right, where there is no doubt about it: what is written for @n_removed bytes from
   * @edit_offset; NULL: there is doubt. */
  char *edit;
  gsize edit_offset;
  gsize n_removed;
  const char *edit_words; /* what the edit does */
} E13XmlFault;

void e13_xml_fault_clear (E13XmlFault *fault);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (E13XmlFault, e13_xml_fault_clear)

/* @origin is copied. E13_ERROR_INPUT: "ORIGIN:LINE:COLUMN: what is wrong". */
E13XmlDocument *e13_xml_parse (const char *origin, const char *data, gsize size, GError **error);
/* The same, with more on what is wrong: NULL and @ret_fault. */
E13XmlDocument *e13_xml_read (const char *origin, const char *data, gsize size, E13XmlFault *ret_fault);
/* Gives one reference back; the last one frees it. NULL is allowed. */
void e13_xml_free (E13XmlDocument *document);
/* One more reference to @document, for one thread at a time. */
E13XmlDocument *e13_xml_ref (E13XmlDocument *document);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (E13XmlDocument, e13_xml_free)

/* NULL where there is none. Names are case-sensitive, as IIS has it. */
const E13XmlAttribute *e13_xml_attribute (const E13XmlElement *element, const char *name);
const char *e13_xml_value (const E13XmlElement *element, const char *name);
/* The first child of that name after @after (NULL: from the start). */
const E13XmlElement *e13_xml_child (const E13XmlElement *element, const char *name, const E13XmlElement *after);
/* How many children there are, and the one at @index. */
guint e13_xml_n_children (const E13XmlElement *element);
const E13XmlElement *e13_xml_nth (const E13XmlElement *element, guint index);
