/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The POSIX access model: who may do what to an inode, and which entry decided. Pure functions.
 *
 * The algorithm is the kernel's generic_permission() and posix_acl_permission() (fs/namei.c, fs/posix_acl.c), not
 * acl(5)'s: an ACL is not looked at while the mode's group bits are all zero. The kernel is the judge wherever it can
 * be asked; this model explains its answer, plans changes, and judges where it cannot be asked. */

#pragma once

#include "model/identity.h"
#include "model/object.h"

/* Which class of permission decided. */
typedef enum
{
  E13_DECIDED_BY_CAPABILITY, /* the identity overrides permission bits */
  E13_DECIDED_BY_OWNER,
  E13_DECIDED_BY_NAMED_USER,
  E13_DECIDED_BY_GROUPS, /* the owning group or a named group, or several of them */
  E13_DECIDED_BY_OTHER,
} E13Decider;

typedef struct
{
  E13Rights granted; /* of those that were asked */
  E13Decider decider;
  E13AclEntry entry;   /* the entry that decided: for GROUPS the one that granted, else the one that came nearest */
  E13Rights mask_cuts; /* bits that the entry has, that were asked, and that the mask takes away */
  guint n_groups;      /* GROUPS: how many entries matched */
  gboolean split;   /* GROUPS: each bit is granted alone, but by no entry all of them: @granted is what @entry gives */
  E13Rights unsure; /* of a security descriptor (access/judge.h): it is not known, or what the model does not evaluate
                       could decide otherwise */
  gboolean acl_ignored; /* an extended ACL is there, and the kernel does not look at it: the group bits are all zero */
} E13Verdict;

/* May @identity do all of @want to the inode of @facts, by permission bits and ACL alone? verdict.granted == @want if
 * so. Where not all is granted, @granted holds the bits that are granted when each is asked by itself (but see @split).
 * @facts' ACLs must have been read, or the mode alone is judged. */
E13Verdict e13_posix_judge (const E13Facts *facts, const E13Identity *identity, E13Rights want);

/* The bits that @identity gets when each is asked by itself, over its judged groups and every one of also_groups
 * together. */
E13Rights e13_posix_rights_now (const E13Facts *facts, const E13Identity *identity);

/* What the mode and the owner alone already say, without reading an ACL: the bits of @want that are surely granted, and
 * those that are surely not. A bit in neither has to be asked. (For anybody but the owner the mode bounds access from
 * above.) */
void e13_posix_bounds (const E13Facts *facts, const E13Identity *identity, E13Rights want, E13Rights *ret_surely,
                       E13Rights *ret_surely_not);

/* Names of accounts for the sentence; either may be NULL, and may return NULL. */
typedef struct
{
  const char *(*user_name) (guint32 uid);
  const char *(*group_name) (guint32 gid);
} E13Names;

/* Why @verdict, which e13_posix_judge() gave for @want: "mode 0700, owner maria: www-data is neither owner nor in group
 * maria, and others get ---"; names the ACL entry and the mask where they decide: "ACL entry user:www-data:rwx is cut
 * to --- by the mask (chmod after the ACL was set does this)". @names may be NULL. Free with g_free(). */
char *e13_posix_explain (const E13Facts *facts, const E13Identity *identity, const E13Verdict *verdict, E13Rights want,
                         const E13Names *names);

/* May @identity, which has w and x of the directory, delete or rename an object out of it: the sticky rule (only the
 * owner of the object or of the directory), append-only and immutable flags of both, mount points. NULL if it may; else
 * why not, as a clause (free with g_free()). */
char *e13_posix_why_not_unlink (const E13Facts *directory, const E13Facts *object, const E13Identity *identity,
                                const E13Names *names);
