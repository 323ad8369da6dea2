/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Claims: what each running program and each piece of configuration says on who serves. */

#include <string.h>

#include "base/error.h"
#include "base/quote.h"
#include "servers/claims.h"
#include "servers/unit.h"

/* Whose numbers systemd gives out and takes back, DynamicUser=. */
#define FIRST_DYNAMIC_UID 61184
#define LAST_DYNAMIC_UID 65519

E13Claim *
e13_claim_new (const char *program, const char *name)
{
  E13Claim *claim = g_new0 (E13Claim, 1);

  claim->program = program;
  claim->name = g_strdup (name);
  claim->service.umask = -1;
  claim->remarks = g_ptr_array_new_with_free_func (g_free);
  return claim;
}

void
e13_claim_free (E13Claim *claim)
{
  g_free (claim->name);
  g_free (claim->place);
  e13_identity_free (claim->identity);
  e13_service_clear (&claim->service);
  g_ptr_array_unref (claim->remarks);
  g_free (claim);
}

/* ---- Accounts -------------------------------------------------------------------------------- */

static gboolean
find_group (const E13ReadOps *ops, const char *name, guint32 *ret_gid)
{
  guint64 gid;
  const char *digits = name + (*name == '#');

  if (g_ascii_string_to_unsigned (digits, 10, 0, G_MAXUINT32 - 1, &gid, NULL))
    return *ret_gid = (guint32)gid, TRUE;
  return ops->group_find != NULL && ops->group_find (name, ret_gid);
}

static gboolean
throw_no_group (const char *name, GError **error)
{
  g_autofree char *shown = e13_quote_display (name);

  return e13_throw (error, E13_ERROR_USAGE, "there is no group named '%s'", shown);
}

E13Identity *
e13_serving_account (const E13ReadOps *ops, const char *user, const char *group, const GPtrArray *groups,
                     const char *evidence, GError **error)
{
  g_autoptr (E13Identity) account = ops->identity_parse (user + (*user == '#'), error);
  g_autoptr (GArray) gids = g_array_new (FALSE, FALSE, sizeof (guint32));
  E13Identity *identity;
  guint32 gid;

  if (account == NULL)
    return NULL;
  gid = account->gid;
  if (group != NULL && *group != '\0' && !find_group (ops, group, &gid))
    return throw_no_group (group, error), NULL;
  for (guint i = 0; groups != NULL && i < groups->len; i++)
    {
      guint32 further;

      if (!find_group (ops, groups->pdata[i], &further))
        return throw_no_group (groups->pdata[i], error), NULL;
      g_array_append_val (gids, further);
    }
  g_array_append_vals (gids, account->groups.gids, (guint)account->groups.n_gids);
  identity
      = e13_identity_new (account->name, account->uid, gid, (const guint32 *)(gpointer)gids->data, gids->len, evidence);
  identity->overrides_dac = account->overrides_dac;
  return identity;
}

char *
e13_serving_why_no_grant (const E13Process *process)
{
  guint32 uid = process->identity->uid;

  if (process->is_unmapped)
    return g_strdup_printf ("the account of process %" G_GUINT32_FORMAT
                            " has no number here, since it runs in a user namespace that maps none to it",
                            process->pid);
  if (uid == 0 && !process->identity->overrides_dac)
    return g_strdup ("it runs as root without the capability to overrule permissions, and nothing is granted to root: "
                     "run it as an account of its own");
  if (uid >= FIRST_DYNAMIC_UID && uid <= LAST_DYNAMIC_UID && process->unit != NULL)
    return g_strdup_printf ("uid %" G_GUINT32_FORMAT " is of those that systemd gives out anew at each start "
                            "(DynamicUser=): grant to a group, and name it as SupplementaryGroups= of %s",
                            uid, process->unit);
  return NULL;
}

static void
add_group (GString *list, const E13ReadOps *ops, guint32 gid)
{
  const char *name = ops->group_name (gid);

  if (name != NULL)
    g_string_append_printf (list, "%s%s", list->len > 0 ? ", " : "", name);
  else
    g_string_append_printf (list, "%sgid %" G_GUINT32_FORMAT, list->len > 0 ? ", " : "", gid);
}

static gboolean
is_in (const E13GroupSet *set, guint32 gid)
{
  for (gsize i = 0; i < set->n_gids; i++)
    if (set->gids[i] == gid)
      return TRUE;
  return FALSE;
}

