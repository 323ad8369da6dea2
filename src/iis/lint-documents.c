/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* 403.14: a folder that has nothing to show for its own address. That a folder of scripts has no start page is no
 * mistake: how sure a finding is hangs on what else lies there. */

#include <string.h>

#include "base/path.h"
#include "base/quote.h"
#include "iis/handler.h"
#include "iis/lint-place.h"

#define REWRITE_RULES "system.webServer/rewrite/rules"

/* ---- Who answers for the folder -------------------------------------------------------------- */

static gboolean
is_false (const char *value)
{
  return value != NULL && g_ascii_strcasecmp (value, "false") == 0;
}

/* Is one of the rule's conditions that what is asked for is no directory? */
static gboolean
spares_directories (const E13XmlElement *rule)
{
  const E13XmlElement *conditions = e13_xml_child (rule, "conditions", NULL);
  const E13XmlElement *condition = NULL;

  while (conditions != NULL && (condition = e13_xml_child (conditions, "add", condition)) != NULL)
    {
      const char *type = e13_xml_value (condition, "matchType");
      const char *negate = e13_xml_value (condition, "negate");

      if (type != NULL && g_ascii_strcasecmp (type, "IsDirectory") == 0 && negate != NULL
          && g_ascii_strcasecmp (negate, "true") == 0)
        return TRUE;
    }
  return FALSE;
}

/* Does the rule take the empty path, which is the folder's own? One that cannot be understood may. */
static gboolean
takes_folder (const E13XmlElement *rule)
{
  const E13XmlElement *match = e13_xml_child (rule, "match", NULL);
  const char *url = match != NULL ? e13_xml_value (match, "url") : NULL;
  const char *negate = match != NULL ? e13_xml_value (match, "negate") : NULL;
  const char *syntax = e13_xml_value (rule, "patternSyntax");
  gboolean is_negative = negate != NULL && g_ascii_strcasecmp (negate, "true") == 0;
  g_autoptr (GRegex) regex = NULL;

  if (is_false (e13_xml_value (rule, "enabled")) || url == NULL || spares_directories (rule))
    return FALSE;
  if (syntax != NULL && g_ascii_strcasecmp (syntax, "ExactMatch") == 0)
    return is_negative != (*url == '\0');
  if (syntax != NULL && g_ascii_strcasecmp (syntax, "Wildcard") == 0)
    return is_negative != (url[strspn (url, "*")] == '\0');
  regex = g_regex_new (url, G_REGEX_CASELESS, 0, NULL);
  return regex == NULL || is_negative != g_regex_match (regex, "", 0, NULL);
}

static gboolean
is_rewritten (const E13LintPlace *root)
{
  g_autoptr (GArray) layers = e13_iis_scope_layers (root->scope, REWRITE_RULES);

  for (guint i = 0; i < layers->len; i++)
    {
      const E13XmlElement *rule = NULL;

      while ((rule = e13_xml_child (g_array_index (layers, E13IisLayer, i).element, "rule", rule)) != NULL)
        if (takes_folder (rule))
          return TRUE;
    }
  return FALSE;
}

static gboolean
has_name (const GPtrArray *names, const char *name)
{
  for (guint i = 0; i < names->len; i++)
    if (g_ascii_strcasecmp (names->pdata[i], name) == 0)
      return TRUE;
  return FALSE;
}

/* ASP.NET's routes answer for addresses that are no files. */
static gboolean
is_routed (const E13LintSite *site, const E13LintPlace *root, const GPtrArray *names)
{
  const E13IisPool *pool = e13_lint_pool (site, root);

  return (has_name (names, "Global.asax") || has_name (names, "bin"))
         && (pool == NULL || (pool->runtime_version.text[0] != '\0' && e13_iis_pool_is_integrated (pool)));
}

