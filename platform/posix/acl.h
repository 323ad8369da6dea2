/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* POSIX ACLs of pinned objects, through /proc/self/fd. Written by libacl. Read as the bytes that the kernel hands out
 * (linux/posix_acl_xattr.h): acl_get_file(3) asks for the mode of whatever has no list by its path, which was an eighth
 * of the time of a repair. */

#pragma once

#include "model/object.h"

/* Reads access and default ACL of the object that @fd pins (O_PATH) into @facts, whose type and mode are known, and
 * sets acl_state. Never fails as a whole: a file system without ACLs is E13_ACL_UNSUPPORTED, any other error
 * E13_ACL_UNREADABLE with acl_errno (EAGAIN: the object changed between its mode and its ACL being read). Symbolic
 * links have none: E13_ACL_READ, from the mode. Reading never opens the object, so FIFOs, sockets and devices are read
 * like files. ACLs that @facts held are released. */
void e13_posix_acl_read (int fd, E13Facts *facts);

/* Both return 0 or errno. One write, which sets the permission bits with it and keeps setuid, setgid and sticky where
 * the caller may; a list that is not extended removes an extended one. */
int e13_posix_acl_write_access (int fd, const E13Acl *acl);
/* NULL removes it. */
int e13_posix_acl_write_default (int fd, const E13Acl *acl);
