/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Any other program: an errno's text beside an absolute path. Asked last. */

#include "logs/families.h"
#include "logs/texts.h"

#define VERB                                                                                                           \
  "(?<op>open(?=ing|ed|\\b)|read(?=ing|\\b)|writ(?=ing|e\\b)|creat(?=ing|e\\b)|delet(?=ing|e\\b)|remov(?=ing|e\\b)|unlink|rename|mkdir|stat\\b|chdir|"  \
  "exec\\w*|bind|connect|chmod|chown|access)\\w*"

static const E13LogPattern patterns[] = {
  { .id = "quoted",
    .regex = "(?:\\b" VERB "[^\\n'\"/]*)?['\"`](?<path>/[^'\"`\\n]+)['\"`](?: [\\w ]{1,30})? ?[:(,]+ ?(?:\\d+[:,] ?)?" E13_TEXT,
    .examples = { { "myd[7]: failed to open '/srv/app/a b': Permission denied", "/srv/app/a b", E13_OPERATION_OPEN, 13 },
                  { "cannot create \"/srv/x\" (No such file or directory)", "/srv/x", E13_OPERATION_CREATE, 2 } } },
  { .id = "before",
    .regex = "(?:\\b" VERB "[^\\n'\"/]*)?(?:^|[ :=(\\[])(?<path>/[^\\n:'\"]*[^\\n:'\" (,])(?:[:,] (?:[\\w ()]{1,30}: )?| \\(|, errno=\\d+ \\()" E13_TEXT,
    .examples = { { "Could not open file /srv/app/log: Permission denied", "/srv/app/log", E13_OPERATION_OPEN, 13 },
                  { "error: /srv/app/x (Permission denied)", "/srv/app/x", E13_OPERATION_UNKNOWN, 13 } } },
  { .id = "after",
    .regex = "(?:\\b" VERB "[^\\n'\"/:]*: |^|[ :(])" E13_TEXT "(?:: | - | for | )['\"`(]?(?<path>/[^\\n'\"`:,)]*[^\\n'\"`:,.) ])",
    .examples = { { "Permission denied: /srv/app/x", "/srv/app/x", E13_OPERATION_UNKNOWN, 13 },
                  { "error while reading: no such file or directory '/srv/app/x'", "/srv/app/x", E13_OPERATION_READ, 2 } } },
  { 0 },
};

static const E13LogWord words[] = { { "writ", E13_OPERATION_WRITE },   { "creat", E13_OPERATION_CREATE },
                                    { "delet", E13_OPERATION_DELETE }, { "remov", E13_OPERATION_DELETE },
                                    { "execute", E13_OPERATION_RUN },  { "executing", E13_OPERATION_RUN },
                                    { "access", E13_OPERATION_READ },  { NULL, 0 } };

const E13LogFamily e13_log_other = { .name = "other", .patterns = patterns, .words = words };
