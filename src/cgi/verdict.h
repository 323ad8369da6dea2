/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Verdict: what a server would answer for what a script did, and what is wrong with it. Pure. */

#pragma once

#include "cgi/causes.h"
#include "cgi/head.h"
#include "base/shebang.h"
#include "platform/launch.h"

typedef enum
{
#define PROBLEM(name, id, is_note) E13_CGI_##name,
#include "cgi/problems.def"
#undef PROBLEM
  E13_CGI_N_PROBLEMS,
} E13CgiProblemId;

typedef struct
{
  E13CgiProblemId id;
  guint line; /* in the page, or of the head; 0: none */
  guint column;
  char *sentence;
  char *because; /* NULL: nothing */
  char *cure;    /* NULL: none */
} E13CgiProblem;

const char *e13_cgi_problem_name (E13CgiProblemId id); /* "no-blank-line" */
gboolean e13_cgi_problem_is_note (E13CgiProblemId id);

/* All that is known of the script and its run. */
typedef struct
{
  E13CgiServer server;
  E13CgiNames names;
  gboolean is_nph;  /* its name begins with nph- */
  gboolean is_head; /* asked for by HEAD: no body is wanted */
  const E13Shebang *shebang;
  const char *source; /* how the script begins */
  gsize source_size;
  const E13LaunchResult *result; /* NULL: it was not run */
} E13CgiRun;

typedef struct
{
  guint status;    /* what the server would answer; 0: it cannot be told */
  guint substatus; /* of IIS; 0: none */
  char *log;       /* what Apache would write into its log; NULL: nothing */
  E13CgiHead *head;
  GPtrArray *problems; /* of E13CgiProblem *: once finished, most telling first */
} E13CgiVerdict;

/* Of a run. */
E13CgiVerdict *e13_cgi_judge (const E13CgiRun *run);
/* Of one that was not to be: add the problem. */
E13CgiVerdict *e13_cgi_verdict_new (guint status, guint substatus);
void e13_cgi_verdict_free (E13CgiVerdict *verdict);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (E13CgiVerdict, e13_cgi_verdict_free)

/* @because and @cure may be NULL; all three are taken over. Returns it, for a line and a column. */
E13CgiProblem *e13_cgi_verdict_add (E13CgiVerdict *verdict, E13CgiProblemId id, char *sentence, char *because,
                                    char *cure);
/* Once all is added: the cause first, then what the server made of it; without what only follows from something
 * else. */
void e13_cgi_verdict_finish (E13CgiVerdict *verdict);
/* How many are no mere notes. */
guint e13_cgi_verdict_count (const E13CgiVerdict *verdict);
/* "Internal Server Error"; "" where it has no usual words. */
const char *e13_cgi_status_words (guint status);

/* The parts of e13_cgi_judge(): how it was started; what its page is like. */
void e13_cgi_judge_start (E13CgiVerdict *verdict, const E13CgiRun *run);
void e13_cgi_judge_head (E13CgiVerdict *verdict, const E13CgiRun *run);
void e13_cgi_judge_page (E13CgiVerdict *verdict, const E13CgiRun *run);
