/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* 500.19: sections, elements, attributes and values that IIS does not know. */

#include <string.h>

#include "base/quote.h"
#include "iis/lint-place.h"
#include "iis/lint-sections.h"
#include "iis/xml-words.h"
#include "policy/nearest.h"

typedef struct
{
  const E13LintSite *site;
  E13Lint *lint;
  guint width;                /* of the file's units */
  E13LintCertainty certainty; /* at most */
} Check;

static void
limit (const Check *check, E13LintFinding *finding)
{
  finding->certainty = MAX (finding->certainty, check->certainty);
}

/* ---- Attributes ------------------------------------------------------------------------------ */

/* What any element may have. */
static gboolean
is_common (const char *name)
{
  static const char *const common[] = { "configSource",
                                        "configProtectionProvider",
                                        "lockAttributes",
                                        "lockElements",
                                        "lockAllAttributesExcept",
                                        "lockAllElementsExcept",
                                        "lockItem",
                                        "overrideMode",
                                        "xmlns" };

  if (g_str_has_prefix (name, "xmlns:") || g_str_has_prefix (name, "xml:"))
    return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (common); i++)
    if (strcmp (name, common[i]) == 0)
      return TRUE;
  return FALSE;
}

static void
unknown_attribute (const Check *check, const E13XmlElement *element, const E13XmlAttribute *attribute,
                   const E13SchemaNode *node)
{
  const char *near = e13_schema_near_attribute (node, attribute->name);
  g_autofree char *shown = e13_quote_display (attribute->name);
  gboolean is_transform = g_str_has_prefix (attribute->name, "xdt:");
  gboolean is_case = near != NULL && g_ascii_strcasecmp (near, attribute->name) == 0;
  E13LintFinding *finding = e13_lint_add (
      check->lint, E13_LINT_UNKNOWN_ATTRIBUTE, element, attribute,
      g_strdup_printf ("<%s> has no attribute '%s'%s", element->name, shown,
                       is_case ? ": upper and lower case letters are not the same in names"
                       : is_transform
                           ? ": it belongs in a transformation, such as web.Release.config, which is no web.config"
                           : ""));

  limit (check, finding);
  if (near != NULL && e13_xml_attribute (element, near) == NULL)
    e13_lint_cure (finding, "write %s=\"...\"", near);
  if (is_case && e13_xml_attribute (element, near) == NULL)
    e13_lint_edit (
        finding,
        &(E13IisEdit){ attribute->place.offset, strlen (attribute->name) * check->width, g_strdup (near), FALSE },
        "writes the name as IIS knows it");
  e13_lint_cure (finding, "remove the attribute '%s'", shown);
}

static void
check_attribute (const Check *check, const E13XmlElement *element, const E13XmlAttribute *attribute,
                 const E13SchemaNode *node)
{
  const E13SchemaAttribute *known = e13_schema_attribute (node, attribute->name);
  g_autofree char *expected = NULL;
  g_autofree char *shown = NULL;
  E13LintFinding *finding;

  if (known == NULL)
    {
      if (!node->takes_any && !is_common (attribute->name) && e13_lint_is_bound (element, attribute->name))
        unknown_attribute (check, element, attribute, node);
      return;
    }
  if (e13_schema_fits (known, attribute->value))
    return;
  expected = e13_schema_expected (known);
  shown = e13_quote_display (attribute->value);
  finding = e13_lint_add (
      check->lint, E13_LINT_BAD_VALUE, element, attribute,
      g_strdup_printf ("'%s' of <%s> must be %s, not '%s'", known->name, element->name, expected, shown));
  limit (check, finding);
  if (known->words != NULL && e13_nearest_if_near (attribute->value, known->words) != NULL)
    e13_lint_cure (finding, "write %s=\"%s\"", known->name, e13_nearest_if_near (attribute->value, known->words));
  e13_lint_cure (finding, "give it a value that it takes, or remove it");
}

/* An entry of a list without what names it. */
static void
check_key (const Check *check, const E13XmlElement *element, const E13SchemaNode *entry)
{
  E13LintFinding *finding;

  if (entry->keys[0] == NULL || entry->keys[1] != NULL || e13_xml_attribute (element, entry->keys[0]) != NULL)
    return;
  finding = e13_lint_add (check->lint, E13_LINT_MISSING_ATTRIBUTE, element, NULL,
                          g_strdup_printf ("<%s> needs the attribute '%s', which tells it from the other entries",
                                           element->name, entry->keys[0]));
  limit (check, finding);
  e13_lint_cure (finding, "add %s=\"...\"", entry->keys[0]);
}

