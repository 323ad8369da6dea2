/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "commands/site-policy.h"

#include <string.h>

#include "base/error.h"
#include "base/quote.h"
#include "commands/site-profile.h"
#include "policy/nearest.h"

/* A document root lies at most so deep in what it belongs to. */
#define MAX_ABOVE 2

/* ---- Which profile --------------------------------------------------------------------------- */

static gboolean
is_file_name (const char *name)
{
  return strpbrk (name, G_DIR_SEPARATOR_S "/") != NULL || g_str_has_suffix (name, ".profile");
}

E13Profile *
e13_site_policy_named (const GPtrArray *profiles, const char *name, GError **error)
{
  E13Profile *profile = e13_profiles_find (profiles, name);
  g_autofree char *shown = e13_quote_display (name);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  if (profile != NULL)
    return e13_profile_ref (profile);
  if (is_file_name (name))
    return e13_profile_load (name, error);
  for (guint i = 0; i < profiles->len; i++)
    g_ptr_array_add (names, ((E13Profile *)profiles->pdata[i])->id);
  g_ptr_array_add (names, NULL);
  return e13_throw (error, E13_ERROR_USAGE, "unknown profile '%s': the nearest is '%s' (errno13 profiles lists them)",
                    shown, e13_nearest (name, (const char *const *)names->pdata)),
         NULL;
}

/* The profile that was named, else the site's own where it is believed, else what the site looks like. */
static E13Profile *
choose_profile (E13SiteRun *site, const E13Evidence *evidence, GError **error)
{
  const E13Run *run = site->run;
  gboolean only_trusted = run->repairs && !run->options->trust_site_profile;
  g_autoptr (E13SiteProfile) own = NULL;

  if (run->options->profile != NULL)
    return e13_site_policy_named (run->profiles, run->options->profile, error);
  if (run->options->dump == NULL) /* which holds no content */
    own = e13_site_profile_find (run->ops, site->tree, only_trusted);
  if (own != NULL && (own->trusted || !only_trusted))
    {
      if (own->broken != NULL)
        return g_propagate_error (error, g_steal_pointer (&own->broken)), NULL;
      site->needs_trust = !own->trusted;
      g_ptr_array_add (site->remarks,
                       g_strdup_printf ("Judged by the site's own profile, %s%s.", own->shown_path,
                                        own->trusted ? "" : ", which fix ignores unless told --trust-site-profile"));
      return e13_profile_ref (own->profile);
    }
  if (own != NULL)
    g_ptr_array_add (site->remarks,
                     g_strdup_printf ("Ignored the site's own profile, %s: %s.", own->shown_path, own->why_not));
  return e13_profile_ref (e13_detect (run->profiles, evidence));
}

/* ---- What lies around it --------------------------------------------------------------------- */

static gboolean
has_docroot (const E13Profile *profile, const char *path)
{
  for (guint i = 0; i < profile->docroots->len; i++)
    if (strcmp (profile->docroots->pdata[i], path) == 0)
      return TRUE;
  return FALSE;
}

/* Looking at what lies around a site costs more than looking at the site where that is small. */
static gboolean
may_be_docroot (const GPtrArray *profiles, const char *path)
{
  for (guint i = 0; i < profiles->len; i++)
    if (has_docroot (profiles->pdata[i], path))
      return TRUE;
  return FALSE;
}

char *
e13_site_policy_above (const E13ReadOps *ops, const E13Tree *tree, const GPtrArray *profiles,
                       const E13Profile **ret_profile)
{
  g_autofree char *above = g_strdup (tree->path);

  for (guint i = 0; i < MAX_ABOVE && !tree->is_dump && !tree->is_windows; i++)
    {
      g_autofree char *parent = g_path_get_dirname (above);
      const char *beneath = tree->path + strlen (parent) + 1;
      gboolean is_root = strcmp (parent, "/") == 0;
      E13Tree *outer = !is_root && may_be_docroot (profiles, beneath) ? ops->open_tree (parent, NULL) : NULL;

      if (is_root)
        return NULL;
      *ret_profile = outer != NULL ? e13_audit_detect (ops, outer, profiles) : NULL;
      ops->close_tree (outer);
      if (*ret_profile != NULL && has_docroot (*ret_profile, beneath))
        return g_steal_pointer (&parent);
      g_free (above);
      above = g_steal_pointer (&parent);
    }
  return NULL;
}

