/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Audit: walks a site and holds the facts against the policy, with the kernel or the model as the judge. */

#pragma once

#include "audit/rules.h"
#include "model/process.h"
#include "platform/platform.h"
#include "policy/glob.h"
#include "policy/policy.h"

/* The program that a server of Windows starts for scripts. */
typedef struct
{
  char *path;  /* as the platform takes it */
  char *shown; /* as its own machine writes it */
  char *place; /* "applicationHost.config line 92" */
} E13Program;

typedef struct
{
  const E13ReadOps *ops;
  const E13Tree *tree;
  const E13Policy *policy;
  const E13Identity *app;    /* runs the code */
  const E13Identity *server; /* serves the static files; may be the same pointer */
  const E13Identity *worker; /* reads the configuration of IIS; may equal another; NULL: not known, or no IIS */
  const GPtrArray *also; /* of const E13Identity *: who may ask instead, where that is not sure: each is judged as the
                          * app and the server too; NULL: nobody */
  const E13Program *program; /* NULL, or its members NULL: not known */
  const GPtrArray *apart;    /* of char *: directories beneath the site that are applications of their own, for other
                              * accounts: what is granted to those of this one is not handed down to them; NULL: none */
  const E13Service *app_service; /* what runs as the app, and as the server; NULL: not known */
  const E13Service *server_service;
  gboolean ask_kernel; /* else the model judges */
  gboolean is_repair;  /* what is found will be repaired: its handle is taken while it is pinned */
  guint n_threads;     /* 0: one a core */
  gboolean cross_mounts;
  const GPtrArray *excludes; /* of E13Glob *; NULL: none */
  const gint *cancelled;     /* see E13WalkOptions */
  gint *n_seen;
} E13AuditRequest;

typedef struct
{
  GPtrArray *findings; /* of E13Finding *, by path, then by rule */
  guint64 n_objects;
  guint64 n_problems; /* findings by severity */
  guint64 n_notes;
  guint64 n_unknown;
  gboolean cancelled; /* the walk was stopped: the findings are those of a part of the tree */
  double seconds;
} E13Audit;

/* NULL and @error where the walk could not be done. What @request points to must outlive the result. */
E13Audit *e13_audit_run (const E13AuditRequest *request, GError **error);
void e13_audit_free (E13Audit *audit);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (E13Audit, e13_audit_free)

/* The application that @tree holds: e13_detect() through @ops. */
E13Profile *e13_audit_detect (const E13ReadOps *ops, const E13Tree *tree, const GPtrArray *profiles);

/* @tree as evidence. What was looked up is remembered: it is for one look at a tree. Not for several threads. */
typedef struct E13SiteEvidence E13SiteEvidence;
E13SiteEvidence *e13_site_evidence_new (const E13ReadOps *ops, const E13Tree *tree);
/* For what will be shown or followed: no file is read that the owner of the tree could not read, none with several
 * names, and, unless @app is NULL, none that only @app's word would stand for. */
E13SiteEvidence *e13_site_evidence_new_careful (const E13ReadOps *ops, const E13Tree *tree, const E13Identity *app);
void e13_site_evidence_free (E13SiteEvidence *place);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (E13SiteEvidence, e13_site_evidence_free)
const E13Evidence *e13_site_evidence (const E13SiteEvidence *place);
/* Of char *: which files were not read so far, and why. */
const GPtrArray *e13_site_evidence_remarks (const E13SiteEvidence *place);
