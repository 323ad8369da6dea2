/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Families: how one kind of program writes its failures, as a table of patterns. One file each; families.c lists them.
 *
 * A line comes to a family without the prefixes of what carried it (syslog, nginx, JSON …), unescaped by their rules. A
 * pattern is tried only where its needle stands in the line, so that a log without failures costs one search. */

#pragma once

#include "logs/failure.h"

/* How the program writes a name. */
typedef enum
{
  E13_ESCAPE_NONE,   /* as it is */
  E13_ESCAPE_PYTHON, /* a literal with its quotes: '…', u"…", b'\xff' */
  E13_ESCAPE_C,      /* \n, \", octal and \xNN, as strace and C sources do */
  E13_ESCAPE_GO,     /* %q */
  E13_ESCAPE_JSON,   /* the inside of a JSON string */
  E13_ESCAPE_APACHE, /* \xHH, \n … but quotes as they are; nginx writes \xNN alone */
  E13_ESCAPE_JS,     /* util.inspect(): the inside of a string in quotes */
  E13_ESCAPE_AUDIT,  /* "plain" in quotes, else hexadecimal digits */
  E13_ESCAPE_HTML,
} E13LogEscape;

/* A line that the pattern must read, and what is in it. */
typedef struct
{
  const char *line; /* may hold several lines: the failure is read from the whole */
  const char *path; /* NULL: none */
  E13Operation operation;
  int error;
} E13LogExample;

#define E13_LOG_EXAMPLES 6

typedef struct
{
  const char *id; /* "open-stream": which of the family */
  /* Stands in each line that matches; of seven bytes or more. NULL: a word for an errno does ("Permission denied",
   * "EACCES" …). */
  const char *needle;
  gboolean names_errno; /* and so does such a word, which is what the log is searched for */
  /* PCRE, of bytes. Named groups, each optional: path, path2, op (a word of the program for what it did), code (a
   * number), text (strerror's), directory, script, url, label, user, pid, process,
   * http (a status, with IIS's sub-status behind a point or comma), windows (an error of Windows). */
  const char *regex;
  E13LogEscape escape;    /* of path and path2 */
  E13Operation operation; /* where no op group says */
  int error;              /* where neither code nor text says; 0: not told. -1: no match without one */
  E13FailureKind kind;
  const char *note; /* what the message means or hides, where that is always so; NULL */
  E13LogExample examples[E13_LOG_EXAMPLES];
} E13LogPattern;

/* A word for an operation: of an op group, or anywhere in a source line of a traceback. */
typedef struct
{
  const char *word;
  E13Operation operation;
} E13LogWord;

typedef struct E13LogReader E13LogReader;

typedef struct
{
  const char *text; /* NUL-terminated; NUL bytes of the input have become spaces */
  gsize length;
  guint64 number; /* in the input, from 1 */
} E13LogLine;

typedef struct
{
  const char *name;              /* "nginx" */
  const E13LogPattern *patterns; /* ended by a row without id; NULL */
  const E13LogWord *words;       /* ended by a row without word; NULL: common words only */

  /* For what no pattern can say, where columns are named by an earlier line. NULL: patterns are all. Called for lines
   * with one of @needles (ended by NULL; seven bytes or more each), and, from when it returns TRUE until it returns
   * FALSE, for every line. @state: of @state_size bytes, zero at first. */
  gboolean (*read) (E13LogReader *reader, gpointer state, const E13LogLine *line);
  void (*clear) (gpointer state); /* NULL: nothing in it is to be freed */
  const char *const *needles;
  gsize state_size;

  /* Lines after a failure of this family, without their prefixes, one by one for as long as it returns TRUE: whatever
   * they add to @failure. NULL: its messages are of one line. */
  gboolean (*more) (E13Failure *failure, const E13LogLine *line);
  /* Lines before it, nearest first, likewise. NULL. */
  gboolean (*before) (E13Failure *failure, const E13LogLine *line);
} E13LogFamily;

extern const E13LogFamily *const e13_log_families[]; /* ended by NULL */

/* For read(): a failure that it found in @line; taken over. Line, time and process are filled in where it left them. */
void e13_log_reader_found (E13LogReader *reader, E13Failure *failure, const E13LogLine *line);
/* For read(): @text is what the line says in full; it is held against all patterns in the line's place. */
void e13_log_reader_instead (E13LogReader *reader, const char *text);
