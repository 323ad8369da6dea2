/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The seam: all that the program asks of an operating system, as two tables of operations.
 *
 * E13ReadOps cannot change anything, by type: whoever holds only this table (check, explain, identity) cannot write.
 * E13WriteOps is handed to repair/ alone. An implementation is one constant of each type; tests/support has another
 * that injects faults. All operations may be called from any thread unless said otherwise.
 *
 * Paths: "beneath the site" is relative, "" the site itself, no "." or "..", of any length and any bytes but NUL. */

#pragma once

#include <glib.h>

#include "model/change.h"
#include "model/identity.h"
#include "model/object.h"
#include "model/process.h"

/* ---- Pinned objects -------------------------------------------------------------------------- */

/* One object held by a descriptor (O_PATH on Linux, a handle for attributes and permissions alone on Windows: nothing
 * is opened for reading or writing by it), so that all that is learnt of it and done to it concerns one inode, whatever
 * its name becomes. Facts are read through the pin, ACLs included. */
typedef struct
{
  char *path; /* as it was asked for */
  E13Facts facts;
  char *link_target; /* of a symbolic link; else NULL */
  int fd;            /* the platform's own; -1 where it holds the object by other means */
} E13Pin;

/* ---- Routes: how the kernel gets from / to a path -------------------------------------------- */

/* Each component that a lookup of the path passes, in order: "/", every directory, every symbolic link and then the
 * components of its target, and last the object itself. Read only; links are followed by reading them, never by
 * opening. */
typedef struct
{
  GPtrArray *pins; /* of E13Pin *, each with an absolute path; at least "/" */
  char *given;     /* the path as it was given, made absolute by the current directory */
  char *resolved;  /* the absolute path without links of the last component that exists */
  char *missing; /* what of the path does not exist below it ("uploads/2026"), or was not looked up: @error; NULL where
                    all does */
  int error;     /* why the lookup ended early: ENOENT, ENOTDIR, ELOOP, EACCES…; 0 where all exists */
} E13Route;

void e13_route_free (E13Route *route);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (E13Route, e13_route_free)

/* ---- A site and its walk --------------------------------------------------------------------- */

/* An opened site: its root pinned. */
typedef struct
{
  E13Route *route;          /* from / to the root, with the links that were given */
  const char *path;         /* the root, absolute and without links: route->resolved */
  E13Pin *root;             /* its path is "" */
  gboolean has_descriptors; /* its objects are Windows': accounts of Windows ask */
  gboolean is_dump; /* of another machine: its paths and accounts mean nothing here, and nothing of it can be changed */
  gboolean is_windows; /* people write its paths with backslashes; here they have slashes all the same */
  char *there;         /* of a tree of Windows on Linux: the root as its own machine writes it; NULL: not known, or
                        * here */
  GPtrArray *remarks;  /* of char *: sentences on what its source cannot tell; NULL: nothing */
} E13Tree;

/* The absolute path of @path beneath @tree's root, as a person writes it; of an absolute @path, itself. Free with
 * g_free(). */
char *e13_tree_full_path (const E13Tree *tree, const char *path);
/* The same as a command on the machine of @tree takes it; NULL where it is not known. */
char *e13_tree_path_there (const E13Tree *tree, const char *path);

/* One directory on the walk. */
typedef struct E13Dir
{
  const struct E13Dir *parent; /* NULL for the root */
  const char *path; /* beneath the site; only of the directory that is being visited: a parent's may be gone */
  E13Facts facts;   /* POSIX ACLs not read; only the type is known where they could not be read (then @error is set) */
  int error;        /* errno where it could not be listed (its entries are then unknown); else 0 */
  gpointer user;    /* the visitor's: a new directory starts with what its parent had after its first visit */
  guint marks;      /* the visitor's, set by note_name() */
} E13Dir;

typedef struct
{
  const char *name;
  E13Facts facts; /* POSIX ACLs not read */
  int error;      /* errno where the facts could not be read; ENOENT: vanished meanwhile */
} E13Entry;

/* A directory and some of its entries that are not directories (those come as directories of their own). Every
 * directory that is walked comes at least once, with @first set, before any other of its batches and before the
 * directories below it, even when it is empty or cannot be listed. Where listing breaks off later, a last batch without
 * entries says so. */
typedef struct
{
  E13Dir *dir;
  gboolean first;
  E13Entry *entries;
  gsize n_entries;
} E13Batch;

/* Why an object was left out of the walk. */
typedef enum
{
  E13_SKIP_MOUNT,    /* another file system begins here and cross_mounts is off */
  E13_SKIP_VANISHED, /* it was gone, or had become another, between reading its name and opening it: not an error */
  E13_SKIP_LOOP,     /* the same directory again on the way down (a bind mount) */
} E13SkipReason;

