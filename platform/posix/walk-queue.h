/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What is still to be walked: the directories on the way, with their descriptors, and a stack of names that wait.
 *
 * Names wait in blocks, last in, first out, so that memory grows with the names beside the way from the root
 * down, not with the tree. A block holds either names of subdirectories, which are taken one by one, or a buffer of
 * getdents64(2), which is taken whole: one huge directory is thereby shared among the threads. Descriptors are kept
 * while names of their directory wait, as far as the budget goes; beyond it the one that rested longest is closed,
 * and opened again when it is needed. */

#pragma once

#include "platform/platform.h"

#define E13_WALK_BUFFER 65536

/* A directory, from the moment its name is taken until everything below it is done. */
typedef struct E13WalkDir
{
  E13Dir dir; /* what visitors see; dir.parent is an E13WalkDir as well */
  struct E13WalkDir *parent;
  gpointer inherited;   /* what the visitor left in dir.user at the first visit */
  gboolean below_mount; /* a mount was crossed on the way: only then can there be a loop */
  guint n_references;   /* its listing, its blocks and its subdirectories */
  guint n_visits;       /* its listing and its blocks of getdents64(2): dir.path is needed as long as there are any */
  guint n_blocks;
  guint n_users; /* of fd */
  int fd;        /* -1 while closed */
  GList idle;    /* in the queue's list of open directories that nobody uses now */
  char name[];
} E13WalkDir;

typedef struct E13WalkBlock
{
  struct E13WalkBlock *below;
  E13WalkDir *dir;
  gboolean names_directories; /* NUL-terminated names, one after the other; else records of getdents64(2) */
  gsize length;
  gsize taken;
  _Alignas(8) char bytes[];
} E13WalkBlock;

typedef struct
{
  GMutex lock;
  GCond changed;
  E13WalkBlock *top;
  E13WalkBlock *spare; /* buffers of E13_WALK_BUFFER */
  GQueue idle;
  int root_fd; /* the pinned root; not ours */
  guint n_threads;
  guint n_working;
  guint n_waiting;
  guint n_shared; /* blocks of getdents64(2) in the stack */
  guint n_open;
  guint max_open;
} E13WalkQueue;

/* What a thread has got to do: list @dir, or visit the records in @block, which is then its own. */
typedef struct
{
  E13WalkDir *dir;
  E13WalkBlock *block;
} E13WalkTask;

/* @n_threads is lowered where there are too few descriptors for them. */
void e13_walk_queue_init (E13WalkQueue *queue, int root_fd, guint n_threads);
void e13_walk_queue_clear (E13WalkQueue *queue);

/* The root: one reference and one visit, as a directory that has been taken. */
E13WalkDir *e13_walk_queue_root (E13WalkQueue *queue);

/* Waits for something to do; FALSE where there is nothing left. Each task is ended by e13_walk_queue_done(). */
gboolean e13_walk_queue_take (E13WalkQueue *queue, E13WalkTask *ret_task);
void e13_walk_queue_done (E13WalkQueue *queue, E13WalkTask *task);
/* Forgets all that waits. */
void e13_walk_queue_drop (E13WalkQueue *queue);

/* A block with room for E13_WALK_BUFFER bytes; it comes back by e13_walk_queue_done() or
 * e13_walk_queue_free_block(). */
E13WalkBlock *e13_walk_queue_new_block (E13WalkQueue *queue, E13WalkDir *dir);
void e13_walk_queue_free_block (E13WalkQueue *queue, E13WalkBlock *block);
/* Shares @block of records with the other threads, unless enough is waiting for them: then FALSE, and it stays the
 * caller's. */
gboolean e13_walk_queue_share (E13WalkQueue *queue, E13WalkBlock *block);
/* Queues @length bytes of names of subdirectories of @dir, copied. */
void e13_walk_queue_add_directories (E13WalkQueue *queue, E13WalkDir *dir, const char *names, gsize length);

/* The descriptor of @dir, opened again where it was closed; -1 and errno where that failed: ENOENT where another
 * directory stands there now. Each success is followed by e13_walk_queue_release(). */
int e13_walk_queue_use (E13WalkQueue *queue, E13WalkDir *dir);
void e13_walk_queue_release (E13WalkQueue *queue, E13WalkDir *dir);
/* Hands over the descriptor of a newly opened directory, in use by the caller. */
void e13_walk_queue_opened (E13WalkQueue *queue, E13WalkDir *dir, int fd);
/* After EMFILE or ENFILE: closes a descriptor, or waits a little while other threads work. FALSE where there is no
 * hope. */
gboolean e13_walk_queue_make_room (E13WalkQueue *queue);

/* The path of @dir (or of @name in it, where not NULL) beneath the site. Free with g_free(). */
char *e13_walk_dir_path (const E13WalkDir *dir, const char *name);
