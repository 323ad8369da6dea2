/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <errno.h>
#include <string.h>

#include "audit/auditor.h"
#include "base/error.h"
#include "base/path.h"
#include "base/quote.h"
#include "policy/guarded.h"

static const E13Requirement search_only = { .app = E13_LEVEL_TRAVERSE, .server = E13_LEVEL_TRAVERSE };

/* Windows does not ask whether such an account may pass a directory. */
static gboolean
bypasses_traverse (const E13Identity *identity)
{
  return identity->token != NULL && (identity->token->privileges & E13_PRIVILEGE_CHANGE_NOTIFY) != 0;
}

/* Every directory from / to the site, by the path as it was given and by the real one. */
void
e13_auditor_check_parents (E13Auditor *auditor)
{
  const GPtrArray *pins = auditor->request->tree->route->pins;

  auditor->others_reach_site = TRUE;
  for (guint i = 0; i + 1 < pins->len; i++)
    {
      const E13Pin *pin = g_ptr_array_index (pins, i);

      if (pin->facts.type != E13_TYPE_DIRECTORY)
        continue;
      if ((pin->facts.mode & 01) == 0)
        auditor->others_reach_site = FALSE;
      for (gsize r = 0; r < auditor->n_roles; r++)
        if (!bypasses_traverse (auditor->roles[r].identity))
          e13_auditor_judge (auditor, pin, pin->path, &auditor->roles[r], E13_RIGHT_EXECUTE, &search_only, NULL);
    }
}

/* ---- Directories that the application expects ------------------------------------------------ */

/* The nearest directory above @path that exists. */
static E13Pin *
pin_ancestor (const E13Auditor *auditor, const char *path)
{
  const E13ReadOps *ops = auditor->request->ops;
  g_autofree char *ancestor = g_strdup (path);
  E13Pin *pin = NULL;

  while (pin == NULL && ancestor[0] != '\0')
    {
      char *slash = strrchr (ancestor, '/');

      *(slash != NULL ? slash : ancestor) = '\0';
      pin = ops->pin (auditor->request->tree, ancestor, NULL);
    }
  return pin;
}

/* A directory of the site in a sentence that names another one. */
static char *
shown_place (const E13Tree *tree, const char *path)
{
  g_autofree char *full = e13_tree_full_path (tree, path);

  if (tree->is_windows)
    return e13_quote_windows (full);
  return e13_quote_display (path[0] != '\0' ? path : tree->path);
}

static void
check_missing (E13Auditor *auditor, const E13ExpectedDirectory *expected, const E13Role *role, const E13Pin *ancestor)
{
  E13Rights needed = E13_RIGHT_WRITE | E13_RIGHT_EXECUTE;
  E13Answer answer = e13_auditor_ask (auditor, ancestor, role->identity, needed);
  g_autofree char *who = e13_identity_label (role->identity);
  g_autofree char *shown = shown_place (auditor->request->tree, ancestor->path);
  g_autofree char *reason = NULL;
  E13Verdict verdict;
  E13Finding *finding;

  if (answer.granted == needed)
    return;
  verdict = e13_access_judge (&ancestor->facts, role->identity, needed & ~answer.granted);
  reason = e13_auditor_explain (auditor, ancestor, role->identity, &verdict, needed & ~answer.granted);
  finding = e13_finding_new (&e13_rules[E13_RULE_MISSING_DIRECTORY], expected->path, &ancestor->facts);
  finding->identity = role->identity;
  finding->needs = e13_auditor_needs (role, &expected->requirement, E13_TYPE_DIRECTORY);
  finding->why = expected->requirement.why;
  finding->sentence = g_strdup_printf (
      "this directory does not exist, and %s may not create it in '%s' (scripts then report Errno 2)", who, shown);
  finding->because = g_steal_pointer (&reason);
  e13_auditor_add (auditor, finding);
}

void
e13_auditor_check_missing_directories (E13Auditor *auditor)
{
  const E13AuditRequest *request = auditor->request;
  const GArray *expected = e13_policy_expected_directories (request->policy);

  for (guint i = 0; i < expected->len; i++)
    {
      const E13ExpectedDirectory *directory = &g_array_index (expected, E13ExpectedDirectory, i);
      g_autoptr (GError) error = NULL;
      E13Pin *pin = request->ops->pin (request->tree, directory->path, &error);

      if (pin == NULL && g_error_matches (error, E13_ERRNO, ENOENT))
        {
          E13Pin *ancestor = pin_ancestor (auditor, directory->path);

          if (ancestor != NULL && ancestor->facts.type == E13_TYPE_DIRECTORY)
            check_missing (auditor, directory, &auditor->roles[0], ancestor);
          request->ops->unpin (ancestor);
        }
      request->ops->unpin (pin);
    }
}

