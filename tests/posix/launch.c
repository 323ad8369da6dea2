/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Running a stranger's program: what it gets, what it does not, and that nothing of it is left. */

#include "config.h"

#include <criterion/criterion.h>
#include <criterion/parameterized.h>

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/error.h"
#include "platform/platform.h"
#include "platform/launch.h"

TestSuite (launch, .timeout = 120);

#define NOBODY 65534

/* Whom the tests run programs as: somebody without rights where that can be had. */
static E13LaunchAccount *
somebody (void)
{
  static const guint32 groups[] = { 100, 101 };
  g_autoptr (E13Identity) identity
      = geteuid () == 0 ? e13_identity_new ("x", NOBODY, NOBODY, groups, 2, "test") : e13_posix_read.identity_self ();
  g_autoptr (GError) error = NULL;
  E13LaunchAccount *account = e13_launch_account_new (identity, FALSE, &error);

  cr_assert_not_null (account, "%s", error != NULL ? error->message : "");
  return account;
}

typedef struct
{
  E13LaunchResult result;
  char *output;
  char *errors;
} Ran;

static void
ran_clear (Ran *ran)
{
  e13_launch_result_clear (&ran->result);
  g_free (ran->output);
  g_free (ran->errors);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Ran, ran_clear)

static char *
text_of (const GByteArray *bytes)
{
  return bytes->len > 0 ? g_strndup ((const char *)bytes->data, bytes->len) : g_strdup ("");
}

static Ran
run_request (const E13LaunchRequest *request)
{
  g_autoptr (E13LaunchAccount) account = somebody ();
  g_autoptr (GError) error = NULL;
  Ran ran = { 0 };

  cr_assert (e13_launch (account, request, &ran.result, &error), "%s", error != NULL ? error->message : "");
  ran.output = text_of (ran.result.output);
  ran.errors = text_of (ran.result.errors);
  return ran;
}

static const char *const environment[] = { "PATH=/usr/bin:/bin", "A=b", NULL };

#define SHELL(script)                                                                                                  \
  {                                                                                                                    \
    .program = "/bin/sh", .arguments = (const char *const[]){ "sh", "-c", script, NULL }, .environment = environment,  \
    .directory = "/", .seconds = 30, .max_output = 100000                                                              \
  }

static Ran
run_shell (const char *script)
{
  const E13LaunchRequest request = SHELL (script);

  return run_request (&request);
}

static void
expect_exit (const Ran *ran, int code)
{
  cr_expect_eq (ran->result.end, E13_LAUNCH_EXITED, "end %d", ran->result.end);
  cr_expect_eq (ran->result.code, code, "code %d: %s%s", ran->result.code, ran->output, ran->errors);
}

static gboolean
is_gone (const char *pid)
{
  return kill ((pid_t)atol (pid), 0) < 0 && errno == ESRCH;
}

/* ---- Never as root --------------------------------------------------------------------------- */

Test (launch, root_is_refused_unless_asked_for)
{
  g_autoptr (E13Identity) root = e13_identity_new ("root", 0, 0, NULL, 0, "test");
  g_autoptr (E13LaunchAccount) refused = NULL;
  g_autoptr (E13LaunchAccount) allowed = NULL;
  g_autoptr (GError) error = NULL;

  if (geteuid () != 0)
    cr_skip_test ("needs root");
  refused = e13_launch_account_new (root, FALSE, &error);
  cr_expect_null (refused);
  cr_expect (g_error_matches (error, E13_ERROR, E13_ERROR_REFUSED));
  g_clear_error (&error);
  refused = e13_launch_account_new (NULL, FALSE, &error);
  cr_expect_null (refused, "nobody named, so it would be the caller");
  allowed = e13_launch_account_new (root, TRUE, NULL);
  cr_expect_not_null (allowed);
}

Test (launch, an_account_of_windows_is_not_root_either)
{
  g_autoptr (E13Identity) iusr = e13_identity_new_of_token (e13_token_iusr (), "test");
  g_autoptr (E13LaunchAccount) account = NULL;

  if (geteuid () != 0)
    cr_skip_test ("needs root");
  account = e13_launch_account_new (iusr, FALSE, NULL);
  cr_expect_null (account);
}

