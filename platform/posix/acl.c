/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "platform/posix/acl.h"

#include <acl/libacl.h>
#include <errno.h>
#include <linux/limits.h>
#include <linux/posix_acl_xattr.h>
#include <linux/xattr.h>
#include <string.h>
#include <sys/acl.h>
#include <sys/stat.h>
#include <sys/xattr.h>

#include "platform/posix/proc.h"

G_DEFINE_AUTO_CLEANUP_FREE_FUNC (acl_t, acl_free, NULL)

static const acl_tag_t native_tags[] = {
  [E13_ACL_USER_OBJ] = ACL_USER_OBJ, [E13_ACL_USER] = ACL_USER, [E13_ACL_GROUP_OBJ] = ACL_GROUP_OBJ,
  [E13_ACL_GROUP] = ACL_GROUP,       [E13_ACL_MASK] = ACL_MASK, [E13_ACL_OTHER] = ACL_OTHER,
};

static const struct
{
  E13Rights right;
  acl_perm_t native;
} native_rights[] = {
  { E13_RIGHT_READ, ACL_READ },
  { E13_RIGHT_WRITE, ACL_WRITE },
  { E13_RIGHT_EXECUTE, ACL_EXECUTE },
};

/* The one place that says how a file system without ACLs answers. */
static gboolean
is_unsupported (int error)
{
  return error == EOPNOTSUPP || error == ENOSYS;
}

/* ---- Reading --------------------------------------------------------------------------------- */

/* An ACL as the kernel hands it out: the header and twenty named entries fit in without a second question. */
#define USUAL_BYTES 256

static gboolean
tag_from_native (acl_tag_t native, guint8 *ret_tag)
{
  for (guint8 tag = 0; tag < G_N_ELEMENTS (native_tags); tag++)
    if (native_tags[tag] == native)
      {
        *ret_tag = tag;
        return TRUE;
      }
  return FALSE;
}

static gboolean
entry_from_xattr (const struct posix_acl_xattr_entry *raw, E13AclEntry *ret_entry)
{
  guint16 rights = GUINT16_FROM_LE (raw->e_perm);

  if (!tag_from_native (GUINT16_FROM_LE (raw->e_tag), &ret_entry->tag) || rights > E13_RIGHTS_ALL)
    return FALSE;
  ret_entry->rights = (guint8)rights;
  ret_entry->id = GUINT32_FROM_LE (raw->e_id);
  return TRUE;
}

/* NULL and EINVAL where the bytes are no valid list. */
static E13Acl *
acl_from_xattr (const guint8 *bytes, gsize size, int *ret_error)
{
  g_autoptr (GArray) entries = g_array_new (FALSE, FALSE, sizeof (E13AclEntry));
  struct posix_acl_xattr_header header;
  struct posix_acl_xattr_entry raw;
  E13AclEntry entry;
  E13Acl *acl;

  *ret_error = EINVAL;
  if (size < sizeof header || (size - sizeof header) % sizeof raw != 0)
    return NULL;
  memcpy (&header, bytes, sizeof header);
  if (GUINT32_FROM_LE (header.a_version) != POSIX_ACL_XATTR_VERSION)
    return NULL;
  for (gsize at = sizeof header; at < size; at += sizeof raw)
    {
      memcpy (&raw, bytes + at, sizeof raw);
      if (!entry_from_xattr (&raw, &entry))
        return NULL;
      g_array_append_val (entries, entry);
    }
  acl = e13_acl_new ((const E13AclEntry *)(gpointer)entries->data, entries->len, NULL);
  if (acl != NULL)
    *ret_error = 0;
  return acl;
}

/* NULL and *@ret_error, ENODATA where there is no list. */
static E13Acl *
read_one (int fd, const char *name, int *ret_error)
{
  E13FdPath path = e13_posix_fd_path (fd);
  guint8 usual[USUAL_BYTES];
  g_autofree guint8 *large = NULL;
  ssize_t size = getxattr (path.text, name, usual, sizeof usual);

  if (size < 0 && errno == ERANGE)
    {
      large = g_malloc (XATTR_SIZE_MAX);
      size = getxattr (path.text, name, large, XATTR_SIZE_MAX);
    }
  if (size < 0)
    {
      *ret_error = errno;
      return NULL;
    }
  return acl_from_xattr (large != NULL ? large : usual, (gsize)size, ret_error);
}

