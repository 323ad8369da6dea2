/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What would cure a denial: the command that a person could type, or advice where no permission helps. Internal to
 * explain/. */

#pragma once

#include "model/identity.h"
#include "model/object.h"

/* Adds to @cures (of char *) the narrowest command that gives @identity @needs of the object at @path. */
void e13_cure_grant (GPtrArray *cures, const char *path, const E13Facts *facts, const E13Mount *mount,
                     const E13Identity *identity, E13Rights needs);

/* The same of an object of Windows, as the one entry that gives @token what @mask says, or why there is none.
 * @there: the path as its own machine writes it; NULL: not known. */
void e13_cure_descriptor (GPtrArray *cures, const char *path, const char *there, const E13Facts *facts,
                          const E13Token *token, guint32 mask);

void e13_cure_read_only (GPtrArray *cures, const E13Mount *mount);
void e13_cure_noexec (GPtrArray *cures, const E13Mount *mount);
/* @flag: 'i' or 'a'. */
void e13_cure_flag (GPtrArray *cures, const char *path, char flag);
