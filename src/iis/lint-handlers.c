/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* 403.1, 404.3, 404.4, 404.7, 404.8, 404.17: requests that reach no handler, another one than was meant, or one that
 * may not run. */

#include "iis/lint-place.h"

#include <string.h>

#include "base/path.h"
#include "base/quote.h"
#include "iis/handler.h"
#include "iis/files.h"

/* ---- 403.1: the access policy ---------------------------------------------------------------- */

static gboolean
has_flag (const char *flags, const char *flag)
{
  g_auto (GStrv) words = g_strsplit (flags, ",", -1);

  for (gsize i = 0; words[i] != NULL; i++)
    if (g_ascii_strcasecmp (g_strstrip (words[i]), flag) == 0)
      return TRUE;
  return FALSE;
}

static void
check_policy (const E13LintSite *site, const E13LintHandler *handler, E13Lint *lint)
{
  E13IisValue policy = e13_iis_scope_value (handler->place->scope, "system.webServer/handlers", "accessPolicy", "Read");
  const char *needs = e13_xml_value (handler->element, "requireAccess");
  const char *name = NULL;
  g_autofree char *where = e13_iis_value_place (&policy);
  g_autofree char *shown = e13_quote_display (
      e13_xml_value (handler->element, "name") != NULL ? e13_xml_value (handler->element, "name") : "");
  E13LintFinding *finding;

  needs = needs != NULL ? needs : "Script";
  /* The server's own handlers for programs are there, and off, wherever nobody wants them. */
  if (!handler->is_own && g_ascii_strcasecmp (needs, "Execute") == 0)
    return;
  if (handler->condition_fails != NULL || e13_iis_handler_runs (handler->element, &name) == E13_IIS_RUNS_NOTHING
      || (g_ascii_strcasecmp (needs, "Script") != 0 && g_ascii_strcasecmp (needs, "Execute") != 0)
      || has_flag (policy.text, needs) || has_flag (policy.text, "Execute")
      || (!site->is_known && policy.element == NULL))
    return;
  if (policy.element != NULL)
    finding = e13_lint_add (
        lint, E13_LINT_SCRIPT_NOT_EXECUTED, policy.element, policy.attribute,
        g_strdup_printf ("the handler '%s' needs %s, which this does not give to what lies here.", shown, needs));
  else
    finding = e13_lint_add (
        lint, E13_LINT_SCRIPT_NOT_EXECUTED, handler->element, NULL,
        g_strdup_printf ("it needs %s, and nobody sets accessPolicy: then it is Read (%s).", needs, where));
  e13_lint_cure (finding, "in <handlers> write accessPolicy=\"%s, %s\"",
                 policy.element != NULL && !has_flag (policy.text, "None") ? policy.text : "Read", needs);
}

/* ---- 404.17: conditions ---------------------------------------------------------------------- */

static void
check_condition (const E13LintSite *site, const E13LintHandler *handler, E13Lint *lint)
{
  const char *path = e13_xml_value (handler->element, "path");
  const char *star = path != NULL ? strrchr (path, '*') : NULL;
  g_autofree char *sample = star != NULL ? g_strconcat ("x", star + 1, NULL) : g_strdup (path);
  const char *name = NULL;
  const E13XmlElement *instead;
  E13LintFinding *finding;

  (void)site;
  if (handler->condition_fails == NULL || !handler->is_own || sample == NULL
      || e13_iis_handler_runs (handler->element, &name) == E13_IIS_RUNS_NOTHING)
    return;
  instead = e13_iis_handler_for (handler->place->scope, &handler->place->match, handler->pool, sample);
  if (instead != NULL && e13_iis_handler_runs (instead, &name) != E13_IIS_RUNS_NOTHING)
    return;
  finding = e13_lint_add (lint, E13_LINT_HANDLER_CONDITION, handler->element,
                          e13_xml_attribute (handler->element, "preCondition"),
                          g_strdup_printf ("%s: the handler is passed over, and the script falls to the one for files.",
                                           handler->condition_fails));
  e13_lint_cure (finding,
                 "take the word out of preCondition; a CGI or FastCGI program may have other bits than the pool");
  e13_lint_cure (finding, "give the application a pool in which it holds");
}

