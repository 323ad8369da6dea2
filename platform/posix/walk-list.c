/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "platform/posix/walk-list.h"

#include <fcntl.h>
#include <string.h>

#include "base/fd.h"
#include "platform/posix/dirents.h"
#include "platform/posix/facts.h"
#include "platform/posix/open.h"
#include "platform/posix/walk-fds.h"
#include "platform/posix/walk.h"

/* With WAIT_FOR_ROOM between them about a second: then the descriptors are somebody else's, and will not come back. */
#define TRIES_FOR_ROOM 100

gboolean
e13_walk_is_cancelled (const E13Walk *walk)
{
  return walk->options->cancelled != NULL && g_atomic_int_get (walk->options->cancelled) != 0;
}

static gboolean
same_mount (const E13Facts *a, const E13Facts *b)
{
  if (a->key.mount_id != 0 && b->key.mount_id != 0)
    return a->key.mount_id == b->key.mount_id;
  return a->key.device == b->key.device;
}

static void
skip (E13Walk *walk, const E13WalkDir *dir, const char *name, const E13Facts *facts, E13SkipReason reason)
{
  g_autofree char *path = NULL;

  if (walk->visitor->skipped == NULL)
    return;
  path = e13_walk_dir_path (dir, name);
  walk->visitor->skipped (path, facts, reason, walk->data);
}

/* ---- Visiting -------------------------------------------------------------------------------- */

static void
visit (E13WalkWorker *worker, E13WalkDir *dir, int fd, gboolean first)
{
  E13Walk *walk = worker->walk;
  E13PosixBatch batch = {
    .batch = { .dir = &dir->dir,
               .first = first,
               .entries = (E13Entry *)(void *)worker->entries->data,
               .n_entries = worker->entries->len },
    .fd = fd,
  };

  if (walk->options->n_seen != NULL)
    g_atomic_int_add (walk->options->n_seen, (gint)worker->entries->len + (first ? 1 : 0));
  walk->visitor->visit (&batch.batch, walk->data);
  if (first)
    dir->inherited = dir->dir.user;
  g_array_set_size (worker->entries, 0);
}

static gboolean
is_wanted (const E13Walk *walk, const E13WalkDir *dir, const char *name)
{
  return walk->visitor->wants == NULL || walk->visitor->wants (&dir->dir, name, walk->data);
}

/* A file that another is mounted over belongs to the site no more than a directory does. Without mount ids this cannot
 * be told: an overlay shows other devices for files than for directories. */
static gboolean
is_mounted_over (const E13Walk *walk, const E13WalkDir *dir, const E13Facts *facts)
{
  return !walk->options->cross_mounts && facts->key.mount_id != 0 && dir->dir.facts.key.mount_id != 0
         && !same_mount (facts, &dir->dir.facts);
}

static void
gather_directory (E13WalkWorker *worker, const char *name)
{
  g_byte_array_append (worker->directories, (const guint8 *)name, (guint)strlen (name) + 1);
}

/* @fd is -1, with @error, where the directory could not be opened again. */
static void
gather_entry (E13WalkWorker *worker, E13WalkDir *dir, int fd, int error, const struct dirent64 *record)
{
  E13Entry *entry;
  guint index = worker->entries->len;

  if (record->d_type == DT_DIR)
    {
      gather_directory (worker, record->d_name);
      return;
    }

  g_array_set_size (worker->entries, index + 1);
  entry = &g_array_index (worker->entries, E13Entry, index);
  entry->name = record->d_name;
  entry->error = fd < 0 ? error : e13_posix_stat (fd, record->d_name, AT_SYMLINK_NOFOLLOW, &entry->facts);
  if (entry->error != 0)
    entry->facts = (E13Facts){ .type = E13_TYPE_UNKNOWN };
  else if (entry->facts.type == E13_TYPE_DIRECTORY)
    {
      gather_directory (worker, record->d_name);
      g_array_set_size (worker->entries, index);
    }
  else if (is_mounted_over (worker->walk, dir, &entry->facts))
    {
      skip (worker->walk, dir, record->d_name, &entry->facts, E13_SKIP_MOUNT);
      g_array_set_size (worker->entries, index);
    }
}

