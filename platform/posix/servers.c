/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Whom web servers here run as. Any user can run a program that he calls nginx, so a process counts only
 * - by its executable: known by name, owned by root and writable by nobody else, not on FUSE (whose owner is what a
 * daemon says);
 * - and by where it comes from: its parent is the same program run by root (a master), or it runs as a system account
 * or in a system service. */

#include "config.h"

#include <dirent.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fd.h"
#include "platform/posix/accounts.h"
#include "platform/posix/mountinfo.h"
#include "platform/posix/proc-status.h"
#include "platform/posix/proc.h"
#include "platform/posix/system.h"

#define FIRST_LOGIN_UID 1000 /* UID_MIN of every distribution: below it are system accounts */

static const char *const server_programs[] = {
#define SERVER(name) name,
#define ACCOUNT(name)
#include "platform/posix/servers.def"
#undef SERVER
#undef ACCOUNT
};

static const char *const server_accounts[] = {
#define SERVER(name)
#define ACCOUNT(name) name,
#include "platform/posix/servers.def"
#undef SERVER
#undef ACCOUNT
};

/* One running server process. */
typedef struct
{
  gsize rank; /* its row in the table */
  guint32 pid;
  E13Identity *identity;
} Server;

static void
server_clear (gpointer data)
{
  g_clear_pointer (&((Server *)data)->identity, e13_identity_free);
}

/* The base name of the executable of the process at @dirfd; NULL where that is hidden from us or there is none (a
 * kernel thread). A package's update leaves " (deleted)" behind the name of what still runs. */
static char *
program_of (int dirfd)
{
  static const char deleted[] = " (deleted)";
  char target[4096];
  gssize length = readlinkat (dirfd, "exe", target, sizeof target - 1);

  if (length <= 0)
    return NULL;
  target[length] = '\0';
  if (g_str_has_suffix (target, deleted))
    target[(gsize)length - strlen (deleted)] = '\0';
  return g_path_get_basename (target);
}

static gboolean
rank_of (const char *program, gsize *ret_rank)
{
  for (gsize i = 0; i < G_N_ELEMENTS (server_programs); i++)
    if (g_pattern_match_simple (server_programs[i], program))
      {
        *ret_rank = i;
        return TRUE;
      }
  return FALSE;
}

/* Told from mount tables, because asking the file system itself may wait for a daemon for ever. The process may live in
 * another mount namespace, or in a chroot that its own table does not look out of. */
static gboolean
is_on_fuse (int dirfd, int exe)
{
  const struct
  {
    int dirfd;
    const char *name;
  } tables[] = { { dirfd, "mountinfo" }, { e13_posix_proc_fd (NULL), "../mountinfo" } };
  guint64 id;

  if (!e13_posix_mount_id (exe, &id))
    return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_autofree char *text = e13_posix_read_proc (tables[i].dirfd, tables[i].name);
      g_auto (E13MountLine) line = { NULL, NULL, NULL };

      if (text != NULL && e13_mount_line_find (text, id, &line))
        return g_str_has_prefix (line.fs_type, "fuse");
    }
  return TRUE;
}

/* The executable of the process at @dirfd, where only root could have put it there. */
static gboolean
trusted_executable (int dirfd, struct stat *ret_stat)
{
  e13_autofd int exe = openat (dirfd, "exe", O_PATH | O_CLOEXEC);

  return exe >= 0 && !is_on_fuse (dirfd, exe) && fstat (exe, ret_stat) == 0 && S_ISREG (ret_stat->st_mode)
         && ret_stat->st_uid == 0 && (ret_stat->st_mode & (S_IWGRP | S_IWOTH)) == 0;
}

static gboolean
read_status (int dirfd, E13ProcStatus *ret_status)
{
  g_autofree char *text = e13_posix_read_proc (dirfd, "status");

  return text != NULL && e13_proc_status_parse (text, ret_status);
}

static gboolean
has_root_master (int proc, const E13ProcStatus *status, const struct stat *exe)
{
  g_autofree char *name = g_strdup_printf ("%u", status->parent);
  e13_autofd int parent = openat (proc, name, O_PATH | O_DIRECTORY | O_CLOEXEC);
  g_auto (E13ProcStatus) parents = { 0 };
  struct stat parents_exe;

  return parent >= 0 && read_status (parent, &parents) && parents.fsuid == 0
         && trusted_executable (parent, &parents_exe) && parents_exe.st_dev == exe->st_dev
         && parents_exe.st_ino == exe->st_ino;
}

/* Lines are HIERARCHY:CONTROLLERS:PATH; users can name cgroups of their own, but only below user.slice. */
static gboolean
is_system_service (int dirfd)
{
  g_autofree char *text = e13_posix_read_proc (dirfd, "cgroup");
  g_auto (GStrv) lines = g_strsplit (text != NULL ? text : "", "\n", -1);

  for (gsize i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) fields = g_strsplit (lines[i], ":", 3);

      if (g_strv_length (fields) == 3 && g_str_has_prefix (fields[2], "/system.slice/"))
        return TRUE;
    }
  return FALSE;
}

