/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* From changes to the journal's text. setfacl --restore reads the same lines: it wants a "# file:" in every paragraph
 * but the first, takes other comments anywhere, and stumbles over a paragraph of comments at the end. So records are
 * parted by a blank line in front of each, and a mark is appended to the last record's paragraph. */

#include "repair/journal-format.h"

#include <string.h>

#include "base/path.h"
#include "base/quote.h"

E13JournalSum
e13_journal_sum (const E13JournalSum *previous, const char *text, gsize length)
{
  static const char digits[] = "0123456789abcdef";
  GChecksum *checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 digest[32];
  gsize size = sizeof digest;
  E13JournalSum sum;

  if (previous != NULL)
    g_checksum_update (checksum, (const guchar *)previous->hex, (gssize)strlen (previous->hex));
  g_checksum_update (checksum, (const guchar *)text, (gssize)length);
  g_checksum_get_digest (checksum, digest, &size);
  for (gsize i = 0; i + 1 < sizeof sum.hex; i++)
    sum.hex[i] = digits[i % 2 == 0 ? digest[i / 2] >> 4 : digest[i / 2] & 15];
  sum.hex[sizeof sum.hex - 1] = '\0';
  g_checksum_free (checksum);
  return sum;
}

/* As printf(3) would, in a tenth of its time. */
static void
append_number (GString *out, guint64 number)
{
  char digits[20];
  gsize first = sizeof digits;

  do
    digits[--first] = (char)('0' + number % 10);
  while ((number /= 10) > 0);
  g_string_append_len (out, digits + first, (gssize)(sizeof digits - first));
}

static void
append_line (GString *out, const char *key, const char *value)
{
  g_string_append (out, "# ");
  g_string_append (out, key);
  g_string_append (out, ": ");
  g_string_append (out, value);
  g_string_append_c (out, '\n');
}

static void
append_number_line (GString *out, const char *key, guint64 number)
{
  g_string_append (out, "# ");
  g_string_append (out, key);
  g_string_append (out, ": ");
  append_number (out, number);
  g_string_append_c (out, '\n');
}

static void
append_quoted (GString *out, const char *key, const char *value)
{
  g_autofree char *quoted = e13_quote_getfacl (value);

  append_line (out, key, quoted);
}

static void
append_key (GString *out, const char *name, const E13ObjectKey *key)
{
  const guint64 before_seconds[] = { key->device, key->inode, key->mount_id };

  g_string_append (out, "# ");
  g_string_append (out, name);
  g_string_append_c (out, ':');
  for (gsize i = 0; i < G_N_ELEMENTS (before_seconds); i++)
    {
      g_string_append_c (out, ' ');
      append_number (out, before_seconds[i]);
    }
  g_string_append (out, key->changed_seconds < 0 ? " -" : " ");
  append_number (out, key->changed_seconds < 0 ? -(guint64)key->changed_seconds : (guint64)key->changed_seconds);
  g_string_append_c (out, ' ');
  append_number (out, key->changed_nanoseconds);
  g_string_append_c (out, '\n');
}

static void
append_handle (GString *out, const char *name, const char *handle)
{
  append_quoted (out, name, handle != NULL ? handle : "none");
}

static void
append_sum (GString *out, gsize start, const E13JournalSum *previous, E13JournalSum *ret_sum)
{
  *ret_sum = e13_journal_sum (previous, out->str + start, out->len - start);
  append_line (out, "checksum", ret_sum->hex);
}

void
e13_journal_append_header (GString *out, const E13Journal *journal, guint n_records, E13JournalSum *sum)
{
  gsize start = out->len;

  g_string_append_printf (out, E13_JOURNAL_PREFIX "%d\n", E13_JOURNAL_VERSION);
  append_quoted (out, "site", journal->site);
  append_key (out, "site-key", &journal->root_key);
  append_handle (out, "site-handle", journal->root_handle);
  append_quoted (out, "machine", journal->machine);
  append_quoted (out, "when", journal->when);
  if (journal->undoes != NULL)
    append_quoted (out, "undoes", journal->undoes);
  g_string_append_printf (out, "# records: %u\n", n_records);
  append_sum (out, start, NULL, sum);
}

static void
append_flags (GString *out, const char *name, guint32 mode)
{
  g_string_append_printf (out, "# %s: %c%c%c\n", name, mode & 04000 ? 's' : '-', mode & 02000 ? 's' : '-',
                          mode & 01000 ? 't' : '-');
}

static void
append_bytes (GString *out, const char *key, const GBytes *bytes)
{
  gsize size = 0;
  const guint8 *data = bytes != NULL ? g_bytes_get_data ((GBytes *)bytes, &size) : NULL;
  g_autofree char *text = bytes != NULL ? g_base64_encode (data, size) : g_strdup ("none");

  /* Base64 of nothing is nothing, which is no value. */
  g_string_append_printf (out, "# %s: %s\n", key, bytes != NULL && size == 0 ? "=" : text);
}

