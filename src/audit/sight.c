/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "audit/sight.h"

#include <errno.h>

#include "base/error.h"
#include "base/path.h"
#include "base/quote.h"

E13Sight
e13_sight_look (const E13ReadOps *ops, const E13View *view, const char *there, const E13Pin *pin,
                const E13Identity *identity, E13Rights needs)
{
  g_autoptr (GError) error = NULL;
  E13Pin *seen = ops->pin_in_view (view, there, &error);
  E13Sight sight = E13_SIGHT_SAME;

  if (seen == NULL)
    return g_error_matches (error, E13_ERRNO, ENOENT) || g_error_matches (error, E13_ERRNO, ENOTDIR) ? E13_SIGHT_HIDDEN
                                                                                                     : E13_SIGHT_SAME;
  if (!e13_object_key_same_inode (&seen->facts.key, &pin->facts.key))
    sight = E13_SIGHT_OTHER;
  else if ((needs & E13_RIGHT_WRITE) != 0 && ops->ask (seen, identity, E13_RIGHT_WRITE).error == EROFS
           && ops->ask (pin, identity, E13_RIGHT_WRITE).error != EROFS)
    sight = E13_SIGHT_READ_ONLY;
  ops->unpin (seen);
  return sight;
}

const char *
e13_sight_because (E13Sight sight)
{
  static const char *const words[] = {
    [E13_SIGHT_SAME] = NULL,
    [E13_SIGHT_HIDDEN] = "its own view of the file system (a sandbox, a chroot, a container) ends before it: 'No such "
                         "file or directory'",
    [E13_SIGHT_OTHER] = "its own view of the file system (a sandbox, a container) has another one there",
    [E13_SIGHT_READ_ONLY] = "in its own view of the file system (a sandbox, a container) it is mounted read-only: "
                            "'Read-only file system'",
  };

  return words[sight];
}

static gboolean
is_below (const char *path, const char *const *directories)
{
  for (gsize i = 0; directories[i] != NULL; i++)
    if (e13_path_is_in (path, directories[i]))
      return TRUE;
  return FALSE;
}

static char *
setting_of (E13Sight sight, const char *full, const char *word)
{
  static const char *const homes[] = { "/home", "/root", "/run/user", NULL };
  static const char *const temporary[] = { "/tmp", "/var/tmp", NULL };

  if (sight == E13_SIGHT_READ_ONLY)
    return g_strdup_printf ("ReadWritePaths=%s", word);
  if (is_below (full, homes))
    return g_strdup ("ProtectHome=no");
  if (is_below (full, temporary))
    return g_strdup ("PrivateTmp=no");
  return g_strdup_printf ("BindPaths=%s", word);
}

void
e13_sight_cures (GPtrArray *cures, const E13Service *service, E13Sight sight, const char *full)
{
  g_autofree char *word = e13_quote_shell_display (full);
  g_autofree char *setting = setting_of (sight, full, word);

  if (service->unit == NULL || !g_str_has_suffix (service->unit, ".service"))
    {
      g_ptr_array_add (cures, g_strdup_printf ("make %s %s where %s is started (a volume, a bind mount)", word,
                                               sight == E13_SIGHT_READ_ONLY ? "writable" : "visible", service->name));
      return;
    }
  g_ptr_array_add (cures, g_strdup_printf ("systemctl edit %s, and write there: [Service] %s", service->unit, setting));
  g_ptr_array_add (cures, g_strdup_printf ("systemctl restart %s", service->unit));
}
