/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The rules: rules.def as a table. */

#pragma once

#include "model/finding.h"

typedef enum
{
#define E13_RULE(symbol, id, severity, cure, title) E13_RULE_##symbol,
#include "audit/rules.def"
#undef E13_RULE
  E13_N_RULES,
} E13RuleId;

extern const E13Rule e13_rules[E13_N_RULES];
