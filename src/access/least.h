/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The least grant: the one access ACL that gives an identity what it lacks, and nobody else more or less. Pure
 * functions.
 *
 * The owner of the object gets it in the owner entry: the kernel looks at no other for the owner. Anybody else gets a
 * named user entry. It takes the place of group and other for that user, so it holds what the identity has now as well.
 *
 * The mask has to let that entry through. Where it must be widened, every other entry of the group class is first cut
 * to what the old mask left of it, so that the wider mask uncovers nothing.
 *
 * While the group bits are all zero the kernel ignores the ACL, and the users that it names get what others get. A
 * grant makes the bits non-zero: those entries count again, cut to nothing. Nobody gains, but who had lived on the bits
 * of others loses them; e13_access_least_losers() names those. */

#pragma once

#include "access/posix.h"

/* The whole new access ACL with which @identity may do all of @needs, in one question, to an object that has @facts
 * (ACLs read). @so_far is what earlier calls for the same object, for other roles, have made of its ACL; NULL: nothing.
 * What an identity has now, and keeps, is taken from @facts, so the order of the calls does not matter. Where nothing
 * is lacking the list comes back as it is. Never NULL; free with e13_acl_unref(). */
E13Acl *e13_access_least_grant (const E13Facts *facts, const E13Acl *so_far, const E13Identity *identity,
                                E13Rights needs);

/* @acl with one entry of the group class (USER, GROUP or GROUP_OBJ) set to @rights, and a mask that lets them through:
 * where that widens it, all others are first cut to what the old one left them. Free with e13_acl_unref(). */
E13Acl *e13_access_with_entry (const E13Acl *acl, E13AclTag tag, guint32 id, E13Rights rights);

/* The named entries whose users or members lose what others may do by the step from @before to @after, a list that
 * e13_access_least_grant() made; an array of E13AclEntry with @rights what is lost, empty unless the group bits of
 * @before are all zero. Members of the owning group lose nothing even then. Free with g_array_unref(). */
GArray *e13_access_least_losers (const E13Facts *before, const E13Acl *after);