/* ---- 404.7: filtered ------------------------------------------------------------------------- */

#define EXTENSIONS "system.webServer/security/requestFiltering/fileExtensions"

static void
check_extension (const E13LintSite *site, const E13LintHandler *handler, E13Lint *lint)
{
  const char *path = e13_xml_value (handler->element, "path");
  const char *dot = path != NULL ? strrchr (path, '.') : NULL;
  g_autoptr (GPtrArray) entries = e13_iis_scope_collection (handler->place->scope, EXTENSIONS);
  E13IisValue others = e13_iis_scope_value (handler->place->scope, EXTENSIONS, "allowUnlisted", "true");
  const E13XmlElement *entry = NULL;
  const char *allowed = NULL;
  const char *name = NULL;
  g_autofree char *where = NULL;
  E13LintFinding *finding;

  (void)site;
  if (dot == NULL || strpbrk (dot, "*?/,") != NULL || !handler->is_own || handler->condition_fails != NULL
      || e13_iis_handler_runs (handler->element, &name) == E13_IIS_RUNS_NOTHING)
    return;
  for (guint i = 0; i < entries->len && entry == NULL; i++)
    if (g_ascii_strcasecmp (e13_xml_value (entries->pdata[i], "fileExtension") != NULL
                                ? e13_xml_value (entries->pdata[i], "fileExtension")
                                : "",
                            dot)
        == 0)
      entry = entries->pdata[i];
  allowed = entry != NULL ? e13_xml_value (entry, "allowed") : others.text;
  if (allowed == NULL || g_ascii_strcasecmp (allowed, "false") != 0)
    return;
  where = entry != NULL ? e13_lint_where (entry, NULL) : e13_iis_value_place (&others);
  finding
      = e13_lint_add (lint, E13_LINT_EXTENSION_DENIED, handler->element, e13_xml_attribute (handler->element, "path"),
                      g_strdup_printf ("request filtering lets nothing through that ends in '%s' (%s), before any "
                                       "handler is asked.",
                                       dot, where));
  e13_lint_cure (finding,
                 "in <requestFiltering><fileExtensions> write <remove fileExtension=\"%s\" /> and "
                 "<add fileExtension=\"%s\" allowed=\"true\" />",
                 dot, dot);
}

/* ---- 404.8: hidden --------------------------------------------------------------------------- */

#define HIDDEN "system.webServer/security/requestFiltering/hiddenSegments"

static const E13XmlElement *
hides (const GPtrArray *segments, const char *path)
{
  g_autofree char *directory = g_path_get_dirname (path);
  g_auto (GStrv) parts = g_strsplit (directory, "/", -1);

  for (guint i = 0; i < segments->len; i++)
    for (gsize p = 0; parts[p] != NULL; p++)
      if (g_ascii_strcasecmp (e13_xml_value (segments->pdata[i], "segment") != NULL
                                  ? e13_xml_value (segments->pdata[i], "segment")
                                  : "",
                              parts[p])
          == 0)
        return segments->pdata[i];
  return NULL;
}

/* The place that holds @path: the deepest one above it. */
static const E13LintPlace *
place_of (const E13LintSite *site, const char *path)
{
  g_autofree char *directory = g_path_get_dirname (path);
  const E13LintPlace *best = site->places->pdata[0];

  for (guint i = 0; i < site->places->len; i++)
    {
      const E13LintPlace *place = site->places->pdata[i];

      if (e13_path_is_in (directory, place->directory) && strlen (place->directory) > strlen (best->directory))
        best = place;
    }
  return best;
}

