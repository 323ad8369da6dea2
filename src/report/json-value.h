/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Values of our own as JSON. */

#pragma once

#include <jansson.h>

#include "report/report.h"

/* Text of ours may quote names: what is not UTF-8 in it is escaped, so that a line is never lost. NULL: null. */
json_t *e13_json_text (const char *value);
/* An array of such; @values of char *, or NULL. */
json_t *e13_json_texts (const GPtrArray *values);
/* One line, which takes @object over. */
void e13_json_print (const E13ReportOptions *options, json_t *object);
