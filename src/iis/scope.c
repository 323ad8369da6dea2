/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "iis/scope.h"

#include <string.h>

#include "base/error.h"
#include "iis/schema.h"

/* A hostile path must not make many small files be looked for. */
#define MAX_STEPS 64

/* Nor a list be so long that looking through it takes for ever. */
#define MAX_ENTRIES 1000
#define MAX_CHILDREN 2000 /* of one section in one file */

/* One step of the way down. */
typedef struct
{
  char *path;                     /* "", "Default Web Site", "Default Web Site/week7" */
  char *directory;                /* that its web.config lies in; NULL: not known, and of the server */
  const E13XmlDocument *document; /* NULL: it has none */
} Step;

struct E13IisScope
{
  const E13IisServer *server;
  E13IisRead read;
  gpointer data;
  char *application;    /* the path of the application's root: "Default Web Site/blog" */
  GArray *steps;        /* of Step */
  GPtrArray *documents; /* of E13XmlDocument *: those that are the scope's own */
  GHashTable *included; /* element with a configSource → const E13XmlElement *, or itself where that cannot be read */
  GHashTable *layers;   /* a section → what is said of it, GArray * of E13IisLayer */
  GHashTable *lists;    /* a section that is a collection → its entries in effect, GPtrArray * */
  GPtrArray *remarks;   /* of char * */
};

/* ---- The way down ---------------------------------------------------------------------------- */

static void
step_clear (gpointer data)
{
  g_free (((Step *)data)->path);
  g_free (((Step *)data)->directory);
}

static const E13XmlDocument *
read_document (E13IisScope *scope, const char *directory, const char *name)
{
  g_autoptr (GError) error = NULL;
  E13XmlDocument *document = scope->read != NULL ? scope->read (directory, name, scope->data, &error) : NULL;

  if (error != NULL)
    g_ptr_array_add (scope->remarks, g_strdup (error->message));
  if (document != NULL)
    g_ptr_array_add (scope->documents, document);
  return document;
}

static gboolean
is_below (const char *path, const char *above)
{
  gsize length = strlen (above);

  return strcmp (above, "/") == 0
         || (g_ascii_strncasecmp (path, above, length) == 0 && (path[length] == '\0' || path[length] == '/'));
}

/* Where the site keeps what lies at @path ("/", "/week7/images"), and whether its own web.config is read there. */
static char *
directory_of (const E13IisSite *site, const char *path, gboolean *ret_is_read)
{
  const E13IisDirectory *best = NULL;
  gsize best_length = 0;
  g_autofree char *joined = NULL;

  for (guint a = 0; a < site->applications->len; a++)
    {
      const E13IisApplication *application = site->applications->pdata[a];

      for (guint d = 0; d < application->directories->len; d++)
        {
          const E13IisDirectory *directory = application->directories->pdata[d];
          const char *begin = application->path[1] != '\0' ? application->path : "";
          g_autofree char *whole = directory->path[1] == '\0' && *begin != '\0'
                                       ? g_strdup (begin)
                                       : g_strconcat (begin, directory->path, NULL);
          gsize length = strcmp (whole, "/") == 0 ? 0 : strlen (whole);

          if (directory->physical_path == NULL || !is_below (path, whole) || (best != NULL && length < best_length))
            continue;
          best = directory;
          best_length = length;
        }
    }
  if (best == NULL)
    return NULL;
  joined = g_strconcat (best->physical_path, "\\", path + best_length, NULL);
  *ret_is_read
      = path[best_length + strspn (path + best_length, "/")] == '\0' || e13_iis_value_is_true (&best->allow_sub_dir);
  return e13_iis_path (joined, e13_iis_no_variables);
}

static void
add_step (E13IisScope *scope, const E13IisSite *site, const char *path)
{
  gboolean is_read = FALSE;
  g_autofree char *directory = directory_of (site, path, &is_read);
  Step step = { NULL, NULL, NULL };

  step.path = path[1] != '\0' ? g_strconcat (site->name, path, NULL) : g_strdup (site->name);
  step.document = is_read ? read_document (scope, directory, "web.config") : NULL;
  step.directory = g_steal_pointer (&directory);
  g_array_append_val (scope->steps, step);
}

