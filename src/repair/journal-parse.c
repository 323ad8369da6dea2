/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* From the journal's text back to changes. The fields of each piece stand in one fixed order, so that reading is one
 * expectation after another; what does not meet them is an error with its line. */

#include "config.h"

#include "repair/journal-lines.h"

#include <string.h>

#include "base/path.h"
#include "base/quote.h"

#define MARK_PREFIX "# undone: "
#define LEFT_PREFIX "# left: "

/* ---- Values ---------------------------------------------------------------------------------- */

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
  ret_key->changed_nanoseconds = (guint32)nanoseconds;
  return TRUE;
}

static gboolean
take_key (E13Lines *lines, const char *prefix, E13ObjectKey *ret_key, GError **error)
{
  const char *text = e13_lines_see_value (lines, prefix, error);

  if (text == NULL)
    return FALSE;
  if (!parse_key (text, ret_key))
    return e13_lines_fail_expecting (lines, "the five numbers of a key", error);
  return e13_lines_take (lines, error);
}

/* "none" becomes NULL. */
static gboolean
take_handle (E13Lines *lines, const char *prefix, char **ret_handle, GError **error)
{
  g_autofree char *handle = e13_lines_take_quoted (lines, prefix, error);

  if (handle == NULL)
    return FALSE;
  *ret_handle = g_str_equal (handle, "none") ? NULL : g_steal_pointer (&handle);
  return TRUE;
}

/* ---- The header ------------------------------------------------------------------------------ */

static gboolean
take_version (E13Lines *lines, GError **error)
{
  guint64 version;

  if (!e13_lines_see (lines, E13_JOURNAL_PREFIX)
      || !g_ascii_string_to_unsigned (lines->line + strlen (E13_JOURNAL_PREFIX), 10, 1, G_MAXUINT32, &version, NULL))
    return e13_lines_fail (lines, error, "this is not an errno13 journal");
  if (version > E13_JOURNAL_VERSION)
    return e13_lines_fail (lines, error,
                           "it has format %" G_GUINT64_FORMAT ", made by a newer errno13; this one reads up to %d",
                           version, E13_JOURNAL_VERSION);
  return e13_lines_take (lines, error);
}

/* Are these components that a platform takes? Each begins with @separator. */
static gboolean
are_clean_components (const char *path, char separator)
{
  const char separators[] = { separator, '\0' };
  const char *end;

  for (; *path == separator; path = end)
    {
      gsize length = strcspn (++path, separators);

      if (length == 0 || (length == 1 && path[0] == '.') || (length == 2 && path[0] == '.' && path[1] == '.'))
        return FALSE;
      end = path + length;
    }
  return *path == '\0';
}

/* Absolute, and without the components that a platform does not take. */
static gboolean
is_clean_path (const char *path)
{
  if (e13_path_is_windows (path))
    return path[3] == '\0'
           || (strchr (path, '/') == NULL && are_clean_components (path + (path[1] == ':' ? 2 : 1), '\\'));
  return g_str_equal (path, "/") || (path[0] == '/' && are_clean_components (path, '/'));
}

static char *
take_path (E13Lines *lines, const char *prefix, GError **error)
{
  guint64 number = lines->number;
  g_autofree char *path = e13_lines_take_quoted (lines, prefix, error);

  if (path != NULL && !is_clean_path (path))
    {
      lines->number = number;
      return e13_lines_fail (lines, error, "the path is not absolute, or has '.' or '..' in it"), NULL;
    }
  return g_steal_pointer (&path);
}

static gboolean
take_header (E13Lines *lines, E13Journal *journal, guint32 *ret_n_records, GError **error)
{
  if (!take_version (lines, error) || (journal->site = take_path (lines, "# site: ", error)) == NULL
      || !take_key (lines, "# site-key: ", &journal->root_key, error)
      || !take_handle (lines, "# site-handle: ", &journal->root_handle, error)
      || (journal->machine = e13_lines_take_quoted (lines, "# machine: ", error)) == NULL
      || (journal->when = e13_lines_take_quoted (lines, "# when: ", error)) == NULL)
    return FALSE;
  if (e13_lines_see (lines, "# undoes: ")
      && (journal->undoes = e13_lines_take_quoted (lines, "# undoes: ", error)) == NULL)
    return FALSE;
  return e13_lines_take_number (lines, "# records: ", ret_n_records, error) && e13_lines_take_sum (lines, error);
}

/* ---- Records --------------------------------------------------------------------------------- */

