/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* From the journal's text back to changes. The fields of each piece stand in one fixed order, so that reading is one
 * expectation after another; what does not meet them is an error with its line. */

#include "config.h"

#include "repair/journal-format.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/quote.h"

#define MARK_PREFIX "# undone: "
#define LONGEST_SHOWN 60

typedef struct {
  FILE *in;
  char *name;       /* for messages */
  char *line;       /* the one to be taken next, without its newline */
  size_t line_size;
  guint64 number;   /* of the line */
  gboolean ended;   /* there is no line */
  gboolean torn;    /* the line has no newline: the file was cut off in it */
  GString *piece;   /* what was taken since the last checksum */
  E13JournalSum sum;
  gboolean has_sum;
} Reader;

static void
reader_clear (Reader *reader)
{
  free (reader->line);
  g_free (reader->name);
  g_string_free (reader->piece, TRUE);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reader, reader_clear)

static gboolean fail (const Reader *reader, GError **error, const char *format, ...) G_GNUC_PRINTF (3, 4);

static gboolean
fail (const Reader *reader, GError **error, const char *format, ...)
{
  g_autofree char *what = NULL;
  va_list args;

  va_start (args, format);
  what = g_strdup_vprintf (format, args);
  va_end (args);
  return e13_throw (error, E13_ERROR_INPUT, "cannot read the journal '%s', line %" G_GUINT64_FORMAT ": %s",
                    reader->name, reader->number, what);
}

static gboolean
fail_expecting (const Reader *reader, const char *expected, GError **error)
{
  g_autofree char *start = NULL;
  g_autofree char *shown = NULL;

  if (reader->ended || reader->torn)
    return fail (reader, error, "it ends here, so it is cut off (expected %s)", expected);
  start = g_strndup (reader->line, LONGEST_SHOWN);
  shown = e13_quote_display (start);
  return fail (reader, error, "expected %s, found '%s'", expected, shown);
}

/* Fetches the next line. */
static gboolean
fetch (Reader *reader, GError **error)
{
  ssize_t length;

  errno = 0;
  length = getline (&reader->line, &reader->line_size, reader->in);
  if (length < 0)
    {
      if (errno != 0)
        return e13_throw_errno (error, "cannot read the journal '%s'", reader->name);
      reader->ended = TRUE;
      reader->number++;
      return TRUE;
    }
  reader->number++;
  reader->torn = reader->line[length - 1] != '\n';
  if (!reader->torn)
    reader->line[--length] = '\0';
  if (strlen (reader->line) != (size_t) length)
    return fail (reader, error, "there is a NUL byte");
  return TRUE;
}

static gboolean
take_line (Reader *reader, GError **error)
{
  g_string_append (reader->piece, reader->line);
  g_string_append_c (reader->piece, '\n');
  return fetch (reader, error);
}

/* Is the line to be taken whole, and does it begin with @prefix? */
static gboolean
sees (const Reader *reader, const char *prefix)
{
  return !reader->ended && !reader->torn && g_str_has_prefix (reader->line, prefix);
}

/* The value of the line, which must be "# KEY: VALUE": owned by the reader until the line is taken; NULL and @error
 * where it is another. */
static const char *
see_value (const Reader *reader, const char *prefix, GError **error)
{
  g_autofree char *expected = NULL;

  if (sees (reader, prefix))
    return reader->line + strlen (prefix);
  expected = g_strdup_printf ("'%s'", prefix);
  return fail_expecting (reader, expected, error), NULL;
}

static char *
take_quoted (Reader *reader, const char *prefix, GError **error)
{
  const char *text = see_value (reader, prefix, error);
  g_autofree char *value = NULL;

  if (text == NULL)
    return NULL;
  value = e13_unquote_getfacl (text, NULL);
  if (value == NULL)
    return fail_expecting (reader, "a name with valid escapes", error), NULL;
  return take_line (reader, error) ? g_steal_pointer (&value) : NULL;
}

static gboolean
take_number (Reader *reader, const char *prefix, guint32 *ret_number, GError **error)
{
  const char *text = see_value (reader, prefix, error);
  guint64 number;

  if (text == NULL)
    return FALSE;
  if (!g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT32, &number, NULL))
    return fail_expecting (reader, "a number", error);
  *ret_number = (guint32) number;
  return take_line (reader, error);
}

