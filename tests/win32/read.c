/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The read operations: a tree made by Win32 is walked, pinned and read. */

#include <errno.h>
#include <string.h>

#include "base/error.h"
#include "tests/win32/scene.h"

#define ops e13_win32_read
#define EMOJI "\360\237\230\200.txt"
#define LONE_SURROGATE "lone\355\240\275.txt"

/* What was made: path → "directory" or "file". */
static GHashTable *made;

static void
made_directory (const char *path)
{
  g_assert (make_directory (path));
  g_hash_table_insert (made, g_strdup (path), "directory");
}

static void
made_file (const char *path, const char *content)
{
  g_assert (make_file (path, content));
  g_hash_table_insert (made, g_strdup (path), "file");
}

/* ---- The tree ---------------------------------------------------------------------------------------------------- */

#define DEEP_LEVELS 40

/* Each name has 40 letters: over 260 characters after seven, over 1,000 after twenty-five. */
static char *
deep_path (guint levels)
{
  GString *path = g_string_new ("deep");

  for (guint i = 1; i < levels; i++)
    g_string_append_printf (path, "/%02u-a-name-of-forty-letters-exactly-abcde", i);
  return g_string_free (path, FALSE);
}

static void
make_deep (void)
{
  for (guint i = 1; i <= DEEP_LEVELS; i++)
    {
      g_autofree char *path = deep_path (i);
      g_autofree char *file = g_strconcat (path, "/f.txt", NULL);

      made_directory (path);
      made_file (file, "deep");
    }
}

static void
make_odd (void)
{
  static const char *const odd[]
      = { "odd/con",    "odd/aux.py",       "odd/dot.", "odd/space ",   "odd/...",    "odd/\303\274\342\202\254.txt",
          "odd/" EMOJI, "odd/%PATH%&^'`$;", "odd/-rf",  "odd/ leading", "odd/NUL.txt" };

  made_directory ("odd");
  for (gsize i = 0; i < G_N_ELEMENTS (odd); i++)
    made_file (odd[i], odd[i]);
  made_directory ("odd/aux");
  made_file ("odd/aux/in-it", "");
  if (make_file ("odd/" LONE_SURROGATE, ""))
    g_hash_table_insert (made, g_strdup ("odd/" LONE_SURROGATE), "file");
  else
    skip ("this system has no such names (Wine stores UTF-8)", "a name with half a pair is made");
}

static void
make_many (void)
{
  made_directory ("many");
  for (guint i = 0; i < 700; i++)
    {
      g_autofree char *path
          = g_strdup_printf ("many/a-file-with-a-rather-long-name-so-that-one-buffer-is-not-enough-%04u", i);

      made_file (path, "");
    }
}

static void
make_all (void)
{
  made = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_hash_table_insert (made, g_strdup (""), "directory");
  make_deep ();
  make_odd ();
  make_many ();
  made_directory ("empty");
  made_file ("read-only.txt", "x");
  g_assert (set_read_only ("read-only.txt", TRUE));
  made_file ("Plain.TXT", "hello");
}

/* ---- The walk ---------------------------------------------------------------------------------------------------- */

typedef struct
{
  GMutex lock;
  GHashTable *seen; /* path → type */
  GHashTable *noted;
  guint n_twice, n_errors, n_without_sd, n_unpinned, n_late, n_moved;
  const char *unwanted;
} Seen;

static void
see (Seen *seen, const char *path, const E13Facts *facts, int error)
{
  if (!g_hash_table_insert (seen->seen, g_strdup (path), (gpointer)e13_object_type_name (facts->type)))
    seen->n_twice++;
  seen->n_errors += error != 0;
  if (error != 0)
    note ("'%s': %s", path, g_strerror (error));
  seen->n_without_sd += facts->sd == NULL || facts->sd_bytes == NULL;
}

/* Pins what the walk has seen, in the state that it has seen. */
static void
pin_it (Seen *seen, const E13Batch *batch, gsize index)
{
  g_autoptr (GError) error = NULL;
  E13Pin *pin = ops.pin_entry (batch, index, &error);

  seen->n_unpinned += pin == NULL;
  if (pin == NULL)
    note ("%s", error->message);
  ops.unpin (pin);
}

