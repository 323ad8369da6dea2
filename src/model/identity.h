/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Identity: whom the kernel knows whoever asks as, and where we have that from: numbers, or on Windows a token. */

#pragma once

#include <glib.h>

#include "model/token.h"

/* Numbers from here to there stand for accounts that a dump of another machine knows by name alone: they mean nothing
 * elsewhere, and are shown to nobody. */
#define E13_ID_NAMED 0xf0000000u
#define E13_ID_NAMED_LAST 0xf0fffffeu
gboolean e13_id_is_named (guint32 id);

/* Supplementary groups, ascending and without repetition; the primary group is not among them. */
typedef struct
{
  guint32 *gids;
  gsize n_gids;
} E13GroupSet;

typedef struct
{
  char *name; /* the account's name; NULL where the number has none */
  guint32 uid;
  guint32 gid;         /* primary group */
  E13GroupSet groups;  /* those that are judged */
  GArray *also_groups; /* of E13GroupSet: other sets known for the same uid (the account database where the live process
                        * differs from it). What the identity has "now" is what any of them gives it. NULL: none */
  gboolean overrides_dac; /* holds CAP_DAC_OVERRIDE: no permission bit holds it back */
  E13Token *token;        /* an account of Windows: then it alone counts, and the numbers say nothing. NULL: not one */
  char *no_grant;         /* why no grant may be made for it ("its number is nobody's"); NULL: one may */
  char *evidence;         /* "running apache2", "--as", "account exists": shown in the first line; never NULL */
} E13Identity;

/* @groups may hold @gid and repetitions, in any order. @name may be NULL. Free with e13_identity_free(). */
E13Identity *e13_identity_new (const char *name, guint32 uid, guint32 gid, const guint32 *groups, gsize n_groups,
                               const char *evidence);
/* An account of Windows, known by @token, which is taken over. */
E13Identity *e13_identity_new_of_token (E13Token *token, const char *evidence);
E13Identity *e13_identity_copy (const E13Identity *identity);
void e13_identity_free (E13Identity *identity);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (E13Identity, e13_identity_free)

/* Records another set of supplementary groups (of the same shape as in e13_identity_new) for the same account. */
void e13_identity_add_groups (E13Identity *identity, const guint32 *groups, gsize n_groups);

/* Is @gid the primary group or one of the judged supplementary groups? */
gboolean e13_identity_in_group (const E13Identity *identity, guint32 gid);

/* The identity as it is with the @index-th of also_groups instead of the judged groups; NULL past the last.
 * Free with e13_identity_free(). */
E13Identity *e13_identity_with_other_groups (const E13Identity *identity, gsize index);

/* Same uid, gid and judged groups; of tokens: the same user, groups and restrictions. */
gboolean e13_identity_equal (const E13Identity *a, const E13Identity *b);

/* "www-data", or "uid 1234" where there is no name. Free with g_free(). */
char *e13_identity_label (const E13Identity *identity);
/* "uid 33", "S-1-5-11", or "by name" where there is no number. Free with g_free(). */
char *e13_identity_number (const E13Identity *identity);
