/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "iis/handler.h"

#include <string.h>

#include "base/path.h"

/* ---- What it does ---------------------------------------------------------------------------- */

static const struct
{
  const char *module;
  E13IisRuns runs;
  const char *name;
} modules[] = {
  { "CgiModule", E13_IIS_RUNS_CGI, "CGI" },
  { "FastCgiModule", E13_IIS_RUNS_IN_WORKER, "FastCGI" },
  { "IsapiModule", E13_IIS_RUNS_AS_VISITOR, "ISAPI" },
  { "ManagedPipelineHandler", E13_IIS_RUNS_MANAGED, "ASP.NET" },
  { "AspNetCoreModule", E13_IIS_RUNS_IN_WORKER, "ASP.NET Core" },
  { "AspNetCoreModuleV2", E13_IIS_RUNS_IN_WORKER, "ASP.NET Core" },
  { "httpPlatformHandler", E13_IIS_RUNS_IN_WORKER, "HttpPlatformHandler" },
  { "iisnode", E13_IIS_RUNS_IN_WORKER, "iisnode" },
};

/* Does one of the patterns that commas divide match @name, or where it has a slash @path? */
static gboolean
is_matched (const char *patterns, const char *name, const char *path)
{
  g_autofree char *lower = g_utf8_strdown (patterns, -1);
  g_auto (GStrv) all = g_strsplit (lower, ",", -1);
  g_autofree char *lower_name = g_utf8_strdown (name, -1);
  g_autofree char *lower_path = g_utf8_strdown (path, -1);

  for (gsize i = 0; all[i] != NULL; i++)
    {
      const char *pattern = g_strstrip (all[i]);
      g_autofree char *anchored = pattern[0] == '/' || pattern[0] == '*' ? NULL : g_strconcat ("*/", pattern, NULL);

      if (strchr (pattern, '/') == NULL ? g_pattern_match_simple (pattern, lower_name)
                                        : g_pattern_match_simple (anchored != NULL ? anchored : pattern, lower_path))
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_for_reading (const char *verbs)
{
  g_auto (GStrv) all = g_strsplit (verbs, ",", -1);

  for (gsize i = 0; all[i] != NULL; i++)
    {
      const char *verb = g_strstrip (all[i]);

      if (strcmp (verb, "*") == 0 || strcmp (verb, "GET") == 0 || strcmp (verb, "POST") == 0)
        return TRUE;
    }
  return FALSE;
}

gboolean
e13_iis_handler_has_module (const E13XmlElement *handler, const char *module)
{
  const char *text = e13_xml_value (handler, "modules");
  g_auto (GStrv) names = g_strsplit (text != NULL ? text : "ManagedPipelineHandler", ",", -1);

  for (gsize i = 0; names[i] != NULL; i++)
    if (g_ascii_strcasecmp (g_strstrip (names[i]), module) == 0)
      return TRUE;
  return FALSE;
}

E13IisRuns
e13_iis_handler_runs (const E13XmlElement *handler, const char **ret_name)
{
  const char *processor = e13_xml_value (handler, "scriptProcessor");
  const char *type = e13_xml_value (handler, "type");

  if ((type != NULL && *type != '\0') || (processor != NULL && g_str_has_suffix (processor, "aspnet_isapi.dll")))
    return *ret_name = "ASP.NET", E13_IIS_RUNS_MANAGED;
  for (gsize i = 0; i < G_N_ELEMENTS (modules); i++)
    if (e13_iis_handler_has_module (handler, modules[i].module))
      return *ret_name = modules[i].name, modules[i].runs;
  return E13_IIS_RUNS_NOTHING;
}

/* ---- Conditions ------------------------------------------------------------------------------ */

guint
e13_iis_pool_bits (const E13IisPool *pool)
{
  return e13_iis_value_is_true (&pool->enable_32_bit) ? 32 : 64;
}

gboolean
e13_iis_pool_is_integrated (const E13IisPool *pool)
{
  return g_ascii_strcasecmp (pool->pipeline_mode.text, "Classic") != 0;
}

/* Words that are not known hold: what they ask is not known either. Nor is the runtime that nobody has set: versions of
 * IIS differ in that. */
static gboolean
holds (const char *word, const E13IisPool *pool)
{
  static const char version[] = "runtimeVersion";

  if (g_ascii_strcasecmp (word, "bitness32") == 0)
    return e13_iis_pool_bits (pool) == 32;
  if (g_ascii_strcasecmp (word, "bitness64") == 0)
    return e13_iis_pool_bits (pool) == 64;
  if (g_ascii_strcasecmp (word, "integratedMode") == 0)
    return e13_iis_pool_is_integrated (pool);
  if (g_ascii_strcasecmp (word, "classicMode") == 0)
    return !e13_iis_pool_is_integrated (pool);
  if (g_ascii_strncasecmp (word, version, strlen (version)) == 0)
    return pool->runtime_version.element == NULL
           || g_ascii_strcasecmp (word + strlen (version), pool->runtime_version.text) == 0;
  return TRUE;
}

char *
e13_iis_condition_fails (const char *condition, const E13IisPool *pool)
{
  g_auto (GStrv) words = g_strsplit (condition, ",", -1);
  const E13IisValue *deciding;
  g_autofree char *place = NULL;

  for (gsize i = 0; words[i] != NULL; i++)
    {
      const char *word = g_strstrip (words[i]);

      if (holds (word, pool))
        continue;
      deciding = g_ascii_strncasecmp (word, "bitness", strlen ("bitness")) == 0   ? &pool->enable_32_bit
                 : g_ascii_strncasecmp (word, "runtime", strlen ("runtime")) == 0 ? &pool->runtime_version
                                                                                  : &pool->pipeline_mode;
      place = e13_iis_value_place (deciding);
      return g_strdup_printf ("'%s' does not hold in pool '%s' (%u bits, %s mode, .NET '%s': %s)", word, pool->name,
                              e13_iis_pool_bits (pool), e13_iis_pool_is_integrated (pool) ? "integrated" : "classic",
                              pool->runtime_version.text, place);
    }
  return NULL;
}

/* ---- Which one ------------------------------------------------------------------------------- */

gboolean
e13_iis_handler_takes (const E13XmlElement *handler, const E13IisMatch *match, const char *name)
{
  const char *patterns = e13_xml_value (handler, "path");
  const char *verbs = e13_xml_value (handler, "verb");
  g_autofree char *where = e13_iis_match_place (match);
  g_autofree char *path = g_strconcat (where + strlen (match->site->name), "/", name, NULL);

  return patterns != NULL && is_matched (patterns, name, path) && is_for_reading (verbs != NULL ? verbs : "*");
}

const E13XmlElement *
e13_iis_handler_for (const E13IisScope *scope, const E13IisMatch *match, const E13IisPool *pool, const char *name)
{
  g_autoptr (GPtrArray) handlers = e13_iis_scope_collection (scope, "system.webServer/handlers");
  const char *slash = strrchr (name, '/');

  for (guint i = 0; i < handlers->len; i++)
    {
      const char *condition = e13_xml_value (handlers->pdata[i], "preCondition");
      g_autofree char *failing = condition != NULL && pool != NULL ? e13_iis_condition_fails (condition, pool) : NULL;

      if (failing == NULL && e13_iis_handler_takes (handlers->pdata[i], match, slash != NULL ? slash + 1 : name))
        return handlers->pdata[i];
    }
  return NULL;
}

/* ---- What it starts -------------------------------------------------------------------------- */

/* Where the program of a command line ends; 0 where that cannot be told. A quotation mark belongs to it. */
static gsize
length_of_program (const char *processor)
{
  static const char *const endings[] = { ".exe", ".dll", ".cmd", ".bat", ".com" };
  g_autofree char *lower = g_ascii_strdown (processor, -1);
  gsize length = 0;

  if (processor[0] == '"')
    {
      length = 1 + strcspn (processor + 1, "\"");
      return length + (processor[length] == '"');
    }
  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++)
    for (const char *at = lower; (at = strstr (at, endings[i])) != NULL; at += strlen (endings[i]))
      {
        gsize end = (gsize)(at - lower) + strlen (endings[i]);

        if (strchr (" \t|\"", lower[end]) != NULL && (length == 0 || end < length))
          length = end;
      }
  return length;
}

char *
e13_iis_program_of (const char *processor)
{
  gsize length = length_of_program (processor);
  gboolean is_quoted = processor[0] == '"';
  g_autofree char *program = g_strndup (processor + is_quoted, length - is_quoted);

  if (is_quoted && *program != '\0' && program[strlen (program) - 1] == '"')
    program[strlen (program) - 1] = '\0';
  return length > 0 && e13_path_is_windows (program) ? g_steal_pointer (&program) : NULL;
}

char *
e13_iis_arguments_of (const char *processor)
{
  return g_strstrip (g_strdup (processor + length_of_program (processor)));
}
