/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "audit/audit.h"

#include <string.h>

#include "access/judge.h"
#include "base/quote.h"
#include "policy/detect.h"

/* Detection looks beneath the site only, through pins: a link is there, but its target is not looked at. */

struct E13SiteEvidence
{
  E13Evidence evidence;
  const E13ReadOps *ops;
  const E13Tree *tree;
  gboolean knows_types; /* from the listings */
  gboolean is_careful;  /* what a file says is shown, or followed */
  E13Identity *owner;   /* of the site */
  const E13Identity *app;
  GPtrArray *remarks; /* of char *: what was not read */
  GHashTable *types;  /* path → E13ObjectType, or MISSING: many profiles ask for the same */
  GHashTable *names;  /* directory → GPtrArray of char * */
};

#define MISSING -1

static char *
join (const char *directory, const char *name)
{
  return *directory == '\0' ? g_strdup (name) : g_strconcat (directory, "/", name, NULL);
}

static gboolean
is_listed (const E13SiteEvidence *place, const char *path)
{
  const char *slash = strrchr (path, '/');
  g_autofree char *directory = slash != NULL ? g_strndup (path, (gsize)(slash - path)) : g_strdup ("");

  return g_hash_table_contains (place->names, directory);
}

static gint
type_of (const E13SiteEvidence *place, const char *path)
{
  gpointer known = NULL;
  gint type = MISSING;
  E13Pin *pin;
  gboolean is_known = g_hash_table_lookup_extended (place->types, path, NULL, &known);

  if (is_known && GPOINTER_TO_INT (known) != E13_TYPE_UNKNOWN)
    return GPOINTER_TO_INT (known);
  if (!is_known && place->knows_types && is_listed (place, path))
    return MISSING;
  pin = place->ops->hold (place->tree, path, NULL);
  if (pin != NULL)
    type = (gint)pin->facts.type;
  place->ops->unpin (pin);
  g_hash_table_insert (place->types, g_strdup (path), GINT_TO_POINTER (type));
  return type;
}

static gboolean
exists (const char *path, gboolean is_directory, gpointer data)
{
  gint type = type_of (data, path);

  return type != MISSING && (!is_directory || type == E13_TYPE_DIRECTORY);
}

/* Why what the file says is neither shown nor followed; NULL where it may be. */
static const char *
why_not_read (const E13SiteEvidence *place, const E13Facts *facts)
{
  if (facts->n_links > 1)
    return "it has several names, and may be somebody else's by another";
  if (facts->sd != NULL || place->tree->has_descriptors)
    return NULL;
  if (place->owner == NULL || e13_access_judge (facts, place->owner, E13_RIGHT_READ).granted != E13_RIGHT_READ)
    return "the owner of the site cannot read it";
  if (place->app != NULL && place->app->uid != place->owner->uid
      && e13_access_judge (facts, place->app, E13_RIGHT_WRITE).granted == E13_RIGHT_WRITE)
    return "the application can write it, and so would say itself what it may write";
  return NULL;
}

static void
note_refused (const E13SiteEvidence *place, const char *path, const char *reason)
{
  g_autofree char *shown = e13_quote_display (path);
  char *remark = g_strdup_printf ("'%s' is not asked where files lie: %s.", shown, reason);

  if (g_ptr_array_find_with_equal_func (place->remarks, remark, g_str_equal, NULL))
    g_free (remark);
  else
    g_ptr_array_add (place->remarks, remark);
}

static GBytes *
read_file (const char *path, gsize max_bytes, gpointer data)
{
  const E13SiteEvidence *place = data;
  E13Pin *pin = (place->is_careful ? place->ops->pin : place->ops->hold) (place->tree, path, NULL);
  gboolean is_file = pin != NULL && pin->facts.type == E13_TYPE_FILE;
  const char *reason = is_file && place->is_careful ? why_not_read (place, &pin->facts) : NULL;
  GBytes *bytes = is_file && reason == NULL ? place->ops->read_file (pin, max_bytes, NULL) : NULL;

  place->ops->unpin (pin);
  if (reason != NULL)
    note_refused (place, path, reason);
  return bytes;
}

