/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "base/error.h"

#include <errno.h>

G_DEFINE_QUARK (e13 - error - quark, e13_error)
G_DEFINE_QUARK (e13 - errno - quark, e13_errno)

gboolean
e13_throw (GError **error, E13ErrorCode code, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  if (error != NULL)
    *error = g_error_new_valist (E13_ERROR, (int)code, format, args);
  va_end (args);
  return FALSE;
}

gboolean
e13_throw_errno (GError **error, const char *format, ...)
{
  int saved = errno;
  va_list args;

  va_start (args, format);
  if (error != NULL)
    {
      g_autofree char *what = g_strdup_vprintf (format, args);

      *error = g_error_new (E13_ERRNO, saved, "%s: %s", what, g_strerror (saved));
    }
  va_end (args);
  errno = saved;
  return FALSE;
}
