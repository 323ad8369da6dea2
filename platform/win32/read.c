/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <errno.h>

#include "base/error.h"
#include "platform/win32/identity.h"
#include "platform/win32/mount.h"
#include "platform/win32/pin.h"
#include "platform/win32/route.h"
#include "platform/win32/users.h"
#include "platform/win32/walk.h"

/* ---- What this system is not asked ------------------------------------------------------------------------------- */

/* AccessCheck() is a function of a descriptor and a token like our own; a server could be asked only by logging on as
 * its account. */
static gboolean
can_ask (GError **error)
{
  return e13_throw (error, E13_ERROR_UNSUPPORTED, "the access check is calculated; the server was not asked");
}

static E13Answer
ask (const E13Pin *pin, const E13Identity *identity, E13Rights want)
{
  (void)pin;
  (void)identity;
  (void)want;
  return (E13Answer){ .error = ENOSYS, .unknown = TRUE };
}

static void
ask_batch (const E13Batch *batch, const E13Identity *identity, E13Rights want_directory, E13Answer *ret_directory,
           const E13Rights *want, E13Answer *ret_answers)
{
  (void)identity;
  (void)want_directory;
  (void)want;
  if (ret_directory != NULL)
    *ret_directory = (E13Answer){ .error = ENOSYS, .unknown = TRUE };
  for (gsize i = 0; i < batch->n_entries; i++)
    ret_answers[i] = (E13Answer){ .error = ENOSYS, .unknown = TRUE };
}

/* ---- What it has not --------------------------------------------------------------------------------------------- */

static gboolean
has_capability (const E13Pin *pin)
{
  (void)pin;
  return FALSE;
}

static const char *
no_name (guint32 id)
{
  (void)id;
  return NULL;
}

const E13ReadOps e13_win32_read = {
  .name = "win32",
  .is_windows = TRUE,
  .can_ask = can_ask,
  .route = e13_win32_route,
  .open_tree = e13_win32_open_tree,
  .close_tree = e13_win32_close_tree,
  .walk = e13_win32_walk,
  .ask_batch = ask_batch,
  .ask = ask,
  .pin_entry = e13_win32_pin_entry,
  .pin = e13_win32_pin,
  .hold = e13_win32_pin,
  .refresh = e13_win32_refresh,
  .unpin = e13_win32_unpin,
  .read_file = e13_win32_read_file,
  .list = e13_win32_list,
  .who_uses = e13_win32_who_uses,
  .mount_of = e13_win32_mount_of,
  .handle_of = e13_win32_handle_of,
  .has_capability = has_capability,
  .identity_parse = e13_win32_identity_parse,
  .identities_found = e13_win32_identities_found,
  .identity_self = e13_win32_identity_self,
  .is_elevated = e13_win32_is_elevated,
  .user_name = no_name,
  .group_name = no_name,
};
