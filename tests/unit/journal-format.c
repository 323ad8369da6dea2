/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <criterion/criterion.h>
#include <criterion/parameterized.h>
#include <string.h>

#include "base/error.h"
#include "model/sddl.h"
#include "repair/journal-format.h"
#include "tests/support/acl-text.h"

TestSuite (journal_format, .timeout = 120);

typedef struct
{
  E13ChangeKind kind;
  const char *path;
  E13ObjectType type;
  const char *handle;
  guint32 uid, gid, mode;
  const char *access;
  const char *default_acl;
  guint32 new_uid, new_gid, new_mode;
  const char *new_access;
  const char *new_default;
} Row;

#define NAMED "u::rwx,u:33:r-x,g::r-x,m::r-x,o::---"
#define PLAIN "u::rwx,g::r-x,o::---"
#define FILE_PLAIN "u::rw-,g::r--,o::---"
#define FILE_NAMED "u::rw-,u:33:r--,g:7:---,g::r--,m::r--,o::---"

static const Row rows[] = {
  { E13_CHANGE_SET, "/srv", E13_TYPE_DIRECTORY, "1:00ff", 0, 0, 0750, PLAIN, NULL, 0, 0, 0750, NAMED, NULL },
  { E13_CHANGE_SET, "", E13_TYPE_DIRECTORY, "1:0101", 7, 8, 02750, PLAIN, NULL, 7, 8, 02750, NAMED, NAMED },
  { E13_CHANGE_SET, "a\nb", E13_TYPE_FILE, "btime:12.5", 7, 8, 0640, FILE_PLAIN, NULL, 33, 8, 0640, FILE_NAMED, NULL },
  { E13_CHANGE_SET, "bad\377\200utf", E13_TYPE_FILE, NULL, 7, 8, 04640, FILE_PLAIN, NULL, 7, 33, 0640, FILE_PLAIN,
    NULL },
  { E13_CHANGE_SET, "back\\slash \t\r", E13_TYPE_FILE, "1:02", 4294967295u, 4294967294u, 07640, FILE_NAMED, NULL,
    4294967295u, 4294967294u, 07640, FILE_PLAIN, NULL },
  { E13_CHANGE_SET, "default gone", E13_TYPE_DIRECTORY, "1:03", 7, 8, 01750, NAMED, NAMED, 7, 8, 0750, NAMED, NULL },
  { E13_CHANGE_SET, "default cut", E13_TYPE_DIRECTORY, "1:04", 7, 8, 0750, NAMED, NAMED, 7, 8, 0750, NAMED, PLAIN },
  { E13_CHANGE_MAKE_DIRECTORY, "up/loads", E13_TYPE_DIRECTORY, NULL, 7, 8, 0750, NAMED, NAMED, 7, 8, 0750, NAMED,
    NAMED },
  { E13_CHANGE_REMOVE_DIRECTORY, "old", E13_TYPE_DIRECTORY, "1:05", 7, 8, 0750, NAMED, NULL, 7, 8, 0750, NAMED, NULL },
  { E13_CHANGE_REWRITE, "app/web.config", E13_TYPE_FILE, "1:06", 7, 8, 0640, FILE_PLAIN, NULL, 7, 8, 0640, FILE_PLAIN,
    NULL },
};

static void
fill (E13Attributes *attributes, guint32 uid, guint32 gid, guint32 mode, const char *access, const char *default_acl)
{
  *attributes = (E13Attributes){
    .uid = uid,
    .gid = gid,
    .mode = mode,
    .access = test_acl (access),
    .default_acl = default_acl != NULL ? test_acl (default_acl) : NULL,
  };
}

