/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The names of users and groups, each looked up once: a lookup may go to a directory server, and a report asks for the
 * same few over and over. */

#include "config.h"

#include <errno.h>
#include <grp.h>
#include <pwd.h>

#include "platform/posix/system.h"

#define FIRST_BUFFER 1024
#define LARGEST_BUFFER (64 * 1024 * 1024)

typedef enum
{
  USERS,
  GROUPS,
  N_DATABASES
} Database;

static int
find_user (guint32 id, char *buffer, gsize size, const char **ret_name)
{
  struct passwd entry;
  struct passwd *found = NULL;
  int error = getpwuid_r (id, &entry, buffer, size, &found);

  *ret_name = found != NULL ? entry.pw_name : NULL;
  return error;
}

static int
find_group (guint32 id, char *buffer, gsize size, const char **ret_name)
{
  struct group entry;
  struct group *found = NULL;
  int error = getgrgid_r (id, &entry, buffer, size, &found);

  *ret_name = found != NULL ? entry.gr_name : NULL;
  return error;
}

static const char *
look_up (Database database, guint32 id)
{
  int (*const find) (guint32, char *, gsize, const char **) = database == USERS ? find_user : find_group;

  for (gsize size = FIRST_BUFFER; size <= LARGEST_BUFFER; size *= 2)
    {
      g_autofree char *buffer = g_malloc (size);
      const char *name;

      if (find (id, buffer, size, &name) != ERANGE)
        return g_intern_string (name);
    }
  return NULL;
}

static const char *
cached_name (Database database, guint32 id)
{
  static GMutex lock;
  static GHashTable *names[N_DATABASES];
  gpointer key = GUINT_TO_POINTER (id);
  gpointer name;

  g_mutex_lock (&lock);
  if (names[database] == NULL)
    names[database] = g_hash_table_new (NULL, NULL);
  if (!g_hash_table_lookup_extended (names[database], key, NULL, &name))
    {
      name = (gpointer)look_up (database, id);
      g_hash_table_insert (names[database], key, name);
    }
  g_mutex_unlock (&lock);
  return name;
}

const char *
e13_posix_user_name (guint32 uid)
{
  return cached_name (USERS, uid);
}

const char *
e13_posix_group_name (guint32 gid)
{
  return cached_name (GROUPS, gid);
}

gboolean
e13_posix_group_find (const char *name, guint32 *ret_gid)
{
  for (gsize size = FIRST_BUFFER; size <= LARGEST_BUFFER; size *= 2)
    {
      g_autofree char *buffer = g_malloc (size);
      struct group entry;
      struct group *found = NULL;
      int error = getgrnam_r (name, &entry, buffer, size, &found);

      if (found != NULL)
        *ret_gid = found->gr_gid;
      if (error != ERANGE)
        return found != NULL;
    }
  return FALSE;
}
