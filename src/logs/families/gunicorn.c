/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* gunicorn: Python's messages (python.c), and these. */

#include "logs/families.h"

static const E13LogPattern patterns[] = {
  { .id = "not-writable",
    .needle = " isn't writable [",
    .regex = "Error: '(?<path>[^\\n]*?)' isn't writable \\[\\w+\\((?<code>\\d+), '[^'\\n]*'\\)\\]",
    .operation = E13_OPERATION_WRITE,
    .examples = { { "Error: '/srv/app/access.log' isn't writable [PermissionError(13, 'Permission denied')]",
                    "/srv/app/access.log", E13_OPERATION_WRITE, 13 } } },
  { .id = "chdir",
    .needle = "t chdir to '",
    .regex = "can't chdir to '(?<path>[^\\n]*?)'",
    .operation = E13_OPERATION_ENTER,
    .examples = { { "Error: can't chdir to '/srv/app'", "/srv/app", E13_OPERATION_ENTER, 0 } } },
  { .id = "control",
    .needle = "Control server error: ",
    .regex = "Control server error: \\[Errno (?<code>\\d+)\\] [^:'\\n]*(?:: '(?<path>[^'\\n]*)')?",
    .operation = E13_OPERATION_CREATE,
    .note = "gunicorn keeps its control socket below the account's home directory.",
    .examples = { { "[2026-11-23 10:00:00 +0000] [7] [ERROR] Control server error: [Errno 13] Permission denied: "
                    "'/nonexistent'",
                    "/nonexistent", E13_OPERATION_CREATE, 13 } } },
  { 0 },
};

const E13LogFamily e13_log_gunicorn = { .name = "gunicorn", .patterns = patterns };
