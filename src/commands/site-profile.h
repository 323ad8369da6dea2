/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The site's own profile, `.errno13` in its root: advice of whoever packed it, and policy only where nobody but root or
 * the caller can have written it. */

#pragma once

#include "platform/platform.h"
#include "policy/profile.h"

typedef struct
{
  E13Profile *profile; /* NULL where it is broken, or was not read */
  GError *broken;      /* why it could not be used; NULL */
  char *shown_path;    /* quoted */
  gboolean trusted;    /* only root or the caller can have written it */
  char *why_not;       /* a clause, where it is not trusted */
} E13SiteProfile;

/* NULL where there is none. Whether one that is broken matters depends on whether it is believed at all. With
 * @only_trusted nothing of a stranger's is read. */
E13SiteProfile *e13_site_profile_find (const E13ReadOps *ops, const E13Tree *tree, gboolean only_trusted);
void e13_site_profile_free (E13SiteProfile *own);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (E13SiteProfile, e13_site_profile_free)
