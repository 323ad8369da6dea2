/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "policy/matcher.h"

#include <string.h>

#include "policy/glob-parts.h"

#define WORD_BITS 64
#define N_BYTES 256

/* Sets of places that say what stands there. */
typedef enum
{
  SET_START,      /* before the first part, and behind it where that is a ** */
  SET_ANY,        /* before a **: stays for every component */
  SET_SKIPPABLE,  /* before a ** that is not the last: the place behind is reached at once */
  SET_LAST_ANY,   /* before a ** that is the last */
  SET_END,        /* behind the last part */
  SET_ENTRY_ANY,  /* as SET_LAST_ANY, where not only directories are meant */
  SET_ENTRY_NAME, /* before a last part that is a name, where not only directories are meant */
  N_SETS,
} Set;

/* A component of some pattern, and the place before it. */
typedef struct
{
  const E13GlobPart *part;
  guint place;
} Step;

/* Steps by what a name is, or ends in. Most names are told from all keys by their length and last byte, which spares
 * looking them up. */
typedef struct
{
  GHashTable *steps;        /* key: GArray of Step */
  guint64 lengths[N_BYTES]; /* of the keys that end in this byte, modulo WORD_BITS, a bit each */
} Index;

struct E13Matcher
{
  gboolean ignores_case;
  GPtrArray *folded; /* of E13GlobPart *: the parts in lower case, where case is ignored */
  guint n_places;
  GArray *globs;        /* of guint: whose place it is */
  GArray *sets[N_SETS]; /* of guint64, a bit for each place */
  Index literals;       /* by name */
  Index suffixes;       /* of "*.py", by ".py"; of "*.tar.gz", by ".gz" */
  /* Of Step, those that have to be tried: by the byte that names begin with; else by the one they end with; else all.
   */
  GArray *by_first[N_BYTES];
  GArray *by_last[N_BYTES];
  GArray *others;
};

static guint64 *
set_of (const E13Matcher *matcher, Set set)
{
  return (guint64 *)(gpointer)matcher->sets[set]->data;
}

static gboolean
has_place (const guint64 *state, guint place)
{
  return (state[place / WORD_BITS] >> (place % WORD_BITS) & 1) != 0;
}

static void
add_place (guint64 *state, guint place)
{
  state[place / WORD_BITS] |= G_GUINT64_CONSTANT (1) << (place % WORD_BITS);
}

/* ---- Building -------------------------------------------------------------------------------- */

static void
free_steps (gpointer steps)
{
  g_array_unref (steps);
}

static void
part_free (gpointer data)
{
  E13GlobPart *part = data;

  g_free (part->text);
  g_free (part);
}

E13Matcher *
e13_matcher_new (gboolean ignores_case)
{
  E13Matcher *matcher = g_new0 (E13Matcher, 1);

  matcher->ignores_case = ignores_case;
  matcher->folded = g_ptr_array_new_with_free_func (part_free);
  matcher->globs = g_array_new (FALSE, FALSE, sizeof (guint));
  for (Set set = 0; set < N_SETS; set++)
    matcher->sets[set] = g_array_new (FALSE, TRUE, sizeof (guint64));
  matcher->literals.steps = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_steps);
  matcher->suffixes.steps = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_steps);
  return matcher;
}

void
e13_matcher_free (E13Matcher *matcher)
{
  if (matcher == NULL)
    return;
  for (Set set = 0; set < N_SETS; set++)
    g_array_unref (matcher->sets[set]);
  g_ptr_array_unref (matcher->folded);
  g_array_unref (matcher->globs);
  for (gsize byte = 0; byte < N_BYTES; byte++)
    {
      g_clear_pointer (&matcher->by_first[byte], g_array_unref);
      g_clear_pointer (&matcher->by_last[byte], g_array_unref);
    }
  g_clear_pointer (&matcher->others, g_array_unref);
  g_hash_table_unref (matcher->literals.steps);
  g_hash_table_unref (matcher->suffixes.steps);
  g_free (matcher);
}

static void
add_step (Index *index, const char *key, Step step)
{
  GArray *steps = g_hash_table_lookup (index->steps, key);
  gsize length = strlen (key);

  if (steps == NULL)
    {
      steps = g_array_new (FALSE, FALSE, sizeof (Step));
      g_hash_table_insert (index->steps, g_strdup (key), steps);
      index->lengths[(guchar)key[length - 1]] |= G_GUINT64_CONSTANT (1) << (length % WORD_BITS);
    }
  g_array_append_val (steps, step);
}

