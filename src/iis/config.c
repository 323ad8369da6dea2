/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "iis/config.h"

#include <string.h>

#include "base/error.h"
#include "base/quote.h"

/* ---- Values ---------------------------------------------------------------------------------- */

char *
e13_iis_element_place (const E13XmlElement *element)
{
  return g_strdup_printf ("%s line %u", element->document->origin, element->place.line);
}

char *
e13_iis_value_place (const E13IisValue *value)
{
  if (value->element == NULL)
    return g_strdup ("the default of IIS");
  return g_strdup_printf ("%s line %u", value->element->document->origin, value->attribute->place.line);
}

gboolean
e13_iis_value_is_true (const E13IisValue *value)
{
  return g_ascii_strcasecmp (value->text, "true") == 0;
}

/* The attribute of the first element that has it; each may be NULL. */
static E13IisValue
first_value (const char *name, const char *otherwise, const E13XmlElement *const *elements, gsize n)
{
  for (gsize i = 0; i < n; i++)
    {
      const E13XmlAttribute *attribute = elements[i] != NULL ? e13_xml_attribute (elements[i], name) : NULL;

      if (attribute != NULL)
        return (E13IisValue){ attribute->value, elements[i], attribute };
    }
  return (E13IisValue){ otherwise, NULL, NULL };
}

static const E13XmlElement *
child_of (const E13XmlElement *element, const char *name)
{
  return element != NULL ? e13_xml_child (element, name, NULL) : NULL;
}

/* ---- Paths ----------------------------------------------------------------------------------- */

const E13IisVariable e13_iis_usual_variables[] = {
  { "SystemDrive", "C:" },
  { "SystemRoot", "C:\\Windows" },
  { "windir", "C:\\Windows" },
  { "ProgramFiles", "C:\\Program Files" },
  { "ProgramFiles(x86)", "C:\\Program Files (x86)" },
  { "ProgramW6432", "C:\\Program Files" },
  { "ProgramData", "C:\\ProgramData" },
  { "ALLUSERSPROFILE", "C:\\ProgramData" },
  { "PUBLIC", "C:\\Users\\Public" },
  { NULL, NULL },
};

const E13IisVariable e13_iis_no_variables[] = { { NULL, NULL } };

/* The value of the variable whose name is @length bytes at @name; NULL where it is not known. */
static const char *
value_of (const E13IisVariable *variables, const char *name, gsize length)
{
  for (; variables->name != NULL; variables++)
    if (strlen (variables->name) == length && g_ascii_strncasecmp (variables->name, name, length) == 0)
      return variables->value;
  return NULL;
}

char *
e13_iis_expand (const char *text, const E13IisVariable *variables)
{
  GString *out = g_string_new (NULL);

  while (*text != '\0')
    {
      const char *end = *text == '%' ? strchr (text + 1, '%') : NULL;
      const char *value = end != NULL ? value_of (variables, text + 1, (gsize)(end - text - 1)) : NULL;

      if (value == NULL)
        g_string_append_c (out, *text++);
      else
        {
          g_string_append (out, value);
          text = end + 1;
        }
    }
  return g_string_free (out, FALSE);
}

#define LONG_PREFIX "\\\\?\\"

char *
e13_iis_path (const char *text, const E13IisVariable *variables)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autofree char *expanded = e13_iis_expand (valid, variables);
  const char *from = g_strdelimit (expanded, "/", '\\');
  GString *path = g_string_new (NULL);

  if (g_str_has_prefix (from, LONG_PREFIX) && g_ascii_isalpha (from[strlen (LONG_PREFIX)]))
    from += strlen (LONG_PREFIX);
  for (; *from != '\0'; from++)
    /* Two at the start are a server's. */
    if (*from != '\\' || path->len < 2 || path->str[path->len - 1] != '\\')
      g_string_append_c (path, *from);
  while (path->len > 1 && path->str[path->len - 1] == '\\' && !(path->len == 3 && path->str[1] == ':'))
    g_string_truncate (path, path->len - 1);
  if (path->len == 2 && path->str[1] == ':')
    g_string_append_c (path, '\\');
  return g_string_free (path, FALSE);
}

