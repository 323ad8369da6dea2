/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* JSON: one object a line, for programs. docs/json.md describes every field; whatever changes there raises the version.
 */

#include "report/report.h"

#include <string.h>

#include "access/judge.h"
#include "base/quote.h"
#include "logs/errno-words.h"
#include "report/command-line.h"
#include "report/cure.h"
#include "report/group.h"
#include "report/json-value.h"
#include "report/subjects.h"

#define N_EXAMPLES 3

/* ---- Values ---------------------------------------------------------------------------------- */

static void
set_full_path (json_t *object, const E13SiteReport *site, const char *path)
{
  g_autofree char *full = e13_tree_full_path (site->request->tree, path);

  e13_json_set_path (object, "path", full);
}

static json_t *
rights (E13Rights value)
{
  return json_string (e13_rights_to_text (value));
}

/* The same, or an access mask in words. */
static json_t *
rights_of (const E13Finding *finding, E13Rights value)
{
  g_autofree char *shown
      = finding->identity != NULL ? e13_access_describe (finding->identity, finding->facts.type, value) : NULL;

  return e13_json_text (shown);
}

static json_t *
acl (const E13Acl *value, const E13ReadOps *ops)
{
  g_autofree char *shown = value != NULL ? e13_command_line_acl (value, ops) : NULL;

  return e13_json_text (shown);
}

/* ---- Lines ----------------------------------------------------------------------------------- */

static void
print_site (const E13ReportOptions *options, const E13SiteReport *site)
{
  const E13AuditRequest *request = site->request;
  const E13Profile *profile = e13_policy_profile (request->policy);
  json_t *line = json_pack ("{s:s, s:i}", "type", "site", "version", E13_JSON_VERSION);

  set_full_path (line, site, "");
  json_object_set_new (line, "profile", e13_json_text (profile->id));
  json_object_set_new (line, "profile_name", e13_json_text (profile->name));
  json_object_set_new (line, "profile_origin", e13_json_text (profile->origin));
  json_object_set_new (line, "identity", e13_json_identity (request->app, options->ops));
  json_object_set_new (line, "server", e13_json_identity (request->server, options->ops));
  if (request->worker != NULL)
    json_object_set_new (line, "worker", e13_json_identity (request->worker, options->ops));
  json_object_set_new (line, "judge", json_string (request->ask_kernel ? "kernel" : "model"));
  json_object_set_new (line, "remarks", e13_json_texts (site->remarks));
  e13_json_print (options, line);
}

static json_t *
example_paths (const E13SiteReport *site, const E13Group *group)
{
  json_t *array = json_array ();

  for (guint i = 0; i < group->findings->len && i < N_EXAMPLES; i++)
    {
      const E13Finding *finding = group->findings->pdata[i];
      g_autofree char *full = e13_tree_full_path (site->request->tree, finding->path);

      json_array_append_new (array, e13_json_text (full));
    }
  return array;
}

static const char *
severity_name (E13Severity severity)
{
  static const char *const names[] = {
    [E13_SEVERITY_NOTE] = "note",
    [E13_SEVERITY_PROBLEM] = "problem",
    [E13_SEVERITY_UNKNOWN] = "unknown",
  };

  return names[severity];
}

static void
print_finding (const E13ReportOptions *options, const E13SiteReport *site, const E13PlanIndex *index,
               const E13Group *group, const char *stage)
{
  const E13Finding *first = e13_group_first (group);
  g_autoptr (GPtrArray) cures = e13_report_cures (options, site, index, group);
  json_t *line = json_pack ("{s:s, s:s, s:s, s:s}", "type", "finding", "stage", stage, "rule", first->rule->id,
                            "severity", severity_name (first->severity));

  set_full_path (line, site, group->directory);
  json_object_set_new (line, "object", json_string (e13_object_type_name (first->facts.type)));
  json_object_set_new (line, "identity", e13_json_identity_label (first->identity));
  json_object_set_new (line, "needs", rights_of (first, first->needs));
  json_object_set_new (line, "has", rights_of (first, first->has));
  json_object_set_new (line, "sentence",
                       e13_json_text (first->sentence != NULL ? first->sentence : first->rule->title));
  json_object_set_new (line, "because", e13_json_text (first->because));
  json_object_set_new (line, "why", e13_json_text (first->why));
  json_object_set_new (line, "cure", e13_json_texts (cures));
  json_object_set_new (line, "left", e13_json_text (group->refusal != NULL ? group->refusal->reason : NULL));
  json_object_set_new (line, "option", e13_json_text (group->refusal != NULL ? group->refusal->option : NULL));
  json_object_set_new (line, "count", json_integer (group->findings->len));
  json_object_set_new (line, "affects", json_integer ((json_int_t)group->n_affected));
  if (group->findings->len > 1)
    json_object_set_new (line, "examples", example_paths (site, group));
  e13_json_print (options, line);
}

