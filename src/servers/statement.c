/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "servers/statement.h"

#include <string.h>

typedef struct
{
  const char *at;
  guint line;
  GPtrArray *statements;
  GPtrArray *words; /* of the statement that is being read */
  guint words_line;
} Lexer;

static void
statement_free (gpointer data)
{
  E13Statement *statement = data;

  g_strfreev (statement->words);
  g_free (statement);
}

const char *
e13_statement_word (const E13Statement *statement, gsize index)
{
  return index < g_strv_length (statement->words) ? statement->words[index] : "";
}

gboolean
e13_statement_is (const E13Statement *statement, const char *name)
{
  return g_ascii_strcasecmp (e13_statement_word (statement, 0), name) == 0;
}

static Lexer
begin (const char *text)
{
  return (Lexer){ text, 1, g_ptr_array_new_with_free_func (statement_free), g_ptr_array_new (), 1 };
}

static void
end_statement (Lexer *lexer, gboolean opens, gboolean closes)
{
  E13Statement *statement;

  if (lexer->words->len == 0 && !opens && !closes)
    return;
  statement = g_new0 (E13Statement, 1);
  statement->line = lexer->words->len > 0 ? lexer->words_line : lexer->line;
  statement->opens = opens;
  statement->closes = closes;
  g_ptr_array_add (lexer->words, NULL);
  statement->words = (char **)g_ptr_array_free (lexer->words, FALSE);
  lexer->words = g_ptr_array_new ();
  g_ptr_array_add (lexer->statements, statement);
}

static void
add_word (Lexer *lexer, GString *word)
{
  if (lexer->words->len == 0)
    lexer->words_line = lexer->line;
  g_ptr_array_add (lexer->words, g_string_free (word, FALSE));
}

static GPtrArray *
finish (Lexer *lexer)
{
  end_statement (lexer, FALSE, FALSE);
  g_ptr_array_free (lexer->words, TRUE);
  return lexer->statements;
}

/* From the opening quote past the closing one; a backslash takes the next character as it is where it stands before a
 * quote or another backslash. */
static void
read_quoted (Lexer *lexer, GString *word)
{
  char quote = *lexer->at++;

  while (*lexer->at != '\0' && *lexer->at != quote)
    {
      if (*lexer->at == '\\' && lexer->at[1] != '\0' && strchr ("\\'\"", lexer->at[1]) != NULL)
        lexer->at++;
      if (*lexer->at == '\n')
        lexer->line++;
      g_string_append_c (word, *lexer->at++);
    }
  if (*lexer->at == quote)
    lexer->at++;
}

/* Up to one of @ends. */
static void
read_bare (Lexer *lexer, GString *word, const char *ends)
{
  while (*lexer->at != '\0' && strchr (ends, *lexer->at) == NULL)
    {
      /* "${name}" is part of a word. */
      if (lexer->at[0] == '$' && lexer->at[1] == '{')
        while (*lexer->at != '\0' && *lexer->at != '}' && *lexer->at != '\n')
          g_string_append_c (word, *lexer->at++);
      if (lexer->at[0] == '\\' && lexer->at[1] != '\0' && lexer->at[1] != '\n')
        lexer->at++;
      if (*lexer->at == '\0' || *lexer->at == '\n')
        return;
      g_string_append_c (word, *lexer->at++);
    }
}

static void
skip_comment (Lexer *lexer)
{
  lexer->at += strcspn (lexer->at, "\n");
}

/* ---- nginx ----------------------------------------------------------------------------------- */

/* A program in Lua: its braces are its own. */
static void
skip_lua (Lexer *lexer)
{
  guint depth = 1;

  while (*lexer->at != '\0' && depth > 0)
    {
      if (*lexer->at == '"' || *lexer->at == '\'')
        {
          g_autoptr (GString) ignored = g_string_new (NULL);

          read_quoted (lexer, ignored);
          continue;
        }
      if (*lexer->at == '\n')
        lexer->line++;
      else if (*lexer->at == '{')
        depth++;
      else if (*lexer->at == '}')
        depth--;
      lexer->at++;
    }
}

static gboolean
is_lua (const Lexer *lexer)
{
  return lexer->words->len > 0 && g_str_has_suffix (lexer->words->pdata[0], "_by_lua_block");
}

