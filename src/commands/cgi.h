/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The parts of errno13 cgi. */

#pragma once

#include "cgi/verdict.h"
#include "commands/options.h"
#include "explain/path.h"

/* Its own options. */
typedef struct
{
  char *server;
  char *method;
  char *body;
  char *content_type;
  char *document_root;
  char *path_info;
  char *handler;
  char **headers;
  int seconds;
  gboolean allow_root;
} E13CgiOptions;

/* One script: runs, judges and reports it. @body: of the request; NULL: none. Returns the exit status; with @error set
 * where the script could not be tried. */
int e13_cgi_run_script (const E13ReadOps *ops, const E13Options *options, const E13CgiOptions *own, GBytes *body,
                        GError **error);

/* Asks about the paths in @text, what a script wrote when it failed: adds a problem each to @verdict, and an
 * E13Explanation * to @explanations where it is about rights. Relative paths begin in @directory. */
void e13_cgi_explain_denied (const E13Asker *asker, const char *text, gsize size, const char *directory,
                             E13CgiVerdict *verdict, GPtrArray *explanations);
