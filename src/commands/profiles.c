/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* errno13 profiles: which applications are known, what a profile says, which one matches and why, and whether a new one
 * is right. */

#include "commands/commands.h"

#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/quote.h"
#include "commands/profile-test.h"
#include "commands/run.h"
#include "commands/site-policy.h"

static const E13CommandLine command_line = {
  .name = "profiles",
  .arguments = "[NAME...|SITE]",
  .summary = "Lists the profiles, prints that of NAME, says which one SITE matches, or checks a new one.",
};

typedef struct
{
  gboolean explain;
  gboolean test;
} Own;

/* ---- The list -------------------------------------------------------------------------------- */

static gboolean
is_recognised (const E13Profile *profile)
{
  return profile->all->len > 0 || profile->any->len > 0;
}

static int
width_of_ids (const GPtrArray *profiles)
{
  gsize width = 0;

  for (guint i = 0; i < profiles->len; i++)
    width = MAX (width, strlen (((E13Profile *)profiles->pdata[i])->id));
  return (int)width;
}

static void
print_row (const E13Profile *profile, int width)
{
  g_autofree char *id = e13_quote_display (profile->id);
  g_autofree char *name = e13_quote_display (profile->name);
  g_autofree char *origin = e13_quote_display (profile->origin);

  printf ("%-*s  %-28s %s\n", width, id, name, origin);
}

static void
print_table (const GPtrArray *profiles)
{
  int width = width_of_ids (profiles);

  for (guint i = 0; i < profiles->len; i++)
    if (is_recognised (profiles->pdata[i]))
      print_row (profiles->pdata[i], width);
  puts ("\nNot recognised by themselves: where nothing else matches, and what others are built of:");
  for (guint i = 0; i < profiles->len; i++)
    if (!is_recognised (profiles->pdata[i]))
      print_row (profiles->pdata[i], width);
}

/* ---- One profile ----------------------------------------------------------------------------- */

static gboolean
print_profile (const GPtrArray *profiles, const char *id, GError **error)
{
  g_autoptr (E13Profile) profile = e13_site_policy_named (profiles, id, error);

  if (profile == NULL)
    return FALSE;
  fwrite (profile->text, 1, strlen (profile->text), stdout);
  return TRUE;
}

static gboolean
print_profiles (const GPtrArray *profiles, char *const *names, GError **error)
{
  for (gsize i = 0; names != NULL && names[i] != NULL; i++)
    if (!print_profile (profiles, names[i], error))
      return FALSE;
  if (names == NULL)
    print_table (profiles);
  return TRUE;
}

/* ---- --explain ------------------------------------------------------------------------------- */

static void
print_nested (const GPtrArray *nested)
{
  for (guint i = 0; i < nested->len; i++)
    {
      const E13Nested *one = nested->pdata[i];
      g_autofree char *path = e13_quote_display (one->path);
      g_autofree char *name = e13_quote_display (one->profile->name);

      printf ("beneath it, in '%s': %s (%s)\n", path, name, one->profile->id);
    }
}

static void
print_above (const E13ReadOps *ops, const E13Tree *tree, const GPtrArray *profiles)
{
  const E13Profile *outer = NULL;
  g_autofree char *above = e13_site_policy_above (ops, tree, profiles, &outer);
  g_autofree char *shown = above != NULL ? e13_quote_display (above) : NULL;

  if (above != NULL)
    printf ("above it, this is the document root of %s (%s) in '%s'\n", outer->name, outer->id, shown);
}

static void
print_why_not (const GPtrArray *profiles, const E13Profile *chosen, const E13Evidence *evidence)
{
  int width = width_of_ids (profiles);
  g_autoptr (GPtrArray) matching = e13_detect_matching (profiles, evidence);

  for (guint i = 0; i < profiles->len; i++)
    {
      const E13Profile *profile = profiles->pdata[i];
      g_autofree char *id = e13_quote_display (profile->id);
      g_autofree char *why_not = NULL;

      if (profile == chosen || !is_recognised (profile))
        continue;
      why_not = e13_detect_why_not (profile, matching, evidence);
      printf ("  %-*s  %s\n", width, id, why_not);
    }
}

static gboolean
explain_site (const E13ReadOps *ops, const GPtrArray *profiles, const char *path, GError **error)
{
  E13Tree *tree = ops->open_tree (path, error);
  g_autoptr (E13SiteEvidence) place = NULL;
  g_autoptr (GPtrArray) nested = NULL;
  const E13Profile *chosen;
  g_autofree char *shown = NULL;
  g_autofree char *name = NULL;

  if (tree == NULL)
    return FALSE;
  place = e13_site_evidence_new (ops, tree);
  chosen = e13_detect (profiles, e13_site_evidence (place));
  nested = e13_detect_nested (profiles, e13_site_evidence (place));
  shown = e13_quote_display (tree->path);
  name = e13_quote_display (chosen->name);
  if (is_recognised (chosen))
    printf ("%s: %s (%s): all of its markers hold\n", shown, name, chosen->id);
  else
    printf ("%s: %s (%s): no other profile matches\n", shown, name, chosen->id);
  print_nested (nested);
  print_above (ops, tree, profiles);
  puts ("\nThe others do not match:");
  print_why_not (profiles, chosen, e13_site_evidence (place));
  ops->close_tree (tree);
  return TRUE;
}

static gboolean
explain_sites (const E13ReadOps *ops, const GPtrArray *profiles, char *const *paths, GError **error)
{
  if (paths == NULL)
    return e13_throw (error, E13_ERROR_USAGE, "--explain says which profile a SITE matches: SITE is missing");
  for (gsize i = 0; paths[i] != NULL; i++)
    if (!explain_site (ops, profiles, paths[i], error))
      return FALSE;
  return TRUE;
}

/* ---- --test ---------------------------------------------------------------------------------- */

static int
test_files (const GPtrArray *profiles, char *const *paths)
{
  int worst = E13_EXIT_CLEAN;

  for (gsize i = 0; paths != NULL && paths[i] != NULL; i++)
    {
      g_autoptr (GError) error = NULL;
      int status = e13_profile_test (profiles, paths[i], &error);

      if (error != NULL)
        status = e13_command_fail (error);
      worst = MAX (worst, status);
    }
  return worst;
}

static gboolean
check_own (const Own *own, const E13Options *options, GError **error)
{
  if (own->explain && own->test)
    return e13_throw (error, E13_ERROR_USAGE, "--explain takes a SITE and --test a FILE: give one of them");
  if (own->test && options->arguments == NULL)
    return e13_throw (error, E13_ERROR_USAGE, "--test checks a profile: its FILE is missing");
  return TRUE;
}

int
e13_command_profiles (const E13ReadOps *ops, int argc, char **argv)
{
  Own own = { FALSE, FALSE };
  const GOptionEntry entries[] = {
    { "explain", 0, 0, G_OPTION_ARG_NONE, &own.explain, "Which profile SITE matches, and why the others do not", NULL },
    { "test", 0, 0, G_OPTION_ARG_NONE, &own.test, "Is the profile in FILE right?", NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (E13Options) options = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) profiles = NULL;
  gboolean done;

  if (!e13_options_parse (&options, &command_line, entries, argc, argv, &error) || !check_own (&own, &options, &error)
      || (profiles = e13_run_profiles (ops, &error)) == NULL)
    return e13_command_fail (error);
  if (own.test)
    return test_files (profiles, options.arguments);
  done = own.explain ? explain_sites (ops, profiles, options.arguments, &error)
                     : print_profiles (profiles, options.arguments, &error);
  return done ? E13_EXIT_CLEAN : e13_command_fail (error);
}