static E13Change *
change_of (const Row *row)
{
  E13Change *change = g_new0 (E13Change, 1);

  change->kind = row->kind;
  change->path = g_strdup (row->path);
  change->type = row->type;
  change->handle = g_strdup (row->handle);
  if (row->kind != E13_CHANGE_MAKE_DIRECTORY)
    {
      change->key = (E13ObjectKey){ 2049, 18446744073709551615u, 29, -5, 999999999 };
      change->n_links = 2;
    }
  fill (&change->before, row->uid, row->gid, row->mode, row->access, row->default_acl);
  fill (&change->after, row->new_uid, row->new_gid, row->new_mode, row->new_access, row->new_default);
  if (row->kind == E13_CHANGE_REWRITE)
    {
      static const char content[] = "\377\376<\r\n# content: 00\n\0";

      change->before.content = g_bytes_new (content, sizeof content);
      change->after.content = g_bytes_new (NULL, 0);
    }
  return change;
}

static GString *
write_journal (const char *site, gsize first, gsize n)
{
  const E13Journal header = {
    .site = (char *)site,
    .root_key = { 2049, 12, 29, 1700000000, 5 },
    .root_handle = (char *)"1:aa",
    .machine = (char *)"0123abcd",
    .when = (char *)"2026-11-23T21:40:07Z",
    .undoes = (char *)"/var/lib/errno13/2026-11-23T21-00-00.acl",
  };
  GString *out = g_string_new (NULL);
  E13JournalSum sum;

  e13_journal_append_header (out, &header, (guint)n, &sum);
  for (gsize i = first; i < first + n; i++)
    {
      g_autoptr (E13Change) change = change_of (&rows[i]);

      e13_journal_append_record (out, site, change, &sum);
    }
  return out;
}

static E13Journal *
read_journal (const char *text, gsize length, GError **error)
{
  FILE *in = length > 0 ? fmemopen ((char *)text, length, "r") : fopen ("/dev/null", "r");
  E13Journal *journal = e13_journal_parse (in, "j", FALSE, error);

  fclose (in);
  return journal;
}

static gboolean
same_content (const E13Attributes *a, const E13Attributes *b)
{
  return a->content == NULL || b->content == NULL ? a->content == b->content : g_bytes_equal (a->content, b->content);
}

static gboolean
same_change (const E13Change *a, const E13Change *b)
{
  return a->kind == b->kind && g_str_equal (a->path, b->path) && a->type == b->type && a->n_links == b->n_links
         && e13_object_key_same_state (&a->key, &b->key) && a->key.mount_id == b->key.mount_id
         && g_strcmp0 (a->handle, b->handle) == 0 && e13_attributes_equal (&a->before, &b->before)
         && e13_attributes_equal (&a->after, &b->after) && same_content (&a->before, &b->before)
         && same_content (&a->after, &b->after);
}

/* But for undone_by. */
static gboolean
same_journal (const E13Journal *a, const E13Journal *b)
{
  if (!g_str_equal (a->site, b->site) || !e13_object_key_same_state (&a->root_key, &b->root_key)
      || g_strcmp0 (a->root_handle, b->root_handle) != 0 || !g_str_equal (a->machine, b->machine)
      || !g_str_equal (a->when, b->when) || g_strcmp0 (a->undoes, b->undoes) != 0 || a->changes->len != b->changes->len)
    return FALSE;
  for (guint i = 0; i < a->changes->len; i++)
    if (!same_change (a->changes->pdata[i], b->changes->pdata[i]))
      return FALSE;
  return TRUE;
}

ParameterizedTestParameters (journal_format, comes_back_as_it_was_written)
{
  static gsize indices[G_N_ELEMENTS (rows)];

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    indices[i] = i;
  return cr_make_param_array (gsize, indices, G_N_ELEMENTS (rows));
}

ParameterizedTest (gsize *index, journal_format, comes_back_as_it_was_written)
{
  static const char *const sites[] = { "/srv/site", "/", "/srv/a\nb\\" };
  g_autoptr (E13Change) change = change_of (&rows[*index]);

  for (gsize i = 0; i < G_N_ELEMENTS (sites); i++)
    {
      g_autoptr (GString) text = write_journal (sites[i], *index, 1);
      g_autoptr (GError) error = NULL;
      g_autoptr (E13Journal) journal = read_journal (text->str, text->len, &error);

      if (g_str_equal (sites[i], "/") && rows[*index].path[0] == '/')
        continue; /* nothing is a parent of / */
      cr_assert_not_null (journal, "row '%s': %s", rows[*index].path, error != NULL ? error->message : "no error");
      cr_expect_str_eq (journal->site, sites[i], "row '%s': the site is '%s'", rows[*index].path, journal->site);
      cr_expect (same_change (change, journal->changes->pdata[0]), "row '%s' came back changed from:\n%s",
                 rows[*index].path, text->str);
    }
}

