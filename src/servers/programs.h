/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Programs that serve web sites: how their processes are known, where their configuration lies. */

#pragma once

#include "model/process.h"
#include "servers/hosting.h"

typedef struct
{
  const char *name; /* "nginx", also of what is built from it */
  const char *pattern;
  gboolean serves; /* hands out files */
  gboolean runs;   /* runs code */
} E13ServerProgram;

/* For E13ReadOps.processes(): may a program of this name serve a site? */
gboolean e13_server_program_wanted (const char *program, gpointer unused);

/* Which one a process is, by its executable, or for an interpreter by its words; NULL: none of them. */
const E13ServerProgram *e13_server_program_of (const E13Process *process);
/* The same of a command line. */
const E13ServerProgram *e13_server_program_of_words (char *const *words);

/* "www" of "php-fpm: pool www"; NULL: it does not say. Free with g_free(). */
char *e13_server_pool (const E13Process *process);
/* "NAME" of a daemon of mod_wsgi, "(wsgi:NAME)". */
char *e13_server_wsgi (const E13Process *process);
/* The configuration that a master names on its command line or in its title; NULL: its usual one. Free with g_free().
 */
char *e13_server_config (const E13ServerProgram *program, const E13Process *process);

/* Reads all configuration of @program from @file, or from where it usually lies. */
void e13_server_read (E13Reading *reading, const char *program, const char *file);
/* The names of all programs that have one, ended by NULL. Free the array with g_free(). */
const char **e13_server_configured_programs (void);
/* Reads the units that may belong to a server. */
void e13_server_read_units (E13Reading *reading);

/* The accounts that distributions make, ended by NULL. */
extern const char *const e13_server_accounts[];
