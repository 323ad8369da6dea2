/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* No program that watches others is known here: nothing can be started, so nothing is ever read. */

#include "platform/companion.h"

#include "base/error.h"

E13Companion *
e13_companion_start (const E13CompanionRequest *request, GError **error)
{
  return e13_throw (error, E13_ERROR_UNSUPPORTED, "'%s' cannot be run beside errno13 on Windows", request->program),
         NULL;
}

gssize
e13_companion_read (E13Companion *companion G_GNUC_UNUSED, char *bytes G_GNUC_UNUSED, gsize size G_GNUC_UNUSED)
{
  return -1;
}

void
e13_companion_stop (E13Companion *companion G_GNUC_UNUSED)
{
}

void
e13_companion_pass_on (const E13Companion *companion G_GNUC_UNUSED, guint32 pid G_GNUC_UNUSED)
{
}

E13CompanionEnd
e13_companion_end (E13Companion *companion G_GNUC_UNUSED)
{
  return (E13CompanionEnd){ FALSE, FALSE, 0 };
}

void
e13_companion_free (E13Companion *companion G_GNUC_UNUSED)
{
}
