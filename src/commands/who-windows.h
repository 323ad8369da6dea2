/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Whose rights are judged on Windows: what --pool and --as-sid say, else the settings of IIS. Private to who.c. */

#pragma once

#include "commands/run.h"

/* Reads the settings: --apphost, or on Windows the machine's own. Sets @who->iis, or @who->is_guess where they are
 * there and may not be read. */
gboolean e13_who_read_iis (E13Who *who, const E13ReadOps *ops, const E13Options *options, GError **error);

/* --pool, --as-sid; where the settings are to say it, nothing is set yet; else an account is assumed, and that is said.
 */
gboolean e13_who_choose_token (E13Who *who, const E13ReadOps *ops, const E13Options *options, GError **error);

/* e13_who_at_site() and e13_who_at_path() where the settings of IIS are the evidence, or might be. */
gboolean e13_who_windows_at_site (E13Who *site_who, const E13Who *who, const E13ReadOps *ops, const E13Options *options,
                                  const E13Tree *tree, GError **error);
gboolean e13_who_windows_at_path (E13Who *path_who, const E13Who *who, const E13Options *options, const char *path,
                                  GError **error);
