/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The door to the access models: who asks decides which of them judges. For an account of Windows, which is known by a
 * token, that is the security descriptor of the object; for all others its mode and POSIX ACL. Pure functions. */

#pragma once

#include "access/posix.h"

/* A directory above an object: where entries are inherited from. */
typedef struct
{
  const E13SecurityDescriptor *sd; /* NULL: not known */
  const char *path;                /* as a person knows it */
} E13Above;

/* May @identity do all of @want? As e13_posix_judge(); of a verdict by a security descriptor, only @granted and @unsure
 * say something. */
E13Verdict e13_access_judge (const E13Facts *facts, const E13Identity *identity, E13Rights want);

/* As e13_posix_bounds(): what can be said without a question to the object. */
void e13_access_bounds (const E13Facts *facts, const E13Identity *identity, E13Rights want, E13Rights *ret_surely,
                        E13Rights *ret_surely_not);

/* As e13_posix_explain(), for what is denied. @above: the directories above the object, nearest first; may be NULL. */
char *e13_access_explain (const E13Facts *facts, const E13Above *above, gsize n_above, const E13Identity *identity,
                          const E13Verdict *verdict, E13Rights want, const E13Names *names);

/* What @rights mean in the terms of @identity's system: "rwx", or "Modify". Free with g_free(). */
char *e13_access_describe (const E13Identity *identity, E13ObjectType type, E13Rights rights);

/* The access mask that @rights stand for on Windows. Writing a directory is Modify, as the classic advice has it; of a
 * file, it is to read, change and lengthen it. Search is nothing: accounts bypass traverse checking. */
guint32 e13_access_mask (E13ObjectType type, E13Rights rights);
