/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "commands/who-servers.h"

#include <string.h>

#include "base/error.h"
#include "base/quote.h"
#include "servers/local.h"
#include "servers/unit.h"
#include "servers/whose.h"

/* ---- Named ----------------------------------------------------------------------------------- */

static E13Identity *
identity_of_process (E13Who *who, const E13ReadOps *ops, E13Process *process, const char *option, E13Service *service)
{
  E13Identity *identity = e13_identity_copy (process->identity);

  g_free (identity->evidence);
  identity->evidence
      = g_strdup_printf ("--as %s: %s (pid %" G_GUINT32_FORMAT ")", option, process->program, process->pid);
  identity->no_grant = e13_serving_why_no_grant (process);
  if (who->remarks == NULL)
    who->remarks = g_ptr_array_new_with_free_func (g_free);
  e13_serving_remark (ops, process, who->remarks);
  e13_service_set (service, process);
  return identity;
}

static E13Identity *
parse_pid (E13Who *who, const E13ReadOps *ops, const char *text, E13Service *service, GError **error)
{
  g_autofree char *shown = e13_quote_display (text);
  g_autoptr (E13Process) process = NULL;
  guint64 pid;

  if (!g_ascii_string_to_unsigned (text + strlen ("pid:"), 10, 1, G_MAXINT32, &pid, NULL))
    return e13_throw (error, E13_ERROR_USAGE, "'%s' is not the number of a process", shown), NULL;
  process = ops->process ((guint32)pid, error);
  return process != NULL ? identity_of_process (who, ops, process, shown, service) : NULL;
}

static E13Identity *
parse_unit (E13Who *who, const E13ReadOps *ops, const char *text, E13Service *service, GError **error)
{
  const E13SourceOps files = e13_local_sources (ops);
  const E13ServingQuestion question = { .ops = ops, .files = &files, .sees_all = e13_serving_sees_all (ops) };
  g_autofree char *shown = e13_quote_display (text);
  g_autoptr (E13Process) process = NULL;
  E13Identity *identity;

  if (who->remarks == NULL)
    who->remarks = g_ptr_array_new_with_free_func (g_free);
  identity = e13_serving_unit (&question, text + strlen ("unit:"), &process, who->remarks, error);
  if (identity == NULL || process == NULL)
    return identity;
  e13_identity_free (identity);
  return identity_of_process (who, ops, process, shown, service);
}

E13Identity *
e13_who_named (E13Who *who, const E13ReadOps *ops, const char *text, E13Service *service, GError **error)
{
  service->umask = -1;
  if (ops->process != NULL && g_str_has_prefix (text, "pid:"))
    return parse_pid (who, ops, text, service, error);
  if (ops->process != NULL && g_str_has_prefix (text, "unit:"))
    return parse_unit (who, ops, text, service, error);
  return ops->identity_parse (text, error);
}

/* ---- Found ----------------------------------------------------------------------------------- */

static gboolean
throw_nobody (const E13Serving *serving, const char *why, const char *option, GError **error)
{
  gboolean finds_nothing = serving->claims->len == 0;
  const char *unread = serving->unread->len > 0 ? serving->unread->pdata[0] : NULL;

  if (finds_nothing)
    return e13_throw (error, E13_ERROR_USAGE, "no web server found here%s%s: say whose rights to judge with --as NAME",
                      unread != NULL ? ", but not all could be read: " : "", unread != NULL ? unread : "");
  return e13_throw (error, E13_ERROR_USAGE, "%s. Choose one with %s NAME (errno13 identity SITE shows what was found)",
                    why, option);
}

static E13Identity *
take (E13Service *service, const E13Claim *claim)
{
  e13_service_clear (service);
  e13_service_copy (service, &claim->service);
  return e13_identity_copy (claim->identity);
}

/* A service that does not run is not seen to be held back by its unit: the unit says it. */
static void
foretell (E13Who *who, const E13Serving *serving, const E13Claim *claim, const char *site)
{
  for (guint i = 0; !claim->is_running && claim->hosting != NULL && i < serving->hostings->len; i++)
    {
      const E13Hosting *unit = serving->hostings->pdata[i];
      const char *setting;
      E13UnitView view;

      if (!g_str_has_suffix (unit->file, ".service") || strcmp (unit->program, claim->program) != 0
          || (strcmp (unit->program, "service") == 0 && unit != claim->hosting))
        continue;
      view = e13_unit_view (unit, site, &setting);
      if (view != E13_UNIT_SEES)
        e13_who_remark (
            who,
            "%s says %s, which %s this site from its service (systemctl edit %s, and write there: [Service] "
            "%s).",
            unit->name, setting, view == E13_UNIT_HIDES ? "hides" : "keeps writes to", unit->name,
            view == E13_UNIT_HIDES ? "BindPaths= or a weaker setting" : "ReadWritePaths=");
      return;
    }
}

/* Roles that are one account are one identity. */
static void
merge (E13Who *who)
{
  if (who->server == who->app || !e13_identity_equal (who->server, who->app))
    return;
  e13_identity_free (who->server);
  who->server = who->app;
}

gboolean
e13_who_find_serving (E13Who *who, const E13ReadOps *ops, const char *site, guint32 owner, GError **error)
{
  const E13SourceOps files = e13_local_sources (ops);
  const E13ServingQuestion question
      = { .ops = ops, .files = &files, .site = site, .owner = owner, .sees_all = e13_serving_sees_all (ops) };
  g_autoptr (E13Serving) serving = e13_serving_find (&question);
  gboolean finds_app = who->app == NULL;
  gboolean finds_server = who->server == NULL;

  /* Whoever is said to run the code serves the files, too, where nobody else is found to. */
  if (!finds_app && serving->server == NULL && serving->claims->len == 0)
    {
      who->server = who->app;
      return TRUE;
    }
  if (finds_app && serving->app == NULL)
    return throw_nobody (serving, serving->no_app, finds_server && serving->no_server != NULL ? "--as" : "--as-app",
                         error);
  if (finds_server && serving->server == NULL)
    return throw_nobody (serving, serving->no_server, "--as-server", error);
  if (finds_app)
    who->app = take (&who->app_service, serving->app);
  if (finds_server)
    who->server = take (&who->server_service, serving->server);
  for (guint i = 0; i < serving->remarks->len; i++)
    e13_who_remark (who, "%s", (char *)serving->remarks->pdata[i]);
  if (finds_app)
    foretell (who, serving, serving->app, site);
  if (serving->unread->len > 0)
    e13_who_remark (who, "Not all configuration could be read (%s%s): who serves the site rests on the rest.",
                    (char *)serving->unread->pdata[0], serving->unread->len > 1 ? ", ..." : "");
  merge (who);
  return TRUE;
}
