/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Access tokens as values: for whom Windows would decide. They are computed, not asked of a system, so that a
 * descriptor can be judged anywhere. Pure. */

#pragma once

#include "model/sid.h"

typedef enum
{
  E13_SID_ENABLED = 1,           /* counts for allow and deny entries */
  E13_SID_USE_FOR_DENY_ONLY = 2, /* counts for deny entries alone */
} E13SidAttributes;

typedef struct
{
  E13Sid sid;
  E13SidAttributes attributes;
} E13TokenGroup;

typedef enum
{
  E13_PRIVILEGE_SECURITY = 1,
  E13_PRIVILEGE_TAKE_OWNERSHIP = 2,
  E13_PRIVILEGE_CHANGE_NOTIFY = 4, /* directories on the way need no traverse right */
} E13Privileges;

#define E13_INTEGRITY_LOW 4096u
#define E13_INTEGRITY_MEDIUM 8192u
#define E13_INTEGRITY_HIGH 12288u

typedef struct
{
  char *name; /* "IIS AppPool\DefaultAppPool" */
  E13Sid user;
  GArray *groups;     /* of E13TokenGroup */
  GArray *restricted; /* of E13Sid: what is granted must be granted to these too. NULL: the token is not restricted */
  guint privileges;   /* of E13Privileges */
  guint32 integrity;  /* the last number of S-1-16-N */
} E13Token;

/* With bypass-traverse, as all accounts have it by default, and medium integrity; without groups. */
E13Token *e13_token_new (const char *name, const E13Sid *user);
void e13_token_add_group (E13Token *token, const E13Sid *sid, E13SidAttributes attributes);
E13Token *e13_token_copy (const E13Token *token);
/* The same for every question: all but the name. */
gboolean e13_token_equal (const E13Token *a, const E13Token *b);
void e13_token_free (E13Token *token); /* NULL is allowed */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (E13Token, e13_token_free)

/* Does the token hold @sid, as its user or as a group with one of @attributes? */
gboolean e13_token_holds (const E13Token *token, const E13Sid *sid, guint attributes);

/* To whom a grant is made so that the token gets it, and as few others as can be: to the application pool that it
 * works for, whatever account it runs as; else to its user. */
E13Sid e13_token_trustee (const E13Token *token);

/* The worker process of an application pool, with the groups that such tokens were seen to hold. It runs as @account
 * (its groups are for the caller to add), or, where that is NULL, as the pool itself. @is_manual_member: the
 * configuration says manualGroupMembership, so that IIS does not make it a member of IIS_IUSRS. E13_ERROR_INPUT where
 * @pool cannot be the name of a pool. */
E13Token *e13_token_worker (const char *pool, const E13Sid *account, gboolean is_manual_member, GError **error);

E13Token *e13_token_iusr (void);            /* whom anonymous visitors are */
E13Token *e13_token_network_service (void); /* as no worker of a pool */

/* Somebody who has logged on: @user, @groups, Everyone and Authenticated Users. */
E13Token *e13_token_account (const char *name, const E13Sid *user, const E13Sid *groups, gsize n_groups);
