/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* An opened dump. Internal to platform/snapshot. */

#pragma once

#include "platform/snapshot/dump.h"

typedef struct
{
  E13Tree base;
  E13Dump *dump;
  const E13DumpNode *site;
} E13DumpTree;

/* @node under the name of @path. Free with e13_dump_unpin(). */
E13Pin *e13_dump_pin_new (const E13Dump *dump, const E13DumpNode *node, const char *path);
void e13_dump_unpin (gpointer pin);

/* E13ReadOps.route_in. */
E13Route *e13_dump_route_in (const E13Tree *base, const char *path, GError **error);