/* The entries that follow with @prefix, as one list; NULL where there are none. */
static gboolean
take_acl (E13Lines *lines, const char *prefix, E13Acl **ret_acl, GError **error)
{
  g_autoptr (GArray) entries = g_array_new (FALSE, FALSE, sizeof (E13AclEntry));
  g_autoptr (GError) cause = NULL;
  gsize skipped = strlen (prefix);

  *ret_acl = NULL;
  while (e13_lines_see (lines, prefix) && g_ascii_isalpha (lines->line[skipped])
         && !g_str_has_prefix (lines->line + skipped, "default:"))
    {
      E13AclEntry entry;

      if (!e13_acl_entry_parse (lines->line + skipped, &entry, NULL))
        return e13_lines_fail_expecting (lines, "an ACL entry with a numeric id", error);
      g_array_append_val (entries, entry);
      if (!e13_lines_take (lines, error))
        return FALSE;
    }
  if (entries->len == 0)
    return TRUE;
  *ret_acl = e13_acl_new ((const E13AclEntry *)(gpointer)entries->data, entries->len, &cause);
  return *ret_acl != NULL || e13_lines_fail (lines, error, "the ACL above is not valid: %s", cause->message);
}

static gboolean
take_flags (E13Lines *lines, const char *prefix, guint32 *mode, GError **error)
{
  static const char set[] = "sst";
  const char *text;
  guint32 flags = 0;

  if (!e13_lines_see (lines, prefix))
    return TRUE;
  text = lines->line + strlen (prefix);
  for (guint i = 0; i < 3; i++)
    {
      if (text[i] != '-' && text[i] != set[i])
        return e13_lines_fail_expecting (lines, "flags like 's-t'", error);
      flags |= text[i] == '-' ? 0 : 04000 >> i;
    }
  if (text[3] != '\0')
    return e13_lines_fail_expecting (lines, "three flags", error);
  *mode = (*mode & ~07000u) | flags;
  return e13_lines_take (lines, error);
}

/* "none" becomes NULL. */
static gboolean
take_bytes (E13Lines *lines, const char *prefix, GBytes **ret_bytes, GError **error)
{
  const char *text = e13_lines_see_value (lines, prefix, error);
  g_autofree char *again = NULL;
  g_autofree guint8 *data = NULL;
  gsize size;

  if (text == NULL)
    return FALSE;
  if (g_str_equal (text, "none"))
    {
      *ret_bytes = NULL;
      return e13_lines_take (lines, error);
    }
  data = g_base64_decode (text, &size);
  again = g_base64_encode (data, size);
  if (!g_str_equal (text, size > 0 ? again : "="))
    return e13_lines_fail_expecting (lines, "bytes in Base64, or 'none'", error);
  if (!e13_lines_take (lines, error))
    return FALSE;
  *ret_bytes = g_bytes_new_take (g_steal_pointer (&data), size);
  return TRUE;
}

/* What is written back must be a descriptor. */
static gboolean
take_sd (E13Lines *lines, const char *prefix, GBytes **ret_sd, GError **error)
{
  guint64 number = lines->number;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (E13SecurityDescriptor) sd = NULL;
  g_autoptr (GError) cause = NULL;

  if (!take_bytes (lines, prefix, &bytes, error))
    return FALSE;
  if (bytes != NULL)
    sd = e13_sd_decode (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), &cause);
  if (sd == NULL)
    {
      lines->number = number;
      return e13_lines_fail (lines, error, "this is no security descriptor: %s",
                             cause != NULL ? cause->message : "none");
    }
  *ret_sd = g_steal_pointer (&bytes);
  return TRUE;
}

static gboolean
take_yes_or_no (E13Lines *lines, const char *prefix, gboolean *ret_yes, GError **error)
{
  const char *text = e13_lines_see_value (lines, prefix, error);

  if (text == NULL)
    return FALSE;
  if (!g_str_equal (text, "yes") && !g_str_equal (text, "no"))
    return e13_lines_fail_expecting (lines, "'yes' or 'no'", error);
  *ret_yes = text[0] == 'y';
  return e13_lines_take (lines, error);
}

static gboolean
take_image_of_windows (E13Lines *lines, E13Attributes *image, GError **error)
{
  image->access = e13_acl_from_mode (0);
  return take_sd (lines, "# sd: ", &image->sd, error) && take_bytes (lines, "# zone: ", &image->zone, error)
         && take_yes_or_no (lines, "# read-only: ", &image->read_only, error);
}

static gboolean
take_image (E13Lines *lines, E13Attributes *image, GError **error)
{
  if (e13_lines_see (lines, "# sd: "))
    return take_image_of_windows (lines, image, error);
  if (!e13_lines_take_number (lines, "# owner: ", &image->uid, error)
      || !e13_lines_take_number (lines, "# group: ", &image->gid, error)
      || !take_flags (lines, "# flags: ", &image->mode, error) || !take_acl (lines, "", &image->access, error))
    return FALSE;
  if (image->access == NULL)
    return e13_lines_fail_expecting (lines, "an ACL entry", error);
  image->mode |= e13_acl_to_mode (image->access);
  return take_acl (lines, "default:", &image->default_acl, error);
}

