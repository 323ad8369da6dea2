/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "iis/whose.h"

#include <string.h>

#include "base/error.h"
#include "base/path.h"
#include "base/quote.h"
#include "iis/handler.h"

/* ---- Accounts -------------------------------------------------------------------------------- */

void
e13_iis_account_free (E13IisAccount *account)
{
  if (account == NULL)
    return;
  g_free (account->name);
  e13_token_free (account->token);
  g_free (account->evidence);
  g_free (account);
}

/* Takes @token and @evidence over. @name: NULL: the token's. */
static E13IisAccount *
account_new (const char *name, E13Token *token, char *evidence)
{
  E13IisAccount *account = g_new0 (E13IisAccount, 1);

  account->name = g_strdup (name != NULL ? name : token->name);
  account->token = token;
  account->evidence = evidence;
  return account;
}

/* Accounts that every Windows has by the same SID, as a pool's identityType names them, and as userName does. */
static const struct
{
  const char *identity_type;
  const char *name;
  const char *sid;
  const char *group; /* that it holds beside those of every service; NULL */
} services[] = {
  { "LocalSystem", "SYSTEM", "S-1-5-18", "S-1-5-32-544" },
  { "LocalService", "LOCAL SERVICE", "S-1-5-19", NULL },
  { "NetworkService", "NETWORK SERVICE", "S-1-5-20", NULL },
};

static void
add_group (E13Token *token, const char *text)
{
  E13Sid sid = e13_sid_well_known (text);

  e13_token_add_group (token, &sid, E13_SID_ENABLED);
}

E13IisAccount *
e13_iis_worker (const E13IisPool *pool, GError **error)
{
  const char *type = pool->identity_type.text;
  E13Token *token = e13_token_worker (pool->name, NULL, e13_iis_value_is_true (&pool->manual_group_membership), error);
  g_autofree char *place = e13_iis_element_place (pool->element);
  g_autofree char *user = e13_quote_windows (pool->user_name.text);

  if (token == NULL)
    return NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (services); i++)
    if (g_ascii_strcasecmp (type, services[i].identity_type) == 0)
      {
        add_group (token, services[i].sid);
        if (services[i].group != NULL)
          add_group (token, services[i].group);
        return account_new (NULL, token,
                            g_strdup_printf ("worker process, running as %s: %s", services[i].name, place));
      }
  /* What is granted to that account by name is not counted: its SID is known to its machine alone. */
  if (g_ascii_strcasecmp (type, "SpecificUser") == 0)
    return account_new (NULL, token,
                        g_strdup_printf ("worker process, running as '%s', which holds this, too: %s", user, place));
  return account_new (NULL, token, g_strdup_printf ("worker process: %s", place));
}

/* Of "NT AUTHORITY\IUSR", what follows the backslash. */
static const char *
name_alone (const char *user)
{
  static const char domain[] = "NT AUTHORITY\\";

  return g_ascii_strncasecmp (user, domain, strlen (domain)) == 0 ? user + strlen (domain) : user;
}

static E13Token *
token_of_name (const char *user)
{
  const char *name = name_alone (user);

  if (g_ascii_strcasecmp (name, "IUSR") == 0)
    return e13_token_iusr ();
  return g_ascii_strcasecmp (name, "NETWORK SERVICE") == 0 ? e13_token_network_service () : NULL;
}

/* ---- Who asks in one place ------------------------------------------------------------------- */

typedef struct
{
  E13IisMatch match;
  E13IisScope *scope;
  const E13IisPool *pool;
} Place;

