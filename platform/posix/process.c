/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Processes, as /proc tells of them. Any user can run a program that he calls nginx, so what vouches for one is told
 * with it:
 * - its executable: root's, in directories that are root's, writable by nobody else, not on FUSE (whose owner is what a
 *   daemon says);
 * - where it comes from: root, a parent that is the same program run by root, or a service of the system.
 * Root here is also the root of a user namespace that root has made, as that of a container is. */

#include "config.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/nsfs.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "base/fd.h"
#include "platform/posix/accounts.h"
#include "platform/posix/mountinfo.h"
#include "platform/posix/proc-map.h"
#include "platform/posix/proc-status.h"
#include "platform/posix/proc.h"
#include "platform/posix/process.h"
#include "platform/posix/system.h"

/* ---- Text ------------------------------------------------------------------------------------ */

/* Where the link @name below @dirfd leads; NULL where that is hidden from us. */
static char *
target_of (int dirfd, const char *name)
{
  static const char deleted[] = " (deleted)";
  char target[4096];
  gssize length = readlinkat (dirfd, name, target, sizeof target - 1);

  if (length <= 0)
    return NULL;
  target[length] = '\0';
  /* A package's update leaves that behind the name of what still runs. */
  if (g_str_has_suffix (target, deleted))
    target[(gsize)length - strlen (deleted)] = '\0';
  return g_strdup (target);
}

/* NUL ends each word; a title that a program has put there may be padded with more of them. */
static char **
words_of (int dirfd)
{
  e13_autofd int fd = openat (dirfd, "cmdline", O_RDONLY | O_CLOEXEC);
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  char text[16384];
  gssize length = fd >= 0 ? read (fd, text, sizeof text - 1) : 0;

  text[MAX (length, 0)] = '\0';
  for (gssize at = 0; at < length; at += (gssize)strlen (text + at) + 1)
    if (text[at] != '\0')
      g_ptr_array_add (words, g_strdup (text + at));
  g_ptr_array_add (words, NULL);
  return (char **)g_ptr_array_free (g_steal_pointer (&words), FALSE);
}

/* ---- User namespaces ------------------------------------------------------------------------- */

typedef struct
{
  char *map;           /* /proc/PID/uid_map */
  gboolean is_another; /* than our own */
  gboolean is_by_root; /* root has made it */
} Users;

