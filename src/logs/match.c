/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "logs/match.h"

#include <string.h>

#include "logs/errno-words.h"
#include "logs/needles.h"
#include "logs/unescape.h"

/* No line has more failures than that. */
#define MAX_MATCHES 64

typedef struct
{
  const E13LogFamily *family;
  const E13LogPattern *pattern;
  gint needle;   /* its index; -1: a word for an errno */
  GRegex *regex; /* NULL until it is needed */
} Row;

typedef struct
{
  int begin;
  int end;
} Span;

struct E13LogMatcher
{
  GArray *rows;     /* of Row, family by family */
  GPtrArray *words; /* of const char *: those for an errno first */
  guint n_errno_words;
  E13Needles *needles; /* all of the words */
  gboolean *marks;
  GPtrArray *anchors; /* of const char *: those that no line that is worth a look is without */
  E13Needles *search;
};

static const E13LogWord common_words[] = {
#define WORD(word, operation) { word, E13_OPERATION_##operation },
#include "logs/operations.def"
#undef WORD
};

/* ---- The table of what is searched for ------------------------------------------------------- */

static gint
index_of_word (E13LogMatcher *matcher, const char *word)
{
  guint index;

  if (!g_ptr_array_find_with_equal_func (matcher->words, word, g_str_equal, &index))
    {
      index = matcher->words->len;
      g_ptr_array_add (matcher->words, (gpointer)word);
    }
  return (gint)index;
}

static void
add_family (E13LogMatcher *matcher, const E13LogFamily *family)
{
  for (const E13LogPattern *pattern = family->patterns; pattern != NULL && pattern->id != NULL; pattern++)
    {
      Row row = { .family = family, .pattern = pattern, .needle = -1 };

      if (pattern->needle != NULL)
        row.needle = index_of_word (matcher, pattern->needle);
      if (pattern->needle != NULL && !pattern->names_errno)
        g_ptr_array_add (matcher->anchors, (gpointer)pattern->needle);
      g_array_append_val (matcher->rows, row);
    }
  for (const char *const *needle = family->needles; needle != NULL && *needle != NULL; needle++)
    g_ptr_array_add (matcher->anchors, (gpointer)*needle);
}

static void
clear_row (gpointer data)
{
  Row *row = data;

  g_clear_pointer (&row->regex, g_regex_unref);
}

E13LogMatcher *
e13_log_matcher_new (const E13LogFamily *only)
{
  E13LogMatcher *matcher = g_new0 (E13LogMatcher, 1);

  matcher->rows = g_array_new (FALSE, FALSE, sizeof (Row));
  g_array_set_clear_func (matcher->rows, clear_row);
  matcher->words = g_ptr_array_new ();
  matcher->anchors = g_ptr_array_new ();
  for (const char *const *needle = e13_errno_needles (); *needle != NULL; needle++)
    {
      g_ptr_array_add (matcher->words, (gpointer)*needle);
      g_ptr_array_add (matcher->anchors, (gpointer)*needle);
    }
  matcher->n_errno_words = matcher->words->len;
  for (gsize i = 0; e13_log_families[i] != NULL; i++)
    if (only == NULL || only == e13_log_families[i])
      add_family (matcher, e13_log_families[i]);
  matcher->needles = e13_needles_new ((const char *const *)matcher->words->pdata, matcher->words->len);
  matcher->marks = g_new0 (gboolean, matcher->words->len);
  matcher->search = e13_needles_new ((const char *const *)matcher->anchors->pdata, matcher->anchors->len);
  return matcher;
}

void
e13_log_matcher_free (E13LogMatcher *matcher)
{
  if (matcher == NULL)
    return;
  e13_needles_free (matcher->needles);
  e13_needles_free (matcher->search);
  g_ptr_array_unref (matcher->anchors);
  g_array_unref (matcher->rows);
  g_ptr_array_unref (matcher->words);
  g_free (matcher->marks);
  g_free (matcher);
}

