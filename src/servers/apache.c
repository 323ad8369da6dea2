/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Apache: which virtual host serves which directories, as whom, and to whom it hands code. */

#include <string.h>

#include "servers/hosting.h"
#include "servers/statement.h"

typedef struct
{
  E13Reading *reading;
  const char *main_file;
  char *root;            /* ServerRoot */
  GHashTable *variables; /* from envvars and Define */
  GHashTable *modules;   /* "mpm_itk": those that are loaded; NULL values */
  E13Hosting *whole;     /* what stands outside all virtual hosts */
  E13Hosting *host;      /* that is being read: @whole, or a virtual host */
  guint ignored;         /* how many sections deep what is read counts for nothing */
} Apache;

/* ---- Variables ------------------------------------------------------------------------------- */

static char *
expand (const Apache *apache, const char *word)
{
  g_autoptr (GString) text = g_string_new (NULL);

  while (*word != '\0')
    {
      const char *end = word[0] == '$' && word[1] == '{' ? strchr (word, '}') : NULL;
      g_autofree char *name = end != NULL ? g_strndup (word + 2, (gsize)(end - word) - 2) : NULL;
      const char *value = name != NULL ? g_hash_table_lookup (apache->variables, name) : NULL;

      if (value != NULL)
        {
          g_string_append (text, value);
          word = end + 1;
        }
      else
        g_string_append_c (text, *word++);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Debian's own is a shell script: "export NAME=VALUE", where $SUFFIX is empty for the server that nobody has doubled.
 */
static void
read_envvars (Apache *apache, const char *file)
{
  g_autofree char *text = e13_sources_enter (apache->reading->sources, file, FALSE);
  g_auto (GStrv) lines = text != NULL ? g_strsplit (text, "\n", -1) : NULL;

  if (text == NULL)
    return;
  for (gsize i = 0; lines[i] != NULL; i++)
    {
      char *line = g_strstrip (lines[i]);
      char *equals;

      if (g_str_has_prefix (line, "export "))
        line = g_strchug (line + strlen ("export "));
      equals = strchr (line, '=');
      if (equals == NULL || equals == line || !g_ascii_isalpha (*line))
        continue;
      *equals = '\0';
      g_hash_table_replace (apache->variables, g_strdup (line), g_shell_unquote (equals + 1, NULL));
    }
  e13_sources_leave (apache->reading->sources);
}

static gpointer
without_suffix (const char *value)
{
  g_auto (GStrv) parts = g_strsplit (value, "$SUFFIX", -1);

  return g_strjoinv ("", parts);
}

static void
drop_suffixes (Apache *apache)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, apache->variables);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    g_hash_table_iter_replace (&iter, value != NULL ? without_suffix (value) : g_strdup (""));
}

/* ---- Sections -------------------------------------------------------------------------------- */

/* "mpm_itk" of "mpm_itk_module", "mod_mpm_itk.c", "itk.c". Free with g_free(). */
static char *
module_name (const char *text)
{
  g_autofree char *name = g_strdup (g_str_has_prefix (text, "mod_") ? text + strlen ("mod_") : text);

  if (g_str_has_suffix (name, "_module"))
    name[strlen (name) - strlen ("_module")] = '\0';
  else if (g_str_has_suffix (name, ".c"))
    name[strlen (name) - strlen (".c")] = '\0';
  return g_steal_pointer (&name);
}

/* Where no module is loaded by name, all may be built in. */
static gboolean
has_module (const Apache *apache, const char *text)
{
  static const char *const built_in[] = { "core", "so", "http", "unixd", "log_config", "logio", "version", "watchdog" };
  g_autofree char *name = module_name (text);

  for (gsize i = 0; i < G_N_ELEMENTS (built_in); i++)
    if (strcmp (name, built_in[i]) == 0)
      return TRUE;
  return g_hash_table_size (apache->modules) == 0 || g_hash_table_contains (apache->modules, name);
}

static gboolean
is_in_effect (const Apache *apache, const E13Statement *statement)
{
  const char *condition = e13_statement_word (statement, 1);
  gboolean negated = *condition == '!';

  condition += negated;
  if (e13_statement_is (statement, "IfModule"))
    return has_module (apache, condition) != negated;
  if (e13_statement_is (statement, "IfDefine"))
    return g_hash_table_contains (apache->variables, condition) != negated;
  return TRUE;
}

