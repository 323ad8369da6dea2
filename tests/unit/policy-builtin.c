/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Each built-in profile, on a tree that is made of its markers and nothing else: recognised as itself, at the root and
 * in a directory of another site, and as nothing else. */

#include <criterion/criterion.h>
#include <string.h>

#include "tests/support/evidence-table.h"
#include "policy/glob-parts.h"
#include "policy/marker.h"

TestSuite (builtin, .timeout = 60);

/* ---- A text that a regular expression matches ------------------------------------------------ */

static const char *sample_alternatives (const char *p, GString *out);

/* One character of a class; behind its ]. */
static const char *
sample_class (const char *p, GString *out)
{
  const char *first = p + 1;
  const char *end = strchr (first + (*first == ']'), ']');

  cr_assert_not_null (end);
  if (*first == '^')
    g_string_append_c (out, 'x');
  else
    g_string_append_c (out, *first == '\\' ? first[1] : *first);
  return end + 1;
}

static const char *
sample_escape (const char *p, GString *out)
{
  if (*p == 'd')
    g_string_append_c (out, '1');
  else if (strchr ("sAbB", *p) == NULL)
    g_string_append_c (out, *p);
  return p + 1;
}

static const char *
sample_group (const char *p, GString *out)
{
  p++;
  if (p[0] == '?')
    p = p[1] == ':' ? p + 2 : strchr (p, '>') + 1;
  p = sample_alternatives (p, out);
  cr_assert_eq (*p, ')');
  return p + 1;
}

/* One element and what says how often; @out gets the least that will do. */
static const char *
sample_element (const char *p, GString *out)
{
  gsize before = out->len;

  if (*p == '\\')
    p = sample_escape (p + 1, out);
  else if (*p == '[')
    p = sample_class (p, out);
  else if (*p == '(')
    p = sample_group (p, out);
  else if (*p == '^' || *p == '$')
    p++;
  else
    g_string_append_c (out, *p++);
  if (*p == '*' || *p == '?')
    g_string_truncate (out, before);
  return strchr ("*?+", *p) != NULL && *p != '\0' ? p + 1 : p;
}

/* The first of several alternatives; the rest is passed over. */
static const char *
sample_alternatives (const char *p, GString *out)
{
  gsize end = 0;
  gboolean is_first = TRUE;

  while (*p != '\0' && *p != ')')
    if (*p == '|')
      {
        end = is_first ? out->len : end;
        is_first = FALSE;
        p++;
      }
    else
      p = sample_element (p, out);
  if (!is_first)
    g_string_truncate (out, end);
  return p;
}

/* The text of a path that the first path of @pattern stands for. */
static char *
sample_path (const char *pattern)
{
  g_autoptr (E13Glob) glob = e13_glob_new (pattern, NULL);
  const E13GlobPath *path = e13_glob_path (glob, 0);
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint i = 0; i < path->n_parts; i++)
    {
      if (path->parts[i].kind == E13_PART_ANY)
        continue;
      g_string_append (out, out->len > 0 ? "/" : "");
      for (const char *p = path->parts[i].text; *p != '\0'; p++)
        g_string_append_c (out, *p == '*' || *p == '?' ? 'x' : *p);
    }
  g_string_append (out, path->directories_only ? "/" : "");
  return g_strdup (out->str);
}

static void
add_marker (EvidenceTable *table, const char *directory, const E13Marker *marker)
{
  const char *text = e13_marker_text (marker);
  const char *tilde = strstr (text, "~/");
  g_autofree char *pattern = tilde != NULL ? g_strndup (text, (gsize)(tilde - text)) : g_strdup (text);
  g_autofree char *regex = tilde != NULL ? g_strndup (tilde + 2, (gsize)(strrchr (text, '/') - tilde - 2)) : NULL;
  g_autofree char *path = sample_path (pattern);
  g_autofree char *whole = g_strconcat (directory, path, NULL);
  g_autoptr (GString) content = g_string_new (NULL);

  if (regex != NULL)
    sample_alternatives (regex, content);
  evidence_table_add (table, whole, content->str);
}

/* With one of Any=, if there is any. */
static EvidenceTable *
skeleton (const E13Profile *profile, const char *directory, guint any)
{
  EvidenceTable *table = evidence_table_new ();

  for (guint i = 0; i < profile->all->len; i++)
    add_marker (table, directory, profile->all->pdata[i]);
  if (any < profile->any->len)
    add_marker (table, directory, profile->any->pdata[any]);
  return table;
}

/* ---- The tests ------------------------------------------------------------------------------- */

static GPtrArray *
load (void)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *profiles = e13_profiles_load (NULL, &error);

  cr_assert_not_null (profiles, "%s", error != NULL ? error->message : "");
  return profiles;
}

