/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The site's real root, one directory further down: an archive with a folder of its own was unpacked into a folder of
 * the same name. */

#include <string.h>

#include "audit/auditor.h"
#include "base/quote.h"

#define LEFT_BY_MACOS "__MACOSX"

/* What programs put beside a site without being asked. */
static const char *const stray[] = { LEFT_BY_MACOS, ".DS_Store", ".errno13", "Thumbs.db", "desktop.ini" };

static gboolean
is_stray (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (stray); i++)
    if (g_ascii_strcasecmp (name, stray[i]) == 0)
      return TRUE;
  return FALSE;
}

/* The one name that counts; NULL where there are more, or none. */
static const char *
only_name (const GPtrArray *names, gboolean *ret_from_macos)
{
  const char *only = NULL;

  *ret_from_macos = FALSE;
  for (guint i = 0; i < names->len; i++)
    {
      *ret_from_macos |= strcmp (names->pdata[i], LEFT_BY_MACOS) == 0;
      if (is_stray (names->pdata[i]))
        continue;
      if (only != NULL)
        return NULL;
      only = names->pdata[i];
    }
  return only;
}

static const char *
name_of_root (const E13Tree *tree)
{
  const char *slash = strrchr (tree->path, tree->is_windows ? '\\' : '/');

  return slash != NULL ? slash + 1 : tree->path;
}

static void
report (E13Auditor *auditor, const E13Pin *inner)
{
  const E13Tree *tree = auditor->request->tree;
  g_autofree char *full = e13_tree_full_path (tree, inner->path);
  g_autofree char *shown = tree->is_windows ? e13_quote_windows (full) : e13_quote_display (full);
  g_autofree char *name = e13_quote_display (inner->path);
  E13Finding *finding = e13_finding_new (&e13_rules[E13_RULE_NESTED_ROOT], "", &tree->root->facts);

  finding->sentence = g_strdup_printf ("all of this site lies one directory further down, in '%s'", name);
  finding->because = g_strdup ("the archive had a folder of its own: visitors meet an empty place here (403, 404)");
  g_ptr_array_add (finding->cures,
                   g_strdup_printf ("let the server serve '%s', or move what that holds up, and check that", shown));
  e13_auditor_add (auditor, finding);
}

void
e13_auditor_check_nesting (E13Auditor *auditor)
{
  const E13AuditRequest *request = auditor->request;
  g_autoptr (GPtrArray) names = request->ops->list (request->tree->root, NULL);
  gboolean from_macos = FALSE;
  const char *only = names != NULL ? only_name (names, &from_macos) : NULL;
  E13Pin *inner;

  if (only == NULL || !(from_macos || g_ascii_strcasecmp (only, name_of_root (request->tree)) == 0))
    return;
  inner = request->ops->pin (request->tree, only, NULL);
  if (inner != NULL && inner->facts.type == E13_TYPE_DIRECTORY)
    report (auditor, inner);
  request->ops->unpin (inner);
}
