/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A file with another content: written beside it, given all that the first one has, and put in its place at one moment.
 *
 * The directory may be a stranger's, who can rename and replace what lies in it at any time. So the two names are
 * exchanged, and what comes out is looked at: if that is not the file that was judged, they are exchanged back. A
 * stranger can only ever bring something of theirs to a name that is theirs already. */

#include "config.h"

#include "platform/posix/rewrite.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "base/error.h"
#include "base/fd.h"
#include "base/quote.h"
#include "platform/beside.h"
#include "platform/posix/facts.h"
#include "platform/posix/pin.h"
#include "platform/posix/proc.h"

typedef struct
{
  const E13Pin *parent;
  const char *name;
  GBytes *before, *after;
  E13Pin *old;
  gboolean is_done; /* it holds the new content already */
  char *temporary;  /* the new file's name */
  int fd;           /* the new file */
} Rewrite;

static gboolean
refuse (const Rewrite *rewrite, GError **error, E13ErrorCode code, const char *why)
{
  g_autofree char *shown = e13_quote_display (rewrite->old != NULL ? rewrite->old->path : rewrite->name);

  return e13_throw (error, code, "cannot write '%s' anew: %s", shown, why);
}

static gboolean
fail (const Rewrite *rewrite, GError **error, const char *what)
{
  return e13_posix_throw_about (error, what, rewrite->old->path);
}

/* ---- The file as it is ----------------------------------------------------------------------- */

static gsize
most_bytes (const Rewrite *rewrite)
{
  return MAX (g_bytes_get_size (rewrite->before), g_bytes_get_size (rewrite->after)) + 1;
}

static gboolean
check_old (Rewrite *rewrite, const E13ObjectKey *key, GError **error)
{
  const E13Facts *facts = &rewrite->old->facts;
  g_autoptr (GBytes) content = NULL;

  if (facts->type != E13_TYPE_FILE)
    return refuse (rewrite, error, E13_ERROR_REFUSED, "it is no plain file");
  if (!e13_object_key_same_inode (&facts->key, key))
    return refuse (rewrite, error, E13_ERROR_MOVED, "it is not the file that was judged");
  if (!e13_object_key_same_state (&facts->key, key))
    return refuse (rewrite, error, E13_ERROR_MOVED, "it has changed since it was judged");
  if ((facts->mode & 06000) != 0)
    return refuse (rewrite, error, E13_ERROR_REFUSED, "it runs as its owner or group");
  if (facts->n_links != 1)
    return refuse (rewrite, error, E13_ERROR_REFUSED,
                   "it has a second name (hard link), which would keep the old content");
  content = e13_posix_read_file (rewrite->old, most_bytes (rewrite), error);
  if (content == NULL)
    return FALSE;
  rewrite->is_done = g_bytes_equal (content, rewrite->after);
  return rewrite->is_done || g_bytes_equal (content, rewrite->before)
         || refuse (rewrite, error, E13_ERROR_MOVED, "it does not hold what was judged");
}

/* ---- The new one ----------------------------------------------------------------------------- */

/* Removes what a process that was killed has left: the file before it was put in place, or the old one after that. */
static gboolean
remove_left_over (const Rewrite *rewrite, const char *name)
{
  E13Pin *pin = e13_posix_pin_of_fd (openat (rewrite->parent->fd, name, O_PATH | O_NOFOLLOW | O_CLOEXEC),
                                     rewrite->old->path, NULL);
  g_autoptr (GBytes) content = NULL;

  if (pin == NULL)
    return FALSE;
  if (pin->facts.type == E13_TYPE_FILE && pin->facts.n_links == 1)
    content = e13_posix_read_file (pin, most_bytes (rewrite), NULL);
  e13_posix_unpin (pin);
  return content != NULL && e13_beside_is_left_over (content, rewrite->before, rewrite->after)
         && unlinkat (rewrite->parent->fd, name, 0) == 0;
}

