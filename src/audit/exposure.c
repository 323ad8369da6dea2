/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "audit/auditor.h"

#define OTHERS_EXECUTE 01u
#define OTHERS_WRITE 02u
#define OTHERS_READ 04u
#define STICKY 01000u
/* What Linux shows where an id has no number in this user namespace (Documentation/admin-guide/sysctl/fs.rst,
 * overflowuid). */
#define OVERFLOW_ID 65534u

static const E13Facts *
facts_of (const E13Batch *batch, gsize index)
{
  return index == E13_THE_DIRECTORY ? &batch->dir->facts : &batch->entries[index].facts;
}

/* Adds a finding with the ACLs read through a pin; nothing where the object has gone meanwhile. */
static E13Finding *
add (E13Auditor *auditor, const E13Batch *batch, gsize index, E13RuleId rule, char *sentence, char *because)
{
  const E13ReadOps *ops = auditor->request->ops;
  g_autofree char *path = e13_auditor_path (batch, index);
  E13Pin *pin = ops->pin_entry (batch, index, NULL);
  E13Finding *finding = e13_finding_new (&e13_rules[rule], path, pin != NULL ? &pin->facts : facts_of (batch, index));

  finding->sentence = sentence;
  finding->because = because;
  ops->unpin (pin);
  e13_auditor_add (auditor, finding);
  return finding;
}

/* What the app needs of an object stays with it when others lose what they had. */
static void
keep_for_app (const E13Auditor *auditor, E13Finding *finding, const E13Requirement *requirement)
{
  const E13Role *app = &auditor->roles[0];

  finding->identity = app->identity;
  finding->needs = finding->has = e13_auditor_needs (app, requirement, finding->facts.type);
  /* Else it is the reason why somebody may, not why others should not. */
  finding->why = requirement->world == E13_LEVEL_NONE ? requirement->why : NULL;
}

static gboolean
others_reach (const E13Auditor *auditor, const E13Dir *dir)
{
  if (!auditor->others_reach_site)
    return FALSE;
  for (; dir != NULL && dir->parent != NULL; dir = dir->parent)
    if ((dir->facts.mode & OTHERS_EXECUTE) == 0)
      return FALSE;
  return TRUE;
}

static void
check_world (E13Auditor *auditor, const E13Batch *batch, gsize index, const E13Requirement *requirement)
{
  const E13Facts *facts = facts_of (batch, index);
  gboolean is_directory = facts->type == E13_TYPE_DIRECTORY;
  const E13Dir *way = is_directory ? batch->dir->parent : batch->dir;
  const char *noun = e13_object_type_name (facts->type);

  if ((facts->mode & OTHERS_WRITE) != 0 && !(is_directory && (facts->mode & STICKY) != 0)
      && others_reach (auditor, way))
    keep_for_app (
        auditor,
        add (auditor, batch, index, E13_RULE_WORLD_WRITABLE,
             g_strdup_printf ("every account on this machine can %s this %s", is_directory ? "change" : "write", noun),
             g_strdup_printf ("mode %04o gives w to others", facts->mode)),
        requirement);
  if (requirement->world == E13_LEVEL_NONE && (facts->mode & (is_directory ? OTHERS_EXECUTE : OTHERS_READ)) != 0
      && others_reach (auditor, way))
    keep_for_app (
        auditor,
        add (auditor, batch, index, E13_RULE_SECRET_READABLE,
             g_strdup_printf ("every account on this machine can %s this %s", is_directory ? "enter" : "read", noun),
             g_strdup_printf ("mode %04o gives %s to others", facts->mode, is_directory ? "x" : "r")),
        requirement);
}

/* An owner can change the mode of what it owns, so taking w away holds nobody back: counted, and said once for the
 * site. */
static void
check_code (E13Auditor *auditor, const E13Batch *batch, gsize index, const E13Requirement *requirement)
{
  const E13Facts *facts = facts_of (batch, index);
  const E13Identity *app = auditor->roles[0].identity;
  const E13ReadOps *ops = auditor->request->ops;
  E13Rights surely = 0, surely_not = 0;
  E13Finding *finding;
  E13Pin *pin;
  gboolean writable;

  if (!requirement->code || facts->type != E13_TYPE_FILE)
    return;
  e13_access_bounds (facts, app, E13_RIGHT_WRITE, &surely, &surely_not);
  if ((surely_not & E13_RIGHT_WRITE) != 0)
    return;
  if (facts->uid == app->uid)
    {
      __atomic_fetch_add (&auditor->n_own_code, 1, __ATOMIC_RELAXED);
      return;
    }
  pin = ops->pin_entry (batch, index, NULL);
  writable = pin != NULL && e13_auditor_ask (auditor, pin, app, E13_RIGHT_WRITE).granted == E13_RIGHT_WRITE;
  ops->unpin (pin);
  if (!writable)
    return;
  finding
      = add (auditor, batch, index, E13_RULE_CODE_WRITABLE, g_strdup ("the application can change its own code here"),
             g_strdup_printf ("mode %04o, and what its ACL adds, give it w", facts->mode));
  keep_for_app (auditor, finding, requirement);
  if (requirement->asks_to_write_code)
    finding->severity = E13_SEVERITY_NOTE;
}

