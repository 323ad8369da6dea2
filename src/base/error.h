/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Errors: one GError domain for what we found wrong, one for what the system refused.
 *
 * A message says what failed first, quotes the object, ends with the system's reason:
 * "cannot read the ACL of '/srv/x': Operation not supported". Lower case, no full stop. */

#pragma once

#include <glib.h>

#define E13_ERROR (e13_error_quark ())
GQuark e13_error_quark (void);

typedef enum
{
  E13_ERROR_USAGE,       /* an option or an argument is wrong */
  E13_ERROR_INPUT,       /* something that we read is malformed; the message names its place */
  E13_ERROR_UNSUPPORTED, /* this system or file system cannot do it */
  E13_ERROR_REFUSED,     /* a guard forbids it */
  E13_ERROR_MOVED,       /* the object is no longer the one that was judged */
  E13_ERROR_BUSY,        /* another errno13 is at work */
  E13_ERROR_FAILED,      /* none of the above */
} E13ErrorCode;

/* The domain of errors that carry the system's errno as their code, so that callers can
 * write g_error_matches (error, E13_ERRNO, EROFS). */
#define E13_ERRNO (e13_errno_quark ())
GQuark e13_errno_quark (void);

/* Both set @error (which may be NULL) and return FALSE, so that failing is one statement:
 * `return e13_throw_errno (error, "cannot open '%s'", shown);`
 * e13_throw_errno appends ": " and the text of the current errno, and leaves errno as it was. */
gboolean e13_throw (GError **error, E13ErrorCode code, const char *format, ...) G_GNUC_PRINTF (3, 4);
gboolean e13_throw_errno (GError **error, const char *format, ...) G_GNUC_PRINTF (2, 3);