E13IisScope *
e13_iis_scope_new (const E13IisServer *server, const E13IisMatch *match, E13IisRead read, gpointer data)
{
  E13IisScope *scope = g_new0 (E13IisScope, 1);
  g_autofree char *place = e13_iis_match_place (match);
  char *path = place + strlen (match->site->name); /* "/week7/images", or empty */
  const Step top = { g_strdup (""), NULL, server->document };

  scope->server = server;
  scope->read = read;
  scope->data = data;
  scope->application
      = g_strconcat (match->site->name, match->application->path[1] != '\0' ? match->application->path : "", NULL);
  scope->steps = g_array_new (FALSE, FALSE, sizeof (Step));
  g_array_set_clear_func (scope->steps, step_clear);
  scope->documents = g_ptr_array_new_with_free_func ((GDestroyNotify)e13_xml_free);
  scope->included = g_hash_table_new (NULL, NULL);
  scope->layers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_array_unref);
  scope->lists = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify)g_ptr_array_unref);
  scope->remarks = g_ptr_array_new_with_free_func (g_free);
  g_array_append_val (scope->steps, top);
  add_step (scope, match->site, "/");
  for (char *end = path; *end != '\0' && scope->steps->len < MAX_STEPS;)
    {
      g_autofree char *step = NULL;

      end += 1 + strcspn (end + 1, "/");
      step = g_strndup (path, (gsize)(end - path));
      add_step (scope, match->site, step);
    }
  return scope;
}

void
e13_iis_scope_free (E13IisScope *scope)
{
  if (scope == NULL)
    return;
  g_free (scope->application);
  g_array_unref (scope->steps);
  g_ptr_array_unref (scope->documents);
  g_hash_table_unref (scope->included);
  g_hash_table_unref (scope->layers);
  g_hash_table_unref (scope->lists);
  g_ptr_array_unref (scope->remarks);
  g_free (scope);
}

const GPtrArray *
e13_iis_scope_remarks (const E13IisScope *scope)
{
  return scope->remarks;
}

/* ---- Layers ---------------------------------------------------------------------------------- */

typedef struct
{
  E13IisScope *scope;
  const char *section;
  GArray *layers;
  const E13XmlElement *locked_by; /* what locks it for the files below the one that was looked at last; NULL: nothing */
} Gathering;

/* Is there <section name="handlers" overrideModeDefault="Deny"> in <configSections>, in the groups that lead to it? */
static const E13XmlElement *
locked_by_default (const E13XmlElement *group, const char *section)
{
  gsize length = strcspn (section, "/");
  gboolean is_last = section[length] == '\0';
  g_autofree char *name = g_strndup (section, length);
  const E13XmlElement *child = NULL, *found;

  while (group != NULL && (child = e13_xml_child (group, is_last ? "section" : "sectionGroup", child)) != NULL)
    {
      const char *is = e13_xml_value (child, "name");
      const char *mode = e13_xml_value (child, "overrideModeDefault");

      if (is == NULL || strcmp (is, name) != 0)
        continue;
      if (is_last)
        return mode != NULL && g_ascii_strcasecmp (mode, "Deny") == 0 ? child : NULL;
      found = locked_by_default (child, section + length + 1);
      if (found != NULL)
        return found;
    }
  return NULL;
}

/* IIS takes only files in directories below that of the file which names them. */
static gboolean
is_included_from (const char *source)
{
  return *source != '\0' && strchr ("/\\", *source) == NULL && strchr (source, ':') == NULL
         && strstr (source, "..") == NULL;
}

/* A section may be kept in a file of its own, whose root it is. */
static const E13XmlElement *
follow_source (const Gathering *gathering, const Step *step, const E13XmlElement *element)
{
  const char *source = e13_xml_value (element, "configSource");
  const E13XmlElement *target;
  const E13XmlDocument *document;

  if (source == NULL || step->directory == NULL || !is_included_from (source))
    return element;
  target = g_hash_table_lookup (gathering->scope->included, element);
  if (target == NULL)
    {
      document = read_document (gathering->scope, step->directory, source);
      target = document != NULL && strcmp (document->root->name, element->name) == 0 ? document->root : element;
      g_hash_table_insert (gathering->scope->included, (gpointer)element, (gpointer)target);
    }
  return target;
}

