/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The configuration of this machine, as sources: believed only where nobody but root can have written it. */

#pragma once

#include "platform/platform.h"
#include "servers/sources.h"

/* Sources through @ops, which must outlive them. */
E13SourceOps e13_local_sources (const E13ReadOps *ops);

/* The processes of a unit of the system, by the cgroups: an array of guint32, the first it was started as first; empty
 * where it does not run. Free with g_array_unref(). */
GArray *e13_local_unit_pids (const E13SourceOps *files, const char *unit);
