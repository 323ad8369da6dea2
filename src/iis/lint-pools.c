/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* 403.18, 403.19, 500.19: application pools that are not there or may not do what is asked of them, and paths that lead
 * nowhere. */

#include "iis/lint-place.h"

#include <string.h>

#include "base/quote.h"
#include "iis/handler.h"

/* ---- The pool -------------------------------------------------------------------------------- */

static void
check_pool (const E13LintSite *site, const E13LintPlace *place, E13Lint *lint)
{
  const E13IisValue *named = &place->match.application->pool;
  g_autofree char *shown = e13_quote_display (named->text);
  g_autofree char *value = e13_lint_appcmd_value (named->text);
  E13LintFinding *finding;

  if (!site->is_known || e13_lint_pool (site, place) != NULL || site->server->pools->len == 0)
    return;
  finding = e13_lint_add (lint, E13_LINT_POOL_MISSING,
                          named->element != NULL ? named->element : place->match.application->element, named->attribute,
                          g_strdup_printf ("there is no application pool '%s'.", shown));
  e13_lint_cure (finding, "name one that is there: \"" E13_LINT_APPCMD_F " list apppool\" says which");
  if (value != NULL)
    e13_lint_cure (finding, "make it:\n" E13_LINT_APPCMD_F " add apppool /name:\"%s\"", value);
}

/* ---- 403.19 ---------------------------------------------------------------------------------- */

static void
check_right (const E13LintSite *site, const E13LintHandler *handler, E13Lint *lint)
{
  E13IisValue as_user
      = e13_iis_scope_value (handler->place->scope, "system.webServer/cgi", "createProcessAsUser", "true");
  const E13IisPool *pool = handler->pool;
  g_autofree char *shown = pool != NULL ? e13_quote_windows (pool->user_name.text) : NULL;
  g_autofree char *where = e13_lint_where (handler->element, NULL);
  E13LintFinding *finding;

  (void)site;
  if (pool == NULL || handler->condition_fails != NULL || handler->processor == NULL
      || !e13_iis_handler_has_module (handler->element, "CgiModule")
      || g_ascii_strcasecmp (pool->identity_type.text, "SpecificUser") != 0 || !e13_iis_value_is_true (&as_user))
    return;
  finding
      = e13_lint_add (lint, E13_LINT_CGI_USER_RIGHT, pool->identity_type.element, pool->identity_type.attribute,
                      g_strdup_printf ("the pool runs as '%s', and CGI programs (%s) are started as the visitor: for "
                                       "that the account needs the right \"Replace a process level token\", which it "
                                       "has only if somebody gave it.",
                                       shown, where));
  e13_lint_cure (finding,
                 "secpol.msc, Local Policies, User Rights Assignment: give it \"Replace a process level token\" "
                 "and \"Adjust memory quotas for a process\"");
  e13_lint_cure (finding, "let the pool run as itself: identityType=\"ApplicationPoolIdentity\"");
}

/* ---- 403.18 ---------------------------------------------------------------------------------- */

static gboolean
is_below (const char *path, const char *above)
{
  gsize length = strlen (above);

  return g_ascii_strncasecmp (path, above, length) == 0
         && (path[length] == '\0' || path[length] == '/' || above[length - 1] == '/');
}

/* The application of the site that answers for @path. */
static const E13IisApplication *
application_of (const E13IisSite *site, const char *path)
{
  const E13IisApplication *best = NULL;

  for (guint i = 0; i < site->applications->len; i++)
    {
      const E13IisApplication *application = site->applications->pdata[i];

      if (is_below (path, application->path) && (best == NULL || strlen (application->path) > strlen (best->path)))
        best = application;
    }
  return best;
}

static void
check_error_page (const E13LintPlace *place, const E13XmlElement *entry, E13Lint *lint)
{
  const char *mode = e13_xml_value (entry, "responseMode");
  const E13XmlAttribute *path = e13_xml_attribute (entry, "path");
  const E13IisApplication *application;
  g_autofree char *theirs = NULL;
  g_autofree char *own = e13_quote_display (place->match.application->pool.text);
  E13LintFinding *finding;

  if (path == NULL || path->value[0] != '/' || g_ascii_strcasecmp (mode != NULL ? mode : "File", "ExecuteURL") != 0)
    return;
  application = application_of (place->match.site, path->value);
  if (application == NULL || g_ascii_strcasecmp (application->pool.text, place->match.application->pool.text) == 0)
    return;
  theirs = e13_quote_display (application->pool.text);
  finding
      = e13_lint_add (lint, E13_LINT_ERROR_PAGE_POOL, entry, path,
                      g_strdup_printf ("the error page belongs to an application in the pool '%s', and this one runs "
                                       "in '%s': IIS runs no page of another pool.",
                                       theirs, own));
  e13_lint_cure (finding, "name a page of this application");
  e13_lint_cure (finding, "send the visitor there: responseMode=\"Redirect\"");
}

static void
check_error_pages (const E13LintSite *site, const E13LintPlace *place, E13Lint *lint)
{
  g_autoptr (GPtrArray) entries
      = site->is_known ? e13_iis_scope_collection (place->scope, "system.webServer/httpErrors") : g_ptr_array_new ();

  for (guint i = 0; i < entries->len; i++)
    check_error_page (place, entries->pdata[i], lint);
}

/* ---- 500.19: the path ------------------------------------------------------------------------ */

static void
check_path (const E13LintSite *site, const E13LintPlace *place, E13Lint *lint)
{
  const E13IisDirectory *directory = place->match.directory;
  g_auto (E13LintProgram) object = { 0 };
  g_autofree char *shown = NULL;
  E13LintFinding *finding;

  if (!site->is_known || directory->physical_path == NULL)
    return;
  e13_lint_machine_ask (site->machine, directory->physical_path, &object);
  if (object.presence != E13_LINT_ABSENT)
    return;
  shown = e13_quote_windows (directory->physical_path);
  finding = e13_lint_add (
      lint, E13_LINT_PATH_MISSING, directory->element, e13_xml_attribute (directory->element, "physicalPath"),
      g_strdup_printf ("there is no folder '%s', so no web.config can be looked for in it.", shown));
  e13_lint_cure (finding, "make the folder, or let physicalPath name the one that is meant");
}

void
e13_lint_pools (const E13LintSite *site, E13Lint *lint)
{
  for (guint i = 0; i < site->places->len; i++)
    {
      check_pool (site, site->places->pdata[i], lint);
      check_error_pages (site, site->places->pdata[i], lint);
      check_path (site, site->places->pdata[i], lint);
    }
  e13_lint_each_handler (site, lint, check_right);
}
