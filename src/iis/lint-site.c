/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "iis/lint-site.h"

#include <string.h>

#include "base/error.h"
#include "base/path.h"
#include "base/quote.h"
#include "iis/files.h"

/* A stranger's site must not make the linter work without end. */
#define MAX_FILES 200
#define MAX_PLACES 100
#define MAX_ENDINGS 200
#define MAX_SCRIPTS 200

typedef struct
{
  E13LintSite site; /* first: what callers see */
  E13IisServer *stand_in;
  E13IisMatch root;
  E13IisSiteFiles outside;
  GHashTable *instead; /* the request's */
  gboolean is_copy;
  char *path;
  char *shown;
} Site;

/* ---- Which site ------------------------------------------------------------------------------ */

/* Where nothing is known of the server: one site, and nothing set. */
static E13IisServer *
make_stand_in (const char *path)
{
  g_autofree char *escaped = g_markup_escape_text (path, -1);
  g_autofree char *text = g_strdup_printf (
      "<configuration><system.applicationHost><applicationPools><add name=\"DefaultAppPool\"/></applicationPools>"
      "<sites><site name=\"site\"><application path=\"/\"><virtualDirectory path=\"/\" physicalPath=\"%s\"/>"
      "</application></site></sites></system.applicationHost></configuration>",
      escaped);

  return e13_iis_server_parse ("applicationHost.config", text, strlen (text), e13_iis_no_variables, NULL);
}

static GPtrArray *
matches_of (const E13IisServer *server)
{
  GPtrArray *matches = g_ptr_array_new_with_free_func (g_free);

  for (guint s = 0; s < server->sites->len; s++)
    {
      const E13IisSite *site = server->sites->pdata[s];

      for (guint a = 0; a < site->applications->len; a++)
        {
          const E13IisApplication *application = site->applications->pdata[a];

          for (guint d = 0; d < application->directories->len; d++)
            {
              E13IisMatch *match = g_new0 (E13IisMatch, 1);

              *match = (E13IisMatch){ site, application, application->directories->pdata[d], (char *)"" };
              g_ptr_array_add (matches, match);
            }
        }
    }
  return matches;
}

/* A list of places for a message, not longer than a person reads. */
static char *
name_places (const GPtrArray *matches)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < matches->len && i < 10; i++)
    {
      g_autofree char *place = e13_iis_match_place (matches->pdata[i]);
      g_autofree char *shown = e13_quote_display (place);

      g_string_append_printf (out, "%s'%s'", i > 0 ? ", " : "", shown);
    }
  if (matches->len > 10)
    g_string_append (out, ", …");
  return g_string_free (out, FALSE);
}

static gboolean
take_match (const E13IisMatch *match, E13IisMatch *ret_root)
{
  *ret_root = *match;
  ret_root->rest = g_strdup ("");
  return TRUE;
}

static gboolean
find_by_place (const E13IisServer *server, const char *place, E13IisMatch *ret_root, GError **error)
{
  g_autoptr (GPtrArray) matches = matches_of (server);
  g_autofree char *wanted = g_strdelimit (g_strdup (place), "\\", '/');
  g_autofree char *shown = e13_quote_display (place);
  g_autofree char *names = name_places (matches);

  while (g_str_has_suffix (wanted, "/"))
    wanted[strlen (wanted) - 1] = '\0';
  for (guint i = 0; i < matches->len; i++)
    {
      g_autofree char *is = e13_iis_match_place (matches->pdata[i]);

      if (g_ascii_strcasecmp (is, wanted) == 0)
        return take_match (matches->pdata[i], ret_root);
    }
  return e13_throw (error, E13_ERROR_USAGE, "%s has no site or application '%s': there are %s",
                    server->document->origin, shown, names);
}

/* A copy, of which only the last name is known: the one directory that is called so. */
static gboolean
find_by_name (const E13IisServer *server, const char *shown_path, E13IisMatch *ret_root, GError **error)
{
  g_autoptr (GPtrArray) matches = matches_of (server);
  g_autofree char *name = shown_path != NULL ? g_path_get_basename (shown_path) : g_strdup ("");
  g_autofree char *names = name_places (matches);
  const E13IisMatch *found = matches->len == 1 ? matches->pdata[0] : NULL;
  guint n = matches->len == 1;

  for (guint i = 0; i < matches->len && matches->len > 1; i++)
    {
      const E13IisMatch *match = matches->pdata[i];
      const char *physical = match->directory->physical_path;
      const char *last = physical != NULL ? strrchr (physical, '\\') : NULL;

      if (last == NULL || g_ascii_strcasecmp (last + 1, name) != 0)
        continue;
      found = match;
      n++;
    }
  if (n == 1)
    return take_match (found, ret_root);
  return e13_throw (error, E13_ERROR_USAGE, "which site of %s is meant? --site NAME says it: there are %s",
                    server->document->origin, names);
}

