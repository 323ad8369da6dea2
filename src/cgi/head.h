/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The head of what a CGI script writes: header lines up to an empty one, as a server reads them. Pure. */

#pragma once

#include <glib.h>

typedef enum
{
  E13_CGI_APACHE, /* ap_scan_script_header_err_core(), and what Apache 2.4 checks before it answers */
  E13_CGI_IIS,
} E13CgiServer;

typedef struct
{
  char *name;
  char *value; /* without the space around it */
  guint line;
} E13CgiHeader;

typedef enum
{
  E13_CGI_HEAD_COMPLETE,
  E13_CGI_HEAD_EMPTY,      /* there is no output */
  E13_CGI_HEAD_UNFINISHED, /* the output ends before an empty line */
  E13_CGI_HEAD_NO_COLON,   /* a line that is no header */
  E13_CGI_HEAD_TOO_LONG,   /* a line longer than the server reads */
  E13_CGI_HEAD_ILLEGAL,    /* a name or value with characters that must not be there */
} E13CgiHeadState;

typedef struct
{
  E13CgiHeadState state;
  GPtrArray *headers; /* of E13CgiHeader *, as far as it was read */
  guint bad_line;     /* from 1: where the reading ended, unless it is complete */
  char *bad_text;     /* how that line begins, NUL-terminated: any bytes; NULL where there is none */
  gsize body;         /* where the body begins; the size where it is not complete */
  guint status;       /* of its Status line, 0 where there is no number; without that line 200 */
  gboolean has_status;
} E13CgiHead;

E13CgiHead *e13_cgi_head_parse (const char *data, gsize size, E13CgiServer server);
void e13_cgi_head_free (E13CgiHead *head); /* NULL is allowed */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (E13CgiHead, e13_cgi_head_free)

/* The value of the last header of that name in any case, since that is what counts; NULL where there is none. */
const char *e13_cgi_head_value (const E13CgiHead *head, const char *name);
guint e13_cgi_head_count (const E13CgiHead *head, const char *name);
