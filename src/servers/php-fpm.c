/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* php-fpm: one pool a section. */

#include <string.h>

#include "servers/hosting.h"
#include "servers/ini.h"

typedef struct
{
  E13Reading *reading;
  const char *main_file;
  E13Hosting *pool;
} Fpm;

/* "$pool" in a value is the pool's name. */
static char *
value_of (const Fpm *fpm, const E13IniLine *line)
{
  g_auto (GStrv) parts = g_strsplit (line->value, "$pool", -1);

  return g_strjoinv (fpm->pool != NULL && fpm->pool->name != NULL ? fpm->pool->name : "", parts);
}

static E13Hosting *
find_pool (const Fpm *fpm, const char *name)
{
  for (guint i = 0; i < fpm->reading->hostings->len; i++)
    {
      E13Hosting *hosting = fpm->reading->hostings->pdata[i];

      if (strcmp (hosting->program, "php-fpm") == 0 && strcmp (hosting->file, fpm->main_file) == 0
          && g_strcmp0 (hosting->name, name) == 0)
        return hosting;
    }
  return NULL;
}

static void
enter_pool (Fpm *fpm, const char *name, const char *place)
{
  fpm->pool = find_pool (fpm, name);
  if (fpm->pool != NULL)
    return;
  fpm->pool = e13_hosting_new ("php-fpm", fpm->main_file, place);
  fpm->pool->name = g_strdup (name);
  fpm->pool->runs = TRUE;
  g_ptr_array_add (fpm->reading->hostings, fpm->pool);
}

static void read_file (Fpm *fpm, const char *file, gboolean required);

static void
include (Fpm *fpm, const char *value)
{
  g_autofree char *folder = g_path_get_dirname (fpm->main_file);
  g_autofree char *pattern = *value == '/' ? g_strdup (value) : g_build_filename (folder, value, NULL);
  g_autoptr (GPtrArray) files = e13_sources_expand (fpm->reading->sources, pattern);

  for (guint i = 0; i < files->len; i++)
    read_file (fpm, files->pdata[i], strcmp (files->pdata[i], pattern) == 0);
}

static void
read_key (Fpm *fpm, const E13IniLine *line, const char *place)
{
  g_autofree char *value = NULL;

  enter_pool (fpm, line->section, place);
  value = value_of (fpm, line);
  if (strcmp (line->key, "user") == 0)
    e13_hosting_set_user (fpm->pool, value, NULL, place);
  else if (strcmp (line->key, "group") == 0)
    e13_hosting_set_user (fpm->pool, NULL, value, place);
  else if (strcmp (line->key, "listen") == 0)
    e13_hosting_add_listen (fpm->pool, value);
  else if (strcmp (line->key, "chdir") == 0 || strcmp (line->key, "chroot") == 0 || strcmp (line->key, "prefix") == 0)
    e13_hosting_add_path (fpm->pool, value);
}

static void
read_file (Fpm *fpm, const char *file, gboolean required)
{
  g_autofree char *text = e13_sources_enter (fpm->reading->sources, file, required);
  g_autoptr (GPtrArray) lines = text != NULL ? e13_ini_parse (text, ";#", TRUE) : NULL;

  if (text == NULL)
    return;
  for (guint i = 0; i < lines->len; i++)
    {
      const E13IniLine *line = lines->pdata[i];
      g_autofree char *place = e13_source_place (file, line->line);

      if (strcmp (line->key, "include") == 0)
        include (fpm, line->value);
      else if (*line->section != '\0' && strcmp (line->section, "global") != 0)
        read_key (fpm, line, place);
    }
  e13_sources_leave (fpm->reading->sources);
}

void
e13_read_php_fpm (E13Reading *reading, const char *file)
{
  Fpm fpm = { .reading = reading, .main_file = file };

  read_file (&fpm, file, FALSE);
}
