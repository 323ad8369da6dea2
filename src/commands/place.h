/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the place of a site on Windows says by itself, before anything in it is judged. */

#pragma once

#include "platform/platform.h"

/* Adds sentences to @remarks (of char *): that it is the folder that sites lie in, and which these are; that programs
 * may not write there whatever the entries say. Nothing for a tree of another kind. */
void e13_place_remark (const E13ReadOps *ops, const E13Tree *tree, GPtrArray *remarks);
