/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The catalogue: what the numbers mean that servers, Windows and Unix answer with, what causes them, and what cures it.
 * The texts are in statuses.catalogue. Pure. */

#pragma once

#include <glib.h>

typedef enum
{
  E13_STATUS_HTTP,    /* 404, or with a sub-status of IIS 404.2 */
  E13_STATUS_DETAIL,  /* a status together with the code that its page or the log shows: 500.19 with 0x80070021 */
  E13_STATUS_WIN32,   /* an error of Windows */
  E13_STATUS_HRESULT, /* one of COM or the kernel, which has no number as an error of Windows */
  E13_STATUS_ERRNO,   /* as Linux counts */
} E13StatusKind;

typedef struct
{
  E13StatusKind kind;
  guint status;       /* of HTTP and DETAIL, else 0 */
  gint sub;           /* -1: none */
  guint32 code;       /* of all but HTTP: the HRESULT, or the error's number */
  const char *symbol; /* "ERROR_LOCK_VIOLATION", "EACCES"; NULL of HTTP and DETAIL */
  const char *name;   /* a few words */
  const char *means;  /* sentences, as are those below */
  const char *const *causes;
  const char *const *checks; /* "errno13 lint SITE": a command each; may be empty */
  const char *const *cures;
  const char *source;
} E13Status;

/* All of them, in the order in which they are listed. */
extern const E13Status e13_statuses[];
extern const gsize e13_n_statuses;

/* @sub: -1 for none. NULL where that very status is not known, as of the functions below. */
const E13Status *e13_status_http (guint status, gint sub);
/* The same, but what is known of the status where its sub-status, or 0, says no more. */
const E13Status *e13_status_http_nearest (guint status, gint sub);
/* @code: an HRESULT, or the number of an error of Windows, as sc-win32-status has it. */
const E13Status *e13_status_detail (guint status, gint sub, guint32 code);
/* The entry that says the most of what a log or a page has: a detail, else a sub-status, else the status. */
const E13Status *e13_status_best (guint status, gint sub, guint32 code);
const E13Status *e13_status_win32 (guint32 number);
const E13Status *e13_status_hresult (guint32 hresult);
/* Of what may be either, as in a log; 0 is no error. */
const E13Status *e13_status_hresult_or_win32 (guint32 code);
const E13Status *e13_status_errno (guint32 number);
/* By the symbol, in any case of letters; "ACCESS_DENIED" will do for "ERROR_ACCESS_DENIED". */
const E13Status *e13_status_symbol (const char *symbol);

/* The HRESULT of DETAIL, WIN32 and HRESULT; 0 of the others. */
guint32 e13_status_as_hresult (const E13Status *status);
/* Is @hresult an error of Windows in disguise (0x8007nnnn)? */
gboolean e13_hresult_is_win32 (guint32 hresult, guint32 *ret_number);

/* Does @status say more closely what @general, another one, says: 404.2 for 404, 500.19 with a code for 500.19? */
gboolean e13_status_is_kind_of (const E13Status *status, const E13Status *general);

/* "404.2", "500.19 0x80070021", "ERROR_LOCK_VIOLATION (win32 33, 0x80070021)", "EACCES (errno 13)". Free with g_free().
 */
char *e13_status_label (const E13Status *status);
/* What `errno13 status` takes for it: "404.2", "500.19 0x80070021", "ERROR_LOCK_VIOLATION". Free with g_free(). */
char *e13_status_word (const E13Status *status);
