/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "policy/policy.h"

#include <string.h>

#include "base/error.h"
#include "base/quote.h"
#include "policy/matcher.h"
#include "policy/sections.h"

struct E13Policy
{
  E13Profile *profile;
  gboolean read_only;
  E13Sections sections; /* by the paths' matcher's index */
  GPtrArray *kept;      /* of E13Profile *: those of nested applications, whose sections these are */
  E13Matcher *paths;
  E13Matcher *names;    /* of Holding= and Beside=, by their bit */
  guint64 *names_state; /* where each name stands: they have no directory */
  gboolean notes_names;
  GArray *expected; /* of E13ExpectedDirectory */
  GArray *later;    /* of E13LaterPath */
};

/* ---- What the sections that match say together ----------------------------------------------- */

/* Each key is decided by the last section that sets it: here is which one that is so far; -1: none. So sections may
 * come in any order. */
typedef struct
{
  gint app, server, script, worker, world, code, why, later;
} Verdict;

static const Verdict no_verdict = { -1, -1, -1, -1, -1, -1, -1, -1 };

static const E13Effective *
effective_at (const E13Policy *policy, guint index)
{
  return &g_array_index (policy->sections.sections, E13Effective, index);
}

static void
decide (gint *decider, gint section, gboolean sets_it)
{
  if (sets_it && section > *decider)
    *decider = section;
}

/* A site within the site begins with nothing said, but for what IIS needs of all. */
static void
add_section (const E13Policy *policy, guint index, Verdict *verdict)
{
  const E13Effective *effective = effective_at (policy, index);
  const E13Section *section = effective->section;
  gboolean begins = effective->begins;
  gint n = (gint)index;

  if (effective->later)
    {
      decide (&verdict->later, n, TRUE);
      return;
    }
  decide (&verdict->app, n, begins || section->app != E13_LEVEL_UNSET);
  decide (&verdict->server, n, begins || section->server != E13_LEVEL_UNSET);
  decide (&verdict->script, n, begins || section->script != E13_LEVEL_UNSET);
  decide (&verdict->worker, n, section->worker != E13_LEVEL_UNSET);
  decide (&verdict->world, n, begins || section->world != E13_LEVEL_UNSET);
  decide (&verdict->code, n, begins || section->has_code);
  decide (&verdict->why, n, begins || (section->why != NULL && section->worker == E13_LEVEL_UNSET));
}

static const E13Section *
decider (const E13Policy *policy, gint index)
{
  static const E13Section silent;

  return index >= 0 ? effective_at (policy, (guint)index)->section : &silent;
}

/* What no visitor is to get, the worker needs not look into. */
static void
add_worker (E13Requirement *requirement, const E13Section *section)
{
  gboolean is_closed = requirement->app == E13_LEVEL_NONE && requirement->server <= E13_LEVEL_NONE;

  requirement->worker = is_closed ? E13_LEVEL_NONE : section->worker;
  requirement->worker_alone = section->worker_alone;
  requirement->why_worker = section->why;
}

static void
requirement_from_verdict (const E13Policy *policy, const Verdict *verdict, E13Requirement *ret)
{
  const char *why_app = decider (policy, verdict->app)->why;

  ret->app = decider (policy, verdict->app)->app;
  if (policy->read_only && ret->app >= E13_LEVEL_WRITE && !effective_at (policy, (guint)verdict->app)->asked)
    ret->app = E13_LEVEL_READ;
  ret->server = decider (policy, verdict->server)->server;
  if (ret->server == E13_LEVEL_UNSET)
    ret->server = MIN (ret->app, E13_LEVEL_READ);
  add_worker (ret, decider (policy, verdict->worker));
  ret->script = decider (policy, verdict->script)->script;
  ret->world = decider (policy, verdict->world)->world;
  ret->code = decider (policy, verdict->code)->code;
  ret->asks_to_write_code = ret->code && (ret->app >= E13_LEVEL_WRITE || verdict->later >= 0);
  ret->why = why_app != NULL ? why_app : decider (policy, verdict->why)->why;
}