/* Something answers for the root itself: an application, a rewrite, a redirection. */
static gboolean
is_answered (const E13LintSite *site, const E13LintPlace *root, const GPtrArray *names)
{
  E13IisValue redirects = e13_iis_scope_value (root->scope, "system.webServer/httpRedirect", "enabled", "false");
  const E13XmlElement *handler
      = e13_iis_handler_for (root->scope, &root->match, e13_lint_pool (site, root), "no-such-name");
  const char *name = NULL;

  return e13_iis_value_is_true (&redirects) || is_rewritten (root) || is_routed (site, root, names)
         || (handler != NULL && e13_iis_handler_runs (handler, &name) != E13_IIS_RUNS_NOTHING);
}

/* ---- What lies there ------------------------------------------------------------------------- */

/* What the folder @path beneath the site holds; NULL: it cannot be listed. */
static GPtrArray *
names_in (const E13LintSite *site, const char *path)
{
  E13Pin *pin = site->ops->pin (site->tree, path, NULL);
  GPtrArray *names = pin != NULL && pin->facts.type == E13_TYPE_DIRECTORY ? site->ops->list (pin, NULL) : NULL;

  site->ops->unpin (pin);
  return names;
}

/* The first default document that is there; NULL: none. @names: what the folder holds. Owned by @names. */
static const char *
find_document (const GPtrArray *documents, const GPtrArray *names)
{
  for (guint i = 0; i < documents->len; i++)
    {
      const char *document = e13_xml_value (documents->pdata[i], "value");

      for (guint n = 0; n < names->len; n++)
        if (document != NULL && g_ascii_strcasecmp (document, names->pdata[n]) == 0)
          return names->pdata[n];
    }
  return NULL;
}

