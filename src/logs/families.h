/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The families, one a file of families/. Internal to logs/. */

#pragma once

#include "logs/family.h"

#define FAMILY(name) extern const E13LogFamily e13_log_##name;
#include "logs/families.def"
#undef FAMILY
