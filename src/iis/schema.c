/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "iis/schema.h"

#include <string.h>

#include "policy/nearest.h"

/* ---- The tables ------------------------------------------------------------------------------ */

#define FREE E13_SCHEMA_FREE
#define DENIED E13_SCHEMA_DENIED
#define DENIED_APP E13_SCHEMA_DENIED_APP
#define APP E13_SCHEMA_APP
#define HOST E13_SCHEMA_HOST

static const struct
{
  const char *path;
  gboolean is_section;
  E13SchemaDelegation delegation;
  const char *keys; /* NULL: no entry */
  const char *how;
  const char *attributes;
} rows[] = {
#define E13_IIS_SECTION(path, delegation, attributes) { path, TRUE, delegation, NULL, "", attributes },
#define E13_IIS_ELEMENT(path, attributes) { path, FALSE, FREE, NULL, "", attributes },
#define E13_IIS_ENTRY(path, keys, how, attributes) { path, FALSE, FREE, keys, how, attributes },
#include "iis/schema.def"
#undef E13_IIS_SECTION
#undef E13_IIS_ELEMENT
#undef E13_IIS_ENTRY
};

static const E13SchemaModule modules[] = {
#define E13_IIS_BRINGS(path, what, cure, module) { path, what, cure, module },
#include "iis/products.def"
#undef E13_IIS_BRINGS
};

/* ---- Their tree ------------------------------------------------------------------------------ */

static GHashTable *by_path; /* of E13SchemaNode *; made once */

static E13SchemaNode *
node_at (const char *path)
{
  E13SchemaNode *node = g_hash_table_lookup (by_path, path);
  const char *slash = strrchr (path, '/');
  g_autofree char *above = slash != NULL ? g_strndup (path, (gsize)(slash - path)) : g_strdup ("");
  E13SchemaNode *parent;

  if (node != NULL)
    return node;
  node = g_new0 (E13SchemaNode, 1);
  node->path = g_strdup (path);
  node->name = strrchr (node->path, '/') != NULL ? strrchr (node->path, '/') + 1 : node->path;
  node->attributes = g_array_new (FALSE, FALSE, sizeof (E13SchemaAttribute));
  node->children = g_ptr_array_new ();
  g_hash_table_insert (by_path, (gpointer)node->path, node);
  if (*path == '\0')
    return node;
  parent = node_at (above);
  node->section = parent->section;
  node->delegation = parent->delegation;
  g_ptr_array_add (parent->children, node);
  return node;
}

static void
add_attribute (E13SchemaNode *node, const char *word)
{
  gsize length = strcspn (word, "?#@=+");
  E13SchemaAttribute attribute = { g_strndup (word, length), E13_SCHEMA_TEXT, NULL };

  switch (word[length])
    {
    case '?':
      attribute.type = E13_SCHEMA_BOOL;
      break;
    case '#':
      attribute.type = E13_SCHEMA_NUMBER;
      break;
    case '@':
      attribute.type = E13_SCHEMA_TIME;
      break;
    case '=':
    case '+':
      attribute.type = word[length] == '=' ? E13_SCHEMA_ENUM : E13_SCHEMA_FLAGS;
      attribute.words = (const char *const *)g_strsplit (word + length + 1, "|", -1);
      break;
    default:
      break;
    }
  g_array_append_val (node->attributes, attribute);
}

static void
add_attributes (E13SchemaNode *node, const char *text)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);

  node->is_open = strcmp (text, "...") == 0;
  for (gsize i = 0; !node->is_open && words[i] != NULL; i++)
    if (strcmp (words[i], "*") == 0)
      node->takes_any = TRUE;
    else if (*words[i] != '\0')
      add_attribute (node, words[i]);
}

static void
add_row (gsize row)
{
  E13SchemaNode *node = node_at (rows[row].path);
  g_autofree char *above = g_path_get_dirname (rows[row].path);

  add_attributes (node, rows[row].attributes);
  if (rows[row].is_section)
    {
      node->section = node;
      node->delegation = rows[row].delegation;
    }
  if (rows[row].keys == NULL)
    return;
  node->is_entry = TRUE;
  node->keys
      = (const char *const *)(rows[row].keys[0] != '\0' ? g_strsplit (rows[row].keys, " ", -1) : g_new0 (char *, 1));
  node->prepends = strchr (rows[row].how, 'p') != NULL;
  node->repeats = strchr (rows[row].how, 'd') != NULL;
  node->is_case_sensitive = strchr (rows[row].how, 's') != NULL;
  node_at (above)->has_clear |= strchr (rows[row].how, 'c') != NULL;
  node_at (above)->has_remove |= strchr (rows[row].how, 'r') != NULL;
}

static void
make_tree (void)
{
  static gsize is_made;

  if (!g_once_init_enter (&is_made))
    return;
  by_path = g_hash_table_new (g_str_hash, g_str_equal);
  for (gsize row = 0; row < G_N_ELEMENTS (rows); row++)
    add_row (row);
  g_once_init_leave (&is_made, 1);
}

/* ---- Looking up ------------------------------------------------------------------------------ */

const E13SchemaNode *
e13_schema_find (const char *path)
{
  make_tree ();
  return g_hash_table_lookup (by_path, path);
}

const E13SchemaNode *
e13_schema_child (const E13SchemaNode *node, const char *name)
{
  for (guint i = 0; i < node->children->len; i++)
    {
      const E13SchemaNode *child = node->children->pdata[i];

      if (strcmp (child->name, name) == 0)
        return child;
    }
  return NULL;
}

