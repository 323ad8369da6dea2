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

/* "nt authority\\system": what stands for each account, in lower case. */
static char *
key_of (const char *authority, const char *name)
{
  g_autofree char *whole = g_strconcat (authority, "\\", name, NULL);

  return e13_glob_fold_case (whole);
}

/* Of char *, by key_of() the SIDs, and by key_of() with no name what an authority is called in English. */
static GHashTable *
table_new (void)
{
  GHashTable *table = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (authorities); i++)
    g_hash_table_insert (table, key_of (authorities[i].name, ""), (gpointer)authorities[i].meaning);
  for (gsize i = 0; i < G_N_ELEMENTS (trustees); i++)
    g_hash_table_insert (table, key_of (trustees[i].authority, trustees[i].name), (gpointer)trustees[i].sid);
  return table;
}

static const char *
look_up (const char *authority, const char *name)
{
  static gsize table = 0;
  g_autofree char *key = key_of (authority, name);

  if (g_once_init_enter (&table))
    g_once_init_leave (&table, (gsize)table_new ());
  return g_hash_table_lookup ((GHashTable *)table, key);
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
  const char *english = look_up (authority, "");
  const char *sid;

  if (parse_number (name, ret_sid))
    return TRUE;
  if (g_ascii_strncasecmp (name, APP_POOL, strlen (APP_POOL)) == 0)
    return e13_sid_of_app_pool (name + strlen (APP_POOL), ret_sid, NULL);
  sid = *own != '\0' ? look_up (english != NULL ? english : authority, own) : NULL;
  return sid != NULL && e13_sid_parse (sid, ret_sid, NULL, NULL);
}
