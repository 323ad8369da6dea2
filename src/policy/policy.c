/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "policy/policy.h"

#include <string.h>

#include "base/error.h"
#include "base/quote.h"
#include "policy/matcher.h"

#define WHY_WRITE "asked for with --write"

struct E13Policy
{
  E13Profile *profile;
  gboolean read_only;
  GPtrArray *sections; /* of const E13Section *: those that apply now, later ones win; by the paths' matcher's index */
  GArray *by_worker;   /* of E13Section: worker.def; `sections` points at them */
  GArray *written;     /* of E13Section: what --write adds; the same */
  E13Matcher *paths;
  E13Matcher *names;    /* of Holding= and Beside=, by their bit */
  guint64 *names_state; /* where each name stands: they have no directory */
  gboolean notes_names;
  GArray *expected; /* of E13ExpectedDirectory */
};

/* ---- What the sections that match say together ----------------------------------------------- */

/* Each key is decided by the last section that sets it: here is which one that is so far; -1: none. So sections may
 * come in any order. */
typedef struct
{
  gint app, server, script, worker, world, code, why;
} Verdict;

static const Verdict no_verdict = { -1, -1, -1, -1, -1, -1, -1 };

static void
decide (gint *decider, gint section, gboolean sets_it)
{
  if (sets_it && section > *decider)
    *decider = section;
}

static void
add_section (const E13Policy *policy, guint index, Verdict *verdict)
{
  const E13Section *section = g_ptr_array_index (policy->sections, index);
  gint n = (gint)index;

  decide (&verdict->app, n, section->app != E13_LEVEL_UNSET);
  decide (&verdict->server, n, section->server != E13_LEVEL_UNSET);
  decide (&verdict->script, n, section->script != E13_LEVEL_UNSET);
  decide (&verdict->worker, n, section->worker != E13_LEVEL_UNSET);
  decide (&verdict->world, n, section->world != E13_LEVEL_UNSET);
  decide (&verdict->code, n, section->has_code);
  decide (&verdict->why, n, section->why != NULL && section->worker == E13_LEVEL_UNSET);
}

static const E13Section *
decider (const E13Policy *policy, gint index)
{
  static const E13Section silent;

  return index >= 0 ? g_ptr_array_index (policy->sections, (guint)index) : &silent;
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
  if (policy->read_only && ret->app >= E13_LEVEL_WRITE)
    ret->app = E13_LEVEL_READ;
  ret->server = decider (policy, verdict->server)->server;
  if (ret->server == E13_LEVEL_UNSET)
    ret->server = MIN (ret->app, E13_LEVEL_READ);
  add_worker (ret, decider (policy, verdict->worker));
  ret->script = decider (policy, verdict->script)->script;
  ret->world = decider (policy, verdict->world)->world;
  ret->code = decider (policy, verdict->code)->code;
  ret->asks_to_write_code = ret->code && ret->app >= E13_LEVEL_WRITE;
  ret->why = why_app != NULL ? why_app : decider (policy, verdict->why)->why;
}

/* ---- Building -------------------------------------------------------------------------------- */

static void
clear_section (gpointer data)
{
  E13Section *section = data;

  g_free (section->pattern);
  e13_glob_free (section->glob);
}

#define E13_WORKER(pattern, level, alone, why) { pattern, level, alone, why },
static const struct
{
  const char *pattern;
  E13Level level;
  gboolean alone;
  const char *why;
} worker_rules[] = {
#include "policy/worker.def"
};
#undef E13_WORKER

static void
add_by_worker (E13Policy *policy)
{
  for (gsize i = 0; i < G_N_ELEMENTS (worker_rules); i++)
    {
      const E13Section section = {
        .pattern = g_strdup (worker_rules[i].pattern),
        .glob = e13_glob_new (worker_rules[i].pattern, NULL),
        .worker = worker_rules[i].level,
        .worker_alone = worker_rules[i].alone,
        .when = E13_WHEN_RUNTIME,
        .why = (char *)worker_rules[i].why,
      };

      g_array_append_val (policy->by_worker, section);
    }
}

static gboolean
add_written (E13Policy *policy, const char *path, GError **error)
{
  E13Section section = { .app = E13_LEVEL_MODIFY, .when = E13_WHEN_RUNTIME, .why = (char *)WHY_WRITE };
  g_autoptr (GError) reason = NULL;
  const char *beneath = path;

  while (g_str_has_prefix (beneath, "./"))
    beneath += strspn (beneath + 1, "/") + 1;
  section.glob = e13_glob_new_tree (g_str_equal (beneath, ".") ? "" : beneath, &reason);
  if (section.glob == NULL)
    {
      g_autofree char *shown = e13_quote_display (path);

      return e13_throw (error, E13_ERROR_USAGE, "cannot use --write with '%s': %s", shown, reason->message);
    }
  section.pattern = g_strdup (beneath);
  g_array_append_val (policy->written, section);
  return TRUE;
}

