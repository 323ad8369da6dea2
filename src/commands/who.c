/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Whose rights are judged, and by whom. */

#include "base/error.h"
#include "commands/who-servers.h"
#include "commands/who-windows.h"

static gboolean
find_named (E13Who *who, const E13ReadOps *ops, const E13Options *options, GError **error)
{
  const char *app = options->as_app != NULL ? options->as_app : options->as;
  const char *server = options->as_server;

  if (app != NULL && (who->app = e13_who_named (who, ops, app, &who->app_service, error)) == NULL)
    return FALSE;
  if (server != NULL && (who->server = e13_who_named (who, ops, server, &who->server_service, error)) == NULL)
    return FALSE;
  if (options->as != NULL)
    {
      who->server = who->app;
      e13_service_copy (&who->server_service, &who->app_service);
    }
  return TRUE;
}

/* Where a dump or Windows is judged, nothing else tells than what is named, and what runs. */
static gboolean
find_roles (E13Who *who, const E13ReadOps *ops, const E13Options *options, GError **error)
{
  if (!find_named (who, ops, options, error))
    return FALSE;
  if (who->app == NULL)
    return e13_throw (error, E13_ERROR_USAGE, "no web server found here: say whose rights to judge with --as NAME");
  if (who->server == NULL)
    who->server = who->app;
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

/* Accounts of Windows are known by what they hold, and judged by the model. */
static gboolean
find_for_windows (E13Who *who, const E13ReadOps *ops, const E13Options *options, GError **error)
{
  gboolean by_name = options->as != NULL || options->as_app != NULL || options->as_server != NULL;

  if (by_name && !ops->is_windows)
    return e13_throw (error, E13_ERROR_USAGE, "--as names an account of this machine: here give --pool or --as-sid");
  if (!e13_who_read_iis (who, ops, options, error)
      || !(by_name ? find_roles (who, ops, options, error) : e13_who_choose_token (who, ops, options, error)))
    return FALSE;
  if (options->dump != NULL || ops->is_windows)
    return choose_judge (who, ops, options, error);
  if (g_strcmp0 (options->judge, "kernel") == 0)
    return e13_throw (error, E13_ERROR_UNSUPPORTED, "the kernel cannot be asked: it knows no accounts of Windows");
  who->remark = g_strdup ("Judged by the model: the kernel knows no accounts of Windows.");
  return TRUE;
}

/* Is everybody known already, or told by the settings of IIS? */
static gboolean
is_complete (const E13Who *who)
{
  return who->iis != NULL || who->is_guess || (who->app != NULL && who->server != NULL);
}

gboolean
e13_who_find (E13Who *who, const E13ReadOps *ops, const E13Options *options, const E13Tree *dump, GError **error)
{
  gboolean by_settings
      = ops->is_windows || options->apphost != NULL || options->pool != NULL || options->as_sid != NULL;

  if (dump != NULL ? dump->has_descriptors : by_settings)
    return find_for_windows (who, ops, options, error);
  return (ops->processes != NULL ? find_named : find_roles) (who, ops, options, error)
         && choose_judge (who, ops, options, error);
}

gboolean
e13_who_at_site (E13Who *site_who, const E13Who *who, const E13ReadOps *ops, const E13Options *options,
                 const E13Tree *tree, GError **error)
{
  if (is_complete (who) || ops->processes == NULL || tree->has_descriptors)
    return e13_who_windows_at_site (site_who, who, ops, options, tree, error);
  e13_who_copy (site_who, who);
  return e13_who_find_serving (site_who, ops, tree->path, tree->root->facts.uid, error);
}

gboolean
e13_who_at_path (E13Who *path_who, const E13Who *who, const E13ReadOps *ops, const E13Options *options,
                 const char *path, GError **error)
{
  g_autoptr (E13Route) route = NULL;
  const E13Pin *last;

  if (is_complete (who) || ops->processes == NULL || ops == e13_host_foreign_read)
    return e13_who_windows_at_path (path_who, who, options, path, error);
  route = ops->route (path, error);
  if (route == NULL)
    return FALSE;
  last = route->pins->pdata[route->pins->len - 1];
  e13_who_copy (path_who, who);
  return e13_who_find_serving (path_who, ops, route->resolved, last->facts.uid, error);
}

/* ---- Its parts ------------------------------------------------------------------------------- */

void
e13_who_remark (E13Who *who, const char *format, ...)
{
  va_list words;

  if (who->remarks == NULL)
    who->remarks = g_ptr_array_new_with_free_func (g_free);
  va_start (words, format);
  g_ptr_array_add (who->remarks, g_strdup_vprintf (format, words));
  va_end (words);
}

void
e13_who_copy (E13Who *copy, const E13Who *who)
{
  copy->app = who->app != NULL ? e13_identity_copy (who->app) : NULL;
  copy->server = who->server == who->app ? copy->app : who->server != NULL ? e13_identity_copy (who->server) : NULL;
  copy->worker = who->worker != NULL ? e13_identity_copy (who->worker) : NULL;
  copy->is_guess = who->is_guess;
  copy->ask_kernel = who->ask_kernel;
  e13_service_copy (&copy->app_service, &who->app_service);
  e13_service_copy (&copy->server_service, &who->server_service);
  for (guint i = 0; who->also != NULL && i < who->also->len; i++)
    {
      if (copy->also == NULL)
        copy->also = g_ptr_array_new_with_free_func ((GDestroyNotify)e13_identity_free);
      g_ptr_array_add (copy->also, e13_identity_copy (who->also->pdata[i]));
    }
  for (guint i = 0; who->remarks != NULL && i < who->remarks->len; i++)
    e13_who_remark (copy, "%s", (char *)who->remarks->pdata[i]);
}

void
e13_who_clear (E13Who *who)
{
  if (who->server != who->app)
    e13_identity_free (who->server);
  e13_identity_free (who->app);
  e13_identity_free (who->worker);
  e13_service_clear (&who->app_service);
  e13_service_clear (&who->server_service);
  g_clear_pointer (&who->also, g_ptr_array_unref);
  g_clear_pointer (&who->apart, g_ptr_array_unref);
  g_free (who->program.path);
  g_free (who->program.shown);
  g_free (who->program.place);
  g_clear_pointer (&who->remarks, g_ptr_array_unref);
  e13_iis_server_free (who->iis);
  e13_iis_server_free (who->express);
  e13_identity_free (who->express_user);
  g_free (who->express_error);
  g_free (who->remark);
}
