/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* JSON: one object a line, for programs. docs/json.md describes every field; whatever changes there raises the version.
 */

#include "report/report.h"

#include <jansson.h>
#include <string.h>

#include "access/judge.h"
#include "base/quote.h"
#include "logs/errno-words.h"
#include "report/command-line.h"
#include "report/cure.h"
#include "report/group.h"
#include "report/json-status.h"

#define FORMAT_VERSION 1
#define N_EXAMPLES 3

/* ---- Values ---------------------------------------------------------------------------------- */

/* Text of ours may quote names: what is not UTF-8 in it is escaped, so that a line is never lost. */
static json_t *
text (const char *value)
{
  g_autofree char *escaped = NULL;

  if (value == NULL)
    return json_null ();
  if (g_utf8_validate (value, -1, NULL))
    return json_string (value);
  escaped = e13_quote_display (value);
  return json_string (escaped);
}

static json_t *
texts (const GPtrArray *values)
{
  json_t *array = json_array ();

  for (guint i = 0; values != NULL && i < values->len; i++)
    json_array_append_new (array, text (values->pdata[i]));
  return array;
}

/* A name that is not UTF-8 is carried without loss beside its escaped form. */
static void
set_path (json_t *object, const char *key, const char *path)
{
  json_object_set_new (object, key, text (path));
  if (!g_utf8_validate (path, -1, NULL))
    {
      g_autofree char *base64 = g_base64_encode ((const guchar *)path, strlen (path));
      g_autofree char *base64_key = g_strdup_printf ("%s_base64", key);

      json_object_set_new (object, base64_key, json_string (base64));
    }
}

static void
set_full_path (json_t *object, const E13SiteReport *site, const char *path)
{
  g_autofree char *full = e13_tree_full_path (site->request->tree, path);

  set_path (object, "path", full);
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

  return text (shown);
}

static json_t *
acl (const E13Acl *value, const E13ReadOps *ops)
{
  g_autofree char *shown = value != NULL ? e13_command_line_acl (value, ops) : NULL;

  return text (shown);
}

static json_t *
sid (const E13Sid *value)
{
  g_autofree char *shown = e13_sid_to_text (value);

  return text (shown);
}

static json_t *
token_object (const E13Identity *identity)
{
  const E13Token *token = identity->token;
  json_t *groups = json_array ();

  for (guint i = 0; i < token->groups->len; i++)
    json_array_append_new (groups, sid (&g_array_index (token->groups, E13TokenGroup, i).sid));
  return json_pack ("{s:o, s:o, s:o, s:o}", "name", text (identity->name), "sid", sid (&token->user), "groups", groups,
                    "evidence", text (identity->evidence));
}

/* A number; the name of an account that a dump knows by name alone; null for none. */
static json_t *
account (guint32 id, const char *(*name_of) (guint32 id))
{
  if (id == G_MAXUINT32)
    return json_null ();
  return e13_id_is_named (id) ? text (name_of (id)) : json_integer (id);
}

static json_t *
identity_object (const E13Identity *identity, const E13ReadOps *ops)
{
  json_t *groups;

  if (identity->token != NULL)
    return token_object (identity);
  groups = json_array ();
  for (gsize i = 0; i < identity->groups.n_gids; i++)
    json_array_append_new (groups, account (identity->groups.gids[i], ops->group_name));
  return json_pack ("{s:o, s:o, s:o, s:o, s:o}", "name", text (identity->name), "uid",
                    account (identity->uid, ops->user_name), "gid", account (identity->gid, ops->group_name), "groups",
                    groups, "evidence", text (identity->evidence));
}

static json_t *
identity_label (const E13Identity *identity)
{
  g_autofree char *label = identity != NULL ? e13_identity_label (identity) : NULL;

  return text (label);
}

static void
print (const E13ReportOptions *options, json_t *object)
{
  json_dumpf (object, options->out, JSON_COMPACT | JSON_PRESERVE_ORDER);
  fputc ('\n', options->out);
  json_decref (object);
}

/* ---- Lines ----------------------------------------------------------------------------------- */