/* ---- Elements -------------------------------------------------------------------------------- */

static void
unknown_element (const Check *check, const E13XmlElement *element, const E13SchemaNode *above)
{
  const char *near = e13_schema_near_child (above, element->name);
  const char *home = e13_schema_home_of (element->name);
  g_autofree char *shown = e13_quote_display (element->name);
  gboolean is_case = near != NULL && g_ascii_strcasecmp (near, element->name) == 0;
  E13LintFinding *finding
      = e13_lint_add (check->lint, E13_LINT_UNKNOWN_ELEMENT, element, NULL,
                      g_strdup_printf ("<%s> cannot stand in <%s>%s", shown, above->name,
                                       is_case ? ": upper and lower case letters are not the same in names" : ""));

  limit (check, finding);
  if (near != NULL)
    e13_lint_cure (finding, "write <%s>", near);
  else if (home != NULL)
    e13_lint_cure (finding, "move it to its own place, %s", home);
  e13_lint_cure (finding, "remove <%s>", shown);
}

static void
check_element (const Check *check, const E13XmlElement *element, const E13SchemaNode *node)
{
  if (node->is_open)
    return;
  for (guint i = 0; element->attributes != NULL && i < element->attributes->len; i++)
    check_attribute (check, element, &g_array_index (element->attributes, E13XmlAttribute, i), node);
  if (node->is_entry)
    check_key (check, element, node);
  for (guint i = 0; i < e13_xml_n_children (element); i++)
    {
      const E13XmlElement *child = e13_xml_nth (element, i);
      const E13SchemaNode *known = e13_schema_child (node, child->name);
      const E13SchemaNode *entry = e13_schema_entry_of (node);

      if (known != NULL)
        check_element (check, child, known);
      else if (node->has_remove && strcmp (child->name, "remove") == 0)
        {
          if (entry != NULL)
            check_key (check, child, entry);
        }
      else if (!(node->has_clear && strcmp (child->name, "clear") == 0))
        unknown_element (check, child, node);
    }
}

/* ---- Sections -------------------------------------------------------------------------------- */

