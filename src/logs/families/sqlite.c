/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* SQLite: neither a name nor an errno, in any wrapper. */

#include "logs/families.h"

#define NOTE                                                                                                           \
  "SQLite never names the file. It writes a journal beside the database, so the directory must be writable too; and "  \
  "it cannot open a database whose directory is missing or cannot be entered."

static const E13LogPattern patterns[] = {
  { .id = "read-only",
    .needle = "attempt to write a readonly database",
    .regex = "attempt to write a readonly database(?: \\(8\\))?",
    .error = 13,
    .operation = E13_OPERATION_WRITE,
    .note = NOTE,
    .examples = { { "sqlite3.OperationalError: attempt to write a readonly database", NULL, E13_OPERATION_WRITE, 13 } } },
  { .id = "cannot-open-named",
    .needle = "unable to open database ",
    .regex = "unable to open database (?:file )?\"(?<path>[^\"\\n]+)\": unable to open database file",
    .operation = E13_OPERATION_OPEN,
    .note = NOTE,
    .examples = { { "Error: unable to open database \"/srv/app/db.sqlite\": unable to open database file",
                    "/srv/app/db.sqlite", E13_OPERATION_OPEN, 0 } } },
  { .id = "cannot-open",
    .needle = "unable to open database file",
    .regex = "unable to open database file",
    .operation = E13_OPERATION_OPEN,
    .note = NOTE,
    .examples = { { "SQLSTATE[HY000] [14] unable to open database file", NULL, E13_OPERATION_OPEN, 0 },
                  { "django.db.utils.OperationalError: unable to open database file", NULL, E13_OPERATION_OPEN, 0 } } },
  { .id = "laravel-missing",
    .needle = "Database file at path [",
    .regex = "Database file at path \\[(?<path>[^\\]\\n]*)\\] does not exist",
    .error = 2,
    .operation = E13_OPERATION_OPEN,
    .examples = { { "Database file at path [/srv/app/database/database.sqlite] does not exist.",
                    "/srv/app/database/database.sqlite", E13_OPERATION_OPEN, 2 } } },
  { 0 },
};

const E13LogFamily e13_log_sqlite = { .name = "sqlite", .patterns = patterns };
