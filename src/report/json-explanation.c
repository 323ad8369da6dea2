/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What `errno13 explain` tells of a path, in JSON. */

#include "report/json-value.h"
#include "report/subjects.h"

static json_t *
chain_array (const E13Explanation *explanation)
{
  const GPtrArray *chain = explanation->chain;
  json_t *array = json_array ();

  for (guint i = 0; i < chain->len; i++)
    {
      const E13Link *link = chain->pdata[i];
      g_autofree char *path = g_strdup (link->path);
      json_t *object = json_object ();

      if (explanation->is_windows)
        g_strdelimit (path, "/", '\\');
      e13_json_set_path (object, "path", path);
      json_object_set_new (object, "asked", e13_json_text (link->asked));
      json_object_set_new (object, "granted", link->unknown ? json_null () : json_boolean (link->granted));
      json_object_set_new (object, "because", e13_json_text (link->because));
      json_array_append_new (array, object);
    }
  return array;
}

json_t *
e13_json_verdict (const E13ReportOptions *options, const E13Explanation *explanation, const E13Identity *identity)
{
  static const char *const judges[] = {
    [E13_JUDGE_KERNEL] = "kernel",
    [E13_JUDGE_KERNEL_AND_MODEL] = "kernel+model",
    [E13_JUDGE_MODEL] = "model",
  };
  gboolean known = explanation->granted != E13_ANSWER_UNKNOWN;
  g_autofree char *wanted = e13_wanted_name (&explanation->wanted);
  json_t *line = json_pack ("{s:s, s:i}", "type", "verdict", "version", E13_JSON_VERSION);

  e13_json_set_path (line, "path", explanation->path);
  json_object_set_new (line, "identity", e13_json_identity_label (identity));
  e13_json_set_identity_number (line, identity, options->ops);
  json_object_set_new (line, "want", json_string (wanted));
  json_object_set_new (line, "granted", known ? json_boolean (explanation->granted == E13_ANSWER_YES) : json_null ());
  json_object_set_new (line, "judge", json_string (judges[explanation->judge]));
  json_object_set_new (line, "chain", chain_array (explanation));
  json_object_set_new (line, "cure", e13_json_texts (explanation->cures));
  json_object_set_new (line, "remarks", e13_json_texts (explanation->remarks));
  return line;
}

void
e13_report_json_explanation (const E13ReportOptions *options, const E13Explanation *explanation,
                             const E13Identity *identity)
{
  e13_json_print (options, e13_json_verdict (options, explanation, identity));
}
