/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* uwsgi: one application a file. */

#include <string.h>

#include "servers/hosting.h"
#include "servers/ini.h"

/* Debian's init script gives it to every application of apps-enabled. */
#define DEFAULTS "/usr/share/uwsgi/conf/default.ini"

/* "%n" is the file's name without its ending, "%d" its folder with a slash, "%(key)" another key's value. */
static char *
value_of (const GPtrArray *lines, const E13IniLine *line, const char *file)
{
  g_autofree char *name = g_path_get_basename (file);
  g_autofree char *folder = g_path_get_dirname (file);
  g_autoptr (GString) value = g_string_new (line->value);
  char *dot = strrchr (name, '.');
  g_autofree char *with_slash = g_strconcat (folder, "/", NULL);

  if (dot != NULL)
    *dot = '\0';
  for (guint i = 0; i < lines->len && strstr (value->str, "%(") != NULL; i++)
    {
      const E13IniLine *other = lines->pdata[i];
      g_autofree char *reference = g_strconcat ("%(", other->key, ")", NULL);

      if (other != line && value->len < 4096)
        g_string_replace (value, reference, other->value, 16);
    }
  g_string_replace (value, "%n", name, 16);
  g_string_replace (value, "%d", with_slash, 16);
  return g_string_free (g_steal_pointer (&value), FALSE);
}

static gboolean
is_one_of (const char *key, const char *const *names)
{
  for (gsize i = 0; names[i] != NULL; i++)
    if (strcmp (key, names[i]) == 0)
      return TRUE;
  return FALSE;
}

static void
read_line (E13Hosting *app, const char *key, const char *value, const char *place)
{
  static const char *const sockets[] = { "socket", "uwsgi-socket", "http-socket", "http", "fastcgi-socket", NULL };
  static const char *const folders[]
      = { "chdir", "chdir2", "home", "virtualenv", "wsgi-file", "file", "pythonpath", NULL };

  if (strcmp (key, "uid") == 0)
    e13_hosting_set_user (app, value, NULL, place);
  else if (strcmp (key, "gid") == 0)
    e13_hosting_set_user (app, NULL, value, place);
  else if (is_one_of (key, sockets))
    e13_hosting_add_listen (app, value);
  else if (is_one_of (key, folders))
    {
      g_autofree char *folder
          = strcmp (key, "wsgi-file") == 0 || strcmp (key, "file") == 0 ? g_path_get_dirname (value) : g_strdup (value);

      e13_hosting_add_path (app, folder);
    }
}

static void
read_into (E13Reading *reading, E13Hosting *app, const char *file)
{
  g_autofree char *text = e13_sources_enter (reading->sources, file, FALSE);
  g_autoptr (GPtrArray) lines = text != NULL ? e13_ini_parse (text, ";#", FALSE) : NULL;

  if (text == NULL)
    return;
  for (guint i = 0; i < lines->len; i++)
    {
      const E13IniLine *line = lines->pdata[i];
      g_autofree char *place = e13_source_place (file, line->line);
      g_autofree char *value = value_of (lines, line, file);

      if (strcmp (line->section, "uwsgi") == 0 && strcmp (line->key, "ini") != 0)
        read_line (app, line->key, value, place);
      else if (strcmp (line->section, "uwsgi") == 0 && *value == '/')
        read_into (reading, app, value);
    }
  e13_sources_leave (reading->sources);
}

void
e13_read_uwsgi (E13Reading *reading, const char *file)
{
  g_autofree char *place = e13_source_place (file, 1);
  g_autofree char *name = g_path_get_basename (file);
  E13Hosting *app = e13_hosting_new ("uwsgi", file, place);

  app->runs = TRUE;
  app->name = g_steal_pointer (&name);
  if (strstr (file, "/apps-enabled/") != NULL)
    {
      read_into (reading, app, DEFAULTS);
      g_ptr_array_set_size (app->paths, 0);
      g_ptr_array_set_size (app->listens, 0);
    }
  read_into (reading, app, file);
  if (app->user == NULL && app->paths->len == 0 && app->listens->len == 0)
    e13_hosting_free (app);
  else
    g_ptr_array_add (reading->hostings, app);
}
