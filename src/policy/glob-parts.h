/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What a pattern compiles to, for those in this folder that match many at once: its braces are multiplied out into
 * paths, each a row of parts, one a component. */

#pragma once

#include "policy/glob.h"

typedef enum
{
  E13_PART_LITERAL, /* just this name */
  E13_PART_PATTERN, /* holds ?, * or [ */
  E13_PART_ANY,     /* **: any number of components; never two in a row */
} E13GlobPartKind;

typedef struct
{
  E13GlobPartKind kind;
  char *text;
  gsize length;
  /* Of a pattern whose only special character is one star, as almost all are: where that stands. Else -1. */
  gssize only_star;
} E13GlobPart;

/* Sets what follows from text and kind. */
void e13_glob_part_complete (E13GlobPart *part);

typedef struct
{
  E13GlobPart *parts;
  guint n_parts; /* at least 1, at most E13_GLOB_MAX_PARTS */
  gboolean directories_only;
} E13GlobPath;

#define E13_GLOB_MAX_LENGTH 4096
#define E13_GLOB_MAX_PARTS 63
#define E13_GLOB_MAX_PATHS 64

guint e13_glob_n_paths (const E13Glob *glob);
const E13GlobPath *e13_glob_path (const E13Glob *glob, guint index);

/* Does one component match? Not for E13_PART_ANY. */
gboolean e13_glob_part_matches (const E13GlobPart *part, const char *name, gsize length);
