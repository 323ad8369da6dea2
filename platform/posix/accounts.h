/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The account database (passwd, group and whatever NSS adds), by its reentrant calls. */

#pragma once

#include "model/identity.h"

typedef struct
{
  char *name;
  guint32 uid;
  guint32 gid;
  GArray *groups; /* of guint32: as getgrouplist(3) says, the primary one among them */
} E13Account;

void e13_account_clear (E13Account *account);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (E13Account, e13_account_clear)

/* By @name, or where that is NULL by @uid. FALSE and *@ret_error: 0 where there is no such account, else why the
 * database could not be asked. */
gboolean e13_account_find (const char *name, guint32 uid, E13Account *ret_account, int *ret_error);
/* Free with e13_identity_free(). */
E13Identity *e13_account_to_identity (const E13Account *account, const char *evidence);
