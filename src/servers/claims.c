/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Claims: what each running program and each piece of configuration says on who serves. */

#include <string.h>

#include "servers/claims.h"

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
  g_strfreev (claim->words);
  g_ptr_array_unref (claim->remarks);
  g_free (claim);
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
  g_strfreev (claim->words);
  claim->words = g_strdupv (process->words);
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
