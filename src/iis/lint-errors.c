/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* 500.19: error pages that the site's own file may not name. */

#include <string.h>

#include "base/quote.h"
#include "iis/lint-place.h"

#define SECTION "system.webServer/httpErrors"

static gboolean
is_absolute (const char *path)
{
  return g_str_has_prefix (path, "\\\\") || g_str_has_prefix (path, "//") || path[0] == '%'
         || (g_ascii_isalpha (path[0]) && path[1] == ':');
}

/* The attribute of an <error> that holds such a path; NULL: none does. */
static const E13XmlAttribute *
find_absolute (const E13XmlElement *entry)
{
  const char *mode = e13_xml_value (entry, "responseMode");
  const E13XmlAttribute *prefix = e13_xml_attribute (entry, "prefixLanguageFilePath");
  const E13XmlAttribute *path = e13_xml_attribute (entry, "path");

  if (mode != NULL && g_ascii_strcasecmp (mode, "File") != 0)
    return NULL;
  if (prefix != NULL && is_absolute (prefix->value))
    return prefix;
  return path != NULL && is_absolute (path->value) ? path : NULL;
}

static void
check_entry (const E13LintSite *site, const E13XmlElement *entry, E13Lint *lint)
{
  const E13XmlAttribute *attribute = find_absolute (entry);
  E13LintFinding *finding;

  if (attribute == NULL)
    return;
  finding = e13_lint_add (lint, E13_LINT_ABSOLUTE_ERROR_PAGE, entry, attribute,
                          g_strdup ("a web.config may name error pages by paths from the site's root alone, unless "
                                    "applicationHost.config says allowAbsolutePathsWhenDelegated=\"true\"."));
  if (!site->is_known)
    finding->certainty = E13_LINT_LIKELY;
  e13_lint_cure (finding, "put the page into the site, and name it by its path from there: path=\"errors\\500.htm\" "
                          "without prefixLanguageFilePath");
  e13_lint_cure (finding, "let a page of the site answer: path=\"/errors/500.htm\" responseMode=\"ExecuteURL\"");
}

void
e13_lint_errors (const E13LintSite *site, E13Lint *lint)
{
  for (guint p = 0; p < site->places->len; p++)
    {
      const E13LintPlace *place = site->places->pdata[p];
      E13IisValue allowed = e13_iis_scope_value (place->scope, SECTION, "allowAbsolutePathsWhenDelegated", "false");
      g_autoptr (GArray) layers = e13_iis_scope_layers (place->scope, SECTION);

      for (guint l = 0; l < layers->len && !e13_iis_value_is_true (&allowed); l++)
        {
          const E13IisLayer *layer = &g_array_index (layers, E13IisLayer, l);
          const E13XmlElement *entry = NULL;

          if (layer->is_locked || e13_lint_is_of_server (site, layer->element))
            continue;
          while ((entry = e13_xml_child (layer->element, "error", entry)) != NULL)
            check_entry (site, entry, lint);
        }
    }
}
