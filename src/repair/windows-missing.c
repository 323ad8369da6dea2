/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Directories that do not exist: each is made with what the one above hands down, as that is planned, and the grant
 * that it still lacks. */

#include <string.h>

#include "access/judge.h"
#include "base/path.h"
#include "base/quote.h"
#include "repair/windows-plan-parts.h"

/* The nearest directory above @path that exists; NULL. */
static E13Pin *
pin_existing (const E13WindowsPlanner *planner, const char *path)
{
  const E13AuditRequest *request = planner->request;
  g_autofree char *above = g_strdup (path);
  E13Pin *pin = NULL;

  while (pin == NULL && above[0] != '\0')
    {
      char *slash = strrchr (above, '/');

      *(slash != NULL ? slash : above) = '\0';
      pin = request->ops->pin (request->tree, above, NULL);
    }
  return pin;
}

static char *
why_not_here (const E13Pin *existing)
{
  g_autofree char *shown = NULL;

  if (existing == NULL)
    return g_strdup ("the directory above it cannot be looked at");
  shown = e13_quote_display (existing->path[0] != '\0' ? existing->path : ".");
  if (existing->facts.type != E13_TYPE_DIRECTORY)
    return g_strdup_printf ("'%s', on the way to it, is a %s", shown, e13_object_type_name (existing->facts.type));
  if (existing->facts.sd == NULL)
    return g_strdup_printf ("the security descriptor of '%s' is not known", shown);
  return NULL;
}

/* Where nothing is handed down the list is that of whoever makes it, which is not known. NULL and a refusal. */
static E13SecurityDescriptor *
inherit (E13WindowsPlanner *planner, const E13Finding *finding, const E13SecurityDescriptor *parent)
{
  g_autoptr (E13SecurityDescriptor) sd = e13_windows_new_directory (parent);

  if (sd->dacl->aces->len > 0)
    return g_steal_pointer (&sd);
  e13_windows_refuse (planner, finding,
                      g_strdup ("it would inherit nothing from the directory above: make it there, and check again"),
                      NULL);
  return NULL;
}

/* Plans the directory at @path, with the descriptor @sd, to be made below @existing. FALSE and a refusal where the
 * guard speaks against it. */
static gboolean
plan_directory (E13WindowsPlanner *planner, const E13Finding *finding, const char *path, const E13Pin *existing,
                const E13SecurityDescriptor *sd)
{
  E13Facts facts = { .type = E13_TYPE_DIRECTORY, .n_links = 1, .uid = existing->facts.uid, .gid = existing->facts.gid };
  g_autoptr (E13Change) change = NULL;
  const char *option = NULL;
  char *reason;

  facts.mode = existing->facts.mode;
  facts.key.mount_id = existing->facts.key.mount_id;
  facts.sd = (E13SecurityDescriptor *)sd;
  change = e13_change_new (E13_CHANGE_MAKE_DIRECTORY, path, &facts);
  change->granted = E13_RIGHT_READ | E13_RIGHT_WRITE;
  reason = change->after.sd != NULL ? e13_guard_change (planner->guard, change, &facts, &option)
                                    : g_strdup ("its security descriptor would be too long");
  if (reason != NULL)
    {
      e13_windows_refuse (planner, finding, reason, option);
      return FALSE;
    }
  g_hash_table_insert (planner->changes, change->path, change);
  g_ptr_array_add (planner->plan->changes, g_steal_pointer (&change));
  return TRUE;
}

/* The directory that is missed itself: with an entry of its own, if what it inherits does not do. */
static void
plan_last (E13WindowsPlanner *planner, const E13Finding *finding, const E13Pin *existing, E13SecurityDescriptor *sd)
{
  E13WinGrant entry = e13_windows_entry_for (planner, finding);
  g_auto (E13WinGranted) granted = e13_windows_least_grant (sd, TRUE, &entry);
  E13WindowsGrant *grant;

  if (granted.outcome == E13_WIN_GRANT_NEEDLESS)
    entry.mask = 0;
  else if (granted.outcome != E13_WIN_GRANT_MADE)
    {
      e13_windows_refuse_by_outcome (planner, finding, sd, &granted);
      return;
    }
  if (!plan_directory (planner, finding, finding->path, existing, granted.sd != NULL ? granted.sd : sd))
    return;
  grant = e13_windows_add_grant (planner, finding, &entry);
  grant->is_new = TRUE;
}

