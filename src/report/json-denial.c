/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What a log says was refused, in JSON. */

#include "logs/errno-words.h"
#include "report/json-value.h"
#include "report/subjects.h"

static void
set_path_or_null (json_t *object, const char *key, const char *path)
{
  if (path != NULL)
    e13_json_set_path (object, key, path);
  else
    json_object_set_new (object, key, json_null ());
}

static json_t *
stamp (gint64 time)
{
  g_autoptr (GDateTime) moment = time != 0 ? g_date_time_new_from_unix_utc (time / G_USEC_PER_SEC) : NULL;
  g_autofree char *shown = moment != NULL ? g_date_time_format (moment, "%Y-%m-%dT%H:%M:%SZ") : NULL;

  return e13_json_text (shown);
}

static json_t *
number_or_null (guint32 number)
{
  return number != 0 ? json_integer (number) : json_null ();
}

/* What errno13 status takes for it. */
static json_t *
status_word (const E13Failure *failure)
{
  const E13Status *status
      = failure->http_status != 0
            ? e13_status_best (failure->http_status, (gint)failure->http_substatus, failure->windows_code)
            : NULL;
  g_autofree char *word = status != NULL ? e13_status_word (status) : NULL;

  return e13_json_text (word);
}

void
e13_report_json_denial (const E13ReportOptions *options, const E13Denial *denial)
{
  const E13Failure *failure = denial->failure;
  json_t *line
      = json_pack ("{s:s, s:i, s:I}", "type", "denial", "version", E13_JSON_VERSION, "line", (json_int_t)failure->line);

  json_object_set_new (line, "source", e13_json_text (failure->family));
  json_object_set_new (line, "pattern", e13_json_text (failure->pattern));
  set_path_or_null (line, "input", denial->source);
  json_object_set_new (line, "errno", number_or_null ((guint32)failure->error));
  json_object_set_new (line, "errno_name",
                       e13_json_text (failure->error != 0 ? e13_errno_symbol (failure->error) : NULL));
  set_path_or_null (line, "path", failure->path);
  if (failure->second_path != NULL)
    e13_json_set_path (line, "second_path", failure->second_path);
  json_object_set_new (line, "operation", e13_json_text (e13_operation_name (failure->operation)));
  json_object_set_new (line, "count", json_integer ((json_int_t)denial->count));
  json_object_set_new (line, "last_line", json_integer ((json_int_t)denial->last_line));
  json_object_set_new (line, "first", stamp (denial->first_time));
  json_object_set_new (line, "last", stamp (denial->last_time));
  json_object_set_new (line, "process", e13_json_text (failure->process));
  json_object_set_new (line, "pid", number_or_null (failure->pid));
  set_path_or_null (line, "script", failure->script);
  json_object_set_new (line, "url", e13_json_text (failure->url));
  json_object_set_new (line, "label", e13_json_text (failure->label));
  json_object_set_new (line, "http_status", number_or_null (failure->http_status));
  json_object_set_new (line, "http_substatus", number_or_null (failure->http_substatus));
  json_object_set_new (line, "windows_code", number_or_null (failure->windows_code));
  json_object_set_new (line, "status_code", status_word (failure));
  json_object_set_new (line, "verdict", e13_json_text (e13_denial_verdict_name (denial->verdict)));
  set_path_or_null (line, "place", denial->place);
  json_object_set_new (line, "sentences", e13_json_texts (denial->sentences));
  json_object_set_new (line, "explanation",
                       denial->explanation != NULL ? e13_json_verdict (options, denial->explanation, denial->identity)
                                                   : json_null ());
  e13_json_print (options, line);
}

void
e13_report_json_log_summary (const E13ReportOptions *options, const E13LogSummary *summary)
{
  json_t *line = json_pack ("{s:s, s:I, s:I, s:I}", "type", "log-summary", "lines", (json_int_t)summary->n_lines,
                            "failures", (json_int_t)summary->n_failures, "left_out", (json_int_t)summary->n_left_out);

  for (guint i = 0; i < G_N_ELEMENTS (summary->n_verdicts); i++)
    json_object_set_new (line, e13_denial_verdict_name (i), json_integer (summary->n_verdicts[i]));
  json_object_set_new (line, "remark", e13_json_text (summary->remark));
  e13_json_print (options, line);
}
