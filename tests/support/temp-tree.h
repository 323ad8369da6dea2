/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Trees for tests: made from a table in a new temporary directory, with owners, modes and ACLs, and removed again. */

#pragma once

#include <glib.h>

typedef struct
{
  char type;        /* 'd' directory, 'f' file, 'l' link, 'p' FIFO, 'h' hard link; 0 ends a table */
  guint mode;       /* of 'd', 'f', 'p' */
  guint uid;        /* owner and group; needs root where it is not the caller's */
  const char *path; /* beneath the tree; "" is the tree itself */
  const char *more; /* 'f': content (NULL: its own path); 'l' and 'h': target */
  const char *acl;  /* in setfacl's short form; NULL: none */
} E13TempObject;

typedef struct
{
  char *path;   /* absolute, without links: the site's root */
  char *parent; /* the temporary directory that holds it, mode 0755 */
} E13TempTree;

/* Aborts the test where the tree can't be made. Parents must stand before what they hold; the root is made 0755 unless
 * the table has "". */
E13TempTree *e13_temp_tree_new (const E13TempObject *objects);
void e13_temp_tree_free (E13TempTree *tree);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (E13TempTree, e13_temp_tree_free)

/* Removes @path and all below it, whatever its modes. */
void e13_remove_tree (const char *path);
