/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "platform/win32/tokens.h"

#include "platform/win32/accounts.h"

static const struct
{
  const WCHAR *name;
  E13Privileges ours;
} privileges[] = {
  { L"SeSecurityPrivilege", E13_PRIVILEGE_SECURITY },
  { L"SeTakeOwnershipPrivilege", E13_PRIVILEGE_TAKE_OWNERSHIP },
  { L"SeChangeNotifyPrivilege", E13_PRIVILEGE_CHANGE_NOTIFY },
};

/* NULL where the token does not tell. Free with g_free(). */
static gpointer
query (HANDLE token, TOKEN_INFORMATION_CLASS class)
{
  DWORD size = 0;
  gpointer buffer;

  GetTokenInformation (token, class, NULL, 0, &size);
  if (size == 0)
    return NULL;
  buffer = g_malloc0 (size);
  if (GetTokenInformation (token, class, buffer, size, &size))
    return buffer;
  g_free (buffer);
  return NULL;
}

static void
add_groups (E13Token *token, const TOKEN_GROUPS *groups)
{
  for (DWORD i = 0; groups != NULL && i < groups->GroupCount; i++)
    {
      DWORD attributes = groups->Groups[i].Attributes;
      E13Sid sid;

      /* The integrity level stands among them, and counts for no entry. */
      if ((attributes & SE_GROUP_INTEGRITY) != 0 || !e13_win32_sid_of (groups->Groups[i].Sid, &sid))
        continue;
      if ((attributes & SE_GROUP_USE_FOR_DENY_ONLY) != 0)
        e13_token_add_group (token, &sid, E13_SID_USE_FOR_DENY_ONLY);
      else if ((attributes & SE_GROUP_ENABLED) != 0)
        e13_token_add_group (token, &sid, E13_SID_ENABLED);
    }
}

static void
add_restrictions (E13Token *token, const TOKEN_GROUPS *sids)
{
  if (sids == NULL || sids->GroupCount == 0)
    return;
  token->restricted = g_array_new (FALSE, FALSE, sizeof (E13Sid));
  for (DWORD i = 0; i < sids->GroupCount; i++)
    {
      E13Sid sid;

      if (e13_win32_sid_of (sids->Groups[i].Sid, &sid))
        g_array_append_val (token->restricted, sid);
    }
}

static void
set_integrity (E13Token *token, const TOKEN_MANDATORY_LABEL *label)
{
  E13Sid sid;

  if (label != NULL && e13_win32_sid_of (label->Label.Sid, &sid) && sid.n_sub_authorities > 0)
    token->integrity = sid.sub_authorities[sid.n_sub_authorities - 1];
}

/* What is switched on now: a privilege that merely could be is not used by who opens a file. */
static void
set_privileges (E13Token *token, const TOKEN_PRIVILEGES *held)
{
  token->privileges = 0;
  for (DWORD i = 0; held != NULL && i < held->PrivilegeCount; i++)
    for (gsize k = 0; k < G_N_ELEMENTS (privileges); k++)
      {
        LUID luid;

        if ((held->Privileges[i].Attributes & SE_PRIVILEGE_ENABLED) != 0
            && LookupPrivilegeValueW (NULL, privileges[k].name, &luid)
            && luid.LowPart == held->Privileges[i].Luid.LowPart && luid.HighPart == held->Privileges[i].Luid.HighPart)
          token->privileges |= privileges[k].ours;
      }
}

E13Token *
e13_win32_token_of (HANDLE handle)
{
  g_autofree TOKEN_USER *user = query (handle, TokenUser);
  g_autofree TOKEN_GROUPS *groups = query (handle, TokenGroups);
  g_autofree TOKEN_GROUPS *restricted = query (handle, TokenRestrictedSids);
  g_autofree TOKEN_MANDATORY_LABEL *label = query (handle, TokenIntegrityLevel);
  g_autofree TOKEN_PRIVILEGES *held = query (handle, TokenPrivileges);
  g_autofree char *name = NULL;
  E13Token *token;
  E13Sid sid;

  if (user == NULL || !e13_win32_sid_of (user->User.Sid, &sid))
    return NULL;
  name = e13_win32_account_name (&sid);
  token = e13_token_new (name, &sid);
  add_groups (token, groups);
  add_restrictions (token, restricted);
  set_integrity (token, label);
  set_privileges (token, held);
  return token;
}

E13Token *
e13_win32_token_of_process (HANDLE process)
{
  e13_autohandle HANDLE token = NULL;

  return OpenProcessToken (process, TOKEN_QUERY, &token) ? e13_win32_token_of (token) : NULL;
}
