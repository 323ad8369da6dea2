/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "platform/win32/paths.h"

#include <string.h>

#define VERBATIM "\\\\?\\"
#define UNC "UNC\\"

static gboolean
has_prefix (const char *text, const char *prefix)
{
  return g_ascii_strncasecmp (text, prefix, strlen (prefix)) == 0;
}

static gboolean
begins_with_drive (const char *text)
{
  return g_ascii_isalpha (text[0]) && text[1] == ':' && (text[2] == '\\' || text[2] == '\0');
}

/* The first @n names of @text, and the separator after each. @ret_rest: what follows. NULL where there are fewer, or
 * one that stands for a directory. */
static char *
take_names (const char *text, guint n, const char **ret_rest)
{
  GString *taken = g_string_new (NULL);

  for (; n > 0; n--)
    {
      gsize length = strcspn (text, "\\");

      if (length == 0 || (length == 1 && text[0] == '.') || (length == 2 && text[0] == '.' && text[1] == '.'))
        return g_string_free (taken, TRUE), NULL;
      g_string_append_len (taken, text, (gssize)length);
      g_string_append_c (taken, '\\');
      text += length + (text[length] == '\\');
    }
  *ret_rest = text;
  return g_string_free (taken, FALSE);
}

/* @text has backslashes alone. */
static char *
take_root (const char *text, const char **ret_rest)
{
  gboolean verbatim = has_prefix (text, VERBATIM);
  const char *begin = verbatim ? text + strlen (VERBATIM) : text;
  const char *prefix = "";
  g_autofree char *names = NULL;
  guint n = 1;

  if (!begins_with_drive (begin))
    {
      if (!verbatim && !has_prefix (begin, "\\\\"))
        return NULL;
      prefix = "\\\\";
      n = 2;
      if (!verbatim)
        begin += 2;
      else if (has_prefix (begin, UNC))
        begin += strlen (UNC);
      else
        {
          prefix = VERBATIM;
          n = 1;
        }
    }
  names = take_names (begin, n, ret_rest);
  return names != NULL ? g_strconcat (prefix, names, NULL) : NULL;
}

void
e13_win_path_add (GPtrArray *names, const char *relative)
{
  g_auto (GStrv) parts = g_strsplit_set (relative, "\\/", -1);

  for (char **part = parts; *part != NULL; part++)
    {
      if (**part == '\0' || strcmp (*part, ".") == 0)
        continue;
      if (strcmp (*part, "..") != 0)
        g_ptr_array_add (names, g_strdup (*part));
      else if (names->len > 0)
        g_ptr_array_set_size (names, (gint)names->len - 1);
    }
}

gboolean
e13_win_path_parse (const char *text, E13WinPath *ret_path)
{
  g_autofree char *path = g_strdup (text);
  const char *rest = "";
  char *root;

  g_strdelimit (path, "/", '\\');
  root = take_root (path, &rest);
  *ret_path = (E13WinPath){ .root = root };
  if (root == NULL)
    return FALSE;
  ret_path->names = g_ptr_array_new_with_free_func (g_free);
  e13_win_path_add (ret_path->names, rest);
  return TRUE;
}

void
e13_win_path_clear (E13WinPath *path)
{
  g_clear_pointer (&path->root, g_free);
  g_clear_pointer (&path->names, g_ptr_array_unref);
}

char *
e13_win_path_join (const char *directory, const char *name)
{
  return g_strconcat (directory, g_str_has_suffix (directory, "\\") ? "" : "\\", name, NULL);
}

char *
e13_win_path_nt_root (const char *root)
{
  if (has_prefix (root, VERBATIM))
    return g_strconcat ("\\??\\", root + strlen (VERBATIM), NULL);
  if (has_prefix (root, "\\\\"))
    return g_strconcat ("\\??\\" UNC, root + 2, NULL);
  return g_strconcat ("\\??\\", root, NULL);
}

char *
e13_win_path_program (const char *command)
{
  g_autofree char *lower = g_ascii_strdown (command, -1);
  const char *end = strstr (lower, ".exe");
  const char *name = command;
  const char *stop = NULL;

  if (command[0] == '"')
    {
      name = command + 1;
      stop = name + strcspn (name, "\"");
    }
  else if (end != NULL)
    stop = command + (end - lower) + strlen (".exe");
  for (const char *c = name; stop != NULL && c < stop; c++)
    if (*c == '\\' || *c == '/')
      name = c + 1;
  return stop != NULL && stop > name ? g_strndup (name, (gsize)(stop - name)) : NULL;
}
