/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The accounts that a dump of a POSIX machine names. A number stands for itself, root for 0, and every other name for a
 * number out of a range that no account has (E13_ID_NAMED): it is an account of that machine, whatever this one calls
 * by the same name. Internal to platform/snapshot. */

#pragma once

#include <glib.h>

#include "model/identity.h"

typedef struct E13DumpNames E13DumpNames;

E13DumpNames *e13_dump_names_new (void);
void e13_dump_names_free (E13DumpNames *names); /* NULL is allowed */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (E13DumpNames, e13_dump_names_free)

/* The number of the user or group @word, which is added where it is new. FALSE and @error (E13_ERROR_INPUT) where it
 * cannot be one. */
gboolean e13_dump_names_add (E13DumpNames *names, const char *word, guint32 *ret_id, GError **error);

/* What the dump calls it, a number by its digits; NULL where it does not occur. */
const char *e13_dump_names_find (const E13DumpNames *names, guint32 id);

/* USER or USER:GROUP[,GROUP...], in the words of the dump; E13_ERROR_USAGE. */
E13Identity *e13_dump_names_identity (E13DumpNames *names, const char *text, GError **error);
