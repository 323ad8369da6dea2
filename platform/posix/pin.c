/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "platform/posix/pin.h"

#include <fcntl.h>
#include <string.h>

#include "base/error.h"
#include "base/fd.h"
#include "base/quote.h"
#include "platform/posix/acl.h"
#include "platform/posix/dirents.h"
#include "platform/posix/facts.h"
#include "platform/posix/open.h"
#include "platform/posix/walk.h"

#define CHUNK 65536

static char *
read_link (int fd)
{
  for (gsize size = 256;; size *= 2)
    {
      g_autofree char *target = g_malloc (size);
      gssize length = readlinkat (fd, "", target, size);

      if (length < 0)
        return NULL;
      if ((gsize)length < size)
        {
          target[length] = '\0';
          return g_steal_pointer (&target);
        }
    }
}

static gboolean
learn (E13Pin *pin, gboolean with_acls)
{
  int error;

  e13_facts_clear (&pin->facts);
  g_clear_pointer (&pin->link_target, g_free);
  error = e13_posix_stat (pin->fd, "", AT_EMPTY_PATH, &pin->facts);
  if (error != 0)
    return errno = error, FALSE;
  if (with_acls)
    e13_posix_acl_read (pin->fd, &pin->facts);
  if (pin->facts.type == E13_TYPE_SYMLINK)
    pin->link_target = read_link (pin->fd);
  return pin->facts.type != E13_TYPE_SYMLINK || pin->link_target != NULL;
}

gboolean
e13_posix_throw_about (GError **error, const char *what, const char *path)
{
  g_autofree char *shown = e13_quote_display (path);

  return e13_throw_errno (error, "cannot %s '%s'", what, shown);
}

static E13Pin *
pin_of_fd (int fd, const char *path, gboolean with_acls, GError **error)
{
  E13Pin *pin;

  if (fd < 0)
    return e13_posix_throw_about (error, "pin", path), NULL;
  pin = g_new0 (E13Pin, 1);
  pin->fd = fd;
  pin->path = g_strdup (path);
  if (learn (pin, with_acls))
    return pin;
  e13_posix_throw_about (error, "read the facts of", path);
  e13_posix_unpin (pin);
  return NULL;
}

E13Pin *
e13_posix_pin_of_fd (int fd, const char *path, GError **error)
{
  return pin_of_fd (fd, path, TRUE, error);
}

static E13Pin *
pin_path (const E13Tree *tree, const char *path, gboolean with_acls, GError **error)
{
  e13_autofd int slash = -1;

  if (*path != '/')
    return pin_of_fd (e13_posix_open_beneath (tree->root->fd, path, 0), path, with_acls, error);

  slash = open ("/", O_PATH | O_DIRECTORY | O_CLOEXEC);
  if (slash < 0)
    return e13_posix_throw_about (error, "pin", "/"), NULL;
  return pin_of_fd (e13_posix_open_beneath (slash, path + strspn (path, "/"), 0), path, with_acls, error);
}

E13Pin *
e13_posix_pin (const E13Tree *tree, const char *path, GError **error)
{
  return pin_path (tree, path, TRUE, error);
}

E13Pin *
e13_posix_hold (const E13Tree *tree, const char *path, GError **error)
{
  return pin_path (tree, path, FALSE, error);
}

static char *
path_of_entry (const E13Batch *batch, const char *name)
{
  if (name == NULL)
    return g_strdup (batch->dir->path);
  return *batch->dir->path == '\0' ? g_strdup (name) : g_strconcat (batch->dir->path, "/", name, NULL);
}

