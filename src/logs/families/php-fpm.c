/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* php-fpm's own log. Its master speaks, often root: not the account of the pool. */

#include "logs/families.h"

static const E13LogPattern patterns[] = {
  { .id = "bind",
    .needle = "unable to bind listening socket",
    .regex = "unable to bind listening socket for address '(?<path>[^'\\n]*)': [^(\\n]*\\((?<code>\\d+)\\)",
    .operation = E13_OPERATION_CREATE,
    .examples = { { "[23-Nov-2026 10:00:00] ERROR: unable to bind listening socket for address '/run/php/php.sock': No "
                    "such file or directory (2)",
                    "/run/php/php.sock", E13_OPERATION_CREATE, 2 } } },
  { .id = "error-log",
    .needle = "failed to open error_log",
    .regex = "failed to open (?:error_log|access log) \\((?<path>[^\\n]*)\\): [^(\\n]*\\((?<code>\\d+)\\)",
    .operation = E13_OPERATION_WRITE,
    .examples = { { "[23-Nov-2026 10:00:00] ERROR: failed to open error_log (/var/log/php-fpm.log): Permission denied "
                    "(13)",
                    "/var/log/php-fpm.log", E13_OPERATION_WRITE, 13 } } },
  { .id = "socket",
    .needle = "the socket '",
    .regex = "failed to (?<op>chown|chmod|read the ACL of|write the ACL of)(?:\\(\\))? the socket '(?<path>[^'\\n]*)': "
             "[^(\\n]*\\((?<code>\\d+)\\)",
    .operation = E13_OPERATION_CHANGE,
    .examples = { { "[23-Nov-2026 10:00:00] ERROR: [pool www] failed to chown() the socket '/run/php/php.sock': "
                    "Operation not permitted (1)",
                    "/run/php/php.sock", E13_OPERATION_CHANGE, 1 } } },
  { .id = "chdir",
    .needle = "failed to chdir(",
    .regex = "failed to (?<op>chdir|chroot)\\((?<path>[^\\n]*)\\): [^(\\n]*\\((?<code>\\d+)\\)",
    .examples = { { "[23-Nov-2026 10:00:00] ERROR: [pool www] failed to chdir(/srv/app): Permission denied (13)",
                    "/srv/app", E13_OPERATION_ENTER, 13 } } },
  { .id = "pid-file",
    .needle = "nable to create the PID file",
    .regex = "Unable to create the PID file \\((?<path>[^\\n]*)\\)\\.?: [^(\\n]*\\((?<code>\\d+)\\)",
    .operation = E13_OPERATION_CREATE,
    .examples = { { "ERROR: Unable to create the PID file (/run/php/fpm.pid).: No such file or directory (2)",
                    "/run/php/fpm.pid", E13_OPERATION_CREATE, 2 } } },
  { .id = "slowlog",
    .needle = "nable to open slowlog",
    .regex = "[Uu]nable to open slowlog\\((?<path>[^\\n]*)\\) [^(\\n]*\\((?<code>\\d+)\\)",
    .operation = E13_OPERATION_WRITE,
    .examples = { { "[pool www] unable to open slowlog(/var/log/slow.log) Permission denied (13)", "/var/log/slow.log",
                    E13_OPERATION_WRITE, 13 } } },
  { 0 },
};

const E13LogFamily e13_log_php_fpm = { .name = "php-fpm", .patterns = patterns };
