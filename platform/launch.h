/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Launch: one program of a stranger's, run as somebody, within limits, and gone with all that it started before
 * the call returns. Each host has one implementation, which is linked.
 *
 * A program can only be run as an account, and there is one function that makes those: it refuses root and
 * administrators unless it is told otherwise, so no caller can forget to ask. */

#pragma once

#include <glib.h>

#include "model/identity.h"

/* ---- As whom --------------------------------------------------------------------------------- */

/* As whom a program may be run. */
typedef struct E13LaunchAccount E13LaunchAccount;

/* As @identity where this process can take it on, else as whoever runs this process. E13_ERROR_REFUSED where that
 * would be root (or an administrator with all rights) and @allow_root is not set. @identity may be NULL. */
E13LaunchAccount *e13_launch_account_new (const E13Identity *identity, gboolean allow_root, GError **error);
void e13_launch_account_free (E13LaunchAccount *account); /* NULL is allowed */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (E13LaunchAccount, e13_launch_account_free)

/* Why it is the caller and not the identity ("only root can take on another account"); NULL where it is the identity.
 */
const char *e13_launch_account_differs (const E13LaunchAccount *account);

/* ---- Running --------------------------------------------------------------------------------- */

typedef struct
{
  const char *program;            /* absolute */
  const char *const *arguments;   /* from the program's own name on, ended by NULL */
  const char *const *environment; /* "NAME=VALUE", ended by NULL: all that it gets */
  const char *directory;          /* where it starts: absolute */
  GBytes *input;                  /* on its standard input; NULL: nothing */
  gboolean one_stream;   /* what it writes to standard error comes with its output, in the order it was written */
  guint seconds;         /* it is stopped after so many */
  gsize max_output;      /* it is stopped when it has written more */
  const gint *cancelled; /* read atomically: stopped soon after it becomes non-zero. NULL: never */
} E13LaunchRequest;

/* What was being done when it could not be started. */
typedef enum
{
  E13_LAUNCH_STEP_PREPARE,
  E13_LAUNCH_STEP_BECOME,    /* taking on the account */
  E13_LAUNCH_STEP_DIRECTORY, /* entering its directory */
  E13_LAUNCH_STEP_START,     /* the program itself */
} E13LaunchStep;

typedef enum
{
  E13_LAUNCH_EXITED,
  E13_LAUNCH_SIGNALLED,
  E13_LAUNCH_NOT_STARTED,
  E13_LAUNCH_TIMED_OUT,
  E13_LAUNCH_TOO_MUCH, /* it wrote more than allowed */
  E13_LAUNCH_CANCELLED,
} E13LaunchEnd;

typedef struct
{
  E13LaunchEnd end;
  int code;           /* exit status, number of the signal, or errno of @step */
  E13LaunchStep step; /* with E13_LAUNCH_NOT_STARTED */
  gboolean is_held;   /* timed out although the program had ended: something that it started holds its output open */
  gboolean is_closed; /* it closed its output and went on, until it was stopped */
  guint n_left;       /* processes in sessions of their own that had to be stopped at the end */
  GByteArray *output; /* at most max_output bytes */
  GByteArray *errors; /* the first part, where there was more than is kept */
} E13LaunchResult;

/* FALSE and @error only where nothing could be tried (no memory, no descriptors). Clear @ret_result in either case.
 * Ends all that the program started, whatever it did to escape. Not for use beside other threads. */
gboolean e13_launch (const E13LaunchAccount *account, const E13LaunchRequest *request, E13LaunchResult *ret_result,
                     GError **error);
void e13_launch_result_clear (E13LaunchResult *result);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (E13LaunchResult, e13_launch_result_clear)

/* What the host must hand on to a program for it to run at all: PATH, and on Windows SystemRoot and its kin, as
 * "NAME=VALUE". Free with g_strfreev(). */
char **e13_launch_base_environment (void);
/* What a server starts a script with by its ending, where no configuration says it: python3 for "py". An absolute path;
 * NULL: there is none here. Free with g_free(). */
char *e13_launch_find_program (const char *name);
