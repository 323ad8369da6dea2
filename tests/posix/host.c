/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "tests/posix/host.h"

#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include "platform/posix/pin.h"

static char *scratch;
static gboolean unshared;

void
host_enter (void)
{
  g_autoptr (GError) error = NULL;

  umask (022);
  scratch = g_dir_make_tmp ("errno13-host-XXXXXX", &error);
  g_assert_no_error (error);
  g_assert_true (chmod (scratch, 0755) == 0 && chdir (scratch) == 0);
}

void
host_leave (void)
{
  if (scratch == NULL || chdir ("/") < 0)
    return;
  if (unshared)
    host_run ("awk '$2 ~ \"^%s/\" { print $2 }' /proc/self/mounts | sort -r | xargs -r umount -l", scratch);
  host_run ("chattr -R -ia '%s' 2>/dev/null; rm -rf --one-file-system '%s'", scratch, scratch);
  g_clear_pointer (&scratch, g_free);
}

static char *
run (const char *command)
{
  const char *const argv[] = { "/bin/sh", "-c", command, NULL };
  g_autoptr (GError) error = NULL;
  g_autofree char *out = NULL;
  int status;

  g_spawn_sync (NULL, (char **)argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, &out, NULL, &status, &error);
  g_assert_no_error (error);
  cr_assert_eq (status, 0, "'%s' ended with status %d", command, status);
  return g_strchomp (g_steal_pointer (&out));
}

void
host_run (const char *format, ...)
{
  g_autofree char *command = NULL;
  va_list args;

  va_start (args, format);
  command = g_strdup_vprintf (format, args);
  va_end (args);
  g_free (run (command));
}

char *
host_ask (const char *format, ...)
{
  g_autofree char *command = NULL;
  va_list args;

  va_start (args, format);
  command = g_strdup_vprintf (format, args);
  va_end (args);
  return run (command);
}

void
host_unshare_mounts (void)
{
  if (unshare (CLONE_NEWNS) < 0 || mount (NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) < 0)
    HOST_SKIP ("no mount namespace can be made here: %s", g_strerror (errno));
  unshared = TRUE;
}

E13Pin *
host_pin (const char *path)
{
  g_autoptr (GError) error = NULL;
  E13Pin *pin = e13_posix_pin_of_fd (open (path, O_PATH | O_NOFOLLOW | O_CLOEXEC), path, &error);

  g_assert_no_error (error);
  return pin;
}
