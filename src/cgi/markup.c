/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "cgi/markup.h"

#include <expat.h>
#include <string.h>

static void
free_fault (gpointer data)
{
  E13MarkupFault *fault = data;

  g_free (fault->what);
  g_free (fault);
}

GPtrArray *
e13_markup_faults_new (void)
{
  return g_ptr_array_new_with_free_func (free_fault);
}

void
e13_markup_add (GPtrArray *faults, guint line, guint column, char *what)
{
  E13MarkupFault *fault = g_new0 (E13MarkupFault, 1);

  *fault = (E13MarkupFault){ line, column, what };
  g_ptr_array_add (faults, fault);
}

void
e13_markup_place (const char *data, gsize offset, guint *ret_line, guint *ret_column)
{
  *ret_line = 1;
  *ret_column = 1;
  for (gsize i = 0; i < offset; i++)
    if (data[i] == '\n')
      {
        ++*ret_line;
        *ret_column = 1;
      }
    else if (((guchar)data[i] & 0xc0) != 0x80)
      ++*ret_column;
}

/* ---- What is claimed ------------------------------------------------------------------------- */

E13Markup
e13_markup_claimed (const char *content_type)
{
  g_autofree char *type = NULL;

  if (content_type == NULL)
    return E13_MARKUP_OTHER;
  type = g_ascii_strdown (content_type, (gssize)strcspn (content_type, "; \t"));
  if (strcmp (type, "text/html") == 0)
    return E13_MARKUP_HTML;
  if (strcmp (type, "text/xml") == 0 || strcmp (type, "application/xml") == 0 || g_str_has_suffix (type, "+xml"))
    return E13_MARKUP_XML;
  return E13_MARKUP_OTHER;
}

char *
e13_markup_charset (const char *content_type)
{
  g_auto (GStrv) parts = g_strsplit (content_type != NULL ? content_type : "", ";", 64);

  for (gsize i = 1; parts[0] != NULL && parts[i] != NULL; i++)
    {
      char *part = g_strstrip (parts[i]);
      gsize length;

      if (g_ascii_strncasecmp (part, "charset=", strlen ("charset=")) != 0)
        continue;
      part += strlen ("charset=");
      part += *part == '"';
      length = strcspn (part, "\" \t");
      return length > 0 ? g_strndup (part, length) : NULL;
    }
  return NULL;
}

/* ---- XML ------------------------------------------------------------------------------------- */

/* Expat reads only four encodings by itself. Of others it needs to know just the bytes of ASCII. */
static int
accept_encoding (void *data, const XML_Char *name, XML_Encoding *encoding)
{
  (void)data;
  (void)name;
  for (int i = 0; i < 256; i++)
    encoding->map[i] = i < 0x80 ? i : 0xfffd;
  return XML_STATUS_OK;
}

GPtrArray *
e13_markup_check_xml (const char *data, gsize size, const char *charset)
{
  GPtrArray *faults = e13_markup_faults_new ();
  XML_Parser parser = XML_ParserCreate (charset);

  XML_SetUnknownEncodingHandler (parser, accept_encoding, NULL);
  if (XML_Parse (parser, data, (int)MIN (size, (gsize)G_MAXINT), 1) == XML_STATUS_ERROR)
    e13_markup_add (faults, (guint)XML_GetCurrentLineNumber (parser), (guint)XML_GetCurrentColumnNumber (parser) + 1,
                    g_strdup (XML_ErrorString (XML_GetErrorCode (parser))));
  XML_ParserFree (parser);
  return faults;
}
