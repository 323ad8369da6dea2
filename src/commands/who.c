/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Whose rights are judged, and by whom. */

#include "base/error.h"
#include "base/quote.h"
#include "commands/run.h"

static char *
describe (const GPtrArray *found)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < found->len; i++)
    {
      const E13Identity *identity = found->pdata[i];
      g_autofree char *label = e13_identity_label (identity);

      g_string_append_printf (out, "%s%s (%s)", i > 0 ? ", " : "", label, identity->evidence);
    }
  return g_string_free (out, FALSE);
}

/* The one account that all evidence speaks of. */
static E13Identity *
only_one_found (const E13ReadOps *ops, GError **error)
{
  g_autoptr (GPtrArray) found = ops->identities_found ();
  g_autofree char *list = describe (found);

  if (found->len == 0)
    return e13_throw (error, E13_ERROR_USAGE, "no web server found here: say whose rights to judge with --as NAME"),
           NULL;
  for (guint i = 1; i < found->len; i++)
    if (!e13_identity_equal (found->pdata[0], found->pdata[i]))
      return e13_throw (error, E13_ERROR_USAGE, "several accounts may serve this site: %s. Choose one with --as NAME",
                        list),
             NULL;
  return e13_identity_copy (found->pdata[0]);
}

static gboolean
find_roles (E13Who *who, const E13ReadOps *ops, const E13Options *options, GError **error)
{
  const char *app = options->as_app != NULL ? options->as_app : options->as;
  const char *server = options->as_server != NULL ? options->as_server : options->as;

  who->app = app != NULL ? ops->identity_parse (app, error) : only_one_found (ops, error);
  if (who->app == NULL)
    return FALSE;
  if (options->as_app == NULL && options->as_server == NULL)
    who->server = who->app;
  else
    who->server = server != NULL ? ops->identity_parse (server, error) : only_one_found (ops, error);
  return who->server != NULL;
}

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
warn_of_assumed (E13Who *who)
{
  g_autofree char *judged = who->remark;

  who->remark
      = g_strdup_printf ("%s Authenticated Users are all that can log on: --as-sid S-1-5-17 (IUSR) or --pool NAME "
                         "asks for a narrower grant.",
                         judged);
  return TRUE;
}

static gboolean
find_token (E13Who *who, const E13Options *options, GError **error)
{
  const char *evidence = "assumed: a dump does not tell how IIS is set up";
  E13Token *token;

  if (options->pool != NULL)
    {
      evidence = "--pool";
      token = e13_token_worker (options->pool, NULL, FALSE, error);
    }
  else if (options->as_sid != NULL)
    {
      evidence = "--as-sid";
      token = parse_token (options->as_sid, error);
    }
  else
    token = assumed_token ();
  if (token == NULL)
    return FALSE;
  who->app = who->server = e13_identity_new_of_token (token, evidence);
  return TRUE;
}

static gboolean
choose_judge (E13Who *who, const E13ReadOps *ops, const E13Options *options, GError **error)
{
  g_autoptr (GError) cannot_ask = NULL;

  if (g_strcmp0 (options->judge, "model") == 0)
    {
      who->remark = g_strdup ("Judged by the model, as asked, not by the kernel.");
      return TRUE;
    }
  who->ask_kernel = ops->can_ask (&cannot_ask);
  if (who->ask_kernel)
    return TRUE;
  if (options->judge != NULL)
    return e13_throw (error, E13_ERROR_UNSUPPORTED, "the kernel cannot be asked: %s", cannot_ask->message);
  who->remark = g_strdup_printf ("Judged by the model: %s.", cannot_ask->message);
  return TRUE;
}

gboolean
e13_who_find (E13Who *who, const E13ReadOps *ops, const E13Options *options, const E13Tree *dump, GError **error)
{
  if (dump != NULL && dump->is_windows)
    return find_token (who, options, error) && choose_judge (who, ops, options, error)
           && (options->pool != NULL || options->as_sid != NULL || warn_of_assumed (who));
  return find_roles (who, ops, options, error) && choose_judge (who, ops, options, error);
}

void
e13_who_clear (E13Who *who)
{
  if (who->server != who->app)
    e13_identity_free (who->server);
  e13_identity_free (who->app);
  g_free (who->remark);
}
