/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What a linter asks of the machine of the configuration beside its configuration files: which programs are there, made
 * for what, and who may start them. Answered by the machine that this runs on, or by a description of another one. */

#pragma once

#include "iis/config.h"
#include "platform/platform.h"

typedef enum
{
  E13_LINT_NOT_KNOWN,
  E13_LINT_ABSENT,
  E13_LINT_PRESENT,
} E13LintPresence;

typedef struct
{
  E13LintPresence presence;
  guint bits;                /* 32 or 64, by its header; 0: not known, or of neither */
  char *version;             /* "2.7.18"; NULL: not known */
  E13SecurityDescriptor *sd; /* NULL: not known */
} E13LintProgram;

void e13_lint_program_clear (E13LintProgram *program);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (E13LintProgram, e13_lint_program_clear)

typedef struct E13LintMachine E13LintMachine;

/* Of which nothing is known but what Windows sets by default. */
E13LintMachine *e13_lint_machine_new (void);
/* The one that this runs on, by @ops, which must outlive it. */
E13LintMachine *e13_lint_machine_here (const E13ReadOps *ops);
/* A description, docs/iis.md; @origin for messages. E13_ERROR_INPUT with the line. */
E13LintMachine *e13_lint_machine_parse (const char *origin, const char *data, gsize size, GError **error);
void e13_lint_machine_free (E13LintMachine *machine);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (E13LintMachine, e13_lint_machine_free)

/* What %NAME% stands for there. */
const E13IisVariable *e13_lint_machine_variables (const E13LintMachine *machine);
/* @path: absolute, as Windows writes it; any file or directory. What lies on another machine is not known. */
void e13_lint_machine_ask (const E13LintMachine *machine, const char *path, E13LintProgram *ret_program);
