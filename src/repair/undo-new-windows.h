/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The part of undo --new for objects of Windows. Private to src/repair; pure functions. */

#pragma once

#include "model/change.h"

/* Did the repair that @record is of give its directory an entry that new objects inherit? */
gboolean e13_undo_windows_grants (const E13Change *record);
/* The descriptor of an object made since, with @facts, without what it inherited of that; NULL where it does not hold
 * all of it. Free with g_bytes_unref(). */
GBytes *e13_undo_windows_strip (const E13Facts *facts, const E13Change *record);
