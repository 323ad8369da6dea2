/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "iis/lint-fix.h"

#include <string.h>

/* Of one site: each is linted for. */
#define MOST_EDITS 500

typedef struct
{
  E13LintRequest request;
  GHashTable *instead;  /* path → GBytes: the files as they are after the edits so far */
  GPtrArray *rewrites;  /* of E13LintRewrite * */
  GHashTable *given_up; /* origins of the files that edits did not cure */
  guint n_edits;
} Fix;

static void
rewrite_free (gpointer data)
{
  E13LintRewrite *rewrite = data;

  g_free (rewrite->path);
  g_bytes_unref (rewrite->before);
  g_bytes_unref (rewrite->after);
  g_ptr_array_unref (rewrite->done);
  g_free (rewrite);
}

/* ---- Linting --------------------------------------------------------------------------------- */

typedef struct
{
  E13LintSite *site;
  E13Lint *lint;
} Look;

static void
look_clear (Look *look)
{
  g_clear_pointer (&look->lint, e13_lint_free);
  g_clear_pointer (&look->site, e13_lint_site_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Look, look_clear)

static gboolean
look_again (const Fix *fix, Look *look, GError **error)
{
  look->site = e13_lint_site_new (&fix->request, error);
  look->lint = look->site != NULL ? e13_lint_site (look->site) : NULL;
  return look->lint != NULL;
}

static const E13LintFile *
file_of (const Look *look, const E13LintFinding *finding)
{
  for (guint i = 0; i < look->site->files->len; i++)
    if (strcmp (((const E13LintFile *)look->site->files->pdata[i])->origin, finding->origin) == 0)
      return look->site->files->pdata[i];
  return NULL;
}

/* What a finding says, wherever in its file it has moved. Free with g_free(). */
static char *
key_of (const E13LintFinding *finding)
{
  return g_strdup_printf ("%s\n%s\n%s", finding->rule->id, finding->origin, finding->text != NULL ? finding->text : "");
}

/* How often each thing is found: key → count. */
static GHashTable *
count (const E13Lint *lint)
{
  GHashTable *counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < lint->findings->len; i++)
    {
      char *key = key_of (lint->findings->pdata[i]);
      guint n = GPOINTER_TO_UINT (g_hash_table_lookup (counts, key));

      g_hash_table_replace (counts, key, GUINT_TO_POINTER (n + 1));
    }
  return counts;
}

/* Is less found than before, and nothing that was not? */
static gboolean
is_better (const E13Lint *before, const E13Lint *after)
{
  g_autoptr (GHashTable) then = count (before);
  g_autoptr (GHashTable) now = count (after);
  GHashTableIter iter;
  gpointer key, n;

  g_hash_table_iter_init (&iter, now);
  while (g_hash_table_iter_next (&iter, &key, &n))
    if (GPOINTER_TO_UINT (n) > GPOINTER_TO_UINT (g_hash_table_lookup (then, key)))
      return FALSE;
  return after->findings->len < before->findings->len;
}

/* ---- Files ----------------------------------------------------------------------------------- */

static E13LintRewrite *
rewrite_of (const Fix *fix, const E13LintFile *file)
{
  E13LintRewrite *rewrite;

  for (guint i = 0; i < fix->rewrites->len; i++)
    if (strcmp (((E13LintRewrite *)fix->rewrites->pdata[i])->path, file->path) == 0)
      return fix->rewrites->pdata[i];
  rewrite = g_new0 (E13LintRewrite, 1);
  rewrite->path = g_strdup (file->path);
  rewrite->before = g_bytes_ref (file->bytes);
  rewrite->after = g_bytes_ref (file->bytes);
  rewrite->done = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (fix->rewrites, rewrite);
  return rewrite;
}

static void
take_bytes (const Fix *fix, const char *path, GBytes *bytes)
{
  if (bytes != NULL)
    g_hash_table_replace (fix->instead, g_strdup (path), g_bytes_ref (bytes));
  else
    g_hash_table_remove (fix->instead, path);
}

static void
keep (const Fix *fix, const E13LintFile *file, const E13LintFinding *finding, GBytes *bytes)
{
  E13LintRewrite *rewrite = rewrite_of (fix, file);

  g_bytes_unref (rewrite->after);
  rewrite->after = g_bytes_ref (bytes);
  g_ptr_array_add (rewrite->done, g_strdup_printf ("line %u: %s", finding->place.line, finding->edit_words));
}

/* ---- Files that are no XML ------------------------------------------------------------------- */

/* One mistake after the other, until the file is XML, or one is left that only a person can correct: NULL. The edits
 * are added to @done. */
static GBytes *
make_xml (const E13LintFile *file, GPtrArray *done)
{
  g_autoptr (GBytes) bytes = g_bytes_ref (file->bytes);

  for (guint i = 0; i < MOST_EDITS; i++)
    {
      g_auto (E13XmlFault) fault = { .words = NULL };
      gsize size = 0;
      const char *data = g_bytes_get_data (bytes, &size);
      E13XmlDocument *document = e13_xml_read (file->origin, data, size, &fault);
      const E13IisEdit edit = { fault.edit_offset, fault.n_removed, fault.edit, FALSE };
      GBytes *next;

      e13_xml_free (document);
      if (document != NULL)
        return g_steal_pointer (&bytes);
      next = fault.edit != NULL ? e13_iis_edit (bytes, &edit, NULL) : NULL;
      if (next == NULL)
        return NULL;
      g_ptr_array_add (done, g_strdup_printf ("line %u: %s", fault.place.line, fault.edit_words));
      g_bytes_unref (bytes);
      bytes = next;
    }
  return NULL;
}

