/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* 500.19: entries of lists that are there already, in the file itself or one above it; sections that stand twice in one
 * file. */

#include <string.h>

#include "base/quote.h"
#include "iis/lint-sections.h"

typedef struct
{
  const E13LintSite *site;
  E13Lint *lint;
  const E13LintPlace *twin; /* what is judged is read twice there; NULL: no such place */
} Check;

/* ---- Entries --------------------------------------------------------------------------------- */

/* The keys as they are written in a <remove>: fileExtension=".json". Free with g_free(). */
static char *
keys_as_text (const E13XmlElement *element, const E13SchemaNode *entry)
{
  GString *text = g_string_new (NULL);

  for (gsize i = 0; entry->keys[i] != NULL; i++)
    {
      const char *value = e13_xml_value (element, entry->keys[i]);
      g_autofree char *escaped = value != NULL ? g_markup_escape_text (value, -1) : NULL;

      if (escaped != NULL)
        g_string_append_printf (text, "%s%s=\"%s\"", text->len > 0 ? " " : "", entry->keys[i], escaped);
    }
  return g_string_free (text, FALSE);
}

static gboolean
says_the_same (const E13XmlElement *a, const E13XmlElement *b)
{
  guint n = a->attributes != NULL ? a->attributes->len : 0;

  if (n != (b->attributes != NULL ? b->attributes->len : 0) || e13_xml_n_children (a) + e13_xml_n_children (b) > 0)
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      const E13XmlAttribute *attribute = &g_array_index (a->attributes, E13XmlAttribute, i);

      if (g_strcmp0 (e13_xml_value (b, attribute->name), attribute->value) != 0)
        return FALSE;
    }
  return TRUE;
}

static void
report_entry (const Check *check, const E13XmlElement *entry, const E13XmlElement *first, const E13SchemaNode *node,
              const E13SchemaNode *list)
{
  g_autofree char *keys = keys_as_text (entry, node);
  g_autofree char *shown = e13_quote_display (keys);
  g_autofree char *where = e13_iis_element_place (first);
  gboolean is_same_file = first->document == entry->document;
  gboolean is_equal = is_same_file && says_the_same (entry, first);
  g_autofree char *text = g_strdup_printf ("<%s %s>", entry->name, keys);
  E13LintFinding *finding
      = e13_lint_add_at (check->lint, E13_LINT_DUPLICATE_ENTRY, entry->document->origin, &entry->place, text,
                         g_strdup_printf ("<%s %s> is in the list already: %s has it", entry->name, shown, where));

  if (is_equal)
    {
      e13_lint_cure (finding, "remove this one, which says the same");
      e13_lint_edit (finding,
                     &(E13IisEdit){ entry->place.offset, entry->end - entry->place.offset, g_strdup (""), TRUE },
                     "removes the second of two equal entries");
      return;
    }
  if (is_same_file)
    {
      e13_lint_cure (finding, "remove one of the two");
      return;
    }
  if (list->has_remove)
    {
      e13_lint_cure (finding, "put before it: <remove %s />", shown);
      e13_lint_edit (finding, &(E13IisEdit){ entry->place.offset, 0, g_strdup_printf ("<remove %s />", keys), TRUE },
                     "removes the entry of the file above before its own");
    }
  e13_lint_cure (finding, "remove it here, if the one above will do");
}

/* The entry meets itself: its file counts twice. */
static void
report_twice (const Check *check, const E13XmlElement *entry, const E13SchemaNode *node, const E13SchemaNode *list)
{
  g_autofree char *keys = keys_as_text (entry, node);
  g_autofree char *shown = e13_quote_display (keys);
  g_autofree char *place = e13_iis_match_place (&check->twin->match);
  g_autofree char *named = e13_quote_display (place);
  g_autofree char *where = e13_iis_element_place (check->twin->match.directory->element);
  g_autofree char *text = g_strdup_printf ("<%s %s>", entry->name, keys);
  E13LintFinding *finding = e13_lint_add_at (
      check->lint, E13_LINT_DUPLICATE_ENTRY, entry->document->origin, &entry->place, text,
      g_strdup_printf (
          "'%s' shows the folder of the site above it (%s), so this file is read twice for it, and <%s %s> "
          "is in the list already",
          named, where, entry->name, shown));

  if (list->has_clear)
    e13_lint_cure (finding, "put <clear /> before the first entry of the list, if it is to hold these alone");
  if (list->has_remove)
    e13_lint_cure (finding, "put before it: <remove %s />", shown);
  e13_lint_cure (finding, "give '%s' a folder of its own", named);
}