/* How long the start of @path is that is @directory, letter by letter in either case; 0: it does not begin so. */
static gsize
length_of_start (const char *path, const char *directory)
{
  const char *p = path;

  while (*directory != '\0')
    {
      if (*p == '\0' || g_unichar_toupper (g_utf8_get_char (p)) != g_unichar_toupper (g_utf8_get_char (directory)))
        return 0;
      p = g_utf8_next_char (p);
      directory = g_utf8_next_char (directory);
    }
  return (gsize)(p - path);
}

char *
e13_iis_path_beneath (const char *path, const char *directory)
{
  gsize length = length_of_start (path, directory);

  if (length == 0 || (path[length] != '\0' && path[length] != '\\' && path[length - 1] != '\\'))
    return NULL;
  return g_strdelimit (g_strdup (path + length + (path[length] == '\\')), "\\", '/');
}

/* ---- Sites ----------------------------------------------------------------------------------- */

typedef struct
{
  const E13IisVariable *variables;
  const E13XmlElement *site_defaults; /* <sites>'s own defaults; each may be NULL */
  const E13XmlElement *application_defaults;
  const E13XmlElement *directory_defaults;
} Reader;

static void
directory_free (gpointer data)
{
  E13IisDirectory *directory = data;

  g_free (directory->path);
  g_free (directory->physical_path);
  g_free (directory);
}

static void
application_free (gpointer data)
{
  E13IisApplication *application = data;

  g_free (application->path);
  g_ptr_array_unref (application->directories);
  g_free (application);
}

static void
site_free (gpointer data)
{
  g_ptr_array_unref (((E13IisSite *)data)->applications);
  g_free (data);
}

/* "/a/b" of any slashes around it. */
static char *
virtual_path (const E13XmlElement *element)
{
  const char *text = e13_xml_value (element, "path");
  g_autofree char *path = g_strdelimit (g_strdup (text != NULL ? text : ""), "\\", '/');
  gsize end = strlen (path);
  const char *begin = path + strspn (path, "/");

  while (end > (gsize)(begin - path) && path[end - 1] == '/')
    path[--end] = '\0';
  return g_strconcat ("/", begin, NULL);
}

static E13IisDirectory *
read_directory (const Reader *reader, const E13XmlElement *element, const E13XmlElement *application)
{
  E13IisDirectory *directory = g_new0 (E13IisDirectory, 1);
  const E13XmlElement *sources[] = {
    element,
    child_of (application, "virtualDirectoryDefaults"),
    child_of (application->parent, "virtualDirectoryDefaults"),
    reader->directory_defaults,
  };
  const char *physical = e13_xml_value (element, "physicalPath");

  directory->element = element;
  directory->path = virtual_path (element);
  if (physical != NULL && *physical != '\0')
    directory->physical_path = e13_iis_path (physical, reader->variables);
  directory->user_name = first_value ("userName", "", sources, G_N_ELEMENTS (sources));
  directory->allow_sub_dir = first_value ("allowSubDirConfig", "true", sources, G_N_ELEMENTS (sources));
  return directory;
}

static E13IisApplication *
read_application (const Reader *reader, const E13XmlElement *element, const E13XmlElement *site)
{
  E13IisApplication *application = g_new0 (E13IisApplication, 1);
  const E13XmlElement *sources[] = {
    element,
    child_of (site, "applicationDefaults"),
    child_of (reader->site_defaults, "applicationDefaults"),
    reader->application_defaults,
  };

  application->element = element;
  application->path = virtual_path (element);
  application->pool = first_value ("applicationPool", "DefaultAppPool", sources, G_N_ELEMENTS (sources));
  application->directories = g_ptr_array_new_with_free_func (directory_free);
  for (const E13XmlElement *child = NULL; (child = e13_xml_child (element, "virtualDirectory", child)) != NULL;)
    g_ptr_array_add (application->directories, read_directory (reader, child, element));
  return application;
}

