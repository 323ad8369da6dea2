/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "iis/status-query.h"

#include <string.h>

#include "base/error.h"
#include "base/quote.h"
#include "policy/nearest.h"

#define N_NEAREST 3

/* What stands around codes on error pages, in messages and on command lines. */
#define AROUND " \t\r\n,;:()[]'\"<>"

typedef enum
{
  WORD_STATUS, /* 404, 404.2 */
  WORD_NUMBER, /* a small one: an error of Windows, an errno, or a status */
  WORD_LARGE,  /* an HRESULT */
  WORD_NAME,   /* ERROR_X, EACCES */
} WordKind;

typedef struct
{
  WordKind kind;
  const char *text;
  guint32 number; /* of NUMBER and LARGE; the status of STATUS */
  gint sub;
} Word;

/* Which kinds of errors a word before it limits a number to; all where there is none. */
typedef enum
{
  HINT_NONE,
  HINT_HTTP,
  HINT_WIN32,
  HINT_ERRNO,
} Hint;

/* Words that people and pages put before a code. */
static const struct
{
  const char *word;
  Hint hint;
} hints[] = {
  { "errno", HINT_ERRNO },  { "oserror", HINT_ERRNO }, { "win32", HINT_WIN32 }, { "winerror", HINT_WIN32 },
  { "hresult", HINT_NONE }, { "http", HINT_HTTP },     { "status", HINT_HTTP }, { "error", HINT_NONE },
  { "code", HINT_NONE },    { "iis", HINT_HTTP },      { "-", HINT_NONE },      { "and", HINT_NONE },
  { "with", HINT_NONE },
};

void
e13_status_answer_free (E13StatusAnswer *answer)
{
  if (answer == NULL)
    return;
  g_free (answer->text);
  g_ptr_array_unref (answer->found);
  g_ptr_array_unref (answer->nearest);
  g_free (answer);
}

/* ---- Words ------------------------------------------------------------------------------------------------------- */

static gboolean
is_hint (const char *text, Hint *hint)
{
  for (gsize i = 0; i < G_N_ELEMENTS (hints); i++)
    if (g_ascii_strcasecmp (text, hints[i].word) == 0)
      {
        if (hints[i].hint != HINT_NONE)
          *hint = hints[i].hint;
        return TRUE;
      }
  return FALSE;
}

/* "404", "404.2" */
static gboolean
read_status (const char *text, Word *word)
{
  g_auto (GStrv) parts = g_strsplit (text, ".", 3);
  guint64 status = 0, sub = 0;
  guint n = g_strv_length (parts);

  if (n < 1 || n > 2 || !g_ascii_string_to_unsigned (parts[0], 10, 100, 599, &status, NULL)
      || (n == 2 && !g_ascii_string_to_unsigned (parts[1], 10, 0, 9999, &sub, NULL)))
    return FALSE;
  word->kind = n == 2 ? WORD_STATUS : WORD_NUMBER;
  word->number = (guint32)status;
  word->sub = n == 2 ? (gint)sub : -1;
  return TRUE;
}

static gboolean
is_hex (const char *text)
{
  return *text != '\0' && strspn (text, "0123456789abcdefABCDEF") == strlen (text);
}

/* "0x80070005", "80070005", "5", "-2147024891" */
static gboolean
read_number (const char *text, Word *word)
{
  guint64 number = 0;
  gint64 negative = 0;

  if (g_ascii_strncasecmp (text, "0x", 2) == 0)
    {
      if (!g_ascii_string_to_unsigned (text + 2, 16, 0, G_MAXUINT32, &number, NULL))
        return FALSE;
    }
  else if (strlen (text) == 8 && is_hex (text) && strchr ("89cC", text[0]) != NULL)
    number = g_ascii_strtoull (text, NULL, 16);
  else if (text[0] == '-')
    {
      if (!g_ascii_string_to_signed (text, 10, G_MININT32, -1, &negative, NULL))
        return FALSE;
      number = (guint32)negative;
    }
  else if (!g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT32, &number, NULL))
    return FALSE;
  word->number = (guint32)number;
  word->kind = number > G_MAXUINT16 ? WORD_LARGE : WORD_NUMBER;
  return TRUE;
}