static void
make (E13WindowsPlanner *planner, const E13Finding *finding, const E13Pin *existing)
{
  gsize end = strlen (existing->path);
  g_autoptr (E13SecurityDescriptor) parent = e13_windows_planned_sd (planner, existing->path, &existing->facts);

  for (end += end > 0; parent != NULL && end <= strlen (finding->path); end++)
    {
      const E13Facts unknown = { 0 };
      g_autofree char *path = NULL;
      g_autoptr (E13SecurityDescriptor) sd = NULL;

      end += strcspn (finding->path + end, "/");
      path = g_strndup (finding->path, end);
      sd = e13_windows_planned_sd (planner, path, &unknown); /* made on the way to another */
      if (sd == NULL)
        {
          sd = inherit (planner, finding, parent);
          if (sd == NULL)
            return;
          if (finding->path[end] == '\0')
            {
              plan_last (planner, finding, existing, sd);
              return;
            }
          if (!plan_directory (planner, finding, path, existing, sd))
            return;
        }
      e13_sd_free (parent);
      parent = g_steal_pointer (&sd);
    }
}

/* All of the way, or nothing of it. */
static void
make_or_leave (E13WindowsPlanner *planner, const E13Finding *finding, const E13Pin *existing)
{
  GPtrArray *changes = planner->plan->changes;
  guint n_changes = changes->len;
  guint n_refusals = planner->plan->refusals->len;

  make (planner, finding, existing);
  while (planner->plan->refusals->len > n_refusals && changes->len > n_changes)
    {
      g_hash_table_remove (planner->changes, ((E13Change *)changes->pdata[changes->len - 1])->path);
      g_ptr_array_remove_index (changes, changes->len - 1);
    }
}

/* The grant planned above by which the account can make the directory itself; NULL. */
static E13WindowsGrant *
find_leave (const E13WindowsPlanner *planner, const E13Finding *finding, const E13Pin *existing)
{
  g_autoptr (E13SecurityDescriptor) planned = e13_windows_planned_sd (planner, existing->path, &existing->facts);
  guint32 mask = e13_access_mask (E13_TYPE_DIRECTORY, E13_RIGHT_WRITE | E13_RIGHT_EXECUTE);

  if (planned == NULL || !e13_windows_judge (planned, finding->identity->token, mask).granted)
    return NULL;
  for (guint i = 0; i < planner->plan->grants->len; i++)
    {
      E13WindowsGrant *grant = planner->plan->grants->pdata[i];

      if (e13_path_is_in (existing->path, grant->path)
          && e13_token_holds (finding->identity->token, &grant->trustee, E13_SID_ENABLED))
        return grant;
    }
  return NULL;
}

void
e13_windows_cure_missing (E13WindowsPlanner *planner, const E13Finding *finding)
{
  const E13AuditRequest *request = planner->request;
  E13Pin *existing = pin_existing (planner, finding->path);
  char *why_not = why_not_here (existing);
  E13WindowsGrant *leave
      = why_not == NULL && !planner->options->create_missing ? find_leave (planner, finding, existing) : NULL;

  if (why_not != NULL)
    e13_windows_refuse (planner, finding, why_not, NULL);
  else if (leave != NULL)
    g_ptr_array_add (leave->findings, (gpointer)finding);
  else if (request->tree->is_dump)
    e13_windows_refuse (planner, finding, g_strdup ("it does not exist: make it there, and check again"), NULL);
  else if (!planner->options->create_missing)
    e13_windows_refuse (planner, finding,
                        g_strdup ("it does not exist: it can be made, rather than opening its parent"),
                        "--create-missing");
  else
    make_or_leave (planner, finding, existing);
  request->ops->unpin (existing);
}
