/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "platform/posix/ask.h"
#include "platform/posix/label.h"
#include "platform/posix/pin.h"
#include "platform/posix/process.h"
#include "platform/posix/system.h"
#include "platform/posix/tree.h"
#include "platform/posix/walk.h"

const E13ReadOps e13_posix_read = {
  .name = "posix",
  .can_ask = e13_posix_can_ask,
  .route = e13_posix_route,
  .open_tree = e13_posix_open_tree,
  .close_tree = e13_posix_close_tree,
  .walk = e13_posix_walk,
  .ask_batch = e13_posix_ask_batch,
  .ask = e13_posix_ask,
  .pin_entry = e13_posix_pin_entry,
  .pin = e13_posix_pin,
  .hold = e13_posix_hold,
  .refresh = e13_posix_refresh,
  .unpin = e13_posix_unpin,
  .read_file = e13_posix_read_file,
  .list = e13_posix_list,
  .list_types = e13_posix_list_types,
  .mount_of = e13_posix_mount_of,
  .handle_of = e13_posix_handle_of,
  .has_capability = e13_posix_has_capability,
  .identity_parse = e13_posix_identity_parse,
  .group_find = e13_posix_group_find,
  .processes = e13_posix_processes,
  .process = e13_posix_process,
  .confinement = e13_posix_confinement,
  .setting = e13_posix_setting,
  .open_view = e13_posix_open_view,
  .pin_in_view = e13_posix_pin_in_view,
  .mounts_in_view = e13_posix_mounts_in_view,
  .close_view = e13_posix_close_view,
  .identity_self = e13_posix_identity_self,
  .user_name = e13_posix_user_name,
  .group_name = e13_posix_group_name,
};