/* ---- Building -------------------------------------------------------------------------------- */

static void
build_matchers (E13Policy *policy)
{
  const GPtrArray *lists = policy->sections.names;

  for (guint i = 0; i < policy->sections.sections->len; i++)
    {
      const E13Effective *effective = effective_at (policy, i);

      e13_matcher_add (policy->paths, effective->glob, i);
      policy->notes_names = policy->notes_names || effective->holding != 0 || effective->beside != 0;
    }
  for (guint bit = 0; bit < lists->len; bit++)
    {
      const E13NameList *list = g_ptr_array_index (lists, bit);

      for (guint i = 0; i < list->globs->len; i++)
        e13_matcher_add (policy->names, g_ptr_array_index (list->globs, i), bit);
    }
  policy->names_state = g_new0 (guint64, e13_matcher_n_words (policy->names));
  e13_matcher_enter (policy->names, "", policy->names_state);
}

static gboolean
is_expected (const E13Policy *policy, const char *path)
{
  for (guint i = 0; i < policy->expected->len; i++)
    if (g_str_equal (g_array_index (policy->expected, E13ExpectedDirectory, i).path, path))
      return TRUE;
  return FALSE;
}

static void
add_expected (E13Policy *policy, const E13Effective *effective)
{
  const char *path = e13_glob_literal_directory (effective->glob);
  g_autoptr (E13Scope) scope = NULL;
  E13ExpectedDirectory expected = { path, { 0 } };

  if (path == NULL || effective->section->app < E13_LEVEL_WRITE || effective->holding != 0 || effective->beside != 0
      || is_expected (policy, path))
    return;
  scope = e13_policy_enter (policy, path, 0);
  e13_scope_directory (scope, &expected.requirement);
  if (expected.requirement.app >= E13_LEVEL_WRITE)
    g_array_append_val (policy->expected, expected);
}

static void
add_later (E13Policy *policy, const E13Effective *effective)
{
  g_autoptr (GPtrArray) paths = e13_glob_literal_paths (effective->glob);

  if (strcmp (effective->section->pattern, "**") == 0 && paths->len == 0)
    g_ptr_array_add (paths, g_strdup (""));
  for (guint i = 0; i < paths->len; i++)
    {
      E13LaterPath later = { effective->section->when, effective->section->feature, g_strdup (paths->pdata[i]) };

      g_array_append_val (policy->later, later);
    }
}

static void
gather_directories (E13Policy *policy)
{
  for (guint i = 0; i < policy->sections.sections->len; i++)
    if (effective_at (policy, i)->later)
      add_later (policy, effective_at (policy, i));
    else
      add_expected (policy, effective_at (policy, i));
}

static void
clear_later (gpointer data)
{
  g_free (((E13LaterPath *)data)->path);
}

E13Policy *
e13_policy_new (E13Profile *profile, const E13PolicyOptions *options, GError **error)
{
  static const E13PolicyOptions no_options;
  g_autoptr (E13Policy) policy = g_new0 (E13Policy, 1);

  if (options == NULL)
    options = &no_options;
  policy->profile = e13_profile_ref (profile);
  policy->read_only = options->read_only;
  policy->kept = g_ptr_array_new_with_free_func ((GDestroyNotify)e13_profile_unref);
  for (guint i = 0; options->nested != NULL && i < options->nested->len; i++)
    g_ptr_array_add (policy->kept, e13_profile_ref (((E13Nested *)options->nested->pdata[i])->profile));
  policy->paths = e13_matcher_new (options->ignores_case);
  policy->names = e13_matcher_new (options->ignores_case);
  policy->expected = g_array_new (FALSE, FALSE, sizeof (E13ExpectedDirectory));
  policy->later = g_array_new (FALSE, FALSE, sizeof (E13LaterPath));
  g_array_set_clear_func (policy->later, clear_later);
  if (!e13_sections_gather (&policy->sections, profile, options, error))
    return NULL;
  build_matchers (policy);
  gather_directories (policy);
  return g_steal_pointer (&policy);
}

