/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Policy: what each object of one site needs. A profile, and what the command line adds to it. */

#pragma once

#include <glib.h>

#include "policy/detect.h"
#include "policy/profile.h"

typedef struct E13Policy E13Policy;

typedef struct
{
  E13Level app;
  E13Level server;
  E13Level script;             /* see E13Section.script */
  E13Level worker;             /* what the worker process of IIS needs, where one is known */
  gboolean worker_alone;       /* then nobody else needs anything */
  const char *why_worker;      /* NULL where it needs nothing */
  E13Level world;              /* NONE: should not be readable by all */
  gboolean code;               /* should not be writable by the app */
  gboolean asks_to_write_code; /* the profile itself asks for writing what it calls code, now or on some occasion */
  const char *why;             /* owned by the policy; NULL */
} E13Requirement;

typedef struct
{
  const char *const *write_paths; /* --write: PATH beneath the site, App=modify for it and all below; NULL: none */
  gboolean read_only;             /* --read-only: nothing else is to be written by the app */
  guint when;                     /* of E13When; 0: runtime */
  gboolean ignores_case;          /* in names, as Windows does */
  const char *const *features;    /* with E13_WHEN_FEATURE: which; NULL: all */
  const GPtrArray *nested;        /* of E13Nested *: applications in directories of the site; NULL: none */
  const E13Evidence *evidence;    /* of configurations, for MovedBy=, If= and Unless=; NULL: sections as they stand */
  const char *root;               /* absolute: what is beneath the site in those; NULL: not known */
  const char *root_as_given;      /* the same by another way; NULL */
} E13PolicyOptions;

/* @profile is referenced. @error (E13_ERROR_USAGE) on a bad path in @options. */
E13Policy *e13_policy_new (E13Profile *profile, const E13PolicyOptions *options, GError **error);
void e13_policy_free (E13Policy *policy);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (E13Policy, e13_policy_free)

const E13Profile *e13_policy_profile (const E13Policy *policy);
/* Of char *: what is to be said of how the policy came about. Owned by the policy. */
const GPtrArray *e13_policy_remarks (const E13Policy *policy);

/* Do requirements depend on what else a directory holds (Holding=, Beside=)? Then the walk has to note names first. */
gboolean e13_policy_notes_names (const E13Policy *policy);
/* The marks that @name gives to its directory; or them together over all its names. */
guint e13_policy_marks_of_name (const E13Policy *policy, const char *name);

/* The part of the policy that can match in one directory: looked up once a directory, so that an entry costs little. */
typedef struct E13Scope E13Scope;
/* @marks: of the directory's names. Free with e13_scope_free(). */
E13Scope *e13_policy_enter (const E13Policy *policy, const char *directory, guint marks);
void e13_scope_free (E13Scope *scope);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (E13Scope, e13_scope_free)
/* What the directory itself needs. */
void e13_scope_directory (const E13Scope *scope, E13Requirement *ret_requirement);
/* What its entry @name, which is no directory, needs. */
void e13_scope_entry (const E13Scope *scope, const char *name, E13Requirement *ret_requirement);

/* Directories that the application writes to and that have a fixed path (missing-directory, --create-missing). */
typedef struct
{
  const char *path;
  E13Requirement requirement;
} E13ExpectedDirectory;
/* What the app writes on an occasion that is not now. */
typedef struct
{
  guint when;          /* of E13When */
  const char *feature; /* NULL */
  char *path;
} E13LaterPath;
/* An array of E13LaterPath with paths that have no wildcard, owned by the policy. */
const GArray *e13_policy_later_paths (const E13Policy *policy);
/* An array of E13ExpectedDirectory, owned by the policy. */
const GArray *e13_policy_expected_directories (const E13Policy *policy);
