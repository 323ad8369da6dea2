/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "platform/posix/foreign-xattr.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/xattr.h>

#include "base/error.h"
#include "base/fd.h"
#include "base/quote.h"
#include "model/samba-xattr.h"
#include "platform/posix/pin.h"
#include "platform/posix/proc.h"

#define FILE_ATTRIBUTE_READONLY 0x1u
#define FILE_ATTRIBUTE_OFFLINE 0x1000u
#define FILE_ATTRIBUTE_ENCRYPTED 0x4000u
#define FILE_ATTRIBUTE_RECALL_ON_OPEN 0x40000u
#define FILE_ATTRIBUTE_RECALL_ON_DATA_ACCESS 0x400000u

#define NTFS_ATTRIBUTES "system.ntfs_attrib_be"
#define ZONE_MAX 65536

/* ---- One attribute ----------------------------------------------------------------------------------------------- */

#define MOST_TRIES 8 /* for a value that grows each time */

/* The attribute @name of what @fd pins; NULL and errno. For a buffer that is too small ntfs-3g says EIO, not ERANGE. */
static GBytes *
get (int fd, const char *name)
{
  const E13FdPath path = e13_posix_fd_path (fd);
  guint8 small[1024];
  gssize size = getxattr (path.text, name, small, sizeof small);

  if (size >= 0)
    return g_bytes_new (small, (gsize)size);
  for (guint i = 0; (errno == ERANGE || errno == EIO) && i < MOST_TRIES; i++)
    {
      gssize needed = getxattr (path.text, name, NULL, 0);
      g_autofree guint8 *large = needed > 0 ? g_malloc ((gsize)needed) : NULL;

      if (large == NULL)
        return NULL;
      size = getxattr (path.text, name, large, (gsize)needed);
      if (size >= 0)
        return g_bytes_new_take (g_steal_pointer (&large), (gsize)size);
    }
  return NULL;
}

static gboolean
put (int fd, const char *path, const char *what, const char *name, GBytes *value, GError **error)
{
  gsize size;
  gconstpointer data = g_bytes_get_data (value, &size);

  return setxattr (e13_posix_fd_path (fd).text, name, data, size, 0) == 0 || e13_posix_throw_about (error, what, path);
}

/* ---- The descriptor ---------------------------------------------------------------------------------------------- */

static GBytes *
plain (GBytes *bytes, GError **error G_GNUC_UNUSED)
{
  return g_bytes_ref (bytes);
}

static GBytes *
plain_with (GBytes *old G_GNUC_UNUSED, GBytes *sd, GError **error G_GNUC_UNUSED)
{
  return g_bytes_ref (sd);
}

typedef struct
{
  const char *read;  /* the attribute's name */
  const char *write; /* of cifs, the one that takes no owner */
  GBytes *(*unwrap) (GBytes *stored, GError **error);
  GBytes *(*wrap) (GBytes *stored, GBytes *sd, GError **error);
  GBytes *(*wrap_new) (GBytes *sd); /* of what has none yet */
  gboolean is_of_server;            /* beside which the permission bits count */
} Source;

static const Source sources[] = {
  { "system.ntfs_acl", "system.ntfs_acl", plain, plain_with, g_bytes_ref, FALSE },           /* ntfs-3g */
  { "system.ntfs_security", "system.ntfs_security", plain, plain_with, g_bytes_ref, FALSE }, /* ntfs3 */
  { "system.cifs_ntsd", "system.cifs_acl", plain, plain_with, g_bytes_ref, FALSE },
  { "system.smb3_ntsd", "system.smb3_acl", plain, plain_with, g_bytes_ref, FALSE },
  { "security.NTACL", "security.NTACL", e13_ntacl_get_sd, e13_ntacl_with_sd, e13_ntacl_new, TRUE }, /* Samba, ksmbd */
};

/* Most objects are of the same file system as the one before: that source is asked first. */
static gint last_source;

