/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the application writes when it is installed or updated, or with a feature switched on: said once, and asked for
 * only with --when. */

#include <string.h>

#include "audit/auditor.h"
#include "base/quote.h"

#define SHOWN_PATHS 4

typedef struct
{
  const E13LaterPath *first; /* whose occasion it is */
  GString *paths;
  guint n_paths;
} Occasion;

static gboolean
is_written_now (const E13Auditor *auditor, const char *path)
{
  g_autoptr (E13Scope) scope = e13_policy_enter (auditor->request->policy, path, 0);
  E13Requirement requirement;

  e13_scope_directory (scope, &requirement);
  return requirement.app >= E13_LEVEL_WRITE;
}

/* Is it there, and not to be written by the application? */
static gboolean
is_closed (const E13Auditor *auditor, const char *path)
{
  const E13AuditRequest *request = auditor->request;
  E13Pin *pin = request->ops->pin (request->tree, path, NULL);
  gboolean is_directory = pin != NULL && pin->facts.type == E13_TYPE_DIRECTORY;
  gboolean closed = (is_directory || (pin != NULL && pin->facts.type == E13_TYPE_FILE))
                    && !(is_directory && is_written_now (auditor, path));

  if (closed)
    closed = (e13_auditor_ask (auditor, pin, request->app, E13_RIGHT_WRITE).granted & E13_RIGHT_WRITE) == 0;
  request->ops->unpin (pin);
  return closed;
}

static gboolean
is_same (const E13LaterPath *a, const E13LaterPath *b)
{
  return a->when == b->when && g_strcmp0 (a->feature, b->feature) == 0;
}

static void
free_occasion (gpointer data)
{
  Occasion *occasion = data;

  g_string_free (occasion->paths, TRUE);
  g_free (occasion);
}

static Occasion *
occasion_of (GPtrArray *occasions, const E13LaterPath *later)
{
  Occasion *occasion;

  for (guint i = 0; i < occasions->len; i++)
    if (is_same (((Occasion *)occasions->pdata[i])->first, later))
      return occasions->pdata[i];
  occasion = g_new0 (Occasion, 1);
  occasion->first = later;
  occasion->paths = g_string_new (NULL);
  g_ptr_array_add (occasions, occasion);
  return occasion;
}

static void
add_path (Occasion *occasion, const char *path)
{
  g_autofree char *shown = e13_quote_display (*path != '\0' ? path : "the whole site");

  if (occasion->n_paths++ < SHOWN_PATHS)
    g_string_append_printf (occasion->paths, "%s%s", occasion->paths->len > 0 ? ", " : "", shown);
}

static char *
name_of (const E13LaterPath *later)
{
  g_autoptr (GString) name = g_string_new (NULL);

  if ((later->when & E13_WHEN_INSTALL) != 0)
    g_string_append (name, "install");
  if ((later->when & E13_WHEN_UPDATE) != 0)
    g_string_append_printf (name, "%supdate", name->len > 0 ? "|" : "");
  if ((later->when & E13_WHEN_FEATURE) != 0)
    g_string_append_printf (name, "%sfeature:%s", name->len > 0 ? "|" : "", later->feature);
  return g_strdup (name->str);
}

static char *
describe (const GPtrArray *occasions)
{
  g_autoptr (GString) text = g_string_new ("not asked for now: ");

  for (guint i = 0; i < occasions->len; i++)
    {
      const Occasion *occasion = occasions->pdata[i];
      g_autofree char *name = name_of (occasion->first);
      g_autofree char *shown = e13_quote_display (name);

      g_string_append_printf (text, "%s--when=%s (%s", i > 0 ? ", " : "", shown, occasion->paths->str);
      if (occasion->n_paths > SHOWN_PATHS)
        g_string_append_printf (text, " and %u more", occasion->n_paths - SHOWN_PATHS);
      g_string_append_c (text, ')');
    }
  return g_strdup (text->str);
}

void
e13_auditor_check_occasions (E13Auditor *auditor)
{
  const GArray *later = e13_policy_later_paths (auditor->request->policy);
  g_autoptr (GPtrArray) occasions = g_ptr_array_new_with_free_func (free_occasion);
  E13Finding *finding;

  for (guint i = 0; i < later->len; i++)
    {
      const E13LaterPath *path = &g_array_index (later, E13LaterPath, i);

      if (is_closed (auditor, path->path))
        add_path (occasion_of (occasions, path), path->path);
    }
  if (occasions->len == 0)
    return;
  finding = e13_finding_new (&e13_rules[E13_RULE_OTHER_OCCASION], "", &auditor->request->tree->root->facts);
  finding->sentence
      = g_strdup ("to be installed or updated by itself, or with other features, the application needs to "
                  "write more than a running site does");
  finding->because = describe (occasions);
  e13_auditor_add (auditor, finding);
}
