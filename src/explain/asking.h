/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* One question about one object: asks the kernel or the model, and puts the answer on the chain. Internal to
 * explain/. */

#pragma once

#include "explain/path.h"

typedef struct
{
  const E13Asker *asker;
  const E13ReadOps *ops;
  const E13Identity *identity;
  gboolean ask_kernel;
  E13Names names;
  E13Explanation *explanation; /* what the answers are added to */
  E13Mount mount;              /* of the object that was asked about last */
  guint64 mount_id;
  guint depth; /* how many programs that are to be run lead here */
} E13Asking;

void e13_asking_init (E13Asking *asking, const E13Asker *asker, E13Explanation *explanation);
void e13_asking_clear (E13Asking *asking);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (E13Asking, e13_asking_clear)

/* Asks for all of @rights of the object that @pin holds; where they are denied, the cures are added too. */
void e13_asking_rights (E13Asking *asking, const E13Pin *pin, const char *asked, E13Rights rights);

/* What permission bits do not say about deleting @object out of @directory: flags, mounts, the sticky bit. */
void e13_asking_delete (E13Asking *asking, const E13Pin *directory, const E13Pin *object);

/* As e13_explain_path(), for what @depth programs lead to; NULL where it cannot be asked about. */
E13Explanation *e13_explain_below (const E13Asker *asker, const char *path, const E13Wanted *wanted, guint depth);

/* Adds a link to the chain whose verdict is known otherwise. @because is taken over. */
void e13_asking_add (E13Asking *asking, const char *path, const char *asked, E13YesNo granted, char *because);
