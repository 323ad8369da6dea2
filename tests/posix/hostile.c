/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Objects that the tree's owner lays out to make root wait, or read what it should not: each call comes back. */

#include "config.h"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "audit/audit.h"
#include "base/error.h"
#include "base/fd.h"
#include "commands/site-profile.h"
#include "tests/posix/host.h"

#define STRANGER 1500
#define APP 1533
#define WAITS_FOR_EVER 30 /* seconds */

static const char profile_text[] = "[Profile]\nName=Test\nSource=none\n[**]\nApp=read\n";

static void
hostile_enter (void)
{
  host_enter ();
  alarm (WAITS_FOR_EVER);
}

TestSuite (hostile, .init = hostile_enter, .fini = host_leave, .timeout = 300);

/* The findings' rules and paths, one a line. Free with g_free(). */
static char *
audit (const char *site)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (E13Profile) profile = e13_profile_parse ("test", "test", profile_text, strlen (profile_text), &error);
  g_autoptr (E13Policy) policy = e13_policy_new (profile, &(E13PolicyOptions){ 0 }, &error);
  g_autoptr (E13Identity) app = e13_identity_new (NULL, APP, APP, NULL, 0, "");
  E13Tree *tree = e13_posix_read.open_tree (site, &error);
  E13AuditRequest request = { .ops = &e13_posix_read, .tree = tree, .policy = policy, .app = app, .server = app };
  g_autoptr (E13Audit) result = NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  g_assert_no_error (error);
  request.ask_kernel = TRUE;
  result = e13_audit_run (&request, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < result->findings->len; i++)
    {
      const E13Finding *finding = result->findings->pdata[i];

      if (finding->severity != E13_SEVERITY_NOTE)
        g_string_append_printf (text, "%s %s\n", finding->rule->id, finding->path);
    }
  e13_posix_read.close_tree (tree);
  return g_strdup (text->str);
}

/* ---- A mount whose server never answers ------------------------------------------------------ */

/* Returns what keeps the mount unanswered; -1 where there is no FUSE. */
static int
mount_the_dead (const char *path, const char *more_options)
{
  int fd = open ("/dev/fuse", O_RDWR | O_CLOEXEC);
  g_autofree char *options
      = g_strdup_printf ("fd=%d,rootmode=40000,user_id=%d,group_id=%d%s", fd, STRANGER, STRANGER, more_options);

  if (fd >= 0 && mount ("dead", path, "fuse", MS_NOSUID | MS_NODEV, options) == 0)
    return fd;
  e13_close_fd (&fd);
  return -1;
}

static void
pass_by_the_dead (void)
{
  g_autofree char *found = NULL;
  e13_autofd int fuse = -1;
  e13_autofd int private = -1;

  host_unshare_mounts ();
  host_run ("mkdir -m 755 site site/a site/dead site/private site/z && touch site/a/x site/z/x && chmod 600 site/?/x");
  fuse = mount_the_dead ("site/dead", ",allow_other");
  private = mount_the_dead ("site/private", "");
  if (fuse < 0 || private < 0)
    HOST_SKIP ("no FUSE here");
  found = audit ("site");
  cr_expect_str_eq (found, "not-readable a/x\nunknown dead\nunknown private\nnot-readable z/x\n", "got %s", found);
  /* Otherwise unmounting waits, too. */
  e13_close_fd (&fuse);
  e13_close_fd (&private);
}

Test (hostile, a_dead_mount_is_passed_by)
{
  SKIP_UNLESS_ROOT ();
  pass_by_the_dead ();
}

Test (hostile, a_dead_mount_is_passed_by_without_openat2)
{
  SKIP_UNLESS_ROOT ();
  e13_posix_force_no_openat2 (TRUE);
  pass_by_the_dead ();
}

/* ---- Processes of the tree's owner ----------------------------------------------------------- */

/* Runs @work as the stranger; it ends with the test. It writes a byte to @ready when it has begun. */
static pid_t
start_stranger (void (*work) (int ready))
{
  int pipe_fds[2];
  char byte;
  pid_t pid;

  cr_assert_eq (pipe (pipe_fds), 0);
  pid = fork ();
  if (pid == 0)
    {
      if (setresgid (STRANGER, STRANGER, STRANGER) == 0 && setresuid (STRANGER, STRANGER, STRANGER) == 0
          && prctl (PR_SET_PDEATHSIG, SIGKILL) == 0)
        work (pipe_fds[1]);
      _exit (1);
    }
  close (pipe_fds[1]);
  cr_assert_eq (read (pipe_fds[0], &byte, 1), 1, "the stranger could not begin");
  close (pipe_fds[0]);
  return pid;
}

