/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "commands/fix-command.h"

#include <string.h>

#include "base/quote.h"
#include "repair/guard.h"
#include "repair/windows-plan.h"
#include "report/group.h"

/* The options that a printed command may add by itself: none that gives away more than a search right or something that
 * was found.
 * --parents=force, --foreign and --via are for a person to decide. */
typedef enum
{
  ADD_PARENTS = 1,
  ADD_HARDEN = 2,
  ADD_CREATE_MISSING = 4,
  ADD_HARD_LINKS = 8,
} Added;

static const struct
{
  Added flag;
  const char *option;
} addable[] = {
  { ADD_PARENTS, "--parents" },
  { ADD_HARDEN, "--harden" },
  { ADD_CREATE_MISSING, "--create-missing" },
  { ADD_HARD_LINKS, "--hard-links" },
};

static guint
flag_of (const char *option)
{
  for (gsize i = 0; option != NULL && i < G_N_ELEMENTS (addable); i++)
    if (strcmp (addable[i].option, option) == 0)
      return addable[i].flag;
  return 0;
}

static E13PlanOptions
with_added (E13PlanOptions options, guint added)
{
  if ((added & ADD_PARENTS) != 0 && options.parents == E13_PARENTS_NO)
    options.parents = E13_PARENTS_YES;
  options.harden |= (added & ADD_HARDEN) != 0;
  options.create_missing |= (added & ADD_CREATE_MISSING) != 0;
  options.hard_links |= (added & ADD_HARD_LINKS) != 0;
  return options;
}

/* ---- What is missing ------------------------------------------------------------------------- */

static guint
asked_by_refusals (const E13Plan *plan)
{
  guint asked = 0;

  for (guint i = 0; i < plan->refusals->len; i++)
    asked |= flag_of (((E13Refusal *)plan->refusals->pdata[i])->option);
  return asked;
}

static guint
asked_by_findings (const E13Audit *audit)
{
  guint asked = 0;

  for (guint i = 0; i < audit->findings->len; i++)
    {
      const E13Finding *finding = audit->findings->pdata[i];

      if (finding->severity == E13_SEVERITY_PROBLEM && finding->rule->cure == E13_CURE_HARDEN)
        asked |= ADD_HARDEN;
    }
  return asked;
}

/* A name outside the site is no fault of its own: it holds back the repair of another finding. */
static gboolean
is_curable (const E13Finding *finding)
{
  return finding->rule->cure != E13_CURE_NONE || finding->rule == &e13_rules[E13_RULE_FOREIGN_HARD_LINK];
}

char *
e13_fix_command_why_left (const E13Audit *audit, const E13Plan *plan)
{
  g_autoptr (E13PlanIndex) index = e13_plan_index_new (plan);

  if (plan->refusals->len > 0)
    {
      const E13Refusal *first = plan->refusals->pdata[0];

      return first->option != NULL && strstr (first->reason, first->option) == NULL
                 ? g_strdup_printf ("%s (only with %s)", first->reason, first->option)
                 : g_strdup (first->reason);
    }
  for (guint i = 0; i < audit->findings->len; i++)
    {
      const E13Finding *finding = audit->findings->pdata[i];

      if (finding->severity == E13_SEVERITY_PROBLEM && !is_curable (finding))
        return g_strdup_printf ("no permission cures %s", finding->rule->id);
      if (finding->severity == E13_SEVERITY_PROBLEM && finding->rule->cure != E13_CURE_NONE
          && e13_plan_index_cure (index, finding) == NULL)
        return g_strdup_printf ("a %s is not repaired", finding->rule->id);
    }
  if (audit->n_unknown > 0)
    return g_strdup ("what is unknown stays unknown");
  return NULL;
}

/* ---- The words ------------------------------------------------------------------------------- */

/* For the shell that the command is pasted into. */
static char *
quote (const char *value)
{
  g_autofree char *word = e13_host_read->is_windows ? e13_quote_cmd_word (value) : NULL;

  return word != NULL ? e13_quote_windows (word) : e13_quote_shell_display (value);
}

static void
add_value (GString *command, const char *option, const char *value)
{
  g_autofree char *shown = value != NULL ? quote (value) : NULL;

  if (value != NULL)
    g_string_append_printf (command, " %s %s", option, shown);
}

static void
add_values (GString *command, const char *option, char *const *values)
{
  for (gsize i = 0; values != NULL && values[i] != NULL; i++)
    add_value (command, option, values[i]);
}

static void
add_switch (GString *command, const char *option, gboolean given)
{
  if (given)
    g_string_append_printf (command, " %s", option);
}

static void
add_policy (GString *command, const E13Options *options)
{
  add_value (command, "--profile", options->profile);
  add_values (command, "--write", options->write_paths);
  add_switch (command, "--read-only", options->read_only);
  add_values (command, "--when", options->whens);
  add_values (command, "--exclude", options->excludes);
}

static void
add_windows (GString *command, const E13Options *options)
{
  add_value (command, "--apphost", options->apphost);
  add_value (command, "--pool", options->pool);
  add_switch (command, "--force-pool", options->force_pool);
  add_value (command, "--as-sid", options->as_sid);
  add_switch (command, "--classic", options->classic);
}

