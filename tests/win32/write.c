/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The write operations. Wine keeps no lists: it makes a Unix mode of one, and a list of the mode again. What its mode
 * can hold is written and read back as on Windows; what it cannot hold must be seen not to have been kept. */

#include <errno.h>
#include <string.h>

#include "base/error.h"
#include "model/sddl.h"
#include "platform/beside.h"
#include "platform/win32/pin.h"
#include "platform/win32/zone.h"
#include "tests/win32/scene.h"

#define read_ops e13_win32_read
#define write_ops e13_win32_write

/* ---- What is to be ----------------------------------------------------------------------------------------------- */

/* @sd as @before has it, with an entry for @trustee first. */
static GBytes *
with_entry (const E13SecurityDescriptor *sd, const char *trustee)
{
  g_autoptr (E13SecurityDescriptor) copy = e13_sd_copy (sd);
  const E13Ace ace = {
    .type = E13_ACE_ALLOW,
    .mask = E13_MASK_MODIFY,
    .sid = e13_sid_well_known (trustee),
    .has_sid = TRUE,
  };

  e13_win_acl_insert (copy->dacl, 0, &ace);
  return e13_sd_encode (copy, NULL);
}

static GBytes *
with_dacl_of (const E13SecurityDescriptor *sd, const E13SecurityDescriptor *other)
{
  g_autoptr (E13SecurityDescriptor) copy = e13_sd_copy (sd);

  e13_win_acl_free (copy->dacl);
  copy->dacl = e13_win_acl_copy (other->dacl);
  copy->control = other->control;
  return e13_sd_encode (copy, NULL);
}

static void
set_sd (E13Attributes *attributes, GBytes *sd)
{
  g_bytes_unref (attributes->sd);
  attributes->sd = sd;
}

/* What it has as @before and @after. */
static void
begin (E13Pin *pin, E13Attributes *before, E13Attributes *after)
{
  e13_attributes_from_facts (before, &pin->facts);
  e13_attributes_copy (after, before);
}

static FILETIME
written_at (const char *path)
{
  g_autofree WCHAR *units = scene_path (path);
  WIN32_FILE_ATTRIBUTE_DATA data = { 0 };

  g_assert (GetFileAttributesExW (units, GetFileExInfoStandard, &data));
  return data.ftLastWriteTime;
}

static gboolean
is_read_only (const char *path)
{
  g_autofree WCHAR *units = scene_path (path);

  return (GetFileAttributesW (units) & FILE_ATTRIBUTE_READONLY) != 0;
}

static void
show_sd (const char *label, const E13Facts *facts)
{
  g_autofree char *text = facts->sd != NULL ? e13_sddl_format (facts->sd, NULL) : NULL;

  note ("%s: %s", label, text != NULL ? text : "(no descriptor)");
}

/* ---- Lists ------------------------------------------------------------------------------------------------------- */

/* An entry for an account that a mode cannot name. */
static void
test_entry (const E13Tree *tree)
{
  E13Pin *pin = pin_of (tree, "list.txt");
  g_auto (E13Attributes) before = { 0 };
  g_auto (E13Attributes) after = { 0 };
  g_autoptr (GError) error = NULL;
  E13ObjectKey key = pin->facts.key;
  gboolean done;

  show_sd ("before", &pin->facts);
  begin (pin, &before, &after);
  set_sd (&after, with_entry (pin->facts.sd, "S-1-5-17"));
  done = write_ops.set (pin, &key, &before, &after, FALSE, &error);
  show_sd ("after", &pin->facts);
  if (is_wine ())
    {
      check (!done, "Wine does not keep an entry");
      check_error (error, E13_ERROR, E13_ERROR_FAILED, "which is seen");
      check (strstr (error->message, "the system did not keep the DACL of 'list.txt'") != NULL, "and said");
    }
  else
    {
      check (done, "an entry is written and kept");
      key = pin->facts.key;
      check (write_ops.set (pin, &key, &after, &before, TRUE, NULL), "and taken away");
      check (g_bytes_equal (pin->facts.sd_bytes, before.sd), "to the byte");
    }
  read_ops.unpin (pin);
}

