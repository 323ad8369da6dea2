/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What Windows itself would do to the objects below a directory whose list has changed, but only that: one entry more,
 * or less, and each object of its own in the plan. */

#include <string.h>

#include "base/path.h"
#include "base/quote.h"
#include "policy/glob.h"
#include "repair/windows-plan-parts.h"

/* ---- The objects of a directory ---------------------------------------------------------------------------------- */

typedef void Each (E13WindowsPlanner *planner, const E13Pin *pin, gpointer data);

static gboolean
is_excluded (const E13WindowsPlanner *planner, const char *path)
{
  const GPtrArray *excludes = planner->request->excludes;
  g_autofree char *folded = e13_glob_fold_case (path);

  for (guint i = 0; excludes != NULL && i < excludes->len; i++)
    if (e13_glob_matches (excludes->pdata[i], folded != NULL ? folded : path, TRUE))
      return TRUE;
  return FALSE;
}

/* An application of its own, for other accounts. */
static gboolean
is_apart (const E13WindowsPlanner *planner, const char *path)
{
  const GPtrArray *apart = planner->request->apart;

  for (guint i = 0; apart != NULL && i < apart->len; i++)
    if (g_ascii_strcasecmp (apart->pdata[i], path) == 0)
      return TRUE;
  return FALSE;
}

static gint
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

/* Calls @each for what is directly in @directory: files and directories of the same file system. */
static void
for_each_entry (E13WindowsPlanner *planner, const E13Pin *directory, Each *each, gpointer data)
{
  const E13AuditRequest *request = planner->request;
  g_autoptr (GPtrArray) names = request->ops->list (directory, NULL);

  if (names == NULL) /* the audit has said that it cannot be listed */
    return;
  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *path = e13_path_join (directory->path, names->pdata[i], '/');
      E13Pin *pin = is_excluded (planner, path) ? NULL : request->ops->pin (request->tree, path, NULL);
      gboolean is_here
          = pin != NULL && (request->cross_mounts || pin->facts.key.mount_id == directory->facts.key.mount_id);

      if (is_here && (pin->facts.type == E13_TYPE_FILE || pin->facts.type == E13_TYPE_DIRECTORY))
        each (planner, pin, data);
      request->ops->unpin (pin);
    }
}

/* ---- One entry more ---------------------------------------------------------------------------------------------- */

typedef struct
{
  const E13WinGrant *grant;
  const E13SecurityDescriptor *parent; /* as it is planned */
  guint position;                      /* of the entry in it */
} Gift;

static void hand_down_to (E13WindowsPlanner *planner, const E13Pin *pin, gpointer data);

static void
hand_further (E13WindowsPlanner *planner, const E13Pin *pin, const Gift *gift, const E13SecurityDescriptor *sd,
              guint position)
{
  Gift next = { gift->grant, sd, position };

  if (pin->facts.type == E13_TYPE_DIRECTORY)
    for_each_entry (planner, pin, hand_down_to, &next);
}

/* Where the copy has no place, or the guard keeps it away, what lies below gets none either: it is judged by itself. */
static void
give (E13WindowsPlanner *planner, const E13Pin *pin, const Gift *gift)
{
  g_autoptr (E13SecurityDescriptor) now = e13_windows_planned_sd (planner, pin->path, &pin->facts);
  g_auto (E13WinGranted) granted = { .outcome = E13_WIN_GRANT_UNSURE };
  g_autofree char *reason = NULL;
  const char *option;

  if (now != NULL)
    granted = e13_windows_least_inherit (gift->parent, gift->position, now, pin->facts.type == E13_TYPE_DIRECTORY,
                                         gift->grant);
  if (granted.outcome == E13_WIN_GRANT_NEEDLESS && granted.entry != G_MAXUINT)
    hand_further (planner, pin, gift, now, granted.entry);
  if (granted.outcome != E13_WIN_GRANT_MADE
      || !e13_windows_plan_sd (planner, pin->path, &pin->facts, granted.sd, &reason, &option))
    return;
  hand_further (planner, pin, gift, granted.sd, granted.entry);
}

/* What the profile keeps from the application (dumps, backup copies, version control) does not come to it by the way:
 * nor what lies below. */
static gboolean
is_withheld (const E13WindowsPlanner *planner, const E13Pin *pin)
{
  const E13Policy *policy = planner->request->policy;
  gboolean is_directory = pin->facts.type == E13_TYPE_DIRECTORY;
  const char *slash = strrchr (pin->path, '/');
  g_autofree char *above = g_strndup (pin->path, slash != NULL ? (gsize)(slash - pin->path) : 0);
  g_autoptr (E13Scope) scope = e13_policy_enter (policy, is_directory ? pin->path : above, 0);
  E13Requirement requirement;

  if (is_directory)
    e13_scope_directory (scope, &requirement);
  else
    e13_scope_entry (scope, slash != NULL ? slash + 1 : pin->path, &requirement);
  return requirement.app == E13_LEVEL_NONE;
}

static void
note_apart (E13WindowsPlanner *planner, const char *path)
{
  g_autofree char *shown = e13_quote_display (path);

  g_ptr_array_add (
      planner->plan->notes,
      g_strdup_printf ("'%s' is an application of its own, of another pool: it inherits nothing of this", shown));
}

static void
hand_down_to (E13WindowsPlanner *planner, const E13Pin *pin, gpointer data)
{
  if (is_apart (planner, pin->path))
    note_apart (planner, pin->path);
  else if (!is_withheld (planner, pin))
    give (planner, pin, data);
}

void
e13_windows_hand_down (E13WindowsPlanner *planner, const char *path, const E13SecurityDescriptor *sd, guint position,
                       const E13WinGrant *grant)
{
  const E13AuditRequest *request = planner->request;
  E13Pin *pin = request->ops->pin (request->tree, path, NULL);
  Gift gift = { grant, sd, position };

  if (pin != NULL)
    for_each_entry (planner, pin, hand_down_to, &gift);
  request->ops->unpin (pin);
}

/* ---- One entry less ---------------------------------------------------------------------------------------------- */

typedef struct
{
  const E13Sid *trustee;
  gboolean inherited; /* it was taken out of a directory above, and what came from there goes too */
} Removal;

static void
remove_from (E13WindowsPlanner *planner, const E13Pin *pin, gpointer data)
{
  const Removal *removal = data;
  g_autoptr (E13SecurityDescriptor) now = e13_windows_planned_sd (planner, pin->path, &pin->facts);
  g_autoptr (E13SecurityDescriptor) left
      = now != NULL ? e13_windows_without_deny (now, removal->trustee, removal->inherited) : NULL;
  g_autofree char *reason = NULL;
  const char *option;
  gboolean is_removed = left != NULL && e13_windows_plan_sd (planner, pin->path, &pin->facts, left, &reason, &option);
  gboolean inherits = now != NULL && (now->control & E13_SD_DACL_PROTECTED) == 0;
  Removal below = { removal->trustee, is_removed || (removal->inherited && inherits) };

  if (pin->facts.type == E13_TYPE_DIRECTORY)
    for_each_entry (planner, pin, remove_from, &below);
}

void
e13_windows_remove_denies (E13WindowsPlanner *planner, const E13Sid *trustee)
{
  Removal removal = { trustee, FALSE };

  remove_from (planner, planner->request->tree->root, &removal);
}