static void
append_step (GArray **steps, Step step)
{
  if (*steps == NULL)
    *steps = g_array_new (FALSE, FALSE, sizeof (Step));
  g_array_append_val (*steps, step);
}

static void
index_step (E13Matcher *matcher, const E13GlobPart *part, guint place)
{
  const char *dot = strrchr (part->text, '.');
  guchar first = (guchar)part->text[0];
  guchar last = (guchar)part->text[part->length - 1];
  Step step = { part, place };

  if (part->kind == E13_PART_LITERAL)
    add_step (&matcher->literals, part->text, step);
  else if (dot != NULL && strpbrk (dot, "*?[]") == NULL)
    add_step (&matcher->suffixes, dot, step);
  else if (strchr ("*?[", first) == NULL)
    append_step (&matcher->by_first[first], step);
  else if (strchr ("*?]", last) == NULL)
    append_step (&matcher->by_last[last], step);
  else
    append_step (&matcher->others, step);
}

static const E13GlobPart *
folded_part (E13Matcher *matcher, const E13GlobPart *part)
{
  E13GlobPart *folded = g_new (E13GlobPart, 1);

  *folded = *part;
  folded->text = e13_glob_fold_case (part->text);
  e13_glob_part_complete (folded);
  g_ptr_array_add (matcher->folded, folded);
  return folded;
}

static guint
new_place (E13Matcher *matcher, guint glob)
{
  guint n_words = matcher->n_places / WORD_BITS + 1;
  g_array_append_val (matcher->globs, glob);
  for (Set set = 0; set < N_SETS; set++)
    g_array_set_size (matcher->sets[set], n_words);
  return matcher->n_places++;
}

static void
add_part (E13Matcher *matcher, const E13GlobPath *path, guint index, guint place)
{
  const E13GlobPart *part = &path->parts[index];
  gboolean is_last = index + 1 == path->n_parts;
  gboolean is_any = part->kind == E13_PART_ANY;

  if (!is_any)
    index_step (matcher, matcher->ignores_case ? folded_part (matcher, part) : part, place);
  else
    add_place (set_of (matcher, SET_ANY), place);
  if (is_any)
    add_place (set_of (matcher, is_last ? SET_LAST_ANY : SET_SKIPPABLE), place);
  if (is_last && !path->directories_only)
    add_place (set_of (matcher, is_any ? SET_ENTRY_ANY : SET_ENTRY_NAME), place);
}

void
e13_matcher_add (E13Matcher *matcher, const E13Glob *pattern, guint glob)
{
  for (guint i = 0; i < e13_glob_n_paths (pattern); i++)
    {
      const E13GlobPath *path = e13_glob_path (pattern, i);
      guint first = matcher->n_places;
      guint last;

      for (guint j = 0; j < path->n_parts; j++)
        add_part (matcher, path, j, new_place (matcher, glob));
      last = new_place (matcher, glob);
      add_place (set_of (matcher, SET_END), last);
      add_place (set_of (matcher, SET_START), first);
      if (has_place (set_of (matcher, SET_SKIPPABLE), first))
        add_place (set_of (matcher, SET_START), first + 1);
    }
}

gsize
e13_matcher_n_words (const E13Matcher *matcher)
{
  return matcher->sets[SET_START]->len;
}

/* ---- Matching -------------------------------------------------------------------------------- */

typedef void (*StepVisit) (guint place, gpointer data);

static void
visit_steps (const GArray *steps, const guint64 *state, const char *name, gsize length, StepVisit visit, gpointer data)
{
  for (guint i = 0; steps != NULL && i < steps->len; i++)
    {
      const Step *step = &g_array_index (steps, Step, i);

      if (has_place (state, step->place) && e13_glob_part_matches (step->part, name, length))
        visit (step->place, data);
    }
}

/* @length is not 0. NULL where there are none. */
static const GArray *
find_steps (const Index *index, const char *key, gsize length)
{
  guint64 lengths = index->lengths[(guchar)key[length - 1]];

  return (lengths >> (length % WORD_BITS) & 1) != 0 ? g_hash_table_lookup (index->steps, key) : NULL;
}