/* A list that is some mode's: what a read-only file has, given to another and taken away again. */
static void
test_list_and_back (const E13Tree *tree)
{
  E13Pin *pin = pin_of (tree, "back.txt");
  E13Pin *model = pin_of (tree, "model.txt");
  g_auto (E13Attributes) before = { 0 };
  g_auto (E13Attributes) after = { 0 };
  g_autoptr (GError) error = NULL;
  FILETIME time = written_at ("back.txt"), now;
  E13ObjectKey key = pin->facts.key;

  show_sd ("model", &model->facts);
  begin (pin, &before, &after);
  set_sd (&after, with_dacl_of (pin->facts.sd, model->facts.sd));
  /* On Wine a mode without w is the attribute, too. */
  after.read_only = is_wine ();
  check (!e13_attributes_equal (&before, &after), "two lists differ");
  check (write_ops.set (pin, &key, &before, &after, FALSE, &error), "a list is written and kept");
  if (error != NULL)
    note ("%s", error->message);
  g_clear_error (&error);
  check (!e13_object_key_same_state (&key, &pin->facts.key), "which is another state of the file");
  key = pin->facts.key;
  check (write_ops.set (pin, &key, &after, &before, TRUE, &error), "and taken away");
  if (error != NULL)
    note ("%s", error->message);
  check (e13_attributes_same_sd (pin->facts.sd_bytes, before.sd), "as it was");
  now = written_at ("back.txt");
  check (CompareFileTime (&now, &time) == 0, "the time of writing has not moved");
  read_ops.unpin (pin);
  read_ops.unpin (model);
}

/* ---- The attribute ----------------------------------------------------------------------------------------------- */

static void
test_read_only (const E13Tree *tree)
{
  E13Pin *pin = pin_of (tree, "fixed.txt");
  E13Pin *model = pin_of (tree, "list.txt");
  g_auto (E13Attributes) before = { 0 };
  g_auto (E13Attributes) after = { 0 };
  g_autoptr (GError) error = NULL;
  FILETIME time = written_at ("fixed.txt"), now;
  E13ObjectKey key = pin->facts.key;

  begin (pin, &before, &after);
  check (before.read_only, "a file is read-only");
  after.read_only = FALSE;
  if (is_wine ())
    set_sd (&after, with_dacl_of (pin->facts.sd, model->facts.sd)); /* the same mode */
  check (write_ops.set (pin, &key, &before, &after, FALSE, &error), "the attribute is cleared");
  if (error != NULL)
    note ("%s", error->message);
  g_clear_error (&error);
  check (!is_read_only ("fixed.txt"), "as others see, too");
  key = pin->facts.key;
  check (write_ops.set (pin, &key, &after, &before, TRUE, &error), "and set again");
  if (error != NULL)
    note ("%s", error->message);
  check (is_read_only ("fixed.txt"), "as others see, too");
  now = written_at ("fixed.txt");
  check (CompareFileTime (&now, &time) == 0, "the time of writing has not moved");
  read_ops.unpin (pin);
  read_ops.unpin (model);
}

/* ---- The stream -------------------------------------------------------------------------------------------------- */

/* The stream's own code, on what Wine has in its place: a file with a colon in its name, reached from the directory. */
static void
test_stream (const E13Tree *tree)
{
  static const WCHAR name[] = L"zoned.txt:Zone.Identifier";
  const gunichar2 *units = (const gunichar2 *)name;
  const gsize length = G_N_ELEMENTS (name) - 1;
  g_autoptr (GBytes) text = g_bytes_new_static ("[ZoneTransfer]\r\nZoneId=3\r\n", 26);
  g_autoptr (GBytes) shorter = g_bytes_new_static ("x\0y", 3);
  g_autoptr (GBytes) empty = g_bytes_new_static ("", 0);
  g_autoptr (GBytes) huge = g_bytes_new_take (g_malloc0 (65537), 65537);
  const GBytes *const contents[] = { text, shorter, empty };
  HANDLE base = e13_win32_handle_of_pin (tree->root);
  NTSTATUS status;

  check (e13_win32_stream_read (base, units, length) == NULL, "there is no stream");
  for (gsize i = 0; i < G_N_ELEMENTS (contents); i++)
    {
      g_autoptr (GBytes) back = NULL;

      status = e13_win32_stream_write (base, units, length, (GBytes *)contents[i]);
      back = e13_win32_stream_read (base, units, length);
      check (NT_SUCCESS (status) && back != NULL && g_bytes_equal (back, contents[i]), "%u bytes come back",
             (guint)g_bytes_get_size ((GBytes *)contents[i]));
    }
  check (NT_SUCCESS (e13_win32_stream_write (base, units, length, huge))
             && e13_win32_stream_read (base, units, length) == NULL,
         "what is too long for one is not read");
  check (NT_SUCCESS (e13_win32_stream_write (base, units, length, NULL))
             && e13_win32_stream_read (base, units, length) == NULL,
         "it is removed");
  check (NT_SUCCESS (e13_win32_stream_write (base, units, length, NULL)), "and that again is no error");
}

