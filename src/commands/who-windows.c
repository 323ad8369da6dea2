/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "commands/who-windows.h"

#include <string.h>

#include "base/error.h"
#include "base/path.h"
#include "base/quote.h"
#include "commands/argument-file.h"
#include "commands/place.h"
#include "commands/who-express.h"
#include "iis/below.h"
#include "iis/files.h"
#include "policy/nearest.h"

#define MAX_SCRIPTS 32

/* ---- The settings ---------------------------------------------------------------------------- */

static E13IisServer *
read_by_hand (const char *path, GError **error)
{
  g_autofree char *shown = e13_quote_display (path);
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *origin = e13_quote_display (name);
  g_autofree char *text = NULL;
  g_autoptr (GError) cause = NULL;
  E13IisServer *server = NULL;
  gsize size = 0;

  text = e13_argument_file_read (path, E13_XML_MAX_BYTES + 1, &size, &cause);
  if (text != NULL)
    server = e13_iis_server_parse (origin, text, size, e13_iis_usual_variables, &cause);
  if (server == NULL)
    e13_throw (error, E13_ERROR_INPUT, "cannot read the settings of IIS in '%s': %s", shown, cause->message);
  return server;
}

gboolean
e13_who_read_iis (E13Who *who, const E13ReadOps *ops, const E13Options *options, GError **error)
{
  const char *windir = g_getenv ("windir");
  E13IisState state = E13_IIS_ABSENT;

  if (options->apphost != NULL)
    return (who->iis = read_by_hand (options->apphost, error)) != NULL;
  if (options->dump != NULL || !ops->is_windows)
    return TRUE;
  e13_who_read_express (who, ops);
  if (!e13_iis_find_server (ops, windir != NULL ? windir : "C:\\Windows", &state, &who->iis, error))
    return FALSE;
  who->is_guess = state == E13_IIS_UNREADABLE;
  return TRUE;
}

/* ---- Named ----------------------------------------------------------------------------------- */

/* SID[,GROUP-SID...]. A service account alone has the groups that Windows gives it. */
static E13Token *
parse_token (const char *text, GError **error)
{
  g_auto (GStrv) words = g_strsplit (text, ",", -1);
  guint n = g_strv_length (words);
  g_autofree E13Sid *sids = g_new0 (E13Sid, n + 1);
  g_autoptr (E13Token) iusr = e13_token_iusr ();
  g_autoptr (E13Token) service = e13_token_network_service ();
  g_autofree char *shown = e13_quote_display (text);
  const E13KnownSid *known;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GError) cause = NULL;

      if (!e13_sid_parse (words[i], &sids[i], NULL, &cause))
        return e13_throw (error, E13_ERROR_USAGE, "'%s' is no list of SIDs: %s", shown, cause->message), NULL;
    }
  if (n == 0)
    return e13_throw (error, E13_ERROR_USAGE, "--as-sid takes SID[,GROUP-SID...]"), NULL;
  if (n == 1 && e13_sid_equal (&sids[0], &iusr->user))
    return g_steal_pointer (&iusr);
  if (n == 1 && e13_sid_equal (&sids[0], &service->user))
    return g_steal_pointer (&service);
  known = e13_sid_known (&sids[0]);
  return e13_token_account (known != NULL ? known->name : NULL, &sids[0], sids + 1, n - 1);
}

/* A dump says nothing of IIS: whom the classic advice names is assumed, as a member of Users, which Windows makes it.
 */
static E13Token *
assumed_token (void)
{
  E13Sid user = e13_sid_well_known ("S-1-5-11");
  E13Sid users = e13_sid_well_known ("S-1-5-32-545");

  return e13_token_account ("Authenticated Users", &user, &users, 1);
}

static gboolean
throw_no_pool (const E13IisServer *iis, const char *pool, GError **error)
{
  g_autofree char *shown = e13_quote_display (pool);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autofree char *nearest = NULL;

  for (guint i = 0; i < iis->pools->len; i++)
    g_ptr_array_add (names, (gpointer)((E13IisPool *)iis->pools->pdata[i])->name);
  g_ptr_array_add (names, NULL);
  if (iis->pools->len > 0)
    nearest = e13_quote_display (e13_nearest (pool, (const char *const *)names->pdata));
  return e13_throw (error, E13_ERROR_USAGE, "%s has no application pool '%s'%s%s%s: --force-pool takes it all the same",
                    iis->document->origin, shown, nearest != NULL ? ", the nearest is '" : "",
                    nearest != NULL ? nearest : "", nearest != NULL ? "'" : "");
}

