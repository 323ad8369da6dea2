/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Pins of trees of Windows: as the POSIX platform's, with what Windows has in their facts. */

#pragma once

#include "platform/platform.h"

gboolean e13_foreign_refresh (E13Pin *pin, GError **error);
