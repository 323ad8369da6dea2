/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Units of systemd: as whom a service runs, where, and what is kept from it. */

#include <string.h>

#include "servers/hosting.h"
#include "servers/ini.h"
#include "servers/programs.h"
#include "servers/unit.h"

static void
read_sandbox (E13Hosting *unit, const E13IniLine *line)
{
  static const char *const keys[] = { "RootDirectory",  "RootImage",         "ProtectSystem",      "ProtectHome",
                                      "ReadWritePaths", "ReadOnlyPaths",     "InaccessiblePaths",  "PrivateTmp",
                                      "BindPaths",      "BindReadOnlyPaths", "TemporaryFileSystem" };

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    if (strcmp (line->key, keys[i]) == 0)
      g_ptr_array_add (unit->settings, g_strconcat (line->key, "=", line->value, NULL));
}

static gboolean
is_yes (const char *value)
{
  return g_ascii_strcasecmp (value, "yes") == 0 || g_ascii_strcasecmp (value, "true") == 0
         || g_ascii_strcasecmp (value, "on") == 0 || strcmp (value, "1") == 0;
}

/* Which program ExecStart= names, behind the marks that systemd allows before it. */
static void
read_command (E13Hosting *unit, const char *value)
{
  g_auto (GStrv) words = g_strsplit_set (value + strspn (value, "@-:+!"), " \t", -1);
  const E13ServerProgram *program;

  if (words[0] == NULL)
    return;
  program = e13_server_program_of_words (words);
  if (program != NULL)
    unit->program = program->name;
}

