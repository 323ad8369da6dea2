/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* lighttpd: assignments, conditional blocks, lists. */

#include <string.h>

#include "base/quote.h"
#include "servers/hosting.h"

/* Debian's own scripts print types of files and nothing else. */
#define HARMLESS_SCRIPTS "/usr/share/lighttpd/"
#define MAX_LIST 4096

typedef struct
{
  E13Reading *reading;
  const char *main_file;
  char *folder;
  E13Hosting *whole;
  GPtrArray *hosts;      /* of E13Hosting *: one a block that is open; the last is being read */
  GHashTable *variables; /* name → text */
} Lighttpd;

typedef struct
{
  const char *at;
  guint line;
} Cursor;

static void
skip_space (Cursor *cursor, gboolean lines_too)
{
  for (;; cursor->at++)
    {
      if (*cursor->at == '#')
        cursor->at += strcspn (cursor->at, "\n");
      if (*cursor->at == '\n' && lines_too)
        cursor->line++;
      else if (*cursor->at != ' ' && *cursor->at != '\t' && *cursor->at != '\r')
        return;
    }
}

static char *
read_string (Cursor *cursor)
{
  char quote = *cursor->at++;
  GString *text = g_string_new (NULL);

  while (*cursor->at != '\0' && *cursor->at != quote)
    {
      if (*cursor->at == '\\' && cursor->at[1] == quote)
        cursor->at++;
      if (*cursor->at == '\n')
        cursor->line++;
      g_string_append_c (text, *cursor->at++);
    }
  if (*cursor->at == quote)
    cursor->at++;
  return g_string_free (text, FALSE);
}

static char *
read_name (Cursor *cursor)
{
  const char *start = cursor->at;

  while (g_ascii_isalnum (*cursor->at) || (*cursor->at != '\0' && strchr ("._-", *cursor->at) != NULL))
    cursor->at++;
  return g_strndup (start, (gsize)(cursor->at - start));
}

/* A string, a variable, a number: NULL where none begins here. */
static char *
read_term (Lighttpd *server, Cursor *cursor)
{
  g_autofree char *name = NULL;
  const char *value;

  if (*cursor->at == '"' || *cursor->at == '\'')
    return read_string (cursor);
  name = read_name (cursor);
  if (*name == '\0')
    return NULL;
  value = g_hash_table_lookup (server->variables, name);
  return g_strdup (value != NULL ? value : name);
}

/* Terms joined by "+", and lists in parentheses, of which all terms are kept, in order. */
static GPtrArray *
read_value (Lighttpd *server, Cursor *cursor)
{
  GPtrArray *terms = g_ptr_array_new_with_free_func (g_free);
  guint depth = 0;
  gboolean joins = FALSE;
  gboolean is_whole = FALSE; /* only a plus sign can make it longer */

  for (;;)
    {
      char *term;

      skip_space (cursor, depth > 0 || joins);
      if (depth == 0 && !joins && is_whole && *cursor->at != '+')
        return terms;
      if (*cursor->at == '(')
        depth++;
      else if (*cursor->at == ')' && depth > 0)
        is_whole = --depth == 0;
      else if (*cursor->at == '+')
        joins = TRUE;
      else if (depth > 0 && (*cursor->at == ',' || *cursor->at == '=' || *cursor->at == '>'))
        joins = FALSE;
      else
        {
          term = read_term (server, cursor);
          if (term == NULL)
            return terms;
          if (joins && terms->len > 0)
            {
              char *joined = g_strconcat (terms->pdata[terms->len - 1], term, NULL);

              g_free (terms->pdata[terms->len - 1]);
              terms->pdata[terms->len - 1] = joined;
              g_free (term);
            }
          else
            g_ptr_array_add (terms, term);
          joins = FALSE;
          is_whole = depth == 0;
          if (terms->len >= MAX_LIST)
            return terms;
          continue;
        }
      cursor->at++;
    }
}

static E13Hosting *
innermost (const Lighttpd *server)
{
  return server->hosts->pdata[server->hosts->len - 1];
}

/* What stands behind @key in a list. */
static void
add_sockets (E13Hosting *host, const GPtrArray *terms)
{
  const char *address = NULL;

  for (guint i = 0; i + 1 < terms->len; i++)
    {
      const char *value = terms->pdata[i + 1];

      if (strcmp (terms->pdata[i], "socket") == 0)
        e13_hosting_add_pass (host, value);
      else if (strcmp (terms->pdata[i], "host") == 0)
        address = value;
      else if (strcmp (terms->pdata[i], "port") == 0)
        {
          g_autofree char *both = g_strconcat (address != NULL ? address : "", ":", value, NULL);

          e13_hosting_add_pass (host, both);
        }
    }
}

