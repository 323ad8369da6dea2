/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "platform/win32/route.h"

#include <errno.h>
#include <string.h>

#include "base/error.h"
#include "base/quote.h"
#include "platform/win32/list.h"
#include "platform/win32/names.h"
#include "platform/win32/paths.h"
#include "platform/win32/pin.h"

/* The system's own limit. */
#define MAX_LINKS 63

typedef struct
{
  E13Route *route;
  char *root;        /* of the drive or share that the lookup is in */
  GPtrArray *passed; /* of char *: the names of the directories below it, without links, as they are written there */
  GPtrArray *rest;   /* of char *: the names that are still to be passed, the next one last */
  E13Pin *at;        /* where the lookup stands; owned by the route */
  guint n_links;
} Lookup;

static void
unpin (gpointer pin)
{
  e13_win32_unpin (pin);
}

static void
lookup_clear (Lookup *lookup)
{
  g_free (lookup->root);
  g_ptr_array_unref (lookup->passed);
  g_ptr_array_unref (lookup->rest);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Lookup, lookup_clear)

/* Where the lookup stands. */
static char *
shown_path (const Lookup *lookup)
{
  char *path = g_strdup (lookup->root);

  for (guint i = 0; i < lookup->passed->len; i++)
    {
      char *longer = e13_win_path_join (path, lookup->passed->pdata[i]);

      g_free (path);
      path = longer;
    }
  return path;
}

/* Puts @names before those that wait. */
static void
expect (Lookup *lookup, const GPtrArray *names)
{
  for (guint i = names->len; i > 0; i--)
    g_ptr_array_add (lookup->rest, g_strdup (names->pdata[i - 1]));
}

static E13Pin *
find_pin (const Lookup *lookup, const char *path)
{
  for (guint i = lookup->route->pins->len; i > 0; i--)
    {
      E13Pin *pin = lookup->route->pins->pdata[i - 1];

      if (g_str_equal (pin->path, path))
        return pin;
    }
  return NULL;
}

static gboolean
start_at_root (Lookup *lookup, const char *root, GError **error)
{
  E13Pin *pin = find_pin (lookup, root);

  if (pin == NULL)
    {
      pin = e13_win32_pin_root (root, error);
      if (pin == NULL)
        return FALSE;
      g_ptr_array_add (lookup->route->pins, pin);
    }
  g_free (lookup->root);
  lookup->root = g_strdup (root);
  g_ptr_array_set_size (lookup->passed, 0);
  lookup->at = pin;
  return TRUE;
}

static int
errno_of (const GError *error)
{
  return error->domain == E13_ERRNO ? error->code : EIO;
}

/* Returns 0 or errno. */
static int
follow_relative (Lookup *lookup, const char *target)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  g_autofree char *root = g_strdup (lookup->root);

  /* One backslash: from the root of this drive. */
  if (*target != '\\')
    for (guint i = 0; i < lookup->passed->len; i++)
      g_ptr_array_add (names, g_strdup (lookup->passed->pdata[i]));
  e13_win_path_add (names, target);
  expect (lookup, names);
  return start_at_root (lookup, root, &error) ? 0 : errno_of (error);
}

/* Returns 0 or errno. */
static int
follow (Lookup *lookup, const E13Pin *link)
{
  g_auto (E13WinPath) target = { 0 };
  g_autoptr (GError) error = NULL;

  if (++lookup->n_links > MAX_LINKS)
    return ELOOP;
  /* A kind of link whose form we do not know. */
  if (*link->link_target == '\0')
    return ENOTSUP;
  if (!e13_win_path_parse (link->link_target, &target))
    return follow_relative (lookup, link->link_target);
  expect (lookup, target.names);
  return start_at_root (lookup, target.root, &error) ? 0 : errno_of (error);
}

/* @name as the directory writes it, if what is so called is what @pin holds. */
static char *
name_as_written (const Lookup *lookup, const char *name, const E13Pin *pin)
{
  HANDLE directory = e13_win32_handle_of_pin (lookup->at);
  g_autofree char *written = e13_win32_true_name (directory, name);
  E13Pin *named = NULL;
  gboolean same = FALSE;

  if (written == NULL || g_str_equal (written, name))
    return g_strdup (name);
  named = e13_win32_pin_name (directory, written, FALSE, written, NULL);
  same = named != NULL && e13_object_key_same_inode (&named->facts.key, &pin->facts.key);
  e13_win32_unpin (named);
  return g_strdup (same ? written : name);
}

