/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The choice: of all that was found, who serves this site, and who runs its code. What runs counts before what is only
 * configured, what is near the site before what is somewhere; where two are left, nobody is chosen. */

#include <string.h>

#include "base/path.h"
#include "base/quote.h"
#include "servers/claims.h"

typedef gboolean (*Counts) (const E13Claim *claim);

static gboolean
does_serve (const E13Claim *claim)
{
  return claim->identity != NULL && claim->serves;
}

static gboolean
does_run (const E13Claim *claim)
{
  return claim->identity != NULL && claim->runs && !claim->serves;
}

/* Pools may serve any directory; what else runs code shows by where it works for which it does. */
static gboolean
runs_anything (const E13Claim *claim)
{
  return does_run (claim) && strcmp (claim->program, "php-fpm") == 0;
}

/* No virtual host of this site is known: a pool, or a server that runs code itself. */
static gboolean
may_run (const E13Claim *claim)
{
  return runs_anything (claim) || (does_serve (claim) && claim->runs);
}

static gboolean
is_account (const E13Claim *claim)
{
  return claim->program == NULL;
}

/* ---- Sets of claims -------------------------------------------------------------------------- */

/* Does what runs by the same configuration run at all? A virtual host whose server does not run counts less. */
static gboolean
is_in_force (const E13Serving *serving, const E13Claim *claim)
{
  if (claim->is_running)
    return TRUE;
  for (guint i = 0; claim->hosting != NULL && claim->hosting->is_per_request && i < serving->claims->len; i++)
    {
      const E13Claim *other = serving->claims->pdata[i];

      if (other->is_running && other->program != NULL && strcmp (other->program, claim->program) == 0)
        return TRUE;
    }
  return FALSE;
}

/* Those that count and are the nearest; of these, where any runs, those that run. @near: only what is near at all. */
static GPtrArray *
select_claims (const E13Serving *serving, Counts counts, gboolean near)
{
  GPtrArray *selected = g_ptr_array_new ();
  guint nearest = 0;
  gboolean any_runs = FALSE;

  for (guint i = 0; i < serving->claims->len; i++)
    {
      const E13Claim *claim = serving->claims->pdata[i];

      if (counts (claim) && (!near || claim->nearness > 0))
        any_runs |= is_in_force (serving, claim);
    }
  for (guint i = 0; i < serving->claims->len; i++)
    {
      E13Claim *claim = serving->claims->pdata[i];
      guint nearness = near ? claim->nearness : 0;

      if (!counts (claim) || (near && nearness == 0) || (any_runs && !is_in_force (serving, claim)))
        continue;
      if (nearness > nearest)
        g_ptr_array_set_size (selected, 0);
      if (nearness < nearest)
        continue;
      nearest = nearness;
      g_ptr_array_add (selected, claim);
    }
  return selected;
}

/* As one account, whose groups may differ with the process. */
static gboolean
is_one_account (const GPtrArray *claims)
{
  for (guint i = 1; i < claims->len; i++)
    {
      const E13Identity *first = ((const E13Claim *)claims->pdata[0])->identity;
      const E13Identity *other = ((const E13Claim *)claims->pdata[i])->identity;

      if (first->uid != other->uid || first->overrides_dac != other->overrides_dac)
        return FALSE;
    }
  return claims->len > 0;
}

static gboolean
knows_groups (const E13Identity *identity, const E13GroupSet *groups)
{
  for (guint i = 0; identity->also_groups != NULL && i < identity->also_groups->len; i++)
    {
      const E13GroupSet *set = &g_array_index (identity->also_groups, E13GroupSet, i);

      if (set->n_gids == groups->n_gids
          && (set->n_gids == 0 || memcmp (set->gids, groups->gids, set->n_gids * sizeof *set->gids) == 0))
        return TRUE;
    }
  return FALSE;
}

/* Where several processes of one account hold different groups, what each has is known of the one that is judged. */
static const E13Claim *
first_of (const GPtrArray *claims)
{
  E13Claim *first = claims->pdata[0];

  for (guint i = 1; i < claims->len; i++)
    {
      const E13Identity *other = ((const E13Claim *)claims->pdata[i])->identity;

      if (!e13_identity_equal (first->identity, other) && !knows_groups (first->identity, &other->groups))
        e13_identity_add_groups (first->identity, other->groups.gids, other->groups.n_gids);
    }
  return first;
}

/* "www-data (running nginx (pid 7)), maria (running php-fpm (pid 8))", each account once. */
static char *
list_accounts (const GPtrArray *claims)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  GString *list = g_string_new (NULL);

  for (guint i = 0; i < claims->len; i++)
    {
      const E13Claim *claim = claims->pdata[i];
      g_autofree char *label = e13_identity_label (claim->identity);
      g_autofree char *name = claim->name != NULL ? e13_quote_display (claim->name) : NULL;

      if (g_hash_table_add (seen, GUINT_TO_POINTER (claim->identity->uid)))
        g_string_append_printf (list, "%s%s (%s%s%s)", list->len > 0 ? ", " : "", label, claim->identity->evidence,
                                name != NULL ? ", " : "", name != NULL ? name : "");
    }
  return g_string_free (list, FALSE);
}