static gboolean
parse_key (const char *text, E13ObjectKey *ret_key)
{
  g_auto (GStrv) fields = g_strsplit (text, " ", 6);
  guint64 nanoseconds;

  if (g_strv_length (fields) != 5 || !g_ascii_string_to_unsigned (fields[0], 10, 0, G_MAXUINT64, &ret_key->device, NULL)
      || !g_ascii_string_to_unsigned (fields[1], 10, 0, G_MAXUINT64, &ret_key->inode, NULL)
      || !g_ascii_string_to_unsigned (fields[2], 10, 0, G_MAXUINT64, &ret_key->mount_id, NULL)
      || !g_ascii_string_to_signed (fields[3], 10, G_MININT64, G_MAXINT64, &ret_key->changed_seconds, NULL)
      || !g_ascii_string_to_unsigned (fields[4], 10, 0, 999999999, &nanoseconds, NULL))
    return FALSE;
  ret_key->changed_nanoseconds = (guint32) nanoseconds;
  return TRUE;
}

static gboolean
take_key (Reader *reader, const char *prefix, E13ObjectKey *ret_key, GError **error)
{
  const char *text = see_value (reader, prefix, error);

  if (text == NULL)
    return FALSE;
  if (!parse_key (text, ret_key))
    return fail_expecting (reader, "the five numbers of a key", error);
  return take_line (reader, error);
}

/* "none" becomes NULL. */
static gboolean
take_handle (Reader *reader, const char *prefix, char **ret_handle, GError **error)
{
  g_autofree char *handle = take_quoted (reader, prefix, error);

  if (handle == NULL)
    return FALSE;
  *ret_handle = g_str_equal (handle, "none") ? NULL : g_steal_pointer (&handle);
  return TRUE;
}

/* The checksum is not a part of the piece that it covers. */
static gboolean
take_sum (Reader *reader, GError **error)
{
  E13JournalSum sum
      = e13_journal_sum (reader->has_sum ? &reader->sum : NULL, reader->piece->str, reader->piece->len);
  const char *written = see_value (reader, "# checksum: ", error);

  if (written == NULL)
    return FALSE;
  if (!g_str_equal (written, sum.hex))
    return fail (reader, error, "the checksum is wrong: something above was edited or damaged");
  if (!take_line (reader, error))
    return FALSE;
  reader->sum = sum;
  reader->has_sum = TRUE;
  g_string_truncate (reader->piece, 0);
  return TRUE;
}

/* ---- The header ------------------------------------------------------------------------------ */

static gboolean
take_version (Reader *reader, GError **error)
{
  guint64 version;

  if (!sees (reader, E13_JOURNAL_PREFIX)
      || !g_ascii_string_to_unsigned (reader->line + strlen (E13_JOURNAL_PREFIX), 10, 1, G_MAXUINT32, &version, NULL))
    return fail (reader, error, "this is not an errno13 journal");
  if (version > E13_JOURNAL_VERSION)
    return fail (reader, error, "it has format %" G_GUINT64_FORMAT ", made by a newer errno13; this one reads up to %d",
                 version, E13_JOURNAL_VERSION);
  return take_line (reader, error);
}

/* Absolute, and without the components that a platform does not take. */
static gboolean
is_clean_path (const char *path)
{
  const char *end;

  if (g_str_equal (path, "/"))
    return TRUE;
  if (path[0] != '/')
    return FALSE;
  for (; *path == '/'; path = end)
    {
      gsize length = strcspn (++path, "/");

      if (length == 0 || (length == 1 && path[0] == '.') || (length == 2 && path[0] == '.' && path[1] == '.'))
        return FALSE;
      end = path + length;
    }
  return *path == '\0';
}

static char *
take_path (Reader *reader, const char *prefix, GError **error)
{
  guint64 number = reader->number;
  g_autofree char *path = take_quoted (reader, prefix, error);

  if (path != NULL && !is_clean_path (path))
    {
      reader->number = number;
      return fail (reader, error, "the path is not absolute, or has '.' or '..' in it"), NULL;
    }
  return g_steal_pointer (&path);
}

static gboolean
take_header (Reader *reader, E13Journal *journal, guint32 *ret_n_records, GError **error)
{
  if (!take_version (reader, error) || (journal->site = take_path (reader, "# site: ", error)) == NULL
      || !take_key (reader, "# site-key: ", &journal->root_key, error)
      || !take_handle (reader, "# site-handle: ", &journal->root_handle, error)
      || (journal->machine = take_quoted (reader, "# machine: ", error)) == NULL
      || (journal->when = take_quoted (reader, "# when: ", error)) == NULL)
    return FALSE;
  if (sees (reader, "# undoes: ") && (journal->undoes = take_quoted (reader, "# undoes: ", error)) == NULL)
    return FALSE;
  return take_number (reader, "# records: ", ret_n_records, error) && take_sum (reader, error);
}

/* ---- Records --------------------------------------------------------------------------------- */

