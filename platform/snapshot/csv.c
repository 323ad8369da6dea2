/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "base/error.h"
#include "platform/snapshot/dump.h"

/* What Get-Acl writes before a path. */
#define PROVIDER "Microsoft.PowerShell.Core\\FileSystem::"

typedef struct
{
  const char *at;
  char delimiter;
  guint line;
} Csv;

/* ---- Fields ----------------------------------------------------------------------------------------------------- */

static gboolean
read_quoted (Csv *csv, GString *field, GError **error)
{
  guint began = csv->line;

  for (csv->at++; *csv->at != '\0'; csv->at++)
    {
      if (*csv->at == '"' && *++csv->at != '"')
        return TRUE;
      csv->line += *csv->at == '\n';
      g_string_append_c (field, *csv->at);
    }
  return e13_throw (error, E13_ERROR_INPUT, "line %u: a quotation mark is not closed: the dump ends in the middle",
                    began);
}

static gboolean
ends_field (const Csv *csv)
{
  return *csv->at == '\0' || *csv->at == '\n' || *csv->at == csv->delimiter
         || (*csv->at == '\r' && (csv->at[1] == '\n' || csv->at[1] == '\0'));
}

static gboolean
read_field (Csv *csv, GPtrArray *row, GError **error)
{
  g_autoptr (GString) field = g_string_new (NULL);

  if (*csv->at == '"' && !read_quoted (csv, field, error))
    return FALSE;
  for (; !ends_field (csv); csv->at++)
    g_string_append_c (field, *csv->at);
  g_ptr_array_add (row, g_strdup (field->str));
  return TRUE;
}

/* The fields of the next line that has any; of none at the end. @ret_line: where it begins. */
static GPtrArray *
read_row (Csv *csv, guint *ret_line, GError **error)
{
  g_autoptr (GPtrArray) row = g_ptr_array_new_with_free_func (g_free);

  for (; *csv->at == '\n' || *csv->at == '\r'; csv->at++)
    csv->line += *csv->at == '\n';
  *ret_line = csv->line;
  if (*csv->at == '\0')
    return g_steal_pointer (&row);
  for (;;)
    {
      if (!read_field (csv, row, error))
        return NULL;
      if (*csv->at != csv->delimiter)
        return g_steal_pointer (&row);
      csv->at++;
    }
}

/* ---- The table -------------------------------------------------------------------------------------------------- */

/* Older shells write a line about the type of the objects first. */
static const char *
header_of (const char *text)
{
  const char *newline = g_str_has_prefix (text, "#TYPE") ? strchr (text, '\n') : NULL;

  return newline != NULL ? newline + 1 : text;
}

/* The character between the two first column names: the culture's list separator. */
static char
delimiter_of (const char *header)
{
  gsize length = strcspn (header, ",;\t\r\n");

  return header[length] != '\0' && header[length] != '\r' && header[length] != '\n' ? header[length] : ',';
}

static guint
find_column (const GPtrArray *header, const char *name)
{
  for (guint i = 0; i < header->len; i++)
    if (g_ascii_strcasecmp (header->pdata[i], name) == 0)
      return i;
  return G_MAXUINT;
}

gboolean
e13_dump_looks_like_csv (const char *text)
{
  const char *start = header_of (text);
  Csv csv = { start, delimiter_of (start), 1 };
  guint line;
  g_autoptr (GPtrArray) header = read_row (&csv, &line, NULL);

  return header != NULL && find_column (header, "Path") != G_MAXUINT && find_column (header, "Sddl") != G_MAXUINT;
}

/* Half a list of entries would read as a whole one. */
static gboolean
is_whole (const char *text, GError **error)
{
  if (g_str_has_suffix (text, "\n") || g_str_has_suffix (text, "\""))
    return TRUE;
  return e13_throw (error, E13_ERROR_INPUT, "the last line has no end: the dump ends in the middle");
}

gboolean
e13_dump_read_csv (E13Dump *dump, const char *text, GError **error)
{
  const char *start = header_of (text);
  Csv csv = { start, delimiter_of (start), start == text ? 1 : 2 };
  guint line;
  g_autoptr (GPtrArray) header = read_row (&csv, &line, error);
  guint path_column, sddl_column;

  if (header == NULL)
    return FALSE;
  path_column = find_column (header, "Path");
  sddl_column = find_column (header, "Sddl");
  for (;;)
    {
      g_autoptr (GPtrArray) row = read_row (&csv, &line, error);
      const char *path;

      if (row == NULL)
        return FALSE;
      if (row->len == 0)
        return is_whole (text, error);
      if (row->len != header->len)
        return e13_throw (error, E13_ERROR_INPUT, "line %u: %u fields, and the first line names %u columns", line,
                          row->len, header->len);
      path = row->pdata[path_column];
      if (g_str_has_prefix (path, PROVIDER))
        path += strlen (PROVIDER);
      if (!e13_dump_add (dump, path, row->pdata[sddl_column], line, error))
        return FALSE;
    }
}