/* A name that was mistyped makes a SID, too, which nobody has. */
static gboolean
choose_pool (E13Who *who, const E13Options *options, GError **error)
{
  const E13IisPool *known = who->iis != NULL ? e13_iis_server_pool (who->iis, options->pool) : NULL;
  g_autoptr (E13IisAccount) worker = NULL;
  g_autofree char *evidence = NULL;
  E13Token *token;

  if (who->iis != NULL && known == NULL && !options->force_pool)
    return throw_no_pool (who->iis, options->pool, error);
  if (known != NULL && (worker = e13_iis_worker (known, error)) == NULL)
    return FALSE;
  token = worker != NULL ? g_steal_pointer (&worker->token) : e13_token_worker (options->pool, NULL, FALSE, error);
  if (token == NULL)
    return FALSE;
  evidence = worker != NULL ? g_strdup_printf ("--pool, %s", worker->evidence) : g_strdup ("--pool");
  who->app = who->server = e13_identity_new_of_token (token, evidence);
  if (known != NULL)
    who->worker = e13_identity_copy (who->app);
  return TRUE;
}

/* ---- Assumed --------------------------------------------------------------------------------- */

#define GUESSED "assumed: the server's settings could not be read"

/* Whom IIS takes where nobody has changed it, and whom the classic cure names. */
static void
choose_guess (E13Who *who)
{
  who->app = who->server = e13_identity_new_of_token (e13_token_iusr (), GUESSED);
  who->worker = e13_identity_new_of_token (e13_token_worker ("DefaultAppPool", NULL, FALSE, NULL), GUESSED);
  who->also = g_ptr_array_new_with_free_func ((GDestroyNotify)e13_identity_free);
  g_ptr_array_add (who->also, e13_identity_copy (who->worker));
  g_ptr_array_add (who->also, e13_identity_new_of_token (assumed_token (), GUESSED));
  e13_who_remark (
      who, "Provisional: the server's settings can only be read by an administrator, so IUSR, DefaultAppPool and "
           "Authenticated Users are all judged; fix grants nothing on a guess.");
}

/* Apache, XAMPP: a server that is no IIS and is running. */
static E13Identity *
other_server (const E13ReadOps *ops)
{
  g_autoptr (GPtrArray) found = ops->identities_found ();

  for (guint i = 1; i < found->len; i++)
    if (!e13_identity_equal (found->pdata[0], found->pdata[i]))
      return NULL;
  return found->len > 0 ? e13_identity_copy (found->pdata[0]) : NULL;
}

static void
choose_assumed (E13Who *who, const E13ReadOps *ops, const E13Options *options)
{
  const char *evidence = options->dump != NULL ? "assumed: a dump does not tell how IIS is set up"
                         : ops->is_windows     ? "assumed: there is no IIS here"
                                               : "assumed: nothing here tells how IIS is set up";

  who->app = ops->is_windows ? other_server (ops) : NULL;
  if (who->app == NULL)
    {
      who->app = e13_identity_new_of_token (assumed_token (), evidence);
      e13_who_remark (
          who, "Authenticated Users are all that can log on: --apphost FILE, --as-sid S-1-5-17 (IUSR) or --pool NAME "
               "asks for a narrower grant.");
      if (ops->is_windows)
        e13_who_remark (who, "An Apache that was started by hand (XAMPP) runs as whoever started it: --as NAME.");
    }
  who->server = who->app;
}

gboolean
e13_who_choose_token (E13Who *who, const E13ReadOps *ops, const E13Options *options, GError **error)
{
  E13Token *token;

  if (options->pool != NULL)
    return choose_pool (who, options, error);
  if (options->as_sid != NULL)
    {
      token = parse_token (options->as_sid, error);
      if (token != NULL)
        who->app = who->server = e13_identity_new_of_token (token, "--as-sid");
      return token != NULL;
    }
  if (who->is_guess)
    choose_guess (who);
  else if (who->iis == NULL)
    choose_assumed (who, ops, options);
  return TRUE;
}

/* ---- In one place ---------------------------------------------------------------------------- */

