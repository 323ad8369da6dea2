/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Undo: a journal's changes turned round, bound to the inodes that they were made on. */

#pragma once

#include "repair/apply.h"
#include "repair/journal.h"

/* The changes that take @journal back on @tree, from what the objects are now (each attribute is its before or its
 * after, one by one) to what they were. Those whose object has since become another, or moved on, come with
 * E13_OUTCOME_REFUSED and a reason. Objects that are already as they were are left out. An array of E13Change *, owned
 * by the caller; NULL and @error where nothing can be done. */
GPtrArray *e13_undo_plan (const E13ReadOps *ops, const E13Tree *tree, const E13Journal *journal, GError **error);

/* --new: the changes that strip from objects made since what they inherited from the default ACLs that @journal's
 * repair had set above them. Ordered by path; an array of E13Change *, owned by the caller; NULL and @error where the
 * tree could not be searched. */
GPtrArray *e13_undo_new_objects (const E13ReadOps *ops, const E13Tree *tree, const E13Journal *journal, GError **error);
