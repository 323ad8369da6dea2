/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What is wrong with XML that cannot be read, in words that say what to do about it. Private to src/iis/xml.c. Pure. */

#pragma once

#include <glib.h>

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
  gsize offset;          /* where Expat stopped */
  const char *open_name; /* the innermost element that is open there; NULL: none */
  guint open_line;
} E13XmlMistake;

/* Free with g_free(). */
char *e13_xml_words (const E13XmlMistake *mistake);