static void
remark_groups (const E13ReadOps *ops, const E13Process *process, GPtrArray *remarks)
{
  const E13Identity *identity = process->identity;
  g_autoptr (GString) later = g_string_new (NULL);
  g_autoptr (GString) only_now = g_string_new (NULL);
  g_autofree char *who = e13_identity_label (identity);
  g_autofree char *restart = process->unit != NULL ? g_strdup_printf ("systemctl restart %s", process->unit)
                                                   : g_strdup ("restart the service");

  for (guint i = 0; identity->also_groups != NULL && i < identity->also_groups->len; i++)
    {
      const E13GroupSet *set = &g_array_index (identity->also_groups, E13GroupSet, i);

      for (gsize k = 0; k < set->n_gids; k++)
        if (!e13_identity_in_group (identity, set->gids[k]))
          add_group (later, ops, set->gids[k]);
      for (gsize k = 0; k < identity->groups.n_gids; k++)
        if (!is_in (set, identity->groups.gids[k]))
          add_group (only_now, ops, identity->groups.gids[k]);
    }
  if (later->len > 0)
    g_ptr_array_add (remarks,
                     g_strdup_printf ("The running %s (pid %" G_GUINT32_FORMAT ") is not in %s, where the account "
                                      "database has %s: the group is not in force until a restart (%s).",
                                      process->program, process->pid, later->str, who, restart));
  if (only_now->len > 0)
    g_ptr_array_add (remarks,
                     g_strdup_printf ("The running %s (pid %" G_GUINT32_FORMAT
                                      ") is still in %s, where the account database no longer has %s: that ends "
                                      "with a restart (%s).",
                                      process->program, process->pid, only_now->str, who, restart));
}

void
e13_serving_remark (const E13ReadOps *ops, const E13Process *process, GPtrArray *remarks)
{
  g_autofree char *why_not = e13_serving_why_no_grant (process);
  g_autofree char *who = e13_identity_label (process->identity);

  if (!process->has_users && !process->is_unmapped)
    remark_groups (ops, process, remarks);
  if (process->has_users && !process->is_unmapped)
    g_ptr_array_add (
        remarks, g_strdup_printf ("%s (pid %" G_GUINT32_FORMAT ") runs in a user namespace, as uid %" G_GUINT32_FORMAT
                                  " there; on disk, and in every grant, that is uid %" G_GUINT32_FORMAT ".",
                                  process->program, process->pid, process->inside_uid, process->identity->uid));
  if (why_not != NULL)
    g_ptr_array_add (remarks, g_strdup_printf ("No grant is made for %s: %s.", who, why_not));
}

/* ---- Processes ------------------------------------------------------------------------------- */

static guint
nearness_of_process (const E13ServingQuestion *question, const E13Process *process)
{
  return process->directory != NULL ? e13_nearness (process->directory, question->site) : 0;
}

static void
take_process (const E13ServingQuestion *question, E13Claim *claim, const E13Process *process)
{
  e13_identity_free (claim->identity);
  claim->identity = e13_identity_copy (process->identity);
  claim->identity->no_grant = e13_serving_why_no_grant (process);
  claim->is_running = TRUE;
  e13_service_set (&claim->service, process);
  e13_serving_remark (question->ops, process, claim->remarks);
}

static E13Claim *
claim_of_process (const E13ServingQuestion *question, const E13Running *running)
{
  g_autofree char *pool = e13_server_pool (running->process);
  g_autofree char *wsgi = e13_server_wsgi (running->process);
  E13Claim *claim = e13_claim_new (wsgi != NULL ? "mod_wsgi" : running->program->name, pool != NULL ? pool : wsgi);

  claim->serves = running->program->serves && wsgi == NULL;
  claim->runs = running->program->runs;
  claim->nearness = claim->serves ? 0 : nearness_of_process (question, running->process);
  if (claim->name == NULL && running->process->unit != NULL)
    claim->name = g_strdup (running->process->unit);
  take_process (question, claim, running->process);
  return claim;
}

/* ---- Configuration --------------------------------------------------------------------------- */

