/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "servers/programs.h"

#include <string.h>

#include "base/quote.h"
#include "servers/unit.h"

#define FIRST_WORDS 4 /* in which an interpreter's script is looked for: "python3 -m gunicorn" */

static const E13ServerProgram programs[] = {
#define PROGRAM(name, pattern, serves, runs) { name, pattern, serves, runs },
#include "servers/programs.def"
};

static const E13ServerProgram scripts[] = {
#define SCRIPT(name) { name, name, FALSE, TRUE },
#include "servers/programs.def"
};

/* An interpreter under a unit of the system: what it runs is somebody's service. */
static const E13ServerProgram service = { "service", "", FALSE, TRUE };

static const char *const interpreters[] = {
#define INTERPRETER(pattern) pattern,
#include "servers/programs.def"
};

static const struct
{
  const char *name;
  void (*read) (E13Reading *reading, const char *file);
  const char *file;
} configs[] = {
#define CONFIG(name, reader, file) { name, e13_read_##reader, file },
#include "servers/programs.def"
};

static const char *const units[] = {
#define UNIT(pattern) pattern,
#include "servers/programs.def"
};

const char *const e13_server_accounts[] = {
#define ACCOUNT(name) name,
#include "servers/programs.def"
  NULL,
};

/* ---- Processes ------------------------------------------------------------------------------- */

static gboolean
matches_any (const char *name, const char *const *patterns, gsize n_patterns)
{
  for (gsize i = 0; i < n_patterns; i++)
    if (g_pattern_match_simple (patterns[i], name))
      return TRUE;
  return FALSE;
}

static const E13ServerProgram *
program_named (const char *executable)
{
  for (gsize i = 0; i < G_N_ELEMENTS (programs); i++)
    if (g_pattern_match_simple (programs[i].pattern, executable))
      return &programs[i];
  return NULL;
}

gboolean
e13_server_program_wanted (const char *program, gpointer unused G_GNUC_UNUSED)
{
  return program_named (program) != NULL || matches_any (program, interpreters, G_N_ELEMENTS (interpreters));
}

/* One of the first words is its name, as a path or with a colon behind it. */
static const E13ServerProgram *
script_of (char *const *words)
{
  g_autofree char *line = g_strjoinv (" ", (char **)words);
  g_auto (GStrv) first = g_strsplit (line, " ", FIRST_WORDS + 1);

  for (gsize i = 0; first[i] != NULL && i < FIRST_WORDS; i++)
    {
      g_autofree char *base = g_path_get_basename (first[i]);
      char *colon = strchr (base, ':');

      if (colon != NULL)
        *colon = '\0';
      for (gsize k = 0; k < G_N_ELEMENTS (scripts); k++)
        if (strcmp (base, scripts[k].name) == 0)
          return &scripts[k];
    }
  return NULL;
}

const E13ServerProgram *
e13_server_program_of (const E13Process *process)
{
  const E13ServerProgram *program = program_named (process->program);

  if (program == NULL)
    program = script_of (process->words);
  return program != NULL || process->unit == NULL ? program : &service;
}

const E13ServerProgram *
e13_server_program_of_words (char *const *words)
{
  g_autofree char *base = words[0] != NULL ? g_path_get_basename (words[0]) : NULL;
  const E13ServerProgram *program = base != NULL ? program_named (base) : NULL;

  return program != NULL ? program : script_of (words);
}

static char *
between (const char *text, const char *before, const char *ends)
{
  const char *start = text != NULL ? strstr (text, before) : NULL;

  if (start == NULL)
    return NULL;
  start += strlen (before);
  return g_strndup (start, strcspn (start, ends));
}

char *
e13_server_pool (const E13Process *process)
{
  return between (process->words[0], "php-fpm: pool ", " ");
}

char *
e13_server_wsgi (const E13Process *process)
{
  return between (process->words[0], "(wsgi:", ")");
}

/* ---- Configuration --------------------------------------------------------------------------- */

