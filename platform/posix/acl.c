/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "platform/posix/acl.h"

#include <acl/libacl.h>
#include <errno.h>
#include <sys/acl.h>

#include "platform/posix/proc.h"

/* What acl_get_qualifier() hands out. */
typedef void AclMemory;
G_DEFINE_AUTO_CLEANUP_FREE_FUNC (acl_t, acl_free, NULL)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AclMemory, acl_free)

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
entry_from_native (acl_entry_t native, E13AclEntry *ret_entry)
{
  E13AclEntry entry = { 0, 0, 0 };
  acl_tag_t tag;
  acl_permset_t permset;

  if (acl_get_tag_type (native, &tag) < 0 || !tag_from_native (tag, &entry.tag)
      || acl_get_permset (native, &permset) < 0)
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (native_rights); i++)
    if (acl_get_perm (permset, native_rights[i].native) == 1)
      entry.rights |= (guint8)native_rights[i].right;
  if (e13_acl_tag_is_named (entry.tag))
    {
      g_autoptr (AclMemory) id = acl_get_qualifier (native);

      if (id == NULL)
        return FALSE;
      entry.id = *(const id_t *)id;
    }
  *ret_entry = entry;
  return TRUE;
}

/* NULL and *@ret_error. An empty list, which is how libacl says "no default ACL", is NULL without an error. */
static E13Acl *
acl_from_native (acl_t native, int *ret_error)
{
  g_autoptr (GArray) entries = g_array_new (FALSE, FALSE, sizeof (E13AclEntry));
  acl_entry_t entry;
  int more;
  E13Acl *acl;

  *ret_error = 0;
  for (more = acl_get_entry (native, ACL_FIRST_ENTRY, &entry); more == 1;
       more = acl_get_entry (native, ACL_NEXT_ENTRY, &entry))
    {
      E13AclEntry ours;

      if (!entry_from_native (entry, &ours))
        more = -1;
      else
        g_array_append_val (entries, ours);
    }
  if (more == 0 && entries->len == 0)
    return NULL;
  acl = more == 0 ? e13_acl_new ((const E13AclEntry *)(gpointer)entries->data, entries->len, NULL) : NULL;
  if (acl == NULL)
    *ret_error = EINVAL;
  return acl;
}

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

static E13Acl *
read_one (int fd, acl_type_t type, int *ret_error)
{
  g_auto (acl_t) native = acl_get_file (e13_posix_fd_path (fd).text, type);

  if (native == NULL)
    {
      *ret_error = errno;
      return NULL;
    }
  return acl_from_native (native, ret_error);
}

/* Returns 0 or errno. */
static int
read_both (int fd, const E13Facts *facts, E13Acl **ret_access, E13Acl **ret_default)
{
  int error;
  g_autoptr (E13Acl) access = read_one (fd, ACL_TYPE_ACCESS, &error);
  g_autoptr (E13Acl) default_acl = NULL;

  if (error == 0 && access == NULL)
    error = EINVAL;
  if (error == 0 && e13_acl_to_mode (access) != (facts->mode & 0777))
    error = EAGAIN;
  if (error == 0 && facts->type == E13_TYPE_DIRECTORY)
    default_acl = read_one (fd, ACL_TYPE_DEFAULT, &error);
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
