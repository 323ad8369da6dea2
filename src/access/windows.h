/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The Windows access model: may a token do this by a security descriptor, and what decided. Pure functions after
 * [MS-DTYP] 2.5.3.2: entries in the order in which they stand, the first that speaks of a right decides it.
 *
 * Conditional and object entries are not evaluated: what they could change is reported as unsure, so that nobody takes
 * the verdict for more than it is. */

#pragma once

#include "model/security-descriptor.h"
#include "model/token.h"

typedef enum
{
  E13_WIN_BY_ENTRY,       /* an entry of the DACL */
  E13_WIN_BY_NO_DACL,     /* there is none: everything is granted */
  E13_WIN_BY_END,         /* no entry granted what was left */
  E13_WIN_BY_OWNER,       /* what owners may always do */
  E13_WIN_BY_PRIVILEGE,   /* or the lack of one */
  E13_WIN_BY_LABEL,       /* the mandatory label */
  E13_WIN_BY_RESTRICTION, /* the restricted SIDs of the token */
  E13_WIN_BY_PARENT,      /* the directory that holds the object */
} E13WinDecider;

typedef struct
{
  gboolean granted;
  guint32 mask;   /* what was granted: all that was asked, or with MAXIMUM_ALLOWED all that can be had; else 0 */
  guint32 unsure; /* of these bits, an entry that we do not evaluate might have decided otherwise */
  E13WinDecider decider;
  guint entry; /* with E13_WIN_BY_ENTRY its position in the DACL, the parent's with E13_WIN_BY_PARENT; else G_MAXUINT */
} E13WinVerdict;

/* @want may hold generic bits, and MAXIMUM_ALLOWED: then no entry is named, and the verdict is granted if there is
 * anything at all, and the other bits of @want are among it; privileges give what is asked by name alone. Asking for
 * nothing is granted. */
E13WinVerdict e13_windows_judge (const E13SecurityDescriptor *sd, const E13Token *token, guint32 want);

/* The same for an object that is opened inside the directory of @parent (NULL: not known): that may give DELETE, by its
 * DELETE_CHILD, and READ_ATTRIBUTES, to who may list it. Not with MAXIMUM_ALLOWED. */
E13WinVerdict e13_windows_judge_inside (const E13SecurityDescriptor *sd, const E13SecurityDescriptor *parent,
                                        const E13Token *token, guint32 want);

/* May the token pass through the directory of @sd on its way? The bypass-traverse privilege needs no right. */
gboolean e13_windows_may_pass (const E13SecurityDescriptor *sd, const E13Token *token);