/* The entries that follow with @prefix, as one list; NULL where there are none. */
static gboolean
take_acl (Reader *reader, const char *prefix, E13Acl **ret_acl, GError **error)
{
  g_autoptr (GArray) entries = g_array_new (FALSE, FALSE, sizeof (E13AclEntry));
  g_autoptr (GError) cause = NULL;
  gsize skipped = strlen (prefix);

  *ret_acl = NULL;
  while (sees (reader, prefix) && g_ascii_isalpha (reader->line[skipped])
         && !g_str_has_prefix (reader->line + skipped, "default:"))
    {
      E13AclEntry entry;

      if (!e13_acl_entry_parse (reader->line + skipped, &entry, NULL))
        return fail_expecting (reader, "an ACL entry with a numeric id", error);
      g_array_append_val (entries, entry);
      if (!take_line (reader, error))
        return FALSE;
    }
  if (entries->len == 0)
    return TRUE;
  *ret_acl = e13_acl_new ((const E13AclEntry *) (gpointer) entries->data, entries->len, &cause);
  return *ret_acl != NULL || fail (reader, error, "the ACL above is not valid: %s", cause->message);
}

static gboolean
take_flags (Reader *reader, const char *prefix, guint32 *mode, GError **error)
{
  static const char set[] = "sst";
  const char *text;
  guint32 flags = 0;

  if (!sees (reader, prefix))
    return TRUE;
  text = reader->line + strlen (prefix);
  for (guint i = 0; i < 3; i++)
    {
      if (text[i] != '-' && text[i] != set[i])
        return fail_expecting (reader, "flags like 's-t'", error);
      flags |= text[i] == '-' ? 0 : 04000 >> i;
    }
  if (text[3] != '\0')
    return fail_expecting (reader, "three flags", error);
  *mode = (*mode & ~07000u) | flags;
  return take_line (reader, error);
}

static gboolean
take_image (Reader *reader, E13Attributes *image, GError **error)
{
  if (!take_number (reader, "# owner: ", &image->uid, error) || !take_number (reader, "# group: ", &image->gid, error)
      || !take_flags (reader, "# flags: ", &image->mode, error) || !take_acl (reader, "", &image->access, error))
    return FALSE;
  if (image->access == NULL)
    return fail_expecting (reader, "an ACL entry", error);
  image->mode |= e13_acl_to_mode (image->access);
  return take_acl (reader, "default:", &image->default_acl, error);
}

/* @after starts as a copy of the image before. */
static gboolean
take_after (Reader *reader, E13Attributes *after, GError **error)
{
  g_autoptr (E13Acl) access = NULL;
  g_autoptr (E13Acl) default_acl = NULL;
  gboolean no_default;

  if ((sees (reader, "# after-owner: ") && !take_number (reader, "# after-owner: ", &after->uid, error))
      || (sees (reader, "# after-group: ") && !take_number (reader, "# after-group: ", &after->gid, error))
      || !take_flags (reader, "# after-flags: ", &after->mode, error) || !take_acl (reader, "# after:", &access, error))
    return FALSE;
  no_default = sees (reader, "# after-default: none");
  if (no_default ? !take_line (reader, error) : !take_acl (reader, "# after:default:", &default_acl, error))
    return FALSE;
  if (access != NULL)
    {
      e13_acl_unref (after->access);
      after->access = g_steal_pointer (&access);
      after->mode = (after->mode & 07000) | e13_acl_to_mode (after->access);
    }
  if (no_default || default_acl != NULL)
    {
      g_clear_pointer (&after->default_acl, e13_acl_unref);
      after->default_acl = g_steal_pointer (&default_acl);
    }
  return TRUE;
}

static gboolean
take_kind (Reader *reader, E13ChangeKind *ret_kind, GError **error)
{
  const char *text = see_value (reader, "# kind: ", error);

  if (text == NULL)
    return FALSE;
  for (E13ChangeKind kind = E13_CHANGE_SET; kind <= E13_CHANGE_REMOVE_DIRECTORY; kind++)
    if (g_str_equal (text, e13_journal_kind_name (kind)))
      {
        *ret_kind = kind;
        return take_line (reader, error);
      }
  return fail_expecting (reader, "a kind of change", error);
}

static gboolean
take_type (Reader *reader, E13ObjectType *ret_type, GError **error)
{
  const char *text = see_value (reader, "# type: ", error);

  if (text == NULL)
    return FALSE;
  for (E13ObjectType type = E13_TYPE_UNKNOWN; type <= E13_TYPE_BLOCK_DEVICE; type++)
    if (g_str_equal (text, e13_object_type_name (type)))
      {
        *ret_type = type;
        return take_line (reader, error);
      }
  return fail_expecting (reader, "a type of object", error);
}

/* How the rest of the program names the object at @absolute: beneath the site, or absolute where it is a parent of
 * it. */
static char *
path_for_site (const char *site, const char *absolute)
{
  gsize length = g_str_equal (site, "/") ? 0 : strlen (site);

  if (g_str_equal (site, absolute))
    return g_strdup ("");
  if (strncmp (site, absolute, length) == 0 && absolute[length] == '/')
    return g_strdup (absolute + length + 1);
  return g_strdup (absolute);
}