static E13Hosting *
host_new (const Apache *apache, const char *place)
{
  E13Hosting *host = e13_hosting_new ("apache", apache->main_file, place);

  host->serves = host->runs = TRUE;
  g_ptr_array_add (apache->reading->hostings, host);
  return host;
}

static void
open_section (Apache *apache, const E13Statement *statement, const char *place)
{
  if (apache->ignored > 0 || !is_in_effect (apache, statement))
    apache->ignored++;
  else if (e13_statement_is (statement, "VirtualHost"))
    apache->host = host_new (apache, place);
  else if (e13_statement_is (statement, "Macro"))
    {
      e13_sources_say (apache->reading->sources, "%s: macros are not followed", place);
      apache->ignored++;
    }
}

/* A virtual host without a DocumentRoot has that of the whole server. */
static void
close_section (Apache *apache, const E13Statement *statement)
{
  if (apache->ignored > 0)
    apache->ignored--;
  else if (e13_statement_is (statement, "VirtualHost"))
    apache->host = apache->whole;
}

/* ---- Directives ------------------------------------------------------------------------------ */

static char *
below_root (const Apache *apache, const char *text)
{
  return *text == '/' ? g_strdup (text) : g_build_filename (apache->root, text, NULL);
}

/* "user=maria" of a list of words. */
static const char *
option_of (const E13Statement *statement, const char *name)
{
  for (gsize i = 1; statement->words[i] != NULL; i++)
    if (g_str_has_prefix (statement->words[i], name))
      return statement->words[i] + strlen (name);
  return NULL;
}

static void
read_wsgi_daemon (Apache *apache, const E13Statement *statement, const char *place)
{
  const char *user = option_of (statement, "user=");
  E13Hosting *daemon = e13_hosting_new ("mod_wsgi", apache->main_file, place);
  g_autofree char *address = g_strconcat ("wsgi:", e13_statement_word (statement, 1), NULL);

  daemon->runs = TRUE;
  daemon->name = g_strdup (e13_statement_word (statement, 1));
  e13_hosting_add_listen (daemon, address);
  e13_hosting_set_user (daemon, user, option_of (statement, "group="), place);
  g_ptr_array_add (apache->reading->hostings, daemon);
}

static void
add_wsgi_pass (Apache *apache, const char *group)
{
  g_autofree char *address = group != NULL ? g_strconcat ("wsgi:", group, NULL) : NULL;

  if (address != NULL && *group != '%')
    e13_hosting_add_pass (apache->host, address);
}

static void
add_path (Apache *apache, const char *text)
{
  g_autofree char *path = below_root (apache, text);

  e13_hosting_add_path (apache->host, path);
}

static void
read_directive (Apache *apache, const E13Statement *statement, const char *place)
{
  g_autofree char *value = expand (apache, e13_statement_word (statement, 1));
  g_autofree char *second = expand (apache, e13_statement_word (statement, 2));
  E13Hosting *host = apache->host;

  if (e13_statement_is (statement, "ServerRoot"))
    {
      g_free (apache->root);
      apache->root = g_steal_pointer (&value);
    }
  else if (e13_statement_is (statement, "Define"))
    g_hash_table_replace (apache->variables, g_strdup (value), g_strdup (second));
  else if (e13_statement_is (statement, "LoadModule"))
    g_hash_table_add (apache->modules, module_name (value));
  else if (e13_statement_is (statement, "User"))
    e13_hosting_set_user (apache->whole, value, NULL, place);
  else if (e13_statement_is (statement, "Group"))
    e13_hosting_set_user (apache->whole, NULL, value, place);
  else if (e13_statement_is (statement, "AssignUserID"))
    {
      e13_hosting_set_user (host, value, second, place);
      host->is_per_request = TRUE;
    }
  else if (e13_statement_is (statement, "ServerName") && host->name == NULL)
    host->name = g_steal_pointer (&value);
  else if (e13_statement_is (statement, "DocumentRoot"))
    add_path (apache, value);
  else if (e13_statement_is (statement, "Alias") || e13_statement_is (statement, "ScriptAlias"))
    add_path (apache, second);
  else if (e13_statement_is (statement, "WSGIScriptAlias"))
    {
      add_path (apache, second);
      add_wsgi_pass (apache, option_of (statement, "process-group="));
    }
  else if (e13_statement_is (statement, "WSGIProcessGroup"))
    add_wsgi_pass (apache, value);
  else if (e13_statement_is (statement, "WSGIDaemonProcess"))
    read_wsgi_daemon (apache, statement, place);
  else if (e13_statement_is (statement, "SetHandler") && g_str_has_prefix (value, "proxy:"))
    e13_hosting_add_pass (host, value + strlen ("proxy:"));
  else if (e13_statement_is (statement, "ProxyPass") || e13_statement_is (statement, "ProxyPassMatch"))
    if (*second != '!' && *second != '\0')
      e13_hosting_add_pass (host, second);
}

