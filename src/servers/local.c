/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "servers/local.h"

#include <errno.h>
#include <string.h>

#include "base/error.h"
#include "base/quote.h"

#define MAX_PROCS (1u << 20)

static gboolean
others_can_write (const E13Facts *facts)
{
  gboolean by_mode = facts->type != E13_TYPE_SYMLINK && (facts->mode & 022) != 0
                     && !(facts->type == E13_TYPE_DIRECTORY && (facts->mode & 01000) != 0);

  return facts->uid != 0 || by_mode;
}

/* The way to @path, all of which is root's; NULL and @error. */
static E13Route *
believed_route (const E13ReadOps *ops, const char *path, GError **error)
{
  g_autoptr (E13Route) route = ops->route (path, error);
  g_autofree char *shown = e13_quote_display (path);

  if (route == NULL)
    return NULL;
  if (route->missing != NULL)
    {
      errno = route->error;
      return e13_throw_errno (error, "cannot read '%s'", shown), NULL;
    }
  for (guint i = 0; i < route->pins->len; i++)
    {
      const E13Pin *pin = route->pins->pdata[i];
      g_autofree char *whose = others_can_write (&pin->facts) ? e13_quote_display (pin->path) : NULL;

      if (whose != NULL)
        return e13_throw (error, E13_ERROR_REFUSED, "'%s' is not believed: others than root can change '%s'", shown,
                          whose),
               NULL;
    }
  return g_steal_pointer (&route);
}

static const E13Pin *
end_of (const E13Route *route)
{
  return route->pins->pdata[route->pins->len - 1];
}

static GBytes *
read_local (const char *path, gsize max, gpointer data, GError **error)
{
  const E13ReadOps *ops = data;
  g_autoptr (E13Route) route = believed_route (ops, path, error);

  return route != NULL ? ops->read_file (end_of (route), max, error) : NULL;
}

static GPtrArray *
list_local (const char *directory, gpointer data, GError **error)
{
  const E13ReadOps *ops = data;
  g_autoptr (E13Route) route = believed_route (ops, directory, error);

  return route != NULL ? ops->list (end_of (route), error) : NULL;
}

E13SourceOps
e13_local_sources (const E13ReadOps *ops)
{
  return (E13SourceOps){ read_local, list_local, (gpointer)ops };
}

GArray *
e13_local_unit_pids (const E13SourceOps *files, const char *unit)
{
  static const char *const roots[] = { "/sys/fs/cgroup", "/sys/fs/cgroup/unified", "/sys/fs/cgroup/systemd" };
  GArray *pids = g_array_new (FALSE, FALSE, sizeof (guint32));

  for (gsize i = 0; i < G_N_ELEMENTS (roots) && pids->len == 0; i++)
    {
      g_autofree char *path = g_strconcat (roots[i], "/system.slice/", unit, "/cgroup.procs", NULL);
      g_autoptr (GBytes) bytes = files->read (path, MAX_PROCS, files->data, NULL);
      gsize size = 0;
      const char *data = bytes != NULL ? g_bytes_get_data (bytes, &size) : NULL;
      g_autofree char *text = g_strndup (data != NULL ? data : "", size);
      g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

      for (gsize k = 0; lines[k] != NULL; k++)
        {
          guint64 pid;
          guint32 small;

          if (!g_ascii_string_to_unsigned (lines[k], 10, 1, G_MAXINT32, &pid, NULL))
            continue;
          small = (guint32)pid;
          g_array_append_val (pids, small);
        }
    }
  return pids;
}
