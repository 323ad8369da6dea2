/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Dumps of permissions: whatever is read is a tree in which each node is found by its path, with facts that the models
 * can judge. E13_DUMP_HEAD: what each input begins with, so that it is read as one format. */

#include <string.h>

#include "access/posix.h"
#include "platform/snapshot/dump.h"

#ifndef E13_DUMP_HEAD
#define E13_DUMP_HEAD ""
#endif

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
try_account (const E13Dump *dump, guint32 id)
{
  const char *word = e13_dump_names_find (dump->names, id);
  guint32 again = 0;

  g_assert_nonnull (word);
  g_assert_true (e13_dump_names_add (dump->names, word, &again, NULL));
  g_assert_cmpuint (again, ==, id);
}

static void
try_posix (const E13Dump *dump, const E13DumpNode *node)
{
  const E13DumpPosix *posix = node->posix;
  const E13Facts facts = {
    .mode = posix->mode,
    .uid = posix->uid,
    .gid = posix->gid,
    .acl_state = E13_ACL_READ,
    .access = posix->access,
    .default_acl = posix->default_acl,
  };
  g_autoptr (E13Identity) owner = e13_identity_new (NULL, posix->uid, posix->gid, NULL, 0, "owner");

  try_account (dump, posix->uid);
  try_account (dump, posix->gid);
  g_assert_cmpuint (e13_posix_judge (&facts, owner, E13_RIGHTS_ALL).granted, ==, posix->mode >> 6 & E13_RIGHTS_ALL);
}

static void
try_node (const E13Dump *dump, const E13DumpNode *node)
{
  g_autofree char *path = e13_dump_path (node, NULL);

  g_assert_true (node->parent == NULL || e13_dump_find (dump, dump->top, path) == node);
  g_assert_true (e13_dump_type (node) == E13_TYPE_DIRECTORY || node->children == NULL);
  g_assert_true (node->posix == NULL || (dump->is_posix && node->sd == NULL));
  if (node->posix != NULL)
    try_posix (dump, node);
  for (guint i = 0; node->children != NULL && i < node->children->len; i++)
    try_node (dump, node->children->pdata[i]);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GString) text = g_string_new (E13_DUMP_HEAD);
  g_autoptr (GError) error = NULL;
  g_autoptr (E13Dump) dump = NULL;

  g_string_append_len (text, (const char *)data, (gssize)size);
  dump = e13_dump_parse (text->str, text->len, &error);
  g_assert_true ((dump == NULL) == (error != NULL));
  if (dump != NULL)
    try_node (dump, dump->top);
  return 0;
}