static void
visit (const E13Batch *batch, gpointer data)
{
  Seen *seen = data;

  g_mutex_lock (&seen->lock);
  if (batch->first)
    {
      see (seen, batch->dir->path, &batch->dir->facts, batch->dir->error);
      pin_it (seen, batch, E13_THE_DIRECTORY);
      batch->dir->user = GINT_TO_POINTER (1);
    }
  else if (batch->dir->user == NULL)
    seen->n_late++;
  for (gsize i = 0; i < batch->n_entries; i++)
    {
      const char *between = *batch->dir->path != '\0' ? "/" : "";
      g_autofree char *path = g_strconcat (batch->dir->path, between, batch->entries[i].name, NULL);

      see (seen, path, &batch->entries[i].facts, batch->entries[i].error);
      pin_it (seen, batch, i);
    }
  g_mutex_unlock (&seen->lock);
}

static void
note_name (E13Dir *dir, const char *name, gpointer data)
{
  Seen *seen = data;
  const char *between = *dir->path != '\0' ? "/" : "";

  g_mutex_lock (&seen->lock);
  g_hash_table_add (seen->noted, g_strconcat (dir->path, between, name, NULL));
  g_mutex_unlock (&seen->lock);
}

static gboolean
wants (const E13Dir *dir, const char *name, gpointer data)
{
  (void)dir;
  return !g_str_equal (name, ((const Seen *)data)->unwanted);
}

static void
compare_walked (const Seen *seen, const char *label)
{
  GHashTableIter iter;
  gpointer path, type;
  guint n_missing = 0, n_other = 0;

  g_hash_table_iter_init (&iter, made);
  while (g_hash_table_iter_next (&iter, &path, &type))
    {
      const char *found = g_hash_table_lookup (seen->seen, path);

      n_missing += found == NULL;
      n_other += found != NULL && !g_str_equal (found, type);
      if (g_strcmp0 (found, type) != 0)
        note ("'%s' is a %s, and was seen as %s", (char *)path, (char *)type, found != NULL ? found : "nothing");
    }
  check (n_missing == 0 && n_other == 0, "%s: all that was made is seen, as what it is", label);
  check (g_hash_table_size (seen->seen) == g_hash_table_size (made) && seen->n_twice == 0,
         "%s: nothing else is seen, and nothing twice (%u of %u)", label, g_hash_table_size (seen->seen),
         g_hash_table_size (made));
  check (seen->n_errors == 0 && seen->n_without_sd == 0, "%s: each with its descriptor", label);
  check (seen->n_unpinned == 0 && seen->n_late == 0, "%s: each can be pinned, after its directory's first visit",
         label);
}

static void
seen_clear (Seen *seen)
{
  g_hash_table_unref (seen->seen);
  g_hash_table_unref (seen->noted);
}

static Seen
walk (const E13Tree *tree, guint n_threads, gboolean with_names, const char *unwanted)
{
  const E13WalkOptions options = { .n_threads = n_threads };
  const E13Visitor visitor = {
    .visit = visit,
    .note_name = with_names ? note_name : NULL,
    .wants = unwanted != NULL ? wants : NULL,
  };
  Seen seen = {
    .seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
    .noted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
    .unwanted = unwanted,
  };

  g_mutex_init (&seen.lock);
  g_assert (ops.walk (tree, &options, &visitor, &seen, NULL));
  g_mutex_clear (&seen.lock);
  return seen;
}