static void
visit_records (E13WalkWorker *worker, const E13WalkBlock *block, int fd, int error, gboolean first)
{
  const struct dirent64 *record;
  E13WalkDir *dir = block->dir;
  gsize offset = 0;

  while ((record = e13_posix_next_dirent (block->bytes, block->length, &offset)) != NULL)
    if (is_wanted (worker->walk, dir, record->d_name))
      gather_entry (worker, dir, fd, error, record);

  if (first || worker->entries->len > 0)
    visit (worker, dir, fd, first);
  if (worker->directories->len > 0)
    e13_walk_queue_add_directories (&worker->walk->queue, dir, (const char *)worker->directories->data,
                                    worker->directories->len);
  g_byte_array_set_size (worker->directories, 0);
}

void
e13_walk_visit_block (E13WalkWorker *worker, E13WalkBlock *block)
{
  E13WalkQueue *queue = &worker->walk->queue;
  int fd = e13_walk_queue_use (queue, block->dir);

  visit_records (worker, block, fd, fd < 0 ? errno : 0, FALSE);
  if (fd >= 0)
    e13_walk_queue_release (queue, block->dir);
}

/* ---- Listing --------------------------------------------------------------------------------- */

/* The next records of the directory, or NULL: at the end, when cancelled, or where listing broke off, which sets
 * dir.error. */
static E13WalkBlock *
read_block (E13WalkWorker *worker, E13WalkDir *dir, int fd)
{
  E13WalkBlock *block;
  gssize length;

  if (e13_walk_is_cancelled (worker->walk))
    return NULL;
  block = e13_walk_queue_new_block (&worker->walk->queue, dir);
  length = getdents64 (fd, block->bytes, E13_WALK_BUFFER);
  if (length > 0)
    {
      block->length = (gsize)length;
      return block;
    }
  /* A directory that is being removed has no entries any more: nothing broke. */
  if (length < 0 && errno != ENOENT)
    dir->dir.error = errno;
  e13_walk_queue_free_block (&worker->walk->queue, block);
  return NULL;
}

/* All records at once, so that the visitor knows every name before the first batch. */
static GQueue *
read_and_note (E13WalkWorker *worker, E13WalkDir *dir, int fd)
{
  GQueue *blocks = g_queue_new ();
  E13WalkBlock *block;

  while ((block = read_block (worker, dir, fd)) != NULL)
    {
      const struct dirent64 *record;
      gsize offset = 0;

      g_queue_push_tail (blocks, block);
      while ((record = e13_posix_next_dirent (block->bytes, block->length, &offset)) != NULL)
        worker->walk->visitor->note_name (&dir->dir, record->d_name, worker->walk->data);
    }
  return blocks;
}

static E13WalkBlock *
next_block (E13WalkWorker *worker, E13WalkDir *dir, int fd, GQueue *noted)
{
  return noted != NULL ? g_queue_pop_head (noted) : read_block (worker, dir, fd);
}

static void
visit_all (E13WalkWorker *worker, E13WalkDir *dir, int fd)
{
  E13WalkQueue *queue = &worker->walk->queue;
  GQueue *noted = worker->walk->visitor->note_name != NULL ? read_and_note (worker, dir, fd) : NULL;
  gboolean first = TRUE;
  int known_error = 0;
  E13WalkBlock *block;

  while ((block = next_block (worker, dir, fd, noted)) != NULL)
    {
      if (first || !e13_walk_queue_share (queue, block))
        {
          if (!e13_walk_is_cancelled (worker->walk))
            visit_records (worker, block, fd, 0, first);
          e13_walk_queue_free_block (queue, block);
        }
      known_error = dir->dir.error;
      first = FALSE;
    }
  if (noted != NULL)
    g_queue_free (noted);
  if ((first || dir->dir.error != known_error) && !e13_walk_is_cancelled (worker->walk))
    visit (worker, dir, fd, first);
}

/* ---- Opening --------------------------------------------------------------------------------- */

/* Opens @dir by its name in @parent_fd; dir.error where it can only be pinned, and -1 where not even that is
 * possible. */
static int
open_listed (E13WalkWorker *worker, E13WalkDir *dir, int parent_fd)
{
  E13Walk *walk = worker->walk;
  int fd = -1;

  for (int tries = 0; tries < TRIES_FOR_ROOM; tries++)
    {
      if (dir->parent == NULL)
        fd = e13_posix_reopen_to_read (parent_fd, O_DIRECTORY);
      else
        fd = e13_posix_open_directory (parent_fd, dir->name, walk->options->cross_mounts);
      if (fd >= 0 || !e13_walk_fd_is_shortage (errno) || !e13_walk_queue_make_room (&walk->queue))
        break;
    }
  if (fd >= 0)
    return fd;
  dir->dir.error = errno;
  /* What is mounted there is not even pinned. */
  return errno == EXDEV ? -1 : e13_posix_open_beneath (parent_fd, dir->name, O_DIRECTORY);
}

