/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "platform/store.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>

#include "base/error.h"
#include "base/fd.h"
#include "base/quote.h"

#define MACHINE_ID "/etc/machine-id"

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DIR, closedir)

/* ---- Places ---------------------------------------------------------------------------------- */

struct E13Store
{
  int fd;
};

char *
e13_store_directory (void)
{
  const char *state = g_getenv ("XDG_STATE_HOME");

  if (geteuid () == 0)
    return g_strdup ("/var/lib/errno13");
  if (state != NULL && g_path_is_absolute (state))
    return g_build_filename (state, "errno13", NULL);
  return g_build_filename (g_get_home_dir (), ".local", "state", "errno13", NULL);
}

char *
e13_store_profiles (void)
{
  return g_strdup (E13_SYSCONFDIR "/errno13/profiles");
}

char *
e13_store_machine (void)
{
  g_autofree char *id = NULL;

  if (g_file_get_contents (MACHINE_ID, &id, NULL, NULL) && g_strstrip (id)[0] != '\0')
    return g_steal_pointer (&id);
  return g_strdup (g_get_host_name ());
}

static E13Store *
open_directory (const char *path, int flags, struct stat *ret_status, GError **error)
{
  g_autofree char *shown = e13_quote_display (path);
  e13_autofd int fd = open (path, O_RDONLY | O_DIRECTORY | O_CLOEXEC | flags);
  E13Store *store;

  if (fd < 0 || fstat (fd, ret_status) != 0)
    return e13_throw_errno (error, "cannot open the directory '%s' for journals", shown), NULL;
  store = g_new (E13Store, 1);
  store->fd = g_steal_fd (&fd);
  return store;
}

static E13Store *
refuse (const char *path, const char *why, GError **error)
{
  g_autofree char *shown = e13_quote_display (path);

  e13_throw (error, E13_ERROR_REFUSED, "cannot keep journals in '%s': %s", shown, why);
  return NULL;
}

E13Store *
e13_store_open_own (const char *path, gboolean make, GError **error)
{
  g_autoptr (E13Store) store = NULL;
  struct stat status;

  if (make && g_mkdir_with_parents (path, 0700) != 0)
    {
      g_autofree char *shown = e13_quote_display (path);

      return e13_throw_errno (error, "cannot make the directory '%s' for journals", shown), NULL;
    }
  store = open_directory (path, O_NOFOLLOW, &status, error);
  if (store == NULL)
    return NULL;
  if (status.st_uid != geteuid ())
    return refuse (path, "it belongs to another user", error);
  if (status.st_mode & 022)
    return refuse (path, "others can write to it", error);
  return g_steal_pointer (&store);
}

E13Store *
e13_store_open_chosen (const char *path, GError **error)
{
  struct stat status;
  g_autoptr (E13Store) store = open_directory (path, 0, &status, error);

  if (store == NULL || geteuid () != 0)
    return g_steal_pointer (&store);
  if (status.st_uid != 0)
    return refuse (path, "it belongs to another user", error);
  if ((status.st_mode & 022) && !(status.st_mode & S_ISVTX))
    return refuse (path, "others can write to it", error);
  return g_steal_pointer (&store);
}

void
e13_store_close (E13Store *store)
{
  if (store == NULL)
    return;
  e13_close_fd (&store->fd);
  g_free (store);
}