static E13Identity *
identity_of (const E13IisAccount *account, GError **error)
{
  g_autofree char *shown = e13_quote_windows (account->name);

  if (account->token != NULL)
    return e13_identity_new_of_token (e13_token_copy (account->token), account->evidence);
  return e13_throw (error, E13_ERROR_USAGE,
                    "'%s' asks here (%s), whose SID only its own machine knows: give it with --as-sid", shown,
                    account->evidence),
         NULL;
}

/* One account that does both is shown with the evidence of the scripts, which says more. */
static gboolean
take_visitors (E13Who *who, const E13IisWhose *whose, GError **error)
{
  g_autoptr (E13Identity) server = NULL;

  who->app = identity_of (whose->scripts, error);
  server = who->app != NULL ? identity_of (whose->files, error) : NULL;
  if (server == NULL)
    return FALSE;
  who->server = e13_identity_equal (who->app, server) ? who->app : g_steal_pointer (&server);
  return TRUE;
}

/* What the settings say; whoever is there already was named and stays. */
static gboolean
take_answer (E13Who *who, const E13IisWhose *whose, GError **error)
{
  g_autofree char *place = e13_quote_display (whose->place);
  g_autofree char *worker = NULL;

  if (who->app == NULL && !take_visitors (who, whose, error))
    return FALSE;
  if (who->worker == NULL)
    who->worker = identity_of (whose->config, error);
  if (who->worker == NULL)
    return FALSE;
  worker = e13_identity_label (who->worker);
  e13_who_remark (who, "Application '%s'; its web.config files are read by %s (%s).", place, worker,
                  who->worker->evidence);
  for (guint i = 0; i < whose->remarks->len; i++)
    e13_who_remark (who, "%s", (char *)whose->remarks->pdata[i]);
  return TRUE;
}

/* The drive of the site is the volume that it lies on. */
static char *
program_here (const E13ReadOps *ops, const E13Tree *tree, const char *site, const char *program)
{
  g_auto (E13Mount) mount = { 0 };
  g_autofree char *below = NULL;

  if (tree->is_dump)
    return NULL;
  if (tree->is_windows)
    return g_strdup (program);
  if (tree->there == NULL || g_ascii_tolower (site[0]) != g_ascii_tolower (program[0])
      || !ops->mount_of (tree->root, &mount, NULL))
    return NULL;
  below = g_strdelimit (g_strdup (program + strlen ("C:")), "\\", '/');
  return g_build_filename (mount.mount_point, below, NULL);
}

static void
take_program (E13Who *who, const E13ReadOps *ops, const E13Tree *tree, const char *site, const E13IisWhose *whose)
{
  if (whose->program == NULL)
    return;
  who->program.path = program_here (ops, tree, site, whose->program);
  who->program.shown = g_strdup (whose->program);
  who->program.place = g_strdup (whose->program_place);
}

/* What is no site, but has some below it, is named by mistake for one of them. */
static gboolean
throw_holds_sites (const E13IisQuestion *question, GError **error)
{
  g_autoptr (GPtrArray) folders = e13_iis_folders_below (question->server, question->path);
  g_autofree char *list = e13_place_list (folders);
  g_autofree char *shown = e13_quote_windows (question->path);

  if (folders->len > 0)
    e13_throw (error, E13_ERROR_USAGE, "'%s' holds sites side by side: name one of them (by %s: %s)", shown,
               question->server->document->origin, list);
  return folders->len > 0;
}

/* @tree: the site, or NULL where a path alone is asked about. A named account is judged wherever the path is; without
 * one, an unknown path is an error. */
static gboolean
ask_settings (E13Who *who, const E13IisQuestion *question, const E13ReadOps *ops, const E13Tree *tree, GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autoptr (E13IisWhose) whose = e13_iis_whose (question, &cause);

  if (whose != NULL && tree != NULL)
    take_program (who, ops, tree, question->path, whose);
  if (whose != NULL)
    return take_answer (who, whose, error);
  if (who->app == NULL && throw_holds_sites (question, error))
    return FALSE;
  if (who->app == NULL)
    return e13_throw (error, E13_ERROR_USAGE, "%s: --root says which path it is, --pool or --as-sid whose rights",
                      cause->message);
  e13_who_remark (who, "Nobody is judged as the reader of web.config: %s.", cause->message);
  return TRUE;
}

