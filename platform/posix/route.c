/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <string.h>
#include <sys/vfs.h>

#include "base/error.h"
#include "platform/posix/pin.h"
#include "platform/posix/proc.h"
#include "platform/posix/tree.h"

/* The kernel's own limit. */
#define MAX_LINKS 40
/* The inode of /proc itself: only there are links plain text. */
#define PROC_ROOT_INODE 1

typedef struct
{
  E13Route *route;
  GQueue rest;   /* of char *: the components that are still to be passed */
  GString *path; /* where the lookup stands, absolute and without links; "" for / */
  E13Pin *at;    /* the same, pinned; owned by the route */
  guint n_links;
} Lookup;

static void
unpin (gpointer pin)
{
  e13_posix_unpin (pin);
}

static const char *
shown_path (const Lookup *lookup)
{
  return lookup->path->len > 0 ? lookup->path->str : "/";
}

/* Puts the components of @path before those that wait. A slash at the end asks for a directory, as "." does. */
static void
expect (Lookup *lookup, const char *path)
{
  g_auto (GStrv) parts = g_strsplit (path, "/", -1);
  guint n = g_strv_length (parts);

  for (guint i = n; i-- > 0;)
    if (*parts[i] != '\0')
      g_queue_push_head (&lookup->rest, g_strdup (parts[i]));
    else if (i > 0 && i + 1 == n)
      g_queue_push_head (&lookup->rest, g_strdup ("."));
}

static E13Pin *
find_pin (const Lookup *lookup, const char *path)
{
  for (guint i = lookup->route->pins->len; i-- > 0;)
    {
      E13Pin *pin = g_ptr_array_index (lookup->route->pins, i);

      if (g_str_equal (pin->path, path))
        return pin;
    }
  return NULL;
}

static gboolean
add_pin (Lookup *lookup, int fd, const char *path, E13Pin **ret_pin, GError **error)
{
  E13Pin *pin = e13_posix_pin_of_fd (fd, path, error);

  if (pin == NULL)
    return FALSE;
  g_ptr_array_add (lookup->route->pins, pin);
  *ret_pin = pin;
  return TRUE;
}

static gboolean
start_at_root (Lookup *lookup, GError **error)
{
  E13Pin *known = find_pin (lookup, "/");

  g_string_truncate (lookup->path, 0);
  if (known != NULL)
    return lookup->at = known, TRUE;
  return add_pin (lookup, open ("/", O_PATH | O_DIRECTORY | O_CLOEXEC), "/", &lookup->at, error);
}

/* A link below /proc/PID is text in name only: the kernel jumps to an object instead of looking the text up. */
static gboolean
is_magic (const E13Pin *parent, const E13Pin *link)
{
  struct statfs fs;

  if (fstatfs (link->fd, &fs) < 0)
    return TRUE;
  return fs.f_type == PROC_SUPER_MAGIC && parent->facts.key.inode != PROC_ROOT_INODE;
}

/* Returns 0 or errno. */
static int
follow (Lookup *lookup, const E13Pin *link)
{
  if (is_magic (lookup->at, link) || ++lookup->n_links > MAX_LINKS)
    return ELOOP;
  if (*link->link_target == '\0')
    return ENOENT;
  expect (lookup, link->link_target);
  if (*link->link_target != '/')
    return 0;
  return start_at_root (lookup, NULL) ? 0 : errno;
}

/* The directory above, which the lookup has passed before. */
static void
go_up (Lookup *lookup)
{
  const char *slash = strrchr (lookup->path->str, '/');

  if (slash != NULL)
    g_string_truncate (lookup->path, (gsize)(slash - lookup->path->str));
  lookup->at = find_pin (lookup, shown_path (lookup));
}