/* The source that has the descriptor of what @fd pins, and the attribute as it is stored; NULL and errno: ENODATA where
 * none has it. */
static const Source *
find_source (int fd, GBytes **ret_stored)
{
  gint first = g_atomic_int_get (&last_source);

  for (gint i = 0; i < (gint)G_N_ELEMENTS (sources); i++)
    {
      gint index = (first + i) % (gint)G_N_ELEMENTS (sources);

      *ret_stored = get (fd, sources[index].read);
      if (*ret_stored != NULL)
        {
          g_atomic_int_set (&last_source, index);
          return &sources[index];
        }
      if (errno != ENODATA && errno != EOPNOTSUPP)
        return NULL;
    }
  errno = ENODATA;
  return NULL;
}

static void
read_descriptor (int fd, E13Facts *facts)
{
  g_autoptr (GBytes) stored = NULL;
  g_autoptr (GBytes) bytes = NULL;
  const Source *source = find_source (fd, &stored);

  facts->sd_errno = source == NULL ? errno : 0;
  if (source == NULL)
    return;
  bytes = source->unwrap (stored, NULL);
  if (bytes != NULL)
    facts->sd = e13_sd_decode (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), NULL);
  if (facts->sd != NULL)
    facts->sd_bytes = g_steal_pointer (&bytes);
  else
    facts->sd_errno = EINVAL;
}

static gboolean
write_descriptor (int fd, const char *path, GBytes *sd, GError **error)
{
  g_autoptr (GBytes) stored = NULL;
  g_autoptr (GBytes) wrapped = NULL;
  const Source *source = find_source (fd, &stored);

  if (source == NULL)
    return e13_posix_throw_about (error, "find the security descriptor of", path);
  wrapped = source->wrap (stored, sd, error);
  return wrapped != NULL && put (fd, path, "write the security descriptor of", source->write, wrapped, error);
}

/* ---- The attributes ---------------------------------------------------------------------------------------------- */

static gboolean
get_number (GBytes *bytes, guint32 *ret_number, GError **error)
{
  guint32 value;

  if (g_bytes_get_size (bytes) != sizeof value)
    return e13_throw (error, E13_ERROR_INPUT, "it is no number of four bytes");
  memcpy (&value, g_bytes_get_data (bytes, NULL), sizeof value);
  *ret_number = GUINT32_FROM_BE (value);
  return TRUE;
}

static GBytes *
number_with (GBytes *old G_GNUC_UNUSED, guint32 number, GError **error G_GNUC_UNUSED)
{
  guint32 value = GUINT32_TO_BE (number);

  return g_bytes_new (&value, sizeof value);
}

static const struct
{
  const char *name;
  gboolean (*get) (GBytes *stored, guint32 *ret_attributes, GError **error);
  GBytes *(*with) (GBytes *stored, guint32 attributes, GError **error);
} attribute_sources[] = {
  { NTFS_ATTRIBUTES, get_number, number_with },
  { "user.DOSATTRIB", e13_dosattrib_get, e13_dosattrib_with },
};

static const struct
{
  guint32 native;
  E13ObjectAttributes ours;
} attribute_bits[] = {
  { FILE_ATTRIBUTE_READONLY, E13_ATTRIBUTE_READ_ONLY },
  { FILE_ATTRIBUTE_ENCRYPTED, E13_ATTRIBUTE_ENCRYPTED },
  { FILE_ATTRIBUTE_OFFLINE, E13_ATTRIBUTE_PLACEHOLDER },
  { FILE_ATTRIBUTE_RECALL_ON_OPEN, E13_ATTRIBUTE_PLACEHOLDER },
  { FILE_ATTRIBUTE_RECALL_ON_DATA_ACCESS, E13_ATTRIBUTE_PLACEHOLDER },
};