typedef struct
{
  /* Each name of a directory, before its first batch; may set dir->marks. Makes the walk hold a directory's batches
   * back until all its names are known, so leave it NULL where it is not needed. Called by one thread at a time for one
   * directory. */
  void (*note_name) (E13Dir *dir, const char *name, gpointer data);
  /* Should the walk look at this name of this directory at all? NULL: always. Called for every name. */
  gboolean (*wants) (const E13Dir *dir, const char *name, gpointer data);
  /* Called by any thread. The first batch of a directory is over before any other begins; after it, several threads may
   * visit one directory at a time with different batches, so that one huge directory keeps all of them busy. */
  void (*visit) (const E13Batch *batch, gpointer data);
  /* May be NULL. @path is beneath the site; @facts is NULL where it vanished. */
  void (*skipped) (const char *path, const E13Facts *facts, E13SkipReason reason, gpointer data);
} E13Visitor;

typedef struct
{
  guint n_threads; /* 0: one a core */
  gboolean cross_mounts;
  const gint *cancelled; /* read atomically; the walk stops soon after it becomes non-zero. NULL: never */
  gint *n_seen;          /* counted up atomically, for a progress line. NULL: not wanted */
} E13WalkOptions;

/* ---- Asking the kernel ----------------------------------------------------------------------- */

/* What the kernel answered for one inode by itself, whatever the way to it. */
typedef struct
{
  E13Rights granted; /* of those that were asked */
  int error; /* why the rest was not: EACCES, EROFS, EPERM, ETXTBSY…; ENOSYS or another where the kernel could not be
              * asked at all: then @unknown is set */
  gboolean unknown;
} E13Answer;

/* ---- Running programs ------------------------------------------------------------------------ */

typedef gboolean (*E13WantsProgram) (const char *program, gpointer data);

/* The file system as one process sees it: its mount namespace and root. */
typedef struct E13View E13View;

/* ---- What else decides ----------------------------------------------------------------------- */

/* What confines a process beside permissions, and what that says of one object. */
typedef struct
{
  gboolean is_selinux; /* else AppArmor */
  char *profile;       /* of the process: "system_u:system_r:httpd_t:s0", "/usr/sbin/nginx (enforce)" */
  char *label;         /* of the object; NULL: none, or AppArmor, which goes by paths */
  char *expected;      /* the label that the policy has for its place; NULL: not known */
  int allowed;         /* by the policy: 1, 0; -1: not known */
} E13Confinement;

void e13_confinement_free (E13Confinement *confinement);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (E13Confinement, e13_confinement_free)

/* ---- Read operations ------------------------------------------------------------------------- */

/* Stands for the directory itself where an entry of a batch is asked for. */
#define E13_THE_DIRECTORY G_MAXSIZE