static gboolean
find_root (Site *self, const E13LintRequest *request, GError **error)
{
  const E13IisServer *server = request->server;

  if (request->place != NULL)
    return find_by_place (server, request->place, &self->root, error);
  if (request->path == NULL)
    return find_by_name (server, request->shown, &self->root, error);
  if (!e13_iis_server_find (server, request->path, &self->root, NULL))
    {
      g_autofree char *shown = e13_quote_windows (request->path);

      return e13_throw (error, E13_ERROR_USAGE, "no site of %s holds '%s': --site NAME says which one it is a copy of",
                        server->document->origin, shown);
    }
  return TRUE;
}

/* ---- Its files ------------------------------------------------------------------------------- */

static void
file_free (gpointer data)
{
  E13LintFile *file = data;

  g_free (file->path);
  g_free (file->origin);
  g_clear_pointer (&file->bytes, g_bytes_unref);
  e13_xml_free (file->document);
  g_clear_error (&file->error);
  g_free (file);
}

static char *
origin_of (const Site *self, const char *path)
{
  char separator = self->site.tree->is_windows ? '\\' : '/';
  g_autofree char *joined = e13_path_join (self->shown, path, separator);

  return self->site.tree->is_windows ? e13_quote_windows (joined) : e13_quote_display (joined);
}

char *
e13_lint_site_origin (const E13LintSite *site, const char *path)
{
  return origin_of ((const Site *)site, path);
}

gboolean
e13_lint_site_has_file (const E13LintSite *site, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = e13_iis_read_beneath (&((const Site *)site)->outside, path, &error);

  /* What is there and cannot be read is no file that is missing. */
  return bytes != NULL || error != NULL;
}

static void
parse_file (E13LintFile *file)
{
  gsize size = 0;
  const char *text = g_bytes_get_data (file->bytes, &size);

  if (size > E13_IIS_MAX_WEB_CONFIG)
    e13_throw (&file->error, E13_ERROR_INPUT, "%s: IIS reads no configuration of more than 1 MiB", file->origin);
  else
    file->document = e13_xml_parse (file->origin, text, size, &file->error);
}

static void
add_file (Site *self, const char *path)
{
  E13LintFile *file;
  GBytes *instead;
  E13Pin *pin;

  if (self->site.files->len >= MAX_FILES)
    return;
  file = g_new0 (E13LintFile, 1);
  file->path = g_strdup (path);
  file->origin = origin_of (self, path);
  g_ptr_array_add (self->site.files, file);
  pin = self->site.ops->pin (self->site.tree, path, &file->error);
  instead = self->instead != NULL ? g_hash_table_lookup (self->instead, path) : NULL;
  if (instead != NULL)
    file->bytes = g_bytes_ref (instead);
  else if (pin != NULL)
    file->bytes = self->site.ops->read_file (pin, E13_IIS_MAX_WEB_CONFIG + 1, &file->error);
  self->site.ops->unpin (pin);
  if (file->bytes != NULL)
    parse_file (file);
}

static const E13LintFile *
file_at (const Site *self, const char *path)
{
  for (guint i = 0; i < self->site.files->len; i++)
    if (g_ascii_strcasecmp (((E13LintFile *)self->site.files->pdata[i])->path, path) == 0)
      return self->site.files->pdata[i];
  return NULL;
}

/* ---- The walk -------------------------------------------------------------------------------- */

typedef struct
{
  Site *self;
  GPtrArray *configs; /* of char * */
} Walk;

/* What build tools keep beside a site, and nobody asks for. */
static gboolean
is_of_tools (const char *path)
{
  static const char *const names[]
      = { "package.json", "package-lock.json", "composer.json", "tsconfig.json", "appsettings.json", "bower.json" };
  const char *slash = strrchr (path, '/');

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_ascii_strcasecmp (slash != NULL ? slash + 1 : path, names[i]) == 0)
      return TRUE;
  return path[0] == '.' || strstr (path, "/.") != NULL || strstr (path, "node_modules/") != NULL;
}

