/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "base/quote.h"
#include "platform/posix/accounts.h"
#include "platform/posix/proc-status.h"
#include "platform/posix/system.h"

#define ACCEPTED_FORMS "an account's name, UID, or UID:GID[,GID...]"
#define NO_ID G_MAXUINT32 /* chown(2) and setfsuid(2) take it for "leave alone" */

static gboolean
is_number (const char *text)
{
  return *text != '\0' && text[strspn (text, "0123456789")] == '\0';
}

static gboolean
parse_id (const char *text, const char *what, guint32 *ret_id, GError **error)
{
  guint64 id;

  if (!g_ascii_string_to_unsigned (text, 10, 0, NO_ID - 1, &id, NULL))
    {
      g_autofree char *shown = e13_quote_display (text);

      return e13_throw (error, E13_ERROR_USAGE, "'%s' is not the number of a %s, which is between 0 and 4294967294",
                        shown, what);
    }
  *ret_id = (guint32)id;
  return TRUE;
}

static gboolean
throw_no_account (const char *text, int cause, GError **error)
{
  g_autofree char *shown = e13_quote_display (text);

  if (cause != 0)
    {
      errno = cause;
      return e13_throw_errno (error, "cannot look up the account '%s'", shown);
    }
  if (is_number (text))
    return e13_throw (
        error, E13_ERROR_USAGE,
        "there is no account with the number %s, so its groups are unknown: name them too, as in %s:GID[,GID...]",
        shown, shown);
  return e13_throw (error, E13_ERROR_USAGE, "there is no account named '%s'", shown);
}

/* NAME or UID: what the account database says. */
static E13Identity *
parse_account (const char *text, GError **error)
{
  gboolean by_number = is_number (text);
  g_auto (E13Account) account = { NULL, 0, 0, NULL };
  guint32 uid = NO_ID;
  int cause;

  if (by_number && !parse_id (text, "user", &uid, error))
    return NULL;
  if (!e13_account_find (by_number ? NULL : text, uid, &account, &cause))
    return throw_no_account (text, cause, error), NULL;
  return e13_account_to_identity (&account, "--as");
}

/* UID:GID[,GID…]: these groups and no others, whatever the account database says. */
static E13Identity *
parse_explicit (const char *user, const char *groups, GError **error)
{
  g_auto (GStrv) words = g_strsplit (groups, ",", -1);
  g_autoptr (GArray) gids = g_array_new (FALSE, FALSE, sizeof (guint32));
  E13Identity *identity;
  guint32 uid;

  if (!parse_id (user, "user", &uid, error))
    return NULL;
  for (gsize i = 0; words[i] != NULL; i++)
    {
      guint32 gid;

      if (!parse_id (words[i], "group", &gid, error))
        return NULL;
      g_array_append_val (gids, gid);
    }
  if (gids->len == 0)
    return e13_throw (error, E13_ERROR_USAGE, "no group follows '%s:': give %s", user, ACCEPTED_FORMS), NULL;
  identity = e13_identity_new (e13_posix_user_name (uid), uid, g_array_index (gids, guint32, 0),
                               &g_array_index (gids, guint32, 1), gids->len - 1, "--as");
  identity->overrides_dac = uid == 0;
  return identity;
}

E13Identity *
e13_posix_identity_parse (const char *text, GError **error)
{
  g_auto (GStrv) halves = g_strsplit (text, ":", 2);
  g_autofree char *shown = e13_quote_display (text);

  if (halves[0] == NULL || *halves[0] == '\0')
    return e13_throw (error, E13_ERROR_USAGE, "'%s' names nobody: give %s", shown, ACCEPTED_FORMS), NULL;
  if (halves[1] == NULL)
    return parse_account (text, error);
  if (!is_number (halves[0]))
    return e13_throw (error, E13_ERROR_USAGE,
                      "groups can only be given after a number, not after a name as in '%s': give %s", shown,
                      ACCEPTED_FORMS),
           NULL;
  return parse_explicit (halves[0], halves[1], error);
}

E13Identity *
e13_posix_identity_self (void)
{
  int room = MAX (getgroups (0, NULL), 0);
  g_autofree guint32 *gids = g_new0 (guint32, (gsize)room + 1);
  int n = MAX (getgroups (room, gids), 0);
  E13Identity *identity
      = e13_identity_new (e13_posix_user_name (geteuid ()), geteuid (), getegid (), gids, (gsize)n, "this process");
  g_auto (E13ProcStatus) status = { 0 };

  identity->overrides_dac
      = e13_posix_own_status (&status) ? e13_proc_status_overrides_dac (&status) : identity->uid == 0;
  return identity;
}