static gboolean
take_after_of_windows (E13Lines *lines, E13Attributes *after, GError **error)
{
  g_autoptr (GBytes) sd = NULL;
  g_autoptr (GBytes) zone = NULL;

  if (e13_lines_see (lines, "# after-sd: "))
    {
      if (!take_sd (lines, "# after-sd: ", &sd, error))
        return FALSE;
      g_bytes_unref (after->sd);
      after->sd = g_steal_pointer (&sd);
    }
  if (e13_lines_see (lines, "# after-zone: "))
    {
      if (!take_bytes (lines, "# after-zone: ", &zone, error))
        return FALSE;
      g_clear_pointer (&after->zone, g_bytes_unref);
      after->zone = g_steal_pointer (&zone);
    }
  return !e13_lines_see (lines, "# after-read-only: ")
         || take_yes_or_no (lines, "# after-read-only: ", &after->read_only, error);
}

/* @after starts as a copy of the image before. */
static gboolean
take_after (E13Lines *lines, E13Attributes *after, GError **error)
{
  g_autoptr (E13Acl) access = NULL;
  g_autoptr (E13Acl) default_acl = NULL;
  gboolean no_default;

  if (after->sd != NULL)
    return take_after_of_windows (lines, after, error);
  if ((e13_lines_see (lines, "# after-owner: ")
       && !e13_lines_take_number (lines, "# after-owner: ", &after->uid, error))
      || (e13_lines_see (lines, "# after-group: ")
          && !e13_lines_take_number (lines, "# after-group: ", &after->gid, error))
      || !take_flags (lines, "# after-flags: ", &after->mode, error) || !take_acl (lines, "# after:", &access, error))
    return FALSE;
  no_default = e13_lines_see (lines, "# after-default: none");
  if (no_default ? !e13_lines_take (lines, error) : !take_acl (lines, "# after:default:", &default_acl, error))
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
take_kind (E13Lines *lines, E13ChangeKind *ret_kind, GError **error)
{
  const char *text = e13_lines_see_value (lines, "# kind: ", error);

  if (text == NULL)
    return FALSE;
  for (E13ChangeKind kind = E13_CHANGE_SET; kind <= E13_CHANGE_REWRITE; kind++)
    if (g_str_equal (text, e13_journal_kind_name (kind)))
      {
        *ret_kind = kind;
        return e13_lines_take (lines, error);
      }
  return e13_lines_fail_expecting (lines, "a kind of change", error);
}

static gboolean
take_type (E13Lines *lines, E13ObjectType *ret_type, GError **error)
{
  const char *text = e13_lines_see_value (lines, "# type: ", error);

  if (text == NULL)
    return FALSE;
  for (E13ObjectType type = E13_TYPE_UNKNOWN; type <= E13_TYPE_BLOCK_DEVICE; type++)
    if (g_str_equal (text, e13_object_type_name (type)))
      {
        *ret_type = type;
        return e13_lines_take (lines, error);
      }
  return e13_lines_fail_expecting (lines, "a type of object", error);
}

/* How the rest of the program names the object at @absolute: beneath the site, or absolute where it is a parent of
 * it. */
static char *
path_for_site (const char *site, const char *absolute)
{
  char separator = e13_path_is_windows (site) ? '\\' : '/';
  gsize length = strlen (site);
  char *below;

  if (g_str_equal (site, absolute))
    return g_strdup ("");
  if (length > 0 && site[length - 1] == separator)
    length--;
  if (strncmp (site, absolute, length) != 0 || absolute[length] != separator)
    return g_strdup (absolute);
  below = g_strdup (absolute + length + 1);
  return separator == '/' ? below : g_strdelimit (below, "\\", '/');
}

static gboolean
take_details (E13Lines *lines, E13Change *change, GError **error)
{
  gboolean outside = change->path[0] == '/';

  if (!take_kind (lines, &change->kind, error) || !take_type (lines, &change->type, error))
    return FALSE;
  if (change->kind == E13_CHANGE_REWRITE && (outside || change->type != E13_TYPE_FILE))
    return e13_lines_fail (lines, error, "only a file of the site can have been rewritten");
  if (change->kind != E13_CHANGE_SET && change->path[0] == '\0')
    return e13_lines_fail (lines, error, "the site itself cannot have been made or removed");
  if ((outside || (change->kind != E13_CHANGE_SET && change->kind != E13_CHANGE_REWRITE))
      && change->type != E13_TYPE_DIRECTORY)
    return e13_lines_fail (lines, error, "only a directory can be %s",
                           outside ? "changed outside the site" : "made or removed");
  if (outside && change->kind != E13_CHANGE_SET)
    return e13_lines_fail (lines, error, "nothing can have been made or removed outside the site");
  if (change->kind == E13_CHANGE_MAKE_DIRECTORY)
    return TRUE;
  return e13_lines_take_number (lines, "# links: ", &change->n_links, error)
         && take_key (lines, "# key: ", &change->key, error)
         && take_handle (lines, "# handle: ", &change->handle, error);
}

/* What a file held, and what it was given. */
static gboolean
take_contents (E13Lines *lines, E13Change *change, GError **error)
{
  if (!take_bytes (lines, "# content: ", &change->before.content, error)
      || !take_bytes (lines, "# after-content: ", &change->after.content, error))
    return FALSE;
  return (change->before.content != NULL && change->after.content != NULL)
         || e13_lines_fail_expecting (lines, "the content before and after", error);
}

static E13Change *
take_record (E13Lines *lines, const char *site, GError **error)
{
  g_autoptr (E13Change) change = g_new0 (E13Change, 1);
  g_autofree char *absolute = NULL;

  if (lines->ended || lines->torn || lines->line[0] != '\0')
    return e13_lines_fail_expecting (lines, "a blank line and the next record", error), NULL;
  if (!e13_lines_take (lines, error) || (absolute = take_path (lines, "# file: ", error)) == NULL)
    return NULL;
  change->path = path_for_site (site, absolute);
  if (!take_image (lines, &change->before, error) || !take_details (lines, change, error))
    return NULL;
  e13_attributes_copy (&change->after, &change->before);
  if (change->kind == E13_CHANGE_SET && !take_after (lines, &change->after, error))
    return NULL;
  if (change->kind == E13_CHANGE_REWRITE && !take_contents (lines, change, error))
    return NULL;
  return e13_lines_take_sum (lines, error) ? g_steal_pointer (&change) : NULL;
}

/* ---- Marks, and the whole -------------------------------------------------------------------- */

/* What a mark that begins with @prefix says, which its sum must cover; NULL where @line is none. */
static const char *
text_of_mark (const char *line, const char *prefix)
{
  E13JournalSum sum;
  const char *text;

  if (!g_str_has_prefix (line, prefix) || strlen (line) < strlen (prefix) + sizeof sum.hex)
    return NULL;
  line += strlen (prefix);
  text = line + sizeof sum.hex;
  sum = e13_journal_sum (NULL, text, strlen (text));
  return line[sizeof sum.hex - 1] == ' ' && strncmp (line, sum.hex, sizeof sum.hex - 1) == 0 ? text : NULL;
}

char *
e13_journal_parse_mark (const char *line)
{
  const char *text = text_of_mark (line, MARK_PREFIX);
  const char *by = text != NULL ? strstr (text, " by ") : NULL;

  return by != NULL ? e13_unquote_getfacl (by + strlen (" by "), NULL) : NULL;
}

static gboolean
take_marks (E13Lines *lines, E13Journal *journal, GError **error)
{
  while (!lines->ended && !lines->torn)
    {
      g_autofree char *by = e13_journal_parse_mark (lines->line);

      if (by == NULL && text_of_mark (lines->line, LEFT_PREFIX) == NULL)
        return e13_lines_fail_expecting (lines, "the end, or an undamaged '" MARK_PREFIX "'", error);
      if (by != NULL)
        {
          g_free (journal->undone_by);
          journal->undone_by = g_steal_pointer (&by);
        }
      if (!e13_lines_take (lines, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
take_all (E13Lines *lines, E13Journal *journal, gboolean header_only, GError **error)
{
  guint32 n_records;

  if (!e13_lines_fetch (lines, error) || !take_header (lines, journal, &n_records, error))
    return FALSE;
  if (header_only)
    return TRUE;
  journal->changes = g_ptr_array_new_with_free_func ((GDestroyNotify)e13_change_free);
  for (guint32 i = 0; i < n_records; i++)
    {
      E13Change *change = take_record (lines, journal->site, error);

      if (change == NULL)
        return FALSE;
      g_ptr_array_add (journal->changes, change);
    }
  return take_marks (lines, journal, error);
}

E13Journal *
e13_journal_parse (FILE *in, const char *path, gboolean header_only, GError **error)
{
  g_auto (E13Lines) lines = { .in = in, .name = e13_quote_display (path), .piece = g_string_new (NULL) };
  g_autoptr (E13Journal) journal = g_new0 (E13Journal, 1);

  journal->path = g_strdup (path);
  return take_all (&lines, journal, header_only, error) ? g_steal_pointer (&journal) : NULL;
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
