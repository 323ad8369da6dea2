/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* 500.19: sections of IIS that are said to stand in a file of their own (configSource), which is not there. */

#include "iis/lint-place.h"

#include <string.h>

#include "base/path.h"

/* Relative, and in a directory below that of the file which names it. */
static gboolean
is_below (const char *source)
{
  return *source != '\0' && strchr ("/\\", *source) == NULL && strchr (source, ':') == NULL
         && strstr (source, "..") == NULL;
}

static void
check_source (const E13LintSite *site, const E13LintFile *file, const E13XmlElement *element,
              const E13XmlAttribute *source, E13Lint *lint)
{
  g_autofree char *directory = g_path_get_dirname (file->path);
  g_autofree char *path = e13_path_join (strcmp (directory, ".") == 0 ? "" : directory, source->value, '/');
  gboolean below = is_below (source->value);
  E13LintFinding *finding;

  g_strdelimit (path, "\\", '/');
  if (below && e13_lint_site_has_file (site, path))
    return;
  finding = e13_lint_add (
      lint, E13_LINT_INCLUDE_MISSING, element, source,
      below ? g_strdup ("there is no such file below the folder of this one.")
            : g_strdup ("IIS includes only files in folders below that of this one, by a relative path."));
  e13_lint_cure (finding, "put the file there, or write the section itself in place of configSource");
}

/* Sections of ASP.NET are read by .NET, which has rules and errors of its own. */
static void
check_element (const E13LintSite *site, const E13LintFile *file, const E13XmlElement *element, E13Lint *lint)
{
  for (guint i = 0; i < e13_xml_n_children (element); i++)
    {
      const E13XmlElement *child = e13_xml_nth (element, i);
      const E13XmlAttribute *source = e13_xml_attribute (child, "configSource");

      if (source != NULL)
        check_source (site, file, child, source, lint);
      check_element (site, file, child, lint);
    }
}

static void
check_root (const E13LintSite *site, const E13LintFile *file, const E13XmlElement *root, E13Lint *lint)
{
  const E13XmlElement *group = NULL, *location = NULL;

  while ((group = e13_xml_child (root, "system.webServer", group)) != NULL)
    check_element (site, file, group, lint);
  while ((location = e13_xml_child (root, "location", location)) != NULL)
    for (group = NULL; (group = e13_xml_child (location, "system.webServer", group)) != NULL;)
      check_element (site, file, group, lint);
}

void
e13_lint_includes (const E13LintSite *site, E13Lint *lint)
{
  for (guint i = 0; i < site->files->len; i++)
    {
      const E13LintFile *file = site->files->pdata[i];

      if (file->document != NULL)
        check_root (site, file, file->document->root, lint);
    }
}