static gboolean
make_at (Rewrite *rewrite, const char *name)
{
  rewrite->fd = openat (rewrite->parent->fd, name, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (rewrite->fd >= 0)
    rewrite->temporary = g_strdup (name);
  return rewrite->fd >= 0;
}

static gboolean
make_temporary (Rewrite *rewrite, GError **error)
{
  g_autofree char *name = e13_beside_name (rewrite->name, rewrite->before, rewrite->after);

  if (make_at (rewrite, name))
    return TRUE;
  if (errno == EEXIST)
    {
      g_autofree char *other = remove_left_over (rewrite, name) ? NULL : e13_beside_other_name ();

      if (make_at (rewrite, other != NULL ? other : name))
        return TRUE;
    }
  return fail (rewrite, error, "make a file beside");
}

static gboolean
write_content (const Rewrite *rewrite, GError **error)
{
  gsize size = 0;
  const char *data = g_bytes_get_data (rewrite->after, &size);

  while (size > 0)
    {
      gssize written = write (rewrite->fd, data, size);

      if (written < 0 && errno != EINTR)
        return fail (rewrite, error, "write the new content of");
      if (written > 0)
        {
          data += written;
          size -= (gsize)written;
        }
    }
  return TRUE;
}

/* The names of the attributes that @path lists; NULL and errno. */
static GPtrArray *
list_attributes (const char *path)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  gssize size = listxattr (path, NULL, 0);
  g_autofree char *list = size > 0 ? g_malloc ((gsize)size) : NULL;

  if (list != NULL)
    size = listxattr (path, list, (gsize)size);
  if (size < 0)
    return errno == EOPNOTSUPP ? g_steal_pointer (&names) : NULL;
  for (gssize at = 0; at < size; at += (gssize)strlen (list + at) + 1)
    g_ptr_array_add (names, g_strdup (list + at));
  return g_steal_pointer (&names);
}

/* FALSE and errno. An attribute that is not there is none to copy. */
static gboolean
copy_attribute (const char *from, const char *read_name, const char *to, const char *write_name)
{
  gssize size = getxattr (from, read_name, NULL, 0);
  g_autofree char *value = NULL;

  if (size < 0)
    return errno == ENODATA || errno == EOPNOTSUPP;
  value = g_malloc (MAX ((gsize)size, 1));
  size = getxattr (from, read_name, value, (gsize)size);
  return size >= 0 && setxattr (to, write_name, value, (gsize)size, 0) == 0;
}

static gboolean
has_name (const GPtrArray *names, const char *name)
{
  return g_ptr_array_find_with_equal_func ((GPtrArray *)names, name, g_str_equal, NULL);
}

/* FALSE and errno. */
static gboolean
copy_attributes (const char *from, const char *to)
{
  /* Those of Windows' file systems, which no list has: as they are read, and as they are written. */
  static const char *const unlisted[][2] = {
    { "system.ntfs_acl", "system.ntfs_acl" },
    { "system.ntfs_security", "system.ntfs_security" },
    { "system.cifs_ntsd", "system.cifs_acl" },
    { "system.smb3_ntsd", "system.smb3_acl" },
    { "system.ntfs_attrib_be", "system.ntfs_attrib_be" },
  };
  g_autoptr (GPtrArray) names = list_attributes (from);
  g_autoptr (GPtrArray) own = list_attributes (to);

  if (names == NULL || own == NULL)
    return FALSE;
  /* What the directory has handed down to the new one. */
  for (guint i = 0; i < own->len; i++)
    if (!has_name (names, own->pdata[i]) && removexattr (to, own->pdata[i]) < 0)
      return FALSE;
  for (guint i = 0; i < names->len; i++)
    if (!copy_attribute (from, names->pdata[i], to, names->pdata[i]))
      return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (unlisted); i++)
    if (!copy_attribute (from, unlisted[i][0], to, unlisted[i][1]))
      return FALSE;
  return TRUE;
}

static gboolean
carry_over (const Rewrite *rewrite, GError **error)
{
  const E13Facts *facts = &rewrite->old->facts;
  const E13FdPath from = e13_posix_fd_path (rewrite->old->fd), to = e13_posix_fd_path (rewrite->fd);
  g_auto (E13Attributes) wanted = { 0 };
  g_auto (E13Attributes) got = { 0 };
  E13Pin *made;
  gboolean is_same;

  if (fchown (rewrite->fd, facts->uid, facts->gid) < 0)
    return fail (rewrite, error, "keep the owner and group of");
  if (!copy_attributes (from.text, to.text))
    return fail (rewrite, error, "keep the ACL or the attributes of");
  /* Last: without its ACL, the group's bits of the mode would let the group in. */
  if (fchmod (rewrite->fd, facts->mode & 07777) < 0)
    return fail (rewrite, error, "keep the mode of");
  made = e13_posix_pin_of_fd (openat (rewrite->parent->fd, rewrite->temporary, O_PATH | O_NOFOLLOW | O_CLOEXEC),
                              rewrite->old->path, error);
  if (made == NULL)
    return FALSE;
  e13_attributes_from_facts (&wanted, facts);
  e13_attributes_from_facts (&got, &made->facts);
  is_same = e13_attributes_equal (&wanted, &got);
  e13_posix_unpin (made);
  return is_same || refuse (rewrite, error, E13_ERROR_REFUSED, "its owner, mode or ACL could not be carried over");
}