static void
append_read_only (GString *out, const char *key, gboolean read_only)
{
  g_string_append_printf (out, "# %s: %s\n", key, read_only ? "yes" : "no");
}

/* What getfacl would print, for setfacl to restore. Of an object of Windows there is nothing that setfacl could do. */
static void
append_image (GString *out, const E13Attributes *image)
{
  if (image->sd != NULL)
    {
      append_bytes (out, "sd", image->sd);
      append_bytes (out, "zone", image->zone);
      append_read_only (out, "read-only", image->read_only);
      return;
    }
  append_number_line (out, "owner", image->uid);
  append_number_line (out, "group", image->gid);
  if (image->mode & 07000)
    append_flags (out, "flags", image->mode);
  e13_acl_append_getfacl (out, image->access, "");
  if (image->default_acl != NULL)
    e13_acl_append_getfacl (out, image->default_acl, "default:");
}

static void
append_after_of_windows (GString *out, const E13Attributes *before, const E13Attributes *after)
{
  if (!e13_attributes_same_sd (after->sd, before->sd))
    append_bytes (out, "after-sd", after->sd);
  if (!e13_attributes_same_zone (after->zone, before->zone))
    append_bytes (out, "after-zone", after->zone);
  if (after->read_only != before->read_only)
    append_read_only (out, "after-read-only", after->read_only);
}

/* Of the image after the change, only what the change changes. */
static void
append_after (GString *out, const E13Attributes *before, const E13Attributes *after)
{
  if (before->sd != NULL)
    {
      append_after_of_windows (out, before, after);
      return;
    }
  if (after->uid != before->uid)
    append_number_line (out, "after-owner", after->uid);
  if (after->gid != before->gid)
    append_number_line (out, "after-group", after->gid);
  if ((after->mode ^ before->mode) & 07000)
    append_flags (out, "after-flags", after->mode);
  if (!e13_acl_equal (after->access, before->access))
    e13_acl_append_getfacl (out, after->access, "# after:");
  if (e13_acl_equal (after->default_acl, before->default_acl))
    return;
  if (after->default_acl == NULL)
    g_string_append (out, "# after-default: none\n");
  else
    e13_acl_append_getfacl (out, after->default_acl, "# after:default:");
}

const char *
e13_journal_kind_name (E13ChangeKind kind)
{
  static const char *const names[] = {
    [E13_CHANGE_SET] = "set",
    [E13_CHANGE_MAKE_DIRECTORY] = "make-directory",
    [E13_CHANGE_REMOVE_DIRECTORY] = "remove-directory",
    [E13_CHANGE_REWRITE] = "rewrite",
  };

  return names[kind];
}

static void
append_path (GString *out, const char *site, const char *path)
{
  g_autofree char *absolute
      = path[0] == '/' ? g_strdup (path) : e13_path_join (site, path, e13_path_is_windows (site) ? '\\' : '/');

  append_quoted (out, "file", absolute);
}

void
e13_journal_append_record (GString *out, const char *site, const E13Change *change, E13JournalSum *sum)
{
  gboolean exists = change->kind != E13_CHANGE_MAKE_DIRECTORY;
  gsize start = out->len;

  g_string_append_c (out, '\n');
  append_path (out, site, change->path);
  append_image (out, exists ? &change->before : &change->after);
  append_line (out, "kind", e13_journal_kind_name (change->kind));
  append_line (out, "type", e13_object_type_name (change->type));
  if (exists)
    {
      append_number_line (out, "links", change->n_links);
      append_key (out, "key", &change->key);
      append_handle (out, "handle", change->handle);
    }
  if (change->kind == E13_CHANGE_SET)
    append_after (out, &change->before, &change->after);
  if (change->kind == E13_CHANGE_REWRITE)
    {
      append_bytes (out, "content", change->before.content);
      append_bytes (out, "after-content", change->after.content);
    }
  append_sum (out, start, sum, sum);
}

static void
append_marked (GString *out, const char *key, const char *text)
{
  E13JournalSum sum = e13_journal_sum (NULL, text, strlen (text));

  g_string_append_printf (out, "# %s: %s %s\n", key, sum.hex, text);
}

void
e13_journal_append_mark (GString *out, const char *by, const char *when)
{
  g_autofree char *quoted = e13_quote_getfacl (by);
  g_autofree char *text = g_strdup_printf ("%s by %s", when, quoted);

  append_marked (out, "undone", text);
}

void
e13_journal_append_left (GString *out, guint n_left, guint n_all, const char *when)
{
  g_autofree char *text = g_strdup_printf ("%s %u of %u changes were not kept", when, n_left, n_all);

  append_marked (out, "left", text);
}