static gboolean
read_name (const char *text, Word *word)
{
  word->kind = WORD_NAME;
  return g_ascii_isalpha (text[0]) && strlen (text) > 1
         && strspn (text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_") == strlen (text);
}

/* ---- Meanings ---------------------------------------------------------------------------------------------------- */

static void
add (GPtrArray *found, const E13Status *status)
{
  if (status != NULL && !g_ptr_array_find (found, status, NULL))
    g_ptr_array_add (found, (gpointer)status);
}

static void
add_large (GPtrArray *found, guint32 hresult)
{
  for (gsize i = 0; i < e13_n_statuses; i++)
    if (e13_statuses[i].kind == E13_STATUS_DETAIL && e13_statuses[i].code == hresult)
      add (found, &e13_statuses[i]);
  add (found, e13_status_hresult (hresult));
}

static void
add_number (GPtrArray *found, guint32 number, Hint hint)
{
  if (hint == HINT_NONE || hint == HINT_HTTP)
    add (found, e13_status_http (number, -1));
  if (hint == HINT_NONE || hint == HINT_ERRNO)
    add (found, e13_status_errno (number));
  if (hint == HINT_NONE || hint == HINT_WIN32)
    add (found, e13_status_win32 (number));
}

static void
add_meanings (GPtrArray *found, const Word *word, Hint hint)
{
  switch (word->kind)
    {
    case WORD_STATUS:
      add (found, e13_status_http (word->number, word->sub));
      break;
    case WORD_NUMBER:
      add_number (found, word->number, hint);
      break;
    case WORD_LARGE:
      add_large (found, word->number);
      break;
    case WORD_NAME:
      add (found, e13_status_symbol (word->text));
      break;
    }
}

/* The code that a status may stand together with: an HRESULT, or a number or name that can be no status. */
static gboolean
is_detail (const Word *word, guint32 *ret_code)
{
  const E13Status *named = word->kind == WORD_NAME ? e13_status_symbol (word->text) : NULL;

  *ret_code = named != NULL && named->kind == E13_STATUS_WIN32 ? named->code : word->number;
  return word->kind == WORD_LARGE || (word->kind == WORD_NUMBER && e13_status_win32 (word->number) != NULL)
         || (named != NULL && named->kind == E13_STATUS_WIN32);
}

/* ---- What it may have been meant to be --------------------------------------------------------------------------- */

static void
add_nearest_names (GPtrArray *nearest, const char *text)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (gsize i = 0; i < e13_n_statuses; i++)
    if (e13_statuses[i].symbol != NULL)
      g_ptr_array_add (names, (gpointer)e13_statuses[i].symbol);
  g_ptr_array_add (names, NULL);
  add (nearest, e13_status_symbol (e13_nearest (text, (const char *const *)names->pdata)));
}

/* Of two that may_be() lets through. */
static guint32
distance (const E13Status *status, const Word *word)
{
  guint32 of_it = word->kind == WORD_STATUS         ? (guint32)MAX (status->sub, 0)
                  : status->kind == E13_STATUS_HTTP ? status->status
                                                    : status->code;
  guint32 of_word = word->kind == WORD_STATUS ? (guint32)word->sub : word->number;

  return MAX (of_it, of_word) - MIN (of_it, of_word);
}

/* Is it one of those that @word could be? */
static gboolean
may_be (const E13Status *status, const Word *word, Hint hint)
{
  if (word->kind == WORD_STATUS)
    return status->kind == E13_STATUS_HTTP && status->status == word->number;
  if (word->kind == WORD_LARGE)
    return status->kind == E13_STATUS_HRESULT;
  if (status->kind == E13_STATUS_HTTP)
    return status->sub < 0 && word->number >= 100 && word->number <= 599 && hint != HINT_WIN32 && hint != HINT_ERRNO;
  return (status->kind == E13_STATUS_WIN32 && hint != HINT_ERRNO && hint != HINT_HTTP)
         || (status->kind == E13_STATUS_ERRNO && hint != HINT_WIN32 && hint != HINT_HTTP);
}

static void
add_nearest_numbers (GPtrArray *nearest, const Word *word, Hint hint)
{
  for (guint n = 0; n < N_NEAREST; n++)
    {
      const E13Status *best = NULL;

      for (gsize i = 0; i < e13_n_statuses; i++)
        if (may_be (&e13_statuses[i], word, hint) && !g_ptr_array_find (nearest, &e13_statuses[i], NULL)
            && (best == NULL || distance (&e13_statuses[i], word) < distance (best, word)))
          best = &e13_statuses[i];
      add (nearest, best);
    }
}

static void
add_nearest (GPtrArray *nearest, const Word *word, Hint hint)
{
  guint32 number;
  Word win32 = *word;

  if (word->kind == WORD_NAME)
    {
      add_nearest_names (nearest, word->text);
      return;
    }
  /* 404.99 is a kind of 404. */
  if (word->kind == WORD_STATUS)
    add (nearest, e13_status_http (word->number, -1));
  if (word->kind == WORD_LARGE && e13_hresult_is_win32 (word->number, &number))
    {
      win32.kind = WORD_NUMBER;
      win32.number = number;
      hint = HINT_WIN32;
    }
  add_nearest_numbers (nearest, &win32, hint);
}

/* ---- Asking ------------------------------------------------------------------------------------------------------ */

typedef struct
{
  Word word;
  Hint hint;
} Asked;

/* "404.2.1260", as people join what stands in three columns of a log. */
static gboolean
read_joined (const char *text, GArray *asked)
{
  const char *last = strrchr (text, '.');
  g_autofree char *head = last != NULL ? g_strndup (text, (gsize)(last - text)) : NULL;
  Asked status = { { .sub = -1 }, HINT_HTTP };
  Asked code = { { .text = text, .sub = -1 }, HINT_WIN32 };

  if (head == NULL || !read_status (head, &status.word) || status.word.kind != WORD_STATUS
      || !read_number (last + 1, &code.word))
    return FALSE;
  status.word.text = text;
  g_array_append_val (asked, status);
  g_array_append_val (asked, code);
  return TRUE;
}