static guint
nearness_of_hosting (const E13ServingQuestion *question, const E13Hosting *hosting)
{
  guint nearest = 0;

  for (guint i = 0; question->site != NULL && i < hosting->paths->len; i++)
    {
      guint as_written = e13_nearness (hosting->paths->pdata[i], question->site);
      /* Where it leads by links: a release that is current today. */
      g_autoptr (E13Route) route = as_written == 0 ? question->ops->route (hosting->paths->pdata[i], NULL) : NULL;
      guint resolved = route != NULL && route->missing == NULL ? e13_nearness (route->resolved, question->site) : 0;

      nearest = MAX (nearest, MAX (as_written, resolved));
    }
  return nearest;
}

static gboolean
is_of (const E13Running *running, const E13Hosting *hosting)
{
  g_autofree char *pool = e13_server_pool (running->process);
  g_autofree char *wsgi = e13_server_wsgi (running->process);

  if (running->is_master || running->is_elsewhere)
    return FALSE;
  if (strcmp (hosting->program, "mod_wsgi") == 0)
    return wsgi != NULL && g_strcmp0 (wsgi, hosting->name) == 0;
  if (running->process->unit != NULL && g_strcmp0 (running->process->unit, hosting->name) == 0)
    return TRUE;
  if (wsgi != NULL || strcmp (running->program->name, hosting->program) != 0
      || (running->config != NULL && strcmp (running->config, hosting->file) != 0))
    return FALSE;
  if (strcmp (hosting->program, "php-fpm") == 0)
    return g_strcmp0 (pool, hosting->name) == 0;
  /* Of several applications, each has a file of its own. */
  return strcmp (hosting->program, "uwsgi") != 0 || running->config != NULL;
}

static const E13Running *
running_of (const GArray *running, const E13Hosting *hosting)
{
  for (guint i = 0; i < running->len; i++)
    if (is_of (&g_array_index (running, E13Running, i), hosting))
      return &g_array_index (running, E13Running, i);
  return NULL;
}

/* The unit of the system that a program is started by. */
static const E13Hosting *
unit_of_program (const E13Serving *serving, const char *program)
{
  for (guint i = 0; i < serving->hostings->len; i++)
    {
      const E13Hosting *unit = serving->hostings->pdata[i];

      if (unit->name != NULL && g_str_has_suffix (unit->name, ".service") && g_str_has_suffix (unit->file, ".service")
          && strcmp (unit->program, program) == 0)
        return unit;
    }
  return NULL;
}

static void
take_account (const E13ServingQuestion *question, const E13Serving *serving, E13Claim *claim)
{
  const E13Hosting *said = claim->hosting;
  const E13Hosting *unit = unit_of_program (serving, claim->program);
  g_autofree char *evidence = NULL;
  g_autoptr (GError) error = NULL;

  if (said->user == NULL && unit != NULL && unit->user != NULL)
    said = unit;
  if (said->user == NULL)
    return;
  evidence = g_strdup_printf ("%s, %s: %s", claim->program, question->sees_all ? "not running" : "as configured",
                              said->user_place);
  claim->identity = e13_serving_account (question->ops, said->user, said->group, said->groups, evidence, &error);
  if (claim->identity == NULL)
    g_ptr_array_add (claim->remarks, g_strdup_printf ("%s: %s.", said->user_place, error->message));
  else if (said->is_dynamic || (unit != NULL && unit->is_dynamic))
    claim->identity->no_grant = g_strdup ("DynamicUser= gives it another number at each start: grant to a group, and "
                                          "name it as SupplementaryGroups=");
}

/* Whom the configuration names, and whom the processes that run by it show, may be two. */
static void
compare_with_account (const E13ServingQuestion *question, E13Claim *claim)
{
  const E13Hosting *said = claim->hosting;
  g_autoptr (E13Identity) account
      = said->user != NULL ? e13_serving_account (question->ops, said->user, NULL, NULL, "", NULL) : NULL;
  g_autofree char *now = e13_identity_label (claim->identity);
  g_autofree char *then = account != NULL ? e13_identity_label (account) : NULL;

  if (account != NULL && account->uid != claim->identity->uid && account->uid != 0)
    g_ptr_array_add (claim->remarks, g_strdup_printf ("%s still runs as %s, but its configuration now says %s (%s): "
                                                      "that comes into force with a restart.",
                                                      claim->service.name, now, then, said->user_place));
}

