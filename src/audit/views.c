/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the running service sees of the site, and what it will make there: a sandbox (a mount namespace, a root of its
 * own) keeps from it what permissions give, and its umask keeps from others what it makes. */

#include <errno.h>
#include <string.h>

#include "audit/auditor.h"
#include "audit/sight.h"
#include "base/error.h"
#include "base/path.h"
#include "base/quote.h"

/* ---- Views ----------------------------------------------------------------------------------- */

static gboolean
has_inode (const E13ReadOps *ops, const E13View *view, const char *path, const E13Pin *pin)
{
  E13Pin *seen = ops->pin_in_view (view, path, NULL);
  gboolean same = seen != NULL && e13_object_key_same_inode (&seen->facts.key, &pin->facts.key);

  ops->unpin (seen);
  return same;
}

/* A container often has the site in another place: where a directory on the way to it is mounted. */
static void
find_site (const E13Auditor *auditor, E13Watcher *watcher)
{
  const E13ReadOps *ops = auditor->request->ops;
  const E13Tree *tree = auditor->request->tree;
  g_autoptr (GPtrArray) mounts = NULL;

  if (has_inode (ops, watcher->view, tree->path, tree->root))
    return;
  mounts = ops->mounts_in_view (watcher->view);
  for (guint i = tree->route->pins->len; watcher->to == NULL && i-- > 1;)
    {
      const E13Pin *pin = tree->route->pins->pdata[i];

      for (guint k = 0; watcher->to == NULL && k < mounts->len; k++)
        if (e13_path_is_in (tree->path, pin->path) && has_inode (ops, watcher->view, mounts->pdata[k], pin))
          {
            watcher->from = g_strdup (pin->path);
            watcher->to = g_strdup (mounts->pdata[k]);
          }
    }
}

/* @full as the service calls it. Free with g_free(). */
static char *
path_in_view (const E13Watcher *watcher, const char *full)
{
  if (watcher->to == NULL)
    return g_strdup (full);
  return g_build_filename (watcher->to, full + strlen (watcher->from), NULL);
}

static void
watcher_clear (const E13Auditor *auditor, E13Watcher *watcher)
{
  auditor->request->ops->close_view (watcher->view);
  g_ptr_array_unref (watcher->said);
  g_free (watcher->from);
  g_free (watcher->to);
}

static void
open_view (E13Auditor *auditor, const E13Identity *identity, const E13Service *service, gboolean is_app)
{
  E13Watcher *watcher = &auditor->watchers[auditor->n_watchers];

  if (service == NULL || service->pid == 0 || !service->is_apart || auditor->request->ops->open_view == NULL)
    return;
  *watcher = (E13Watcher){ .role = { identity, is_app, !is_app, FALSE, FALSE }, .service = service };
  watcher->view = auditor->request->ops->open_view (service->pid, NULL);
  if (watcher->view == NULL)
    return;
  watcher->said = g_ptr_array_new_with_free_func (g_free);
  find_site (auditor, watcher);
  auditor->n_watchers++;
}

void
e13_auditor_open_views (E13Auditor *auditor)
{
  const E13AuditRequest *request = auditor->request;

  open_view (auditor, request->app, request->app_service, TRUE);
  open_view (auditor, request->server, request->server_service, FALSE);
  if (auditor->n_watchers == 2 && auditor->watchers[0].service->pid == auditor->watchers[1].service->pid)
    {
      auditor->watchers[0].role.is_server = TRUE;
      watcher_clear (auditor, &auditor->watchers[1]);
      auditor->n_watchers = 1;
    }
}

void
e13_auditor_close_views (E13Auditor *auditor)
{
  for (gsize i = 0; i < auditor->n_watchers; i++)
    watcher_clear (auditor, &auditor->watchers[i]);
}

/* ---- Sandboxed ------------------------------------------------------------------------------- */

