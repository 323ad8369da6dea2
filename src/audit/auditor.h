/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The auditor: what the files of this folder share while one audit runs. Private to src/audit. */

#pragma once

#include "access/judge.h"
#include "audit/audit.h"

/* One account and the roles that it plays. */
typedef struct
{
  const E13Identity *identity;
  gboolean is_app;
  gboolean is_server;
  gboolean is_worker;
  gboolean knows_worker; /* it, or another role, is the worker process of IIS */
} E13Role;

#define E13_MAX_ROLES 8

/* A running service that sees another file system than we do. */
typedef struct
{
  E13Role role;
  const E13Service *service;
  E13View *view;
  char *from;      /* a directory on the way to the site, or the site, ... */
  char *to;        /* ... and where that view has it; both NULL: in the same place, or nowhere */
  GPtrArray *said; /* of char *: paths of which was said what is to be said of all below */
} E13Watcher;

#define E13_MAX_WATCHERS 2

typedef struct
{
  const E13AuditRequest *request;
  E13Role roles[E13_MAX_ROLES]; /* the app first */
  gsize n_roles;
  E13Watcher watchers[E13_MAX_WATCHERS];
  gsize n_watchers;
  E13Names names;
  gboolean others_reach_site; /* can anybody at all get as far as the site's root? */

  GMutex lock;                /* of all that follows */
  GPtrArray *findings;        /* of E13Finding * */
  GHashTable *mounts;         /* mount id → E13Mount * */
  GHashTable *written_mounts; /* ids of mounts that are to be written and were asked for room already */
  GHashTable *links_inside; /* E13ObjectKey → how many names of that inode the site holds; only inodes with several */
  GHashTable *link_names;   /* those names, each told by the inode of its directory */
  GHashTable *strange_owners; /* uids without an account that were already said */
  gboolean keeps_no_lists;    /* of a tree of Windows: its file system has none for any object */
  GHashTable *strange_sids;   /* the same of SIDs, as text */

  /* Counted atomically. */
  guint64 n_own_code; /* code files that the app owns */
  guint64 n_objects;
} E13Auditor;

/* Takes @finding over. */
void e13_auditor_add (E13Auditor *auditor, E13Finding *finding);

/* Path of the batch's directory or entry beneath the site. Free with g_free(). */
char *e13_auditor_path (const E13Batch *batch, gsize index);
/* The absolute path of a finding's @path, as a word for a command. Free with g_free(). */
char *e13_auditor_shell_path (const E13Auditor *auditor, const char *path);

/* What @role needs of an object by @requirement. */
E13Rights e13_auditor_needs (const E13Role *role, const E13Requirement *requirement, E13ObjectType type);

/* The policy's reason why @role needs @rights; NULL where it gives none. Owned by the policy. */
const char *e13_auditor_why (const E13Role *role, const E13Requirement *requirement, E13ObjectType type,
                             E13Rights rights);

/* The file system of a pinned object; NULL where it could not be told. Owned by the auditor. */
const E13Mount *e13_auditor_mount (E13Auditor *auditor, const E13Pin *pin);

/* judge.c: may the role do @needs to the pinned object? Adds the finding if not, and returns it (owned by the auditor;
 * NULL where all is granted). @answer: the kernel's, or NULL to ask the judge now. */
E13Finding *e13_auditor_judge (E13Auditor *auditor, const E13Pin *pin, const char *path, const E13Role *role,
                               E13Rights needs, const E13Requirement *requirement, const E13Answer *answer);
/* The judge's answer for a pinned object: the kernel's where it is asked, else the model's. */
E13Answer e13_auditor_ask (const E13Auditor *auditor, const E13Pin *pin, const E13Identity *identity, E13Rights want);

/* The words for @verdict on the pinned object, with where its entries are inherited from. Free with g_free(). */
char *e13_auditor_explain (const E13Auditor *auditor, const E13Pin *pin, const E13Identity *identity,
                           const E13Verdict *verdict, E13Rights want);

/* exposure.c: too much access and odd objects, judged by facts that need no question. @path: of the object. */
void e13_auditor_check_exposure (E13Auditor *auditor, const E13Batch *batch, gsize index,
                                 const E13Requirement *requirement);

/* in-use.c: is a file that the application writes or starts open in a program that shares it with nobody? */
void e13_auditor_check_use (E13Auditor *auditor, const E13Batch *batch, gsize index, const E13Requirement *requirement);

/* windows.c: what is odd or too open in a security descriptor. */
void e13_auditor_check_descriptor (E13Auditor *auditor, const E13Batch *batch, gsize index,
                                   const E13Requirement *requirement);
/* The directories above @path, in the site and outside it, nearest first: an array of E13Above. Free with
 * g_array_unref(). */
GArray *e13_auditor_above (const E13Auditor *auditor, const char *path);

/* views.c: what the running service sees of the directory of @batch and its entries, and what it will make there. */
void e13_auditor_open_views (E13Auditor *auditor);
void e13_auditor_close_views (E13Auditor *auditor);
void e13_auditor_check_views (E13Auditor *auditor, const E13Batch *batch, const E13Requirement *directory,
                              const E13Requirement *entries);
void e13_auditor_check_created (E13Auditor *auditor, const E13Batch *batch, const E13Scope *scope,
                                const E13Requirement *directory);

/* surroundings.c: what lies around the walk. */
void e13_auditor_check_parents (E13Auditor *auditor);
void e13_auditor_check_missing_directories (E13Auditor *auditor);
void e13_auditor_check_program (E13Auditor *auditor);
void e13_auditor_check_nesting (E13Auditor *auditor);
void e13_auditor_check_occasions (E13Auditor *auditor);
void e13_auditor_check_link (E13Auditor *auditor, const char *path, const E13Requirement *requirement);

/* visit.c: the walk's visitor; the data of each is the auditor. */
void e13_auditor_note_name (E13Dir *dir, const char *name, gpointer data);
gboolean e13_auditor_wants (const E13Dir *dir, const char *name, gpointer data);
void e13_auditor_visit (const E13Batch *batch, gpointer data);
void e13_auditor_skipped (const char *path, const E13Facts *facts, E13SkipReason reason, gpointer data);

/* finish.c: the result, in order and counted. Takes the findings. */
E13Audit *e13_auditor_finish (E13Auditor *auditor, double seconds);
