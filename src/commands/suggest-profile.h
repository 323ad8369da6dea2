/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The sections of a profile that failures in a log imply. */

#pragma once

#include <stdio.h>

#include "explain/denial.h"

/* @denials: of E13Denial *, judged. Those outside @site, which is absolute, are comments. */
void e13_suggest_profile (FILE *out, const GPtrArray *denials, const char *site);
