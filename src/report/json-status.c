/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What numbers mean, in JSON. */

#include "report/json-value.h"
#include "report/subjects.h"

static const char *const kinds[] = {
  [E13_STATUS_HTTP] = "http",       [E13_STATUS_DETAIL] = "http", [E13_STATUS_WIN32] = "win32",
  [E13_STATUS_HRESULT] = "hresult", [E13_STATUS_ERRNO] = "errno",
};

static json_t *
texts (const char *const *values)
{
  json_t *array = json_array ();

  for (gsize i = 0; values[i] != NULL; i++)
    json_array_append_new (array, json_string (values[i]));
  return array;
}

static json_t *
hresult_of (const E13Status *status)
{
  g_autofree char *text = g_strdup_printf ("0x%08x", e13_status_as_hresult (status));

  return status->kind == E13_STATUS_HTTP || status->kind == E13_STATUS_ERRNO ? json_null () : json_string (text);
}

static void
print_entry (const E13ReportOptions *options, const char *text, const E13Status *status)
{
  g_autofree char *word = e13_status_word (status);
  json_t *line = json_pack ("{s:s, s:i, s:o, s:s, s:s}", "type", "status", "version", E13_JSON_VERSION, "query",
                            e13_json_text (text), "kind", kinds[status->kind], "code", word);

  json_object_set_new (line, "status", status->status > 0 ? json_integer (status->status) : json_null ());
  json_object_set_new (line, "substatus", status->sub >= 0 ? json_integer (status->sub) : json_null ());
  json_object_set_new (line, "number", status->symbol != NULL ? json_integer (status->code) : json_null ());
  json_object_set_new (line, "hresult", hresult_of (status));
  json_object_set_new (line, "name", json_string (status->name));
  json_object_set_new (line, "means", json_string (status->means));
  json_object_set_new (line, "causes", texts (status->causes));
  json_object_set_new (line, "check", texts (status->checks));
  json_object_set_new (line, "cure", texts (status->cures));
  json_object_set_new (line, "source", json_string (status->source));
  e13_json_print (options, line);
}

static void
print_unknown (const E13ReportOptions *options, const E13StatusAnswer *answer)
{
  json_t *nearest = json_array ();

  for (guint i = 0; i < answer->nearest->len; i++)
    {
      g_autofree char *word = e13_status_word (answer->nearest->pdata[i]);

      json_array_append_new (nearest, json_string (word));
    }
  e13_json_print (options, json_pack ("{s:s, s:i, s:o, s:o}", "type", "unknown-status", "version", E13_JSON_VERSION,
                                      "query", e13_json_text (answer->text), "nearest", nearest));
}

void
e13_report_json_status (const E13ReportOptions *options, const GPtrArray *answers)
{
  for (gsize i = 0; answers == NULL && i < e13_n_statuses; i++)
    print_entry (options, NULL, &e13_statuses[i]);
  for (guint i = 0; answers != NULL && i < answers->len; i++)
    {
      const E13StatusAnswer *answer = answers->pdata[i];

      for (guint j = 0; j < answer->found->len; j++)
        print_entry (options, answer->text, answer->found->pdata[j]);
      if (answer->found->len == 0)
        print_unknown (options, answer);
    }
}
