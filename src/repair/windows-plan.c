/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "repair/windows-plan.h"

#include <string.h>

#include "access/judge.h"
#include "base/path.h"
#include "policy/guarded.h"
#include "repair/plan-parts.h"
#include "repair/windows-plan-parts.h"

/* ---- Refusing --------------------------------------------------------------------------------------------------- */

void
e13_windows_refuse (E13WindowsPlanner *planner, const E13Finding *finding, char *reason, const char *option)
{
  E13Refusal *refusal = g_new0 (E13Refusal, 1);

  refusal->finding = finding;
  refusal->reason = reason;
  refusal->option = option;
  g_ptr_array_add (planner->plan->refusals, refusal);
}

/* The options that let one through. */
static const char *
option_against (E13WinGrantOutcome outcome)
{
  return outcome == E13_WIN_GRANT_NULL_DACL ? "--null-dacl"
         : outcome == E13_WIN_GRANT_DENIED  ? "--override-deny"
                                            : NULL;
}

/* An explicit deny stands before whatever is granted: only taking it away helps. */
void
e13_windows_refuse_by_outcome (E13WindowsPlanner *planner, const E13Finding *finding, const E13SecurityDescriptor *sd,
                               const E13WinGranted *granted)
{
  gboolean is_dump = planner->request->tree->is_dump; /* of which fix can do nothing */
  const char *option = is_dump ? NULL : option_against (granted->outcome);
  g_autofree char *denied = NULL;

  if (!is_dump && granted->outcome == E13_WIN_GRANT_DENIED && granted->entry < sd->dacl->aces->len
      && (e13_win_acl_at (sd->dacl, granted->entry)->flags & E13_ACE_INHERITED) == 0
      && e13_win_acl_at (sd->dacl, granted->entry)->has_sid)
    {
      g_autofree char *text = e13_sid_to_text (&e13_win_acl_at (sd->dacl, granted->entry)->sid);

      denied = g_strdup_printf ("an entry set here denies it to %s, perhaps on purpose: --remove-deny=%s takes it away",
                                text, text);
      option = NULL;
    }
  e13_windows_refuse (
      planner, finding,
      denied != NULL ? g_steal_pointer (&denied) : g_strdup (e13_windows_why_no_grant (granted->outcome)), option);
}

/* ---- What each object is to become ------------------------------------------------------------------------------ */

E13SecurityDescriptor *
e13_windows_planned_sd (const E13WindowsPlanner *planner, const char *path, const E13Facts *facts)
{
  const E13Change *change = g_hash_table_lookup (planner->changes, path);
  gsize size;
  const guint8 *data;

  if (change == NULL)
    return facts->sd != NULL ? e13_sd_copy (facts->sd) : NULL;
  data = g_bytes_get_data (change->after.sd, &size);
  return e13_sd_decode (data, size, NULL);
}

static E13Change *
change_of (E13WindowsPlanner *planner, const char *path, const E13Facts *facts)
{
  E13Change *change = g_hash_table_lookup (planner->changes, path);

  if (change != NULL)
    return change;
  change = e13_change_new (E13_CHANGE_SET, path, facts);
  g_ptr_array_add (planner->plan->changes, change);
  g_hash_table_insert (planner->changes, change->path, change);
  return change;
}

/* The guard's word on giving the object at @path @sd in place of what it has. */
static char *
guard (E13WindowsPlanner *planner, const char *path, const E13Facts *facts, GBytes *sd, const char **ret_option)
{
  g_autoptr (E13Change) change = e13_change_new (E13_CHANGE_SET, path, facts);

  g_bytes_unref (change->after.sd);
  change->after.sd = g_bytes_ref (sd);
  change->granted = E13_RIGHT_READ | E13_RIGHT_WRITE;
  return e13_guard_change (planner->guard, change, facts, ret_option);
}

gboolean
e13_windows_plan_sd (E13WindowsPlanner *planner, const char *path, const E13Facts *facts,
                     const E13SecurityDescriptor *sd, char **ret_reason, const char **ret_option)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = e13_sd_encode (sd, &error);
  E13Change *change;

  *ret_option = NULL;
  *ret_reason = bytes != NULL ? guard (planner, path, facts, bytes, ret_option) : g_strdup (error->message);
  if (*ret_reason != NULL)
    return FALSE;
  change = change_of (planner, path, facts);
  g_bytes_unref (change->after.sd);
  change->after.sd = g_steal_pointer (&bytes);
  change->granted = E13_RIGHT_READ | E13_RIGHT_WRITE;
  return TRUE;
}

/* ---- Granting --------------------------------------------------------------------------------------------------- */

static guint32
mask_of (const E13Finding *finding)
{
  return e13_access_mask (finding->facts.type, finding->needs);
}

/* Windows drops these at the end of a name, and would take a command for another object. */
static gboolean
has_trailing_dot (const char *path)
{
  for (const char *c = path; *c != '\0'; c++)
    if ((*c == '.' || *c == ' ') && (c[1] == '/' || c[1] == '\0'))
      return TRUE;
  return FALSE;
}

