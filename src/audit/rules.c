/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "audit/rules.h"

const E13Rule e13_rules[E13_N_RULES] = {
#define E13_RULE(symbol, id, severity, cure, title) { id, E13_SEVERITY_##severity, E13_CURE_##cure, title },
#include "audit/rules.def"
#undef E13_RULE
};