static char *
write_command (const E13SiteRun *site, const E13PlanOptions *plan, gboolean as_script)
{
  const E13Options *options = site->run->options;
  g_autoptr (E13Identity) self = site->run->ops->identity_self ();
  g_autofree char *path = quote (site->tree->route->given);
  gboolean needs_sudo = self->uid != 0 && !e13_host_read->is_windows;
  GString *command = g_string_new (needs_sudo ? "sudo errno13 fix" : "errno13 fix");

  add_value (command, "--as", options->as);
  add_value (command, "--as-app", options->as_app);
  add_value (command, "--as-server", options->as_server);
  add_value (command, "--root", options->root);
  add_windows (command, options);
  add_policy (command, options);
  add_switch (command, "--cross-mounts", options->cross_mounts);
  add_switch (command, "--trust-site-profile", site->needs_trust);
  add_value (command, "--via", options->via);
  add_switch (command, "--parents", plan->parents == E13_PARENTS_YES);
  add_switch (command, "--parents=force", plan->parents == E13_PARENTS_FORCE);
  add_switch (command, "--inherit", plan->inherit);
  add_switch (command, "--no-keep-owner", !plan->keep_owner);
  add_switch (command, "--hard-links", plan->hard_links);
  add_switch (command, "--foreign", plan->foreign);
  add_switch (command, "--harden", plan->harden);
  add_switch (command, "--create-missing", plan->create_missing);
  add_values (command, "--remove-deny", options->remove_denies);
  add_switch (command, "--override-deny", plan->override_deny);
  add_switch (command, "--null-dacl", plan->null_dacl);
  add_switch (command, "--unblock=all", plan->unblock_all);
  add_switch (command, "--format=sh", as_script);
  g_string_append_printf (command, " %s", path);
  return g_string_free (command, FALSE);
}

/* Plans until no refusal asks for an option that may still be added. */
static void
plan_with_options (E13FixCommand *fix, const E13SiteRun *site, const E13Audit *audit, E13PlanOptions *ret_options)
{
  guint added = asked_by_findings (audit);
  guint tried;

  do
    {
      tried = added;
      *ret_options = with_added (site->run->options->plan, added);
      g_clear_pointer (&fix->plan, e13_plan_free);
      fix->plan = e13_plan_make (&site->request, audit, ret_options);
      added |= asked_by_refusals (fix->plan);
    }
  while (added != tried);
}

/* ---- Dumps ------------------------------------------------------------------------------------------------------- */

/* What prints the script for the machine of the dump. */
static char *
script_command (const E13SiteRun *site)
{
  const E13Options *options = site->run->options;
  GString *command = g_string_new ("errno13 check");

  add_value (command, "--dump", options->dump);
  add_value (command, "--root", options->root);
  add_value (command, "--as", options->as);
  add_value (command, "--as-app", options->as_app);
  add_value (command, "--as-server", options->as_server);
  add_windows (command, options);
  add_policy (command, options);
  g_string_append (command, site->tree->is_windows ? " --format=cmd >repair.cmd" : " --format=sh >repair.sh");
  return g_string_free (command, FALSE);
}

/* What the script leaves. */
static char *
why_script_leaves (const E13Audit *audit, const E13Plan *plan)
{
  if (plan->refusals->len > 0)
    return g_strdup (((E13Refusal *)plan->refusals->pdata[0])->reason);
  for (guint i = 0; i < audit->findings->len; i++)
    {
      const E13Finding *finding = audit->findings->pdata[i];

      if (finding->severity == E13_SEVERITY_PROBLEM && finding->rule->cure != E13_CURE_GRANT)
        return g_strdup_printf ("no grant cures %s", finding->rule->id);
    }
  return audit->n_unknown > 0 ? g_strdup ("what is unknown stays unknown") : NULL;
}

static void
find_for_windows (E13FixCommand *fix, const E13SiteRun *site, const E13Audit *audit)
{
  E13PlanOptions options = site->run->options->plan;
  const char *guard_option = NULL;
  guint asked;

  fix->reason = e13_guard_site (site->run->ops, site->tree, e13_site_run_known (site), &guard_option);
  if (fix->reason != NULL)
    return;
  fix->plan = e13_plan_make (&site->request, audit, &options);
  asked = asked_by_refusals (fix->plan) & ADD_CREATE_MISSING; /* what guards a file is for a person to lift */
  if (asked != 0)
    {
      options = with_added (options, asked);
      e13_plan_free (fix->plan);
      fix->plan = e13_plan_make (&site->request, audit, &options);
    }
  fix->reason = why_script_leaves (audit, fix->plan);
  if (fix->plan->changes->len == 0)
    return;
  fix->command = site->tree->is_dump ? script_command (site) : write_command (site, &options, FALSE);
  fix->script = g_strdup (fix->command);
}

void
e13_fix_command_find (E13FixCommand *fix, const E13SiteRun *site, const E13Audit *audit)
{
  const char *guard_option = NULL;
  E13PlanOptions plan_options;

  if (audit->n_problems + audit->n_unknown == 0)
    return;
  if (site->tree->has_descriptors)
    {
      find_for_windows (fix, site, audit);
      return;
    }
  fix->reason = g_strdup (e13_who_why_no_grant (&site->who));
  if (fix->reason == NULL)
    fix->reason = e13_guard_site (site->run->ops, site->tree, e13_site_run_known (site), &guard_option);
  if (fix->reason != NULL)
    return;
  plan_with_options (fix, site, audit, &plan_options);
  fix->reason = e13_fix_command_why_left (audit, fix->plan);
  if (fix->plan->changes->len > 0 && site->tree->is_dump)
    {
      fix->command = script_command (site);
      fix->script = script_command (site);
    }
  else if (fix->plan->changes->len > 0)
    {
      fix->command = write_command (site, &plan_options, FALSE);
      fix->script = write_command (site, &plan_options, TRUE);
    }
}

void
e13_fix_command_clear (E13FixCommand *fix)
{
  g_free (fix->command);
  g_free (fix->script);
  g_free (fix->reason);
  g_clear_pointer (&fix->plan, e13_plan_free);
}