static void
remark_above (E13SiteRun *site, const E13Profile *profile)
{
  const E13Profile *outer = NULL;
  g_autofree char *above = NULL;
  g_autofree char *shown = NULL;

  if (site->run->options->profile != NULL || strcmp (profile->id, "generic") != 0)
    return;
  above = e13_site_policy_above (site->run->ops, site->tree, site->run->profiles, &outer);
  if (above == NULL)
    return;
  shown = e13_quote_display (above);
  g_ptr_array_add (site->remarks, g_strdup_printf ("This is the document root of %s, most of which lies above it: "
                                                   "'%s' is the site to check.",
                                                   outer->name, shown));
}

static gboolean
has_feature (const E13Profile *profile, const char *name)
{
  const GPtrArray *sections = e13_profile_sections (profile);

  for (guint i = 0; i < sections->len; i++)
    if (g_strcmp0 (((E13Section *)sections->pdata[i])->feature, name) == 0)
      return TRUE;
  return FALSE;
}

/* A feature that nothing here has was misspelt. */
static gboolean
check_features (const E13Options *options, const E13Profile *profile, const GPtrArray *nested, GError **error)
{
  for (guint i = 0; options->features->pdata[i] != NULL; i++)
    {
      const char *name = options->features->pdata[i];
      gboolean found = has_feature (profile, name);
      g_autofree char *shown = e13_quote_display (name);

      for (guint j = 0; j < nested->len; j++)
        found |= has_feature (((E13Nested *)nested->pdata[j])->profile, name);
      if (!found)
        return e13_throw (error, E13_ERROR_USAGE, "%s has no feature '%s' (errno13 profiles %s shows what it has)",
                          profile->name, shown, profile->id);
    }
  return TRUE;
}

static void
add_remarks (E13SiteRun *site, const GPtrArray *remarks)
{
  for (guint i = 0; i < remarks->len; i++)
    g_ptr_array_add (site->remarks, g_strdup (remarks->pdata[i]));
}

gboolean
e13_site_policy_make (E13SiteRun *site, GError **error)
{
  const E13Run *run = site->run;
  const E13Options *options = run->options;
  g_autoptr (E13SiteEvidence) seen = e13_site_evidence_new (run->ops, site->tree);
  g_autoptr (E13Profile) profile = choose_profile (site, e13_site_evidence (seen), error);
  g_autoptr (GPtrArray) nested = NULL;
  g_autoptr (E13SiteEvidence) place = NULL;
  E13PolicyOptions policy_options;

  if (profile == NULL)
    return FALSE;
  site->is_guessed = options->profile == NULL && profile->alone;
  remark_above (site, profile);
  nested = e13_detect_nested (run->profiles, e13_site_evidence (seen));
  if (!check_features (options, profile, nested, error))
    return FALSE;
  place = e13_site_evidence_new_careful (run->ops, site->tree, run->repairs ? site->who.app : NULL);
  policy_options = (E13PolicyOptions){
    .write_paths = (const char *const *)options->write_paths,
    .read_only = options->read_only,
    .when = options->when,
    .features = (const char *const *)options->features->pdata,
    .ignores_case = site->tree->has_descriptors,
    .nested = nested,
    .evidence = e13_site_evidence (place),
    .root = site->tree->path,
    .root_as_given = site->tree->route != NULL ? site->tree->route->given : NULL,
  };
  site->policy = e13_policy_new (profile, &policy_options, error);
  if (site->policy == NULL)
    return FALSE;
  add_remarks (site, e13_policy_remarks (site->policy));
  add_remarks (site, e13_site_evidence_remarks (place));
  return TRUE;
}
