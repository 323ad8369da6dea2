/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Handlers: which one IIS takes for a file, what it does, and what it starts. Pure. */

#pragma once

#include "iis/scope.h"

typedef enum
{
  E13_IIS_RUNS_NOTHING, /* hands out the file */
  E13_IIS_RUNS_AS_VISITOR,
  E13_IIS_RUNS_CGI, /* a process of its own */
  E13_IIS_RUNS_IN_WORKER,
  E13_IIS_RUNS_MANAGED, /* ASP.NET, which may be told to impersonate */
} E13IisRuns;

/* What the handler does, and what that is called ("CGI"); @ret_name stays where it has no name. */
E13IisRuns e13_iis_handler_runs (const E13XmlElement *handler, const char **ret_name);
/* Does its list of modules name that one, in any case of letters? */
gboolean e13_iis_handler_has_module (const E13XmlElement *handler, const char *module);

/* The handler in effect for the file @name of the scope's own place; NULL: none. One whose preCondition does not hold
 * in
 * @pool (NULL: not known, all hold) is passed over. */
const E13XmlElement *e13_iis_handler_for (const E13IisScope *scope, const E13IisMatch *match, const E13IisPool *pool,
                                          const char *name);
/* Does the handler's path take the file, if its preCondition holds? */
gboolean e13_iis_handler_takes (const E13XmlElement *handler, const E13IisMatch *match, const char *name);

/* The first word of a preCondition that does not hold in @pool, and why; NULL: all hold. Free with g_free(). */
char *e13_iis_condition_fails (const char *condition, const E13IisPool *pool);
guint e13_iis_pool_bits (const E13IisPool *pool);
gboolean e13_iis_pool_is_integrated (const E13IisPool *pool);

/* The program of a command line: between quotation marks, or up to an ending that programs have. NULL where it cannot
 * be told, or is no absolute path. Free with g_free(). */
char *e13_iis_program_of (const char *processor);
/* What follows the program; "" for nothing. Free with g_free(). */
char *e13_iis_arguments_of (const char *processor);