/* Sets @ret to the one account of @claims, or @ret_why to why there is none. FALSE: there are no claims. Takes
 * @claims. */
static gboolean
settle (GPtrArray *claims, const char *what, const E13Claim **ret, char **ret_why)
{
  g_autoptr (GPtrArray) owned = claims;

  if (owned->len == 0)
    return FALSE;
  if (is_one_account (owned))
    *ret = first_of (owned);
  else
    {
      g_autofree char *list = list_accounts (owned);

      *ret_why = g_strdup_printf ("several accounts may %s this site: %s", what, list);
    }
  return TRUE;
}

/* ---- The server ------------------------------------------------------------------------------ */

static gboolean
serves_who_knows_what (const E13Claim *claim)
{
  return does_serve (claim) && claim->is_running && claim->hosting == NULL;
}

/* Where those that are near do not run, a server that does, and of which it is not known what it serves, may as well.
 */
static GPtrArray *
select_near_servers (const E13Serving *serving)
{
  g_autoptr (GPtrArray) near = select_claims (serving, does_serve, TRUE);
  GPtrArray *all;

  if (near->len == 0 || is_in_force (serving, near->pdata[0]))
    return g_steal_pointer (&near);
  all = select_claims (serving, serves_who_knows_what, FALSE);
  for (guint i = 0; i < near->len; i++)
    g_ptr_array_add (all, near->pdata[i]);
  return all;
}

static void
choose_server (E13Serving *serving)
{
  static const char what[] = "serve";

  if (!settle (select_near_servers (serving), what, &serving->server, &serving->no_server))
    settle (select_claims (serving, does_serve, FALSE), what, &serving->server, &serving->no_server);
}

/* ---- Whom it hands code to ------------------------------------------------------------------- */

static gboolean
holds (const GPtrArray *texts, const char *text)
{
  for (guint i = 0; i < texts->len; i++)
    if (strcmp (texts->pdata[i], text) == 0)
      return TRUE;
  return FALSE;
}