static void
print_findings (const E13ReportOptions *options, const E13SiteReport *site, const E13PlanIndex *index,
                const E13Audit *audit, const char *stage)
{
  g_autoptr (GPtrArray) groups = e13_group_findings (audit->findings, index, options->each);

  for (guint i = 0; i < groups->len; i++)
    print_finding (options, site, index, groups->pdata[i], stage);
}

static json_t *
attributes_object (const E13Attributes *attributes, const E13ReadOps *ops)
{
  g_autofree char *mode = g_strdup_printf ("%04o", (guint)attributes->mode);

  return json_pack ("{s:o, s:o, s:s, s:o, s:o}", "uid", e13_json_account (attributes->uid, ops->user_name), "gid",
                    e13_json_account (attributes->gid, ops->group_name), "mode", mode, "access",
                    acl (attributes->access, ops), "default", acl (attributes->default_acl, ops));
}

static void
print_change (const E13ReportOptions *options, const E13SiteReport *site, const E13Change *change)
{
  static const char *const kinds[] = {
    [E13_CHANGE_SET] = "set",
    [E13_CHANGE_MAKE_DIRECTORY] = "make-directory",
    [E13_CHANGE_REMOVE_DIRECTORY] = "remove-directory",
    [E13_CHANGE_REWRITE] = "rewrite",
  };
  static const char *const outcomes[] = {
    [E13_OUTCOME_PENDING] = "planned",
    [E13_OUTCOME_DONE] = "done",
    [E13_OUTCOME_REFUSED] = "refused",
    [E13_OUTCOME_FAILED] = "failed",
  };
  gboolean exists = change->kind != E13_CHANGE_MAKE_DIRECTORY;
  json_t *line = json_pack ("{s:s, s:s}", "type", "change", "kind", kinds[change->kind]);

  set_full_path (line, site, change->path);
  json_object_set_new (line, "object", json_string (e13_object_type_name (change->type)));
  json_object_set_new (line, "before", exists ? attributes_object (&change->before, options->ops) : json_null ());
  json_object_set_new (line, "after", attributes_object (&change->after, options->ops));
  json_object_set_new (line, "granted", rights (change->granted));
  json_object_set_new (line, "notes", e13_json_texts (change->notes));
  json_object_set_new (line, "outcome", json_string (outcomes[change->outcome]));
  json_object_set_new (line, "verified", json_boolean (change->outcome == E13_OUTCOME_DONE));
  json_object_set_new (line, "reason", e13_json_text (change->reason));
  e13_json_print (options, line);
}

static void
print_summary (const E13ReportOptions *options, const E13SiteReport *site)
{
  const E13Audit *audit = site->after != NULL ? site->after : site->audit;
  guint changed = site->plan != NULL ? e13_changes_count (site->plan->changes, E13_OUTCOME_DONE) : 0;
  json_t *line = json_pack ("{s:s}", "type", "summary");

  set_full_path (line, site, "");
  json_object_set_new (line, "objects", json_integer ((json_int_t)audit->n_objects));
  json_object_set_new (line, "findings", json_integer ((json_int_t)audit->n_problems));
  json_object_set_new (line, "notes", json_integer ((json_int_t)audit->n_notes));
  json_object_set_new (line, "unknown", json_integer ((json_int_t)audit->n_unknown));
  json_object_set_new (line, "seconds", json_real (audit->seconds));
  json_object_set_new (line, "complete", json_boolean (!audit->cancelled));
  json_object_set_new (line, "changed", json_integer (changed));
  json_object_set_new (line, "plan_notes", e13_json_texts (site->plan != NULL ? site->plan->notes : NULL));
  if (site->journal != NULL)
    e13_json_set_path (line, "journal", site->journal);
  json_object_set_new (line, "fix", e13_json_text (site->fix_command));
  json_object_set_new (line, "no_fix_reason", e13_json_text (site->no_fix_reason));
  e13_json_print (options, line);
}

static void
json_site (const E13ReportOptions *options, const E13SiteReport *site)
{
  g_autoptr (E13PlanIndex) index = e13_plan_index_new (site->plan);

  print_site (options, site);
  print_findings (options, site, index, site->audit, "before");
  for (guint i = 0; site->plan != NULL && i < site->plan->changes->len; i++)
    print_change (options, site, site->plan->changes->pdata[i]);
  if (site->after != NULL)
    print_findings (options, site, index, site->after, "after");
  print_summary (options, site);
}

const E13Reporter e13_report_json = {
  .name = "json",
  .site = json_site,
  .explanation = e13_report_json_explanation,
  .cgi = e13_report_json_cgi,
  .serving = e13_report_json_serving,
  .lint = e13_report_json_lint,
  .denial = e13_report_json_denial,
  .log_summary = e13_report_json_log_summary,
  .status = e13_report_json_status,
};