static void
print_site (const E13ReportOptions *options, const E13SiteReport *site)
{
  const E13AuditRequest *request = site->request;
  const E13Profile *profile = e13_policy_profile (request->policy);
  json_t *line = json_pack ("{s:s, s:i}", "type", "site", "version", FORMAT_VERSION);

  set_full_path (line, site, "");
  json_object_set_new (line, "profile", text (profile->id));
  json_object_set_new (line, "profile_name", text (profile->name));
  json_object_set_new (line, "profile_origin", text (profile->origin));
  json_object_set_new (line, "identity", identity_object (request->app, options->ops));
  json_object_set_new (line, "server", identity_object (request->server, options->ops));
  if (request->worker != NULL)
    json_object_set_new (line, "worker", identity_object (request->worker, options->ops));
  json_object_set_new (line, "judge", json_string (request->ask_kernel ? "kernel" : "model"));
  json_object_set_new (line, "remarks", texts (site->remarks));
  print (options, line);
}

static json_t *
example_paths (const E13SiteReport *site, const E13Group *group)
{
  json_t *array = json_array ();

  for (guint i = 0; i < group->findings->len && i < N_EXAMPLES; i++)
    {
      const E13Finding *finding = group->findings->pdata[i];
      g_autofree char *full = e13_tree_full_path (site->request->tree, finding->path);

      json_array_append_new (array, text (full));
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
  json_object_set_new (line, "identity", identity_label (first->identity));
  json_object_set_new (line, "needs", rights_of (first, first->needs));
  json_object_set_new (line, "has", rights_of (first, first->has));
  json_object_set_new (line, "sentence", text (first->sentence != NULL ? first->sentence : first->rule->title));
  json_object_set_new (line, "because", text (first->because));
  json_object_set_new (line, "why", text (first->why));
  json_object_set_new (line, "cure", texts (cures));
  json_object_set_new (line, "left", text (group->refusal != NULL ? group->refusal->reason : NULL));
  json_object_set_new (line, "option", text (group->refusal != NULL ? group->refusal->option : NULL));
  json_object_set_new (line, "count", json_integer (group->findings->len));
  json_object_set_new (line, "affects", json_integer ((json_int_t)group->n_affected));
  if (group->findings->len > 1)
    json_object_set_new (line, "examples", example_paths (site, group));
  print (options, line);
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

  return json_pack ("{s:o, s:o, s:s, s:o, s:o}", "uid", account (attributes->uid, ops->user_name), "gid",
                    account (attributes->gid, ops->group_name), "mode", mode, "access", acl (attributes->access, ops),
                    "default", acl (attributes->default_acl, ops));
}

static void
print_change (const E13ReportOptions *options, const E13SiteReport *site, const E13Change *change)
{
  static const char *const kinds[] = {
    [E13_CHANGE_SET] = "set",
    [E13_CHANGE_MAKE_DIRECTORY] = "make-directory",
    [E13_CHANGE_REMOVE_DIRECTORY] = "remove-directory",
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
  json_object_set_new (line, "notes", texts (change->notes));
  json_object_set_new (line, "outcome", json_string (outcomes[change->outcome]));
  json_object_set_new (line, "verified", json_boolean (change->outcome == E13_OUTCOME_DONE));
  json_object_set_new (line, "reason", text (change->reason));
  print (options, line);
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
  json_object_set_new (line, "plan_notes", texts (site->plan != NULL ? site->plan->notes : NULL));
  if (site->journal != NULL)
    set_path (line, "journal", site->journal);
  json_object_set_new (line, "fix", text (site->fix_command));
  json_object_set_new (line, "no_fix_reason", text (site->no_fix_reason));
  print (options, line);
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

/* ---- explain --------------------------------------------------------------------------------- */

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
      set_path (object, "path", path);
      json_object_set_new (object, "asked", text (link->asked));
      json_object_set_new (object, "granted", link->unknown ? json_null () : json_boolean (link->granted));
      json_object_set_new (object, "because", text (link->because));
      json_array_append_new (array, object);
    }
  return array;
}

static void
set_identity_number (json_t *line, const E13Identity *identity, const E13ReadOps *ops)
{
  if (identity->token != NULL)
    json_object_set_new (line, "sid", sid (&identity->token->user));
  else
    json_object_set_new (line, "uid", account (identity->uid, ops->user_name));
}

static json_t *
verdict_object (const E13ReportOptions *options, const E13Explanation *explanation, const E13Identity *identity)
{
  static const char *const judges[] = {
    [E13_JUDGE_KERNEL] = "kernel",
    [E13_JUDGE_KERNEL_AND_MODEL] = "kernel+model",
    [E13_JUDGE_MODEL] = "model",
  };
  gboolean known = explanation->granted != E13_ANSWER_UNKNOWN;
  g_autofree char *wanted = e13_wanted_name (&explanation->wanted);
  json_t *line = json_pack ("{s:s, s:i}", "type", "verdict", "version", FORMAT_VERSION);

  set_path (line, "path", explanation->path);
  json_object_set_new (line, "identity", identity_label (identity));
  set_identity_number (line, identity, options->ops);
  json_object_set_new (line, "want", json_string (wanted));
  json_object_set_new (line, "granted", known ? json_boolean (explanation->granted == E13_ANSWER_YES) : json_null ());
  json_object_set_new (line, "judge", json_string (judges[explanation->judge]));
  json_object_set_new (line, "chain", chain_array (explanation));
  json_object_set_new (line, "cure", texts (explanation->cures));
  json_object_set_new (line, "remarks", texts (explanation->remarks));
  return line;
}

static void
json_explanation (const E13ReportOptions *options, const E13Explanation *explanation, const E13Identity *identity)
{
  print (options, verdict_object (options, explanation, identity));
}

/* ---- Logs ------------------------------------------------------------------------------------ */

static void
set_path_or_null (json_t *object, const char *key, const char *path)
{
  if (path != NULL)
    set_path (object, key, path);
  else
    json_object_set_new (object, key, json_null ());
}

static json_t *
stamp (gint64 time)
{
  g_autoptr (GDateTime) moment = time != 0 ? g_date_time_new_from_unix_utc (time / G_USEC_PER_SEC) : NULL;
  g_autofree char *shown = moment != NULL ? g_date_time_format (moment, "%Y-%m-%dT%H:%M:%SZ") : NULL;

  return text (shown);
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

  return text (word);
}

static void
json_denial (const E13ReportOptions *options, const E13Denial *denial)
{
  const E13Failure *failure = denial->failure;
  json_t *line
      = json_pack ("{s:s, s:i, s:I}", "type", "denial", "version", FORMAT_VERSION, "line", (json_int_t)failure->line);

  json_object_set_new (line, "source", text (failure->family));
  json_object_set_new (line, "pattern", text (failure->pattern));
  set_path_or_null (line, "input", denial->source);
  json_object_set_new (line, "errno", number_or_null ((guint32)failure->error));
  json_object_set_new (line, "errno_name", text (failure->error != 0 ? e13_errno_symbol (failure->error) : NULL));
  set_path_or_null (line, "path", failure->path);
  if (failure->second_path != NULL)
    set_path (line, "second_path", failure->second_path);
  json_object_set_new (line, "operation", text (e13_operation_name (failure->operation)));
  json_object_set_new (line, "count", json_integer ((json_int_t)denial->count));
  json_object_set_new (line, "last_line", json_integer ((json_int_t)denial->last_line));
  json_object_set_new (line, "first", stamp (denial->first_time));
  json_object_set_new (line, "last", stamp (denial->last_time));
  json_object_set_new (line, "process", text (failure->process));
  json_object_set_new (line, "pid", number_or_null (failure->pid));
  set_path_or_null (line, "script", failure->script);
  json_object_set_new (line, "url", text (failure->url));
  json_object_set_new (line, "label", text (failure->label));
  json_object_set_new (line, "http_status", number_or_null (failure->http_status));
  json_object_set_new (line, "http_substatus", number_or_null (failure->http_substatus));
  json_object_set_new (line, "windows_code", number_or_null (failure->windows_code));
  json_object_set_new (line, "status_code", status_word (failure));
  json_object_set_new (line, "verdict", text (e13_denial_verdict_name (denial->verdict)));
  set_path_or_null (line, "place", denial->place);
  json_object_set_new (line, "sentences", texts (denial->sentences));
  json_object_set_new (line, "explanation",
                       denial->explanation != NULL ? verdict_object (options, denial->explanation, denial->identity)
                                                   : json_null ());
  print (options, line);
}

static void
json_log_summary (const E13ReportOptions *options, const E13LogSummary *summary)
{
  json_t *line = json_pack ("{s:s, s:I, s:I, s:I}", "type", "log-summary", "lines", (json_int_t)summary->n_lines,
                            "failures", (json_int_t)summary->n_failures, "left_out", (json_int_t)summary->n_left_out);

  for (guint i = 0; i < G_N_ELEMENTS (summary->n_verdicts); i++)
    json_object_set_new (line, e13_denial_verdict_name (i), json_integer (summary->n_verdicts[i]));
  json_object_set_new (line, "remark", text (summary->remark));
  print (options, line);
}

const E13Reporter e13_report_json = {
  .name = "json",
  .site = json_site,
  .explanation = json_explanation,
  .status = e13_report_json_status,
  .denial = json_denial,
  .log_summary = json_log_summary,
};
