/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The logs of IIS in W3C format, and those of HTTP.sys. Which column is what says the #Fields line, which may come
 * again; of lines that were pasted without it the last ones are counted. Blanks in a value are written as plus signs,
 * times are UTC. What the numbers mean is told by errno13 status. */

#include <string.h>

#include "logs/errno-words.h"
#include "logs/families.h"

#define MAX_COLUMNS 64
#define ANY (-1)

typedef enum
{
  COLUMN_DATE,
  COLUMN_TIME,
  COLUMN_METHOD,
  COLUMN_STEM,
  COLUMN_QUERY,
  COLUMN_USER,
  COLUMN_STATUS,
  COLUMN_SUBSTATUS,
  COLUMN_WIN32,
  COLUMN_REASON,
  COLUMN_QUEUE,
  N_COLUMNS,
} Column;

static const struct
{
  const char *name;
  Column column;
} names[] = {
  { "date", COLUMN_DATE },
  { "time", COLUMN_TIME },
  { "cs-method", COLUMN_METHOD },
  { "cs-uri-stem", COLUMN_STEM },
  { "cs-uri", COLUMN_STEM },
  { "cs-uri-query", COLUMN_QUERY },
  { "cs-username", COLUMN_USER },
  { "sc-status", COLUMN_STATUS },
  { "sc-substatus", COLUMN_SUBSTATUS },
  { "sc-win32-status", COLUMN_WIN32 },
  { "s-reason", COLUMN_REASON },
  { "s-queuename", COLUMN_QUEUE },
};

/* Where each column is, from 1; 0: nowhere. */
typedef struct
{
  guint8 at[N_COLUMNS];
  gboolean is_known;
} State;

/* What is a failure, and of which kind. The first row that fits counts; statuses without one are no failure that a
 * setting or a permission of the site would cure. */
static const struct
{
  gint status;
  gint sub;
  gint64 code;
  gboolean is_failure;
  E13FailureKind kind;
  int error;
} rows[] = {
  { 401, 3, ANY, TRUE, E13_FAILURE_SYSTEM, E13_EACCES },
  /* How a login begins, and how it ends for a wrong password. */
  { 401, 0, ANY, FALSE, 0, 0 },
  { 401, 1, ANY, FALSE, 0, 0 },
  { 401, 2, ANY, FALSE, 0, 0 },
  { 401, ANY, ANY, TRUE, E13_FAILURE_HTTP, 0 },
  { 403, 0, 5, TRUE, E13_FAILURE_SYSTEM, E13_EACCES },
  { 403, 0, ANY, TRUE, E13_FAILURE_HTTP, 0 },
  { 403, ANY, ANY, TRUE, E13_FAILURE_SETTING, 0 },
  { 404, 0, 2, TRUE, E13_FAILURE_SYSTEM, E13_ENOENT },
  { 404, 0, 3, TRUE, E13_FAILURE_SYSTEM, E13_ENOENT },
  { 404, 0, 5, TRUE, E13_FAILURE_SYSTEM, E13_EACCES },
  { 404, 0, ANY, FALSE, 0, 0 },
  { 404, ANY, ANY, TRUE, E13_FAILURE_SETTING, 0 },
  { 413, ANY, ANY, TRUE, E13_FAILURE_SETTING, 0 },
  { 500, 19, 5, TRUE, E13_FAILURE_SYSTEM, E13_EACCES },
  { 500, 19, 3, TRUE, E13_FAILURE_SYSTEM, E13_ENOENT },
  { 500, 19, ANY, TRUE, E13_FAILURE_SETTING, 0 },
  { 500, 0, 5, TRUE, E13_FAILURE_SYSTEM, E13_EACCES },
  { 500, ANY, ANY, TRUE, E13_FAILURE_HTTP, 0 },
  { 502, ANY, ANY, TRUE, E13_FAILURE_HTTP, 0 },
  { 503, ANY, ANY, TRUE, E13_FAILURE_HTTP, 0 },
  { 504, ANY, ANY, TRUE, E13_FAILURE_HTTP, 0 },
};

/* Why HTTP.sys sent a request away that no site has seen. */
static const struct
{
  const char *reason;
  const char *note;
} reasons[] = {
  { "AppOffline", "The application pool is offline: it was stopped, failed too often, or its account cannot log on." },
  { "AppPoolTimer", "The application pool did not take the request in time." },
  { "AppShutdown", "The application pool was ending." },
  { "ConnLimit", "The site has as many connections as it may." },
  { "Connection_Abandoned_By_ReqQueue", "The worker process ended in the middle of the request, or closed its queue." },
  { "Connection_Abandoned_By_AppPool", "The worker process ended in the middle of the request." },
  { "Disabled", "The application pool was disabled by an administrator, or by failing too often." },
  { "Forbidden", "HTTP.sys refused the request before a site saw it." },
  { "QueueFull", "The queue of the application pool is full: its requests hang." },
};