/* Where a group was given or taken after the process started, the database knows what it will have after a restart. */
static void
add_groups_of_account (E13Identity *identity)
{
  g_auto (E13Account) account = { NULL, 0, 0, NULL };
  g_autoptr (E13Identity) later = NULL;
  const guint32 *gids;
  int cause;

  if (!e13_account_find (NULL, identity->uid, &account, &cause))
    return;
  gids = (const guint32 *)(gpointer)account.groups->data;
  later = e13_identity_new (NULL, identity->uid, identity->gid, gids, account.groups->len, "");
  later->overrides_dac = identity->overrides_dac;
  if (!e13_identity_equal (identity, later))
    e13_identity_add_groups (identity, gids, account.groups->len);
}

static E13Identity *
identity_of (const E13ProcStatus *status, const char *program, guint32 pid)
{
  g_autofree char *evidence = g_strdup_printf ("running %s (pid %u)", program, pid);
  E13Identity *identity
      = e13_identity_new (e13_posix_user_name (status->fsuid), status->fsuid, status->fsgid,
                          (const guint32 *)(gpointer)status->groups->data, status->groups->len, evidence);

  identity->overrides_dac = e13_proc_status_overrides_dac (status);
  add_groups_of_account (identity);
  return identity;
}

/* Appends the process @pid where it is a server's worker. Masters, which run as root and serve nothing, are left
 * out. */
static void
look_at_process (int proc, guint32 pid, GArray *servers)
{
  g_autofree char *name = g_strdup_printf ("%u", pid);
  e13_autofd int dirfd = openat (proc, name, O_PATH | O_DIRECTORY | O_CLOEXEC);
  g_autofree char *program = dirfd >= 0 ? program_of (dirfd) : NULL;
  g_auto (E13ProcStatus) status = { 0 };
  Server server = { 0, pid, NULL };
  struct stat exe;

  if (program == NULL || !rank_of (program, &server.rank) || !trusted_executable (dirfd, &exe)
      || !read_status (dirfd, &status) || status.fsuid == 0)
    return;
  if (status.fsuid >= FIRST_LOGIN_UID && !has_root_master (proc, &status, &exe) && !is_system_service (dirfd))
    return;
  server.identity = identity_of (&status, program, pid);
  g_array_append_val (servers, server);
}

static int
compare_servers (gconstpointer a, gconstpointer b)
{
  const Server *x = a;
  const Server *y = b;

  if (x->rank != y->rank)
    return x->rank < y->rank ? -1 : 1;
  return (x->pid > y->pid) - (x->pid < y->pid);
}

static GArray *
running_servers (void)
{
  GArray *servers = g_array_new (FALSE, FALSE, sizeof (Server));
  int fds = e13_posix_proc_fd (NULL);
  int proc = fds >= 0 ? openat (fds, "../..", O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
  DIR *processes = proc >= 0 ? fdopendir (proc) : NULL;
  const struct dirent *entry;

  g_array_set_clear_func (servers, server_clear);
  if (processes == NULL)
    {
      e13_close_fd (&proc);
      return servers;
    }
  while ((entry = readdir (processes)) != NULL)
    {
      guint64 pid;

      if (g_ascii_string_to_unsigned (entry->d_name, 10, 1, G_MAXINT32, &pid, NULL))
        look_at_process (proc, (guint32)pid, servers);
    }
  closedir (processes);
  g_array_sort (servers, compare_servers);
  return servers;
}

static gboolean
is_known (const GPtrArray *identities, const E13Identity *identity)
{
  for (guint i = 0; i < identities->len; i++)
    if (e13_identity_equal (g_ptr_array_index (identities, i), identity))
      return TRUE;
  return FALSE;
}

static void
add_accounts (GPtrArray *identities)
{
  for (gsize i = 0; i < G_N_ELEMENTS (server_accounts); i++)
    {
      g_auto (E13Account) account = { NULL, 0, 0, NULL };
      int cause;

      if (e13_account_find (server_accounts[i], 0, &account, &cause) && account.uid != 0)
        g_ptr_array_add (identities, e13_account_to_identity (&account, "account exists, no server is running"));
    }
}

GPtrArray *
e13_posix_identities_found (void)
{
  GPtrArray *identities = g_ptr_array_new_with_free_func ((GDestroyNotify)e13_identity_free);
  g_autoptr (GArray) servers = running_servers ();

  for (guint i = 0; i < servers->len; i++)
    {
      Server *server = &g_array_index (servers, Server, i);

      if (!is_known (identities, server->identity))
        g_ptr_array_add (identities, g_steal_pointer (&server->identity));
    }
  if (identities->len == 0)
    add_accounts (identities);
  return identities;
}
