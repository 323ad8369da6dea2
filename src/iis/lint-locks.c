/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* 500.19: what a web.config sets, and a file above it has locked. Found in the files as they are; where that of the
 * server is not at hand, a fresh Windows is taken only for what nobody unlocks. */

#include <string.h>

#include "base/quote.h"
#include "iis/lint-place.h"
#include "iis/lint-sections.h"

typedef struct
{
  const E13LintSite *site;
  const E13LintPlace *place;
  E13Lint *lint;
} Check;

static gboolean
is_of_server (const Check *check, const E13XmlElement *element)
{
  return element->document == check->site->server->document;
}

/* ---- Whole sections -------------------------------------------------------------------------- */

static void
report_locked (const Check *check, const E13LintSection *section, const E13IisLayer *layer)
{
  const E13XmlElement *by = layer->locked_by;
  gboolean is_default = strcmp (by->name, "section") == 0;
  const char *mode = is_default                                   ? "overrideModeDefault=\"Deny\""
                     : e13_xml_value (by, "overrideMode") != NULL ? "overrideMode=\"Deny\""
                                                                  : "allowOverride=\"false\"";
  g_autofree char *where = e13_iis_element_place (by);
  g_autofree char *site = e13_lint_appcmd_place (check->place);
  g_autofree char *unlock = e13_lint_appcmd ("unlock", is_default ? NULL : site, section->path);
  E13LintFinding *finding
      = e13_lint_add (check->lint, E13_LINT_LOCKED_SECTION, layer->element, NULL,
                      g_strdup_printf ("<%s> may not be set here: %s locks it for the files below, with <%s %s>",
                                       layer->element->name, where, by->name, mode));

  if (is_of_server (check, by))
    e13_lint_cure (finding, "let web.config files set it\n%s -commit:apphost", unlock);
  else
    e13_lint_cure (finding, "remove %s in %s", mode, where);
  e13_lint_cure (finding, "remove <%s> here, and let the server's administrator set it for the site",
                 layer->element->name);
}

/* The server's file is not at hand. */
static void
suppose_locked (const Check *check, const E13LintSection *section)
{
  g_autofree char *command = e13_lint_appcmd ("list", NULL, section->path);
  g_autofree char *about = NULL;
  E13LintFinding *finding;

  if (section->node == NULL || e13_schema_module_of (section->path) != NULL
      || (section->node->delegation != E13_SCHEMA_DENIED && section->node->delegation != E13_SCHEMA_DENIED_APP))
    return;
  if (strcmp (section->path, "system.webServer/handlers") == 0
      || strcmp (section->path, "system.webServer/modules") == 0)
    {
      about = g_strdup_printf ("whether the server lets a site set <%s>", section->element->name);
      e13_lint_cannot_tell (check->lint, about, command);
      return;
    }
  finding = e13_lint_add (
      check->lint, E13_LINT_LOCKED_SECTION, section->element, NULL,
      g_strdup_printf ("a fresh Windows locks <%s> for web.config files; the settings of the server were "
                       "not read",
                       section->element->name));
  finding->certainty = E13_LINT_LIKELY;
  e13_lint_cure (finding, "see whether it is locked\n%s", command);
  e13_lint_cure (finding, "remove <%s> here, and let the server's administrator set it for the site",
                 section->element->name);
}

static gboolean
is_for_server_only (const Check *check, const E13LintSection *section, E13LintCertainty *ret_certainty)
{
  const E13XmlElement *declared
      = check->site->is_known ? e13_lint_declaration (check->site->server->document, section->path) : NULL;
  const char *allowed = declared != NULL ? e13_xml_value (declared, "allowDefinition") : NULL;

  *ret_certainty = declared != NULL ? E13_LINT_CERTAIN : E13_LINT_LIKELY;
  if (declared != NULL)
    return allowed != NULL
           && (g_ascii_strcasecmp (allowed, "AppHostOnly") == 0 || g_ascii_strcasecmp (allowed, "MachineOnly") == 0);
  return section->node != NULL && section->node->delegation == E13_SCHEMA_HOST;
}

static gboolean
check_server_only (const Check *check, const E13LintSection *section)
{
  E13LintCertainty certainty;
  E13LintFinding *finding;

  if (!is_for_server_only (check, section, &certainty))
    return FALSE;
  finding
      = e13_lint_add (check->lint, E13_LINT_SERVER_SECTION, section->element, NULL,
                      g_strdup_printf ("<%s> may only stand in applicationHost.config (allowDefinition), whatever is "
                                       "unlocked",
                                       section->element->name));
  finding->certainty = MAX (finding->certainty, certainty);
  e13_lint_cure (finding, "remove it here; the server's administrator sets it in applicationHost.config");
  return TRUE;
}