/* The components behind the places of @state that match @name. */
static void
visit_matching (const E13Matcher *matcher, const guint64 *state, const char *as_it_is, StepVisit visit, gpointer data)
{
  g_autofree char *folded = matcher->ignores_case ? e13_glob_fold_case (as_it_is) : NULL;
  const char *name = folded != NULL ? folded : as_it_is;
  gsize length = strlen (name);
  const char *dot = strrchr (name, '.');

  if (length == 0)
    return;
  visit_steps (find_steps (&matcher->literals, name, length), state, name, length, visit, data);
  if (dot != NULL)
    visit_steps (find_steps (&matcher->suffixes, dot, length - (gsize)(dot - name)), state, name, length, visit, data);
  visit_steps (matcher->by_first[(guchar)name[0]], state, name, length, visit, data);
  visit_steps (matcher->by_last[(guchar)name[length - 1]], state, name, length, visit, data);
  visit_steps (matcher->others, state, name, length, visit, data);
}

static void
move_on (guint place, gpointer next)
{
  add_place (next, place + 1);
}

/* @next is all zero. */
static void
take_step (const E13Matcher *matcher, const char *name, const guint64 *state, guint64 *next)
{
  const guint64 *any = set_of (matcher, SET_ANY);
  const guint64 *skippable = set_of (matcher, SET_SKIPPABLE);
  const guint64 *last_any = set_of (matcher, SET_LAST_ANY);
  guint64 carry = 0;

  visit_matching (matcher, state, name, move_on, next);
  for (gsize i = 0; i < e13_matcher_n_words (matcher); i++)
    {
      guint64 behind;

      next[i] |= state[i] & any[i];
      behind = (next[i] & skippable[i]) | (state[i] & last_any[i]);
      next[i] |= behind << 1 | carry;
      carry = behind >> (WORD_BITS - 1);
    }
}

static gboolean
is_empty (const guint64 *state, gsize n_words)
{
  for (gsize i = 0; i < n_words; i++)
    if (state[i] != 0)
      return FALSE;
  return TRUE;
}

void
e13_matcher_enter (const E13Matcher *matcher, const char *directory, guint64 *ret_state)
{
  gsize n_words = e13_matcher_n_words (matcher);
  gsize size = n_words * sizeof (guint64);
  g_autofree char *names = g_strdup (directory);
  g_autofree guint64 *before = g_new (guint64, n_words);
  char *name, *rest;

  if (n_words == 0)
    return;
  memcpy (ret_state, set_of (matcher, SET_START), size);
  for (name = names; name != NULL && !is_empty (ret_state, n_words); name = rest)
    {
      rest = strchr (name, '/');
      if (rest != NULL)
        *rest++ = '\0';
      if (*name == '\0')
        continue;
      memcpy (before, ret_state, size);
      memset (ret_state, 0, size);
      take_step (matcher, name, before, ret_state);
    }
}

static void
visit_places (const E13Matcher *matcher, const guint64 *state, Set set, E13MatcherVisit visit, gpointer data)
{
  const guint64 *mask = set_of (matcher, set);

  for (gsize i = 0; i < e13_matcher_n_words (matcher); i++)
    for (guint64 rest = state[i] & mask[i]; rest != 0; rest &= rest - 1)
      visit (g_array_index (matcher->globs, guint, i * WORD_BITS + (guint)__builtin_ctzll (rest)), data);
}

void
e13_matcher_visit_directory (const E13Matcher *matcher, const guint64 *state, E13MatcherVisit visit, gpointer data)
{
  visit_places (matcher, state, SET_END, visit, data);
  visit_places (matcher, state, SET_LAST_ANY, visit, data);
}

void
e13_matcher_visit_all_entries (const E13Matcher *matcher, const guint64 *state, E13MatcherVisit visit, gpointer data)
{
  visit_places (matcher, state, SET_ENTRY_ANY, visit, data);
}

typedef struct
{
  const E13Matcher *matcher;
  E13MatcherVisit visit;
  gpointer data;
} Entry;

static void
visit_if_last (guint place, gpointer data)
{
  const Entry *entry = data;

  if (has_place (set_of (entry->matcher, SET_ENTRY_NAME), place))
    entry->visit (g_array_index (entry->matcher->globs, guint, place), entry->data);
}

void
e13_matcher_visit_entry (const E13Matcher *matcher, const guint64 *state, const char *name, E13MatcherVisit visit,
                         gpointer data)
{
  Entry entry = { matcher, visit, data };

  visit_matching (matcher, state, name, visit_if_last, &entry);
}
