/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Why may this identity not do that to this path: the chain of decisions from / down. */

#pragma once

#include "access/posix.h"
#include "model/process.h"
#include "platform/platform.h"

typedef enum
{
  E13_WANT_READ,
  E13_WANT_WRITE,
  E13_WANT_RUN,    /* x of the inode: of a directory, search */
  E13_WANT_CREATE, /* w and x of the directory, or of the nearest existing ancestor of a path that is not there */
  E13_WANT_DELETE, /* w and x of the parent, with sticky, append-only, immutable and mount points */
  E13_WANT_MASK,   /* an access mask of Windows */
} E13Want;

/* One thing that is wanted. On Windows a word is a mask: reading Read, writing Write and in a directory Modify, running
 * what generic execute is, creating to make files and directories, deleting Delete. */
typedef struct
{
  E13Want want;
  guint32 mask; /* with E13_WANT_MASK */
} E13Wanted;

char *e13_wanted_name (const E13Wanted *wanted); /* "create", "0x1301bf". Free with g_free() */
/* FALSE and @error (E13_ERROR_USAGE) where @name is neither one of the words nor a mask of rights to files. */
gboolean e13_wanted_parse (const char *name, E13Wanted *ret_wanted, GError **error);

/* Who asks, where, and whom. */
typedef struct
{
  const E13ReadOps *ops;
  const E13Tree *tree; /* paths are written as beneath it; NULL: paths of this machine */
  const E13Identity *identity;
  gboolean ask_kernel;
  const E13Service *service; /* what runs as @identity, whose view of the file system counts; NULL: not known */
} E13Asker;

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
  E13Wanted wanted;
  E13YesNo permitted; /* by all that lies on the way, the object the last */
  E13YesNo granted;   /* the same, and by what a program needs to be started */
  int error; /* of the lookup: ENOENT …; 0: it is there */
  E13Judge judge;
  gboolean is_windows; /* its paths are written with backslashes */
  GPtrArray *chain;    /* of E13Link * */
  GPtrArray *cures;    /* of char * */
  GPtrArray *remarks;  /* of char *: what the verdict does not rest on, for the caller to fill; may be empty */
} E13Explanation;

/* NULL and @error only where the path could not be asked about at all (no "/", no /proc, no such place in the tree). */
E13Explanation *e13_explain_path (const E13Asker *asker, const char *path, const E13Wanted *wanted, GError **error);
void e13_explanation_free (E13Explanation *explanation);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (E13Explanation, e13_explanation_free)
