/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The write operations. Everything goes through the pin: no name is looked up again but those of directories made and
 * removed. */

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "base/fd.h"
#include "base/quote.h"
#include "platform/posix/acl.h"
#include "platform/posix/facts.h"
#include "platform/posix/guise.h"
#include "platform/posix/pin.h"
#include "platform/posix/proc.h"
#include "platform/posix/rewrite.h"
#include "platform/posix/system.h"

#define UPPER_BITS (S_ISUID | S_ISGID | S_ISVTX)
#define NEW_DIRECTORY_MODE 0777 /* less the umask; a default ACL of the parent stands in for that */
#define NEW_DIRECTORY_UMASK 022

static gboolean
refuse (GError **error, const E13Pin *pin, const char *why)
{
  g_autofree char *shown = e13_quote_display (pin->path);

  return e13_throw (error, E13_ERROR_REFUSED, "cannot change '%s': %s", shown, why);
}

/* The first attribute in which the two differ, in words; NULL where they are equal. */
static const char *
difference (const E13Attributes *a, const E13Attributes *b)
{
  if (a->uid != b->uid)
    return "owner";
  if (a->gid != b->gid)
    return "group";
  if (!e13_acl_equal (a->access, b->access))
    return "access ACL";
  if (a->mode != b->mode)
    return "mode";
  return e13_acl_equal (a->default_acl, b->default_acl) ? NULL : "default ACL";
}

static gboolean
throw_moved (const E13Pin *pin, GError **error, const char *what)
{
  g_autofree char *shown = e13_quote_display (pin->path);

  return e13_throw (error, E13_ERROR_MOVED, "cannot change '%s': %s", shown, what);
}

/* Of what is only held, the facts are of this moment, and the ACLs are still to be read. */
static gboolean
look_again (E13Pin *pin, GError **error)
{
  if (pin->facts.acl_state != E13_ACL_NOT_READ)
    return e13_posix_refresh (pin, error);
  e13_posix_acl_read (pin->fd, &pin->facts);
  return TRUE;
}

static gboolean
check_unmoved (E13Pin *pin, const E13ObjectKey *key, const E13Attributes *before, GError **error)
{
  g_auto (E13Attributes) now = { 0 };
  g_autofree char *what = NULL;
  const char *changed;

  if (!look_again (pin, error))
    return FALSE;
  if (!e13_object_key_same_inode (&pin->facts.key, key))
    return throw_moved (pin, error, "it is not the object that was judged");
  if (!e13_object_key_same_state (&pin->facts.key, key))
    return throw_moved (pin, error, "it has changed since it was judged");
  if (pin->facts.acl_state == E13_ACL_UNREADABLE)
    {
      errno = pin->facts.acl_errno;
      return e13_posix_throw_about (error, "read the ACL of", pin->path);
    }
  e13_attributes_from_facts (&now, &pin->facts);
  changed = difference (&now, before);
  if (changed == NULL)
    return TRUE;
  what = g_strdup_printf ("its %s is not what was judged", changed);
  return throw_moved (pin, error, what);
}

static gboolean
changes_owner (const E13Attributes *before, const E13Attributes *after)
{
  return before->uid != after->uid || before->gid != after->gid;
}

static gboolean
changes_access (const E13Attributes *before, const E13Attributes *after)
{
  return !e13_acl_equal (before->access, after->access);
}

/* chown(2) takes setuid and setgid from whatever is no directory, and says nothing. */
static gboolean
needs_upper_bits (const E13Facts *facts, const E13Attributes *before, const E13Attributes *after)
{
  return (before->mode & UPPER_BITS) != (after->mode & UPPER_BITS)
         || (changes_owner (before, after) && facts->type != E13_TYPE_DIRECTORY
             && (after->mode & (S_ISUID | S_ISGID)) != 0);
}

/* The kernel lets setgid fall, silently, where the caller of chmod(2) or of an ACL write is not in the object's
 * group. */
static gboolean
would_lose_setgid (const E13Facts *facts, const E13Attributes *before, const E13Attributes *after)
{
  g_autoptr (E13Identity) self = NULL;

  if ((after->mode & S_ISGID) == 0 || geteuid () == 0
      || !(changes_access (before, after) || needs_upper_bits (facts, before, after)))
    return FALSE;
  self = e13_posix_identity_self ();
  return !e13_identity_in_group (self, after->gid);
}

