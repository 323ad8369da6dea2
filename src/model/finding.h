/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Findings: one thing that is wrong with one object, why, and whether a grant can cure it. */

#pragma once

#include <glib.h>

#include "model/identity.h"
#include "model/object.h"
#include "model/rights.h"

typedef enum
{
  E13_SEVERITY_NOTE,    /* said, but not counted: exit status 0 */
  E13_SEVERITY_PROBLEM, /* something does not work, or is open that should not be */
  E13_SEVERITY_UNKNOWN, /* could not be told: neither clean nor wrong */
} E13Severity;

typedef enum
{
  E13_CURE_NONE,   /* no permission cures it: said with the real cure */
  E13_CURE_GRANT,  /* `fix` cures it */
  E13_CURE_HARDEN, /* `fix --harden` cures it */
} E13Cure;

/* One row of audit/rules.def. */
typedef struct
{
  const char *id; /* "blocked-parent" */
  E13Severity severity;
  E13Cure cure;
  const char *title; /* a short clause: "a directory on the way cannot be entered" */
} E13Rule;

typedef struct
{
  const E13Rule *rule;
  E13Severity
      severity;   /* the rule's, unless the case is milder: code-writable where the profile asks for it is a note */
  char *path;     /* beneath the site, "" for the site itself; absolute for what lies outside it */
  E13Facts facts; /* with ACLs, as they were judged */
  const E13Identity *identity; /* whose rights; owned by the audit. NULL where nobody's are asked (world-writable …) */
  E13Rights needs;
  E13Rights has;
  char *sentence;    /* "www-data cannot enter this directory, so nothing below it can be reached" */
  char *because;     /* "mode 0700, owner maria: www-data is neither …"; NULL where the sentence says all */
  const char *why;   /* the profile's reason, owned by the policy; NULL */
  GPtrArray *cures;  /* of char *: commands or plain advice where no grant cures; may be empty, never NULL. What a
                      * grant cures is printed from the plan, not from here */
  char *handle;      /* what E13ReadOps.handle_of says of it, where it is to be repaired and was asked already; NULL */
  guint64 n_objects; /* how many objects it keeps from being used: 1, or those below a blocked parent */
} E13Finding;

E13Finding *e13_finding_new (const E13Rule *rule, const char *path, const E13Facts *facts);
void e13_finding_free (E13Finding *finding);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (E13Finding, e13_finding_free)

/* Is @finding about an object outside the site (its path is absolute)? */
gboolean e13_finding_is_outside (const E13Finding *finding);
