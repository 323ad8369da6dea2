/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Denials: failures of a log that say the same, counted as one, and what can be said of them here: by the judge where
 * the path is of this machine, else in words. */

#pragma once

#include "explain/path.h"
#include "logs/failure.h"

typedef enum
{
  E13_DENIAL_REFUSED,   /* permissions refuse it here and now */
  E13_DENIAL_GRANTED,   /* nothing refuses it now */
  E13_DENIAL_MISSING,   /* it is not there */
  E13_DENIAL_OTHER,     /* not a permission problem */
  E13_DENIAL_NAMELESS,  /* the message does not name it */
  E13_DENIAL_ELSEWHERE, /* the path is not of this machine */
  E13_DENIAL_UNKNOWN,   /* not to be told */
} E13DenialVerdict;

const char *e13_denial_verdict_name (E13DenialVerdict verdict); /* "refused" */

/* Where paths of the log lie here. */
typedef struct
{
  const char *site;  /* what relative paths are beneath; NULL */
  GPtrArray *mapped; /* of char *: prefixes in the log, each followed by what stands for it here; NULL */
} E13Whereabouts;

/* The path here that @failure speaks of, absolute; NULL: none can be told. @ret_how: a sentence where it was guessed,
 * else NULL. Free both with g_free(). */
char *e13_failure_place (const E13Failure *failure, const char *path, const E13Whereabouts *where, char **ret_how);
/* The same of what @failure is about: its path, or what its address stands for beneath the site. */
char *e13_denial_place (const E13Failure *failure, const E13Whereabouts *where, char **ret_how);

typedef struct
{
  const char *source;  /* of the input; owned by the caller */
  E13Failure *failure; /* the first of them */
  guint64 count;
  guint64 last_line;
  gint64 first_time; /* 0: none has one */
  gint64 last_time;

  /* Filled by e13_denial_judge(). */
  E13DenialVerdict verdict;
  char *place;                 /* what was judged; NULL */
  GPtrArray *sentences;        /* of char *; never NULL afterwards */
  E13Identity *identity;       /* who was judged; NULL */
  E13Explanation *explanation; /* NULL */
} E13Denial;

/* @failure is taken over. */
E13Denial *e13_denial_new (E13Failure *failure, const char *source);
void e13_denial_free (E13Denial *denial);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (E13Denial, e13_denial_free)

/* Counts @failure, which says the same. */
void e13_denial_add (E13Denial *denial, const E13Failure *failure);

/* @asker->identity: whose rights; NULL: not known, then no judge is asked. */
void e13_denial_judge (E13Denial *denial, const E13Asker *asker, const E13Whereabouts *where);

/* Denials by what they say; free with g_hash_table_unref(). A key is made from a failure; free it with g_free(). */
char *e13_failure_key (const E13Failure *failure);
