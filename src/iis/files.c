/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "iis/files.h"

#include <errno.h>
#include <string.h>

#include "base/error.h"
#include "base/path.h"
#include "base/quote.h"

#define CONFIG_DIRECTORY "\\System32\\inetsrv\\config"

/* ---- The server's ---------------------------------------------------------------------------- */

/* NULL where it is not there, or @ret_exists says that it is. */
static GBytes *
read_by_route (const E13ReadOps *ops, const char *path, gsize max, gboolean *ret_exists)
{
  g_autoptr (E13Route) route = ops->route (path, NULL);
  const E13Pin *last;

  *ret_exists = route != NULL && (route->missing == NULL || (route->error != ENOENT && route->error != ENOTDIR));
  if (route == NULL || route->missing != NULL)
    return NULL;
  last = route->pins->pdata[route->pins->len - 1];
  return last->facts.type == E13_TYPE_FILE ? ops->read_file (last, max, NULL) : NULL;
}

/* Where the configuration is kept instead, if "redirection.config" says so: shared by several servers. Free with
 * g_free(). */
static char *
redirected_to (const E13ReadOps *ops, const char *windir, const E13IisVariable *variables)
{
  g_autofree char *path = g_strconcat (windir, CONFIG_DIRECTORY "\\redirection.config", NULL);
  gboolean exists = FALSE;
  g_autoptr (GBytes) bytes = read_by_route (ops, path, E13_IIS_MAX_WEB_CONFIG, &exists);
  g_autoptr (E13XmlDocument) document
      = bytes != NULL
            ? e13_xml_parse ("redirection.config", g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), NULL)
            : NULL;
  g_autofree char *directory = document != NULL ? e13_iis_redirection (document, variables) : NULL;

  return directory != NULL ? g_strconcat (directory, "\\applicationHost.config", NULL) : NULL;
}

/* FALSE and @error where it was read and is broken. */
static gboolean
read_server (const E13ReadOps *ops, const char *path, const char *origin, const E13IisVariable *variables,
             E13IisState *ret_state, E13IisServer **ret_server, GError **error)
{
  gboolean exists = FALSE;
  g_autoptr (GBytes) bytes = read_by_route (ops, path, E13_XML_MAX_BYTES + 1, &exists);
  const char *data;
  gsize size = 0;

  *ret_server = NULL;
  *ret_state = bytes != NULL ? E13_IIS_READ : exists ? E13_IIS_UNREADABLE : E13_IIS_ABSENT;
  if (bytes == NULL)
    return TRUE;
  data = g_bytes_get_data (bytes, &size);
  *ret_server = e13_iis_server_parse (origin, data, size, variables, error);
  return *ret_server != NULL;
}

gboolean
e13_iis_find_server (const E13ReadOps *ops, const char *windir, E13IisState *ret_state, E13IisServer **ret_server,
                     GError **error)
{
  g_autofree char *usual = g_strconcat (windir, CONFIG_DIRECTORY "\\applicationHost.config", NULL);
  g_autofree char *drive = g_strndup (windir, strcspn (windir, "\\"));
  const E13IisVariable variables[] = {
    { "SystemDrive", drive },
    { "SystemRoot", windir },
    { "windir", windir },
    { NULL, NULL },
  };
  g_autofree char *elsewhere = redirected_to (ops, windir, variables);

  if (!read_server (ops, elsewhere != NULL ? elsewhere : usual, "applicationHost.config", variables, ret_state,
                    ret_server, error))
    return FALSE;
  /* What lies on another machine is there, whatever it says to this account. */
  if (elsewhere != NULL && *ret_state == E13_IIS_ABSENT)
    *ret_state = E13_IIS_UNREADABLE;
  return TRUE;
}

gboolean
e13_iis_find_express (const E13ReadOps *ops, const char *documents, E13IisServer **ret_server, GError **error)
{
  g_autofree char *own = g_strconcat (documents, "\\IISExpress", NULL);
  g_autofree char *sites = g_strconcat (documents, "\\My Web Sites", NULL);
  g_autofree char *path = g_strconcat (own, "\\config\\applicationhost.config", NULL);
  const E13IisVariable variables[] = {
    { "IIS_SITES_HOME", sites },
    { "IIS_USER_HOME", own },
    { NULL, NULL },
  };
  E13IisState state;

  return read_server (ops, path, "applicationhost.config of IIS Express", variables, &state, ret_server, error);
}

/* ---- A site's -------------------------------------------------------------------------------- */

/* The name in the directory that is @name in either case of letters; NULL: there is none. Free with g_free(). */
static char *
real_name (const E13ReadOps *ops, const E13Pin *directory, const char *name)
{
  g_autoptr (GPtrArray) names = ops->list (directory, NULL);

  for (guint i = 0; names != NULL && i < names->len; i++)
    if (g_ascii_strcasecmp (names->pdata[i], name) == 0)
      return g_strdup (names->pdata[i]);
  return NULL;
}

