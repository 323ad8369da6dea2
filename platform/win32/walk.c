/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "platform/win32/walk.h"

#include <errno.h>
#include <string.h>

#include "platform/win32/facts.h"
#include "platform/win32/pin.h"
#include "platform/win32/walk-queue.h"

typedef struct
{
  E13WalkQueue queue;
  const E13Tree *tree;
  const E13Visitor *visitor;
  gpointer data;
  const E13WalkOptions *options;
} Walk;

static gboolean
is_cancelled (const Walk *walk)
{
  return walk->options->cancelled != NULL && g_atomic_int_get (walk->options->cancelled) != 0;
}

/* ---- Visiting ---------------------------------------------------------------------------------------------------- */

static void
clear_entry (gpointer entry)
{
  e13_facts_clear (&((E13Entry *)entry)->facts);
}

static void
visit (Walk *walk, E13WalkDir *dir, GArray *entries, gboolean first)
{
  E13Win32Batch batch = {
    .batch
    = { .dir = &dir->dir, .first = first, .entries = (E13Entry *)(void *)entries->data, .n_entries = entries->len },
    .directory = dir->handle,
  };

  if (walk->options->n_seen != NULL)
    g_atomic_int_add (walk->options->n_seen, (gint)entries->len + (first ? 1 : 0));
  walk->visitor->visit (&batch.batch, walk->data);
  if (first)
    dir->inherited = dir->dir.user;
}

static void
skip_vanished (const Walk *walk, const E13WalkDir *dir)
{
  if (walk->visitor->skipped != NULL)
    walk->visitor->skipped (dir->dir.path, NULL, E13_SKIP_VANISHED, walk->data);
}

/* Each is opened for its facts alone: the system tells no descriptors in a listing. */
static int
read_entry (HANDLE directory, const char *name, E13Facts *ret_facts)
{
  const E13NtHow how = { .share = E13_NT_SHARE_ALL, .disposition = FILE_OPEN };
  e13_autohandle HANDLE handle = NULL;
  NTSTATUS status = e13_nt_open_name_with (directory, name, &how, e13_win32_pin_accesses, &handle);

  *ret_facts = (E13Facts){ .type = E13_TYPE_UNKNOWN };
  if (NT_SUCCESS (status))
    status = e13_win32_facts (handle, ret_facts, NULL);
  return e13_nt_errno (status);
}

static void
gather_directory (GByteArray *directories, const E13ListedName *name)
{
  g_byte_array_append (directories, (const guint8 *)name, (guint)strlen (name->text) + 2);
}

static void
visit_names (Walk *walk, E13WalkDir *dir, const GByteArray *names, gboolean first)
{
  g_autoptr (GArray) entries = g_array_new (FALSE, FALSE, sizeof (E13Entry));
  g_autoptr (GByteArray) directories = g_byte_array_new ();

  g_array_set_clear_func (entries, clear_entry);
  for (const E13ListedName *name = NULL; (name = e13_win32_next_name (names, name)) != NULL;)
    {
      E13Entry entry = { .name = name->text };

      if (walk->visitor->wants != NULL && !walk->visitor->wants (&dir->dir, name->text, walk->data))
        continue;
      if (!name->is_directory)
        entry.error = read_entry (dir->handle, name->text, &entry.facts);
      if (name->is_directory || entry.facts.type == E13_TYPE_DIRECTORY)
        {
          clear_entry (&entry);
          gather_directory (directories, name);
        }
      else
        g_array_append_val (entries, entry);
    }
  if (first || entries->len > 0)
    visit (walk, dir, entries, first);
  if (directories->len > 0)
    e13_walk_queue_add_directories (&walk->queue, dir, g_steal_pointer (&directories));
}

/* ---- Listing ----------------------------------------------------------------------------------------------------- */

/* The next names, or NULL: at the end, when cancelled, or where listing broke off, which sets dir.error. */
static GByteArray *
read_block (Walk *walk, E13WalkDir *dir)
{
  NTSTATUS status = STATUS_SUCCESS;
  GByteArray *block = is_cancelled (walk) ? NULL : e13_win32_list_block (dir->handle, &status);

  if (!NT_SUCCESS (status))
    dir->dir.error = e13_nt_errno (status);
  return block;
}

/* All blocks at once, so that the visitor knows every name before the first batch. */
static GQueue *
read_and_note (Walk *walk, E13WalkDir *dir)
{
  GQueue *blocks = g_queue_new ();
  GByteArray *block;

  while ((block = read_block (walk, dir)) != NULL)
    {
      for (const E13ListedName *name = NULL; (name = e13_win32_next_name (block, name)) != NULL;)
        walk->visitor->note_name (&dir->dir, name->text, walk->data);
      g_queue_push_tail (blocks, block);
    }
  return blocks;
}

