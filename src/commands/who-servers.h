/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Whose rights are judged on Unix: what was named, else who serves the site by the evidence at hand. Private to who.c.
 */

#pragma once

#include "commands/run.h"

/* NAME, UID[:GID[,GID...]], pid:N or unit:NAME. What else is to be said becomes a remark of @who. */
E13Identity *e13_who_named (E13Who *who, const E13ReadOps *ops, const char *text, E13Service *service, GError **error);

/* Fills in the roles that nobody has been named for, for the absolute @site of the user @owner. E13_ERROR_USAGE where
 * the evidence is missing or contradicts itself. */
gboolean e13_who_find_serving (E13Who *who, const E13ReadOps *ops, const char *site, guint32 owner, GError **error);
