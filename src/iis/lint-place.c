/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "iis/lint-place.h"

#include <string.h>

#include "iis/handler.h"

gboolean
e13_lint_is_of_server (const E13LintSite *site, const E13XmlElement *element)
{
  return element->document == site->server->document;
}

const E13IisPool *
e13_lint_pool (const E13LintSite *site, const E13LintPlace *place)
{
  return site->is_known ? e13_iis_server_pool (site->server, place->match.application->pool.text) : NULL;
}

/* A stranger may write more; IIS itself has some fifty. */
#define MAX_HANDLERS 150

/* ---- Handlers -------------------------------------------------------------------------------- */

/* Not of the whole server: in a file of the site, or in a <location> with a path. */
static gboolean
is_own (const E13LintSite *site, const E13XmlElement *element)
{
  if (!e13_lint_is_of_server (site, element))
    return TRUE;
  for (; element != NULL; element = element->parent)
    {
      const char *path = strcmp (element->name, "location") == 0 ? e13_xml_value (element, "path") : NULL;

      if (path != NULL && *path != '\0' && strcmp (path, ".") != 0)
        return TRUE;
    }
  return FALSE;
}

/* Is there a file that the handler would take at this place? */
static gboolean
takes_a_file (const E13LintSite *site, const E13LintPlace *place, const E13XmlElement *handler)
{
  GHashTableIter iter;
  gpointer ending;

  if (site->tree == NULL)
    return TRUE;
  g_hash_table_iter_init (&iter, site->endings);
  while (g_hash_table_iter_next (&iter, &ending, NULL))
    {
      g_autofree char *name = g_strconcat ("x", ending, NULL);

      if (e13_iis_handler_takes (handler, &place->match, name))
        return TRUE;
    }
  return FALSE;
}

static gboolean
same_text (const E13XmlElement *a, const E13XmlElement *b, const char *name, const char *otherwise)
{
  const char *x = e13_xml_value (a, name), *y = e13_xml_value (b, name);

  return g_ascii_strcasecmp (x != NULL ? x : otherwise, y != NULL ? y : otherwise) == 0;
}

/* Does an earlier one take all that this one could? */
static gboolean
is_shadowed (const GPtrArray *handlers, guint index, const E13IisPool *pool)
{
  for (guint i = 0; i < index; i++)
    {
      const E13XmlElement *earlier = handlers->pdata[i], *own = handlers->pdata[index];
      const char *verbs = e13_xml_value (earlier, "verb");
      const char *condition = e13_xml_value (earlier, "preCondition");
      g_autofree char *fails = condition != NULL && pool != NULL ? e13_iis_condition_fails (condition, pool) : NULL;

      if (fails == NULL && same_text (earlier, own, "path", "")
          && same_text (earlier, own, "resourceType", "Unspecified")
          && (g_strcmp0 (verbs, "*") == 0 || same_text (earlier, own, "verb", "*")))
        return TRUE;
    }
  return FALSE;
}

static void
visit_handler (const E13LintSite *site, E13Lint *lint, const E13LintPlace *place, const E13XmlElement *element,
               E13LintHandlerVisit visit)
{
  const E13IisPool *pool = e13_lint_pool (site, place);
  const char *condition = e13_xml_value (element, "preCondition");
  E13LintHandler handler = { .place = place, .pool = pool, .element = element };

  handler.processor = e13_xml_attribute (element, "scriptProcessor");
  handler.command = e13_iis_expand (handler.processor != NULL ? handler.processor->value : "",
                                    e13_lint_machine_variables (site->machine));
  handler.program = e13_iis_program_of (handler.command);
  handler.arguments = e13_iis_arguments_of (handler.command);
  handler.condition_fails = condition != NULL && pool != NULL ? e13_iis_condition_fails (condition, pool) : NULL;
  handler.is_own = is_own (site, element);
  visit (site, &handler, lint);
  g_free (handler.command);
  g_free (handler.program);
  g_free (handler.arguments);
  g_free (handler.condition_fails);
}

void
e13_lint_each_handler (const E13LintSite *site, E13Lint *lint, E13LintHandlerVisit visit)
{
  for (guint p = 0; p < site->places->len; p++)
    {
      const E13LintPlace *place = site->places->pdata[p];
      const E13IisPool *pool = e13_lint_pool (site, place);
      g_autoptr (GPtrArray) handlers = e13_iis_scope_collection (place->scope, "system.webServer/handlers");

      for (guint i = 0; i < MIN (handlers->len, MAX_HANDLERS); i++)
        if ((is_own (site, handlers->pdata[i]) || takes_a_file (site, place, handlers->pdata[i]))
            && !is_shadowed (handlers, i, pool))
          visit_handler (site, lint, place, handlers->pdata[i], visit);
    }
}

/* ---- Words ----------------------------------------------------------------------------------- */

char *
e13_lint_appcmd_value (const char *text)
{
  GString *out = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!g_unichar_isprint (c) || (c < 128 && strchr ("&|<>^!'`$;[]", (int)c) != NULL))
        {
          g_string_free (out, TRUE);
          return NULL;
        }
      if (c == '"')
        g_string_append_c (out, '\\');
      g_string_append_unichar (out, c);
    }
  return g_string_free (out, FALSE);
}

char *
e13_lint_appcmd_place (const E13LintPlace *place)
{
  g_autofree char *text = e13_iis_match_place (&place->match);
  g_autofree char *value = strchr (text, '"') == NULL ? e13_lint_appcmd_value (text) : NULL;

  return value != NULL ? g_strdup_printf ("\"%s\"", value) : NULL;
}

char *
e13_lint_attribute_text (const char *text)
{
  return g_markup_escape_text (text, -1);
}

char *
e13_lint_where (const E13XmlElement *element, const E13XmlAttribute *attribute)
{
  return g_strdup_printf ("%s line %u", element->document->origin,
                          attribute != NULL ? attribute->place.line : element->place.line);
}
