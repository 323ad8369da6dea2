/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Writing journals. All handles first, by all threads; then one file, written once and synced once, however many
 * objects there are; then its directory. Only when this has succeeded may anything be changed. */

#include "config.h"

#include "repair/journal-format.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

#include "base/error.h"
#include "base/fd.h"
#include "base/quote.h"
#include "repair/journal-files.h"
#include "repair/parallel.h"

#define BUFFER_SIZE (256 * 1024)
#define MOST_NAMES_A_SECOND 10000

/* ---- Handles --------------------------------------------------------------------------------- */

typedef struct
{
  const E13ReadOps *ops;
  const E13Tree *tree;
  GPtrArray *changes;
} Binding;

/* The handle, or NULL without @error where the file system has none to give. */
static char *
read_handle (const E13ReadOps *ops, const E13Pin *pin, GError **error)
{
  g_autoptr (GError) cause = NULL;
  char *handle = ops->handle_of (pin, &cause);

  if (handle == NULL && !g_error_matches (cause, E13_ERROR, E13_ERROR_UNSUPPORTED))
    g_propagate_error (error, g_steal_pointer (&cause));
  return handle;
}

static gboolean
bind (const Binding *binding, E13Change *change, GError **error)
{
  E13Pin *pin = binding->ops->pin (binding->tree, change->path, error);
  g_autoptr (GError) cause = NULL;
  gboolean same;

  if (pin == NULL)
    return FALSE;
  same = e13_object_key_same_state (&pin->facts.key, &change->key);
  if (same)
    {
      g_free (change->handle);
      change->handle = read_handle (binding->ops, pin, &cause);
    }
  binding->ops->unpin (pin);
  if (!same)
    return e13_throw (error, E13_ERROR_MOVED, "it has changed since it was judged");
  if (cause == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&cause));
  return FALSE;
}

/* What cannot be bound to its inode is not changed, as it could not be undone. */
static void
bind_or_refuse (guint index, gpointer data)
{
  const Binding *binding = data;
  E13Change *change = binding->changes->pdata[index];
  g_autoptr (GError) error = NULL;

  if (change->outcome != E13_OUTCOME_PENDING || change->kind == E13_CHANGE_MAKE_DIRECTORY
      || bind (binding, change, &error))
    return;
  change->outcome = E13_OUTCOME_REFUSED;
  change->reason = g_strdup (error->message);
}

/* ---- The file -------------------------------------------------------------------------------- */

static gboolean
write_all (int fd, const char *data, gsize length)
{
  while (length > 0)
    {
      ssize_t written = write (fd, data, length);

      if (written < 0 && errno == EINTR)
        continue;
      if (written < 0)
        return FALSE;
      data += written;
      length -= (gsize)written;
    }
  return TRUE;
}

/* FALSE and errno. */
static gboolean
write_text (int fd, const E13Journal *header, const GPtrArray *changes)
{
  g_autoptr (GString) out = g_string_sized_new (BUFFER_SIZE);
  E13JournalSum sum;

  e13_journal_append_header (out, header, e13_changes_count (changes, E13_OUTCOME_PENDING), &sum);
  for (guint i = 0; i < changes->len; i++)
    {
      const E13Change *change = changes->pdata[i];

      if (change->outcome != E13_OUTCOME_PENDING)
        continue;
      e13_journal_append_record (out, header->site, change, &sum);
      if (out->len < BUFFER_SIZE)
        continue;
      if (!write_all (fd, out->str, out->len))
        return FALSE;
      g_string_truncate (out, 0);
    }
  return write_all (fd, out->str, out->len) && fsync (fd) == 0;
}

static gboolean
write_file (int dirfd, const char *name, int fd, const E13Journal *header, const GPtrArray *changes, GError **error)
{
  g_autofree char *shown = e13_quote_display (name);

  if (write_text (fd, header, changes) && fsync (dirfd) == 0)
    return TRUE;
  e13_throw_errno (error, "cannot write the journal '%s'", shown);
  unlinkat (dirfd, name, 0);
  return FALSE;
}

/* ---- Its place ------------------------------------------------------------------------------- */

/* Does the directory lie in the tree? Its owner could then remove or replace the journal. Asked of the directories
 * themselves, from below up, since names can be bent by links. */
static gboolean
lies_inside (int dirfd, const E13Tree *tree)
{
  const E13ObjectKey *root = &tree->root->facts.key;
  e13_autofd int fd = openat (dirfd, ".", O_PATH | O_DIRECTORY | O_CLOEXEC);
  struct stat status;

  while (fd >= 0 && fstat (fd, &status) == 0)
    {
      struct stat above;
      e13_autofd int parent = openat (fd, "..", O_PATH | O_DIRECTORY | O_CLOEXEC);

      if (status.st_dev == root->device && status.st_ino == root->inode)
        return TRUE;
      if (parent < 0 || fstat (parent, &above) != 0)
        return TRUE;
      if (above.st_dev == status.st_dev && above.st_ino == status.st_ino)
        return FALSE;
      e13_close_fd (&fd);
      fd = g_steal_fd (&parent);
    }
  return TRUE;
}

static gboolean
check_place (int dirfd, const char *directory, const E13Tree *tree, GError **error)
{
  g_autofree char *shown = NULL;

  if (!lies_inside (dirfd, tree))
    return TRUE;
  shown = e13_quote_display (directory);
  return e13_throw (error, E13_ERROR_REFUSED, "cannot keep the journal in '%s': it lies inside the site", shown);
}