static gboolean
read_words (char **texts, GArray *asked, GError **error)
{
  Hint hint = HINT_NONE;

  for (gsize i = 0; texts[i] != NULL; i++)
    {
      Asked one = { { .text = texts[i], .sub = -1 }, HINT_NONE };

      if (texts[i][0] == '\0' || is_hint (texts[i], &hint) || read_joined (texts[i], asked))
        continue;
      one.hint = hint;
      hint = HINT_NONE;
      if (!read_status (texts[i], &one.word) && !read_number (texts[i], &one.word) && !read_name (texts[i], &one.word))
        {
          g_autofree char *shown = e13_quote_display (texts[i]);

          return e13_throw (
              error, E13_ERROR_USAGE,
              "'%s' is no code: a status (404.2), an HRESULT (0x8007000d), an error of Windows or an errno, by "
              "number or name",
              shown);
        }
      g_array_append_val (asked, one);
    }
  return asked->len > 0
         || e13_throw (error, E13_ERROR_USAGE, "there is no code: errno13 status 404.2 shows one, errno13 status all");
}

/* "401 3 5", the last but one columns of a log. */
static gboolean
is_log_triple (const GArray *asked, guint at)
{
  const Word *words[3];

  if (asked->len != at + 3 || at != 0)
    return FALSE;
  for (guint i = 0; i < 3; i++)
    {
      const Asked *one = &g_array_index (asked, Asked, at + i);

      words[i] = &one->word;
      if (one->hint != HINT_NONE || (one->word.kind != WORD_NUMBER && (i < 2 || one->word.kind != WORD_LARGE)))
        return FALSE;
    }
  return words[0]->number >= 400 && words[0]->number <= 599 && words[1]->number <= 999;
}

static E13StatusAnswer *
answer_new (char *text)
{
  E13StatusAnswer *answer = g_new0 (E13StatusAnswer, 1);

  answer->text = text;
  answer->found = g_ptr_array_new ();
  answer->nearest = g_ptr_array_new ();
  return answer;
}

static E13StatusAnswer *
answer_one (const Asked *asked)
{
  E13StatusAnswer *answer = answer_new (g_strdup (asked->word.text));

  add_meanings (answer->found, &asked->word, asked->hint);
  if (answer->found->len == 0)
    add_nearest (answer->nearest, &asked->word, asked->hint);
  return answer;
}

/* @status together with @code: what is known of both at once, else of each. */
static E13StatusAnswer *
answer_pair (char *text, guint status, gint sub, guint32 code)
{
  const E13Status *both = e13_status_detail (status, sub, code);
  E13StatusAnswer *answer = answer_new (text);

  if (both == NULL && sub == 0)
    both = e13_status_detail (status, -1, code);
  add (answer->found, both);
  if (both != NULL)
    return answer;
  add (answer->found, e13_status_http_nearest (status, sub));
  if (code > G_MAXUINT16)
    add_large (answer->found, code);
  else if (code != 0)
    add (answer->found, e13_status_win32 (code));
  return answer;
}

static guint
answer_next (const GArray *asked, guint at, GPtrArray *answers)
{
  const Asked *one = &g_array_index (asked, Asked, at);
  const Asked *next = at + 1 < asked->len ? &g_array_index (asked, Asked, at + 1) : NULL;
  const Asked *last = at + 2 < asked->len ? &g_array_index (asked, Asked, at + 2) : NULL;
  guint32 code;

  if (is_log_triple (asked, at))
    {
      char *text = g_strdup_printf ("%s %s %s", one->word.text, next->word.text, last->word.text);

      g_ptr_array_add (answers, answer_pair (text, one->word.number, (gint)next->word.number, last->word.number));
      return 3;
    }
  if (one->word.kind == WORD_STATUS && e13_status_http (one->word.number, one->word.sub) != NULL && next != NULL
      && next->hint != HINT_ERRNO && is_detail (&next->word, &code))
    {
      char *text = one->word.text == next->word.text ? g_strdup (one->word.text)
                                                     : g_strdup_printf ("%s %s", one->word.text, next->word.text);

      g_ptr_array_add (answers, answer_pair (text, one->word.number, one->word.sub, code));
      return 2;
    }
  g_ptr_array_add (answers, answer_one (one));
  return 1;
}

GPtrArray *
e13_status_ask (const char *const *words, GError **error)
{
  g_autofree char *line = g_strjoinv (" ", (char **)words);
  g_auto (GStrv) texts = g_strsplit_set (line, AROUND, -1);
  g_autoptr (GArray) asked = g_array_new (FALSE, FALSE, sizeof (Asked));
  GPtrArray *answers;

  if (!read_words (texts, asked, error))
    return NULL;
  answers = g_ptr_array_new_with_free_func ((GDestroyNotify)e13_status_answer_free);
  for (guint at = 0; at < asked->len;)
    at += answer_next (asked, at, answers);
  return answers;
}