/* What an account is like that is made by a process of those user ids; asked in one of its own, since its rights do not
 * come back. */
typedef enum
{
  REFUSED,
  THE_CALLER,
  THE_IDENTITY,
} Made;

static Made
made_by (uid_t real, uid_t effective, const E13Identity *identity)
{
  int status = 0;
  pid_t pid = fork ();

  if (pid == 0)
    {
      g_autoptr (E13LaunchAccount) account = NULL;

      if (setresuid (real, effective, effective) < 0)
        _exit (99);
      account = e13_launch_account_new (identity, FALSE, NULL);
      if (account == NULL)
        _exit (REFUSED);
      _exit (e13_launch_account_differs (account) != NULL ? THE_CALLER : THE_IDENTITY);
    }
  cr_assert_eq (waitpid (pid, &status, 0), pid);
  return (Made)WEXITSTATUS (status);
}

Test (launch, who_a_program_is_depends_on_who_asks)
{
  g_autoptr (E13Identity) other = e13_identity_new ("other", NOBODY - 1, NOBODY, NULL, 0, "test");
  g_autoptr (E13Identity) same = e13_identity_new ("same", NOBODY, NOBODY, NULL, 0, "test");

  if (geteuid () != 0)
    cr_skip_test ("needs root");
  cr_expect_eq (made_by (NOBODY, NOBODY, other), THE_CALLER);
  cr_expect_eq (made_by (NOBODY, NOBODY, same), THE_IDENTITY);
  cr_expect_eq (made_by (0, 0, other), THE_IDENTITY);
  cr_expect_eq (made_by (0, NOBODY, other), REFUSED, "its real user is root");
  cr_expect_eq (made_by (NOBODY, 0, other), THE_IDENTITY, "setuid root");
}

/* ---- What it gets ---------------------------------------------------------------------------- */

Test (launch, is_who_it_shall_be_and_no_more)
{
  g_auto (Ran) ran = run_shell ("id -u; id -G; grep -E '^(Cap|NoNewPrivs|Uid|Gid)' /proc/self/status");

  expect_exit (&ran, 0);
  if (geteuid () != 0)
    cr_skip_test ("needs root");
  cr_expect (g_str_has_prefix (ran.output, "65534\n65534 100 101\n"), "%s", ran.output);
  cr_expect_not_null (strstr (ran.output, "Uid:\t65534\t65534\t65534\t65534\n"));
  cr_expect_not_null (strstr (ran.output, "Gid:\t65534\t65534\t65534\t65534\n"));
  cr_expect_not_null (strstr (ran.output, "NoNewPrivs:\t1"));
  for (const char *line = strstr (ran.output, "Cap"); line != NULL; line = strstr (line + 1, "Cap"))
    cr_expect (g_str_has_prefix (line + strlen ("CapInh:"), "\t0000000000000000"), "%s", line);
}

Test (launch, setuid_programs_do_not_help_it)
{
  g_autofree char *folder = g_dir_make_tmp ("errno13-XXXXXX", NULL);
  g_autofree char *copy = g_build_filename (folder, "id", NULL);
  g_autofree char *id = g_find_program_in_path ("id");
  g_autofree char *bytes = NULL;
  gsize size;
  g_auto (Ran) ran = { 0 };

  if (geteuid () != 0)
    cr_skip_test ("needs root");
  cr_assert (g_file_get_contents (id, &bytes, &size, NULL) && g_file_set_contents (copy, bytes, (gssize)size, NULL));
  cr_assert (chmod (folder, 0755) == 0 && chmod (copy, 04755) == 0);
  ran = run_request (&(E13LaunchRequest){ .program = copy,
                                          .arguments = (const char *const[]){ "id", "-u", NULL },
                                          .environment = environment,
                                          .directory = "/",
                                          .seconds = 30,
                                          .max_output = 1000 });
  unlink (copy);
  rmdir (folder);
  cr_expect_str_eq (ran.output, "65534\n");
}

