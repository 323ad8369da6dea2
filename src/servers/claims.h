/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* How the files that decide on claims share what they found. Private to src/servers. */

#pragma once

#include "servers/programs.h"
#include "servers/whose.h"

/* A process that serves. */
typedef struct
{
  const E13Process *process; /* owned by the list that it came in */
  const E13ServerProgram *program;
  char *config;       /* of its master; NULL: the usual one */
  gboolean is_master; /* runs others, and serves nothing itself */
  gboolean
      is_elsewhere; /* it was started from other files than ours, as in a container: our configuration is not its */
  gboolean is_believed;
  gboolean is_owners; /* not believed, but the owner of the site's own, at work in it */
} E13Running;

/* What runs here: an array of E13Running. Free with g_array_unref(); @processes must outlive it. */
GArray *e13_running_find (const E13ServingQuestion *question, const GPtrArray *processes);

/* How near @path is to the site @site: 0 not at all; below it, around it, the same. */
guint e13_nearness (const char *path, const char *site);

E13Claim *e13_claim_new (const char *program, const char *name);
void e13_claim_free (E13Claim *claim);

/* claims.c: what processes and configuration say, each as a claim in @serving. */
void e13_claims_make (const E13ServingQuestion *question, const GArray *running, E13Serving *serving);
/* choose.c: who of them it is. */
void e13_claims_choose (const E13ServingQuestion *question, E13Serving *serving);
