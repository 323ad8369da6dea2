/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What an application's own configuration says of a section: elsewhere (MovedBy=), not needed (Unless=), not even that
 * (If=). */

#pragma once

#include "policy/policy.h"

/* FALSE where @section does not apply at all. @ret_moved: its pattern beneath the site, where it is not that which it
 * stands under; else NULL. What the
 * caller should know is added to @remarks, which may be NULL. @directory: where the application lies beneath the site,
 * which @evidence is of. A path that leads out of the site is never followed. */
gboolean e13_moved_find (const E13Section *section, const E13Evidence *evidence, const E13PolicyOptions *options,
                         const char *directory, GPtrArray *remarks, char **ret_moved);

/* @pattern beneath @directory, whatever characters that holds. Free with g_free(). */
char *e13_moved_pattern (const char *directory, const char *pattern);