/* MachineToApplication: the server's own file, or the root of an application. */
static void
check_application_only (const Check *check, const E13LintSection *section)
{
  const E13XmlElement *declared
      = check->site->is_known ? e13_lint_declaration (check->site->server->document, section->path) : NULL;
  const char *allowed = declared != NULL ? e13_xml_value (declared, "allowDefinition") : NULL;
  const E13IisMatch *match = &check->place->match;
  gboolean is_only = declared != NULL ? allowed != NULL && g_ascii_strcasecmp (allowed, "MachineToApplication") == 0
                                      : section->node != NULL
                                            && (section->node->delegation == E13_SCHEMA_DENIED_APP
                                                || section->node->delegation == E13_SCHEMA_APP);
  g_autofree char *place = NULL;
  E13LintFinding *finding;

  if (!is_only || (*match->rest == '\0' && strcmp (match->directory->path, "/") == 0))
    return;
  place = e13_iis_match_place (match);
  finding = e13_lint_add (check->lint, E13_LINT_APPLICATION_SECTION, section->element, NULL,
                          g_strdup_printf ("<%s> may only be set in the root of an application "
                                           "(allowDefinition=\"MachineToApplication\"), and this folder is a plain one",
                                           section->element->name));
  if (!check->site->is_known)
    finding->certainty = E13_LINT_POSSIBLE;
  e13_lint_cure (finding, "make the folder an application: IIS Manager, right click on it, Convert to Application%s%s",
                 check->site->is_known ? " in " : "", check->site->is_known ? place : "");
  e13_lint_cure (finding, "move <%s> to the web.config in the root of the application", section->element->name);
}

/* ---- Parts of sections ----------------------------------------------------------------------- */

static gboolean
lists (const char *list, const char *name)
{
  g_auto (GStrv) words = g_strsplit (list, ",", -1);

  for (gsize i = 0; words[i] != NULL; i++)
    if (strcmp (g_strstrip (words[i]), name) == 0 || strcmp (words[i], "*") == 0)
      return TRUE;
  return FALSE;
}

static gboolean
is_locked_out (const E13XmlElement *above, const char *listed, const char *all_but, const char *name,
               const char **ret_by)
{
  const char *some = e13_xml_value (above, listed), *all = e13_xml_value (above, all_but);

  *ret_by = some != NULL && lists (some, name) ? listed : all_but;
  return (some != NULL && lists (some, name)) || (all != NULL && !lists (all, name));
}

static void
report_part (const Check *check, E13LintRuleId rule, const E13XmlElement *element, const E13XmlAttribute *attribute,
             const E13XmlElement *by, const char *how)
{
  const char *name = attribute != NULL ? attribute->name : element->name;
  g_autofree char *where = e13_iis_element_place (by);
  E13LintFinding *finding
      = e13_lint_add (check->lint, rule, element, attribute,
                      g_strdup_printf ("%s locks '%s' with %s on <%s>, and even the same value may not be "
                                       "set again below it",
                                       where, name, how, by->name));

  e13_lint_cure (finding, "remove '%s' here", name);
  e13_lint_cure (finding, "take it out of %s in %s", how, where);
}

static gboolean
is_setting (const char *name)
{
  return !g_str_has_prefix (name, "lock") && strcmp (name, "configSource") != 0 && !g_str_has_prefix (name, "xmlns");
}

static void
hold_against (const Check *check, const E13XmlElement *element, const E13XmlElement *above)
{
  const char *by;

  for (guint i = 0; element->attributes != NULL && i < element->attributes->len; i++)
    {
      const E13XmlAttribute *attribute = &g_array_index (element->attributes, E13XmlAttribute, i);

      if (is_setting (attribute->name)
          && is_locked_out (above, "lockAttributes", "lockAllAttributesExcept", attribute->name, &by))
        report_part (check, E13_LINT_LOCKED_ATTRIBUTE, element, attribute, above, by);
    }
  for (guint i = 0; i < e13_xml_n_children (element); i++)
    if (is_locked_out (above, "lockElements", "lockAllElementsExcept", e13_xml_nth (element, i)->name, &by))
      report_part (check, E13_LINT_LOCKED_ELEMENT, e13_xml_nth (element, i), NULL, above, by);
}

/* The locked entry that @child of the list would take away; NULL: none. */
static const E13XmlElement *
takes_away (const E13XmlElement *child, const GPtrArray *locked, const E13SchemaNode *entry)
{
  g_autofree char *key = NULL;

  if (strcmp (child->name, "clear") == 0)
    return locked->pdata[0];
  if (strcmp (child->name, "remove") != 0)
    return NULL;
  key = e13_iis_entry_key (entry, child);
  for (guint i = 0; i < locked->len; i++)
    {
      g_autofree char *other = e13_iis_entry_key (entry, locked->pdata[i]);

      if (strcmp (key, other) == 0)
        return locked->pdata[i];
    }
  return NULL;
}

