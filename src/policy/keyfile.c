/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "policy/keyfile.h"

#include <string.h>

#include "base/error.h"
#include "base/quote.h"

#define MAX_SIZE (1024 * 1024)
#define BYTE_ORDER_MARK 0xfeff
#define MAX_KEYS 64 /* in one section: far more than there are, few enough to compare each with each */

typedef struct
{
  const char *origin;
  guint line;
  GPtrArray *groups;
  GHashTable *by_name; /* of groups' names, to the group */
} Reader;

static void G_GNUC_PRINTF (3, 4) throw_at_line (Reader *reader, GError **error, const char *format, ...)
{
  g_autofree char *what = NULL;
  g_autofree char *shown = e13_quote_display (reader->origin);
  va_list args;

  va_start (args, format);
  what = g_strdup_vprintf (format, args);
  va_end (args);
  e13_throw (error, E13_ERROR_INPUT, "%s:%u: %s", shown, reader->line, what);
}

static void
clear_key_line (gpointer data)
{
  E13KeyLine *line = data;

  g_free (line->key);
  g_free (line->value);
}

static void
free_group (gpointer data)
{
  E13KeyGroup *group = data;

  g_free (group->name);
  g_array_unref (group->keys);
  g_free (group);
}

static gboolean
read_group (Reader *reader, const char *text, GError **error)
{
  gsize length = strlen (text);
  g_autofree char *name = NULL;
  E13KeyGroup *group;

  if (text[length - 1] != ']')
    return throw_at_line (reader, error, "a section's line ends with ]"), FALSE;
  name = g_strndup (text + 1, length - 2);
  group = g_hash_table_lookup (reader->by_name, name);
  if (group != NULL)
    {
      g_autofree char *shown = e13_quote_display (name);

      return throw_at_line (reader, error, "section [%s] is already on line %u", shown, group->line), FALSE;
    }

  group = g_new0 (E13KeyGroup, 1);
  group->name = g_steal_pointer (&name);
  group->line = reader->line;
  group->keys = g_array_new (FALSE, TRUE, sizeof (E13KeyLine));
  g_array_set_clear_func (group->keys, clear_key_line);
  g_ptr_array_add (reader->groups, group);
  g_hash_table_insert (reader->by_name, group->name, group);
  return TRUE;
}

static gboolean
read_key (Reader *reader, const char *text, GError **error)
{
  const char *equals = strchr (text, '=');
  g_autofree char *key = equals != NULL ? g_strchomp (g_strndup (text, (gsize)(equals - text))) : NULL;
  E13KeyGroup *group;
  E13KeyLine line;

  if (key == NULL || *key == '\0')
    {
      g_autofree char *shown = e13_quote_display (text);

      return throw_at_line (reader, error, "'%s' is neither a section, a KEY=VALUE nor a comment", shown), FALSE;
    }
  if (reader->groups->len == 0)
    {
      g_autofree char *shown = e13_quote_display (key);

      return throw_at_line (reader, error, "key '%s' stands before the first section", shown), FALSE;
    }

  group = g_ptr_array_index (reader->groups, reader->groups->len - 1);
  for (guint i = 0; i < group->keys->len; i++)
    {
      const E13KeyLine *other = &g_array_index (group->keys, E13KeyLine, i);

      if (g_str_equal (other->key, key))
        {
          g_autofree char *shown = e13_quote_display (key);

          return throw_at_line (reader, error, "key '%s' is already on line %u", shown, other->line), FALSE;
        }
    }
  if (group->keys->len == MAX_KEYS)
    return throw_at_line (reader, error, "more than %d keys in one section", MAX_KEYS), FALSE;
  line.key = g_steal_pointer (&key);
  line.value = g_strstrip (g_strdup (equals + 1));
  line.line = reader->line;
  g_array_append_val (group->keys, line);
  return TRUE;
}

static gboolean
read_line (Reader *reader, char *text, GError **error)
{
  g_strstrip (text);
  if (*text == '\0' || *text == '#')
    return TRUE;
  return *text == '[' ? read_group (reader, text, error) : read_key (reader, text, error);
}

/* The first character that would do something to a terminal, or that hides; NULL. A profile's words are printed. */
static const char *
find_unprintable (const char *data, const char *end)
{
  for (const char *p = data; p < end; p = g_utf8_next_char (p))
    {
      gunichar c;
      gboolean is_space, is_mark;

      if (*p >= ' ' && *p <= '~')
        continue;
      c = g_utf8_get_char (p);
      is_space = c == '\n' || c == '\t' || c == '\r';
      is_mark = p == data && c == BYTE_ORDER_MARK;
      if (!is_space && !is_mark && (!g_unichar_isprint (c) || g_unichar_type (c) == G_UNICODE_FORMAT))
        return p;
    }
  return NULL;
}

static gboolean
check_text (Reader *reader, const char *data, gsize size, GError **error)
{
  const char *what = "a character that does not print";
  const char *end;

  if (size > MAX_SIZE)
    {
      g_autofree char *shown = e13_quote_display (reader->origin);

      return e13_throw (error, E13_ERROR_INPUT, "%s: larger than 1 MiB", shown);
    }
  if (!g_utf8_validate_len (data, size, &end))
    what = *end == '\0' ? "a NUL byte" : "not UTF-8";
  else if ((end = find_unprintable (data, data + size)) == NULL)
    return TRUE;
  for (const char *p = data; p < end; p++)
    reader->line += *p == '\n';
  throw_at_line (reader, error, "%s", what);
  return FALSE;
}

GPtrArray *
e13_keyfile_parse (const char *origin, const char *data, gsize size, GError **error)
{
  static const char bom[] = "\357\273\277";
  g_autoptr (GPtrArray) groups = g_ptr_array_new_with_free_func (free_group);
  g_autoptr (GHashTable) by_name = g_hash_table_new (g_str_hash, g_str_equal);
  Reader reader = { origin, 1, groups, by_name };
  const char *end = data + size;
  const char *p = data;

  if (!check_text (&reader, data, size, error))
    return NULL;
  if (size >= strlen (bom) && memcmp (data, bom, strlen (bom)) == 0)
    p += strlen (bom);
  for (; p < end; reader.line++)
    {
      const char *newline = memchr (p, '\n', (gsize)(end - p));
      const char *stop = newline != NULL ? newline : end;
      g_autofree char *line = g_strndup (p, (gsize)(stop - p));

      if (!read_line (&reader, line, error))
        return NULL;
      p = newline != NULL ? newline + 1 : end;
    }
  return g_steal_pointer (&groups);
}
