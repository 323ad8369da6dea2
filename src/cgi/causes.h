/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What a script says of its own death: the usual causes (causes.def), and the paths that it was refused (denied.def).
 * Pure. */

#pragma once

#include <glib.h>

/* What stands for {interpreter} and its kin. */
typedef struct
{
  const char *interpreter;
  const char *who;
  const char *directory;
  const char *script;
} E13CgiNames;

typedef struct
{
  const char *id; /* of causes.def */
  char *line;     /* that it was seen in */
  char *sentence;
  char *cure; /* NULL: the sentence says it */
} E13CgiCause;

/* The causes in @text, each row once, as an array of E13CgiCause *. Free with g_ptr_array_unref(). */
GPtrArray *e13_cgi_causes_find (const char *text, gsize size, const E13CgiNames *names);

typedef struct
{
  char *path; /* as it was said: may be relative */
  int error;  /* EACCES, ENOENT, … */
  char *line;
} E13CgiDenied;

/* The paths in @text that the system refused, each once, as an array of E13CgiDenied *. To be taken from the readers of
 * logs (explain/) once those are there. Free with g_ptr_array_unref(). */
GPtrArray *e13_cgi_denied_find (const char *text, gsize size);
