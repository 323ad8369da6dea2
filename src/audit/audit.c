/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "audit/audit.h"

#include "audit/auditor.h"
#include "base/quote.h"

/* ---- What the files of this folder share ----------------------------------------------------- */

void
e13_auditor_add (E13Auditor *auditor, E13Finding *finding)
{
  g_mutex_lock (&auditor->lock);
  g_ptr_array_add (auditor->findings, finding);
  g_mutex_unlock (&auditor->lock);
}

char *
e13_auditor_path (const E13Batch *batch, gsize index)
{
  const char *dir = batch->dir->path;

  if (index == E13_THE_DIRECTORY)
    return g_strdup (dir);
  return dir[0] == '\0' ? g_strdup (batch->entries[index].name)
                        : g_strconcat (dir, "/", batch->entries[index].name, NULL);
}

/* What @role needs for what visitors ask for. */
static E13Rights
needs_for_visitors (const E13Role *role, const E13Requirement *requirement, E13ObjectType type)
{
  E13Rights needs = E13_RIGHT_NONE;

  if (role->knows_worker && requirement->worker_alone)
    return needs;
  if (role->is_app)
    needs |= e13_level_rights (requirement->app, type);
  if (role->is_server)
    needs |= e13_level_rights (requirement->server, type);
  return needs;
}

E13Rights
e13_auditor_needs (const E13Role *role, const E13Requirement *requirement, E13ObjectType type)
{
  E13Rights needs = needs_for_visitors (role, requirement, type);

  return role->is_worker ? needs | e13_level_rights (requirement->worker, type) : needs;
}

const char *
e13_auditor_why (const E13Role *role, const E13Requirement *requirement, E13ObjectType type, E13Rights rights)
{
  gboolean only_worker = role->is_worker && (rights & needs_for_visitors (role, requirement, type)) == 0;

  return only_worker ? requirement->why_worker : requirement->why;
}

static void
mount_free (gpointer mount)
{
  e13_mount_clear (mount);
  g_free (mount);
}

const E13Mount *
e13_auditor_mount (E13Auditor *auditor, const E13Pin *pin)
{
  E13Mount *mount;

  g_mutex_lock (&auditor->lock);
  mount = g_hash_table_lookup (auditor->mounts, &pin->facts.key.mount_id);
  if (mount == NULL)
    {
      mount = g_new0 (E13Mount, 1);
      if (auditor->request->ops->mount_of (pin, mount, NULL))
        g_hash_table_insert (auditor->mounts, g_memdup2 (&pin->facts.key.mount_id, sizeof (guint64)), mount);
      else
        g_clear_pointer (&mount, g_free);
    }
  g_mutex_unlock (&auditor->lock);
  return mount;
}

char *
e13_auditor_shell_path (const E13Auditor *auditor, const char *path)
{
  g_autofree char *full = path[0] == '/'    ? g_strdup (path)
                          : path[0] != '\0' ? g_build_filename (auditor->request->tree->path, path, NULL)
                                            : g_strdup (auditor->request->tree->path);

  return e13_quote_shell_display (full);
}

/* ---- The run --------------------------------------------------------------------------------- */

static gboolean
equal_keys (gconstpointer a, gconstpointer b)
{
  return e13_object_key_same_state (a, b);
}

/* Who plays several roles is asked once. */
static void
add_role (E13Auditor *auditor, E13Role role)
{
  for (gsize i = 0; i < auditor->n_roles; i++)
    if (e13_identity_equal (auditor->roles[i].identity, role.identity))
      {
        auditor->roles[i].is_app |= role.is_app;
        auditor->roles[i].is_server |= role.is_server;
        auditor->roles[i].is_worker |= role.is_worker;
        return;
      }
  if (auditor->n_roles < E13_MAX_ROLES)
    auditor->roles[auditor->n_roles++] = role;
}

static void
add_roles (E13Auditor *auditor, const E13AuditRequest *request)
{
  gboolean knows_worker = request->worker != NULL;

  add_role (auditor, (E13Role){ request->app, TRUE, FALSE, FALSE, knows_worker });
  add_role (auditor, (E13Role){ request->server, FALSE, TRUE, FALSE, knows_worker });
  if (knows_worker)
    add_role (auditor, (E13Role){ request->worker, FALSE, FALSE, TRUE, TRUE });
  for (guint i = 0; request->also != NULL && i < request->also->len; i++)
    add_role (auditor, (E13Role){ request->also->pdata[i], TRUE, TRUE, FALSE, knows_worker });
}

/* FAT answers for each object that it has no list. */
static gboolean
keeps_no_lists (const E13AuditRequest *request)
{
  g_auto (E13Mount) mount = { 0 };

  return request->tree->has_descriptors && !request->tree->is_dump
         && request->ops->mount_of (request->tree->root, &mount, NULL) && mount.mode_from_mount;
}

static void
auditor_init (E13Auditor *auditor, const E13AuditRequest *request)
{
  *auditor = (E13Auditor){ .request = request };
  auditor->names = (E13Names){ request->ops->user_name, request->ops->group_name };
  auditor->keeps_no_lists = keeps_no_lists (request);
  add_roles (auditor, request);
  g_mutex_init (&auditor->lock);
  auditor->findings = g_ptr_array_new_with_free_func ((GDestroyNotify)e13_finding_free);
  auditor->mounts = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, mount_free);
  auditor->written_mounts = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  auditor->links_inside = g_hash_table_new_full (e13_object_key_hash, equal_keys, g_free, NULL);
  auditor->link_names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  auditor->strange_owners = g_hash_table_new (NULL, NULL);
  auditor->strange_sids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

static void
auditor_clear (E13Auditor *auditor)
{
  e13_auditor_close_views (auditor);
  g_mutex_clear (&auditor->lock);
  g_clear_pointer (&auditor->findings, g_ptr_array_unref);
  g_hash_table_unref (auditor->mounts);
  g_hash_table_unref (auditor->written_mounts);
  g_hash_table_unref (auditor->links_inside);
  g_hash_table_unref (auditor->link_names);
  g_hash_table_unref (auditor->strange_owners);
  g_hash_table_unref (auditor->strange_sids);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (E13Auditor, auditor_clear)

E13Audit *
e13_audit_run (const E13AuditRequest *request, GError **error)
{
  const E13Visitor visitor = {
    .note_name = e13_policy_notes_names (request->policy) ? e13_auditor_note_name : NULL,
    .wants = request->excludes != NULL && request->excludes->len > 0 ? e13_auditor_wants : NULL,
    .visit = e13_auditor_visit,
    .skipped = e13_auditor_skipped,
  };
  const E13WalkOptions options = {
    .n_threads = request->n_threads,
    .cross_mounts = request->cross_mounts,
    .cancelled = request->cancelled,
    .n_seen = request->n_seen,
  };
  gint64 began = g_get_monotonic_time ();
  g_auto (E13Auditor) auditor;

  auditor_init (&auditor, request);
  e13_auditor_open_views (&auditor);
  e13_auditor_check_parents (&auditor);
  if (!request->ops->walk (request->tree, &options, &visitor, &auditor, error))
    return NULL;
  e13_auditor_check_missing_directories (&auditor);
  e13_auditor_check_program (&auditor);
  e13_auditor_check_nesting (&auditor);
  e13_auditor_check_occasions (&auditor);
  return e13_auditor_finish (&auditor, (double)(g_get_monotonic_time () - began) / G_USEC_PER_SEC);
}

void
e13_audit_free (E13Audit *audit)
{
  if (audit == NULL)
    return;
  g_ptr_array_unref (audit->findings);
  g_free (audit);
}
