/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Routes and sites: the functions are those of E13ReadOps of the same names; platform.h has their contracts. */

#pragma once

#include "platform/platform.h"

E13Route *e13_win32_route (const char *path, GError **error);
E13Tree *e13_win32_open_tree (const char *path, GError **error);
void e13_win32_close_tree (E13Tree *tree);
