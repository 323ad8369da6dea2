/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Run: what check and fix share. Who asks and who judges, once; then for each site: open, recognise, audit. */

#pragma once

#include "audit/audit.h"
#include "commands/options.h"
#include "iis/whose.h"
#include "model/process.h"

/* Whose rights and by which judge. */
typedef struct
{
  E13Identity *app;       /* NULL: @iis says it, for one place at a time */
  E13Identity *server;    /* may be the same pointer */
  E13Service app_service; /* what runs as these, where it is known to run */
  E13Service server_service;
  E13Identity *worker;       /* reads the configuration of IIS; NULL: not known, or none */
  GPtrArray *also;           /* of E13Identity *: who may ask instead, see E13AuditRequest; NULL */
  gboolean is_guess;         /* the server's settings are there, and could not be read */
  E13IisServer *iis;         /* its settings; NULL */
  E13IisServer *express;     /* those of this user's IIS Express; NULL */
  E13Identity *express_user; /* who it serves as */
  char *express_error;       /* why they were passed over; NULL */
  gboolean ask_kernel;
  GPtrArray *apart;   /* see E13AuditRequest; NULL */
  E13Program program; /* what starts the scripts; its members NULL: not known */
  char *remark;       /* why the model judges; NULL */
  GPtrArray *remarks; /* of char *: what else is to be said of one place; NULL: nothing */
} E13Who;

/* --as and --judge: who is not named is left for one site to tell. On Windows, or for a dump of it, the settings of IIS
 * are the evidence. @dump: in which the account is to be found, or NULL. */
gboolean e13_who_find (E13Who *who, const E13ReadOps *ops, const E13Options *options, const E13Tree *dump,
                       GError **error);

/* The same for the site @tree, by the evidence at hand: @site_who is its own. E13_ERROR_USAGE where that does not tell
 * which account it is, with what was found. */
gboolean e13_who_at_site (E13Who *site_who, const E13Who *who, const E13ReadOps *ops, const E13Options *options,
                          const E13Tree *tree, GError **error);
/* For one path: as the machine of the settings writes it, or beneath --root; one of this machine is taken for --root
 * itself. */
gboolean e13_who_at_path (E13Who *path_who, const E13Who *who, const E13ReadOps *ops, const E13Options *options,
                          const char *path, GError **error);
void e13_who_copy (E13Who *copy, const E13Who *who);
/* Adds a sentence to @who->remarks. */
void e13_who_remark (E13Who *who, const char *format, ...) G_GNUC_PRINTF (2, 3);
/* Why nothing is granted to those who were found; NULL: something is. Owned by @who, who has both roles. */
const char *e13_who_why_no_grant (const E13Who *who);
void e13_who_clear (E13Who *who);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (E13Who, e13_who_clear)

typedef struct
{
  const E13ReadOps *ops;
  const E13Options *options;
  gboolean repairs; /* fix: more careful about whom it believes */
  E13Tree *dump;    /* --dump; else NULL */
  E13Who who;
  GPtrArray *profiles; /* of E13Profile * */
  GPtrArray *excludes; /* of E13Glob * */
  const gint *cancelled;
} E13Run;

gboolean e13_run_begin (E13Run *run, const E13ReadOps *ops, const E13Options *options, gboolean repairs,
                        GError **error);
void e13_run_clear (E13Run *run);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (E13Run, e13_run_clear)

/* The profiles that are compiled in, the system's and the user's; for root the user's only where nobody else can write
 * them. */
GPtrArray *e13_run_profiles (const E13ReadOps *ops, GError **error);

/* One site, as far as it is known. */
typedef struct
{
  const E13Run *run;
  E13Tree *tree;
  E13Who who; /* for this site */
  E13Policy *policy;
  gboolean is_guessed;  /* the profile is one that much else looks like, and nobody named it */
  gboolean needs_trust; /* the site's own profile was followed, and fix would follow it only when told to */
  GPtrArray *remarks;   /* of char * */
  E13AuditRequest request;
  E13Audit *audit;
  gint n_seen;
} E13SiteRun;

/* Opens and audits @path. E13_ERROR_REFUSED where the run repairs and a guard does not let it work on this site. */
gboolean e13_site_run_begin (E13SiteRun *site, const E13Run *run, const char *path, GError **error);
/* What the guard is told the site is; NULL: not known well enough to repair somebody's home by. */
const E13Profile *e13_site_run_known (const E13SiteRun *site);
/* Audits it again, as it is now. */
E13Audit *e13_site_run_again (E13SiteRun *site, GError **error);
void e13_site_run_clear (E13SiteRun *site);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (E13SiteRun, e13_site_run_clear)
