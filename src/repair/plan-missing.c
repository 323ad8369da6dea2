/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "base/quote.h"
#include "repair/plan-parts.h"

#include <string.h>

void
e13_planner_facts_of_new (const E13Facts *parent, E13Facts *ret_facts)
{
  memset (ret_facts, 0, sizeof *ret_facts);
  ret_facts->type = E13_TYPE_DIRECTORY;
  ret_facts->key.mount_id = parent->key.mount_id;
  ret_facts->uid = parent->uid;
  ret_facts->gid = parent->gid;
  ret_facts->n_links = 2;
  ret_facts->acl_state = parent->acl_state == E13_ACL_UNSUPPORTED ? E13_ACL_UNSUPPORTED : E13_ACL_READ;
  ret_facts->default_acl = e13_acl_ref (parent->default_acl);
  /* A default ACL takes the place of the umask, and is bounded by 0777 only. */
  ret_facts->access = parent->default_acl != NULL ? e13_acl_ref (parent->default_acl) : e13_acl_from_mode (0755);
  ret_facts->mode = (parent->mode & 02000) | e13_acl_to_mode (ret_facts->access);
}

/* The longest part of @path that exists: its length, and what it is. -1 and a refusal where there is nothing to build
 * on. */
static gssize
find_existing (E13Planner *planner, const E13Finding *finding, E13Facts *ret_facts)
{
  const E13ReadOps *ops = planner->request->ops;
  g_autofree char *path = g_strdup (finding->path);

  for (;;)
    {
      E13Pin *pin = ops->pin (planner->request->tree, path, NULL);
      char *slash = strrchr (path, '/');

      if (pin != NULL)
        {
          e13_facts_copy (ret_facts, &pin->facts);
          ops->unpin (pin);
          return (gssize)strlen (path);
        }
      if (path[0] == '\0')
        return -1;
      *(slash != NULL ? slash : path) = '\0';
    }
}

static gboolean
can_be_made (E13Planner *planner, const E13Finding *finding, gssize existing, const E13Facts *facts)
{
  const E13AuditRequest *request = planner->request;
  g_autofree char *path = existing > 0 ? g_strndup (finding->path, (gsize)existing) : g_strdup (".");
  g_autofree char *shown = e13_quote_display (path);
  char *reason = NULL;

  if (existing < 0)
    reason = g_strdup ("the directory above it cannot be looked at");
  else if ((gsize)existing == strlen (finding->path))
    reason = g_strdup ("it exists by now: check again");
  else if (facts->type != E13_TYPE_DIRECTORY)
    reason = g_strdup_printf ("'%s', on the way to it, is a %s", shown, e13_object_type_name (facts->type));
  else if (!request->cross_mounts && facts->key.mount_id != request->tree->root->facts.key.mount_id)
    reason = g_strdup_printf ("'%s', on the way to it, is on another file system", shown);
  if (reason == NULL)
    return TRUE;
  e13_planner_refuse (planner, finding, reason, NULL);
  return FALSE;
}

/* One directory that is to be made, and what the roles need of it: all of it of the last, search of those on the
 * way. */
static void
add_directory (E13Planner *planner, const E13Finding *finding, const char *path, const E13Facts *facts)
{
  const E13Identity *server = planner->request->server;
  E13Job *job = e13_planner_job (planner, E13_CHANGE_MAKE_DIRECTORY, path, facts);
  gboolean last = g_str_equal (path, finding->path);
  E13Requirement requirement = e13_planner_requirement (planner, path, TRUE);

  e13_job_add_finding (job, finding);
  e13_job_wish (job, finding->identity, last ? finding->needs : E13_RIGHT_EXECUTE);
  if (!e13_identity_equal (server, finding->identity))
    e13_job_wish (job, server, e13_level_rights (requirement.server, E13_TYPE_DIRECTORY));
}

void
e13_planner_add_missing (E13Planner *planner, const E13Finding *finding)
{
  g_auto (E13Facts) above = { 0 };
  gssize existing;

  if (!planner->options->create_missing)
    {
      e13_planner_refuse (planner, finding,
                          g_strdup ("it does not exist: it can be made, rather than opening its parent"),
                          "--create-missing");
      return;
    }
  existing = find_existing (planner, finding, &above);
  if (!can_be_made (planner, finding, existing, &above))
    return;
  for (gsize end = existing > 0 ? (gsize)existing + 1 : 0; end <= strlen (finding->path); end++)
    {
      g_auto (E13Facts) made = { 0 };
      g_autofree char *path = NULL;

      end += strcspn (finding->path + end, "/");
      path = g_strndup (finding->path, end);
      e13_planner_facts_of_new (&above, &made);
      add_directory (planner, finding, path, &made);
      e13_facts_clear (&above);
      e13_facts_copy (&above, &made);
    }
}
