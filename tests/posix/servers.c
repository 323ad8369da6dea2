/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <arpa/inet.h>
#include <criterion/criterion.h>
#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/fd.h"
#include "platform/posix/mountinfo.h"
#include "platform/posix/proc-map.h"
#include "platform/posix/proc-status.h"
#include "platform/posix/system.h"
#include "servers/local.h"
#include "servers/whose.h"
#include "tests/posix/host.h"

TestSuite (servers, .init = host_enter, .fini = host_leave, .timeout = 60);

/* ---- /proc/PID/status, pure ------------------------------------------------------------------ */

#define STATUS(uid, groups, cap)                                                                                       \
  "Name:\tx\nUmask:\t0022\nPPid:\t7\nUid:\t" uid "\nGid:\t1\t2\t3\t4\nGroups:\t" groups "\nCapEff:\t" cap "\n"

static const struct
{
  const char *text;
  gboolean valid;
  guint n_groups;
  gboolean overrides_dac;
} statuses[] = {
  { STATUS ("33\t33\t33\t34", "5 6 7 ", "0000000000000000"), TRUE, 3, FALSE },
  { STATUS ("33\t33\t33\t34", "", "000001ffffffffff"), TRUE, 0, TRUE },
  { STATUS ("33\t33\t33\t34", " ", "0000000000000002"), TRUE, 0, TRUE },
  { STATUS ("33\t33\t33\t34", "5 x", "0"), FALSE, 0, FALSE },
  { STATUS ("33\t33\t33", "5", "0"), FALSE, 0, FALSE },
  { STATUS ("33\t33\t33\t34", "5", ""), FALSE, 0, FALSE },
  { "Name:\tUid:\t0\t0\t0\t0\n", FALSE, 0, FALSE },
  { "", FALSE, 0, FALSE },
};

Test (servers, statuses_are_read)
{
  for (gsize i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      g_auto (E13ProcStatus) status = { 0 };

      cr_expect_eq (e13_proc_status_parse (statuses[i].text, &status), statuses[i].valid, "%s", statuses[i].text);
      if (!statuses[i].valid)
        continue;
      cr_expect_eq (status.parent, 7);
      cr_expect_eq (status.fsuid, 34, "%s", statuses[i].text);
      cr_expect_eq (status.fsgid, 4, "%s", statuses[i].text);
      cr_expect_eq (status.groups->len, statuses[i].n_groups, "%s", statuses[i].text);
      cr_expect_eq (e13_proc_status_overrides_dac (&status), statuses[i].overrides_dac, "%s", statuses[i].text);
    }
}

/* ---- /proc/PID/uid_map and cgroup, pure ------------------------------------------------------ */

static const struct
{
  const char *map;
  guint32 outside;
  gboolean is_mapped;
  guint32 inside;
} maps[] = {
  { "         0          0 4294967295\n", 33, TRUE, 33 },
  { "0 100000 65536\n", 100033, TRUE, 33 },
  { "0 100000 65536\n", 99999, FALSE, 0 },
  { "0 100000 65536\n", 165536, FALSE, 0 },
  { "0 1000 1\n1 100000 65536\n", 1000, TRUE, 0 },
  { "0 1000 1\n1 100000 65536\n", 100000, TRUE, 1 },
  { "4294967290 0 100\n", 50, FALSE, 0 },
  { "0 1000\n", 1000, FALSE, 0 },
  { "0 1000 1 1\n", 1000, FALSE, 0 },
  { "x 1000 1\n", 1000, FALSE, 0 },
  { "", 0, FALSE, 0 },
};

Test (servers, user_namespaces_are_read)
{
  for (gsize i = 0; i < G_N_ELEMENTS (maps); i++)
    {
      guint32 inside = 0;

      cr_expect_eq (e13_proc_map_inside (maps[i].map, maps[i].outside, &inside), maps[i].is_mapped, "%s", maps[i].map);
      cr_expect_eq (inside, maps[i].inside, "%s", maps[i].map);
    }
}

static const struct
{
  const char *cgroup;
  const char *unit;
} cgroups[] = {
  { "0::/system.slice/nginx.service\n", "nginx.service" },
  { "12:pids:/system.slice/x.service\n1:name=systemd:/system.slice/x.service\n", "x.service" },
  { "0::/system.slice/system-php.slice/php@1.service/worker\n", "php@1.service" },
  { "0::/system.slice/docker-123.scope\n", "docker-123.scope" },
  { "0::/user.slice/user-1000.slice/user@1000.service/app.slice/nginx.service\n", NULL },
  { "0::/user.slice/system.slice/nginx.service\n", NULL },
  { "0::/system.slice/x/nginx.service\n", NULL },
  { "0::/system.slice\n", NULL },
  { "0::/\n", NULL },
  { "/system.slice/nginx.service", NULL },
  { "", NULL },
};