/* ---- The exchange ---------------------------------------------------------------------------- */

static gboolean
is_at (const Rewrite *rewrite, const char *name, const E13ObjectKey *key)
{
  E13Facts facts;

  return e13_posix_stat (rewrite->parent->fd, name, AT_SYMLINK_NOFOLLOW, &facts) == 0
         && e13_object_key_same_inode (&facts.key, key);
}

static int
exchange (const Rewrite *rewrite)
{
  return renameat2 (rewrite->parent->fd, rewrite->temporary, rewrite->parent->fd, rewrite->name, RENAME_EXCHANGE);
}

/* Where the file system cannot exchange, the last look comes just before. */
static gboolean
replace (Rewrite *rewrite, const E13ObjectKey *key, GError **error)
{
  if (!is_at (rewrite, rewrite->name, key))
    return refuse (rewrite, error, E13_ERROR_MOVED, "another file has been put in its place");
  if (renameat (rewrite->parent->fd, rewrite->temporary, rewrite->parent->fd, rewrite->name) < 0)
    return fail (rewrite, error, "put the new content in the place of");
  g_clear_pointer (&rewrite->temporary, g_free);
  return TRUE;
}

static gboolean
put_in_place (Rewrite *rewrite, const E13ObjectKey *key, GError **error)
{
  if (exchange (rewrite) < 0)
    {
      if (errno == EINVAL || errno == ENOSYS || errno == EOPNOTSUPP)
        return replace (rewrite, key, error);
      return fail (rewrite, error, "put the new content in the place of");
    }
  if (is_at (rewrite, rewrite->temporary, key))
    return TRUE;
  exchange (rewrite);
  return refuse (rewrite, error, E13_ERROR_MOVED, "another file has been put in its place");
}

/* The directory's own entry, too. */
static void
sync_directory (const Rewrite *rewrite)
{
  e13_autofd int fd = openat (rewrite->parent->fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  if (fd >= 0)
    fsync (fd);
}

static gboolean
run (Rewrite *rewrite, const E13ObjectKey *key, GError **error)
{
  if (!check_old (rewrite, key, error))
    return FALSE;
  if (rewrite->is_done)
    {
      g_autofree char *name = e13_beside_name (rewrite->name, rewrite->before, rewrite->after);

      remove_left_over (rewrite, name);
      return TRUE;
    }
  if (!make_temporary (rewrite, error) || !write_content (rewrite, error) || !carry_over (rewrite, error))
    return FALSE;
  if (fsync (rewrite->fd) < 0)
    return fail (rewrite, error, "sync the new content of");
  return put_in_place (rewrite, key, error);
}

gboolean
e13_posix_rewrite (const E13Pin *parent, const char *name, const E13ObjectKey *key, GBytes *before, GBytes *after,
                   GError **error)
{
  Rewrite rewrite = { .parent = parent, .name = name, .before = before, .after = after, .fd = -1 };
  g_autofree char *path = *parent->path != '\0' ? g_build_filename (parent->path, name, NULL) : g_strdup (name);
  gboolean done;

  rewrite.old = e13_posix_pin_of_fd (openat (parent->fd, name, O_PATH | O_NOFOLLOW | O_CLOEXEC), path, error);
  if (rewrite.old == NULL)
    return FALSE;
  done = run (&rewrite, key, error);
  /* The old file after an exchange, else the new one that was not wanted. */
  if (rewrite.temporary != NULL)
    unlinkat (parent->fd, rewrite.temporary, 0);
  if (done)
    sync_directory (&rewrite);
  e13_close_fd (&rewrite.fd);
  e13_posix_unpin (rewrite.old);
  g_free (rewrite.temporary);
  return done;
}
