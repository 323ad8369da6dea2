/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* 500.19: a web.config that is no XML, or none that IIS takes. */

#include <string.h>

#include "base/quote.h"
#include "iis/files.h"
#include "iis/lint-sections.h"
#include "iis/xml-words.h"

/* What IIS reads of a web.config, unless MaxWebConfigFileSizeInKB of its registry says otherwise. */
#define USUAL_MAX_BYTES (250u << 10)

static const E13XmlPlace whole_file = { 0, 0, 0 };
static const E13XmlPlace first_line = { 1, 1, 0 };

/* The line at @offset as UTF-8, without what sets it in, and not longer than a person reads. Free with g_free(). */
static char *
line_at (const E13XmlUnits *units, guint line)
{
  GString *out = g_string_new (NULL);
  gsize offset = units->mark_size;

  for (guint n = 1; n < line && offset < units->size; offset += units->width)
    n += e13_xml_unit_at (units, offset) == '\n';
  for (; offset < units->size && out->len < 100; offset += units->width)
    {
      guint unit = e13_xml_unit_at (units, offset);

      if (unit == '\n' || unit == '\r')
        break;
      if (out->len == 0 && e13_xml_is_blank (unit))
        continue;
      if (units->width == 1)
        g_string_append_c (out, unit != 0 ? (char)unit : '?');
      else
        g_string_append_unichar (out, unit != 0 && (unit < 0xd800 || unit > 0xdfff) ? unit : '?');
    }
  return g_string_free (out, FALSE);
}

static void
report_fault (E13Lint *lint, const E13LintFile *file)
{
  g_auto (E13XmlFault) fault = { .words = NULL };
  gsize size = 0;
  const char *data = g_bytes_get_data (file->bytes, &size);
  const E13XmlUnits units = e13_xml_units (data, size);
  E13XmlDocument *document = e13_xml_read (file->origin, data, size, &fault);
  g_autofree char *line = NULL;
  E13LintFinding *finding;

  e13_xml_free (document);
  if (document != NULL || fault.words == NULL)
    return;
  line = fault.place.line > 0 ? line_at (&units, fault.place.line) : NULL;
  finding = e13_lint_add_at (
      lint, E13_LINT_NOT_XML, file->origin, &fault.place, line,
      g_strdup_printf ("IIS reads no setting of a file that is not well-formed XML: %s", fault.words));
  if (fault.edit == NULL)
    {
      e13_lint_cure (finding, "correct line %u of the file", fault.place.line);
      return;
    }
  e13_lint_cure (finding, "errno13 lint --fix: it %s", fault.edit_words);
  e13_lint_edit (finding, &(E13IisEdit){ fault.edit_offset, fault.n_removed, g_strdup (fault.edit), FALSE },
                 fault.edit_words);
}

static void
check_size (E13Lint *lint, const E13LintFile *file)
{
  gsize size = g_bytes_get_size (file->bytes);
  E13LintFinding *finding;

  if (size <= USUAL_MAX_BYTES)
    return;
  finding = e13_lint_add_at (
      lint, E13_LINT_CONFIG_TOO_BIG, file->origin, &whole_file, NULL,
      g_strdup_printf ("the file has %s%" G_GSIZE_FORMAT
                       " KB, and IIS refuses a web.config of more than 250 KB unless the server's registry "
                       "(MaxWebConfigFileSizeInKB) allows more",
                       size > E13_IIS_MAX_WEB_CONFIG ? "more than " : "", MIN (size, E13_IIS_MAX_WEB_CONFIG) >> 10));
  e13_lint_cure (finding, "keep large lists, such as rewrite maps, in a file of their own that configSource names");
}

