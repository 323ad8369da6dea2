/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "platform/posix/walk.h"

#include "platform/posix/guise.h"
#include "platform/posix/proc.h"
#include "platform/posix/walk-list.h"

static void
do_task (E13WalkWorker *worker, E13WalkTask *task)
{
  if (e13_walk_is_cancelled (worker->walk))
    e13_walk_queue_drop (&worker->walk->queue);
  else if (task->block == NULL || task->block->names_directories)
    e13_walk_list (worker, task->dir);
  else
    e13_walk_visit_block (worker, task->block);
  e13_walk_queue_done (&worker->walk->queue, task);
}

/* @first: what this thread begins with; NULL: what it finds. */
static void
work (E13Walk *walk, E13WalkDir *first)
{
  E13WalkWorker worker = {
    .walk = walk,
    .entries = g_array_new (FALSE, FALSE, sizeof (E13Entry)),
    .directories = g_byte_array_new (),
  };
  E13WalkTask task = { first, NULL };

  e13_posix_guise_keep (TRUE);
  if (first != NULL)
    do_task (&worker, &task);
  while (e13_walk_queue_take (&walk->queue, &task))
    do_task (&worker, &task);
  e13_posix_guise_keep (FALSE);

  g_array_unref (worker.entries);
  g_byte_array_unref (worker.directories);
}

static gpointer
run_thread (gpointer walk)
{
  work (walk, NULL);
  return NULL;
}

gboolean
e13_posix_walk (const E13Tree *tree, const E13WalkOptions *options, const E13Visitor *visitor, gpointer data,
                GError **error)
{
  E13Walk walk = { .visitor = visitor, .data = data, .options = options };
  g_autoptr (GPtrArray) threads = g_ptr_array_new ();
  E13WalkDir *root;

  if (e13_posix_proc_fd (error) < 0)
    return FALSE;
  e13_walk_queue_init (&walk.queue, tree->root->fd,
                       options->n_threads != 0 ? options->n_threads : g_get_num_processors ());
  root = e13_walk_queue_root (&walk.queue);

  /* This thread is one of them; where the system grants no more, fewer do the same. */
  for (guint i = 1; i < walk.queue.n_threads; i++)
    {
      GThread *thread = g_thread_try_new ("walk", run_thread, &walk, NULL);

      if (thread != NULL)
        g_ptr_array_add (threads, thread);
    }
  work (&walk, root);
  for (guint i = 0; i < threads->len; i++)
    g_thread_join (g_ptr_array_index (threads, i));

  e13_walk_queue_clear (&walk.queue);
  return TRUE;
}