static void
users_clear (Users *users)
{
  g_clear_pointer (&users->map, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Users, users_clear)

static void
read_users (int proc, int dirfd, Users *users)
{
  g_autofree char *theirs = target_of (dirfd, "ns/user");
  g_autofree char *ours = target_of (proc, "self/ns/user");
  e13_autofd int namespace = -1;
  uid_t owner = (uid_t)-1;

  users->is_another = theirs != NULL && ours != NULL && !g_str_equal (theirs, ours);
  if (!users->is_another)
    return;
  users->map = e13_posix_read_proc (dirfd, "uid_map");
  namespace = openat (dirfd, "ns/user", O_RDONLY | O_CLOEXEC);
  users->is_by_root = namespace >= 0 && ioctl (namespace, NS_GET_OWNER_UID, &owner) == 0 && owner == 0;
}

static gboolean
is_root (const Users *users, guint32 uid)
{
  guint32 inside;

  return uid == 0
         || (users->is_by_root && users->map != NULL && e13_proc_map_inside (users->map, uid, &inside) && inside == 0);
}

/* ---- The executable -------------------------------------------------------------------------- */

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

/* Can nobody but root put something else at this place? In a sticky directory others cannot touch what is root's. */
static gboolean
is_roots_alone (const struct stat *st, const Users *users)
{
  return is_root (users, st->st_uid)
         && ((st->st_mode & (S_IWGRP | S_IWOTH)) == 0 || (S_ISDIR (st->st_mode) && (st->st_mode & S_ISVTX) != 0));
}

/* Each directory of @path, as the process at @dirfd sees it. A name that has gone meanwhile ends the way, since it says
 * nothing more. */
static gboolean
directories_are_roots (int dirfd, const char *path, const Users *users)
{
  e13_autofd int at = openat (dirfd, "root", O_PATH | O_DIRECTORY | O_CLOEXEC);
  g_auto (GStrv) parts = g_strsplit (path, "/", -1);
  guint n = g_strv_length (parts);
  struct stat st;

  for (guint i = 0; at >= 0; i++)
    {
      int next;

      if (fstat (at, &st) < 0 || !is_roots_alone (&st, users))
        return FALSE;
      if (i + 1 >= n)
        return TRUE;
      if (*parts[i] == '\0')
        continue;
      next = openat (at, parts[i], O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
      if (next < 0)
        return errno == ENOENT;
      e13_close_fd (&at);
      at = next;
    }
  return FALSE;
}

static gboolean
executable_is_believed (int dirfd, const Users *users, struct stat *ret_stat)
{
  e13_autofd int exe = openat (dirfd, "exe", O_PATH | O_CLOEXEC);
  g_autofree char *path = target_of (dirfd, "exe");

  return exe >= 0 && path != NULL && !is_on_fuse (dirfd, exe) && fstat (exe, ret_stat) == 0
         && S_ISREG (ret_stat->st_mode) && is_roots_alone (ret_stat, users)
         && directories_are_roots (dirfd, path, users);
}

/* ---- Where it comes from --------------------------------------------------------------------- */

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
  g_auto (Users) users = { 0 };
  struct stat parents_exe;

  if (parent < 0 || !read_status (parent, &parents))
    return FALSE;
  read_users (proc, parent, &users);
  return is_root (&users, parents.fsuid) && executable_is_believed (parent, &users, &parents_exe)
         && parents_exe.st_dev == exe->st_dev && parents_exe.st_ino == exe->st_ino;
}

static char *
unit_of (int dirfd)
{
  g_autofree char *text = e13_posix_read_proc (dirfd, "cgroup");

  return text != NULL ? e13_proc_unit (text) : NULL;
}

/* ---- What it sees ---------------------------------------------------------------------------- */

static void
compare_views (int proc, int dirfd, E13Process *process)
{
  g_autofree char *theirs = target_of (dirfd, "ns/mnt");
  g_autofree char *ours = target_of (proc, "self/ns/mnt");
  e13_autofd int root = openat (dirfd, "root", O_PATH | O_DIRECTORY | O_CLOEXEC);
  e13_autofd int own = open ("/", O_PATH | O_DIRECTORY | O_CLOEXEC);
  struct stat st, own_st;

  process->knows_view
      = theirs != NULL && ours != NULL && root >= 0 && own >= 0 && fstat (root, &st) == 0 && fstat (own, &own_st) == 0;
  process->is_apart = process->knows_view
                      && (!g_str_equal (theirs, ours) || st.st_dev != own_st.st_dev || st.st_ino != own_st.st_ino);
}

/* ---- As whom --------------------------------------------------------------------------------- */

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

/* Capabilities in a user namespace say nothing about inodes of those outside it. */
static void
learn_users (E13Process *process, const Users *users)
{
  process->has_users = users->is_another;
  process->inside_uid = process->identity->uid;
  if (!users->is_another)
    return;
  process->identity->overrides_dac = FALSE;
  process->is_unmapped
      = users->map == NULL || !e13_proc_map_inside (users->map, process->identity->uid, &process->inside_uid);
}

/* ---- All of it ------------------------------------------------------------------------------- */

static E13Process *
look_at (int proc, int dirfd, guint32 pid, char *program)
{
  g_auto (E13ProcStatus) status = { 0 };
  g_auto (Users) users = { 0 };
  struct stat exe;
  E13Process *process;

  if (!read_status (dirfd, &status))
    return g_free (program), NULL;
  read_users (proc, dirfd, &users);
  process = g_new0 (E13Process, 1);
  process->pid = pid;
  process->parent = status.parent;
  process->program = program;
  process->words = words_of (dirfd);
  process->directory = target_of (dirfd, "cwd");
  process->unit = unit_of (dirfd);
  process->identity = identity_of (&status, program, pid);
  process->umask = status.umask;
  process->is_believed = executable_is_believed (dirfd, &users, &exe);
  process->is_by_root
      = is_root (&users, status.fsuid) || (process->is_believed && has_root_master (proc, &status, &exe));
  compare_views (proc, dirfd, process);
  learn_users (process, &users);
  return process;
}

static char *
program_of (int dirfd)
{
  g_autofree char *path = dirfd >= 0 ? target_of (dirfd, "exe") : NULL;

  return path != NULL ? g_path_get_basename (path) : NULL;
}

static gint
compare_pids (gconstpointer a, gconstpointer b)
{
  const E13Process *x = *(const E13Process *const *)a;
  const E13Process *y = *(const E13Process *const *)b;

  return (x->pid > y->pid) - (x->pid < y->pid);
}

static void
consider (int proc, const char *name, E13WantsProgram wants, gpointer data, GPtrArray *processes)
{
  e13_autofd int dirfd = openat (proc, name, O_PATH | O_DIRECTORY | O_CLOEXEC);
  g_autofree char *program = program_of (dirfd);
  E13Process *process = NULL;

  if (program != NULL && wants (program, data))
    process = look_at (proc, dirfd, (guint32)g_ascii_strtoull (name, NULL, 10), g_steal_pointer (&program));
  if (process != NULL)
    g_ptr_array_add (processes, process);
}

GPtrArray *
e13_posix_processes (E13WantsProgram wants, gpointer data)
{
  GPtrArray *processes = g_ptr_array_new_with_free_func ((GDestroyNotify)e13_process_free);
  int proc = e13_posix_open_proc (NULL);
  DIR *directory = proc >= 0 ? fdopendir (proc) : NULL;
  const struct dirent *entry;

  if (directory == NULL)
    {
      e13_close_fd (&proc);
      return processes;
    }
  while ((entry = readdir (directory)) != NULL)
    if (g_ascii_isdigit (entry->d_name[0]))
      consider (proc, entry->d_name, wants, data, processes);
  closedir (directory);
  g_ptr_array_sort (processes, compare_pids);
  return processes;
}

E13Process *
e13_posix_process (guint32 pid, GError **error)
{
  g_autofree char *name = g_strdup_printf ("%" G_GUINT32_FORMAT, pid);
  e13_autofd int proc = e13_posix_open_proc (error);
  e13_autofd int dirfd = proc >= 0 ? openat (proc, name, O_PATH | O_DIRECTORY | O_CLOEXEC) : -1;
  E13Process *process = NULL;

  if (proc < 0)
    return NULL;
  if (dirfd >= 0)
    {
      char *program = program_of (dirfd);

      process = look_at (proc, dirfd, pid, program != NULL ? program : g_strdup ("a process"));
    }
  if (process == NULL)
    e13_throw (error, E13_ERROR_USAGE, "there is no process with the number %" G_GUINT32_FORMAT, pid);
  return process;
}
