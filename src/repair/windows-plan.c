/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "repair/windows-plan.h"

#include <string.h>

#include "access/judge.h"
#include "access/windows-least.h"
#include "base/path.h"

/* A grant, and what the model says that its directory is like after it. */
typedef struct
{
  E13WindowsGrant *grant; /* the plan's */
  E13WinGrant entry;
  E13WinGranted granted;
} Made;

typedef struct
{
  const E13AuditRequest *request;
  E13Plan *plan;
  GArray *made; /* of Made */
} Planner;

static void
grant_free (gpointer data)
{
  E13WindowsGrant *grant = data;

  g_free (grant->path);
  g_ptr_array_unref (grant->findings);
  g_free (grant);
}

static void
made_clear (gpointer data)
{
  e13_windows_granted_clear (&((Made *)data)->granted);
}

/* ---- Refusing --------------------------------------------------------------------------------------------------- */

static void
refusal_free (gpointer data)
{
  E13Refusal *refusal = data;

  g_free (refusal->reason);
  g_free (refusal);
}

static void
refuse (Planner *planner, const E13Finding *finding, const char *reason)
{
  E13Refusal *refusal = g_new0 (E13Refusal, 1);

  refusal->finding = finding;
  refusal->reason = g_strdup (reason);
  g_ptr_array_add (planner->plan->refusals, refusal);
}

static const char *const reasons[] = {
  [E13_WIN_GRANT_MADE] = NULL,
  [E13_WIN_GRANT_NEEDLESS] = "an entry of its own would change nothing",
  [E13_WIN_GRANT_NULL_DACL] = "it has no list of entries, and a first entry would take from everybody what they have",
  [E13_WIN_GRANT_NO_PLACE] = "the order of its entries leaves no place for one more",
  [E13_WIN_GRANT_DENIED] = "an entry denies it, perhaps on purpose: a grant must not overrule that, or could not",
  [E13_WIN_GRANT_PROTECTED] = "its list is protected",
  [E13_WIN_GRANT_UNSURE] = "it has entries that are not understood here",
  [E13_WIN_GRANT_OTHERS] = "somebody else's rights would change",
};

/* Below the first component, the drive. "" is the drive's root. */
static const char *const places_of_the_system[]
    = { "Windows", "Program Files", "Program Files (x86)", "ProgramData", "System Volume Information", "$Recycle.Bin" };

static gboolean
is_of_the_system (const char *path)
{
  const char *below = path[0] != '\0' && path[1] == ':' ? path + 2 : NULL;

  if (below == NULL)
    return FALSE;
  while (*below == '\\')
    below++;
  for (gsize i = 0; i < G_N_ELEMENTS (places_of_the_system); i++)
    {
      gsize length = strlen (places_of_the_system[i]);

      if (g_ascii_strncasecmp (below, places_of_the_system[i], length) == 0
          && (below[length] == '\0' || below[length] == '\\'))
        return TRUE;
    }
  return *below == '\0' || g_ascii_strcasecmp (below, "inetpub") == 0 || g_ascii_strcasecmp (below, "Users") == 0;
}

/* Windows drops these at the end of a name, and would take the command for another object. */
static gboolean
has_trailing_dot (const char *path)
{
  for (const char *c = path; *c != '\0'; c++)
    if ((*c == '.' || *c == ' ') && (c[1] == '/' || c[1] == '\0'))
      return TRUE;
  return FALSE;
}

static const char *
why_not (const Planner *planner, const E13Finding *finding)
{
  if (is_of_the_system (planner->request->tree->path))
    return "the site is a place of the system's own: nothing is granted there";
  if (finding->rule == &e13_rules[E13_RULE_MISSING_DIRECTORY])
    return "it does not exist: make it there, and check again";
  if (has_trailing_dot (finding->path))
    return "its name ends in a dot or a space, which icacls does not reach";
  return finding->facts.sd == NULL ? "its security descriptor is not known" : NULL;
}

/* ---- Granting --------------------------------------------------------------------------------------------------- */

static guint32
mask_of (const E13Finding *finding)
{
  return e13_access_mask (finding->facts.type, finding->needs);
}

/* Hands the entry of @made down one step of the way, to the object at @path; FALSE where it does not arrive there.
 * @state: what the directory above is like, then what this object is. */