static E13IisSite *
read_site (const Reader *reader, const E13XmlElement *element)
{
  E13IisSite *site = g_new0 (E13IisSite, 1);
  const char *name = e13_xml_value (element, "name");

  site->element = element;
  site->name = name != NULL ? name : "";
  site->applications = g_ptr_array_new_with_free_func (application_free);
  for (const E13XmlElement *child = NULL; (child = e13_xml_child (element, "application", child)) != NULL;)
    g_ptr_array_add (site->applications, read_application (reader, child, element));
  return site;
}

static void
read_sites (E13IisServer *server, const E13XmlElement *sites, const E13IisVariable *variables)
{
  const Reader reader = {
    .variables = variables,
    .site_defaults = child_of (sites, "siteDefaults"),
    .application_defaults = child_of (sites, "applicationDefaults"),
    .directory_defaults = child_of (sites, "virtualDirectoryDefaults"),
  };

  for (const E13XmlElement *child = NULL; (child = e13_xml_child (sites, "site", child)) != NULL;)
    g_ptr_array_add (server->sites, read_site (&reader, child));
}

/* ---- Pools ----------------------------------------------------------------------------------- */

static void
read_pools (E13IisServer *server, const E13XmlElement *pools)
{
  const E13XmlElement *all = child_of (pools, "applicationPoolDefaults");
  const E13XmlElement *defaults = child_of (all, "processModel");

  for (const E13XmlElement *child = NULL; (child = e13_xml_child (pools, "add", child)) != NULL;)
    {
      const E13XmlElement *sources[] = { child_of (child, "processModel"), defaults };
      const E13XmlElement *own[] = { child, all };
      const char *name = e13_xml_value (child, "name");
      E13IisPool *pool = g_new0 (E13IisPool, 1);

      pool->element = child;
      pool->name = name != NULL ? name : "";
      pool->identity_type = first_value ("identityType", "ApplicationPoolIdentity", sources, G_N_ELEMENTS (sources));
      pool->user_name = first_value ("userName", "", sources, G_N_ELEMENTS (sources));
      pool->manual_group_membership = first_value ("manualGroupMembership", "false", sources, G_N_ELEMENTS (sources));
      pool->pipeline_mode = first_value ("managedPipelineMode", "Integrated", own, G_N_ELEMENTS (own));
      pool->runtime_version = first_value ("managedRuntimeVersion", "v2.0", own, G_N_ELEMENTS (own));
      pool->enable_32_bit = first_value ("enable32BitAppOnWin64", "false", own, G_N_ELEMENTS (own));
      g_ptr_array_add (server->pools, pool);
    }
}

const E13IisPool *
e13_iis_server_pool (const E13IisServer *server, const char *name)
{
  gboolean is_text = g_utf8_validate (name, -1, NULL);

  for (guint i = 0; i < server->pools->len; i++)
    {
      const E13IisPool *pool = server->pools->pdata[i];

      if (is_text && length_of_start (name, pool->name) == strlen (name) && *name != '\0')
        return pool;
    }
  return NULL;
}

/* ---- The server ------------------------------------------------------------------------------ */

