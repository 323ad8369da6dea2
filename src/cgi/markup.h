/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Is the page that a script writes what it claims to be? XML must be well-formed; of HTML, the tags must balance as
 * HTML5 pairs them (the rest of its grammar is not judged). Pure. */

#pragma once

#include <glib.h>

typedef struct
{
  guint line;   /* from 1, in the page */
  guint column; /* from 1, in characters */
  char *what;   /* "<b> is not closed" */
} E13MarkupFault;

typedef enum
{
  E13_MARKUP_OTHER, /* nothing that is judged */
  E13_MARKUP_HTML,
  E13_MARKUP_XML,
} E13Markup;

/* What the value of a Content-Type header claims. */
E13Markup e13_markup_claimed (const char *content_type);

/* The charset that it names; NULL where it names none. Free with g_free(). */
char *e13_markup_charset (const char *content_type);

/* An array of E13MarkupFault *, in the order of the page, of which there are only so many; empty where nothing is
 * wrong. Free with g_ptr_array_unref(). */
GPtrArray *e13_markup_check_html (const char *data, gsize size);
GPtrArray *e13_markup_check_xml (const char *data, gsize size, const char *charset);

/* Where in @data the byte @offset lies. */
void e13_markup_place (const char *data, gsize offset, guint *ret_line, guint *ret_column);

/* For the two: adds a fault. @what is taken over. */
GPtrArray *e13_markup_faults_new (void);
void e13_markup_add (GPtrArray *faults, guint line, guint column, char *what);