void
e13_policy_free (E13Policy *policy)
{
  if (policy == NULL)
    return;
  g_array_unref (policy->expected);
  g_array_unref (policy->later);
  e13_matcher_free (policy->paths);
  e13_matcher_free (policy->names);
  g_free (policy->names_state);
  e13_sections_clear (&policy->sections);
  g_ptr_array_unref (policy->kept);
  e13_profile_unref (policy->profile);
  g_free (policy);
}

const E13Profile *
e13_policy_profile (const E13Policy *policy)
{
  return policy->profile;
}

const GPtrArray *
e13_policy_remarks (const E13Policy *policy)
{
  return policy->sections.remarks;
}

const GArray *
e13_policy_later_paths (const E13Policy *policy)
{
  return policy->later;
}

const GArray *
e13_policy_expected_directories (const E13Policy *policy)
{
  return policy->expected;
}

/* ---- Names ----------------------------------------------------------------------------------- */

gboolean
e13_policy_notes_names (const E13Policy *policy)
{
  return policy->notes_names;
}

static void
add_mark (guint bit, gpointer data)
{
  guint *marks = data;

  *marks |= 1u << bit;
}

guint
e13_policy_marks_of_name (const E13Policy *policy, const char *name)
{
  guint marks = 0;

  e13_matcher_visit_entry (policy->names, policy->names_state, name, add_mark, &marks);
  return marks;
}

/* ---- Scopes ---------------------------------------------------------------------------------- */

struct E13Scope
{
  const E13Policy *policy;
  guint marks;
  Verdict directory;
  Verdict every_entry; /* what all entries have in common */
  guint64 state[];
};

typedef struct
{
  const E13Scope *scope;
  Verdict *verdict;
} Judging;

static void
judge_directory (guint index, gpointer data)
{
  const Judging *judging = data;
  const E13Scope *scope = judging->scope;
  const E13Effective *effective = effective_at (scope->policy, index);

  if (effective->beside == 0 && (effective->holding == 0 || (effective->holding & scope->marks) != 0))
    add_section (scope->policy, index, judging->verdict);
}

static void
judge_entry (guint index, gpointer data)
{
  const Judging *judging = data;
  const E13Scope *scope = judging->scope;
  const E13Effective *effective = effective_at (scope->policy, index);

  if (effective->holding == 0 && (effective->beside == 0 || (effective->beside & scope->marks) != 0))
    add_section (scope->policy, index, judging->verdict);
}

E13Scope *
e13_policy_enter (const E13Policy *policy, const char *directory, guint marks)
{
  gsize n_words = e13_matcher_n_words (policy->paths);
  E13Scope *scope = g_malloc (sizeof (E13Scope) + n_words * sizeof (guint64));
  Judging of_directory = { scope, &scope->directory };
  Judging of_entries = { scope, &scope->every_entry };

  scope->policy = policy;
  scope->marks = marks;
  scope->directory = no_verdict;
  scope->every_entry = no_verdict;
  e13_matcher_enter (policy->paths, directory, scope->state);
  e13_matcher_visit_directory (policy->paths, scope->state, judge_directory, &of_directory);
  e13_matcher_visit_all_entries (policy->paths, scope->state, judge_entry, &of_entries);
  return scope;
}

void
e13_scope_free (E13Scope *scope)
{
  g_free (scope);
}

void
e13_scope_directory (const E13Scope *scope, E13Requirement *ret_requirement)
{
  requirement_from_verdict (scope->policy, &scope->directory, ret_requirement);
}

void
e13_scope_entry (const E13Scope *scope, const char *name, E13Requirement *ret_requirement)
{
  Verdict verdict = scope->every_entry;
  Judging judging = { scope, &verdict };

  e13_matcher_visit_entry (scope->policy->paths, scope->state, name, judge_entry, &judging);
  requirement_from_verdict (scope->policy, &verdict, ret_requirement);
}
