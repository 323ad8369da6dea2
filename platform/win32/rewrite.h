/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "platform/platform.h"

/* See E13WriteOps.rewrite. */
gboolean e13_win32_rewrite (const E13Pin *parent, const char *name, const E13ObjectKey *key, GBytes *before,
                            GBytes *after, GError **error);