/* Returns 0 or errno. */
static int
enter (Lookup *lookup, const char *name)
{
  g_autofree char *here = shown_path (lookup);
  g_autoptr (GError) error = NULL;
  g_autofree char *written = NULL;
  E13Pin *pin = e13_win32_pin_name (e13_win32_handle_of_pin (lookup->at), name, TRUE, name, &error);
  E13Pin *known;

  if (pin == NULL)
    return errno_of (error);
  written = name_as_written (lookup, name, pin);
  g_free (pin->path);
  pin->path = e13_win_path_join (here, written);
  known = find_pin (lookup, pin->path);
  if (known != NULL)
    {
      e13_win32_unpin (pin);
      pin = known;
    }
  else
    g_ptr_array_add (lookup->route->pins, pin);
  if (pin->facts.type == E13_TYPE_SYMLINK)
    return follow (lookup, pin);
  lookup->at = pin;
  g_ptr_array_add (lookup->passed, g_steal_pointer (&written));
  return 0;
}

/* Passes the next name; returns 0 or errno, and then the name still waits. */
static int
pass (Lookup *lookup)
{
  g_autofree char *name = NULL;
  int error;

  if (lookup->at->facts.type != E13_TYPE_DIRECTORY)
    return ENOTDIR;
  name = g_ptr_array_steal_index (lookup->rest, lookup->rest->len - 1);
  error = enter (lookup, name);
  if (error != 0)
    g_ptr_array_add (lookup->rest, g_steal_pointer (&name));
  return error;
}

static char *
join_rest (const Lookup *lookup)
{
  GString *rest = g_string_new (NULL);

  for (guint i = lookup->rest->len; i > 0; i--)
    g_string_append_printf (rest, "%s%s", rest->len > 0 ? "\\" : "", (const char *)lookup->rest->pdata[i - 1]);
  return g_string_free (rest, rest->len == 0);
}

/* Where the way ended in a directory that it had passed before, or behind a link to one, that one comes last once
 * more. */
static gboolean
end_with_the_object (Lookup *lookup, GError **error)
{
  GPtrArray *pins = lookup->route->pins;
  E13Pin *again;

  if (lookup->route->error != 0 || pins->pdata[pins->len - 1] == lookup->at)
    return TRUE;
  again = e13_win32_pin_again (lookup->at, lookup->at->path, error);
  if (again == NULL)
    return FALSE;
  g_ptr_array_add (pins, again);
  return TRUE;
}

/* ---- What was given ---------------------------------------------------------------------------------------------- */

static char *
full_name_of (const WCHAR *path)
{
  DWORD size = GetFullPathNameW (path, 0, NULL, NULL);
  g_autofree WCHAR *buffer = g_new0 (WCHAR, (gsize)size + 1);
  DWORD length = size > 0 ? GetFullPathNameW (path, size, buffer, NULL) : 0;

  return length > 0 && length < size ? e13_win32_from_utf16 ((const gunichar2 *)buffer, length) : NULL;
}

/* The current directory, of a drive where @path names one ("C:x"). The system makes no other part of the path: it would
 * take dots and spaces from the ends of names, and make devices of some. */
static char *
make_absolute (const char *path, GError **error)
{
  gboolean has_drive = g_ascii_isalpha (path[0]) && path[1] == ':';
  WCHAR dot[] = { has_drive ? (WCHAR)path[0] : L'.', has_drive ? L':' : L'\0', L'.', L'\0' };
  g_autofree char *current = full_name_of (dot);
  g_autofree char *shown = e13_quote_windows (path);
  g_auto (E13WinPath) root = { 0 };

  /* "$SITE" of a variable that is not set is not the current directory. */
  if (*path == '\0')
    return e13_throw (error, E13_ERROR_USAGE, "an empty path names nothing"), NULL;
  /* "C:" alone is where one stands on that drive. */
  if (!(has_drive && path[2] == '\0') && e13_win_path_parse (path, &root))
    return g_strdup (path);
  if (g_str_has_prefix (path, "\\\\") || g_str_has_prefix (path, "//"))
    return e13_throw (error, E13_ERROR_USAGE, "'%s' names no share and no drive", shown), NULL;
  if (current == NULL || !e13_win_path_parse (current, &root))
    return e13_throw (error, E13_ERROR_FAILED, "cannot tell the current directory"), NULL;
  if (*path == '\\' || *path == '/')
    return e13_win_path_join (root.root, path + 1);
  return e13_win_path_join (current, has_drive ? path + 2 : path);
}

E13Route *
e13_win32_route (const char *path, GError **error)
{
  g_autoptr (E13Route) route = g_new0 (E13Route, 1);
  g_auto (E13WinPath) given = { 0 };
  g_auto (Lookup) lookup = {
    .route = route,
    .passed = g_ptr_array_new_with_free_func (g_free),
    .rest = g_ptr_array_new_with_free_func (g_free),
  };

  route->pins = g_ptr_array_new_with_free_func (unpin);
  route->given = make_absolute (path, error);
  if (route->given == NULL || !e13_win_path_parse (route->given, &given) || !start_at_root (&lookup, given.root, error))
    return NULL;
  expect (&lookup, given.names);
  while (route->error == 0 && lookup.rest->len > 0)
    route->error = pass (&lookup);
  route->resolved = shown_path (&lookup);
  route->missing = join_rest (&lookup);
  return end_with_the_object (&lookup, error) ? g_steal_pointer (&route) : NULL;
}
