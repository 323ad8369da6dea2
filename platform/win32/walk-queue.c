/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "platform/win32/walk-queue.h"

#include <string.h>

void
e13_walk_queue_init (E13WalkQueue *queue, guint n_threads)
{
  *queue = (E13WalkQueue){ .stack = g_ptr_array_new (), .n_threads = MAX (n_threads, 1) };
  g_mutex_init (&queue->lock);
  g_cond_init (&queue->changed);
}

void
e13_walk_queue_clear (E13WalkQueue *queue)
{
  g_ptr_array_unref (queue->stack);
  g_mutex_clear (&queue->lock);
  g_cond_clear (&queue->changed);
}

static E13WalkDir *
dir_new (E13WalkDir *parent, const char *name)
{
  E13WalkDir *dir = g_new0 (E13WalkDir, 1);
  gboolean at_top = parent == NULL || *parent->dir.path == '\0';
  char *path = at_top ? g_strdup (name) : g_strconcat (parent->dir.path, "/", name, NULL);

  dir->dir.path = path;
  dir->name = path + strlen (path) - strlen (name);
  dir->dir.facts.type = E13_TYPE_DIRECTORY;
  dir->n_references = 1;
  dir->parent = parent;
  if (parent != NULL)
    {
      dir->dir.parent = &parent->dir;
      dir->dir.user = parent->inherited;
      parent->n_references++;
    }
  return dir;
}

E13WalkTask
e13_walk_queue_root (E13WalkQueue *queue)
{
  queue->n_working++;
  return (E13WalkTask){ dir_new (NULL, ""), NULL };
}

static void
unref_dir (E13WalkDir *dir)
{
  while (dir != NULL && --dir->n_references == 0)
    {
      E13WalkDir *parent = dir->parent;

      e13_close_handle (&dir->handle);
      e13_facts_clear (&dir->dir.facts);
      g_free ((char *)dir->dir.path);
      g_free (dir);
      dir = parent;
    }
}

/* @block is no longer in the stack. */
static void
forget_block (E13WalkBlock *block)
{
  unref_dir (block->dir);
  g_byte_array_unref (block->names);
  g_free (block);
}

static void
push (E13WalkQueue *queue, E13WalkDir *dir, GByteArray *names, gboolean are_directories)
{
  E13WalkBlock *block = g_new0 (E13WalkBlock, 1);

  block->dir = dir;
  block->names = names;
  block->are_directories = are_directories;
  dir->n_references++;
  g_ptr_array_add (queue->stack, block);
  g_cond_broadcast (&queue->changed);
}

static E13WalkTask
take_top (E13WalkQueue *queue)
{
  E13WalkBlock *block = queue->stack->pdata[queue->stack->len - 1];
  E13WalkTask task = { block->dir, block };

  if (block->are_directories)
    {
      block->taken = e13_win32_next_name (block->names, block->taken);
      task = (E13WalkTask){ dir_new (block->dir, block->taken->text), NULL };
      if (e13_win32_next_name (block->names, block->taken) != NULL)
        return task;
      forget_block (block);
    }
  else
    queue->n_shared--;
  g_ptr_array_set_size (queue->stack, (gint)queue->stack->len - 1);
  return task;
}

gboolean
e13_walk_queue_take (E13WalkQueue *queue, E13WalkTask *ret_task)
{
  gboolean found;

  g_mutex_lock (&queue->lock);
  while (queue->stack->len == 0 && queue->n_working > 0)
    g_cond_wait (&queue->changed, &queue->lock);
  found = queue->stack->len > 0;
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
  if (task->block != NULL)
    forget_block (task->block);
  else
    unref_dir (task->dir);
  queue->n_working--;
  g_cond_broadcast (&queue->changed);
  g_mutex_unlock (&queue->lock);
}

void
e13_walk_queue_drop (E13WalkQueue *queue)
{
  g_mutex_lock (&queue->lock);
  for (guint i = queue->stack->len; i > 0; i--)
    forget_block (queue->stack->pdata[i - 1]);
  g_ptr_array_set_size (queue->stack, 0);
  queue->n_shared = 0;
  g_mutex_unlock (&queue->lock);
}

void
e13_walk_queue_add_directories (E13WalkQueue *queue, E13WalkDir *dir, GByteArray *names)
{
  g_mutex_lock (&queue->lock);
  push (queue, dir, names, TRUE);
  g_mutex_unlock (&queue->lock);
}

gboolean
e13_walk_queue_share (E13WalkQueue *queue, E13WalkDir *dir, GByteArray *names)
{
  gboolean wanted;

  g_mutex_lock (&queue->lock);
  wanted = queue->n_threads > 1 && queue->n_shared < queue->n_threads;
  if (wanted)
    {
      queue->n_shared++;
      push (queue, dir, names, FALSE);
    }
  g_mutex_unlock (&queue->lock);
  return wanted;
}