typedef struct
{
  const char *name; /* "posix" */
  /* Is this the Windows that the program runs on? Its paths begin with a drive or with \\\\; beneath a site they have
   * slashes all the same. */
  gboolean is_windows;

  /* May this process take on other identities, so that the kernel can be asked for them? FALSE and @error with the
   * reason: not root, no /proc, a kernel without faccessat2(2). */
  gboolean (*can_ask) (GError **error);

  /* NULL and @error only where not even "/" could be pinned or /proc is not proc; a path that does not exist is a route
   * with @missing. */
  E13Route *(*route) (const char *path, GError **error);
  /* The same within @tree, whose source holds no way from /: from the outermost directory that it holds down, @path as
   * a person writes it there. E13_ERROR_INPUT where it holds nothing of the kind. NULL: route() does for each tree. */
  E13Route *(*route_in) (const E13Tree *tree, const char *path, GError **error);

  /* Of an object pinned by an absolute path here: how its own Windows writes the path, from the root of the volume
   * where the drive is not known. NULL where it cannot be told; free with g_free(). The operation is NULL where paths
   * are those of here. */
  char *(*path_there) (const E13Pin *pin);

  /* Resolves @path once and pins it. NULL and @error where it is missing, no directory, or can't be reached. */
  E13Tree *(*open_tree) (const char *path, GError **error);
  void (*close_tree) (E13Tree *tree);

  /* Streams the tree past @visitor with @options->n_threads threads. FALSE and @error only where the walk could not
   * begin or ran out of something that it cannot do without; what happens to single objects is told to the visitor. */
  gboolean (*walk) (const E13Tree *tree, const E13WalkOptions *options, const E13Visitor *visitor, gpointer data,
                    GError **error);

  /* Asks the kernel, as @identity, for @want[i] of each entry of @batch and for @want_directory of the directory itself
   * (0: not asked), one combined question an inode and one a bit only where that is refused. Each inode alone is
   * judged, not the way to it. @ret_directory may be NULL where nothing is asked of it. From within visit() only. */
  void (*ask_batch) (const E13Batch *batch, const E13Identity *identity, E13Rights want_directory,
                     E13Answer *ret_directory, const E13Rights *want, E13Answer *ret_answers);
  /* The same for one object. */
  E13Answer (*ask) (const E13Pin *pin, const E13Identity *identity, E13Rights want);

  /* Pins one entry of @batch (or E13_THE_DIRECTORY) and reads its facts and ACLs through the pin. E13_ERROR_MOVED where
   * it is no longer the inode in the state that the batch has seen. From within visit() only. */
  E13Pin *(*pin_entry) (const E13Batch *batch, gsize index, GError **error);
  /* Pins @path beneath @tree's root without passing any link or leaving the tree; where @path is absolute, from / in
   * the same way. The last component may be a symbolic link, which is then what is pinned. */
  E13Pin *(*pin) (const E13Tree *tree, const char *path, GError **error);
  /* The same for what is only to be told from others, or read again before it is used: ACLs and descriptors may be left
   * unread. */
  E13Pin *(*hold) (const E13Tree *tree, const char *path, GError **error);
  /* Reads facts and ACLs again. */
  gboolean (*refresh) (E13Pin *pin, GError **error);
  void (*unpin) (E13Pin *pin); /* NULL is allowed */

  /* The first @max_bytes of a pinned regular file. Never blocks, never updates its access time where the system lets
   * us. */
  GBytes *(*read_file) (const E13Pin *pin, gsize max_bytes, GError **error);
  /* The names in a pinned directory, without "." and "..", unsorted. Free with g_ptr_array_unref(). */
  GPtrArray *(*list) (const E13Pin *directory, GError **error);
  /* The same, and of each name what the directory says it is: an E13ObjectType a byte, E13_TYPE_UNKNOWN where it does
   * not say. The operation is NULL where directories hold names alone. */
  GPtrArray *(*list_types) (const E13Pin *directory, GByteArray **ret_types, GError **error);

  /* The programs that have a pinned file open, as a person knows them ("Microsoft Excel, w3wp.exe (process 4711)"), for
   * one that could not be read because it is in use (EBUSY). NULL where that cannot be told; free with g_free(). The
   * operation is NULL where the system has no such state of a file. */
  char *(*who_uses) (const E13Pin *pin);

  /* The file system that a pinned object lies on. Clear @ret_mount with e13_mount_clear(). */
  gboolean (*mount_of) (const E13Pin *pin, E13Mount *ret_mount, GError **error);
  /* What tells this inode from a later one that reuses its number, for the journal: see E13Change.handle. Free with
   * g_free(). */
  char *(*handle_of) (const E13Pin *pin, GError **error);
  /* Has it a file capability (security.capability)? */
  gboolean (*has_capability) (const E13Pin *pin);

  /* NAME, UID or UID:GID[,GID…]; E13_ERROR_USAGE where there is no such account. */
  E13Identity *(*identity_parse) (const char *text, GError **error);
  /* The group of that name. FALSE: there is none. The operation is NULL where groups have no names of their own. */
  gboolean (*group_find) (const char *name, guint32 *ret_gid);
  /* Whom a web server here runs as, by the evidence at hand, best first: an array of E13Identity *, empty where there
   * is no evidence. Free with g_ptr_array_unref(). NULL where processes() and files tell it. */
  GPtrArray *(*identities_found) (void);
  /* The running programs whose name (of the executable, without directories) is wanted, by pid: an array of E13Process
   * *. Free with g_ptr_array_unref(). The operation is NULL where a process says nothing about whom files are for. */
  GPtrArray *(*processes) (E13WantsProgram wants, gpointer data);
  /* One of them; E13_ERROR_USAGE where it does not run. */
  E13Process *(*process) (guint32 pid, GError **error);
  /* The file system as a process sees it, held from now on. NULL where there are no processes(). */
  E13View *(*open_view) (guint32 pid, GError **error);
  /* Pins what has the absolute @path there; links on the way are followed within that view. Ask of it as of any pin. */
  E13Pin *(*pin_in_view) (const E13View *view, const char *path, GError **error);
  /* Where file systems are mounted there, as char *, but for those that may not answer. Free with g_ptr_array_unref().
   */
  GPtrArray *(*mounts_in_view) (const E13View *view);
  void (*close_view) (E13View *view); /* NULL is allowed */
  /* What confines that process, by rules that are in force, where it wants @rights of @pin; NULL: nothing does, or it
   * cannot be told. Free with e13_confinement_free(). The operation is NULL where there is nothing of the kind. */
  E13Confinement *(*confinement) (guint32 pid, const E13Pin *pin, E13Rights rights);
  /* A setting of the kernel, "fs.protected_regular"; -1: not known. The operation is NULL where there are none. */
  int (*setting) (const char *name);
  /* This process. */
  E13Identity *(*identity_self) (void);
  /* Does this process run with an administrator's whole rights? The operation is NULL where nobody has less than their
   * account has. */
  gboolean (*is_elevated) (void);
  /* The account's or group's name; NULL where the number has none. Owned by the platform, valid for ever. */
  const char *(*user_name) (guint32 uid);
  const char *(*group_name) (guint32 gid);
  /* The account of a SID, as this machine knows it ("LAB\\ada"); NULL where it has none here. Free with g_free(). The
   * operation is NULL where nobody can be asked. */
  char *(*sid_name) (const E13Sid *sid);
} E13ReadOps;

