/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "repair/parallel.h"

/* A thread costs more than a few items do. */
#define ITEMS_WORTH_A_THREAD 64

typedef struct
{
  void (*work) (guint index, gpointer data);
  gpointer data;
  guint n_items;
  gint next; /* wraps only past G_MAXUINT items, more than a GPtrArray holds */
} Work;

static gpointer
run (gpointer data)
{
  Work *work = data;

  for (;;)
    {
      guint index = (guint)g_atomic_int_add (&work->next, 1);

      if (index >= work->n_items)
        return NULL;
      work->work (index, work->data);
    }
}

void
e13_parallel_each (guint n_items, guint n_threads, void (*work) (guint index, gpointer data), gpointer data)
{
  Work shared = { work, data, n_items, 0 };
  g_autoptr (GPtrArray) helpers = g_ptr_array_new ();
  guint wanted = n_threads > 0 ? n_threads : g_get_num_processors ();

  wanted = MIN (wanted, n_items / ITEMS_WORTH_A_THREAD + 1);
  while (helpers->len + 1 < wanted)
    {
      GThread *helper = g_thread_try_new ("repair", run, &shared, NULL);

      if (helper == NULL)
        break;
      g_ptr_array_add (helpers, helper);
    }
  run (&shared);
  for (guint i = 0; i < helpers->len; i++)
    g_thread_join (helpers->pdata[i]);
}