static void
test_walk (const E13Tree *tree)
{
  static const struct
  {
    const char *label;
    guint n_threads;
    gboolean with_names;
  } rows[] = { { "one thread", 1, FALSE }, { "four threads", 4, FALSE }, { "names first", 3, TRUE } };
  Seen without;

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      Seen seen = walk (tree, rows[i].n_threads, rows[i].with_names, NULL);

      compare_walked (&seen, rows[i].label);
      if (rows[i].with_names)
        check (g_hash_table_size (seen.noted) == g_hash_table_size (made) - 1, "every name is told beforehand");
      seen_clear (&seen);
    }
  without = walk (tree, 2, FALSE, "deep");
  check (!g_hash_table_contains (without.seen, "deep") && !g_hash_table_contains (without.seen, "deep/f.txt")
             && g_hash_table_contains (without.seen, "odd"),
         "what is not wanted is not entered");
  seen_clear (&without);
}

/* ---- Pins -------------------------------------------------------------------------------------------------------- */

static void
test_pins (const E13Tree *tree)
{
  g_autofree char *deepest = deep_path (DEEP_LEVELS);
  g_autofree char *file = g_strconcat (deepest, "/f.txt", NULL);
  E13Pin *pin = pin_of (tree, file);
  E13Pin *again = pin_of (tree, file);
  E13Pin *other = pin_of (tree, "Plain.TXT");
  E13Pin *read_only = pin_of (tree, "read-only.txt");
  g_autofree char *handle = ops.handle_of (pin, NULL);
  g_autofree char *same = ops.handle_of (again, NULL);
  g_autofree char *differs = ops.handle_of (other, NULL);

  check (strlen (file) > 1000 && pin->facts.type == E13_TYPE_FILE, "a path of %zu characters is pinned", strlen (file));
  check (e13_object_key_same_state (&pin->facts.key, &again->facts.key), "twice the same object");
  check (!e13_object_key_same_inode (&pin->facts.key, &other->facts.key), "another is another");
  check (g_strcmp0 (handle, same) == 0 && g_strcmp0 (handle, differs) != 0, "and so say their handles: %s", handle);
  check (pin->facts.n_links == 1, "it has one name");
  check (pin->facts.key.changed_seconds > 0, "and a time of change");
  check (read_only->facts.attributes == E13_ATTRIBUTE_READ_ONLY && other->facts.attributes == 0,
         "one file is read-only, and has no other attribute");
  check (pin->facts.sd != NULL && pin->facts.sd->has_owner && pin->facts.sd->dacl != NULL,
         "its descriptor has an owner and a list");
  ops.unpin (pin);
  ops.unpin (again);
  ops.unpin (other);
  ops.unpin (read_only);
}

