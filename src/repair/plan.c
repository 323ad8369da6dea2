/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "repair/plan.h"

#include <string.h>

#include "access/posix.h"
#include "base/error.h"
#include "base/path.h"
#include "base/quote.h"
#include "policy/guarded.h"
#include "repair/plan-parts.h"
#include "repair/windows-plan.h"

/* ---- Findings into jobs ---------------------------------------------------------------------- */

static const struct
{
  E13RuleId rule;
  E13Harden harden;
} hardens[] = {
  { E13_RULE_WORLD_WRITABLE, E13_HARDEN_WORLD_WRITE },
  { E13_RULE_SECRET_READABLE, E13_HARDEN_WORLD_READ },
  { E13_RULE_CODE_WRITABLE, E13_HARDEN_APP_WRITE },
};

static guint
harden_of (const E13Finding *finding)
{
  for (gsize i = 0; i < G_N_ELEMENTS (hardens); i++)
    if (finding->rule == &e13_rules[hardens[i].rule])
      return hardens[i].harden;
  return 0;
}

static void
add_job (E13Planner *planner, const E13Finding *finding)
{
  E13Job *job = e13_planner_job (planner, E13_CHANGE_SET, finding->path, &finding->facts);

  e13_job_add_finding (job, finding);
  if (finding->rule->cure == E13_CURE_HARDEN)
    job->harden |= harden_of (finding);
  else if (finding->identity != NULL)
    e13_job_wish (job, finding->identity,
                  e13_job_is_outside (job) ? finding->needs & E13_RIGHT_EXECUTE : finding->needs);
}

static void
sort_in (E13Planner *planner, const E13Finding *finding)
{
  if (finding->severity != E13_SEVERITY_PROBLEM || finding->rule->cure == E13_CURE_NONE)
    return;
  if (finding->rule->cure == E13_CURE_HARDEN && e13_finding_is_outside (finding))
    e13_planner_refuse (planner, finding, g_strdup ("it lies outside the site, where nothing is taken away"), NULL);
  else if (finding->rule->cure == E13_CURE_HARDEN && !planner->options->harden)
    e13_planner_refuse (planner, finding, g_strdup ("rights are taken away only when that is asked for"), "--harden");
  else if (finding->rule == &e13_rules[E13_RULE_MISSING_DIRECTORY])
    e13_planner_add_missing (planner, finding);
  else if (e13_finding_is_outside (finding) && planner->options->parents == E13_PARENTS_NO)
    e13_planner_refuse (planner, finding, g_strdup ("it is a parent of the site"), "--parents");
  else
    add_job (planner, finding);
}

/* ---- Jobs into changes ----------------------------------------------------------------------- */

static gboolean
wants (const E13Job *job, const E13Identity *identity, E13Rights rights)
{
  for (guint i = 0; i < job->wishes->len; i++)
    {
      const E13Wish *wish = &g_array_index (job->wishes, E13Wish, i);

      if ((identity == NULL || e13_identity_equal (wish->identity, identity)) && (wish->needs & rights) != 0)
        return TRUE;
    }
  return FALSE;
}

static E13Rights
taken_from_world (const E13Job *job)
{
  return (job->harden & E13_HARDEN_WORLD_WRITE ? E13_RIGHT_WRITE : 0)
         | (job->harden & E13_HARDEN_WORLD_READ ? E13_RIGHT_READ : 0);
}

/* What one role gets may wake an ACL that gives another less than it had; what the world loses, a role may need. */
static gboolean
keep_role (const E13Planner *planner, const E13Job *job, E13Change *change, const E13Identity *role, E13Level level,
           GError **error)
{
  E13Facts planned = job->facts;
  E13Rights had = e13_posix_rights_now (&job->facts, role);

  if ((had & taken_from_world (job) & ~e13_level_rights (level, job->facts.type)) != 0)
    return TRUE;
  planned.uid = change->after.uid;
  planned.gid = change->after.gid;
  planned.mode = change->after.mode;
  planned.access = change->after.access;
  if ((had & ~e13_posix_rights_now (&planned, role)) == 0)
    return TRUE;
  return e13_grant_add (change, &job->facts, role, had,
                        job->facts.acl_state == E13_ACL_READ ? E13_VIA_ACL : planner->options->via, error);
}