static E13Claim *
claim_of_hosting (const E13ServingQuestion *question, const GArray *running, const E13Serving *serving,
                  const E13Hosting *hosting)
{
  E13Claim *claim = e13_claim_new (hosting->program, hosting->name);
  const E13Running *live = hosting->is_per_request ? NULL : running_of (running, hosting);

  claim->serves = hosting->serves;
  claim->runs = hosting->runs;
  claim->is_named = TRUE;
  claim->hosting = hosting;
  claim->place = g_strdup (hosting->place);
  claim->nearness = nearness_of_hosting (question, hosting);
  if (live != NULL)
    {
      guint by_process = claim->serves ? 0 : nearness_of_process (question, live->process);

      claim->nearness = MAX (claim->nearness, by_process);
      take_process (question, claim, live->process);
      if (!live->process->has_users)
        compare_with_account (question, claim);
      return claim;
    }
  take_account (question, serving, claim);
  if (hosting->is_per_request && claim->identity != NULL)
    {
      g_free (claim->identity->evidence);
      claim->identity->evidence = g_strdup_printf ("for each request: %s", hosting->user_place);
    }
  return claim;
}

/* ---- All ------------------------------------------------------------------------------------- */

/* Has the usual configuration nothing to say, because what runs named another? */
static gboolean
reads_another (const GArray *running, const char *program, E13Reading *reading)
{
  gboolean another = FALSE;
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < running->len; i++)
    {
      const E13Running *one = &g_array_index (running, E13Running, i);

      if (strcmp (one->program->name, program) != 0 || one->config == NULL || one->is_owners)
        continue;
      another = TRUE;
      if (g_hash_table_add (seen, one->config))
        e13_server_read (reading, program, one->config);
    }
  return another;
}

static void
read_configuration (const GArray *running, E13Reading *reading)
{
  g_autofree const char **programs = e13_server_configured_programs ();
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (gsize i = 0; programs[i] != NULL; i++)
    if (g_hash_table_add (seen, (gpointer)programs[i]) && !reads_another (running, programs[i], reading))
      e13_server_read (reading, programs[i], NULL);
  e13_server_read_units (reading);
}

static gboolean
is_claimed (const E13Serving *serving, guint32 pid)
{
  for (guint i = 0; i < serving->claims->len; i++)
    if (((const E13Claim *)serving->claims->pdata[i])->service.pid == pid)
      return TRUE;
  return FALSE;
}

static gboolean
is_said_already (const E13Serving *serving, const E13Claim *claim)
{
  for (guint i = 0; i < serving->claims->len; i++)
    {
      const E13Claim *other = serving->claims->pdata[i];

      if (strcmp (other->program, claim->program) == 0 && other->is_running && g_strcmp0 (other->name, claim->name) == 0
          && other->nearness >= claim->nearness && e13_identity_equal (other->identity, claim->identity))
        return TRUE;
    }
  return FALSE;
}

/* A unit of a program that has configuration of its own is no claim, but what its processes are held back by. */
static gboolean
is_mere_unit (const E13Hosting *hosting)
{
  return strcmp (hosting->program, "service") != 0 && g_str_has_suffix (hosting->file, ".service");
}

void
e13_claims_make (const E13ServingQuestion *question, const GArray *running, E13Serving *serving)
{
  g_autoptr (E13Sources) sources = e13_sources_new (question->files);
  E13Reading reading = { sources, serving->hostings };

  read_configuration (running, &reading);
  for (guint i = 0; i < sources->unread->len; i++)
    g_ptr_array_add (serving->unread, g_strdup (sources->unread->pdata[i]));
  for (guint i = 0; i < serving->hostings->len; i++)
    {
      E13Claim *claim = claim_of_hosting (question, running, serving, serving->hostings->pdata[i]);
      gboolean says_nothing = claim->identity == NULL && claim->remarks->len == 0;

      /* Of units, only those that work in the site, and those whose program is known, are of interest. */
      if (strcmp (claim->program, "service") == 0
              ? claim->nearness == 0
              : is_mere_unit (claim->hosting) && (says_nothing || claim->nearness == 0))
        e13_claim_free (claim);
      else
        g_ptr_array_add (serving->claims, claim);
    }
  for (guint i = 0; i < running->len; i++)
    {
      const E13Running *one = &g_array_index (running, E13Running, i);
      E13Claim *claim
          = one->is_master || is_claimed (serving, one->process->pid) ? NULL : claim_of_process (question, one);

      if (claim == NULL)
        continue;
      if ((strcmp (claim->program, "service") == 0 && claim->nearness == 0) || is_said_already (serving, claim))
        e13_claim_free (claim);
      else
        g_ptr_array_add (serving->claims, claim);
    }
}
