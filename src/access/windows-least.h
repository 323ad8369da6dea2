/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The least grant on Windows: the one allow entry that gives a trustee what it lacks, at its place in the canonical
 * order, and the copy of it that each unprotected descendant inherits. Pure functions.
 *
 * Nothing else changes: no entry is reordered, merged or removed, and neither owner nor control bits move. So a list
 * that has no place for the entry, or in which the entry would not help, or would overrule a deny, is refused. */

#pragma once

#include "access/windows-inherit.h"
#include "access/windows.h"

typedef enum
{
  E13_WIN_GRANT_MADE,
  E13_WIN_GRANT_NEEDLESS,  /* it is granted, or the child has the copy already */
  E13_WIN_GRANT_NULL_DACL, /* everybody may do everything; a list would take that away */
  E13_WIN_GRANT_NO_PLACE,  /* the order of the entries leaves no canonical place for it */
  E13_WIN_GRANT_DENIED,    /* an entry that denies stands before it, or would be overruled; or the label denies */
  E13_WIN_GRANT_PROTECTED, /* this child inherits nothing */
  E13_WIN_GRANT_UNSURE,    /* entries that are not evaluated could decide otherwise */
  E13_WIN_GRANT_OTHERS,    /* somebody else's rights would change */
} E13WinGrantOutcome;

/* "it has no list of entries, and ..."; NULL for MADE. */
const char *e13_windows_why_no_grant (E13WinGrantOutcome outcome);

typedef struct
{
  E13Sid trustee;
  guint32 mask;
  const E13Token *token;    /* who asks: holds @trustee */
  gboolean override_denies; /* the administrator has said that the entry may overrule a deny that follows it */
} E13WinGrant;

typedef struct
{
  E13WinGrantOutcome outcome;
  E13SecurityDescriptor *sd; /* with E13_WIN_GRANT_MADE: the new one; else NULL */
  guint entry;  /* with MADE the new entry's position, with NEEDLESS that of the copy that a child has, with
                 * DENIED the denying one's; else G_MAXUINT */
  E13Sid other; /* with OTHERS: whose */
} E13WinGranted;

void e13_windows_granted_clear (E13WinGranted *granted);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (E13WinGranted, e13_windows_granted_clear)

/* Where an explicit allow entry belongs: after the explicit entries, before the inherited. G_MAXUINT where an explicit
 * deny follows an inherited entry, so that there is no such place. */
guint e13_windows_place_of_allow (const E13WinAcl *dacl);

/* @sd with an entry for @grant: of a directory inheritable, (OI)(CI). Clear the result. */
E13WinGranted e13_windows_least_grant (const E13SecurityDescriptor *sd, gboolean is_directory,
                                       const E13WinGrant *grant);

/* @child with its copy of the entry at @position of @parent, a directory's descriptor after the grant. Clear the
 * result. */
E13WinGranted e13_windows_least_inherit (const E13SecurityDescriptor *parent, guint position,
                                         const E13SecurityDescriptor *child, gboolean is_directory,
                                         const E13WinGrant *grant);

/* @sd without the entries that deny @trustee anything and were set there; with @inherited, without those that it
 * inherited as well. NULL where it has none. Free with e13_sd_free(). */
E13SecurityDescriptor *e13_windows_without_deny (const E13SecurityDescriptor *sd, const E13Sid *trustee,
                                                 gboolean inherited);

/* Is @after just @before and one more entry, at @position, and does everybody who does not hold the trustee of @grant
 * have the rights of before? Asked are each SID of the DACL, the owner, and the tokens that every Windows knows.
 * @ret_other (may be NULL): the first whose rights differ, where that is why. */
gboolean e13_windows_only_adds (const E13SecurityDescriptor *before, const E13SecurityDescriptor *after, guint position,
                                const E13WinGrant *grant, E13Sid *ret_other);
