/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What a file or a directory gets from the DACL of the directory that it is made in ([MS-DTYP] 2.5.3.4), and whether
 * what it has is still that. Windows copies at the moment of making, and never looks up again. Pure functions. */

#pragma once

#include "model/security-descriptor.h"

typedef struct
{
  const E13Sid *owner; /* of the child: stands in for CREATOR OWNER; NULL: not known, then such entries give nothing */
  const E13Sid *group; /* the same for CREATOR GROUP */
  gboolean is_directory;
} E13WinChild;

/* The child that @sd describes. It borrows from @sd. */
E13WinChild e13_windows_child (const E13SecurityDescriptor *sd, gboolean is_directory);

/* One entry that a child gets. */
typedef struct
{
  E13Ace ace;
  guint origin;         /* position in the parent's DACL */
  gboolean for_creator; /* the SID stands for CREATOR OWNER or CREATOR GROUP */
} E13WinGift;

/* All entries that @child gets, in order; an array of E13WinGift. Empty where @dacl is NULL. An entry that is effective
 * in a directory, and whose SID or mask had to be resolved for it, comes as two: that one, and the unresolved one for
 * what is made further below. Free with g_array_unref(). */
GArray *e13_windows_gifts (const E13WinAcl *dacl, const E13WinChild *child);

/* @sd with the DACL that @parent gives to a new child, and no other entry. Free with e13_sd_free(). */
E13SecurityDescriptor *e13_windows_with_inherited (const E13SecurityDescriptor *sd, const E13SecurityDescriptor *parent,
                                                   gboolean is_directory);

/* What a directory made in that of @parent gets: its owner and group, and what its lists hand down. Free with
 * e13_sd_free(). */
E13SecurityDescriptor *e13_windows_new_directory (const E13SecurityDescriptor *parent);

/* Are the two the same to whom they are given, generic bits resolved? */
gboolean e13_windows_same_gift (const E13Ace *a, const E13Ace *b);

/* How what is inherited in a child differs from what its parent would give it now. */
typedef struct
{
  GArray *strange; /* positions (guint) of inherited entries in the child's DACL that the parent does not give */
  GArray *missing; /* of E13WinGift: what the parent gives and the child has not */
} E13WinStaleness;

/* NULL where nothing differs, or nothing can: a protected DACL, or none. An entry that came through CREATOR OWNER may
 * name somebody else: the owner of then. */
E13WinStaleness *e13_windows_staleness (const E13SecurityDescriptor *parent, const E13SecurityDescriptor *child,
                                        gboolean is_directory);
void e13_windows_staleness_free (E13WinStaleness *staleness); /* NULL is allowed */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (E13WinStaleness, e13_windows_staleness_free)

/* Which directory an inherited entry comes from. @chain: the object itself, then the directories above it, nearest
 * first. Returns the index of the one in which the entry at @position of the object's DACL is explicit, 0 where it is
 * explicit in the object itself; G_MAXUINT where that cannot be told from @chain. @ret_position (may be NULL) is its
 * position there. */
guint e13_windows_inherited_from (const E13SecurityDescriptor *const *chain, gsize n, gboolean is_directory,
                                  guint position, guint *ret_position);
