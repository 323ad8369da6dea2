/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "platform/posix/walk-queue.h"

#include <string.h>

#include "platform/posix/walk-fds.h"

/* A thread needs at most this many at a time: its directory, the parent, a pin, and one for opening again. */
#define FDS_A_THREAD 4

void
e13_walk_queue_init (E13WalkQueue *queue, int root_fd, guint n_threads)
{
  *queue = (E13WalkQueue){ .root_fd = root_fd, .max_open = e13_walk_fd_budget () };
  queue->n_threads = CLAMP (n_threads, 1, MAX (1, queue->max_open / FDS_A_THREAD));
  g_mutex_init (&queue->lock);
  g_cond_init (&queue->changed);
  g_queue_init (&queue->idle);
}

void
e13_walk_queue_clear (E13WalkQueue *queue)
{
  while (queue->spare != NULL)
    {
      E13WalkBlock *block = queue->spare;

      queue->spare = block->below;
      g_free (block);
    }
  g_mutex_clear (&queue->lock);
  g_cond_clear (&queue->changed);
}

char *
e13_walk_dir_path (const E13WalkDir *dir, const char *name)
{
  gsize length = name != NULL ? strlen (name) + 1 : 0;
  char *path, *end;

  for (const E13WalkDir *at = dir; at->parent != NULL; at = at->parent)
    length += strlen (at->name) + 1;
  path = g_malloc (MAX (length, 1));
  end = path + MAX (length, 1) - 1;
  *end = '\0';
  for (const E13WalkDir *at = dir; length > 0; name = NULL)
    {
      const char *part = name != NULL ? name : at->name;
      gsize n = strlen (part);

      if (name == NULL)
        at = at->parent;
      end -= n;
      memcpy (end, part, n);
      if (end == path)
        break;
      *--end = '/';
    }
  return path;
}

static E13WalkDir *
dir_new (E13WalkDir *parent, const char *name)
{
  gsize size = strlen (name) + 1;
  E13WalkDir *dir = g_malloc0 (sizeof *dir + size);

  memcpy (dir->name, name, size);
  dir->fd = -1;
  dir->idle.data = dir;
  dir->n_references = 1;
  dir->n_visits = 1;
  dir->dir.facts.type = E13_TYPE_DIRECTORY;
  dir->parent = parent;
  if (parent != NULL)
    {
      dir->dir.parent = &parent->dir;
      dir->dir.user = parent->inherited;
      dir->below_mount = parent->below_mount;
      parent->n_references++;
    }
  return dir;
}

E13WalkDir *
e13_walk_queue_root (E13WalkQueue *queue)
{
  queue->n_working++;
  return dir_new (NULL, "");
}

static void
unref_dir (E13WalkQueue *queue, E13WalkDir *dir)
{
  while (dir != NULL && --dir->n_references == 0)
    {
      E13WalkDir *parent = dir->parent;

      e13_walk_fd_close (queue, dir);
      e13_facts_clear (&dir->dir.facts);
      g_free (dir);
      dir = parent;
    }
}

static void
end_visit (E13WalkDir *dir)
{
  if (--dir->n_visits == 0)
    g_clear_pointer ((char **)&dir->dir.path, g_free);
}

static void
recycle (E13WalkQueue *queue, E13WalkBlock *block)
{
  block->below = queue->spare;
  queue->spare = block;
}

/* @block is no longer in the stack. */
static void
forget_block (E13WalkQueue *queue, E13WalkBlock *block)
{
  E13WalkDir *dir = block->dir;

  dir->n_blocks--;
  e13_walk_fd_rest (queue, dir);
  if (block->names_directories)
    g_free (block);
  else
    {
      end_visit (dir);
      recycle (queue, block);
    }
  unref_dir (queue, dir);
}