static void
read_attributes (int fd, E13Facts *facts)
{
  guint32 native = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (attribute_sources); i++)
    {
      g_autoptr (GBytes) stored = get (fd, attribute_sources[i].name);

      if (stored != NULL && attribute_sources[i].get (stored, &native, NULL))
        break;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (attribute_bits); i++)
    if ((native & attribute_bits[i].native) != 0)
      facts->attributes |= attribute_bits[i].ours;
}

static gboolean
write_read_only (int fd, const char *path, gboolean read_only, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (attribute_sources); i++)
    {
      g_autoptr (GBytes) stored = get (fd, attribute_sources[i].name);
      g_autoptr (GBytes) changed = NULL;
      guint32 native;

      if (stored == NULL)
        continue;
      if (!attribute_sources[i].get (stored, &native, error))
        return FALSE;
      native = read_only ? native | FILE_ATTRIBUTE_READONLY : native & ~FILE_ATTRIBUTE_READONLY;
      changed = attribute_sources[i].with (stored, native, error);
      return changed != NULL && put (fd, path, "write the attributes of", attribute_sources[i].name, changed, error);
    }
  errno = ENODATA;
  return e13_posix_throw_about (error, "find the attributes of", path);
}

/* ---- The stream Zone.Identifier ---------------------------------------------------------------------------------- */

#define ZONE_STREAM ":Zone.Identifier"
#define ZONE_NTFS "user.Zone.Identifier"
#define ZONE_SAMBA "user.DosStream.Zone.Identifier:$DATA" /* with a byte 0 at the end that is none of it */

/* Where ntfs-3g shows streams as files beside the file: the name is looked up, and believed only if it leads to the
 * pinned inode. */
static GBytes *
read_stream_file (int fd)
{
  g_autofree char *path = g_file_read_link (e13_posix_fd_path (fd).text, NULL);
  g_autofree char *name = path != NULL ? g_strconcat (path, ZONE_STREAM, NULL) : NULL;
  e13_autofd int stream = name != NULL ? open (name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC) : -1;
  g_autofree guint8 *data = NULL;
  struct stat of_stream;
  struct stat of_pin;
  gssize size;

  if (stream < 0 || fstat (stream, &of_stream) != 0 || fstat (fd, &of_pin) != 0 || of_stream.st_dev != of_pin.st_dev
      || of_stream.st_ino != of_pin.st_ino)
    return NULL;
  data = g_malloc (ZONE_MAX);
  size = read (stream, data, ZONE_MAX);
  return size >= 0 ? g_bytes_new (data, (gsize)size) : NULL;
}

static GBytes *
without_last_byte (GBytes *bytes)
{
  gsize size = g_bytes_get_size (bytes);

  return g_bytes_new_from_bytes (bytes, 0, size > 0 ? size - 1 : 0);
}

static void
read_zone (int fd, E13Facts *facts)
{
  g_autoptr (GBytes) stored = NULL;

  if (facts->type != E13_TYPE_FILE)
    return;
  facts->zone = get (fd, ZONE_NTFS);
  if (facts->zone != NULL)
    return;
  if (errno == EOPNOTSUPP)
    facts->zone = read_stream_file (fd);
  else if ((stored = get (fd, ZONE_SAMBA)) != NULL)
    facts->zone = without_last_byte (stored);
}

/* Writing asks for the time of the content to be kept: some file systems count a stream as content. */
static gboolean
keep_times (int fd, const char *path, const struct stat *before, GError **error)
{
  const struct timespec times[] = { before->st_atim, before->st_mtim };
  struct stat now;

  if (fstat (fd, &now) == 0 && now.st_mtim.tv_sec == before->st_mtim.tv_sec
      && now.st_mtim.tv_nsec == before->st_mtim.tv_nsec)
    return TRUE;
  return utimensat (AT_FDCWD, e13_posix_fd_path (fd).text, times, 0) == 0
         || e13_posix_throw_about (error, "keep the times of", path);
}

