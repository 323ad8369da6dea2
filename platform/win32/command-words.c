/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "platform/win32/command-words.h"

#include <string.h>

/* Backslashes count as such unless a quotation mark follows them. */
static void
append_word (GString *line, const char *word)
{
  gsize n_slashes = 0;

  g_string_append_c (line, '"');
  for (; *word != '\0'; word++)
    {
      if (*word == '"')
        for (gsize i = 0; i <= n_slashes; i++)
          g_string_append_c (line, '\\');
      n_slashes = *word == '\\' ? n_slashes + 1 : 0;
      g_string_append_c (line, *word);
    }
  for (gsize i = 0; i < n_slashes; i++)
    g_string_append_c (line, '\\');
  g_string_append_c (line, '"');
}

static gboolean
is_batch (const char *program)
{
  g_autofree char *lower = g_ascii_strdown (program, -1);

  /* The system passes over dots and blanks at a name's end. */
  for (gsize length = strlen (lower); length > 0 && (lower[length - 1] == '.' || lower[length - 1] == ' '); length--)
    lower[length - 1] = '\0';
  return g_str_has_suffix (lower, ".bat") || g_str_has_suffix (lower, ".cmd");
}

char *
e13_win32_command_line (const char *const *words)
{
  GString *line = g_string_new (NULL);

  for (gsize i = 0; words[i] != NULL && (i == 0 || !is_batch (words[0])); i++)
    {
      if (i > 0)
        g_string_append_c (line, ' ');
      append_word (line, words[i]);
    }
  return g_string_free (line, FALSE);
}

int
e13_win32_compare_variables (gconstpointer a, gconstpointer b)
{
  const char *one = *(const char *const *)a;
  const char *two = *(const char *const *)b;
  g_autofree char *name_of_one = g_ascii_strup (one, (gssize)strcspn (one, "="));
  g_autofree char *name_of_two = g_ascii_strup (two, (gssize)strcspn (two, "="));

  return strcmp (name_of_one, name_of_two);
}
