/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the place of a site says by itself, before anything in it is judged. */

#pragma once

#include "iis/config.h"
#include "platform/platform.h"

/* Adds sentences to @remarks (of char *): that it is the folder that sites lie in, and which these are; that programs
 * may not write there whatever the entries say; that its file system makes permissions up, or keeps none. @iis:
 * the settings of its machine; NULL: not known. */
void e13_place_remark (const E13ReadOps *ops, const E13Tree *tree, const E13IisServer *iis, GPtrArray *remarks);

/* "a, b, c and 7 more". Free with g_free(). */
char *e13_place_list (const GPtrArray *folders);
