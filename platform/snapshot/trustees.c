/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "platform/snapshot/trustees.h"

#include <string.h>

#include "policy/glob.h"

#define APP_POOL "iis apppool\\"

typedef struct
{
  const char *name;
  const char *meaning;
} Authority;

typedef struct
{
  const char *authority;
  const char *name;
  const char *sid;
} Trustee;

#define E13_TRUSTEE(authority, name, sid)
#define E13_AUTHORITY(name, meaning) { name, meaning },
static const Authority authorities[] = {
#include "platform/snapshot/trustees.def"
};

#define E13_TRUSTEE(authority, name, sid) { authority, name, sid },
#define E13_AUTHORITY(name, meaning)
static const Trustee trustees[] = {
#include "platform/snapshot/trustees.def"
};

static gboolean
is_same (const char *a, const char *b)
{
  g_autofree char *folded_a = e13_glob_fold_case (a);
  g_autofree char *folded_b = e13_glob_fold_case (b);

  return g_str_equal (folded_a, folded_b);
}

/* NT AUTHORITY or BUILTIN in English; whatever else as it is. */
static const char *
meaning_of (const char *authority)
{
  for (gsize i = 0; i < G_N_ELEMENTS (authorities); i++)
    if (is_same (authorities[i].name, authority))
      return authorities[i].meaning;
  return authority;
}

static gboolean
parse_number (const char *name, E13Sid *ret_sid)
{
  return e13_sid_parse (name[0] == '*' ? name + 1 : name, ret_sid, NULL, NULL);
}

gboolean
e13_dump_trustee (const char *name, E13Sid *ret_sid)
{
  const char *backslash = strchr (name, '\\');
  g_autofree char *authority = g_strndup (name, backslash != NULL ? (gsize)(backslash - name) : 0);
  const char *own = backslash != NULL ? backslash + 1 : name;
  const char *meaning = meaning_of (authority);

  if (parse_number (name, ret_sid))
    return TRUE;
  if (g_ascii_strncasecmp (name, APP_POOL, strlen (APP_POOL)) == 0)
    return e13_sid_of_app_pool (name + strlen (APP_POOL), ret_sid, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (trustees); i++)
    if (is_same (trustees[i].authority, meaning) && is_same (trustees[i].name, own))
      return e13_sid_parse (trustees[i].sid, ret_sid, NULL, NULL);
  return FALSE;
}