static void
test_zone (const E13Tree *tree)
{
  E13Pin *pin = pin_of (tree, "fixed.txt");
  g_auto (E13Attributes) before = { 0 };
  g_auto (E13Attributes) after = { 0 };
  g_autoptr (GError) error = NULL;
  E13ObjectKey key = pin->facts.key;

  begin (pin, &before, &after);
  after.zone = g_bytes_new_static ("[ZoneTransfer]\r\nZoneId=3\r\n", 26);
  if (is_wine ())
    {
      FILETIME time = written_at ("fixed.txt"), now;

      /* No relative way to what is no stream: nothing is written, and the file is still read-only. */
      check (!write_ops.set (pin, &key, &before, &after, FALSE, &error), "a stream that cannot be written is an error");
      note ("%s", error->message);
      now = written_at ("fixed.txt");
      check (is_read_only ("fixed.txt") && CompareFileTime (&now, &time) == 0, "and the file is as it was");
    }
  else
    {
      check (write_ops.set (pin, &key, &before, &after, FALSE, &error), "a stream is written, of a read-only file");
      key = pin->facts.key;
      check (write_ops.set (pin, &key, &after, &before, TRUE, NULL) && pin->facts.zone == NULL, "and removed");
      check (is_read_only ("fixed.txt"), "it is still read-only");
    }
  read_ops.unpin (pin);
}

/* ---- Refusals ---------------------------------------------------------------------------------------------------- */

static void
expect_refusal (E13Pin *pin, const E13ObjectKey *key, const E13Attributes *before, const E13Attributes *after, int code,
                const char *what)
{
  g_autoptr (GError) error = NULL;

  check (!write_ops.set (pin, key, before, after, FALSE, &error), "%s: nothing is written", what);
  check_error (error, E13_ERROR, code, "with its reason");
}

static void
test_moved (const E13Tree *tree)
{
  E13Pin *pin = pin_of (tree, "moved.txt");
  E13Pin *other = pin_of (tree, "list.txt");
  g_auto (E13Attributes) before = { 0 };
  g_auto (E13Attributes) after = { 0 };
  E13ObjectKey key = pin->facts.key, older = pin->facts.key;

  begin (pin, &before, &after);
  after.read_only = TRUE;
  older.changed_nanoseconds ^= 100;
  expect_refusal (pin, &other->facts.key, &before, &after, E13_ERROR_MOVED, "another object");
  expect_refusal (pin, &older, &before, &after, E13_ERROR_MOVED, "another state");
  expect_refusal (pin, &key, &after, &before, E13_ERROR_MOVED, "other attributes");
  read_ops.unpin (pin);
  read_ops.unpin (other);
}

/* As judged again after the move, so that nothing but its place can tell. */
static void
test_moved_away (const E13Tree *tree)
{
  static const struct
  {
    const char *path, *from, *to, *still;
    gboolean is_directory;
  } rows[] = {
    { "moved.txt", "moved.txt", "elsewhere.txt", "elsewhere.txt", FALSE },
    { "up/down/f.txt", "up/down", "down", "down/f.txt", TRUE },
    { "left/f.txt", "left", "right", "right/f.txt", TRUE },
  };

  g_assert (make_directory ("up") && make_directory ("up/down") && make_file ("up/down/f.txt", ""));
  g_assert (make_directory ("left") && make_file ("left/f.txt", ""));
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      E13Pin *pin = pin_of (tree, rows[i].path);
      g_auto (E13Attributes) before = { 0 };
      g_auto (E13Attributes) after = { 0 };
      E13ObjectKey key;

      if (!move_object (rows[i].from, rows[i].to))
        {
          g_assert (rows[i].is_directory);
          skip ("NTFS moves no directory in which something is open", "%s is moved away", rows[i].path);
          read_ops.unpin (pin);
          continue;
        }
      g_assert (rows[i].is_directory ? make_directory (rows[i].from) : make_file (rows[i].from, "another"));
      g_assert (read_ops.refresh (pin, NULL));
      key = pin->facts.key;
      begin (pin, &before, &after);
      after.read_only = TRUE;
      expect_refusal (pin, &key, &before, &after, E13_ERROR_MOVED, rows[i].path);
      check (!is_read_only (rows[i].still), "it was not changed");
      read_ops.unpin (pin);
    }
}

