/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "platform/launch.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>

#include "base/error.h"
#include "base/fd.h"
#include "platform/posix/launch-account.h"
#include "platform/posix/launch-child.h"

#define POLL_MS 50
#define MAX_ERRORS (256 * 1024)
/* Once it has closed its output: how long the program may take to end by itself. */
#define ENDING_US (2 * G_USEC_PER_SEC)

/* ---- As whom --------------------------------------------------------------------------------- */

E13LaunchAccount *
e13_launch_account_new (const E13Identity *identity, gboolean allow_root, GError **error)
{
  gboolean is_same = identity != NULL && identity->token == NULL && identity->uid == geteuid ();
  gboolean can_become = geteuid () == 0 && identity != NULL && identity->token == NULL;
  uid_t uid = can_become ? (uid_t)identity->uid : geteuid ();
  E13LaunchAccount *account;

  if (!allow_root && (uid == 0 || (!can_become && getuid () == 0)))
    return e13_throw (error, E13_ERROR_REFUSED,
                      "a stranger's program is not run as root: name another account with --as, or say --allow-root"),
           NULL;
  account = g_new0 (E13LaunchAccount, 1);
  account->may_be_root = allow_root;
  if (can_become)
    account->identity = e13_identity_copy (identity);
  else if (!is_same)
    account->differs = identity != NULL && identity->token != NULL ? "accounts of Windows are not known here"
                                                                   : "only root can take on another account";
  return account;
}

void
e13_launch_account_free (E13LaunchAccount *account)
{
  if (account == NULL)
    return;
  e13_identity_free (account->identity);
  g_free (account);
}

const char *
e13_launch_account_differs (const E13LaunchAccount *account)
{
  return account->differs;
}

/* ---- Pipes ----------------------------------------------------------------------------------- */

typedef struct
{
  int theirs;
  int ours;
} Pipe;

static void
clear_pipe (Pipe *pipe)
{
  e13_close_fd (&pipe->theirs);
  e13_close_fd (&pipe->ours);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Pipe, clear_pipe)

/* Above the numbers that the program's process arranges. */
static gboolean
move_up (int *fd)
{
  int moved = fcntl (*fd, F_DUPFD_CLOEXEC, 4);

  if (moved < 0)
    return FALSE;
  close (*fd);
  *fd = moved;
  return TRUE;
}

static gboolean
open_pipe (Pipe *pipe, gboolean we_write)
{
  int ends[2];

  if (pipe2 (ends, O_CLOEXEC) < 0)
    return FALSE;
  *pipe = we_write ? (Pipe){ ends[0], ends[1] } : (Pipe){ ends[1], ends[0] };
  return move_up (&pipe->theirs) && move_up (&pipe->ours) && fcntl (pipe->ours, F_SETFL, O_NONBLOCK) == 0;
}

/* ---- Running --------------------------------------------------------------------------------- */

typedef struct
{
  const E13LaunchRequest *request;
  E13LaunchResult *result;
  int input; /* our ends; -1: closed */
  int output;
  int errors;
  int report;
  gsize n_written;
  gboolean ended;
  gboolean failed;
} Run;

static void
write_input (Run *run)
{
  gsize size = 0;
  const char *data = run->request->input != NULL ? g_bytes_get_data (run->request->input, &size) : NULL;
  ssize_t n = size > run->n_written ? write (run->input, data + run->n_written, size - run->n_written) : 0;

  if (n > 0)
    run->n_written += (gsize)n;
  if (run->n_written >= size || (n < 0 && errno != EAGAIN && errno != EINTR))
    e13_close_fd (&run->input);
}

/* Reads what is there; what goes beyond @max is counted, not kept. Returns FALSE where there was more than @max. */
static gboolean
read_some (int *fd, GByteArray *into, gsize max)
{
  guint8 buffer[65536];
  ssize_t n = read (*fd, buffer, sizeof buffer);
  gsize room = max - into->len;

  if (n > 0)
    g_byte_array_append (into, buffer, (guint)MIN ((gsize)n, room));
  else if (n == 0 || (errno != EAGAIN && errno != EINTR))
    e13_close_fd (fd);
  return n <= 0 || (gsize)n <= room;
}

