/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "platform/posix/accounts.h"

#include <errno.h>
#include <grp.h>
#include <pwd.h>

#define FIRST_BUFFER 1024
#define LARGEST_BUFFER (64 * 1024 * 1024)
#define FIRST_GROUPS 32

void
e13_account_clear (E13Account *account)
{
  g_clear_pointer (&account->name, g_free);
  g_clear_pointer (&account->groups, g_array_unref);
}

static GArray *
groups_of (const char *name, guint32 gid)
{
  GArray *groups = g_array_new (FALSE, FALSE, sizeof (gid_t));
  int room = FIRST_GROUPS;
  int n = room;

  G_STATIC_ASSERT (sizeof (gid_t) == sizeof (guint32));
  g_array_set_size (groups, (guint)room);
  while (getgrouplist (name, gid, (gid_t *)(gpointer)groups->data, &n) < 0)
    {
      room = n = MAX (n, 2 * room);
      g_array_set_size (groups, (guint)room);
    }
  g_array_set_size (groups, (guint)n);
  return groups;
}

/* Is @error how getpwnam_r(3) may say, beside 0, that there is no such account? */
static gboolean
says_absent (int error)
{
  return error == 0 || error == ENOENT || error == ESRCH || error == EBADF || error == EPERM;
}

gboolean
e13_account_find (const char *name, guint32 uid, E13Account *ret_account, int *ret_error)
{
  for (gsize size = FIRST_BUFFER; size <= LARGEST_BUFFER; size *= 2)
    {
      g_autofree char *buffer = g_malloc (size);
      struct passwd entry;
      struct passwd *found = NULL;
      int error = name != NULL ? getpwnam_r (name, &entry, buffer, size, &found)
                               : getpwuid_r (uid, &entry, buffer, size, &found);

      if (found != NULL)
        {
          *ret_account = (E13Account){ g_strdup (found->pw_name), found->pw_uid, found->pw_gid,
                                       groups_of (found->pw_name, found->pw_gid) };
          return TRUE;
        }
      *ret_error = says_absent (error) ? 0 : error;
      if (error != ERANGE)
        return FALSE;
    }
  return FALSE;
}

E13Identity *
e13_account_to_identity (const E13Account *account, const char *evidence)
{
  E13Identity *identity
      = e13_identity_new (account->name, account->uid, account->gid, (const guint32 *)(gpointer)account->groups->data,
                          account->groups->len, evidence);

  identity->overrides_dac = account->uid == 0;
  return identity;
}