static void
note_ending (E13LintSite *site, const char *name, const char *path)
{
  const char *dot = strrchr (name, '.');
  g_autofree char *ending = dot != NULL ? g_ascii_strdown (dot, -1) : g_strdup ("");
  const char *known = g_hash_table_lookup (site->endings, ending);

  if (is_of_tools (path))
    return;
  /* The first by name, whatever order the walk takes. */
  if (known == NULL ? g_hash_table_size (site->endings) < MAX_ENDINGS : e13_path_compare (path, known) < 0)
    g_hash_table_replace (site->endings, g_steal_pointer (&ending), g_strdup (path));
  if (e13_iis_is_script (name))
    g_ptr_array_add (site->scripts, g_strdup (path));
}

static void
visit (const E13Batch *batch, gpointer data)
{
  Walk *walk = data;

  for (gsize i = 0; i < batch->n_entries; i++)
    {
      const E13Entry *entry = &batch->entries[i];
      g_autofree char *path = e13_path_join (batch->dir->path, entry->name, '/');

      if (entry->error == 0 && entry->facts.type != E13_TYPE_FILE)
        continue;
      if (g_ascii_strcasecmp (entry->name, "web.config") == 0)
        g_ptr_array_add (walk->configs, g_steal_pointer (&path));
      else
        note_ending (&walk->self->site, entry->name, path);
    }
}

static gint
compare_paths (gconstpointer a, gconstpointer b)
{
  return e13_path_compare (*(const char *const *)a, *(const char *const *)b);
}

static gboolean
read_files (Site *self, GError **error)
{
  g_autoptr (GPtrArray) configs = g_ptr_array_new_with_free_func (g_free);
  const E13Visitor visitor = { .visit = visit };
  const E13WalkOptions options = { .n_threads = 1 };
  Walk walk = { self, configs };

  if (self->site.tree == NULL)
    return TRUE;
  if (!self->site.ops->walk (self->site.tree, &options, &visitor, &walk, error))
    return FALSE;
  g_ptr_array_sort (configs, compare_paths);
  for (guint i = 0; i < configs->len; i++)
    add_file (self, configs->pdata[i]);
  g_ptr_array_sort (self->site.scripts, compare_paths);
  if (self->site.scripts->len > MAX_SCRIPTS)
    g_ptr_array_set_size (self->site.scripts, MAX_SCRIPTS);
  return TRUE;
}

/* ---- Places ---------------------------------------------------------------------------------- */

/* An E13IisRead. */
static E13XmlDocument *
read_config (const char *directory, const char *name, gpointer data, GError **error)
{
  Site *self = data;
  g_autofree char *beneath = e13_iis_path_beneath (directory, self->path);
  g_autofree char *path = beneath != NULL ? e13_path_join (beneath, name, '/') : NULL;
  g_autofree char *origin = NULL;
  const E13LintFile *file;
  g_autoptr (GBytes) bytes = NULL;

  if (self->site.tree == NULL)
    return NULL;
  if (path == NULL)
    {
      g_autofree char *whole = e13_path_join (directory, name, '\\');
      g_auto (E13LintProgram) object = { 0 };

      e13_lint_machine_ask (self->site.machine, whole, &object);
      /* What lies there on this machine is not that of the copy's. */
      self->outside.has_missed |= self->is_copy && object.presence != E13_LINT_ABSENT;
      if (self->is_copy)
        return NULL;
      return object.presence != E13_LINT_ABSENT ? e13_iis_read_site_file (directory, name, &self->outside, error)
                                                : NULL;
    }
  g_strdelimit (path, "\\", '/');
  file = file_at (self, path);
  if (file != NULL)
    return file->document != NULL ? e13_xml_ref (file->document) : NULL;
  if (g_ascii_strcasecmp (name, "web.config") == 0)
    return NULL;
  bytes = e13_iis_read_beneath (&self->outside, path, error);
  origin = origin_of (self, path);
  return bytes != NULL ? e13_xml_parse (origin, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), error) : NULL;
}

static void
place_free (gpointer data)
{
  E13LintPlace *place = data;

  g_free (place->directory);
  g_free (place->path);
  e13_iis_match_clear (&place->match);
  e13_iis_scope_free (place->scope);
  g_free (place);
}