Test (launch, gets_three_descriptors)
{
  int secret = open ("/etc/passwd", O_RDONLY);
  int high = fcntl (secret, F_DUPFD, 200);
  g_auto (Ran) ran = run_shell ("for fd in $(seq 0 1023); do [ ! -e /proc/$$/fd/$fd ] || echo $fd; done");

  cr_assert (secret >= 0 && high >= 200);
  expect_exit (&ran, 0);
  cr_expect_str_eq (ran.output, "0\n1\n2\n");
}

Test (launch, gets_them_even_where_ours_are_closed)
{
  g_auto (Ran) ran = { 0 };

  for (int fd = 0; fd < 3; fd++)
    close (fd);
  ran = run_shell ("cat; echo out; echo err >&2");
  cr_expect (ran.result.end == E13_LAUNCH_EXITED && ran.result.code == 0);
  cr_expect_str_eq (ran.output, "out\n");
  cr_expect_str_eq (ran.errors, "err\n");
}

Test (launch, gets_no_environment_but_the_one_given)
{
  const E13LaunchRequest request = { .program = "/usr/bin/env",
                                     .arguments = (const char *const[]){ "env", NULL },
                                     .environment = environment,
                                     .directory = "/",
                                     .seconds = 30,
                                     .max_output = 1000 };
  g_auto (Ran) ran = { 0 };

  g_setenv ("SECRET", "x", TRUE);
  ran = run_request (&request);
  cr_expect_str_eq (ran.output, "PATH=/usr/bin:/bin\nA=b\n");
}

Test (launch, starts_with_a_clean_state)
{
  const unsigned long ignore[8] = { 1 }; /* the kernel's structure with SIG_IGN */
  sigset_t all;
  g_auto (Ran) ran = { 0 };

  umask (0);
  signal (SIGINT, SIG_IGN);
  /* One of those that libc does not let anybody set. */
  cr_assert_eq (syscall (SYS_rt_sigaction, 32, ignore, NULL, (size_t)8), 0);
  sigfillset (&all);
  sigprocmask (SIG_BLOCK, &all, NULL);
  ran = run_shell ("umask; ulimit -c; grep -E '^Sig(Blk|Ign)' /proc/self/status; "
                   "sh -c ': </dev/tty' 2>/dev/null && echo a terminal; pwd");
  expect_exit (&ran, 0);
  cr_expect_str_eq (ran.output, "0022\n0\nSigBlk:\t0000000000000000\nSigIgn:\t0000000000000000\n/\n");
}

Test (launch, leads_a_session_of_its_own)
{
  g_auto (Ran) ran = run_shell ("set -- $(cat /proc/$$/stat); echo $(($1 == $5)) $(($1 == $6)) $7");

  cr_expect_str_eq (ran.output, "1 1 0\n");
}

/* ---- Its streams ----------------------------------------------------------------------------- */

Test (launch, streams_come_apart_or_as_one)
{
  E13LaunchRequest request = SHELL ("echo a; echo b >&2; echo c");
  g_auto (Ran) apart = run_request (&request);
  g_auto (Ran) one = { 0 };

  cr_expect_str_eq (apart.output, "a\nc\n");
  cr_expect_str_eq (apart.errors, "b\n");
  request.one_stream = TRUE;
  one = run_request (&request);
  cr_expect_str_eq (one.output, "a\nb\nc\n");
  cr_expect_str_eq (one.errors, "");
}

/* Nothing but the program holds its streams open. */
Test (launch, one_stream_ends_with_the_program)
{
  E13LaunchRequest request = SHELL ("echo a");
  g_auto (Ran) ran = { 0 };

  request.one_stream = TRUE;
  ran = run_request (&request);
  expect_exit (&ran, 0);
  cr_expect_not (ran.result.is_held);
}

Test (launch, input_is_all_handed_over)
{
  E13LaunchRequest request = SHELL ("sleep 0.1; wc -c");
  g_autofree char *text = g_strnfill (1000000, 'x');
  g_autoptr (GBytes) body = g_bytes_new (text, 1000000);
  g_auto (Ran) ran = { 0 };

  request.input = body;
  ran = run_request (&request);
  cr_expect_str_eq (ran.output, "1000000\n");
}

