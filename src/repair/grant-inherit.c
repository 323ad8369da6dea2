/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "base/error.h"
#include "base/quote.h"
#include "repair/grant-parts.h"

/* A new default ACL switches the umask off, so what the owning group and others get of it is what the directory itself
 * gives them, but never w; the creator keeps what it asked for. */
static E13Acl *
new_default (const E13Facts *facts, gboolean deny_world)
{
  const E13Acl *access = facts->access;
  E13Rights group = e13_acl_masked (access, e13_acl_rights_of (access, E13_ACL_GROUP_OBJ));
  E13Rights others = deny_world ? E13_RIGHT_NONE : e13_acl_rights_of (access, E13_ACL_OTHER);
  guint32 readable = E13_RIGHT_READ | E13_RIGHT_EXECUTE;

  return e13_acl_from_mode (0700u | (group & readable) << 3 | (others & readable));
}

/* "www-data", "group staff", or by number where there is no name. */
static char *
account (const E13Names *names, E13AclTag tag, guint32 id)
{
  gboolean is_user = tag == E13_ACL_USER;
  const char *name = names == NULL ? NULL : is_user ? names->user_name (id) : names->group_name (id);
  g_autofree char *shown = name != NULL ? e13_quote_display (name) : g_strdup_printf ("%" G_GUINT32_FORMAT, id);

  return g_strdup_printf ("%s%s", is_user ? (name != NULL ? "" : "user ") : "group ", shown);
}

static void
let_inherit (E13Acl **acl, guint32 uid, E13Rights rights, const E13Names *names, GString *who)
{
  g_autofree char *shown = account (names, E13_ACL_USER, uid);
  const E13AclEntry *old = e13_acl_find (*acl, E13_ACL_USER, uid);
  E13Rights had = old != NULL ? e13_acl_masked (*acl, old->rights) : E13_RIGHT_NONE;
  E13Acl *wider;

  if (old != NULL && (rights & ~had) == 0)
    return;
  wider = e13_access_with_entry (*acl, E13_ACL_USER, uid, had | rights);
  e13_acl_unref (*acl);
  *acl = wider;
  g_string_append_printf (who, "%s%s %s", who->len > 0 ? ", " : "", shown, e13_rights_to_text (had | rights));
}

/* An old default ACL with an empty mask made files whose ACL is not looked at; those made under the new one count. */
static void
note_future_losers (E13Change *change, const E13Facts *facts, const E13Names *names)
{
  E13Facts old = { .uid = G_MAXUINT32, .access = facts->default_acl, .mode = e13_acl_to_mode (facts->default_acl) };
  g_autoptr (GArray) losers = e13_access_least_losers (&old, change->after.default_acl);

  for (guint i = 0; i < losers->len; i++)
    {
      const E13AclEntry *loser = &g_array_index (losers, E13AclEntry, i);
      g_autofree char *shown = account (names, loser->tag, loser->id);

      e13_change_note (change, "for files made here later, also-loses: %s %s", shown,
                       e13_rights_to_text (loser->rights));
    }
}

static void
note_future (E13Change *change, const E13Facts *facts, const E13Names *names, const char *who)
{
  const E13Acl *acl = change->after.default_acl;

  if (facts->default_acl != NULL)
    {
      e13_change_note (change, "for files made here later: %s", who);
      note_future_losers (change, facts, names);
      return;
    }
  e13_change_note (change,
                   "for files made here later: %s, and at most group %s, others %s, whatever their creator's umask",
                   who, e13_rights_to_text (e13_acl_rights_of (acl, E13_ACL_GROUP_OBJ)),
                   e13_rights_to_text (e13_acl_rights_of (acl, E13_ACL_OTHER)));
}

gboolean
e13_grant_inherit (E13Change *change, const E13Facts *facts, const E13Identity *writer, const GPtrArray *readers,
                   gboolean keep_owner, gboolean deny_world, const E13Names *names, GError **error)
{
  g_autoptr (E13Acl) acl = NULL;
  g_autoptr (GString) who = g_string_new (NULL);

  if (!e13_grant_acl_is_known (facts, error))
    return FALSE;
  if (facts->acl_state == E13_ACL_UNSUPPORTED)
    return e13_throw (error, E13_ERROR_UNSUPPORTED,
                      "the file system has no ACLs: what is made here later gets what its creator's umask leaves");
  acl = facts->default_acl != NULL ? e13_acl_ref (facts->default_acl) : new_default (facts, deny_world);
  if (writer != NULL)
    let_inherit (&acl, writer->uid, E13_RIGHTS_ALL, names, who);
  for (guint i = 0; readers != NULL && i < readers->len; i++)
    let_inherit (&acl, ((const E13Identity *)g_ptr_array_index (readers, i))->uid, E13_RIGHT_READ | E13_RIGHT_EXECUTE,
                 names, who);
  if (keep_owner && facts->uid != 0)
    let_inherit (&acl, facts->uid, E13_RIGHTS_ALL, names, who);
  if (who->len == 0)
    return TRUE;

  e13_acl_unref (change->after.default_acl);
  change->after.default_acl = g_steal_pointer (&acl);
  note_future (change, facts, names, who->str);
  return TRUE;
}
