/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "repair/guard-windows.h"

#include <string.h>

#include "policy/guarded.h"

/* ---- Places ------------------------------------------------------------------------------------------------------ */

/* Of the object at @path, whose place on its own machine may not be known. */
static E13System
system_of (const E13Tree *tree, const char *path)
{
  g_autofree char *there = e13_tree_path_there (tree, path);

  return there != NULL ? e13_guarded_windows (there) : E13_SYSTEM_NO;
}

/* Some say that all went well when they are given a list, and keep nothing. */
static char *
check_keeps_lists (const E13ReadOps *ops, const E13Tree *tree)
{
  g_auto (E13Mount) mount = { 0 };

  return !tree->is_dump && ops->mount_of (tree->root, &mount, NULL) && mount.mode_from_mount
             ? g_strdup_printf ("its file system (%s) keeps no permissions, so nothing can be granted", mount.fs_type)
             : NULL;
}

gboolean
e13_guard_windows_is_system (const E13Tree *tree)
{
  E13System system = system_of (tree, "");

  return system == E13_SYSTEM_ITSELF || system == E13_SYSTEM_BELOW;
}

char *
e13_guard_windows_site (const E13ReadOps *ops, const E13Tree *tree)
{
  return e13_guard_windows_is_system (tree)
             ? g_strdup ("the site is a place of the system's own: nothing is granted there")
             : check_keeps_lists (ops, tree);
}

/* ---- Objects ----------------------------------------------------------------------------------------------------- */

static char *
check_holds_sites (const E13AuditRequest *request, const E13Change *change)
{
  return system_of (request->tree, change->path) == E13_SYSTEM_HOLDS_SITES
             ? g_strdup ("it holds the sites side by side, and each would inherit the grant: name the folder of one")
             : NULL;
}

static char *
check_owner (const E13Facts *facts)
{
  static const char trusted_installer[] = "S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464";
  E13Sid sid = e13_sid_well_known (trusted_installer);

  return facts->sd != NULL && facts->sd->has_owner && e13_sid_equal (&facts->sd->owner, &sid)
             ? g_strdup ("it belongs to TrustedInstaller: it is a part of Windows")
             : NULL;
}

/* A list that came out empty would lock everybody out. */
static char *
check_not_empty (const E13Change *change, const E13Facts *facts)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (change->after.sd, &size);
  g_autoptr (E13SecurityDescriptor) sd = e13_sd_decode (data, size, NULL);
  gboolean was_empty = facts->sd != NULL && facts->sd->dacl != NULL && facts->sd->dacl->aces->len == 0;

  return sd == NULL || (sd->dacl != NULL && sd->dacl->aces->len == 0 && !was_empty)
             ? g_strdup ("its list of entries would be empty, and nobody could use it")
             : NULL;
}

char *
e13_guard_windows_change (const E13AuditRequest *request, const E13Change *change, const E13Facts *facts)
{
  gboolean of_list = !e13_attributes_same_sd (change->before.sd, change->after.sd);
  char *reason = check_owner (facts);

  if (reason == NULL && of_list)
    reason = check_holds_sites (request, change);
  if (reason == NULL && of_list)
    reason = check_not_empty (change, facts);
  return reason;
}

/* ---- File servers ------------------------------------------------------------------------------------------------ */

/* Accounts that are the same number on every machine, and another account on each: pools, IUSR, services, local
 * groups. NETWORK SERVICE and pools are the machine's account to a server. */
static gboolean
is_of_one_machine (const E13Sid *sid)
{
  static const guint32 first[] = { 17, 18, 19, 20, 32, 80, 82 };

  for (gsize i = 0; i < G_N_ELEMENTS (first); i++)
    if (sid->authority == 5 && sid->n_sub_authorities > 0 && sid->sub_authorities[0] == first[i])
      return TRUE;
  return FALSE;
}

char *
e13_guard_windows_server (const E13AuditRequest *request)
{
  g_auto (E13Mount) mount = { 0 };
  const E13Token *token = request->app->token;
  gboolean is_remote = g_str_has_prefix (request->tree->path, "\\\\")
                       || (request->ops->mount_of (request->tree->root, &mount, NULL) && mount.is_network);

  return is_remote && token != NULL && is_of_one_machine (&token->user)
             ? g_strdup ("it lies on a file server, which knows this account only as its machine's: the share and the "
                         "machine's account, or Connect As, decide there")
             : NULL;
}
