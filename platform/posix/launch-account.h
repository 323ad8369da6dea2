/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* As whom a program may be run, for those who run it. Made by e13_launch_account_new() alone. */

#pragma once

#include "platform/launch.h"

struct E13LaunchAccount
{
  E13Identity *identity; /* to be taken on; NULL: the caller */
  gboolean may_be_root;
  const char *differs;
};
