/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "access/posix.h"
#include "base/quote.h"
#include "policy/guarded.h"
#include "repair/plan-parts.h"

#include <string.h>

#define MAX_SHOWN 10

/* Names that identities come to reach: the first few shown, all counted. */
typedef struct
{
  GString *shown;
  guint n;
} Names;

static void
names_add (Names *names, const char *name)
{
  g_autofree char *quoted = e13_quote_display (name);

  if (names->n++ < MAX_SHOWN)
    g_string_append_printf (names->shown, "%s'%s'", names->shown->len > 0 ? ", " : "", quoted);
}

static void
names_close (Names *names)
{
  if (names->n > MAX_SHOWN)
    g_string_append_printf (names->shown, " and %u more", names->n - MAX_SHOWN);
}

/* Is @name of @directory the next step on the way to the site, by either path? */
static gboolean
leads_to_site (const E13Planner *planner, const char *directory, const char *name)
{
  const E13Tree *tree = planner->request->tree;
  const char *const ways[] = { tree->path, tree->route != NULL ? tree->route->given : NULL };
  g_autofree char *child = g_build_filename (directory, name, NULL);
  gsize length = strlen (child);

  for (gsize i = 0; i < G_N_ELEMENTS (ways); i++)
    if (ways[i] != NULL && strncmp (ways[i], child, length) == 0 && (ways[i][length] == '/' || ways[i][length] == '\0'))
      return TRUE;
  return FALSE;
}

/* What cannot be looked at counts as reachable. */
static gboolean
is_open_to (const E13Planner *planner, const E13Job *job, const char *name)
{
  const E13ReadOps *ops = planner->request->ops;
  g_autofree char *path = g_build_filename (job->path, name, NULL);
  E13Pin *pin = ops->pin (planner->request->tree, path, NULL);
  E13Rights rights = pin != NULL ? E13_RIGHT_NONE : E13_RIGHTS_ALL;

  for (guint i = 0; pin != NULL && i < job->wishes->len; i++)
    rights |= e13_posix_rights_now (&pin->facts, g_array_index (job->wishes, E13Wish, i).identity);
  if (pin != NULL && pin->facts.type == E13_TYPE_SYMLINK)
    rights = E13_RIGHT_NONE;
  ops->unpin (pin);
  return rights != E13_RIGHT_NONE;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

static GPtrArray *
sorted_names (const E13Planner *planner, const char *path, GError **error)
{
  const E13ReadOps *ops = planner->request->ops;
  E13Pin *pin = ops->pin (planner->request->tree, path, error);
  GPtrArray *names = pin != NULL ? ops->list (pin, error) : NULL;

  ops->unpin (pin);
  if (names != NULL)
    g_ptr_array_sort (names, compare_names);
  return names;
}

static void
note_reach (E13Planner *planner, const E13Job *job, E13Change *change, const Names *open)
{
  g_autofree char *directory = e13_quote_display (job->path);
  g_autoptr (GString) who = g_string_new (NULL);
  char *note;

  for (guint i = 0; i < job->wishes->len; i++)
    {
      g_autofree char *label = e13_identity_label (g_array_index (job->wishes, E13Wish, i).identity);

      g_string_append_printf (who, "%s%s", who->len > 0 ? " and " : "", label);
    }
  note = g_strdup_printf ("beside the site, %s can then reach in '%s': %s", who->str, directory,
                          open->n > 0 ? open->shown->str : "nothing");
  e13_change_note (change, "%s", note);
  g_ptr_array_add (planner->plan->notes, note);
}

gboolean
e13_planner_judge_reach (E13Planner *planner, const E13Job *job, E13Change *change, char **ret_reason)
{
  gboolean forced = planner->options->parents == E13_PARENTS_FORCE;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) names = sorted_names (planner, job->path, &error);
  g_autoptr (GString) shown = g_string_new (NULL);
  g_autoptr (GString) shown_secrets = g_string_new (NULL);
  Names open = { shown, 0 };
  Names secrets = { shown_secrets, 0 };

  if (names == NULL && !forced)
    {
      *ret_reason = g_strdup_printf ("what else could then be reached is not known: %s", error->message);
      return FALSE;
    }
  for (guint i = 0; names != NULL && i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);

      if (leads_to_site (planner, job->path, name) || !is_open_to (planner, job, name))
        continue;
      names_add (&open, name);
      if (e13_guarded_is_secret (name))
        names_add (&secrets, name);
    }
  names_close (&open);
  names_close (&secrets);
  if (secrets.n > 0 && !forced)
    {
      *ret_reason = g_strdup_printf ("secrets beside the site could then be reached: %s", shown_secrets->str);
      return FALSE;
    }
  if (names != NULL)
    note_reach (planner, job, change, &open);
  return TRUE;
}