const char *
e13_log_matcher_find (const E13LogMatcher *matcher, const char *text, gsize length)
{
  return e13_needles_find (matcher->search, text, length);
}

gboolean
e13_log_matcher_wants (const E13LogFamily *family, const char *text)
{
  for (const char *const *needle = family->needles; needle != NULL && *needle != NULL; needle++)
    if (strstr (text, *needle) != NULL)
      return TRUE;
  return FALSE;
}

/* ---- One match ------------------------------------------------------------------------------- */

E13Operation
e13_operation_from_word (const E13LogFamily *family, const char *word, gsize length)
{
  for (const E13LogWord *own = family->words; own != NULL && own->word != NULL; own++)
    if (strlen (own->word) == length && g_ascii_strncasecmp (own->word, word, length) == 0)
      return own->operation;
  for (gsize i = 0; i < G_N_ELEMENTS (common_words); i++)
    if (strlen (common_words[i].word) == length && g_ascii_strncasecmp (common_words[i].word, word, length) == 0)
      return common_words[i].operation;
  return E13_OPERATION_UNKNOWN;
}

/* A group that took part in the match; NULL. */
static char *
fetch (GMatchInfo *match, const char *group)
{
  int begin;
  int end;

  if (!g_match_info_fetch_named_pos (match, group, &begin, &end) || begin < 0)
    return NULL;
  return g_strndup (g_match_info_get_string (match) + begin, (gsize)(end - begin));
}

static char *
fetch_path (GMatchInfo *match, const char *group, E13LogEscape escape)
{
  g_autofree char *written = fetch (match, group);

  return written != NULL ? e13_unescape (escape, written, strlen (written)) : NULL;
}

static int
error_of (GMatchInfo *match, const E13LogPattern *pattern, E13Failure *failure)
{
  g_autofree char *code = fetch (match, "code");
  g_autofree char *text = fetch (match, "text");
  g_autofree char *windows = fetch (match, "windows");
  int error = 0;

  if (windows != NULL)
    {
      failure->windows_code = (guint32)g_ascii_strtoull (windows, NULL, 0);
      error = e13_errno_from_windows (failure->windows_code);
    }
  if (error == 0 && code != NULL)
    error = e13_errno_from_word (code);
  if (error == 0 && text != NULL)
    error = e13_errno_from_word (text);
  return error != 0 ? error : pattern->error;
}

/* "404.2", or "404,2". */
static void
take_status (GMatchInfo *match, E13Failure *failure)
{
  g_autofree char *http = fetch (match, "http");
  char *rest = NULL;

  if (http == NULL)
    return;
  failure->http_status = (guint)g_ascii_strtoull (http, &rest, 10);
  failure->http_substatus = *rest != '\0' ? (guint)g_ascii_strtoull (rest + 1, NULL, 10) : 0;
}

static E13Operation
operation_of (GMatchInfo *match, const Row *row)
{
  g_autofree char *word = fetch (match, "op");
  E13Operation operation
      = word != NULL ? e13_operation_from_word (row->family, word, strlen (word)) : E13_OPERATION_UNKNOWN;

  return operation != E13_OPERATION_UNKNOWN ? operation : row->pattern->operation;
}

