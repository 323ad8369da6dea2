/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Values of our own as JSON. */

#pragma once

#include <jansson.h>

#include "report/report.h"

/* Raised whenever a field changes its meaning. */
#define E13_JSON_VERSION 1

/* Text of ours may quote names: what is not UTF-8 in it is escaped, so that a line is never lost. NULL: null. */
json_t *e13_json_text (const char *value);
/* An array of such; @values of char *, or NULL. */
json_t *e13_json_texts (const GPtrArray *values);
/* A name that is not UTF-8 is carried without loss beside its escaped form, as KEY_base64. */
void e13_json_set_path (json_t *object, const char *key, const char *path);

/* A number; the name of an account that a dump knows by name alone; null for none. */
json_t *e13_json_account (guint32 id, const char *(*name_of) (guint32 id));
json_t *e13_json_identity (const E13Identity *identity, const E13ReadOps *ops);
/* As people call it. NULL: null. */
json_t *e13_json_identity_label (const E13Identity *identity);
/* "uid", or the "sid" of an account of Windows. */
void e13_json_set_identity_number (json_t *line, const E13Identity *identity, const E13ReadOps *ops);

/* What explain tells of a path. */
json_t *e13_json_verdict (const E13ReportOptions *options, const E13Explanation *explanation,
                          const E13Identity *identity);

/* One line, which takes @object over. */
void e13_json_print (const E13ReportOptions *options, json_t *object);
