/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "iis/lint-sections.h"

#include <string.h>

#include "base/path.h"
#include "iis/lint-place.h"

static void
section_clear (gpointer data)
{
  g_free (((E13LintSection *)data)->path);
}

static void
gather (GArray *sections, const E13XmlElement *element, const char *above, const E13XmlElement *location)
{
  E13LintSection section = { NULL, element, location, NULL };
  const E13SchemaNode *node;

  section.path = *above != '\0' ? g_strconcat (above, "/", element->name, NULL) : g_strdup (element->name);
  node = e13_schema_find (section.path);
  section.node = node != NULL && node->section == node ? node : NULL;
  if (node == NULL || node->section != NULL)
    {
      g_array_append_val (sections, section);
      return;
    }
  for (guint i = 0; i < e13_xml_n_children (element); i++)
    gather (sections, e13_xml_nth (element, i), section.path, location);
  g_free (section.path);
}

GArray *
e13_lint_sections (const E13XmlDocument *document)
{
  GArray *sections = g_array_new (FALSE, FALSE, sizeof (E13LintSection));

  g_array_set_clear_func (sections, section_clear);
  for (guint i = 0; i < e13_xml_n_children (document->root); i++)
    {
      const E13XmlElement *child = e13_xml_nth (document->root, i);

      if (strcmp (child->name, "location") == 0)
        for (guint j = 0; j < e13_xml_n_children (child); j++)
          gather (sections, e13_xml_nth (child, j), "", child);
      else if (strcmp (child->name, "configSections") != 0)
        gather (sections, child, "", NULL);
    }
  return sections;
}

static const E13XmlElement *
find_declaration (const E13XmlElement *group, const char *path)
{
  gsize length = strcspn (path, "/");
  gboolean is_last = path[length] == '\0';
  const E13XmlElement *found;

  for (guint i = 0; i < e13_xml_n_children (group); i++)
    {
      const E13XmlElement *child = e13_xml_nth (group, i);
      const char *name = e13_xml_value (child, "name");

      if (name == NULL || (!is_last && strcmp (child->name, "sectionGroup") != 0) || strlen (name) != length
          || strncmp (name, path, length) != 0)
        continue;
      found = is_last ? child : find_declaration (child, path + length + 1);
      if (found != NULL)
        return found;
    }
  return NULL;
}

const E13XmlElement *
e13_lint_declaration (const E13XmlDocument *document, const char *path)
{
  const E13XmlElement *declared = e13_xml_child (document->root, "configSections", NULL);

  return declared != NULL ? find_declaration (declared, path) : NULL;
}

char *
e13_lint_appcmd (const char *verb, const char *place, const char *section)
{
  return g_strdup_printf (E13_LINT_APPCMD_F " %s config %s%s-section:%s", verb, place != NULL ? place : "",
                          place != NULL ? " " : "", section);
}

gboolean
e13_lint_file_counts (const E13LintFile *file, const char *directory)
{
  g_autofree char *parent = g_path_get_dirname (file->path);

  return strcmp (parent, ".") == 0 || e13_path_is_in (directory, parent);
}

gboolean
e13_lint_is_bound (const E13XmlElement *element, const char *name)
{
  gsize length = strcspn (name, ":");
  g_autofree char *declaration = g_strdup_printf ("xmlns:%.*s", (int)length, name);

  if (name[length] == '\0' || g_str_has_prefix (name, "xml:") || g_str_has_prefix (name, "xmlns:"))
    return TRUE;
  for (; element != NULL; element = element->parent)
    if (e13_xml_attribute (element, declaration) != NULL)
      return TRUE;
  return FALSE;
}
