/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* nginx and its kin: which server block serves which directories, and to whom it passes requests. */

#include <string.h>

#include "servers/hosting.h"
#include "servers/statement.h"

#define PREFIX "/usr/share/nginx" /* where relative roots begin, as the distributions build it */

typedef struct
{
  const char *kind; /* the word that opened it; "" the whole file */
  char *root;       /* in effect there; NULL */
  char *upstream;   /* the name, in an upstream block */
} Block;

typedef struct
{
  E13Reading *reading;
  const char *main_file;
  char *folder;       /* of the main file: where relative names begin */
  GArray *blocks;     /* of Block, outermost first */
  E13Hosting *server; /* that is being read */
  gboolean server_has_path;
  char *user;
  char *group;
  char *user_place;
  GHashTable *upstreams; /* name → GPtrArray of addresses */
  guint first;           /* of this server's hostings */
} Nginx;

static Block *
innermost (const Nginx *nginx)
{
  return &g_array_index (nginx->blocks, Block, nginx->blocks->len - 1);
}

static void
block_clear (gpointer data)
{
  g_clear_pointer (&((Block *)data)->root, g_free);
  g_clear_pointer (&((Block *)data)->upstream, g_free);
}

static char *
absolute (const char *text, const char *folder)
{
  return *text == '/' || *text == '$' ? g_strdup (text) : g_build_filename (folder, text, NULL);
}

static void
open_block (Nginx *nginx, const E13Statement *statement, const char *place)
{
  Block block = { g_intern_string (e13_statement_word (statement, 0)), g_strdup (innermost (nginx)->root), NULL };

  if (strcmp (block.kind, "server") == 0 && nginx->server == NULL)
    {
      nginx->server = e13_hosting_new ("nginx", nginx->main_file, place);
      nginx->server->serves = TRUE;
      nginx->server_has_path = FALSE;
      g_ptr_array_add (nginx->reading->hostings, nginx->server);
    }
  if (strcmp (block.kind, "upstream") == 0)
    {
      block.upstream = g_strdup (e13_statement_word (statement, 1));
      g_hash_table_replace (nginx->upstreams, g_strdup (block.upstream), g_ptr_array_new_with_free_func (g_free));
    }
  g_array_append_val (nginx->blocks, block);
}

static void
close_block (Nginx *nginx, const char *place)
{
  const Block *block = innermost (nginx);

  if (nginx->blocks->len == 1)
    {
      e13_sources_say (nginx->reading->sources, "%s: a block ends that did not begin", place);
      return;
    }
  if (strcmp (block->kind, "server") == 0 && nginx->server != NULL)
    {
      if (!nginx->server_has_path)
        e13_hosting_add_path (nginx->server, block->root);
      nginx->server = NULL;
    }
  g_array_set_size (nginx->blocks, nginx->blocks->len - 1);
}

static void
set_root (Nginx *nginx, const char *root)
{
  Block *block = innermost (nginx);

  g_free (block->root);
  block->root = absolute (root, PREFIX);
  if (nginx->server == NULL)
    return;
  nginx->server_has_path = TRUE;
  e13_hosting_add_path (nginx->server, block->root);
}