Test (journal_format, is_what_the_manual_shows)
{
  static const char expected[] = "# errno13 journal, format 3\n"
                                 "# site: /srv/site\n"
                                 "# site-key: 2049 12 29 1700000000 5\n"
                                 "# site-handle: 1:aa\n"
                                 "# machine: 0123abcd\n"
                                 "# when: 2026-11-23T21:40:07Z\n"
                                 "# undoes: /var/lib/errno13/2026-11-23T21-00-00.acl\n"
                                 "# records: 1\n"
                                 "# checksum: *\n"
                                 "\n"
                                 "# file: /srv/site\n"
                                 "# owner: 7\n"
                                 "# group: 8\n"
                                 "# flags: -s-\n"
                                 "user::rwx\n"
                                 "group::r-x\n"
                                 "other::---\n"
                                 "# kind: set\n"
                                 "# type: directory\n"
                                 "# links: 2\n"
                                 "# key: 2049 18446744073709551615 29 -5 999999999\n"
                                 "# handle: 1:0101\n"
                                 "# after:user::rwx\n"
                                 "# after:user:33:r-x\n"
                                 "# after:group::r-x\n"
                                 "# after:mask::r-x\n"
                                 "# after:other::---\n"
                                 "# after:default:user::rwx\n"
                                 "# after:default:user:33:r-x\n"
                                 "# after:default:group::r-x\n"
                                 "# after:default:mask::r-x\n"
                                 "# after:default:other::---\n"
                                 "# checksum: *\n";
  g_autoptr (GString) text = write_journal ("/srv/site", 1, 1);
  g_autoptr (GRegex) sums = g_regex_new ("checksum: [0-9a-f]{16}\n", 0, 0, NULL);
  g_autofree char *shown = g_regex_replace_literal (sums, text->str, -1, 0, "checksum: *\n", 0, NULL);

  cr_expect_str_eq (shown, expected, "the text is:\n%s", shown);
}

/* ---- Damage ---------------------------------------------------------------------------------- */

static GString *
marked_journal (void)
{
  GString *text = write_journal ("/srv/site", 0, G_N_ELEMENTS (rows));

  e13_journal_append_mark (text, "/var/lib/errno13/x\ny.acl", "2026-11-24T00:00:00Z");
  return text;
}

Test (journal_format, a_mark_comes_back)
{
  g_autoptr (GString) text = marked_journal ();
  g_autoptr (E13Journal) journal = read_journal (text->str, text->len, NULL);

  cr_assert_not_null (journal);
  cr_expect_str_eq (journal->undone_by, "/var/lib/errno13/x\ny.acl");
}

Test (journal_format, what_was_not_kept_is_marked)
{
  g_autoptr (GString) text = write_journal ("/srv/site", 0, G_N_ELEMENTS (rows));
  g_autoptr (E13Journal) left = NULL;
  g_autoptr (E13Journal) undone = NULL;
  g_autoptr (GError) error = NULL;

  e13_journal_append_left (text, 3, 9, "2026-11-24T00:00:00Z");
  cr_expect_not_null (strstr (text->str, " 3 of 9 changes were not kept\n"));
  left = read_journal (text->str, text->len, NULL);
  cr_assert_not_null (left);
  cr_expect_null (left->undone_by);
  e13_journal_append_mark (text, "/j", "2026-11-24T00:00:01Z");
  undone = read_journal (text->str, text->len, NULL);
  cr_expect_str_eq (undone->undone_by, "/j");
  g_string_replace (text, "3 of 9", "0 of 9", 1);
  cr_expect_null (read_journal (text->str, text->len, &error));
  cr_expect (g_error_matches (error, E13_ERROR, E13_ERROR_INPUT));
}

