/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The command that repairs the most, and whether it would leave exit status 0: found by planning with more and more
 * options, not by guessing. */

#pragma once

#include "commands/run.h"

typedef struct
{
  char *command; /* NULL where there is nothing that it could repair */
  char *script;  /* the one that prints it as a script; NULL likewise */
  char *reason;  /* why it leaves something, as a clause; NULL where it would leave exit status 0 */
  E13Plan *plan; /* what the command would do; NULL where nothing may be planned */
} E13FixCommand;

/* Begins from the options of the run. @fix: all zeros; clear it with e13_fix_command_clear(). */
void e13_fix_command_find (E13FixCommand *fix, const E13SiteRun *site, const E13Audit *audit);
/* Why @plan leaves a problem or something unknown of @audit, as a clause (free with g_free()); NULL where it cures
 * all. */
char *e13_fix_command_why_left (const E13Audit *audit, const E13Plan *plan);
void e13_fix_command_clear (E13FixCommand *fix);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (E13FixCommand, e13_fix_command_clear)
