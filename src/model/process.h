/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Process: a running program, as whom it touches files, and what vouches for its being what it is called. */

#pragma once

#include "model/identity.h"

typedef struct
{
  guint32 pid;
  guint32 parent;
  char *program;         /* its executable's name, without directories */
  char **words;          /* its command line, or what it has put in its place: "nginx: worker process" */
  char *directory;       /* where it works, by its own view; NULL: not told */
  char *unit;            /* the system's service that it belongs to, "nginx.service"; NULL: none */
  E13Identity *identity; /* live, in the numbers of this process's user namespace */
  int umask;             /* -1: not told */
  gboolean is_believed;  /* only root can have put its executable where it is */
  gboolean is_by_root;   /* root runs it, or its parent, which is the same program */
  gboolean is_apart;     /* it sees another file system than this process does: a namespace or a root of its own */
  gboolean knows_view;   /* else @is_apart could not be told */
  guint32 inside_uid;    /* what its own user namespace calls its uid */
  gboolean has_users;    /* that is another user namespace than this process's */
  gboolean is_unmapped;  /* its uid has no number in this process's user namespace: the one that is seen is nobody's */
} E13Process;

void e13_process_free (E13Process *process);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (E13Process, e13_process_free)

/* A running service that plays a role: what is to be known of it beside its identity. */
typedef struct
{
  guint32 pid; /* 0: none is known to run */
  gboolean is_apart;
  int umask;  /* -1: not known */
  char *unit; /* NULL: no service of the system */
  char *name; /* "php-fpm8.2 (pid 4711)"; NULL where @pid is 0 */
} E13Service;

void e13_service_set (E13Service *service, const E13Process *process);
void e13_service_copy (E13Service *service, const E13Service *other);
void e13_service_clear (E13Service *service);