static const char *
why_not (const E13WindowsPlanner *planner, const E13Finding *finding)
{
  if (planner->request->tree->is_dump && has_trailing_dot (finding->path))
    return "its name ends in a dot or a space, which icacls does not reach";
  return finding->facts.sd == NULL ? "its security descriptor is not known" : NULL;
}

/* The grant that cures @finding already: it lies above, is for the same trustee, and what it hands down suffices. */
static E13WindowsGrant *
find_cure (const E13WindowsPlanner *planner, const E13Finding *finding)
{
  g_autoptr (E13SecurityDescriptor) planned = e13_windows_planned_sd (planner, finding->path, &finding->facts);
  const GPtrArray *grants = planner->plan->grants;

  if (planned == NULL || !e13_windows_judge (planned, finding->identity->token, mask_of (finding)).granted)
    return NULL;
  for (guint i = 0; i < grants->len; i++)
    {
      E13WindowsGrant *grant = grants->pdata[i];

      if (e13_path_is_in (finding->path, grant->path)
          && e13_token_holds (finding->identity->token, &grant->trustee, E13_SID_ENABLED))
        return grant;
    }
  return NULL;
}

static void
grant_free (gpointer data)
{
  E13WindowsGrant *grant = data;

  g_free (grant->path);
  g_ptr_array_unref (grant->findings);
  g_free (grant);
}

E13WindowsGrant *
e13_windows_add_grant (E13WindowsPlanner *planner, const E13Finding *finding, const E13WinGrant *entry)
{
  E13WindowsGrant *grant = g_new0 (E13WindowsGrant, 1);

  grant->path = g_strdup (finding->path);
  grant->type = finding->facts.type;
  grant->trustee = entry->trustee;
  grant->mask = entry->mask;
  grant->findings = g_ptr_array_new ();
  g_ptr_array_add (grant->findings, (gpointer)finding);
  g_ptr_array_add (planner->plan->grants, grant);
  return grant;
}

/* The classic cure names all who can log on. It is for what scripts write: whoever reads is granted to by itself. */
static E13Sid
trustee_of (const E13WindowsPlanner *planner, const E13Finding *finding)
{
  E13Sid classic = e13_sid_well_known ("S-1-5-11");
  const E13Token *token = finding->identity->token;

  return planner->options->classic && (finding->needs & E13_RIGHT_WRITE) != 0
                 && e13_token_holds (token, &classic, E13_SID_ENABLED)
             ? classic
             : e13_token_trustee (token);
}

E13WinGrant
e13_windows_entry_for (const E13WindowsPlanner *planner, const E13Finding *finding)
{
  return (E13WinGrant){ trustee_of (planner, finding), mask_of (finding), finding->identity->token,
                        planner->options->override_deny };
}

static void
grant (E13WindowsPlanner *planner, const E13Finding *finding)
{
  gboolean is_directory = finding->facts.type == E13_TYPE_DIRECTORY;
  const E13WinGrant entry = e13_windows_entry_for (planner, finding);
  g_autoptr (E13SecurityDescriptor) now = e13_windows_planned_sd (planner, finding->path, &finding->facts);
  g_auto (E13WinGranted) granted = e13_windows_least_grant (now, is_directory, &entry);
  char *reason;
  const char *option;

  if (granted.outcome != E13_WIN_GRANT_MADE)
    e13_windows_refuse_by_outcome (planner, finding, now, &granted);
  else if (!e13_windows_plan_sd (planner, finding->path, &finding->facts, granted.sd, &reason, &option))
    e13_windows_refuse (planner, finding, reason, option);
  else
    {
      e13_windows_add_grant (planner, finding, &entry);
      if (is_directory)
        e13_windows_hand_down (planner, finding->path, granted.sd, granted.entry, &entry);
    }
}

static void
cure_by_grant (E13WindowsPlanner *planner, const E13Finding *finding)
{
  const char *reason = why_not (planner, finding);
  E13WindowsGrant *cure = reason == NULL ? find_cure (planner, finding) : NULL;

  if (reason != NULL)
    e13_windows_refuse (planner, finding, g_strdup (reason), NULL);
  else if (cure != NULL)
    g_ptr_array_add (cure->findings, (gpointer)finding);
  else
    grant (planner, finding);
}

/* ---- What is no entry ------------------------------------------------------------------------------------------- */

/* The list that the directory above hands down, in place of none. */
static void
convert_null_dacl (E13WindowsPlanner *planner, const E13Finding *finding)
{
  const E13AuditRequest *request = planner->request;
  const char *slash = strrchr (finding->path, '/');
  g_autofree char *above = g_strndup (finding->path, slash != NULL ? (gsize)(slash - finding->path) : 0);
  E13Pin *parent = finding->path[0] != '\0' ? request->ops->pin (request->tree, above, NULL) : NULL;
  g_autoptr (E13SecurityDescriptor) of_parent
      = parent != NULL ? e13_windows_planned_sd (planner, above, &parent->facts) : NULL;
  g_autoptr (E13SecurityDescriptor) converted = NULL;
  char *reason = NULL;
  const char *option = NULL;

  request->ops->unpin (parent);
  if (of_parent == NULL || of_parent->dacl == NULL)
    {
      e13_windows_refuse (planner, finding,
                          g_strdup ("no directory of the site hands a list down to it: icacls /reset, from above"),
                          NULL);
      return;
    }
  converted = e13_windows_with_inherited (finding->facts.sd, of_parent, finding->facts.type == E13_TYPE_DIRECTORY);
  if (!e13_windows_plan_sd (planner, finding->path, &finding->facts, converted, &reason, &option))
    e13_windows_refuse (planner, finding, reason, option);
}