/* One child of a list: @entries has what is in effect so far, by key. */
static void
take_child (const Check *check, GHashTable *entries, const E13XmlElement *child, const E13SchemaNode *node)
{
  const E13SchemaNode *known = e13_schema_child (node, child->name);
  const E13SchemaNode *entry = e13_schema_entry_of (node);
  g_autofree char *key = NULL;
  const E13XmlElement *first;

  if (node->has_clear && strcmp (child->name, "clear") == 0)
    g_hash_table_remove_all (entries);
  if (node->has_remove && entry != NULL && strcmp (child->name, "remove") == 0)
    {
      key = e13_iis_entry_key (entry, child);
      g_hash_table_remove (entries, key);
    }
  if (known == NULL || !known->is_entry || known->repeats || known->keys[0] == NULL)
    return;
  key = e13_iis_entry_key (known, child);
  first = g_hash_table_lookup (entries, key);
  if (first == NULL)
    g_hash_table_insert (entries, g_steal_pointer (&key), (gpointer)child);
  else if (first == child && check->twin != NULL)
    report_twice (check, child, known, node);
  else if (child->document != check->site->server->document && check->twin == NULL)
    report_entry (check, child, first, known, node);
}

/* @lists: the list as each file on the way has it, the topmost first; entries of those of the server are not judged. */
static void
check_list (const Check *check, const GPtrArray *lists, const E13SchemaNode *node)
{
  g_autoptr (GHashTable) entries = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint l = 0; l < lists->len; l++)
    for (guint i = 0; i < e13_xml_n_children (lists->pdata[l]); i++)
      take_child (check, entries, e13_xml_nth (lists->pdata[l], i), node);
}

static void check_lists (const Check *check, const GPtrArray *elements, const E13SchemaNode *node);

/* The children called as @child in all of @elements, as one. */
static void
check_child (const Check *check, const GPtrArray *elements, const E13SchemaNode *child)
{
  g_autoptr (GPtrArray) children = g_ptr_array_new ();

  for (guint i = 0; i < elements->len; i++)
    {
      const E13XmlElement *next = NULL;

      while ((next = e13_xml_child (elements->pdata[i], child->name, next)) != NULL)
        {
          g_ptr_array_add (children, (gpointer)next);
          if (!child->is_entry)
            continue;
          /* What an entry holds is its own. */
          check_lists (check, children, child);
          g_ptr_array_set_size (children, 0);
        }
    }
  if (children->len > 0)
    check_lists (check, children, child);
}

static void
check_lists (const Check *check, const GPtrArray *elements, const E13SchemaNode *node)
{
  if (node->is_open)
    return;
  check_list (check, elements, node);
  for (guint i = 0; i < node->children->len; i++)
    check_child (check, elements, node->children->pdata[i]);
}

static void
check_section (const Check *check, const E13LintPlace *place, const E13LintSection *section)
{
  g_autoptr (GArray) layers = NULL;
  g_autoptr (GPtrArray) elements = g_ptr_array_new ();

  if (section->node == NULL || section->node->is_open)
    return;
  layers = e13_iis_scope_layers (place->scope, section->path);
  for (guint i = 0; i < layers->len; i++)
    if (!g_array_index (layers, E13IisLayer, i).is_locked)
      g_ptr_array_add (elements, (gpointer)g_array_index (layers, E13IisLayer, i).element);
  check_lists (check, elements, section->node);
}

/* ---- Sections -------------------------------------------------------------------------------- */