/* The mark says UTF-8 or UTF-16, and the declaration another encoding. */
static void
check_encoding (E13Lint *lint, const E13LintFile *file)
{
  gsize size = 0;
  const char *data = g_bytes_get_data (file->bytes, &size);
  const E13XmlUnits units = e13_xml_units (data, size);
  g_autofree char *declared = e13_xml_declared_encoding (&units);
  const char *is = units.width == 2 ? "utf-16" : "utf-8";
  g_autofree char *shown = declared != NULL ? e13_quote_display (declared) : NULL;
  gsize place;
  E13LintFinding *finding;

  if (units.mark_size == 0 || declared == NULL || g_str_has_prefix (declared, is))
    return;
  finding
      = e13_lint_add_at (lint, E13_LINT_ENCODING, file->origin, &first_line, shown,
                         g_strdup_printf ("the file begins with the mark of %s, and its first line says that it is in "
                                          "%s: one of the two is wrong",
                                          units.width == 2 ? "UTF-16" : "UTF-8", shown));
  e13_lint_cure (finding, "write encoding=\"%s\" in the first line", is);
  place = e13_xml_find_text (&units, units.mark_size, "encoding");
  while (e13_xml_unit_at (&units, place) != '"' && e13_xml_unit_at (&units, place) != '\'')
    place += units.width;
  if (units.width == 2 || g_utf8_validate (data, (gssize)size, NULL))
    e13_lint_edit (finding, &(E13IisEdit){ place + units.width, strlen (declared) * units.width, g_strdup (is), FALSE },
                   "names the encoding that the file is in");
}

static void
check_name (E13Lint *lint, const E13XmlElement *element, const E13XmlAttribute *attribute)
{
  const char *name = attribute != NULL ? attribute->name : element->name;
  gsize length = strcspn (name, ":");
  g_autofree char *shown = e13_quote_display (name);
  gboolean is_transform = strncmp (name, "xdt:", 4) == 0;
  E13LintFinding *finding;

  if (e13_lint_is_bound (element, name))
    return;
  finding = e13_lint_add (
      lint, E13_LINT_UNBOUND_PREFIX, element, attribute,
      g_strdup_printf ("the prefix of '%s' is declared nowhere above it (xmlns:%.*s=\"...\")%s", shown, (int)length,
                       shown,
                       is_transform ? ": 'xdt:' belongs in a transformation, such as web.Release.config, which changes "
                                      "a web.config when a project is published and is none itself"
                                    : ""));
  e13_lint_cure (finding, is_transform ? "publish the project, and use the web.config that comes of it"
                                       : "remove it, or declare the prefix in <configuration>");
}

static void
check_names (E13Lint *lint, const E13XmlElement *element)
{
  check_name (lint, element, NULL);
  for (guint i = 0; element->attributes != NULL && i < element->attributes->len; i++)
    check_name (lint, element, &g_array_index (element->attributes, E13XmlAttribute, i));
  for (guint i = 0; i < e13_xml_n_children (element); i++)
    check_names (lint, e13_xml_nth (element, i));
}

static void
check_document (E13Lint *lint, const E13XmlDocument *document)
{
  const E13XmlElement *root = document->root;
  g_autofree char *shown = e13_quote_display (root->name);
  E13LintFinding *finding;

  if (document->doctype.line > 0)
    {
      finding = e13_lint_add_at (lint, E13_LINT_DOCTYPE, document->origin, &document->doctype, "<!DOCTYPE",
                                 g_strdup ("the parser of IIS is said to refuse a file with a DOCTYPE, and no "
                                           "configuration needs one"));
      e13_lint_cure (finding, "remove the DOCTYPE");
    }
  if (strcmp (root->name, "configuration") != 0)
    {
      finding = e13_lint_add (
          lint, E13_LINT_NO_CONFIGURATION, root, NULL,
          g_strdup_printf ("the outermost element of a configuration is <configuration>, and here it is "
                           "<%s>%s",
                           shown,
                           g_ascii_strcasecmp (root->name, "html") == 0
                               ? ": this is a web page that was saved under the name web.config"
                               : ""));
      e13_lint_cure (finding, "put what the file says into <configuration>...</configuration>");
    }
  check_names (lint, root);
}

void
e13_lint_xml (const E13LintSite *site, E13Lint *lint)
{
  for (guint i = 0; i < site->files->len; i++)
    {
      const E13LintFile *file = site->files->pdata[i];

      if (file->bytes == NULL)
        continue;
      check_size (lint, file);
      if (file->document == NULL)
        report_fault (lint, file);
      else
        {
          check_encoding (lint, file);
          check_document (lint, file->document);
        }
    }
}
