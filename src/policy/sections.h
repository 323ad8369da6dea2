/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Which sections apply to one site, and where: those of its profile and of the applications in its directories, as
 * occasion and configuration have it; before them what IIS needs, behind them what the command line says. */

#pragma once

#include "policy/policy.h"

typedef struct
{
  const E13Section *section;
  const E13Glob *glob;
  guint holding; /* bits of E13Sections.names, as in E13Section */
  guint beside;
  gboolean begins; /* a site within the site: what came before says nothing of these paths */
  gboolean later;  /* only needed on an occasion that is not asked for */
  gboolean asked;  /* by --write: --read-only does not take it back */
} E13Effective;

typedef struct
{
  GArray *sections;   /* of E13Effective, later ones win */
  GPtrArray *names;   /* of const E13NameList *, by bit; owned by the profiles */
  GPtrArray *owned;   /* of E13Section *: those that no profile holds */
  GPtrArray *globs;   /* of E13Glob *: those of paths that are elsewhere than their profile says */
  GPtrArray *remarks; /* of char *: what a configuration moves, and whereto */
} E13Sections;

/* @error (E13_ERROR_USAGE) on a bad path in @options. */
gboolean e13_sections_gather (E13Sections *sections, const E13Profile *profile, const E13PolicyOptions *options,
                              GError **error);
void e13_sections_clear (E13Sections *sections);
