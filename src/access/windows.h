/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The Windows access model: may a token do this by a security descriptor, and which entry decided. Pure functions after [MS-DTYP]
 * 2.5.3.2, and facts/… of the owner's rights as Windows has them since Vista (S-1-3-4). */

#pragma once

#include "model/security-descriptor.h"

typedef enum {
  E13_SID_ENABLED = 1,       /* counts for allow and deny entries */
  E13_SID_USE_FOR_DENY_ONLY = 2, /* counts for deny entries alone */
  E13_SID_MAY_OWN = 4,
} E13SidAttributes;

typedef struct {
  E13Sid sid;
  guint attributes; /* of E13SidAttributes */
} E13TokenGroup;

typedef enum {
  E13_PRIVILEGE_SECURITY = 1,
  E13_PRIVILEGE_TAKE_OWNERSHIP = 2,
  E13_PRIVILEGE_BACKUP = 4,
  E13_PRIVILEGE_RESTORE = 8,
  E13_PRIVILEGE_CHANGE_NOTIFY = 16, /* bypasses traverse checking */
} E13Privileges;

typedef struct {
  char *name;  /* "IIS AppPool\DefaultAppPool" */
  E13Sid user;
  GArray *groups;     /* of E13TokenGroup */
  GArray *restricted; /* of E13Sid: a restricted token must be granted by these too. NULL: not restricted */
  guint privileges;   /* of E13Privileges */
  guint32 integrity;  /* the last number of S-1-16-N; 8192 is medium */
} E13Token;

E13Token *e13_token_new (const char *name, const E13Sid *user, guint32 integrity, guint privileges);
void e13_token_add_group (E13Token *token, const E13Sid *sid, guint attributes);
void e13_token_free (E13Token *token);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (E13Token, e13_token_free)

/* The tokens that IIS makes, as far as they follow from names: with the groups that such tokens were seen to hold. */
E13Token *e13_token_app_pool (const char *pool, GError **error);
E13Token *e13_token_iusr (void);
E13Token *e13_token_network_service (void);

typedef enum {
  E13_WIN_BY_ENTRY,     /* @entry of the DACL */
  E13_WIN_BY_NO_DACL,   /* there is none: everything is granted */
  E13_WIN_BY_END,       /* no entry granted what was left */
  E13_WIN_BY_OWNER,     /* the owner's implied rights */
  E13_WIN_BY_PRIVILEGE,
  E13_WIN_BY_LABEL,     /* the mandatory label */
  E13_WIN_BY_RESTRICTION, /* the restricted SIDs of the token */
} E13WinDecider;

typedef struct {
  gboolean granted;
  guint32 mask;          /* what was granted: all that was asked, or with MAXIMUM_ALLOWED all that can be */
  E13WinDecider decider;
  guint entry;           /* index in the DACL; G_MAXUINT where no entry decided */
} E13WinVerdict;

/* @want may hold generic bits and MAXIMUM_ALLOWED. */
E13WinVerdict e13_windows_judge (const E13SecurityDescriptor *sd, const E13Token *token, guint32 want);
/* May the object of @sd be deleted, by its own DELETE or by @parent's DELETE_CHILD? @parent may be NULL. */
gboolean e13_windows_may_delete (const E13SecurityDescriptor *sd, const E13SecurityDescriptor *parent, const E13Token *token);