/* What has no list has one that its mode says. The mode is read again, to see that it belongs to this moment. */
static E13Acl *
read_access (int fd, guint32 mode, int *ret_error)
{
  g_autoptr (E13Acl) acl = read_one (fd, XATTR_NAME_POSIX_ACL_ACCESS, ret_error);
  struct stat now;

  if (acl != NULL && e13_acl_to_mode (acl) != (mode & ACCESSPERMS))
    *ret_error = EAGAIN;
  if (*ret_error != ENODATA)
    return *ret_error == 0 ? g_steal_pointer (&acl) : NULL;
  if (fstat (fd, &now) < 0)
    *ret_error = errno;
  else
    *ret_error = ((now.st_mode ^ mode) & ACCESSPERMS) == 0 ? 0 : EAGAIN;
  return *ret_error == 0 ? e13_acl_from_mode (mode) : NULL;
}

static E13Acl *
read_default (int fd, int *ret_error)
{
  E13Acl *acl = read_one (fd, XATTR_NAME_POSIX_ACL_DEFAULT, ret_error);

  if (*ret_error == ENODATA)
    *ret_error = 0;
  return acl;
}

/* Returns 0 or errno. */
static int
read_both (int fd, const E13Facts *facts, E13Acl **ret_access, E13Acl **ret_default)
{
  int error;
  g_autoptr (E13Acl) access = read_access (fd, facts->mode, &error);
  g_autoptr (E13Acl) default_acl = NULL;

  if (error == 0 && facts->type == E13_TYPE_DIRECTORY)
    default_acl = read_default (fd, &error);
  if (error != 0)
    return error;
  *ret_access = g_steal_pointer (&access);
  *ret_default = g_steal_pointer (&default_acl);
  return 0;
}

void
e13_posix_acl_read (int fd, E13Facts *facts)
{
  int error;

  g_clear_pointer (&facts->access, e13_acl_unref);
  g_clear_pointer (&facts->default_acl, e13_acl_unref);
  facts->acl_errno = 0;
  facts->acl_state = E13_ACL_READ;
  if (facts->type == E13_TYPE_SYMLINK)
    {
      facts->access = e13_acl_from_mode (facts->mode);
      return;
    }
  error = read_both (fd, facts, &facts->access, &facts->default_acl);
  if (is_unsupported (error))
    {
      facts->acl_state = E13_ACL_UNSUPPORTED;
      facts->access = e13_acl_from_mode (facts->mode);
    }
  else if (error != 0)
    {
      facts->acl_state = E13_ACL_UNREADABLE;
      facts->acl_errno = error;
    }
}

/* ---- Writing --------------------------------------------------------------------------------- */

static gboolean
entry_to_native (const E13AclEntry *ours, acl_entry_t native)
{
  id_t id = ours->id;
  acl_permset_t permset;

  if (acl_set_tag_type (native, native_tags[ours->tag]) < 0 || acl_get_permset (native, &permset) < 0
      || acl_clear_perms (permset) < 0)
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (native_rights); i++)
    if ((ours->rights & native_rights[i].right) != 0 && acl_add_perm (permset, native_rights[i].native) < 0)
      return FALSE;
  return !e13_acl_tag_is_named (ours->tag) || acl_set_qualifier (native, &id) == 0;
}

/* NULL and errno. */
static acl_t
acl_to_native (const E13Acl *acl)
{
  g_auto (acl_t) native = acl_init ((int)acl->n_entries);

  if (native == NULL)
    return NULL;
  for (guint i = 0; i < acl->n_entries; i++)
    {
      acl_entry_t entry;

      if (acl_create_entry (&native, &entry) < 0 || !entry_to_native (&acl->entries[i], entry))
        return NULL;
    }
  return g_steal_pointer (&native);
}

static int
write_one (int fd, acl_type_t type, const E13Acl *acl)
{
  g_auto (acl_t) native = acl_to_native (acl);

  if (native == NULL)
    return errno;
  return acl_set_file (e13_posix_fd_path (fd).text, type, native) < 0 ? errno : 0;
}

int
e13_posix_acl_write_access (int fd, const E13Acl *acl)
{
  return write_one (fd, ACL_TYPE_ACCESS, acl);
}

int
e13_posix_acl_write_default (int fd, const E13Acl *acl)
{
  if (acl != NULL)
    return write_one (fd, ACL_TYPE_DEFAULT, acl);
  return acl_delete_def_file (e13_posix_fd_path (fd).text) < 0 ? errno : 0;
}
