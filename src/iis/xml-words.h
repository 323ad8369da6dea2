/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What is wrong with XML that cannot be read, in words that say what to do about it, and the edit that cures it where
 * there is only one. Pure. */

#pragma once

#include "iis/xml.h"

/* The code units of a file: one byte each, or two in UTF-16. */
typedef struct
{
  const guchar *data;
  gsize size;
  guint width;
  gboolean is_big_endian;
  guint mark_size;  /* of the byte order mark; 0: none */
  gboolean is_utf8; /* bytes from 0x80 to 0xbf go on with a character: not known to be anything else */
} E13XmlUnits;

/* By the byte order mark or the first characters, and the declaration. */
E13XmlUnits e13_xml_units (const char *data, gsize size);
/* 0 past the end. */
guint e13_xml_unit_at (const E13XmlUnits *units, gsize offset);
/* Is @unit a further part of a character that has begun? */
gboolean e13_xml_unit_continues (const E13XmlUnits *units, guint unit);

typedef struct
{
  guint code; /* of enum XML_Error */
  const E13XmlUnits *units;
  gsize offset;              /* where Expat stopped */
  const E13XmlElement *open; /* the innermost element that is open there; NULL: none */
  const E13XmlElement *root; /* NULL: none was seen */
} E13XmlMistake;

/* Free with g_free(). */
char *e13_xml_words (const E13XmlMistake *mistake);
/* Fills in the edit of @fault, if there is one. */
void e13_xml_remedy (const E13XmlMistake *mistake, E13XmlFault *fault);

/* The encoding that the declaration names, in lower case; NULL: none. Free with g_free(). */
char *e13_xml_declared_encoding (const E13XmlUnits *units);
/* The name that stands at @offset, as far as it is ASCII. Free with g_free(). */
char *e13_xml_name_at (const E13XmlUnits *units, gsize offset);
gboolean e13_xml_is_blank (guint unit);
/* The first place from @offset where @text (of ASCII) stands; G_MAXSIZE: nowhere. */
gsize e13_xml_find_text (const E13XmlUnits *units, gsize offset, const char *text);
