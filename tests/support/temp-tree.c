/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "tests/support/temp-tree.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <sys/acl.h>
#include <sys/stat.h>
#include <unistd.h>

static void
must (gboolean worked, const char *what, const char *path)
{
  if (!worked)
    g_error ("cannot %s '%s': %s", what, path, g_strerror (errno));
}

static void
set_acl (const char *path, const char *text)
{
  acl_t acl = acl_from_text (text);

  must (acl != NULL && acl_set_file (path, ACL_TYPE_ACCESS, acl) == 0, "set the ACL of", path);
  acl_free (acl);
}

static void
make (const E13TempTree *tree, const E13TempObject *object)
{
  g_autofree char *path = g_build_filename (tree->path, object->path, NULL);
  g_autofree char *target = NULL;
  const char *content = object->more != NULL ? object->more : object->path;

  switch (object->type)
    {
    case 'd':
      must (object->path[0] == '\0' || mkdir (path, 0700) == 0, "make", path);
      break;
    case 'f':
      must (g_file_set_contents (path, content, -1, NULL), "write", path);
      break;
    case 'p':
      must (mkfifo (path, 0600) == 0, "make", path);
      break;
    case 'l':
      must (symlink (object->more, path) == 0, "link", path);
      must (lchown (path, object->uid, object->uid) == 0, "give", path);
      return;
    case 'h':
      target = g_build_filename (tree->path, object->more, NULL);
      must (link (target, path) == 0, "link", path);
      return;
    default:
      g_error ("unknown type '%c' of '%s'", object->type, path);
    }
  must (chown (path, object->uid, object->uid) == 0, "give", path);
  must (chmod (path, object->mode) == 0, "set the mode of", path);
  if (object->acl != NULL)
    set_acl (path, object->acl);
}

E13TempTree *
e13_temp_tree_new (const E13TempObject *objects)
{
  E13TempTree *tree = g_new0 (E13TempTree, 1);

  tree->parent = g_build_filename (g_get_tmp_dir (), "errno13-XXXXXX", NULL);
  must (g_mkdtemp_full (tree->parent, 0755) != NULL, "make", tree->parent);
  must (chmod (tree->parent, 0755) == 0, "open", tree->parent);
  tree->path = g_build_filename (tree->parent, "site", NULL);
  must (mkdir (tree->path, 0755) == 0 && chmod (tree->path, 0755) == 0, "make", tree->path);
  for (; objects->type != 0; objects++)
    make (tree, objects);
  return tree;
}

static int
remove_one (const char *path, const struct stat *status, int flag, struct FTW *ftw)
{
  (void)status;
  (void)flag;
  (void)ftw;
  return remove (path);
}

void
e13_remove_tree (const char *path)
{
  nftw (path, remove_one, 64, FTW_DEPTH | FTW_PHYS);
}

void
e13_temp_tree_free (E13TempTree *tree)
{
  if (tree == NULL)
    return;
  e13_remove_tree (tree->parent);
  g_free (tree->parent);
  g_free (tree->path);
  g_free (tree);
}
