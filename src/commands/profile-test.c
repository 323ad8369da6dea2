/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "commands/profile-test.h"

#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/quote.h"
#include "commands/commands.h"
#include "policy/nearest.h"

typedef struct
{
  const GPtrArray *profiles;
  const E13Profile *profile;
  char *shown_path;
  guint n_said;
} Test;

static void G_GNUC_PRINTF (3, 4) say (Test *test, guint line, const char *format, ...)
{
  va_list args;

  if (line > 0)
    printf ("%s:%u: ", test->shown_path, line);
  else
    printf ("%s: ", test->shown_path);
  va_start (args, format);
  vprintf (format, args);
  va_end (args);
  putchar ('\n');
  test->n_said++;
}

/* ---- What is allowed, and not meant ---------------------------------------------------------- */

static void
check_name (Test *test)
{
  for (guint i = 0; i < test->profiles->len; i++)
    {
      const E13Profile *other = test->profiles->pdata[i];
      g_autofree char *id = e13_quote_display (other->id);
      g_autofree char *name = e13_quote_display (other->name);

      if (strcmp (other->id, test->profile->id) != 0 && strcmp (other->name, test->profile->name) == 0)
        say (test, test->profile->name_line,
             "'%s' is the Name of the profile '%s' already: installed beside it, this one is refused", name, id);
    }
}

/* Legal, and sometimes meant. */
static void
remark (const Test *test)
{
  const E13Profile *profile = test->profile;

  if (profile->all->len == 0 && profile->any->len == 0)
    printf ("%s: note: it has no markers: it is never recognised by itself, only used with --profile\n",
            test->shown_path);
  if (profile->source == NULL)
    printf ("%s: note: there is no Source: who reads it cannot tell who says so\n", test->shown_path);
}

/* A profile that is named in Before= and is not there was misspelt. */
static void
check_before (Test *test)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();

  for (guint i = 0; i < test->profiles->len; i++)
    g_ptr_array_add (ids, ((E13Profile *)test->profiles->pdata[i])->id);
  g_ptr_array_add (ids, NULL);
  for (guint i = 0; i < test->profile->before->len; i++)
    {
      const char *id = test->profile->before->pdata[i];
      g_autofree char *shown = e13_quote_display (id);

      if (!g_strv_contains ((const char *const *)ids->pdata, id))
        say (test, 0, "Before names '%s', which is no profile here: the nearest is '%s'", shown,
             e13_nearest (id, (const char *const *)ids->pdata));
    }
}

/* Does @later set, for every path, each key that @section sets? */
static gboolean
overrules (const E13Section *later, const E13Section *section)
{
  gboolean is_of_some = later->holding != 0 || later->beside != 0 || later->moved_by != NULL || later->only_if != NULL
                        || later->unless != NULL || later->when != E13_WHEN_RUNTIME;

  return !is_of_some && strcmp (later->pattern, "**") == 0 && section->when == E13_WHEN_RUNTIME
         && (section->app == E13_LEVEL_UNSET || later->app != E13_LEVEL_UNSET)
         && (section->server == E13_LEVEL_UNSET || later->server != E13_LEVEL_UNSET)
         && (section->script == E13_LEVEL_UNSET || later->script != E13_LEVEL_UNSET)
         && (section->world == E13_LEVEL_UNSET || later->world != E13_LEVEL_UNSET)
         && (!section->has_code || later->has_code);
}

static void
check_order (Test *test)
{
  const GPtrArray *sections = e13_profile_sections (test->profile);

  for (guint i = 0; i < sections->len; i++)
    for (guint j = i + 1; j < sections->len; j++)
      {
        const E13Section *section = sections->pdata[i];
        const E13Section *later = sections->pdata[j];
        g_autofree char *shown = e13_quote_display (section->pattern);

        if (!section->is_borrowed && !later->is_borrowed && overrules (later, section))
          {
            say (test, section->line, "[%s] never decides anything: [**] on line %u stands behind it", shown,
                 later->line);
            break;
          }
      }
}

/* ---- The whole ------------------------------------------------------------------------------- */

static guint
count_own (const GPtrArray *sections)
{
  guint n = 0;

  for (guint i = 0; i < sections->len; i++)
    n += !((E13Section *)sections->pdata[i])->is_borrowed;
  return n;
}

int
e13_profile_test (const GPtrArray *profiles, const char *path, GError **error)
{
  g_autoptr (E13Profile) profile = e13_profile_load (path, error);
  g_autofree char *shown = e13_quote_display (path);
  g_autofree char *name = NULL;
  Test test = { profiles, profile, shown, 0 };
  const GPtrArray *sections;

  if (profile == NULL)
    return E13_EXIT_TROUBLE;
  sections = e13_profile_sections (profile);
  name = e13_quote_display (profile->name);
  check_name (&test);
  remark (&test);
  check_before (&test);
  check_order (&test);
  printf ("%s: %s (%s), %u markers, %u sections of its own and %u of others%s\n", shown, name, profile->id,
          profile->all->len + profile->any->len + profile->none->len, count_own (sections),
          sections->len - count_own (sections), test.n_said == 0 ? ": nothing to say" : "");
  return test.n_said == 0 ? E13_EXIT_CLEAN : E13_EXIT_PROBLEMS;
}