static void
place_clear (Place *place)
{
  e13_iis_match_clear (&place->match);
  g_clear_pointer (&place->scope, e13_iis_scope_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Place, place_clear)

#define ANONYMOUS "system.webServer/security/authentication/anonymousAuthentication"

/* Evidence in front of the worker's own: why it is the worker that asks. */
static E13IisAccount *
worker_because (const Place *place, const char *why, const E13IisValue *value, GError **error)
{
  E13IisAccount *account = e13_iis_worker (place->pool, error);
  g_autofree char *where = value != NULL ? e13_iis_value_place (value) : NULL;

  if (account == NULL)
    return NULL;
  g_free (account->evidence);
  account->evidence = where != NULL ? g_strdup_printf ("%s: %s", why, where) : g_strdup (why);
  return account;
}

static E13IisAccount *
anyone_who_logs_on (const E13IisValue *enabled)
{
  E13Sid all = e13_sid_well_known ("S-1-5-11"), users = e13_sid_well_known ("S-1-5-32-545");
  g_autofree char *where = e13_iis_value_place (enabled);

  return account_new (NULL, e13_token_account ("Authenticated Users", &all, &users, 1),
                      g_strdup_printf ("visitors log on, each as himself: %s", where));
}

/* As whom what a visitor asks for is opened. */
static E13IisAccount *
visitor (const Place *place, GError **error)
{
  E13IisValue forced
      = e13_iis_scope_value (place->scope, "system.webServer/serverRuntime", "authenticatedUserOverride", "");
  E13IisValue enabled = e13_iis_scope_value (place->scope, ANONYMOUS, "enabled", "true");
  E13IisValue user = e13_iis_scope_value (place->scope, ANONYMOUS, "userName", "IUSR");
  const E13IisValue *own = &place->match.directory->user_name;
  g_autofree char *where = e13_iis_value_place (own->text[0] != '\0' ? own : &user);
  E13Token *token;

  if (own->text[0] != '\0')
    return account_new (own->text, NULL, g_strdup_printf ("the virtual directory's own account: %s", where));
  if (g_ascii_strcasecmp (forced.text, "UseWorkerProcessUser") == 0)
    return worker_because (place, "the pool reads for all visitors", &forced, error);
  if (!e13_iis_value_is_true (&enabled))
    return anyone_who_logs_on (&enabled);
  if (user.text[0] == '\0')
    return worker_because (place, "anonymous visitors are the pool's account", &user, error);
  token = token_of_name (user.text);
  return account_new (user.text, token, g_strdup_printf ("anonymous visitors: %s", where));
}

/* ---- Who runs a script ----------------------------------------------------------------------- */

/* @evidence comes after what is said of how the scripts run. */
static E13IisAccount *
say_how (E13IisAccount *account, const char *how)
{
  g_autofree char *evidence = account != NULL ? account->evidence : NULL;

  if (account != NULL)
    account->evidence = g_strdup_printf ("%s; %s", how, evidence);
  return account;
}

static E13IisAccount *
runner (const Place *place, E13IisRuns runs, const char *name, const E13XmlElement *handler, GError **error)
{
  E13IisValue as_user = e13_iis_scope_value (place->scope, "system.webServer/cgi", "createProcessAsUser", "true");
  E13IisValue impersonate = e13_iis_scope_value (place->scope, "system.web/identity", "impersonate", "false");
  g_autofree char *where = handler != NULL ? e13_iis_element_place (handler) : NULL;
  g_autofree char *how = where != NULL ? g_strdup_printf ("%s: %s", name, where) : g_strdup ("taken for CGI scripts");

  if (runs == E13_IIS_RUNS_CGI && !e13_iis_value_is_true (&as_user))
    return worker_because (place, "CGI runs as the pool", &as_user, error);
  if (runs == E13_IIS_RUNS_IN_WORKER || (runs == E13_IIS_RUNS_MANAGED && !e13_iis_value_is_true (&impersonate)))
    return worker_because (place, how, NULL, error);
  return say_how (visitor (place, error), how);
}

E13IisAccount *
e13_iis_runner (const E13IisScope *scope, const E13IisMatch *match, const E13IisPool *pool,
                const E13XmlElement *handler, GError **error)
{
  const Place place = { *match, (E13IisScope *)scope, pool };
  const char *name = "handler";

  return runner (&place, e13_iis_handler_runs (handler, &name), name, handler, error);
}

E13IisAccount *
e13_iis_visitor (const E13IisScope *scope, const E13IisMatch *match, const E13IisPool *pool, GError **error)
{
  const Place place = { *match, (E13IisScope *)scope, pool };

  return visitor (&place, error);
}

/* ---- The question ---------------------------------------------------------------------------- */

typedef struct
{
  const E13IisQuestion *question;
  E13IisWhose *whose;
  GHashTable *said;   /* what the remarks are about so far */
  char *directory;    /* of the script that was asked for last; NULL: none */
  Place of_directory; /* scripts of one directory come together, and its files are read once */
} Asking;

/* One remark for each @about: a site may hold a thousand scripts. */
static void
remark (const Asking *asking, const char *about, const char *text)
{
  if (g_hash_table_add (asking->said, g_strdup (about)))
    g_ptr_array_add (asking->whose->remarks, g_strdup (text));
}

static gboolean
throw_unserved (const E13IisQuestion *question, GError **error)
{
  g_autofree char *shown = e13_quote_windows (question->path);

  return e13_throw (error, E13_ERROR_INPUT, "no site of %s holds '%s'", question->server->document->origin, shown);
}

/* Where @beneath ("" or a directory) lies. */
static gboolean
find_place (const Asking *asking, const char *beneath, Place *place, GError **error)
{
  const E13IisQuestion *question = asking->question;
  g_autofree char *path = e13_path_join (question->path, beneath, '\\');
  const char *pool;
  guint n_others;

  if (!e13_iis_server_find (question->server, path, &place->match, &n_others))
    return throw_unserved (question, error);
  if (n_others > 0 && *beneath == '\0')
    {
      g_autofree char *text = g_strdup_printf (
          "%u more of the server's sites or directories show the same files: only the first is judged.", n_others);

      remark (asking, text, text);
    }
  pool = place->match.application->pool.text;
  place->pool = e13_iis_server_pool (question->server, pool);
  if (place->pool == NULL)
    {
      g_autofree char *shown = e13_quote_display (pool);
      g_autofree char *where = e13_iis_value_place (&place->match.application->pool);

      return e13_throw (error, E13_ERROR_INPUT,
                        "there is no application pool '%s', which %s names: IIS serves nothing there", shown, where);
    }
  place->scope = e13_iis_scope_new (question->server, &place->match, question->read, question->data);
  for (guint i = 0; i < e13_iis_scope_remarks (place->scope)->len; i++)
    remark (asking, e13_iis_scope_remarks (place->scope)->pdata[i], e13_iis_scope_remarks (place->scope)->pdata[i]);
  return TRUE;
}

/* Scripts of two kinds may run as two accounts: the first one is judged, the other is named. */
static void
keep_runner (Asking *asking, const char *script, E13IisAccount *account)
{
  E13IisAccount *kept = asking->whose->scripts;
  gboolean is_same;
  g_autofree char *text = NULL;

  if (kept == NULL)
    {
      asking->whose->scripts = account;
      return;
    }
  is_same = kept->token != NULL && account->token != NULL ? e13_token_equal (kept->token, account->token)
                                                          : strcmp (kept->name, account->name) == 0;
  if (!is_same)
    {
      g_autofree char *shown = e13_quote_display (script);

      text = g_strdup_printf ("'%s' runs as another account, %s (%s), which is not judged for scripts.", shown,
                              account->name, account->evidence);
      remark (asking, account->name, text);
    }
  e13_iis_account_free (account);
}

static void
keep_program (E13IisWhose *whose, const E13XmlElement *handler)
{
  const char *processor = e13_xml_value (handler, "scriptProcessor");

  if (processor != NULL)
    whose->program = e13_iis_program_of (processor);
  if (whose->program != NULL)
    whose->program_place = e13_iis_element_place (handler);
}

static const Place *
place_of_script (Asking *asking, const char *script, GError **error)
{
  g_autofree char *directory = g_path_get_dirname (script);

  if (g_strcmp0 (asking->directory, directory) == 0)
    return &asking->of_directory;
  place_clear (&asking->of_directory);
  g_clear_pointer (&asking->directory, g_free);
  if (!find_place (asking, strcmp (directory, ".") == 0 ? "" : directory, &asking->of_directory, error))
    return NULL;
  asking->directory = g_steal_pointer (&directory);
  return &asking->of_directory;
}

static gboolean
ask_script (Asking *asking, const char *script, GError **error)
{
  const Place *place = place_of_script (asking, script, error);
  const E13XmlElement *handler;
  const char *name = NULL;
  E13IisAccount *account;
  E13IisRuns runs;

  if (place == NULL)
    return FALSE;
  handler = e13_iis_handler_for (place->scope, &place->match, place->pool, script);
  runs = handler != NULL ? e13_iis_handler_runs (handler, &name) : E13_IIS_RUNS_NOTHING;
  if (runs == E13_IIS_RUNS_NOTHING)
    {
      g_autofree char *shown = e13_quote_display (script);
      g_autofree char *text
          = g_strdup_printf ("No handler that could be read runs '%s': IIS would hand it out, or answer 404.3.", shown);

      remark (asking, "no handler", text);
      return TRUE;
    }
  account = runner (place, runs, name, handler, error);
  if (account == NULL)
    return FALSE;
  if (asking->whose->scripts == NULL)
    keep_program (asking->whose, handler);
  keep_runner (asking, script, account);
  return TRUE;
}

/* Another machine decides there, and does not know the accounts of this one. */
static void
say_if_remote (const Asking *asking, const Place *place)
{
  if (g_str_has_prefix (place->match.directory->physical_path, "\\\\"))
    remark (asking, "remote",
            "The files lie on another machine, which knows neither IUSR nor the pools of this one: what it "
            "decides is not judged.");
}

static gboolean
ask (Asking *asking, GError **error)
{
  E13IisWhose *whose = asking->whose;
  const char *const *scripts = asking->question->scripts;
  g_auto (Place) place = { { NULL, NULL, NULL, NULL }, NULL, NULL };

  if (!find_place (asking, "", &place, error))
    return FALSE;
  whose->place = e13_iis_match_place (&place.match);
  whose->pool = g_strdup (place.pool->name);
  say_if_remote (asking, &place);
  whose->config = e13_iis_worker (place.pool, error);
  whose->files = whose->config != NULL ? visitor (&place, error) : NULL;
  if (whose->files == NULL)
    return FALSE;
  for (gsize i = 0; scripts != NULL && scripts[i] != NULL; i++)
    if (!ask_script (asking, scripts[i], error))
      return FALSE;
  if (whose->scripts == NULL)
    whose->scripts = runner (&place, E13_IIS_RUNS_CGI, NULL, NULL, error);
  return whose->scripts != NULL;
}

E13IisWhose *
e13_iis_whose (const E13IisQuestion *question, GError **error)
{
  g_autoptr (E13IisWhose) whose = g_new0 (E13IisWhose, 1);
  g_autoptr (GHashTable) said = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Asking asking = { .question = question, .whose = whose, .said = said };
  gboolean done;

  whose->remarks = g_ptr_array_new_with_free_func (g_free);
  done = ask (&asking, error);
  place_clear (&asking.of_directory);
  g_free (asking.directory);
  return done ? g_steal_pointer (&whose) : NULL;
}

void
e13_iis_whose_free (E13IisWhose *whose)
{
  if (whose == NULL)
    return;
  g_free (whose->place);
  g_free (whose->pool);
  e13_iis_account_free (whose->scripts);
  e13_iis_account_free (whose->files);
  e13_iis_account_free (whose->config);
  g_free (whose->program);
  g_free (whose->program_place);
  g_ptr_array_unref (whose->remarks);
  g_free (whose);
}