Test (launch, input_that_nobody_reads_is_no_trouble)
{
  E13LaunchRequest request = SHELL ("exec <&-; echo done");
  g_autofree char *text = g_strnfill (1000000, 'x');
  g_autoptr (GBytes) body = g_bytes_new (text, 1000000);
  g_auto (Ran) ran = { 0 };

  request.input = body;
  ran = run_request (&request);
  expect_exit (&ran, 0);
  cr_expect_str_eq (ran.output, "done\n");
}

Test (launch, who_waits_for_input_gets_its_end)
{
  g_auto (Ran) ran = run_shell ("read -r line || echo none");

  expect_exit (&ran, 0);
  cr_expect_str_eq (ran.output, "none\n");
}

/* ---- Its end --------------------------------------------------------------------------------- */

Test (launch, exit_and_signal)
{
  g_auto (Ran) exits = run_shell ("exit 42");
  g_auto (Ran) killed = run_shell ("kill -SEGV $$");

  expect_exit (&exits, 42);
  cr_expect_eq (killed.result.end, E13_LAUNCH_SIGNALLED);
  cr_expect_eq (killed.result.code, SIGSEGV);
}

Test (launch, who_ignores_the_request_to_stop_is_ended)
{
  E13LaunchRequest request = SHELL ("trap '' TERM HUP INT; echo $$; while :; do sleep 1; done");
  g_auto (Ran) ran = { 0 };

  request.seconds = 1;
  ran = run_request (&request);
  cr_expect_eq (ran.result.end, E13_LAUNCH_TIMED_OUT);
  cr_expect_not (ran.result.is_held);
  cr_expect (is_gone (ran.output));
}

Test (launch, who_is_asked_to_stop_may_tidy_up)
{
  g_autofree char *folder = g_dir_make_tmp ("errno13-XXXXXX", NULL);
  g_autofree char *file = g_build_filename (folder, "tidied", NULL);
  g_autofree char *script = g_strdup_printf ("trap ': >%s; exit' TERM; echo $$; while :; do sleep 0.1; done", file);
  E13LaunchRequest request = SHELL (script);
  g_auto (Ran) ran = { 0 };

  cr_assert_eq (chmod (folder, 0777), 0);
  request.seconds = 1;
  ran = run_request (&request);
  cr_expect_eq (access (file, F_OK), 0);
  unlink (file);
  rmdir (folder);
}

Test (launch, daemons_are_ended)
{
  g_auto (Ran) ran
      = run_shell ("setsid sh -c 'echo $$; exec >/dev/null 2>&1; trap \"\" TERM HUP; sleep 1000 & sleep 1000' &\n"
                   "sleep 0.3");

  expect_exit (&ran, 0);
  cr_expect_geq (ran.result.n_left, 1);
  cr_expect (is_gone (ran.output), "%s", ran.output);
}

/* As daemon(3) does it: two forks, a session of its own, and its parent gone. */
Test (launch, daemons_whose_parents_are_gone_are_ended)
{
  g_auto (Ran) ran
      = run_shell ("setsid sh -c 'setsid sh -c \"echo \\$\\$; exec sleep 1000 >/dev/null 2>&1\" & sleep 0.2'\n");

  expect_exit (&ran, 0);
  cr_expect_eq (ran.result.n_left, 1);
  cr_expect (is_gone (ran.output), "%s", ran.output);
}

Test (launch, output_that_a_child_holds_is_waited_for)
{
  E13LaunchRequest request = SHELL ("sleep 1000 & echo $!");
  g_auto (Ran) ran = { 0 };

  request.seconds = 1;
  ran = run_request (&request);
  cr_expect_eq (ran.result.end, E13_LAUNCH_TIMED_OUT);
  cr_expect (ran.result.is_held);
  cr_expect (is_gone (ran.output));
}

Test (launch, who_closes_his_output_is_not_waited_for_long)
{
  g_auto (Ran) ran = run_shell ("echo $$; exec >&- 2>&-; sleep 1000");

  cr_expect_eq (ran.result.end, E13_LAUNCH_EXITED);
  cr_expect (ran.result.is_closed);
  cr_expect (is_gone (ran.output));
}

