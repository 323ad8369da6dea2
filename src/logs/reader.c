/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "logs/reader.h"

#include <string.h>

#include "logs/layers.h"
#include "logs/match.h"
#include "logs/stamp.h"

/* The buffer holds lines that were read already, as far back as before() may look, and those that are to be read. */
#define BUFFER (256 * 1024)
#define HISTORY (16 * 1024)
#define MAX_LINE (64 * 1024)
/* So many lines before and after a failure may belong to it. */
#define MAX_BEFORE 8
#define MAX_AFTER 80

typedef struct
{
  const E13LogFamily *family;
  gpointer state;
  gboolean wants_all;
} Column;

struct E13LogReader
{
  E13FailureFunc found;
  gpointer data;
  E13LogMatcher *matcher;
  GArray *columns; /* of Column: families with a read() */
  guint n_wanting;
  char *buffer;
  gsize done; /* history ends here */
  gsize size;
  guint64 lines;

  /* The last failure, as long as lines after it may belong to it. */
  E13Failure *pending;
  const E13LogFamily *pending_family;
  guint n_after;

  /* Of the line that is being read. */
  const char *raw;
  gsize raw_length;
  const E13Peeled *peeled;
  char *instead; /* what is read in its place; NULL */
};

/* Where before() looks: lines that end at @line, none before @begin. */
typedef struct
{
  const char *begin;
  const char *line;
  guint64 number;
} Past;

E13LogReader *
e13_log_reader_new (E13FailureFunc found, gpointer data)
{
  E13LogReader *reader = g_new0 (E13LogReader, 1);

  reader->found = found;
  reader->data = data;
  reader->buffer = g_malloc (BUFFER);
  reader->columns = g_array_new (FALSE, TRUE, sizeof (Column));
  e13_log_reader_limit (reader, NULL);
  return reader;
}

static void
clear_columns (E13LogReader *reader)
{
  for (guint i = 0; i < reader->columns->len; i++)
    {
      Column *column = &g_array_index (reader->columns, Column, i);

      if (column->family->clear != NULL)
        column->family->clear (column->state);
      g_free (column->state);
    }
  g_array_set_size (reader->columns, 0);
  reader->n_wanting = 0;
}

void
e13_log_reader_limit (E13LogReader *reader, const E13LogFamily *family)
{
  clear_columns (reader);
  e13_log_matcher_free (reader->matcher);
  reader->matcher = e13_log_matcher_new (family);
  for (gsize i = 0; e13_log_families[i] != NULL; i++)
    if (e13_log_families[i]->read != NULL && (family == NULL || family == e13_log_families[i]))
      {
        Column column = { e13_log_families[i], g_malloc0 (MAX (1, e13_log_families[i]->state_size)), FALSE };

        g_array_append_val (reader->columns, column);
      }
}

void
e13_log_reader_free (E13LogReader *reader)
{
  if (reader == NULL)
    return;
  e13_failure_free (reader->pending);
  clear_columns (reader);
  g_array_unref (reader->columns);
  e13_log_matcher_free (reader->matcher);
  g_free (reader->buffer);
  g_free (reader);
}

guint64
e13_log_reader_lines (const E13LogReader *reader)
{
  return reader->lines;
}

/* The last of @byte before @end; NULL: none from @begin on. */
static const char *
find_back (const char *begin, const char *end, char byte)
{
  while (end > begin)
    if (*--end == byte)
      return end;
  return NULL;
}

/* ---- Failures -------------------------------------------------------------------------------- */

static void
flush_pending (E13LogReader *reader)
{
  if (reader->pending != NULL)
    reader->found (g_steal_pointer (&reader->pending), reader->data);
}

static void
report (E13LogReader *reader, const E13LogFamily *family, E13Failure *failure, guint64 number)
{
  flush_pending (reader);
  if (failure->line == 0)
    failure->line = number;
  if (failure->time == 0 && reader->raw != NULL)
    failure->time = e13_stamp_find (reader->raw, reader->raw_length, g_get_real_time ());
  if (failure->process == NULL && reader->peeled != NULL)
    failure->process = g_strdup (reader->peeled->process);
  if (failure->pid == 0 && reader->peeled != NULL)
    failure->pid = reader->peeled->pid;
  if (family == NULL || family->more == NULL)
    {
      reader->found (failure, reader->data);
      return;
    }
  reader->pending = failure;
  reader->pending_family = family;
  reader->n_after = 0;
}

void
e13_log_reader_found (E13LogReader *reader, E13Failure *failure, const E13LogLine *line)
{
  report (reader, NULL, failure, line->number);
}