static void
test_never (const E13Tree *tree)
{
  E13Pin *pin = pin_of (tree, "list.txt");
  E13Pin *directory = pin_of (tree, "directory");
  g_auto (E13Attributes) before = { 0 };
  g_auto (E13Attributes) after = { 0 };
  g_auto (E13Attributes) of_directory = { 0 };
  g_auto (E13Attributes) zoned = { 0 };
  g_autoptr (E13SecurityDescriptor) owned = e13_sd_copy (pin->facts.sd);

  begin (pin, &before, &after);
  owned->owner = e13_sid_well_known ("S-1-5-17");
  set_sd (&after, e13_sd_encode (owned, NULL));
  expect_refusal (pin, &pin->facts.key, &before, &after, E13_ERROR_REFUSED, "another owner");
  set_sd (&after, g_bytes_new_static ("no descriptor", 13));
  expect_refusal (pin, &pin->facts.key, &before, &after, E13_ERROR_REFUSED, "no descriptor");
  begin (directory, &of_directory, &zoned);
  zoned.zone = g_bytes_new_static ("x", 1);
  expect_refusal (directory, &directory->facts.key, &of_directory, &zoned, E13_ERROR_REFUSED, "a directory's stream");
  read_ops.unpin (pin);
  read_ops.unpin (directory);
}

/* While a change is made no directory on the way can be renamed: shown by one that is being renamed already. */
static void
test_way_is_held (const E13Tree *tree)
{
  g_autofree WCHAR *path = scene_path ("directory");
  HANDLE renaming = CreateFileW (path, DELETE, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL,
                                 OPEN_EXISTING, FILE_FLAG_BACKUP_SEMANTICS, NULL);
  E13Pin *pin = pin_of (tree, "directory/below.txt");
  g_auto (E13Attributes) before = { 0 };
  g_auto (E13Attributes) after = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert (renaming != INVALID_HANDLE_VALUE);
  begin (pin, &before, &after);
  after.read_only = TRUE;
  expect_refusal (pin, &pin->facts.key, &before, &after, E13_ERROR_BUSY, "a directory on the way is being moved");
  CloseHandle (renaming);
  read_ops.unpin (pin);
}

/* ---- Directories ------------------------------------------------------------------------------------------------- */

static void
test_directories (const E13Tree *tree)
{
  E13Pin *parent = pin_of (tree, "directory");
  g_autoptr (GError) exists = NULL;
  g_autoptr (GError) not_that = NULL;
  g_autoptr (GError) not_empty = NULL;
  g_autoptr (GError) gone = NULL;
  g_autoptr (GError) no_name = NULL;
  E13Pin *made = write_ops.make_directory (parent, "new", parent->facts.sd_bytes, NULL);
  E13ObjectKey key = { 0 };

  check (made != NULL && made->facts.type == E13_TYPE_DIRECTORY && g_str_equal (made->path, "directory/new"),
         "a directory is made");
  if (made != NULL)
    key = made->facts.key;
  check (made != NULL && made->facts.sd != NULL && e13_sid_equal (&made->facts.sd->owner, &parent->facts.sd->owner),
         "and belongs to whom it should");
  check (write_ops.make_directory (parent, "new", NULL, &exists) == NULL, "but not twice");
  check_error (exists, E13_ERRNO, EEXIST, "because it is there");
  check (write_ops.make_directory (parent, "..\\up", NULL, &no_name) == NULL, "nor elsewhere");
  check_error (no_name, E13_ERRNO, EINVAL, "because that is no name");
  check (!write_ops.remove_directory (parent, "new", &parent->facts.key, &not_that), "another is not removed");
  check_error (not_that, E13_ERROR, E13_ERROR_MOVED, "because it is another");
  g_assert (make_file ("directory/new/f", ""));
  check (!write_ops.remove_directory (parent, "new", &key, &not_empty), "nor one that holds something");
  check_error (not_empty, E13_ERRNO, ENOTEMPTY, "because it does");
  g_assert (remove_file ("directory/new/f"));
  read_ops.unpin (made);
  check (write_ops.remove_directory (parent, "new", &key, NULL), "an empty one is removed");
  check (!write_ops.remove_directory (parent, "new", &key, &gone), "and then is gone");
  check_error (gone, E13_ERRNO, ENOENT, "indeed");
  read_ops.unpin (parent);
}

