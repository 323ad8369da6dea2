/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* errno13 explain on logs: every failure in them, and what can be said of each. */

#pragma once

#include "commands/options.h"

typedef struct
{
  char *log; /* --log FILE; "-" */
  char **maps; /* OLD=NEW */
  char *site;
  gboolean follow;
  gboolean each;
  gboolean suggest_profile;
} E13LogOptions;

void e13_log_options_clear (E13LogOptions *options);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (E13LogOptions, e13_log_options_clear)

/* Does the file hold a failure that a reader knows? FALSE, too, where it cannot be read. */
gboolean e13_is_log (const E13ReadOps *ops, const char *path);

/* Reads @path ("-": standard input) and reports. Returns the exit status. */
int e13_explain_log (const E13ReadOps *ops, const E13Options *options, const E13LogOptions *log, const char *path);
