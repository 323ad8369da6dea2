/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "platform/posix/launch-child.h"

#include <fcntl.h>
#include <grp.h>
#include <limits.h>
#include <linux/capability.h>
#include <linux/keyctl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/fd.h"
#include "platform/posix/launch-sweep.h"
#include "platform/launch.h"

#define POLL_MS 10
/* How long the program may take to end by itself, once it is asked to. */
#define GRACE_POLLS 50

#define MAX_DATA ((rlim_t)2 << 30)
#define MAX_FILE ((rlim_t)1 << 30)
#define MAX_PROCESSES 4096
#define MAX_FILES 1024

static void
report (int fd, E13ChildKind kind, int a, int b)
{
  const E13ChildMessage message = { (int)kind, a, b };
  ssize_t written;

  do
    written = write (fd, &message, sizeof message);
  while (written < 0 && errno == EINTR);
}

/* ---- The program's process ------------------------------------------------------------------- */

/* Descriptor 3 is the report, which closes itself when the program begins. */
#define REPORT_FD 3

G_NORETURN static void
give_up (E13LaunchStep step)
{
  report (REPORT_FD, E13_CHILD_FAILED, (int)step, errno);
  _exit (127);
}

static void
close_from (unsigned first)
{
  struct rlimit limit;

#ifdef SYS_close_range
  if (syscall (SYS_close_range, first, ~0u, 0u) == 0)
    return;
#endif
  if (getrlimit (RLIMIT_NOFILE, &limit) < 0 || limit.rlim_cur > 1 << 20)
    limit.rlim_cur = 1 << 20;
  for (unsigned fd = first; fd < limit.rlim_cur; fd++)
    close ((int)fd);
}

static gboolean
arrange_descriptors (const E13Child *child)
{
  if (dup2 (child->input, 0) < 0 || dup2 (child->output, 1) < 0 || dup2 (child->errors, 2) < 0
      || dup3 (child->report, REPORT_FD, O_CLOEXEC) < 0)
    return FALSE;
  close_from (REPORT_FD + 1);
  return TRUE;
}

/* Lowers a limit; one that is lower already stays. */
static gboolean
limit (int resource, rlim_t most)
{
  struct rlimit old;

  if (getrlimit ((__rlimit_resource_t)resource, &old) < 0)
    return FALSE;
  if (old.rlim_max != RLIM_INFINITY && old.rlim_max < most)
    most = old.rlim_max;
  return setrlimit ((__rlimit_resource_t)resource, &(struct rlimit){ most, most }) == 0;
}

static gboolean
set_limits (const E13Child *child)
{
  return limit (RLIMIT_CORE, 0) && limit (RLIMIT_CPU, child->seconds + 1) && limit (RLIMIT_DATA, MAX_DATA)
         && limit (RLIMIT_FSIZE, MAX_FILE) && limit (RLIMIT_NPROC, MAX_PROCESSES) && limit (RLIMIT_NOFILE, MAX_FILES);
}

void
e13_posix_reset_signals (void)
{
  /* The kernel's own structure, all of it zero: SIG_DFL. */
  const unsigned long defaults[8] = { 0 };
  sigset_t none;

  /* libc keeps two for itself, and whoever started us may have had them ignored. */
  for (int number = 1; number <= 64; number++)
    syscall (SYS_rt_sigaction, number, defaults, NULL, (size_t)8);
  sigemptyset (&none);
  sigprocmask (SIG_SETMASK, &none, NULL);
}