/* "-c FILE", "-cFILE". */
static char *
value_of_option (char *const *words, const char *option)
{
  for (gsize i = 0; words[i] != NULL; i++)
    if (strcmp (words[i], option) == 0 && words[i + 1] != NULL)
      return g_strdup (words[i + 1]);
    else if (g_str_has_prefix (words[i], option) && words[i][strlen (option)] == '/')
      return g_strdup (words[i] + strlen (option));
  return NULL;
}

static char *
config_on_line (const E13ServerProgram *program, char *const *words)
{
  static const struct
  {
    const char *program;
    const char *option;
  } options[] = {
    { "nginx", "-c" },
    { "apache", "-f" },
    { "lighttpd", "-f" },
    { "php-fpm", "-y" },
    { "php-fpm", "--fpm-config" },
    { "caddy", "--config" },
    { "uwsgi", "--ini" },
  };
  char *file = NULL;

  for (gsize i = 0; file == NULL && i < G_N_ELEMENTS (options); i++)
    if (strcmp (program->name, options[i].program) == 0)
      file = value_of_option (words, options[i].option);
  for (gsize i = 0; file == NULL && strcmp (program->name, "uwsgi") == 0 && words[i] != NULL; i++)
    if (g_str_has_suffix (words[i], ".ini"))
      file = g_strdup (words[i]);
  return file;
}

char *
e13_server_config (const E13ServerProgram *program, const E13Process *process)
{
  g_autofree char *line = g_strjoinv (" ", process->words);
  g_auto (GStrv) words = g_strsplit (line, " ", -1);
  g_autofree char *file = between (process->words[0], "php-fpm: master process (", ")");

  if (file == NULL)
    file = config_on_line (program, words);
  if (file == NULL || *file == '/' || process->directory == NULL)
    return g_steal_pointer (&file);
  return g_build_filename (process->directory, file, NULL);
}

/* What a running program names is there; where nothing is found in it, that is to be said. */
static void
read_named (E13Reading *reading, const char *program, void (*read) (E13Reading *, const char *), const char *file)
{
  guint n_hostings = reading->hostings->len;
  guint n_unread = reading->sources->unread->len;
  g_autofree char *shown = e13_quote_display (file);

  read (reading, file);
  if (reading->hostings->len == n_hostings && reading->sources->unread->len == n_unread)
    e13_sources_say (reading->sources, "nothing could be read from '%s', which a running %s names", shown, program);
}

void
e13_server_read (E13Reading *reading, const char *program, const char *file)
{
  for (gsize i = 0; i < G_N_ELEMENTS (configs); i++)
    if (strcmp (configs[i].name, program) == 0)
      {
        g_autoptr (GPtrArray) files = NULL;

        if (file != NULL)
          {
            read_named (reading, program, configs[i].read, file);
            return;
          }
        files = e13_sources_expand (reading->sources, configs[i].file);
        for (guint k = 0; k < files->len; k++)
          configs[i].read (reading, files->pdata[k]);
      }
}

const char **
e13_server_configured_programs (void)
{
  GPtrArray *names = g_ptr_array_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (configs); i++)
    if (i == 0 || strcmp (configs[i].name, configs[i - 1].name) != 0)
      g_ptr_array_add (names, (gpointer)configs[i].name);
  g_ptr_array_add (names, NULL);
  return (const char **)g_ptr_array_free (names, FALSE);
}

/* ---- Units ----------------------------------------------------------------------------------- */

void
e13_server_read_units (E13Reading *reading)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (gsize i = 0; e13_unit_folders[i] != NULL; i++)
    {
      g_autofree char *pattern = g_strconcat (e13_unit_folders[i], "/*.service", NULL);
      g_autoptr (GPtrArray) files = e13_sources_expand (reading->sources, pattern);
      gboolean is_etc = g_str_has_prefix (e13_unit_folders[i], "/etc/");

      for (guint k = 0; k < files->len; k++)
        {
          g_autofree char *name = g_path_get_basename (files->pdata[k]);

          if ((is_etc || matches_any (name, units, G_N_ELEMENTS (units)))
              && g_hash_table_add (seen, g_steal_pointer (&name)))
            e13_read_unit (reading, files->pdata[k]);
        }
    }
}
