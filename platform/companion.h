/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Companion: a program that watches others, started on the caller's own terminal and streams, which tells what it sees
 * as text. Each host has one implementation, which is linked. */

#pragma once

#include "platform/launch.h"

typedef struct E13Companion E13Companion;

typedef struct
{
  const E13LaunchAccount *account; /* NULL: the caller, as it is */
  const char *program;             /* absolute */
  /* From the program's own name on, ended by NULL. The word E13_COMPANION_FILE stands for the file to which it writes
   * what it sees: nothing that it starts inherits that. */
  const char *const *arguments;
  gboolean out_to_errors; /* its standard output is the caller's standard error */
} E13CompanionRequest;

#define E13_COMPANION_FILE "\1file"

/* NULL and @error where it cannot be started. Not for use beside other threads. */
E13Companion *e13_companion_start (const E13CompanionRequest *request, GError **error);

/* What it writes, as it comes: how many bytes; 0: nothing for a while; -1: it has ended, and all was read. */
gssize e13_companion_read (E13Companion *companion, char *bytes, gsize size);

/* Asks it to stop, as Ctrl-C does. */
void e13_companion_stop (E13Companion *companion);
/* Passes on to @pid, a process of its, that the caller is to stop; but not where Ctrl-C at the terminal has reached
 * @pid by itself. */
void e13_companion_pass_on (const E13Companion *companion, guint32 pid);

typedef struct
{
  gboolean was_started; /* else @code is errno */
  gboolean was_ended;   /* by the signal @code; else @code is its exit status */
  int code;
} E13CompanionEnd;

/* Waits for it; only after read() has returned -1. */
E13CompanionEnd e13_companion_end (E13Companion *companion);

void e13_companion_free (E13Companion *companion); /* NULL is allowed */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (E13Companion, e13_companion_free)