static void
check_twice (const Check *check, const GArray *sections)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < sections->len; i++)
    {
      const E13LintSection *section = &g_array_index (sections, E13LintSection, i);
      const char *place = section->location != NULL ? e13_xml_value (section->location, "path") : NULL;
      g_autofree char *key
          = g_strdup_printf ("%d\n%s\n%s", section->location != NULL, place != NULL ? place : "", section->path);
      const E13XmlElement *first = g_hash_table_lookup (seen, key);
      E13LintFinding *finding;

      if (first == NULL)
        g_hash_table_insert (seen, g_steal_pointer (&key), (gpointer)section->element);
      if (first == NULL || section->node == NULL)
        continue;
      finding
          = e13_lint_add (check->lint, E13_LINT_DUPLICATE_SECTION, section->element, NULL,
                          g_strdup_printf ("<%s> stands already in line %u of this file, and a section may stand only "
                                           "once for one place",
                                           section->element->name, first->place.line));
      e13_lint_cure (finding, "move what is in it into the <%s> of line %u, and remove it", section->element->name,
                     first->place.line);
    }
}

/* Lists that a server has entries of from the start, which web.config files often add to. */
static const struct
{
  const char *section;
  const char *list; /* within it; NULL: itself */
} filled[] = {
  { "system.webServer/staticContent", NULL },
  { "system.webServer/defaultDocument", "files" },
  { "system.webServer/httpErrors", NULL },
};

/* Does the list add something that it has not removed before? */
static gboolean
adds_blindly (const E13XmlElement *list)
{
  gboolean has_removed = FALSE;

  for (guint i = 0; i < e13_xml_n_children (list); i++)
    {
      const char *name = e13_xml_nth (list, i)->name;

      has_removed |= strcmp (name, "clear") == 0 || strcmp (name, "remove") == 0;
      if (!has_removed && strcmp (name, "clientCache") != 0)
        return TRUE;
    }
  return FALSE;
}

/* Whether the server's list has the entry cannot be told. */
static void
say_unknown (const Check *check, const E13LintSection *section)
{
  for (gsize i = 0; i < G_N_ELEMENTS (filled); i++)
    {
      const E13XmlElement *list = section->element;
      g_autofree char *command = e13_lint_appcmd ("list", NULL, section->path);
      g_autofree char *about
          = g_strdup_printf ("whether the server has entries of <%s> already", section->element->name);

      if (strcmp (filled[i].section, section->path) != 0)
        continue;
      if (filled[i].list != NULL)
        list = e13_xml_child (list, filled[i].list, NULL);
      if (list != NULL && adds_blindly (list))
        e13_lint_cannot_tell (check->lint, about, command);
    }
}

static void
check_file (const Check *check, const E13LintPlace *place, const E13LintFile *file)
{
  g_autoptr (GArray) sections = e13_lint_sections (file->document);

  if (file == place->file)
    check_twice (check, sections);
  for (guint i = 0; i < sections->len; i++)
    {
      const E13LintSection *section = &g_array_index (sections, E13LintSection, i);

      if (file != place->file && section->location == NULL)
        continue;
      check_section (check, place, section);
      if (!check->site->is_known)
        say_unknown (check, section);
    }
}

static void
check_twins (const E13LintSite *site, E13Lint *lint)
{
  for (guint i = 0; i < site->twins->len; i++)
    {
      const E13LintPlace *twin = site->twins->pdata[i];
      const Check check = { site, lint, twin };
      g_autoptr (GArray) sections = NULL;

      if (twin->file == NULL || twin->file->document == NULL)
        continue;
      sections = e13_lint_sections (twin->file->document);
      for (guint s = 0; s < sections->len; s++)
        if (g_array_index (sections, E13LintSection, s).location == NULL)
          check_section (&check, twin, &g_array_index (sections, E13LintSection, s));
    }
}

void
e13_lint_duplicates (const E13LintSite *site, E13Lint *lint)
{
  const Check check = { site, lint, NULL };

  check_twins (site, lint);
  for (guint p = 0; p < site->places->len; p++)
    for (guint f = 0; f < site->files->len; f++)
      {
        const E13LintPlace *place = site->places->pdata[p];
        const E13LintFile *file = site->files->pdata[f];

        if (file->document != NULL && e13_lint_file_counts (file, place->directory))
          check_file (&check, place, file);
      }
}