/* An application of its own may lie in the site's. */
static void
match_place (const Site *self, const char *directory, const char *path, E13IisMatch *ret_match)
{
  if (*directory != '\0' && e13_iis_server_find (self->site.server, path, ret_match, NULL)
      && ret_match->site == self->root.site)
    return;
  e13_iis_match_clear (ret_match);
  *ret_match = self->root;
  ret_match->rest = *self->root.rest != '\0' ? e13_path_join (self->root.rest, directory, '/') : g_strdup (directory);
}

static void
add_place (Site *self, const char *directory)
{
  E13LintPlace *place;
  g_autofree char *config = e13_path_join (directory, "web.config", '/');

  for (guint i = 0; i < self->site.places->len; i++)
    if (g_ascii_strcasecmp (((E13LintPlace *)self->site.places->pdata[i])->directory, directory) == 0)
      return;
  if (self->site.places->len >= MAX_PLACES)
    return;
  place = g_new0 (E13LintPlace, 1);
  place->directory = g_strdup (directory);
  place->path = e13_path_join (self->path, directory, '\\');
  match_place (self, directory, place->path, &place->match);
  place->scope = e13_iis_scope_new (self->site.server, &place->match, read_config, self);
  place->file = file_at (self, *directory != '\0' ? config : "web.config");
  g_ptr_array_add (self->site.places, place);
}

/* A virtual directory below the root whose folder is that of the root: IIS reads its web.config once for each. */
static void
add_twin (Site *self, const E13IisMatch *match)
{
  g_autofree char *root = e13_iis_match_place (&self->root);
  g_autofree char *place = e13_iis_match_place (match);
  gsize length = strlen (root);
  E13LintPlace *twin;

  if (match->directory->physical_path == NULL || self->root.directory->physical_path == NULL
      || g_ascii_strcasecmp (match->directory->physical_path, self->root.directory->physical_path) != 0
      || g_ascii_strncasecmp (place, root, length) != 0 || place[length] != '/')
    return;
  twin = g_new0 (E13LintPlace, 1);
  twin->directory = g_strdup ("");
  twin->path = g_strdup (self->path);
  take_match (match, &twin->match);
  twin->scope = e13_iis_scope_new (self->site.server, &twin->match, read_config, self);
  twin->file = file_at (self, "web.config");
  g_ptr_array_add (self->site.twins, twin);
}

static void
find_twins (Site *self)
{
  g_autoptr (GPtrArray) matches = matches_of (self->site.server);

  for (guint i = 0; i < matches->len && self->site.twins->len < MAX_PLACES && *self->root.rest == '\0'; i++)
    if (((const E13IisMatch *)matches->pdata[i])->site == self->root.site)
      add_twin (self, matches->pdata[i]);
}

/* What the <location> tags of @document name; its own place is @from, "" of the site's root. @above: what of a tag's
 * path leads to @from. */
static void
add_locations (Site *self, const E13XmlDocument *document, const char *above, const char *from)
{
  const E13XmlElement *location = NULL;

  while ((location = e13_xml_child (document->root, "location", location)) != NULL)
    {
      const char *text = e13_xml_value (location, "path");
      g_autofree char *path = g_strdelimit (g_strdup (text != NULL ? text : ""), "\\", '/');
      gsize length = strlen (above);
      const char *rest = path + strspn (path, "/");
      g_autofree char *directory = NULL;
      gboolean is_below = g_ascii_strncasecmp (rest, above, length) == 0 && (length == 0 || rest[length] == '/');

      if (!is_below)
        continue;
      rest += length + strspn (rest + length, "/");
      g_strchomp (path);
      while (g_str_has_suffix (path, "/"))
        path[strlen (path) - 1] = '\0';
      if (*rest == '\0' || strstr (rest, "..") != NULL || strcmp (rest, ".") == 0)
        continue;
      directory = *from != '\0' ? e13_path_join (from, rest, '/') : g_strdup (rest);
      add_place (self, directory);
    }
}

static gint
compare_places (gconstpointer a, gconstpointer b)
{
  return e13_path_compare ((*(const E13LintPlace *const *)a)->directory, (*(const E13LintPlace *const *)b)->directory);
}

