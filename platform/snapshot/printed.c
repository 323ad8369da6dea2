/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What `icacls DIR /T` prints: for each object its path and an entry, below it more entries, indented, and a blank
 * line; at the end how many there were, in the language of the machine. */

#include "config.h"

#include <string.h>

#include "base/error.h"
#include "base/quote.h"
#include "model/access-mask.h"
#include "model/icacls.h"
#include "platform/snapshot/dump.h"
#include "platform/snapshot/trustees.h"

#define BETTER                                                                                                         \
  "icacls DIR /save FILE /T, or Get-ChildItem DIR -Recurse -Force | Get-Acl | Select-Object Path,Sddl | Export-Csv "   \
  "-Encoding UTF8 FILE, write numbers for names"

typedef struct
{
  E13Dump *dump;
  char *const *lines;
  guint at; /* counted from 0 */
} Reader;

static gboolean
is_blank (const char *line)
{
  return line[strspn (line, " \t")] == '\0';
}

/* Where the trustee ends; NULL where the line holds no entry. */
static const char *
end_of_trustee (const char *line)
{
  const char *end = g_strrstr (line, ":(");

  return end != NULL && g_str_has_suffix (line, ")") ? end : NULL;
}

/* ---- One entry --------------------------------------------------------------------------------------------------- */

typedef struct
{
  E13Sid sid;
  guint flags;
  guint32 mask;
  gboolean is_deny;
} Entry;

