/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Trees of Windows on Linux: what the POSIX platform does, and what Windows has is put into the facts. */

#include "config.h"

#include "platform/posix/foreign.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>

#include "base/error.h"
#include "base/fd.h"
#include "base/path.h"
#include "base/quote.h"
#include "platform/posix/facts.h"
#include "platform/posix/foreign-xattr.h"
#include "platform/posix/open.h"
#include "platform/posix/pin.h"
#include "platform/posix/system.h"
#include "platform/posix/tree.h"
#include "platform/posix/walk.h"

/* ---- Pins -------------------------------------------------------------------------------------------------------- */

static E13Pin *
complete (E13Pin *pin)
{
  if (pin != NULL)
    e13_foreign_read_facts (pin->fd, &pin->facts);
  return pin;
}

static E13Pin *
foreign_pin (const E13Tree *tree, const char *path, GError **error)
{
  return complete (e13_posix_pin (tree, path, error));
}

static E13Pin *
foreign_pin_entry (const E13Batch *batch, gsize index, GError **error)
{
  return complete (e13_posix_pin_entry (batch, index, error));
}

static E13Route *
foreign_route (const char *path, GError **error)
{
  E13Route *route = e13_posix_route (path, error);

  for (guint i = 0; route != NULL && i < route->pins->len; i++)
    complete (route->pins->pdata[i]);
  return route;
}

gboolean
e13_foreign_refresh (E13Pin *pin, GError **error)
{
  return e13_posix_refresh (pin, error) && complete (pin) != NULL;
}

/* The path below the root of an NTFS volume, whose drive is not known here; NULL for trees of other kinds. */
static char *
path_on_volume (const E13Tree *tree)
{
  g_auto (E13Mount) mount = { 0 };
  gboolean is_volume = e13_foreign_is_ntfs (tree->root->fd) && e13_posix_mount_of (tree->root, &mount, NULL)
                       && e13_path_is_in (tree->path, mount.mount_point);
  const char *below = is_volume ? tree->path + strlen (mount.mount_point) : NULL;

  if (below == NULL)
    return NULL;
  return e13_path_join ("\\", below + (below[0] == '/'), '\\');
}

static E13Tree *
foreign_open_tree (const char *path, GError **error)
{
  E13Tree *tree = e13_posix_open_tree (path, error);

  if (tree == NULL)
    return NULL;
  tree->has_descriptors = TRUE;
  complete (tree->root);
  if (tree->root->facts.sd_errno == ENODATA)
    {
      g_autofree char *shown = e13_quote_display (path);

      e13_posix_close_tree (tree);
      return e13_throw (
                 error, E13_ERROR_UNSUPPORTED,
                 "cannot judge '%s' for an account of Windows: it has no security descriptor, as volumes of NTFS, "
                 "CIFS and shares of Samba have",
                 shown),
             NULL;
    }
  tree->there = path_on_volume (tree);
  return tree;
}

/* ---- The walk ---------------------------------------------------------------------------------------------------- */

typedef struct
{
  const E13Visitor *visitor;
  gpointer data;
} Walk;

static void
note_name (E13Dir *dir, const char *name, gpointer data)
{
  const Walk *walk = data;

  walk->visitor->note_name (dir, name, walk->data);
}

static gboolean
wants (const E13Dir *dir, const char *name, gpointer data)
{
  const Walk *walk = data;

  return walk->visitor->wants (dir, name, walk->data);
}

static void
skipped (const char *path, const E13Facts *facts, E13SkipReason reason, gpointer data)
{
  const Walk *walk = data;

  walk->visitor->skipped (path, facts, reason, walk->data);
}

/* Of an entry that has become another meanwhile nothing is read: pinning it will say so. */
static void
complete_entry (int dirfd, E13Entry *entry)
{
  E13Facts now = { 0 };
  e13_autofd int fd = -1;

  if (entry->error != 0 || (entry->facts.type != E13_TYPE_FILE && entry->facts.type != E13_TYPE_DIRECTORY))
    return;
  fd = e13_posix_open_beneath (dirfd, entry->name, 0);
  if (fd >= 0 && e13_posix_stat (fd, "", AT_EMPTY_PATH, &now) == 0
      && e13_object_key_same_state (&now.key, &entry->facts.key))
    e13_foreign_read_facts (fd, &entry->facts);
}

