/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "explain/cure.h"

#include <string.h>

#include "access/least.h"
#include "access/windows-least.h"
#include "base/quote.h"
#include "model/icacls.h"
#include "policy/guarded.h"

#define IS_KEY "it is key material by its name, which its own programs refuse once others can read it"

static void add (GPtrArray *cures, const char *format, ...) G_GNUC_PRINTF (2, 3);

static void
add (GPtrArray *cures, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_ptr_array_add (cures, g_strdup_vprintf (format, arguments));
  va_end (arguments);
}

/* "rx" of r-x, as chmod has it. */
static void
append_chmod_letters (GString *out, E13Rights rights)
{
  for (const char *letter = e13_rights_to_text (rights); *letter != '\0'; letter++)
    if (*letter != '-')
      g_string_append_c (out, *letter);
}

static void
cure_owner (GPtrArray *cures, const char *shell_path, const E13Facts *facts, E13Rights needs)
{
  GString *command = g_string_new ("chmod u+");

  append_chmod_letters (command, needs & ~(facts->mode >> 6));
  g_string_append_printf (command, " %s", shell_path);
  g_ptr_array_add (cures, g_string_free (command, FALSE));
}

/* setfacl -m recalculates the mask from all entries: harmless only where there are no others that it had cut. */
static void
cure_named_user (GPtrArray *cures, const char *shell_path, const E13Facts *facts, const E13Identity *identity,
                 const E13Acl *after)
{
  const E13AclEntry *entry = e13_acl_find (after, E13_ACL_USER, identity->uid);
  g_autofree char *whole = e13_acl_to_text (after);
  g_autofree char *who = identity->name != NULL ? e13_quote_shell_display (identity->name)
                                                : g_strdup_printf ("%" G_GUINT32_FORMAT, identity->uid);

  if (e13_acl_is_extended (facts->access))
    add (cures, "setfacl --set %s %s", whole, shell_path);
  else
    add (cures, "setfacl -m u:%s:%s %s", who, e13_rights_to_text (entry->rights), shell_path);
}

static void
warn_of_losers (GPtrArray *cures, const E13Facts *facts, const E13Acl *after)
{
  g_autoptr (GArray) losers = e13_access_least_losers (facts, after);

  for (guint i = 0; i < losers->len; i++)
    {
      const E13AclEntry *loser = &g_array_index (losers, E13AclEntry, i);

      add (cures, "beware: %s %" G_GUINT32_FORMAT " then loses %s, which the ignored ACL had left to others",
           loser->tag == E13_ACL_USER ? "uid" : "group", loser->id, e13_rights_to_text (loser->rights));
    }
}

/* What a repair would refuse is not offered as a command either; NULL where nothing speaks against it. */
static const char *
why_guarded (const char *path, const E13Facts *facts, const E13Identity *identity, E13Rights needs)
{
  gboolean is_directory = facts->type == E13_TYPE_DIRECTORY;

  if (e13_guarded_system (path) != E13_SYSTEM_NO)
    return "it belongs to the system, not to a site: its administrator decides who may";
  if (is_directory && (needs & E13_RIGHT_WRITE) != 0 && e13_guarded_is_home (path))
    return "it is a home: sshd refuses the keys below a directory that others may write";
  if (e13_guarded_is_key (path, is_directory))
    return IS_KEY;
  return e13_guarded_why_not_id (identity->uid);
}

