/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "platform/posix/facts.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

E13ObjectType
e13_posix_type_of_mode (guint32 mode)
{
  switch (mode & S_IFMT)
    {
    case S_IFREG:
      return E13_TYPE_FILE;
    case S_IFDIR:
      return E13_TYPE_DIRECTORY;
    case S_IFLNK:
      return E13_TYPE_SYMLINK;
    case S_IFIFO:
      return E13_TYPE_FIFO;
    case S_IFSOCK:
      return E13_TYPE_SOCKET;
    case S_IFCHR:
      return E13_TYPE_CHAR_DEVICE;
    case S_IFBLK:
      return E13_TYPE_BLOCK_DEVICE;
    default:
      return E13_TYPE_UNKNOWN;
    }
}

static guint
attributes_of (const struct statx *stat)
{
  guint64 known = stat->stx_attributes & stat->stx_attributes_mask;

  return (known & STATX_ATTR_IMMUTABLE ? E13_ATTRIBUTE_IMMUTABLE : 0)
         | (known & STATX_ATTR_APPEND ? E13_ATTRIBUTE_APPEND_ONLY : 0)
         | (known & STATX_ATTR_MOUNT_ROOT ? E13_ATTRIBUTE_MOUNT_ROOT : 0);
}

int
e13_posix_stat (int dirfd, const char *name, int flags, E13Facts *ret_facts)
{
  struct statx stat;

  if (statx (dirfd, name, flags | AT_NO_AUTOMOUNT, STATX_BASIC_STATS | STATX_MNT_ID, &stat) < 0)
    return errno;

  *ret_facts = (E13Facts){
    .type = e13_posix_type_of_mode (stat.stx_mode),
    .mode = stat.stx_mode & 07777,
    .uid = stat.stx_uid,
    .gid = stat.stx_gid,
    .n_links = stat.stx_nlink,
    .attributes = attributes_of (&stat),
    .key = {
      .device = makedev (stat.stx_dev_major, stat.stx_dev_minor),
      .inode = stat.stx_ino,
      .mount_id = stat.stx_mask & STATX_MNT_ID ? stat.stx_mnt_id : 0,
      .changed_seconds = stat.stx_ctime.tv_sec,
      .changed_nanoseconds = stat.stx_ctime.tv_nsec,
    },
    .acl_state = E13_ACL_NOT_READ,
  };
  return 0;
}
