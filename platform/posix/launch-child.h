/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The two processes between errno13 and a stranger's program: the keeper, which has no children but that program's, so
 * that it can end them all, and the program's own process until it is the program. */

#pragma once

#include <sys/types.h>

#include <glib.h>

typedef struct
{
  int input; /* these are 4 or more */
  int output;
  int errors;
  int report;  /* the keeper's messages are written there */
  int control; /* of the keeper: when its other end is closed, all ends */
  const char *program;
  char *const *arguments;
  char *const *environment;
  const char *directory;
  gboolean becomes; /* takes on these */
  uid_t uid;
  gid_t gid;
  const gid_t *gids;
  gsize n_gids;
  gboolean may_be_root;
  guint seconds;
} E13Child;

typedef enum
{
  E13_CHILD_FAILED,    /* a is the step, b errno */
  E13_CHILD_EXITED,    /* a is the exit status */
  E13_CHILD_SIGNALLED, /* a is the signal */
  E13_CHILD_GONE,      /* nothing is left; a: were the program and its group still there, b: how many others */
} E13ChildKind;

/* Written whole, being shorter than PIPE_BUF. */
typedef struct
{
  int kind; /* E13ChildKind */
  int a;
  int b;
} E13ChildMessage;

/* The keeper's life, in a process that was just forked. Starts the program, reports, and ends all when told to. */
G_NORETURN void e13_posix_keeper (const E13Child *child);

/* Takes on what @child says, for good: identity, groups, no capabilities, no way to new ones. FALSE and errno. */
gboolean e13_posix_become (const E13Child *child);
/* All signals as they are by default, and none held back. */
void e13_posix_reset_signals (void);