/* Does a word of its command line name that address: "--bind=127.0.0.1:8000", "unix:/run/app.sock"? */
static gboolean
names_address (char *const *words, const char *address)
{
  for (gsize i = 0; words != NULL && words[i] != NULL; i++)
    {
      const char *equals = strchr (words[i], '=');
      g_autofree char *whole = e13_address_normal (words[i]);
      g_autofree char *value = equals != NULL ? e13_address_normal (equals + 1) : NULL;

      if (strcmp (whole, address) == 0 || g_strcmp0 (value, address) == 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
listens_at (const E13Claim *claim, const char *address)
{
  return (claim->hosting != NULL && holds (claim->hosting->listens, address))
         || (claim->runs && !claim->serves && names_address (claim->words, address));
}

/* Adds the claims that listen where the virtual hosts of the chosen server hand requests. */
static void
add_listeners (const E13Serving *serving, const E13Claim *host, GPtrArray *listeners, gboolean *ret_passes)
{
  for (guint i = 0; i < host->hosting->passes->len; i++)
    {
      const char *address = host->hosting->passes->pdata[i];

      *ret_passes = TRUE;
      for (guint k = 0; k < serving->claims->len; k++)
        {
          E13Claim *claim = serving->claims->pdata[k];

          if (claim != host && claim->identity != NULL && listens_at (claim, address)
              && !g_ptr_array_find (listeners, claim, NULL))
            g_ptr_array_add (listeners, claim);
        }
    }
}

/* The pools behind the virtual hosts that are as near as the chosen one. @ret_passes: do these hand requests on? */
static GPtrArray *
select_listeners (const E13Serving *serving, gboolean *ret_passes)
{
  g_autoptr (GPtrArray) hosts = select_claims (serving, does_serve, TRUE);
  GPtrArray *listeners = g_ptr_array_new ();

  *ret_passes = FALSE;
  for (guint i = 0; i < hosts->len; i++)
    if (((const E13Claim *)hosts->pdata[i])->hosting != NULL)
      add_listeners (serving, hosts->pdata[i], listeners, ret_passes);
  return listeners;
}

/* ---- The application ------------------------------------------------------------------------- */

static gboolean
is_near (const E13Claim *claim)
{
  return claim != NULL && claim->nearness > 0;
}

/* Is there a virtual host of this site, whoever's it is? */
static gboolean
knows_a_host (const E13Serving *serving)
{
  g_autoptr (GPtrArray) hosts = select_claims (serving, does_serve, TRUE);

  return hosts->len > 0;
}

/* A server that runs does not hand code to what does not. */
static void
choose_any_app (E13Serving *serving)
{
  g_autoptr (GPtrArray) any = select_claims (serving, may_run, FALSE);
  gboolean runs = any->len > 0 && is_in_force (serving, any->pdata[0]);
  gboolean server_runs = serving->server != NULL && is_in_force (serving, serving->server);

  if ((server_runs && !runs) || !settle (g_steal_pointer (&any), "run", &serving->app, &serving->no_app))
    serving->app = serving->server;
}

static void
choose_app (E13Serving *serving)
{
  static const char what[] = "run";
  gboolean passes;
  GPtrArray *listeners = select_listeners (serving, &passes);

  if (settle (listeners, what, &serving->app, &serving->no_app)
      || settle (select_claims (serving, does_run, TRUE), what, &serving->app, &serving->no_app))
    return;
  if (passes)
    serving->no_app
        = g_strdup ("requests are handed to a program of which neither process nor configuration was found");
  else if (is_near (serving->server))
    serving->app = serving->server;
  else if (serving->no_server != NULL && knows_a_host (serving))
    serving->no_app = g_strdup (serving->no_server);
  else
    choose_any_app (serving);
}

/* ---- Accounts alone -------------------------------------------------------------------------- */

static void
add_accounts (const E13ServingQuestion *question, E13Serving *serving)
{
  for (gsize i = 0; e13_server_accounts[i] != NULL; i++)
    {
      E13Identity *identity
          = e13_serving_account (question->ops, e13_server_accounts[i], NULL, NULL,
                                 question->sees_all ? "account exists, no server is running" : "account exists", NULL);
      E13Claim *claim;

      if (identity == NULL || identity->uid == 0)
        {
          e13_identity_free (identity);
          continue;
        }
      claim = e13_claim_new (NULL, NULL);
      claim->identity = identity;
      g_ptr_array_add (serving->claims, claim);
    }
}

/* ---- What is to be said ---------------------------------------------------------------------- */

static void
add_once (GPtrArray *remarks, const char *remark)
{
  if (!holds (remarks, remark))
    g_ptr_array_add (remarks, g_strdup (remark));
}

#define MOST_PLACES 3

/* Other directories that the same account serves or runs: whatever is granted here, all of them gain. */
static void
remark_others (const E13ServingQuestion *question, E13Serving *serving, const E13Claim *chosen)
{
  g_autoptr (GPtrArray) places = g_ptr_array_new ();
  g_autoptr (GString) list = g_string_new (NULL);
  g_autofree char *who = e13_identity_label (chosen->identity);

  for (guint i = 0; i < serving->claims->len; i++)
    {
      const E13Claim *claim = serving->claims->pdata[i];

      if (claim->identity == NULL || claim->identity->uid != chosen->identity->uid || claim->hosting == NULL
          || claim->is_running != chosen->is_running || claim->nearness > 0)
        continue;
      for (guint k = 0; k < claim->hosting->paths->len; k++)
        if (!holds (places, claim->hosting->paths->pdata[k]))
          g_ptr_array_add (places, claim->hosting->paths->pdata[k]);
    }
  if (question->site == NULL || places->len == 0)
    return;
  for (guint i = 0; i < places->len && i < MOST_PLACES; i++)
    {
      g_autofree char *shown = e13_quote_display (places->pdata[i]);

      g_string_append_printf (list, "%s%s", i > 0 ? ", " : "", shown);
    }
  g_ptr_array_add (serving->remarks,
                   g_strdup_printf ("%s also works for %u other %s (%s%s): what is granted here, all of them gain.",
                                    who, places->len, places->len == 1 ? "place" : "places", list->str,
                                    places->len > MOST_PLACES ? ", ..." : ""));
}

static void
remark_choice (const E13ServingQuestion *question, E13Serving *serving)
{
  const E13Claim *chosen[] = { serving->app, serving->server };

  for (gsize i = 0; i < G_N_ELEMENTS (chosen); i++)
    {
      if (chosen[i] == NULL || (i > 0 && chosen[i] == chosen[0]))
        continue;
      for (guint k = 0; k < chosen[i]->remarks->len; k++)
        add_once (serving->remarks, chosen[i]->remarks->pdata[k]);
      if (i == 0 || chosen[0] == NULL || chosen[i]->identity->uid != chosen[0]->identity->uid)
        remark_others (question, serving, chosen[i]);
    }
}

/* ---- All ------------------------------------------------------------------------------------- */

static void
mark (E13Serving *serving)
{
  for (guint i = 0; i < serving->claims->len; i++)
    {
      E13Claim *claim = serving->claims->pdata[i];

      claim->is_app = claim == serving->app;
      claim->is_server = claim == serving->server;
    }
}

void
e13_claims_choose (const E13ServingQuestion *question, E13Serving *serving)
{
  choose_server (serving);
  choose_app (serving);
  if (serving->app == NULL && serving->server == NULL && serving->no_app == NULL && serving->no_server == NULL)
    {
      add_accounts (question, serving);
      settle (select_claims (serving, is_account, FALSE), "serve", &serving->server, &serving->no_server);
      serving->app = serving->server;
      serving->no_app = g_strdup (serving->no_server);
    }
  /* An application that answers by itself serves its files, too. */
  if (serving->server == NULL && serving->no_server == NULL)
    serving->server = serving->app;
  if (serving->app == NULL && serving->no_app == NULL)
    serving->no_app = g_strdup (serving->no_server != NULL ? serving->no_server : "no web server found here");
  if (serving->server == NULL && serving->no_server == NULL)
    serving->no_server = g_strdup (serving->no_app);
  mark (serving);
  remark_choice (question, serving);
}
