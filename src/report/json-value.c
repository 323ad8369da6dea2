/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "report/json-value.h"

#include "base/quote.h"

json_t *
e13_json_text (const char *value)
{
  g_autofree char *escaped = NULL;

  if (value == NULL)
    return json_null ();
  if (g_utf8_validate (value, -1, NULL))
    return json_string (value);
  escaped = e13_quote_display (value);
  return json_string (escaped);
}

json_t *
e13_json_texts (const GPtrArray *values)
{
  json_t *array = json_array ();

  for (guint i = 0; values != NULL && i < values->len; i++)
    json_array_append_new (array, e13_json_text (values->pdata[i]));
  return array;
}

void
e13_json_print (const E13ReportOptions *options, json_t *object)
{
  json_dumpf (object, options->out, JSON_COMPACT | JSON_PRESERVE_ORDER);
  fputc ('\n', options->out);
  json_decref (object);
}