/* Harmless is what leaves every record as it was: at most the mark is lost. */
static void
expect_detected_or_harmless (const E13Journal *whole, const char *text, gsize length, const char *what, gsize at)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (E13Journal) journal = read_journal (text, length, &error);

  if (journal == NULL)
    cr_expect (error != NULL && strstr (error->message, "'j', line ") != NULL, "%s at %zu: no line in '%s'", what, at,
               error != NULL ? error->message : "(no error)");
  else
    cr_expect (same_journal (whole, journal), "%s at %zu was taken for another journal", what, at);
}

Test (journal_format, cut_off_anywhere)
{
  g_autoptr (GString) text = marked_journal ();
  g_autoptr (GString) unmarked = write_journal ("/srv/site", 0, G_N_ELEMENTS (rows));
  g_autoptr (E13Journal) whole = read_journal (text->str, text->len, NULL);

  for (gsize length = 0; length < text->len; length++)
    {
      g_autoptr (E13Journal) journal = NULL;

      expect_detected_or_harmless (whole, text->str, length, "cut", length);
      journal = read_journal (text->str, length, NULL);
      cr_expect ((journal != NULL) == (length >= unmarked->len), "cut at %zu of %zu: %s", length, unmarked->len,
                 journal != NULL ? "accepted" : "refused");
    }
}

Test (journal_format, any_byte_damaged)
{
  static const guchar damages[] = { 0x01, 0x20, 0x80, 0xff };
  g_autoptr (GString) text = marked_journal ();
  g_autoptr (E13Journal) whole = read_journal (text->str, text->len, NULL);

  for (gsize i = 0; i < text->len; i++)
    for (gsize d = 0; d <= G_N_ELEMENTS (damages); d++)
      {
        char old = text->str[i];

        text->str[i] = d < G_N_ELEMENTS (damages) ? (char)(old ^ damages[d]) : '\n';
        if (text->str[i] != old)
          expect_detected_or_harmless (whole, text->str, text->len, "damage", i);
        text->str[i] = old;
      }
}

Test (journal_format, a_record_left_out_or_doubled)
{
  g_autoptr (GString) text = write_journal ("/srv/site", 0, G_N_ELEMENTS (rows));
  g_auto (GStrv) paragraphs = g_strsplit (text->str, "\n\n", -1);
  guint n = g_strv_length (paragraphs);

  cr_assert_eq (n, G_N_ELEMENTS (rows) + 1);
  for (guint chosen = 1; chosen < n; chosen++)
    for (guint copies = 0; copies <= 2; copies += 2)
      {
        g_autoptr (GString) edited = g_string_new (paragraphs[0]);
        g_autoptr (E13Journal) journal = NULL;

        for (guint i = 1; i < n; i++)
          for (guint k = 0; k < (i == chosen ? copies : 1); k++)
            g_string_append_printf (edited, "\n\n%s", paragraphs[i]);
        if (edited->str[edited->len - 1] != '\n')
          g_string_append_c (edited, '\n');
        journal = read_journal (edited->str, edited->len, NULL);
        cr_expect_null (journal, "record %u was accepted %u times", chosen, copies);
      }
}

/* ---- Edits whose checksums are right --------------------------------------------------------- */

/* @text with all checksums made right. */
static GString *
sealed (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autoptr (GString) piece = g_string_new (NULL);
  GString *out = g_string_new (NULL);
  E13JournalSum sum;
  gboolean first = TRUE;

  for (guint i = 0; lines[i] != NULL && lines[i + 1] != NULL; i++)
    {
      g_string_append_printf (piece, "%s\n", lines[i]);
      if (!g_str_has_prefix (lines[i], "# checksum: "))
        continue;
      g_string_truncate (piece, piece->len - strlen (lines[i]) - 1);
      sum = e13_journal_sum (first ? NULL : &sum, piece->str, piece->len);
      first = FALSE;
      g_string_append_printf (out, "%s# checksum: %s\n", piece->str, sum.hex);
      g_string_truncate (piece, 0);
    }
  g_string_append (out, piece->str);
  return out;
}