/* All that must not, or cannot, be written, before anything is. */
static gboolean
check_allowed (const E13Pin *pin, const E13Attributes *before, const E13Attributes *after, GError **error)
{
  const E13Facts *facts = &pin->facts;

  if (facts->type == E13_TYPE_SYMLINK)
    return refuse (error, pin, "a symbolic link has no permissions of its own");
  if ((after->mode & ACCESSPERMS) != e13_acl_to_mode (after->access))
    return refuse (error, pin, "the mode and the access ACL that it should have contradict each other");
  if (after->default_acl != NULL && facts->type != E13_TYPE_DIRECTORY)
    return refuse (error, pin, "only a directory can have a default ACL");
  if (changes_owner (before, after) && facts->type == E13_TYPE_FILE && e13_posix_has_capability (pin))
    return refuse (error, pin, "it has a file capability, which a change of owner would take away");
  if (would_lose_setgid (facts, before, after))
    return refuse (error, pin, "it would lose its setgid bit, because you are not in its group");
  if (facts->acl_state == E13_ACL_UNSUPPORTED && (e13_acl_is_extended (after->access) || after->default_acl != NULL))
    {
      g_autofree char *shown = e13_quote_display (pin->path);

      return e13_throw (error, E13_ERROR_UNSUPPORTED, "cannot write an ACL of '%s': its file system has none", shown);
    }
  return TRUE;
}

static gboolean
write_owner (const E13Pin *pin, const E13Attributes *before, const E13Attributes *after, GError **error)
{
  uid_t uid = before->uid != after->uid ? after->uid : (uid_t)-1;
  gid_t gid = before->gid != after->gid ? after->gid : (gid_t)-1;

  if (!changes_owner (before, after) || fchownat (pin->fd, "", uid, gid, AT_EMPTY_PATH) == 0)
    return TRUE;
  return e13_posix_throw_about (error, "change the owner of", pin->path);
}

static gboolean
write_mode (const E13Pin *pin, guint32 mode, GError **error)
{
  int proc = e13_posix_proc_fd (error);

  if (proc < 0)
    return FALSE;
  if (fchmodat (proc, e13_posix_fd_name (pin->fd).text, mode, 0) < 0)
    return e13_posix_throw_about (error, "change the mode of", pin->path);
  return TRUE;
}

static gboolean
write_access (const E13Pin *pin, const E13Attributes *before, const E13Attributes *after, GError **error)
{
  gboolean by_mode = pin->facts.acl_state == E13_ACL_UNSUPPORTED;

  if (changes_access (before, after) && !by_mode)
    {
      errno = e13_posix_acl_write_access (pin->fd, after->access);
      if (errno != 0)
        return e13_posix_throw_about (error, "write the access ACL of", pin->path);
    }
  if (needs_upper_bits (&pin->facts, before, after) || (changes_access (before, after) && by_mode))
    return write_mode (pin, after->mode, error);
  return TRUE;
}

static gboolean
write_default (const E13Pin *pin, const E13Attributes *before, const E13Attributes *after, GError **error)
{
  if (e13_acl_equal (before->default_acl, after->default_acl))
    return TRUE;
  errno = e13_posix_acl_write_default (pin->fd, after->default_acl);
  return errno == 0 || e13_posix_throw_about (error, "write the default ACL of", pin->path);
}

/* A default ACL goes in last and comes out first, so that nothing is ever made under one whose directory is not yet, or
 * no longer, as it should be. */
static gboolean
write_all (const E13Pin *pin, const E13Attributes *before, const E13Attributes *after, gboolean undoing, GError **error)
{
  return (!undoing || write_default (pin, before, after, error)) && write_owner (pin, before, after, error)
         && write_access (pin, before, after, error) && (undoing || write_default (pin, before, after, error));
}

static gboolean
check_kept (E13Pin *pin, const E13Attributes *after, GError **error)
{
  g_auto (E13Attributes) now = { 0 };
  const char *lost;

  if (!e13_posix_refresh (pin, error))
    return FALSE;
  if (pin->facts.acl_state == E13_ACL_UNREADABLE)
    {
      errno = pin->facts.acl_errno;
      return e13_posix_throw_about (error, "read back the ACL of", pin->path);
    }
  e13_attributes_from_facts (&now, &pin->facts);
  lost = difference (&now, after);
  if (lost != NULL)
    {
      g_autofree char *shown = e13_quote_display (pin->path);

      return e13_throw (error, E13_ERROR_FAILED, "the system did not keep the %s of '%s'", lost, shown);
    }
  return TRUE;
}

static gboolean
set (E13Pin *pin, const E13ObjectKey *key, const E13Attributes *before, const E13Attributes *after, gboolean undoing,
     GError **error)
{
  if (!check_unmoved (pin, key, before, error))
    return FALSE;
  if (e13_attributes_equal (before, after))
    return TRUE;
  if (!check_allowed (pin, before, after, error))
    return FALSE;
  if (!write_all (pin, before, after, undoing, error))
    {
      /* Some of it may have been written: the caller sees what. */
      e13_posix_refresh (pin, NULL);
      return FALSE;
    }
  return check_kept (pin, after, error);
}