/* Then somebody else reads it. */
static gboolean
is_declared_by_site (const Check *check, const char *path)
{
  for (guint i = 0; i < check->site->files->len; i++)
    {
      const E13LintFile *file = check->site->files->pdata[i];

      if (file->document != NULL && e13_lint_declaration (file->document, path) != NULL)
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_declared_by_server (const Check *check, const char *path)
{
  return check->site->is_known && e13_lint_declaration (check->site->server->document, path) != NULL;
}

static void
missing_module (const Check *check, const E13LintSection *section, const E13SchemaModule *module)
{
  g_autofree char *command = e13_lint_appcmd ("list", NULL, section->path);
  g_autofree char *about = NULL;
  E13LintFinding *finding;

  if (!check->site->is_known)
    {
      about = g_strdup_printf ("whether the server has %s, which brings <%s>", module->what, module->path);
      e13_lint_cannot_tell (check->lint, about, command);
      return;
    }
  if (is_declared_by_server (check, section->path))
    return;
  finding = e13_lint_add (
      check->lint, E13_LINT_MISSING_MODULE, section->element, NULL,
      g_strdup_printf ("<%s> is brought by %s, and the server's configSections do not declare it: it is "
                       "not installed",
                       section->element->name, module->what));
  e13_lint_cure (finding, g_str_has_prefix (module->cure, "dism ") ? "install it\n%s" : "%s", module->cure);
  e13_lint_cure (finding, "remove <%s>, if the site works without it", section->element->name);
}

static void
unknown_section (const Check *check, const E13LintSection *section)
{
  const char *slash = strrchr (section->path, '/');
  g_autofree char *group = slash != NULL ? g_strndup (section->path, (gsize)(slash - section->path)) : g_strdup ("");
  const E13SchemaNode *above = e13_schema_find (group);
  const char *near = above != NULL ? e13_schema_near_child (above, section->element->name) : NULL;
  const char *home = e13_schema_home_of (section->element->name);
  g_autofree char *shown = e13_quote_display (section->element->name);
  gboolean is_iis = g_str_has_prefix (section->path, "system.webServer/");
  E13LintFinding *finding = e13_lint_add (
      check->lint, is_iis ? E13_LINT_UNKNOWN_SECTION : E13_LINT_UNDECLARED_SECTION, section->element, NULL,
      g_strdup_printf ("<%s> is no section of %s%s%s, and no <configSections> declares it", shown,
                       *group != '\0' ? "<" : "the configuration", group, *group != '\0' ? ">" : ""));

  limit (check, finding);
  if (near != NULL)
    e13_lint_cure (finding, "write <%s>", near);
  if (home != NULL && g_str_has_prefix (home, "system."))
    e13_lint_cure (finding, "move it to its own place, %s", home);
  e13_lint_cure (finding, "remove <%s>, or install what it is for", shown);
}

static void
check_section (const Check *check, const E13LintSection *section)
{
  const E13SchemaModule *module = e13_schema_module_of (section->path);

  if (is_declared_by_site (check, section->path)
      || (section->node == NULL && is_declared_by_server (check, section->path)))
    return;
  if (module != NULL)
    missing_module (check, section, module);
  if (section->node != NULL)
    check_element (check, section->element, section->node);
  else if (module == NULL || is_declared_by_server (check, module->path))
    unknown_section (check, section);
}

/* ---- Sections of a newer .NET ---------------------------------------------------------------- */

static const char *const since_4[] = {
#define E13_IIS_SINCE_4(path) path,
#include "iis/lint-runtime.def"
#undef E13_IIS_SINCE_4
};

static const E13IisPool *
pool_of_file (const E13LintSite *site, const E13LintFile *file)
{
  for (guint i = 0; i < site->places->len; i++)
    if (((const E13LintPlace *)site->places->pdata[i])->file == file)
      return e13_lint_pool (site, site->places->pdata[i]);
  return NULL;
}

/* What stands at @path, "system.serviceModel/standardEndpoints", beneath @element; NULL: nothing. */
static const E13XmlElement *
element_at (const E13XmlElement *element, const char *path)
{
  g_auto (GStrv) names = g_strsplit (path, "/", -1);

  for (gsize i = 0; names[i] != NULL && element != NULL; i++)
    element = e13_xml_child (element, names[i], NULL);
  return element;
}

static void
check_runtime (const E13LintSite *site, const E13LintFile *file, E13Lint *lint)
{
  const E13IisPool *pool = pool_of_file (site, file);
  g_autofree char *shown = pool != NULL ? e13_quote_display (pool->name) : NULL;

  if (pool == NULL || g_ascii_strcasecmp (pool->runtime_version.text, "v2.0") != 0)
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (since_4); i++)
    {
      const E13XmlElement *element = element_at (file->document->root, since_4[i]);
      const Check check = { site, lint, 1, E13_LINT_LIKELY };
      E13LintFinding *finding;

      if (element == NULL || is_declared_by_site (&check, since_4[i]) || is_declared_by_server (&check, since_4[i]))
        continue;
      finding = e13_lint_add (lint, E13_LINT_UNDECLARED_SECTION, element, NULL,
                              g_strdup_printf ("<%s> is declared by .NET 4, and the pool '%s' runs .NET 2 "
                                               "(managedRuntimeVersion=\"v2.0\")",
                                               since_4[i], shown));
      e13_lint_cure (finding, "let the pool run .NET 4: managedRuntimeVersion=\"v4.0\"");
      e13_lint_cure (finding, "remove <%s>, if the site works without it", element->name);
    }
}

void
e13_lint_schema (const E13LintSite *site, E13Lint *lint)
{
  for (guint f = 0; f < site->files->len; f++)
    {
      const E13LintFile *file = site->files->pdata[f];
      g_autoptr (GArray) sections = file->document != NULL ? e13_lint_sections (file->document) : NULL;

      E13XmlUnits units;

      if (sections == NULL || strcmp (file->document->root->name, "configuration") != 0)
        continue;
      check_runtime (site, file, lint);
      units = e13_xml_units (g_bytes_get_data (file->bytes, NULL), g_bytes_get_size (file->bytes));
      for (guint i = 0; i < sections->len; i++)
        {
          const E13LintSection *section = &g_array_index (sections, E13LintSection, i);
          /* What is wrong in system.web, ASP.NET finds, and perhaps shows otherwise. */
          gboolean is_iis = !g_str_has_prefix (section->path, "system.web/");
          const Check check = { site, lint, units.width, is_iis ? E13_LINT_CERTAIN : E13_LINT_LIKELY };

          check_section (&check, section);
        }
    }
}