static gboolean
drop_capabilities (void)
{
  struct __user_cap_header_struct header = { _LINUX_CAPABILITY_VERSION_3, 0 };
  struct __user_cap_data_struct none[_LINUX_CAPABILITY_U32S_3] = { { 0, 0, 0 } };

  prctl (PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
  return syscall (SYS_capset, &header, none) == 0;
}

/* The bounding set can be emptied only by who holds CAP_SETPCAP; without that there is none to be kept. */
static void
empty_bounding_set (void)
{
  for (unsigned long capability = 0; prctl (PR_CAPBSET_READ, capability, 0, 0, 0) >= 0; capability++)
    prctl (PR_CAPBSET_DROP, capability, 0, 0, 0);
}

static gboolean
is_nobody_special (const E13Child *child)
{
  uid_t real, effective, saved;

  if (getresuid (&real, &effective, &saved) < 0)
    return FALSE;
  errno = EPERM;
  if (child->becomes && (real != child->uid || effective != child->uid || saved != child->uid))
    return FALSE;
  return child->may_be_root || (real != 0 && effective != 0 && saved != 0);
}

gboolean
e13_posix_become (const E13Child *child)
{
  /* Root's keys stay with root. */
  syscall (SYS_keyctl, KEYCTL_JOIN_SESSION_KEYRING, NULL);
  if (!child->may_be_root)
    empty_bounding_set ();
  if (child->becomes
      && (setgroups (child->n_gids, child->gids) < 0 || setresgid (child->gid, child->gid, child->gid) < 0
          || setresuid (child->uid, child->uid, child->uid) < 0))
    return FALSE;
  if (!child->may_be_root && !drop_capabilities ())
    return FALSE;
  return is_nobody_special (child) && prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0;
}

G_NORETURN static void
be_program (const E13Child *child, pid_t keeper)
{
  /* Without a terminal, which it could otherwise type into. */
  setsid ();
  umask (022);
  if (!arrange_descriptors (child) || !set_limits (child))
    give_up (E13_LAUNCH_STEP_PREPARE);
  if (!e13_posix_become (child))
    give_up (E13_LAUNCH_STEP_BECOME);
  e13_posix_reset_signals ();
  prctl (PR_SET_PDEATHSIG, SIGKILL);
  if (getppid () != keeper)
    _exit (127);
  if (chdir (child->directory) < 0)
    give_up (E13_LAUNCH_STEP_DIRECTORY);
  execve (child->program, child->arguments, child->environment);
  give_up (E13_LAUNCH_STEP_START);
}

/* ---- The keeper ------------------------------------------------------------------------------ */

/* Has it ended? It is left unreaped, so that nobody else gets its number. */
static gboolean
has_ended (pid_t pid, siginfo_t *info)
{
  info->si_pid = 0;
  return waitid (P_PID, (id_t)pid, info, WEXITED | WNOHANG | WNOWAIT) == 0 && info->si_pid == pid;
}

static void
report_end (int fd, const siginfo_t *info)
{
  report (fd, info->si_code == CLD_EXITED ? E13_CHILD_EXITED : E13_CHILD_SIGNALLED, info->si_status, 0);
}

/* Until the other end of @control is closed. */
static gboolean
watch (const E13Child *child, pid_t pid, siginfo_t *info)
{
  struct pollfd control = { .fd = child->control, .events = POLLIN };
  gboolean ended = FALSE;

  while (poll (&control, 1, ended ? -1 : POLL_MS) <= 0)
    if (!ended && has_ended (pid, info))
      {
        report_end (child->report, info);
        ended = TRUE;
      }
  return ended;
}

static void
end_program (pid_t pid, gboolean ended, siginfo_t *info)
{
  const struct timespec pause = { .tv_nsec = POLL_MS * 1000 * 1000 };

  kill (-pid, SIGTERM);
  for (guint i = 0; i < GRACE_POLLS && !ended && !has_ended (pid, info); i++)
    nanosleep (&pause, NULL);
  kill (-pid, SIGKILL);
  kill (pid, SIGKILL);
}

void
e13_posix_keeper (const E13Child *child)
{
  pid_t self = getpid ();
  siginfo_t info = { 0 };
  gboolean ended;
  sigset_t all;
  pid_t pid;
  guint n_left;

  /* Ctrl-C is errno13's matter, which then closes its end of @control. */
  sigfillset (&all);
  sigprocmask (SIG_SETMASK, &all, NULL);
  signal (SIGCHLD, SIG_DFL);
  setsid ();
  prctl (PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
  pid = fork ();
  if (pid == 0)
    be_program (child, self);
  if (pid < 0)
    {
      report (child->report, E13_CHILD_FAILED, E13_LAUNCH_STEP_PREPARE, errno);
      _exit (1);
    }
  close (child->input);
  close (child->output);
  close (child->errors);
  ended = watch (child, pid, &info);
  end_program (pid, ended, &info);
  waitpid (pid, NULL, 0);
  n_left = e13_posix_sweep_children ();
  report (child->report, E13_CHILD_GONE, ended, (int)n_left);
  _exit (0);
}