/* Has @lint anything of that file? */
static gboolean
has_findings (const E13Lint *lint, const char *origin)
{
  for (guint i = 0; i < lint->findings->len; i++)
    if (strcmp (((const E13LintFinding *)lint->findings->pdata[i])->origin, origin) == 0)
      return TRUE;
  return FALSE;
}

static gboolean cure_entries (Fix *fix, GError **error);

/* What such a file says can only be seen when it is XML; it may then need more edits. Where something is left after
 * these, the first ones may have been wrong: the file stays as it is. */
static gboolean
cure_xml (Fix *fix, const E13LintFile *file, GError **error)
{
  g_autoptr (GPtrArray) done = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GBytes) bytes = make_xml (file, done);
  g_auto (Look) look = { 0 };
  E13LintRewrite *rewrite;

  if (bytes == NULL)
    return TRUE;
  rewrite = rewrite_of (fix, file);
  g_bytes_unref (rewrite->after);
  rewrite->after = g_bytes_ref (bytes);
  for (guint i = 0; i < done->len; i++)
    g_ptr_array_add (rewrite->done, g_strdup (done->pdata[i]));
  take_bytes (fix, file->path, bytes);
  if (!cure_entries (fix, error) || !look_again (fix, &look, error))
    return FALSE;
  if (!has_findings (look.lint, file->origin))
    return TRUE;
  g_ptr_array_remove (fix->rewrites, rewrite);
  take_bytes (fix, file->path, NULL);
  return TRUE;
}

static gboolean
cure_broken (Fix *fix, GError **error)
{
  g_auto (Look) look = { 0 };

  if (!look_again (fix, &look, error))
    return FALSE;
  for (guint i = 0; i < look.site->files->len; i++)
    {
      const E13LintFile *file = look.site->files->pdata[i];

      if (file->document == NULL && file->bytes != NULL && !cure_xml (fix, file, error))
        return FALSE;
    }
  return TRUE;
}

/* ---- The others ------------------------------------------------------------------------------ */

/* The next finding that an edit may cure; NULL: none is left. */
static const E13LintFinding *
next_finding (const Fix *fix, const Look *look, const E13LintFile **ret_file)
{
  for (guint i = 0; i < look->lint->findings->len; i++)
    {
      const E13LintFinding *finding = look->lint->findings->pdata[i];
      g_autofree char *key = key_of (finding);

      if (finding->edit == NULL || g_hash_table_contains (fix->given_up, key))
        continue;
      *ret_file = file_of (look, finding);
      if (*ret_file != NULL && (*ret_file)->document != NULL)
        return finding;
    }
  return NULL;
}

/* Makes the edit of @finding if it does good; @look then is what is found with it. */
static gboolean
try_edit (Fix *fix, Look *look, const E13LintFile *file, const E13LintFinding *finding, GError **error)
{
  g_autoptr (GBytes) bytes = e13_iis_edit (file->bytes, finding->edit, NULL);
  g_autoptr (GBytes) before = g_bytes_ref (file->bytes);
  g_auto (Look) after = { 0 };

  fix->n_edits++;
  if (bytes == NULL)
    {
      g_hash_table_add (fix->given_up, key_of (finding));
      return TRUE;
    }
  take_bytes (fix, file->path, bytes);
  if (!look_again (fix, &after, error))
    return FALSE;
  if (!is_better (look->lint, after.lint))
    {
      take_bytes (fix, file->path, before);
      g_hash_table_add (fix->given_up, key_of (finding));
      return TRUE;
    }
  keep (fix, file, finding, bytes);
  look_clear (look);
  *look = after;
  after = (Look){ NULL, NULL };
  return TRUE;
}

static gboolean
cure_entries (Fix *fix, GError **error)
{
  g_auto (Look) look = { 0 };
  const E13LintFile *file = NULL;
  const E13LintFinding *finding;

  if (!look_again (fix, &look, error))
    return FALSE;
  while (fix->n_edits < MOST_EDITS && (finding = next_finding (fix, &look, &file)) != NULL)
    if (!try_edit (fix, &look, file, finding, error))
      return FALSE;
  return TRUE;
}

GPtrArray *
e13_lint_rewrites (const E13LintRequest *request, GError **error)
{
  g_autoptr (GHashTable) instead
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_bytes_unref);
  g_autoptr (GHashTable) given_up = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) rewrites = g_ptr_array_new_with_free_func (rewrite_free);
  Fix fix = { *request, instead, rewrites, given_up, 0 };

  fix.request.instead = instead;
  if (!cure_broken (&fix, error) || !cure_entries (&fix, error))
    return NULL;
  return g_steal_pointer (&rewrites);
}