static void
cure_null_dacl (E13WindowsPlanner *planner, const E13Finding *finding)
{
  if (planner->options->null_dacl)
    convert_null_dacl (planner, finding);
  else
    e13_windows_refuse (planner, finding, g_strdup (e13_windows_why_no_grant (E13_WIN_GRANT_NULL_DACL)),
                        planner->request->tree->is_dump ? NULL : option_against (E13_WIN_GRANT_NULL_DACL));
}

/* Only the stream or the attribute of one file: the guard is asked as for any change. */
static void
cure_by_clearing (E13WindowsPlanner *planner, const E13Finding *finding, gboolean zone)
{
  g_autoptr (E13Change) tried = e13_change_new (E13_CHANGE_SET, finding->path, &finding->facts);
  const char *option;
  char *reason = e13_guard_change (planner->guard, tried, &finding->facts, &option);
  E13Change *change;

  if (reason != NULL)
    {
      e13_windows_refuse (planner, finding, reason, option);
      return;
    }
  change = change_of (planner, finding->path, &finding->facts);
  if (zone)
    g_clear_pointer (&change->after.zone, g_bytes_unref);
  else
    change->after.read_only = FALSE;
}

static void
unblock (E13WindowsPlanner *planner, const E13Finding *finding)
{
  if (finding->severity == E13_SEVERITY_PROBLEM || planner->options->unblock_all)
    cure_by_clearing (planner, finding, TRUE);
}

/* ---- The plan --------------------------------------------------------------------------------------------------- */

/* What a person who has read the forums would have expected. */
static void
note_classic (E13WindowsPlanner *planner)
{
  E13Sid classic = e13_sid_well_known ("S-1-5-11");

  for (guint i = 0; i < planner->plan->grants->len; i++)
    {
      const E13WindowsGrant *grant = planner->plan->grants->pdata[i];

      if ((grant->mask & E13_MASK_MODIFY) == E13_MASK_MODIFY && !e13_sid_equal (&grant->trustee, &classic))
        {
          g_ptr_array_add (planner->plan->notes,
                           g_strdup ("the classic advice gives this to Authenticated Users, every account that can log "
                                     "on: --classic does that"));
          return;
        }
    }
}

static void
note_restart (E13WindowsPlanner *planner)
{
  for (guint i = 0; i < planner->plan->changes->len; i++)
    if (e13_guarded_restarts (((E13Change *)planner->plan->changes->pdata[i])->path))
      {
        g_ptr_array_add (planner->plan->notes, g_strdup ("web.config or bin changes, last: an application of ASP.NET "
                                                         "restarts then, and loses the sessions in its memory"));
        return;
      }
}

static void
cure (E13WindowsPlanner *planner, const E13Finding *finding)
{
  if (finding->rule == &e13_rules[E13_RULE_BLOCKED_DOWNLOAD])
    unblock (planner, finding);
  else if (finding->rule == &e13_rules[E13_RULE_READ_ONLY_ATTRIBUTE])
    cure_by_clearing (planner, finding, FALSE);
  else if (finding->rule == &e13_rules[E13_RULE_NULL_DACL])
    cure_null_dacl (planner, finding);
  else if (finding->rule == &e13_rules[E13_RULE_MISSING_DIRECTORY])
    e13_windows_cure_missing (planner, finding);
  else if (finding->identity != NULL && finding->rule->cure == E13_CURE_GRANT)
    cure_by_grant (planner, finding);
}

E13Plan *
e13_windows_plan_make (const E13AuditRequest *request, const E13Audit *audit, const E13PlanOptions *options)
{
  g_autoptr (E13Guard) guard = e13_guard_new (request, options, audit);
  g_autoptr (GHashTable) changes = g_hash_table_new (g_str_hash, g_str_equal);
  E13WindowsPlanner planner = { request, options, guard, changes, e13_plan_new () };

  planner.plan->grants = g_ptr_array_new_with_free_func (grant_free);
  for (guint i = 0; options->remove_denies != NULL && i < options->remove_denies->len; i++)
    e13_windows_remove_denies (&planner, &g_array_index (options->remove_denies, E13Sid, i));
  /* By path: a directory comes before what it holds. */
  for (guint i = 0; i < audit->findings->len; i++)
    cure (&planner, audit->findings->pdata[i]);
  g_ptr_array_sort (planner.plan->changes, e13_change_compare_paths);
  note_classic (&planner);
  note_restart (&planner);
  return planner.plan;
}