Test (servers, units_are_told_by_cgroups)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cgroups); i++)
    {
      g_autofree char *unit = e13_proc_unit (cgroups[i].cgroup);

      cr_expect_eq (g_strcmp0 (unit, cgroups[i].unit), 0, "%s: %s", cgroups[i].cgroup, unit);
    }
}

Test (servers, mount_points_are_listed_but_for_those_that_may_not_answer)
{
  g_autoptr (GPtrArray) points = e13_mount_points ("1 0 8:1 / / rw - ext4 /dev/sda1 rw\n"
                                                   "2 1 0:5 / /a\\040b rw shared:1 - tmpfs none rw\n"
                                                   "3 1 0:6 / /fuse rw - fuse.sshfs x rw\n"
                                                   "4 1 0:7 / /nfs rw - nfs4 x rw\nbroken\n");

  cr_assert_eq (points->len, 2);
  cr_expect_str_eq (points->pdata[0], "/");
  cr_expect_str_eq (points->pdata[1], "/a b");
}

/* ---- Processes ------------------------------------------------------------------------------- */

/* Whom anything here serves as. */
static GPtrArray *
identities_here (void)
{
  const E13SourceOps files = e13_local_sources (&e13_posix_read);
  const E13ServingQuestion question = { .ops = &e13_posix_read, .files = &files, .sees_all = TRUE };
  g_autoptr (E13Serving) serving = e13_serving_find (&question);
  GPtrArray *identities = g_ptr_array_new_with_free_func ((GDestroyNotify)e13_identity_free);

  for (guint i = 0; i < serving->claims->len; i++)
    if (((const E13Claim *)serving->claims->pdata[i])->identity != NULL)
      g_ptr_array_add (identities, e13_identity_copy (((const E13Claim *)serving->claims->pdata[i])->identity));
  return identities;
}

static const E13Identity *
find_uid (const GPtrArray *identities, guint32 uid)
{
  for (guint i = 0; i < identities->len; i++)
    if (((const E13Identity *)g_ptr_array_index (identities, i))->uid == uid)
      return g_ptr_array_index (identities, i);
  return NULL;
}

static const E13Identity *
find_pid (const GPtrArray *identities, pid_t pid)
{
  g_autofree char *suffix = g_strdup_printf ("(pid %d)", (int)pid);

  for (guint i = 0; i < identities->len; i++)
    if (g_str_has_suffix (((const E13Identity *)g_ptr_array_index (identities, i))->evidence, suffix))
      return g_ptr_array_index (identities, i);
  return NULL;
}

/* Runs @program as @uid, with @uid as its only group, until this test is over. */
static pid_t
start (const char *program, guint32 uid)
{
  int ready[2];
  pid_t child;
  char byte;

  cr_assert (pipe2 (ready, O_CLOEXEC) == 0);
  child = fork ();
  if (child == 0)
    {
      prctl (PR_SET_PDEATHSIG, SIGKILL);
      if (setgroups (0, NULL) < 0 || setgid (uid) < 0 || setuid (uid) < 0)
        _exit (1);
      prctl (PR_SET_PDEATHSIG, SIGKILL);
      execl (program, program, "60", NULL);
      _exit (1);
    }
  close (ready[1]);
  /* The pipe's other end closes when the program has started. */
  cr_assert (child > 0 && read (ready[0], &byte, 1) == 0);
  close (ready[0]);
  return child;
}

static void
stop (pid_t child)
{
  kill (child, SIGKILL);
  waitpid (child, NULL, 0);
}

#define SYSTEM_UID 987 /* below those of people, and of nobody in particular */
#define MERGED_UID 986
#define LOGIN_UID 4123456 /* somebody's */

