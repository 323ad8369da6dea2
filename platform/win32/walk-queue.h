/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What is still to be walked: a stack of blocks of names, last in, first out, so that memory grows with the names
 * beside the way from the root down, not with the tree. A block holds either subdirectories, which are taken one by
 * one, or other entries, which are taken whole: one huge directory is thereby shared among the threads. A directory's
 * handle is open until all below it is done; Windows lets a process have millions of them. */

#pragma once

#include "platform/platform.h"
#include "platform/win32/list.h"

/* A directory, from the moment its name is taken until everything below it is done. */
typedef struct E13WalkDir
{
  E13Dir dir; /* what visitors see; dir.parent is an E13WalkDir as well */
  struct E13WalkDir *parent;
  gpointer inherited; /* what the visitor left in dir.user at the first visit */
  guint n_references; /* under the queue's lock: its listing, its blocks and its subdirectories */
  HANDLE handle;      /* NULL until it is opened */
  const char *name;   /* within dir.path */
} E13WalkDir;

typedef struct
{
  E13WalkDir *dir;
  GByteArray *names; /* as e13_win32_list_block() gives them */
  gboolean are_directories;
  const E13ListedName *taken; /* of subdirectories, the last that was */
} E13WalkBlock;

typedef struct
{
  GMutex lock;
  GCond changed;
  GPtrArray *stack; /* of E13WalkBlock * */
  guint n_threads;
  guint n_working;
  guint n_shared; /* blocks of other entries in the stack */
} E13WalkQueue;

/* What a thread has got to do: list @dir, or visit the entries in @block. */
typedef struct
{
  E13WalkDir *dir;
  E13WalkBlock *block; /* NULL: list */
} E13WalkTask;

void e13_walk_queue_init (E13WalkQueue *queue, guint n_threads);
void e13_walk_queue_clear (E13WalkQueue *queue);

/* The root, as a task that has been taken. */
E13WalkTask e13_walk_queue_root (E13WalkQueue *queue);

/* Waits for something to do; FALSE where there is nothing left. Each task is ended by e13_walk_queue_done(). */
gboolean e13_walk_queue_take (E13WalkQueue *queue, E13WalkTask *ret_task);
void e13_walk_queue_done (E13WalkQueue *queue, E13WalkTask *task);
/* Forgets all that waits. */
void e13_walk_queue_drop (E13WalkQueue *queue);

/* Takes @names over. */
void e13_walk_queue_add_directories (E13WalkQueue *queue, E13WalkDir *dir, GByteArray *names);
/* Shares @names of entries with the other threads, and takes them over, unless enough waits for them: then FALSE. */
gboolean e13_walk_queue_share (E13WalkQueue *queue, E13WalkDir *dir, GByteArray *names);