static void
push (E13WalkQueue *queue, E13WalkBlock *block)
{
  block->below = queue->top;
  queue->top = block;
  block->dir->n_blocks++;
  block->dir->n_references++;
  if (queue->n_waiting > 0)
    g_cond_broadcast (&queue->changed);
}

static E13WalkTask
take_top (E13WalkQueue *queue)
{
  E13WalkBlock *block = queue->top;
  E13WalkTask task = { NULL, NULL };

  if (!block->names_directories)
    {
      queue->top = block->below;
      queue->n_shared--;
      task.dir = block->dir;
      task.block = block;
      return task;
    }
  task.dir = dir_new (block->dir, block->bytes + block->taken);
  block->taken += strlen (task.dir->name) + 1;
  if (block->taken == block->length)
    {
      /* The directory is needed once more, to open this last one: keep its descriptor until then. */
      queue->top = block->below;
      task.block = block;
    }
  return task;
}

gboolean
e13_walk_queue_take (E13WalkQueue *queue, E13WalkTask *ret_task)
{
  gboolean found;

  g_mutex_lock (&queue->lock);
  while (queue->top == NULL && queue->n_working > 0)
    {
      queue->n_waiting++;
      g_cond_wait (&queue->changed, &queue->lock);
      queue->n_waiting--;
    }
  found = queue->top != NULL;
  if (found)
    {
      *ret_task = take_top (queue);
      queue->n_working++;
    }
  g_mutex_unlock (&queue->lock);
  return found;
}

void
e13_walk_queue_done (E13WalkQueue *queue, E13WalkTask *task)
{
  g_mutex_lock (&queue->lock);
  if (task->block == NULL || task->block->names_directories)
    {
      end_visit (task->dir);
      unref_dir (queue, task->dir);
    }
  if (task->block != NULL)
    forget_block (queue, task->block);
  queue->n_working--;
  if (queue->n_waiting > 0)
    g_cond_broadcast (&queue->changed);
  g_mutex_unlock (&queue->lock);
}

void
e13_walk_queue_drop (E13WalkQueue *queue)
{
  g_mutex_lock (&queue->lock);
  while (queue->top != NULL)
    {
      E13WalkBlock *block = queue->top;

      queue->top = block->below;
      if (!block->names_directories)
        queue->n_shared--;
      forget_block (queue, block);
    }
  g_mutex_unlock (&queue->lock);
}

E13WalkBlock *
e13_walk_queue_new_block (E13WalkQueue *queue, E13WalkDir *dir)
{
  E13WalkBlock *block;

  g_mutex_lock (&queue->lock);
  block = queue->spare;
  if (block != NULL)
    queue->spare = block->below;
  g_mutex_unlock (&queue->lock);

  if (block == NULL)
    block = g_malloc (sizeof *block + E13_WALK_BUFFER);
  *block = (E13WalkBlock){ .dir = dir };
  return block;
}

void
e13_walk_queue_free_block (E13WalkQueue *queue, E13WalkBlock *block)
{
  g_mutex_lock (&queue->lock);
  recycle (queue, block);
  g_mutex_unlock (&queue->lock);
}

gboolean
e13_walk_queue_share (E13WalkQueue *queue, E13WalkBlock *block)
{
  gboolean wanted;

  g_mutex_lock (&queue->lock);
  wanted = queue->n_threads > 1 && queue->n_shared < queue->n_threads;
  if (wanted)
    {
      queue->n_shared++;
      block->dir->n_visits++;
      push (queue, block);
    }
  g_mutex_unlock (&queue->lock);
  return wanted;
}

void
e13_walk_queue_add_directories (E13WalkQueue *queue, E13WalkDir *dir, const char *names, gsize length)
{
  E13WalkBlock *block = g_malloc (sizeof *block + length);

  *block = (E13WalkBlock){ .dir = dir, .names_directories = TRUE, .length = length };
  memcpy (block->bytes, names, length);
  g_mutex_lock (&queue->lock);
  push (queue, block);
  g_mutex_unlock (&queue->lock);
}
