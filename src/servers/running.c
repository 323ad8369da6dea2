/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Which processes serve, and which of them are what they are called: any login user can run a program that he calls
 * nginx. */

#include <string.h>

#include "base/path.h"
#include "servers/claims.h"

#define FIRST_LOGIN_UID 1000 /* UID_MIN of every distribution: below it are system accounts */

guint
e13_nearness (const char *path, const char *site)
{
  guint length = (guint)MIN (strlen (path), 4000);

  if (site == NULL || *path == '\0' || strcmp (path, "/") == 0)
    return 0;
  if (strcmp (path, site) == 0)
    return 20000;
  if (e13_path_is_in (path, site))
    return 15000 - length;
  return e13_path_is_in (site, path) ? 1000 + length : 0;
}

static const E13Process *
find_pid (const GPtrArray *processes, guint32 pid)
{
  for (guint i = 0; i < processes->len; i++)
    if (((const E13Process *)processes->pdata[i])->pid == pid)
      return processes->pdata[i];
  return NULL;
}

static gboolean
has_children (const GPtrArray *processes, const E13Process *process)
{
  for (guint i = 0; i < processes->len; i++)
    {
      const E13Process *other = processes->pdata[i];

      if (other->parent == process->pid && strcmp (other->program, process->program) == 0)
        return TRUE;
    }
  return FALSE;
}

/* What root runs to start others with. Where root runs an application itself, that is what is to be said. */
static gboolean
is_master (const GPtrArray *processes, const E13Process *process, const E13ServerProgram *program)
{
  gboolean is_root = process->identity->uid == 0 || (process->has_users && process->inside_uid == 0);

  return is_root && (program->serves || strcmp (program->name, "php-fpm") == 0 || has_children (processes, process));
}

static gboolean
is_believed (const E13Process *process)
{
  if (!process->is_believed)
    return FALSE;
  if (process->has_users)
    return process->is_by_root;
  return process->identity->uid < FIRST_LOGIN_UID || process->is_by_root || process->unit != NULL;
}

/* A login user's own program counts for what is his. */
static gboolean
is_owners (const E13ServingQuestion *question, const E13Process *process, const E13ServerProgram *program)
{
  return question->site != NULL && program->runs && process->is_believed && process->identity->uid == question->owner
         && process->directory != NULL && e13_nearness (process->directory, question->site) >= 10000;
}

/* That of the nearest process above it, of the same program, that names one; the words of one that is not believed say
 * nothing. */
static char *
config_of (const GPtrArray *processes, const E13Process *process, const E13ServerProgram *program)
{
  for (guint depth = 0; process != NULL && depth < 4; depth++)
    {
      char *config = is_believed (process) ? e13_server_config (program, process) : NULL;
      const E13Process *parent = find_pid (processes, process->parent);

      if (config != NULL)
        return config;
      process = parent != NULL && strcmp (parent->program, process->program) == 0 ? parent : NULL;
    }
  return NULL;
}

/* A sandbox leaves /etc where it is, a container has another one. */
static gboolean
has_another_etc (const E13ReadOps *ops, const E13Process *process)
{
  E13View *view = process->is_apart && ops->open_view != NULL ? ops->open_view (process->pid, NULL) : NULL;
  E13Pin *theirs = view != NULL ? ops->pin_in_view (view, "/etc", NULL) : NULL;
  g_autoptr (E13Route) ours = view != NULL ? ops->route ("/etc", NULL) : NULL;
  gboolean differs = view != NULL;

  if (theirs != NULL && ours != NULL && ours->missing == NULL)
    {
      const E13Pin *last = ours->pins->pdata[ours->pins->len - 1];

      differs = !e13_object_key_same_inode (&theirs->facts.key, &last->facts.key);
    }
  if (view != NULL)
    {
      ops->unpin (theirs);
      ops->close_view (view);
    }
  return differs;
}

/* A worker may be in a chroot that its master, which has read the configuration, is not in. */
static gboolean
is_elsewhere (const E13ReadOps *ops, const GPtrArray *processes, const E13Process *process)
{
  const E13Process *parent = find_pid (processes, process->parent);

  return has_another_etc (ops, process)
         && (parent == NULL || strcmp (parent->program, process->program) != 0 || has_another_etc (ops, parent));
}

static void
running_clear (gpointer data)
{
  g_clear_pointer (&((E13Running *)data)->config, g_free);
}

GArray *
e13_running_find (const E13ServingQuestion *question, const GPtrArray *processes)
{
  GArray *running = g_array_new (FALSE, FALSE, sizeof (E13Running));

  g_array_set_clear_func (running, running_clear);
  for (guint i = 0; i < processes->len; i++)
    {
      const E13Process *process = processes->pdata[i];
      const E13ServerProgram *program = e13_server_program_of (process);
      E13Running one = { .process = process, .program = program };

      if (program == NULL)
        continue;
      one.is_believed = is_believed (process);
      one.is_owners = !one.is_believed && is_owners (question, process, program);
      if (!one.is_believed && !one.is_owners)
        continue;
      one.is_master = is_master (processes, process, program);
      one.is_elsewhere = is_elsewhere (question->ops, processes, process);
      one.config = one.is_elsewhere ? NULL : config_of (processes, process, program);
      g_array_append_val (running, one);
    }
  return running;
}
