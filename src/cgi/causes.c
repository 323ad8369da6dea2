/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "cgi/causes.h"

#include <errno.h>
#include <string.h>

#include "base/quote.h"

/* What comes from a script is bounded before a pattern is held against it. */
#define MAX_LINE 2000
#define MAX_LINES 4000
#define MAX_FOUND 8
/* Nothing shorter says anything. */
#define MIN_LINE 10

/* ---- Lines ----------------------------------------------------------------------------------- */

typedef struct
{
  const char *at;
  const char *end;
  guint n;
} Lines;

/* The next line as valid UTF-8, without its end; NULL past the last. Free with g_free(). */
static char *
next_line (Lines *lines)
{
  const char *end;
  gsize length;
  g_autofree char *bytes = NULL;

  if (lines->at >= lines->end || lines->n++ >= MAX_LINES)
    return NULL;
  end = memchr (lines->at, '\n', (gsize)(lines->end - lines->at));
  length = (gsize)((end != NULL ? end : lines->end) - lines->at);
  bytes = g_strndup (lines->at, MIN (length, MAX_LINE));
  lines->at += length + 1;
  g_strchomp (bytes);
  return g_utf8_make_valid (bytes, -1);
}

/* ---- Patterns -------------------------------------------------------------------------------- */

/* The patterns of a table, compiled when they are first wanted, and kept: there are fifty of them. */
typedef struct
{
  gsize is_there;
  GRegex **patterns;
} Compiled;

static GRegex **
compile (Compiled *compiled, const char *(*pattern_at) (gsize index), gsize n)
{
  if (g_once_init_enter (&compiled->is_there))
    {
      compiled->patterns = g_new (GRegex *, n);
      for (gsize i = 0; i < n; i++)
        compiled->patterns[i] = g_regex_new (pattern_at (i), 0, 0, NULL);
      g_once_init_leave (&compiled->is_there, 1);
    }
  return compiled->patterns;
}

/* ---- Causes ---------------------------------------------------------------------------------- */

static const struct
{
  const char *id;
  const char *pattern;
  const char *sentence;
  const char *cure;
} causes[] = {
#define CAUSE(id, pattern, sentence, cure) { id, pattern, sentence, cure },
#include "cgi/causes.def"
#undef CAUSE
};

static const char *
cause_pattern (gsize index)
{
  return causes[index].pattern;
}

static void
free_cause (gpointer data)
{
  E13CgiCause *cause = data;

  g_free (cause->line);
  g_free (cause->sentence);
  g_free (cause->cure);
  g_free (cause);
}

typedef char *(*Quote) (const char *text);

/* What stands for the word that @p begins with, and its length; NULL where it begins with none. */
static char *
value_of (const char *p, const GMatchInfo *match, const E13CgiNames *names, gsize *ret_length)
{
  const struct
  {
    const char *word;
    const char *value;
  } words[] = {
    { "{interpreter}", names->interpreter },
    { "{who}", names->who },
    { "{directory}", names->directory },
    { "{script}", names->script },
  };

  if (p[0] == '\\' && g_ascii_isdigit (p[1]))
    {
      *ret_length = 2;
      return g_match_info_fetch (match, p[1] - '0');
    }
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_has_prefix (p, words[i].word))
      {
        *ret_length = strlen (words[i].word);
        return g_strdup (words[i].value != NULL ? words[i].value : "?");
      }
  return NULL;
}

/* @template with the groups of @match and the names put in, each quoted for where it goes, and read no further: a
 * script may print anything. */
static char *
fill_in (const char *template, const GMatchInfo *match, const E13CgiNames *names, Quote quote)
{
  GString *text;

  if (template == NULL)
    return NULL;
  text = g_string_new (NULL);
  while (*template != '\0')
    {
      gsize length = 1;
      g_autofree char *value = value_of (template, match, names, &length);
      g_autofree char *quoted = value != NULL ? quote (value) : NULL;

      if (quoted != NULL)
        g_string_append (text, quoted);
      else
        g_string_append_c (text, *template);
      template += length;
    }
  return g_string_free (text, FALSE);
}

