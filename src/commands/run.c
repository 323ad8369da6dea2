/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "commands/run.h"

#include <errno.h>

#include "base/error.h"
#include "base/quote.h"
#include "commands/place.h"
#include "commands/site-policy.h"
#include "commands/watch.h"
#include "platform/store.h"
#include "repair/guard.h"

/* ---- Once a run ------------------------------------------------------------------------------ */

static gboolean
others_can_change (const E13Facts *facts)
{
  gboolean by_mode = facts->type != E13_TYPE_SYMLINK && (facts->mode & 022) != 0 && (facts->mode & 01000) == 0;

  return facts->uid != 0 || by_mode;
}

/* Some sudo leaves the caller's HOME to root: a folder that anybody else can fill, or put in that place, says nothing
 * about what root may do. */
static gboolean
is_believed (const E13ReadOps *ops, const char *directory)
{
  g_autoptr (E13Store) store = e13_host_read->is_windows ? e13_store_open_chosen (directory, NULL) : NULL;
  g_autoptr (E13Identity) self = ops->identity_self ();
  g_autoptr (E13Route) route = self->uid == 0 ? ops->route (directory, NULL) : NULL;

  if (e13_host_read->is_windows)
    return store != NULL;
  if (self->uid != 0)
    return TRUE;
  for (guint i = 0; route != NULL && i < route->pins->len; i++)
    if (others_can_change (&((const E13Pin *)route->pins->pdata[i])->facts))
      return FALSE;
  return route != NULL;
}

GPtrArray *
e13_run_profiles (const E13ReadOps *ops, GError **error)
{
  g_autofree char *users = g_build_filename (g_get_user_config_dir (), "errno13", "profiles", NULL);
  g_autofree char *systems = e13_store_profiles ();
  const char *directories[3] = { NULL };
  gsize n = 0;

  /* On Windows everybody may make folders where the system's folder is looked for. */
  if (!e13_host_read->is_windows || is_believed (ops, systems))
    directories[n++] = systems;
  if (is_believed (ops, users))
    directories[n++] = users;
  return e13_profiles_load (directories, error);
}

/* Is what is looked at Windows'? */
static gboolean
has_descriptors (const E13Run *run)
{
  return run->dump != NULL ? run->dump->has_descriptors : run->ops->is_windows || run->ops == e13_host_foreign_read;
}

static gboolean
compile_excludes (E13Run *run, GError **error)
{
  run->excludes = g_ptr_array_new_with_free_func ((GDestroyNotify)e13_glob_free);
  for (gsize i = 0; run->options->excludes != NULL && run->options->excludes[i] != NULL; i++)
    {
      const char *pattern = run->options->excludes[i];
      g_autofree char *folded = has_descriptors (run) ? e13_glob_fold_case (pattern) : NULL;
      E13Glob *glob = e13_glob_new (folded != NULL ? folded : pattern, error);

      if (glob == NULL)
        return FALSE;
      g_ptr_array_add (run->excludes, glob);
    }
  return TRUE;
}

static gboolean
throw_guess (GError **error)
{
  return e13_throw (
      error, E13_ERROR_REFUSED,
      "the server's settings, which say whom to grant to, can only be read by an administrator: press Start, "
      "type cmd, choose \"Run as administrator\", and give this command there");
}

gboolean
e13_run_begin (E13Run *run, const E13ReadOps *ops, const E13Options *options, gboolean repairs, GError **error)
{
  run->ops = ops;
  run->options = options;
  run->repairs = repairs;
  run->cancelled = e13_watch_interrupts ();
  run->profiles = e13_run_profiles (ops, error);
  if (run->profiles == NULL)
    return FALSE;
  if (options->dump != NULL && (run->dump = e13_options_open_dump (options, error)) == NULL)
    return FALSE;
  if (has_descriptors (run) && options->reporter == &e13_report_sh)
    return e13_throw (error, E13_ERROR_USAGE, "--format=sh is for Unix: for a tree of Windows give --format=cmd");
  return compile_excludes (run, error) && e13_who_find (&run->who, ops, options, run->dump, error)
         && (!repairs || !run->who.is_guess || throw_guess (error));
}

void
e13_run_clear (E13Run *run)
{
  e13_who_clear (&run->who);
  e13_snapshot_read.close_tree (run->dump);
  run->dump = NULL;
  g_clear_pointer (&run->profiles, g_ptr_array_unref);
  g_clear_pointer (&run->excludes, g_ptr_array_unref);
}

/* ---- Once a site ----------------------------------------------------------------------------- */

static E13Audit *
audit (E13SiteRun *site, GError **error)
{
  g_autoptr (E13Progress) progress = NULL;

  g_atomic_int_set (&site->n_seen, 0);
  progress = e13_progress_start ("objects seen", &site->n_seen);
  return e13_audit_run (&site->request, error);
}

const E13Profile *
e13_site_run_known (const E13SiteRun *site)
{
  return site->is_guessed ? NULL : e13_policy_profile (site->policy);
}

/* Before a long walk that would be for nothing. */
static gboolean
may_be_repaired (const E13SiteRun *site, GError **error)
{
  const char *option = NULL;
  g_autofree char *shown = e13_quote_display (site->tree->path);
  g_autofree char *why_not = e13_guard_site (site->run->ops, site->tree, e13_site_run_known (site), &option);

  if (why_not == NULL)
    return TRUE;
  return e13_throw (error, E13_ERROR_REFUSED, "'%s' is not repaired: %s", shown, why_not);
}

