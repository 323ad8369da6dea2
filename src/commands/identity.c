/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* errno13 identity: whom a web server here runs as, by which evidence, and which account is chosen. */

#include "commands/commands.h"

#include <stdio.h>

#include "base/error.h"
#include "base/quote.h"
#include "commands/run.h"
#include "servers/local.h"
#include "servers/whose.h"

static const E13CommandLine command_line = {
  .name = "identity",
  .arguments = "[SITE...]",
  .summary
  = "Shows the accounts that web servers here run as, the evidence for each, and which of them serves SITE and "
    "runs its code. For IIS, SITE is a path or a name such as 'Default Web Site/week7'; without it all sites "
    "are shown.",
  .groups = E13_OPTIONS_WHO | E13_OPTIONS_REPORT,
};

/* ---- Unix ------------------------------------------------------------------------------------ */

/* Where there is no one account to judge, that is an error, as it is for check. */
static int
print_serving (const E13ReadOps *ops, const E13Options *options, const char *site, guint32 owner)
{
  const E13SourceOps files = e13_local_sources (ops);
  const E13ServingQuestion question
      = { .ops = ops, .files = &files, .site = site, .owner = owner, .sees_all = e13_serving_sees_all (ops) };
  g_autoptr (E13Serving) serving = e13_serving_find (&question);
  const E13ReportOptions report = e13_options_report (options, ops);
  const E13ServingReport said = { site, serving };
  const char *why_not = serving->no_app != NULL ? serving->no_app : serving->no_server;
  g_autoptr (GError) error = NULL;

  options->reporter->serving (&report, &said);
  if (why_not == NULL)
    return E13_EXIT_CLEAN;
  e13_throw (&error, E13_ERROR_USAGE, "%s: check and fix take %s NAME", why_not,
             serving->no_app == NULL   ? "--as-server"
             : serving->server == NULL ? "--as"
                                       : "--as-app");
  return e13_command_fail (error);
}

static int
print_site (const E13ReadOps *ops, const E13Options *options, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (E13Route) route = ops->route (path, &error);
  const E13Pin *last;
  g_autofree char *shown = e13_quote_display (path);

  if (route == NULL)
    return e13_command_fail (error);
  last = route->pins->pdata[route->pins->len - 1];
  if (route->missing == NULL)
    return print_serving (ops, options, route->resolved, last->facts.uid);
  e13_throw (&error, E13_ERROR_USAGE, "cannot open '%s': %s", shown, g_strerror (route->error));
  return e13_command_fail (error);
}

/* --as: one account, with what is known of it. */
static int
print_named (const E13ReadOps *ops, const E13Options *options)
{
  g_auto (E13Who) who = { 0 };
  g_autoptr (GError) error = NULL;
  E13Claim claim = { .program = NULL, .is_app = TRUE, .is_server = TRUE };
  E13Serving serving = { .app = &claim, .server = &claim };
  const E13ReportOptions report = e13_options_report (options, ops);
  const E13ServingReport said = { NULL, &serving };

  if (!e13_who_find (&who, ops, options, NULL, &error))
    return e13_command_fail (error);
  claim.identity = who.app;
  claim.is_running = who.app_service.pid != 0;
  claim.service = who.app_service;
  serving.claims = g_ptr_array_new ();
  serving.unread = g_ptr_array_new ();
  serving.remarks = who.remarks != NULL ? g_ptr_array_ref (who.remarks) : g_ptr_array_new ();
  g_ptr_array_add (serving.claims, &claim);
  options->reporter->serving (&report, &said);
  g_ptr_array_unref (serving.claims);
  g_ptr_array_unref (serving.unread);
  g_ptr_array_unref (serving.remarks);
  return E13_EXIT_CLEAN;
}

static int
print_unix (const E13ReadOps *ops, const E13Options *options)
{
  int worst = E13_EXIT_CLEAN;

  if (options->as != NULL)
    return print_named (ops, options);
  if (options->arguments == NULL)
    return print_serving (ops, options, NULL, G_MAXUINT32);
  for (gsize i = 0; options->arguments[i] != NULL; i++)
    {
      int status = print_site (ops, options, options->arguments[i]);

      worst = MAX (worst, status);
    }
  return worst;
}

/* ---- Accounts of Windows --------------------------------------------------------------------- */

static void
print_token (const E13Identity *identity)
{
  const E13Token *token = identity->token;
  g_autofree char *label = e13_identity_label (identity);
  g_autofree char *sid = e13_sid_to_text (&token->user);

  printf ("%-16s %s\n    %s, groups: ", label, identity->evidence, sid);
  for (guint i = 0; i < token->groups->len; i++)
    {
      g_autofree char *group = e13_sid_describe (&g_array_index (token->groups, E13TokenGroup, i).sid);

      printf ("%s%s", i > 0 ? ", " : "", group);
    }
  puts (token->groups->len > 0 ? "" : "none");
}

static void
print_account (const char *role, const E13IisAccount *account)
{
  g_autofree char *name = e13_quote_windows (account->name);
  g_autofree char *sid = account->token != NULL ? e13_sid_to_text (&account->token->user)
                                                : g_strdup ("its SID is known on its own machine alone: --as-sid");

  printf ("    %-11s %s (%s)\n                %s\n", role, name, sid, account->evidence);
}