const E13SchemaNode *
e13_schema_entry_of (const E13SchemaNode *node)
{
  const E13SchemaNode *entry = NULL;

  for (guint i = 0; i < node->children->len; i++)
    {
      const E13SchemaNode *child = node->children->pdata[i];

      if (child->is_entry && entry != NULL)
        return NULL;
      if (child->is_entry)
        entry = child;
    }
  return entry;
}

const E13SchemaAttribute *
e13_schema_attribute (const E13SchemaNode *node, const char *name)
{
  for (guint i = 0; i < node->attributes->len; i++)
    {
      const E13SchemaAttribute *attribute = &g_array_index (node->attributes, E13SchemaAttribute, i);

      if (strcmp (attribute->name, name) == 0)
        return attribute;
    }
  return NULL;
}

const char *
e13_schema_near_child (const E13SchemaNode *node, const char *name)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; i < node->children->len; i++)
    g_ptr_array_add (names, (gpointer)((const E13SchemaNode *)node->children->pdata[i])->name);
  if (node->has_clear)
    g_ptr_array_add (names, (gpointer) "clear");
  if (node->has_remove)
    g_ptr_array_add (names, (gpointer) "remove");
  g_ptr_array_add (names, NULL);
  return e13_nearest_if_near (name, (const char *const *)names->pdata);
}

const char *
e13_schema_near_attribute (const E13SchemaNode *node, const char *name)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; i < node->attributes->len; i++)
    g_ptr_array_add (names, (gpointer)g_array_index (node->attributes, E13SchemaAttribute, i).name);
  g_ptr_array_add (names, NULL);
  return e13_nearest_if_near (name, (const char *const *)names->pdata);
}

const char *
e13_schema_home_of (const char *name)
{
  const E13SchemaNode *found = NULL;

  for (gsize row = 0; row < G_N_ELEMENTS (rows); row++)
    {
      const E13SchemaNode *node = rows[row].is_section ? e13_schema_find (rows[row].path) : NULL;

      if (node == NULL || g_ascii_strcasecmp (node->name, name) != 0)
        continue;
      if (found != NULL)
        return NULL;
      found = node;
    }
  return found != NULL ? found->path : NULL;
}

const E13SchemaModule *
e13_schema_module_of (const char *path)
{
  for (gsize i = 0; i < G_N_ELEMENTS (modules); i++)
    {
      gsize length = strlen (modules[i].path);

      if (strncmp (path, modules[i].path, length) == 0 && (path[length] == '\0' || path[length] == '/'))
        return &modules[i];
    }
  return NULL;
}

/* ---- Values ---------------------------------------------------------------------------------- */

static gboolean
is_number (const char *text)
{
  const char *digits = *text == '-' ? text + 1 : text;
  gboolean is_hex = digits[0] == '0' && (digits[1] == 'x' || digits[1] == 'X');

  if (is_hex)
    digits += 2;
  if (*digits == '\0')
    return FALSE;
  for (; *digits != '\0'; digits++)
    if (is_hex ? !g_ascii_isxdigit (*digits) : !g_ascii_isdigit (*digits))
      return FALSE;
  return TRUE;
}

/* [-][days.]hours:minutes[:seconds[.fraction]], or a number alone, which is days, or what the attribute counts in. */
static gboolean
is_time (const char *text)
{
  guint n_colons = 0;
  char before = '\0';

  for (const char *p = *text == '-' ? text + 1 : text; *p != '\0'; before = *p++)
    {
      if (!g_ascii_isdigit (*p) && ((*p != ':' && *p != '.') || !g_ascii_isdigit (before)))
        return FALSE;
      n_colons += *p == ':';
    }
  return g_ascii_isdigit (before) && n_colons <= 3;
}

static gboolean
is_word_of (const E13SchemaAttribute *attribute, const char *text)
{
  for (gsize i = 0; attribute->words[i] != NULL; i++)
    if (g_ascii_strcasecmp (attribute->words[i], text) == 0)
      return TRUE;
  return is_number (text);
}

static gboolean
are_words_of (const E13SchemaAttribute *attribute, const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, ",", -1);

  for (gsize i = 0; parts[i] != NULL; i++)
    if (*g_strstrip (parts[i]) != '\0' && !is_word_of (attribute, parts[i]))
      return FALSE;
  return TRUE;
}

gboolean
e13_schema_fits (const E13SchemaAttribute *attribute, const char *value)
{
  switch (attribute->type)
    {
    case E13_SCHEMA_BOOL:
      return g_ascii_strcasecmp (value, "true") == 0 || g_ascii_strcasecmp (value, "false") == 0;
    case E13_SCHEMA_NUMBER:
      return is_number (value);
    case E13_SCHEMA_TIME:
      return is_time (value);
    case E13_SCHEMA_ENUM:
      return is_word_of (attribute, value);
    case E13_SCHEMA_FLAGS:
      return are_words_of (attribute, value);
    case E13_SCHEMA_TEXT:
    default:
      return TRUE;
    }
}

char *
e13_schema_expected (const E13SchemaAttribute *attribute)
{
  g_autofree char *words = attribute->words != NULL ? g_strjoinv (", ", (char **)attribute->words) : NULL;

  switch (attribute->type)
    {
    case E13_SCHEMA_BOOL:
      return g_strdup ("true or false");
    case E13_SCHEMA_NUMBER:
      return g_strdup ("a whole number");
    case E13_SCHEMA_TIME:
      return g_strdup ("a time such as 00:02:00");
    case E13_SCHEMA_ENUM:
      return g_strdup_printf ("one of %s", words);
    case E13_SCHEMA_FLAGS:
      return g_strdup_printf ("some of %s, with commas between them", words);
    case E13_SCHEMA_TEXT:
    default:
      return g_strdup ("a text");
    }
}
