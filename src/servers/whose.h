/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Who serves a site: running programs, the configuration of those that do not run, accounts by name. */

#pragma once

#include "model/process.h"
#include "platform/platform.h"
#include "servers/hosting.h"

/* One piece of evidence: an account that a program runs as, or would. */
typedef struct
{
  const char *program; /* "nginx"; NULL: an account alone */
  char *name;          /* of the virtual host, the pool, the unit; NULL */
  gboolean serves;
  gboolean runs;
  guint nearness;        /* how near its directories are to the site: the more, the nearer; 0: not */
  E13Identity *identity; /* NULL: the account that the configuration names is not there */
  gboolean is_running;
  gboolean is_named;         /* by the configuration; else a process is all that is known */
  char **words;              /* of the process: its command line; NULL */
  E13Service service;        /* of the process */
  char *place;               /* of the configuration: "/etc/nginx/nginx.conf line 3"; NULL */
  const E13Hosting *hosting; /* the same; NULL */
  GPtrArray *remarks;        /* of char * */
  gboolean is_app;           /* chosen as this */
  gboolean is_server;
} E13Claim;

typedef struct
{
  const E13ReadOps *ops; /* with processes() */
  const E13SourceOps *files;
  const char *site;  /* absolute, without links; NULL: any */
  guint32 owner;     /* of the site */
  gboolean sees_all; /* the processes of all users are seen, so that what is not found does not run */
} E13ServingQuestion;

typedef struct
{
  GPtrArray *claims; /* of E13Claim *: all that was found, best first */
  const E13Claim *app;
  const E13Claim *server;
  char *no_app; /* why there is no @app: a clause; NULL where there is one */
  char *no_server;
  GPtrArray *remarks;  /* of char *: sentences on those who were chosen */
  GPtrArray *unread;   /* of char *: what of the configuration could not be read */
  GPtrArray *hostings; /* of E13Hosting *, which the claims point to */
} E13Serving;

/* Whether this process sees those of all users. */
gboolean e13_serving_sees_all (const E13ReadOps *ops);

E13Serving *e13_serving_find (const E13ServingQuestion *question);
void e13_serving_free (E13Serving *serving);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (E13Serving, e13_serving_free)

/* An account as the configuration names it: NAME or #UID with a group, and further groups. NULL and @error where there
 * is none of that name. */
E13Identity *e13_serving_account (const E13ReadOps *ops, const char *user, const char *group, const GPtrArray *groups,
                                  const char *evidence, GError **error);

/* Why no grant may be made for whom @process runs as; NULL: one may. Free with g_free(). */
char *e13_serving_why_no_grant (const E13Process *process);
/* What is to be said of the live credentials of @process; adds to @remarks (of char *). */
void e13_serving_remark (const E13ReadOps *ops, const E13Process *process, GPtrArray *remarks);

/* unit:NAME. The service's worker where it runs (@ret_process: it; else NULL), else what the unit says. NULL and @error
 * where there is no such unit, or it does not say. */
E13Identity *e13_serving_unit (const E13ServingQuestion *question, const char *name, E13Process **ret_process,
                               GPtrArray *remarks, GError **error);