static void
take_message (Run *run, const E13ChildMessage *message)
{
  E13LaunchResult *result = run->result;

  switch ((E13ChildKind)message->kind)
    {
    case E13_CHILD_FAILED:
      run->failed = TRUE;
      result->end = E13_LAUNCH_NOT_STARTED;
      result->step = (E13LaunchStep)message->a;
      result->code = message->b;
      break;
    case E13_CHILD_EXITED:
    case E13_CHILD_SIGNALLED:
      run->ended = TRUE;
      if (run->failed)
        break;
      result->end = message->kind == E13_CHILD_EXITED ? E13_LAUNCH_EXITED : E13_LAUNCH_SIGNALLED;
      result->code = message->a;
      break;
    case E13_CHILD_GONE:
      result->n_left = (guint)message->b;
      break;
    }
}

static void
read_messages (Run *run)
{
  E13ChildMessage message;
  ssize_t n;

  while ((n = read (run->report, &message, sizeof message)) == (ssize_t)sizeof message)
    take_message (run, &message);
  if (n == 0)
    e13_close_fd (&run->report);
}

static void
poll_once (Run *run)
{
  struct pollfd fds[] = {
    { .fd = run->input, .events = POLLOUT },
    { .fd = run->output, .events = POLLIN },
    { .fd = run->errors, .events = POLLIN },
    { .fd = run->report, .events = POLLIN },
  };

  if (poll (fds, G_N_ELEMENTS (fds), POLL_MS) <= 0)
    return;
  if (fds[0].revents != 0)
    write_input (run);
  if (fds[1].revents != 0 && !read_some (&run->output, run->result->output, run->request->max_output))
    run->result->end = E13_LAUNCH_TOO_MUCH;
  if (fds[2].revents != 0)
    read_some (&run->errors, run->result->errors, MAX_ERRORS);
  if (fds[3].revents != 0)
    read_messages (run);
}

/* Until the program has ended and its output is closed, or a limit is reached. */
static void
follow (Run *run)
{
  const E13LaunchRequest *request = run->request;
  E13LaunchResult *result = run->result;
  gint64 deadline = g_get_monotonic_time () + (gint64)request->seconds * G_USEC_PER_SEC;
  gint64 closed = 0;

  while (run->report >= 0 && (!run->ended || run->output >= 0 || run->errors >= 0))
    {
      gint64 now = g_get_monotonic_time ();

      if (run->output < 0 && run->errors < 0 && closed == 0)
        closed = now;
      if (closed != 0 && now > closed + ENDING_US)
        {
          result->is_closed = TRUE;
          return;
        }
      if (now > deadline)
        {
          result->is_held = run->ended;
          result->end = E13_LAUNCH_TIMED_OUT;
          return;
        }
      if (request->cancelled != NULL && g_atomic_int_get (request->cancelled) != 0)
        {
          result->end = E13_LAUNCH_CANCELLED;
          return;
        }
      poll_once (run);
      if (result->end == E13_LAUNCH_TOO_MUCH)
        return;
    }
}

/* The limit that ended it stands; what the keeper says afterwards is only how it went. */
static gboolean
finish (Run *run, Pipe *control, pid_t keeper, GError **error)
{
  E13LaunchResult *result = run->result;
  E13LaunchEnd end = result->end;
  int code = result->code;
  gboolean is_orphaned = run->report < 0;

  e13_close_fd (&control->ours);
  e13_close_fd (&run->input);
  while (run->report >= 0)
    {
      struct pollfd fd = { .fd = run->report, .events = POLLIN };

      poll (&fd, 1, -1);
      read_messages (run);
    }
  /* Only now: what the program says while it tidies up would else be its death. */
  e13_close_fd (&run->output);
  e13_close_fd (&run->errors);
  while (waitpid (keeper, NULL, 0) < 0 && errno == EINTR)
    continue;
  result->end = end;
  result->code = code;
  if (is_orphaned)
    return e13_throw (error, E13_ERROR_FAILED, "the process that watched the program was ended by somebody");
  return TRUE;
}