/* ---- Another content --------------------------------------------------------------------------------------------- */

static GBytes *
content_of (const E13Tree *tree, const char *path)
{
  E13Pin *pin = pin_of (tree, path);
  GBytes *content = read_ops.read_file (pin, 4096, NULL);

  read_ops.unpin (pin);
  return content;
}

static gboolean
holds (const E13Tree *tree, const char *path, GBytes *content)
{
  g_autoptr (GBytes) is = content_of (tree, path);

  return is != NULL && g_bytes_equal (is, content);
}

/* One directory with nothing in it but what is written. */
static void
test_rewrite (const E13Tree *tree)
{
  g_autoptr (GBytes) old = g_bytes_new_static ("old", 3);
  g_autoptr (GBytes) new = g_bytes_new_static ("new content", 11);
  g_autoptr (GBytes) other = g_bytes_new_static ("other", 5);
  g_autofree char *beside = e13_beside_name ("web.config", old, new);
  g_autofree char *left_over = g_strconcat ("app/", beside, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) moved = NULL;
  g_autoptr (GError) changed = NULL;
  g_autoptr (GError) fixed = NULL;
  g_autoptr (GError) busy = NULL;
  g_autoptr (GPtrArray) names = NULL;
  g_autoptr (GBytes) descriptor = NULL;
  E13Pin *parent, *file, *now;
  E13ObjectKey key, older;

  g_assert (make_directory ("app") && make_file ("app/web.config", "old") && make_file (left_over, "new con"));
  parent = pin_of (tree, "app");
  file = pin_of (tree, "app/web.config");
  key = file->facts.key;
  check (!write_ops.rewrite (parent, "web.config", &key, other, new, &changed), "what does not hold it is not written");
  check_error (changed, E13_ERROR, E13_ERROR_MOVED, "because it has moved on");
  check (!write_ops.rewrite (parent, "web.config", &key, old, new, &busy), "nor one that somebody has open");
  check_error (busy, E13_ERROR, E13_ERROR_BUSY, "because it is in use");
  check (holds (tree, "app/web.config", old), "it holds the old content");
  descriptor = g_bytes_ref (file->facts.sd_bytes);
  read_ops.unpin (file);
  check (write_ops.rewrite (parent, "web.config", &key, old, new, &error), "a file is written anew");
  if (error != NULL)
    note ("%s", error->message);
  check (holds (tree, "app/web.config", new), "and holds the new content");
  now = pin_of (tree, "app/web.config");
  check (e13_attributes_same_sd (now->facts.sd_bytes, descriptor), "its descriptor is that of the old one");
  names = read_ops.list (parent, NULL);
  check (names != NULL && names->len == 1, "nothing is left beside it, nor what was left before");
  older = key;
  key = now->facts.key;
  read_ops.unpin (now);
  check (!write_ops.rewrite (parent, "web.config", &older, old, new, &moved), "the old one is not written again");
  check_error (moved, E13_ERROR, E13_ERROR_MOVED, "because it is another");
  check (write_ops.rewrite (parent, "web.config", &key, new, old, NULL) && holds (tree, "app/web.config", old),
         "it is taken back");
  g_assert (set_read_only ("app/web.config", TRUE));
  now = pin_of (tree, "app/web.config");
  key = now->facts.key;
  check (!write_ops.rewrite (parent, "web.config", &key, old, new, &fixed), "one that is read-only is not written");
  check_error (fixed, E13_ERROR, E13_ERROR_REFUSED, "because somebody wants it so");
  g_assert (set_read_only ("app/web.config", FALSE));
  read_ops.unpin (now);
  read_ops.unpin (parent);
}

int
main (void)
{
  static const char *const files[] = { "list.txt", "back.txt", "model.txt", "fixed.txt", "moved.txt", "zoned.txt" };
  E13Tree *tree;

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    g_assert (make_file (files[i], files[i]));
  g_assert (make_directory ("directory") && make_file ("directory/below.txt", ""));
  g_assert (set_read_only ("model.txt", TRUE) && set_read_only ("fixed.txt", TRUE));
  tree = open_scene ();
  test_entry (tree);
  set_read_only ("list.txt", FALSE);
  test_list_and_back (tree);
  test_read_only (tree);
  test_stream (tree);
  test_zone (tree);
  test_moved (tree);
  test_moved_away (tree);
  test_never (tree);
  test_way_is_held (tree);
  test_directories (tree);
  test_rewrite (tree);
  read_ops.close_tree (tree);
  return finish ();
}