static gboolean
keep_roles (const E13Planner *planner, const E13Job *job, E13Change *change, const E13Requirement *requirement,
            GError **error)
{
  const E13AuditRequest *request = planner->request;

  if ((job->harden & E13_HARDEN_APP_WRITE) == 0
      && !keep_role (planner, job, change, request->app, requirement->app, error))
    return FALSE;
  return e13_identity_equal (request->app, request->server)
         || keep_role (planner, job, change, request->server, requirement->server, error);
}

/* What is taken from the world, the application keeps where it needs it. */
static gboolean
harden (const E13Planner *planner, const E13Job *job, E13Change *change, const E13Requirement *requirement,
        GError **error)
{
  const E13Identity *app = planner->request->app;
  guint from_world = job->harden & (E13_HARDEN_WORLD_WRITE | E13_HARDEN_WORLD_READ);
  guint from_app = job->harden & E13_HARDEN_APP_WRITE;
  gboolean needs = (e13_level_rights (requirement->app, job->facts.type) & taken_from_world (job)) != 0;

  if (from_world != 0 && !e13_grant_harden (change, &job->facts, needs ? app : NULL, from_world, error))
    return FALSE;
  return from_app == 0 || e13_grant_harden (change, &job->facts, app, from_app, error);
}

static gboolean
grant_wishes (const E13Planner *planner, const E13Job *job, E13Change *change, GError **error)
{
  for (guint i = 0; i < job->wishes->len; i++)
    {
      const E13Wish *wish = &g_array_index (job->wishes, E13Wish, i);

      if (!e13_grant_add (change, &job->facts, wish->identity, wish->needs, planner->options->via, error))
        return FALSE;
    }
  return TRUE;
}

/* An owner without an account would leave its entry to whoever is given the number next. */
static gboolean
owner_is_kept (const E13Planner *planner, const E13Job *job, E13Change *change)
{
  guint32 uid = job->facts.uid;

  if (!planner->options->keep_owner || uid == 0)
    return FALSE;
  if (e13_guarded_why_not_id (uid) == NULL && planner->request->ops->user_name (uid) != NULL)
    return TRUE;
  e13_change_note (change, "its owner, uid %" G_GUINT32_FORMAT ", has no account here, and no part in files made later",
                   uid);
  return FALSE;
}

static GPtrArray *
readers_of (const E13Planner *planner, const E13Job *job, const E13Requirement *requirement, gboolean app_writes)
{
  const E13AuditRequest *request = planner->request;
  GPtrArray *readers = g_ptr_array_new ();

  if (!app_writes
      && (wants (job, request->app, E13_RIGHT_READ)
          || (e13_level_rights (requirement->app, E13_TYPE_DIRECTORY) & E13_RIGHT_READ) != 0))
    g_ptr_array_add (readers, (gpointer)request->app);
  if (request->server->uid != request->app->uid
      && (e13_level_rights (requirement->server, E13_TYPE_DIRECTORY) & E13_RIGHT_READ) != 0)
    g_ptr_array_add (readers, (gpointer)request->server);
  return readers;
}

/* Default ACLs are for files whose creator is not their reader. */
static gboolean
inherit (E13Planner *planner, const E13Job *job, E13Change *change, const E13Requirement *requirement, GError **error)
{
  const E13Identity *app = planner->request->app;
  gboolean app_writes = wants (job, app, E13_RIGHT_WRITE);
  const E13Names names = { planner->request->ops->user_name, planner->request->ops->group_name };
  g_autoptr (GPtrArray) readers = NULL;

  if (job->facts.type != E13_TYPE_DIRECTORY || e13_job_is_outside (job)
      || !wants (job, NULL, E13_RIGHT_READ | E13_RIGHT_WRITE))
    return TRUE;
  if (planner->options->via != E13_VIA_ACL || job->facts.acl_state != E13_ACL_READ
      || (!app_writes && !planner->options->inherit))
    {
      planner->later_files_denied = TRUE;
      return TRUE;
    }
  readers = readers_of (planner, job, requirement, app_writes);
  return e13_grant_inherit (change, &job->facts, app_writes ? app : NULL, readers,
                            app_writes && owner_is_kept (planner, job, change), requirement->world == E13_LEVEL_NONE,
                            &names, error);
}

