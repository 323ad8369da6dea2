/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "servers/ini.h"

#include <string.h>

static void
line_free (gpointer data)
{
  E13IniLine *line = data;

  g_free (line->key);
  g_free (line->value);
  g_free (line);
}

static void
cut_comment (char *value, const char *comments)
{
  for (char *at = value; *at != '\0'; at++)
    if (strchr (comments, *at) != NULL && at > value && g_ascii_isspace (at[-1]))
      {
        *at = '\0';
        return;
      }
}

static void
unquote (char *value)
{
  gsize length = strlen (value);

  if (length >= 2 && (*value == '"' || *value == '\'') && value[length - 1] == *value)
    {
      value[length - 1] = '\0';
      memmove (value, value + 1, length - 1);
    }
}

/* Takes the next line, with those that a backslash joins to it, out of @lines. */
static char *
next_line (char **lines, gsize *index)
{
  GString *line = g_string_new (NULL);

  while (lines[*index] != NULL)
    {
      char *part = g_strstrip (lines[(*index)++]);

      g_string_append (line, part);
      if (line->len == 0 || line->str[line->len - 1] != '\\')
        break;
      line->str[line->len - 1] = ' ';
    }
  return g_string_free (line, FALSE);
}

static void
add_line (GPtrArray *parsed, const char *section, char *text, guint number, const char *comments, gboolean trailing)
{
  char *equals = strchr (text, '=');
  E13IniLine *line;

  if (equals == NULL)
    return;
  *equals++ = '\0';
  if (trailing)
    cut_comment (equals, comments);
  line = g_new0 (E13IniLine, 1);
  line->section = section;
  line->key = g_strdup (g_strstrip (text));
  line->value = g_strdup (g_strstrip (equals));
  line->line = number;
  unquote (line->value);
  g_ptr_array_add (parsed, line);
}

GPtrArray *
e13_ini_parse (const char *text, const char *comments, gboolean trailing)
{
  GPtrArray *parsed = g_ptr_array_new_with_free_func (line_free);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autofree char *section = g_strdup ("");

  for (gsize i = 0; lines[i] != NULL;)
    {
      guint number = (guint)i + 1;
      g_autofree char *line = NULL;
      gboolean is_comment = strchr (comments, *g_strchug (lines[i])) != NULL;
      char *end;

      if (is_comment)
        {
          i++;
          continue;
        }
      line = next_line (lines, &i);
      end = *line == '[' ? strchr (line, ']') : NULL;
      if (end != NULL)
        {
          g_free (section);
          section = g_strndup (line + 1, (gsize)(end - line) - 1);
        }
      else
        add_line (parsed, g_intern_string (section), line, number, comments, trailing);
    }
  return parsed;
}