void
e13_cure_grant (GPtrArray *cures, const char *path, const E13Facts *facts, const E13Mount *mount,
                const E13Identity *identity, E13Rights needs)
{
  g_autofree char *shell_path = e13_quote_shell_display (path);
  g_autofree char *mount_point = e13_quote_shell_display (mount->mount_point != NULL ? mount->mount_point : "/");
  const char *why_not = why_guarded (path, facts, identity, needs);
  g_autoptr (E13Acl) after = NULL;

  if (identity->overrides_dac)
    return;
  if (why_not != NULL)
    add (cures, "no command for %s: %s", shell_path, why_not);
  else if (mount->is_windows_drive)
    add (cures, "modes here are made up by the mount: use errno13.exe in Windows");
  else if (mount->mode_from_mount)
    add (cures, "the mount decides the permissions here: change the options uid=, gid= and umask= of %s", mount_point);
  else if (identity->uid == facts->uid)
    cure_owner (cures, shell_path, facts, needs);
  else if (facts->acl_state == E13_ACL_UNSUPPORTED)
    add (cures, "the file system has no ACLs: only chgrp and chmod can widen %s, for a whole group or for everybody",
         shell_path);
  else if (facts->acl_state == E13_ACL_READ)
    {
      after = e13_access_least_grant (facts, NULL, identity, needs);
      if (mount->max_acl_entries != 0 && after->n_entries > mount->max_acl_entries)
        {
          add (cures,
               "no command for %s: its ACL is full, %u entries are all that the file system holds (setfacl says: No "
               "space "
               "left on device); put the accounts into one group",
               shell_path, facts->access->n_entries);
          return;
        }
      cure_named_user (cures, shell_path, facts, identity, after);
      warn_of_losers (cures, facts, after);
    }
}

/* Windows drops these at the end of a name, and would take the command for another object. */
static gboolean
has_trailing_dot (const char *path)
{
  for (const char *c = path; *c != '\0'; c++)
    if ((*c == '.' || *c == ' ') && c > path && c[-1] != '/' && (c[1] == '/' || c[1] == '\0'))
      return TRUE;
  return FALSE;
}

static char *
why_no_descriptor (const char *path, const E13Facts *facts, gboolean is_directory, const E13WinGrant *grant)
{
  g_auto (E13WinGranted) granted = { .outcome = E13_WIN_GRANT_UNSURE };

  if (e13_guarded_windows (path) != E13_SYSTEM_NO)
    return g_strdup ("it is a place of the system's own: nothing is granted there");
  if (e13_guarded_is_key (path, is_directory))
    return g_strdup (IS_KEY);
  if (has_trailing_dot (path))
    return g_strdup ("its name ends in a dot or a space, which icacls does not reach");
  granted = e13_windows_least_grant (facts->sd, is_directory, grant);
  return g_strdup (e13_windows_why_no_grant (granted.outcome));
}

void
e13_cure_descriptor (GPtrArray *cures, const char *path, const char *there, const E13Facts *facts,
                     const E13Token *token, guint32 mask)
{
  gboolean is_directory = facts->type == E13_TYPE_DIRECTORY;
  E13WinGrant grant = { token->user, mask, token, FALSE };
  g_autofree char *slashed = g_strdelimit (g_strdup (there != NULL ? there : path), "\\", '/');
  g_autofree char *written = there != NULL ? e13_quote_windows (there) : NULL;
  g_autofree char *target = written != NULL ? e13_quote_cmd (written) : e13_quote_shell_display (path);
  g_autofree char *why_not = why_no_descriptor (there != NULL ? slashed : path, facts, is_directory, &grant);
  g_autofree char *command = NULL;

  if (why_not != NULL)
    {
      add (cures, "no command for %s: %s", target, why_not);
      return;
    }
  command = e13_icacls_grant (target, is_directory, &grant.trustee, mask);
  add (cures, "%s%s", there != NULL ? "" : "on Windows, with its path there: ", command);
}

void
e13_cure_read_only (GPtrArray *cures, const E13Mount *mount)
{
  g_autofree char *mount_point = e13_quote_shell_display (mount->mount_point != NULL ? mount->mount_point : "/");

  add (cures, "no permission cures a read-only mount: mount -o remount,rw %s, if it is not meant to be so",
       mount_point);
}

void
e13_cure_noexec (GPtrArray *cures, const E13Mount *mount)
{
  g_autofree char *mount_point = e13_quote_shell_display (mount->mount_point != NULL ? mount->mount_point : "/");

  add (cures, "no permission cures a noexec mount: mount -o remount,exec %s, or keep programs elsewhere", mount_point);
}

void
e13_cure_flag (GPtrArray *cures, const char *path, char flag)
{
  g_autofree char *shell_path = e13_quote_shell_display (path);

  add (cures, "lsattr -d %s shows the flag; chattr -%c %s takes it away, if nobody set it on purpose", shell_path, flag,
       shell_path);
}