E13IisServer *
e13_iis_server_parse (const char *origin, const char *data, gsize size, const E13IisVariable *variables, GError **error)
{
  g_autoptr (E13XmlDocument) document = e13_xml_parse (origin, data, size, error);
  const E13XmlElement *group = NULL;
  E13IisServer *server;

  if (document == NULL)
    return NULL;
  if (strcmp (document->root->name, "configuration") != 0)
    {
      g_autofree char *shown = e13_quote_display (document->root->name);

      return e13_throw (error, E13_ERROR_INPUT,
                        "%s:%u:%u: this is no configuration of IIS, which begins with "
                        "<configuration>, not <%s>",
                        origin, document->root->place.line, document->root->place.column, shown),
             NULL;
    }
  server = g_new0 (E13IisServer, 1);
  server->document = g_steal_pointer (&document);
  server->sites = g_ptr_array_new_with_free_func (site_free);
  server->pools = g_ptr_array_new_with_free_func (g_free);
  while ((group = e13_xml_child (server->document->root, "system.applicationHost", group)) != NULL)
    {
      const E13XmlElement *sites = child_of (group, "sites"), *pools = child_of (group, "applicationPools");

      if (sites != NULL)
        read_sites (server, sites, variables);
      if (pools != NULL)
        read_pools (server, pools);
    }
  return server;
}

void
e13_iis_server_free (E13IisServer *server)
{
  if (server == NULL)
    return;
  g_ptr_array_unref (server->sites);
  g_ptr_array_unref (server->pools);
  e13_xml_free (server->document);
  g_free (server);
}

char *
e13_iis_redirection (const E13XmlDocument *redirection, const E13IisVariable *variables)
{
  const E13XmlElement *element = e13_xml_child (redirection->root, "configurationRedirection", NULL);
  const char *enabled = element != NULL ? e13_xml_value (element, "enabled") : NULL;
  const char *path = element != NULL ? e13_xml_value (element, "path") : NULL;

  if (enabled == NULL || g_ascii_strcasecmp (enabled, "true") != 0 || path == NULL || *path == '\0')
    return NULL;
  return e13_iis_path (path, variables);
}

/* ---- Finding --------------------------------------------------------------------------------- */

void
e13_iis_match_clear (E13IisMatch *match)
{
  g_clear_pointer (&match->rest, g_free);
}

typedef struct
{
  const char *path;
  E13IisMatch *best; /* without a directory: none yet */
  guint n_others;
} Search;

static void
try_directory (Search *search, const E13IisSite *site, const E13IisApplication *application,
               const E13IisDirectory *directory)
{
  g_autofree char *rest
      = directory->physical_path != NULL ? e13_iis_path_beneath (search->path, directory->physical_path) : NULL;
  E13IisMatch *best = search->best;

  if (rest == NULL || (best->directory != NULL && strlen (rest) > strlen (best->rest)))
    return;
  if (best->directory != NULL && strlen (rest) == strlen (best->rest))
    {
      search->n_others++;
      return;
    }
  e13_iis_match_clear (best);
  *best = (E13IisMatch){ site, application, directory, g_steal_pointer (&rest) };
  search->n_others = 0;
}

gboolean
e13_iis_server_find (const E13IisServer *server, const char *path, E13IisMatch *ret_match, guint *ret_n_others)
{
  g_autofree char *plain = e13_iis_path (path, e13_iis_no_variables);
  Search search = { plain, ret_match, 0 };

  *ret_match = (E13IisMatch){ NULL, NULL, NULL, NULL };
  for (guint s = 0; s < server->sites->len; s++)
    {
      const E13IisSite *site = server->sites->pdata[s];

      for (guint a = 0; a < site->applications->len; a++)
        {
          const E13IisApplication *application = site->applications->pdata[a];

          for (guint d = 0; d < application->directories->len; d++)
            try_directory (&search, site, application, application->directories->pdata[d]);
        }
    }
  if (ret_n_others != NULL)
    *ret_n_others = search.n_others;
  return ret_match->directory != NULL;
}

char *
e13_iis_match_place (const E13IisMatch *match)
{
  const char *parts[] = { match->application->path + 1, match->directory->path + 1, match->rest };
  GString *place = g_string_new (match->site->name);

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    if (*parts[i] != '\0')
      g_string_append_printf (place, "/%s", parts[i]);
  return g_string_free (place, FALSE);
}
