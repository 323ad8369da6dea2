/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Commands: one function each, with argv from the command's name on. They print, and return the exit status. Those that
 * are given only E13ReadOps cannot write, by type. */

#pragma once

#include "platform/platform.h"

/* diff(1)'s convention. */
typedef enum
{
  E13_EXIT_CLEAN = 0,    /* nothing to report; all is cured */
  E13_EXIT_PROBLEMS = 1, /* problems found, left, refused, or not to be told */
  E13_EXIT_TROUBLE = 2,  /* usage, input or output, a write that failed */
} E13Exit;

int e13_command_check (const E13ReadOps *ops, int argc, char **argv);
int e13_command_explain (const E13ReadOps *ops, int argc, char **argv);
int e13_command_lint (const E13ReadOps *ops, int argc, char **argv);
int e13_command_cgi (const E13ReadOps *ops, int argc, char **argv);
int e13_command_profiles (const E13ReadOps *ops, int argc, char **argv);
int e13_command_trace (const E13ReadOps *ops, int argc, char **argv);
int e13_command_status (const E13ReadOps *ops, int argc, char **argv);
int e13_command_identity (const E13ReadOps *ops, int argc, char **argv);
int e13_command_fix (const E13ReadOps *ops, const E13WriteOps *write, int argc, char **argv);
/* lint, where it was given --fix. */
int e13_command_lint_fix (const E13ReadOps *ops, const E13WriteOps *write, int argc, char **argv);
int e13_command_undo (const E13ReadOps *ops, const E13WriteOps *write, int argc, char **argv);

/* "errno13: MESSAGE" on stderr; returns E13_EXIT_TROUBLE. */
int e13_command_fail (const GError *error);