/* ---- Links that lead out --------------------------------------------------------------------- */

/* The first step of the way to the link's target that holds @role back; NULL where nothing does. */
static const E13Pin *
first_denial (const E13Auditor *auditor, const E13Route *route, const E13Role *role, const E13Requirement *requirement,
              E13Rights *ret_missing)
{
  for (guint i = 0; i < route->pins->len; i++)
    {
      const E13Pin *pin = g_ptr_array_index (route->pins, i);
      gboolean is_target = i + 1 == route->pins->len;
      E13Rights needs = is_target ? e13_auditor_needs (role, requirement, pin->facts.type) : E13_RIGHT_EXECUTE;

      if (pin->facts.type == E13_TYPE_SYMLINK || e13_path_is_in (pin->path, auditor->request->tree->path))
        continue;
      *ret_missing = needs & ~e13_auditor_ask (auditor, pin, role->identity, needs).granted;
      if (*ret_missing != 0)
        return pin;
    }
  return NULL;
}

/* A link of a stranger's archive must not talk anybody into opening what belongs to the system. */
static gboolean
is_guarded (const E13Route *route)
{
  const E13Pin *last = g_ptr_array_index (route->pins, route->pins->len - 1);

  return e13_guarded_system (route->resolved) != E13_SYSTEM_NO || e13_guarded_is_home (route->resolved)
         || e13_guarded_is_key (route->resolved, last->facts.type == E13_TYPE_DIRECTORY);
}

static void
judge_target (E13Auditor *auditor, E13Finding *finding, const E13Route *route, const E13Role *role,
              const E13Requirement *requirement)
{
  E13Rights missing = 0;
  const E13Pin *pin = first_denial (auditor, route, role, requirement, &missing);
  g_autofree char *shown = NULL;
  g_autofree char *target = NULL;
  g_autofree char *command = NULL;
  char *cure;
  E13Verdict verdict;

  if (pin == NULL)
    return;
  shown = e13_quote_display (pin->path);
  target = e13_quote_display (route->resolved);
  command = e13_quote_shell_display (route->resolved);
  verdict = e13_access_judge (&pin->facts, role->identity, missing);
  finding->severity = E13_SEVERITY_PROBLEM;
  finding->identity = role->identity;
  g_free (finding->because);
  finding->because = e13_auditor_explain (auditor, pin, role->identity, &verdict, missing);
  if (is_guarded (route))
    cure = g_strdup_printf (
        "'%s' is the system's: its administrator decides who may; remove the link, if nobody meant it", target);
  else
    cure = g_strdup_printf ("'%s' stops it, outside the site; to repair the target: errno13 fix --parents %s", shown,
                            command);
  g_ptr_array_add (finding->cures, cure);
}

void
e13_auditor_check_link (E13Auditor *auditor, const char *path, const E13Requirement *requirement)
{
  const E13AuditRequest *request = auditor->request;
  g_autofree char *absolute = g_build_filename (request->tree->path, path, NULL);
  g_autoptr (E13Route) route = request->ops->route (absolute, NULL);
  g_autofree char *shown = NULL;
  const E13Pin *last;
  E13Finding *finding;

  if (route == NULL || route->missing != NULL || e13_path_is_in (route->resolved, request->tree->path))
    return;
  last = g_ptr_array_index (route->pins, route->pins->len - 1);
  shown = e13_quote_display (route->resolved);
  finding = e13_finding_new (&e13_rules[E13_RULE_LINK_LEAVES_SITE], path, &last->facts);
  finding->sentence
      = g_strdup_printf ("this link leads out of the site, to '%s', which is judged but never changed", shown);
  for (gsize r = 0; r < auditor->n_roles && finding->severity == E13_SEVERITY_NOTE; r++)
    judge_target (auditor, finding, route, &auditor->roles[r], requirement);
  e13_auditor_add (auditor, finding);
}