static gboolean
print_place (const E13IisServer *iis, const char *path, GError **error)
{
  const E13IisQuestion question = { .server = iis, .path = path };
  g_autoptr (E13IisWhose) whose = e13_iis_whose (&question, error);
  g_autofree char *shown = e13_quote_windows (path);
  g_autofree char *place = NULL;

  if (whose == NULL)
    return FALSE;
  place = e13_quote_display (whose->place);
  printf ("%s, %s\n", place, shown);
  print_account ("scripts", whose->scripts);
  print_account ("files", whose->files);
  print_account ("web.config", whose->config);
  for (guint i = 0; i < whose->remarks->len; i++)
    printf ("    %s\n", (char *)whose->remarks->pdata[i]);
  return TRUE;
}

/* The directories of the server whose name in its settings is @name, or all of them. */
static void
add_places (const E13IisServer *iis, const char *name, GPtrArray *paths)
{
  for (guint s = 0; s < iis->sites->len; s++)
    {
      const E13IisSite *site = iis->sites->pdata[s];

      for (guint a = 0; a < site->applications->len; a++)
        {
          const E13IisApplication *application = site->applications->pdata[a];

          for (guint d = 0; d < application->directories->len; d++)
            {
              const E13IisDirectory *directory = application->directories->pdata[d];
              E13IisMatch match = { site, application, directory, (char *)"" };
              g_autofree char *place = e13_iis_match_place (&match);

              if (directory->physical_path != NULL && (name == NULL || g_ascii_strcasecmp (place, name) == 0))
                g_ptr_array_add (paths, g_strdup (directory->physical_path));
            }
        }
    }
}

/* What is asked for by path or by name; all where nothing is. */
static GPtrArray *
paths_of (const E13IisServer *iis, char *const *sites)
{
  GPtrArray *paths = g_ptr_array_new_with_free_func (g_free);

  if (sites == NULL)
    add_places (iis, NULL, paths);
  for (gsize i = 0; sites != NULL && sites[i] != NULL; i++)
    {
      guint n = paths->len;

      add_places (iis, sites[i], paths);
      if (paths->len == n)
        g_ptr_array_add (paths, e13_iis_path (sites[i], e13_iis_no_variables));
    }
  return paths;
}

static int
print_places (const E13IisServer *iis, char *const *sites)
{
  g_autoptr (GPtrArray) paths = paths_of (iis, sites);
  int worst = E13_EXIT_CLEAN;

  for (guint i = 0; i < paths->len; i++)
    {
      g_autoptr (GError) error = NULL;

      if (!print_place (iis, paths->pdata[i], &error))
        worst = e13_command_fail (error);
    }
  return worst;
}

/* ---- The command ----------------------------------------------------------------------------- */

static void
print_judged (const E13Who *who)
{
  g_autofree char *chosen = who->app != NULL ? e13_identity_label (who->app) : NULL;

  if (chosen != NULL)
    printf ("Judged: %s (%s), by %s.\n", chosen, who->app->evidence, who->ask_kernel ? "the kernel" : "the model");
  else
    puts ("Judged: what runs the scripts and reads the files of a site, and who reads its web.config, by the model.");
  for (guint i = 0; who->remarks != NULL && i < who->remarks->len; i++)
    puts (who->remarks->pdata[i]);
}

int
e13_command_identity (const E13ReadOps *ops, int argc, char **argv)
{
  g_auto (E13Options) options = { 0 };
  g_auto (E13Who) who = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = NULL;
  int status = E13_EXIT_CLEAN;

  if (!e13_options_parse (&options, &command_line, NULL, argc, argv, &error))
    return e13_command_fail (error);
  if (ops->processes != NULL && options.apphost == NULL && options.pool == NULL && options.as_sid == NULL)
    {
      if (options.reporter->serving != NULL)
        return print_unix (ops, &options);
      e13_throw (&error, E13_ERROR_USAGE, "identity has no --format=%s", options.reporter->name);
      return e13_command_fail (error);
    }
  if (options.reporter != &e13_report_text)
    {
      e13_throw (&error, E13_ERROR_USAGE, "what IIS says of identities has no --format=%s", options.reporter->name);
      return e13_command_fail (error);
    }
  if (options.apphost == NULL && ops->identities_found != NULL)
    found = ops->identities_found ();
  for (guint i = 0; found != NULL && i < found->len; i++)
    print_token (found->pdata[i]);
  if (!e13_who_find (&who, ops, &options, NULL, &error))
    return e13_command_fail (error);
  if (options.arguments != NULL && who.iis == NULL)
    {
      e13_throw (&error, E13_ERROR_USAGE,
                 "a site is for the settings of IIS, which are not known here: --apphost is missing");
      return e13_command_fail (error);
    }
  if (who.iis != NULL)
    status = print_places (who.iis, options.arguments);
  if (who.app != NULL && who.app->token != NULL)
    print_token (who.app);
  print_judged (&who);
  return status;
}