static gboolean
write_zone (int fd, const char *path, GBytes *before, GBytes *after, GError **error)
{
  g_autoptr (GBytes) samba = get (fd, ZONE_SAMBA);
  gboolean is_samba = samba != NULL;
  const char *name;
  struct stat status;

  if (before == NULL) /* it comes back where the descriptor says whose file system this is */
    {
      g_autoptr (GBytes) stored = NULL;
      const Source *source = find_source (fd, &stored);

      is_samba = source != NULL && source->unwrap == e13_ntacl_get_sd;
    }
  name = is_samba ? ZONE_SAMBA : ZONE_NTFS;
  if (fstat (fd, &status) != 0)
    return e13_posix_throw_about (error, "read the times of", path);
  if (after == NULL)
    {
      if (removexattr (e13_posix_fd_path (fd).text, name) != 0)
        return e13_posix_throw_about (error, "remove the stream Zone.Identifier of", path);
    }
  else
    {
      g_autoptr (GByteArray) bytes = g_byte_array_new ();
      g_autoptr (GBytes) value = NULL;

      g_byte_array_append (bytes, g_bytes_get_data (after, NULL), (guint)g_bytes_get_size (after));
      if (is_samba)
        g_byte_array_append (bytes, (const guint8 *)"", 1);
      value = g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
      if (!put (fd, path, "write the stream Zone.Identifier of", name, value, error))
        return FALSE;
    }
  return keep_times (fd, path, &status, error);
}

/* ---- All of it --------------------------------------------------------------------------------------------------- */

void
e13_foreign_read_facts (int fd, E13Facts *facts)
{
  g_clear_pointer (&facts->sd, e13_sd_free);
  g_clear_pointer (&facts->sd_bytes, g_bytes_unref);
  g_clear_pointer (&facts->zone, g_bytes_unref);
  facts->sd_errno = ENODATA;
  if (facts->type != E13_TYPE_FILE && facts->type != E13_TYPE_DIRECTORY)
    return;
  read_descriptor (fd, facts);
  if (facts->sd == NULL)
    return;
  read_attributes (fd, facts);
  read_zone (fd, facts);
}

/* The descriptor of a volume's root may be unreadable, its attributes are there. */
gboolean
e13_foreign_is_ntfs (int fd)
{
  g_autoptr (GBytes) stored = get (fd, NTFS_ATTRIBUTES);

  return stored != NULL;
}

char *
e13_foreign_birth (int fd)
{
  g_autoptr (GBytes) time = get (fd, "system.ntfs_crtime_be");
  g_autoptr (GString) text = NULL;

  if (time == NULL)
    return NULL;
  text = g_string_new (NULL);
  for (gsize i = 0; i < g_bytes_get_size (time); i++)
    g_string_append_printf (text, "%02x", ((const guint8 *)g_bytes_get_data (time, NULL))[i]);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

gboolean
e13_foreign_put (int fd, const char *path, const E13Attributes *before, const E13Attributes *after, GError **error)
{
  if (before->read_only != after->read_only && !write_read_only (fd, path, after->read_only, error))
    return FALSE;
  if (!e13_attributes_same_zone (before->zone, after->zone) && !write_zone (fd, path, before->zone, after->zone, error))
    return FALSE;
  return g_bytes_equal (before->sd, after->sd) || write_descriptor (fd, path, after->sd, error);
}

gboolean
e13_foreign_put_new (const E13Pin *parent, const E13Pin *made, GBytes *sd, GError **error)
{
  g_autoptr (GBytes) stored = NULL;
  g_autoptr (GBytes) wrapped = NULL;
  const Source *source = find_source (parent->fd, &stored);

  if (source == NULL)
    return e13_posix_throw_about (error, "find the security descriptor of", parent->path);
  if (source->is_of_server && chmod (e13_posix_fd_path (made->fd).text, parent->facts.mode & ACCESSPERMS) != 0)
    return e13_posix_throw_about (error, "change the mode of", made->path);
  wrapped = source->wrap_new (sd);
  return put (made->fd, made->path, "write the security descriptor of", source->write, wrapped, error);
}
