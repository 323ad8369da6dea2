/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "base/error.h"
#include "repair/grant-parts.h"

/* Gives back to the application what it lost with the rest of the world. */
static gboolean
keep_for (E13Change *change, const E13Facts *facts, const E13Identity *app, E13Rights had, GError **error)
{
  E13Facts planned = e13_grant_planned (change, facts);
  g_autoptr (E13Acl) acl = NULL;

  if ((had & ~e13_posix_rights_now (&planned, app)) == 0)
    return TRUE;
  acl = e13_access_least_grant (&planned, NULL, app, had);
  if (facts->acl_state == E13_ACL_UNSUPPORTED && e13_acl_is_extended (acl))
    return e13_throw (error, E13_ERROR_UNSUPPORTED,
                      "the file system has no ACLs, and user %" G_GUINT32_FORMAT " would lose %s with everybody else",
                      app->uid, e13_rights_to_text (had));
  e13_grant_take_access (change, g_steal_pointer (&acl));
  return TRUE;
}

static gboolean
close_to_world (E13Change *change, const E13Facts *facts, const E13Identity *app, E13Rights from_world, GError **error)
{
  E13Facts planned = e13_grant_planned (change, facts);
  E13Rights had = app != NULL ? e13_posix_rights_now (&planned, app) : E13_RIGHT_NONE;
  E13Rights others = e13_acl_rights_of (change->after.access, E13_ACL_OTHER);

  if ((others & from_world) == 0)
    return TRUE;
  e13_grant_take_access (change, e13_acl_with (change->after.access, E13_ACL_OTHER, 0, others & ~from_world));
  return app == NULL || keep_for (change, facts, app, had, error);
}

static gboolean
deny_write (E13Change *change, const E13Facts *facts, const E13Identity *app, GError **error)
{
  E13Facts planned = e13_grant_planned (change, facts);
  E13Rights has = e13_posix_rights_now (&planned, app);
  E13Rights keeps = has & ~(guint)E13_RIGHT_WRITE;
  const E13Acl *acl = change->after.access;
  g_autofree char *who = e13_identity_label (app);

  if ((has & E13_RIGHT_WRITE) == 0)
    return TRUE;
  if (app->overrides_dac)
    return e13_throw (error, E13_ERROR_REFUSED, "no permission bit holds %s back", who);
  if (app->uid == planned.uid)
    {
      E13Rights owner = e13_acl_rights_of (acl, E13_ACL_USER_OBJ);

      e13_grant_take_access (change, e13_acl_with (acl, E13_ACL_USER_OBJ, 0, owner & ~(guint)E13_RIGHT_WRITE));
      e13_grant_note_once (change, g_strdup_printf ("%s owns it, and could take w back", who));
      return TRUE;
    }
  if (facts->acl_state == E13_ACL_UNSUPPORTED)
    return e13_throw (error, E13_ERROR_UNSUPPORTED,
                      "the file system has no ACLs, and w can be taken from a group or from everybody only");
  e13_grant_take_access (change, e13_grant_awake (e13_access_with_entry (acl, E13_ACL_USER, app->uid, keeps)));
  return TRUE;
}

gboolean
e13_grant_harden (E13Change *change, const E13Facts *facts, const E13Identity *app, guint harden, GError **error)
{
  E13Rights from_world
      = (harden & E13_HARDEN_WORLD_WRITE ? E13_RIGHT_WRITE : 0) | (harden & E13_HARDEN_WORLD_READ ? E13_RIGHT_READ : 0);

  if (!e13_grant_acl_is_known (facts, error))
    return FALSE;
  if (from_world != 0 && !close_to_world (change, facts, app, from_world, error))
    return FALSE;
  if ((harden & E13_HARDEN_APP_WRITE) != 0 && app != NULL && !deny_write (change, facts, app, error))
    return FALSE;
  e13_grant_note_losers (change, facts);
  return TRUE;
}
