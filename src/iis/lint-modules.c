/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* 500.21 to 500.24: modules that handlers name and that are not there, and what ASP.NET may not say in integrated mode.
 */

#include "iis/lint-place.h"

#include <string.h>

#include "base/quote.h"
#include "iis/handler.h"

static const struct
{
  const char *name;
  const char *dism;
  const char *feature;
  const char *product;
} known_modules[] = {
#define E13_IIS_MODULE(name, dism, feature, product) { name, dism, feature, product },
#include "iis/modules.def"
#undef E13_IIS_MODULE
};

/* ---- 500.21 ---------------------------------------------------------------------------------- */

static gboolean
has_entry (const GPtrArray *entries, const char *name)
{
  /* What runs ASP.NET is called after its version. */
  const char *wanted = g_ascii_strcasecmp (name, "ManagedPipelineHandler") == 0 ? "ManagedEngine" : NULL;

  for (guint i = 0; i < entries->len; i++)
    {
      const char *is = e13_xml_value (entries->pdata[i], "name");

      if (is != NULL
          && (wanted != NULL ? g_ascii_strncasecmp (is, wanted, strlen (wanted)) == 0
                             : g_ascii_strcasecmp (is, name) == 0))
        return TRUE;
    }
  return FALSE;
}

static void
cure_by_install (E13LintFinding *finding, const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (known_modules); i++)
    if (g_ascii_strcasecmp (known_modules[i].name, name) == 0)
      {
        if (known_modules[i].product != NULL)
          e13_lint_cure (finding, "install %s on the server", known_modules[i].product);
        else
          {
            e13_lint_cure (finding, "on a workstation, as administrator:\ndism /online /enable-feature /featurename:%s",
                           known_modules[i].dism);
            e13_lint_cure (finding, "on a server, in PowerShell as administrator:\nInstall-WindowsFeature %s",
                           known_modules[i].feature);
          }
        return;
      }
  e13_lint_cure (finding, "install what brings that module, or take the handler out");
}

/* All modules that the handler names, if none of them is in @entries; NULL: one is. Free with g_free(). */
static char *
missing_modules (const E13XmlElement *handler, const GPtrArray *entries)
{
  const char *text = e13_xml_value (handler, "modules");
  g_auto (GStrv) names = g_strsplit (text != NULL && *text != '\0' ? text : "ManagedPipelineHandler", ",", -1);

  for (gsize i = 0; names[i] != NULL; i++)
    if (has_entry (entries, g_strstrip (names[i])))
      return NULL;
  return g_strdup (names[0] != NULL ? names[0] : "");
}

static void
check_module (const E13LintSite *site, const E13LintHandler *handler, E13Lint *lint)
{
  g_autoptr (GPtrArray) installed = e13_iis_scope_collection (handler->place->scope, "system.webServer/globalModules");
  g_autoptr (GPtrArray) enabled = e13_iis_scope_collection (handler->place->scope, "system.webServer/modules");
  const E13XmlAttribute *attribute = e13_xml_attribute (handler->element, "modules");
  g_autofree char *missing = NULL;
  g_autofree char *shown = NULL;
  E13LintFinding *finding;

  if (!site->is_known)
    e13_lint_cannot_tell (lint, "whether the modules of the handlers are installed", E13_LINT_APPCMD " list modules");
  if (!site->is_known || installed->len == 0 || handler->condition_fails != NULL)
    return;
  missing = missing_modules (handler->element, installed);
  if (missing != NULL)
    {
      shown = e13_quote_display (missing);
      finding = e13_lint_add (
          lint, E13_LINT_MODULE_NOT_INSTALLED, handler->element, attribute,
          g_strdup_printf ("<globalModules> of the server has no '%s': what brings it is not installed.", shown));
      cure_by_install (finding, missing);
      return;
    }
  missing = enabled->len > 0 ? missing_modules (handler->element, enabled) : NULL;
  if (missing == NULL || g_ascii_strcasecmp (missing, "ManagedPipelineHandler") == 0)
    return;
  shown = e13_quote_display (missing);
  finding
      = e13_lint_add (lint, E13_LINT_MODULE_REMOVED, handler->element, attribute,
                      g_strdup_printf ("'%s' is installed, and not among the <modules> in effect here: a <remove> or "
                                       "<clear> took it out.",
                                       shown));
  e13_lint_cure (finding, "in <modules> of the site write <add name=\"%s\" />, or take out what removes it", shown);
}

/* ---- 500.22 to 500.24 ------------------------------------------------------------------------ */