static gboolean
add_options (E13Policy *policy, const E13PolicyOptions *options, GError **error)
{
  gboolean writes = options->write_paths != NULL && options->write_paths[0] != NULL;

  policy->read_only = options->read_only;
  if (writes && options->read_only)
    return e13_throw (error, E13_ERROR_USAGE, "--write and --read-only exclude each other");
  for (gsize i = 0; writes && options->write_paths[i] != NULL; i++)
    if (!add_written (policy, options->write_paths[i], error))
      return FALSE;
  return TRUE;
}

static void
gather_sections (E13Policy *policy, guint when)
{
  const GPtrArray *all = policy->profile->sections;

  for (guint i = 0; i < policy->by_worker->len; i++)
    g_ptr_array_add (policy->sections, &g_array_index (policy->by_worker, E13Section, i));
  for (guint i = 0; i < all->len; i++)
    {
      E13Section *section = g_ptr_array_index (all, i);

      if ((section->when & when) != 0)
        g_ptr_array_add (policy->sections, section);
    }
  for (guint i = 0; i < policy->written->len; i++)
    g_ptr_array_add (policy->sections, &g_array_index (policy->written, E13Section, i));
}

static void
build_matchers (E13Policy *policy)
{
  const GPtrArray *lists = policy->profile->names;

  for (guint i = 0; i < policy->sections->len; i++)
    {
      const E13Section *section = g_ptr_array_index (policy->sections, i);

      e13_matcher_add (policy->paths, section->glob, i);
      policy->notes_names = policy->notes_names || section->holding != 0 || section->beside != 0;
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
gather_expected (E13Policy *policy)
{
  for (guint i = 0; i < policy->sections->len; i++)
    {
      const E13Section *section = g_ptr_array_index (policy->sections, i);
      const char *path = e13_glob_literal_directory (section->glob);
      g_autoptr (E13Scope) scope = NULL;
      E13ExpectedDirectory expected = { path, { 0 } };

      if (path == NULL || section->app < E13_LEVEL_WRITE || section->holding != 0 || section->beside != 0
          || is_expected (policy, path))
        continue;
      scope = e13_policy_enter (policy, path, 0);
      e13_scope_directory (scope, &expected.requirement);
      if (expected.requirement.app >= E13_LEVEL_WRITE)
        g_array_append_val (policy->expected, expected);
    }
}

E13Policy *
e13_policy_new (E13Profile *profile, const E13PolicyOptions *options, GError **error)
{
  static const E13PolicyOptions no_options;
  g_autoptr (E13Policy) policy = g_new0 (E13Policy, 1);

  if (options == NULL)
    options = &no_options;
  policy->profile = e13_profile_ref (profile);
  policy->sections = g_ptr_array_new ();
  policy->by_worker = g_array_new (FALSE, FALSE, sizeof (E13Section));
  g_array_set_clear_func (policy->by_worker, clear_section);
  policy->written = g_array_new (FALSE, FALSE, sizeof (E13Section));
  g_array_set_clear_func (policy->written, clear_section);
  policy->paths = e13_matcher_new (options->ignores_case);
  policy->names = e13_matcher_new (options->ignores_case);
  policy->expected = g_array_new (FALSE, FALSE, sizeof (E13ExpectedDirectory));
  if (!add_options (policy, options, error))
    return NULL;
  add_by_worker (policy);
  gather_sections (policy, options->when != 0 ? options->when : E13_WHEN_RUNTIME);
  build_matchers (policy);
  gather_expected (policy);
  return g_steal_pointer (&policy);
}

void
e13_policy_free (E13Policy *policy)
{
  if (policy == NULL)
    return;
  g_array_unref (policy->expected);
  e13_matcher_free (policy->paths);
  e13_matcher_free (policy->names);
  g_free (policy->names_state);
  g_ptr_array_unref (policy->sections);
  g_array_unref (policy->by_worker);
  g_array_unref (policy->written);
  e13_profile_unref (policy->profile);
  g_free (policy);
}

const E13Profile *
e13_policy_profile (const E13Policy *policy)
{
  return policy->profile;
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
  const E13Section *section = g_ptr_array_index (scope->policy->sections, index);

  if (section->beside == 0 && (section->holding == 0 || (section->holding & scope->marks) != 0))
    add_section (scope->policy, index, judging->verdict);
}

static void
judge_entry (guint index, gpointer data)
{
  const Judging *judging = data;
  const E13Scope *scope = judging->scope;
  const E13Section *section = g_ptr_array_index (scope->policy->sections, index);

  if (section->holding == 0 && (section->beside == 0 || (section->beside & scope->marks) != 0))
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
