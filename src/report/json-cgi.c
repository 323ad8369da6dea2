/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* `errno13 cgi` in JSON. */

#include "report/subjects.h"

#include "report/json-value.h"

/* Of what a script wrote to standard error. */
#define MAX_ERRORS 8192

static const char *
end_name (const E13LaunchResult *result)
{
  static const char *const names[] = {
    [E13_LAUNCH_EXITED] = "exited",           [E13_LAUNCH_SIGNALLED] = "signalled",
    [E13_LAUNCH_NOT_STARTED] = "not-started", [E13_LAUNCH_TIMED_OUT] = "timed-out",
    [E13_LAUNCH_TOO_MUCH] = "too-much",       [E13_LAUNCH_CANCELLED] = "cancelled",
  };

  return names[result->end];
}

static void
set_run (json_t *line, const E13LaunchResult *result)
{
  gsize length = MIN (result->errors->len, MAX_ERRORS);
  g_autofree char *errors = length > 0 ? g_strndup ((const char *)result->errors->data, length) : g_strdup ("");

  json_object_set_new (line, "end", json_string (end_name (result)));
  json_object_set_new (line, "code", json_integer (result->code));
  json_object_set_new (line, "output_bytes", json_integer (result->output->len));
  json_object_set_new (line, "errors", e13_json_text (errors));
}

static json_t *
headers_array (const E13CgiHead *head)
{
  json_t *array = json_array ();

  for (guint i = 0; head != NULL && i < head->headers->len; i++)
    {
      const E13CgiHeader *header = head->headers->pdata[i];

      json_array_append_new (array, json_pack ("{s:o, s:o}", "name", e13_json_text (header->name), "value",
                                               e13_json_text (header->value)));
    }
  return array;
}

static json_t *
problems_array (const E13CgiVerdict *verdict)
{
  json_t *array = json_array ();

  for (guint i = 0; i < verdict->problems->len; i++)
    {
      const E13CgiProblem *problem = verdict->problems->pdata[i];

      json_array_append_new (
          array, json_pack ("{s:s, s:s, s:o, s:o, s:o, s:o, s:o}", "problem", e13_cgi_problem_name (problem->id),
                            "severity", e13_cgi_problem_is_note (problem->id) ? "note" : "problem", "line",
                            problem->line > 0 ? json_integer (problem->line) : json_null (), "column",
                            problem->column > 0 ? json_integer (problem->column) : json_null (), "sentence",
                            e13_json_text (problem->sentence), "because", e13_json_text (problem->because), "cure",
                            e13_json_text (problem->cure)));
    }
  return array;
}

void
e13_report_json_cgi (const E13ReportOptions *options, const E13CgiReport *report)
{
  const E13CgiVerdict *verdict = report->verdict;
  json_t *line = json_pack ("{s:s, s:i}", "type", "cgi", "version", E13_JSON_VERSION);

  e13_json_set_path (line, "path", report->script);
  json_object_set_new (line, "server", json_string (report->server == E13_CGI_IIS ? "iis" : "apache"));
  json_object_set_new (line, "identity", e13_json_identity_label (report->identity));
  e13_json_set_identity_number (line, report->identity, options->ops);
  json_object_set_new (line, "differs", e13_json_text (report->differs));
  json_object_set_new (line, "status", verdict->status > 0 ? json_integer (verdict->status) : json_null ());
  json_object_set_new (line, "substatus", verdict->substatus > 0 ? json_integer (verdict->substatus) : json_null ());
  json_object_set_new (line, "log", e13_json_text (verdict->log));
  json_object_set_new (line, "run", json_boolean (report->result != NULL));
  if (report->result != NULL)
    set_run (line, report->result);
  json_object_set_new (line, "headers", headers_array (verdict->head));
  json_object_set_new (line, "problems", problems_array (verdict));
  json_object_set_new (line, "remarks", e13_json_texts (report->remarks));
  e13_json_print (options, line);
}
