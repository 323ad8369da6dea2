/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Whose rights are judged, and by whom. */

#include "base/error.h"
#include "base/quote.h"
#include "commands/who-windows.h"

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

gboolean
e13_who_find (E13Who *who, const E13ReadOps *ops, const E13Options *options, const E13Tree *dump, GError **error)
{
  gboolean by_settings
      = ops->is_windows || options->apphost != NULL || options->pool != NULL || options->as_sid != NULL;

  if (dump != NULL ? dump->has_descriptors : by_settings)
    return find_for_windows (who, ops, options, error);
  return find_roles (who, ops, options, error) && choose_judge (who, ops, options, error);
}

void
e13_who_clear (E13Who *who)
{
  if (who->server != who->app)
    e13_identity_free (who->server);
  e13_identity_free (who->app);
  e13_identity_free (who->worker);
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