/* Every element beneath @from that is the section; how many there were. */
static guint
gather_from (Gathering *gathering, guint file, guint step, const E13XmlElement *from, const char *section)
{
  gsize length = strcspn (section, "/");
  g_autofree char *name = g_strndup (section, length);
  const E13XmlElement *child = NULL;
  guint n = 0;

  while ((child = e13_xml_child (from, name, child)) != NULL)
    if (section[length] != '\0')
      n += gather_from (gathering, file, step, child, section + length + 1);
    else
      {
        const Step *of_file = &g_array_index (gathering->scope->steps, Step, file);
        const E13XmlElement *locked_by = file > 0 ? gathering->locked_by : NULL;
        const E13IisLayer layer = { follow_source (gathering, of_file, child), step, locked_by != NULL, locked_by };

        g_array_append_val (gathering->layers, layer);
        n++;
      }
  return n;
}

/* What <location overrideMode="..."> says of the sections in it. */
static void
obey_mode (Gathering *gathering, const E13XmlElement *location)
{
  const char *mode = e13_xml_value (location, "overrideMode");
  const char *old = e13_xml_value (location, "allowOverride");

  if (mode != NULL && g_ascii_strcasecmp (mode, "Inherit") != 0)
    gathering->locked_by = g_ascii_strcasecmp (mode, "Deny") == 0 ? location : NULL;
  else if (old != NULL)
    gathering->locked_by = g_ascii_strcasecmp (old, "false") == 0 ? location : NULL;
}

/* Does the tag's path lead from the file's own step to @path? "" and "." are the file's own. */
static gboolean
is_for (const E13XmlElement *location, const char *path)
{
  const char *text = e13_xml_value (location, "path");
  const char *begin = text != NULL ? text + strspn (text, "/\\") : "";
  gsize length = strlen (begin);

  while (length > 0 && strchr ("/\\", begin[length - 1]) != NULL)
    length--;
  if (length == 1 && begin[0] == '.')
    length = 0;
  if (strlen (path) != length)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    if (g_ascii_tolower (begin[i] == '\\' ? '/' : begin[i]) != g_ascii_tolower (path[i]))
      return FALSE;
  return TRUE;
}

/* What is set for a place above the application, and not for the applications in it. */
static gboolean
stays_above (const E13IisScope *scope, const E13XmlElement *location, const Step *to)
{
  const char *inherit = e13_xml_value (location, "inheritInChildApplications");

  return inherit != NULL && g_ascii_strcasecmp (inherit, "false") == 0 && *to->path != '\0'
         && strlen (to->path) < strlen (scope->application);
}

static void
gather_locations (Gathering *gathering, guint file, guint step)
{
  const Step *from = &g_array_index (gathering->scope->steps, Step, file);
  const Step *to = &g_array_index (gathering->scope->steps, Step, step);
  gsize skip = strlen (from->path);
  const char *path = to->path + skip + (to->path[skip] == '/');
  const E13XmlElement *location = NULL;

  while ((location = e13_xml_child (from->document->root, "location", location)) != NULL)
    if (is_for (location, path) && !stays_above (gathering->scope, location, to)
        && gather_from (gathering, file, step, location, gathering->section) > 0)
      obey_mode (gathering, location);
}

static GArray *
gather_layers (const E13IisScope *scope, const char *section)
{
  GArray *layers = g_array_new (FALSE, FALSE, sizeof (E13IisLayer));
  const E13XmlElement *declared = e13_xml_child (scope->server->document->root, "configSections", NULL);
  /* It remembers what it has included, which no caller sees. */
  Gathering gathering = { (E13IisScope *)scope, section, layers, locked_by_default (declared, section) };

  for (guint step = 0; step < scope->steps->len; step++)
    {
      const Step *own = &g_array_index (scope->steps, Step, step);

      for (guint file = 0; file < step; file++)
        if (g_array_index (scope->steps, Step, file).document != NULL)
          gather_locations (&gathering, file, step);
      if (own->document == NULL)
        continue;
      gather_from (&gathering, step, step, own->document->root, section);
      gather_locations (&gathering, step, step);
    }
  return layers;
}

