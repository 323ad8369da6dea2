/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What `getfacl -R` prints (getfacl(1), OUTPUT FORMAT): a head of comments, an entry a line, and a blank line for each
 * object. */

#include "config.h"

#include <string.h>

#include "base/error.h"
#include "base/quote.h"
#include "platform/snapshot/dump.h"

#define FILE_HEAD "# file: "
#define DEFAULT "default:"

typedef struct
{
  E13Dump *dump;
  char *const *lines;
  guint at; /* counted from 0 */
} Reader;

/* One object in the making. */
typedef struct
{
  guint line;
  char *path;
  E13DumpPosix facts;
  GArray *access; /* of E13AclEntry */
  GArray *defaults;
} Record;

static void
record_clear (Record *record)
{
  g_free (record->path);
  g_array_unref (record->access);
  g_array_unref (record->defaults);
  e13_acl_unref (record->facts.access);
  e13_acl_unref (record->facts.default_acl);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Record, record_clear)

/* @reason: what is wrong with the line, which is quoted. */
static gboolean
throw_at (const Reader *reader, const char *reason, GError **error)
{
  g_autofree char *shown = e13_quote_display (reader->lines[reader->at]);

  return e13_throw (error, E13_ERROR_INPUT, "line %u: '%s' %s", reader->at + 1, shown, reason);
}

static gboolean
prefix_line (const Reader *reader, GError **error)
{
  return g_prefix_error (error, "line %u: ", reader->at + 1), FALSE;
}

/* ---- The head ---------------------------------------------------------------------------------------------------- */

/* The account of a line "# owner: maria". */
static gboolean
read_account (Reader *reader, const char *head, guint32 *ret_id, GError **error)
{
  const char *line = reader->lines[reader->at];
  g_autofree char *word = NULL;

  if (line == NULL || !g_str_has_prefix (line, head))
    return e13_throw (error, E13_ERROR_INPUT, "line %u: no '%s' follows: the head of each object is needed",
                      reader->at + 1, head);
  word = e13_unquote_getfacl (line + strlen (head), error);
  if (word == NULL || !e13_dump_names_add (reader->dump->names, word, ret_id, error))
    return prefix_line (reader, error);
  reader->at++;
  return TRUE;
}

/* "# flags: -s-": setuid, setgid, sticky. */
static gboolean
read_flags (Reader *reader, guint32 *mode, GError **error)
{
  static const char letters[] = "sst";
  const char *head = "# flags: ";
  const char *line = reader->lines[reader->at];
  const char *flags;

  if (line == NULL || !g_str_has_prefix (line, head))
    return TRUE;
  flags = line + strlen (head);
  if (strlen (flags) != strlen (letters))
    return throw_at (reader, "has no flags that are known", error);
  for (guint i = 0; letters[i] != '\0'; i++)
    if (flags[i] == letters[i])
      *mode |= 04000u >> i;
    else if (flags[i] != '-')
      return throw_at (reader, "has no flags that are known", error);
  reader->at++;
  return TRUE;
}

static gboolean
read_head (Reader *reader, Record *record, GError **error)
{
  record->line = reader->at + 1;
  record->path = e13_unquote_getfacl (reader->lines[reader->at] + strlen (FILE_HEAD), error);
  if (record->path == NULL)
    return prefix_line (reader, error);
  reader->at++;
  return read_account (reader, "# owner: ", &record->facts.uid, error)
         && read_account (reader, "# group: ", &record->facts.gid, error)
         && read_flags (reader, &record->facts.mode, error);
}

/* ---- Entries ----------------------------------------------------------------------------------------------------- */

/* "user:maria:rwx", in whose middle a name or a number stands, as the same with a number. */
static char *
numbered (const Reader *reader, const char *entry, GError **error)
{
  g_auto (GStrv) fields = g_strsplit (entry, ":", 4);
  g_autofree char *word = NULL;
  guint32 id;

  if (g_strv_length (fields) != 3)
    return throw_at (reader, "is no entry of an ACL as getfacl writes it (without -t)", error), NULL;
  if (*fields[1] == '\0')
    return g_strdup (entry);
  word = e13_unquote_getfacl (fields[1], error);
  if (word == NULL || !e13_dump_names_add (reader->dump->names, word, &id, error))
    return prefix_line (reader, error), NULL;
  return g_strdup_printf ("%s:%" G_GUINT32_FORMAT ":%s", fields[0], id, fields[2]);
}