static void
read_groups (E13Hosting *unit, const char *value)
{
  g_auto (GStrv) words = g_strsplit_set (value, " \t", -1);

  if (*value == '\0')
    g_ptr_array_set_size (unit->groups, 0);
  for (gsize i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0')
      g_ptr_array_add (unit->groups, g_strdup (words[i]));
}

static void
read_key (E13Hosting *unit, const E13IniLine *line, const char *place)
{
  if (strcmp (line->section, "Service") != 0)
    return;
  if (strcmp (line->key, "User") == 0)
    e13_hosting_set_user (unit, line->value, NULL, place);
  else if (strcmp (line->key, "Group") == 0)
    e13_hosting_set_user (unit, NULL, line->value, place);
  else if (strcmp (line->key, "SupplementaryGroups") == 0)
    read_groups (unit, line->value);
  else if (strcmp (line->key, "DynamicUser") == 0)
    unit->is_dynamic = is_yes (line->value);
  else if (strcmp (line->key, "WorkingDirectory") == 0)
    e13_hosting_add_path (unit, line->value + (*line->value == '-'));
  else if (strcmp (line->key, "ExecStart") == 0 && *line->value != '\0')
    read_command (unit, line->value);
  else
    read_sandbox (unit, line);
}

static gboolean
read_into (E13Reading *reading, E13Hosting *unit, const char *file)
{
  g_autofree char *text = e13_sources_enter (reading->sources, file, FALSE);
  g_autoptr (GPtrArray) lines = text != NULL ? e13_ini_parse (text, "#;", FALSE) : NULL;

  if (text == NULL)
    return FALSE;
  for (guint i = 0; i < lines->len; i++)
    {
      const E13IniLine *line = lines->pdata[i];
      g_autofree char *place = e13_source_place (file, line->line);

      read_key (unit, line, place);
    }
  e13_sources_leave (reading->sources);
  return TRUE;
}

const char *const e13_unit_folders[]
    = { "/etc/systemd/system",     "/run/systemd/system", "/usr/local/lib/systemd/system",
        "/usr/lib/systemd/system", "/lib/systemd/system", NULL };

void
e13_read_unit (E13Reading *reading, const char *file)
{
  g_autofree char *place = e13_source_place (file, 1);
  g_autofree char *name = g_path_get_basename (file);
  E13Hosting *unit = e13_hosting_new ("service", file, place);

  unit->runs = TRUE;
  if (!read_into (reading, unit, file))
    {
      e13_hosting_free (unit);
      return;
    }
  /* The manager looks through the folders from the weakest to the strongest; what comes last counts. */
  for (gsize i = g_strv_length ((char **)e13_unit_folders); i-- > 0;)
    {
      g_autofree char *pattern = g_strconcat (e13_unit_folders[i], "/", name, ".d/*.conf", NULL);
      g_autoptr (GPtrArray) files = e13_sources_expand (reading->sources, pattern);

      for (guint k = 0; k < files->len; k++)
        read_into (reading, unit, files->pdata[k]);
    }
  unit->name = g_steal_pointer (&name);
  g_ptr_array_add (reading->hostings, unit);
}

/* ---- What is kept from it -------------------------------------------------------------------- */

typedef struct
{
  const char *path; /* that is asked about */
  gsize best;       /* how long the path is that decides so far */
  E13UnitView view;
  const char *setting;
} Question;

static void
decide (Question *question, const char *path, E13UnitView view, const char *setting)
{
  gsize length = strlen (path);

  while (length > 1 && path[length - 1] == '/')
    length--;
  if (length < question->best || strncmp (question->path, path, length) != 0
      || (length > 1 && question->path[length] != '\0' && question->path[length] != '/'))
    return;
  question->best = length;
  question->view = view;
  question->setting = setting;
}

static void
decide_each (Question *question, const char *paths, E13UnitView view, const char *setting)
{
  g_auto (GStrv) words = g_strsplit_set (paths, " \t", -1);

  for (gsize i = 0; words[i] != NULL; i++)
    {
      const char *word = words[i] + strspn (words[i], "-+");

      if (*word == '/')
        decide (question, word, view, setting);
    }
}

static void
decide_all (Question *question, const char *const *paths, E13UnitView view, const char *setting)
{
  for (gsize i = 0; paths[i] != NULL; i++)
    decide (question, paths[i], view, setting);
}

static void
protect_system (Question *question, const char *value, const char *setting)
{
  static const char *const system[] = { "/usr", "/boot", "/efi", "/lib", "/bin", "/sbin", NULL };
  static const char *const kept[] = { "/dev", "/proc", "/sys", NULL };

  if (strcmp (value, "strict") == 0)
    {
      decide (question, "/", E13_UNIT_READ_ONLY, setting);
      decide_all (question, kept, E13_UNIT_SEES, NULL);
    }
  else if (is_yes (value) || strcmp (value, "full") == 0)
    decide_all (question, system, E13_UNIT_READ_ONLY, setting);
  if (strcmp (value, "full") == 0)
    decide (question, "/etc", E13_UNIT_READ_ONLY, setting);
}

static void
protect_home (Question *question, const char *value, const char *setting)
{
  static const char *const homes[] = { "/home", "/root", "/run/user", NULL };

  if (is_yes (value) || strcmp (value, "tmpfs") == 0)
    decide_all (question, homes, E13_UNIT_HIDES, setting);
  else if (strcmp (value, "read-only") == 0)
    decide_all (question, homes, E13_UNIT_READ_ONLY, setting);
}

static void
private_tmp (Question *question, const char *value, const char *setting)
{
  static const char *const folders[] = { "/tmp", "/var/tmp", NULL };

  if (is_yes (value) || strcmp (value, "disconnected") == 0)
    decide_all (question, folders, E13_UNIT_HIDES, setting);
}

static void
hold_against (Question *question, const char *setting)
{
  const char *value = strchr (setting, '=') + 1;

  if (g_str_has_prefix (setting, "ProtectSystem="))
    protect_system (question, value, setting);
  else if (g_str_has_prefix (setting, "ProtectHome="))
    protect_home (question, value, setting);
  else if (g_str_has_prefix (setting, "PrivateTmp="))
    private_tmp (question, value, setting);
  else if (g_str_has_prefix (setting, "RootDirectory=") || g_str_has_prefix (setting, "RootImage="))
    decide (question, "/", *value != '\0' && strcmp (value, "/") != 0 ? E13_UNIT_HIDES : E13_UNIT_SEES, setting);
  else if (g_str_has_prefix (setting, "ReadOnlyPaths=") || g_str_has_prefix (setting, "BindReadOnlyPaths="))
    decide_each (question, value, E13_UNIT_READ_ONLY, setting);
  else if (g_str_has_prefix (setting, "InaccessiblePaths=") || g_str_has_prefix (setting, "TemporaryFileSystem="))
    decide_each (question, value, E13_UNIT_HIDES, setting);
  else
    decide_each (question, value, E13_UNIT_SEES, setting);
}

E13UnitView
e13_unit_view (const E13Hosting *unit, const char *path, const char **ret_setting)
{
  Question question = { path, 0, E13_UNIT_SEES, NULL };

  for (guint i = 0; i < unit->settings->len; i++)
    hold_against (&question, unit->settings->pdata[i]);
  *ret_setting = question.setting;
  return question.view;
}
