/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What a linter looks at, gathered: the web.config files of a site, and the configuration in effect at each place of
 * it. */

#pragma once

#include "iis/lint.h"

typedef struct
{
  const E13IisServer *server; /* NULL: not known */
  const char *place;          /* "Default Web Site/week7", any application of @server; NULL: the one that holds @path */
  const char *path;           /* of the site's root on the machine of @server; NULL: by @place or @name */
  const char *shown;          /* what the root is called in findings; NULL without @tree */
  const E13ReadOps *ops;
  const E13Tree *tree; /* NULL: the site's files are not at hand */
  const E13LintMachine *machine;
  GHashTable
      *instead; /* path of a web.config beneath the site → GBytes that it is taken to hold; NULL: as they lie there */
  gboolean is_express; /* of IIS Express */
  gboolean is_copy;    /* @tree is a copy, whose permissions are not those of the site */
} E13LintRequest;

/* What @request points to must outlive the result. E13_ERROR_USAGE where it does not say which site of the server is
 * meant, with those that there are. */
E13LintSite *e13_lint_site_new (const E13LintRequest *request, GError **error);
void e13_lint_site_free (E13LintSite *site);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (E13LintSite, e13_lint_site_free)

/* What @server serves: an array of char *, "Default Web Site/week7". Free with g_ptr_array_unref(). */
GPtrArray *e13_lint_site_places (const E13IisServer *server);
/* The folder of one of them on its machine. Free with g_free(). E13_ERROR_USAGE where there is no such place. */
char *e13_lint_site_path (const E13IisServer *server, const char *place, GError **error);

/* Was a web.config above the site asked for that is not at hand? */
gboolean e13_lint_site_has_missed (const E13LintSite *site);

/* "Default Web Site/week7, pool DefaultAppPool"; NULL where the server is not known. Free with g_free(). */
char *e13_lint_site_describe (const E13LintSite *site);