typedef struct
{
  const char *from;
  const char *to;
  const char *says; /* NULL: accepted */
} Edit;

static const Edit edits[] = {
  { "owner: 7", "owner: 8", NULL },
  { "format 3", "format 4", "line 1: it has format 4, made by a newer errno13" },
  { "format 3", "format x", "line 1: this is not an errno13 journal" },
  { "# site: /srv/site", "# site: srv/site", "line 2: the path is not absolute" },
  { "# site: /srv/site", "# site: ", "line 2: the path is not absolute" },
  { "# site: /srv/site", "# site: /srv/../etc", "line 2: the path is not absolute, or has '.' or '..' in it" },
  { "# site: /srv/site", "# site: /srv//site", "line 2: the path" },
  { "# site: /srv/site", "# site: /srv/site/", "line 2: the path" },
  { "# site: /srv/site", "# site: /srv/\\8", "line 2: expected a name with valid escapes" },
  { "2049 12 29 1700000000 5", "2049 12 29 1700000000", "line 3: expected the five numbers of a key" },
  { "2049 12 29 1700000000 5", "2049 12 29 1700000000 1000000000", "line 3: expected the five numbers" },
  { "records: 1", "records: 2", "line 34: it ends here, so it is cut off" },
  { "records: 1", "records: 0", "line 10: expected the end" },
  { "records: 1", "records: 4294967296", "line 8: expected a number" },
  { "# owner: 7", "# owner: seven", "line 12: expected a number, found '# owner: seven'" },
  { "# owner: 7", "# owner: \033[31m", "found '# owner: \\033[31m'" },
  { "# owner: 7\n", "", "expected '# owner: '" },
  { "# flags: -s-", "# flags: -t-", "expected flags like 's-t'" },
  { "# flags: -s-", "# flags: -s", "expected flags like 's-t'" },
  { "# flags: -s-", "# flags: -s--", "expected three flags" },
  { "user::rwx\ngroup::r-x\nother::---\n# kind", "# kind", "expected an ACL entry" },
  { "user::rwx\ngroup", "group", "the ACL above is not valid: the entry of the owner" },
  { "user::rwx\ngroup", "user::rwx\nuser:33:r-x\ngroup",
    "the ACL above is not valid: there are named entries but no mask" },
  { "user::rwx\ngroup", "user::rwz\ngroup", "expected an ACL entry with a numeric id, found 'user::rwz'" },
  { "user::rwx\ngroup", "user:root:rwx\ngroup", "expected an ACL entry with a numeric id" },
  { "kind: set", "kind: burn", "expected a kind of change" },
  { "kind: set", "kind: make-directory", "the site itself cannot have been made or removed" },
  { "type: directory", "type: teapot", "expected a type of object" },
  { "# file: /srv/site\n", "# file: /etc\n", NULL },
  { "# file: /srv/site\n", "# file: /srv/sites\n", NULL },
  { "# file: /srv/site\n", "# file: /srv/site/..\n", "line 11: the path is not absolute, or has" },
};

ParameterizedTestParameters (journal_format, what_is_written_must_make_sense)
{
  static gsize indices[G_N_ELEMENTS (edits)];

  for (gsize i = 0; i < G_N_ELEMENTS (edits); i++)
    indices[i] = i;
  return cr_make_param_array (gsize, indices, G_N_ELEMENTS (edits));
}