/* Follows @rest, components divided by slashes, from the site's root down; NULL where it does not lead to anything. */
static E13Pin *
pin_beneath (const E13IisSiteFiles *files, const char *rest)
{
  g_auto (GStrv) parts = g_strsplit_set (rest, "/\\", -1);
  g_autofree char *path = g_strdup ("");
  E13Pin *pin = files->ops->pin (files->tree, path, NULL);

  for (gsize i = 0; pin != NULL && parts[i] != NULL; i++)
    {
      g_autofree char *name = *parts[i] != '\0' ? real_name (files->ops, pin, parts[i]) : NULL;
      g_autofree char *next = name != NULL ? e13_path_join (path, name, '/') : NULL;

      if (*parts[i] == '\0')
        continue;
      files->ops->unpin (pin);
      pin = next != NULL ? files->ops->pin (files->tree, next, NULL) : NULL;
      g_free (path);
      path = g_steal_pointer (&next);
    }
  return pin;
}

GBytes *
e13_iis_read_beneath (const E13IisSiteFiles *files, const char *rest, GError **error)
{
  E13Pin *pin = pin_beneath (files, rest);
  GBytes *bytes = NULL;

  if (pin != NULL && pin->facts.type == E13_TYPE_FILE)
    bytes = files->ops->read_file (pin, E13_IIS_MAX_WEB_CONFIG + 1, error);
  files->ops->unpin (pin);
  return bytes;
}

static GBytes *
read_anywhere (E13IisSiteFiles *files, const char *directory, const char *name, GError **error)
{
  g_autofree char *beneath = e13_iis_path_beneath (directory, files->path);
  g_autofree char *rest = beneath != NULL ? g_strconcat (beneath, "/", name, NULL) : NULL;
  g_autofree char *path = g_strconcat (directory, "\\", name, NULL);
  gboolean exists = FALSE;
  GBytes *bytes;

  if (rest != NULL)
    return e13_iis_read_beneath (files, rest, error);
  files->has_missed |= !files->ops->is_windows;
  if (!files->ops->is_windows)
    return NULL;
  bytes = read_by_route (files->ops, path, E13_IIS_MAX_WEB_CONFIG + 1, &exists);
  if (bytes == NULL && exists)
    e13_throw (error, E13_ERROR_INPUT, "this account may not read it");
  return bytes;
}

E13XmlDocument *
e13_iis_read_site_file (const char *directory, const char *name, gpointer data, GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autoptr (GBytes) bytes = read_anywhere (data, directory, name, &cause);
  g_autofree char *path = g_strconcat (directory, "\\", name, NULL);
  g_autofree char *origin = e13_quote_windows (path);
  const char *text;
  gsize size = 0;

  if (cause != NULL)
    return e13_throw (error, E13_ERROR_INPUT, "'%s' was passed over: %s", origin, cause->message), NULL;
  if (bytes == NULL)
    return NULL;
  text = g_bytes_get_data (bytes, &size);
  if (size > E13_IIS_MAX_WEB_CONFIG)
    return e13_throw (error, E13_ERROR_INPUT, "'%s' was passed over: IIS reads no configuration of more than 1 MiB",
                      origin),
           NULL;
  return e13_xml_parse (origin, text, size, error);
}

/* ---- Its scripts ----------------------------------------------------------------------------- */

static const char *const script_endings[]
    = { ".py", ".cgi", ".fcgi", ".wsgi", ".pl", ".rb", ".php", ".asp", ".aspx", ".ashx", ".phtml" };

gboolean
e13_iis_is_script (const char *name)
{
  const char *dot = strrchr (name, '.');

  for (gsize i = 0; dot != NULL && i < G_N_ELEMENTS (script_endings); i++)
    if (g_ascii_strcasecmp (dot, script_endings[i]) == 0)
      return TRUE;
  return FALSE;
}

#define MAX_NAMES 1000

static gint
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

static void
add_scripts (const E13ReadOps *ops, const E13Tree *tree, const char *directory, gboolean enter, GPtrArray *scripts,
             guint max)
{
  E13Pin *pin = ops->pin (tree, directory, NULL);
  gboolean is_directory = pin != NULL && pin->facts.type == E13_TYPE_DIRECTORY;
  g_autoptr (GPtrArray) names = is_directory ? ops->list (pin, NULL) : NULL;

  if (names != NULL)
    g_ptr_array_sort (names, compare_names);
  for (guint i = 0; names != NULL && i < MIN (names->len, MAX_NAMES) && scripts->len < max; i++)
    {
      char *path = e13_path_join (directory, names->pdata[i], '/');

      if (e13_iis_is_script (names->pdata[i]))
        g_ptr_array_add (scripts, g_steal_pointer (&path));
      else if (enter)
        add_scripts (ops, tree, path, FALSE, scripts, max);
      g_free (path);
    }
  ops->unpin (pin);
}

GPtrArray *
e13_iis_some_scripts (const E13ReadOps *ops, const E13Tree *tree, guint max)
{
  GPtrArray *scripts = g_ptr_array_new_with_free_func (g_free);

  add_scripts (ops, tree, "", TRUE, scripts, max);
  g_ptr_array_add (scripts, NULL);
  return scripts;
}