/* A name by the inode of its directory, whatever that is called, so that none counts twice when directories are renamed
 * during the walk. Renaming the file itself changes its state, by which names are counted. */
static char *
name_of_link (const E13Batch *batch, gsize index)
{
  const E13ObjectKey *file = &batch->entries[index].facts.key;
  const E13ObjectKey *directory = &batch->dir->facts.key;

  return g_strdup_printf ("%" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT " %s", file->inode,
                          directory->device, directory->inode, batch->entries[index].name);
}

/* The names of an inode are counted over the whole walk: only those that lie outside the site matter. */
static void
count_links (E13Auditor *auditor, const E13Batch *batch, gsize index)
{
  const E13Facts *facts = facts_of (batch, index);

  if (facts->type != E13_TYPE_FILE || facts->n_links < 2)
    return;
  g_mutex_lock (&auditor->lock);
  if (g_hash_table_add (auditor->link_names, name_of_link (batch, index)))
    {
      gpointer count = g_hash_table_lookup (auditor->links_inside, &facts->key);

      g_hash_table_replace (auditor->links_inside, g_memdup2 (&facts->key, sizeof facts->key),
                            GUINT_TO_POINTER (GPOINTER_TO_UINT (count) + 1));
    }
  g_mutex_unlock (&auditor->lock);
}

static void
check_owner (E13Auditor *auditor, const E13Batch *batch, gsize index)
{
  const E13Facts *facts = facts_of (batch, index);
  gboolean is_new;
  E13Finding *finding;

  if (index != E13_THE_DIRECTORY && facts->uid == batch->dir->facts.uid)
    return;
  if (facts->uid != OVERFLOW_ID && auditor->names.user_name (facts->uid) != NULL)
    return;
  g_mutex_lock (&auditor->lock);
  is_new = g_hash_table_add (auditor->strange_owners, GUINT_TO_POINTER (facts->uid));
  g_mutex_unlock (&auditor->lock);
  if (!is_new)
    return;
  finding = add (auditor, batch, index, E13_RULE_UNMAPPED_ID,
                 g_strdup_printf ("this %s (the first of its kind here) belongs to uid %u, %s",
                                  e13_object_type_name (facts->type), facts->uid,
                                  facts->uid == OVERFLOW_ID ? "which stands for an owner that has no number here"
                                                            : "which has no account on this machine"),
                 g_strdup ("it was made by an archive, a container or a machine that numbers its accounts otherwise"));
  if (facts->uid != OVERFLOW_ID)
    finding->severity = E13_SEVERITY_NOTE;
}

static void
check_name (E13Auditor *auditor, const E13Batch *batch, gsize index)
{
  const char *name = index != E13_THE_DIRECTORY ? batch->entries[index].name : NULL;
  E13Finding *finding;

  if (name == NULL || strchr (name, '\\') == NULL)
    return;
  finding = add (
      auditor, batch, index, E13_RULE_BACKSLASH_NAME,
      g_strdup ("its name holds a backslash: a path of Windows became one file, so what looks for it below a directory "
                "finds nothing (Errno 2)"),
      g_strdup ("the archive was made with backslashes and unpacked by a tool that keeps them"));
  g_ptr_array_add (finding->cures, g_strdup ("unpack the archive again with a tool that repairs them, such as unzip"));
}

void
e13_auditor_check_exposure (E13Auditor *auditor, const E13Batch *batch, gsize index, const E13Requirement *requirement)
{
  const E13Facts *facts = facts_of (batch, index);

  if (auditor->roles[0].identity->token != NULL)
    {
      e13_auditor_check_descriptor (auditor, batch, index, requirement);
      return;
    }
  check_owner (auditor, batch, index);
  check_name (auditor, batch, index);
  if (facts->type == E13_TYPE_SYMLINK)
    return;
  if (facts->type != E13_TYPE_FILE && facts->type != E13_TYPE_DIRECTORY)
    {
      add (auditor, batch, index, E13_RULE_SPECIAL_FILE,
           g_strdup_printf ("this is a %s: it is left as it is", e13_object_type_name (facts->type)), NULL);
      return;
    }
  count_links (auditor, batch, index);
  check_world (auditor, batch, index, requirement);
  check_code (auditor, batch, index, requirement);
}