static gboolean
is_known (const GPtrArray *found, const char *id)
{
  for (guint i = 0; i < found->len; i++)
    if (strcmp (((const E13CgiCause *)found->pdata[i])->id, id) == 0)
      return TRUE;
  return FALSE;
}

static void
try_causes (GPtrArray *found, const char *line, GRegex **patterns, const E13CgiNames *names)
{
  for (gsize i = 0; i < G_N_ELEMENTS (causes); i++)
    {
      g_autoptr (GMatchInfo) match = NULL;
      E13CgiCause *cause;

      if (!g_regex_match (patterns[i], line, 0, &match))
        continue;
      if (is_known (found, causes[i].id))
        return;
      cause = g_new0 (E13CgiCause, 1);
      cause->id = causes[i].id;
      cause->line = g_strdup (line);
      cause->sentence = fill_in (causes[i].sentence, match, names, e13_quote_display);
      cause->cure = fill_in (causes[i].cure, match, names, e13_quote_shell_display);
      g_ptr_array_add (found, cause);
      return;
    }
}

GPtrArray *
e13_cgi_causes_find (const char *text, gsize size, const E13CgiNames *names)
{
  static Compiled compiled;
  GRegex **patterns = compile (&compiled, cause_pattern, G_N_ELEMENTS (causes));
  GPtrArray *found = g_ptr_array_new_with_free_func (free_cause);
  Lines lines = { text, text + size, 0 };
  char *line;

  while (found->len < MAX_FOUND && (line = next_line (&lines)) != NULL)
    {
      if (strlen (line) >= MIN_LINE)
        try_causes (found, line, patterns, names);
      g_free (line);
    }
  return found;
}

/* ---- What was refused ------------------------------------------------------------------------ */

typedef enum
{
  PLAIN,
  QUOTED,
} Form;

static const struct
{
  const char *pattern;
  Form form;
} denials[] = {
#define DENIED(pattern, form) { pattern, form },
#include "cgi/denied.def"
#undef DENIED
};

static const char *
denial_pattern (gsize index)
{
  return denials[index].pattern;
}

static void
free_denied (gpointer data)
{
  E13CgiDenied *denied = data;

  g_free (denied->path);
  g_free (denied->line);
  g_free (denied);
}

static int
error_of (const GMatchInfo *match)
{
  g_autofree char *number = g_match_info_fetch_named (match, "errno");
  g_autofree char *reason = g_match_info_fetch_named (match, "reason");

  if (number != NULL && *number != '\0')
    return (int)g_ascii_strtoull (number, NULL, 10);
  return g_strcmp0 (reason, "Permission denied") == 0 ? EACCES : ENOENT;
}

static void
try_denials (GPtrArray *found, const char *line, GRegex **patterns)
{
  for (gsize i = 0; i < G_N_ELEMENTS (denials); i++)
    {
      g_autoptr (GMatchInfo) match = NULL;
      g_autofree char *path = NULL;
      E13CgiDenied *denied;

      if (!g_regex_match (patterns[i], line, 0, &match))
        continue;
      path = g_match_info_fetch_named (match, "path");
      for (guint j = 0; j < found->len; j++)
        if (strcmp (((E13CgiDenied *)found->pdata[j])->path, path) == 0)
          return;
      denied = g_new0 (E13CgiDenied, 1);
      denied->path = denials[i].form == QUOTED ? g_strcompress (path) : g_steal_pointer (&path);
      denied->error = error_of (match);
      denied->line = g_strdup (line);
      g_ptr_array_add (found, denied);
      return;
    }
}

GPtrArray *
e13_cgi_denied_find (const char *text, gsize size)
{
  static Compiled compiled;
  GRegex **patterns = compile (&compiled, denial_pattern, G_N_ELEMENTS (denials));
  GPtrArray *found = g_ptr_array_new_with_free_func (free_denied);
  Lines lines = { text, text + size, 0 };
  char *line;

  while (found->len < MAX_FOUND && (line = next_line (&lines)) != NULL)
    {
      if (strlen (line) >= MIN_LINE)
        try_denials (found, line, patterns);
      g_free (line);
    }
  return found;
}