ParameterizedTest (gsize *index, journal_format, what_is_written_must_make_sense)
{
  const Edit *edit = &edits[*index];
  g_autoptr (GString) text = write_journal ("/srv/site", 1, 1);
  const char *place = strstr (text->str, edit->from);
  g_autoptr (GString) edited = g_string_new (NULL);
  g_autoptr (GString) right = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (E13Journal) journal = NULL;

  cr_assert_not_null (place, "'%s' is not in the journal", edit->from);
  g_string_append_len (edited, text->str, place - text->str);
  g_string_append_printf (edited, "%s%s", edit->to, place + strlen (edit->from));
  right = sealed (edited->str);
  journal = read_journal (right->str, right->len, &error);
  if (edit->says == NULL)
    cr_expect_not_null (journal, "'%s' was refused: %s", edit->to, error != NULL ? error->message : "no error");
  else
    {
      cr_expect (g_error_matches (error, E13_ERROR, E13_ERROR_INPUT), "'%s' was accepted", edit->to);
      cr_expect (error != NULL && strstr (error->message, edit->says) != NULL, "'%s' instead of '%s': '%s'", edit->to,
                 edit->from, error != NULL ? error->message : "no error");
    }
}

Test (journal_format, only_directories_outside_and_only_set)
{
  static const struct
  {
    Row row;
    const char *says;
  } strangers[] = {
    { { E13_CHANGE_SET, "/etc/shadow", E13_TYPE_FILE, "1:1", 0, 0, 0640, FILE_PLAIN, NULL, 0, 0, 0640, FILE_NAMED,
        NULL },
      "only a directory can be changed outside the site" },
    { { E13_CHANGE_REMOVE_DIRECTORY, "/etc", E13_TYPE_DIRECTORY, "1:1", 0, 0, 0750, PLAIN, NULL, 0, 0, 0750, PLAIN,
        NULL },
      "nothing can have been made or removed outside the site" },
    { { E13_CHANGE_REMOVE_DIRECTORY, "x", E13_TYPE_FILE, "1:1", 0, 0, 0750, PLAIN, NULL, 0, 0, 0750, PLAIN, NULL },
      "only a directory can be made or removed" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (strangers); i++)
    {
      g_autoptr (GString) text = write_journal ("/srv/site", 0, 0);
      g_autoptr (GString) right = NULL;
      g_autoptr (E13Change) change = change_of (&strangers[i].row);
      g_autoptr (GError) error = NULL;
      g_autoptr (E13Journal) journal = NULL;
      E13JournalSum sum = { "" };

      strstr (text->str, "records: 0")[strlen ("records: ")] = '1';
      e13_journal_append_record (text, "/srv/site", change, &sum);
      right = sealed (text->str);
      journal = read_journal (right->str, right->len, &error);
      cr_expect_null (journal, "row %zu was accepted", i);
      cr_expect (error != NULL && strstr (error->message, strangers[i].says) != NULL, "row %zu: %s", i,
                 error != NULL ? error->message : "no error");
    }
}

/* ---- Windows ------------------------------------------------------------------------------------------------------
 */

typedef struct
{
  const char *label;
  const char *site;
  const char *path;
  E13ObjectType type;
  const char *sd;
  const char *new_sd;
  const char *zone; /* NULL: none */
  const char *new_zone;
  gboolean read_only;
  gboolean new_read_only;
} WindowsRow;

static const WindowsRow windows_rows[] = {
  { "a directory gains an entry", "C:\\www\\s", "cgi-bin/deep er", E13_TYPE_DIRECTORY, "O:BAG:SYD:AI(A;OICIID;FA;;;BA)",
    "O:BAG:SYD:AI(A;OICI;0x1301bf;;;AU)(A;OICIID;FA;;;BA)", NULL, NULL, FALSE, FALSE },
  { "the site itself", "C:\\www\\s", "", E13_TYPE_DIRECTORY, "D:P", "D:P(A;;FA;;;WD)", NULL, NULL, FALSE, FALSE },
  { "a drive", "D:\\", "a/b", E13_TYPE_FILE, "D:P", "D:P(A;;FA;;;WD)", NULL, NULL, FALSE, FALSE },
  { "a share", "\\\\server\\share", "a", E13_TYPE_FILE, "D:P", "D:P(A;;FA;;;WD)", NULL, NULL, FALSE, FALSE },
  { "a mounted volume", "/mnt/win", "back\\slash/a", E13_TYPE_FILE, "D:P", "D:P", "[ZoneTransfer]\r\nZoneId=3\r\n",
    NULL, TRUE, FALSE },
  { "a stream comes back", "/mnt/win", "a", E13_TYPE_FILE, "D:P", "D:P", NULL, "\377\n", FALSE, TRUE },
  { "an empty stream", "/mnt/win", "a", E13_TYPE_FILE, "D:P", "D:P", "", NULL, FALSE, FALSE },
};

static GBytes *
sd_bytes (const char *sddl)
{
  g_autoptr (E13SecurityDescriptor) sd = e13_sddl_parse (sddl, NULL, NULL);

  return e13_sd_encode (sd, NULL);
}

static GBytes *
text_bytes (const char *text)
{
  return text != NULL ? g_bytes_new (text, strlen (text)) : NULL;
}

static E13Change *
change_of_windows (const WindowsRow *row)
{
  E13Change *change = g_new0 (E13Change, 1);

  change->path = g_strdup (row->path);
  change->type = row->type;
  change->key = (E13ObjectKey){ 1, 2, 3, 4, 5 };
  change->n_links = 1;
  change->before.access = e13_acl_from_mode (0);
  change->after.access = e13_acl_from_mode (0);
  change->before.sd = sd_bytes (row->sd);
  change->after.sd = sd_bytes (row->new_sd);
  change->before.zone = text_bytes (row->zone);
  change->after.zone = text_bytes (row->new_zone);
  change->before.read_only = row->read_only;
  change->after.read_only = row->new_read_only;
  return change;
}

Test (journal_format, what_windows_has_comes_back)
{
  for (gsize i = 0; i < G_N_ELEMENTS (windows_rows); i++)
    {
      const WindowsRow *row = &windows_rows[i];
      g_autoptr (E13Change) change = change_of_windows (row);
      const E13Journal header = { .site = (char *)row->site, .machine = (char *)"m", .when = (char *)"w" };
      g_autoptr (GString) out = g_string_new (NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (E13Journal) journal = NULL;
      E13JournalSum sum;

      e13_journal_append_header (out, &header, 1, &sum);
      e13_journal_append_record (out, row->site, change, &sum);
      journal = read_journal (out->str, out->len, &error);
      cr_assert_not_null (journal, "%s: %s", row->label, error != NULL ? error->message : "");
      cr_expect (same_change (change, journal->changes->pdata[0]), "%s: it came back as another:\n%s", row->label,
                 out->str);
      cr_expect (g_bytes_equal (change->before.sd, ((E13Change *)journal->changes->pdata[0])->before.sd),
                 "%s: the bytes before are not the same", row->label);
    }
}

Test (journal_format, what_windows_has_is_read_with_care)
{
  static const struct
  {
    const char *label;
    const char *from;
    const char *to;
    const char *message;
  } damages[] = {
    { "no base64", "# zone: ", "# zone: #", "expected bytes in Base64" },
    { "no descriptor", "# sd: ", "# sd: QUJD\n#", "no security descriptor" },
    { "no descriptor at all", "# sd: ", "# sd: none\n#", "no security descriptor" },
    { "neither yes nor no", "# read-only: ", "# read-only: m", "expected 'yes' or 'no'" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (damages); i++)
    {
      g_autoptr (E13Change) change = change_of_windows (&windows_rows[4]);
      const E13Journal header = { .site = (char *)"/mnt/win", .machine = (char *)"m", .when = (char *)"w" };
      g_autoptr (GString) out = g_string_new (NULL);
      g_autoptr (GError) error = NULL;
      E13JournalSum sum;

      e13_journal_append_header (out, &header, 1, &sum);
      e13_journal_append_record (out, "/mnt/win", change, &sum);
      cr_assert_eq (g_string_replace (out, damages[i].from, damages[i].to, 1), 1, "%s", damages[i].label);
      cr_expect_null (read_journal (out->str, out->len, &error), "%s", damages[i].label);
      cr_expect (g_error_matches (error, E13_ERROR, E13_ERROR_INPUT)
                     && strstr (error->message, damages[i].message) != NULL,
                 "%s: %s", damages[i].label, error != NULL ? error->message : "read");
    }
}