static void
visit (const E13Batch *batch, gpointer data)
{
  const Walk *walk = data;
  int dirfd = e13_posix_batch_fd (batch);

  if (batch->first && dirfd >= 0)
    e13_foreign_read_facts (dirfd, &batch->dir->facts);
  for (gsize i = 0; i < batch->n_entries && dirfd >= 0; i++)
    complete_entry (dirfd, &batch->entries[i]);
  walk->visitor->visit (batch, walk->data);
  for (gsize i = 0; i < batch->n_entries; i++)
    e13_facts_clear (&batch->entries[i].facts);
}

static gboolean
foreign_walk (const E13Tree *tree, const E13WalkOptions *options, const E13Visitor *visitor, gpointer data,
              GError **error)
{
  const E13Visitor completing = {
    .note_name = visitor->note_name != NULL ? note_name : NULL,
    .wants = visitor->wants != NULL ? wants : NULL,
    .visit = visit,
    .skipped = visitor->skipped != NULL ? skipped : NULL,
  };
  Walk walk = { visitor, data };

  return e13_posix_walk (tree, options, &completing, &walk, error);
}

/* ---- What only Windows could answer ------------------------------------------------------------------------------ */

static gboolean
foreign_can_ask (GError **error)
{
  return e13_throw (error, E13_ERROR_UNSUPPORTED, "only the Windows that the tree is of could be asked");
}

static E13Answer
foreign_ask (const E13Pin *pin G_GNUC_UNUSED, const E13Identity *identity G_GNUC_UNUSED, E13Rights want G_GNUC_UNUSED)
{
  return (E13Answer){ .error = ENOSYS, .unknown = TRUE };
}

static void
foreign_ask_batch (const E13Batch *batch, const E13Identity *identity G_GNUC_UNUSED, E13Rights want_directory,
                   E13Answer *ret_directory, const E13Rights *want G_GNUC_UNUSED, E13Answer *ret_answers)
{
  const E13Answer unknown = { .error = ENOSYS, .unknown = TRUE };

  if (want_directory != E13_RIGHT_NONE)
    *ret_directory = unknown;
  for (gsize i = 0; i < batch->n_entries; i++)
    ret_answers[i] = unknown;
}

/* What the mount makes of modes does not matter: they are not looked at. And a volume of NTFS is here, though FUSE
 * might have it from anywhere. */
static gboolean
foreign_mount_of (const E13Pin *pin, E13Mount *ret_mount, GError **error)
{
  if (!e13_posix_mount_of (pin, ret_mount, error))
    return FALSE;
  ret_mount->mode_from_mount = FALSE;
  ret_mount->noexec = FALSE;
  ret_mount->is_network = ret_mount->is_network && !e13_foreign_is_ntfs (pin->fd);
  return TRUE;
}

/* ntfs-3g uses the number of an object again, and FUSE has no handles that outlive a mount: so its time of birth
 * counts. */
static char *
foreign_handle_of (const E13Pin *pin, GError **error)
{
  g_autofree char *handle = e13_posix_handle_of (pin, error);
  g_autofree char *birth = handle != NULL ? e13_foreign_birth (pin->fd) : NULL;

  return birth != NULL ? g_strdup_printf ("%s/%s", handle, birth) : g_steal_pointer (&handle);
}

/* Names and numbers of Unix mean nothing in such a tree. */
static const char *
no_name (guint32 id G_GNUC_UNUSED)
{
  return NULL;
}

const E13ReadOps e13_foreign_read = {
  .name = "foreign",
  .can_ask = foreign_can_ask,
  .route = foreign_route,
  .open_tree = foreign_open_tree,
  .close_tree = e13_posix_close_tree,
  .walk = foreign_walk,
  .ask_batch = foreign_ask_batch,
  .ask = foreign_ask,
  .pin_entry = foreign_pin_entry,
  .pin = foreign_pin,
  .hold = foreign_pin,
  .refresh = e13_foreign_refresh,
  .unpin = e13_posix_unpin,
  .read_file = e13_posix_read_file,
  .list = e13_posix_list,
  .mount_of = foreign_mount_of,
  .handle_of = foreign_handle_of,
  .has_capability = e13_posix_has_capability,
  .identity_parse = e13_posix_identity_parse,
  .identities_found = e13_posix_identities_found,
  .identity_self = e13_posix_identity_self,
  .user_name = no_name,
  .group_name = no_name,
};