static int
enter (Lookup *lookup, const char *name)
{
  g_autofree char *path = g_strconcat (lookup->path->str, "/", name, NULL);
  E13Pin *pin = find_pin (lookup, path);
  g_autoptr (GError) error = NULL;

  if (pin == NULL)
    {
      int fd = openat (lookup->at->fd, name, O_PATH | O_NOFOLLOW | O_CLOEXEC);

      if (fd < 0)
        return errno;
      if (!add_pin (lookup, fd, path, &pin, &error))
        return error->domain == E13_ERRNO ? error->code : EIO;
    }
  if (pin->facts.type == E13_TYPE_SYMLINK)
    return follow (lookup, pin);
  lookup->at = pin;
  g_string_assign (lookup->path, path);
  return 0;
}

/* Passes the next component; returns 0 or errno. */
static int
pass (Lookup *lookup)
{
  const char *name = g_queue_peek_head (&lookup->rest);
  g_autofree char *passed = NULL;
  int error;

  if (lookup->at->facts.type != E13_TYPE_DIRECTORY)
    return ENOTDIR;
  if (strlen (name) > NAME_MAX)
    return ENAMETOOLONG;
  passed = g_queue_pop_head (&lookup->rest);
  if (g_str_equal (passed, "."))
    return 0;
  if (g_str_equal (passed, ".."))
    return go_up (lookup), 0;
  error = enter (lookup, passed);
  if (error != 0)
    g_queue_push_head (&lookup->rest, g_steal_pointer (&passed));
  return error;
}

static char *
join_rest (const Lookup *lookup)
{
  GString *rest = g_string_new (NULL);

  for (const GList *l = lookup->rest.head; l != NULL; l = l->next)
    if (!g_str_equal (l->data, "."))
      g_string_append_printf (rest, "%s%s", rest->len > 0 ? "/" : "", (const char *)l->data);
  return g_string_free (rest, rest->len == 0);
}

/* Where the way ended in a directory that it had passed before, or behind a link to one, that one comes last once
 * more. */
static gboolean
end_with_the_object (Lookup *lookup, GError **error)
{
  GPtrArray *pins = lookup->route->pins;

  if (lookup->route->error != 0 || g_ptr_array_index (pins, pins->len - 1) == lookup->at)
    return TRUE;
  return add_pin (lookup, fcntl (lookup->at->fd, F_DUPFD_CLOEXEC, 0), shown_path (lookup), &lookup->at, error);
}

static char *
make_absolute (const char *path, GError **error)
{
  g_autofree char *cwd = NULL;

  /* As the kernel has it: "$SITE" of a variable that is not set is not the current directory. */
  if (*path == '\0')
    return e13_throw (error, E13_ERROR_USAGE, "an empty path names nothing"), NULL;
  if (*path == '/')
    return g_strdup (path);
  cwd = getcwd (NULL, 0);
  if (cwd == NULL)
    return e13_throw_errno (error, "cannot tell the current directory"), NULL;
  return g_str_equal (cwd, "/") ? g_strconcat ("/", path, NULL) : g_strconcat (cwd, "/", path, NULL);
}

E13Route *
e13_posix_route (const char *path, GError **error)
{
  g_autoptr (E13Route) route = g_new0 (E13Route, 1);
  Lookup lookup = { .route = route, .rest = G_QUEUE_INIT };
  g_autoptr (GString) at = lookup.path = g_string_new (NULL);
  gboolean ended;

  route->pins = g_ptr_array_new_with_free_func (unpin);
  route->given = make_absolute (path, error);
  if (route->given == NULL || e13_posix_proc_fd (error) < 0 || !start_at_root (&lookup, error))
    return NULL;

  expect (&lookup, route->given);
  while (route->error == 0 && !g_queue_is_empty (&lookup.rest))
    route->error = pass (&lookup);
  route->resolved = g_strdup (shown_path (&lookup));
  route->missing = join_rest (&lookup);
  g_queue_clear_full (&lookup.rest, g_free);

  ended = end_with_the_object (&lookup, error);
  return ended ? g_steal_pointer (&route) : NULL;
}
