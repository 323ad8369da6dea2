/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* errno13 identity: whom a web server here runs as, by which evidence, and which account is chosen. */

#include "commands/commands.h"

#include <stdio.h>

#include "base/error.h"
#include "base/quote.h"
#include "commands/run.h"

static const E13CommandLine command_line = {
  .name = "identity",
  .arguments = "[SITE...]",
  .summary = "Shows the accounts that web servers here run as, the evidence for each, and which one is judged. SITE, a "
             "path or a "
             "name such as 'Default Web Site/week7', is for IIS: without it all of its sites are shown.",
  .groups = E13_OPTIONS_WHO,
};

/* ---- Accounts of Unix ------------------------------------------------------------------------ */

static void
append_groups (GString *line, const E13ReadOps *ops, const E13GroupSet *groups)
{
  for (gsize i = 0; i < groups->n_gids; i++)
    {
      const char *name = ops->group_name (groups->gids[i]);

      g_string_append_printf (line, "%s%" G_GUINT32_FORMAT "%s%s%s", i > 0 ? ", " : "", groups->gids[i],
                              name != NULL ? " (" : "", name != NULL ? name : "", name != NULL ? ")" : "");
    }
}

static void
print_identity (const E13ReadOps *ops, const E13Identity *identity)
{
  g_autofree char *label = e13_identity_label (identity);
  const char *group = ops->group_name (identity->gid);
  g_autoptr (GString) groups = g_string_new (NULL);

  append_groups (groups, ops, &identity->groups);
  printf ("%-16s %s\n", label, identity->evidence);
  printf ("    uid %" G_GUINT32_FORMAT ", gid %" G_GUINT32_FORMAT "%s%s%s, other groups: %s\n", identity->uid,
          identity->gid, group != NULL ? " (" : "", group != NULL ? group : "", group != NULL ? ")" : "",
          groups->len > 0 ? groups->str : "none");
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
  if (options.apphost == NULL)
    found = ops->identities_found ();
  for (guint i = 0; found != NULL && i < found->len; i++)
    if (((E13Identity *)found->pdata[i])->token != NULL)
      print_token (found->pdata[i]);
    else
      print_identity (ops, found->pdata[i]);
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