static void
stop (pid_t pid)
{
  kill (pid, SIGKILL);
  waitpid (pid, NULL, 0);
}

/* Holds a lease on the file and never gives it up: whoever opens it waits, unless they said that they won't. */
static void
hold_a_lease (int ready)
{
  int fd = open ("site/index.php", O_RDWR | O_CLOEXEC);

  signal (SIGIO, SIG_IGN);
  if (fd >= 0 && fcntl (fd, F_SETLEASE, F_WRLCK) == 0 && write (ready, "", 1) == 1)
    for (;;)
      pause ();
}

Test (hostile, a_lease_is_not_waited_for)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *found = NULL;
  E13Pin *pin;
  pid_t pid;

  SKIP_UNLESS_ROOT ();
  host_run ("mkdir -m 755 site && echo '<?php' > site/index.php && chmod 600 site/index.php && chown -R %d site",
            STRANGER);
  pid = start_stranger (hold_a_lease);
  pin = host_pin ("site/index.php");
  bytes = e13_posix_read.read_file (pin, 16, &error);
  cr_expect_null (bytes, "the lease did not hold");
  cr_expect (g_error_matches (error, E13_ERRNO, EAGAIN), "%s", error != NULL ? error->message : "no error");
  e13_posix_read.unpin (pin);
  found = audit ("site");
  cr_expect_str_eq (found, "not-readable index.php\n", "got %s", found);
  stop (pid);
}

static void
rename_for_ever (int ready)
{
  gboolean told = FALSE;

  for (guint i = 0;; i++)
    {
      g_autofree char *old = g_strdup_printf ("site/%u", i);
      g_autofree char *new = g_strdup_printf ("site/%u", i + 64);

      if (rename (old, new) != 0 && i > 64)
        return;
      if (!told)
        told = write (ready, "", 1) == 1;
    }
}

Test (hostile, a_directory_whose_names_change_for_ever)
{
  SKIP_UNLESS_ROOT ();
  host_run ("mkdir -m 755 site && cd site && seq 0 63 | xargs touch && cd .. && chown -R %d site", STRANGER);
  pid_t pid = start_stranger (rename_for_ever);

  for (int i = 0; i < 20; i++)
    g_free (audit ("site"));
  cr_expect_eq (waitpid (pid, NULL, WNOHANG), 0, "the names stopped changing");
  stop (pid);
}

/* ---- The site's own profile ------------------------------------------------------------------ */

static const struct
{
  const char *label;
  const char *make; /* .errno13, in the site */
  gboolean only_trusted;
  const char *says; /* in the error; "none": there is no profile; NULL: there is one */
} profiles[] = {
  { "a FIFO", "mkfifo .errno13", FALSE, "none" },
  { "a device", "mknod .errno13 c 1 5", FALSE, "none" },
  { "a directory", "mkdir .errno13", FALSE, "none" },
  { "a link to a secret", "ln -s /etc/shadow .errno13", FALSE, "none" },
  { "a link to itself", "ln -s .errno13 .errno13", FALSE, "none" },
  { "a huge file", "truncate -s 8T .errno13 || truncate -s 1G .errno13", FALSE, "too large" },
  { "a huge file of a stranger", "truncate -s 1G .errno13; chown 1500 .errno13", TRUE, NULL },
  { "nonsense of a stranger", "echo nonsense > .errno13; chown 1500 .errno13", TRUE, NULL },
  { "nonsense of a stranger's that is wanted", "echo nonsense > .errno13; chown 1500 .errno13", FALSE, "nonsense" },
  { "a terminal escape", "printf '[Profile]\\nName=\\033]0;x\\007\\n' > .errno13", FALSE, "does not print" },
};

Test (hostile, a_profile_that_is_none)
{
  SKIP_UNLESS_ROOT ();
  for (gsize i = 0; i < G_N_ELEMENTS (profiles); i++)
    {
      g_autoptr (E13SiteProfile) own = NULL;
      const char *says;
      E13Tree *tree;

      host_run ("rm -rf site && mkdir site && cd site && %s", profiles[i].make);
      tree = e13_posix_read.open_tree ("site", NULL);
      cr_assert_not_null (tree);
      own = e13_site_profile_find (&e13_posix_read, tree, profiles[i].only_trusted);
      says = own == NULL ? "none" : own->broken != NULL ? own->broken->message : NULL;
      cr_expect (own == NULL || own->profile == NULL, "%s: it was read", profiles[i].label);
      cr_expect (profiles[i].says == NULL ? says == NULL : says != NULL && strstr (says, profiles[i].says) != NULL,
                 "%s: %s", profiles[i].label, says != NULL ? says : "nothing is said");
      e13_posix_read.close_tree (tree);
    }
}
