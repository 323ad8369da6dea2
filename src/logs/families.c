/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "logs/families.h"

const E13LogFamily *const e13_log_families[] = {
#define FAMILY(name) &e13_log_##name,
#include "logs/families.def"
#undef FAMILY
  NULL,
};