/* ---- Write operations ------------------------------------------------------------------------ */

typedef struct
{
  /* Reads the pinned object again; E13_ERROR_MOVED where its inode or state is not @key's or its attributes are not
   * @before. Then writes what differs between @before and @after: owner and group, access ACL (or mode), upper mode
   * bits, default ACL (default ACL first where @undoing). Setuid, setgid, sticky and file capabilities survive; a write
   * that would lose one is refused beforehand. Of an object of Windows: the DACL of the descriptor and its control bits
   * (owner, group and SACL never differ), the stream, and the attribute, times of the content untouched. Reads
   * everything back into pin->facts; E13_ERROR_FAILED where the system did not keep it. */
  gboolean (*set) (E13Pin *pin, const E13ObjectKey *key, const E13Attributes *before, const E13Attributes *after,
                   gboolean undoing, GError **error);
  /* Makes @name in @parent under the fsuid and fsgid of the parent's owner, mode 0777 & ~umask of 022, and pins it.
   * @sd: in a tree of Windows, the descriptor that it is to have; then its owner and group are those of @sd, and as
   * much of the rest as the system gives at once: what is lacking is for set(). NULL in others. */
  E13Pin *(*make_directory) (const E13Pin *parent, const char *name, GBytes *sd, GError **error);
  /* Removes @name from @parent if it is the directory of @key and empty. */
  gboolean (*remove_directory) (const E13Pin *parent, const char *name, const E13ObjectKey *key, GError **error);
  /* Gives the plain file @name in @parent another content, all of it at one moment: whoever reads it has the one or the
   * other. E13_ERROR_MOVED where it is not the object of @key in that state, or does not hold @before;
   * E13_ERROR_REFUSED where it has a second name, or something that belongs to it cannot be carried over: its owner,
   * mode, ACL or descriptor, and attributes stay as they are. It is another inode then. */
  gboolean (*rewrite) (const E13Pin *parent, const char *name, const E13ObjectKey *key, GBytes *before, GBytes *after,
                       GError **error);
} E13WriteOps;

/* ---- Platforms ------------------------------------------------------------------------------- */

extern const E13ReadOps e13_posix_read;

/* Dumps of permissions that were taken elsewhere, read only. Who asks must be an account of Windows
 * (E13Identity.token) or, of a dump of POSIX ACLs, one of that machine: names of accounts are those of the dump that
 * was opened last. What a dump does not hold is unknown: no file is read, no kernel asked, no way from / told. */
extern const E13ReadOps e13_snapshot_read;
/* As open_tree() of these, with the site's path on the machine that the dump is of: the site is what the dump has
 * there, or the root of the dump where its names are relative. NULL: the root of the dump. */
E13Tree *e13_snapshot_open (const char *dump, const char *root, GError **error);

extern const E13WriteOps e13_posix_write;

/* The Windows that the program runs on, through the Win32 and NT interfaces. */
extern const E13ReadOps e13_win32_read;
extern const E13WriteOps e13_win32_write;

/* Trees of Windows on Linux: NTFS (ntfs-3g, ntfs3), CIFS, Samba. As the POSIX platform, and with the descriptor of each
 * object in its facts. Who asks must be an account of Windows. */
extern const E13ReadOps e13_foreign_read;
extern const E13WriteOps e13_foreign_write;

/* The two of these of the system that the program runs on. */
extern const E13ReadOps *const e13_host_read;
extern const E13WriteOps *const e13_host_write;
/* Those for trees of Windows here; NULL where here is Windows. */
extern const E13ReadOps *const e13_host_foreign_read;
extern const E13WriteOps *const e13_host_foreign_write;

/* For tests: makes the POSIX platform behave as a kernel without openat2(2). */
void e13_posix_force_no_openat2 (gboolean forced);