static gboolean
take_flag (const char *word, gsize length, Entry *entry)
{
  static const struct
  {
    const char *word;
    guint flag;
  } flags[] = {
    { "I", E13_ACE_INHERITED },
    { "OI", E13_ACE_OBJECT_INHERIT },
    { "CI", E13_ACE_CONTAINER_INHERIT },
    { "IO", E13_ACE_INHERIT_ONLY },
    { "NP", E13_ACE_NO_PROPAGATE },
    { "DENY", 0 },
    { "N", 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (flags); i++)
    if (strlen (flags[i].word) == length && strncmp (flags[i].word, word, length) == 0)
      {
        entry->flags |= flags[i].flag;
        entry->is_deny = entry->is_deny || flags[i].flag == 0;
        if (g_str_equal (flags[i].word, "N"))
          entry->mask = E13_MASK_FULL;
        return TRUE;
      }
  return FALSE;
}

/* "RX,W" */
static gboolean
take_rights (const char *words, gsize length, Entry *entry)
{
  g_autofree char *list = g_strndup (words, length);
  g_auto (GStrv) each = g_strsplit (list, ",", -1);

  for (char **word = each; *word != NULL; word++)
    {
      guint32 mask;

      if (!e13_icacls_right (*word, strlen (*word), &mask) || (mask & E13_MASK_MAXIMUM_ALLOWED) != 0)
        return FALSE;
      entry->mask |= mask;
    }
  return each[0] != NULL;
}

/* "(I)(OI)(CI)(RX,W)": what stands in parentheses last are rights. */
static gboolean
take_groups (const char *groups, Entry *entry)
{
  while (*groups == '(')
    {
      gsize length = strcspn (groups + 1, "()");

      if (groups[length + 1] != ')')
        return FALSE;
      if (!take_flag (groups + 1, length, entry) && (entry->mask != 0 || !take_rights (groups + 1, length, entry)))
        return FALSE;
      groups += length + 2;
    }
  return *groups == '\0' && entry->mask != 0;
}

static gboolean
add_entry (const Reader *reader, const char *trustee, const char *groups, GString *sddl, GError **error)
{
  g_autofree char *shown = e13_quote_windows (trustee);
  g_autofree char *shown_groups = e13_quote_windows (groups);
  g_autofree char *sid = NULL;
  Entry entry = { 0 };

  if (!e13_dump_trustee (trustee, &entry.sid))
    return e13_throw (error, E13_ERROR_UNSUPPORTED, "line %u: it is not known here who '%s' is: " BETTER,
                      reader->at + 1, shown);
  if (!take_groups (groups, &entry))
    return e13_throw (error, E13_ERROR_INPUT, "line %u: '%s' are no rights as icacls prints them", reader->at + 1,
                      shown_groups);
  sid = e13_sid_to_text (&entry.sid);
  g_string_append_printf (
      sddl, "(%c;%s%s%s%s%s;0x%x;;;%s)", entry.is_deny ? 'D' : 'A', entry.flags & E13_ACE_OBJECT_INHERIT ? "OI" : "",
      entry.flags & E13_ACE_CONTAINER_INHERIT ? "CI" : "", entry.flags & E13_ACE_NO_PROPAGATE ? "NP" : "",
      entry.flags & E13_ACE_INHERIT_ONLY ? "IO" : "", entry.flags & E13_ACE_INHERITED ? "ID" : "", entry.mask, sid);
  return TRUE;
}

/* ---- One object -------------------------------------------------------------------------------------------------- */

/* Where in @line the trustee begins that @end ends, by how far the next line is indented, in characters. NULL where
 * that says nothing. */
static const char *
by_indentation (const char *line, const char *end, const char *next)
{
  gsize indent = next != NULL && !is_blank (next) ? strspn (next, " ") : 0;
  const char *begin;

  if (indent == 0 || (glong)indent >= g_utf8_strlen (line, (gssize)(end - line)))
    return NULL;
  begin = g_utf8_offset_to_pointer (line, (glong)indent);
  return begin[-1] == ' ' && begin < end ? begin : NULL;
}

/* The same by the first word after a space from which on the name is a known one; else after the first space. */
static const char *
by_name (const char *line, const char *end)
{
  const char *first = memchr (line, ' ', (gsize)(end - line));

  for (const char *space = first; space != NULL; space = memchr (space + 1, ' ', (gsize)(end - space - 1)))
    {
      g_autofree char *name = g_strndup (space + 1, (gsize)(end - space - 1));
      E13Sid sid;

      if (e13_dump_trustee (name, &sid))
        return space + 1;
    }
  return first != NULL ? first + 1 : NULL;
}

static gboolean
add_object (const Reader *reader, const char *path, guint line, const GString *entries, GError **error)
{
  /* Nothing tells that a list is protected but that it inherits nothing. */
  gboolean is_protected = strstr (entries->str, "ID;") == NULL && reader->dump->top->children != NULL;
  g_autofree char *sddl = g_strconcat (is_protected ? "D:P" : "D:", entries->str, NULL);

  return e13_dump_add (reader->dump, path, sddl, line, error);
}

static gboolean
read_object (Reader *reader, GError **error)
{
  guint line = reader->at + 1;
  const char *first = reader->lines[reader->at];
  const char *end = end_of_trustee (first);
  const char *begin = by_indentation (first, end, reader->lines[reader->at + 1]);
  g_autoptr (GString) entries = g_string_new (NULL);
  g_autofree char *path = NULL;
  g_autofree char *trustee = NULL;

  if (begin == NULL)
    begin = by_name (first, end);
  if (begin == NULL || begin == first + 1)
    return e13_throw (error, E13_ERROR_INPUT, "line %u: no path stands before the first entry", line);
  path = g_strchomp (g_strndup (first, (gsize)(begin - first)));
  trustee = g_strndup (begin, (gsize)(end - begin));
  if (!add_entry (reader, trustee, end + 1, entries, error))
    return FALSE;
  for (reader->at++; reader->lines[reader->at] != NULL && !is_blank (reader->lines[reader->at]); reader->at++)
    {
      const char *next = reader->lines[reader->at];
      const char *next_end = end_of_trustee (next);
      const char *next_begin = next + strspn (next, " \t");
      g_autofree char *name = NULL;

      if (next_end == NULL)
        return e13_throw (error, E13_ERROR_INPUT, "line %u: this is no entry as icacls prints them", reader->at + 1);
      name = g_strndup (next_begin, (gsize)(next_end - next_begin));
      if (!add_entry (reader, name, next_end + 1, entries, error))
        return FALSE;
    }
  /* More entries may be missing. */
  if (reader->lines[reader->at] == NULL || reader->lines[reader->at + 1] == NULL)
    return e13_throw (error, E13_ERROR_INPUT, "line %u: no blank line ends this object: the dump ends in the middle",
                      reader->at);
  return add_object (reader, path, line, entries, error);
}

/* ---- All of them ------------------------------------------------------------------------------------------------- */

/* "C:\x\y: Access is denied.", in whatever language. */
static gboolean
is_failure (const char *line)
{
  gboolean is_path
      = g_str_has_prefix (line, "\\\\") || (g_ascii_isalpha (line[0]) && line[1] == ':' && line[2] == '\\');

  return is_path && strstr (line, ": ") != NULL;
}

static gboolean
is_last (char *const *lines)
{
  while (*lines != NULL && is_blank (*lines))
    lines++;
  return *lines == NULL;
}

/* "Successfully processed 3 files; Failed processing 1 files": the last number of it. */
static gboolean
has_failures (const char *summary)
{
  guint64 number = 0;

  while (*summary != '\0')
    {
      char *end = (char *)summary + 1;

      if (g_ascii_isdigit (*summary))
        number = g_ascii_strtoull (summary, &end, 10);
      summary = end;
    }
  return number > 0;
}

gboolean
e13_dump_looks_printed (char *const *lines)
{
  while (*lines != NULL && (is_blank (*lines) || (is_failure (*lines) && end_of_trustee (*lines) == NULL)))
    lines++;
  return *lines != NULL && end_of_trustee (*lines) != NULL && !e13_dump_is_sddl (*lines);
}

gboolean
e13_dump_read_printed (E13Dump *dump, char *const *lines, GError **error)
{
  Reader reader = { dump, lines, 0 };

  dump->is_printed = TRUE;
  while (lines[reader.at] != NULL)
    {
      const char *line = lines[reader.at];

      if (is_blank (line))
        reader.at++;
      else if (end_of_trustee (line) != NULL)
        {
          if (!read_object (&reader, error))
            return FALSE;
        }
      else if (is_failure (line) || is_last (lines + reader.at + 1))
        {
          dump->has_failures = dump->has_failures || is_failure (line) || has_failures (line);
          reader.at++;
        }
      else
        return e13_throw (error, E13_ERROR_INPUT, "line %u: this is no entry as icacls prints them", reader.at + 1);
    }
  return TRUE;
}
