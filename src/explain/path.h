/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Why may this identity not do that to this path: the chain of decisions from / down. */

#pragma once

#include "access/posix.h"
#include "platform/platform.h"

typedef enum
{
  E13_WANT_READ,
  E13_WANT_WRITE,
  E13_WANT_RUN,    /* x of the inode: of a directory, search */
  E13_WANT_CREATE, /* w and x of the directory, or of the nearest existing ancestor of a path that is not there */
  E13_WANT_DELETE, /* w and x of the parent, with sticky, append-only, immutable and mount points */
} E13Want;

const char *e13_want_name (E13Want want); /* "create" */
gboolean e13_want_parse (const char *name, E13Want *ret_want);

/* One link of the chain: one component and what decided about it. */
typedef struct
{
  char *path;
  char *asked; /* "search", "write" … */
  gboolean granted;
  gboolean unknown;
  char *because; /* a sentence with the entry that decides */
} E13Link;

typedef enum
{
  E13_JUDGE_KERNEL,
  E13_JUDGE_KERNEL_AND_MODEL, /* the kernel for the bits, the model for what cannot be asked without doing it */
  E13_JUDGE_MODEL,
} E13Judge;

typedef enum
{
  E13_ANSWER_NO,
  E13_ANSWER_YES,
  E13_ANSWER_UNKNOWN,
} E13YesNo;

typedef struct
{
  char *path;
  E13Want want;
  E13YesNo granted;
  E13Judge judge;
  GPtrArray *chain; /* of E13Link * */
  GPtrArray *cures; /* of char * */
} E13Explanation;

/* NULL and @error only where the path could not be asked about at all (no "/", no /proc). */
E13Explanation *e13_explain_path (const E13ReadOps *ops, const char *path, const E13Identity *identity, E13Want want,
                                  gboolean ask_kernel, GError **error);
void e13_explanation_free (E13Explanation *explanation);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (E13Explanation, e13_explanation_free)