static const gid_t *
groups_of (const E13Identity *identity)
{
  G_STATIC_ASSERT (sizeof (gid_t) == sizeof (guint32));
  return identity != NULL ? identity->groups.gids : NULL;
}

gboolean
e13_launch (const E13LaunchAccount *account, const E13LaunchRequest *request, E13LaunchResult *ret_result,
            GError **error)
{
  const E13Identity *identity = account->identity;
  struct sigaction ignore = { .sa_handler = SIG_IGN };
  struct sigaction old;
  g_auto (Pipe) input = { -1, -1 };
  g_auto (Pipe) output = { -1, -1 };
  g_auto (Pipe) errors = { -1, -1 };
  g_auto (Pipe) report = { -1, -1 };
  g_auto (Pipe) control = { -1, -1 };
  Run run = { .request = request, .result = ret_result };
  gboolean finished;
  pid_t keeper;

  *ret_result = (E13LaunchResult){ .output = g_byte_array_new (), .errors = g_byte_array_new () };
  if (!open_pipe (&input, TRUE) || !open_pipe (&output, FALSE) || !open_pipe (&errors, FALSE)
      || !open_pipe (&report, FALSE) || !open_pipe (&control, TRUE))
    return e13_throw_errno (error, "cannot make pipes");
  keeper = fork ();
  if (keeper == 0)
    {
      const E13Child child = {
        .input = input.theirs,
        .output = output.theirs,
        .errors = request->one_stream ? output.theirs : errors.theirs,
        .report = report.theirs,
        .control = control.theirs,
        .program = request->program,
        .arguments = (char *const *)request->arguments,
        .environment = (char *const *)request->environment,
        .directory = request->directory,
        .becomes = identity != NULL,
        .uid = identity != NULL ? (uid_t)identity->uid : 0,
        .gid = identity != NULL ? (gid_t)identity->gid : 0,
        .gids = groups_of (identity),
        .n_gids = identity != NULL ? identity->groups.n_gids : 0,
        .may_be_root = account->may_be_root,
        .seconds = request->seconds,
      };

      /* Else the program would never see the end of its input, nor the keeper that of its control. */
      close (input.ours);
      close (output.ours);
      close (errors.ours);
      close (report.ours);
      close (control.ours);
      if (request->one_stream)
        close (errors.theirs);
      e13_posix_keeper (&child);
    }
  if (keeper < 0)
    return e13_throw_errno (error, "cannot make a process");
  e13_close_fd (&input.theirs);
  e13_close_fd (&output.theirs);
  e13_close_fd (&errors.theirs);
  e13_close_fd (&report.theirs);
  e13_close_fd (&control.theirs);
  run.input = g_steal_fd (&input.ours);
  run.output = g_steal_fd (&output.ours);
  run.errors = g_steal_fd (&errors.ours);
  run.report = g_steal_fd (&report.ours);
  sigaction (SIGPIPE, &ignore, &old);
  follow (&run);
  finished = finish (&run, &control, keeper, error);
  sigaction (SIGPIPE, &old, NULL);
  return finished;
}

void
e13_launch_result_clear (E13LaunchResult *result)
{
  g_clear_pointer (&result->output, g_byte_array_unref);
  g_clear_pointer (&result->errors, g_byte_array_unref);
}

/* ---- What the host brings -------------------------------------------------------------------- */

/* As Debian's and others' start a server. */
#define USUAL_PATH "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

char **
e13_launch_base_environment (void)
{
  static const char *const base[] = { "PATH=" USUAL_PATH, "LANG=C", NULL };

  return g_strdupv ((char **)base);
}

char *
e13_launch_find_program (const char *name)
{
  g_auto (GStrv) folders = g_strsplit (USUAL_PATH, ":", -1);

  for (gsize i = 0; folders[i] != NULL; i++)
    {
      g_autofree char *path = g_build_filename (folders[i], name, NULL);

      if (access (path, X_OK) == 0)
        return g_steal_pointer (&path);
    }
  return NULL;
}
