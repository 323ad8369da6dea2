/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Sight: what a running service makes of an object in its own view of the file system. */

#pragma once

#include "model/process.h"
#include "platform/platform.h"

typedef enum
{
  E13_SIGHT_SAME,
  E13_SIGHT_HIDDEN,
  E13_SIGHT_OTHER, /* something else lies there */
  E13_SIGHT_READ_ONLY,
} E13Sight;

/* @there: the path in @view where @pin is expected. @needs: what is wanted of it. */
E13Sight e13_sight_look (const E13ReadOps *ops, const E13View *view, const char *there, const E13Pin *pin,
                         const E13Identity *identity, E13Rights needs);
/* A clause: why it is denied. NULL for E13_SIGHT_SAME. */
const char *e13_sight_because (E13Sight sight);
/* Adds the settings that cure it to @cures (of char *). @full: the path here. */
void e13_sight_cures (GPtrArray *cures, const E13Service *service, E13Sight sight, const char *full);