/* logrotate refuses a directory that looks writable by a group, unless it is told whom to be. */
static void
note_logrotate (const E13Planner *planner, const E13Job *job, E13Change *change)
{
  const E13AuditRequest *request = planner->request;
  const char *path = job->path[0] != '\0' ? job->path : request->tree->path;
  const char *user = request->ops->user_name (change->after.uid);
  const char *group = request->ops->group_name (change->after.gid);

  if (job->facts.type != E13_TYPE_DIRECTORY || !e13_guarded_is_log_directory (path)
      || (change->after.mode & ~change->before.mode & 0022) == 0)
    return;
  e13_change_note (change, "logrotate, if it rotates these logs, needs the line: su %s %s",
                   user != NULL ? user : "root", group != NULL ? group : "root");
}

static void
note_names (const E13Job *job, E13Change *change)
{
  for (guint i = 0; job->names != NULL && i < job->names->len; i++)
    {
      g_autofree char *shown = e13_quote_display (g_ptr_array_index (job->names, i));

      e13_change_note (change, "the same file is also '%s'", shown);
    }
}

static E13Requirement
requirement_of (E13Planner *planner, const E13Job *job)
{
  E13Requirement not_asked = { 0 };
  gboolean is_directory = job->facts.type == E13_TYPE_DIRECTORY;

  if (e13_job_is_outside (job) || (!is_directory && job->harden == 0))
    return not_asked;
  return e13_planner_requirement (planner, job->path, is_directory);
}

/* Of the object as it was judged; NULL where nobody has asked. */
static const char *
handle_of (const E13Job *job)
{
  for (guint i = 0; i < job->findings->len; i++)
    {
      const E13Finding *finding = job->findings->pdata[i];

      if (finding->handle != NULL && e13_object_key_same_state (&finding->facts.key, &job->facts.key))
        return finding->handle;
    }
  return NULL;
}

/* The change that a job comes to, before the guard has seen it; NULL and @error where it cannot be done. */
static E13Change *
change_of (E13Planner *planner, const E13Job *job, GError **error)
{
  g_autoptr (E13Change) change = e13_change_new (job->kind, job->path, &job->facts);
  E13Requirement requirement = requirement_of (planner, job);

  if (job->kind == E13_CHANGE_SET)
    change->handle = g_strdup (handle_of (job));
  if (!grant_wishes (planner, job, change, error) || !harden (planner, job, change, &requirement, error)
      || !keep_roles (planner, job, change, &requirement, error)
      || !inherit (planner, job, change, &requirement, error))
    return NULL;
  note_logrotate (planner, job, change);
  note_names (job, change);
  return g_steal_pointer (&change);
}

static const char *
option_for (const E13Planner *planner, const GError *error)
{
  gboolean unsupported = g_error_matches (error, E13_ERROR, E13_ERROR_UNSUPPORTED);

  return unsupported && planner->options->via == E13_VIA_ACL ? "--via=group" : NULL;
}

static void
realise (E13Planner *planner, const E13Job *job)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (E13Change) change = change_of (planner, job, &error);
  g_autofree char *reason = NULL;
  const char *option = NULL;

  if (change == NULL)
    {
      e13_planner_refuse_job (planner, job, error->message, option_for (planner, error));
      return;
    }
  if (job->kind == E13_CHANGE_SET && e13_attributes_equal (&change->before, &change->after))
    {
      e13_planner_refuse_job (planner, job,
                              "owner, mode and ACL grant it already: something else denies it (a label, a sandbox, the "
                              "server of a network file system)",
                              NULL);
      return;
    }
  reason = e13_guard_change (planner->guard, change, &job->facts, &option);
  if (reason == NULL && e13_job_is_outside (job) && !e13_planner_judge_reach (planner, job, change, &reason))
    option = "--parents=force";
  if (reason != NULL)
    e13_planner_refuse_job (planner, job, reason, option);
  else
    g_ptr_array_add (planner->plan->changes, g_steal_pointer (&change));
}

/* ---- The plan -------------------------------------------------------------------------------- */

static int
compare_paths (const char *a, const char *b)
{
  gboolean a_outside = a[0] == '/';
  gboolean b_outside = b[0] == '/';

  return a_outside != b_outside ? (int)b_outside - (int)a_outside : e13_path_compare (a, b);
}

static int
compare_jobs (gconstpointer a, gconstpointer b)
{
  return compare_paths ((*(E13Job *const *)a)->path, (*(E13Job *const *)b)->path);
}

