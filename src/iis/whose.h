/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Whose rights count for a directory that IIS serves: who runs its scripts, who reads its files for visitors, and who
 * reads its web.config; each with where the configuration says so. Pure. */

#pragma once

#include "iis/scope.h"
#include "model/token.h"

typedef struct
{
  char *name;      /* "IUSR", "IIS AppPool\Blog", or as the configuration writes it */
  E13Token *token; /* NULL: its SID cannot be known here */
  char *evidence;  /* "anonymous visitors: applicationHost.config line 214" */
} E13IisAccount;

void e13_iis_account_free (E13IisAccount *account); /* NULL is allowed */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (E13IisAccount, e13_iis_account_free)

typedef struct
{
  const E13IisServer *server;
  const char *path; /* of the directory, on the machine of the configuration */
  /* Scripts, beneath @path ("cgi-bin/count.py"), whose handlers decide who runs them; NULL or empty: none is known, and
   * they are taken for CGI scripts. */
  const char *const *scripts;
  E13IisRead read; /* NULL: no web.config is known */
  gpointer data;
} E13IisQuestion;

typedef struct
{
  char *place; /* "Default Web Site/week7" */
  char *pool;  /* the application pool's name */
  E13IisAccount *scripts;
  char *program;       /* what the handler of the scripts starts, "C:\\Python\\python.exe"; NULL: none, or not known */
  char *program_place; /* where the configuration says so; NULL with @program */
  E13IisAccount *files;
  E13IisAccount *config;
  GPtrArray *remarks; /* of char *: sentences on what is otherwise than one would think, or could not be read */
} E13IisWhose;

/* E13_ERROR_INPUT where no site holds the path, or its pool does not exist. */
E13IisWhose *e13_iis_whose (const E13IisQuestion *question, GError **error);
void e13_iis_whose_free (E13IisWhose *whose);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (E13IisWhose, e13_iis_whose_free)

/* Who runs what @handler starts in one place, and who reads files there for visitors; @pool: of @match's application.
 */
E13IisAccount *e13_iis_runner (const E13IisScope *scope, const E13IisMatch *match, const E13IisPool *pool,
                               const E13XmlElement *handler, GError **error);
E13IisAccount *e13_iis_visitor (const E13IisScope *scope, const E13IisMatch *match, const E13IisPool *pool,
                                GError **error);

/* The worker process of @pool. Where it runs as another account than its own, it holds the SIDs of both, and the pool's
 * is the one that is granted to. E13_ERROR_INPUT where the name is none that IIS takes. */
E13IisAccount *e13_iis_worker (const E13IisPool *pool, GError **error);