/* ---- Columns ----------------------------------------------------------------------------------------------------- */

static void
read_names (State *state, const char *text)
{
  g_auto (GStrv) words = g_strsplit (text, " ", MAX_COLUMNS);
  guint8 at = 0;

  memset (state, 0, sizeof *state);
  for (gsize i = 0; words[i] != NULL; i++)
    {
      if (*words[i] == '\0')
        continue;
      at++;
      for (gsize j = 0; j < G_N_ELEMENTS (names); j++)
        if (strcmp (words[i], names[j].name) == 0)
          state->at[names[j].column] = at;
    }
  state->is_known = state->at[COLUMN_STATUS] > 0;
}

static gboolean
is_number (const char *word)
{
  return g_ascii_isdigit (*word) && word[strspn (word, "0123456789")] == '\0';
}

static gboolean
is_status (const char *word)
{
  return strlen (word) == 3 && is_number (word) && *word >= '1' && *word <= '5';
}

/* "… HTTP/1.1 GET /x 503 1 AppOffline DefaultAppPool", of HTTP.sys without names. */
static gboolean
guess_reason (State *state, char *const *words, guint n)
{
  for (guint i = 2; i < n; i++)
    for (gsize j = 0; j < G_N_ELEMENTS (reasons); j++)
      if (strcmp (words[i], reasons[j].reason) == 0)
        {
          state->at[COLUMN_STATUS] = (guint8)(i - 1);
          state->at[COLUMN_REASON] = (guint8)(i + 1);
          state->at[COLUMN_QUEUE] = (guint8)(i + 2);
          return TRUE;
        }
  return FALSE;
}

/* Of a line without names: the method and its address stand side by side, and the status with its two numbers is
 * followed by nothing, by the time taken, or by two counts of bytes and that. */