gboolean
e13_store_lies_inside (const E13Store *store, const E13ObjectKey *root)
{
  e13_autofd int fd = openat (store->fd, ".", O_PATH | O_DIRECTORY | O_CLOEXEC);
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

GPtrArray *
e13_store_list (const E13Store *store)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  e13_autofd int fd = openat (store->fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  g_autoptr (DIR) entries = fd >= 0 ? fdopendir (fd) : NULL;
  const struct dirent *entry;

  if (entries == NULL)
    return NULL;
  g_steal_fd (&fd);
  while ((entry = readdir (entries)) != NULL)
    if (strcmp (entry->d_name, ".") != 0 && strcmp (entry->d_name, "..") != 0)
      g_ptr_array_add (names, g_strdup (entry->d_name));
  return g_steal_pointer (&names);
}

/* ---- Writing --------------------------------------------------------------------------------- */

struct E13StoreFile
{
  const E13Store *store;
  char *name;
  int fd;
};

E13StoreFile *
e13_store_create (E13Store *store, const char *name)
{
  int fd = openat (store->fd, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
  E13StoreFile *file;

  if (fd < 0)
    return NULL;
  file = g_new (E13StoreFile, 1);
  file->store = store;
  file->name = g_strdup (name);
  file->fd = fd;
  return file;
}

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

gboolean
e13_store_write (E13StoreFile *file, const char *data, gsize length)
{
  return write_all (file->fd, data, length);
}

gboolean
e13_store_sync (E13StoreFile *file)
{
  return fsync (file->fd) == 0 && fsync (file->store->fd) == 0;
}

void
e13_store_remove (E13StoreFile *file)
{
  int saved = errno;

  unlinkat (file->store->fd, file->name, 0);
  errno = saved;
}

void
e13_store_file_free (E13StoreFile *file)
{
  e13_close_fd (&file->fd);
  g_free (file->name);
  g_free (file);
}

/* Behind the last whole line. -1 and errno. */
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

/* It is opened anew by its path, in which a stranger may have put another file of root's since it was read. */
static int
open_to_append (const char *path, const char *prefix)
{
  e13_autofd int fd = open (path, O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
  gsize length = strlen (prefix);
  g_autofree char *start = g_malloc (length);
  struct stat status;

  if (fd < 0 || fstat (fd, &status) != 0)
    return -1;
  if (!S_ISREG (status.st_mode) || (status.st_uid != 0 && status.st_uid != geteuid ())
      || pread (fd, start, length, 0) != (ssize_t)length || memcmp (start, prefix, length) != 0)
    return errno = ESTALE, -1;
  return g_steal_fd (&fd);
}

gboolean
e13_store_append (const char *path, const char *prefix, const char *text)
{
  e13_autofd int fd = open_to_append (path, prefix);
  off_t end = fd >= 0 ? end_of_lines (fd) : -1;

  return end >= 0 && ftruncate (fd, end) == 0 && lseek (fd, end, SEEK_SET) == end && write_all (fd, text, strlen (text))
         && fsync (fd) == 0;
}

/* ---- Reading --------------------------------------------------------------------------------- */

static gboolean
check_file (int fd, const char *shown, GError **error)
{
  struct stat status;

  if (fstat (fd, &status) != 0)
    return e13_throw_errno (error, "cannot read the journal '%s'", shown);
  if (!S_ISREG (status.st_mode))
    return e13_throw (error, E13_ERROR_INPUT, "cannot read the journal '%s': it is no regular file", shown);
  if (status.st_uid != 0 && status.st_uid != geteuid ())
    return e13_throw (error, E13_ERROR_REFUSED, "cannot trust the journal '%s': it belongs to another user", shown);
  if (status.st_mode & 022)
    return e13_throw (error, E13_ERROR_REFUSED, "cannot trust the journal '%s': others can write to it", shown);
  return TRUE;
}

/* O_NONBLOCK, lest a FIFO in the file's place holds us. */
FILE *
e13_store_read (const E13Store *store, const char *name, GError **error)
{
  g_autofree char *shown = e13_quote_display (name);
  e13_autofd int fd = openat (store != NULL ? store->fd : AT_FDCWD, name, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
  FILE *in;

  if (fd < 0)
    return e13_throw_errno (error, "cannot open the journal '%s'", shown), NULL;
  if (!check_file (fd, shown, error))
    return NULL;
  in = fdopen (fd, "r");
  if (in == NULL)
    return e13_throw_errno (error, "cannot read the journal '%s'", shown), NULL;
  g_steal_fd (&fd);
  return in;
}

/* ---- The lock -------------------------------------------------------------------------------- */

struct E13StoreLock
{
  int fd;
};

/* Who holds the lock, as the holder wrote it; 0 where it has not yet. */
static guint
holder (int fd)
{
  char text[16] = "";

  if (pread (fd, text, sizeof text - 1, 0) <= 0)
    return 0;
  return (guint)strtoul (text, NULL, 10);
}

/* Only for the other's message, so a failure does not matter. */
static void
sign (int fd)
{
  g_autofree char *text = g_strdup_printf ("%d\n", (int)getpid ());

  if (ftruncate (fd, 0) == 0 && pwrite (fd, text, strlen (text), 0) < 0)
    return;
}

E13StoreLock *
e13_store_lock (E13Store *store, const char *name, guint *ret_holder)
{
  e13_autofd int fd = openat (store->fd, name, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
  E13StoreLock *lock;

  *ret_holder = 0;
  if (fd < 0)
    return NULL;
  if (flock (fd, LOCK_EX | LOCK_NB) != 0)
    {
      int saved = errno;

      *ret_holder = holder (fd);
      errno = saved;
      return NULL;
    }
  sign (fd);
  lock = g_new (E13StoreLock, 1);
  lock->fd = g_steal_fd (&fd);
  return lock;
}

void
e13_store_unlock (E13StoreLock *lock)
{
  if (lock == NULL)
    return;
  e13_close_fd (&lock->fd);
  g_free (lock);
}
