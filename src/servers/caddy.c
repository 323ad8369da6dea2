/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Caddy: a block a site. Whom it runs as, its unit says. */

#include <string.h>

#include "servers/hosting.h"
#include "servers/statement.h"

typedef struct
{
  E13Reading *reading;
  const char *main_file;
  char *folder;
  guint depth;
  E13Hosting *site;
} Caddy;

/* "php_fastcgi [matcher] address": the last word that is no matcher. */
static const char *
last_word (const E13Statement *statement)
{
  guint n = g_strv_length (statement->words);

  return n > 1 ? statement->words[n - 1] : "";
}

static void
read_statement (Caddy *caddy, const E13Statement *statement)
{
  if (caddy->site == NULL)
    return;
  if (e13_statement_is (statement, "root"))
    e13_hosting_add_path (caddy->site, last_word (statement));
  else if (e13_statement_is (statement, "php_fastcgi") || e13_statement_is (statement, "reverse_proxy"))
    if (*last_word (statement) != '\0')
      e13_hosting_add_pass (caddy->site, last_word (statement));
}

static void
open_block (Caddy *caddy, const E13Statement *statement, const char *place)
{
  const char *name = e13_statement_word (statement, 0);

  if (caddy->depth++ > 0)
    {
      read_statement (caddy, statement);
      return;
    }
  /* The options of the whole, and pieces that are named to be imported. */
  if (*name == '\0' || *name == '(')
    return;
  caddy->site = e13_hosting_new ("caddy", caddy->main_file, place);
  caddy->site->name = g_strdup (name);
  caddy->site->serves = TRUE;
  g_ptr_array_add (caddy->reading->hostings, caddy->site);
}

static void
read_file (Caddy *caddy, const char *file, gboolean required)
{
  g_autofree char *text = e13_sources_enter (caddy->reading->sources, file, required);
  g_autoptr (GPtrArray) statements = text != NULL ? e13_statements_of_caddy (text) : NULL;

  if (text == NULL)
    return;
  for (guint i = 0; i < statements->len; i++)
    {
      const E13Statement *statement = statements->pdata[i];
      const char *value = e13_statement_word (statement, 1);
      g_autofree char *place = e13_source_place (file, statement->line);

      if (statement->opens)
        open_block (caddy, statement, place);
      else if (statement->closes && caddy->depth > 0)
        {
          if (--caddy->depth == 0)
            caddy->site = NULL;
        }
      else if (e13_statement_is (statement, "import") && strchr (value, '/') != NULL)
        {
          g_autofree char *pattern = *value == '/' ? g_strdup (value) : g_build_filename (caddy->folder, value, NULL);
          g_autoptr (GPtrArray) files = e13_sources_expand (caddy->reading->sources, pattern);

          for (guint k = 0; k < files->len; k++)
            read_file (caddy, files->pdata[k], FALSE);
        }
      else if (caddy->depth == 0 && caddy->site == NULL && i == 0 && statement->words[0] != NULL)
        {
          /* A file of one site needs no braces. */
          caddy->depth = 1;
          caddy->site = e13_hosting_new ("caddy", caddy->main_file, place);
          caddy->site->name = g_strdup (statement->words[0]);
          caddy->site->serves = TRUE;
          g_ptr_array_add (caddy->reading->hostings, caddy->site);
        }
      else
        read_statement (caddy, statement);
    }
  e13_sources_leave (caddy->reading->sources);
}

void
e13_read_caddy (E13Reading *reading, const char *file)
{
  Caddy caddy = { .reading = reading, .main_file = file, .folder = g_path_get_dirname (file) };

  read_file (&caddy, file, FALSE);
  g_free (caddy.folder);
}
