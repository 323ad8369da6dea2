/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What a repair of a Windows site changed, for icacls: a second way back that needs no errno13. */

#pragma once

#include "model/change.h"
#include "platform/platform.h"

/* Writes to the new file @path what the pending ones of @changes were, as `icacls DIR /save FILE` does: UTF-16, names
 * relative to the directory above the site @tree. Owners, streams and attributes have no place in it, nor has what SDDL
 * cannot say: @ret_n_left_out objects. FALSE and @error, with no file left behind. */
gboolean e13_journal_export_icacls (const char *path, const E13Tree *tree, const GPtrArray *changes,
                                    guint *ret_n_left_out, GError **error);