static gboolean
hand_down (const Planner *planner, const Made *made, const char *path, E13WinGranted *state)
{
  const E13ReadOps *ops = planner->request->ops;
  E13Pin *pin = ops->pin (planner->request->tree, path, NULL);
  E13WinGranted next = { .outcome = E13_WIN_GRANT_UNSURE };

  if (pin != NULL && pin->facts.sd != NULL)
    next = e13_windows_least_inherit (state->sd, state->entry, pin->facts.sd, pin->facts.type == E13_TYPE_DIRECTORY,
                                      &made->entry);
  ops->unpin (pin);
  e13_windows_granted_clear (state);
  *state = next;
  return state->outcome == E13_WIN_GRANT_MADE;
}

/* Does what @made grants reach the object of @finding by inheritance, and is that enough? */
static gboolean
cures (const Planner *planner, const Made *made, const E13Finding *finding)
{
  g_auto (E13WinGranted) state = made->granted;
  gsize length = strlen (made->grant->path);
  const char *rest = finding->path + length;

  state.sd = e13_sd_copy (made->granted.sd);
  while (*rest != '\0')
    {
      g_autofree char *step = NULL;

      rest += *rest == '/';
      rest += strcspn (rest, "/");
      step = g_strndup (finding->path, (gsize)(rest - finding->path));
      if (!hand_down (planner, made, step, &state))
        return FALSE;
    }
  return e13_windows_judge (state.sd, finding->identity->token, mask_of (finding)).granted;
}

static const Made *
find_cure (const Planner *planner, const E13Finding *finding)
{
  for (guint i = 0; i < planner->made->len; i++)
    {
      const Made *made = &g_array_index (planner->made, Made, i);

      if (made->grant->type == E13_TYPE_DIRECTORY && e13_path_is_in (finding->path, made->grant->path)
          && cures (planner, made, finding))
        return made;
    }
  return NULL;
}

static void
grant (Planner *planner, const E13Finding *finding)
{
  const E13Token *token = finding->identity->token;
  gboolean is_directory = finding->facts.type == E13_TYPE_DIRECTORY;
  Made made = { .entry = { token->user, mask_of (finding), token, FALSE } };

  made.granted = e13_windows_least_grant (finding->facts.sd, is_directory, &made.entry);
  if (made.granted.outcome != E13_WIN_GRANT_MADE)
    {
      refuse (planner, finding, reasons[made.granted.outcome]);
      e13_windows_granted_clear (&made.granted);
      return;
    }
  made.grant = g_new0 (E13WindowsGrant, 1);
  made.grant->path = g_strdup (finding->path);
  made.grant->type = finding->facts.type;
  made.grant->trustee = made.entry.trustee;
  made.grant->mask = made.entry.mask;
  made.grant->findings = g_ptr_array_new ();
  g_ptr_array_add (made.grant->findings, (gpointer)finding);
  g_ptr_array_add (planner->plan->grants, made.grant);
  g_array_append_val (planner->made, made);
}

E13Plan *
e13_windows_plan_make (const E13AuditRequest *request, const E13Audit *audit)
{
  E13Plan *plan = g_new0 (E13Plan, 1);
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (Made));
  Planner planner = { request, plan, all };

  g_array_set_clear_func (all, made_clear);
  plan->changes = g_ptr_array_new_with_free_func ((GDestroyNotify)e13_change_free);
  plan->refusals = g_ptr_array_new_with_free_func (refusal_free);
  plan->notes = g_ptr_array_new_with_free_func (g_free);
  plan->grants = g_ptr_array_new_with_free_func (grant_free);
  /* By path: a directory comes before what it holds. */
  for (guint i = 0; i < audit->findings->len; i++)
    {
      const E13Finding *finding = audit->findings->pdata[i];
      const char *reason;
      const Made *cure;

      if (finding->identity == NULL || finding->rule->cure != E13_CURE_GRANT)
        continue;
      reason = why_not (&planner, finding);
      cure = reason == NULL ? find_cure (&planner, finding) : NULL;
      if (reason != NULL)
        refuse (&planner, finding, reason);
      else if (cure != NULL)
        g_ptr_array_add (cure->grant->findings, (gpointer)finding);
      else
        grant (&planner, finding);
    }
  return plan;
}
