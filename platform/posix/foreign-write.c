/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Writing what an object of Windows has, through its pin. */

#include "config.h"

#include <errno.h>

#include "base/error.h"
#include "base/quote.h"
#include "platform/posix/foreign-xattr.h"
#include "platform/posix/foreign.h"
#include "platform/posix/pin.h"
#include "platform/posix/rewrite.h"

/* The first attribute in which the two differ, in words; NULL where they are equal. */
static const char *
difference (const E13Attributes *a, const E13Attributes *b)
{
  if (!e13_attributes_same_sd (a->sd, b->sd))
    return "security descriptor";
  if (!e13_attributes_same_zone (a->zone, b->zone))
    return "stream Zone.Identifier";
  return a->read_only == b->read_only ? NULL : "read-only attribute";
}

/* Reads the pin again; what its attributes are now. */
static gboolean
read_now (E13Pin *pin, E13Attributes *ret_now, GError **error)
{
  if (!e13_foreign_refresh (pin, error))
    return FALSE;
  if (pin->facts.sd == NULL)
    {
      errno = pin->facts.sd_errno;
      return e13_posix_throw_about (error, "read the security descriptor of", pin->path);
    }
  e13_attributes_from_facts (ret_now, &pin->facts);
  return TRUE;
}

static gboolean
check_unmoved (E13Pin *pin, const E13ObjectKey *key, const E13Attributes *before, GError **error)
{
  g_autofree char *shown = e13_quote_display (pin->path);
  g_auto (E13Attributes) now = { 0 };
  const char *changed;

  if (!read_now (pin, &now, error))
    return FALSE;
  if (!e13_object_key_same_inode (&pin->facts.key, key))
    return e13_throw (error, E13_ERROR_MOVED, "cannot change '%s': it is not the object that was judged", shown);
  if (!e13_object_key_same_state (&pin->facts.key, key))
    return e13_throw (error, E13_ERROR_MOVED, "cannot change '%s': it has changed since it was judged", shown);
  changed = difference (&now, before);
  if (changed != NULL)
    return e13_throw (error, E13_ERROR_MOVED, "cannot change '%s': its %s is not what was judged", shown, changed);
  return TRUE;
}

static gboolean
check_kept (E13Pin *pin, const E13Attributes *after, GError **error)
{
  g_autofree char *shown = e13_quote_display (pin->path);
  g_auto (E13Attributes) now = { 0 };
  const char *lost;

  if (!read_now (pin, &now, error))
    return FALSE;
  lost = difference (&now, after);
  if (lost != NULL)
    return e13_throw (error, E13_ERROR_FAILED, "the system did not keep the %s of '%s'", lost, shown);
  return TRUE;
}

static gboolean
foreign_set (E13Pin *pin, const E13ObjectKey *key, const E13Attributes *before, const E13Attributes *after,
             gboolean undoing G_GNUC_UNUSED, GError **error)
{
  if (!check_unmoved (pin, key, before, error))
    return FALSE;
  if (!e13_foreign_put (pin->fd, pin->path, before, after, error))
    {
      /* Some of it may have been written: the caller sees what. */
      e13_foreign_refresh (pin, NULL);
      return FALSE;
    }
  return check_kept (pin, after, error);
}

/* A directory made from Linux has what its driver thinks fit: Everyone with Full Control, or nothing. */
static gboolean
give_descriptor (const E13Pin *parent, E13Pin *made, GBytes *sd, GError **error)
{
  const E13Attributes wanted = { .sd = sd };

  return e13_foreign_put_new (parent, made, sd, error) && check_kept (made, &wanted, error);
}

static E13Pin *
foreign_make_directory (const E13Pin *parent, const char *name, GBytes *sd, GError **error)
{
  E13Pin *made = e13_posix_write.make_directory (parent, name, NULL, error);

  if (made == NULL || give_descriptor (parent, made, sd, error))
    return made;
  e13_posix_write.remove_directory (parent, name, &made->facts.key, NULL);
  e13_posix_unpin (made);
  return NULL;
}

static gboolean
foreign_remove_directory (const E13Pin *parent, const char *name, const E13ObjectKey *key, GError **error)
{
  return e13_posix_write.remove_directory (parent, name, key, error);
}

const E13WriteOps e13_foreign_write = {
  .set = foreign_set,
  .make_directory = foreign_make_directory,
  .remove_directory = foreign_remove_directory,
  .rewrite = e13_posix_rewrite,
};
