/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Units: where they lie, and what the settings of one keep from its service. */

#pragma once

#include "servers/hosting.h"

/* The folders of units, the strongest first, ended by NULL. */
extern const char *const e13_unit_folders[];

typedef enum
{
  E13_UNIT_SEES,
  E13_UNIT_READ_ONLY,
  E13_UNIT_HIDES,
} E13UnitView;

/* How the service of @unit sees the absolute @path: what its settings say for the nearest path above it. @ret_setting:
 * which one; NULL: none. Owned by @unit. */
E13UnitView e13_unit_view (const E13Hosting *unit, const char *path, const char **ret_setting);