static E13Failure *
failure_of (GMatchInfo *match, const Row *row)
{
  const E13LogPattern *pattern = row->pattern;
  g_autoptr (E13Failure) failure = e13_failure_new (row->family->name, pattern->id);
  g_autofree char *pid = fetch (match, "pid");

  failure->error = error_of (match, pattern, failure);
  if (failure->error < 0)
    return NULL;
  take_status (match, failure);
  failure->operation = operation_of (match, row);
  failure->kind = pattern->kind;
  failure->note = pattern->note;
  failure->path = fetch_path (match, "path", pattern->escape);
  failure->second_path = fetch_path (match, "path2", pattern->escape);
  failure->directory = fetch_path (match, "directory", pattern->escape);
  failure->label
      = fetch_path (match, "label", pattern->escape == E13_ESCAPE_AUDIT ? E13_ESCAPE_AUDIT : E13_ESCAPE_NONE);
  failure->script = fetch (match, "script");
  failure->url = fetch (match, "url");
  failure->user = fetch (match, "user");
  failure->process
      = fetch_path (match, "process", pattern->escape == E13_ESCAPE_AUDIT ? E13_ESCAPE_AUDIT : E13_ESCAPE_NONE);
  failure->pid = pid != NULL ? (guint32)g_ascii_strtoull (pid, NULL, 10) : 0;
  return g_steal_pointer (&failure);
}

/* ---- A line ---------------------------------------------------------------------------------- */

static gboolean
is_taken (const GArray *spans, int begin, int end)
{
  for (guint i = 0; i < spans->len; i++)
    if (begin < g_array_index (spans, Span, i).end && g_array_index (spans, Span, i).begin < end)
      return TRUE;
  return FALSE;
}

static gboolean
is_known (const GPtrArray *failures, const E13Failure *failure)
{
  for (guint i = 0; i < failures->len; i++)
    {
      const E13Failure *other = failures->pdata[i];

      if (failure->path == NULL && (failure->error == other->error || failure->error == 0))
        return TRUE; /* the same again, in fewer words */
      if (other->error == failure->error && g_strcmp0 (other->path, failure->path) == 0
          && g_strcmp0 (other->second_path, failure->second_path) == 0)
        return TRUE;
    }
  return FALSE;
}

static void
match_row (Row *row, const char *text, GArray *spans, GPtrArray *failures)
{
  g_autoptr (GMatchInfo) match = NULL;

  if (row->regex == NULL)
    row->regex = g_regex_new (row->pattern->regex,
                              G_REGEX_RAW | G_REGEX_OPTIMIZE | G_REGEX_MULTILINE | G_REGEX_DUPNAMES, 0, NULL);
  for (g_regex_match (row->regex, text, 0, &match); g_match_info_matches (match) && failures->len < MAX_MATCHES;
       g_match_info_next (match, NULL))
    {
      g_autoptr (E13Failure) failure = NULL;
      Span span;

      g_match_info_fetch_pos (match, 0, &span.begin, &span.end);
      if (is_taken (spans, span.begin, span.end) || (failure = failure_of (match, row)) == NULL)
        continue;
      g_array_append_val (spans, span);
      if (!is_known (failures, failure))
        g_ptr_array_add (failures, g_steal_pointer (&failure));
    }
}

static gboolean
is_marked (const E13LogMatcher *matcher, const Row *row)
{
  if (row->needle >= 0)
    return matcher->marks[row->needle];
  for (guint i = 0; i < matcher->n_errno_words; i++)
    if (matcher->marks[i])
      return TRUE;
  return FALSE;
}

void
e13_log_matcher_match (E13LogMatcher *matcher, const char *text, E13Matches *ret_matches)
{
  g_autoptr (GArray) spans = g_array_new (FALSE, FALSE, sizeof (Span));

  *ret_matches = (E13Matches){ NULL, g_ptr_array_new_with_free_func ((GDestroyNotify)e13_failure_free) };
  e13_needles_mark (matcher->needles, text, strlen (text), matcher->marks);
  for (guint i = 0; i < matcher->rows->len; i++)
    {
      Row *row = &g_array_index (matcher->rows, Row, i);

      if (ret_matches->family != NULL && ret_matches->family != row->family)
        break;
      if (!is_marked (matcher, row))
        continue;
      match_row (row, text, spans, ret_matches->failures);
      if (ret_matches->failures->len > 0)
        ret_matches->family = row->family;
    }
}

void
e13_matches_clear (E13Matches *matches)
{
  g_clear_pointer (&matches->failures, g_ptr_array_unref);
}