static void
check_alone (const GPtrArray *profiles, const E13Profile *profile, guint any)
{
  g_autoptr (EvidenceTable) table = skeleton (profile, "", any);
  const E13Profile *found = e13_detect (profiles, &table->evidence);
  g_autoptr (GPtrArray) nested = e13_detect_nested (profiles, &table->evidence);
  g_autoptr (GPtrArray) matching = e13_detect_matching (profiles, &table->evidence);
  g_autofree char *why_not = e13_detect_why_not (profile, matching, &table->evidence);

  cr_expect_str_eq (found->id, profile->id, "%s (%u): taken for %s: %s", profile->id, any, found->id, why_not);
  cr_expect_null (why_not, "%s (%u): %s", profile->id, any, why_not);
  cr_expect_eq (nested->len, 0, "%s (%u): %s in %s", profile->id, any,
                nested->len > 0 ? ((E13Nested *)nested->pdata[0])->profile->id : "",
                nested->len > 0 ? ((E13Nested *)nested->pdata[0])->path : "");
}

static void
check_nested (const GPtrArray *profiles, const E13Profile *profile, guint any)
{
  g_autoptr (EvidenceTable) table = skeleton (profile, "a/b/", any);
  g_autoptr (GPtrArray) nested = e13_detect_nested (profiles, &table->evidence);
  const E13Nested *one = nested->len > 0 ? nested->pdata[0] : NULL;

  cr_assert_eq (nested->len, profile->alone ? 0 : 1, "%s (%u): %u found", profile->id, any, nested->len);
  if (one == NULL)
    return;
  cr_expect_str_eq (one->path, "a/b", "%s: found in %s", profile->id, one->path);
  cr_expect_str_eq (one->profile->id, profile->id, "%s: taken for %s", profile->id, one->profile->id);
}

Test (builtin, each_recognises_its_own_markers_and_no_others)
{
  g_autoptr (GPtrArray) profiles = load ();
  guint n = 0;

  for (guint i = 0; i < profiles->len; i++)
    {
      const E13Profile *profile = profiles->pdata[i];

      if (profile->all->len == 0 && profile->any->len == 0)
        continue;
      n++;
      for (guint any = 0; any < MAX (profile->any->len, 1); any++)
        {
          check_alone (profiles, profile, any);
          check_nested (profiles, profile, any);
        }
    }
  cr_expect_geq (n, 60, "only %u profiles recognise anything", n);
}

Test (builtin, vendored_copies_are_no_sites)
{
  static const char *const places[] = { "vendor/x/", "node_modules/x/", "backup/", ".git/x/", "a/b/c/d/" };
  g_autoptr (GPtrArray) profiles = load ();

  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autoptr (EvidenceTable) table = skeleton (e13_profiles_find (profiles, "wordpress"), places[i], 0);
      g_autoptr (GPtrArray) nested = e13_detect_nested (profiles, &table->evidence);

      cr_expect_eq (nested->len, 0, "found in %s", places[i]);
    }
}

Test (builtin, each_has_a_source_and_says_why)
{
  g_autoptr (GPtrArray) profiles = load ();

  for (guint i = 0; i < profiles->len; i++)
    {
      const E13Profile *profile = profiles->pdata[i];

      cr_expect_not_null (profile->source, "%s: no Source", profile->id);
      for (guint j = 0; j < e13_profile_sections (profile)->len; j++)
        {
          const E13Section *section = e13_profile_sections (profile)->pdata[j];

          cr_expect (section->why != NULL || section->app == E13_LEVEL_UNSET, "%s: [%s] sets App without a Why",
                     profile->id, section->pattern);
        }
    }
}

/* What more general profile would match, too, is outdone whatever number of markers it has. */
Test (builtin, the_special_come_before_the_general)
{
  static const char *const pairs[][2] = {
    { "statamic", "laravel" },        { "octobercms", "laravel" },
    { "wintercms", "laravel" },       { "bookstack", "laravel" },
    { "shopware6", "symfony" },       { "prestashop", "symfony" },
    { "wagtail", "django" },          { "redmine", "rails" },
    { "nextjs", "node-express" },     { "ghost", "node-express" },
    { "nopcommerce4", "aspnetcore" }, { "umbraco9", "aspnetcore" },
    { "orchardcore", "aspnetcore" },  { "dnn", "aspnet" },
    { "umbraco-legacy", "aspnet" },   { "orchard1", "aspnet" },
    { "blogengine", "aspnet" },       { "python-cgi", "apache-cgi" },
  };
  g_autoptr (GPtrArray) profiles = load ();

  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      const E13Profile *special = e13_profiles_find (profiles, pairs[i][0]);
      const E13Profile *general = e13_profiles_find (profiles, pairs[i][1]);
      g_autoptr (EvidenceTable) table = skeleton (special, "", 0);
      const E13Profile *found;

      for (guint j = 0; j < general->all->len; j++)
        add_marker (table, "", general->all->pdata[j]);
      if (general->any->len > 0)
        add_marker (table, "", general->any->pdata[0]);
      found = e13_detect (profiles, &table->evidence);
      cr_expect_str_eq (found->id, pairs[i][0], "%s and %s: taken for %s", pairs[i][0], pairs[i][1], found->id);
    }
}
