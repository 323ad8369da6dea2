/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "platform/posix/launch-sweep.h"

#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>

#include "base/fd.h"

#define MAX_ROUNDS 5000

/* The parent of @pid, as its stat has it behind the name, which may hold anything; and whether it has ended. */
static pid_t
parent_of (const char *pid, gboolean *ret_ended)
{
  g_autofree char *path = g_strdup_printf ("/proc/%s/stat", pid);
  g_autofree char *text = NULL;
  const char *end;
  char state = 0;
  int parent = 0;

  if (!g_file_get_contents (path, &text, NULL, NULL) || (end = strrchr (text, ')')) == NULL
      || sscanf (end, ") %c %d", &state, &parent) != 2)
    return 0;
  *ret_ended = state == 'Z';
  return parent;
}

/* A child's number is its own until it is reaped, which nobody else does. */
static guint
kill_children (void)
{
  DIR *proc = opendir ("/proc");
  struct dirent *entry;
  guint n = 0;

  while (proc != NULL && (entry = readdir (proc)) != NULL)
    {
      gboolean ended = TRUE;

      if (!g_ascii_isdigit (entry->d_name[0]) || parent_of (entry->d_name, &ended) != getpid () || ended)
        continue;
      kill ((pid_t)atol (entry->d_name), SIGKILL);
      n++;
    }
  if (proc != NULL)
    closedir (proc);
  return n;
}

guint
e13_posix_sweep_children (void)
{
  const struct timespec pause = { .tv_nsec = 1000 * 1000 };
  guint n = 0;

  for (guint round = 0; round < MAX_ROUNDS; round++)
    {
      pid_t reaped = waitpid (-1, NULL, WNOHANG);

      if (reaped < 0 && errno == ECHILD)
        break;
      if (reaped > 0)
        continue;
      n += kill_children ();
      nanosleep (&pause, NULL);
    }
  return n;
}
