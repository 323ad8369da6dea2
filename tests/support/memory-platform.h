/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A platform that is a tree in memory, and fails on demand: one more implementation of both tables of the seam, so that
 * a test can let every single call go wrong. There is one tree a process, which Criterion gives to each test anew.
 *
 * It behaves as Linux does where that matters to a repair: each write is one primitive call (chown, ACL, chmod, default
 * ACL, mkdir, rmdir), each sets a new ctime, chown drops setuid and setgid, a new object inherits a default ACL. It
 * judges no access: it cannot be asked, so that the model has to. */

#pragma once

#include "platform/platform.h"

extern const E13ReadOps memory_read;
extern const E13WriteOps memory_write;

/* Empties the tree: only "/" is left, root's, 0755. The clock starts at @now seconds; each write lets a nanosecond
 * pass. */
void memory_reset (gint64 now);
/* Lets @seconds pass. */
void memory_pass (gint64 seconds);
/* Adds an object; its parent must be there. @access and @default_acl in setfacl's short form, or NULL; they outrank
 * @mode's lower bits. */
void memory_add (const char *path, E13ObjectType type, guint32 uid, guint32 gid, guint32 mode, const char *access,
                 const char *default_acl);
/* As the kernel makes one for a process with umask 022: inherits a default ACL. */
void memory_create (const char *path, E13ObjectType type, guint32 uid, guint32 gid);
void memory_remove (const char *path);
/* Another inode by the same name, number and attributes, as when a file is removed and made again. */
void memory_replace (const char *path);
/* Changes one attribute behind everybody's back. */
void memory_chmod (const char *path, guint32 mode);
void memory_chown (const char *path, guint32 uid, guint32 gid);
/* Moves a directory and all below it. */
void memory_rename (const char *path, const char *new_path);
/* Does handle_of() find no handles at all from now on? */
void memory_without_handles (gboolean without);

/* All objects and their attributes, one a line, by path. Free with g_free(). */
char *memory_describe (void);

/* Faults. Write calls are counted from 1, since the last of these. */
typedef enum
{
  MEMORY_NO_FAULT,
  MEMORY_FAIL,       /* that one call fails with the errno and changes nothing */
  MEMORY_DIE_BEFORE, /* the process is killed before that call: it and all later ones do nothing */
  MEMORY_DIE_AFTER,  /* that call is the last to do something */
} MemoryFault;
void memory_fail_write (MemoryFault fault, guint call, int error);
/* The same for pin(), with MEMORY_FAIL. */
void memory_fail_pin (guint call, int error);
/* How many write calls there were. */
guint memory_n_writes (void);