static void
test_pins_that_fail (const E13Tree *tree)
{
  static const struct
  {
    const char *path;
    int error;
  } rows[] = {
    { "nothing", ENOENT },          { "nothing/below", ENOENT },     { "Plain.TXT/below", ENOTDIR },
    { "odd/..", EINVAL },           { "odd/..\\Plain.TXT", EINVAL }, { "Plain.TXT:stream", EINVAL },
    { "Plain.TXT::$DATA", EINVAL }, { "bad\377", EINVAL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *what = g_strdup_printf ("row %zu is not pinned", i);
      E13Pin *pin = ops.pin (tree, rows[i].path, &error);

      check_error (error, E13_ERRNO, rows[i].error, what);
      ops.unpin (pin);
    }
}

static void
test_content (const E13Tree *tree)
{
  E13Pin *file = pin_of (tree, "plain.txt"); /* as people write names */
  E13Pin *directory = pin_of (tree, "odd/aux");
  g_autoptr (GBytes) all = ops.read_file (file, 100, NULL);
  g_autoptr (GBytes) some = ops.read_file (file, 2, NULL);
  g_autoptr (GPtrArray) names = ops.list (directory, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) no_directory = NULL;

  check (all != NULL && g_bytes_get_size (all) == 5 && memcmp (g_bytes_get_data (all, NULL), "hello", 5) == 0,
         "a file is read, its name in other letters");
  check (some != NULL && g_bytes_get_size (some) == 2, "or its beginning");
  check (names != NULL && names->len == 1 && g_str_equal (names->pdata[0], "in-it"), "a directory is listed");
  check (ops.read_file (directory, 1, &error) == NULL, "a directory cannot be read");
  check_error (error, E13_ERRNO, EISDIR, "because it is one");
  check (ops.list (file, &no_directory) == NULL, "a file cannot be listed");
  check_error (no_directory, E13_ERRNO, ENOTDIR, "because it is none");
  ops.unpin (file);
  ops.unpin (directory);
}

static void
test_in_use (const E13Tree *tree)
{
  g_autofree WCHAR *path = scene_path ("Plain.TXT");
  HANDLE taken = CreateFileW (path, GENERIC_READ, 0, NULL, OPEN_EXISTING, 0, NULL);
  g_autoptr (GError) error = NULL;
  E13Pin *pin = pin_of (tree, "Plain.TXT");
  g_autofree char *users = NULL;

  check (taken != INVALID_HANDLE_VALUE && pin->facts.sd != NULL, "a file that is in use is pinned with its facts");
  check (ops.read_file (pin, 1, &error) == NULL, "but not read");
  check_error (error, E13_ERRNO, EBUSY, "because it is in use");
  users = ops.who_uses (pin);
  note ("used by: %s", users != NULL ? users : "(the system does not tell)");
  CloseHandle (taken);
  if (is_wine ())
    skip ("Wine's Restart Manager knows no users of files", "who uses it is said");
  else
    check (users != NULL && strstr (users, "process") != NULL, "who uses it is said");
  ops.unpin (pin);
}

static void
test_we_keep_nobody_out (const E13Tree *tree)
{
  g_autofree WCHAR *path = scene_path ("Plain.TXT");
  E13Pin *pin = pin_of (tree, "Plain.TXT");
  HANDLE exclusive = CreateFileW (path, GENERIC_READ | GENERIC_WRITE, 0, NULL, OPEN_EXISTING, 0, NULL);

  check (exclusive != INVALID_HANDLE_VALUE, "what is pinned can be opened by others for themselves alone");
  if (exclusive != INVALID_HANDLE_VALUE)
    CloseHandle (exclusive);
  check (move_object ("Plain.TXT", "moved.txt") && move_object ("moved.txt", "Plain.TXT"), "and renamed");
  ops.unpin (pin);
}

static void
test_link (const E13Tree *tree)
{
  g_autofree WCHAR *link = scene_path ("link");
  g_autoptr (GError) error = NULL;
  E13Pin *pin;

  /* Wine 8 says that it has made one. */
  if (!CreateSymbolicLinkW (link, L"odd\\aux", SYMBOLIC_LINK_FLAG_DIRECTORY | 2)
      || GetFileAttributesW (link) == INVALID_FILE_ATTRIBUTES)
    {
      skip (is_wine () ? "Wine 8 makes none" : "this account may make none", "a link is what it is");
      return;
    }
  pin = pin_of (tree, "link");
  check (pin->facts.type == E13_TYPE_SYMLINK && g_strcmp0 (pin->link_target, "odd\\aux") == 0,
         "a link is what it is: %s", pin->link_target);
  ops.unpin (pin);
  check (ops.pin (tree, "link/in-it", &error) == NULL, "and no way");
  check_error (error, E13_ERRNO, ELOOP, "because it stands for another");
  RemoveDirectoryW (link);
}

/* ---- Zone.Identifier --------------------------------------------------------------------------------------------- */

/* Wine has no streams: what would be one is a file with a colon in its name, which is not reached from the file's own
 * handle. The reading is tested on that, the way there only on Windows. */
static void
test_zone (const E13Tree *tree)
{
  static const char text[] = "[ZoneTransfer]\r\nZoneId=3\r\n";
  g_autofree WCHAR *path = scene_path ("empty/f.txt:Zone.Identifier");
  E13Pin *pin;

  (void)tree;
  g_assert (make_file ("empty/f.txt", "x"));
  check (make_file ("empty/f.txt:Zone.Identifier", text), "a stream is made");
  pin = pin_of (tree, "empty/f.txt");
  if (is_wine ())
    skip ("Wine has no streams", "it is among the facts");
  else
    check (pin->facts.zone != NULL && g_bytes_get_size (pin->facts.zone) == strlen (text)
               && memcmp (g_bytes_get_data (pin->facts.zone, NULL), text, strlen (text)) == 0,
           "it is among the facts");
  ops.unpin (pin);
  DeleteFileW (path);
  remove_file ("empty/f.txt");
}

/* ---- Routes ------------------------------------------------------------------------------------------------------ */

static void
test_routes (const E13Tree *tree)
{
  g_autofree char *detour = g_strconcat (tree->path, "\\odd\\.\\AUX\\..\\..\\PLAIN.txt", NULL);
  g_autofree char *expected = g_strconcat (tree->path, "\\Plain.TXT", NULL);
  g_autofree char *gone = g_strconcat (tree->path, "\\odd\\no\\such", NULL);
  g_autofree char *through = g_strconcat (tree->path, "\\Plain.TXT\\below", NULL);
  g_autoptr (E13Route) route = e13_win32_read.route (detour, NULL);
  g_autoptr (E13Route) missing = e13_win32_read.route (gone, NULL);
  g_autoptr (E13Route) file = e13_win32_read.route (through, NULL);
  g_autofree char *full = e13_tree_full_path (tree, "odd/aux");

  check (tree->is_windows && tree->has_descriptors && g_ascii_isalpha (tree->path[0]) && tree->path[1] == ':',
         "the site is at %s", tree->path);
  check (g_str_has_suffix (full, "\\odd\\aux"), "an object of it is written %s", full);
  check (route != NULL && route->error == 0 && g_str_equal (route->resolved, expected), "a route ends at %s",
         route->resolved);
  check (route->pins->len >= 3, "and passes %u directories, from the drive", route->pins->len - 1);
  check (missing->error == ENOENT && g_strcmp0 (missing->missing, "no\\such") == 0, "what is missing is '%s'",
         missing->missing);
  check (file->error == ENOTDIR, "a file is no way");
}

static void
test_trees_that_fail (const E13Tree *tree)
{
  g_autofree char *file = g_strconcat (tree->path, "\\Plain.TXT", NULL);
  const struct
  {
    const char *path;
    GQuark domain;
    int code;
  } rows[] = {
    { file, E13_ERRNO, ENOTDIR },
    { "C:\\no such place", E13_ERRNO, ENOENT },
    { "", E13_ERROR, E13_ERROR_USAGE },
    { "\\\\server", E13_ERROR, E13_ERROR_USAGE },
    { "\\\\.\\pipe\\x", E13_ERROR, E13_ERROR_USAGE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *what = g_strdup_printf ("'%s' is no site", rows[i].path);

      check (ops.open_tree (rows[i].path, &error) == NULL, "%s", what);
      check_error (error, rows[i].domain, rows[i].code, "with its reason");
    }
}

/* ---- Around it --------------------------------------------------------------------------------------------------- */

static void
test_mount (const E13Tree *tree)
{
  g_auto (E13Mount) mount = { 0 };
  g_autoptr (GError) error = NULL;

  check (ops.mount_of (tree->root, &mount, &error), "the volume can be told");
  note ("%s at %s, %s lists, %s", mount.fs_type, mount.mount_point, mount.mode_from_mount ? "without" : "with",
        mount.is_network ? "remote" : "local");
  check (mount.fs_type != NULL && *mount.fs_type != '\0' && !mount.read_only && !mount.no_bytes_left,
         "it has a file system, and room");
}

/* Apache that was installed and is not running. */
static void
test_services (void)
{
  static const WCHAR name[] = L"errno13-test-apache";
  SC_HANDLE manager = OpenSCManagerW (NULL, NULL, SC_MANAGER_CREATE_SERVICE);
  SC_HANDLE service
      = manager != NULL ? CreateServiceW (manager, name, name, DELETE, SERVICE_WIN32_OWN_PROCESS, SERVICE_DEMAND_START,
                                          SERVICE_ERROR_NORMAL, L"\"C:\\Apache24\\bin\\httpd.exe\" -k runservice", NULL,
                                          NULL, NULL, L"NT AUTHORITY\\NetworkService", NULL)
                        : NULL;
  g_autoptr (GPtrArray) found = ops.identities_found ();
  const E13Identity *server = NULL;

  if (service == NULL)
    note ("no service could be made: %lu", GetLastError ());
  for (guint i = 0; i < found->len; i++)
    if (strstr (((E13Identity *)found->pdata[i])->evidence, "errno13-test-apache") != NULL)
      server = found->pdata[i];
  if (service != NULL)
    {
      g_autofree char *sid = server != NULL ? e13_sid_to_text (&server->token->user) : NULL;

      check (server != NULL && g_str_equal (server->evidence, "service errno13-test-apache, httpd.exe"),
             "a service that is a web server is found");
      check (g_strcmp0 (sid, "S-1-5-20") == 0, "and the account that it runs as");
      DeleteService (service);
      CloseServiceHandle (service);
    }
  if (manager != NULL)
    CloseServiceHandle (manager);
}

static void
test_identities (void)
{
  static const struct
  {
    const char *text;
    const char *sid;
  } rows[] = {
    { "S-1-5-17", "S-1-5-17" },
    { "IUSR", "S-1-5-17" },
    { "iis apppool\\DefaultAppPool", "S-1-5-82-3006700770-424185619-1745488364-794895919-4004696415" },
    { "S-1-5-20", "S-1-5-20" },
    { "Everyone", "S-1-1-0" },
    { "S-1-5-21-1-2-3-1000,S-1-5-32-545", "S-1-5-21-1-2-3-1000" },
  };
  g_autoptr (E13Identity) self = ops.identity_self ();
  g_autoptr (GPtrArray) found = ops.identities_found ();
  g_autoptr (GError) nobody = NULL;
  g_autoptr (GError) no_sid = NULL;
  g_autoptr (GError) cannot = NULL;
  g_autofree char *who = e13_identity_label (self);
  g_autoptr (E13Identity) named = ops.identity_parse (who, NULL);
  E13Sid everyone = e13_sid_well_known ("S-1-1-0");

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (E13Identity) identity = ops.identity_parse (rows[i].text, NULL);
      g_autofree char *sid = identity != NULL ? e13_sid_to_text (&identity->token->user) : NULL;

      check (g_strcmp0 (sid, rows[i].sid) == 0, "'%s' is %s", rows[i].text, sid);
    }
  check (self->token != NULL && self->token->groups->len > 0, "this process is %s, in %u groups, %selevated", who,
         self->token->groups->len, ops.is_elevated () ? "" : "not ");
  check (e13_token_holds (self->token, &everyone, E13_SID_ENABLED), "one of them Everyone");
  check (named != NULL && e13_sid_equal (&named->token->user, &self->token->user), "who is found by that name, too");
  note ("%u groups are known by name", named != NULL ? named->token->groups->len : 0);
  check (ops.identity_parse ("no such account", &nobody) == NULL, "an account that there is not is none");
  check_error (nobody, E13_ERROR, E13_ERROR_USAGE, "with its reason");
  check (ops.identity_parse ("S-1-5-17,x", &no_sid) == NULL, "nor is what is no SID");
  check_error (no_sid, E13_ERROR, E13_ERROR_USAGE, "with its reason");
  note ("%u servers found", found->len);
  check (!ops.can_ask (&cannot), "nobody is asked");
  check_error (cannot, E13_ERROR, E13_ERROR_UNSUPPORTED, "with its reason");
}

int
main (void)
{
  E13Tree *tree;

  make_all ();
  tree = open_scene ();
  test_walk (tree);
  test_pins (tree);
  test_pins_that_fail (tree);
  test_content (tree);
  test_in_use (tree);
  test_we_keep_nobody_out (tree);
  test_link (tree);
  test_zone (tree);
  test_routes (tree);
  test_trees_that_fail (tree);
  test_mount (tree);
  test_identities ();
  test_services ();
  ops.close_tree (tree);
  g_hash_table_unref (made);
  return finish ();
}