static int
create (int dirfd, const char *name)
{
  return openat (dirfd, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
}

/* A file named after @when, made unique; -1 and errno. */
static int
create_named (int dirfd, GDateTime *when, char **ret_name)
{
  g_autofree char *stem = g_date_time_format (when, "%Y-%m-%dT%H-%M-%S");

  for (guint i = 1; i < MOST_NAMES_A_SECOND; i++)
    {
      g_autofree char *name = i == 1 ? g_strconcat (stem, ".acl", NULL) : g_strdup_printf ("%s-%u.acl", stem, i);
      int fd = create (dirfd, name);

      if (fd < 0 && errno == EEXIST)
        continue;
      *ret_name = g_steal_pointer (&name);
      return fd;
    }
  errno = EEXIST;
  return -1;
}

/* ---- All together ---------------------------------------------------------------------------- */

static E13Journal *
make_header (const E13ReadOps *ops, const E13Tree *tree, GDateTime *when, const char *undoes, GError **error)
{
  g_autoptr (E13Journal) header = g_new0 (E13Journal, 1);
  g_autoptr (GError) cause = NULL;

  header->site = g_strdup (tree->path);
  header->root_key = tree->root->facts.key;
  header->machine = e13_journal_machine ();
  header->when = g_date_time_format (when, "%Y-%m-%dT%H:%M:%SZ");
  header->undoes = g_strdup (undoes);
  header->root_handle = read_handle (ops, tree->root, &cause);
  if (cause == NULL)
    return g_steal_pointer (&header);
  g_propagate_error (error, g_steal_pointer (&cause));
  return NULL;
}

static char *
write_in (int dirfd, const char *directory, const char *chosen_name, const E13Tree *tree, const E13Journal *header,
          GDateTime *when, const GPtrArray *changes, GError **error)
{
  g_autofree char *name = g_strdup (chosen_name);
  e13_autofd int fd = -1;

  if (!check_place (dirfd, directory, tree, error))
    return NULL;
  fd = chosen_name != NULL ? create (dirfd, name) : create_named (dirfd, when, &name);
  if (fd < 0)
    {
      g_autofree char *path = name != NULL ? g_build_filename (directory, name, NULL) : g_strdup (directory);
      g_autofree char *shown = e13_quote_display (path);

      return e13_throw_errno (error, "cannot create the journal '%s'", shown), NULL;
    }
  return write_file (dirfd, name, fd, header, changes, error) ? g_build_filename (directory, name, NULL) : NULL;
}

char *
e13_journal_write (const char *directory, const char *path, const E13ReadOps *ops, const E13Tree *tree,
                   GPtrArray *changes, const char *undoes, GError **error)
{
  Binding binding = { ops, tree, changes };
  g_autoptr (GDateTime) when = g_date_time_new_now_utc ();
  g_autofree char *absolute = path != NULL ? g_canonicalize_filename (path, NULL) : NULL;
  g_autofree char *folder = path != NULL ? g_path_get_dirname (absolute) : g_strdup (directory);
  g_autofree char *name = path != NULL ? g_path_get_basename (absolute) : NULL;
  e13_autofd int dirfd = -1;
  g_autoptr (E13Journal) header = NULL;

  dirfd = path != NULL ? e13_journal_open_chosen (folder, error) : e13_journal_open_own (folder, TRUE, error);
  if (dirfd < 0)
    return NULL;
  header = make_header (ops, tree, when, undoes, error);
  if (header == NULL)
    return NULL;
  e13_parallel_each (changes->len, 0, bind_or_refuse, &binding);
  return write_in (dirfd, folder, name, tree, header, when, changes, error);
}

/* ---- Marks ----------------------------------------------------------------------------------- */

/* Where a new mark goes: behind the last whole line. -1 and errno. */
static off_t
end_of_lines (int fd)
{
  off_t end = lseek (fd, 0, SEEK_END);
  char last;

  for (; end > 0; end--)
    {
      if (pread (fd, &last, 1, end - 1) != 1)
        return -1;
      if (last == '\n')
        break;
    }
  return end;
}

/* The journal is opened anew by its path, in which a stranger may have put another file of root's since it was read. */
static int
open_to_mark (const char *path)
{
  e13_autofd int fd = open (path, O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
  char start[sizeof E13_JOURNAL_PREFIX - 1];
  struct stat status;

  if (fd < 0 || fstat (fd, &status) != 0)
    return -1;
  if (!S_ISREG (status.st_mode) || (status.st_uid != 0 && status.st_uid != geteuid ())
      || pread (fd, start, sizeof start, 0) != (ssize_t)sizeof start
      || memcmp (start, E13_JOURNAL_PREFIX, sizeof start) != 0)
    return errno = ESTALE, -1;
  return g_steal_fd (&fd);
}

gboolean
e13_journal_mark_undone (const char *path, const char *by, GError **error)
{
  g_autofree char *shown = e13_quote_display (path);
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *when = g_date_time_format (now, "%Y-%m-%dT%H:%M:%SZ");
  g_autoptr (GString) mark = g_string_new (NULL);
  e13_autofd int fd = open_to_mark (path);
  off_t end = fd >= 0 ? end_of_lines (fd) : -1;

  e13_journal_append_mark (mark, by, when);
  if (end < 0 || ftruncate (fd, end) != 0 || lseek (fd, end, SEEK_SET) != end || !write_all (fd, mark->str, mark->len)
      || fsync (fd) != 0)
    return e13_throw_errno (error, "cannot mark the journal '%s' as undone", shown);
  return TRUE;
}
