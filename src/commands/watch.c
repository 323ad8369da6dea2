/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "commands/watch.h"

#include <stdio.h>

#include "platform/console.h"

/* A signal handler has nothing else to reach it by. */
static gint interrupted;

static void
on_interrupt (void)
{
  g_atomic_int_set (&interrupted, 1);
}

const gint *
e13_watch_interrupts (void)
{
  e13_console_on_interrupt (on_interrupt);
  return &interrupted;
}

struct E13Progress
{
  const char *what;
  const gint *n;
  GThread *thread;
  GMutex lock;
  GCond stop_asked;
  gboolean stopping;
};

static gpointer
show (gpointer data)
{
  E13Progress *progress = data;
  gboolean shown = FALSE;

  g_mutex_lock (&progress->lock);
  while (!progress->stopping)
    {
      gint64 next = g_get_monotonic_time () + G_TIME_SPAN_SECOND / 2;

      while (!progress->stopping && g_cond_wait_until (&progress->stop_asked, &progress->lock, next))
        continue;
      if (!progress->stopping)
        {
          fprintf (stderr, "\r\033[K%d %s", g_atomic_int_get (progress->n), progress->what);
          shown = TRUE;
        }
    }
  g_mutex_unlock (&progress->lock);
  if (shown)
    fputs ("\r\033[K", stderr);
  return NULL;
}

E13Progress *
e13_progress_start (const char *what, const gint *n)
{
  E13Progress *progress;

  if (!e13_console_takes_escapes (E13_CONSOLE_ERR))
    return NULL;
  progress = g_new0 (E13Progress, 1);
  progress->what = what;
  progress->n = n;
  g_mutex_init (&progress->lock);
  g_cond_init (&progress->stop_asked);
  progress->thread = g_thread_new ("progress", show, progress);
  return progress;
}

void
e13_progress_stop (E13Progress *progress)
{
  if (progress == NULL)
    return;
  g_mutex_lock (&progress->lock);
  progress->stopping = TRUE;
  g_cond_signal (&progress->stop_asked);
  g_mutex_unlock (&progress->lock);
  g_thread_join (progress->thread);
  g_mutex_clear (&progress->lock);
  g_cond_clear (&progress->stop_asked);
  g_free (progress);
}
