/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What lint found, for programs: one object a line, see docs/json.md. */

#include "report/lint.h"

#include "report/json-value.h"

/* One line each. */
static json_t *
cures (const E13LintFinding *finding)
{
  json_t *array = json_array ();

  for (guint i = 0; i < finding->cures->len; i++)
    {
      g_autofree char *line = g_strdelimit (g_strdup (finding->cures->pdata[i]), "\n", ' ');

      json_array_append_new (array, e13_json_text (line));
    }
  return array;
}

static void
print_finding (const E13ReportOptions *options, const E13LintFinding *finding)
{
  const E13LintRule *rule = finding->rule;
  g_autofree char *hresult = rule->hresult != 0 ? g_strdup_printf ("0x%08x", rule->hresult) : NULL;
  gboolean has_place = finding->place.line > 0;
  json_t *line = json_pack ("{s:s, s:s, s:s}", "type", "finding", "rule", rule->id, "status", rule->status);

  json_object_set_new (line, "hresult", e13_json_text (hresult));
  json_object_set_new (line, "file", e13_json_text (finding->origin));
  json_object_set_new (line, "line", has_place ? json_integer (finding->place.line) : json_null ());
  json_object_set_new (line, "column", has_place ? json_integer (finding->place.column) : json_null ());
  json_object_set_new (line, "text", e13_json_text (finding->text));
  json_object_set_new (line, "certainty", json_string (e13_lint_certainty_name (finding->certainty)));
  json_object_set_new (line, "because", e13_json_text (finding->because));
  json_object_set_new (line, "cure", cures (finding));
  e13_json_print (options, line);
}

static void
print_unknown (const E13ReportOptions *options, const E13LintUnknown *unknown)
{
  json_t *line = json_pack ("{s:s}", "type", "unknown");

  json_object_set_new (line, "about", e13_json_text (unknown->about));
  json_object_set_new (line, "command", e13_json_text (unknown->command));
  e13_json_print (options, line);
}

static void
print_fixed (const E13ReportOptions *options, const E13LintReport *report)
{
  for (guint i = 0; i < report->fixed->len; i++)
    {
      const E13LintFixed *fixed = &g_array_index (report->fixed, E13LintFixed, i);
      json_t *line = json_pack ("{s:s}", "type", "rewrite");

      json_object_set_new (line, "file", e13_json_text (fixed->path));
      json_object_set_new (line, "done", json_boolean (fixed->outcome == E13_OUTCOME_DONE));
      json_object_set_new (line, "reason", e13_json_text (fixed->reason));
      json_object_set_new (line, "edits", e13_json_texts (fixed->done));
      json_object_set_new (line, "journal", e13_json_text (report->journal));
      e13_json_print (options, line);
    }
}

void
e13_report_lint_json (const E13ReportOptions *options, const E13LintReport *report)
{
  const E13Lint *lint = report->lint;

  if (report->fixed != NULL)
    print_fixed (options, report);
  for (guint i = 0; i < lint->findings->len; i++)
    print_finding (options, lint->findings->pdata[i]);
  for (guint i = 0; i < lint->unknowns->len; i++)
    print_unknown (options, lint->unknowns->pdata[i]);
}
