/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A platform that answers from a script: objects by absolute path, a lookup that follows their links, and a kernel that
 * says what the model says unless it was told otherwise. Only what is listed here is there; the other operations are
 * NULL. */

#pragma once

#include "platform/platform.h"

typedef struct
{
  const char *path; /* absolute, without links */
  E13ObjectType type;
  const char *acl;    /* as test_acl() reads it: "u::rwx,g::r-x,o::---" */
  guint32 upper_mode; /* 07000 */
  guint32 uid;
  guint32 gid;
  guint attributes;      /* of E13ObjectAttributes */
  E13AclState acl_state; /* E13_ACL_NOT_READ: taken for E13_ACL_READ */
  const char *link_target;
  E13Rights kernel_takes; /* the kernel denies these whatever the model says … */
  E13Rights kernel_gives; /* … and grants these */
  int kernel_error;       /* with this reason; 0: EACCES */
  gboolean kernel_is_mute;
  int lookup_error;      /* this process cannot look anything up in it: EACCES, EIO … */
  const E13Mount *mount; /* NULL: one without properties */
} FakeObject;

/* Users 0 root, 1000 maria, 33 www-data; groups 100 staff, 7 web. Operations: route, ask, mount_of, user_name,
 * group_name. */
extern const E13ReadOps fake_platform;

/* The objects that there are. "/" need not be among them: it is root's, for everybody to search. They must stay
 * valid. */
void fake_platform_set (const FakeObject *objects, gsize n_objects);

/* No path can be looked up any more: as without /proc. */
void fake_platform_break_routes (gboolean broken);