/* A file of the site as such. Takes @because over. */
static E13LintFinding *
report_file (const E13LintSite *site, E13LintRuleId rule, const char *path, char *because, E13Lint *lint)
{
  const E13XmlPlace none = { 0, 0, 0 };
  g_autofree char *origin = e13_lint_site_origin (site, path);

  return e13_lint_add_at (lint, rule, origin, &none, NULL, because);
}

static void
check_hidden (const E13LintSite *site, const char *script, E13Lint *lint)
{
  const E13LintPlace *place = place_of (site, script);
  g_autoptr (GPtrArray) segments = e13_iis_scope_collection (place->scope, HIDDEN);
  const E13XmlElement *segment = hides (segments, script);
  g_autofree char *where = segment != NULL ? e13_lint_where (segment, NULL) : NULL;
  g_autofree char *shown = segment != NULL ? e13_quote_display (e13_xml_value (segment, "segment")) : NULL;
  const E13XmlElement *handler = e13_iis_handler_for (place->scope, &place->match, e13_lint_pool (site, place), script);
  const char *name = NULL;
  E13LintFinding *finding;

  /* Only what somebody meant to be run from there. */
  if (segment == NULL || handler == NULL || e13_iis_handler_runs (handler, &name) == E13_IIS_RUNS_NOTHING
      || (place->directory[0] == '\0' && hides (segments, script) != NULL))
    return;
  finding = report_file (site, E13_LINT_FOLDER_HIDDEN, script,
                         g_strdup_printf ("a folder on the way is called '%s', which request filtering hides (%s): "
                                          "nothing below it can be asked for.",
                                          shown, where),
                         lint);
  e13_lint_cure (finding, "give the folder another name (\"cgi-bin\"); do not take it out of the hidden ones");
}

/* ---- 404.3, 404.4: nobody for it ------------------------------------------------------------- */

/* What browsers load, so that its absence is noticed. Other endings are often not meant to be handed out. */
static const char *const web_endings[]
    = { ".avif", ".eot", ".glb",  ".json", ".m4a",  ".mjs",  ".mp4",   ".ogg",        ".otf",
        ".svg",  ".ttf", ".wasm", ".webm", ".webp", ".woff", ".woff2", ".webmanifest" };

