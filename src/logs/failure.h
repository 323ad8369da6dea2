/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Failures: what one message in a log says was refused or missing, as far as it tells. */

#pragma once

#include <glib.h>

typedef enum
{
  E13_OPERATION_UNKNOWN,
  E13_OPERATION_OPEN, /* to read or to write: the message does not tell */
  E13_OPERATION_READ,
  E13_OPERATION_WRITE,
  E13_OPERATION_CREATE, /* a file, a directory, a socket, a link */
  E13_OPERATION_DELETE,
  E13_OPERATION_RENAME, /* from path to second_path */
  E13_OPERATION_RUN,
  E13_OPERATION_STAT,
  E13_OPERATION_LIST, /* what a directory holds */
  E13_OPERATION_ENTER,
  E13_OPERATION_CONNECT, /* to a socket */
  E13_OPERATION_CHANGE,  /* mode, owner, times: what only the owner may */
} E13Operation;

const char *e13_operation_name (E13Operation operation); /* "read" */

/* What the message says beside, or instead of, an errno. */
typedef enum
{
  E13_FAILURE_SYSTEM,    /* the system refused, or found nothing */
  E13_FAILURE_SETTING,   /* a setting of the program refuses: not a permission problem */
  E13_FAILURE_LABEL,     /* SELinux or AppArmor refuses */
  E13_FAILURE_OWNERSHIP, /* the owner is not whom the program wants */
  E13_FAILURE_HTTP,      /* an HTTP status is all that there is */
} E13FailureKind;

typedef struct
{
  const char *family;  /* "python": whose words they are */
  const char *pattern; /* "errno": which of its patterns; for tests and reports */
  const char *note;    /* what the message means or hides, a sentence; NULL */
  E13FailureKind kind;
  int error; /* of Linux: EACCES, ENOENT …; 0: the message does not tell */
  E13Operation operation;
  char *path;        /* any bytes, as the program had it: may be relative; NULL: the message does not name it */
  char *second_path; /* of two; NULL */
  char *directory;   /* what relative paths are relative to; NULL: not known */
  char *script;      /* the source or script that is named with it: never what was refused. NULL */
  char *url;         /* NULL */
  char *label;       /* the profile or the labels that refused; NULL */
  char *process;     /* who said so, as the outermost prefix has it: "nginx", NULL */
  char *user;        /* a number or a name, where the message has it; NULL */
  guint32 pid;       /* 0: not told */
  guint http_status; /* 403; 0: none */
  guint http_substatus;
  guint32 windows_code; /* a Win32 error or an HRESULT; 0: none */
  gint64 time;          /* microseconds since 1970; 0: none. Where no zone is written, that of this machine */
  guint64 line;         /* in the input, from 1 */
} E13Failure;

E13Failure *e13_failure_new (const char *family, const char *pattern);
void e13_failure_free (E13Failure *failure);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (E13Failure, e13_failure_free)