static gboolean
is_pass (const char *word)
{
  static const char *const names[] = { "fastcgi_pass", "uwsgi_pass", "scgi_pass", "proxy_pass" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (strcmp (word, names[i]) == 0)
      return TRUE;
  return FALSE;
}

static void
read_statement (Nginx *nginx, const E13Statement *statement, const char *place)
{
  const char *word = e13_statement_word (statement, 0);
  const char *value = e13_statement_word (statement, 1);
  const Block *block = innermost (nginx);

  if (strcmp (word, "user") == 0 && nginx->blocks->len == 1)
    {
      g_free (nginx->user);
      g_free (nginx->group);
      g_free (nginx->user_place);
      nginx->user = g_strdup (value);
      nginx->group = g_strdup (e13_statement_word (statement, 2));
      nginx->user_place = g_strdup (place);
    }
  else if (strcmp (word, "root") == 0)
    set_root (nginx, value);
  else if (block->upstream != NULL && strcmp (word, "server") == 0)
    g_ptr_array_add (g_hash_table_lookup (nginx->upstreams, block->upstream), g_strdup (value));
  else if (nginx->server == NULL)
    return;
  else if (strcmp (word, "alias") == 0)
    e13_hosting_add_path (nginx->server, value);
  else if (strcmp (word, "server_name") == 0 && nginx->server->name == NULL && strcmp (value, "_") != 0)
    nginx->server->name = g_strdup (value);
  else if (is_pass (word))
    e13_hosting_add_pass (nginx->server, value);
}

static void
read_file (Nginx *nginx, const char *file, gboolean required)
{
  g_autofree char *text = e13_sources_enter (nginx->reading->sources, file, required);
  g_autoptr (GPtrArray) statements = text != NULL ? e13_statements_of_nginx (text) : NULL;

  if (text == NULL)
    return;
  for (guint i = 0; i < statements->len; i++)
    {
      const E13Statement *statement = statements->pdata[i];
      g_autofree char *place = e13_source_place (file, statement->line);

      if (statement->opens)
        open_block (nginx, statement, place);
      else if (statement->closes)
        close_block (nginx, place);
      else if (strcmp (e13_statement_word (statement, 0), "include") == 0)
        {
          g_autofree char *pattern = absolute (e13_statement_word (statement, 1), nginx->folder);
          g_autoptr (GPtrArray) files = e13_sources_expand (nginx->reading->sources, pattern);

          for (guint k = 0; k < files->len; k++)
            read_file (nginx, files->pdata[k], strcmp (files->pdata[k], pattern) == 0);
        }
      else
        read_statement (nginx, statement, place);
    }
  e13_sources_leave (nginx->reading->sources);
}

/* The name of an upstream block stands for what that lists. */
static void
resolve_upstreams (Nginx *nginx, E13Hosting *hosting)
{
  guint n = hosting->passes->len;

  for (guint i = 0; i < n; i++)
    {
      const GPtrArray *servers = g_hash_table_lookup (nginx->upstreams, hosting->passes->pdata[i]);

      for (guint k = 0; servers != NULL && k < servers->len; k++)
        e13_hosting_add_pass (hosting, servers->pdata[k]);
    }
}

void
e13_read_nginx (E13Reading *reading, const char *file)
{
  Nginx nginx = { .reading = reading, .main_file = file, .folder = g_path_get_dirname (file) };
  const Block whole = { "", NULL, NULL };

  nginx.first = reading->hostings->len;
  nginx.upstreams = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_ptr_array_unref);
  nginx.blocks = g_array_new (FALSE, FALSE, sizeof (Block));
  g_array_set_clear_func (nginx.blocks, block_clear);
  g_array_append_val (nginx.blocks, whole);
  read_file (&nginx, file, FALSE);
  if (nginx.blocks->len > 1)
    e13_sources_say (reading->sources, "'%s' ends within a block", file);
  for (guint i = nginx.first; i < reading->hostings->len; i++)
    {
      resolve_upstreams (&nginx, reading->hostings->pdata[i]);
      e13_hosting_set_user (reading->hostings->pdata[i], nginx.user, nginx.group, nginx.user_place);
    }
  if (nginx.first == reading->hostings->len && nginx.user != NULL)
    {
      E13Hosting *alone = e13_hosting_new ("nginx", file, nginx.user_place);

      alone->serves = TRUE;
      e13_hosting_set_user (alone, nginx.user, nginx.group, nginx.user_place);
      g_ptr_array_add (reading->hostings, alone);
    }
  g_array_unref (nginx.blocks);
  g_hash_table_unref (nginx.upstreams);
  g_free (nginx.folder);
  g_free (nginx.user);
  g_free (nginx.group);
  g_free (nginx.user_place);
}