static int
compare_wishes (gconstpointer a, gconstpointer b)
{
  guint32 x = ((const E13Wish *)a)->identity->uid;
  guint32 y = ((const E13Wish *)b)->identity->uid;

  return (x > y) - (x < y);
}

static guint32
uid_of (const E13Finding *finding)
{
  return finding->identity != NULL ? finding->identity->uid : 0;
}

static int
compare_refusals (gconstpointer a, gconstpointer b)
{
  const E13Finding *x = (*(E13Refusal *const *)a)->finding;
  const E13Finding *y = (*(E13Refusal *const *)b)->finding;
  int by_path = compare_paths (x->path, y->path);

  if (by_path != 0)
    return by_path;
  if (x->rule != y->rule)
    return x->rule < y->rule ? -1 : 1;
  return (uid_of (x) > uid_of (y)) - (uid_of (x) < uid_of (y));
}

static int
compare_strings (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

/* Whatever order the findings came in, the plan is the same. */
static const GPtrArray *
sorted_jobs (E13Planner *planner)
{
  GPtrArray *jobs = planner->in_order;
  gboolean is_sorted = TRUE;

  for (guint i = 0; i < jobs->len; i++)
    {
      E13Job *each = jobs->pdata[i];

      if (each->names != NULL)
        g_ptr_array_sort (each->names, compare_strings);
      g_array_sort (each->wishes, compare_wishes);
    }
  /* As findings come by path, they almost always are. */
  for (guint i = 1; is_sorted && i < jobs->len; i++)
    is_sorted = compare_jobs (&jobs->pdata[i - 1], &jobs->pdata[i]) <= 0;
  if (!is_sorted)
    g_ptr_array_sort (jobs, compare_jobs);
  return jobs;
}

static void
refusal_free (gpointer refusal)
{
  g_free (((E13Refusal *)refusal)->reason);
  g_free (refusal);
}

E13Plan *
e13_plan_new (void)
{
  E13Plan *plan = g_new0 (E13Plan, 1);

  plan->changes = g_ptr_array_new_with_free_func ((GDestroyNotify)e13_change_free);
  plan->refusals = g_ptr_array_new_with_free_func (refusal_free);
  plan->notes = g_ptr_array_new_with_free_func (g_free);
  return plan;
}

static void
fill (E13Planner *planner, const E13Audit *audit)
{
  const GPtrArray *jobs;

  for (guint i = 0; i < audit->findings->len; i++)
    sort_in (planner, g_ptr_array_index (audit->findings, i));
  jobs = sorted_jobs (planner);
  for (guint i = 0; i < jobs->len; i++)
    realise (planner, g_ptr_array_index (jobs, i));
  g_ptr_array_sort (planner->plan->refusals, compare_refusals);
  if (planner->later_files_denied)
    g_ptr_array_add (
        planner->plan->notes,
        g_strdup ("what is deployed later may be denied again, as its creator's umask decides; --inherit prevents it"));
}

static E13Plan *
posix_plan_make (const E13AuditRequest *request, const E13Audit *audit, const E13PlanOptions *options)
{
  g_autoptr (E13Guard) guard = e13_guard_new (request, options, audit);
  g_autoptr (GHashTable) jobs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, e13_job_free);
  g_autoptr (GPtrArray) in_order = g_ptr_array_new ();
  g_autoptr (GHashTable) refused = g_hash_table_new (NULL, NULL);
  E13Planner planner = {
    .request = request,
    .options = options,
    .guard = guard,
    .jobs = jobs,
    .in_order = in_order,
    .refused = refused,
    .plan = e13_plan_new (),
  };

  fill (&planner, audit);
  e13_planner_forget_scope (&planner);
  return planner.plan;
}

E13Plan *
e13_plan_make (const E13AuditRequest *request, const E13Audit *audit, const E13PlanOptions *options)
{
  return request->tree->has_descriptors ? e13_windows_plan_make (request, audit, options)
                                        : posix_plan_make (request, audit, options);
}

void
e13_plan_free (E13Plan *plan)
{
  if (plan == NULL)
    return;
  g_ptr_array_unref (plan->changes);
  g_ptr_array_unref (plan->refusals);
  g_ptr_array_unref (plan->notes);
  g_clear_pointer (&plan->grants, g_ptr_array_unref);
  g_free (plan);
}