static void
visit_all (Walk *walk, E13WalkDir *dir)
{
  GQueue *noted = walk->visitor->note_name != NULL ? read_and_note (walk, dir) : NULL;
  g_autoptr (GArray) nothing = g_array_new (FALSE, FALSE, sizeof (E13Entry));
  gboolean first = TRUE;
  int known_error = 0;
  GByteArray *block;

  while ((block = noted != NULL ? g_queue_pop_head (noted) : read_block (walk, dir)) != NULL)
    {
      if (first || !e13_walk_queue_share (&walk->queue, dir, block))
        {
          if (!is_cancelled (walk))
            visit_names (walk, dir, block, first);
          g_byte_array_unref (block);
        }
      known_error = dir->dir.error;
      first = FALSE;
    }
  if (noted != NULL)
    g_queue_free (noted);
  if ((first || dir->dir.error != known_error) && !is_cancelled (walk))
    visit (walk, dir, nothing, first);
}

static gboolean
has_become_another (NTSTATUS status)
{
  int error = e13_nt_errno (status);

  return error == ENOENT || error == ENOTDIR;
}

/* Opens @dir by its name in its parent and reads its facts; dir.error where it cannot be listed. FALSE where it is no
 * longer there. */
static gboolean
open_and_admit (Walk *walk, E13WalkDir *dir)
{
  static const ACCESS_MASK accesses[]
      = { FILE_LIST_DIRECTORY | READ_CONTROL | FILE_READ_ATTRIBUTES, FILE_LIST_DIRECTORY | FILE_READ_ATTRIBUTES,
          READ_CONTROL | FILE_READ_ATTRIBUTES, FILE_READ_ATTRIBUTES, 0 };
  const E13NtHow how = {
    .share = E13_NT_SHARE_ALL,
    .disposition = FILE_OPEN,
    .options = FILE_DIRECTORY_FILE,
  };
  HANDLE parent = dir->parent != NULL ? dir->parent->handle : e13_win32_handle_of_pin (walk->tree->root);
  E13NtInfo info = { .tag = 0 };
  NTSTATUS status = e13_nt_open_name_with (parent, dir->name, &how, accesses, &dir->handle);

  if (NT_SUCCESS (status))
    status = e13_win32_facts (dir->handle, &dir->dir.facts, &info);
  if (has_become_another (status) || (NT_SUCCESS (status) && dir->dir.facts.type != E13_TYPE_DIRECTORY))
    return FALSE;
  dir->dir.facts.type = E13_TYPE_DIRECTORY;
  dir->dir.error = e13_nt_errno (status);
  /* Listing a directory of the cloud would fetch it. */
  if (info.tag != 0)
    dir->dir.error = ENOTSUP;
  return TRUE;
}

static void
list (Walk *walk, E13WalkDir *dir)
{
  g_autoptr (GArray) nothing = g_array_new (FALSE, FALSE, sizeof (E13Entry));

  if (!open_and_admit (walk, dir))
    skip_vanished (walk, dir);
  else if (dir->dir.error == 0)
    visit_all (walk, dir);
  else
    visit (walk, dir, nothing, TRUE);
}

/* ---- Threads ----------------------------------------------------------------------------------------------------- */

static void
do_task (Walk *walk, E13WalkTask *task)
{
  if (is_cancelled (walk))
    e13_walk_queue_drop (&walk->queue);
  else if (task->block == NULL)
    list (walk, task->dir);
  else
    visit_names (walk, task->dir, task->block->names, FALSE);
  e13_walk_queue_done (&walk->queue, task);
}

static gpointer
work (gpointer data)
{
  Walk *walk = data;
  E13WalkTask task;

  while (e13_walk_queue_take (&walk->queue, &task))
    do_task (walk, &task);
  return NULL;
}

gboolean
e13_win32_walk (const E13Tree *tree, const E13WalkOptions *options, const E13Visitor *visitor, gpointer data,
                GError **error)
{
  Walk walk = { .tree = tree, .visitor = visitor, .data = data, .options = options };
  g_autoptr (GPtrArray) threads = g_ptr_array_new ();
  E13WalkTask root;

  (void)error;
  e13_walk_queue_init (&walk.queue, options->n_threads != 0 ? options->n_threads : g_get_num_processors ());
  root = e13_walk_queue_root (&walk.queue);
  /* This thread is one of them; where the system grants no more, fewer do the same. */
  for (guint i = 1; i < walk.queue.n_threads; i++)
    {
      GThread *thread = g_thread_try_new ("walk", work, &walk, NULL);

      if (thread != NULL)
        g_ptr_array_add (threads, thread);
    }
  do_task (&walk, &root);
  work (&walk);
  for (guint i = 0; i < threads->len; i++)
    g_thread_join (threads->pdata[i]);
  e13_walk_queue_clear (&walk.queue);
  return TRUE;
}
