/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What one site needs: the profile that was named, else the site's own, else the one that is recognised; those of the
 * applications in its directories; the command line. */

#pragma once

#include "commands/run.h"

/* Sets site->policy, and adds to its remarks. */
gboolean e13_site_policy_make (E13SiteRun *site, GError **error);

/* The profile called @name, or in the file of that name. */
E13Profile *e13_site_policy_named (const GPtrArray *profiles, const char *name, GError **error);

/* The directory above that @tree is the document root of, and its profile (owned by @profiles); NULL where there is
 * none. Free with g_free(). */
char *e13_site_policy_above (const E13ReadOps *ops, const E13Tree *tree, const GPtrArray *profiles,
                             const E13Profile **ret_profile);