/* Is it said of a directory above already? Else it is from now on. */
static gboolean
is_said (E13Auditor *auditor, E13Watcher *watcher, const char *path)
{
  gboolean found = FALSE;

  g_mutex_lock (&auditor->lock);
  for (guint i = 0; !found && i < watcher->said->len; i++)
    found = e13_path_is_in (path, watcher->said->pdata[i]);
  if (!found)
    g_ptr_array_add (watcher->said, g_strdup (path));
  g_mutex_unlock (&auditor->lock);
  return found;
}

static E13Sight
look (const E13Auditor *auditor, const E13Watcher *watcher, const E13Pin *pin, const char *full, E13Rights needs)
{
  g_autofree char *there = path_in_view (watcher, full);

  return e13_sight_look (auditor->request->ops, watcher->view, there, pin, watcher->role.identity, needs);
}

static void
report (E13Auditor *auditor, const E13Watcher *watcher, const E13Pin *pin, const char *path, const char *full,
        E13Sight sight, E13Rights needs)
{
  E13Finding *finding = e13_finding_new (&e13_rules[E13_RULE_SANDBOXED], path, &pin->facts);
  g_autofree char *who = e13_identity_label (watcher->role.identity);
  const char *type = e13_object_type_name (pin->facts.type);

  finding->identity = watcher->role.identity;
  finding->needs = needs;
  finding->has = sight == E13_SIGHT_READ_ONLY ? needs & ~E13_RIGHT_WRITE : E13_RIGHT_NONE;
  finding->sentence
      = sight == E13_SIGHT_READ_ONLY ? g_strdup_printf ("%s, as %s, cannot write this %s, whatever its permissions",
                                                        watcher->service->name, who, type)
        : sight == E13_SIGHT_HIDDEN
            ? g_strdup_printf ("%s, as %s, does not see this %s at all", watcher->service->name, who, type)
            : g_strdup_printf ("%s, as %s, sees something else in the place of this %s", watcher->service->name, who,
                               type);
  finding->because = g_strdup (e13_sight_because (sight));
  e13_sight_cures (finding->cures, watcher->service, sight, full);
  e13_auditor_add (auditor, finding);
}

static void
check_sight (E13Auditor *auditor, E13Watcher *watcher, const E13Batch *batch, gsize index,
             const E13Requirement *requirement)
{
  const E13ReadOps *ops = auditor->request->ops;
  const E13Facts *facts = index == E13_THE_DIRECTORY ? &batch->dir->facts : &batch->entries[index].facts;
  E13Rights needs = e13_auditor_needs (&watcher->role, requirement, facts->type);
  g_autofree char *path = NULL;
  g_autofree char *full = NULL;
  E13Sight sight;
  E13Pin *pin;

  /* Of what is only read, mounts are looked for where they begin: at directories. */
  if (needs == E13_RIGHT_NONE || (index != E13_THE_DIRECTORY && (needs & E13_RIGHT_WRITE) == 0))
    return;
  pin = ops->pin_entry (batch, index, NULL);
  if (pin == NULL)
    return;
  path = e13_auditor_path (batch, index);
  full = e13_tree_full_path (auditor->request->tree, path);
  sight = look (auditor, watcher, pin, full, needs);
  if (sight != E13_SIGHT_SAME && !is_said (auditor, watcher, path))
    report (auditor, watcher, pin, path, full, sight, needs);
  ops->unpin (pin);
}

void
e13_auditor_check_views (E13Auditor *auditor, const E13Batch *batch, const E13Requirement *directory,
                         const E13Requirement *entries)
{
  for (gsize w = 0; w < auditor->n_watchers; w++)
    {
      E13Watcher *watcher = &auditor->watchers[w];

      if (batch->first && batch->dir->error == 0)
        check_sight (auditor, watcher, batch, E13_THE_DIRECTORY, directory);
      for (gsize i = 0; i < batch->n_entries; i++)
        if (batch->entries[i].error == 0 && batch->entries[i].facts.type == E13_TYPE_FILE)
          check_sight (auditor, watcher, batch, i, &entries[i]);
    }
}