static void
add_directories_below (GPtrArray *apart, const E13IisApplication *application, const char *path)
{
  for (guint i = 0; i < application->directories->len; i++)
    {
      const E13IisDirectory *directory = application->directories->pdata[i];
      g_autofree char *below
          = directory->physical_path != NULL ? e13_iis_path_beneath (directory->physical_path, path) : NULL;

      if (below != NULL && below[0] != '\0')
        g_ptr_array_add (apart, g_steal_pointer (&below));
    }
}

/* The pool of the application that holds @path; "" where none does. */
static const char *
pool_at (const E13IisServer *iis, const char *path)
{
  g_auto (E13IisMatch) match = { 0 };

  return e13_iis_server_find (iis, path, &match, NULL) ? match.application->pool.text : "";
}

/* The directories below @path that are applications of another pool than @pool. */
static GPtrArray *
applications_apart (const E13IisServer *iis, const char *path, const char *pool)
{
  GPtrArray *apart = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < iis->sites->len; i++)
    {
      const E13IisSite *site = iis->sites->pdata[i];

      for (guint j = 0; j < site->applications->len; j++)
        {
          const E13IisApplication *application = site->applications->pdata[j];

          if (g_ascii_strcasecmp (application->pool.text, pool) != 0)
            add_directories_below (apart, application, path);
        }
    }
  return apart;
}

gboolean
e13_who_windows_at_site (E13Who *site_who, const E13Who *who, const E13ReadOps *ops, const E13Options *options,
                         const E13Tree *tree, GError **error)
{
  const char *there = options->root != NULL ? options->root : tree->is_windows ? tree->path : tree->there;
  g_autofree char *path = there != NULL ? e13_iis_path (there, e13_iis_no_variables) : NULL;
  g_autoptr (GPtrArray) scripts = NULL;
  E13IisSiteFiles files = { ops, tree, NULL, FALSE };
  E13IisQuestion question = { .server = who->iis };

  e13_who_copy (site_who, who);
  if (path != NULL && e13_who_take_express (site_who, who, options, path))
    return TRUE;
  if (who->express_error != NULL)
    e13_who_remark (site_who, "The settings of IIS Express were passed over: %s.", who->express_error);
  if (who->iis == NULL || (site_who->app != NULL && site_who->worker != NULL))
    return TRUE;
  /* A volume does not know its own drive's letter. */
  if (there == NULL || (options->root == NULL && !tree->is_windows && !e13_path_is_windows (there)))
    return e13_throw (error, E13_ERROR_USAGE, "--root is missing: the site's path on the machine of --apphost");
  scripts = e13_iis_some_scripts (ops, tree, MAX_SCRIPTS);
  files.path = path;
  question.path = path;
  question.scripts = (const char *const *)scripts->pdata;
  if (options->dump == NULL)
    {
      question.read = e13_iis_read_site_file;
      question.data = &files;
    }
  if (!ask_settings (site_who, &question, ops, tree, error))
    return FALSE;
  site_who->apart = applications_apart (who->iis, path, pool_at (who->iis, path));
  if (options->dump != NULL)
    e13_who_remark (site_who, "A dump holds no web.config, which can name other handlers.");
  else if (files.has_missed)
    e13_who_remark (site_who, "The web.config files above the site were not looked for.");
  return TRUE;
}

/* Free with g_free(). */
static char *
path_there (const E13Options *options, const char *path)
{
  g_autofree char *joined = NULL;

  if (e13_path_is_windows (path) || options->root == NULL)
    return e13_iis_path (path, e13_iis_no_variables);
  joined = e13_path_join (options->root, path[0] == '/' ? "" : path, '\\');
  return e13_iis_path (joined, e13_iis_no_variables);
}

gboolean
e13_who_windows_at_path (E13Who *path_who, const E13Who *who, const E13Options *options, const char *path,
                         GError **error)
{
  g_autofree char *there = path_there (options, path);
  const char *slash = strrchr (there, '\\');
  const char *name = slash != NULL ? slash + 1 : there;
  g_autofree char *directory = g_strndup (there, (gsize)(name - there));
  const char *const scripts[] = { name, NULL };
  gboolean is_script = e13_iis_is_script (name);
  const E13IisQuestion question
      = { .server = who->iis, .path = is_script ? directory : there, .scripts = is_script ? scripts : NULL };

  e13_who_copy (path_who, who);
  if (e13_who_take_express (path_who, who, options, there))
    return TRUE;
  return who->iis == NULL || (path_who->app != NULL && path_who->worker != NULL)
         || ask_settings (path_who, &question, NULL, NULL, error);
}