/* What a directory does not say is asked when it matters. */
static void
note_types (const E13SiteEvidence *place, const char *directory, const GPtrArray *names, const GByteArray *types)
{
  for (guint i = 0; i < names->len; i++)
    g_hash_table_insert (place->types, join (directory, names->pdata[i]), GINT_TO_POINTER ((gint)types->data[i]));
}

static GPtrArray *
list_pinned (const E13SiteEvidence *place, const E13Pin *pin, const char *path)
{
  g_autoptr (GByteArray) types = NULL;
  GPtrArray *names;

  if (!place->knows_types)
    return place->ops->list (pin, NULL);
  names = place->ops->list_types (pin, &types, NULL);
  if (names != NULL)
    note_types (place, path, names, types);
  return names;
}

static GPtrArray *
list (const char *path, gpointer data)
{
  const E13SiteEvidence *place = data;
  GPtrArray *names = g_hash_table_lookup (place->names, path);
  E13Pin *pin = names == NULL ? place->ops->hold (place->tree, path, NULL) : NULL;

  if (pin != NULL && pin->facts.type == E13_TYPE_DIRECTORY)
    names = list_pinned (place, pin, path);
  if (pin != NULL && names != NULL)
    g_hash_table_insert (place->names, g_strdup (path), names);
  place->ops->unpin (pin);
  return names != NULL ? g_ptr_array_ref (names) : NULL;
}

static E13SiteEvidence *
evidence_new (const E13ReadOps *ops, const E13Tree *tree)
{
  E13SiteEvidence *place = g_new0 (E13SiteEvidence, 1);

  place->evidence = (E13Evidence){ exists, read_file, list, place, tree->has_descriptors };
  place->ops = ops;
  place->tree = tree;
  /* Where the letters' case does not matter, a name that is not listed may be there all the same. */
  place->knows_types = ops->list_types != NULL && !tree->has_descriptors;
  place->remarks = g_ptr_array_new_with_free_func (g_free);
  place->types = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  place->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_ptr_array_unref);
  return place;
}

E13SiteEvidence *
e13_site_evidence_new (const E13ReadOps *ops, const E13Tree *tree)
{
  return evidence_new (ops, tree);
}

E13SiteEvidence *
e13_site_evidence_new_careful (const E13ReadOps *ops, const E13Tree *tree, const E13Identity *app)
{
  E13SiteEvidence *place = evidence_new (ops, tree);
  const E13Facts *root = &tree->root->facts;
  g_autofree char *uid = g_strdup_printf ("%" G_GUINT32_FORMAT, root->uid);
  g_autofree char *with_group = g_strdup_printf ("%" G_GUINT32_FORMAT ":%" G_GUINT32_FORMAT, root->uid, root->gid);

  place->is_careful = TRUE;
  place->app = app;
  if (!tree->has_descriptors && !tree->is_dump)
    {
      place->owner = ops->identity_parse (uid, NULL);
      if (place->owner == NULL)
        place->owner = ops->identity_parse (with_group, NULL);
    }
  return place;
}

const E13Evidence *
e13_site_evidence (const E13SiteEvidence *place)
{
  return &place->evidence;
}

const GPtrArray *
e13_site_evidence_remarks (const E13SiteEvidence *place)
{
  return place->remarks;
}

void
e13_site_evidence_free (E13SiteEvidence *place)
{
  if (place == NULL)
    return;
  e13_identity_free (place->owner);
  g_ptr_array_unref (place->remarks);
  g_hash_table_unref (place->types);
  g_hash_table_unref (place->names);
  g_free (place);
}

E13Profile *
e13_audit_detect (const E13ReadOps *ops, const E13Tree *tree, const GPtrArray *profiles)
{
  g_autoptr (E13SiteEvidence) place = evidence_new (ops, tree);

  return e13_detect (profiles, &place->evidence);
}
