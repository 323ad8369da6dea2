/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* POSIX access control lists as values: immutable, reference-counted, always valid and in canonical order.
 *
 * Valid means what acl_valid(3) and the kernel's posix_acl_valid() accept: exactly one entry each for the owner, the
 * owning group and others; at most one for each named user and group; a mask where there is a named entry. Pure: no
 * system header, tested everywhere; platform/posix translates from what the kernel hands out, and to libacl. */

#pragma once

#include <glib.h>

#include "model/rights.h"

/* In canonical order. */
typedef enum
{
  E13_ACL_USER_OBJ,
  E13_ACL_USER,
  E13_ACL_GROUP_OBJ,
  E13_ACL_GROUP,
  E13_ACL_MASK,
  E13_ACL_OTHER,
} E13AclTag;

/* Is it one of those that name an account: USER or GROUP? */
gboolean e13_acl_tag_is_named (E13AclTag tag);

typedef struct
{
  guint32 id;    /* of USER and GROUP; else 0 */
  guint8 tag;    /* E13AclTag */
  guint8 rights; /* E13Rights */
} E13AclEntry;

typedef struct
{
  gint ref_count;
  guint n_entries;
  E13AclEntry entries[];
} E13Acl;

/* Sorts a copy of @entries and validates it; NULL and @error (E13_ERROR_INPUT) where it is not valid. */
E13Acl *e13_acl_new (const E13AclEntry *entries, gsize n_entries, GError **error);
/* The three entries that the permission bits of @mode say. */
E13Acl *e13_acl_from_mode (guint32 mode);
E13Acl *e13_acl_ref (E13Acl *acl);
void e13_acl_unref (E13Acl *acl); /* NULL is allowed */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (E13Acl, e13_acl_unref)

/* NULL equals only NULL. */
gboolean e13_acl_equal (const E13Acl *a, const E13Acl *b);

/* Has it more than the three base entries? */
gboolean e13_acl_is_extended (const E13Acl *acl);

/* The entry of @tag (and @id, for USER and GROUP); NULL where there is none. Owned by the list. */
const E13AclEntry *e13_acl_find (const E13Acl *acl, E13AclTag tag, guint32 id);

/* What the entry of @tag holds: USER_OBJ, GROUP_OBJ or OTHER, which no list lacks. */
E13Rights e13_acl_rights_of (const E13Acl *acl, E13AclTag tag);

/* What the mask leaves of @rights for an entry of the group class; all of it where there is no mask. */
E13Rights e13_acl_masked (const E13Acl *acl, E13Rights rights);

/* The nine permission bits that stat(2) shows for an object with this access ACL: the group bits are the mask where
 * there is one. */
guint32 e13_acl_to_mode (const E13Acl *acl);
/* The group bits of that: the bound of every entry of the group class. */
E13Rights e13_acl_group_class (const E13Acl *acl);

/* The same list with the entry of @tag and @id set to @rights, added where it was missing. Adding a named entry to a
 * list without a mask adds the mask with what the owning group had, plus nothing: the caller decides what the mask
 * becomes. */
E13Acl *e13_acl_with (const E13Acl *acl, E13AclTag tag, guint32 id, E13Rights rights);
/* The same list without the named entry (USER or GROUP); unchanged where there was none. The mask stays. */
E13Acl *e13_acl_without (const E13Acl *acl, E13AclTag tag, guint32 id);
/* Each entry of the group class cut to E and @mask; the mask entry itself, where there is one, is set to @mask. */
E13Acl *e13_acl_trimmed (const E13Acl *acl, E13Rights mask);

/* setfacl's short form with numeric ids: "u::rwx,u:33:r-x,g::r-x,m::r-x,o::---". Free with g_free(). */
char *e13_acl_to_text (const E13Acl *acl);

/* getfacl's long form, "user:33:r-x", without its comments on what the mask cuts: a line an entry, each begun by
 * @prefix ("" or "default:") and ended by a newline, appended to @out. */
void e13_acl_append_getfacl (GString *out, const E13Acl *acl, const char *prefix);
/* Reads one such line without its prefix and newline; FALSE and @error (E13_ERROR_INPUT) where it is malformed.
 * Ids must be numeric. */
gboolean e13_acl_entry_parse (const char *line, E13AclEntry *ret_entry, GError **error);