static const struct
{
  const char *section;
  const char *attribute; /* that must be "true"; NULL: any entry will do */
  E13LintRuleId rule;
  const char *because;
  const char *cure;
} classic_settings[] = {
  { "system.web/httpModules", NULL, E13_LINT_HTTP_MODULES, "<httpModules> of <system.web> is for classic mode",
    "move its entries to <modules> of <system.webServer>" },
  { "system.web/httpHandlers", NULL, E13_LINT_HTTP_HANDLERS, "<httpHandlers> of <system.web> is for classic mode",
    "move its entries to <handlers> of <system.webServer>" },
  { "system.web/identity", "impersonate", E13_LINT_IMPERSONATION,
    "impersonation comes too late for the first steps of integrated mode",
    "take it out, if the application does not need the visitor's own rights" },
};

static void
check_classic (const E13LintSite *site, const E13LintPlace *place, const E13IisPool *pool, gsize index, E13Lint *lint)
{
  g_autoptr (GArray) layers = e13_iis_scope_layers (place->scope, classic_settings[index].section);
  g_autofree char *shown = e13_quote_display (pool->name);

  for (guint i = 0; i < layers->len; i++)
    {
      const E13XmlElement *element = g_array_index (layers, E13IisLayer, i).element;
      const E13XmlAttribute *attribute = classic_settings[index].attribute != NULL
                                             ? e13_xml_attribute (element, classic_settings[index].attribute)
                                             : NULL;
      E13LintFinding *finding;

      if (e13_lint_is_of_server (site, element)
          || (classic_settings[index].attribute != NULL
                  ? attribute == NULL || g_ascii_strcasecmp (attribute->value, "true") != 0
                  : e13_xml_n_children (element) == 0))
        continue;
      finding = e13_lint_add (lint, classic_settings[index].rule, element, attribute,
                              g_strdup_printf ("%s, and the application pool '%s' runs in integrated mode.",
                                               classic_settings[index].because, shown));
      e13_lint_cure (finding, "%s", classic_settings[index].cure);
      e13_lint_cure (finding, "where the application also works so, switch the check off: in <system.webServer> write "
                              "<validation validateIntegratedModeConfiguration=\"false\" />");
    }
}

static void
check_pipeline (const E13LintSite *site, const E13LintPlace *place, E13Lint *lint)
{
  const E13IisPool *pool = e13_lint_pool (site, place);
  E13IisValue validates = e13_iis_scope_value (place->scope, "system.webServer/validation",
                                               "validateIntegratedModeConfiguration", "true");

  if (pool == NULL || !e13_iis_pool_is_integrated (pool) || !e13_iis_value_is_true (&validates))
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (classic_settings); i++)
    check_classic (site, place, pool, i, lint);
}

/* ---- 500.19: the files of modules ------------------------------------------------------------ */

static void
check_image (const E13LintSite *site, const E13XmlElement *module, const E13IisPool *pool, E13Lint *lint)
{
  const E13XmlAttribute *image = e13_xml_attribute (module, "image");
  const char *condition = e13_xml_value (module, "preCondition");
  g_autofree char *fails = condition != NULL && pool != NULL ? e13_iis_condition_fails (condition, pool) : NULL;
  g_autofree char *path
      = image != NULL ? e13_iis_expand (image->value, e13_lint_machine_variables (site->machine)) : NULL;
  g_autofree char *shown = path != NULL ? e13_quote_windows (path) : NULL;
  g_auto (E13LintProgram) program = { 0 };
  E13LintFinding *finding = NULL;

  if (path == NULL || fails != NULL)
    return;
  e13_lint_machine_ask (site->machine, path, &program);
  if (program.presence == E13_LINT_ABSENT)
    finding = e13_lint_add (lint, E13_LINT_MODULE_FILE_MISSING, module, image,
                            g_strdup_printf ("'%s' is not there: every request to a pool that loads it fails.", shown));
  else if (pool != NULL && program.bits != 0 && program.bits != e13_iis_pool_bits (pool))
    finding = e13_lint_add (lint, E13_LINT_MODULE_BITNESS, module, image,
                            g_strdup_printf ("'%s' is made for %u bits, and the pool '%s' runs with %u.", shown,
                                             program.bits, pool->name, e13_iis_pool_bits (pool)));
  if (finding == NULL)
    return;
  e13_lint_cure (finding, "install again what the module belongs to, or uninstall it, which takes the entry out");
  if (program.bits != 0)
    e13_lint_cure (finding, "let only such pools load it: preCondition=\"bitness%u\"", program.bits);
}

static void
check_images (const E13LintSite *site, E13Lint *lint)
{
  const E13LintPlace *root = site->places->pdata[0];
  const E13IisPool *pool = e13_lint_pool (site, root);
  g_autoptr (GPtrArray) modules = e13_iis_scope_collection (root->scope, "system.webServer/globalModules");

  for (guint i = 0; i < modules->len; i++)
    check_image (site, modules->pdata[i], pool, lint);
}

void
e13_lint_modules (const E13LintSite *site, E13Lint *lint)
{
  e13_lint_each_handler (site, lint, check_module);
  for (guint i = 0; i < site->places->len; i++)
    check_pipeline (site, site->places->pdata[i], lint);
  if (site->is_known)
    check_images (site, lint);
}