void
e13_log_reader_instead (E13LogReader *reader, const char *text)
{
  g_free (reader->instead);
  reader->instead = g_strdup (text);
}

/* A message of several lines has the time in the first. */
static void
look_back (E13LogReader *reader, const E13LogFamily *family, E13Failure *failure, const Past *past)
{
  const char *line = past->line;
  gboolean asks = family->before != NULL;

  if (reader->raw != NULL)
    failure->time = e13_stamp_find (reader->raw, reader->raw_length, g_get_real_time ());
  for (guint n = 1; n <= MAX_BEFORE && line > past->begin && (asks || failure->time == 0); n++)
    {
      const char *end = line - 1;
      const char *begin = find_back (past->begin, end, '\n');
      g_auto (E13Peeled) peeled = { 0 };
      E13LogLine before;

      begin = begin != NULL ? begin + 1 : past->begin;
      line = begin;
      if (end - begin > MAX_LINE)
        break;
      if (asks)
        {
          e13_layers_peel (begin, (gsize)(end - begin), &peeled);
          before = (E13LogLine){ peeled.text, strlen (peeled.text), past->number - n };
          asks = family->before (failure, &before);
        }
      if (failure->time == 0)
        failure->time = e13_stamp_find (begin, (gsize)(end - begin), g_get_real_time ());
    }
}

static gboolean
take_match (E13LogReader *reader, const char *text, const Past *past)
{
  g_auto (E13Matches) matches = { 0 };

  e13_log_matcher_match (reader->matcher, text, &matches);
  for (guint i = 0; i < matches.failures->len; i++)
    {
      E13Failure *failure = g_steal_pointer (&matches.failures->pdata[i]);

      look_back (reader, matches.family, failure, past);
      report (reader, matches.family, failure, past->number);
    }
  return matches.failures->len > 0;
}

/* ---- Lines ----------------------------------------------------------------------------------- */

static void
ask_columns (E13LogReader *reader, const E13LogLine *line)
{
  for (guint i = 0; i < reader->columns->len; i++)
    {
      Column *column = &g_array_index (reader->columns, Column, i);

      if (!column->wants_all && !e13_log_matcher_wants (column->family, line->text))
        continue;
      reader->n_wanting -= column->wants_all;
      column->wants_all = column->family->read (reader, column->state, line);
      reader->n_wanting += column->wants_all;
    }
}

/* Is the line part of the failure before it? */
static gboolean
belongs_to_pending (E13LogReader *reader, const E13LogLine *line)
{
  if (reader->pending == NULL)
    return FALSE;
  if (reader->n_after++ < MAX_AFTER && reader->pending_family->more (reader->pending, line))
    return TRUE;
  flush_pending (reader);
  return FALSE;
}

/* Several lines in one, as they were before something made one of them. */
static void
read_block (E13LogReader *reader, const char *block, guint64 number)
{
  const char *line = block;

  while (*line != '\0')
    {
      gsize length = strcspn (line, "\n");
      g_autofree char *text = g_strndup (line, length);
      E13LogLine inner = { text, length, number };
      Past past = { block, line, number };

      if (!belongs_to_pending (reader, &inner))
        take_match (reader, text, &past);
      line += length + (line[length] == '\n');
    }
}

static void
read_json (E13LogReader *reader, const char *text, guint64 number)
{
  const char *at = text;
  char *string;

  while ((string = e13_layers_next_string (&at)) != NULL)
    {
      if (e13_log_matcher_find (reader->matcher, string, strlen (string)) != NULL)
        {
          g_auto (E13Peeled) inner = { 0 };

          e13_layers_peel (string, strlen (string), &inner);
          read_block (reader, inner.text, number);
        }
      g_free (string);
    }
  flush_pending (reader);
}

/* @text: without its end; NUL bytes in it are spaces from now on. */
static void
read_line (E13LogReader *reader, const char *text, gsize length, const Past *past)
{
  g_auto (E13Peeled) peeled = { 0 };
  g_autofree char *line = g_memdup2 (text, length + 1);
  E13LogLine inner;

  line[length] = '\0';
  for (char *nul = line; (nul = memchr (nul, '\0', (gsize)(line + length - nul))) != NULL;)
    *nul = ' ';
  if (length > 0 && line[length - 1] == '\r')
    line[--length] = '\0';
  if (reader->columns->len > 0)
    {
      inner = (E13LogLine){ line, length, past->number };
      ask_columns (reader, &inner);
      if (reader->instead != NULL)
        {
          g_free (line);
          line = g_steal_pointer (&reader->instead);
          length = strlen (line);
        }
      if (reader->pending == NULL && e13_log_matcher_find (reader->matcher, line, length) == NULL)
        return;
    }
  e13_layers_peel (line, length, &peeled);
  inner = (E13LogLine){ peeled.text, strlen (peeled.text), past->number };
  reader->raw = line;
  reader->raw_length = length;
  reader->peeled = &peeled;
  if (!belongs_to_pending (reader, &inner))
    {
      if (peeled.is_json)
        read_json (reader, peeled.text, past->number);
      else if (strchr (peeled.text, '\n') != NULL)
        read_block (reader, peeled.text, past->number);
      else
        take_match (reader, peeled.text, past);
    }
  reader->raw = NULL;
  reader->peeled = NULL;
}

