/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "model/object.h"

const char *
e13_object_type_name (E13ObjectType type)
{
  static const char *const names[] = {
    [E13_TYPE_UNKNOWN] = "object of unknown type",
    [E13_TYPE_FILE] = "file",
    [E13_TYPE_DIRECTORY] = "directory",
    [E13_TYPE_SYMLINK] = "symbolic link",
    [E13_TYPE_FIFO] = "FIFO",
    [E13_TYPE_SOCKET] = "socket",
    [E13_TYPE_CHAR_DEVICE] = "character device",
    [E13_TYPE_BLOCK_DEVICE] = "block device",
  };

  return names[type];
}

gboolean
e13_object_key_same_inode (const E13ObjectKey *a, const E13ObjectKey *b)
{
  return a->device == b->device && a->inode == b->inode;
}

gboolean
e13_object_key_same_state (const E13ObjectKey *a, const E13ObjectKey *b)
{
  return e13_object_key_same_inode (a, b) && a->changed_seconds == b->changed_seconds
         && a->changed_nanoseconds == b->changed_nanoseconds;
}

guint
e13_object_key_hash (gconstpointer key)
{
  return g_int64_hash (&((const E13ObjectKey *)key)->inode);
}

void
e13_facts_clear (E13Facts *facts)
{
  g_clear_pointer (&facts->access, e13_acl_unref);
  g_clear_pointer (&facts->default_acl, e13_acl_unref);
  g_clear_pointer (&facts->sd, e13_sd_free);
  g_clear_pointer (&facts->sd_bytes, g_bytes_unref);
  g_clear_pointer (&facts->zone, g_bytes_unref);
}

void
e13_facts_copy (E13Facts *copy, const E13Facts *facts)
{
  *copy = *facts;
  e13_acl_ref (copy->access);
  e13_acl_ref (copy->default_acl);
  if (facts->sd != NULL)
    copy->sd = e13_sd_copy (facts->sd);
  if (facts->sd_bytes != NULL)
    g_bytes_ref (copy->sd_bytes);
  if (facts->zone != NULL)
    g_bytes_ref (copy->zone);
}

void
e13_mount_clear (E13Mount *mount)
{
  g_clear_pointer (&mount->mount_point, g_free);
  g_clear_pointer (&mount->fs_type, g_free);
}
