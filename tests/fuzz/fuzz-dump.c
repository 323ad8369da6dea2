/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Dumps of permissions: whatever is read is a tree in which each node is found by its path. */

#include <string.h>

#include "platform/snapshot/dump.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
try_node (const E13Dump *dump, const E13DumpNode *node)
{
  g_autofree char *path = e13_dump_path (node, NULL);

  g_assert_true (node->parent == NULL || e13_dump_find (dump, dump->top, path) == node);
  g_assert_true (e13_dump_type (node) == E13_TYPE_DIRECTORY || node->children == NULL);
  for (guint i = 0; node->children != NULL && i < node->children->len; i++)
    try_node (dump, node->children->pdata[i]);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (E13Dump) dump = e13_dump_parse ((const char *)data, size, &error);

  g_assert_true ((dump == NULL) == (error != NULL));
  if (dump != NULL)
    try_node (dump, dump->top);
  return 0;
}