static gboolean
looks_like_start (const char *name)
{
  static const char *const stems[] = { "index", "default", "home", "start", "main", "welcome" };
  gsize length = strcspn (name, ".");

  for (gsize i = 0; i < G_N_ELEMENTS (stems); i++)
    if (name[length] != '\0' && length == strlen (stems[i]) && g_ascii_strncasecmp (name, stems[i], length) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
is_page (const char *name)
{
  static const char *const endings[] = { ".htm", ".html", ".php", ".asp", ".aspx", ".cshtml", ".shtml" };
  const char *dot = strrchr (name, '.');

  for (gsize i = 0; dot != NULL && i < G_N_ELEMENTS (endings); i++)
    if (g_ascii_strcasecmp (dot, endings[i]) == 0)
      return TRUE;
  return FALSE;
}

#define MOST_FOLDERS 50

/* Where one folder deeper a default document lies: "site/index.html". NULL: nowhere. Free with g_free(). */
static char *
find_deeper (const E13LintSite *site, const GPtrArray *documents, const GPtrArray *names)
{
  for (guint i = 0; i < MIN (names->len, MOST_FOLDERS); i++)
    {
      g_autoptr (GPtrArray) below = names_in (site, names->pdata[i]);
      const char *document = below != NULL ? find_document (documents, below) : NULL;

      if (document != NULL)
        return e13_path_join (names->pdata[i], document, '/');
    }
  return NULL;
}

/* ---- The finding ----------------------------------------------------------------------------- */

static char *
list_documents (const GPtrArray *documents)
{
  GString *list = g_string_new (NULL);

  for (guint i = 0; i < documents->len && i < 10; i++)
    {
      const char *value = e13_xml_value (documents->pdata[i], "value");
      g_autofree char *shown = e13_quote_display (value != NULL ? value : "");

      g_string_append_printf (list, "%s%s", i > 0 ? ", " : "", shown);
    }
  return g_string_free (list, FALSE);
}

typedef struct
{
  E13LintCertainty certainty;
  char *because; /* NULL: it is no mistake */
} Judgement;

/* There are documents in the server's list, and none of them in the folder. */
static Judgement
judge_names (const E13LintSite *site, const GPtrArray *documents, const GPtrArray *names)
{
  g_autofree char *list = list_documents (documents);
  g_autofree char *deeper = NULL;
  const char *start = NULL;
  gboolean has_pages = FALSE;
  guint n_others = 0;

  for (guint i = 0; i < names->len; i++)
    {
      const char *name = names->pdata[i];

      if (start == NULL && looks_like_start (name))
        start = name;
      has_pages |= is_page (name);
      n_others += g_ascii_strcasecmp (name, "web.config") != 0;
    }
  if (start != NULL)
    return (Judgement){ E13_LINT_CERTAIN,
                        g_strdup_printf ("the folder has '%s', which is none of the default documents (%s), and may "
                                         "not be listed: only whole addresses work.",
                                         start, list) };
  if (has_pages || n_others == 0)
    return (Judgement){ E13_LINT_LIKELY,
                        g_strdup_printf ("the folder holds none of the default documents (%s), and may not be listed: "
                                         "only whole addresses work.",
                                         list) };
  deeper = find_deeper (site, documents, names);
  if (deeper == NULL)
    return (Judgement){ E13_LINT_POSSIBLE, NULL };
  return (Judgement){ E13_LINT_POSSIBLE,
                      g_strdup_printf ("the folder holds none of the default documents (%s); one lies deeper, at '%s'.",
                                       list, deeper) };
}

static void
report_no_document (const E13LintSite *site, const Judgement *judgement, E13Lint *lint)
{
  const E13XmlPlace none = { 0, 0, 0 };
  g_autofree char *origin = e13_lint_site_origin (site, "");
  E13LintFinding *finding
      = e13_lint_add_at (lint, E13_LINT_NO_DEFAULT_DOCUMENT, origin, &none, NULL, judgement->because);

  finding->certainty = MAX (finding->certainty, judgement->certainty);
  e13_lint_cure (finding,
                 "add one of these files, or name yours: in <system.webServer><defaultDocument enabled=\"true\">"
                 "<files> write <add value=\"YOURS\" />");
  e13_lint_cure (finding, "if all may see the list of files: <directoryBrowse enabled=\"true\" />");
}

/* What the server shows for the root of the site; NULL: nothing that it finds there. */
static const char *
document_of (const E13LintPlace *root, const GPtrArray *documents, const GPtrArray *names, E13IisValue *ret_enabled)
{
  const char *document = find_document (documents, names);

  *ret_enabled = e13_iis_scope_value (root->scope, "system.webServer/defaultDocument", "enabled", "true");
  return e13_iis_value_is_true (ret_enabled) ? document : NULL;
}

char *
e13_lint_default_document (const E13LintSite *site)
{
  const E13LintPlace *root = site->places->pdata[0];
  g_autoptr (GPtrArray) documents = e13_iis_scope_collection (root->scope, "system.webServer/defaultDocument/files");
  g_autoptr (GPtrArray) names = site->tree != NULL ? names_in (site, "") : NULL;
  E13IisValue enabled;

  return names != NULL ? g_strdup (document_of (root, documents, names, &enabled)) : NULL;
}

void
e13_lint_documents (const E13LintSite *site, E13Lint *lint)
{
  const E13LintPlace *root = site->places->pdata[0];
  E13IisValue browse = e13_iis_scope_value (root->scope, "system.webServer/directoryBrowse", "enabled", "false");
  g_autoptr (GPtrArray) documents = e13_iis_scope_collection (root->scope, "system.webServer/defaultDocument/files");
  g_autoptr (GPtrArray) names = site->tree != NULL && site->is_known ? names_in (site, "") : NULL;
  E13IisValue enabled;
  Judgement judgement = { E13_LINT_CERTAIN, NULL };

  if (names == NULL || documents->len == 0 || e13_iis_value_is_true (&browse)
      || document_of (root, documents, names, &enabled) != NULL || is_answered (site, root, names))
    return;
  if (e13_iis_value_is_true (&enabled))
    judgement = judge_names (site, documents, names);
  else if (find_document (documents, names) != NULL)
    {
      g_autofree char *where = e13_iis_value_place (&enabled);

      judgement.because
          = g_strdup_printf ("default documents are switched off (%s), and the folder may not be listed.", where);
    }
  if (judgement.because != NULL)
    report_no_document (site, &judgement, lint);
}