static const struct
{
  const char *label;
  const char *make; /* makes ./NAME out of sleep(1) */
  const char *program;
  guint32 uid;
  gboolean counts;
} processes[] = {
  { "root's program, run by a system account", "cp /bin/sleep nginx", "./nginx", SYSTEM_UID, TRUE },
  { "one that a package's update has deleted", "cp /bin/sleep nginx", "./nginx", SYSTEM_UID, TRUE },
  { "with a version in its name", "cp /bin/sleep php-fpm8.2", "./php-fpm8.2", SYSTEM_UID, TRUE },
  { "a user's own program", "cp /bin/sleep nginx; chown 4123456 nginx", "./nginx", LOGIN_UID, FALSE },
  { "a system account's own program", "cp /bin/sleep nginx; chown 987 nginx", "./nginx", SYSTEM_UID, FALSE },
  { "a program that its group may write", "cp /bin/sleep nginx; chmod 775 nginx", "./nginx", SYSTEM_UID, FALSE },
  { "a program that all may write", "cp /bin/sleep nginx; chmod 757 nginx", "./nginx", SYSTEM_UID, FALSE },
  { "a program that an ACL lets somebody write", "cp /bin/sleep nginx; setfacl -m u:987:rwx nginx", "./nginx",
    SYSTEM_UID, FALSE },
  { "root's program, run by a user", "cp /bin/sleep nginx", "./nginx", LOGIN_UID, FALSE },
  { "another program under that name", "ln -s /bin/sleep nginx", "./nginx", SYSTEM_UID, FALSE },
  { "a master", "cp /bin/sleep nginx", "./nginx", 0, FALSE },
};

Test (servers, a_process_counts_by_its_executable_and_its_user)
{
  SKIP_UNLESS_ROOT ();
  for (gsize i = 0; i < G_N_ELEMENTS (processes); i++)
    {
      g_autoptr (GPtrArray) found = NULL;
      const E13Identity *identity;
      pid_t child;

      host_run ("rm -f nginx php-fpm*; %s", processes[i].make);
      child = start (processes[i].program, processes[i].uid);
      if (strstr (processes[i].label, "deleted") != NULL)
        host_run ("rm nginx");
      found = identities_here ();
      identity = find_pid (found, child);
      stop (child);
      cr_expect_eq (identity != NULL, processes[i].counts, "%s", processes[i].label);
      if (identity != NULL)
        {
          cr_expect_eq (identity->uid, processes[i].uid, "%s", processes[i].label);
          cr_expect (g_str_has_prefix (identity->evidence, i == 2 ? "running php-fpm8.2 " : "running nginx "), "%s: %s",
                     processes[i].label, identity->evidence);
        }
    }
}

/* php-fpm's pools often run as people, under a master that is root's. */
Test (servers, a_master_vouches_for_its_workers)
{
  static const struct
  {
    const char *label;
    const char *master;
    gboolean counts;
  } rows[] = {
    { "the same program", "./php-fpm8.2", TRUE },
    { "root's shell", "/bin/sh", FALSE },
  };

  SKIP_UNLESS_ROOT ();
  host_run ("cp /bin/sh php-fpm8.2");
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GPtrArray) found = NULL;
      g_autofree char *worker = NULL;
      pid_t pid;

      /* The shell's child is the same program as well before it is setpriv: only the user tells when it has begun. */
      host_run ("rm -f pid; %s -c 'setpriv --reuid %d --regid %d --clear-groups ./php-fpm8.2 -c \"sleep 20; :\" & "
                "echo $! > pid; wait' >/dev/null 2>&1 & "
                "for k in $(seq 100); do test -s pid && readlink /proc/$(cat pid)/exe | grep -q php-fpm "
                "&& grep -q '^Uid:.%d' /proc/$(cat pid)/status && break; sleep 0.05; done",
                rows[i].master, LOGIN_UID, LOGIN_UID, LOGIN_UID);
      worker = host_ask ("cat pid");
      pid = (pid_t)g_ascii_strtoll (worker, NULL, 10);
      found = identities_here ();
      /* The worker first: without its child it would be over, and reaped, before it is killed. */
      host_run ("kill -9 %d $(cat /proc/%d/task/%d/children 2>/dev/null)", (int)pid, (int)pid, (int)pid);
      cr_expect_eq (find_pid (found, pid) != NULL, rows[i].counts, "%s", rows[i].label);
    }
}

Test (servers, equal_ones_are_merged)
{
  g_autoptr (GPtrArray) found = NULL;
  guint n = 0;
  pid_t children[3];

  SKIP_UNLESS_ROOT ();
  host_run ("cp /bin/sleep nginx; cp /bin/sleep php-fpm8.2");
  children[0] = start ("./php-fpm8.2", MERGED_UID);
  children[1] = start ("./nginx", MERGED_UID);
  children[2] = start ("./nginx", MERGED_UID);
  found = identities_here ();
  for (guint i = 0; i < found->len; i++)
    n += ((const E13Identity *)g_ptr_array_index (found, i))->uid == MERGED_UID;
  /* One for each program. */
  cr_expect_eq (n, 2, "%u identities", n);
  cr_expect_not_null (find_pid (found, children[0]));
  cr_expect_not_null (find_pid (found, children[1]));
  for (gsize i = 0; i < G_N_ELEMENTS (children); i++)
    stop (children[i]);
}