/* mkdirat(2) with just the mode that is wanted, whatever the umask, which belongs to all threads. Returns 0 or
 * errno. */
static int
make_one (int parent, const char *name)
{
  static GMutex lock;
  mode_t saved;
  int error;

  g_mutex_lock (&lock);
  saved = umask (NEW_DIRECTORY_UMASK);
  error = mkdirat (parent, name, NEW_DIRECTORY_MODE) < 0 ? errno : 0;
  umask (saved);
  g_mutex_unlock (&lock);
  return error;
}

/* As the owner of @parent, so that the directory is theirs from its first moment, and only where they could have made
 * it themselves: no chown() follows that a swapped name could turn against another object. Returns 0 or errno. */
static int
make_as_owner (const E13Pin *parent, const char *name)
{
  g_autoptr (E13Identity) owner = e13_identity_new (NULL, parent->facts.uid, parent->facts.gid, NULL, 0, "");
  int error = e13_posix_guise_put_on (owner);

  if (error != 0)
    return error;
  error = make_one (parent->fd, name);
  /* Had it not taken, the directory would be root's, which is seen when it is pinned. */
  e13_posix_guise_take_off ();
  return error;
}

static char *
path_beneath (const E13Pin *parent, const char *name)
{
  return *parent->path != '\0' ? g_build_filename (parent->path, name, NULL) : g_strdup (name);
}

static int
open_directory (const E13Pin *parent, const char *name)
{
  return openat (parent->fd, name, O_PATH | O_NOFOLLOW | O_DIRECTORY | O_CLOEXEC);
}

/* Pins what was made. A parent that others may write can have another directory there by now: it must at least be its
 * owner's. */
static E13Pin *
pin_made (const E13Pin *parent, const char *name, const char *path, GError **error)
{
  gboolean as_owner = geteuid () == 0;
  guint32 uid = as_owner ? parent->facts.uid : geteuid ();
  E13Pin *pin = e13_posix_pin_of_fd (open_directory (parent, name), path, error);
  g_autofree char *shown = e13_quote_display (path);

  if (pin == NULL || (pin->facts.uid == uid && (!as_owner || pin->facts.gid == parent->facts.gid)))
    return pin;
  e13_posix_unpin (pin);
  e13_throw (error, E13_ERROR_FAILED, "the new directory '%s' does not belong to whom it should", shown);
  return NULL;
}

static E13Pin *
make_directory (const E13Pin *parent, const char *name, GBytes *sd G_GNUC_UNUSED, GError **error)
{
  gboolean as_owner = geteuid () == 0;
  g_autofree char *path = path_beneath (parent, name);
  E13Pin *pin;

  errno = as_owner ? make_as_owner (parent, name) : make_one (parent->fd, name);
  if (errno != 0)
    return e13_posix_throw_about (error, as_owner ? "make, as its parent's owner, the directory" : "make the directory",
                                  path),
           NULL;
  pin = pin_made (parent, name, path, error);
  if (pin == NULL)
    unlinkat (parent->fd, name, AT_REMOVEDIR);
  return pin;
}

static gboolean
remove_directory (const E13Pin *parent, const char *name, const E13ObjectKey *key, GError **error)
{
  g_autofree char *path = path_beneath (parent, name);
  e13_autofd int fd = open_directory (parent, name);
  E13Facts facts;

  if (fd < 0)
    return e13_posix_throw_about (error, "open the directory", path);
  errno = e13_posix_stat (fd, "", AT_EMPTY_PATH, &facts);
  if (errno != 0)
    return e13_posix_throw_about (error, "read the facts of", path);
  if (!e13_object_key_same_inode (&facts.key, key))
    {
      g_autofree char *shown = e13_quote_display (path);

      return e13_throw (error, E13_ERROR_MOVED, "cannot remove '%s': it is not the directory that was made", shown);
    }
  /* Whoever can write the parent could put another directory there now. No call removes by descriptor, but this one
   * removes only what is empty: nothing is lost that they could not have removed themselves. */
  if (unlinkat (parent->fd, name, AT_REMOVEDIR) < 0)
    return e13_posix_throw_about (error, "remove the directory", path);
  return TRUE;
}

const E13WriteOps e13_posix_write = {
  .rewrite = e13_posix_rewrite,
  .set = set,
  .make_directory = make_directory,
  .remove_directory = remove_directory,
};