/* ---- The stream ------------------------------------------------------------------------------ */

/* Eight bytes at a time: a bit of each that is no newline stays set. */
static guint64
count_lines (const char *begin, const char *end)
{
  const guint64 low = G_GUINT64_CONSTANT (0x7f7f7f7f7f7f7f7f);
  guint64 n = 0;

  for (; end - begin >= (gssize)sizeof (guint64); begin += sizeof (guint64))
    {
      guint64 bytes;

      memcpy (&bytes, begin, sizeof bytes);
      bytes ^= G_GUINT64_CONSTANT (0x0a0a0a0a0a0a0a0a);
      bytes = ~(((bytes & low) + low) | bytes | low);
      n += (bytes >> 7) * G_GUINT64_CONSTANT (0x0101010101010101) >> 56;
    }
  for (; begin < end; begin++)
    n += *begin == '\n';
  return n;
}

static const char *
end_of_line (const char *at, const char *end)
{
  const char *newline = memchr (at, '\n', (gsize)(end - at));

  return newline != NULL ? newline : end;
}

/* From @at on, to the beginning of the next line that is to be looked at, before @end. */
static const char *
skip_lines (E13LogReader *reader, const char *at, const char *end)
{
  const char *hit;
  const char *newline;

  if (reader->pending != NULL || reader->n_wanting > 0)
    return at;
  hit = e13_log_matcher_find (reader->matcher, at, (gsize)(end - at));
  newline = hit != NULL ? find_back (at, hit, '\n') : NULL;
  if (hit != NULL)
    end = newline != NULL ? newline + 1 : at;
  reader->lines += count_lines (at, end);
  return end;
}

/* All of the buffer up to @end, which ends a line, or a piece of one. */
static void
read_until (E13LogReader *reader, gsize end_offset)
{
  const char *end = reader->buffer + end_offset;
  const char *at = reader->buffer + reader->done;

  while ((at = skip_lines (reader, at, end)) < end)
    {
      const char *stop = end_of_line (at, end);
      Past past = { reader->buffer, at, reader->lines + 1 };

      read_line (reader, at, (gsize)(stop - at), &past);
      reader->lines += stop < end;
      at = stop + (stop < end);
    }
  reader->done = end_offset;
}

/* Where a line that is too long may be cut: behind a blank, if there is one. */
static gsize
piece_end (const E13LogReader *reader)
{
  const char *begin = reader->buffer + reader->done + MAX_LINE / 2;
  const char *blank = find_back (begin, begin + MAX_LINE / 2, ' ');

  return blank != NULL ? (gsize)(blank - reader->buffer) : reader->done + MAX_LINE;
}

static void
read_buffer (E13LogReader *reader)
{
  const char *begin = reader->buffer + reader->done;
  const char *newline = find_back (begin, reader->buffer + reader->size, '\n');

  if (newline != NULL)
    read_until (reader, (gsize)(newline - reader->buffer) + 1);
  while (reader->size - reader->done >= MAX_LINE)
    read_until (reader, piece_end (reader));
}

static void
make_room (E13LogReader *reader)
{
  gsize keep = MIN (reader->done, HISTORY);
  gsize drop = reader->done - keep;

  memmove (reader->buffer, reader->buffer + drop, reader->size - drop);
  reader->done -= drop;
  reader->size -= drop;
}

void
e13_log_reader_feed (E13LogReader *reader, const char *bytes, gsize length)
{
  while (length > 0)
    {
      gsize n;

      if (reader->size == BUFFER)
        make_room (reader);
      n = MIN (length, BUFFER - reader->size);
      memcpy (reader->buffer + reader->size, bytes, n);
      reader->size += n;
      bytes += n;
      length -= n;
      read_buffer (reader);
    }
}

void
e13_log_reader_pause (E13LogReader *reader)
{
  flush_pending (reader);
}

void
e13_log_reader_end (E13LogReader *reader)
{
  if (reader->size > reader->done)
    {
      read_until (reader, reader->size);
      reader->lines++;
    }
  flush_pending (reader);
}