static void
find_places (Site *self)
{
  g_autofree char *root = e13_iis_match_place (&self->root);

  add_place (self, "");
  for (guint i = 0; i < self->site.files->len; i++)
    {
      const E13LintFile *file = self->site.files->pdata[i];
      g_autofree char *parent = g_path_get_dirname (file->path);
      const char *directory = strcmp (parent, ".") == 0 ? "" : parent;

      add_place (self, directory);
      if (file->document != NULL)
        add_locations (self, file->document, "", directory);
    }
  add_locations (self, self->site.server->document, root, "");
  g_ptr_array_sort (self->site.places, compare_places);
}

/* ---- The whole ------------------------------------------------------------------------------- */

E13LintSite *
e13_lint_site_new (const E13LintRequest *request, GError **error)
{
  Site *self = g_new0 (Site, 1);

  self->site.ops = request->ops;
  self->site.tree = request->tree;
  self->site.machine = request->machine;
  self->instead = request->instead;
  self->is_copy = request->is_copy;
  self->site.is_express = request->is_express;
  self->site.has_descriptors = request->tree != NULL && request->tree->has_descriptors && !request->is_copy;
  self->site.is_known = request->server != NULL;
  self->site.files = g_ptr_array_new_with_free_func (file_free);
  self->site.places = g_ptr_array_new_with_free_func (place_free);
  self->site.twins = g_ptr_array_new_with_free_func (place_free);
  self->site.endings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->site.scripts = g_ptr_array_new_with_free_func (g_free);
  self->shown = g_strdup (request->shown != NULL ? request->shown : "");
  if (request->server == NULL)
    {
      self->stand_in = make_stand_in (request->path != NULL ? request->path : "C:\\site");
      self->site.server = self->stand_in;
      take_match (&(E13IisMatch){ self->stand_in->sites->pdata[0], NULL, NULL, NULL }, &self->root);
      self->root.application = self->root.site->applications->pdata[0];
      self->root.directory = self->root.application->directories->pdata[0];
    }
  else
    self->site.server = request->server;
  if ((request->server != NULL && !find_root (self, request, error)))
    {
      e13_lint_site_free (&self->site);
      return NULL;
    }
  self->path = request->path != NULL                         ? e13_iis_path (request->path, e13_iis_no_variables)
               : self->root.directory->physical_path != NULL ? g_strdup (self->root.directory->physical_path)
                                                             : g_strdup ("C:\\site");
  self->site.path = self->path;
  self->outside = (E13IisSiteFiles){ request->ops, request->tree, self->path, FALSE };
  if (!read_files (self, error))
    {
      e13_lint_site_free (&self->site);
      return NULL;
    }
  find_places (self);
  find_twins (self);
  return &self->site;
}

void
e13_lint_site_free (E13LintSite *site)
{
  Site *self = (Site *)site;

  if (self == NULL)
    return;
  g_ptr_array_unref (site->twins);
  g_ptr_array_unref (site->places);
  g_ptr_array_unref (site->files);
  g_hash_table_unref (site->endings);
  g_ptr_array_unref (site->scripts);
  e13_iis_match_clear (&self->root);
  e13_iis_server_free (self->stand_in);
  g_free (self->path);
  g_free (self->shown);
  g_free (self);
}

GPtrArray *
e13_lint_site_places (const E13IisServer *server)
{
  g_autoptr (GPtrArray) matches = matches_of (server);
  GPtrArray *places = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < matches->len; i++)
    g_ptr_array_add (places, e13_iis_match_place (matches->pdata[i]));
  return places;
}

char *
e13_lint_site_path (const E13IisServer *server, const char *place, GError **error)
{
  g_auto (E13IisMatch) root = { NULL, NULL, NULL, NULL };

  if (!find_by_place (server, place, &root, error))
    return NULL;
  if (root.directory->physical_path != NULL)
    return g_strdup (root.directory->physical_path);
  return e13_throw (error, E13_ERROR_INPUT, "'%s' has no physicalPath", place), NULL;
}

gboolean
e13_lint_site_has_missed (const E13LintSite *site)
{
  return ((const Site *)site)->outside.has_missed;
}

char *
e13_lint_site_describe (const E13LintSite *site)
{
  const Site *self = (const Site *)site;
  g_autofree char *place = NULL;
  g_autofree char *shown = NULL;
  g_autofree char *pool = NULL;

  if (!site->is_known)
    return NULL;
  place = e13_iis_match_place (&self->root);
  shown = e13_quote_display (place);
  pool = e13_quote_display (self->root.application->pool.text);
  return g_strdup_printf ("'%s', application pool '%s'", shown, pool);
}