/* ---- What it will make ----------------------------------------------------------------------- */

#define ANY_NEW_NAME "errno13-new" /* stands for a file that no pattern of a profile speaks of by name */

/* The facts of a file that the application makes in the pinned directory, by mode 0666: a default ACL switches the
 * umask off. */
static void
foresee (const E13Pin *directory, const E13Identity *app, int umask, E13Facts *ret_facts)
{
  const E13Facts *facts = &directory->facts;
  gboolean hands_down = (facts->mode & 02000) != 0;

  *ret_facts = (E13Facts){ .type = E13_TYPE_FILE,
                           .mode = 0666u & ~(guint32)umask,
                           .uid = app->uid,
                           .gid = hands_down ? facts->gid : app->gid,
                           .n_links = 1,
                           .acl_state = E13_ACL_UNSUPPORTED };
  ret_facts->access
      = facts->default_acl != NULL ? e13_acl_ref (facts->default_acl) : e13_acl_from_mode (ret_facts->mode);
  if (facts->default_acl == NULL)
    return;
  ret_facts->acl_state = E13_ACL_READ;
  ret_facts->mode = e13_acl_to_mode (facts->default_acl) & 0666u;
}

void
e13_auditor_check_created (E13Auditor *auditor, const E13Batch *batch, const E13Scope *scope,
                           const E13Requirement *directory)
{
  const E13AuditRequest *request = auditor->request;
  const E13Role app = { request->app, TRUE, FALSE, FALSE, FALSE };
  const E13Role server = { request->server, FALSE, TRUE, FALSE, FALSE };
  int umask = request->app_service != NULL ? request->app_service->umask : -1;
  g_auto (E13Facts) made = { 0 };
  g_autofree char *who = NULL;
  g_autofree char *reader = NULL;
  g_autofree char *word = NULL;
  E13Requirement wanted;
  E13Finding *finding;
  E13Pin *pin;

  if (umask < 0 || (umask & 0044) == 0 || request->app->uid == request->server->uid || request->server->overrides_dac
      || (e13_auditor_needs (&app, directory, E13_TYPE_DIRECTORY) & E13_RIGHT_WRITE) == 0)
    return;
  e13_scope_entry (scope, ANY_NEW_NAME, &wanted);
  if ((e13_auditor_needs (&server, &wanted, E13_TYPE_FILE) & E13_RIGHT_READ) == 0)
    return;
  pin = request->ops->pin_entry (batch, E13_THE_DIRECTORY, NULL);
  if (pin == NULL)
    return;
  foresee (pin, request->app, umask, &made);
  if (e13_access_judge (&made, request->server, E13_RIGHT_READ).granted != E13_RIGHT_READ)
    {
      finding = e13_finding_new (&e13_rules[E13_RULE_CREATED_UNREADABLE], batch->dir->path, &pin->facts);
      who = e13_identity_label (request->app);
      reader = e13_identity_label (request->server);
      word = e13_auditor_shell_path (auditor, batch->dir->path);
      finding->identity = request->server;
      finding->sentence = g_strdup_printf ("what %s makes in this directory, %s cannot read", who, reader);
      finding->because = g_strdup_printf ("%s runs with umask %03o, so its new files have mode %04o, and %s is not in "
                                          "their group or the group may not read",
                                          request->app_service->name, (guint)umask, made.mode, reader);
      g_ptr_array_add (finding->cures,
                       g_strdup_printf ("setfacl -d -m u:%s:r-X %s",
                                        request->server->name != NULL ? request->server->name : "UID", word));
      if (request->app_service->unit != NULL)
        g_ptr_array_add (finding->cures, g_strdup_printf ("or systemctl edit %s, and write there: [Service] UMask=0022",
                                                          request->app_service->unit));
      e13_auditor_add (auditor, finding);
    }
  request->ops->unpin (pin);
}