static gboolean
has_become_another (int error)
{
  return error == ENOENT || error == ENOTDIR || error == ELOOP;
}

static gboolean
is_loop (const E13WalkDir *dir)
{
  /* Only a mount can lead back; where mounts cannot be told apart, every directory may be one. */
  if (!dir->below_mount && dir->dir.facts.key.mount_id != 0)
    return FALSE;
  for (const E13WalkDir *at = dir->parent; at != NULL; at = at->parent)
    if (e13_object_key_same_inode (&at->dir.facts.key, &dir->dir.facts.key))
      return TRUE;
  return FALSE;
}

/* Why the walk does not enter @dir, whose facts are known; FALSE if it does. */
static gboolean
is_kept_out (const E13Walk *walk, E13WalkDir *dir, E13SkipReason *ret_reason)
{
  gboolean crosses
      = dir->dir.error == EXDEV || (dir->parent != NULL && !same_mount (&dir->dir.facts, &dir->parent->dir.facts));

  dir->below_mount |= crosses;
  *ret_reason = E13_SKIP_MOUNT;
  if (crosses && !walk->options->cross_mounts)
    return TRUE;
  *ret_reason = E13_SKIP_LOOP;
  return is_loop (dir);
}

/* The facts of @dir, of which @fd may be -1. TRUE if it is to be visited. */
static gboolean
learn_and_admit (E13Walk *walk, E13WalkDir *dir, int fd, int parent_fd)
{
  E13Facts *facts = &dir->dir.facts;
  /* Whoever serves what is mounted there may never answer. */
  int sync = dir->dir.error == EXDEV ? AT_STATX_DONT_SYNC : 0;
  int error = fd >= 0 ? e13_posix_stat (fd, "", AT_EMPTY_PATH, facts)
                      : e13_posix_stat (parent_fd, dir->name, AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH | sync, facts);
  E13SkipReason reason;

  if (has_become_another (error) || (error == 0 && facts->type != E13_TYPE_DIRECTORY))
    {
      skip (walk, dir, NULL, NULL, E13_SKIP_VANISHED);
      return FALSE;
    }
  if (error != 0)
    {
      *facts = (E13Facts){ .type = E13_TYPE_DIRECTORY };
      dir->dir.error = dir->dir.error != 0 ? dir->dir.error : error;
      /* An account's own FUSE mount tells not even root what it is. */
      if (dir->dir.error == EXDEV)
        skip (walk, dir, NULL, facts, E13_SKIP_MOUNT);
      return dir->dir.error != EXDEV;
    }
  if (is_kept_out (walk, dir, &reason))
    {
      skip (walk, dir, NULL, facts, reason);
      return FALSE;
    }
  return TRUE;
}

static int
open_and_admit (E13WalkWorker *worker, E13WalkDir *dir, int parent_fd, gboolean *ret_admitted)
{
  int fd = open_listed (worker, dir, parent_fd);

  *ret_admitted = learn_and_admit (worker->walk, dir, fd, parent_fd);
  if (!*ret_admitted)
    e13_close_fd (&fd);
  if (fd >= 0)
    e13_walk_queue_opened (&worker->walk->queue, dir, fd);
  return fd;
}

/* The descriptor by which @dir is opened: its parent's. */
static int
use_parent (E13WalkQueue *queue, const E13WalkDir *dir)
{
  return dir->parent != NULL ? e13_walk_queue_use (queue, dir->parent) : queue->root_fd;
}

void
e13_walk_list (E13WalkWorker *worker, E13WalkDir *dir)
{
  E13WalkQueue *queue = &worker->walk->queue;
  int parent_fd = use_parent (queue, dir);
  gboolean admitted = TRUE;
  int fd = -1;

  if (parent_fd >= 0)
    fd = open_and_admit (worker, dir, parent_fd, &admitted);
  else
    {
      dir->dir.error = errno;
      admitted = !has_become_another (errno);
      if (!admitted)
        skip (worker->walk, dir, NULL, NULL, E13_SKIP_VANISHED);
    }
  if (parent_fd >= 0 && dir->parent != NULL)
    e13_walk_queue_release (queue, dir->parent);
  if (!admitted)
    return;

  dir->dir.path = e13_walk_dir_path (dir, NULL);
  if (dir->dir.error == 0)
    visit_all (worker, dir, fd);
  else
    visit (worker, dir, fd, TRUE);
  if (fd >= 0)
    e13_walk_queue_release (queue, dir);
}
