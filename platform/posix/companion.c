/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What it sees comes through a FIFO: unlike an open descriptor, a name is not inherited by what it starts. */

#include "config.h"

#include "platform/companion.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/error.h"
#include "base/fd.h"
#include "platform/posix/launch-account.h"
#include "platform/posix/launch-child.h"

#define POLL_MS 100

struct E13Companion
{
  char *directory; /* of the FIFO alone */
  char *fifo;
  int fd;
  int failed; /* the child says there why it could not begin */
  pid_t pid;
  gboolean is_over; /* it has ended, and is not waited for yet */
  gboolean is_reaped;
};

static void
remove_fifo (E13Companion *companion)
{
  if (companion->fifo != NULL)
    unlink (companion->fifo);
  if (companion->directory != NULL)
    rmdir (companion->directory);
  g_clear_pointer (&companion->fifo, g_free);
  g_clear_pointer (&companion->directory, g_free);
}

static gboolean
make_fifo (E13Companion *companion, const E13Identity *identity, GError **error)
{
  companion->directory = g_dir_make_tmp ("errno13-XXXXXX", error);
  if (companion->directory == NULL)
    return FALSE;
  companion->fifo = g_build_filename (companion->directory, "seen", NULL);
  if (mkfifo (companion->fifo, 0600) < 0
      || (identity != NULL
          && (chown (companion->fifo, identity->uid, identity->gid) < 0 || chmod (companion->directory, 0711) < 0)))
    return e13_throw_errno (error, "cannot make a FIFO in '%s'", companion->directory);
  companion->fd = open (companion->fifo, O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC);
  if (companion->fd < 0)
    return e13_throw_errno (error, "cannot open '%s'", companion->fifo);
  return TRUE;
}

static char **
arguments_of (const E13CompanionRequest *request, const char *fifo)
{
  char **arguments = g_strdupv ((char **)request->arguments);

  for (gsize i = 0; arguments[i] != NULL; i++)
    if (strcmp (arguments[i], E13_COMPANION_FILE) == 0)
      {
        g_free (arguments[i]);
        arguments[i] = g_strdup (fifo);
      }
  return arguments;
}

G_NORETURN static void
be_companion (const E13CompanionRequest *request, char **arguments, int failed)
{
  const E13LaunchAccount *account = request->account;
  const E13Identity *identity = account != NULL ? account->identity : NULL;
  const E13Child child = {
    .becomes = identity != NULL,
    .uid = identity != NULL ? (uid_t)identity->uid : 0,
    .gid = identity != NULL ? (gid_t)identity->gid : 0,
    .gids = identity != NULL ? identity->groups.gids : NULL,
    .n_gids = identity != NULL ? identity->groups.n_gids : 0,
    .may_be_root = account != NULL && account->may_be_root,
  };

  if ((!request->out_to_errors || dup2 (STDERR_FILENO, STDOUT_FILENO) >= 0)
      && (account == NULL || e13_posix_become (&child)))
    {
      e13_posix_reset_signals ();
      execv (request->program, arguments);
    }
  /* A word of an int's size goes whole, or the pipe is gone with its reader. */
  while (write (failed, &errno, sizeof errno) < 0 && errno == EINTR)
    continue;
  _exit (127);
}

E13Companion *
e13_companion_start (const E13CompanionRequest *request, GError **error)
{
  g_autoptr (E13Companion) companion = g_new0 (E13Companion, 1);
  const E13Identity *identity = request->account != NULL ? request->account->identity : NULL;
  g_auto (GStrv) arguments = NULL;
  int ends[2];

  companion->fd = -1;
  companion->failed = -1;
  if (!make_fifo (companion, identity, error))
    return NULL;
  if (pipe2 (ends, O_CLOEXEC) < 0)
    return e13_throw_errno (error, "cannot make pipes"), NULL;
  companion->failed = ends[0];
  arguments = arguments_of (request, companion->fifo);
  companion->pid = fork ();
  if (companion->pid == 0)
    be_companion (request, arguments, ends[1]);
  close (ends[1]);
  if (companion->pid < 0)
    return e13_throw_errno (error, "cannot make a process"), NULL;
  return g_steal_pointer (&companion);
}

/* It is left unreaped, so that nobody else gets its number. */
static gboolean
has_ended (const E13Companion *companion)
{
  siginfo_t info = { 0 };

  return waitid (P_PID, (id_t)companion->pid, &info, WEXITED | WNOHANG | WNOWAIT) == 0 && info.si_pid == companion->pid;
}

gssize
e13_companion_read (E13Companion *companion, char *bytes, gsize size)
{
  struct pollfd fd = { .fd = companion->fd, .events = POLLIN };
  ssize_t n;

  /* Before it has opened the FIFO there is no end of it either. */
  n = read (companion->fd, bytes, size);
  if (n > 0)
    return n;
  if (companion->is_over)
    return -1;
  if (has_ended (companion))
    {
      companion->is_over = TRUE; /* what it wrote last is still to be read */
      return 0;
    }
  if (n == 0)
    g_usleep (POLL_MS / 10 * 1000);
  else
    poll (&fd, 1, POLL_MS);
  return 0;
}

void
e13_companion_stop (E13Companion *companion)
{
  if (!companion->is_reaped)
    kill (companion->pid, SIGINT);
}

void
e13_companion_pass_on (const E13Companion *companion, guint32 pid)
{
  gboolean is_at_terminal = tcgetpgrp (STDIN_FILENO) == getpgrp () || tcgetpgrp (STDERR_FILENO) == getpgrp ();

  if (!is_at_terminal && !has_ended (companion) && pid > 1 && pid <= G_MAXINT)
    kill ((pid_t)pid, SIGTERM);
}

E13CompanionEnd
e13_companion_end (E13Companion *companion)
{
  E13CompanionEnd end = { .was_started = TRUE };
  int status = 0;
  int error;

  while (waitpid (companion->pid, &status, 0) < 0 && errno == EINTR)
    continue;
  companion->is_reaped = TRUE;
  if (read (companion->failed, &error, sizeof error) == (ssize_t)sizeof error)
    return (E13CompanionEnd){ FALSE, FALSE, error };
  end.was_ended = WIFSIGNALED (status);
  end.code = WIFSIGNALED (status) ? WTERMSIG (status) : WEXITSTATUS (status);
  return end;
}

void
e13_companion_free (E13Companion *companion)
{
  if (companion == NULL)
    return;
  remove_fifo (companion);
  if (companion->pid > 0 && !companion->is_reaped)
    {
      kill (companion->pid, SIGTERM);
      while (waitpid (companion->pid, NULL, 0) < 0 && errno == EINTR)
        continue;
    }
  e13_close_fd (&companion->fd);
  e13_close_fd (&companion->failed);
  g_free (companion);
}