/* @node: the list; entries of it that are locked are in @locked. */
static void
hold_against_entries (const Check *check, const E13XmlElement *list, const GPtrArray *locked, const E13SchemaNode *node)
{
  const E13SchemaNode *entry = e13_schema_entry_of (node);

  for (guint i = 0; entry != NULL && locked->len > 0 && i < e13_xml_n_children (list); i++)
    {
      const E13XmlElement *child = e13_xml_nth (list, i);
      const E13XmlElement *by = takes_away (child, locked, entry);
      g_autofree char *where = by != NULL ? e13_iis_element_place (by) : NULL;
      E13LintFinding *finding;

      if (by == NULL)
        continue;
      finding = e13_lint_add (check->lint, E13_LINT_LOCKED_ENTRY, child, NULL,
                              g_strdup_printf ("%s has an entry with lockItem=\"true\": it can neither be removed nor "
                                               "cleared away",
                                               where));
      e13_lint_cure (finding, "remove <%s> here", child->name);
      e13_lint_cure (finding, "remove lockItem=\"true\" in %s", where);
    }
}

typedef struct
{
  const Check *check;
  GHashTable *above;  /* path within the section → GPtrArray of elements above */
  GHashTable *locked; /* the same → GPtrArray of entries with lockItem */
} Parts;

static GPtrArray *
of_path (GHashTable *table, const char *path)
{
  GPtrArray *all = g_hash_table_lookup (table, path);

  if (all != NULL)
    return all;
  all = g_ptr_array_new ();
  g_hash_table_insert (table, g_strdup (path), all);
  return all;
}

/* One layer's element at @path within the section: held against what lies above, then added to it. Entries of lists are
 * not told apart here, so nothing beneath them is looked at. */
static void
take_element (Parts *parts, const E13XmlElement *element, const E13SchemaNode *node, gboolean is_judged)
{
  GPtrArray *above = of_path (parts->above, node->path), *locked = of_path (parts->locked, node->path);

  for (guint i = 0; is_judged && i < above->len; i++)
    hold_against (parts->check, element, above->pdata[i]);
  if (is_judged)
    hold_against_entries (parts->check, element, locked, node);
  g_ptr_array_add (above, (gpointer)element);
  for (guint i = 0; i < e13_xml_n_children (element); i++)
    {
      const E13XmlElement *child = e13_xml_nth (element, i);
      const E13SchemaNode *known = e13_schema_child (node, child->name);
      const char *lock = e13_xml_value (child, "lockItem");

      if (known != NULL && !known->is_entry)
        take_element (parts, child, known, is_judged);
      else if (known != NULL && lock != NULL && g_ascii_strcasecmp (lock, "true") == 0)
        g_ptr_array_add (locked, (gpointer)child);
    }
}

static void
check_parts (const Check *check, const GArray *layers, const E13SchemaNode *node)
{
  g_autoptr (GHashTable) above
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_ptr_array_unref);
  g_autoptr (GHashTable) locked
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_ptr_array_unref);
  Parts parts = { check, above, locked };

  for (guint i = 0; i < layers->len; i++)
    {
      const E13IisLayer *layer = &g_array_index (layers, E13IisLayer, i);

      if (!layer->is_locked)
        take_element (&parts, layer->element, node, !is_of_server (check, layer->element));
    }
}

/* ---- All ------------------------------------------------------------------------------------- */

static void
check_section (const Check *check, const E13LintSection *section)
{
  g_autoptr (GArray) layers = e13_iis_scope_layers (check->place->scope, section->path);
  gboolean is_locked = FALSE;

  if (check_server_only (check, section))
    return;
  if (!check->site->is_known)
    suppose_locked (check, section);
  for (guint i = 0; i < layers->len; i++)
    {
      const E13IisLayer *layer = &g_array_index (layers, E13IisLayer, i);

      if (!layer->is_locked || is_of_server (check, layer->element))
        continue;
      report_locked (check, section, layer);
      is_locked = TRUE;
    }
  if (!is_locked && section->node != NULL && !section->node->is_open)
    check_parts (check, layers, section->node);
}

static void
check_file (const Check *check, const E13LintFile *file)
{
  g_autoptr (GArray) sections = e13_lint_sections (file->document);

  for (guint i = 0; i < sections->len; i++)
    {
      const E13LintSection *section = &g_array_index (sections, E13LintSection, i);

      /* Files above count for what they say of this place. */
      if (file == check->place->file || section->location != NULL)
        check_section (check, section);
      if (file == check->place->file && section->location == NULL)
        check_application_only (check, section);
    }
}

void
e13_lint_locks (const E13LintSite *site, E13Lint *lint)
{
  for (guint p = 0; p < site->places->len; p++)
    {
      const Check check = { site, site->places->pdata[p], lint };

      for (guint f = 0; f < site->files->len; f++)
        {
          const E13LintFile *file = site->files->pdata[f];

          if (file->document != NULL && e13_lint_file_counts (file, check.place->directory))
            check_file (&check, file);
        }
    }
}