static gboolean
take_details (Reader *reader, E13Change *change, GError **error)
{
  gboolean outside = change->path[0] == '/';

  if (!take_kind (reader, &change->kind, error) || !take_type (reader, &change->type, error))
    return FALSE;
  if (change->kind != E13_CHANGE_SET && change->path[0] == '\0')
    return fail (reader, error, "the site itself cannot have been made or removed");
  if ((outside || change->kind != E13_CHANGE_SET) && change->type != E13_TYPE_DIRECTORY)
    return fail (reader, error, "only a directory can be %s", outside ? "changed outside the site" : "made or removed");
  if (outside && change->kind != E13_CHANGE_SET)
    return fail (reader, error, "nothing can have been made or removed outside the site");
  if (change->kind == E13_CHANGE_MAKE_DIRECTORY)
    return TRUE;
  return take_number (reader, "# links: ", &change->n_links, error) && take_key (reader, "# key: ", &change->key, error)
         && take_handle (reader, "# handle: ", &change->handle, error);
}

static E13Change *
take_record (Reader *reader, const char *site, GError **error)
{
  g_autoptr (E13Change) change = g_new0 (E13Change, 1);
  g_autofree char *absolute = NULL;

  if (reader->ended || reader->torn || reader->line[0] != '\0')
    return fail_expecting (reader, "a blank line and the next record", error), NULL;
  if (!take_line (reader, error) || (absolute = take_path (reader, "# file: ", error)) == NULL)
    return NULL;
  change->path = path_for_site (site, absolute);
  if (!take_image (reader, &change->before, error) || !take_details (reader, change, error))
    return NULL;
  e13_attributes_copy (&change->after, &change->before);
  if (change->kind == E13_CHANGE_SET && !take_after (reader, &change->after, error))
    return NULL;
  return take_sum (reader, error) ? g_steal_pointer (&change) : NULL;
}

/* ---- Marks, and the whole -------------------------------------------------------------------- */

char *
e13_journal_parse_mark (const char *line)
{
  E13JournalSum sum;
  const char *text;
  const char *by;

  if (!g_str_has_prefix (line, MARK_PREFIX) || strlen (line) < strlen (MARK_PREFIX) + sizeof sum.hex)
    return NULL;
  line += strlen (MARK_PREFIX);
  text = line + sizeof sum.hex;
  sum = e13_journal_sum (NULL, text, strlen (text));
  by = strstr (text, " by ");
  if (by == NULL || line[sizeof sum.hex - 1] != ' ' || strncmp (line, sum.hex, sizeof sum.hex - 1) != 0)
    return NULL;
  return e13_unquote_getfacl (by + strlen (" by "), NULL);
}

static gboolean
take_marks (Reader *reader, E13Journal *journal, GError **error)
{
  while (!reader->ended && !reader->torn)
    {
      g_autofree char *by = e13_journal_parse_mark (reader->line);

      if (by == NULL)
        return fail_expecting (reader, "the end, or an undamaged '" MARK_PREFIX "'", error);
      g_free (journal->undone_by);
      journal->undone_by = g_steal_pointer (&by);
      if (!take_line (reader, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
take_all (Reader *reader, E13Journal *journal, gboolean header_only, GError **error)
{
  guint32 n_records;

  if (!fetch (reader, error) || !take_header (reader, journal, &n_records, error))
    return FALSE;
  if (header_only)
    return TRUE;
  journal->changes = g_ptr_array_new_with_free_func ((GDestroyNotify) e13_change_free);
  for (guint32 i = 0; i < n_records; i++)
    {
      E13Change *change = take_record (reader, journal->site, error);

      if (change == NULL)
        return FALSE;
      g_ptr_array_add (journal->changes, change);
    }
  return take_marks (reader, journal, error);
}

E13Journal *
e13_journal_parse (FILE *in, const char *path, gboolean header_only, GError **error)
{
  g_auto (Reader) reader = { .in = in, .name = e13_quote_display (path), .piece = g_string_new (NULL) };
  g_autoptr (E13Journal) journal = g_new0 (E13Journal, 1);

  journal->path = g_strdup (path);
  return take_all (&reader, journal, header_only, error) ? g_steal_pointer (&journal) : NULL;
}

void
e13_journal_free (E13Journal *journal)
{
  if (journal == NULL)
    return;
  g_free (journal->path);
  g_free (journal->site);
  g_free (journal->root_handle);
  g_free (journal->machine);
  g_free (journal->when);
  g_free (journal->undoes);
  g_free (journal->undone_by);
  g_clear_pointer (&journal->changes, g_ptr_array_unref);
  g_free (journal);
}
