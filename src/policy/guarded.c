/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "policy/guarded.h"

#include <string.h>

typedef enum
{
  NAME_NOT_A_KEY,
  NAME_KEY_DIRECTORY,
  NAME_KEY_FILE,
  NAME_SECRET,
  NAME_LOGS,
  NAME_LOADED,
} NameKind;

typedef struct
{
  const char *path;
  E13System how_far;
} Guarded;

static const Guarded systems[] = {
#define E13_GUARD_SYSTEM(path, how_far) { path, E13_SYSTEM_##how_far },
#include "policy/guarded.def"
};

static const Guarded windows_systems[] = {
#define E13_GUARD_WINDOWS(path, how_far) { path, E13_SYSTEM_##how_far },
#include "policy/guarded.def"
};

static const char *const homes[] = {
#define E13_GUARD_HOME(pattern) pattern,
#include "policy/guarded.def"
};

static const char *const home_marks[] = {
#define E13_GUARD_HOME_MARK(name) name,
#include "policy/guarded.def"
};

static const struct
{
  guint32 first;
  guint32 last;
  const char *reason;
} ids[] = {
#define E13_GUARD_ID(first, last, reason) { first, last, reason },
#include "policy/guarded.def"
};

static const struct
{
  NameKind kind;
  const char *pattern;
} names[] = {
#define E13_GUARD_NAME(kind, pattern) { NAME_##kind, pattern },
#include "policy/guarded.def"
};

E13System
e13_guarded_system (const char *path)
{
  for (gsize i = 0; i < G_N_ELEMENTS (systems); i++)
    {
      gsize length = strlen (systems[i].path);

      if (g_str_equal (path, systems[i].path))
        return E13_SYSTEM_ITSELF;
      if (systems[i].how_far == E13_SYSTEM_BELOW && strncmp (path, systems[i].path, length) == 0 && path[length] == '/')
        return E13_SYSTEM_BELOW;
    }
  return E13_SYSTEM_NO;
}

/* A star is one whole component. */
static gboolean
path_matches (const char *pattern, const char *path)
{
  gsize length = strlen (pattern);

  if (!g_str_has_suffix (pattern, "/*"))
    return g_str_equal (pattern, path);
  return strncmp (pattern, path, length - 1) == 0 && path[length - 1] != '\0'
         && strchr (path + length - 1, '/') == NULL;
}

/* Without its drive, in lower case, with slashes; NULL of a share. */
static char *
below_drive (const char *path)
{
  g_autofree char *lower = NULL;

  if (g_str_has_prefix (path, "\\\\"))
    return NULL;
  lower = g_ascii_strdown (path[0] != '\0' && path[1] == ':' ? path + 2 : path, -1);
  g_strdelimit (lower, "\\", '/');
  return g_strdup (lower + strspn (lower, "/"));
}

E13System
e13_guarded_windows (const char *path)
{
  g_autofree char *below = below_drive (path);

  for (gsize i = 0; below != NULL && i < G_N_ELEMENTS (windows_systems); i++)
    {
      E13System how_far = windows_systems[i].how_far;
      g_autofree char *pattern = g_ascii_strdown (windows_systems[i].path, -1);
      gsize length = strlen (pattern);

      if (path_matches (pattern, below))
        return how_far == E13_SYSTEM_BELOW ? E13_SYSTEM_ITSELF : how_far;
      if (how_far == E13_SYSTEM_BELOW && strncmp (below, pattern, length) == 0 && below[length] == '/')
        return E13_SYSTEM_BELOW;
    }
  return E13_SYSTEM_NO;
}

gboolean
e13_guarded_is_home (const char *path)
{
  for (gsize i = 0; i < G_N_ELEMENTS (homes); i++)
    if (path_matches (homes[i], path))
      return TRUE;
  return FALSE;
}

const char *
e13_guarded_home_mark (guint index)
{
  return index < G_N_ELEMENTS (home_marks) ? home_marks[index] : NULL;
}

/* Patterns are matched byte by byte: names need not be UTF-8. */
static gboolean
ends_in (const char *name, gsize length, const char *end)
{
  gsize end_length = strlen (end);

  return length >= end_length && memcmp (name + length - end_length, end, end_length) == 0;
}

static gboolean
name_matches (const char *pattern, const char *name, gsize length)
{
  if (*pattern == '*' && strpbrk (pattern + 1, "*?") == NULL)
    return ends_in (name, length, pattern + 1);
  if (*pattern == '*')
    return name_matches (pattern + 1, name, length) || (length > 0 && name_matches (pattern, name + 1, length - 1));
  if (*pattern == '\0' || length == 0)
    return *pattern == '\0' && length == 0;
  return (*pattern == '?' || *pattern == *name) && name_matches (pattern + 1, name + 1, length - 1);
}

/* Most are told by their first letter. */
static gboolean
may_match (const char *pattern, const char *name)
{
  return *pattern == *name || *pattern == '*' || *pattern == '?';
}

static gboolean
is_named (NameKind kind, const char *name, gsize length)
{
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (names[i].kind == kind && may_match (names[i].pattern, name) && name_matches (names[i].pattern, name, length))
      return TRUE;
  return FALSE;
}

static gboolean
is_key_file (const char *name, gsize length)
{
  return is_named (NAME_KEY_FILE, name, length) && !is_named (NAME_NOT_A_KEY, name, length);
}

gboolean
e13_guarded_is_key (const char *path, gboolean is_directory)
{
  for (;;)
    {
      gsize length = strcspn (path, "/");
      gboolean last = path[length] == '\0';

      if ((!last || is_directory) && is_named (NAME_KEY_DIRECTORY, path, length))
        return TRUE;
      if (last)
        return !is_directory && is_key_file (path, length);
      path += length + 1;
    }
}

gboolean
e13_guarded_is_secret (const char *name)
{
  gsize length = strlen (name);

  return is_named (NAME_SECRET, name, length) || is_named (NAME_KEY_DIRECTORY, name, length)
         || is_key_file (name, length);
}

gboolean
e13_guarded_is_loaded (const char *name)
{
  g_autofree char *lower = g_ascii_strdown (name, -1);

  return is_named (NAME_LOADED, lower, strlen (lower));
}

gboolean
e13_guarded_restarts (const char *path)
{
  const char *slash = strrchr (path, '/');

  return g_ascii_strcasecmp (slash != NULL ? slash + 1 : path, "web.config") == 0
         || g_ascii_strcasecmp (path, "bin") == 0 || g_ascii_strncasecmp (path, "bin/", strlen ("bin/")) == 0;
}

gboolean
e13_guarded_is_log_directory (const char *path)
{
  const char *slash = strrchr (path, '/');
  const char *name = slash != NULL ? slash + 1 : path;

  return is_named (NAME_LOGS, name, strlen (name));
}

const char *
e13_guarded_why_not_id (guint32 id)
{
  for (gsize i = 0; i < G_N_ELEMENTS (ids); i++)
    if (id >= ids[i].first && id <= ids[i].last)
      return ids[i].reason;
  return NULL;
}
