/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Objects: the facts that we know of one inode, and the reason for each that we don't. */

#pragma once

#include <glib.h>

#include "model/posix-acl.h"
#include "model/security-descriptor.h"

typedef enum
{
  E13_TYPE_UNKNOWN,
  E13_TYPE_FILE,
  E13_TYPE_DIRECTORY,
  E13_TYPE_SYMLINK,
  E13_TYPE_FIFO,
  E13_TYPE_SOCKET,
  E13_TYPE_CHAR_DEVICE,
  E13_TYPE_BLOCK_DEVICE,
} E13ObjectType;

/* "file", "directory", "symbolic link", "FIFO" … */
const char *e13_object_type_name (E13ObjectType type);

/* Which inode it is, and which state of it was seen. */
typedef struct
{
  guint64 device; /* st_dev */
  guint64 inode;
  guint64 mount_id;       /* 0 where the kernel does not tell */
  gint64 changed_seconds; /* ctime */
  guint32 changed_nanoseconds;
} E13ObjectKey;

/* Same device and inode. */
gboolean e13_object_key_same_inode (const E13ObjectKey *a, const E13ObjectKey *b);
/* Same inode, and not changed since. */
gboolean e13_object_key_same_state (const E13ObjectKey *a, const E13ObjectKey *b);
/* For a table by E13ObjectKey, whichever of the two makes keys equal. */
guint e13_object_key_hash (gconstpointer key);

typedef enum
{
  E13_ATTRIBUTE_IMMUTABLE = 1,
  E13_ATTRIBUTE_APPEND_ONLY = 2,
  E13_ATTRIBUTE_MOUNT_ROOT = 4,
  /* Of Windows, where no entry in a descriptor overrules them. */
  E13_ATTRIBUTE_READ_ONLY = 8,
  E13_ATTRIBUTE_ENCRYPTED = 16,   /* by EFS: only who encrypted it can read it */
  E13_ATTRIBUTE_PLACEHOLDER = 32, /* its content is elsewhere (OneDrive, tape) and comes when it is read */
} E13ObjectAttributes;

typedef enum
{
  E13_ACL_NOT_READ,    /* nobody has looked */
  E13_ACL_READ,        /* access and default_acl are what the object has */
  E13_ACL_UNSUPPORTED, /* the file system has none: the permission bits are all there is */
  E13_ACL_UNREADABLE,  /* reading failed: acl_errno */
} E13AclState;

typedef struct
{
  E13ObjectType type;
  guint32 mode; /* 07777 */
  guint32 uid;
  guint32 gid;
  guint32 n_links;
  guint attributes; /* of E13ObjectAttributes */
  E13ObjectKey key;
  E13AclState acl_state;
  int acl_errno;
  E13Acl *access; /* E13_ACL_READ and E13_ACL_UNSUPPORTED: never NULL, not extended where the object has no ACL; else
                     NULL */
  E13Acl *default_acl;       /* of a directory; NULL where there is none */
  E13SecurityDescriptor *sd; /* of an object of Windows; NULL where it has none or it is not known: @sd_errno */
  GBytes *sd_bytes;          /* what @sd was decoded from, self-relative; NULL where @sd is, and in a dump */
  int sd_errno;              /* why @sd could not be read; EINVAL: what was read is no descriptor */
  GBytes *zone; /* its Zone.Identifier stream, by which Windows knows that a file came from elsewhere; NULL:
                 * none, or nobody has looked */
} E13Facts;

void e13_facts_clear (E13Facts *facts);
/* @copy is overwritten, not cleared. */
void e13_facts_copy (E13Facts *copy, const E13Facts *facts);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (E13Facts, e13_facts_clear)

/* The file system that an object lies on. */
typedef struct
{
  char *mount_point;
  char *fs_type;
  gboolean read_only;
  gboolean noexec;
  gboolean is_network;      /* NFS, CIFS…: the server decides, the verdict is uncertain */
  gboolean mode_from_mount; /* vfat, ntfs without permissions, 9p…: chmod has no effect; a mount option is the cure */
  gboolean is_windows_drive; /* as WSL shows it: modes are made up, and the lists of Windows are out of reach */
  gboolean no_bytes_left;    /* for a user without privileges */
  gboolean no_inodes_left;
  guint max_acl_entries; /* of one ACL, where its file system has a limit that can be told; 0: not known */
} E13Mount;

void e13_mount_clear (E13Mount *mount);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (E13Mount, e13_mount_clear)