Test (launch, output_without_end_is_cut)
{
  g_auto (Ran) ran = run_shell ("echo $$; exec yes");

  cr_expect_eq (ran.result.end, E13_LAUNCH_TOO_MUCH);
  cr_expect_eq (ran.result.output->len, 100000);
  cr_expect (is_gone (ran.output));
}

Test (launch, errors_without_end_are_cut)
{
  E13LaunchRequest request = SHELL ("exec yes >&2");
  g_auto (Ran) ran = { 0 };

  request.seconds = 1;
  ran = run_request (&request);
  cr_expect_eq (ran.result.end, E13_LAUNCH_TIMED_OUT);
  cr_expect_eq (ran.result.errors->len, 256 * 1024);
}

Test (launch, files_without_end_are_cut)
{
  g_auto (Ran) ran = run_shell ("ulimit -f; ulimit -d");

  cr_expect_str_eq (ran.output, "2097152\n2097152\n");
}

Test (launch, is_stopped_when_cancelled)
{
  const gint cancelled = 1;
  E13LaunchRequest request = SHELL ("sleep 1000");
  g_auto (Ran) ran = { 0 };

  request.cancelled = &cancelled;
  ran = run_request (&request);
  cr_expect_eq (ran.result.end, E13_LAUNCH_CANCELLED);
}

/* What was there before is none of its children. */
Test (launch, leaves_our_other_children_alone)
{
  pid_t other = fork ();
  g_auto (Ran) ran = { 0 };

  if (other == 0)
    {
      pause ();
      _exit (0);
    }
  ran = run_shell ("setsid sleep 1000 >/dev/null 2>&1 & exit 0");
  cr_expect_eq (kill (other, 0), 0);
  kill (other, SIGKILL);
}

/* ---- What cannot be started ------------------------------------------------------------------ */

static const struct
{
  const char *label;
  const char *program;
  const char *directory;
  E13LaunchStep step;
  int error;
} failures[] = {
  { "missing", "/nonexistent/x", "/", E13_LAUNCH_STEP_START, ENOENT },
  { "no program", "/etc/passwd", "/", E13_LAUNCH_STEP_START, EACCES },
  { "a directory", "/etc", "/", E13_LAUNCH_STEP_START, EACCES },
  { "no such folder", "/bin/true", "/nonexistent", E13_LAUNCH_STEP_DIRECTORY, ENOENT },
  { "no folder", "/bin/true", "/etc/passwd", E13_LAUNCH_STEP_DIRECTORY, ENOTDIR },
};

ParameterizedTestParameters (launch, not_started)
{
  static gsize rows[G_N_ELEMENTS (failures)];

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    rows[i] = i;
  return cr_make_param_array (gsize, rows, G_N_ELEMENTS (rows));
}

ParameterizedTest (const gsize *row, launch, not_started)
{
  const E13LaunchRequest request = { .program = failures[*row].program,
                                     .arguments = (const char *const[]){ "x", NULL },
                                     .environment = environment,
                                     .directory = failures[*row].directory,
                                     .seconds = 30,
                                     .max_output = 1000 };
  g_auto (Ran) ran = run_request (&request);

  cr_expect_eq (ran.result.end, E13_LAUNCH_NOT_STARTED, "%s", failures[*row].label);
  cr_expect_eq (ran.result.step, failures[*row].step, "%s: step %d", failures[*row].label, ran.result.step);
  cr_expect_eq (ran.result.code, failures[*row].error, "%s: %s", failures[*row].label, g_strerror (ran.result.code));
}

/* A directory that root may enter and the account may not. */
Test (launch, enters_the_directory_as_the_account)
{
  g_autofree char *folder = g_dir_make_tmp ("errno13-XXXXXX", NULL);
  E13LaunchRequest request = SHELL ("pwd");
  g_auto (Ran) ran = { 0 };

  if (geteuid () != 0)
    cr_skip_test ("needs root");
  request.directory = folder;
  ran = run_request (&request);
  rmdir (folder);
  cr_expect_eq (ran.result.end, E13_LAUNCH_NOT_STARTED);
  cr_expect_eq (ran.result.step, E13_LAUNCH_STEP_DIRECTORY);
  cr_expect_eq (ran.result.code, EACCES);
}
