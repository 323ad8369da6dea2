/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Where journals lie, and the lock beside them. The lock is not in the tree that is repaired: its owner could hold it
 * for ever. */

#include "config.h"

#include <errno.h>

#include "base/error.h"
#include "base/quote.h"
#include "platform/store.h"
#include "repair/journal.h"

#define LOCK_NAME "lock"

char *
e13_journal_directory (void)
{
  return e13_store_directory ();
}

struct E13Lock
{
  E13StoreLock *held;
};

static gboolean
throw_busy (guint holder, GError **error)
{
  if (holder > 0)
    return e13_throw (error, E13_ERROR_BUSY, "another errno13 is repairing (process %u)", holder);
  return e13_throw (error, E13_ERROR_BUSY, "another errno13 is repairing");
}

E13Lock *
e13_journal_lock (const char *directory, GError **error)
{
  g_autoptr (E13Store) store = e13_store_open_own (directory, TRUE, error);
  g_autofree char *path = g_build_filename (directory, LOCK_NAME, NULL);
  g_autofree char *shown = e13_quote_display (path);
  guint holder = 0;
  E13StoreLock *held = store != NULL ? e13_store_lock (store, LOCK_NAME, &holder) : NULL;
  E13Lock *lock;

  if (store == NULL)
    return NULL;
  if (held == NULL)
    {
      if (errno == EWOULDBLOCK)
        throw_busy (holder, error);
      else
        e13_throw_errno (error, "cannot take the lock '%s'", shown);
      return NULL;
    }
  lock = g_new (E13Lock, 1);
  lock->held = held;
  return lock;
}

void
e13_journal_unlock (E13Lock *lock)
{
  if (lock == NULL)
    return;
  e13_store_unlock (lock->held);
  g_free (lock);
}