/* In a process namespace of its own, where no server runs. Exits with 0 where all is as it should be. */
static int
look_where_nothing_runs (void)
{
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (E13Identity) account = e13_posix_identity_parse ("www-data", NULL);
  const E13Identity *identity;

  if (mount ("proc", "/proc", "proc", 0, NULL) < 0)
    return 1;
  found = identities_here ();
  umount2 ("/proc", MNT_DETACH);
  identity = find_uid (found, account->uid);
  if (identity == NULL || !e13_identity_equal (identity, account))
    return 2;
  return g_str_equal (identity->evidence, "account exists, no server is running") ? 0 : 3;
}

Test (servers, where_none_runs_accounts_are_named)
{
  e13_autofd int own = open ("/proc/self/ns/pid", O_RDONLY | O_CLOEXEC);
  pid_t child;
  int status;

  SKIP_UNLESS_ROOT ();
  if (getpwnam ("www-data") == NULL)
    HOST_SKIP ("there is no www-data here");
  host_unshare_mounts ();
  host_run ("for d in nginx apache2 httpd lighttpd caddy php uwsgi systemd/system; do "
            "test ! -d /etc/$d || mount -t tmpfs none /etc/$d; done");
  if (unshare (CLONE_NEWPID) < 0)
    HOST_SKIP ("no process namespace can be made here");
  child = fork ();
  if (child == 0)
    _exit (look_where_nothing_runs ());
  cr_assert (child > 0 && waitpid (child, &status, 0) == child);
  /* With its first process gone, the new namespace takes no other. */
  cr_assert (setns (own, CLONE_NEWPID) == 0);
  cr_expect_eq (status, 0, "status %d", status);
}

/* ---- A real server --------------------------------------------------------------------------- */

static guint
free_port (void)
{
  struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr.s_addr = htonl (INADDR_LOOPBACK) };
  socklen_t size = sizeof address;
  int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

  cr_assert (fd >= 0 && bind (fd, (struct sockaddr *)&address, size) == 0
             && getsockname (fd, (struct sockaddr *)&address, &size) == 0);
  close (fd);
  return ntohs (address.sin_port);
}

/* A configuration that loads no more than it must: the process model, and becoming another user. */
static void
configure_apache (void)
{
  g_autofree char *here = g_get_current_dir ();

  host_run ("cat > conf <<EOF\n"
            "ServerRoot %s\nServerName localhost\nListen 127.0.0.1:%u\nPidFile %s/pid\nErrorLog %s/log\n"
            "LoadModule mpm_prefork_module /usr/lib/apache2/modules/mod_mpm_prefork.so\n"
            "LoadModule authz_core_module /usr/lib/apache2/modules/mod_authz_core.so\n"
            "StartServers 1\nMinSpareServers 1\nMaxSpareServers 1\nUser www-data\nGroup 7\nMutex file:%s default\n"
            "EOF",
            here, free_port (), here, here, here);
}

Test (servers, apache_is_found_with_its_live_groups)
{
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (E13Identity) account = e13_posix_identity_parse ("www-data", NULL);
  const E13Identity *identity = NULL;

  SKIP_UNLESS_ROOT ();
  if (account == NULL || access ("/usr/lib/apache2/modules/mod_mpm_prefork.so", R_OK) < 0)
    HOST_SKIP ("there is no Apache here");
  configure_apache ();
  host_run ("sed -i 's/^Group 7/Group #7/' conf; /usr/sbin/apache2 -f $PWD/conf -k start");
  for (guint tries = 0; tries < 100 && identity == NULL; tries++)
    {
      g_usleep (50000);
      g_clear_pointer (&found, g_ptr_array_unref);
      found = identities_here ();
      for (guint i = 0; i < found->len && identity == NULL; i++)
        if (((E13Identity *)g_ptr_array_index (found, i))->gid == 7)
          identity = g_ptr_array_index (found, i);
    }
  host_run ("pid=$(cat pid); /usr/sbin/apache2 -f $PWD/conf -k stop; "
            "for i in $(seq 100); do test -d /proc/$pid || break; sleep 0.1; done");
  cr_assert_not_null (identity);
  cr_expect_str_eq (identity->name, "www-data");
  cr_expect_eq (identity->uid, account->uid);
  cr_expect_not (identity->overrides_dac);
  cr_expect (g_str_has_prefix (identity->evidence, "running apache2 (pid "), "%s", identity->evidence);
  /* The account's own group is not the live one. */
  cr_assert_not_null (identity->also_groups);
  cr_expect_geq (identity->also_groups->len, 1);
}
