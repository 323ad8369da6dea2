/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A dump as a tree: names, and for each object the descriptor that the dump has of it. Hostile text is expected: what
 * is wrong is an error with its line. Internal to platform/snapshot. */

#pragma once

#include "platform/platform.h"
#include "platform/snapshot/names.h"

/* What getfacl says of an object. */
typedef struct
{
  guint32 mode; /* 07777 */
  guint32 uid;
  guint32 gid;
  E13Acl *access; /* never NULL */
  E13Acl *default_acl;
} E13DumpPosix;

typedef struct E13DumpNode
{
  char *name; /* of the root of all: "" */
  struct E13DumpNode *parent;
  GPtrArray *children;             /* of E13DumpNode *, in the order of the dump; NULL: none */
  const E13SecurityDescriptor *sd; /* NULL: the dump holds none, or one that cannot be judged. The dump's */
  E13DumpPosix *posix;             /* in a dump of a POSIX machine; NULL: it holds nothing of it */
  guint line;                      /* where it stands; 0: only names below it do */
} E13DumpNode;

typedef struct
{
  E13DumpNode *top;           /* holds the drives, or what relative names begin with */
  GHashTable *nodes;          /* each node but the top, by parent and name */
  GHashTable *descriptors;    /* SDDL → E13SecurityDescriptor *: most objects share one of a few */
  gboolean is_posix;          /* of POSIX ACLs; else of descriptors */
  E13DumpNames *names;        /* of accounts, in a dump of POSIX ACLs */
  gboolean has_failures;      /* whoever took it could not read something */
  gboolean is_absolute;       /* its paths begin with a drive or a server, or with / */
  gboolean has_no_owner;      /* some descriptor says no owner */
  gboolean has_local_aliases; /* some entry is for an account that SDDL names relative to the machine (LA, DA) */
  guint n_beyond;             /* descriptors with entries that SDDL has no plain form for */
} E13Dump;

void e13_dump_free (E13Dump *dump);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (E13Dump, e13_dump_free)

/* Reads the text of a dump, in whatever encoding, of whatever format. NULL and E13_ERROR_INPUT with the line. */
E13Dump *e13_dump_parse (const char *bytes, gsize size, GError **error);

E13ObjectType e13_dump_type (const E13DumpNode *node);

/* A path of this dump for a message. Free with g_free(). */
char *e13_dump_shown (const E13Dump *dump, const char *path);
/* Is @path, as people write it, one that the system of the dump allows? */
gboolean e13_dump_is_path (const E13Dump *dump, const char *path);
/* The node at @path ("a/b", "" @from itself), on Windows in letters of whatever case; NULL where there is none. */
E13DumpNode *e13_dump_find (const E13Dump *dump, const E13DumpNode *from, const char *path);
/* Does @path begin with a drive or a server, or of a POSIX machine with /? */
gboolean e13_dump_is_absolute (const E13Dump *dump, const char *path);
/* Follows a path as people write it, where on Windows letters count alike in either case: from @from, or where it is
 * absolute from the top. Returns the last node that there is; @ret_missing (free with g_free()) is what of the path
 * follows it, with slashes, NULL where all of it is there. */
const E13DumpNode *e13_dump_follow (const E13Dump *dump, const E13DumpNode *from, const char *path, char **ret_missing);
/* The node at an absolute path as people write it; NULL where there is none. */
const E13DumpNode *e13_dump_find_written (const E13Dump *dump, const char *path);
/* The outermost directory that the dump describes. */
E13DumpNode *e13_dump_site (const E13Dump *dump);
/* The path of @node below @from, with slashes. Free with g_free(). */
char *e13_dump_path (const E13DumpNode *node, const E13DumpNode *from);

/* ---- For the readers of the formats ----------------------------------------------------------------------------- */

/* One object. @path as the dump writes it; @sddl NULL or "": not known. */
gboolean e13_dump_add (E13Dump *dump, const char *path, const char *sddl, guint line, GError **error);

/* The same with what getfacl says; its ACLs are referenced. */
gboolean e13_dump_add_posix (E13Dump *dump, const char *path, const E13DumpPosix *posix, guint line, GError **error);

/* The dump's bytes as UTF-8 without a byte order mark; E13_ERROR_INPUT where it is no text. Free with g_free(). */
char *e13_dump_decode (const char *bytes, gsize size, GError **error);

/* `icacls DIR /save FILE /T`: a line with the name, a line with the SDDL. @lines ends with NULL. */
gboolean e13_dump_read_icacls (E13Dump *dump, char *const *lines, GError **error);
/* PowerShell's Export-Csv with columns Path and Sddl. */
gboolean e13_dump_looks_like_csv (const char *text);
gboolean e13_dump_read_csv (E13Dump *dump, const char *text, GError **error);
/* `getfacl -R`. */
gboolean e13_dump_looks_like_getfacl (const char *text);
gboolean e13_dump_read_getfacl (E13Dump *dump, char *const *lines, GError **error);
