/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Least grant: the one access control list that gives an identity what it lacks, and nobody else anything. Pure
 * functions; the rules are explained in docs/architecture.md, "Least grant". */

#pragma once

#include "access/posix.h"
#include "model/change.h"
#include "model/identity.h"

typedef enum
{
  E13_VIA_ACL,   /* a named user entry (the owner bits where the identity owns the object) */
  E13_VIA_GROUP, /* group bits, giving the object to the identity's primary group if need be */
  E13_VIA_OWNER, /* the identity becomes the owner; the old one keeps a named entry with what it had */
  E13_VIA_MODE,  /* the other bits: everybody gains, and the plan says so */
} E13Via;

/* Adds to @attributes what @identity needs to have @needs of an object that has @facts; what it has now is kept. What
 * cannot be kept exactly is noted in @change. Several calls (one a role) add up; a later one may wake an ACL that the
 * kernel had ignored, and with it take what an earlier role had of others, so ask once more for each role when all are
 * done. FALSE and @error where @via cannot do it: E13_ERROR_UNSUPPORTED (no ACLs here), E13_ERROR_REFUSED.
 * @change->before is what the object is; @change->after is updated. */
gboolean e13_grant_add (E13Change *change, const E13Facts *facts, const E13Identity *identity, E13Rights needs,
                        E13Via via, GError **error);

/* The default ACL for a directory in which @writer (NULL: nobody that is asked about) creates what @readers (of const
 * E13Identity *; NULL: none) read and, with @keep_owner, the directory's owner keeps editing; others get nothing with
 * @deny_world. Existing entries are trimmed like an access ACL's. Notes in @change what future files get, by @names
 * (NULL: numbers). FALSE and @error: E13_ERROR_UNSUPPORTED (no ACLs here), E13_ERROR_REFUSED. */
gboolean e13_grant_inherit (E13Change *change, const E13Facts *facts, const E13Identity *writer,
                            const GPtrArray *readers, gboolean keep_owner, gboolean deny_world, const E13Names *names,
                            GError **error);

/* Takes away: world w, world r, or the app's w (its named entry, its group's bits), and nothing else. */
typedef enum
{
  E13_HARDEN_WORLD_WRITE = 1,
  E13_HARDEN_WORLD_READ = 2,
  E13_HARDEN_APP_WRITE = 4,
} E13Harden;
gboolean e13_grant_harden (E13Change *change, const E13Facts *facts, const E13Identity *app, guint harden,
                           GError **error);
