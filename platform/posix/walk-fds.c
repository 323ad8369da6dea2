/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "platform/posix/walk-fds.h"

#include <fcntl.h>
#include <sys/resource.h>

#include "base/fd.h"
#include "platform/posix/facts.h"
#include "platform/posix/open.h"

/* More are never needed at once but by trees that are deep and wide. */
#define MOST_OPEN 512
#define LEAST_OPEN 4
#define WAIT_FOR_ROOM (10 * G_TIME_SPAN_MILLISECOND)

guint
e13_walk_fd_budget (void)
{
  struct rlimit limit;

  /* The other half is for what the visitors pin and for the rest of the program. */
  if (getrlimit (RLIMIT_NOFILE, &limit) < 0)
    return LEAST_OPEN;
  return (guint)CLAMP (limit.rlim_cur / 2, LEAST_OPEN, MOST_OPEN);
}

static void
set_idle (E13WalkQueue *queue, E13WalkDir *dir, gboolean idle)
{
  gboolean was_idle = dir->idle.prev != NULL || dir->idle.next != NULL || queue->idle.head == &dir->idle;

  if (idle && !was_idle)
    g_queue_push_tail_link (&queue->idle, &dir->idle);
  if (!idle && was_idle)
    g_queue_unlink (&queue->idle, &dir->idle);
}

void
e13_walk_fd_close (E13WalkQueue *queue, E13WalkDir *dir)
{
  if (dir->fd < 0)
    return;
  set_idle (queue, dir, FALSE);
  e13_close_fd (&dir->fd);
  queue->n_open--;
}

static gboolean
evict_one (E13WalkQueue *queue)
{
  if (queue->idle.head == NULL)
    return FALSE;
  e13_walk_fd_close (queue, queue->idle.head->data);
  return TRUE;
}

static void
adopt (E13WalkQueue *queue, E13WalkDir *dir, int fd)
{
  dir->fd = fd;
  queue->n_open++;
  while (queue->n_open > queue->max_open && evict_one (queue))
    ;
}

static gboolean
is_the_one (const E13WalkDir *dir, int fd)
{
  E13Facts now;

  return e13_posix_stat (fd, "", AT_EMPTY_PATH, &now) == 0 && e13_object_key_same_inode (&now.key, &dir->dir.facts.key);
}

/* On the way back up from the depth, the parent is one step away, and the way down from the root may be long. */
static void
reopen_parent (E13WalkQueue *queue, const E13WalkDir *dir)
{
  E13WalkDir *parent = dir->parent;
  int fd;

  if (parent == NULL || parent->fd >= 0 || parent->n_blocks == 0 || queue->n_open > queue->max_open)
    return;
  fd = openat (dir->fd, "..", O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (fd >= 0 && is_the_one (parent, fd))
    {
      adopt (queue, parent, fd);
      set_idle (queue, parent, TRUE);
    }
  else
    e13_close_fd (&fd);
}

void
e13_walk_fd_rest (E13WalkQueue *queue, E13WalkDir *dir)
{
  if (dir->fd < 0 || dir->n_users > 0)
    return;
  if (dir->n_blocks > 0)
    {
      set_idle (queue, dir, TRUE);
      return;
    }
  reopen_parent (queue, dir);
  e13_walk_fd_close (queue, dir);
}

/* From the nearest directory above that is open, down by name, as the walk came. */
static int
open_again (const E13WalkQueue *queue, const E13WalkDir *dir)
{
  const E13WalkDir *above = dir->parent;
  g_autofree char *path = e13_walk_dir_path (dir, NULL);
  gsize skipped = 0;

  while (above != NULL && above->fd < 0)
    above = above->parent;
  for (const E13WalkDir *at = above; at != NULL && at->parent != NULL; at = at->parent)
    skipped += strlen (at->name) + 1;
  return e13_posix_open_beneath (above != NULL ? above->fd : queue->root_fd, path + skipped, O_DIRECTORY);
}

gboolean
e13_walk_fd_is_shortage (int error)
{
  return error == EMFILE || error == ENFILE;
}

static int
open_the_same (E13WalkQueue *queue, E13WalkDir *dir)
{
  e13_autofd int fd = open_again (queue, dir);

  while (fd < 0 && e13_walk_fd_is_shortage (errno) && evict_one (queue))
    fd = open_again (queue, dir);
  if (fd < 0)
    return -1;
  if (!is_the_one (dir, fd))
    return errno = ENOENT, -1;
  return g_steal_fd (&fd);
}

int
e13_walk_queue_use (E13WalkQueue *queue, E13WalkDir *dir)
{
  int fd;

  g_mutex_lock (&queue->lock);
  if (dir->fd < 0)
    {
      int again = open_the_same (queue, dir);

      if (again >= 0)
        adopt (queue, dir, again);
    }
  fd = dir->fd;
  if (fd >= 0)
    {
      set_idle (queue, dir, FALSE);
      dir->n_users++;
    }
  g_mutex_unlock (&queue->lock);
  return fd;
}

void
e13_walk_queue_release (E13WalkQueue *queue, E13WalkDir *dir)
{
  g_mutex_lock (&queue->lock);
  dir->n_users--;
  e13_walk_fd_rest (queue, dir);
  g_mutex_unlock (&queue->lock);
}

void
e13_walk_queue_opened (E13WalkQueue *queue, E13WalkDir *dir, int fd)
{
  g_mutex_lock (&queue->lock);
  dir->n_users++;
  adopt (queue, dir, fd);
  g_mutex_unlock (&queue->lock);
}

gboolean
e13_walk_queue_make_room (E13WalkQueue *queue)
{
  gboolean hope;

  g_mutex_lock (&queue->lock);
  hope = evict_one (queue);
  if (!hope && queue->n_working > 1)
    {
      queue->n_waiting++;
      g_cond_wait_until (&queue->changed, &queue->lock, g_get_monotonic_time () + WAIT_FOR_ROOM);
      queue->n_waiting--;
      hope = TRUE;
    }
  g_mutex_unlock (&queue->lock);
  return hope;
}
