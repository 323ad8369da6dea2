/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Rights as icacls writes them: "M", "(RX,W)", both ways, and the command that grants them. Pure. */

#pragma once

#include "model/sid.h"

/* "F", "M", "(R,W)", "(RD,X)". Free with g_free(). */
char *e13_icacls_rights (guint32 mask);

/* What one word of such a list stands for ("RX", "GR", "WDAC"; @length letters); FALSE where it is none. */
gboolean e13_icacls_right (const char *word, gsize length, guint32 *ret_mask);

/* `icacls TARGET /grant "*S-1-5-11:(OI)(CI)M"`, for cmd and PowerShell alike; inheritable on a directory. @target:
 * quoted already. Free with g_free(). */
char *e13_icacls_grant (const char *target, gboolean is_directory, const E13Sid *trustee, guint32 mask);