static void
assign (Lighttpd *server, const char *name, const GPtrArray *terms, const char *place)
{
  E13Hosting *host = innermost (server);
  const char *value = terms->len > 0 ? terms->pdata[0] : "";

  if (strcmp (name, "server.username") == 0)
    e13_hosting_set_user (server->whole, value, NULL, place);
  else if (strcmp (name, "server.groupname") == 0)
    e13_hosting_set_user (server->whole, NULL, value, place);
  else if (strcmp (name, "server.document-root") == 0)
    e13_hosting_add_path (host, value);
  else if (strcmp (name, "alias.url") == 0)
    for (guint i = 1; i < terms->len; i += 2)
      e13_hosting_add_path (host, terms->pdata[i]);
  else if (strcmp (name, "fastcgi.server") == 0 || strcmp (name, "scgi.server") == 0
           || strcmp (name, "proxy.server") == 0)
    add_sockets (host, terms);
  else if (strcmp (name, "cgi.assign") == 0)
    host->runs = TRUE;
  if (terms->len == 1)
    g_hash_table_replace (server->variables, g_strdup (name), g_strdup (value));
}

static void
open_block (Lighttpd *server, const char *place)
{
  E13Hosting *host = e13_hosting_new ("lighttpd", server->main_file, place);

  host->serves = TRUE;
  g_ptr_array_add (server->reading->hostings, host);
  g_ptr_array_add (server->hosts, host);
}

static void read_file (Lighttpd *server, const char *file, gboolean required);

static void
include (Lighttpd *server, const GPtrArray *terms)
{
  g_autofree char *pattern = NULL;
  g_autoptr (GPtrArray) files = NULL;

  if (terms->len == 0)
    return;
  pattern = *(const char *)terms->pdata[0] == '/' ? g_strdup (terms->pdata[0])
                                                  : g_build_filename (server->folder, terms->pdata[0], NULL);
  files = e13_sources_expand (server->reading->sources, pattern);
  for (guint i = 0; i < files->len; i++)
    read_file (server, files->pdata[i], strcmp (files->pdata[i], pattern) == 0);
}

static void
include_output (Lighttpd *server, const GPtrArray *terms, const char *place)
{
  g_autofree char *shown = terms->len > 0 ? e13_quote_display (terms->pdata[0]) : g_strdup ("");

  if (!g_str_has_prefix (shown, HARMLESS_SCRIPTS))
    e13_sources_say (server->reading->sources, "%s: what '%s' prints is a part of the configuration, and was not asked",
                     place, shown);
}

/* A condition, as in $HTTP["host"] == "x": up to the block that it opens, or the end of the line. */
static void
skip_condition (Cursor *cursor)
{
  while (*cursor->at != '\0' && *cursor->at != '{' && *cursor->at != '\n')
    if (*cursor->at == '"')
      g_free (read_string (cursor));
    else
      cursor->at++;
}

static void
read_named (Lighttpd *server, Cursor *cursor, const char *name, const char *file)
{
  g_autofree char *place = e13_source_place (file, cursor->line);
  g_autoptr (GPtrArray) terms = NULL;

  if (strcmp (name, "else") == 0)
    {
      skip_condition (cursor);
      return;
    }
  skip_space (cursor, FALSE);
  if (*cursor->at == '+' || *cursor->at == ':')
    cursor->at++;
  if (*cursor->at == '=')
    cursor->at++;
  terms = read_value (server, cursor);
  if (strcmp (name, "include") == 0)
    include (server, terms);
  else if (strcmp (name, "include_shell") == 0)
    include_output (server, terms, place);
  else
    assign (server, name, terms, place);
}

static void
read_file (Lighttpd *server, const char *file, gboolean required)
{
  g_autofree char *text = e13_sources_enter (server->reading->sources, file, required);
  Cursor cursor = { text, 1 };

  if (text == NULL)
    return;
  for (skip_space (&cursor, TRUE); *cursor.at != '\0'; skip_space (&cursor, TRUE))
    {
      g_autofree char *name = read_name (&cursor);

      if (*name != '\0')
        read_named (server, &cursor, name, file);
      else if (*cursor.at == '$')
        skip_condition (&cursor);
      else if (*cursor.at++ == '{')
        {
          g_autofree char *place = e13_source_place (file, cursor.line);

          open_block (server, place);
        }
      else if (cursor.at[-1] == '}' && server->hosts->len > 1)
        g_ptr_array_remove_index (server->hosts, server->hosts->len - 1);
    }
  e13_sources_leave (server->reading->sources);
}

void
e13_read_lighttpd (E13Reading *reading, const char *file)
{
  Lighttpd server = { .reading = reading, .main_file = file, .folder = g_path_get_dirname (file) };
  guint first = reading->hostings->len;
  g_autofree char *place = e13_source_place (file, 1);

  server.hosts = g_ptr_array_new ();
  server.variables = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  open_block (&server, place);
  server.whole = innermost (&server);
  read_file (&server, file, FALSE);
  for (guint i = reading->hostings->len; i-- > first;)
    {
      E13Hosting *host = reading->hostings->pdata[i];

      if (host != server.whole)
        {
          e13_hosting_set_user (host, server.whole->user, server.whole->group, server.whole->user_place);
          host->runs |= server.whole->runs;
          for (guint k = 0; host->passes->len == 0 && k < server.whole->passes->len; k++)
            e13_hosting_add_pass (host, server.whole->passes->pdata[k]);
        }
      /* A block that says nothing of files. */
      if (host->paths->len == 0 && (host != server.whole || host->user == NULL))
        {
          if (host == server.whole)
            server.whole = NULL;
          g_ptr_array_remove_index (reading->hostings, i);
        }
    }
  g_ptr_array_unref (server.hosts);
  g_hash_table_unref (server.variables);
  g_free (server.folder);
}