static gboolean
read_entry (Reader *reader, Record *record, GError **error)
{
  const char *line = reader->lines[reader->at];
  gboolean is_default = g_str_has_prefix (line, DEFAULT);
  const char *begin = is_default ? line + strlen (DEFAULT) : line;
  /* what a tab and #effective:r-x follow */
  g_autofree char *entry = g_strndup (begin, strcspn (begin, "\t #"));
  g_autofree char *number = numbered (reader, entry, error);
  E13AclEntry parsed;

  if (number == NULL)
    return FALSE;
  if (!e13_acl_entry_parse (number, &parsed, NULL))
    return throw_at (reader, "is no entry of an ACL as getfacl writes it (without -t)", error);
  g_array_append_val (is_default ? record->defaults : record->access, parsed);
  reader->at++;
  return TRUE;
}

static gboolean
finish (const Reader *reader, Record *record, GError **error)
{
  E13DumpPosix *facts = &record->facts;
  g_autoptr (GError) cause = NULL;

  facts->access = e13_acl_new ((const E13AclEntry *)(gpointer)record->access->data, record->access->len, &cause);
  if (facts->access != NULL && record->defaults->len > 0)
    facts->default_acl
        = e13_acl_new ((const E13AclEntry *)(gpointer)record->defaults->data, record->defaults->len, &cause);
  if (cause != NULL)
    return e13_throw (error, E13_ERROR_INPUT, "line %u: the ACL of this object is not whole: %s", record->line,
                      cause->message);
  facts->mode |= e13_acl_to_mode (facts->access);
  return e13_dump_add_posix (reader->dump, record->path, facts, record->line, error);
}

/* ---- Objects ----------------------------------------------------------------------------------------------------- */

static gboolean
read_record (Reader *reader, GError **error)
{
  g_auto (Record) record = {
    .access = g_array_new (FALSE, FALSE, sizeof (E13AclEntry)),
    .defaults = g_array_new (FALSE, FALSE, sizeof (E13AclEntry)),
  };

  if (!g_str_has_prefix (reader->lines[reader->at], FILE_HEAD))
    return throw_at (reader, "stands where an object should begin (# file: NAME)", error);
  if (!read_head (reader, &record, error))
    return FALSE;
  while (reader->lines[reader->at] != NULL && *reader->lines[reader->at] != '\0')
    if (!read_entry (reader, &record, error))
      return FALSE;
  /* Its default entries may be missing. */
  if (reader->lines[reader->at] == NULL || reader->lines[reader->at + 1] == NULL)
    return e13_throw (error, E13_ERROR_INPUT, "line %u: no blank line ends this object: the dump ends in the middle",
                      reader->at);
  return finish (reader, &record, error);
}

/* What getfacl says beside, where both were taken together. */
static gboolean
is_message (const char *line)
{
  return g_str_has_prefix (line, "getfacl: ");
}

gboolean
e13_dump_looks_like_getfacl (const char *text)
{
  text += strspn (text, "\r\n");
  return g_str_has_prefix (text, FILE_HEAD) || is_message (text);
}

gboolean
e13_dump_read_getfacl (E13Dump *dump, char *const *lines, GError **error)
{
  Reader reader = { dump, lines, 0 };
  gboolean is_begun = FALSE;

  dump->is_posix = TRUE;
  while (lines[reader.at] != NULL)
    {
      const char *line = lines[reader.at];

      if (*line == '\0' || is_message (line))
        {
          /* The one about leading slashes comes first. */
          dump->has_failures = dump->has_failures || (*line != '\0' && is_begun);
          reader.at++;
          continue;
        }
      is_begun = TRUE;
      if (!read_record (&reader, error))
        return FALSE;
    }
  return TRUE;
}