static void
read_file (Apache *apache, const char *file, gboolean required)
{
  g_autofree char *text = e13_sources_enter (apache->reading->sources, file, required);
  g_autoptr (GPtrArray) statements = text != NULL ? e13_statements_of_apache (text) : NULL;

  if (text == NULL)
    return;
  for (guint i = 0; i < statements->len; i++)
    {
      const E13Statement *statement = statements->pdata[i];
      gboolean optional = e13_statement_is (statement, "IncludeOptional");
      g_autofree char *place = e13_source_place (file, statement->line);

      if (statement->opens)
        open_section (apache, statement, place);
      else if (statement->closes)
        close_section (apache, statement);
      else if (apache->ignored == 0 && (optional || e13_statement_is (statement, "Include")))
        {
          g_autofree char *value = expand (apache, e13_statement_word (statement, 1));
          g_autofree char *pattern = below_root (apache, value);
          g_autoptr (GPtrArray) files = e13_sources_expand (apache->reading->sources, pattern);

          for (guint k = 0; k < files->len; k++)
            read_file (apache, files->pdata[k], !optional && strcmp (files->pdata[k], pattern) == 0);
        }
      else if (apache->ignored == 0)
        read_directive (apache, statement, place);
    }
  e13_sources_leave (apache->reading->sources);
}

/* What a virtual host does not say itself, it has from the whole server. */
static void
inherit (const Apache *apache, E13Hosting *host)
{
  gboolean is_daemon = strcmp (host->program, "mod_wsgi") == 0;

  if (host == apache->whole)
    return;
  if (host->user == NULL)
    e13_hosting_set_user (host, apache->whole->user, host->group != NULL ? NULL : apache->whole->group,
                          apache->whole->user_place);
  for (guint i = 0; !is_daemon && host->passes->len == 0 && i < apache->whole->passes->len; i++)
    g_ptr_array_add (host->passes, g_strdup (apache->whole->passes->pdata[i]));
  for (guint i = 0; !is_daemon && host->paths->len == 0 && i < apache->whole->paths->len; i++)
    g_ptr_array_add (host->paths, g_strdup (apache->whole->paths->pdata[i]));
}

void
e13_read_apache (E13Reading *reading, const char *file)
{
  Apache apache = { .reading = reading, .main_file = file, .root = g_path_get_dirname (file) };
  guint first = reading->hostings->len;
  g_autofree char *envvars = g_build_filename (apache.root, "envvars", NULL);
  g_autofree char *place = e13_source_place (file, 1);

  apache.variables = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  apache.modules = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  apache.whole = apache.host = host_new (&apache, place);
  read_envvars (&apache, envvars);
  drop_suffixes (&apache);
  read_file (&apache, file, FALSE);
  for (guint i = first; i < reading->hostings->len; i++)
    inherit (&apache, reading->hostings->pdata[i]);
  /* Nothing at all: there is no such file. */
  if (reading->hostings->len == first + 1 && apache.whole->user == NULL && apache.whole->paths->len == 0)
    g_ptr_array_remove_index (reading->hostings, first);
  g_hash_table_unref (apache.variables);
  g_hash_table_unref (apache.modules);
  g_free (apache.root);
}