static gboolean
is_web_ending (const char *ending)
{
  for (gsize i = 0; i < G_N_ELEMENTS (web_endings); i++)
    if (strcmp (web_endings[i], ending) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
has_type (const E13LintPlace *place, const char *ending)
{
  g_autoptr (GPtrArray) types = e13_iis_scope_collection (place->scope, "system.webServer/staticContent");

  for (guint i = 0; i < types->len; i++)
    {
      const char *is = e13_xml_value (types->pdata[i], "fileExtension");

      if (is != NULL && (strcmp (is, "*") == 0 || strcmp (is, ".*") == 0 || g_ascii_strcasecmp (is, ending) == 0))
        return TRUE;
    }
  /* A copy that holds none at all says nothing. */
  return types->len == 0;
}

static void
report_no_type (const E13LintSite *site, const char *path, const char *ending, E13Lint *lint)
{
  E13LintFinding *finding = report_file (
      site, E13_LINT_NO_MIME_TYPE, path,
      g_strdup_printf ("no <mimeMap> in effect here has '%s', and IIS hands out no file whose type it does "
                       "not know.",
                       ending),
      lint);

  e13_lint_cure (
      finding,
      "in <system.webServer><staticContent> write <mimeMap fileExtension=\"%s\" mimeType=\"…\" />, with its type",
      ending);
}

static void
report_no_script_handler (const E13LintSite *site, const char *path, const char *ending, E13Lint *lint)
{
  E13LintFinding *finding = report_file (
      site, E13_LINT_SCRIPT_WITHOUT_HANDLER, path,
      g_strdup_printf (
          "no handler in effect here runs what ends in '%s'; as a file it has no type, and is not handed out.", ending),
      lint);

  e13_lint_cure (finding,
                 "in <system.webServer><handlers> write <add name=\"…\" path=\"*%s\" verb=\"*\" modules=\"CgiModule\" "
                 "scriptProcessor=\"PROGRAM %%s %%s\" resourceType=\"File\" />, and allow that text on the server",
                 ending);
}

/* The handlers here: emptied by whom? The last layer that takes them away. */
static const E13XmlElement *
who_cleared (const E13LintPlace *place)
{
  g_autoptr (GArray) layers = e13_iis_scope_layers (place->scope, "system.webServer/handlers");

  for (guint i = layers->len; i > 0; i--)
    {
      const E13IisLayer *layer = &g_array_index (layers, E13IisLayer, i - 1);
      const E13XmlElement *clear = e13_xml_child (layer->element, "clear", NULL);

      if (!layer->is_locked && clear != NULL)
        return clear;
    }
  return NULL;
}

static void
report_no_handler (const E13LintPlace *place, const char *path, E13Lint *lint)
{
  const E13XmlElement *clear = who_cleared (place);
  g_autofree char *shown = e13_quote_display (path);
  E13LintFinding *finding;

  if (clear == NULL)
    return;
  finding
      = e13_lint_add (lint, E13_LINT_NO_HANDLER, clear, NULL,
                      g_strdup_printf ("it takes the handlers away, the one for files with them, and no other takes "
                                       "'%s'.",
                                       shown));
  e13_lint_cure (finding, "write <remove name=\"…\" /> for the one that is in the way instead of <clear />");
  e13_lint_cure (finding, "add at the end <add name=\"StaticFile\" path=\"*\" verb=\"*\" modules=\"StaticFileModule,"
                          "DefaultDocumentModule,DirectoryListingModule\" resourceType=\"Either\" "
                          "requireAccess=\"Read\" />");
}

static void
check_ending (const E13LintSite *site, const char *ending, const char *path, E13Lint *lint)
{
  const E13LintPlace *place = place_of (site, path);
  const E13XmlElement *handler = e13_iis_handler_for (place->scope, &place->match, e13_lint_pool (site, place), path);
  const char *name = NULL;
  gboolean is_script = e13_iis_is_script (path);
  g_autoptr (GPtrArray) segments = e13_iis_scope_collection (place->scope, HIDDEN);

  /* Nobody can ask for it there. */
  if (hides (segments, path) != NULL)
    return;
  if (handler == NULL)
    {
      report_no_handler (place, path, lint);
      return;
    }
  if (e13_iis_handler_runs (handler, &name) != E13_IIS_RUNS_NOTHING
      || !e13_iis_handler_has_module (handler, "StaticFileModule") || has_type (place, ending))
    return;
  if (is_script)
    report_no_script_handler (site, path, ending, lint);
  else if (is_web_ending (ending))
    report_no_type (site, path, ending, lint);
}

/* In the order of names, so that the report is the same each time. */
static void
check_files (const E13LintSite *site, E13Lint *lint)
{
  g_autoptr (GList) endings = g_list_sort (g_hash_table_get_keys (site->endings), (GCompareFunc)strcmp);

  for (GList *at = endings; at != NULL; at = at->next)
    check_ending (site, at->data, g_hash_table_lookup (site->endings, at->data), lint);
  for (guint i = 0; i < site->scripts->len; i++)
    check_hidden (site, site->scripts->pdata[i], lint);
}

/* ---- All ------------------------------------------------------------------------------------- */

static void
check (const E13LintSite *site, const E13LintHandler *handler, E13Lint *lint)
{
  check_policy (site, handler, lint);
  check_condition (site, handler, lint);
  check_extension (site, handler, lint);
}

void
e13_lint_handlers (const E13LintSite *site, E13Lint *lint)
{
  e13_lint_each_handler (site, lint, check);
  if (site->tree != NULL && site->is_known)
    check_files (site, lint);
}
