/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "base/shebang.h"

#include <string.h>

/* BINPRM_BUF_SIZE of Linux. */
#define KERNEL_READS 256

void
e13_shebang_free (E13Shebang *shebang)
{
  if (shebang == NULL)
    return;
  g_free (shebang->interpreter);
  g_free (shebang->argument);
  g_free (shebang);
}

static gboolean
begins (const char *data, gsize size, const char *with, gsize length)
{
  return size >= length && memcmp (data, with, length) == 0;
}

static E13ShebangState
state_without (const char *data, gsize size)
{
  gsize at = 0;

  if (size == 0)
    return E13_SHEBANG_NO_FILE;
  if (begins (data, size,
              "\x7f"
              "ELF",
              4))
    return E13_SHEBANG_BINARY;
  if (begins (data, size, "\xff\xfe", 2) || begins (data, size, "\xfe\xff", 2))
    return E13_SHEBANG_UTF16;
  if (begins (data, size, "\xef\xbb\xbf#!", 5))
    return E13_SHEBANG_BOM;
  while (at < size && at < KERNEL_READS && strchr (" \t\r\n", data[at]) != NULL && data[at] != '\0')
    at++;
  return at > 0 && begins (data + at, size - at, "#!", 2) ? E13_SHEBANG_LATE : E13_SHEBANG_NONE;
}

/* The words of the line behind "#!". */
static void
take_words (E13Shebang *shebang, const char *text, gsize length)
{
  g_autofree char *line = g_strstrip (g_strndup (text, length));
  gsize name = strcspn (line, " \t");

  if (name == 0)
    return;
  shebang->interpreter = g_strndup (line, name);
  g_strchug (line + name);
  if (line[name] != '\0')
    shebang->argument = g_strdup (line + name);
}

E13Shebang *
e13_shebang_parse (const char *data, gsize size)
{
  E13Shebang *shebang = g_new0 (E13Shebang, 1);
  const char *start = data;
  const char *end;
  gsize length;

  shebang->state = E13_SHEBANG_THERE;
  if (!begins (data, size, "#!", 2))
    {
      shebang->state = state_without (data, size);
      if (shebang->state != E13_SHEBANG_BOM && shebang->state != E13_SHEBANG_LATE)
        return shebang;
      while (*start != '#')
        start++;
    }
  size -= (gsize)(start - data) + 2;
  start += 2;
  end = memchr (start, '\n', size);
  length = end != NULL ? (gsize)(end - start) : size;
  take_words (shebang, start, length);
  if (shebang->state != E13_SHEBANG_THERE)
    return shebang;
  if (shebang->interpreter == NULL)
    shebang->state = E13_SHEBANG_EMPTY;
  else if (length > 0 && start[length - 1] == '\r' && end != NULL)
    shebang->state = E13_SHEBANG_CR;
  else if (2 + strlen (shebang->interpreter) >= KERNEL_READS)
    shebang->state = E13_SHEBANG_LONG;
  return shebang;
}

char *
e13_shebang_runs (const E13Shebang *shebang)
{
  g_auto (GStrv) words = NULL;

  if (shebang->interpreter == NULL)
    return NULL;
  if (!g_str_has_suffix (shebang->interpreter, "/env") || shebang->argument == NULL)
    return g_strdup (shebang->interpreter);
  words = g_strsplit_set (shebang->argument, " \t", -1);
  for (gsize i = 0; words[i] != NULL; i++)
    if (words[i][0] != '\0' && words[i][0] != '-' && strchr (words[i], '=') == NULL)
      return g_strdup (words[i]);
  return NULL;
}
