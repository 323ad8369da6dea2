/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "servers/whose.h"

#include <string.h>

#include "base/error.h"
#include "base/quote.h"
#include "servers/claims.h"
#include "servers/local.h"
#include "servers/unit.h"

static gboolean
is_wanted (const char *program, gpointer data)
{
  return e13_server_program_wanted (program, data);
}

gboolean
e13_serving_sees_all (const E13ReadOps *ops)
{
  g_autoptr (E13Identity) self = ops->identity_self ();

  return self->uid == 0;
}

E13Serving *
e13_serving_find (const E13ServingQuestion *question)
{
  g_autoptr (GPtrArray) processes = question->ops->processes (is_wanted, NULL);
  g_autoptr (GArray) running = e13_running_find (question, processes);
  E13Serving *serving = g_new0 (E13Serving, 1);

  serving->claims = g_ptr_array_new_with_free_func ((GDestroyNotify)e13_claim_free);
  serving->remarks = g_ptr_array_new_with_free_func (g_free);
  serving->unread = g_ptr_array_new_with_free_func (g_free);
  serving->hostings = g_ptr_array_new_with_free_func ((GDestroyNotify)e13_hosting_free);
  e13_claims_make (question, running, serving);
  e13_claims_choose (question, serving);
  return serving;
}

void
e13_serving_free (E13Serving *serving)
{
  if (serving == NULL)
    return;
  g_ptr_array_unref (serving->claims);
  g_ptr_array_unref (serving->remarks);
  g_ptr_array_unref (serving->unread);
  g_ptr_array_unref (serving->hostings);
  g_free (serving->no_app);
  g_free (serving->no_server);
  g_free (serving);
}

/* ---- unit:NAME ------------------------------------------------------------------------------- */

/* Of the processes of a service, the first that is not root's: a worker. Where all are, the first. */
static E13Process *
worker_of (const E13ReadOps *ops, const GArray *pids)
{
  E13Process *first = NULL;

  for (guint i = 0; i < pids->len; i++)
    {
      E13Process *process = ops->process (g_array_index (pids, guint32, i), NULL);

      if (process == NULL)
        continue;
      if (process->identity->uid != 0)
        {
          e13_process_free (first);
          return process;
        }
      if (first == NULL)
        first = process;
      else
        e13_process_free (process);
    }
  return first;
}

static E13Hosting *
read_unit (const char *name, E13Reading *reading, GError **error)
{
  g_autofree char *shown = e13_quote_display (name);

  for (gsize i = 0; e13_unit_folders[i] != NULL && reading->hostings->len == 0; i++)
    {
      g_autofree char *file = g_build_filename (e13_unit_folders[i], name, NULL);

      e13_read_unit (reading, file);
    }
  if (reading->hostings->len > 0)
    return reading->hostings->pdata[0];
  e13_throw (error, E13_ERROR_USAGE, "there is no unit '%s' here%s%s", shown,
             reading->sources->unread->len > 0 ? ": " : "",
             reading->sources->unread->len > 0 ? (const char *)reading->sources->unread->pdata[0] : "");
  return NULL;
}

static E13Identity *
identity_of_unit (const E13ServingQuestion *question, const char *name, GPtrArray *remarks, GError **error)
{
  g_autoptr (E13Sources) sources = e13_sources_new (question->files);
  g_autoptr (GPtrArray) hostings = g_ptr_array_new_with_free_func ((GDestroyNotify)e13_hosting_free);
  E13Reading reading = { sources, hostings };
  const E13Hosting *unit = read_unit (name, &reading, error);
  g_autofree char *evidence = NULL;
  E13Identity *identity;

  if (unit == NULL)
    return NULL;
  if (unit->is_dynamic)
    return e13_throw (error, E13_ERROR_USAGE,
                      "unit '%s' does not run, and DynamicUser= gives it an account only while it does", name),
           NULL;
  if (unit->user == NULL && strcmp (unit->program, "service") != 0)
    return e13_throw (error, E13_ERROR_USAGE,
                      "unit '%s' does not run, and starts as root a program that becomes another account: its "
                      "configuration says which (errno13 identity)",
                      name),
           NULL;
  evidence = g_strdup_printf ("%s, %s: %s", name, question->sees_all ? "not running" : "as configured",
                              unit->user != NULL ? unit->user_place : unit->place);
  identity = e13_serving_account (question->ops, unit->user != NULL ? unit->user : "0", unit->group, unit->groups,
                                  evidence, error);
  if (identity != NULL)
    g_ptr_array_add (remarks,
                     g_strdup_printf ("No process of %s was found: judged by its unit, %s.", name, unit->place));
  return identity;
}

E13Identity *
e13_serving_unit (const E13ServingQuestion *question, const char *name, E13Process **ret_process, GPtrArray *remarks,
                  GError **error)
{
  g_autofree char *full = strchr (name, '.') != NULL ? g_strdup (name) : g_strconcat (name, ".service", NULL);
  g_autofree char *shown = e13_quote_display (full);
  g_autoptr (GArray) pids = NULL;

  *ret_process = NULL;
  if (*name == '\0' || strchr (name, '/') != NULL || name[0] == '.')
    return e13_throw (error, E13_ERROR_USAGE, "'%s' is no name of a unit", shown), NULL;
  pids = e13_local_unit_pids (question->files, full);
  *ret_process = worker_of (question->ops, pids);
  if (*ret_process == NULL)
    return identity_of_unit (question, full, remarks, error);
  if ((*ret_process)->unit == NULL)
    (*ret_process)->unit = g_strdup (full);
  return e13_identity_copy ((*ret_process)->identity);
}