static void
step_nginx (Lexer *lexer)
{
  GString *word;

  switch (*lexer->at)
    {
    case '\n':
      lexer->line++;
      lexer->at++;
      return;
    case ' ':
    case '\t':
    case '\r':
      lexer->at++;
      return;
    case '#':
      skip_comment (lexer);
      return;
    case ';':
      lexer->at++;
      end_statement (lexer, FALSE, FALSE);
      return;
    case '{':
      lexer->at++;
      if (is_lua (lexer))
        {
          skip_lua (lexer);
          end_statement (lexer, FALSE, FALSE);
        }
      else
        end_statement (lexer, TRUE, FALSE);
      return;
    case '}':
      lexer->at++;
      end_statement (lexer, FALSE, FALSE);
      end_statement (lexer, FALSE, TRUE);
      return;
    default:
      word = g_string_new (NULL);
      if (*lexer->at == '"' || *lexer->at == '\'')
        read_quoted (lexer, word);
      else
        read_bare (lexer, word, " \t\r\n;{}");
      add_word (lexer, word);
    }
}

GPtrArray *
e13_statements_of_nginx (const char *text)
{
  Lexer lexer = begin (text);

  while (*lexer.at != '\0')
    step_nginx (&lexer);
  return finish (&lexer);
}

/* ---- Lines: Apache and Caddy ----------------------------------------------------------------- */

/* A line, with those that a backslash at the end joins to it. */
static char *
read_line (Lexer *lexer, guint *ret_line)
{
  GString *line = g_string_new (NULL);

  *ret_line = lexer->line;
  for (gboolean more = TRUE; more;)
    {
      gsize length = strcspn (lexer->at, "\n");

      g_string_append_len (line, lexer->at, (gssize)length);
      if (line->len > 0 && line->str[line->len - 1] == '\r')
        g_string_truncate (line, line->len - 1);
      lexer->at += length;
      if (*lexer->at == '\n')
        {
          lexer->at++;
          lexer->line++;
        }
      more = *lexer->at != '\0' && line->len > 0 && line->str[line->len - 1] == '\\';
      if (more)
        g_string_truncate (line, line->len - 1);
    }
  return g_string_free (line, FALSE);
}

/* The words of one line; Caddy's comments end it wherever they begin. */
static void
split_line (Lexer *lexer, const char *line, guint number, gboolean comments_anywhere)
{
  Lexer within = { line, number, NULL, lexer->words, number };

  lexer->words_line = number;
  while (*within.at != '\0' && !(comments_anywhere && *within.at == '#'))
    {
      GString *word;

      if (*within.at == ' ' || *within.at == '\t')
        {
          within.at++;
          continue;
        }
      word = g_string_new (NULL);
      if (*within.at == '"' || *within.at == '\'')
        read_quoted (&within, word);
      else if (comments_anywhere && *within.at == '`')
        read_quoted (&within, word);
      else
        read_bare (&within, word, " \t");
      g_ptr_array_add (lexer->words, g_string_free (word, FALSE));
    }
}

/* "<Name arguments>" and "</Name>". */
static void
read_section (Lexer *lexer, char *line, guint number)
{
  gboolean closes = line[1] == '/';
  char *end = strrchr (line, '>');

  if (end != NULL)
    *end = '\0';
  split_line (lexer, line + (closes ? 2 : 1), number, FALSE);
  end_statement (lexer, !closes, closes);
}

GPtrArray *
e13_statements_of_apache (const char *text)
{
  Lexer lexer = begin (text);

  while (*lexer.at != '\0')
    {
      guint number;
      g_autofree char *line = g_strstrip (read_line (&lexer, &number));

      if (*line == '\0' || *line == '#')
        continue;
      if (*line == '<')
        {
          read_section (&lexer, line, number);
          continue;
        }
      split_line (&lexer, line, number, FALSE);
      end_statement (&lexer, FALSE, FALSE);
    }
  return finish (&lexer);
}

/* Takes the last word away where it is @brace alone. */
static gboolean
take_brace (Lexer *lexer, const char *brace)
{
  if (lexer->words->len == 0 || strcmp (lexer->words->pdata[lexer->words->len - 1], brace) != 0)
    return FALSE;
  g_free (lexer->words->pdata[lexer->words->len - 1]);
  g_ptr_array_remove_index (lexer->words, lexer->words->len - 1);
  return TRUE;
}

GPtrArray *
e13_statements_of_caddy (const char *text)
{
  Lexer lexer = begin (text);

  while (*lexer.at != '\0')
    {
      guint number;
      g_autofree char *line = read_line (&lexer, &number);
      gboolean opens, closes;

      split_line (&lexer, line, number, TRUE);
      opens = take_brace (&lexer, "{");
      closes = !opens && take_brace (&lexer, "}");
      if (closes)
        end_statement (&lexer, FALSE, FALSE);
      end_statement (&lexer, opens, closes);
    }
  return finish (&lexer);
}