GArray *
e13_iis_scope_layers (const E13IisScope *scope, const char *section)
{
  GArray *layers = g_hash_table_lookup (scope->layers, section);

  if (layers == NULL)
    {
      layers = gather_layers (scope, section);
      g_hash_table_insert (scope->layers, g_strdup (section), layers);
    }
  return g_array_ref (layers);
}

E13IisValue
e13_iis_scope_value (const E13IisScope *scope, const char *section, const char *attribute, const char *otherwise)
{
  g_autoptr (GArray) layers = e13_iis_scope_layers (scope, section);

  for (guint i = layers->len; i > 0; i--)
    {
      const E13IisLayer *layer = &g_array_index (layers, E13IisLayer, i - 1);
      const E13XmlAttribute *set = layer->is_locked ? NULL : e13_xml_attribute (layer->element, attribute);

      if (set != NULL)
        return (E13IisValue){ set->value, layer->element, set };
    }
  return (E13IisValue){ otherwise, NULL, NULL };
}

/* ---- Collections ----------------------------------------------------------------------------- */

/* What IIS takes for a key that is not given. */
static const char *
key_of (const E13XmlElement *element, const char *key)
{
  const char *value = e13_xml_value (element, key);

  if (value != NULL)
    return value;
  if (strcmp (key, "subStatusCode") == 0)
    return "-1";
  return strcmp (key, "subnetMask") == 0 ? "255.255.255.255" : "";
}

char *
e13_iis_entry_key (const E13SchemaNode *entry, const E13XmlElement *element)
{
  g_autoptr (GString) key = g_string_new (entry->name);

  for (gsize i = 0; entry->keys[i] != NULL; i++)
    g_string_append_printf (key, "\n%s", key_of (element, entry->keys[i]));
  return entry->is_case_sensitive ? g_strdup (key->str) : g_ascii_strdown (key->str, -1);
}

static void
remove_entry (GPtrArray *entries, const E13SchemaNode *entry, const E13XmlElement *like, guint *n_own)
{
  g_autofree char *key = e13_iis_entry_key (entry, like);

  for (guint i = entries->len; i > 0; i--)
    {
      g_autofree char *is = e13_iis_entry_key (entry, entries->pdata[i - 1]);

      if (strcmp (is, key) != 0)
        continue;
      g_ptr_array_remove_index (entries, i - 1);
      *n_own -= i - 1 < *n_own;
    }
}

static void
apply_layer (GPtrArray *entries, const E13SchemaNode *entry, const E13XmlElement *layer)
{
  guint n_own = 0; /* of the entries before those that were inherited */

  for (guint i = 0; i < MIN (e13_xml_n_children (layer), MAX_CHILDREN); i++)
    {
      const E13XmlElement *child = e13_xml_nth (layer, i);

      if (strcmp (child->name, "clear") == 0)
        {
          g_ptr_array_set_size (entries, 0);
          n_own = 0;
        }
      else if (strcmp (child->name, "remove") == 0)
        remove_entry (entries, entry, child, &n_own);
      else if (strcmp (child->name, entry->name) == 0 && entries->len < MAX_ENTRIES)
        g_ptr_array_insert (entries, entry->prepends ? (gint)n_own++ : -1, (gpointer)child);
    }
}

GPtrArray *
e13_iis_scope_collection (const E13IisScope *scope, const char *section)
{
  const E13SchemaNode *list = e13_schema_find (section);
  const E13SchemaNode *entry = list != NULL ? e13_schema_entry_of (list) : NULL;
  GPtrArray *entries;
  g_autoptr (GArray) layers = NULL;

  g_return_val_if_fail (entry != NULL, g_ptr_array_new ());
  entries = g_hash_table_lookup (scope->lists, list->path);
  if (entries != NULL)
    return g_ptr_array_ref (entries);
  /* The same sections are asked for again and again. */
  entries = g_ptr_array_new ();
  g_hash_table_insert (scope->lists, (gpointer)list->path, entries);
  layers = e13_iis_scope_layers (scope, section);
  for (guint i = 0; i < layers->len; i++)
    if (!g_array_index (layers, E13IisLayer, i).is_locked)
      apply_layer (entries, entry, g_array_index (layers, E13IisLayer, i).element);
  return g_ptr_array_ref (entries);
}