const char *
e13_who_why_no_grant (const E13Who *who)
{
  return who->app->no_grant != NULL ? who->app->no_grant : who->server->no_grant;
}

static gboolean
may_be_granted (const E13SiteRun *site, GError **error)
{
  const char *why_not = e13_who_why_no_grant (&site->who);
  g_autofree char *shown = e13_quote_display (site->tree->path);

  if (why_not == NULL)
    return TRUE;
  return e13_throw (error, E13_ERROR_REFUSED, "'%s' is not repaired: %s", shown, why_not);
}

static void
add_remarks (E13SiteRun *site)
{
  const E13Route *route = site->tree->route;
  const E13Identity *roles[] = { site->who.app, site->who.server };
  g_autofree char *given = e13_quote_display (route->given);

  for (guint i = 0; i < route->pins->len; i++)
    if (((E13Pin *)route->pins->pdata[i])->facts.type == E13_TYPE_SYMLINK)
      {
        g_ptr_array_add (site->remarks,
                         g_strdup_printf ("Reached through a link, as %s: both ways are judged.", given));
        break;
      }
  for (gsize i = 0; i < G_N_ELEMENTS (roles) && (i == 0 || roles[i] != roles[0]); i++)
    if (roles[i]->overrides_dac)
      {
        g_autofree char *who = e13_identity_label (roles[i]);

        g_ptr_array_add (site->remarks, g_strdup_printf ("%s is held back by no permission bit or ACL, only by "
                                                         "read-only mounts, flags and security labels.",
                                                         who));
      }
}

/* Who names the archive instead of what it holds is told how to go on. */
static gboolean
explain_archive (const char *path, GError **error)
{
  static const char *const endings[] = { ".zip", ".7z", ".rar", ".tar", ".gz", ".tgz" };

  for (gsize i = 0; error != NULL && i < G_N_ELEMENTS (endings); i++)
    if (g_error_matches (*error, E13_ERRNO, ENOTDIR) && g_str_has_suffix (path, endings[i]))
      {
        g_prefix_error (error, "this is the archive, not the site: unpack it inside the folder that it is to be served "
                               "from, not elsewhere to be moved there, then name that folder: ");
        break;
      }
  return FALSE;
}

gboolean
e13_site_run_begin (E13SiteRun *site, const E13Run *run, const char *path, GError **error)
{
  site->run = run;
  site->remarks = g_ptr_array_new_with_free_func (g_free);
  if (run->who.remark != NULL)
    g_ptr_array_add (site->remarks, g_strdup (run->who.remark));
  site->tree = run->dump != NULL ? run->dump : run->ops->open_tree (path, error);
  if (site->tree == NULL)
    return explain_archive (path, error);
  if (run->ops == e13_host_foreign_read && run->options->root != NULL)
    {
      g_free (site->tree->there);
      site->tree->there = g_strdup (run->options->root);
    }
  for (guint i = 0; site->tree->remarks != NULL && i < site->tree->remarks->len; i++)
    g_ptr_array_add (site->remarks, g_strdup (site->tree->remarks->pdata[i]));
  if (!e13_who_at_site (&site->who, &run->who, run->ops, run->options, site->tree, error))
    return FALSE;
  for (guint i = 0; site->who.remarks != NULL && i < site->who.remarks->len; i++)
    g_ptr_array_add (site->remarks, g_strdup (site->who.remarks->pdata[i]));
  if (!e13_site_policy_make (site, error)
      || (run->repairs && !(may_be_granted (site, error) && may_be_repaired (site, error))))
    return FALSE;
  add_remarks (site);
  e13_place_remark (run->ops, site->tree, run->who.iis, site->remarks);
  site->request = (E13AuditRequest){
    .ops = run->ops,
    .tree = site->tree,
    .policy = site->policy,
    .app = site->who.app,
    .server = site->who.server,
    .app_service = &site->who.app_service,
    .server_service = &site->who.server_service,
    .worker = site->who.worker,
    .apart = site->who.apart,
    .program = &site->who.program,
    .also = site->who.also,
    .ask_kernel = site->who.ask_kernel,
    .is_repair = run->repairs && run->options->reporter != &e13_report_sh,
    .n_threads = (guint)run->options->n_threads,
    .cross_mounts = run->options->cross_mounts,
    .excludes = run->excludes,
    .cancelled = run->cancelled,
    .n_seen = &site->n_seen,
  };
  site->audit = audit (site, error);
  return site->audit != NULL;
}

/* The pins hold what they held; only what they know of it is of before the repair. */
static gboolean
refresh_pins (E13SiteRun *site, GError **error)
{
  const GPtrArray *pins = site->tree->route->pins;

  for (guint i = 0; i < pins->len; i++)
    if (!site->run->ops->refresh (pins->pdata[i], error))
      return FALSE;
  return site->run->ops->refresh (site->tree->root, error);
}

E13Audit *
e13_site_run_again (E13SiteRun *site, GError **error)
{
  return refresh_pins (site, error) ? audit (site, error) : NULL;
}

void
e13_site_run_clear (E13SiteRun *site)
{
  g_clear_pointer (&site->audit, e13_audit_free);
  g_clear_pointer (&site->policy, e13_policy_free);
  e13_who_clear (&site->who);
  if (site->tree != NULL && site->tree != site->run->dump)
    site->run->ops->close_tree (site->tree);
  g_clear_pointer (&site->remarks, g_ptr_array_unref);
}