E13Pin *
e13_posix_pin_entry (const E13Batch *batch, gsize index, GError **error)
{
  int dirfd = e13_posix_batch_fd (batch);
  const E13Entry *entry = index == E13_THE_DIRECTORY ? NULL : &batch->entries[index];
  const E13Facts *seen = entry == NULL ? &batch->dir->facts : &entry->facts;
  g_autofree char *path = path_of_entry (batch, entry == NULL ? NULL : entry->name);
  E13Pin *pin;

  if (dirfd < 0 || (entry != NULL && entry->error != 0))
    {
      errno = entry != NULL && entry->error != 0 ? entry->error : batch->dir->error;
      return e13_posix_throw_about (error, "pin", path), NULL;
    }

  pin = e13_posix_pin_of_fd (e13_posix_open_beneath (dirfd, entry == NULL ? "" : entry->name, 0), path, error);
  if (pin != NULL && !e13_object_key_same_state (&pin->facts.key, &seen->key))
    {
      g_autofree char *shown = e13_quote_display (path);

      g_clear_pointer (&pin, e13_posix_unpin);
      e13_throw (error, E13_ERROR_MOVED, "cannot pin '%s': it has changed since it was looked at", shown);
    }
  return pin;
}

gboolean
e13_posix_refresh (E13Pin *pin, GError **error)
{
  return learn (pin, TRUE) || e13_posix_throw_about (error, "read the facts of", pin->path);
}

void
e13_posix_unpin (E13Pin *pin)
{
  if (pin == NULL)
    return;
  e13_close_fd (&pin->fd);
  e13_facts_clear (&pin->facts);
  g_free (pin->link_target);
  g_free (pin->path);
  g_free (pin);
}

GBytes *
e13_posix_read_file (const E13Pin *pin, gsize max_bytes, GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  e13_autofd int fd = -1;

  /* Opening a FIFO, a socket or a device may wait, or do something. */
  errno = pin->facts.type == E13_TYPE_DIRECTORY ? EISDIR : EINVAL;
  if (pin->facts.type == E13_TYPE_FILE)
    fd = e13_posix_reopen_to_read (pin->fd, 0);
  if (fd < 0)
    return e13_posix_throw_about (error, "open", pin->path), NULL;

  max_bytes = MIN (max_bytes, G_MAXINT32); /* a GByteArray counts in guint */
  while (bytes->len < max_bytes)
    {
      guint had = bytes->len;
      gsize room = MIN (max_bytes - had, CHUNK);
      gssize got;

      g_byte_array_set_size (bytes, had + (guint)room);
      got = read (fd, bytes->data + had, room);
      g_byte_array_set_size (bytes, had + (guint)MAX (got, 0));
      if (got < 0 && errno != EINTR)
        return e13_posix_throw_about (error, "read", pin->path), NULL;
      if (got == 0)
        break;
    }
  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

static guint8
type_of_record (const struct dirent64 *record)
{
  return record->d_type == DT_UNKNOWN ? E13_TYPE_UNKNOWN : (guint8)e13_posix_type_of_mode (DTTOIF (record->d_type));
}

GPtrArray *
e13_posix_list_types (const E13Pin *directory, GByteArray **ret_types, GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GByteArray) types = g_byte_array_new ();
  g_autofree char *buffer = g_malloc (CHUNK);
  e13_autofd int fd = -1;
  gssize length;

  errno = ENOTDIR;
  if (directory->facts.type == E13_TYPE_DIRECTORY)
    fd = e13_posix_reopen_to_read (directory->fd, O_DIRECTORY);
  if (fd < 0)
    return e13_posix_throw_about (error, "open", directory->path), NULL;

  while ((length = getdents64 (fd, buffer, CHUNK)) > 0)
    {
      const struct dirent64 *entry;
      gsize offset = 0;

      while ((entry = e13_posix_next_dirent (buffer, (gsize)length, &offset)) != NULL)
        {
          guint8 type = type_of_record (entry);

          g_ptr_array_add (names, g_strdup (entry->d_name));
          g_byte_array_append (types, &type, 1);
        }
    }
  if (length < 0)
    return e13_posix_throw_about (error, "list", directory->path), NULL;
  *ret_types = g_steal_pointer (&types);
  return g_steal_pointer (&names);
}

GPtrArray *
e13_posix_list (const E13Pin *directory, GError **error)
{
  g_autoptr (GByteArray) types = NULL;

  return e13_posix_list_types (directory, &types, error);
}