static void
guess_columns (State *state, char *const *words, guint n)
{
  static const guint ends[] = { 4, 6, 3 };

  memset (state, 0, sizeof *state);
  for (guint i = 0; i + 1 < n && state->at[COLUMN_STEM] == 0; i++)
    if (words[i + 1][0] == '/' && *words[i] != '\0'
        && strspn (words[i], "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == strlen (words[i]))
      {
        state->at[COLUMN_METHOD] = (guint8)(i + 1);
        state->at[COLUMN_STEM] = (guint8)(i + 2);
      }
  if (state->at[COLUMN_STEM] == 0)
    return;
  state->is_known = guess_reason (state, words, n);
  for (guint i = 0; i < G_N_ELEMENTS (ends) && !state->is_known; i++)
    {
      guint first = n - ends[i];
      gboolean fits = n > state->at[COLUMN_STEM] + ends[i] && is_status (words[first]);

      for (guint j = first; fits && j < n; j++)
        fits = is_number (words[j]);
      if (!fits || strlen (words[first + 1]) > 3)
        continue;
      state->at[COLUMN_STATUS] = (guint8)(first + 1);
      state->at[COLUMN_SUBSTATUS] = (guint8)(first + 2);
      state->at[COLUMN_WIN32] = (guint8)(first + 3);
      state->is_known = TRUE;
    }
  if (n > 2 && strlen (words[0]) == 10 && words[0][4] == '-' && strlen (words[1]) == 8 && words[1][2] == ':')
    {
      state->at[COLUMN_DATE] = 1;
      state->at[COLUMN_TIME] = 2;
    }
}

/* The word in a column; NULL: there is none, or it is empty. */
static const char *
word_in (const State *state, Column column, char *const *words, guint n)
{
  guint at = state->at[column];

  return at > 0 && at <= n && strcmp (words[at - 1], "-") != 0 ? words[at - 1] : NULL;
}

static guint32
number_in (const State *state, Column column, char *const *words, guint n)
{
  const char *word = word_in (state, column, words, n);

  return word != NULL ? (guint32)MIN (g_ascii_strtoull (word, NULL, 10), G_MAXUINT32) : 0;
}

static char *
text_in (const State *state, Column column, char *const *words, guint n)
{
  const char *word = word_in (state, column, words, n);

  return word != NULL ? g_strdelimit (g_strdup (word), "+", ' ') : NULL;
}

/* ---- Failures ---------------------------------------------------------------------------------------------------- */

static gint64
time_of (const State *state, char *const *words, guint n)
{
  const char *date = word_in (state, COLUMN_DATE, words, n);
  const char *time = word_in (state, COLUMN_TIME, words, n);
  g_autofree char *text = date != NULL && time != NULL ? g_strdup_printf ("%sT%sZ", date, time) : NULL;
  g_autoptr (GDateTime) at = text != NULL ? g_date_time_new_from_iso8601 (text, NULL) : NULL;

  return at != NULL ? g_date_time_to_unix (at) * G_USEC_PER_SEC : 0;
}

/* What is said of @status; FALSE: no failure. */
static gboolean
judge (E13Failure *failure)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    if (rows[i].status == (gint)failure->http_status
        && (rows[i].sub == ANY || rows[i].sub == (gint)failure->http_substatus)
        && (rows[i].code == ANY || rows[i].code == (failure->windows_code & 0xffff)))
      {
        failure->kind = rows[i].kind;
        failure->error = rows[i].error;
        failure->operation = rows[i].error != 0 ? E13_OPERATION_READ : E13_OPERATION_UNKNOWN;
        return rows[i].is_failure;
      }
  return FALSE;
}

static gboolean
judge_reason (E13Failure *failure, const char *reason)
{
  for (gsize i = 0; i < G_N_ELEMENTS (reasons); i++)
    if (strcmp (reason, reasons[i].reason) == 0)
      {
        failure->kind = E13_FAILURE_HTTP;
        failure->note = reasons[i].note;
        return TRUE;
      }
  return FALSE;
}

static char *
url_of (const State *state, char *const *words, guint n)
{
  g_autofree char *stem = text_in (state, COLUMN_STEM, words, n);
  g_autofree char *query = text_in (state, COLUMN_QUERY, words, n);

  return stem != NULL && query != NULL ? g_strconcat (stem, "?", query, NULL) : g_steal_pointer (&stem);
}

static E13Failure *
failure_of (const State *state, char *const *words, guint n)
{
  const char *reason = word_in (state, COLUMN_REASON, words, n);
  g_autoptr (E13Failure) failure = e13_failure_new ("iis", reason != NULL ? "httperr" : "w3c");

  failure->http_status = number_in (state, COLUMN_STATUS, words, n);
  failure->http_substatus = number_in (state, COLUMN_SUBSTATUS, words, n);
  failure->windows_code = number_in (state, COLUMN_WIN32, words, n);
  if (reason != NULL ? !judge_reason (failure, reason) : !judge (failure))
    return NULL;
  failure->time = time_of (state, words, n);
  failure->url = url_of (state, words, n);
  failure->user = text_in (state, COLUMN_USER, words, n);
  failure->process = text_in (state, COLUMN_QUEUE, words, n);
  return g_steal_pointer (&failure);
}

/* Most lines of a log are of what went well: these are not taken apart. */
static gboolean
went_well (const State *state, const char *text)
{
  guint at = 1;

  while (at < state->at[COLUMN_STATUS] && (text = strchr (text, ' ')) != NULL)
    {
      text++;
      at++;
    }
  return text != NULL && *text >= '1' && *text <= '3' && g_ascii_isdigit (text[1]) && g_ascii_isdigit (text[2])
         && (text[3] == ' ' || text[3] == '\0') && state->at[COLUMN_REASON] == 0;
}

/* Has the line what its columns promise? The log ends where one has not. */
static gboolean
goes_on (const State *state, char *const *words, guint n)
{
  guint at = state->at[COLUMN_STATUS];

  return at > 0 && at <= n && (is_number (words[at - 1]) || strcmp (words[at - 1], "-") == 0);
}

static gboolean
read_line (E13LogReader *reader, gpointer data, const E13LogLine *line)
{
  static const char mark[] = "#Fields: ";
  State *state = data;
  const char *names_at = strstr (line->text, mark);
  g_auto (GStrv) words = NULL;
  State guessed;
  const State *columns = state;
  E13Failure *failure;
  guint n;

  if (names_at == line->text || (names_at != NULL && names_at == line->text + strlen ("\357\273\277")))
    {
      read_names (state, names_at + strlen (mark));
      return state->is_known;
    }
  if (*line->text == '\0' || *line->text == '#')
    return state->is_known;
  if (state->is_known && went_well (state, line->text))
    return TRUE;
  words = g_strsplit (line->text, " ", MAX_COLUMNS);
  n = g_strv_length (words);
  state->is_known = state->is_known && goes_on (state, words, n);
  if (!state->is_known)
    {
      guess_columns (&guessed, words, n);
      columns = &guessed;
    }
  if (columns->is_known && (failure = failure_of (columns, words, n)) != NULL)
    e13_log_reader_found (reader, failure, line);
  return state->is_known;
}

/* The second to fifth stand in lines of the usual columns. */
static const char *const needles[] = { "#Fields: ", "Mozilla/5.0+", "- 80 - ",   " 443 - ",    " HTTP/1.1 GET /",
                                       " POST /",   " HEAD /",      " DELETE /", " OPTIONS /", NULL };

const E13LogFamily e13_log_iis = {
  .name = "iis",
  .read = read_line,
  .needles = needles,
  .state_size = sizeof (State),
};
