/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "commands/who-express.h"

#include "iis/files.h"

/* As the user has it in a window that nobody has opened as administrator. */
static E13Token *
everyday_token (const E13Token *token)
{
  E13Sid administrators = e13_sid_well_known ("S-1-5-32-544");
  E13Token *everyday = e13_token_copy (token);

  for (guint i = 0; i < everyday->groups->len; i++)
    {
      E13TokenGroup *group = &g_array_index (everyday->groups, E13TokenGroup, i);

      if (e13_sid_equal (&group->sid, &administrators))
        group->attributes = E13_SID_USE_FOR_DENY_ONLY;
    }
  everyday->privileges &= E13_PRIVILEGE_CHANGE_NOTIFY;
  everyday->integrity = MIN (everyday->integrity, E13_INTEGRITY_MEDIUM);
  return everyday;
}

void
e13_who_read_express (E13Who *who, const E13ReadOps *ops)
{
  const char *documents = g_get_user_special_dir (G_USER_DIRECTORY_DOCUMENTS);
  g_autoptr (E13Identity) self = ops->identity_self ();
  g_autoptr (GError) error = NULL;

  if (documents == NULL || self->token == NULL || !e13_iis_find_express (ops, documents, &who->express, &error)
      || who->express == NULL)
    {
      who->express_error = error != NULL ? g_strdup (error->message) : NULL;
      return;
    }
  who->express_user = e13_identity_new_of_token (everyday_token (self->token), "IIS Express");
}

static gboolean
is_named (const E13Options *options)
{
  return options->pool != NULL || options->as_sid != NULL || options->as != NULL || options->as_app != NULL
         || options->as_server != NULL;
}

static gboolean
serves (const E13IisServer *server, const char *path)
{
  g_auto (E13IisMatch) match = { 0 };

  return server != NULL && e13_iis_server_find (server, path, &match, NULL);
}

static void
forget (E13Who *who)
{
  if (who->server != who->app)
    e13_identity_free (who->server);
  e13_identity_free (who->app);
  e13_identity_free (who->worker);
  who->app = who->server = who->worker = NULL;
  g_clear_pointer (&who->also, g_ptr_array_unref);
  g_clear_pointer (&who->remarks, g_ptr_array_unref);
  who->is_guess = FALSE;
}

gboolean
e13_who_take_express (E13Who *here, const E13Who *who, const E13Options *options, const char *path)
{
  g_auto (E13IisMatch) match = { 0 };
  g_autofree char *place = NULL;
  g_autofree char *line = NULL;
  g_autofree char *evidence = NULL;

  if (who->express == NULL || is_named (options) || serves (who->iis, path)
      || !e13_iis_server_find (who->express, path, &match, NULL))
    return FALSE;
  forget (here);
  line = e13_iis_element_place (match.directory->element);
  place = e13_iis_match_place (&match);
  evidence = g_strdup_printf ("whoever starts IIS Express, so you: %s", line);
  here->app = here->server = e13_identity_new_of_token (e13_token_copy (who->express_user->token), evidence);
  here->worker = e13_identity_copy (here->app);
  here->remarks = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (
      here->remarks,
      g_strdup_printf ("Application '%s' of IIS Express, which serves as the user who started it.", place));
  return TRUE;
}
